//! `submit`: opens a case from the answers and says the receipt (P6, P8). The number is claimed by the
//! house: the turn asks, and goes on in the next round with the answer.

use std::collections::BTreeMap;

use super::look_up::PROVEN_NOTE;
use super::{Enter, sign};
use crate::dialog::cond;
use crate::dialog::exit;
use crate::dialog::form::SUBMITTED_NOTE;
use crate::dialog::model::{Dialog, Kind, Step, Submit};
use crate::dialog::rang;
use crate::dialog::state::Frame;
use crate::dialog::talk::{CASE_NOTE, CaseFacts, DAY, Talk};
use crate::dialog::turn::{Answer, Ask, Completion, ROUNDS_MAX, Submission};
use crate::dialog::value::{Flag, Given, Value};
use crate::event::Millis;
use crate::text::reference;

/// The capability of a charity with a research committee.
const COMMITTEE: &str = "committee";

pub(in crate::dialog) fn enter(talk: &mut Talk, dialog: &Dialog, submit: &Submit) -> Enter {
    // Each round answers one ask: the last round can only read an answer.
    for attempt in 0..ROUNDS_MAX as u32 - 1 {
        match outcome(talk, attempt) {
            None => return claim(talk, dialog, submit, attempt),
            Some(Claim { taken: true, .. }) => continue,
            Some(claim) => return receipt(talk, dialog, submit, attempt, &claim),
        }
    }
    talk.phrase("submit.failed");
    exit::fault(talk, "no free reference");
    Enter::Stops
}

/// What the house said to an attempt at a number.
struct Claim {
    taken: bool,
    duplicate: bool,
    /// The place in the waiting list.
    waiting: Option<u32>,
}

fn outcome(talk: &Talk, wanted: u32) -> Option<Claim> {
    let mut answers = talk.event.known.answers.iter();
    answers.find_map(|answer| match answer {
        Answer::Submitted {
            duplicate,
            waiting,
            taken,
            attempt,
            ..
        } => (*attempt == wanted).then_some(Claim {
            taken: *taken,
            duplicate: *duplicate,
            waiting: *waiting,
        }),
        _ => None,
    })
}

fn number(talk: &Talk, attempt: u32) -> String {
    let seed = talk.event.seed.derive(&format!("reference:{attempt}"));
    reference::make(u128::from_be_bytes(seed))
        .as_str()
        .to_owned()
}

fn claim(talk: &mut Talk, dialog: &Dialog, submit: &Submit, attempt: u32) -> Enter {
    if let Some(submission) = submission(talk, dialog, submit, attempt) {
        talk.asks.push(Ask::Submit(Box::new(submission)));
    }
    Enter::Stops
}

fn submission(talk: &Talk, dialog: &Dialog, submit: &Submit, attempt: u32) -> Option<Submission> {
    let frame = talk.frame()?;
    let steps = counting(talk, dialog);
    let given = |step: &&Step| Some((step.name.clone(), frame.answers.get(&step.name)?.clone()));
    let answers: BTreeMap<String, Given> = steps.iter().filter_map(given).collect();
    let missing = missing(talk, dialog);
    let completion = missing.is_empty().then(|| completion(talk, &submit.case));
    let declaration = steps.iter().find_map(|step| match &step.kind {
        Kind::Sign(sign) => sign::declaration(frame, step, sign),
        _ => None,
    });
    let option_of = |field: &String| match &frame.answers.get(field)?.value {
        Value::Option(name) => Some(name.clone()),
        _ => None,
    };
    Some(Submission {
        reference: number(talk, attempt),
        attempt,
        kind: submit.case.clone(),
        service: talk
            .service(frame)
            .map(|service| service.name.clone())
            .unwrap_or_default(),
        quota: talk
            .service(frame)
            .filter(|service| service.waiting_list)
            .and_then(|service| service.quota),
        dialog: dialog.name.clone(),
        version: talk.dialogs.version.clone(),
        language: talk.lang(),
        trail: frame
            .trail
            .iter()
            .filter(|step| answers.contains_key(*step))
            .cloned()
            .collect(),
        sensitive: steps
            .iter()
            .filter(|step| step.kind.is_sensitive())
            .map(|step| step.name.clone())
            .collect(),
        document: document(frame, submit),
        about: submit.about.as_ref().and_then(option_of),
        capacity: declaration
            .as_ref()
            .map(|declaration| declaration.capacity.clone())
            .or_else(|| submit.capacity.as_ref().and_then(option_of))
            .unwrap_or_default(),
        own: is_own(talk, dialog),
        proven: frame.notes.contains_key(PROVEN_NOTE),
        flags: flags(&answers),
        answers,
        missing,
        declaration,
        complete_at: completion.as_ref().map(|done| done.complete_at),
        answer_from: completion.as_ref().and_then(|done| done.answer_from),
        answer_by: completion.as_ref().and_then(|done| done.answer_by),
        submitted_at: talk.now(),
    })
}

/// The number by which the same person is found again.
fn document(frame: &Frame, submit: &Submit) -> Option<String> {
    let value = |field: &Option<String>| Some(&frame.answers.get(field.as_ref()?)?.value);
    if let Some(Value::NationalId(number) | Value::OtherDocument(number)) = value(&submit.id_field)
    {
        return Some(number.clone());
    }
    let kind = match value(&submit.other_id_kind) {
        Some(Value::Option(kind)) => kind,
        _ => "other",
    };
    match value(&submit.other_id) {
        Some(Value::OtherDocument(number)) => Some(format!("{kind}/{number}")),
        _ => None,
    }
}

/// Whether they told all this of themself: the dialog says when, and only then it is offered again.
fn is_own(talk: &Talk, dialog: &Dialog) -> bool {
    let frame = talk.frame();
    dialog
        .recall_when
        .as_ref()
        .zip(frame)
        .is_some_and(|(condition, frame)| cond::holds(talk, frame, condition))
}

/// The steps whose answers go into the case: all that lie on the way; that a review was confirmed is no answer.
fn counting<'d>(talk: &Talk, dialog: &'d Dialog) -> Vec<&'d Step> {
    let Some(frame) = talk.frame() else {
        return Vec::new();
    };
    let answered = exit::path(talk, dialog, frame).answered;
    let steps = answered.into_iter().map(|index| &dialog.steps[index]);
    steps
        .filter(|step| !matches!(step.kind, Kind::Review(_)))
        .collect()
}

/// What is still missing on the person's side: put off for later, or a paper without which the service's
/// file is not complete.
fn missing(talk: &Talk, dialog: &Dialog) -> Vec<String> {
    let Some(frame) = talk.frame() else {
        return Vec::new();
    };
    let value = |step: &Step| frame.answers.get(&step.name).map(|given| &given.value);
    let needs = talk
        .service(frame)
        .map(|service| service.needs.as_slice())
        .unwrap_or_default();
    let put_off = |step: &&&Step| match value(step) {
        Some(Value::Later) => true,
        Some(Value::Skipped) => needs.contains(&step.name),
        Some(_) | None => false,
    };
    let counting = counting(talk, dialog);
    counting
        .iter()
        .filter(put_off)
        .map(|step| step.name.clone())
        .collect()
}

/// The dates of an answer, counted from now: those of P8 where the kind goes before a committee and the
/// charity has one, else the latest date that the charity promises for it, else the kind's own, else none.
pub(in crate::dialog) fn completion(talk: &Talk, kind: &str) -> Completion {
    let charity = &talk.dialogs.charity;
    let after = |days: u32| talk.now() + Millis::from(days) * DAY;
    let promised = charity.periods.answer_days.get(kind).copied();
    let kind = talk.dialogs.cases.kinds.get(kind);
    let committee =
        kind.is_some_and(|kind| kind.committee) && charity.capabilities.contains(COMMITTEE);
    let (from, by) = match committee {
        true => (
            Some(charity.periods.answer_from_days),
            charity.periods.answer_by_days,
        ),
        false => (
            None,
            promised.or_else(|| kind.and_then(|kind| kind.answer_by_days)),
        ),
    };
    Completion {
        complete_at: talk.now(),
        answer_from: from.map(after),
        answer_by: by.map(after),
    }
}

fn flags(answers: &BTreeMap<String, Given>) -> Vec<Flag> {
    let mut flags: Vec<Flag> = answers
        .values()
        .flat_map(|given| given.flags.iter().copied())
        .collect();
    flags.sort();
    flags.dedup();
    flags
}

/// The case stands. Whose ID is in another open request hears no date and no word of the other.
fn receipt(
    talk: &mut Talk,
    dialog: &Dialog,
    submit: &Submit,
    attempt: u32,
    claim: &Claim,
) -> Enter {
    let duplicate = claim.duplicate;
    let missing = missing(talk, dialog);
    let promised = missing.is_empty() && !duplicate && claim.waiting.is_none();
    let completion = promised.then(|| completion(talk, &submit.case));
    let facts = CaseFacts {
        reference: number(talk, attempt),
        kind: submit.case.clone(),
        state: talk
            .dialogs
            .cases
            .kinds
            .get(&submit.case)
            .map(|kind| kind.first.clone()),
        service: talk
            .frame()
            .and_then(|frame| talk.service(frame))
            .map(|service| service.name.clone()),
        opened_at: Some(talk.now()),
        answer_from: completion.as_ref().and_then(|done| done.answer_from),
        answer_by: completion.as_ref().and_then(|done| done.answer_by),
        told: None,
        missing: if duplicate {
            Vec::new()
        } else {
            missing.clone()
        },
    };
    talk.note("submit", if duplicate { "duplicate" } else { "opened" });
    let json = serde_json::to_string(&facts).unwrap_or_default();
    if let Some(frame) = talk.frame_mut() {
        frame.notes.insert(CASE_NOTE.to_owned(), json);
        frame.notes.insert(SUBMITTED_NOTE.to_owned(), String::new());
    }
    match submit.duplicate.as_ref().filter(|_| duplicate) {
        Some(text) => talk.say(text),
        None => talk.say(&submit.text),
    }
    if let Some(place) = claim.waiting.filter(|_| !duplicate) {
        talk.phrase_with("submit.waiting", |context| {
            context.number("count", i64::from(place));
        });
    }
    talk.sensitive();
    if !missing.is_empty() {
        rang::remind_of_missing(talk, &facts.reference, 0);
    }
    Enter::On(None)
}
