//! A fresh store on each engine for every test: SQLite in a temporary folder, PostgreSQL as one
//! database in the throwaway cluster of this test run.

use std::future::Future;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use s3::Standin;
use secrecy::SecretString;

use super::identity::{Arrival, Spoken};
use super::{Engine, Mode, Options, Store, identity};
use crate::config::{Bucket, BucketAddress, SecretKey};
use crate::event::{Address, Millis, Seed};

#[path = "../../tests/product/support/postgres.rs"]
mod postgres;
#[path = "../../tests/product/support/s3.rs"]
pub mod s3;

/// A store of the charity `demo` with nothing in it, and what it needs to live.
pub struct Fresh {
    pub store: Store,
    pub options: Options,
    pub folder: Arc<tempfile::TempDir>,
    /// Where attachments lie, when not in the folder.
    pub s3: Option<Arc<Standin>>,
}

/// Where attachments lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Home {
    Folder,
    Bucket,
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
            s3: self.s3,
        }
    }
}

/// Runs one story on both engines. Without PostgreSQL it fails in CI, and says so elsewhere.
pub fn on_both<F: Future<Output = ()>>(story: impl Fn(Fresh) -> F) {
    on_each(&[Home::Folder], story);
}

/// As [`on_both`], with attachments in the folder, and then in a bucket.
pub fn in_every_home<F: Future<Output = ()>>(story: impl Fn(Fresh) -> F) {
    on_each(&[Home::Folder, Home::Bucket], story);
}

fn on_each<F: Future<Output = ()>>(homes: &[Home], story: impl Fn(Fresh) -> F) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        for home in homes {
            tell(&story, fresh_in(*home, None).await).await;
            if let Some(url) = postgres::database() {
                tell(&story, fresh_in(*home, Some(url)).await).await;
            }
        }
    });
}

/// A story takes only the parts it names: the places must outlive it.
async fn tell<F: Future<Output = ()>>(story: &impl Fn(Fresh) -> F, fresh: Fresh) {
    let _places = (fresh.folder.clone(), fresh.s3.clone());
    story(fresh).await;
}

/// A fresh store on SQLite, or on the database behind a URL.
pub async fn fresh(database_url: Option<String>) -> Fresh {
    fresh_in(Home::Folder, database_url).await
}

/// A fresh store on SQLite whose attachments lie in a bucket, and the bucket.
pub async fn fresh_in_bucket() -> (Fresh, Arc<Standin>) {
    let fresh = fresh_in(Home::Bucket, None).await;
    let s3 = fresh.s3.clone().unwrap();
    (fresh, s3)
}

async fn fresh_in(home: Home, database_url: Option<String>) -> Fresh {
    let s3 = match home {
        Home::Folder => None,
        Home::Bucket => Some(Arc::new(Standin::start().await)),
    };
    let folder = Arc::new(tempfile::tempdir().unwrap());
    let options = Options {
        database_url: database_url.map(SecretString::from),
        secret_key: Some(SecretKey::read("the first key of an invented charity").unwrap()),
        objects_shared: s3.is_none(),
        bucket: s3.as_ref().map(|s3| bucket_at(&s3.origin)),
        ..Options::sqlite(&folder.path().join("data"), "demo")
    };
    Fresh {
        store: Store::open(options.clone(), Mode::Write).await.unwrap(),
        options,
        folder,
        s3,
    }
}

/// The bucket of a stand-in, with the right keys to it.
pub fn bucket_at(origin: &str) -> Bucket {
    Bucket {
        address: BucketAddress {
            origin: origin.to_owned(),
            bucket: s3::BUCKET.to_owned(),
            folder: String::new(),
        },
        region: s3::REGION.to_owned(),
        access_key: s3::ACCESS_KEY.to_owned(),
        secret_key: SecretString::from(s3::SECRET_KEY),
    }
}

/// Where a new, empty store of the same engine would be.
pub fn elsewhere(options: &Options, name: &str) -> Options {
    Options {
        data_dir: options.data_dir.with_file_name(name),
        database_url: options
            .database_url
            .as_ref()
            .map(|_| SecretString::from(postgres::database().unwrap())),
        bucket: options.bucket.clone().map(|mut bucket| {
            bucket.address.folder = name.to_owned();
            bucket
        }),
        ..options.clone()
    }
}

/// All files below a folder.
pub fn files_below(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap();
    let below = entries.map(|entry| entry.unwrap().path());
    below
        .flat_map(|path| match path.is_dir() {
            true => files_below(&path),
            false => vec![path],
        })
        .collect()
}

/// An address of the channel `web`.
pub fn web(id: &str) -> Address {
    Address {
        channel: "web".to_owned(),
        account: String::new(),
        id: id.to_owned(),
    }
}

/// Somebody who writes from this address, known or not.
pub async fn met(store: &Store, address: &Address, at: Millis) -> Spoken {
    let mut tx = store.begin_write().await.unwrap();
    let mut seed = [0; 16];
    for (byte, of) in seed.iter_mut().zip(address.id.bytes()) {
        *byte = of;
    }
    let arrival = Arrival {
        address: address.clone(),
        also: None,
        at,
        seed: Seed(seed),
    };
    let spoken = identity::meet(&mut tx, &[arrival]).await.unwrap().remove(0);
    tx.commit().await.unwrap();
    spoken
}

/// Troubles that a database can be in, made and mended from outside.
pub mod interfere {
    use secrecy::ExposeSecret as _;
    use sqlx::{Connection as _, PgConnection, SqliteConnection};

    use super::super::{Engine, Link, Pools, Store};
    use super::Fresh;

    /// Statements that make a trouble, each with the one that mends it.
    pub fn troubles(engine: Engine) -> &'static [(&'static str, &'static str)] {
        match engine {
            Engine::Sqlite => &[
                ("PRAGMA query_only = 1", "PRAGMA query_only = 0"),
                (
                    "PRAGMA max_page_count = 1",
                    "PRAGMA max_page_count = 1073741823",
                ),
            ],
            Engine::Postgres => &[(
                "default_transaction_read_only = on",
                "default_transaction_read_only = off",
            )],
        }
    }

    /// Brings a trouble about, or mends it, for whoever writes next.
    pub async fn run(fresh: &Fresh, statement: &'static str) {
        match fresh.engine() {
            Engine::Sqlite => fresh.store.set(statement).await,
            Engine::Postgres => {
                let mut other = beside(fresh).await;
                let name: String = sqlx::query_scalar("SELECT current_database()")
                    .fetch_one(&mut other)
                    .await
                    .unwrap();
                let setting = format!("ALTER DATABASE {name} SET {statement}");
                for text in ["SET default_transaction_read_only = off", &setting] {
                    sqlx::raw_sql(sqlx::AssertSqlSafe(text.to_owned()))
                        .execute(&mut other)
                        .await
                        .unwrap();
                }
                cut(&mut other).await;
            }
        }
    }

    /// Holds the write lock of a SQLite database, as another program would, until it is dropped.
    pub async fn hold(file: &std::path::Path) -> SqliteConnection {
        let url = format!("sqlite://{}", file.display());
        let mut other = SqliteConnection::connect(&url).await.unwrap();
        sqlx::query("BEGIN IMMEDIATE")
            .execute(&mut other)
            .await
            .unwrap();
        other
    }

    /// Changes what is stored, past everything that we wrote to prevent it.
    pub async fn change(fresh: &Fresh, statement: &'static str) {
        match fresh.engine() {
            Engine::Sqlite => fresh.store.set(statement).await,
            Engine::Postgres => {
                let mut other = beside(fresh).await;
                sqlx::raw_sql(statement).execute(&mut other).await.unwrap();
            }
        }
    }

    /// Ends every connection to a PostgreSQL database from the server's side.
    pub async fn cut_connections(fresh: &Fresh) {
        cut(&mut beside(fresh).await).await;
    }

    async fn beside(fresh: &Fresh) -> PgConnection {
        let url = fresh.options.database_url.as_ref().unwrap().expose_secret();
        PgConnection::connect(url).await.unwrap()
    }

    async fn cut(other: &mut PgConnection) {
        sqlx::query(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
             WHERE datname = current_database() AND pid <> pg_backend_pid()",
        )
        .execute(other)
        .await
        .unwrap();
    }

    impl Store {
        /// Runs a statement on the one connection that writes.
        async fn set(&self, statement: &'static str) {
            let Pools::Sqlite { writer, .. } = &self.pools else {
                panic!("only SQLite has one connection that writes");
            };
            let link = Link::Sqlite(writer.acquire().await.unwrap());
            self.tx(link, false).raw(statement).await.unwrap();
        }
    }
}
