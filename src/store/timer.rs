//! Wake-ups, unique by owner and name: setting one moves it. A lease saves double work between
//! instances; that a ring counts once is decided by the turn that takes it. A lease, or a rest through the
//! quiet hours, ends after the timer is due: `COALESCE(lease_until, due)` is when it may ring.

use serde::Serialize;

use super::{Arg, Fault, Row, Tx, statements};
use crate::event::Millis;

statements! {
    SET = "INSERT INTO timer (owner, name, id, due, quiet)
        SELECT r.owner, r.name, r.id, r.due, r.quiet
        FROM {rows $1 AS r: owner TEXT, name TEXT, id TEXT, due BIGINT, quiet BIGINT}
        WHERE TRUE ON CONFLICT (owner, name) DO UPDATE
        SET id = excluded.id, due = excluded.due, quiet = excluded.quiet, lease_until = NULL, lease_by = NULL";
    CLEAR = "DELETE FROM timer WHERE (owner, name) IN
        (SELECT r.owner, r.name FROM {rows $1 AS r: owner TEXT, name TEXT})";
    OF = "SELECT t.owner, t.name, t.id, t.due, t.quiet
        FROM {rows $1 AS r: id TEXT} JOIN timer t ON t.owner = r.id ORDER BY t.owner, t.name";
    LEASE = "UPDATE timer SET lease_until = $2, lease_by = $3
        WHERE (owner, name) IN (SELECT t.owner, t.name FROM timer t WHERE COALESCE(t.lease_until, t.due) <= $1
            ORDER BY COALESCE(t.lease_until, t.due) LIMIT $4 {skip_locked})
        RETURNING owner, name, id, due, quiet";
    REST = "UPDATE timer SET lease_until = $3, lease_by = NULL WHERE owner = $1 AND name = $2 AND id = $4";
    NEXT = "SELECT COALESCE(lease_until, due) AS ready FROM timer ORDER BY COALESCE(lease_until, due) LIMIT 1";
}

/// One wake-up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timer {
    /// The conversation (or case) that it wakes.
    pub owner: String,
    pub name: String,
    /// UUIDv7; with `due` the key of its ring.
    pub id: String,
    pub due: Millis,
    /// Rings only at a decent hour.
    pub quiet: bool,
}

/// Sets or moves timers; names of one owner at most once in a call.
///
/// # Errors
/// As the store's.
pub async fn set(tx: &mut Tx, timers: &[Timer]) -> Result<(), Fault> {
    #[derive(Serialize)]
    struct Set<'a> {
        owner: &'a str,
        name: &'a str,
        id: &'a str,
        due: Millis,
        quiet: i64,
    }
    if timers.is_empty() {
        return Ok(());
    }
    let rows: Vec<_> = timers
        .iter()
        .map(|timer| Set {
            owner: &timer.owner,
            name: &timer.name,
            id: &timer.id,
            due: timer.due,
            quiet: i64::from(timer.quiet),
        })
        .collect();
    tx.run(&SET, &[Arg::rows(&rows)?]).await?;
    Ok(())
}

/// Removes timers by (owner, name); those that are not there are no matter.
///
/// # Errors
/// As the store's.
pub async fn clear(tx: &mut Tx, names: &[(&str, &str)]) -> Result<(), Fault> {
    #[derive(Serialize)]
    struct Cleared<'a> {
        owner: &'a str,
        name: &'a str,
    }
    if names.is_empty() {
        return Ok(());
    }
    let rows: Vec<_> = names
        .iter()
        .map(|(owner, name)| Cleared { owner, name })
        .collect();
    tx.run(&CLEAR, &[Arg::rows(&rows)?]).await?;
    Ok(())
}

/// All timers of these owners.
///
/// # Errors
/// As the store's.
pub async fn of(tx: &mut Tx, owners: &[&str]) -> Result<Vec<Timer>, Fault> {
    let rows = tx.rows(&OF, &[Arg::ids(owners.iter().copied())?]).await?;
    rows.iter().map(read).collect()
}

/// Takes up to `limit` timers that are due, for `by`, until `until`; nobody else gets them before.
///
/// # Errors
/// As the store's.
pub async fn lease(
    tx: &mut Tx,
    now: Millis,
    until: Millis,
    by: &str,
    limit: i64,
) -> Result<Vec<Timer>, Fault> {
    let rows = tx
        .rows(&LEASE, &[now.into(), until.into(), by.into(), limit.into()])
        .await?;
    let mut timers: Vec<_> = rows.iter().map(read).collect::<Result<_, _>>()?;
    timers.sort_by(|a, b| (a.due, &a.id).cmp(&(b.due, &b.id)));
    Ok(timers)
}

/// Lets a timer rest until a moment; it stays due when it was, and its ring keeps its key.
///
/// # Errors
/// As the store's.
pub async fn rest(tx: &mut Tx, timer: &Timer, until: Millis) -> Result<(), Fault> {
    let args = [
        timer.owner.as_str().into(),
        timer.name.as_str().into(),
        until.into(),
        timer.id.as_str().into(),
    ];
    tx.run(&REST, &args).await?;
    Ok(())
}

/// When the next one may ring: when it is due, or its lease or rest ends.
///
/// # Errors
/// As the store's.
pub async fn next(tx: &mut Tx) -> Result<Option<Millis>, Fault> {
    match tx.row(&NEXT, &[]).await? {
        Some(row) => row.opt_int("ready"),
        None => Ok(None),
    }
}

fn read(row: &Row) -> Result<Timer, Fault> {
    Ok(Timer {
        owner: row.text("owner")?,
        name: row.text("name")?,
        id: row.text("id")?,
        due: row.int("due")?,
        quiet: row.flag("quiet")?,
    })
}
