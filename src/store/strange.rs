//! What platforms brought in a form that nobody here reads: as it came, sealed, no more than [`KEPT_MAX`] a channel
//! and no longer than [`KEPT_MILLIS`]. Nothing follows from it; it is there for whoever teaches us to read it.

use std::collections::BTreeSet;

use serde::Serialize;

use super::sealed::{open_text, place};
use super::{Arg, Fault, Tx, identity, statements};
use crate::event::{Millis, Strange};

statements! {
    KEEP = "INSERT INTO strange (id, channel, address_key, kind, body, bytes, at)
        SELECT r.id, r.channel, r.address_key, r.kind, r.body, r.bytes, r.at
        FROM {rows $1 AS r: id TEXT, channel TEXT, address_key TEXT, kind TEXT, body TEXT, bytes BIGINT, at BIGINT}
        WHERE TRUE ON CONFLICT (id) DO NOTHING";
    CROWDED = "DELETE FROM strange WHERE id IN (SELECT s.id FROM strange AS s WHERE s.channel = $1
        ORDER BY s.at DESC, s.id DESC LIMIT 1000 OFFSET $2)";
    FORGET = "DELETE FROM strange WHERE at < $1";
    KINDS = "SELECT s.channel, s.kind, COUNT(*) AS count, MAX(s.at) AS latest FROM strange AS s
        GROUP BY s.channel, s.kind ORDER BY MAX(s.at) DESC, s.channel, s.kind LIMIT $1";
    LATEST = "SELECT s.id, s.body, s.bytes FROM strange AS s WHERE s.channel = $1 AND s.kind = $2
        ORDER BY s.at DESC, s.id DESC LIMIT 1";
}

/// Bytes of one that are kept: updates of any platform without their files are far below.
pub const BYTES_MAX: usize = 16 * 1024;

/// Of one channel; the oldest go first. More of them tell nothing new.
pub const KEPT_MAX: i64 = 500;

/// How long one is kept: as the words of what did not leave.
const KEPT_MILLIS: Millis = 30 * 24 * 3_600_000;

/// Kinds that are listed at most.
const KINDS_MAX: i64 = 100;

/// Keeps them; the same twice is one.
///
/// # Errors
/// As the store's.
pub async fn keep(tx: &mut Tx, strange: &[&Strange]) -> Result<(), Fault> {
    #[derive(Serialize)]
    struct Row<'a> {
        id: String,
        channel: &'a str,
        address_key: Option<String>,
        kind: &'a str,
        body: String,
        bytes: i64,
        at: Millis,
    }
    let seal = tx.seal();
    let mut known = BTreeSet::new();
    let mut rows = Vec::new();
    for one in strange {
        let id = seal.index("strange", &format!("{}:{}", one.channel, one.body));
        if !known.insert(id.clone()) {
            continue;
        }
        let from = one.from.as_ref();
        rows.push(Row {
            channel: &one.channel,
            address_key: from.map(|address| identity::key_of(&seal, address)),
            kind: &one.kind,
            body: seal.close(place("strange", &id, "body"), cut(&one.body).as_bytes()),
            bytes: i64::try_from(one.body.len()).unwrap_or(i64::MAX),
            at: one.at,
            id,
        });
    }
    tx.run(&KEEP, &[Arg::rows(&rows)?]).await?;
    let channels: BTreeSet<_> = strange.iter().map(|one| one.channel.as_str()).collect();
    for channel in channels {
        tx.run(&CROWDED, &[channel.into(), KEPT_MAX.into()]).await?;
    }
    Ok(())
}

/// The beginning, up to a whole letter.
fn cut(body: &str) -> &str {
    let mut end = body.len().min(BYTES_MAX);
    while !body.is_char_boundary(end) {
        end -= 1;
    }
    &body[..end]
}

/// Forgets what is older than [`KEPT_MILLIS`].
///
/// # Errors
/// As the store's.
pub async fn forget(tx: &mut Tx, now: Millis) -> Result<u64, Fault> {
    tx.run(&FORGET, &[(now - KEPT_MILLIS).into()]).await
}

/// All of one kind, as a list shows them: never what they say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StrangeKind {
    pub channel: String,
    /// The platform's own word.
    pub kind: String,
    pub count: i64,
    pub latest: Millis,
}

/// Every kind that is kept, the latest first.
///
/// # Errors
/// As the store's.
pub async fn kinds(tx: &mut Tx) -> Result<Vec<StrangeKind>, Fault> {
    let rows = tx.rows(&KINDS, &[KINDS_MAX.into()]).await?;
    rows.iter()
        .map(|row| {
            Ok(StrangeKind {
                channel: row.text("channel")?,
                kind: row.text("kind")?,
                count: row.int("count")?,
                latest: row.int("latest")?,
            })
        })
        .collect()
}

/// The latest of a kind as it came, cut where it was too long; and how many bytes it had.
///
/// # Errors
/// As the store's.
pub async fn latest(
    tx: &mut Tx,
    channel: &str,
    kind: &str,
) -> Result<Option<(String, i64)>, Fault> {
    let Some(row) = tx.row(&LATEST, &[channel.into(), kind.into()]).await? else {
        return Ok(None);
    };
    let id = row.text("id")?;
    let at = place("strange", &id, "body");
    let body = open_text(&tx.seal(), at, &row.text("body")?)?;
    Ok(Some((body, row.int("bytes")?)))
}
