//! A fresh store on each engine for every test: SQLite in a temporary folder, PostgreSQL as one
//! database in the throwaway cluster of this test run.

use std::future::Future;
use std::sync::Arc;

use secrecy::SecretString;

use super::identity::{Arrival, Spoken};
use super::{Engine, Mode, Options, Store, identity};
use crate::config::SecretKey;
use crate::event::{Address, Millis, Seed};

#[path = "../../tests/product/support/postgres.rs"]
mod postgres;

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
        if let Some(url) = postgres::database() {
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

/// Where a new, empty store of the same engine would be.
pub fn elsewhere(options: &Options, name: &str) -> Options {
    Options {
        data_dir: options.data_dir.with_file_name(name),
        database_url: options
            .database_url
            .as_ref()
            .map(|_| SecretString::from(postgres::database().unwrap())),
        ..options.clone()
    }
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
        at,
        seed: Seed(seed),
    };
    let spoken = identity::meet(&mut tx, &[arrival]).await.unwrap().remove(0);
    tx.commit().await.unwrap();
    spoken
}
