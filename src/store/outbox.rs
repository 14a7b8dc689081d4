//! What is owed to a provider: replies that leave by sending, in order per conversation and identity.
//! The payload is sealed and is emptied when the row has come to an end.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{Arg, Fault, Row, Tx, statements};
use crate::event::Millis;
use crate::reply::{Class, Reply};
use crate::seal::{Place, Seal};

statements! {
    OWE = "INSERT INTO outbox (id, conversation_id, identity_id, channel, seq, class, payload, asks,
            state, due, expires, quiet, started, attempts, unknowns, created_at)
        SELECT r.id, r.conversation_id, r.identity_id, r.channel, r.seq, r.class, r.payload, r.asks,
            'waiting', r.due, r.expires, r.quiet, r.started, 0, 0, r.due
        FROM {rows $1 AS r: id TEXT, conversation_id TEXT, identity_id TEXT, channel TEXT, seq BIGINT,
            class TEXT, payload TEXT, asks TEXT, due BIGINT, expires BIGINT, quiet BIGINT, started BIGINT}";
    // The few that ask again come first (CROSS JOIN: SQLite keeps the order), each finds its talk's unsent ones.
    SUPERSEDE = "UPDATE outbox SET state = 'superseded', payload = NULL
        WHERE id IN (
            SELECT o.id FROM {rows $1 AS r: conversation_id TEXT, asks TEXT, seq BIGINT}
            CROSS JOIN outbox AS o
            WHERE o.conversation_id = r.conversation_id AND o.asks = r.asks AND o.seq < r.seq
                AND o.state IN ('waiting', 'parked'))
        RETURNING conversation_id, seq";
    CANCEL = "UPDATE outbox SET state = 'cancelled', payload = NULL
        WHERE state IN ('waiting', 'parked') AND class = 'dialog' AND conversation_id IN (
            SELECT r.id FROM {rows $1 AS r: id TEXT})
        RETURNING conversation_id, seq";
    CLAIM = "UPDATE outbox SET state = 'sending', attempts = attempts + 1, attempted_at = $1,
            lease_until = $2, lease_by = $3
        WHERE id IN (
            SELECT o.id FROM outbox AS o
            WHERE o.state = 'waiting' AND o.due <= $1 AND o.channel = $4 AND o.started = $6
                AND NOT EXISTS (SELECT 1 FROM outbox AS p
                    WHERE p.conversation_id = o.conversation_id AND p.identity_id = o.identity_id
                        AND p.seq < o.seq AND p.state IN ('waiting', 'sending'))
            ORDER BY o.due, o.id LIMIT $5 {skip_locked OF o})
        RETURNING id, conversation_id, identity_id, channel, seq, class, payload, asks, expires, quiet,
            attempts, unknowns, parts_left, parts_of, refused, rerouted";
    STRAYED = "UPDATE outbox SET lease_until = $2, lease_by = $3
        WHERE id IN (
            SELECT o.id FROM outbox AS o
            WHERE o.state = 'sending' AND o.lease_until <= $1 AND o.channel = $4
            ORDER BY o.lease_until LIMIT $5 {skip_locked OF o})
        RETURNING id, conversation_id, identity_id, channel, seq, class, payload, asks, expires, quiet,
            attempts, unknowns, parts_left, parts_of, refused, rerouted";
    BEQUEATH = "UPDATE outbox SET lease_until = $3 WHERE state = 'sending' AND channel = $1 AND lease_by <> $2 AND lease_until > $3";
    OWES = "SELECT
            (SELECT 1 FROM outbox WHERE state = 'waiting' AND channel = $1 AND started = 0 AND due <= $2 LIMIT 1) AS answers,
            (SELECT 1 FROM outbox WHERE state = 'waiting' AND channel = $1 AND started = 1 AND due <= $2 LIMIT 1) AS started";
    STRAYS = "SELECT 1 AS one FROM outbox WHERE state = 'sending' AND channel = $1 AND lease_until <= $2 LIMIT 1";
    LEFT = "UPDATE outbox SET parts_left = r.parts_left, parts_of = r.parts_of, lease_until = r.until
        FROM {rows $1 AS r: id TEXT, by TEXT, parts_left BIGINT, parts_of BIGINT, until BIGINT}
        WHERE outbox.id = r.id AND outbox.state = 'sending' AND outbox.lease_by = r.by
        RETURNING outbox.id AS id";
    SENT = "SELECT o.id AS outbox_id, m.* FROM {rows $1 AS r: conversation_id TEXT, seq BIGINT}
        JOIN outbox AS o ON o.conversation_id = r.conversation_id AND o.seq = r.seq
        JOIN message AS m ON m.conversation_id = o.conversation_id AND m.seq = o.seq
        WHERE o.state = 'sent'";
    REFUSE = "UPDATE outbox SET state = 'waiting', due = r.at, payload = r.payload, refused = r.reason, parts_left = 0
        FROM {rows $1 AS r: id TEXT, payload TEXT, reason TEXT, at BIGINT}
        WHERE outbox.id = r.id AND outbox.state = 'sent'";
    END = "UPDATE outbox SET state = r.state, due = r.due, reason = COALESCE(r.reason, outbox.reason),
            attempts = attempts - r.uncounted, unknowns = unknowns + r.unknown,
            parts_left = CASE WHEN r.identity_id IS NOT NULL THEN 0 ELSE COALESCE(r.parts_left, outbox.parts_left) END,
            parts_of = COALESCE(r.parts_of, outbox.parts_of),
            rerouted = CASE WHEN r.identity_id IS NOT NULL THEN 1 ELSE outbox.rerouted END,
            refused = CASE WHEN r.uncounted = 1 THEN outbox.refused ELSE NULL END,
            identity_id = COALESCE(r.identity_id, outbox.identity_id), channel = COALESCE(r.channel, outbox.channel),
            payload = CASE WHEN r.state IN ('waiting', 'parked', 'failed', 'flagged') THEN payload ELSE NULL END,
            lease_until = NULL, lease_by = NULL
        FROM {rows $1 AS r: id TEXT, by TEXT, state TEXT, due BIGINT, reason TEXT, uncounted BIGINT,
            unknown BIGINT, identity_id TEXT, channel TEXT, parts_left BIGINT, parts_of BIGINT}
        WHERE outbox.id = r.id AND outbox.state = 'sending' AND outbox.lease_by = r.by
        RETURNING outbox.id AS id";
    FENCES = "SELECT r.id AS id, c.control AS control, COALESCE(t.opted_out_at, k.opted_out_at) AS opted_out_at,
            t.id AS contact_id, i.address AS address, i.channel AS channel, i.account AS account, i.also AS also,
            i.thread AS thread, i.heard_at AS heard_at, i.nudged_at AS nudged_at,
            (SELECT n.given FROM consent AS n WHERE n.contact_id IN (k.id, t.id) AND n.purpose = r.purpose
                ORDER BY n.at DESC, n.id DESC LIMIT 1) AS given
        FROM {rows $1 AS r: id TEXT, conversation_id TEXT, identity_id TEXT, purpose TEXT}
        JOIN conversation AS c ON c.id = r.conversation_id
        JOIN identity AS i ON i.id = r.identity_id
        JOIN contact AS k ON k.id = i.contact_id
        JOIN contact AS t ON t.id = COALESCE(k.merged_into, k.id)";
    WAKE = "UPDATE outbox SET state = 'waiting', due = r.at
        FROM {rows $1 AS r: id TEXT, at BIGINT}
        WHERE outbox.state = 'parked' AND outbox.identity_id = r.id
        RETURNING outbox.conversation_id AS conversation_id, outbox.seq AS seq";
    RESEND = "UPDATE outbox SET state = 'waiting', due = $2, attempts = 0, unknowns = 0, rerouted = 0, lease_until = NULL, lease_by = NULL
        WHERE id = $1 AND state IN ('failed', 'flagged', 'parked') AND payload IS NOT NULL
        RETURNING conversation_id, seq";
    LET_GO = "UPDATE outbox SET payload = NULL
        WHERE state IN ('failed', 'flagged') AND payload IS NOT NULL AND created_at < $1";
    DEAD = "SELECT id, conversation_id, channel, seq, class, asks, state, attempts, reason, parts_left,
            CASE WHEN payload IS NULL THEN 1 ELSE 0 END AS emptied
        FROM outbox WHERE state IN ('failed', 'flagged', 'parked') ORDER BY id DESC LIMIT $1";
    ALL = "SELECT id, conversation_id, channel, seq, class, asks, state, attempts, reason, parts_left,
            CASE WHEN payload IS NULL THEN 1 ELSE 0 END AS emptied
        FROM outbox ORDER BY conversation_id, seq";
}

/// How long the words of what did not leave are kept for sending it again.
const KEPT_MILLIS: Millis = 30 * 24 * 3_600_000;

/// A reply that is owed.
pub struct Owed<'a> {
    pub id: String,
    pub conversation_id: &'a str,
    pub identity_id: &'a str,
    pub channel: &'a str,
    pub seq: i64,
    pub reply: &'a Reply,
    /// Not before.
    pub due: Millis,
}

#[derive(Serialize)]
struct OweRow<'a> {
    id: &'a str,
    conversation_id: &'a str,
    identity_id: &'a str,
    channel: &'a str,
    seq: i64,
    class: &'static str,
    payload: String,
    asks: Option<&'a str>,
    due: Millis,
    expires: Option<Millis>,
    quiet: i64,
    started: i64,
}

/// # Errors
/// As the database says.
pub async fn owe(tx: &mut Tx, owed: &[Owed<'_>]) -> Result<(), Fault> {
    let seal = tx.seal();
    let rows = owed
        .iter()
        .map(|owed| owe_row(&seal, owed))
        .collect::<Result<Vec<_>, _>>()?;
    tx.run(&OWE, &[Arg::rows(&rows)?]).await?;
    Ok(())
}

fn owe_row<'a>(seal: &Seal, owed: &'a Owed<'a>) -> Result<OweRow<'a>, Fault> {
    let plain = serde_json::to_vec(owed.reply)
        .map_err(|error| Fault::Poison(format!("writing a reply: {error}")))?;
    let proactive = owed.reply.proactive.as_ref();
    Ok(OweRow {
        id: &owed.id,
        conversation_id: owed.conversation_id,
        identity_id: owed.identity_id,
        channel: owed.channel,
        seq: owed.seq,
        class: class_word(owed.reply.class),
        payload: seal.close(payload_of(&owed.id), &plain),
        asks: owed.reply.asks.as_deref(),
        due: owed.due,
        expires: proactive.and_then(|proactive| proactive.expires),
        quiet: proactive.is_some_and(|proactive| proactive.quiet).into(),
        started: proactive.is_some().into(),
    })
}

fn payload_of(id: &str) -> Place<'_> {
    Place {
        table: "outbox",
        row: id,
        column: "payload",
    }
}

/// A message of a conversation, by its place in it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct At {
    pub conversation_id: String,
    pub seq: i64,
}

/// A question that was asked again at `seq`.
#[derive(Serialize)]
pub struct AskedAgain<'a> {
    pub conversation_id: &'a str,
    pub asks: &'a str,
    pub seq: i64,
}

/// Drops what is unsent and asks the same as a later reply; tells which.
///
/// # Errors
/// As the database says.
pub async fn supersede(tx: &mut Tx, asked: &[AskedAgain<'_>]) -> Result<Vec<At>, Fault> {
    let rows = tx.rows(&SUPERSEDE, &[Arg::rows(asked)?]).await?;
    rows.iter().map(at).collect()
}

/// Drops every reply of the dialog's that nobody has begun to send; tells which.
///
/// # Errors
/// As the database says.
pub async fn cancel(tx: &mut Tx, conversations: &BTreeSet<&str>) -> Result<Vec<At>, Fault> {
    let rows = tx
        .rows(&CANCEL, &[Arg::ids(conversations.iter().copied())?])
        .await?;
    rows.iter().map(at).collect()
}

fn at(row: &Row) -> Result<At, Fault> {
    Ok(At {
        conversation_id: row.text("conversation_id")?,
        seq: row.int("seq")?,
    })
}

/// A reply that somebody has begun to send.
#[derive(Clone, Debug, PartialEq)]
pub struct Claimed {
    pub id: String,
    pub conversation_id: String,
    pub identity_id: String,
    pub channel: String,
    pub seq: i64,
    pub class: Class,
    pub reply: Reply,
    pub asks: Option<String>,
    pub expires: Option<Millis>,
    pub quiet: bool,
    /// This attempt included.
    pub attempts: u32,
    pub unknowns: u32,
    /// What has left of it by earlier attempts.
    pub left: Left,
    /// The platform took it, and refused it for good afterwards: why.
    pub refused: Option<String>,
    /// It goes by another way of the person's already.
    pub rerouted: bool,
}

/// How many parts of a message have left, and how many it had then.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Left {
    pub parts: i64,
    pub of: i64,
}

/// What a claim asks for.
pub struct Claim<'a> {
    pub by: &'a str,
    pub now: Millis,
    pub until: Millis,
    pub most: i64,
}

/// Leases what may leave now over a channel, at most one for each conversation and identity: the first
/// that is unsent. The attempt counts from here, before anybody is called.
///
/// # Errors
/// As the database says.
pub async fn claim(tx: &mut Tx, claim: &Claim<'_>, channel: &str) -> Result<Vec<Claimed>, Fault> {
    read_all(tx, &CLAIM, claim, channel, &[0.into()]).await
}

/// As [`claim`], of what we start: it leaves behind all answers, at the pace of the whole channel.
///
/// # Errors
/// As the database says.
pub async fn claim_started(
    tx: &mut Tx,
    claim: &Claim<'_>,
    channel: &str,
) -> Result<Vec<Claimed>, Fault> {
    read_all(tx, &CLAIM, claim, channel, &[1.into()]).await
}

/// Leases what another began to send over a channel and never ended: it was killed, or lost the
/// database.
///
/// # Errors
/// As the database says.
pub async fn strayed(tx: &mut Tx, claim: &Claim<'_>, channel: &str) -> Result<Vec<Claimed>, Fault> {
    read_all(tx, &STRAYED, claim, channel, &[]).await
}

/// Ends the leases that others hold on a channel, for who knows that they are no more; tells how many.
///
/// # Errors
/// As the database says.
pub async fn bequeath(tx: &mut Tx, channel: &str, to: &str, now: Millis) -> Result<u64, Fault> {
    tx.run(&BEQUEATH, &[channel.into(), to.into(), now.into()])
        .await
}

/// What is due on a channel; a claim may still find that it must wait behind another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Due {
    pub answers: bool,
    /// What we start.
    pub started: bool,
}

/// # Errors
/// As the database says.
pub async fn owes(tx: &mut Tx, channel: &str, now: Millis) -> Result<Due, Fault> {
    let row = tx.row(&OWES, &[channel.into(), now.into()]).await?;
    Ok(match row {
        None => Due::default(),
        Some(row) => Due {
            answers: row.opt_int("answers")?.is_some(),
            started: row.opt_int("started")?.is_some(),
        },
    })
}

/// Whether anything on a channel was begun and never ended.
///
/// # Errors
/// As the database says.
pub async fn strays(tx: &mut Tx, channel: &str, now: Millis) -> Result<bool, Fault> {
    Ok(tx
        .row(&STRAYS, &[channel.into(), now.into()])
        .await?
        .is_some())
}

async fn read_all(
    tx: &mut Tx,
    sql: &'static super::Sql,
    claim: &Claim<'_>,
    channel: &str,
    more: &[Arg],
) -> Result<Vec<Claimed>, Fault> {
    let mut args = vec![
        claim.now.into(),
        claim.until.into(),
        claim.by.into(),
        channel.into(),
        claim.most.into(),
    ];
    args.extend_from_slice(more);
    let seal = tx.seal();
    let rows = tx.rows(sql, &args).await?;
    let mut claimed = rows
        .iter()
        .map(|row| read(&seal, row))
        .collect::<Result<Vec<_>, _>>()?;
    claimed.sort_by(|a, b| (&a.conversation_id, a.seq).cmp(&(&b.conversation_id, b.seq)));
    Ok(claimed)
}

fn read(seal: &Seal, row: &Row) -> Result<Claimed, Fault> {
    let id = row.text("id")?;
    let unreadable = |what: &str| Fault::Poison(format!("outbox payload: {what}"));
    let plain = seal
        .open(payload_of(&id), &row.text("payload")?)
        .map_err(|error| unreadable(&error.to_string()))?;
    Ok(Claimed {
        conversation_id: row.text("conversation_id")?,
        identity_id: row.text("identity_id")?,
        channel: row.text("channel")?,
        seq: row.int("seq")?,
        class: class_of(&row.text("class")?),
        reply: serde_json::from_slice(&plain).map_err(|_| unreadable("of another form"))?,
        asks: row.opt_text("asks")?,
        expires: row.opt_int("expires")?,
        quiet: row.flag("quiet")?,
        attempts: u32::try_from(row.int("attempts")?).unwrap_or(u32::MAX),
        unknowns: u32::try_from(row.int("unknowns")?).unwrap_or(u32::MAX),
        left: Left {
            parts: row.int("parts_left")?,
            of: row.int("parts_of")?,
        },
        refused: row.opt_text("refused")?,
        rerouted: row.flag("rerouted")?,
        id,
    })
}

/// How an attempt ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ending {
    pub id: String,
    /// Who held the lease; an ending of somebody who lost it changes nothing.
    pub by: String,
    pub state: Ended,
    pub reason: Option<String>,
    /// It goes on to another identity of the person's: the identity, and its channel.
    pub elsewhere: Option<(String, String)>,
    /// Parts that have left by now; None: as they were noted.
    pub left: Option<Left>,
}

/// Where an attempt leaves its row. Only `Again` is tried once more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    Again {
        due: Millis,
        /// We never learned how it ended.
        unknown: bool,
        /// Nobody was called: the attempt does not count.
        uncounted: bool,
    },
    Sent,
    Failed,
    Cancelled,
    Expired,
    /// Perhaps sent: staff look.
    Flagged,
    /// The platform lets us write only after the person wrote: it waits for that.
    Parked,
}

impl Ended {
    /// The word in the tables `outbox` and, when it is the end, `message`.
    pub fn word(self) -> &'static str {
        match self {
            Ended::Again { .. } => "waiting",
            Ended::Sent => "sent",
            Ended::Failed => "failed",
            Ended::Cancelled => "cancelled",
            Ended::Expired => "expired",
            Ended::Flagged => "flagged",
            Ended::Parked => "parked",
        }
    }
}

#[derive(Serialize)]
struct EndRow<'a> {
    id: &'a str,
    by: &'a str,
    state: &'static str,
    due: Millis,
    reason: Option<&'a str>,
    uncounted: i64,
    unknown: i64,
    identity_id: Option<&'a str>,
    channel: Option<&'a str>,
    parts_left: Option<i64>,
    parts_of: Option<i64>,
}

/// Writes down how attempts ended; tells which rows it concerned, leaving out those whose lease
/// another has taken.
///
/// # Errors
/// As the database says.
pub async fn end(tx: &mut Tx, endings: &[Ending]) -> Result<BTreeSet<String>, Fault> {
    let rows: Vec<_> = endings.iter().map(end_row).collect();
    let rows = tx.rows(&END, &[Arg::rows(&rows)?]).await?;
    rows.iter().map(|row| row.text("id")).collect()
}

fn end_row(ending: &Ending) -> EndRow<'_> {
    let (due, unknown, uncounted) = match ending.state {
        Ended::Again {
            due,
            unknown,
            uncounted,
        } => (due, unknown, uncounted),
        // Nobody was called for a message that is parked.
        Ended::Parked => (0, false, true),
        Ended::Sent | Ended::Failed | Ended::Cancelled | Ended::Expired | Ended::Flagged => {
            (0, false, false)
        }
    };
    let elsewhere = ending.elsewhere.as_ref();
    EndRow {
        id: &ending.id,
        by: &ending.by,
        state: ending.state.word(),
        due,
        reason: ending.reason.as_deref(),
        uncounted: uncounted.into(),
        unknown: unknown.into(),
        identity_id: elsewhere.map(|(identity, _)| identity.as_str()),
        channel: elsewhere.map(|(_, channel)| channel.as_str()),
        parts_left: ending.left.map(|left| left.parts),
        parts_of: ending.left.map(|left| left.of),
    }
}

/// A part of a message that has left, and more are to come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaving {
    pub id: String,
    /// Who holds the lease, which lasts until then from now on.
    pub by: String,
    pub until: Millis,
    pub left: Left,
}

/// Writes down which parts have left; tells which rows it concerned, leaving out those whose lease another
/// has taken.
///
/// # Errors
/// As the database says.
pub async fn leaving(tx: &mut Tx, leaving: &[&Leaving]) -> Result<BTreeSet<String>, Fault> {
    #[derive(Serialize)]
    struct LeftRow<'a> {
        id: &'a str,
        by: &'a str,
        parts_left: i64,
        parts_of: i64,
        until: Millis,
    }
    let rows: Vec<_> = leaving
        .iter()
        .map(|one| LeftRow {
            id: &one.id,
            by: &one.by,
            parts_left: one.left.parts,
            parts_of: one.left.of,
            until: one.until,
        })
        .collect();
    let rows = tx.rows(&LEFT, &[Arg::rows(&rows)?]).await?;
    rows.iter().map(|row| row.text("id")).collect()
}

/// A message that its platform took and then refused for good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    pub at: At,
    pub reason: String,
    pub told_at: Millis,
}

/// Takes up again what was sent and is refused after all, with its words out of the history: the outbox decides what
/// becomes of it. What is no reply any more stays as it is.
///
/// # Errors
/// As the database says.
pub async fn refuse(tx: &mut Tx, refused: &[Refused]) -> Result<(), Fault> {
    #[derive(Serialize)]
    struct RefusedRow {
        id: String,
        payload: String,
        reason: String,
        at: Millis,
    }
    if refused.is_empty() {
        return Ok(());
    }
    let of: Vec<_> = refused.iter().map(|one| &one.at).collect();
    let found = tx.rows(&SENT, &[Arg::rows(&of)?]).await?;
    let seal = tx.seal();
    let mut rows = Vec::new();
    for row in &found {
        let message = super::message::read(&seal, row)?;
        let same = |one: &&Refused| {
            one.at.conversation_id == message.conversation && one.at.seq == message.seq
        };
        if let (Some(words), Some(one)) = (&message.payload, refused.iter().find(same)) {
            let id = row.text("outbox_id")?;
            rows.push(RefusedRow {
                payload: seal.close(payload_of(&id), words.as_bytes()),
                reason: one.reason.clone(),
                at: one.told_at,
                id,
            });
        }
    }
    tx.run(&REFUSE, &[Arg::rows(&rows)?]).await?;
    Ok(())
}

/// What must still be true in the very moment of sending.
pub struct Fence {
    /// A human speaks in the conversation now.
    pub human: bool,
    pub opted_out: bool,
    /// The consent on which the message rests was withdrawn.
    pub withdrawn: bool,
    pub address: crate::event::Address,
    pub also: Option<String>,
    /// What an answer hangs on.
    pub thread: Option<crate::event::Thread>,
    /// When the person last wrote from there, and when they were last asked to.
    pub heard_at: Option<Millis>,
    pub nudged_at: Option<Millis>,
    /// Who it is, whatever other contacts they are.
    pub contact: String,
}

/// What must still be true of each of these messages, by its id: nothing of one whose conversation or identity was
/// erased, and a fault of its own where one cannot be read.
///
/// # Errors
/// As the database says.
pub async fn fences(
    tx: &mut Tx,
    claimed: &[Claimed],
) -> Result<BTreeMap<String, Result<Fence, Fault>>, Fault> {
    #[derive(Serialize)]
    struct Asked<'a> {
        id: &'a str,
        conversation_id: &'a str,
        identity_id: &'a str,
        purpose: &'a str,
    }
    let identities: BTreeMap<&str, &str> = claimed
        .iter()
        .map(|one| (one.id.as_str(), one.identity_id.as_str()))
        .collect();
    let rows: Vec<_> = claimed
        .iter()
        .map(|one| {
            let proactive = one.reply.proactive.as_ref();
            let purpose = proactive.and_then(|proactive| proactive.purpose.as_deref());
            Asked {
                id: &one.id,
                conversation_id: &one.conversation_id,
                identity_id: &one.identity_id,
                purpose: purpose.unwrap_or_default(),
            }
        })
        .collect();
    let seal = tx.seal();
    let mut fences = BTreeMap::new();
    for row in tx.rows(&FENCES, &[Arg::rows(&rows)?]).await? {
        let id = row.text("id")?;
        let identity = identities.get(id.as_str()).copied().unwrap_or_default();
        let fence = read_fence(&seal, identity, &row);
        fences.insert(id, fence);
    }
    Ok(fences)
}

fn read_fence(seal: &Seal, identity: &str, row: &Row) -> Result<Fence, Fault> {
    let open = |column, sealed: String| {
        let place = Place {
            table: "identity",
            row: identity,
            column,
        };
        seal.open_text(place, &sealed)
            .map_err(|error| Fault::Poison(format!("identity {column}: {error}")))
    };
    let also = row.opt_text("also")?;
    Ok(Fence {
        human: row.text("control")? == "human",
        opted_out: row.opt_int("opted_out_at")?.is_some(),
        withdrawn: row.opt_int("given")? == Some(0),
        address: crate::event::Address {
            channel: row.text("channel")?,
            account: row.text("account")?,
            id: open("address", row.text("address")?)?,
        },
        also: also.map(|also| open("also", also)).transpose()?,
        thread: super::reach::thread(seal, identity, row.opt_text("thread")?)?,
        heard_at: row.opt_int("heard_at")?,
        nudged_at: row.opt_int("nudged_at")?,
        contact: row.text("contact_id")?,
    })
}

/// These identities wrote: what was parked for them may leave; tells which messages.
///
/// # Errors
/// As the database says.
pub async fn wake(tx: &mut Tx, heard: &[(&str, Millis)]) -> Result<Vec<At>, Fault> {
    #[derive(Serialize)]
    struct Heard<'a> {
        id: &'a str,
        at: Millis,
    }
    if heard.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<_> = heard.iter().map(|(id, at)| Heard { id, at: *at }).collect();
    let rows = tx.rows(&WAKE, &[Arg::rows(&rows)?]).await?;
    rows.iter().map(at).collect()
}

/// Sends again what finally did not leave, or perhaps left, behind the parts of it that did; None when there is nothing to send any more.
///
/// # Errors
/// As the database says.
pub async fn resend(tx: &mut Tx, id: &str, now: Millis) -> Result<Option<At>, Fault> {
    let row = tx.row(&RESEND, &[id.into(), now.into()]).await?;
    let again = row.map(|row| at(&row)).transpose()?;
    if let Some(at) = &again {
        let fate = super::message::Fate {
            conversation_id: &at.conversation_id,
            seq: at.seq,
            status: "waiting",
            reason: None,
            at: now,
            provider_id: None,
        };
        super::message::fate(tx, &[fate]).await?;
    }
    Ok(again)
}

/// Forgets the words of what finally did not leave, when nobody sent it again within [`KEPT_MILLIS`].
///
/// # Errors
/// As the database says.
pub async fn let_go(tx: &mut Tx, now: Millis) -> Result<u64, Fault> {
    tx.run(&LET_GO, &[(now - KEPT_MILLIS).into()]).await
}

/// What did not leave and can be sent again, the newest first.
///
/// # Errors
/// As the database says.
pub async fn dead(tx: &mut Tx, most: i64) -> Result<Vec<OutboxRow>, Fault> {
    let rows = tx.rows(&DEAD, &[most.into()]).await?;
    rows.iter().map(read_row).collect()
}

/// One row as a list shows it: never what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboxRow {
    pub id: String,
    pub conversation_id: String,
    pub channel: String,
    pub seq: i64,
    pub class: Class,
    pub asks: Option<String>,
    pub state: String,
    pub attempts: i64,
    /// Parts of it that have left.
    pub parts_left: i64,
    pub reason: Option<String>,
    /// The payload is gone.
    pub emptied: bool,
}

/// Everything that is or was owed, by conversation and order.
///
/// # Errors
/// As the database says.
pub async fn all(tx: &mut Tx) -> Result<Vec<OutboxRow>, Fault> {
    let rows = tx.rows(&ALL, &[]).await?;
    rows.iter().map(read_row).collect()
}

fn read_row(row: &Row) -> Result<OutboxRow, Fault> {
    Ok(OutboxRow {
        id: row.text("id")?,
        conversation_id: row.text("conversation_id")?,
        channel: row.text("channel")?,
        seq: row.int("seq")?,
        class: class_of(&row.text("class")?),
        asks: row.opt_text("asks")?,
        state: row.text("state")?,
        attempts: row.int("attempts")?,
        parts_left: row.int("parts_left")?,
        reason: row.opt_text("reason")?,
        emptied: row.flag("emptied")?,
    })
}

fn class_word(class: Class) -> &'static str {
    match class {
        Class::Dialog => "dialog",
        Class::Notice => "notice",
        Class::Staff => "staff",
    }
}

/// An unknown word is read as the class that is bound most tightly.
fn class_of(word: &str) -> Class {
    match word {
        "notice" => Class::Notice,
        "staff" => Class::Staff,
        _ => Class::Dialog,
    }
}
