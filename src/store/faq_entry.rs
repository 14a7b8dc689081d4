//! Entries of the FAQ that staff wrote: each version a row, the last of an entry wins over the files. Nothing is
//! changed or deleted, so that an answer can be shown as it stood when it was given.

use serde_json::json;

use super::{Fault, Row, Store, Tx, chain, faq, statements, verify};
use crate::event::Millis;

statements! {
    LAST = "SELECT COALESCE(MAX(n), 0) AS n FROM faq_entry";
    NOW = "SELECT e.* FROM faq_entry e
        WHERE e.version = (SELECT MAX(l.version) FROM faq_entry l WHERE l.entry = e.entry) ORDER BY e.n";
    VERSIONS = "SELECT * FROM faq_entry WHERE entry = $1 ORDER BY version";
    WRITE = "INSERT INTO faq_entry (n, entry, version, how, body, by_whom, at)
        SELECT (SELECT COALESCE(MAX(l.n), 0) + 1 FROM faq_entry l), $1, $2, $3, $4, $5, $6
        WHERE $7 = (SELECT COALESCE(MAX(v.version), 0) FROM faq_entry v WHERE v.entry = $1)";
}

/// What a version says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// The entry itself, as a part of the YAML of `faq.yaml`.
    Written(String),
    /// There is no such entry, whatever the files say.
    Retired,
    /// What the files say counts again.
    FromFiles,
}

impl Body {
    fn word(&self) -> &'static str {
        match self {
            Body::Written(_) => "written",
            Body::Retired => "retired",
            Body::FromFiles => "from_files",
        }
    }
}

/// One version of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// Its place in the order of all that was written, from 1.
    pub n: i64,
    pub entry: String,
    /// From 1; 0 stands for the files.
    pub version: i64,
    pub body: Body,
    pub by: String,
    pub at: Millis,
}

/// A version to be written over the one that its author saw.
#[derive(Clone, Debug)]
pub struct Edit {
    pub entry: String,
    /// The version that the author saw; 0: that of the files, or none.
    pub over: i64,
    pub body: Body,
    /// Questions of the desk that it answers: they are settled.
    pub questions: Vec<String>,
    pub by: String,
    pub at: Millis,
}

/// The number of the last version that was written; 0 when there is none.
///
/// # Errors
/// As the store's.
pub async fn last(tx: &mut Tx) -> Result<i64, Fault> {
    match tx.row(&LAST, &[]).await? {
        Some(row) => row.int("n"),
        None => Ok(0),
    }
}

/// What counts now: the last version of every entry that was ever written, in the order of writing.
///
/// # Errors
/// As the store's.
pub async fn now(tx: &mut Tx) -> Result<Vec<Version>, Fault> {
    tx.rows(&NOW, &[]).await?.iter().map(read).collect()
}

/// Every version of an entry, the oldest first.
///
/// # Errors
/// As the store's.
pub async fn versions(tx: &mut Tx, entry: &str) -> Result<Vec<Version>, Fault> {
    let rows = tx.rows(&VERSIONS, &[entry.into()]).await?;
    rows.iter().map(read).collect()
}

/// Writes a version, settles its questions and records in the audit who wrote it; all of it or nothing. None:
/// somebody else has written a version that its author did not see.
///
/// # Errors
/// As the store's.
pub async fn write(store: &Store, edit: &Edit) -> Result<Option<i64>, Fault> {
    let mut tx = store.begin_write().await?;
    let body = match &edit.body {
        Body::Written(body) => Some(body.as_str()),
        Body::Retired | Body::FromFiles => None,
    };
    let version = edit.over + 1;
    let args = [
        edit.entry.as_str().into(),
        version.into(),
        edit.body.word().into(),
        body.into(),
        edit.by.as_str().into(),
        edit.at.into(),
        edit.over.into(),
    ];
    if tx.run(&WRITE, &args).await? == 0 {
        return Ok(None);
    }
    let questions: Vec<&str> = edit.questions.iter().map(String::as_str).collect();
    faq::settle(&mut tx, &questions, Some(&edit.entry), edit.at).await?;
    let detail = json!({
        "version": version,
        "how": edit.body.word(),
        "questions": edit.questions,
    });
    let link = chain::Link {
        at: edit.at,
        kind: "faq_entry".to_owned(),
        subject: edit.entry.clone(),
        author: edit.by.clone(),
        detail: detail.to_string(),
        value: None,
    };
    chain::append(&mut tx, verify::AUDIT, &[link]).await?;
    tx.commit().await?;
    Ok(Some(version))
}

fn read(row: &Row) -> Result<Version, Fault> {
    let body = match (row.text("how")?.as_str(), row.opt_text("body")?) {
        ("written", Some(body)) => Body::Written(body),
        ("from_files", _) => Body::FromFiles,
        _ => Body::Retired,
    };
    Ok(Version {
        n: row.int("n")?,
        entry: row.text("entry")?,
        version: row.int("version")?,
        body,
        by: row.text("by_whom")?,
        at: row.int("at")?,
    })
}
