//! Opening the database of one charity: the folder, the lock, the key, durability read back, the
//! migrations, and the proof that these data belong to this charity and this key.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::str::FromStr as _;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions as _, PgPool, SqlitePool};

use super::migrate::{self, MigrateError};
use super::{Arg, Fault, Pools, Store, Tx, statements};
use crate::config::{Bucket, SecretKey, Settings, mutant};
use crate::seal::Seal;
use crate::seal::secret::{self, NoKey};

/// The database of SQLite in the data folder.
pub const SQLITE_FILE: &str = "wasl.db";
/// Held by whoever writes to the data folder.
pub const LOCK_FILE: &str = "wasl.lock";
/// Where attachments lie below the data folder.
pub const OBJECTS_FOLDER: &str = "objects";
/// The row of `meta` that says in which kind of place attachments lie.
const OBJECTS_HOME: &str = "objects";

/// How long a statement waits for another writer: longer than a checkpoint, shorter than a platform's
/// patience with a webhook.
const BUSY_TIMEOUT_SECS: u64 = 5;
/// How long to wait for a connection before the event is told to come again.
const ACQUIRE_TIMEOUT_SECS: u64 = 5;
/// Readers beside the one writer: the pages' tails are short and many.
const SQLITE_READERS_MAX: u32 = 8;
/// Pages that a reader keeps, in KiB as SQLite writes them: every commit makes it read them anew, so more would be
/// memory for nothing.
const SQLITE_READER_CACHE: &str = "-512";
/// Connections of one instance: one writer task, the outbox, timers, pages.
const POSTGRES_CONNECTIONS_MAX: u32 = 16;
/// More than all our statements, so that none is prepared twice on a connection.
const STATEMENTS_CACHED: usize = 512;

statements! {
    META_KEEP = "INSERT INTO meta (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING";
    META_READ = "SELECT value FROM meta WHERE name = $1";
}

/// What a store is opened with.
#[derive(Clone, Debug)]
pub struct Options {
    pub data_dir: PathBuf,
    /// A PostgreSQL URL; None = SQLite in the data folder. Holds a password: never shown.
    pub database_url: Option<secrecy::SecretString>,
    /// None = the file in the data folder (SQLite only).
    pub secret_key: Option<SecretKey>,
    /// Whose data these are.
    pub charity: String,
    /// On PostgreSQL without a bucket: all instances see the same `data_dir/objects`.
    pub objects_shared: bool,
    /// Where attachments lie; None = `data_dir/objects`.
    pub bucket: Option<Bucket>,
    pub durability: Durability,
}

impl Options {
    /// As the operator set it.
    pub fn of(settings: &Settings) -> Options {
        Options {
            data_dir: settings.data_dir.clone(),
            database_url: settings.database_url.clone(),
            secret_key: settings.secret_key.clone(),
            charity: settings.charity.clone(),
            objects_shared: settings.attachments_shared,
            bucket: settings.bucket.clone(),
            durability: match mutant::is(mutant::SQLITE_NORMAL) {
                true => Durability::Normal,
                false => Durability::Full,
            },
        }
    }

    /// SQLite in `data_dir` with everything as it should be.
    pub fn sqlite(data_dir: &Path, charity: &str) -> Options {
        Options {
            data_dir: data_dir.to_owned(),
            database_url: None,
            secret_key: None,
            charity: charity.to_owned(),
            objects_shared: false,
            bucket: None,
            durability: Durability::Full,
        }
    }
}

/// What a commit on SQLite means. Only the bench, to know what the difference costs, and a mutant
/// of the crash suite ever ask for less than everything.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Durability {
    #[default]
    Full,
    Normal,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// The server, or a command that writes: makes what is missing, migrates, holds the lock.
    Write,
    /// A command that only reads, beside a running server or alone. Makes nothing.
    Read,
}

/// Where an installation lies beside its database.
pub struct Place {
    pub data_dir: PathBuf,
    pub charity: String,
    /// None: attachments lie in [`Place::objects`].
    pub bucket: Option<Bucket>,
    /// What ran since the store was opened.
    pub(super) ran: Ran,
    /// Held for as long as the store lives.
    _lock: Option<Lock>,
}

/// Counted as it runs, for whoever wants to know what a turn costs.
#[derive(Debug, Default)]
pub(super) struct Ran {
    pub statements: AtomicU64,
    pub commits: AtomicU64,
}

/// The lock of a data folder. It is given back by name and not by closing the file alone: a program
/// that is being started at this moment holds a copy of the open file for an instant.
struct Lock(File);

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing the file right after this does the same, if a little later.
        let _ = self.0.unlock();
    }
}

impl Place {
    /// The folder of the attachments, where they lie in a folder.
    pub fn objects(&self) -> PathBuf {
        self.data_dir.join(OBJECTS_FOLDER)
    }
}

/// Why the store does not open, for the operator: what, where, and the remedy.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error(
        "{0}: there is no data yet\nStart `wasl serve` once, or name another folder by WASL_DATA_DIR"
    )]
    NoData(PathBuf),
    #[error(
        "{0} is held by another `wasl`\n\
         Only one may write to a data folder. Stop the other one, or give this one its own WASL_DATA_DIR"
    )]
    Held(PathBuf),
    #[error("{path}: {cause}")]
    Folder {
        path: PathBuf,
        cause: std::io::Error,
    },
    #[error(transparent)]
    Key(#[from] NoKey),
    #[error(
        "on PostgreSQL the secret key must be given, the same to every instance\n\
         Set WASL_SECRET_KEY (make one with `openssl rand -hex 32`, and keep a copy in a safe place)"
    )]
    KeyNeeded,
    #[error(
        "the data were sealed with another secret key (theirs {theirs}, given {given})\n\
         Give the key that these data were made with; without it they cannot be read"
    )]
    OtherKey { theirs: String, given: String },
    #[error(
        "these data belong to the charity `{theirs}`, not to `{asked}`\n\
         Set WASL_CHARITY={theirs}, or give `{asked}` a data folder or database of its own"
    )]
    OtherCharity { theirs: String, asked: String },
    #[error(
        "attachments would lie in a folder of this machine, which other instances do not see\n\
         Set WASL_ATTACHMENTS_SHARED=true when all instances share the data folder, or WASL_OBJECTS_URL \
         for a bucket"
    )]
    ObjectsNotShared,
    #[error(
        "the attachments of these data lie in a {theirs}, not in a {given}\n\
         Set WASL_OBJECTS_URL as it was. To move them, make a backup, and restore it into a new place \
         under the new setting"
    )]
    ObjectsElsewhere { theirs: String, given: String },
    #[error(
        "the database does not promise to keep what it commits: {what} is `{is}`, must be `{must}`"
    )]
    NotDurable {
        what: &'static str,
        is: String,
        must: &'static str,
    },
    #[error(
        "the database is older than this build\nStart `wasl serve` once: it brings the tables up to date"
    )]
    Older,
    #[error(
        "the database URL cannot be read\nIt looks like postgres://user:password@host/database"
    )]
    Url,
    #[error(transparent)]
    Migrate(#[from] MigrateError),
    #[error(transparent)]
    Fault(#[from] Fault),
}

pub(super) async fn open(options: Options, mode: Mode) -> Result<Store, OpenError> {
    match &options.database_url {
        None => open_sqlite(&options, mode).await,
        Some(url) => open_postgres(&options, url, mode).await,
    }
}

async fn open_sqlite(options: &Options, mode: Mode) -> Result<Store, OpenError> {
    let file = options.data_dir.join(SQLITE_FILE);
    let lock = match mode {
        Mode::Write => Some(take_folder(&options.data_dir)?),
        Mode::Read => None,
    };
    let fresh = !file.exists();
    if fresh && mode == Mode::Read {
        return Err(OpenError::NoData(options.data_dir.clone()));
    }
    let secret = match &options.secret_key {
        Some(given) => given.clone(),
        None => kept_key(&options.data_dir, fresh)?,
    };
    let pools = match mode {
        Mode::Write => sqlite_pools(&file, options.durability).await?,
        Mode::Read => {
            let readers = sqlite_readers(&file).await?;
            Pools::Sqlite {
                writer: readers.clone(),
                readers,
            }
        }
    };
    ready(options, pools, &secret, lock, mode).await
}

async fn open_postgres(
    options: &Options,
    url: &secrecy::SecretString,
    mode: Mode,
) -> Result<Store, OpenError> {
    use secrecy::ExposeSecret as _;
    let secret = options.secret_key.clone().ok_or(OpenError::KeyNeeded)?;
    if mode == Mode::Write && !options.objects_shared && options.bucket.is_none() {
        return Err(OpenError::ObjectsNotShared);
    }
    if mode == Mode::Write {
        make_folder(&options.data_dir)?;
    }
    let connect = PgConnectOptions::from_str(url.expose_secret())
        .map_err(|_| OpenError::Url)?
        .application_name("wasl")
        .options([("synchronous_commit", "on")])
        .statement_cache_capacity(STATEMENTS_CACHED)
        .disable_statement_logging();
    let pool = PgPoolOptions::new()
        .max_connections(POSTGRES_CONNECTIONS_MAX)
        .acquire_timeout(Duration::from_secs(ACQUIRE_TIMEOUT_SECS))
        .connect_with(connect)
        .await
        .map_err(super::connecting)?;
    require_postgres(&pool).await?;
    ready(options, Pools::Postgres(pool), &secret, None, mode).await
}

async fn ready(
    options: &Options,
    pools: Pools,
    secret: &SecretKey,
    lock: Option<Lock>,
    mode: Mode,
) -> Result<Store, OpenError> {
    let store = Store {
        pools,
        seal: Arc::new(Seal::new(secret)),
        place: Arc::new(Place {
            data_dir: options.data_dir.clone(),
            charity: options.charity.clone(),
            bucket: options.bucket.clone(),
            ran: Ran::default(),
            _lock: lock,
        }),
    };
    match mode {
        Mode::Write => {
            migrate::run(&store).await?;
            let mut tx = store.begin_write().await?;
            belongs(&mut tx, "charity", &options.charity).await?;
            belongs(&mut tx, "key", store.seal().fingerprint()).await?;
            belongs(&mut tx, OBJECTS_HOME, home(options)).await?;
            tx.commit().await?;
        }
        Mode::Read => {
            let mut tx = store.reader().await?;
            if !migrate::missing(&mut tx).await?.is_empty() {
                return Err(OpenError::Older);
            }
            same(&mut tx, "charity", &options.charity).await?;
            same(&mut tx, "key", store.seal().fingerprint()).await?;
            same(&mut tx, OBJECTS_HOME, home(options)).await?;
        }
    }
    Ok(store)
}

/// The kind of place where attachments lie. Under another one nothing would be found, and what must be
/// erased would stay.
fn home(options: &Options) -> &'static str {
    match &options.bucket {
        None => "folder",
        Some(_) => "bucket",
    }
}

/// Written by the first start, compared by every later one.
async fn belongs(tx: &mut Tx, name: &str, ours: &str) -> Result<(), OpenError> {
    tx.run(&META_KEEP, &[name.into(), ours.into()]).await?;
    same(tx, name, ours).await
}

async fn same(tx: &mut Tx, name: &str, ours: &str) -> Result<(), OpenError> {
    // Whoever opened it to write noted it: no note, no data; or they are of a build before the note.
    let Some(row) = tx.row(&META_READ, &[Arg::from(name)]).await? else {
        return Ok(());
    };
    let theirs = row.text("value")?;
    if theirs == ours {
        return Ok(());
    }
    let ours = ours.to_owned();
    Err(match name {
        "charity" => OpenError::OtherCharity {
            theirs,
            asked: ours,
        },
        OBJECTS_HOME => OpenError::ObjectsElsewhere {
            theirs,
            given: ours,
        },
        _ => OpenError::OtherKey {
            theirs,
            given: ours,
        },
    })
}

/// The key in the folder; made only beside a database that does not exist yet.
fn kept_key(folder: &Path, fresh: bool) -> Result<SecretKey, OpenError> {
    match secret::read(folder) {
        Err(NoKey::Missing(_)) if fresh => Ok(secret::make(folder)?),
        found => Ok(found?),
    }
}

/// Makes the data folder, for its owner alone, and holds its lock.
fn take_folder(folder: &Path) -> Result<Lock, OpenError> {
    make_folder(folder)?;
    let path = folder.join(LOCK_FILE);
    let lock = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)
        .map_err(|cause| OpenError::Folder {
            path: path.clone(),
            cause,
        })?;
    match lock.try_lock() {
        Ok(()) => Ok(Lock(lock)),
        Err(TryLockError::WouldBlock) => Err(OpenError::Held(path)),
        Err(TryLockError::Error(cause)) => Err(OpenError::Folder { path, cause }),
    }
}

pub(super) fn make_folder(folder: &Path) -> Result<(), OpenError> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(|cause| OpenError::Folder {
        path: folder.to_owned(),
        cause,
    })
}

async fn sqlite_pools(file: &Path, durability: Durability) -> Result<Pools, OpenError> {
    own(file)?;
    let synchronous = match durability {
        Durability::Full => SqliteSynchronous::Full,
        Durability::Normal => SqliteSynchronous::Normal,
    };
    let connect = sqlite_options(file)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(synchronous);
    let writer = sqlite_pool(1)
        .connect_with(connect)
        .await
        .map_err(super::connecting)?;
    require_sqlite(&writer, durability).await?;
    Ok(Pools::Sqlite {
        writer,
        readers: sqlite_readers(file).await?,
    })
}

async fn sqlite_readers(file: &Path) -> Result<SqlitePool, OpenError> {
    let connect = sqlite_options(file)
        .read_only(true)
        .pragma("cache_size", SQLITE_READER_CACHE);
    let readers = sqlite_pool(SQLITE_READERS_MAX).connect_with(connect).await;
    Ok(readers.map_err(super::connecting)?)
}

fn sqlite_pool(connections: u32) -> SqlitePoolOptions {
    SqlitePoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(Duration::from_secs(ACQUIRE_TIMEOUT_SECS))
        // A connection is a file of ours: asking it whether it lives costs a turn of its thread.
        .test_before_acquire(false)
        .idle_timeout(None)
        .max_lifetime(None)
}

fn sqlite_options(file: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(file)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(BUSY_TIMEOUT_SECS))
        .statement_cache_capacity(STATEMENTS_CACHED)
        .disable_statement_logging()
}

/// The file exists for its owner alone before SQLite opens it: its log takes the same rights.
fn own(file: &Path) -> Result<(), OpenError> {
    let mut options = File::options();
    options.create(true).truncate(false).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let made = options.open(file);
    made.map(drop).map_err(|cause| OpenError::Folder {
        path: file.to_owned(),
        cause,
    })
}

async fn require_sqlite(writer: &SqlitePool, durability: Durability) -> Result<(), OpenError> {
    let journal: String = sqlx::query_scalar("PRAGMA journal_mode")
        .fetch_one(writer)
        .await
        .map_err(super::connecting)?;
    require("journal_mode", journal, "wal")?;
    let synchronous: i64 = sqlx::query_scalar("PRAGMA synchronous")
        .fetch_one(writer)
        .await
        .map_err(super::connecting)?;
    let must = match durability {
        Durability::Full => "2",
        Durability::Normal => "1",
    };
    require("synchronous", synchronous.to_string(), must)
}

async fn require_postgres(pool: &PgPool) -> Result<(), OpenError> {
    let commit: String = sqlx::query_scalar("SHOW synchronous_commit")
        .fetch_one(pool)
        .await
        .map_err(super::connecting)?;
    let fsync: String = sqlx::query_scalar("SHOW fsync")
        .fetch_one(pool)
        .await
        .map_err(super::connecting)?;
    if fsync != "on" {
        tracing::warn!("PostgreSQL runs with fsync off: a power cut loses what it committed");
    }
    require("synchronous_commit", commit, "on")
}

fn require(what: &'static str, is: String, must: &'static str) -> Result<(), OpenError> {
    if is == must {
        return Ok(());
    }
    Err(OpenError::NotDurable { what, is, must })
}
