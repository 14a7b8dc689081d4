//! Bringing a backup back, into an empty place of either engine: files proved by their digests, rows,
//! objects, and every erasure that came after it done again. It never touches data that are there.

use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};

use super::backup::{self, BackupError, FORMAT, MANIFEST, Manifest, Progress, in_file};
use super::erase::{self, Tombstone};
use super::object::{ObjectFault, Objects};
use super::schema::{TABLES, Table};
use super::{
    Fault, Mode, OpenError, Options, Store, TableRow, Tx, heads, migrate, open, search, statements,
};
use crate::event::Millis;
use crate::seal::{Seal, secret};

/// Rows put at once.
const PUT_ROWS: usize = 500;

statements! {
    USED = "SELECT (SELECT COUNT(*) FROM contact) + (SELECT COUNT(*) FROM event) AS n";
}

/// Why a backup was not brought back.
#[derive(Debug, thiserror::Error)]
pub enum RestoreError {
    #[error("{0}: there is no whole backup (no readable {MANIFEST})")]
    NoBackup(PathBuf),
    #[error(
        "the backup has the form {0}, this build reads {FORMAT}\nUse the build that wrote it, or a newer one"
    )]
    OtherFormat(u32),
    #[error(
        "the tables of the backup are those of `{theirs}`, this build has `{ours}`\nRestore with the build that wrote it, then upgrade"
    )]
    OtherSchema { theirs: String, ours: String },
    #[error("{0} is not as it was written: the backup is damaged")]
    Damaged(String),
    #[error(
        "{0} is not empty\nA backup is restored into a new data folder, an empty database, and a bucket, \
         or a folder of one, without attachments"
    )]
    NotEmpty(String),
    #[error("the rows of the backup cannot be read: {0}")]
    Rows(String),
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error(transparent)]
    File(#[from] BackupError),
    #[error(transparent)]
    Objects(#[from] ObjectFault),
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Restores the backup in `folder` to where `options` say; the secret key must be given there or lie
/// in the new data folder already. `erasures`: the notes of a lost data folder
/// ([`erase::FILE`]), when they survived it.
///
/// # Errors
/// Before anything is written when the backup is damaged or the place is taken; a restore that
/// failed half-way leaves a place that must be emptied.
pub async fn restore(
    folder: &Path,
    options: Options,
    erasures: Option<&Path>,
    at: Millis,
    progress: Progress<'_>,
) -> Result<Manifest, RestoreError> {
    let manifest = read_manifest(folder)?;
    prove(folder, &manifest, progress)?;
    require_fits(&manifest, &options)?;
    require_empty(&options)?;
    let store = Store::open(options, Mode::Write).await?;
    let mut tx = store.begin_write().await?;
    let used = tx
        .row(&USED, &[])
        .await?
        .map_or(Ok(0), |row| row.int("n"))?;
    if used > 0 {
        return Err(RestoreError::NotEmpty("the database".to_owned()));
    }
    let objects = Objects::open(&store)?;
    if !objects.names().await?.is_empty() {
        return Err(RestoreError::NotEmpty("the attachments' place".to_owned()));
    }
    for table in TABLES {
        put_table(&mut tx, table, folder).await?;
    }
    search::again(&mut tx).await?;
    let later = later_erasures(&mut tx, folder, erasures).await?;
    erase::empty(&mut tx, &erase::scope_of(&later), at).await?;
    erase::remember(&mut tx, &later).await?;
    tx.commit().await?;
    put_objects(folder, &objects, &manifest).await?;
    objects.delete_owed(&store, at).await?;
    if !manifest.heads.is_empty() {
        let noted = heads::write(&store.place().data_dir, &manifest.heads);
        in_file(&store.place().data_dir, noted)?;
    }
    store.scrub().await?;
    store.close().await;
    Ok(manifest)
}

fn read_manifest(folder: &Path) -> Result<Manifest, RestoreError> {
    let none = || RestoreError::NoBackup(folder.to_owned());
    let text = std::fs::read_to_string(folder.join(MANIFEST)).map_err(|_| none())?;
    serde_json::from_str(&text).map_err(|_| none())
}

/// Every file is as it was written.
fn prove(folder: &Path, manifest: &Manifest, progress: Progress<'_>) -> Result<(), RestoreError> {
    if manifest.format != FORMAT {
        return Err(RestoreError::OtherFormat(manifest.format));
    }
    let of = manifest.files.len() as u64;
    for (done, (name, digest)) in (0..).zip(&manifest.files) {
        progress(done, of);
        let path = folder.join(name);
        let whole = path.is_file() && backup::digest_of(&path)? == *digest;
        if !whole || name.contains("..") {
            return Err(RestoreError::Damaged(name.clone()));
        }
    }
    Ok(())
}

/// It belongs to this charity, these tables, and the key that is given or lies here already: one that
/// was made only now would open nothing.
fn require_fits(manifest: &Manifest, options: &Options) -> Result<(), RestoreError> {
    if manifest.charity != options.charity {
        let (theirs, asked) = (manifest.charity.clone(), options.charity.clone());
        return Err(OpenError::OtherCharity { theirs, asked }.into());
    }
    if manifest.schema != migrate::latest() {
        let (theirs, ours) = (manifest.schema.clone(), migrate::latest().to_owned());
        return Err(RestoreError::OtherSchema { theirs, ours });
    }
    let key = match &options.secret_key {
        Some(given) => given.clone(),
        None => secret::read(&options.data_dir).map_err(OpenError::Key)?,
    };
    let given = Seal::new(&key).fingerprint().to_owned();
    if manifest.key != given {
        let theirs = manifest.key.clone();
        return Err(OpenError::OtherKey { theirs, given }.into());
    }
    Ok(())
}

/// A data folder is new, empty, or holds nothing but the secret key.
fn require_empty(options: &Options) -> Result<(), RestoreError> {
    let Ok(entries) = std::fs::read_dir(&options.data_dir) else {
        return Ok(());
    };
    let free = [secret::FILE, open::LOCK_FILE];
    for entry in entries.flatten() {
        if !free.iter().any(|free| entry.file_name() == **free) {
            return Err(RestoreError::NotEmpty(
                options.data_dir.display().to_string(),
            ));
        }
    }
    Ok(())
}

async fn put_table(tx: &mut Tx, table: &Table, folder: &Path) -> Result<(), RestoreError> {
    let path = folder.join("tables").join(format!("{}.jsonl", table.name));
    let file = BufReader::new(in_file(&path, File::open(&path))?);
    let mut rows: Vec<TableRow> = Vec::new();
    for line in file.lines() {
        let line = in_file(&path, line)?;
        let row = serde_json::from_str(&line);
        rows.push(row.map_err(|_| RestoreError::Rows(table.name.to_owned()))?);
        if rows.len() == PUT_ROWS {
            tx.table_put(table, &rows).await?;
            rows.clear();
        }
    }
    tx.table_put(table, &rows).await?;
    Ok(())
}

/// Erasures that the rows of the backup do not know yet: noted beside them, or in the given notes.
async fn later_erasures(
    tx: &mut Tx,
    folder: &Path,
    given: Option<&Path>,
) -> Result<Vec<Tombstone>, RestoreError> {
    let mut noted = erasures_in(&folder.join(erase::FILE))?;
    if let Some(given) = given {
        noted.extend(erasures_in(given)?);
    }
    let known = erase::remembered(tx).await?;
    noted.retain(|one| !known.contains(one));
    noted.sort();
    noted.dedup();
    Ok(noted)
}

fn erasures_in(file: &Path) -> Result<Vec<Tombstone>, RestoreError> {
    Ok(in_file(file, erase::noted(file))?)
}

async fn put_objects(
    folder: &Path,
    objects: &Objects,
    manifest: &Manifest,
) -> Result<(), RestoreError> {
    let prefix = format!("{}/", open::OBJECTS_FOLDER);
    for name in manifest
        .files
        .keys()
        .filter_map(|name| name.strip_prefix(&prefix))
    {
        let path = folder.join(&prefix).join(name);
        let sealed = in_file(&path, std::fs::read(&path))?;
        objects.put_sealed(name, sealed).await?;
    }
    Ok(())
}
