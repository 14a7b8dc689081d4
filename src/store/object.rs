//! The bytes of attachments: objects under random keys, sealed whole, in the folder or the bucket before
//! anybody is told. A name or path of a person's is never ours. An object nobody knows is swept after a day.

use std::path::PathBuf;
use std::sync::Arc;

use bytes::Bytes;
use futures_util::StreamExt as _;
use object_store::aws::AmazonS3;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::prefix::PrefixStore;
use object_store::{ObjectMeta, ObjectStore, ObjectStoreExt as _, PutMode};

use super::bucket::{self, Patience, Trouble};
use super::{Fault, Store, attachment, open};
use crate::config::Bucket;
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
    #[error("the attachments' bucket {0}")]
    Bucket(Trouble),
    #[error("there is an attachment under this key already")]
    Taken,
    #[error("an attachment cannot be opened: {0}")]
    Sealed(#[from] Unsealable),
    #[error(transparent)]
    Store(#[from] Fault),
}

/// The objects of one installation. Cheap to clone.
#[derive(Clone)]
pub struct Objects {
    home: Home,
    seal: Arc<Seal>,
}

#[derive(Clone)]
enum Home {
    Folder(Arc<LocalFileSystem>),
    Bucket(Arc<PrefixStore<AmazonS3>>),
}

/// What a sweep did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    pub orphans: usize,
    pub erased: usize,
}

impl Objects {
    /// Where the settings say. A bucket is not called yet: one that is away keeps nobody from starting.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub fn open(store: &Store) -> Result<Objects, ObjectFault> {
        let (place, seal) = (store.place(), store.seal().clone());
        match &place.bucket {
            None => Objects::in_folder(place.objects(), seal),
            Some(bucket) => Objects::in_bucket(bucket, seal, Patience::USUAL),
        }
    }

    /// Below the fingerprint of the secret key: an installation that was pointed at the bucket of another
    /// one by mistake would else sweep what it does not know.
    pub(super) fn in_bucket(
        bucket: &Bucket,
        seal: Arc<Seal>,
        patience: Patience,
    ) -> Result<Objects, ObjectFault> {
        let files = bucket::open(bucket, seal.fingerprint(), patience);
        let home = Home::Bucket(Arc::new(files.map_err(ObjectFault::Bucket)?));
        Ok(Objects { home, seal })
    }

    fn in_folder(folder: PathBuf, seal: Arc<Seal>) -> Result<Objects, ObjectFault> {
        open::make_folder(&folder).map_err(|error| ObjectFault::Folder(error.to_string()))?;
        let files = LocalFileSystem::new_with_prefix(folder)
            .map_err(in_folder)?
            .with_fsync(true);
        let home = Home::Folder(Arc::new(files));
        Ok(Objects { home, seal })
    }

    /// Seals and keeps bytes under `key`; on the disk, or told to be kept by the bucket, when this returns.
    ///
    /// # Errors
    /// When they cannot be written, or the key is taken.
    pub async fn put(&self, key: &str, bytes: Vec<u8>) -> Result<(), ObjectFault> {
        let (seal, name) = (self.seal.clone(), key.to_owned());
        let sealing = tokio::task::spawn_blocking(move || seal.close_object(&name, &bytes));
        let sealed = sealing
            .await
            .map_err(|_| ObjectFault::Folder("stopping".to_owned()))?;
        self.write(&place(key), sealed).await
    }

    async fn write(&self, place: &Path, sealed: Vec<u8>) -> Result<(), ObjectFault> {
        let mode = match &self.home {
            Home::Folder(_) => PutMode::Create,
            // Asked first, since not every store knows a condition on writing. No two ever draw one key,
            // so that nothing is between; and what was written twice by a repeated request is the same.
            Home::Bucket(files) => match files.head(place).await {
                Ok(_) => return Err(ObjectFault::Taken),
                Err(error) if bucket::trouble(&error).is_nothing() => PutMode::Overwrite,
                Err(error) => return Err(self.home.fault(error)),
            },
        };
        let files = self.home.files();
        match files.put_opts(place, sealed.into(), mode.into()).await {
            Ok(_) => Ok(()),
            Err(object_store::Error::AlreadyExists { .. }) => Err(ObjectFault::Taken),
            Err(error) => Err(self.home.fault(error)),
        }
    }

    /// The bytes of `key`; None when there are none (any more).
    ///
    /// # Errors
    /// When they cannot be read or were changed.
    pub async fn get(&self, key: &str) -> Result<Option<Vec<u8>>, ObjectFault> {
        let Some(sealed) = self.read(&place(key)).await? else {
            return Ok(None);
        };
        let (seal, name) = (self.seal.clone(), key.to_owned());
        let opening = tokio::task::spawn_blocking(move || seal.open_object(&name, &sealed));
        let opened = opening
            .await
            .map_err(|_| ObjectFault::Folder("stopping".to_owned()))?;
        Ok(Some(opened?))
    }

    async fn read(&self, place: &Path) -> Result<Option<Bytes>, ObjectFault> {
        let read = async { self.home.files().get(place).await?.bytes().await };
        match read.await {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if self.home.is_gone(&error) => Ok(None),
            Err(error) => Err(self.home.fault(error)),
        }
    }

    /// The names of all that lies here, for a backup.
    pub(super) async fn names(&self) -> Result<Vec<String>, ObjectFault> {
        let mut names = Vec::new();
        self.each(|object| names.push(object.location.to_string()))
            .await?;
        Ok(names)
    }

    /// The bytes behind a name of [`Objects::names`] as they lie; None when they went meanwhile.
    pub(super) async fn sealed(&self, name: &str) -> Result<Option<Bytes>, ObjectFault> {
        self.read(&self.named(name)?).await
    }

    /// Keeps bytes of a backup, which are sealed, under the name that they had.
    pub(super) async fn put_sealed(&self, name: &str, sealed: Vec<u8>) -> Result<(), ObjectFault> {
        self.write(&self.named(name)?, sealed).await
    }

    fn named(&self, name: &str) -> Result<Path, ObjectFault> {
        Path::parse(name).map_err(|error| self.home.fault(error.into()))
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
        match self.home.files().delete(&place(key)).await {
            Ok(()) => Ok(()),
            Err(error) if self.home.is_gone(&error) => Ok(()),
            Err(error) => Err(self.home.fault(error)),
        }
    }

    async fn older_than(&self, before: Millis) -> Result<Vec<String>, ObjectFault> {
        let mut old = Vec::new();
        self.each(|object| {
            if object.last_modified.timestamp_millis() < before {
                old.extend(object.location.filename().map(str::to_owned));
            }
        })
        .await?;
        Ok(old)
    }

    async fn each(&self, mut tell: impl FnMut(ObjectMeta)) -> Result<(), ObjectFault> {
        let mut all = self.home.files().list(None);
        while let Some(object) = all.next().await {
            tell(object.map_err(|error| self.home.fault(error))?);
        }
        Ok(())
    }
}

impl Home {
    fn files(&self) -> &dyn ObjectStore {
        match self {
            Home::Folder(files) => files.as_ref(),
            Home::Bucket(files) => files.as_ref(),
        }
    }

    /// Whether an object was asked for that is not there (any more).
    fn is_gone(&self, error: &object_store::Error) -> bool {
        match self {
            Home::Folder(_) => matches!(error, object_store::Error::NotFound { .. }),
            Home::Bucket(_) => bucket::trouble(error).is_gone(),
        }
    }

    fn fault(&self, error: object_store::Error) -> ObjectFault {
        match self {
            Home::Folder(_) => in_folder(error),
            Home::Bucket(_) => ObjectFault::Bucket(bucket::trouble(&error)),
        }
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
fn in_folder(error: object_store::Error) -> ObjectFault {
    ObjectFault::Folder(match error {
        object_store::Error::NotFound { .. } => "not found".to_owned(),
        object_store::Error::PermissionDenied { .. } => "not permitted".to_owned(),
        object_store::Error::Generic { source, .. } => source.to_string(),
        _ => "cannot be read or written".to_owned(),
    })
}
