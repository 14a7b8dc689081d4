//! Canned replies: what staff say again and again, in both languages, for all services or for one.

use super::{Fault, Row, Tx, attachment, statements};
use crate::event::{Attachment, Millis};

statements! {
    ALL = "SELECT * FROM canned WHERE gone_at IS NULL ORDER BY service, title, id";
    FIND = "SELECT * FROM canned WHERE id = $1 AND gone_at IS NULL";
    PUT = "INSERT INTO canned (id, title, service, ar, en, by_whom, at) VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (id) DO UPDATE SET title = $2, service = $3, ar = $4, en = $5, by_whom = $6, at = $7";
    FILES = "SELECT a.* FROM canned_file f JOIN attachment a ON a.id = f.attachment_id
        WHERE f.canned_id = $1 AND a.state = 'stored' ORDER BY f.at, a.id";
    ATTACH = "INSERT INTO canned_file (canned_id, attachment_id, at) VALUES ($1, $2, $3)";
    DETACH = "DELETE FROM canned_file WHERE canned_id = $1 AND attachment_id = $2";
    REMOVE = "UPDATE canned SET gone_at = $2 WHERE id = $1 AND gone_at IS NULL";
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Canned {
    pub id: String,
    /// What staff find it by.
    pub title: String,
    /// A service of the catalogue; empty: for all.
    pub service: String,
    /// With names in braces (see [`crate::text::canned`]).
    pub ar: String,
    pub en: String,
}

/// Those that can be used.
///
/// # Errors
/// As the store's.
pub async fn all(tx: &mut Tx) -> Result<Vec<Canned>, Fault> {
    tx.rows(&ALL, &[]).await?.iter().map(read).collect()
}

/// # Errors
/// As the store's.
pub async fn find(tx: &mut Tx, id: &str) -> Result<Option<Canned>, Fault> {
    let row = tx.row(&FIND, &[id.into()]).await?;
    row.map(|row| read(&row)).transpose()
}

/// Writes a reply, or changes it.
///
/// # Errors
/// As the store's.
pub async fn put(tx: &mut Tx, canned: &Canned, by: &str, at: Millis) -> Result<(), Fault> {
    let args = [
        canned.id.as_str().into(),
        canned.title.as_str().into(),
        canned.service.as_str().into(),
        canned.ar.as_str().into(),
        canned.en.as_str().into(),
        by.into(),
        at.into(),
    ];
    tx.run(&PUT, &args).await?;
    Ok(())
}

/// From now on nobody is offered it. False: there is no such reply.
///
/// # Errors
/// As the store's.
pub async fn remove(tx: &mut Tx, id: &str, at: Millis) -> Result<bool, Fault> {
    Ok(tx.run(&REMOVE, &[id.into(), at.into()]).await? > 0)
}

/// The files that go along with a reply.
///
/// # Errors
/// As the store's.
pub async fn files(tx: &mut Tx, id: &str) -> Result<Vec<Attachment>, Fault> {
    let rows = tx.rows(&FILES, &[id.into()]).await?;
    attachment::of_rows(tx, &rows)
}

/// From now on this file goes along with a reply; its bytes are kept already.
///
/// # Errors
/// As the store's.
pub async fn attach(tx: &mut Tx, id: &str, file: &Attachment, at: Millis) -> Result<(), Fault> {
    attachment::keep(tx, file, at).await?;
    let args = [id.into(), file.id.as_str().into(), at.into()];
    tx.run(&ATTACH, &args).await?;
    Ok(())
}

/// A file goes along no more, and its bytes are deleted. False: it did not.
///
/// # Errors
/// As the store's.
pub async fn detach(tx: &mut Tx, id: &str, file: &str, at: Millis) -> Result<bool, Fault> {
    let found = tx.run(&DETACH, &[id.into(), file.into()]).await? > 0;
    if found {
        attachment::erase(tx, &[file], at).await?;
    }
    Ok(found)
}

fn read(row: &Row) -> Result<Canned, Fault> {
    Ok(Canned {
        id: row.text("id")?,
        title: row.text("title")?,
        service: row.text("service")?,
        ar: row.text("ar")?,
        en: row.text("en")?,
    })
}
