//! One `wasl serve` of one's own: own data folder, own port, output kept in a file. Killed with the
//! test, also when the test process is killed.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::Engine;

/// On two busy cores a debug build is up in a second or two; what takes this long hangs.
const START_SECS_MAX: u64 = 60;

/// A key for tests; SQLite makes its own, PostgreSQL must be given one.
pub const KEY: &str = "an invented key for tests, 0123456789";

/// How to start: the engine and settings beside those that every test has.
#[derive(Clone, Debug)]
pub struct Start {
    pub engine: Engine,
    pub variables: Vec<(String, String)>,
    pub data: PathBuf,
}

/// A running server. Its data folder lives as long as it does.
pub struct Server {
    pub start: Start,
    /// `http://127.0.0.1:port`.
    pub url: String,
    child: Child,
    guard: Guard,
    runs: u32,
    folder: tempfile::TempDir,
}

impl Server {
    pub async fn start(engine: &Engine) -> Server {
        Server::start_with(engine, &[]).await
    }

    /// Starts with these settings (`WASL_…`) beside the usual ones.
    pub async fn start_with(engine: &Engine, variables: &[(&str, &str)]) -> Server {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let start = Start {
            engine: engine.clone(),
            variables: variables
                .iter()
                .map(|(name, value)| (name.to_string(), value.to_string()))
                .collect(),
            data: folder.path().join("data"),
        };
        let output = folder.path().join("output-0");
        let child = start
            .command("serve")
            .stdout(create(&output))
            .stderr(append(&output))
            .spawn()
            .expect("the binary under test can be started");
        let guard = Guard::over(&child);
        let mut server = Server {
            start,
            url: String::new(),
            child,
            guard,
            runs: 0,
            folder,
        };
        server.wait_until_ready().await;
        server
    }

    /// `wasl …` with the settings of this server: the command beside a running server.
    pub fn command(&self, words: &str) -> Command {
        self.start.command(words)
    }

    pub fn data(&self) -> &Path {
        &self.start.data
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Everything that it printed and logged since the first start.
    pub fn output(&self) -> String {
        (0..=self.runs)
            .map(|run| std::fs::read(self.output_file(run)).unwrap_or_default())
            .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
            .collect()
    }

    /// `kill -9`: no farewell of any kind.
    pub fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// SIGTERM, and waits for the end; gives the exit code.
    pub fn stop(&mut self) -> Option<i32> {
        self.signal("TERM");
        self.child.wait().ok()?.code()
    }

    pub fn signal(&self, name: &str) {
        let status = Command::new("kill")
            .arg(format!("-{name}"))
            .arg(self.child.id().to_string())
            .status();
        assert!(status.is_ok_and(|status| status.success()), "kill -{name}");
    }

    /// Starts again after [`Server::kill`] or [`Server::stop`]: same data, same port.
    pub async fn restart(&mut self) {
        self.kill();
        let listen = self.url.trim_start_matches("http://").to_string();
        self.runs += 1;
        let output = self.output_file(self.runs);
        self.child = self
            .start
            .command("serve")
            .env("WASL_LISTEN", listen)
            .stdout(create(&output))
            .stderr(append(&output))
            .spawn()
            .expect("the binary under test can be started");
        self.guard = Guard::over(&self.child);
        self.wait_until_ready().await;
    }

    fn output_file(&self, run: u32) -> PathBuf {
        self.folder.path().join(format!("output-{run}"))
    }

    /// Waits until `/readyz` says yes; reads the address from what it printed, since port 0 lets the
    /// system choose.
    async fn wait_until_ready(&mut self) {
        let client = client();
        let until = Instant::now() + Duration::from_secs(START_SECS_MAX);
        loop {
            if let Ok(Some(status)) = self.child.try_wait() {
                panic!("serve ended with {status}:\n{}", self.output());
            }
            let file = self.output_file(self.runs);
            let printed = std::fs::read_to_string(file).unwrap_or_default();
            if let Some(url) = address(&printed) {
                let ready = client.get(format!("{url}/readyz")).send().await;
                if ready.is_ok_and(|answer| answer.status().is_success()) {
                    self.url = url;
                    return;
                }
            }
            assert!(
                Instant::now() < until,
                "serve is not ready after {START_SECS_MAX} s:\n{}",
                self.output()
            );
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
        if std::thread::panicking() {
            eprintln!("--- what the server printed ---\n{}", self.output());
        }
    }
}

impl Start {
    /// `wasl` with these words, under these settings and no others of ours.
    pub fn command(&self, words: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_wasl"));
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("WASL_") {
                command.env_remove(name);
            }
        }
        command
            .args(words.split_whitespace())
            .env("WASL_DATA_DIR", &self.data)
            .env("WASL_LISTEN", "127.0.0.1:0")
            .env("WASL_LOG_FORMAT", "json")
            .stdin(Stdio::null());
        if let Some(url) = &self.engine.database_url {
            command
                .env("WASL_DATABASE_URL", url)
                .env("WASL_SECRET_KEY", KEY)
                .env("WASL_ATTACHMENTS_SHARED", "true");
        }
        command.envs(self.variables.iter().cloned());
        command
    }
}

/// A client that keeps cookies and never waits for ever.
pub fn client() -> reqwest::Client {
    reqwest::Client::builder()
        .cookie_store(true)
        .timeout(Duration::from_secs(30))
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .expect("a client without TLS can always be built")
}

/// The address in the start text: the first `http://127.0.0.1:port` that it names. People may be told
/// another one (`WASL_PUBLIC_URL`); this is where it listens.
fn address(printed: &str) -> Option<String> {
    let (_, rest) = printed.split_once("http://127.0.0.1:")?;
    let port: String = rest.chars().take_while(char::is_ascii_digit).collect();
    // The line must have ended, else the port may be half of one.
    (rest.len() > port.len()).then(|| format!("http://127.0.0.1:{port}"))
}

fn create(path: &Path) -> std::fs::File {
    std::fs::File::create(path).expect("a file in our own folder")
}

fn append(path: &Path) -> std::fs::File {
    let file = std::fs::OpenOptions::new().append(true).open(path);
    file.expect("the file made just before")
}

/// Kills a child, or with it its whole process group, when this process is killed itself.
pub struct Guard(Child);

impl Guard {
    pub fn over(child: &Child) -> Guard {
        Guard::kills(child.id().to_string())
    }

    /// For a child that was started with a process group of its own.
    pub fn over_group(child: &Child) -> Guard {
        Guard::kills(format!("-{}", child.id()))
    }

    fn kills(target: String) -> Guard {
        use std::os::unix::process::CommandExt;
        let script = "cat >/dev/null; kill -s KILL -- \"$1\"";
        let guard = Command::new("sh")
            .args(["-c", script, "sh", &target])
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        Guard(guard.expect("every Unix has a shell"))
    }
}

impl Drop for Guard {
    /// The child is already gone: its number may be somebody else's now, so the guard must not act.
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
