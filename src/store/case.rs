//! Requests: what staff own. Opening one claims its reference; losing the claim is an answer, not an
//! error. Every answer in it stands sealed.

use serde::Serialize;

pub use super::opening::{EVIDENCE, Opened, Opening, open};
use super::{Arg, Fault, Row, Tx, person, statements};
use crate::event::{KnownCase, Millis};

statements! {
    OF_CONTACTS = "SELECT c.* FROM {rows $1 AS r: id TEXT} JOIN case_file c ON c.contact_id = r.id
        ORDER BY c.submitted_at DESC, c.id DESC";
    BY_REFERENCE = "SELECT c.* FROM {rows $1 AS r: id TEXT} JOIN case_file c ON c.reference = r.id {for_update OF c}";
    FIND = "SELECT c.* FROM case_file c WHERE c.reference = $1";
    MOVE = "UPDATE case_file SET state = r.state, closed_at = r.closed_at, updated_at = r.at
        FROM {rows $1 AS r: id TEXT, state TEXT, closed_at BIGINT, at BIGINT} WHERE case_file.id = r.id";
    FILL = "UPDATE case_file SET missing = r.missing, complete_at = r.complete_at, answer_from = r.answer_from,
            answer_by = r.answer_by, updated_at = r.at
        FROM {rows $1 AS r: id TEXT, missing TEXT, complete_at BIGINT, answer_from BIGINT, answer_by BIGINT, at BIGINT}
        WHERE case_file.id = r.id";
    PAGE = "SELECT c.* FROM case_file c WHERE c.id > $1 ORDER BY c.id LIMIT $2";
}

/// A request as it stands, without its answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    pub id: String,
    pub reference: String,
    pub contact: String,
    pub conversation: Option<String>,
    pub person: Option<String>,
    pub kind: String,
    pub service: String,
    pub state: String,
    pub dialog: String,
    pub version: String,
    pub language: String,
    /// "self", "relative", "guardian" …; empty when nobody asked.
    pub capacity: String,
    /// Words of `Flag`, of the whole request.
    pub flags: Vec<String>,
    /// The same ID stands in another open request. Staff only.
    pub duplicate: bool,
    pub missing: Vec<String>,
    pub trail: Vec<String>,
    pub source: String,
    pub channel: String,
    pub submitted_at: Millis,
    pub complete_at: Option<Millis>,
    pub answer_from: Option<Millis>,
    pub answer_by: Option<Millis>,
    pub closed_at: Option<Millis>,
    pub updated_at: Millis,
}

impl Case {
    /// What a person may hear of it.
    pub fn known(&self) -> KnownCase {
        KnownCase {
            reference: self.reference.clone(),
            service: self.service.clone(),
            state: self.state.clone(),
            opened_at: self.submitted_at,
            missing: self.missing.clone(),
            answer_from: self.answer_from,
            answer_by: self.answer_by,
        }
    }
}

/// The cases of these contacts as they may hear of them, newest first.
pub(super) async fn of_contacts(
    tx: &mut Tx,
    contacts: &Arg,
) -> Result<Vec<(String, KnownCase)>, Fault> {
    let rows = tx
        .rows(&OF_CONTACTS, std::slice::from_ref(contacts))
        .await?;
    rows.iter()
        .map(|row| {
            let case = read(row)?;
            Ok((case.contact.clone(), case.known()))
        })
        .collect()
}

/// One request.
///
/// # Errors
/// As the store's.
pub async fn find(tx: &mut Tx, reference: &str) -> Result<Option<Case>, Fault> {
    let row = tx.row(&FIND, &[reference.into()]).await?;
    row.map(|row| read(&row)).transpose()
}

/// These requests, locked until the transaction ends.
///
/// # Errors
/// As the store's.
pub async fn lock(tx: &mut Tx, references: &[&str]) -> Result<Vec<Case>, Fault> {
    let rows = tx
        .rows(&BY_REFERENCE, &[Arg::ids(references.iter().copied())?])
        .await?;
    rows.iter().map(read).collect()
}

/// Somebody asks how a request stands.
#[derive(Clone, Debug)]
pub struct Question<'a> {
    pub reference: &'a str,
    /// The last four digits of the person's document, when they were given.
    pub last_four: Option<&'a str>,
    /// Who asks.
    pub contact: &'a str,
}

/// The answers, in their order: the applicant needs no second factor, anybody else the last four
/// digits. An unknown reference and a wrong factor are never told apart.
///
/// # Errors
/// As the store's.
pub async fn status(
    tx: &mut Tx,
    questions: &[Question<'_>],
) -> Result<Vec<Option<KnownCase>>, Fault> {
    if questions.is_empty() {
        return Ok(Vec::new());
    }
    let references: Vec<_> = questions
        .iter()
        .map(|question| question.reference)
        .collect();
    let cases = lock(tx, &references).await?;
    let persons: Vec<_> = cases
        .iter()
        .filter_map(|case| case.person.as_deref())
        .collect();
    let documents = person::documents(tx, &persons).await?;
    Ok(questions
        .iter()
        .map(|question| {
            let case = cases
                .iter()
                .find(|case| case.reference == question.reference)?;
            let document = case
                .person
                .as_ref()
                .and_then(|person| documents.get(person));
            let may = case.contact == question.contact || ends_with(document, question.last_four);
            may.then(|| case.known())
        })
        .collect())
}

fn ends_with(document: Option<&String>, last_four: Option<&str>) -> bool {
    match (document, last_four) {
        (Some(document), Some(four)) => four.len() == 4 && document.ends_with(four),
        (None, _) | (_, None) => false,
    }
}

/// A request that moves to another state; `closed_at` when nothing follows any more.
#[derive(Clone, Debug, Serialize)]
pub struct Move<'a> {
    pub id: &'a str,
    pub state: &'a str,
    pub closed_at: Option<Millis>,
    pub at: Millis,
}

/// # Errors
/// As the store's.
pub async fn moves(tx: &mut Tx, moves: &[Move<'_>]) -> Result<(), Fault> {
    if !moves.is_empty() {
        tx.run(&MOVE, &[Arg::rows(moves)?]).await?;
    }
    Ok(())
}

/// What is missing in a request now, and since when nothing is.
#[derive(Clone, Debug)]
pub struct Filling<'a> {
    pub id: &'a str,
    pub missing: &'a [String],
    pub complete_at: Option<Millis>,
    pub answer_from: Option<Millis>,
    pub answer_by: Option<Millis>,
    pub at: Millis,
}

/// # Errors
/// As the store's.
pub async fn fill(tx: &mut Tx, fillings: &[Filling<'_>]) -> Result<(), Fault> {
    #[derive(Serialize)]
    struct Filled<'a> {
        id: &'a str,
        missing: String,
        complete_at: Option<Millis>,
        answer_from: Option<Millis>,
        answer_by: Option<Millis>,
        at: Millis,
    }
    if fillings.is_empty() {
        return Ok(());
    }
    let mut rows = Vec::new();
    for filling in fillings {
        rows.push(Filled {
            id: filling.id,
            missing: list(filling.missing)?,
            complete_at: filling.complete_at,
            answer_from: filling.answer_from,
            answer_by: filling.answer_by,
            at: filling.at,
        });
    }
    tx.run(&FILL, &[Arg::rows(&rows)?]).await?;
    Ok(())
}

/// Up to `limit` requests after an id, in the order of their ids.
///
/// # Errors
/// As the store's.
pub async fn page(tx: &mut Tx, after: &str, limit: i64) -> Result<Vec<Case>, Fault> {
    let rows = tx.rows(&PAGE, &[after.into(), limit.into()]).await?;
    rows.iter().map(read).collect()
}

fn read(row: &Row) -> Result<Case, Fault> {
    Ok(Case {
        id: row.text("id")?,
        reference: row.text("reference")?,
        contact: row.text("contact_id")?,
        conversation: row.opt_text("conversation_id")?,
        person: row.opt_text("person_id")?,
        kind: row.text("kind")?,
        service: row.text("service")?,
        state: row.text("state")?,
        dialog: row.text("dialog")?,
        version: row.text("version")?,
        language: row.text("language")?,
        capacity: row.text("capacity")?,
        flags: listed(row, "flags")?,
        duplicate: row.flag("duplicate")?,
        missing: listed(row, "missing")?,
        trail: listed(row, "trail")?,
        source: row.text("source")?,
        channel: row.text("channel")?,
        submitted_at: row.int("submitted_at")?,
        complete_at: row.opt_int("complete_at")?,
        answer_from: row.opt_int("answer_from")?,
        answer_by: row.opt_int("answer_by")?,
        closed_at: row.opt_int("closed_at")?,
        updated_at: row.int("updated_at")?,
    })
}

/// A list of words in one column, as JSON.
pub(super) fn list<T: Serialize>(words: &[T]) -> Result<String, Fault> {
    unwritable(serde_json::to_string(words))
}

pub(super) fn listed(row: &Row, column: &str) -> Result<Vec<String>, Fault> {
    serde_json::from_str(&row.text(column)?)
        .map_err(|_| Fault::Poison(format!("column {column} is no list of words")))
}

pub(super) fn unwritable(written: serde_json::Result<String>) -> Result<String, Fault> {
    written.map_err(|error| Fault::Poison(format!("writing a case: {error}")))
}
