//! Ratings: what people think of the charity (P13). The marks stand open, so that they can be counted; the
//! words are sealed. Who rated is kept apart from every list that staff see.

use serde::Serialize;

use super::sealed::{close_json, open_json, place};
use super::{Arg, Fault, Tx, statements};
use crate::dialog::turn::Rating;
use crate::event::Millis;
use crate::text::lang::Lang;

statements! {
    ADD = "INSERT INTO rating (id, contact_id, conversation_id, dialog, version, language, channel, marks, answers, at)
        SELECT r.id, r.contact_id, r.conversation_id, r.dialog, r.version, r.language, r.channel, r.marks, r.answers, r.at
        FROM {rows $1 AS r: id TEXT, contact_id TEXT, conversation_id TEXT, dialog TEXT, version TEXT, language TEXT,
            channel TEXT, marks TEXT, answers TEXT, at BIGINT}
        WHERE TRUE ON CONFLICT (id) DO NOTHING";
    PAGE = "SELECT id, dialog, version, language, channel, marks, answers, at FROM rating WHERE id > $1 ORDER BY id LIMIT $2";
}

/// A rating that was given.
pub struct Rated<'a> {
    pub id: String,
    pub contact: &'a str,
    pub conversation: &'a str,
    pub channel: &'a str,
    pub rating: &'a Rating,
    pub at: Millis,
}

/// # Errors
/// As the store's.
pub async fn add(tx: &mut Tx, rated: &[Rated<'_>]) -> Result<(), Fault> {
    #[derive(Serialize)]
    struct Row<'a> {
        id: &'a str,
        contact_id: &'a str,
        conversation_id: &'a str,
        dialog: &'a str,
        version: &'a str,
        language: &'static str,
        channel: &'a str,
        marks: String,
        answers: String,
        at: Millis,
    }
    if rated.is_empty() {
        return Ok(());
    }
    let seal = tx.seal();
    let mut rows = Vec::new();
    for one in rated {
        let marks = serde_json::to_string(&one.rating.marks)
            .map_err(|error| Fault::Poison(format!("rating.marks: {:?}", error.classify())))?;
        let answers = place("rating", &one.id, "answers");
        rows.push(Row {
            id: &one.id,
            contact_id: one.contact,
            conversation_id: one.conversation,
            dialog: &one.rating.dialog,
            version: &one.rating.version,
            language: one.rating.language.code(),
            channel: one.channel,
            marks,
            answers: close_json(&seal, answers, &one.rating.answers)?,
            at: one.at,
        });
    }
    tx.run(&ADD, &[Arg::rows(&rows)?]).await?;
    Ok(())
}

/// A rating as it is counted: nothing in it leads to who gave it.
pub struct Kept {
    pub id: String,
    pub channel: String,
    pub rating: Rating,
    pub at: Millis,
}

/// Up to `limit` ratings after an id, in the order of their ids.
///
/// # Errors
/// As the store's.
pub async fn page(tx: &mut Tx, after: &str, limit: i64) -> Result<Vec<Kept>, Fault> {
    let rows = tx.rows(&PAGE, &[after.into(), limit.into()]).await?;
    let seal = tx.seal();
    rows.iter()
        .map(|row| {
            let id = row.text("id")?;
            let answers = open_json(
                &seal,
                place("rating", &id, "answers"),
                &row.text("answers")?,
            )?;
            let marks = serde_json::from_str(&row.text("marks")?)
                .map_err(|error| Fault::Poison(format!("rating.marks: {:?}", error.classify())))?;
            let language = match row.text("language")?.as_str() {
                "en" => Lang::En,
                _ => Lang::Ar,
            };
            Ok(Kept {
                rating: Rating {
                    dialog: row.text("dialog")?,
                    version: row.text("version")?,
                    language,
                    marks,
                    answers,
                },
                channel: row.text("channel")?,
                at: row.int("at")?,
                id,
            })
        })
        .collect()
}
