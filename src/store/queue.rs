//! What waits, and how much there is: for the page on which an administrator sees whether the house keeps up.

use super::{Engine, Fault, Store, Tx, statements};
use crate::event::Millis;

statements! {
    OWED = "SELECT channel, state, COUNT(*) AS n, MIN(due) AS oldest FROM outbox
        WHERE state IN ('waiting', 'sending') GROUP BY channel, state ORDER BY channel, state";
    RINGS = "SELECT COUNT(*) AS n, MIN(due) AS oldest FROM timer WHERE COALESCE(lease_until, due) <= $1";
    FILES = "SELECT COUNT(*) AS n, CAST(COALESCE(SUM(bytes), 0) AS BIGINT) AS bytes FROM attachment";
    MIGRATION = "SELECT MAX(name) AS name FROM migration";
}

/// What is owed to one provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owed {
    pub channel: String,
    /// "waiting" or "sending".
    pub state: String,
    pub count: i64,
    /// When the oldest of them was due.
    pub oldest: Option<Millis>,
}

/// # Errors
/// As the store's.
pub async fn owed(tx: &mut Tx) -> Result<Vec<Owed>, Fault> {
    let rows = tx.rows(&OWED, &[]).await?;
    rows.iter()
        .map(|row| {
            Ok(Owed {
                channel: row.text("channel")?,
                state: row.text("state")?,
                count: row.int("n")?,
                oldest: row.opt_int("oldest")?,
            })
        })
        .collect()
}

/// Timers that should have rung by now: how many, and the oldest.
///
/// # Errors
/// As the store's.
pub async fn rings(tx: &mut Tx, now: Millis) -> Result<(i64, Option<Millis>), Fault> {
    match tx.row(&RINGS, &[now.into()]).await? {
        Some(row) => Ok((row.int("n")?, row.opt_int("oldest")?)),
        None => Ok((0, None)),
    }
}

/// Attachments: how many, and their bytes.
///
/// # Errors
/// As the store's.
pub async fn files(tx: &mut Tx) -> Result<(i64, i64), Fault> {
    match tx.row(&FILES, &[]).await? {
        Some(row) => Ok((row.int("n")?, row.int("bytes")?)),
        None => Ok((0, 0)),
    }
}

/// The last migration that was applied.
///
/// # Errors
/// As the store's.
pub async fn migration(tx: &mut Tx) -> Result<String, Fault> {
    let row = tx.row(&MIGRATION, &[]).await?;
    row.map_or(Ok(String::new()), |row| row.text("name"))
}

/// Bytes of the database file; None on a server, which knows better.
pub fn size(store: &Store) -> Option<u64> {
    match store.engine() {
        Engine::Postgres => None,
        Engine::Sqlite => {
            // What was written lately lies in the log beside it.
            let bytes = |ending: &str| {
                let name = format!("{}{ending}", super::open::SQLITE_FILE);
                let file = std::fs::metadata(store.place().data_dir.join(name));
                file.map_or(0, |file| file.len())
            };
            Some(bytes("") + bytes("-wal"))
        }
    }
}
