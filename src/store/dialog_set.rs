//! Versions of the dialogs: the files of every set under which somebody was ever asked something.

use super::{Fault, Row, Tx, statements};
use crate::event::Millis;

statements! {
    KEEP = "INSERT INTO dialog_set (version, files, at) VALUES ($1, $2, $3) ON CONFLICT (version) DO NOTHING";
    FIND = "SELECT version, files, at, withdrawn_at FROM dialog_set WHERE version = $1";
    ALL = "SELECT version, files, at, withdrawn_at FROM dialog_set ORDER BY at, version";
    WITHDRAWN = "SELECT version FROM dialog_set WHERE withdrawn_at IS NOT NULL ORDER BY version";
    WITHDRAW = "UPDATE dialog_set SET withdrawn_at = $2 WHERE version = $1 AND withdrawn_at IS NULL";
}

/// One set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DialogSet {
    /// Digest of the resolved set.
    pub version: String,
    /// JSON of its files, path to text.
    pub files: String,
    pub at: Millis,
    pub withdrawn_at: Option<Millis>,
}

/// Keeps a set; one that is there stays as it is.
///
/// # Errors
/// As the store's.
pub async fn keep(tx: &mut Tx, version: &str, files: &str, at: Millis) -> Result<(), Fault> {
    tx.run(&KEEP, &[version.into(), files.into(), at.into()])
        .await?;
    Ok(())
}

/// # Errors
/// As the store's.
pub async fn find(tx: &mut Tx, version: &str) -> Result<Option<DialogSet>, Fault> {
    let row = tx.row(&FIND, &[version.into()]).await?;
    row.map(|row| read(&row)).transpose()
}

/// All sets, oldest first.
///
/// # Errors
/// As the store's.
pub async fn all(tx: &mut Tx) -> Result<Vec<DialogSet>, Fault> {
    tx.rows(&ALL, &[]).await?.iter().map(read).collect()
}

/// The versions that are out of use.
///
/// # Errors
/// As the store's.
pub async fn withdrawn(tx: &mut Tx) -> Result<Vec<String>, Fault> {
    let rows = tx.rows(&WITHDRAWN, &[]).await?;
    rows.iter().map(|row| row.text("version")).collect()
}

/// Takes a set out of use: people move on at their next step.
///
/// # Errors
/// As the store's.
pub async fn withdraw(tx: &mut Tx, version: &str, at: Millis) -> Result<(), Fault> {
    tx.run(&WITHDRAW, &[version.into(), at.into()]).await?;
    Ok(())
}

fn read(row: &Row) -> Result<DialogSet, Fault> {
    Ok(DialogSet {
        version: row.text("version")?,
        files: row.text("files")?,
        at: row.int("at")?,
        withdrawn_at: row.opt_int("withdrawn_at")?,
    })
}
