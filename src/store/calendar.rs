//! The charity's calendar as staff wrote it: each version a row, the last wins over the files. Nothing is changed or
//! deleted.

use serde_json::json;

use super::{Fault, Row, Store, Tx, chain, statements, verify};
use crate::event::Millis;
use crate::text::calendar::WorkingCalendar;

statements! {
    NOW = "SELECT * FROM calendar_edit ORDER BY version DESC LIMIT 1";
    VERSIONS = "SELECT * FROM calendar_edit ORDER BY version DESC LIMIT $1";
    WRITE = "INSERT INTO calendar_edit (version, body, by_whom, at)
        SELECT $1, $2, $3, $4 WHERE $5 = (SELECT COALESCE(MAX(c.version), 0) FROM calendar_edit c)";
}

/// One version.
#[derive(Clone, Debug, PartialEq)]
pub struct Version {
    /// From 1; 0 stands for the files.
    pub version: i64,
    /// None: what the files say counts.
    pub calendar: Option<WorkingCalendar>,
    pub by: String,
    pub at: Millis,
}

/// The last version; None: nobody ever wrote one.
///
/// # Errors
/// As the store's.
pub async fn now(tx: &mut Tx) -> Result<Option<Version>, Fault> {
    let row = tx.row(&NOW, &[]).await?;
    row.map(|row| read(&row)).transpose()
}

/// The newest versions, the last first.
///
/// # Errors
/// As the store's.
pub async fn versions(tx: &mut Tx, limit: i64) -> Result<Vec<Version>, Fault> {
    let rows = tx.rows(&VERSIONS, &[limit.into()]).await?;
    rows.iter().map(read).collect()
}

/// Writes a version over the one that its author saw, and records it in the audit. False: somebody else was faster.
///
/// # Errors
/// As the store's.
pub async fn write(
    store: &Store,
    over: i64,
    calendar: Option<&WorkingCalendar>,
    by: &str,
    at: Millis,
) -> Result<bool, Fault> {
    let unwritable = |error: serde_json::Error| Fault::Poison(format!("a calendar: {error}"));
    let body = calendar.map(serde_json::to_string).transpose();
    let body = body.map_err(unwritable)?;
    let mut tx = store.begin_write().await?;
    let args = [
        (over + 1).into(),
        body.as_deref().into(),
        by.into(),
        at.into(),
        over.into(),
    ];
    if tx.run(&WRITE, &args).await? == 0 {
        tx.rollback().await?;
        return Ok(false);
    }
    let link = chain::Link {
        at,
        kind: "changed".to_owned(),
        subject: "calendar".to_owned(),
        author: by.to_owned(),
        detail: json!({ "what": "calendar", "version": over + 1 }).to_string(),
        value: None,
    };
    chain::append(&mut tx, verify::AUDIT, &[link]).await?;
    tx.commit().await?;
    Ok(true)
}

fn read(row: &Row) -> Result<Version, Fault> {
    let unreadable = |_| Fault::Poison("a calendar cannot be read".to_owned());
    let body = row.opt_text("body")?;
    let calendar = body.map(|body| serde_json::from_str(&body)).transpose();
    Ok(Version {
        version: row.int("version")?,
        calendar: calendar.map_err(unreadable)?,
        by: row.text("by_whom")?,
        at: row.int("at")?,
    })
}
