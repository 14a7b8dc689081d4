//! Conversations: where a talk stands, who speaks in it, and its lock. The state passes through as
//! JSON, sealed on its way; what it means is the dialogs' matter.

use serde::Serialize;

use super::sealed::{open_text, place};
use super::{Arg, Fault, Row, Tx, statements};
use crate::event::{Control, Millis};

statements! {
    LOCK = "SELECT c.id, c.contact_id, c.control, c.control_by, c.state, c.version, c.seq, c.hidden_before_seq, c.identity_id,
            i.channel, c.updated_at
        FROM conversation c JOIN {rows $1 AS r: id TEXT} ON r.id = c.id
        LEFT JOIN identity i ON i.id = c.identity_id
        ORDER BY c.id {for_update OF c}";
    FIND = "SELECT c.id, c.contact_id, c.control, c.control_by, c.state, c.version, c.seq, c.hidden_before_seq, c.identity_id,
            i.channel, c.updated_at
        FROM conversation c LEFT JOIN identity i ON i.id = c.identity_id WHERE c.id = $1";
    MARKS = "SELECT c.id, c.seq, c.hidden_before_seq
        FROM {rows $1 AS r: id TEXT} JOIN conversation c ON c.id = r.id";
    SAVE = "UPDATE conversation SET
            state = COALESCE(r.state, conversation.state), control = r.control, control_by = r.control_by,
            seq = r.seq, hidden_before_seq = r.hidden_before_seq, updated_at = r.at,
            identity_id = COALESCE(r.identity_id, conversation.identity_id),
            version = conversation.version + 1
        FROM {rows $1 AS r: id TEXT, version BIGINT, state TEXT, control TEXT, control_by TEXT, seq BIGINT,
            hidden_before_seq BIGINT, identity_id TEXT, at BIGINT}
        WHERE conversation.id = r.id AND conversation.version = r.version
        RETURNING conversation.id";
}

/// Where one conversation stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conversation {
    pub id: String,
    pub contact: String,
    pub control: Control,
    /// JSON of the dialogs' state; None before the first turn.
    pub state: Option<String>,
    /// Counts the turns saved.
    pub version: i64,
    /// Number of the last message.
    pub seq: i64,
    /// Messages up to this number are hidden from the page; 0: nothing is.
    pub hidden_before_seq: i64,
    /// The identity that spoke last, and its channel: replies go there.
    pub identity: Option<String>,
    pub channel: Option<String>,
    pub updated_at: Millis,
}

/// A conversation after its turns of a batch.
#[derive(Clone, Debug)]
pub struct Save<'a> {
    pub id: &'a str,
    /// The version that was read.
    pub version: i64,
    /// JSON; None leaves it as it is.
    pub state: Option<&'a str>,
    pub control: &'a Control,
    pub seq: i64,
    pub hidden_before_seq: i64,
    /// Who spoke last; None leaves it as it is.
    pub identity: Option<&'a str>,
    pub at: Millis,
}

/// These conversations, locked until the transaction ends, in the order of their ids (which keeps two
/// instances from waiting for one another). Unknown ids are left out.
///
/// # Errors
/// As the store's.
pub async fn lock(tx: &mut Tx, ids: &[&str]) -> Result<Vec<Conversation>, Fault> {
    let rows = tx.rows(&LOCK, &[Arg::ids(ids.iter().copied())?]).await?;
    rows.iter().map(|row| read(tx, row)).collect()
}

/// One conversation as it stands, not locked.
///
/// # Errors
/// As the store's.
pub async fn find(tx: &mut Tx, id: &str) -> Result<Option<Conversation>, Fault> {
    let row = tx.row(&FIND, &[id.into()]).await?;
    row.map(|row| read(tx, &row)).transpose()
}

/// How far a conversation has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    pub id: String,
    /// Number of the last message.
    pub seq: i64,
    /// Messages up to this number are hidden from the page.
    pub hidden_before_seq: i64,
}

/// How far these have come, unknown ones left out: what open pages ask again and again. No state is
/// opened for it.
///
/// # Errors
/// As the store's.
pub async fn marks(tx: &mut Tx, ids: &[&str]) -> Result<Vec<Mark>, Fault> {
    let rows = tx.rows(&MARKS, &[Arg::ids(ids.iter().copied())?]).await?;
    let mark = |row: &Row| {
        Ok(Mark {
            id: row.text("id")?,
            seq: row.int("seq")?,
            hidden_before_seq: row.int("hidden_before_seq")?,
        })
    };
    rows.iter().map(mark).collect()
}

/// Saves each over the version that was read.
///
/// # Errors
/// [`Fault::Conflict`] when somebody else saved one of them meanwhile: run the batch again.
pub async fn save(tx: &mut Tx, saves: &[Save<'_>]) -> Result<(), Fault> {
    let seal = tx.seal();
    let rows: Vec<_> = saves
        .iter()
        .map(|save| {
            let place = place("conversation", save.id, "state");
            let (control, control_by) = words_of(save.control);
            Saved {
                id: save.id,
                version: save.version,
                state: save.state.map(|state| seal.close(place, state.as_bytes())),
                control,
                control_by,
                seq: save.seq,
                hidden_before_seq: save.hidden_before_seq,
                identity_id: save.identity,
                at: save.at,
            }
        })
        .collect();
    let saved = tx.rows(&SAVE, &[Arg::rows(&rows)?]).await?;
    if saved.len() == saves.len() {
        return Ok(());
    }
    Err(Fault::Conflict(
        "a conversation was saved by another turn".to_owned(),
    ))
}

#[derive(Serialize)]
struct Saved<'a> {
    id: &'a str,
    version: i64,
    state: Option<String>,
    control: &'static str,
    control_by: Option<&'a str>,
    seq: i64,
    hidden_before_seq: i64,
    identity_id: Option<&'a str>,
    at: Millis,
}

fn words_of(control: &Control) -> (&'static str, Option<&str>) {
    match control {
        Control::Bot => ("bot", None),
        Control::Waiting => ("waiting", None),
        Control::Human(by) => ("human", Some(by)),
        Control::Closed => ("closed", None),
    }
}

pub(super) fn control_of(row: &Row) -> Result<Control, Fault> {
    Ok(match row.text("control")?.as_str() {
        "bot" => Control::Bot,
        "waiting" => Control::Waiting,
        "human" => Control::Human(row.opt_text("control_by")?.unwrap_or_default()),
        "closed" => Control::Closed,
        other => return Err(Fault::Poison(format!("control `{other}` is unknown"))),
    })
}

fn read(tx: &Tx, row: &Row) -> Result<Conversation, Fault> {
    let id = row.text("id")?;
    let sealed = row.opt_text("state")?;
    let open = |sealed: String| open_text(&tx.seal(), place("conversation", &id, "state"), &sealed);
    let state = sealed.map(open).transpose()?;
    Ok(Conversation {
        contact: row.text("contact_id")?,
        control: control_of(row)?,
        state,
        version: row.int("version")?,
        seq: row.int("seq")?,
        hidden_before_seq: row.int("hidden_before_seq")?,
        identity: row.opt_text("identity_id")?,
        channel: row.opt_text("channel")?,
        updated_at: row.int("updated_at")?,
        id,
    })
}
