//! Opening requests: claiming the reference, storing answers, files and the evidence of the
//! declaration, and seeing whether the same ID stands in another open request.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::case::{list, unwritable};
use super::person::{self, Named};
use super::{Arg, Fault, Tx, attachment, chain, id, item, message, statements};
use crate::dialog::turn::{Declaration, Submission};
use crate::dialog::value::{Given, Value};
use crate::event::{Millis, Seed, Source};

/// The name of the chain that holds declarations.
pub const EVIDENCE: &str = "evidence";

statements! {
    ADD = "INSERT INTO case_file (id, reference, contact_id, conversation_id, person_id, kind, service, state, dialog,
            version, language, capacity, flags, duplicate, missing, trail, source, channel, submitted_at,
            complete_at, answer_from, answer_by, updated_at)
        SELECT r.id, r.reference, r.contact_id, r.conversation_id, r.person_id, r.kind, r.service, r.state, r.dialog,
            r.version, r.language, r.capacity, r.flags, 0, r.missing, r.trail, r.source, r.channel, r.submitted_at,
            r.complete_at, r.answer_from, r.answer_by, r.submitted_at
        FROM {rows $1 AS r: id TEXT, reference TEXT, contact_id TEXT, conversation_id TEXT, person_id TEXT, kind TEXT,
            service TEXT, state TEXT, dialog TEXT, version TEXT, language TEXT, capacity TEXT, flags TEXT,
            missing TEXT, trail TEXT, source TEXT, channel TEXT, submitted_at BIGINT, complete_at BIGINT,
            answer_from BIGINT, answer_by BIGINT}
        WHERE TRUE ON CONFLICT (reference) DO NOTHING RETURNING id";
    FLAG_DUPLICATES = "UPDATE case_file SET duplicate = 1
        WHERE closed_at IS NULL AND person_id IN (SELECT r.id FROM {rows $1 AS r: id TEXT})
        AND EXISTS (SELECT 1 FROM case_file o WHERE o.person_id = case_file.person_id
            AND o.id <> case_file.id AND o.closed_at IS NULL)
        RETURNING id, person_id";
}

/// A request that wants to be opened.
#[derive(Clone, Debug)]
pub struct Opening<'a> {
    pub submission: &'a Submission,
    pub contact: &'a str,
    pub conversation: &'a str,
    /// The state in which a case of its kind begins.
    pub state: &'a str,
    pub seed: Seed,
    pub source: Source,
    pub channel: &'a str,
}

/// What became of an opening.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// None: the reference belongs to another case, nothing was stored; try another.
    pub case: Option<String>,
    /// The same ID stands in another open request.
    pub duplicate: bool,
}

/// Opens requests with their answers, attachments and evidence, in their order.
///
/// # Errors
/// As the store's.
pub async fn open(tx: &mut Tx, openings: &[Opening<'_>]) -> Result<Vec<Opened>, Fault> {
    if openings.is_empty() {
        return Ok(Vec::new());
    }
    let persons = persons_of(tx, openings).await?;
    let new: Vec<_> = openings
        .iter()
        .map(|opening| new_case(opening, &persons))
        .collect::<Result<_, _>>()?;
    let mut stored = BTreeSet::new();
    for row in tx.rows(&ADD, &[Arg::rows(&new)?]).await? {
        stored.insert(row.text("id")?);
    }
    let kept: Vec<_> = new
        .iter()
        .zip(openings)
        .filter(|(case, _)| stored.contains(&case.id))
        .map(|(case, opening)| (case.id.as_str(), opening))
        .collect();
    item::add_all(tx, &kept).await?;
    attachment::belong(tx, &files_of(&kept)).await?;
    chain::append(tx, EVIDENCE, &evidence_of(&kept)?).await?;
    let flagged = flag_duplicates(tx, persons.values().map(String::as_str)).await?;
    Ok(outcomes(&new, &stored, &flagged))
}

/// The table flags every open request of one ID. Of those who ask, only one that meets an earlier
/// request hears of it: one from before this call, or one that stands before it in this call.
fn outcomes(
    new: &[NewCase<'_>],
    stored: &BTreeSet<String>,
    flagged: &BTreeMap<String, String>,
) -> Vec<Opened> {
    let mut met: BTreeSet<&str> = flagged
        .iter()
        .filter(|(case, _)| !stored.contains(*case))
        .map(|(_, person)| person.as_str())
        .collect();
    let mut outcomes = Vec::new();
    for case in new {
        let kept = stored.contains(&case.id);
        let first = case
            .person_id
            .is_none_or(|person| !kept || met.insert(person));
        outcomes.push(Opened {
            duplicate: kept && !first,
            case: kept.then(|| case.id.clone()),
        });
    }
    outcomes
}

/// The open requests whose person has another one open: case to person.
async fn flag_duplicates<'a>(
    tx: &mut Tx,
    persons: impl Iterator<Item = &'a str>,
) -> Result<BTreeMap<String, String>, Fault> {
    let rows = tx.rows(&FLAG_DUPLICATES, &[Arg::ids(persons)?]).await?;
    rows.iter()
        .map(|row| Ok((row.text("id")?, row.text("person_id")?)))
        .collect()
}

async fn persons_of(
    tx: &mut Tx,
    openings: &[Opening<'_>],
) -> Result<BTreeMap<String, String>, Fault> {
    let named: Vec<_> = openings
        .iter()
        .filter_map(|opening| {
            Some(Named {
                document: document_of(opening.submission)?,
                at: opening.submission.submitted_at,
                bytes: opening.seed.derive("person"),
            })
        })
        .collect();
    person::lock(tx, &named).await
}

/// The number by which duplicates are looked up.
fn document_of(submission: &Submission) -> Option<&str> {
    match &submission.answers.get(submission.id_field.as_ref()?)?.value {
        Value::NationalId(number) | Value::OtherDocument(number) | Value::Text(number) => {
            Some(number)
        }
        _ => None,
    }
}

#[derive(Serialize)]
struct NewCase<'a> {
    id: String,
    reference: &'a str,
    contact_id: &'a str,
    conversation_id: &'a str,
    person_id: Option<&'a str>,
    kind: &'a str,
    service: &'a str,
    state: &'a str,
    dialog: &'a str,
    version: &'a str,
    language: String,
    capacity: &'a str,
    flags: String,
    missing: String,
    trail: String,
    source: &'static str,
    channel: &'a str,
    submitted_at: Millis,
    complete_at: Option<Millis>,
    answer_from: Option<Millis>,
    answer_by: Option<Millis>,
}

fn new_case<'a>(
    opening: &Opening<'a>,
    persons: &'a BTreeMap<String, String>,
) -> Result<NewCase<'a>, Fault> {
    let submission = opening.submission;
    let person = document_of(submission).and_then(|document| persons.get(document));
    Ok(NewCase {
        id: id::at(
            submission.submitted_at,
            opening.seed.derive(&format!("case:{}", submission.attempt)),
        ),
        reference: &submission.reference,
        contact_id: opening.contact,
        conversation_id: opening.conversation,
        person_id: person.map(String::as_str),
        kind: &submission.kind,
        service: &submission.service,
        state: opening.state,
        dialog: &submission.dialog,
        version: &submission.version,
        language: word(&submission.language)?,
        capacity: submission
            .declaration
            .as_ref()
            .map_or("", |declaration| &declaration.capacity),
        flags: list(&submission.flags)?,
        missing: list(&submission.missing)?,
        trail: list(&submission.trail)?,
        source: message::source_word(opening.source),
        channel: opening.channel,
        submitted_at: submission.submitted_at,
        complete_at: submission.complete_at,
        answer_from: submission.answer_from,
        answer_by: submission.answer_by,
    })
}

/// The files among the answers, each with its case and slot.
fn files_of<'a>(kept: &[(&'a str, &Opening<'a>)]) -> Vec<attachment::Belonging<'a>> {
    let mut files = Vec::new();
    for (case, opening) in kept {
        for (slot, given) in &opening.submission.answers {
            for id in attachment::within(&given.value) {
                files.push(attachment::Belonging {
                    id,
                    case_id: case,
                    slot,
                });
            }
        }
    }
    files
}

/// What a declaration vouches for: its own words, and every answer as it stood then.
#[derive(Serialize)]
struct Vouched<'a> {
    declaration: &'a Declaration,
    answers: &'a BTreeMap<String, Given>,
}

fn evidence_of(kept: &[(&str, &Opening<'_>)]) -> Result<Vec<chain::Link>, Fault> {
    let mut links = Vec::new();
    for (case, opening) in kept {
        let submission = opening.submission;
        let Some(declaration) = &submission.declaration else {
            continue;
        };
        // The message's id stands in the sealed value: some platforms hide a phone number in theirs.
        let detail = serde_json::json!({
            "reference": submission.reference,
            "text_version": declaration.version,
            "dialogs": submission.version,
            "capacity": declaration.capacity,
            "channel": declaration.channel,
        });
        let vouched = Vouched {
            declaration,
            answers: &submission.answers,
        };
        links.push(chain::Link {
            at: declaration.at,
            kind: "declaration".to_owned(),
            subject: (*case).to_owned(),
            author: "applicant".to_owned(),
            detail: detail.to_string(),
            value: Some(unwritable(serde_json::to_string(&vouched))?),
        });
    }
    Ok(links)
}

/// An enum that is written as one word.
fn word<T: Serialize>(value: &T) -> Result<String, Fault> {
    Ok(unwritable(serde_json::to_string(value))?
        .trim_matches('"')
        .to_owned())
}
