//! Receipts that came before the message that they are about was known under its provider's id. They wait a
//! day at most; most are about messages that are none of ours.

use serde::Serialize;

use super::outbox::At;
use super::{Arg, Fault, Row, Tx, statements};
use crate::event::Millis;

/// How long a receipt waits for its message: the longest call, the longest outage between a provider's answer
/// and its mark, and a night.
pub const KEPT_MILLIS: Millis = 24 * 60 * 60 * 1_000;

statements! {
    KEEP = "INSERT INTO early_receipt (channel, provider_id, reached, reason, at)
        SELECT r.channel, r.provider_id, r.reached, r.reason, r.at
        FROM {rows $1 AS r: channel TEXT, provider_id TEXT, reached TEXT, reason TEXT, at BIGINT}
        WHERE 1 = 1
        ON CONFLICT (channel, provider_id) DO UPDATE
            SET reached = excluded.reached, reason = excluded.reason, at = excluded.at";
    TAKE = "DELETE FROM early_receipt WHERE EXISTS (
            SELECT 1 FROM {rows $1 AS r: channel TEXT, provider_id TEXT}
            WHERE r.channel = early_receipt.channel AND r.provider_id = early_receipt.provider_id)
        RETURNING channel, provider_id, reached, reason, at";
    TAKE_FOR = "DELETE FROM early_receipt WHERE EXISTS (
            SELECT 1 FROM {rows $1 AS r: conversation_id TEXT, seq BIGINT}
            JOIN message m ON m.conversation_id = r.conversation_id AND m.seq = r.seq
            WHERE m.channel = early_receipt.channel AND m.provider_id = early_receipt.provider_id)
        RETURNING channel, provider_id, reached, reason, at";
    FORGET = "DELETE FROM early_receipt WHERE at < $1";
}

/// A receipt, with the word of how far its message came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Early {
    pub channel: String,
    pub provider_id: String,
    pub reached: String,
    pub reason: Option<String>,
    /// When it came.
    pub at: Millis,
}

/// Keeps receipts, each over the one before about the same message.
///
/// # Errors
/// As the store's.
pub async fn keep(tx: &mut Tx, early: &[Early]) -> Result<(), Fault> {
    if !early.is_empty() {
        tx.run(&KEEP, &[Arg::rows(early)?]).await?;
    }
    Ok(())
}

/// Takes out the receipts about these messages (channel, provider's id).
///
/// # Errors
/// As the store's.
pub async fn take(tx: &mut Tx, ids: &[(&str, &str)]) -> Result<Vec<Early>, Fault> {
    #[derive(Serialize)]
    struct Looked<'a> {
        channel: &'a str,
        provider_id: &'a str,
    }
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let looked: Vec<_> = ids
        .iter()
        .map(|(channel, provider_id)| Looked {
            channel,
            provider_id,
        })
        .collect();
    let rows = tx.rows(&TAKE, &[Arg::rows(&looked)?]).await?;
    rows.iter().map(read).collect()
}

/// Takes out the receipts about these messages of conversations, whose provider's ids are known now.
///
/// # Errors
/// As the store's.
pub async fn take_for(tx: &mut Tx, messages: &[At]) -> Result<Vec<Early>, Fault> {
    if messages.is_empty() {
        return Ok(Vec::new());
    }
    let rows = tx.rows(&TAKE_FOR, &[Arg::rows(messages)?]).await?;
    rows.iter().map(read).collect()
}

/// Forgets what has waited too long.
///
/// # Errors
/// As the store's.
pub async fn forget(tx: &mut Tx, now: Millis) -> Result<(), Fault> {
    tx.run(&FORGET, &[(now - KEPT_MILLIS).into()]).await?;
    Ok(())
}

fn read(row: &Row) -> Result<Early, Fault> {
    Ok(Early {
        channel: row.text("channel")?,
        provider_id: row.text("provider_id")?,
        reached: row.text("reached")?,
        reason: row.opt_text("reason")?,
        at: row.int("at")?,
    })
}
