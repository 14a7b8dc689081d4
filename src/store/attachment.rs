//! Files that people sent: what they are and where they belong. Their bytes are objects, never rows.

use std::collections::BTreeMap;

use serde::Serialize;

use super::sealed::{open_text, place};
use super::{Arg, Fault, Row, Tx, media, statements};
use crate::dialog::value::{Signature, Value};
use crate::event::{Attachment, AttachmentKind, Millis};
use crate::seal::Seal;

statements! {
    ADD = "INSERT INTO attachment (id, contact_id, conversation_id, slot, kind, mime, bytes, digest, name, seconds, state, at)
        SELECT r.id, r.contact_id, r.conversation_id, NULL, r.kind, r.mime, r.bytes, r.digest, r.name, r.seconds, r.state, r.at
        FROM {rows $1 AS r: id TEXT, contact_id TEXT, conversation_id TEXT, kind TEXT, mime TEXT, bytes BIGINT,
            digest TEXT, name TEXT, seconds BIGINT, state TEXT, at BIGINT}
        WHERE TRUE ON CONFLICT (id) DO NOTHING";
    BELONG = "UPDATE attachment SET case_id = r.case_id, slot = r.slot
        FROM {rows $1 AS r: id TEXT, case_id TEXT, slot TEXT} WHERE attachment.id = r.id";
    FETCHED = "UPDATE attachment SET kind = r.kind, mime = r.mime, bytes = r.bytes, digest = r.digest, state = 'stored'
        FROM {rows $1 AS r: id TEXT, kind TEXT, mime TEXT, bytes BIGINT, digest TEXT}
        WHERE attachment.id = r.id AND attachment.state = 'fetching'";
    FAILED = "UPDATE attachment SET state = 'failed'
        WHERE state = 'fetching' AND id IN (SELECT r.id FROM {rows $1 AS r: id TEXT})";
    LOST = "SELECT a.slot, f.id AS case_id, f.missing FROM {rows $1 AS r: id TEXT}
        JOIN attachment a ON a.id = r.id JOIN case_file f ON f.id = a.case_id
        WHERE a.state = 'fetching' AND a.slot IS NOT NULL ORDER BY f.id";
    MISS = "UPDATE case_file SET missing = r.missing, complete_at = NULL, answer_from = NULL, answer_by = NULL
        FROM {rows $1 AS r: id TEXT, missing TEXT} WHERE case_file.id = r.id";
    FIND = "SELECT a.* FROM attachment a WHERE a.id = $1";
    OF_CASE = "SELECT a.* FROM attachment a WHERE a.case_id = $1 ORDER BY a.at, a.id";
    PRESENT = "SELECT a.id FROM {rows $1 AS r: id TEXT} JOIN attachment a ON a.id = r.id WHERE a.state <> 'erased'";
    TOMBSTONE = "INSERT INTO object_tombstone (id, at) SELECT r.id, $2 FROM {rows $1 AS r: id TEXT}
        WHERE TRUE ON CONFLICT (id) DO NOTHING";
    ERASED = "UPDATE attachment SET state = 'erased', name = NULL
        WHERE id IN (SELECT r.id FROM {rows $1 AS r: id TEXT})";
    OWED = "SELECT id FROM object_tombstone WHERE deleted_at IS NULL ORDER BY id LIMIT $1";
    DELETED = "UPDATE object_tombstone SET deleted_at = $2 WHERE id IN (SELECT r.id FROM {rows $1 AS r: id TEXT})";
}

/// A file that came with a message.
#[derive(Clone, Debug)]
pub struct Arrived<'a> {
    pub attachment: &'a Attachment,
    pub contact: &'a str,
    pub conversation: &'a str,
    /// It still lies with its platform.
    pub fetching: bool,
    pub at: Millis,
}

/// A file as the house knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    pub attachment: Attachment,
    pub contact: Option<String>,
    pub conversation: Option<String>,
    pub case: Option<String>,
    pub slot: Option<String>,
    /// `fetching`, `stored`, `failed` or `erased`.
    pub state: String,
    pub at: Millis,
}

/// # Errors
/// As the store's.
pub async fn add(tx: &mut Tx, arrived: &[Arrived<'_>]) -> Result<(), Fault> {
    if arrived.is_empty() {
        return Ok(());
    }
    let seal = tx.seal();
    let rows: Vec<_> = arrived
        .iter()
        .map(|one| New {
            contact_id: Some(one.contact),
            conversation_id: Some(one.conversation),
            state: match one.fetching {
                true => "fetching",
                false => "stored",
            },
            ..New::of(&seal, one.attachment, one.at)
        })
        .collect();
    tx.run(&ADD, &[Arg::rows(&rows)?]).await?;
    Ok(())
}

/// A file of the house's own, which belongs to nobody.
///
/// # Errors
/// As the store's.
pub async fn keep(tx: &mut Tx, file: &Attachment, at: Millis) -> Result<(), Fault> {
    let row = New::of(&tx.seal(), file, at);
    tx.run(&ADD, &[Arg::rows(&[row])?]).await?;
    Ok(())
}

#[derive(Serialize)]
struct New<'a> {
    id: &'a str,
    contact_id: Option<&'a str>,
    conversation_id: Option<&'a str>,
    kind: &'static str,
    mime: &'a str,
    bytes: u64,
    digest: &'a str,
    name: Option<String>,
    seconds: Option<u32>,
    state: &'static str,
    at: Millis,
}

impl<'a> New<'a> {
    fn of(seal: &Seal, file: &'a Attachment, at: Millis) -> New<'a> {
        let closed =
            |name: &String| seal.close(place("attachment", &file.id, "name"), name.as_bytes());
        New {
            id: &file.id,
            contact_id: None,
            conversation_id: None,
            kind: kind_word(file.kind),
            mime: &file.mime,
            bytes: file.bytes,
            digest: &file.digest,
            name: file.name.as_ref().map(closed),
            seconds: file.seconds,
            state: "stored",
            at,
        }
    }
}

/// Files as rows of a query that begins with `a.*` tell of them.
pub(super) fn of_rows(tx: &Tx, rows: &[Row]) -> Result<Vec<Attachment>, Fault> {
    rows.iter()
        .map(|row| Ok(read(tx, row)?.attachment))
        .collect()
}

/// These are here now, and are this.
///
/// # Errors
/// As the store's.
pub async fn fetched(tx: &mut Tx, files: &[&Attachment]) -> Result<(), Fault> {
    #[derive(Serialize)]
    struct Known<'a> {
        id: &'a str,
        kind: &'static str,
        mime: &'a str,
        bytes: u64,
        digest: &'a str,
    }
    if files.is_empty() {
        return Ok(());
    }
    let rows: Vec<_> = files
        .iter()
        .map(|file| Known {
            id: &file.id,
            kind: kind_word(file.kind),
            mime: &file.mime,
            bytes: file.bytes,
            digest: &file.digest,
        })
        .collect();
    tx.run(&FETCHED, &[Arg::rows(&rows)?]).await?;
    media::done(tx, &ids_of(files)).await
}

fn ids_of<'a>(files: &[&'a Attachment]) -> Vec<&'a str> {
    files.iter().map(|file| file.id.as_str()).collect()
}

/// These are not to be had: a request that they were handed in with misses them again.
///
/// # Errors
/// As the store's.
pub async fn failed(tx: &mut Tx, ids: &[&str]) -> Result<(), Fault> {
    #[derive(Serialize)]
    struct Misses {
        id: String,
        missing: String,
    }
    if ids.is_empty() {
        return Ok(());
    }
    let rows = Arg::ids(ids.iter().copied())?;
    let mut cases: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in tx.rows(&LOST, std::slice::from_ref(&rows)).await? {
        let missing = row.text("missing")?;
        let missing = cases
            .entry(row.text("case_id")?)
            .or_insert_with(|| serde_json::from_str(&missing).unwrap_or_default());
        let slot = row.text("slot")?;
        if !missing.contains(&slot) {
            missing.push(slot);
        }
    }
    let misses = cases
        .into_iter()
        .map(|(id, missing)| {
            let missing = serde_json::to_string(&missing)
                .map_err(|error| Fault::Poison(format!("writing what is missing: {error}")))?;
            Ok(Misses { id, missing })
        })
        .collect::<Result<Vec<_>, Fault>>()?;
    if !misses.is_empty() {
        tx.run(&MISS, &[Arg::rows(&misses)?]).await?;
    }
    tx.run(&FAILED, &[rows]).await?;
    media::done(tx, ids).await
}

/// Which slot of which request a file fills.
#[derive(Clone, Debug, Serialize)]
pub struct Belonging<'a> {
    pub id: &'a str,
    pub case_id: &'a str,
    pub slot: &'a str,
}

/// # Errors
/// As the store's.
pub async fn belong(tx: &mut Tx, belongings: &[Belonging<'_>]) -> Result<(), Fault> {
    if !belongings.is_empty() {
        tx.run(&BELONG, &[Arg::rows(belongings)?]).await?;
    }
    Ok(())
}

/// The keys of the files within an answer.
pub fn within(value: &Value) -> Vec<&str> {
    match value {
        Value::Files(files) => files.iter().map(|file| file.id.as_str()).collect(),
        Value::Voice(file) | Value::Signature(Signature::Voice(file) | Signature::Scan(file)) => {
            vec![&file.id]
        }
        _ => Vec::new(),
    }
}

/// # Errors
/// As the store's.
pub async fn find(tx: &mut Tx, id: &str) -> Result<Option<Stored>, Fault> {
    let row = tx.row(&FIND, &[id.into()]).await?;
    row.map(|row| read(tx, &row)).transpose()
}

/// # Errors
/// As the store's.
pub async fn of_case(tx: &mut Tx, case: &str) -> Result<Vec<Stored>, Fault> {
    let rows = tx.rows(&OF_CASE, &[case.into()]).await?;
    rows.iter().map(|row| read(tx, row)).collect()
}

/// Which of these keys have a row.
pub(super) async fn present(tx: &mut Tx, ids: &[&str]) -> Result<Vec<String>, Fault> {
    let rows = tx.rows(&PRESENT, &[Arg::ids(ids.iter().copied())?]).await?;
    rows.iter().map(|row| row.text("id")).collect()
}

/// Promises to delete the bytes of these files: committed before anything is deleted.
///
/// # Errors
/// As the store's.
pub async fn erase(tx: &mut Tx, ids: &[&str], at: Millis) -> Result<(), Fault> {
    if ids.is_empty() {
        return Ok(());
    }
    let rows = Arg::ids(ids.iter().copied())?;
    media::done(tx, ids).await?;
    tx.run(&TOMBSTONE, &[rows.clone(), at.into()]).await?;
    tx.run(&ERASED, &[rows]).await?;
    Ok(())
}

/// Objects that are promised to be deleted and are not yet.
pub(super) async fn owed(tx: &mut Tx, limit: i64) -> Result<Vec<String>, Fault> {
    let rows = tx.rows(&OWED, &[limit.into()]).await?;
    rows.iter().map(|row| row.text("id")).collect()
}

pub(super) async fn deleted(tx: &mut Tx, ids: &[&str], at: Millis) -> Result<(), Fault> {
    tx.run(&DELETED, &[Arg::ids(ids.iter().copied())?, at.into()])
        .await?;
    Ok(())
}

fn read(tx: &Tx, row: &Row) -> Result<Stored, Fault> {
    let id = row.text("id")?;
    let name = row.opt_text("name")?;
    let open = |name: String| open_text(&tx.seal(), place("attachment", &id, "name"), &name);
    let attachment = Attachment {
        kind: kind_of(row)?,
        mime: row.text("mime")?,
        bytes: u64::try_from(row.int("bytes")?).unwrap_or_default(),
        digest: row.text("digest")?,
        name: name.map(open).transpose()?,
        seconds: row
            .opt_int("seconds")?
            .and_then(|seconds| seconds.try_into().ok()),
        id,
    };
    Ok(Stored {
        attachment,
        contact: row.opt_text("contact_id")?,
        conversation: row.opt_text("conversation_id")?,
        case: row.opt_text("case_id")?,
        slot: row.opt_text("slot")?,
        state: row.text("state")?,
        at: row.int("at")?,
    })
}

/// The word of a kind in the table.
pub fn kind_word(kind: AttachmentKind) -> &'static str {
    match kind {
        AttachmentKind::Photo => "photo",
        AttachmentKind::Document => "document",
        AttachmentKind::Voice => "voice",
        AttachmentKind::Video => "video",
    }
}

fn kind_of(row: &Row) -> Result<AttachmentKind, Fault> {
    Ok(match row.text("kind")?.as_str() {
        "photo" => AttachmentKind::Photo,
        "document" => AttachmentKind::Document,
        "voice" => AttachmentKind::Voice,
        "video" => AttachmentKind::Video,
        other => {
            return Err(Fault::Poison(format!(
                "attachment kind `{other}` is unknown"
            )));
        }
    })
}
