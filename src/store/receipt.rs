//! What ties receipts to messages beside the first provider's id: the ids of all parts of a message, and
//! receipts that came before we knew what they are about, kept for a day.

use serde::Serialize;

use super::{Arg, Fault, Tx, statements};
use crate::event::{Millis, Reached, Receipt};
use crate::store::message::Sent;

/// How long a receipt waits for its message: our calls end within minutes, platforms repeat for days.
const KEPT_MILLIS: Millis = 24 * 3_600_000;

statements! {
    PARTS = "INSERT INTO part (conversation_id, seq, n, channel, provider_id)
        SELECT r.conversation_id, r.seq, r.n, r.channel, r.provider_id
        FROM {rows $1 AS r: conversation_id TEXT, seq BIGINT, n BIGINT, channel TEXT, provider_id TEXT}
        WHERE TRUE ON CONFLICT (conversation_id, seq, n) DO UPDATE
            SET channel = excluded.channel, provider_id = excluded.provider_id";
    BY_PART = "SELECT m.conversation_id, m.seq, m.status, r.channel, r.provider_id
        FROM {rows $1 AS r: channel TEXT, provider_id TEXT}
        JOIN part p ON p.channel = r.channel AND p.provider_id = r.provider_id
        JOIN message m ON m.conversation_id = p.conversation_id AND m.seq = p.seq AND m.channel = p.channel
        ORDER BY m.conversation_id, m.seq {for_update OF m}";
    KEEP = "INSERT INTO early_receipt (key, reached, reason, at)
        SELECT r.key, r.reached, r.reason, r.at
        FROM {rows $1 AS r: key TEXT, reached TEXT, reason TEXT, at BIGINT}
        WHERE TRUE ON CONFLICT (key) DO UPDATE
            SET reached = excluded.reached, reason = excluded.reason, at = excluded.at";
    FIND = "SELECT e.key, e.reached FROM {rows $1 AS r: id TEXT} JOIN early_receipt e ON e.key = r.id";
    TAKE = "DELETE FROM early_receipt WHERE key IN (SELECT r.id FROM {rows $1 AS r: id TEXT})
        RETURNING key, reached, reason, at";
    FORGET = "DELETE FROM early_receipt WHERE at < $1";
}

/// A part of a message under its provider's id.
#[derive(Clone, Debug, Serialize)]
pub struct Part<'a> {
    pub conversation_id: &'a str,
    pub seq: i64,
    pub n: usize,
    pub channel: &'a str,
    pub provider_id: &'a str,
}

/// # Errors
/// As the database says.
pub async fn parts(tx: &mut Tx, parts: &[Part<'_>]) -> Result<(), Fault> {
    if !parts.is_empty() {
        tx.run(&PARTS, &[Arg::rows(parts)?]).await?;
    }
    Ok(())
}

/// Our messages of which these are parts, locked until the transaction ends.
///
/// # Errors
/// As the database says.
pub async fn by_part(tx: &mut Tx, ids: &[(&str, &str)]) -> Result<Vec<Sent>, Fault> {
    #[derive(Serialize)]
    struct Looked<'a> {
        channel: &'a str,
        provider_id: &'a str,
    }
    let looked: Vec<_> = ids
        .iter()
        .map(|(channel, provider_id)| Looked {
            channel,
            provider_id,
        })
        .collect();
    let rows = tx.rows(&BY_PART, &[Arg::rows(&looked)?]).await?;
    rows.iter()
        .map(|row| {
            Ok(Sent {
                conversation: row.text("conversation_id")?,
                seq: row.int("seq")?,
                status: row.text("status")?,
                channel: row.text("channel")?,
                provider_id: row.text("provider_id")?,
            })
        })
        .collect()
}

/// Keeps receipts about messages that nobody knows yet; the farthest of each counts. What waited for too
/// long is forgotten.
///
/// # Errors
/// As the database says.
pub async fn keep(tx: &mut Tx, receipts: &[&Receipt], now: Millis) -> Result<(), Fault> {
    #[derive(Serialize)]
    struct Kept<'a> {
        key: String,
        reached: &'static str,
        reason: Option<&'a str>,
        at: Millis,
    }
    if receipts.is_empty() {
        return Ok(());
    }
    tx.run(&FORGET, &[(now - KEPT_MILLIS).into()]).await?;
    let seal = tx.seal();
    let key = |receipt: &Receipt| key_of(&seal, &receipt.channel, &receipt.provider_id);
    let keys: Vec<String> = receipts.iter().map(|receipt| key(receipt)).collect();
    let ids = Arg::ids(keys.iter().map(String::as_str))?;
    let mut farther = std::collections::BTreeMap::new();
    for row in tx.rows(&FIND, &[ids]).await? {
        farther.insert(row.text("key")?, Reached::of(&row.text("reached")?));
    }
    let kept: Vec<_> = receipts
        .iter()
        .zip(keys)
        .filter(|(receipt, key)| {
            let stands = farther.get(key).copied().flatten();
            stands.is_none_or(|stands| stands < receipt.reached)
        })
        .map(|(receipt, key)| Kept {
            key,
            reached: receipt.reached.word(),
            reason: receipt.reason.as_deref(),
            at: receipt.at.max(now - KEPT_MILLIS),
        })
        .collect();
    tx.run(&KEEP, &[Arg::rows(&kept)?]).await?;
    Ok(())
}

/// Receipts that came before these messages of (channel, provider's id) were known.
///
/// # Errors
/// As the database says.
pub async fn early(tx: &mut Tx, ids: &[(&str, &str)]) -> Result<Vec<Receipt>, Fault> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let seal = tx.seal();
    let keys: std::collections::BTreeMap<String, (&str, &str)> = ids
        .iter()
        .map(|(channel, id)| (key_of(&seal, channel, id), (*channel, *id)))
        .collect();
    let rows = tx
        .rows(&TAKE, &[Arg::ids(keys.keys().map(String::as_str))?])
        .await?;
    let mut receipts = Vec::new();
    for row in rows {
        let (Some((channel, id)), Some(reached)) = (
            keys.get(&row.text("key")?),
            Reached::of(&row.text("reached")?),
        ) else {
            continue;
        };
        receipts.push(Receipt {
            channel: (*channel).to_owned(),
            provider_id: (*id).to_owned(),
            reached,
            reason: row.opt_text("reason")?,
            at: row.int("at")?,
        });
    }
    Ok(receipts)
}

/// The id itself stands nowhere until its message is known.
fn key_of(seal: &crate::seal::Seal, channel: &str, provider_id: &str) -> String {
    seal.index("receipt", &format!("{channel}:{provider_id}"))
}
