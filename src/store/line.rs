//! What instances share of a channel on its way out: how many messages may be started now, whether it rests,
//! and why, in words for operators.

use super::{Arg, Fault, Row, Tx, statements};
use crate::event::Millis;

statements! {
    BEGIN = "INSERT INTO line (channel, tokens, filled_at, rests_until) VALUES ($1, $2, $3, 0)
        ON CONFLICT (channel) DO NOTHING";
    HOLD = "SELECT l.tokens, l.filled_at FROM line AS l WHERE l.channel = $1 {for_update OF l}";
    FILL = "UPDATE line SET tokens = $2, filled_at = $3 WHERE channel = $1";
    REST = "INSERT INTO line (channel, tokens, filled_at, rests_until, reason, since) VALUES ($1, 0, $4, $2, $3, $4)
        ON CONFLICT (channel) DO UPDATE SET reason = excluded.reason, since = COALESCE(line.since, excluded.since),
            rests_until = CASE WHEN line.rests_until > excluded.rests_until THEN line.rests_until ELSE excluded.rests_until END";
    WORKS = "UPDATE line SET reason = NULL, since = NULL, rests_until = 0 WHERE channel = $1 AND since IS NOT NULL";
    FIND = "SELECT l.channel, l.rests_until, l.reason, l.since FROM line AS l WHERE l.channel = $1";
    ALL = "SELECT l.channel, l.rests_until, l.reason, l.since FROM line AS l ORDER BY l.channel";
}

/// Whether a channel works, as operators see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub channel: String,
    /// Nothing is sent before.
    pub rests_until: Millis,
    /// What is wrong with it, and since when; None: it works, or was not tried.
    pub trouble: Option<(String, Millis)>,
}

/// Takes up to `most` of the messages that may be started now; the line is held until the transaction ends.
///
/// # Errors
/// As the database says.
pub async fn start(
    tx: &mut Tx,
    channel: &str,
    per_second: f64,
    now: Millis,
    most: i64,
) -> Result<i64, Fault> {
    let size = (per_second.max(1.0) * 1_000.0) as i64;
    let begin: [Arg; 3] = [channel.into(), size.into(), now.into()];
    tx.run(&BEGIN, &begin).await?;
    let Some(row) = tx.row(&HOLD, &[channel.into()]).await? else {
        return Ok(0);
    };
    // A clock that jumps back fills nothing and takes nothing.
    let elapsed = (now - row.int("filled_at")?).max(0);
    let filled = row.int("tokens")? as f64 + elapsed as f64 * per_second;
    let tokens = filled.min(size as f64) as i64;
    let taken = (tokens / 1_000).clamp(0, most);
    let filled: [Arg; 3] = [channel.into(), (tokens - taken * 1_000).into(), now.into()];
    tx.run(&FILL, &filled).await?;
    Ok(taken)
}

/// Gives back what was not needed after all.
///
/// # Errors
/// As the database says.
pub async fn give_back(tx: &mut Tx, channel: &str, count: i64, now: Millis) -> Result<(), Fault> {
    let Some(row) = tx.row(&HOLD, &[channel.into()]).await? else {
        return Ok(());
    };
    let tokens = row.int("tokens")? + count * 1_000;
    tx.run(&FILL, &[channel.into(), tokens.into(), now.into()])
        .await?;
    Ok(())
}

/// A channel rests, on every instance.
///
/// # Errors
/// As the database says.
pub async fn rest(
    tx: &mut Tx,
    channel: &str,
    until: Millis,
    reason: &str,
    now: Millis,
) -> Result<(), Fault> {
    let args: [Arg; 4] = [channel.into(), until.into(), reason.into(), now.into()];
    tx.run(&REST, &args).await?;
    Ok(())
}

/// A message left: whatever was wrong is over.
///
/// # Errors
/// As the database says.
pub async fn works(tx: &mut Tx, channel: &str) -> Result<bool, Fault> {
    Ok(tx.run(&WORKS, &[channel.into()]).await? > 0)
}

/// # Errors
/// As the database says.
pub async fn find(tx: &mut Tx, channel: &str) -> Result<Option<Line>, Fault> {
    let row = tx.row(&FIND, &[channel.into()]).await?;
    row.map(|row| read(&row)).transpose()
}

/// Every channel that ever sent.
///
/// # Errors
/// As the database says.
pub async fn all(tx: &mut Tx) -> Result<Vec<Line>, Fault> {
    let rows = tx.rows(&ALL, &[]).await?;
    rows.iter().map(read).collect()
}

fn read(row: &Row) -> Result<Line, Fault> {
    Ok(Line {
        channel: row.text("channel")?,
        rests_until: row.int("rests_until")?,
        trouble: row.opt_text("reason")?.zip(row.opt_int("since")?),
    })
}
