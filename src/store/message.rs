//! History: every message in and out, numbered without gaps within its conversation. Sensitive text
//! stands sealed; the rest is plain and searchable.

use serde::Serialize;

use super::sealed::{open_text, place};
use super::{Arg, Fault, Row, Tx, statements};
use crate::event::{Millis, Source};
use crate::seal::Seal;

statements! {
    ADD = "INSERT INTO message (conversation_id, seq, direction, identity_id, channel, kind, text, payload, sealed,
            step, at, status, status_reason, status_at, provider_id, author, source, trace)
        SELECT r.conversation_id, r.seq, r.direction, r.identity_id, r.channel, r.kind, r.text, r.payload, r.sealed,
            r.step, r.at, r.status, NULL, r.at, r.provider_id, r.author, r.source, r.trace
        FROM {rows $1 AS r: conversation_id TEXT, seq BIGINT, direction TEXT, identity_id TEXT, channel TEXT, kind TEXT,
            text TEXT, payload TEXT, sealed BIGINT, step TEXT, at BIGINT, status TEXT, provider_id TEXT, author TEXT, source TEXT, trace TEXT}";
    AFTER = "SELECT * FROM message WHERE conversation_id = $1 AND seq > $2 ORDER BY seq LIMIT $3";
    LATEST = "SELECT * FROM message WHERE conversation_id = $1 AND seq > $2 ORDER BY seq DESC LIMIT $3";
    BEFORE = "SELECT * FROM message WHERE conversation_id = $1 AND seq > $2 AND seq < $3 ORDER BY seq DESC LIMIT $4";
    PAGE = "SELECT m.*, i.address FROM message m LEFT JOIN identity i ON i.id = m.identity_id
        WHERE m.conversation_id > $1 OR (m.conversation_id = $1 AND m.seq > $2)
        ORDER BY m.conversation_id, m.seq LIMIT $3";
    FATE = "UPDATE message SET status = CASE
                WHEN r.status = 'sent' AND message.status IN ('failed', 'delivered', 'read') THEN message.status ELSE r.status END,
            status_reason = COALESCE(r.reason, message.status_reason), status_at = r.at,
            provider_id = COALESCE(r.provider_id, message.provider_id)
        FROM {rows $1 AS r: conversation_id TEXT, seq BIGINT, status TEXT, reason TEXT, at BIGINT, provider_id TEXT}
        WHERE message.conversation_id = r.conversation_id AND message.seq = r.seq";
    NAME = "UPDATE message SET provider_id = $3 WHERE conversation_id = $1 AND seq = $2";
    REROUTE = "UPDATE message SET identity_id = $3, channel = $4 WHERE conversation_id = $1 AND seq = $2";
    BY_PROVIDER = "SELECT m.conversation_id, m.seq, m.status, m.channel, m.provider_id
        FROM {rows $1 AS r: channel TEXT, provider_id TEXT}
        JOIN message m ON m.channel = r.channel AND m.provider_id = r.provider_id
        WHERE m.direction = 'out' ORDER BY m.conversation_id, m.seq {for_update OF m}";
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    In,
    Out,
}

impl Direction {
    pub fn word(self) -> &'static str {
        match self {
            Direction::In => "in",
            Direction::Out => "out",
        }
    }
}

/// One message of a conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    pub conversation: String,
    pub seq: i64,
    pub direction: Direction,
    /// Whose address spoke, or is spoken to; None for notes of the house.
    pub identity: Option<String>,
    pub channel: String,
    /// The platform's own word; `reply` for ours.
    pub kind: String,
    pub text: Option<String>,
    /// JSON: the [`crate::reply::Reply`] that went out, or what came in beside the text.
    pub payload: Option<String>,
    /// Text and payload are sealed.
    pub sensitive: bool,
    /// `dialog.step` that it answered or asks.
    pub step: Option<String>,
    pub at: Millis,
    /// `received`, or its fate on the way out: `waiting`, `sent`, `delivered`, `read`, `failed`, `cancelled` …
    pub status: String,
    /// Why, in words of the house; never a person's.
    pub status_reason: Option<String>,
    /// The provider's own id of it.
    pub provider_id: Option<String>,
    /// The member of staff who wrote it.
    pub author: Option<String>,
    /// Through whom it came (P16), as `Source` is written.
    pub source: String,
    /// Why the bot said it: JSON of the turn's notes, bounded; on the first message of a turn alone.
    pub trace: Option<String>,
}

/// Adds messages. Their numbers continue those of their conversations, whose rows are locked.
///
/// # Errors
/// As the store's.
pub async fn add(tx: &mut Tx, messages: &[Message]) -> Result<(), Fault> {
    if messages.is_empty() {
        return Ok(());
    }
    let seal = tx.seal();
    let rows: Vec<_> = messages
        .iter()
        .map(|message| sealed(&seal, message))
        .collect();
    tx.run(&ADD, &[Arg::rows(&rows)?]).await?;
    Ok(())
}

/// Up to `limit` messages after a number, in order.
///
/// # Errors
/// As the store's.
pub async fn after(
    tx: &mut Tx,
    conversation: &str,
    seq: i64,
    limit: i64,
) -> Result<Vec<Message>, Fault> {
    let args = [conversation.into(), seq.into(), limit.into()];
    read_all(tx, &AFTER, &args).await
}

/// The last `limit` messages above a number, in order: what a page shows first.
///
/// # Errors
/// As the store's.
pub async fn latest(
    tx: &mut Tx,
    conversation: &str,
    above: i64,
    limit: i64,
) -> Result<Vec<Message>, Fault> {
    let args = [conversation.into(), above.into(), limit.into()];
    let mut messages = read_all(tx, &LATEST, &args).await?;
    messages.reverse();
    Ok(messages)
}

/// The last `limit` messages above one number and below another, in order: what a page shows when
/// somebody scrolls back.
///
/// # Errors
/// As the store's.
pub async fn before(
    tx: &mut Tx,
    conversation: &str,
    above: i64,
    below: i64,
    limit: i64,
) -> Result<Vec<Message>, Fault> {
    let args = [
        conversation.into(),
        above.into(),
        below.into(),
        limit.into(),
    ];
    let mut messages = read_all(tx, &BEFORE, &args).await?;
    messages.reverse();
    Ok(messages)
}

/// Up to `limit` messages of all conversations after (conversation, seq), each with the address that
/// spoke or is spoken to.
///
/// # Errors
/// As the store's.
pub async fn page(
    tx: &mut Tx,
    after: (&str, i64),
    limit: i64,
) -> Result<Vec<(Message, Option<String>)>, Fault> {
    let rows = tx
        .rows(&PAGE, &[after.0.into(), after.1.into(), limit.into()])
        .await?;
    let seal = tx.seal();
    rows.iter()
        .map(|row| {
            let message = read(&seal, row)?;
            let open = |sealed: String| {
                let id = message.identity.as_deref().unwrap_or_default();
                open_text(&seal, place("identity", id, "address"), &sealed)
            };
            let address = row.opt_text("address")?.map(open).transpose()?;
            Ok((message, address))
        })
        .collect()
}

/// What became of a message on its way.
#[derive(Clone, Debug, Serialize)]
pub struct Fate<'a> {
    pub conversation_id: &'a str,
    pub seq: i64,
    pub status: &'a str,
    pub reason: Option<&'a str>,
    pub at: Millis,
    pub provider_id: Option<&'a str>,
}

/// Writes down the fates of messages. Whether a fate may follow the one before is the caller's rule.
///
/// # Errors
/// As the store's.
pub async fn fate(tx: &mut Tx, fates: &[Fate<'_>]) -> Result<(), Fault> {
    if !fates.is_empty() {
        tx.run(&FATE, &[Arg::rows(fates)?]).await?;
    }
    Ok(())
}

/// A message is known by this id of its provider's, whatever else becomes of it.
///
/// # Errors
/// As the store's.
pub async fn name(
    tx: &mut Tx,
    (conversation, seq): (&str, i64),
    provider_id: &str,
) -> Result<(), Fault> {
    let args = [conversation.into(), seq.into(), provider_id.into()];
    tx.run(&NAME, &args).await?;
    Ok(())
}

/// A message goes by another way of the person's.
///
/// # Errors
/// As the store's.
pub async fn reroute(
    tx: &mut Tx,
    (conversation, seq): (&str, i64),
    identity: &str,
    channel: &str,
) -> Result<(), Fault> {
    let args = [
        conversation.into(),
        seq.into(),
        identity.into(),
        channel.into(),
    ];
    tx.run(&REROUTE, &args).await?;
    Ok(())
}

/// A message of ours found by the provider's id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    pub conversation: String,
    pub seq: i64,
    pub status: String,
    pub channel: String,
    pub provider_id: String,
}

/// Our messages of (channel, provider's id), locked until the transaction ends; unknown ones are left out.
///
/// # Errors
/// As the store's.
pub async fn by_provider(tx: &mut Tx, ids: &[(&str, &str)]) -> Result<Vec<Sent>, Fault> {
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
    let rows = tx.rows(&BY_PROVIDER, &[Arg::rows(&looked)?]).await?;
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

/// `Source` as it stands in the table.
pub fn source_word(source: Source) -> &'static str {
    match source {
        Source::Own => "own",
        Source::Interview => "interview",
        Source::Phone => "phone",
        Source::Letter => "letter",
        Source::SocialMedia => "social_media",
        Source::HelpDesk => "help_desk",
        Source::Volunteer => "volunteer",
        Source::BranchRepresentative => "branch_representative",
    }
}

#[derive(Serialize)]
struct Stored<'a> {
    conversation_id: &'a str,
    seq: i64,
    direction: &'static str,
    identity_id: Option<&'a str>,
    channel: &'a str,
    kind: &'a str,
    text: Option<std::borrow::Cow<'a, str>>,
    payload: Option<std::borrow::Cow<'a, str>>,
    sealed: i64,
    step: Option<&'a str>,
    at: Millis,
    status: &'a str,
    provider_id: Option<&'a str>,
    author: Option<&'a str>,
    source: &'a str,
    trace: Option<&'a str>,
}

fn sealed<'a>(seal: &Seal, message: &'a Message) -> Stored<'a> {
    let row = row_name(&message.conversation, message.seq);
    let keep = |text: &'a Option<String>, column| {
        let text = text.as_deref()?;
        Some(if message.sensitive {
            seal.close(place("message", &row, column), text.as_bytes())
                .into()
        } else {
            text.into()
        })
    };
    Stored {
        conversation_id: &message.conversation,
        seq: message.seq,
        direction: message.direction.word(),
        identity_id: message.identity.as_deref(),
        channel: &message.channel,
        kind: &message.kind,
        text: keep(&message.text, "text"),
        payload: keep(&message.payload, "payload"),
        sealed: i64::from(message.sensitive),
        step: message.step.as_deref(),
        at: message.at,
        status: &message.status,
        provider_id: message.provider_id.as_deref(),
        author: message.author.as_deref(),
        source: &message.source,
        trace: message.trace.as_deref(),
    }
}

/// How a message is named where one name is wanted.
pub(super) fn row_name(conversation: &str, seq: i64) -> String {
    format!("{conversation}:{seq}")
}

async fn read_all(
    tx: &mut Tx,
    sql: &'static super::Sql,
    args: &[Arg],
) -> Result<Vec<Message>, Fault> {
    let rows = tx.rows(sql, args).await?;
    let seal = tx.seal();
    rows.iter().map(|row| read(&seal, row)).collect()
}

pub(super) fn read(seal: &Seal, row: &Row) -> Result<Message, Fault> {
    let conversation = row.text("conversation_id")?;
    let seq = row.int("seq")?;
    let name = row_name(&conversation, seq);
    let sensitive = row.flag("sealed")?;
    let open = |column: &'static str| {
        let text = row.opt_text(column)?;
        match text {
            Some(text) if sensitive => {
                open_text(seal, place("message", &name, column), &text).map(Some)
            }
            text => Ok(text),
        }
    };
    Ok(Message {
        direction: direction_of(row)?,
        identity: row.opt_text("identity_id")?,
        channel: row.text("channel")?,
        kind: row.text("kind")?,
        text: open("text")?,
        payload: open("payload")?,
        sensitive,
        step: row.opt_text("step")?,
        at: row.int("at")?,
        status: row.text("status")?,
        status_reason: row.opt_text("status_reason")?,
        provider_id: row.opt_text("provider_id")?,
        author: row.opt_text("author")?,
        source: row.text("source")?,
        trace: row.opt_text("trace")?,
        conversation,
        seq,
    })
}

fn direction_of(row: &Row) -> Result<Direction, Fault> {
    match row.text("direction")?.as_str() {
        "in" => Ok(Direction::In),
        "out" => Ok(Direction::Out),
        other => Err(Fault::Poison(format!("direction `{other}` is unknown"))),
    }
}
