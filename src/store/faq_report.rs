//! What the FAQ did in a time, entry by entry: how often it was asked, answered, and whether that helped. It
//! counts, and tells of nobody.

use serde::Serialize;

use super::{Fault, Row, Tx, statements};
use crate::event::Millis;

statements! {
    ANSWERS = "SELECT entry,
            SUM(CASE WHEN how = 'asserted' THEN 1 ELSE 0 END) AS asserted,
            SUM(CASE WHEN how = 'picked' THEN 1 ELSE 0 END) AS picked,
            SUM(CASE WHEN helped = 1 THEN 1 ELSE 0 END) AS helped,
            SUM(CASE WHEN helped = 0 THEN 1 ELSE 0 END) AS not_helped
        FROM faq_answer WHERE at >= $1 AND at < $2 GROUP BY entry ORDER BY entry";
    MISSED = "SELECT COALESCE(meant, '') AS entry, COUNT(*) AS missed FROM unanswered
        WHERE at >= $1 AND at < $2 AND COALESCE(outcome, '') <> 'picked'
        GROUP BY COALESCE(meant, '') ORDER BY 1";
    FIRST_OF_VERSION = "SELECT MIN(at) AS at FROM faq_answer WHERE SUBSTR(version, 1, LENGTH($1)) = $1";
}

/// From and to, in milliseconds; the end is not in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Time {
    pub from: Millis,
    pub to: Millis,
}

/// All time there is.
pub const ALWAYS: Time = Time {
    from: i64::MIN,
    to: i64::MAX,
};

/// What one entry did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Count {
    /// Empty: questions that nobody has given to an entry.
    pub entry: String,
    /// Answered, or not and given to it by staff.
    pub asked: i64,
    pub asserted: i64,
    pub picked: i64,
    pub helped: i64,
    pub not_helped: i64,
    pub unanswered: i64,
}

/// Every entry that was asked in a time, in the order of their names.
///
/// # Errors
/// As the store's.
pub async fn counts(tx: &mut Tx, time: Time) -> Result<Vec<Count>, Fault> {
    let args = [time.from.into(), time.to.into()];
    let answers = tx.rows(&ANSWERS, &args).await?;
    let mut counts: Vec<Count> = answers.iter().map(read).collect::<Result<_, _>>()?;
    for row in tx.rows(&MISSED, &args).await? {
        let entry = row.text("entry")?;
        let missed = row.int("missed")?;
        match counts.iter_mut().find(|count| count.entry == entry) {
            Some(count) => count.unanswered = missed,
            None => counts.push(Count {
                entry,
                unanswered: missed,
                ..Count::default()
            }),
        }
    }
    for count in &mut counts {
        count.asked = count.asserted + count.picked + count.unanswered;
    }
    counts.sort_by(|a, b| a.entry.cmp(&b.entry));
    Ok(counts)
}

/// When a version of the dialogs (its digest, or how it begins) first answered.
///
/// # Errors
/// As the store's.
pub async fn first_of(tx: &mut Tx, version: &str) -> Result<Option<Millis>, Fault> {
    match tx.row(&FIRST_OF_VERSION, &[version.into()]).await? {
        Some(row) => row.opt_int("at"),
        None => Ok(None),
    }
}

fn read(row: &Row) -> Result<Count, Fault> {
    Ok(Count {
        entry: row.text("entry")?,
        asserted: row.int("asserted")?,
        picked: row.int("picked")?,
        helped: row.int("helped")?,
        not_helped: row.int("not_helped")?,
        ..Count::default()
    })
}
