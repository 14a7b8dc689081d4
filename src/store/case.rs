//! Requests: what staff own. Opening one claims its reference; losing the claim is an answer, not an
//! error. Every answer in it stands sealed.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::person::{self, Named};
use super::sealed::{open_text, place};
use super::{Arg, Fault, Row, Sql, Tx, attachment, chain, id, item, statements};
use crate::dialog::turn::{Declaration, Submission};
use crate::dialog::value::Flag;
use crate::event::casework::{CaseFile, KnownItem};
use crate::event::{KnownCase, Millis, Seed, Source};
use crate::seal::Seal;

/// The name of the chain that holds declarations.
pub const EVIDENCE: &str = "evidence";

statements! {
    ADD = "INSERT INTO case_file (id, reference, contact_id, conversation_id, person_id, kind, service, state, dialog,
            version, language, capacity, flags, duplicate, missing, trail, source, channel, about, proven,
            submitted_at, complete_at, answer_from, answer_by, state_at, updated_at)
        SELECT r.id, r.reference, r.contact_id, r.conversation_id, r.person_id, r.kind, r.service, r.state, r.dialog,
            r.version, r.language, r.capacity, r.flags, 0, r.missing, r.trail, r.source, r.channel, r.about, r.proven,
            r.submitted_at, r.complete_at, r.answer_from, r.answer_by, r.submitted_at, r.submitted_at
        FROM {rows $1 AS r: id TEXT, reference TEXT, contact_id TEXT, conversation_id TEXT, person_id TEXT, kind TEXT,
            service TEXT, state TEXT, dialog TEXT, version TEXT, language TEXT, capacity TEXT, flags TEXT,
            missing TEXT, trail TEXT, source TEXT, channel TEXT, about TEXT, proven BIGINT, submitted_at BIGINT,
            complete_at BIGINT, answer_from BIGINT, answer_by BIGINT}
        WHERE TRUE ON CONFLICT (reference) DO NOTHING RETURNING id";
    FLAG_DUPLICATES = "UPDATE case_file SET duplicate = 1
        WHERE closed_at IS NULL AND person_id IN (SELECT r.id FROM {rows $1 AS r: id TEXT})
        AND EXISTS (SELECT 1 FROM case_file o WHERE o.person_id = case_file.person_id
            AND o.id <> case_file.id AND o.closed_at IS NULL)
        RETURNING id, person_id";
    THESE = "SELECT c.* FROM {rows $1 AS r: id TEXT} JOIN case_file c ON c.id = r.id ORDER BY c.submitted_at DESC, c.id";
    OF_CONTACTS = "SELECT c.* FROM {rows $1 AS r: id TEXT} JOIN case_file c ON c.contact_id = r.id
        ORDER BY c.submitted_at DESC, c.id DESC";
    MAINS = "SELECT DISTINCT k.id, k.merged_into FROM {rows $1 AS r: id TEXT} JOIN contact k ON k.id = r.id
        WHERE k.merged_into IS NOT NULL";
    BY_REFERENCE = "SELECT c.* FROM {rows $1 AS r: id TEXT} JOIN case_file c ON c.reference = r.id {for_update OF c}";
    FIND = "SELECT c.* FROM case_file c WHERE c.reference = $1";
    MOVE = "UPDATE case_file SET state = r.state, state_at = r.at, told = r.told, closed_at = r.closed_at, updated_at = r.at
        FROM {rows $1 AS r: id TEXT, state TEXT, told TEXT, closed_at BIGINT, at BIGINT} WHERE case_file.id = r.id";
    POSTPONE = "UPDATE case_file SET answer_by = r.answer_by, told = r.told, updated_at = r.at
        FROM {rows $1 AS r: id TEXT, answer_by BIGINT, told TEXT, at BIGINT} WHERE case_file.id = r.id";
    OPEN_OF_KIND = "SELECT c.* FROM case_file c WHERE c.kind = $1 AND c.closed_at IS NULL ORDER BY c.submitted_at, c.id";
    FILL = "UPDATE case_file SET missing = r.missing, complete_at = r.complete_at, answer_from = r.answer_from,
            answer_by = r.answer_by, updated_at = r.at
        FROM {rows $1 AS r: id TEXT, missing TEXT, complete_at BIGINT, answer_from BIGINT, answer_by BIGINT, at BIGINT}
        WHERE case_file.id = r.id";
    OPEN_OF_SERVICE = "SELECT service, COUNT(*) AS open FROM case_file
        WHERE closed_at IS NULL AND service IN (SELECT r.id FROM {rows $1 AS r: id TEXT}) GROUP BY service";
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
    /// Number of the request that this one is about.
    pub about: Option<String>,
    /// Whoever handed it in proved who they are.
    pub proven: bool,
    pub submitted_at: Millis,
    pub complete_at: Option<Millis>,
    pub answer_from: Option<Millis>,
    pub answer_by: Option<Millis>,
    /// Since when it stands where it stands.
    pub state_at: Millis,
    /// What staff wrote to the person about where it stands.
    pub told: Option<String>,
    pub closed_at: Option<Millis>,
    pub updated_at: Millis,
    pub work: Work,
}

/// What staff made of a request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Work {
    /// Whoever began to check it; empty: nobody.
    pub owner: String,
    /// Something of it was sent back at some time.
    pub was_sent_back: bool,
    /// When the last answer to what was sent back came; None: nothing to look at.
    pub returned_at: Option<Millis>,
    pub signed_off: Option<(String, Millis)>,
    pub file_number: Option<String>,
    /// Names of `checks` of cases.yaml.
    pub checks: Vec<String>,
    pub registered: Option<(String, Millis)>,
    pub decided: Option<(String, Millis)>,
}

impl Case {
    /// What a person may hear of it.
    pub fn known(&self) -> KnownCase {
        KnownCase {
            reference: self.reference.clone(),
            kind: self.kind.clone(),
            service: self.service.clone(),
            state: self.state.clone(),
            about: self.about.clone(),
            state_at: self.state_at,
            opened_at: self.submitted_at,
            missing: self.missing.clone(),
            answer_from: self.answer_from,
            answer_by: self.answer_by,
            told: self.told.clone(),
            file: CaseFile {
                dialog: self.dialog.clone(),
                items: Vec::new(),
                signed_off: self.work.signed_off.is_some(),
                registered: self.work.registered.is_some(),
                decided_by: self.work.decided.clone().unwrap_or_default().0,
                first_decider: String::new(),
            },
        }
    }
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
    /// Its place in the service's waiting list, from 1, when the quota is used up.
    pub waiting: Option<u32>,
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
    let places = places_in_line(tx, openings).await?;
    let new: Vec<_> = openings
        .iter()
        .zip(&places)
        .map(|(opening, place)| new_case(opening, &persons, place.is_some()))
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
    Ok(outcomes(&new, &stored, &flagged, &places))
}

/// Where each opening stands in its service's waiting list: None while there is a free place, and for a
/// service without a list. Two instances that open at the same moment may give one place twice; the
/// order of the list itself is that of the requests.
async fn places_in_line(tx: &mut Tx, openings: &[Opening<'_>]) -> Result<Vec<Option<u32>>, Fault> {
    let limited = openings
        .iter()
        .filter(|opening| opening.submission.quota.is_some());
    let services: BTreeSet<&str> = limited
        .map(|opening| opening.submission.service.as_str())
        .collect();
    let mut open: BTreeMap<String, u32> = BTreeMap::new();
    if !services.is_empty() {
        for row in tx.rows(&OPEN_OF_SERVICE, &[Arg::ids(services)?]).await? {
            open.insert(
                row.text("service")?,
                row.int("open")?.try_into().unwrap_or(u32::MAX),
            );
        }
    }
    let place = |opening: &Opening<'_>| {
        let quota = opening.submission.quota?;
        let count = open.entry(opening.submission.service.clone()).or_default();
        *count = count.saturating_add(1);
        count.checked_sub(quota).filter(|place| *place > 0)
    };
    Ok(openings.iter().map(place).collect())
}

/// The table flags every open request of one ID. Of those who ask, only one that meets an earlier
/// request hears of it: one from before this call, or one that stands before it in this call.
fn outcomes(
    new: &[NewCase<'_>],
    stored: &BTreeSet<String>,
    flagged: &BTreeMap<String, String>,
    places: &[Option<u32>],
) -> Vec<Opened> {
    let mut met: BTreeSet<&str> = flagged
        .iter()
        .filter(|(case, _)| !stored.contains(*case))
        .map(|(_, person)| person.as_str())
        .collect();
    let mut outcomes = Vec::new();
    for (case, place) in new.iter().zip(places) {
        let kept = stored.contains(&case.id);
        let first = case
            .person_id
            .is_none_or(|person| !kept || met.insert(person));
        outcomes.push(Opened {
            duplicate: kept && !first,
            waiting: place.filter(|_| kept),
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
                document: opening.submission.document.as_deref()?,
                at: opening.submission.submitted_at,
                bytes: opening.seed.derive("person"),
            })
        })
        .collect();
    person::lock(tx, &named).await
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
    about: Option<&'a str>,
    proven: u8,
    submitted_at: Millis,
    complete_at: Option<Millis>,
    answer_from: Option<Millis>,
    answer_by: Option<Millis>,
}

fn new_case<'a>(
    opening: &Opening<'a>,
    persons: &'a BTreeMap<String, String>,
    waits: bool,
) -> Result<NewCase<'a>, Fault> {
    let submission = opening.submission;
    let mut flags = submission.flags.clone();
    flags.extend(waits.then_some(Flag::WaitingList));
    let document = submission.document.as_ref();
    let person = document.and_then(|document| persons.get(document));
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
        capacity: &submission.capacity,
        flags: list(&flags)?,
        missing: list(&submission.missing)?,
        trail: list(&submission.trail)?,
        source: super::message::source_word(opening.source),
        channel: opening.channel,
        about: submission.about.as_deref(),
        proven: u8::from(submission.proven),
        submitted_at: submission.submitted_at,
        complete_at: submission.complete_at,
        // Who waits in line for a place is promised no date.
        answer_from: submission.answer_from.filter(|_| !waits),
        answer_by: submission.answer_by.filter(|_| !waits),
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
    answers: &'a BTreeMap<String, crate::dialog::value::Given>,
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

/// The cases of these contacts as they may hear of them, newest first.
pub(super) async fn of_contacts(
    tx: &mut Tx,
    contacts: &Arg,
) -> Result<Vec<(String, KnownCase)>, Fault> {
    let cases = read_all(tx, &OF_CONTACTS, std::slice::from_ref(contacts)).await?;
    // The items are of use only where some of them were sent back; of others a talk needs none.
    let sent: Vec<_> = cases
        .iter()
        .filter(|case| case.work.was_sent_back)
        .collect();
    let mut items = items_of(tx, &sent).await?;
    Ok(cases
        .into_iter()
        .map(|case| {
            let mut known = case.known();
            known.file.items = items.remove(&case.id).unwrap_or_default();
            (case.contact, known)
        })
        .collect())
}

async fn items_of(tx: &mut Tx, cases: &[&Case]) -> Result<BTreeMap<String, Vec<KnownItem>>, Fault> {
    let mut all: BTreeMap<String, Vec<KnownItem>> = BTreeMap::new();
    let ids: Vec<&str> = cases.iter().map(|case| case.id.as_str()).collect();
    if ids.is_empty() {
        return Ok(all);
    }
    for one in item::of(tx, &ids).await? {
        all.entry(one.case.clone()).or_default().push(one.known());
    }
    Ok(all)
}

/// These requests with their whole files, as whoever works on them must know: also who decided the request that
/// each is about.
///
/// # Errors
/// As the store's.
pub async fn files(tx: &mut Tx, references: &[&str]) -> Result<Vec<(String, KnownCase)>, Fault> {
    let cases = lock(tx, references).await?;
    let mut items = items_of(tx, &cases.iter().collect::<Vec<_>>()).await?;
    let about: Vec<&str> = cases
        .iter()
        .filter_map(|case| case.about.as_deref())
        .collect();
    let mut deciders = BTreeMap::new();
    if !about.is_empty() {
        for case in lock(tx, &about).await? {
            deciders.insert(case.reference, case.work.decided.unwrap_or_default().0);
        }
    }
    Ok(cases
        .into_iter()
        .map(|case| {
            let mut known = case.known();
            known.file.items = items.remove(&case.id).unwrap_or_default();
            let about = case.about.as_ref().and_then(|about| deciders.get(about));
            known.file.first_decider = about.cloned().unwrap_or_default();
            (case.contact, known)
        })
        .collect())
}

/// These cases, newest first.
///
/// # Errors
/// As the store's.
pub async fn these(tx: &mut Tx, ids: &[&str]) -> Result<Vec<Case>, Fault> {
    read_all(tx, &THESE, &[Arg::ids(ids.iter().copied())?]).await
}

/// The cases of these contacts, newest first.
///
/// # Errors
/// As the store's.
pub async fn all_of_contacts(tx: &mut Tx, contacts: &[&str]) -> Result<Vec<Case>, Fault> {
    read_all(tx, &OF_CONTACTS, &[Arg::ids(contacts.iter().copied())?]).await
}

/// One request.
///
/// # Errors
/// As the store's.
pub async fn find(tx: &mut Tx, reference: &str) -> Result<Option<Case>, Fault> {
    let found = read_all(tx, &FIND, &[reference.into()]).await?;
    Ok(found.into_iter().next())
}

/// These requests, locked until the transaction ends.
///
/// # Errors
/// As the store's.
pub async fn lock(tx: &mut Tx, references: &[&str]) -> Result<Vec<Case>, Fault> {
    let ids = Arg::ids(references.iter().copied())?;
    read_all(tx, &BY_REFERENCE, &[ids]).await
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
/// digits; where digits were given they must be right, whoever asks. An unknown reference and a wrong
/// factor are never told apart.
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
    let mains = mains(tx, &cases).await?;
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
            let may = match question.last_four {
                Some(four) => ends_with(document, four),
                None => {
                    let main = mains.get(&case.contact).unwrap_or(&case.contact);
                    case.contact == question.contact || main == question.contact
                }
            };
            may.then(|| case.known())
        })
        .collect())
}

/// Whoever opened these and is somebody else by now, with whom: linked contacts are one.
async fn mains(tx: &mut Tx, cases: &[Case]) -> Result<BTreeMap<String, String>, Fault> {
    let contacts = Arg::ids(cases.iter().map(|case| case.contact.as_str()))?;
    let rows = tx.rows(&MAINS, &[contacts]).await?;
    let main = |row: &Row| Ok((row.text("id")?, row.text("merged_into")?));
    rows.iter().map(main).collect()
}

fn ends_with(document: Option<&String>, four: &str) -> bool {
    document.is_some_and(|document| four.len() == 4 && document.ends_with(four))
}

/// A request that moves to another state; `closed_at` when nothing follows any more.
#[derive(Clone, Debug)]
pub struct Move<'a> {
    pub id: &'a str,
    pub state: &'a str,
    /// Words to the person; sealed in the table.
    pub told: Option<&'a str>,
    pub closed_at: Option<Millis>,
    pub at: Millis,
}

/// # Errors
/// As the store's.
pub async fn moves(tx: &mut Tx, moves: &[Move<'_>]) -> Result<(), Fault> {
    #[derive(Serialize)]
    struct Moved<'a> {
        id: &'a str,
        state: &'a str,
        told: Option<String>,
        closed_at: Option<Millis>,
        at: Millis,
    }
    if moves.is_empty() {
        return Ok(());
    }
    let seal = tx.seal();
    let rows: Vec<_> = moves
        .iter()
        .map(|one| Moved {
            id: one.id,
            state: one.state,
            told: one.told.map(|told| close_told(&seal, one.id, told)),
            closed_at: one.closed_at,
            at: one.at,
        })
        .collect();
    tx.run(&MOVE, &[Arg::rows(&rows)?]).await?;
    Ok(())
}

fn close_told(seal: &Seal, case: &str, told: &str) -> String {
    seal.close(place("case_file", case, "told"), told.as_bytes())
}

/// A request whose promised answer comes later.
#[derive(Clone, Debug)]
pub struct Later<'a> {
    pub id: &'a str,
    pub answer_by: Millis,
    /// Why; sealed in the table.
    pub told: &'a str,
    pub at: Millis,
}

/// # Errors
/// As the store's.
pub async fn postpone(tx: &mut Tx, later: &[Later<'_>]) -> Result<(), Fault> {
    #[derive(Serialize)]
    struct Postponed<'a> {
        id: &'a str,
        answer_by: Millis,
        told: String,
        at: Millis,
    }
    if later.is_empty() {
        return Ok(());
    }
    let seal = tx.seal();
    let rows: Vec<_> = later
        .iter()
        .map(|one| Postponed {
            id: one.id,
            answer_by: one.answer_by,
            told: close_told(&seal, one.id, one.told),
            at: one.at,
        })
        .collect();
    tx.run(&POSTPONE, &[Arg::rows(&rows)?]).await?;
    Ok(())
}

/// The open requests of a kind, the oldest first.
///
/// # Errors
/// As the store's.
pub async fn open_of_kind(tx: &mut Tx, kind: &str) -> Result<Vec<Case>, Fault> {
    read_all(tx, &OPEN_OF_KIND, &[kind.into()]).await
}

async fn read_all(tx: &mut Tx, sql: &'static Sql, args: &[Arg]) -> Result<Vec<Case>, Fault> {
    let rows = tx.rows(sql, args).await?;
    let seal = tx.seal();
    rows.iter().map(|row| read(&seal, row)).collect()
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
    read_all(tx, &PAGE, &[after.into(), limit.into()]).await
}

fn read(seal: &Seal, row: &Row) -> Result<Case, Fault> {
    let id = row.text("id")?;
    let told = row.opt_text("told")?;
    let told = told.map(|sealed| open_text(seal, place("case_file", &id, "told"), &sealed));
    Ok(Case {
        told: told.transpose()?,
        id,
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
        about: row.opt_text("about")?,
        proven: row.flag("proven")?,
        submitted_at: row.int("submitted_at")?,
        complete_at: row.opt_int("complete_at")?,
        answer_from: row.opt_int("answer_from")?,
        answer_by: row.opt_int("answer_by")?,
        state_at: row.int("state_at")?,
        closed_at: row.opt_int("closed_at")?,
        updated_at: row.int("updated_at")?,
        work: work(row)?,
    })
}

fn work(row: &Row) -> Result<Work, Fault> {
    let act = |by: Option<String>, at| Ok::<_, Fault>(by.zip(row.opt_int(at)?));
    let checks = match row.opt_text("checks")? {
        Some(_) => listed(row, "checks")?,
        None => Vec::new(),
    };
    Ok(Work {
        owner: row.text("owner")?,
        was_sent_back: row.flag("was_sent_back")?,
        returned_at: row.opt_int("returned_at")?,
        signed_off: act(row.opt_text("signed_off_by")?, "signed_off_at")?,
        file_number: row.opt_text("file_number")?,
        checks,
        registered: act(row.opt_text("registered_by")?, "registered_at")?,
        decided: act(Some(row.text("decided_by")?), "decided_at")?,
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

/// An enum that is written as one word.
fn word<T: Serialize>(value: &T) -> Result<String, Fault> {
    Ok(unwritable(serde_json::to_string(value))?
        .trim_matches('"')
        .to_owned())
}

fn unwritable(written: serde_json::Result<String>) -> Result<String, Fault> {
    written.map_err(|error| Fault::Poison(format!("writing a case: {error}")))
}
