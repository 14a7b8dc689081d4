//! The bytes of attachments: objects under random keys, sealed whole, on the disk before anybody is
//! told. A name or path of a person's is never ours. An object nobody knows is swept after a day.

use std::path::PathBuf;
use std::sync::Arc;

use futures_util::StreamExt as _;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{ObjectStore as _, ObjectStoreExt as _, PutMode};

use super::{Fault, Store, attachment, open};
use crate::event::Millis;
use crate::seal::{Seal, Unsealable};

/// How long an object may lie without a row: longer than any event waits for its commit.
pub const ORPHAN_HOURS: i64 = 24;
/// Rows asked for at once while sweeping.
const SWEEP_ROWS: usize = 500;

/// Why bytes cannot be had or kept.
#[derive(Debug, thiserror::Error)]
pub enum ObjectFault {
    #[error("the attachments' folder: {0}")]
    Folder(String),
    #[error("an attachment cannot be opened: {0}")]
    Sealed(#[from] Unsealable),
    #[error(transparent)]
    Store(#[from] Fault),
}

/// The objects of one installation. Cheap to clone.
#[derive(Clone)]
pub struct Objects {
    files: Arc<LocalFileSystem>,
    seal: Arc<Seal>,
}

/// What a sweep did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    pub orphans: usize,
    pub erased: usize,
}

impl Objects {
    /// # Errors
    /// When the folder cannot be made.
    pub fn open(store: &Store) -> Result<Objects, ObjectFault> {
        Objects::within(store.place().objects(), store.seal().clone())
    }

    fn within(folder: PathBuf, seal: Arc<Seal>) -> Result<Objects, ObjectFault> {
        open::make_folder(&folder).map_err(|error| ObjectFault::Folder(error.to_string()))?;
        let files = LocalFileSystem::new_with_prefix(folder)
            .map_err(fault)?
            .with_fsync(true);
        Ok(Objects {
            files: Arc::new(files),
            seal,
        })
    }

    /// Seals and keeps bytes under `key`; on the disk when this returns.
    ///
    /// # Errors
    /// When they cannot be written, or the key is taken.
    pub async fn put(&self, key: &str, bytes: Vec<u8>) -> Result<(), ObjectFault> {
        let (seal, name) = (self.seal.clone(), key.to_owned());
        let sealing = tokio::task::spawn_blocking(move || seal.close_object(&name, &bytes));
        let sealed = sealing
            .await
            .map_err(|_| ObjectFault::Folder("stopping".to_owned()))?;
        let options = PutMode::Create.into();
        self.files
            .put_opts(&place(key), sealed.into(), options)
            .await
            .map_err(fault)?;
        Ok(())
    }

    /// The bytes of `key`; None when there are none (any more).
    ///
    /// # Errors
    /// When they cannot be read or were changed.
    pub async fn get(&self, key: &str) -> Result<Option<Vec<u8>>, ObjectFault> {
        let sealed = match self.files.get(&place(key)).await {
            Ok(found) => found.bytes().await.map_err(fault)?,
            Err(object_store::Error::NotFound { .. }) => return Ok(None),
            Err(error) => return Err(fault(error)),
        };
        let (seal, name) = (self.seal.clone(), key.to_owned());
        let opening = tokio::task::spawn_blocking(move || seal.open_object(&name, &sealed));
        let opened = opening
            .await
            .map_err(|_| ObjectFault::Folder("stopping".to_owned()))?;
        Ok(Some(opened?))
    }

    /// Deletes what is promised to be deleted, and what has had no row for [`ORPHAN_HOURS`].
    ///
    /// # Errors
    /// When the database or the folder fails; what was done stays done.
    pub async fn sweep(&self, store: &Store, now: Millis) -> Result<Swept, ObjectFault> {
        let erased = self.delete_owed(store, now).await?;
        let old: Vec<String> = self.older_than(now - ORPHAN_HOURS * 3_600_000).await?;
        let mut orphans = 0;
        for keys in old.chunks(SWEEP_ROWS) {
            let files: Vec<&str> = keys.iter().map(|key| file_of(key)).collect();
            let known = attachment::present(&mut store.reader().await?, &files).await?;
            for key in keys
                .iter()
                .filter(|key| !known.iter().any(|known| known == file_of(key)))
            {
                self.delete(key).await?;
                orphans += 1;
            }
        }
        Ok(Swept { orphans, erased })
    }

    /// Deletes the objects whose tombstones are committed.
    pub(super) async fn delete_owed(
        &self,
        store: &Store,
        now: Millis,
    ) -> Result<usize, ObjectFault> {
        let limit = i64::try_from(SWEEP_ROWS).unwrap_or(i64::MAX);
        let mut count = 0;
        loop {
            let owed = attachment::owed(&mut store.reader().await?, limit).await?;
            if owed.is_empty() {
                return Ok(count);
            }
            for key in &owed {
                self.delete(key).await?;
            }
            let keys: Vec<&str> = owed.iter().map(String::as_str).collect();
            let mut tx = store.begin_write().await?;
            attachment::deleted(&mut tx, &keys, now).await?;
            tx.commit().await?;
            count += owed.len();
        }
    }

    /// Deletes the bytes of `key` and of its preview.
    async fn delete(&self, key: &str) -> Result<(), ObjectFault> {
        self.delete_one(&preview_key(key)).await?;
        self.delete_one(key).await
    }

    async fn delete_one(&self, key: &str) -> Result<(), ObjectFault> {
        match self.files.delete(&place(key)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(fault(error)),
        }
    }

    async fn older_than(&self, before: Millis) -> Result<Vec<String>, ObjectFault> {
        let mut old = Vec::new();
        let mut all = self.files.list(None);
        while let Some(object) = all.next().await {
            let object = object.map_err(fault)?;
            if object.last_modified.timestamp_millis() < before {
                old.extend(object.location.filename().map(str::to_owned));
            }
        }
        Ok(old)
    }
}

/// A new random key: 32 hexadecimal digits.
pub fn new_key() -> String {
    let mut bytes = [0_u8; 16];
    rand::fill(&mut bytes);
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What follows the key of a file in the key of its preview, which lives and dies with it.
const PREVIEW: &str = ".preview";

/// Where the preview of the file `key` lies.
pub fn preview_key(key: &str) -> String {
    format!("{key}{PREVIEW}")
}

fn file_of(key: &str) -> &str {
    key.strip_suffix(PREVIEW).unwrap_or(key)
}

/// Spread over folders by the key's first characters. Whatever else a key holds cannot leave the folder:
/// the path escapes it.
fn place(key: &str) -> Path {
    let shard: String = key.chars().take(2).collect();
    Path::from_iter([shard.as_str(), key])
}

/// Without the path: that is the machine's matter.
fn fault(error: object_store::Error) -> ObjectFault {
    ObjectFault::Folder(match error {
        object_store::Error::AlreadyExists { .. } => "the key is taken".to_owned(),
        object_store::Error::NotFound { .. } => "not found".to_owned(),
        object_store::Error::PermissionDenied { .. } => "not permitted".to_owned(),
        object_store::Error::Generic { source, .. } => source.to_string(),
        _ => "cannot be read or written".to_owned(),
    })
}
