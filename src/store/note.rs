//! What stands beside a talk and never leaves the house: notes among staff, and who took it, gave it, set it aside.
//! The words stand sealed; a note is never part of the history that goes to a person.

use std::collections::BTreeMap;

use serde::Serialize;

use super::sealed::{open_text, place};
use super::{Arg, Fault, Tx, statements};
use crate::event::Millis;

statements! {
    ADD = "INSERT INTO note (id, conversation_id, seq, kind, author, text, detail, at)
        SELECT r.id, r.conversation_id, r.seq, r.kind, r.author, r.text, r.detail, r.at
        FROM {rows $1 AS r: id TEXT, conversation_id TEXT, seq BIGINT, kind TEXT, author TEXT, text TEXT, detail TEXT, at BIGINT}
        WHERE TRUE ON CONFLICT (id) DO NOTHING";
    BETWEEN = "SELECT * FROM note WHERE conversation_id = $1 AND seq >= $2 AND seq < $3 ORDER BY seq, at, id LIMIT $4";
    MENTION = "INSERT INTO mention (staff_id, note_id, conversation_id, at)
        SELECT r.staff_id, r.note_id, r.conversation_id, r.at
        FROM {rows $1 AS r: staff_id TEXT, note_id TEXT, conversation_id TEXT, at BIGINT}
        WHERE TRUE ON CONFLICT (staff_id, note_id) DO NOTHING";
    MENTIONED = "SELECT m.conversation_id, MAX(m.at) AS at FROM mention m WHERE m.staff_id = $1 AND m.seen_at IS NULL
        GROUP BY m.conversation_id ORDER BY MAX(m.at) DESC LIMIT $2";
    IS_MENTIONED = "SELECT 1 AS one FROM mention WHERE staff_id = $1 AND conversation_id = $2 AND seen_at IS NULL LIMIT 1";
    READ = "UPDATE mention SET seen_at = $3 WHERE staff_id = $1 AND conversation_id = $2 AND seen_at IS NULL";
}

/// One line beside a talk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    pub id: String,
    pub conversation: String,
    /// It stands after this message.
    pub seq: i64,
    /// `noted`, `claimed`, `returned`, `closed`, `transferred`, `assigned`, `snoozed`, `waiting`, `late`, `linked`, `linked_to`, `parted`.
    pub kind: String,
    /// A member of staff; empty: the house.
    pub author: String,
    pub text: Option<String>,
    /// What else there is to know, as plain words of ours by name.
    pub detail: BTreeMap<String, String>,
    pub at: Millis,
}

/// A member of staff who is named in a note.
#[derive(Clone, Debug, Serialize)]
pub struct Mention<'a> {
    pub staff_id: &'a str,
    pub note_id: String,
    pub conversation_id: &'a str,
    pub at: Millis,
}

/// # Errors
/// As the store's.
pub async fn add(tx: &mut Tx, notes: &[Note], mentions: &[Mention<'_>]) -> Result<(), Fault> {
    #[derive(Serialize)]
    struct New<'a> {
        id: &'a str,
        conversation_id: &'a str,
        seq: i64,
        kind: &'a str,
        author: &'a str,
        text: Option<String>,
        detail: String,
        at: Millis,
    }
    let seal = tx.seal();
    let mut rows = Vec::new();
    for note in notes {
        let text = note.text.as_ref();
        rows.push(New {
            id: &note.id,
            conversation_id: &note.conversation,
            seq: note.seq,
            kind: &note.kind,
            author: &note.author,
            text: text.map(|text| seal.close(place("note", &note.id, "text"), text.as_bytes())),
            detail: serde_json::to_string(&note.detail)
                .map_err(|error| Fault::Poison(format!("writing a note: {error}")))?,
            at: note.at,
        });
    }
    if !rows.is_empty() {
        tx.run(&ADD, &[Arg::rows(&rows)?]).await?;
    }
    if !mentions.is_empty() {
        tx.run(&MENTION, &[Arg::rows(mentions)?]).await?;
    }
    Ok(())
}

/// What stands between two messages of a conversation: after the first, before the second.
///
/// # Errors
/// As the store's.
pub async fn between(
    tx: &mut Tx,
    conversation: &str,
    from: i64,
    to: i64,
    most: i64,
) -> Result<Vec<Note>, Fault> {
    let args = [conversation.into(), from.into(), to.into(), most.into()];
    let rows = tx.rows(&BETWEEN, &args).await?;
    let seal = tx.seal();
    rows.iter()
        .map(|row| {
            let id = row.text("id")?;
            let open = |text: String| open_text(&seal, place("note", &id, "text"), &text);
            Ok(Note {
                conversation: row.text("conversation_id")?,
                seq: row.int("seq")?,
                kind: row.text("kind")?,
                author: row.text("author")?,
                text: row.opt_text("text")?.map(open).transpose()?,
                detail: serde_json::from_str(&row.text("detail")?).unwrap_or_default(),
                at: row.int("at")?,
                id,
            })
        })
        .collect()
}

/// Conversations in which somebody is named and has not looked since, the newest first.
///
/// # Errors
/// As the store's.
pub async fn mentioned(tx: &mut Tx, staff: &str, most: i64) -> Result<Vec<String>, Fault> {
    let rows = tx.rows(&MENTIONED, &[staff.into(), most.into()]).await?;
    rows.iter().map(|row| row.text("conversation_id")).collect()
}

/// Whether somebody is named in a conversation and has not looked since.
///
/// # Errors
/// As the store's.
pub async fn is_mentioned(tx: &mut Tx, staff: &str, conversation: &str) -> Result<bool, Fault> {
    let args = [staff.into(), conversation.into()];
    Ok(tx.row(&IS_MENTIONED, &args).await?.is_some())
}

/// They have looked.
///
/// # Errors
/// As the store's.
pub async fn looked(
    tx: &mut Tx,
    staff: &str,
    conversation: &str,
    at: Millis,
) -> Result<u64, Fault> {
    tx.run(&READ, &[staff.into(), conversation.into(), at.into()])
        .await
}
