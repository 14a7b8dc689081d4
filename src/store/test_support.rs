//! A fresh store on each engine for every test: SQLite in a temporary folder, PostgreSQL as one
//! database in one throwaway cluster of this test run.

use std::future::Future;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, OnceLock};

use secrecy::SecretString;

use super::{Engine, Mode, Options, Store};
use crate::config::SecretKey;

/// A store of the charity `demo` with nothing in it, and what it needs to live.
pub struct Fresh {
    pub store: Store,
    pub options: Options,
    pub folder: Arc<tempfile::TempDir>,
}

impl Fresh {
    pub fn engine(&self) -> Engine {
        self.store.engine()
    }

    /// Closes the store and opens it again, as after a restart.
    pub async fn reopen(self) -> Fresh {
        self.store.close().await;
        drop(self.store);
        Fresh {
            store: Store::open(self.options.clone(), Mode::Write)
                .await
                .unwrap(),
            options: self.options,
            folder: self.folder,
        }
    }
}

/// Runs one story on both engines. Without PostgreSQL it fails in CI, and says so elsewhere.
pub fn on_both<F: Future<Output = ()>>(story: impl Fn(Fresh) -> F) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        tell(&story, fresh(None).await).await;
        if let Some(url) = new_database() {
            tell(&story, fresh(Some(url)).await).await;
        }
    });
}

/// A story takes only the parts it names: the folder must outlive it.
async fn tell<F: Future<Output = ()>>(story: &impl Fn(Fresh) -> F, fresh: Fresh) {
    let _folder = fresh.folder.clone();
    story(fresh).await;
}

/// A fresh store on SQLite, or on the database behind a URL.
pub async fn fresh(database_url: Option<String>) -> Fresh {
    let folder = Arc::new(tempfile::tempdir().unwrap());
    let options = Options {
        database_url: database_url.map(SecretString::from),
        secret_key: Some(SecretKey::read("the first key of an invented charity").unwrap()),
        objects_shared: true,
        ..Options::sqlite(&folder.path().join("data"), "demo")
    };
    Fresh {
        store: Store::open(options.clone(), Mode::Write).await.unwrap(),
        options,
        folder,
    }
}

/// A new empty database in the throwaway cluster; None when there is no PostgreSQL here.
pub fn new_database() -> Option<String> {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let cluster = cluster()?;
    let name = format!("t{}", COUNT.fetch_add(1, Ordering::Relaxed));
    cluster.run(
        "createdb",
        &["-h", &cluster.folder(), "-U", "postgres", &name],
    );
    Some(format!(
        "postgres://postgres@localhost/{name}?host={}",
        cluster.folder()
    ))
}

struct Cluster {
    folder: tempfile::TempDir,
    programs: PathBuf,
}

fn cluster() -> Option<&'static Cluster> {
    static CLUSTER: OnceLock<Option<Cluster>> = OnceLock::new();
    CLUSTER.get_or_init(start).as_ref()
}

fn start() -> Option<Cluster> {
    let Some(programs) = programs() else {
        assert!(
            std::env::var_os("CI").is_none(),
            "CI needs PostgreSQL: install its server package"
        );
        eprintln!(
            "SKIPPED on PostgreSQL: no initdb found. Install PostgreSQL's server package to run it"
        );
        return None;
    };
    let cluster = Cluster {
        folder: tempfile::Builder::new()
            .prefix("wasl-pg-")
            .tempdir()
            .unwrap(),
        programs,
    };
    if cluster.as_postgres() {
        assert!(
            Command::new("chown")
                .args(["postgres", &cluster.folder()])
                .status()
                .unwrap()
                .success()
        );
    }
    let data = format!("{}/data", cluster.folder());
    cluster.run(
        "initdb",
        &[
            "-A",
            "trust",
            "-U",
            "postgres",
            "--no-sync",
            "-E",
            "UTF8",
            "--locale=C",
            "-D",
            &data,
        ],
    );
    let options = format!(
        "-k {} -c listen_addresses= -c fsync=off -c max_connections=300",
        cluster.folder()
    );
    let log = format!("{}/log", cluster.folder());
    cluster.run(
        "pg_ctl",
        &["-w", "-D", &data, "-l", &log, "-o", &options, "start"],
    );
    stop_with_this_process(&cluster, &data);
    Some(cluster)
}

/// Statics are never dropped, so a shell waits for the end of this process and cleans up.
fn stop_with_this_process(cluster: &Cluster, data: &str) {
    let script = format!(
        "while kill -0 {} 2>/dev/null; do sleep 0.2; done; {} {}/pg_ctl -D {data} -m immediate stop; rm -rf {}",
        std::process::id(),
        if cluster.as_postgres() {
            "setpriv --reuid=postgres --regid=postgres --clear-groups"
        } else {
            ""
        },
        cluster.programs.display(),
        cluster.folder()
    );
    Command::new("setsid")
        .args(["--fork", "sh", "-c", &script])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .unwrap();
}

impl Cluster {
    fn folder(&self) -> String {
        self.folder.path().display().to_string()
    }

    /// The programs refuse to run as root.
    fn as_postgres(&self) -> bool {
        Command::new("id")
            .arg("-u")
            .output()
            .is_ok_and(|id| id.stdout.starts_with(b"0\n"))
    }

    fn run(&self, program: &str, args: &[&str]) {
        let program = self.programs.join(program);
        let mut command = match self.as_postgres() {
            true => {
                let mut command = Command::new("setpriv");
                command
                    .args(["--reuid=postgres", "--regid=postgres", "--clear-groups"])
                    .arg(program);
                command
            }
            false => Command::new(program),
        };
        let done = command
            .args(args)
            .current_dir("/")
            .stdout(Stdio::null())
            .status()
            .unwrap();
        assert!(done.success(), "{args:?}");
    }
}

/// The newest of the distribution's versioned folders, else the search path.
fn programs() -> Option<PathBuf> {
    let mut folders: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .map(|version| version.path().join("bin"))
        .collect();
    folders.sort();
    folders.reverse();
    let path = std::env::var_os("PATH").unwrap_or_default();
    folders.extend(std::env::split_paths(&path));
    folders
        .into_iter()
        .find(|folder| has(folder, "initdb") && has(folder, "pg_ctl"))
}

fn has(folder: &Path, program: &str) -> bool {
    folder.join(program).is_file()
}
