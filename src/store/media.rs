//! Files that people sent and that still lie with their platform: where, and when they are fetched next.
//! A claim moves the due time: whoever claimed and was killed is followed by another.

use serde::Serialize;

use super::sealed::{open_text, place};
use super::{Arg, Fault, Tx, statements};
use crate::event::Millis;

statements! {
    OWE = "INSERT INTO media (id, conversation_id, channel, reference, kind, attempts, due, at)
        SELECT r.id, r.conversation_id, r.channel, r.reference, r.kind, 0, r.at, r.at
        FROM {rows $1 AS r: id TEXT, conversation_id TEXT, channel TEXT, reference TEXT, kind TEXT, at BIGINT}
        WHERE TRUE ON CONFLICT (id) DO NOTHING";
    IS_DUE = "SELECT 1 AS one FROM media WHERE due <= $1 LIMIT 1";
    CLAIM = "UPDATE media SET attempts = attempts + 1, due = $2
        WHERE id IN (SELECT m.id FROM media AS m WHERE m.due <= $1 ORDER BY m.due LIMIT $3 {skip_locked OF m})
        RETURNING id, conversation_id, channel, reference, kind, attempts";
    HASTEN = "UPDATE media SET due = $1 WHERE due > $1";
    PUT_OFF = "UPDATE media SET due = $2 WHERE id = $1";
    DONE = "DELETE FROM media WHERE id IN (SELECT r.id FROM {rows $1 AS r: id TEXT})";
}

/// A file to be fetched; its attachment has the same id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Media {
    pub id: String,
    pub conversation: String,
    pub channel: String,
    /// The platform's reference: sealed in the table.
    pub reference: String,
    /// The word of the attachment's kind, as it was claimed.
    pub kind: String,
    /// Tries so far, this one included; 0 for one that was never tried.
    pub attempts: i64,
}

/// # Errors
/// As the store's.
pub async fn owe(tx: &mut Tx, media: &[Media], at: Millis) -> Result<(), Fault> {
    #[derive(Serialize)]
    struct Row<'a> {
        id: &'a str,
        conversation_id: &'a str,
        channel: &'a str,
        reference: String,
        kind: &'a str,
        at: Millis,
    }
    if media.is_empty() {
        return Ok(());
    }
    let seal = tx.seal();
    let rows: Vec<_> = media
        .iter()
        .map(|one| Row {
            id: &one.id,
            conversation_id: &one.conversation,
            channel: &one.channel,
            reference: seal.close(
                place("media", &one.id, "reference"),
                one.reference.as_bytes(),
            ),
            kind: &one.kind,
            at,
        })
        .collect();
    tx.run(&OWE, &[Arg::rows(&rows)?]).await?;
    Ok(())
}

/// Whether any is due: looking costs no write.
///
/// # Errors
/// As the store's.
pub async fn is_due(tx: &mut Tx, now: Millis) -> Result<bool, Fault> {
    Ok(tx.row(&IS_DUE, &[now.into()]).await?.is_some())
}

/// Takes up to `most` that are due; they are due again at `until`.
///
/// # Errors
/// As the store's.
pub async fn claim(
    tx: &mut Tx,
    now: Millis,
    until: Millis,
    most: i64,
) -> Result<Vec<Media>, Fault> {
    let rows = tx
        .rows(&CLAIM, &[now.into(), until.into(), most.into()])
        .await?;
    let seal = tx.seal();
    rows.iter()
        .map(|row| {
            let id = row.text("id")?;
            Ok(Media {
                conversation: row.text("conversation_id")?,
                channel: row.text("channel")?,
                reference: open_text(
                    &seal,
                    place("media", &id, "reference"),
                    &row.text("reference")?,
                )?,
                kind: row.text("kind")?,
                attempts: row.int("attempts")?,
                id,
            })
        })
        .collect()
}

/// All are due now, for who knows that nobody else fetches: claims of a killed process, and what waits for its next
/// try, which is no harm.
///
/// # Errors
/// As the store's.
pub async fn hasten(tx: &mut Tx, now: Millis) -> Result<u64, Fault> {
    tx.run(&HASTEN, &[now.into()]).await
}

/// Tries again at this moment, and not before.
///
/// # Errors
/// As the store's.
pub async fn put_off(tx: &mut Tx, id: &str, due: Millis) -> Result<(), Fault> {
    tx.run(&PUT_OFF, &[id.into(), due.into()]).await?;
    Ok(())
}

/// These are fetched, or never will be.
///
/// # Errors
/// As the store's.
pub async fn done(tx: &mut Tx, ids: &[&str]) -> Result<(), Fault> {
    if !ids.is_empty() {
        tx.run(&DONE, &[Arg::ids(ids.iter().copied())?]).await?;
    }
    Ok(())
}
