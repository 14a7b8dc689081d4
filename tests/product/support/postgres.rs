//! A throwaway PostgreSQL for tests: one cluster a test run on a socket in a temporary folder, one
//! database a test, all gone when the test process ends, however it ends. Included by the tests of
//! `store` too. It never touches a server that it did not start.
#![allow(dead_code)]

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

/// How to get it, for whoever reads that tests were skipped.
pub const REMEDY: &str = "install PostgreSQL's server, e.g. `apt-get install postgresql-15`";

/// A fresh, empty database on the cluster of this test run, as a URL; None where this machine has no
/// PostgreSQL (in CI that is a failure).
pub fn database() -> Option<String> {
    static SHARED: OnceLock<Option<Cluster>> = OnceLock::new();
    let cluster = SHARED.get_or_init(|| Cluster::start(Sync::Off)).as_ref()?;
    Some(cluster.database())
}

/// As [`database`], on a cluster that syncs as in earnest: for the crash tests.
pub fn durable_database() -> Option<String> {
    static DURABLE: OnceLock<Option<Cluster>> = OnceLock::new();
    let cluster = DURABLE.get_or_init(|| Cluster::start(Sync::On)).as_ref()?;
    Some(cluster.database())
}

/// Whether the cluster waits for the disk. Off is for tests that do not pull the plug.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sync {
    On,
    Off,
}

/// A server of one's own, which can be stopped and started again under its clients.
pub struct Cluster {
    folder: PathBuf,
    bin: PathBuf,
    sync: Sync,
    databases: AtomicU32,
    /// Stops the server and removes the folder as soon as its standard input is closed.
    guard: Child,
}

impl Cluster {
    pub fn start(sync: Sync) -> Option<Cluster> {
        let Some(bin) = bin() else {
            missing("PostgreSQL", REMEDY);
            return None;
        };
        let folder = tempfile::Builder::new()
            .prefix("wasl-pg-")
            .tempdir()
            .expect("a temporary folder can be made")
            .keep();
        if is_root() {
            run(Command::new("chown").arg("postgres:").arg(&folder));
        }
        let guard = guard(&folder, &bin);
        run(server_command(&bin.join("initdb"))
            .args(["-A", "trust", "-U", "postgres", "-E", "UTF8"])
            .args(["--locale=C", "--no-sync", "-D"])
            .arg(folder.join("data")));
        let cluster = Cluster {
            folder,
            bin,
            sync,
            databases: AtomicU32::new(0),
            guard,
        };
        cluster.resume();
        Some(cluster)
    }

    /// The URL of a new, empty database.
    pub fn database(&self) -> String {
        let number = self.databases.fetch_add(1, Ordering::Relaxed);
        let name = format!("test_{number}");
        run(Command::new(self.bin.join("createdb"))
            .args(["-U", "postgres", "-T", "template0", "-h"])
            .arg(&self.folder)
            .arg(&name));
        format!(
            "postgres://postgres@localhost/{name}?host={}",
            self.folder.display()
        )
    }

    /// Cuts every connection and stops at once, as a crash would.
    pub fn stop(&self) {
        run(self.pg_ctl().args(["-m", "immediate", "-w", "stop"]));
    }

    pub fn resume(&self) {
        let fsync = match self.sync {
            Sync::On => "on",
            Sync::Off => "off",
        };
        let options = format!(
            "-k {} -c listen_addresses= -c fsync={fsync} -c max_connections=400 \
             -c shared_buffers=64MB -c log_min_messages=fatal",
            self.folder.display()
        );
        run(self
            .pg_ctl()
            .arg("-o")
            .arg(options)
            .arg("-l")
            .arg(self.folder.join("log"))
            .args(["-w", "-t", "60", "start"]));
    }

    fn pg_ctl(&self) -> Command {
        let mut command = server_command(&self.bin.join("pg_ctl"));
        command.arg("-D").arg(self.folder.join("data"));
        command
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.guard.stdin.take());
        let _ = self.guard.wait();
    }
}

/// A shell that waits until this process is gone (its pipe is closed), then cleans up behind it. Its
/// own process group keeps it alive when a person presses ctrl-c.
fn guard(folder: &Path, bin: &Path) -> Child {
    use std::os::unix::process::CommandExt;
    // Again and again, for an `initdb` that is still writing.
    let script = r#"cat >/dev/null
        for again in 1 2 3 4 5; do
            $3 "$2/pg_ctl" -D "$1/data" -m immediate -w stop >/dev/null 2>&1
            rm -rf "$1" && exit
            sleep 1
        done"#;
    Command::new("sh")
        .args(["-c", script, "sh"])
        .arg(folder)
        .arg(bin)
        .arg(match is_root() {
            true => "setpriv --reuid=postgres --regid=postgres --clear-groups",
            false => "",
        })
        .current_dir("/")
        .process_group(0)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("every Unix has a shell")
}

/// The servers of PostgreSQL refuse to run as root: then they run as `postgres`.
fn server_command(program: &Path) -> Command {
    let mut command = match is_root() {
        false => Command::new(program),
        true => {
            let mut command = Command::new("setpriv");
            command
                .args(["--reuid=postgres", "--regid=postgres", "--clear-groups"])
                .arg(program);
            command
        }
    };
    // Their own working folder may be closed to `postgres`.
    command.current_dir("/");
    command
}

fn is_root() -> bool {
    static ROOT: OnceLock<bool> = OnceLock::new();
    *ROOT.get_or_init(|| {
        let id = Command::new("id").arg("-u").output();
        id.is_ok_and(|output| output.stdout.trim_ascii() == b"0")
    })
}

/// The folder with `initdb`: distributions keep it outside the search path.
fn bin() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").ok();
    let mut folders: Vec<PathBuf> = versions
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path().join("bin")))
        .collect();
    folders.sort();
    folders.reverse();
    let path = std::env::var_os("PATH").unwrap_or_default();
    folders.extend(std::env::split_paths(&path));
    folders
        .into_iter()
        .find(|folder| folder.join("initdb").exists() && folder.join("pg_ctl").exists())
}

/// One of the tools that come with the server, such as `pg_dump`.
pub fn tool(name: &str) -> PathBuf {
    bin().unwrap_or_default().join(name)
}

fn run(command: &mut Command) {
    // A file and not a pipe: the server that `pg_ctl` leaves behind keeps its output open.
    let told = tempfile::tempfile().expect("a temporary file can be made");
    let copy = told.try_clone().expect("a file handle can be copied");
    let status = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(copy)
        .status();
    if !status.as_ref().is_ok_and(std::process::ExitStatus::success) {
        use std::io::{Read, Seek};
        let mut text = String::new();
        let mut told = told;
        let _ = told.rewind();
        let _ = told.read_to_string(&mut text);
        panic!("{command:?} ended with {status:?}: {text}");
    }
}

/// Something that a test needs is not on this machine: in CI that fails, elsewhere it is said loudly,
/// now and again when the test process ends.
pub fn missing(what: &str, remedy: &str) {
    use std::io::Write;
    use std::os::unix::process::CommandExt;
    assert!(
        std::env::var_os("CI").is_none(),
        "{what} is missing, and in CI nothing may be skipped: {remedy}"
    );
    static TOLD: std::sync::Mutex<Vec<(String, Child)>> = std::sync::Mutex::new(Vec::new());
    let mut told = TOLD
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    if told.iter().any(|(before, _)| before == what) {
        return;
    }
    let line = format!(
        "\n!!! SKIPPED: the tests that need {what}, which is not on this machine.\n!!! To run them: {remedy}\n"
    );
    // Not by a macro: the test harness would hide it.
    let _ = std::io::stderr().write_all(line.as_bytes());
    let teller = Command::new("sh")
        .args([
            "-c",
            "cat >/dev/null; printf '%s\\n' \"$1\" >&2",
            "sh",
            &line,
        ])
        .process_group(0)
        .stdin(Stdio::piped())
        .spawn();
    if let Ok(teller) = teller {
        told.push((what.to_string(), teller));
    }
}
