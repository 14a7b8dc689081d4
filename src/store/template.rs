//! What platforms say of the messages that we may start: which template is approved, in which language. Asked
//! for again and again, and kept for whoever sends, and for who looks.

use serde::Serialize;

use super::{Arg, Fault, Row, Tx, statements};
use crate::event::Millis;

statements! {
    FORGET = "DELETE FROM template WHERE channel = $1";
    KEEP = "INSERT INTO template (channel, name, language, state, category, good, seen_at)
        SELECT r.channel, r.name, r.language, r.state, r.category, r.good, r.seen_at
        FROM {rows $1 AS r: channel TEXT, name TEXT, language TEXT, state TEXT, category TEXT, good BIGINT,
            seen_at BIGINT}
        WHERE TRUE ON CONFLICT DO NOTHING";
    OF = "SELECT t.channel, t.name, t.language, t.state, t.category, t.good, t.seen_at FROM template AS t
        WHERE t.channel = $1 ORDER BY t.name, t.language";
}

/// What a platform said of one template in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    pub name: String,
    pub language: String,
    /// The platform's own word.
    pub state: String,
    pub category: String,
    /// It may be sent.
    pub good: bool,
    pub seen_at: Millis,
}

/// All that a platform says now, in the place of what it said before.
///
/// # Errors
/// As the store's.
pub async fn keep(tx: &mut Tx, channel: &str, all: &[Kept]) -> Result<(), Fault> {
    #[derive(Serialize)]
    struct New<'a> {
        channel: &'a str,
        name: &'a str,
        language: &'a str,
        state: &'a str,
        category: &'a str,
        good: i64,
        seen_at: Millis,
    }
    let rows: Vec<_> = all
        .iter()
        .map(|one| New {
            channel,
            name: &one.name,
            language: &one.language,
            state: &one.state,
            category: &one.category,
            good: i64::from(one.good),
            seen_at: one.seen_at,
        })
        .collect();
    tx.run(&FORGET, &[channel.into()]).await?;
    tx.run(&KEEP, &[Arg::rows(&rows)?]).await?;
    Ok(())
}

/// What a channel's platform last said; nothing where it could never be asked.
///
/// # Errors
/// As the store's.
pub async fn of(tx: &mut Tx, channel: &str) -> Result<Vec<Kept>, Fault> {
    let rows = tx.rows(&OF, &[channel.into()]).await?;
    rows.iter().map(read).collect()
}

fn read(row: &Row) -> Result<Kept, Fault> {
    Ok(Kept {
        name: row.text("name")?,
        language: row.text("language")?,
        state: row.text("state")?,
        category: row.text("category")?,
        good: row.int("good")? != 0,
        seen_at: row.int("seen_at")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::test_support::on_both;

    #[test]
    fn what_a_platform_says_now_replaces_what_it_said() {
        let one = |name: &str, state: &str, seen_at| Kept {
            name: name.to_owned(),
            language: "ar".to_owned(),
            state: state.to_owned(),
            category: "utility".to_owned(),
            good: state == "APPROVED",
            seen_at,
        };
        on_both(|fresh| async move {
            let store = fresh.store.clone();
            let mut tx = store.begin_write().await.unwrap();
            let first = [one("a", "APPROVED", 1), one("b", "PENDING", 1)];
            keep(&mut tx, "whatsapp", &first).await.unwrap();
            keep(&mut tx, "other", &first[..1]).await.unwrap();
            assert_eq!(of(&mut tx, "whatsapp").await.unwrap(), first);
            let second = [one("b", "APPROVED", 2)];
            keep(&mut tx, "whatsapp", &second).await.unwrap();
            assert_eq!(of(&mut tx, "whatsapp").await.unwrap(), second);
            assert_eq!(of(&mut tx, "other").await.unwrap().len(), 1);
            tx.commit().await.unwrap();
        });
    }
}
