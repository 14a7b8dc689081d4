//! A backup: one consistent view of every table as JSON lines, then the objects as they lie, then a
//! manifest with the digest of every file. All that was sealed stays sealed; the secret key is not in
//! it and must be kept apart. The form is the same for both engines, so that a charity can move.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufWriter, Read as _, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::heads::{self, Heads};
use super::object::{ObjectFault, Objects};
use super::schema::{TABLES, Table};
use super::{Fault, OpenError, Store, Tx, erase, migrate, open};
use crate::event::Millis;

/// The form of a backup.
pub const FORMAT: u32 = 1;
pub const MANIFEST: &str = "manifest.json";
/// Rows read at once.
const PAGE_ROWS: i64 = 500;
/// Bytes read at once.
const CHUNK_BYTES: usize = 64 * 1024;

/// What a backup holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    pub format: u32,
    pub charity: String,
    /// Fingerprint of the secret key that everything in it is sealed with.
    pub key: String,
    pub at: Millis,
    /// The last migration of its tables.
    pub schema: String,
    /// Rows by table.
    pub rows: BTreeMap<String, u64>,
    /// SHA-256 by path below the folder, hexadecimal.
    pub files: BTreeMap<String, String>,
    /// Where the chains ended outside the database.
    pub heads: Heads,
}

/// Why there is no whole backup.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    #[error("{0} is not empty\nA backup is written into a new folder")]
    NotEmpty(PathBuf),
    #[error("{path}: {cause}")]
    File { path: PathBuf, cause: io::Error },
    #[error(transparent)]
    Folder(#[from] OpenError),
    #[error(transparent)]
    Objects(#[from] ObjectFault),
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// How far a long work is: (done, of), in files and tables.
pub type Progress<'a> = &'a mut (dyn FnMut(u64, u64) + Send);

/// Writes a backup into `folder`, which is new or empty. The manifest comes last: without it there
/// is no backup.
///
/// # Errors
/// When the database or a file fails; the folder is left as far as it came.
pub async fn backup(
    store: &Store,
    folder: &Path,
    at: Millis,
    progress: Progress<'_>,
) -> Result<Manifest, BackupError> {
    open::make_folder(folder)?;
    if in_file(folder, fs::read_dir(folder))?.next().is_some() {
        return Err(BackupError::NotEmpty(folder.to_owned()));
    }
    let mut manifest = Manifest {
        format: FORMAT,
        charity: store.place().charity.clone(),
        key: store.seal().fingerprint().to_owned(),
        at,
        schema: migrate::latest().to_owned(),
        rows: BTreeMap::new(),
        files: BTreeMap::new(),
        heads: heads::read(&store.place().data_dir).unwrap_or_default(),
    };
    let tables = folder.join("tables");
    open::make_folder(&tables)?;
    let mut tx = store.snapshot().await?;
    let of = TABLES.len() as u64;
    for (done, table) in (0..).zip(TABLES) {
        progress(done, of);
        let path = tables.join(format!("{}.jsonl", table.name));
        let (rows, digest) = write_table(&mut tx, table, &path).await?;
        manifest.rows.insert(table.name.to_owned(), rows);
        manifest
            .files
            .insert(format!("tables/{}.jsonl", table.name), digest);
    }
    tx.commit().await?;
    // Objects come after the rows that name them: whatever a row of this backup names is there.
    copy_objects(&Objects::open(store)?, folder, &mut manifest, progress).await?;
    let notes = store.place().data_dir.join(erase::FILE);
    if notes.exists() {
        let digest = copy(&notes, &folder.join(erase::FILE))?;
        manifest.files.insert(erase::FILE.to_owned(), digest);
    }
    write_manifest(folder, &manifest)?;
    Ok(manifest)
}

async fn write_table(
    tx: &mut Tx,
    table: &Table,
    path: &Path,
) -> Result<(u64, String), BackupError> {
    let mut file = BufWriter::new(in_file(path, new_file(path))?);
    let mut digest = Sha256::new();
    let mut last = None;
    let mut count = 0;
    loop {
        let rows = tx.table_page(table, last.as_ref(), PAGE_ROWS).await?;
        for row in &rows {
            let line = format!("{}\n", serde_json::Value::Object(row.clone()));
            digest.update(line.as_bytes());
            in_file(path, file.write_all(line.as_bytes()))?;
            count += 1;
        }
        match rows.into_iter().next_back() {
            Some(row) => last = Some(row),
            None => break,
        }
    }
    in_file(path, file.flush())?;
    in_file(path, file.get_ref().sync_all())?;
    Ok((count, hex(digest)))
}

async fn copy_objects(
    objects: &Objects,
    folder: &Path,
    manifest: &mut Manifest,
    progress: Progress<'_>,
) -> Result<(), BackupError> {
    let names = objects.names().await?;
    let of = names.len() as u64;
    for (done, name) in (0..).zip(names) {
        progress(done, of);
        let Some(sealed) = objects.sealed(&name).await? else {
            // Swept or erased while we copied.
            continue;
        };
        let name = format!("{}/{name}", open::OBJECTS_FOLDER);
        let path = folder.join(&name);
        if let Some(parent) = path.parent() {
            open::make_folder(parent)?;
        }
        let mut file = in_file(&path, new_file(&path))?;
        in_file(&path, file.write_all(&sealed))?;
        in_file(&path, file.sync_all())?;
        let digest = Sha256::new_with_prefix(&sealed);
        manifest.files.insert(name, hex(digest));
    }
    Ok(())
}

fn write_manifest(folder: &Path, manifest: &Manifest) -> Result<(), BackupError> {
    let path = folder.join(MANIFEST);
    let text = serde_json::to_string_pretty(manifest).map_err(io::Error::from);
    let mut file = in_file(&path, new_file(&path))?;
    in_file(&path, text.and_then(|text| file.write_all(text.as_bytes())))?;
    in_file(&path, file.sync_all())?;
    in_file(
        folder,
        File::open(folder).and_then(|folder| folder.sync_all()),
    )
}

/// Copies a file, synced, and gives its digest.
fn copy(from: &Path, to: &Path) -> Result<String, BackupError> {
    let mut source = in_file(from, File::open(from))?;
    let mut target = in_file(to, new_file(to))?;
    let digest = digested(&mut source, from, &mut target, to)?;
    in_file(to, target.sync_all())?;
    Ok(digest)
}

fn digested(
    source: &mut File,
    from: &Path,
    target: &mut dyn io::Write,
    to: &Path,
) -> Result<String, BackupError> {
    let mut digest = Sha256::new();
    let mut chunk = vec![0; CHUNK_BYTES];
    loop {
        let read = in_file(from, source.read(&mut chunk))?;
        if read == 0 {
            return Ok(hex(digest));
        }
        digest.update(&chunk[..read]);
        in_file(to, target.write_all(&chunk[..read]))?;
    }
}

/// The digest of a file as it lies.
pub(super) fn digest_of(path: &Path) -> Result<String, BackupError> {
    let mut file = in_file(path, File::open(path))?;
    digested(&mut file, path, &mut io::sink(), path)
}

fn new_file(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.create_new(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

pub(super) fn in_file<T>(path: &Path, done: io::Result<T>) -> Result<T, BackupError> {
    done.map_err(|cause| BackupError::File {
        path: path.to_owned(),
        cause,
    })
}

fn hex(digest: Sha256) -> String {
    digest
        .finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
