//! Handovers, alerts and unanswered questions: what waits for a human.

use serde::Serialize;

use super::sealed::place;
use super::{Arg, Fault, Row, Tx, statements};
use crate::event::Millis;

statements! {
    ADD = "INSERT INTO handover (id, conversation_id, reason, step, at)
        SELECT r.id, r.conversation_id, r.reason, r.step, r.at
        FROM {rows $1 AS r: id TEXT, conversation_id TEXT, reason TEXT, step TEXT, at BIGINT}
        WHERE TRUE ON CONFLICT (id) DO NOTHING";
    CLAIM = "UPDATE handover SET claimed_by = r.by_whom, claimed_at = r.at
        FROM {rows $1 AS r: conversation_id TEXT, by_whom TEXT, at BIGINT}
        WHERE handover.conversation_id = r.conversation_id AND handover.ended_at IS NULL";
    END = "UPDATE handover SET ended_at = r.at, ended_by = r.by_whom
        FROM {rows $1 AS r: conversation_id TEXT, by_whom TEXT, at BIGINT}
        WHERE handover.conversation_id = r.conversation_id AND handover.ended_at IS NULL";
    OPEN = "SELECT h.*, c.control, c.seq FROM handover h JOIN conversation c ON c.id = h.conversation_id
        WHERE h.ended_at IS NULL ORDER BY h.at, h.id";
    ALERT = "INSERT INTO alert (id, conversation_id, kind, at)
        SELECT r.id, r.conversation_id, r.kind, r.at
        FROM {rows $1 AS r: id TEXT, conversation_id TEXT, kind TEXT, at BIGINT}
        WHERE TRUE ON CONFLICT (id) DO NOTHING";
    ALERTS = "SELECT id, conversation_id, kind, at FROM alert WHERE seen_at IS NULL ORDER BY at, id";
    UNANSWERED = "INSERT INTO unanswered (id, conversation_id, text, outcome, entry, at)
        SELECT r.id, r.conversation_id, r.text, r.outcome, r.entry, r.at
        FROM {rows $1 AS r: id TEXT, conversation_id TEXT, text TEXT, outcome TEXT, entry TEXT, at BIGINT}
        WHERE TRUE ON CONFLICT (id) DO NOTHING";
}

/// A request for a human.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Handover {
    pub id: String,
    pub conversation_id: String,
    /// The word of `HandOverReason`.
    pub reason: String,
    pub step: Option<String>,
    pub at: Millis,
    #[serde(skip)]
    pub claimed_by: Option<String>,
    #[serde(skip)]
    pub claimed_at: Option<Millis>,
}

/// # Errors
/// As the store's.
pub async fn add(tx: &mut Tx, handovers: &[Handover]) -> Result<(), Fault> {
    put(tx, &ADD, handovers).await
}

/// A member of staff takes, or ends, what is open of a conversation.
#[derive(Clone, Debug, Serialize)]
pub struct Taken<'a> {
    pub conversation_id: &'a str,
    pub by_whom: &'a str,
    pub at: Millis,
}

/// # Errors
/// As the store's.
pub async fn claim(tx: &mut Tx, taken: &[Taken<'_>]) -> Result<(), Fault> {
    put(tx, &CLAIM, taken).await
}

/// # Errors
/// As the store's.
pub async fn end(tx: &mut Tx, taken: &[Taken<'_>]) -> Result<(), Fault> {
    put(tx, &END, taken).await
}

/// What is open, the longest waiting first.
///
/// # Errors
/// As the store's.
pub async fn open(tx: &mut Tx) -> Result<Vec<Handover>, Fault> {
    tx.rows(&OPEN, &[]).await?.iter().map(read).collect()
}

/// Staff must look at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Alert {
    pub id: String,
    pub conversation_id: String,
    /// The word of `AlertKind`.
    pub kind: String,
    pub at: Millis,
}

/// # Errors
/// As the store's.
pub async fn alert(tx: &mut Tx, alerts: &[Alert]) -> Result<(), Fault> {
    put(tx, &ALERT, alerts).await
}

/// Alerts that nobody has seen, oldest first.
///
/// # Errors
/// As the store's.
pub async fn alerts(tx: &mut Tx) -> Result<Vec<Alert>, Fault> {
    let rows = tx.rows(&ALERTS, &[]).await?;
    rows.iter()
        .map(|row| {
            Ok(Alert {
                id: row.text("id")?,
                conversation_id: row.text("conversation_id")?,
                kind: row.text("kind")?,
                at: row.int("at")?,
            })
        })
        .collect()
}

/// A question that found no answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Unanswered {
    pub id: String,
    pub conversation_id: String,
    /// Sealed in the table.
    pub text: String,
    /// The word of `Outcome`.
    pub outcome: &'static str,
    /// The entry of the FAQ that the person said yes to, when it was guessed.
    pub entry: Option<String>,
    pub at: Millis,
}

/// # Errors
/// As the store's.
pub async fn unanswered(tx: &mut Tx, questions: &[Unanswered]) -> Result<(), Fault> {
    let seal = tx.seal();
    let sealed: Vec<_> = questions
        .iter()
        .map(|question| Unanswered {
            text: seal.close(
                place("unanswered", &question.id, "text"),
                question.text.as_bytes(),
            ),
            ..question.clone()
        })
        .collect();
    put(tx, &UNANSWERED, &sealed).await
}

async fn put<T: Serialize>(tx: &mut Tx, sql: &'static super::Sql, rows: &[T]) -> Result<(), Fault> {
    if !rows.is_empty() {
        tx.run(sql, &[Arg::rows(rows)?]).await?;
    }
    Ok(())
}

fn read(row: &Row) -> Result<Handover, Fault> {
    Ok(Handover {
        id: row.text("id")?,
        conversation_id: row.text("conversation_id")?,
        reason: row.text("reason")?,
        step: row.opt_text("step")?,
        at: row.int("at")?,
        claimed_by: row.opt_text("claimed_by")?,
        claimed_at: row.opt_int("claimed_at")?,
    })
}
