//! Which events came already, and which could not be applied. A key must carry no personal data: a
//! channel whose ids do hashes them first.

use serde::Serialize;

use super::sealed::{open_text, place};
use super::{Arg, Fault, Row, Tx, statements};
use crate::event::{EventKey, Millis};

statements! {
    CLAIM = "INSERT INTO event (channel, account, key, conversation_id, at)
        SELECT r.channel, r.account, r.key, r.conversation_id, r.at
        FROM {rows $1 AS r: channel TEXT, account TEXT, key TEXT, conversation_id TEXT, at BIGINT}
        WHERE TRUE ON CONFLICT (channel, account, key) DO NOTHING
        RETURNING channel, account, key";
    FORGET = "DELETE FROM event WHERE (channel, account, key) IN (
        SELECT e.channel, e.account, e.key FROM event e WHERE e.at < $1 ORDER BY e.at LIMIT $2)";
    SEEN = "SELECT conversation_id FROM event WHERE channel = $1 AND account = $2 AND key = $3";
    FAIL = "INSERT INTO failed_event (id, conversation_id, channel, body, reason, at)
        VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (id) DO NOTHING";
    FAILED = "SELECT id, conversation_id, channel, body, reason, at FROM failed_event ORDER BY at, id";
    FAILED_ONE = "SELECT id, conversation_id, channel, body, reason, at FROM failed_event WHERE id = $1";
    SETTLED = "DELETE FROM failed_event WHERE id = $1";
}

/// One event that wants to be the first of its key.
#[derive(Clone, Debug, Serialize)]
pub struct Claim<'a> {
    pub channel: &'a str,
    pub account: &'a str,
    pub key: &'a str,
    pub conversation_id: Option<&'a str>,
    pub at: Millis,
}

/// The keys that are new, and now ours; the others came already.
///
/// # Errors
/// As the store's.
pub async fn claim(tx: &mut Tx, claims: &[Claim<'_>]) -> Result<Vec<EventKey>, Fault> {
    let rows = tx.rows(&CLAIM, &[Arg::rows(claims)?]).await?;
    rows.iter()
        .map(|row| {
            Ok(EventKey {
                channel: row.text("channel")?,
                account: row.text("account")?,
                key: row.text("key")?,
            })
        })
        .collect()
}

/// Whether an event of this key was applied.
///
/// # Errors
/// As the store's.
pub async fn seen(tx: &mut Tx, key: &EventKey) -> Result<bool, Fault> {
    let args = [
        key.channel.as_str().into(),
        key.account.as_str().into(),
        key.key.as_str().into(),
    ];
    Ok(tx.row(&SEEN, &args).await?.is_some())
}

/// Forgets at most `most` keys older than any platform repeats, the oldest first; tells how many.
///
/// # Errors
/// As the store's.
pub async fn forget_before(tx: &mut Tx, before: Millis, most: u64) -> Result<u64, Fault> {
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    tx.run(&FORGET, &[before.into(), most.into()]).await
}

/// An event that the house could not apply, kept for staff.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FailedEvent {
    pub id: String,
    pub conversation: Option<String>,
    pub channel: String,
    /// JSON of the event, sealed in the table.
    pub body: String,
    /// Never a person's words.
    pub reason: String,
    pub at: Millis,
}

/// Keeps an event that could not be applied.
///
/// # Errors
/// As the store's.
pub async fn fail(tx: &mut Tx, failed: &FailedEvent) -> Result<(), Fault> {
    let body = tx.seal().close(
        place("failed_event", &failed.id, "body"),
        failed.body.as_bytes(),
    );
    let args = [
        failed.id.as_str().into(),
        failed.conversation.as_deref().into(),
        failed.channel.as_str().into(),
        body.as_str().into(),
        failed.reason.as_str().into(),
        failed.at.into(),
    ];
    tx.run(&FAIL, &args).await?;
    Ok(())
}

/// All that failed, oldest first.
///
/// # Errors
/// As the store's.
pub async fn failed(tx: &mut Tx) -> Result<Vec<FailedEvent>, Fault> {
    let rows = tx.rows(&FAILED, &[]).await?;
    rows.iter().map(|row| read_failed(tx, row)).collect()
}

/// One that failed.
///
/// # Errors
/// As the store's.
pub async fn failed_one(tx: &mut Tx, id: &str) -> Result<Option<FailedEvent>, Fault> {
    let row = tx.row(&FAILED_ONE, &[id.into()]).await?;
    row.map(|row| read_failed(tx, &row)).transpose()
}

/// It was applied after all, or somebody saw to it. False: it is not there.
///
/// # Errors
/// As the store's.
pub async fn settle(tx: &mut Tx, id: &str) -> Result<bool, Fault> {
    Ok(tx.run(&SETTLED, &[id.into()]).await? > 0)
}

fn read_failed(tx: &Tx, row: &Row) -> Result<FailedEvent, Fault> {
    let id = row.text("id")?;
    let at = place("failed_event", &id, "body");
    Ok(FailedEvent {
        body: open_text(&tx.seal(), at, &row.text("body")?)?,
        conversation: row.opt_text("conversation_id")?,
        channel: row.text("channel")?,
        reason: row.text("reason")?,
        at: row.int("at")?,
        id,
    })
}
