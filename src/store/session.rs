//! Sessions of staff: one row a browser, found by the keyed hash of what its cookie holds. Ending one deletes it.

use super::staff::{self, Account};
use super::{Fault, Row, Tx, statements};
use crate::event::Millis;

/// A session ends when nothing was done for this long: two hours cover a visit and a prayer, not a night.
pub const IDLE_MILLIS: i64 = 2 * 3600 * 1000;
/// However busy, it ends after a working day.
pub const LIFE_MILLIS: i64 = 12 * 3600 * 1000;
/// How often being there is written down.
const SEEN_MILLIS: i64 = 60 * 1000;

statements! {
    BEGIN = "INSERT INTO staff_session (id, token, staff_id, stage, agent, at, seen_at)
        VALUES ($1, $2, $3, $4, $5, $6, $6)";
    FIND = "SELECT s.id AS session_id, s.stage, s.at, s.seen_at AS session_seen_at, a.*
        FROM staff_session s JOIN staff a ON a.id = s.staff_id
        WHERE s.token = $1 AND s.seen_at > $2 AND s.at > $3 AND a.deactivated_at IS NULL";
    IS_OPEN = "SELECT 1 AS one FROM staff_session WHERE id = $1 AND seen_at > $2 AND at > $3";
    OF_STAFF = "SELECT * FROM staff_session WHERE staff_id = $1 AND seen_at > $2 AND at > $3 ORDER BY seen_at DESC, id";
    TOUCH = "UPDATE staff_session SET seen_at = $2 WHERE id = $1 AND seen_at < $2";
    RAISE = "UPDATE staff_session SET stage = $2, token = $3 WHERE id = $1";
    END = "DELETE FROM staff_session WHERE id = $1 AND staff_id = $2";
    END_OTHERS = "DELETE FROM staff_session WHERE staff_id = $1 AND id <> $2";
    SWEEP = "DELETE FROM staff_session WHERE seen_at <= $1 OR at <= $2";
}

/// How far somebody has come with signing in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The password was right; the code of the second factor is still to come.
    Code,
    /// A second factor is demanded of them, and there is none yet.
    Enrol,
    Whole,
}

impl Stage {
    fn word(self) -> &'static str {
        match self {
            Stage::Code => "code",
            Stage::Enrol => "enrol",
            Stage::Whole => "whole",
        }
    }

    /// What is not known is the least.
    fn read(word: &str) -> Stage {
        match word {
            "whole" => Stage::Whole,
            "enrol" => Stage::Enrol,
            _ => Stage::Code,
        }
    }
}

/// A session that is good now, and whose it is.
#[derive(Clone, Debug)]
pub struct Found {
    pub session: String,
    pub stage: Stage,
    pub account: Account,
    /// It was not written down for a while that somebody is here.
    pub stale: bool,
}

/// One browser, as its owner sees it in a list.
#[derive(Clone, Debug)]
pub struct Session {
    pub id: String,
    pub stage: Stage,
    /// Browser and system, roughly.
    pub agent: String,
    pub at: Millis,
    pub seen_at: Millis,
}

/// A new session.
pub struct Begun<'a> {
    pub id: &'a str,
    /// What the cookie holds; only its keyed hash is kept.
    pub token: &'a str,
    pub staff: &'a str,
    pub stage: Stage,
    pub agent: &'a str,
    pub at: Millis,
}

/// # Errors
/// As the store's.
pub async fn begin(tx: &mut Tx, new: &Begun<'_>) -> Result<(), Fault> {
    tx.run(
        &SWEEP,
        &[(new.at - IDLE_MILLIS).into(), (new.at - LIFE_MILLIS).into()],
    )
    .await?;
    let token = hash(tx, new.token);
    let args = [
        new.id.into(),
        token.as_str().into(),
        new.staff.into(),
        new.stage.word().into(),
        new.agent.into(),
        new.at.into(),
    ];
    tx.run(&BEGIN, &args).await?;
    staff::seen(tx, new.staff, new.at).await
}

/// The session of a cookie, if it is good at this moment.
///
/// # Errors
/// As the store's.
pub async fn find(tx: &mut Tx, token: &str, now: Millis) -> Result<Option<Found>, Fault> {
    let token = hash(tx, token);
    let args = [
        token.as_str().into(),
        (now - IDLE_MILLIS).into(),
        (now - LIFE_MILLIS).into(),
    ];
    let Some(row) = tx.row(&FIND, &args).await? else {
        return Ok(None);
    };
    Ok(Some(Found {
        session: row.text("session_id")?,
        stage: Stage::read(&row.text("stage")?),
        stale: row.int("session_seen_at")? < now - SEEN_MILLIS,
        account: staff::read(tx, &row)?,
    }))
}

/// Whether a session that was found earlier is still good.
///
/// # Errors
/// As the store's.
pub async fn is_open(tx: &mut Tx, session: &str, now: Millis) -> Result<bool, Fault> {
    let args = [
        session.into(),
        (now - IDLE_MILLIS).into(),
        (now - LIFE_MILLIS).into(),
    ];
    Ok(tx.row(&IS_OPEN, &args).await?.is_some())
}

/// Writes down that somebody is here.
///
/// # Errors
/// As the store's.
pub async fn touch(tx: &mut Tx, session: &str, staff: &str, now: Millis) -> Result<(), Fault> {
    tx.run(&TOUCH, &[session.into(), now.into()]).await?;
    staff::seen(tx, staff, now).await
}

/// Moves a session to another stage, under another token: one that was planted before is worth nothing then.
///
/// # Errors
/// As the store's.
pub async fn raise(tx: &mut Tx, session: &str, stage: Stage, token: &str) -> Result<(), Fault> {
    let token = hash(tx, token);
    tx.run(
        &RAISE,
        &[session.into(), stage.word().into(), token.as_str().into()],
    )
    .await?;
    Ok(())
}

/// The sessions of somebody that are good now, the one used last first.
///
/// # Errors
/// As the store's.
pub async fn of_staff(tx: &mut Tx, staff: &str, now: Millis) -> Result<Vec<Session>, Fault> {
    let args = [
        staff.into(),
        (now - IDLE_MILLIS).into(),
        (now - LIFE_MILLIS).into(),
    ];
    let rows = tx.rows(&OF_STAFF, &args).await?;
    rows.iter().map(read).collect()
}

/// Ends one of somebody's sessions. False: it is none of theirs.
///
/// # Errors
/// As the store's.
pub async fn end(tx: &mut Tx, session: &str, staff: &str) -> Result<bool, Fault> {
    Ok(tx.run(&END, &[session.into(), staff.into()]).await? > 0)
}

/// Ends all sessions of somebody but this one; of an empty name, all.
///
/// # Errors
/// As the store's.
pub async fn end_others(tx: &mut Tx, staff: &str, but: &str) -> Result<u64, Fault> {
    tx.run(&END_OTHERS, &[staff.into(), but.into()]).await
}

fn hash(tx: &Tx, token: &str) -> String {
    tx.seal().index("staff_session.token", token)
}

fn read(row: &Row) -> Result<Session, Fault> {
    Ok(Session {
        id: row.text("id")?,
        stage: Stage::read(&row.text("stage")?),
        agent: row.text("agent")?,
        at: row.int("at")?,
        seen_at: row.int("seen_at")?,
    })
}
