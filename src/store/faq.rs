//! The FAQ's book: what was answered and whether it helped, and the phrasings that staff confirmed. What was
//! asked in vain stands with the handovers, where staff look.

use serde::Serialize;
use serde_json::json;

use super::sealed::{open_text, place};
use super::{Arg, Fault, Store, Tx, chain, statements, verify};
use crate::dialog::turn::{self, How};
use crate::event::Millis;
use crate::text::secret::redact;

statements! {
    ANSWERED = "INSERT INTO faq_answer (id, conversation_id, entry, version, score, how, at)
        SELECT r.id, r.conversation_id, r.entry, r.version, r.score, r.how, r.at
        FROM {rows $1 AS r: id TEXT, conversation_id TEXT, entry TEXT, version TEXT, score BIGINT, how TEXT, at BIGINT}
        WHERE TRUE ON CONFLICT (id) DO NOTHING";
    HELPED = "UPDATE faq_answer SET helped = r.helped
        FROM {rows $1 AS r: conversation_id TEXT, entry TEXT, helped BIGINT}
        WHERE faq_answer.conversation_id = r.conversation_id AND faq_answer.entry = r.entry AND faq_answer.helped IS NULL";
    LAST = "SELECT COALESCE(MAX(n), 0) AS n FROM faq_phrasing";
    LEARN = "INSERT INTO faq_phrasing (n, entry, text, by_whom, at)
        SELECT (SELECT COALESCE(MAX(l.n), 0) + 1 FROM faq_phrasing l), $1, $2, $3, $4
        WHERE NOT EXISTS (SELECT 1 FROM faq_phrasing p WHERE p.text = $2 AND p.entry = $1)";
    LEARNED = "SELECT n, entry, text FROM faq_phrasing WHERE n > $1 ORDER BY n";
    ASKED = "SELECT id, text, outcome, entry, at FROM unanswered WHERE settled_at IS NULL ORDER BY at, id";
    SETTLE = "UPDATE unanswered SET settled_at = $2, meant = $3, text = ''
        WHERE settled_at IS NULL AND id IN (SELECT r.id FROM {rows $1 AS r: id TEXT})";
}

/// An answer that was given.
pub struct Answered<'a> {
    pub id: String,
    pub conversation: &'a str,
    pub answered: &'a turn::Answered,
    pub at: Millis,
}

/// # Errors
/// As the store's.
pub async fn answered(tx: &mut Tx, answers: &[Answered<'_>]) -> Result<(), Fault> {
    #[derive(Serialize)]
    struct Row<'a> {
        id: &'a str,
        conversation_id: &'a str,
        entry: &'a str,
        version: &'a str,
        score: i64,
        how: &'static str,
        at: Millis,
    }
    if answers.is_empty() {
        return Ok(());
    }
    let rows: Vec<_> = answers
        .iter()
        .map(|one| Row {
            id: &one.id,
            conversation_id: one.conversation,
            entry: &one.answered.entry,
            version: &one.answered.version,
            score: (one.answered.score * 1_000.0).round() as i64,
            how: match one.answered.how {
                How::Asserted => "asserted",
                How::Picked => "picked",
            },
            at: one.at,
        })
        .collect();
    tx.run(&ANSWERED, &[Arg::rows(&rows)?]).await?;
    Ok(())
}

/// Whether an answer helped, in the person's own word.
#[derive(Serialize)]
pub struct Helped<'a> {
    pub conversation_id: &'a str,
    pub entry: &'a str,
    /// 1: yes.
    pub helped: i64,
}

/// # Errors
/// As the store's.
pub async fn helped(tx: &mut Tx, words: &[Helped<'_>]) -> Result<(), Fault> {
    if !words.is_empty() {
        tx.run(&HELPED, &[Arg::rows(words)?]).await?;
    }
    Ok(())
}

/// A phrasing that staff confirmed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrasing {
    /// Its place in the order of learning, from 1.
    pub n: i64,
    pub entry: String,
    pub text: String,
}

/// Keeps a confirmed phrasing; the same one twice counts once.
///
/// # Errors
/// As the store's.
pub async fn learn(
    tx: &mut Tx,
    entry: &str,
    text: &str,
    by_whom: &str,
    at: Millis,
) -> Result<(), Fault> {
    let args = [entry.into(), text.into(), by_whom.into(), at.into()];
    tx.run(&LEARN, &args).await?;
    Ok(())
}

/// The number of the last phrasing that was confirmed; 0 when there is none.
///
/// # Errors
/// As the store's.
pub async fn last(tx: &mut Tx) -> Result<i64, Fault> {
    match tx.row(&LAST, &[]).await? {
        Some(row) => row.int("n"),
        None => Ok(0),
    }
}

/// The phrasings behind a number, in their order.
///
/// # Errors
/// As the store's.
pub async fn learned(tx: &mut Tx, after: i64) -> Result<Vec<Phrasing>, Fault> {
    let rows = tx.rows(&LEARNED, &[after.into()]).await?;
    rows.iter()
        .map(|row| {
            Ok(Phrasing {
                n: row.int("n")?,
                entry: row.text("entry")?,
                text: row.text("text")?,
            })
        })
        .collect()
}

/// A question that stands at the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    pub id: String,
    pub text: String,
    /// What became of it, as the word of `Outcome`; questions of earlier builds have none.
    pub outcome: Option<String>,
    /// The guess that the person said yes to.
    pub entry: Option<String>,
    pub at: Millis,
}

/// Everything at the desk, the oldest first.
///
/// # Errors
/// As the store's.
pub async fn asked(tx: &mut Tx) -> Result<Vec<Asked>, Fault> {
    let rows = tx.rows(&ASKED, &[]).await?;
    let seal = tx.seal();
    rows.iter()
        .map(|row| {
            let id = row.text("id")?;
            Ok(Asked {
                text: open_text(&seal, place("unanswered", &id, "text"), &row.text("text")?)?,
                outcome: row.opt_text("outcome")?,
                entry: row.opt_text("entry")?,
                at: row.int("at")?,
                id,
            })
        })
        .collect()
}

/// Takes questions from the desk: what they meant (None: nothing of the charity) stays for reports, their words
/// do not.
///
/// # Errors
/// As the store's.
pub async fn settle(
    tx: &mut Tx,
    ids: &[&str],
    meant: Option<&str>,
    at: Millis,
) -> Result<(), Fault> {
    if !ids.is_empty() {
        let args = [Arg::ids(ids.iter().copied())?, at.into(), meant.into()];
        tx.run(&SETTLE, &args).await?;
    }
    Ok(())
}

/// What staff say that questions of the desk mean.
pub struct Lesson {
    /// The entry that they ask; None: nothing of the charity.
    pub entry: Option<String>,
    /// Ids of the questions.
    pub questions: Vec<String>,
    pub by: String,
    pub at: Millis,
}

/// What became of a lesson.
#[derive(Debug, PartialEq, Eq)]
pub struct Taught {
    /// Questions that stood at the desk, and stand there no longer.
    pub known: usize,
    /// Ids that do not stand there.
    pub unknown: Vec<String>,
}

/// Takes questions from the desk, keeps them as ways to ask the entry (without numbers that tell who somebody
/// is), and records in the audit who said so; all of it or nothing.
///
/// # Errors
/// As the store's.
pub async fn teach(store: &Store, lesson: &Lesson) -> Result<Taught, Fault> {
    let mut tx = store.begin_write().await?;
    let asked = asked(&mut tx).await?;
    let of_lesson = |id: &String| asked.iter().find(|one| one.id == *id);
    let mut known = Vec::new();
    for question in lesson.questions.iter().filter_map(of_lesson) {
        if let Some(entry) = &lesson.entry {
            let (text, _) = redact(&question.text);
            learn(&mut tx, entry, &text, &lesson.by, lesson.at).await?;
        }
        known.push(question.id.as_str());
    }
    settle(&mut tx, &known, lesson.entry.as_deref(), lesson.at).await?;
    if !known.is_empty() {
        let link = chain::Link {
            at: lesson.at,
            kind: "faq".to_owned(),
            subject: lesson.entry.clone().unwrap_or_else(|| "none".to_owned()),
            author: lesson.by.clone(),
            detail: json!({ "questions": known }).to_string(),
            value: None,
        };
        chain::append(&mut tx, verify::AUDIT, &[link]).await?;
    }
    tx.commit().await?;
    let unknown = lesson.questions.iter();
    Ok(Taught {
        known: known.len(),
        unknown: unknown
            .filter(|id| of_lesson(id).is_none())
            .cloned()
            .collect(),
    })
}
