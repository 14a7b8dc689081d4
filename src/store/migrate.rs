//! Brings a database to the tables of this build: every file of `migrations/` once, in the order of
//! their names, each in one transaction. It never goes back, and never touches a newer database.

use include_dir::{Dir, include_dir};
use sha2::{Digest, Sha256};

use super::{Arg, Engine, Fault, Store, Tx, statements};

static FOLDER: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/migrations");

/// Only one instance migrates at a time (PostgreSQL; on SQLite the writer is alone anyway).
const LOCK: &str = "SELECT pg_advisory_xact_lock(791130001)";

statements! {
    APPLIED = "SELECT name, digest FROM migration ORDER BY name";
    APPLY = "INSERT INTO migration (name, digest) VALUES ($1, $2)";
}

#[derive(Debug, thiserror::Error)]
pub enum MigrateError {
    #[error(
        "the database was made by a newer Wasl (it knows `{0}`, this build does not)\n\
         Start the newer build, or restore a backup made before the upgrade"
    )]
    Newer(String),
    #[error(
        "the migration `{0}` was changed after it had been applied\n\
         Migrations are only ever added: take the file as it was"
    )]
    Changed(String),
    #[error("migrating by `{name}`: {cause}")]
    Failed { name: String, cause: Fault },
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// One file of `migrations/`.
pub(super) struct Migration {
    pub name: &'static str,
    pub text: &'static str,
}

pub(super) fn all() -> Vec<Migration> {
    let mut all: Vec<_> = FOLDER
        .files()
        .filter(|file| file.path().extension().is_some_and(|end| end == "sql"))
        .filter_map(|file| {
            Some(Migration {
                name: file.path().file_stem()?.to_str()?,
                text: file.contents_utf8()?,
            })
        })
        .collect();
    all.sort_by_key(|migration| migration.name);
    all
}

/// The name of the last one of this build.
pub(super) fn latest() -> &'static str {
    all().last().map_or("", |migration| migration.name)
}

/// Applies what is missing.
///
/// # Errors
/// When the database is newer, or a migration fails (nothing of it stays).
pub(super) async fn run(store: &Store) -> Result<(), MigrateError> {
    let mut tx = store.begin_write().await?;
    if tx.engine() == Engine::Postgres {
        tx.raw(LOCK).await?;
    }
    tx.raw("CREATE TABLE IF NOT EXISTS migration (name TEXT NOT NULL PRIMARY KEY, digest TEXT NOT NULL)")
        .await?;
    for migration in missing(&mut tx).await? {
        let failed = |cause| MigrateError::Failed {
            name: migration.name.to_owned(),
            cause,
        };
        apply(&mut tx, &migration).await.map_err(failed)?;
    }
    tx.commit().await?;
    Ok(())
}

/// Whether the database has exactly the tables of this build.
///
/// # Errors
/// When it is newer or was made otherwise.
pub(super) async fn missing(tx: &mut Tx) -> Result<Vec<Migration>, MigrateError> {
    let ours = all();
    let mut applied = Vec::new();
    for row in tx.rows(&APPLIED, &[]).await? {
        let name = row.text("name")?;
        match ours.iter().find(|migration| migration.name == name) {
            None => return Err(MigrateError::Newer(name)),
            Some(known) if digest(known.text) != row.text("digest")? => {
                return Err(MigrateError::Changed(name));
            }
            Some(known) => applied.push(known.name),
        }
    }
    Ok(ours
        .into_iter()
        .filter(|migration| !applied.contains(&migration.name))
        .collect())
}

async fn apply(tx: &mut Tx, migration: &Migration) -> Result<(), Fault> {
    tx.script(migration.text).await?;
    let args: [Arg; 2] = [
        migration.name.into(),
        digest(migration.text).as_str().into(),
    ];
    tx.run(&APPLY, &args).await?;
    Ok(())
}

fn digest(text: &str) -> String {
    Sha256::digest(text.as_bytes())
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
