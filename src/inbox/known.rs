//! What the house knows follows the turns of a batch, so that the second event of a person meets
//! what the first has changed. Pure; the store writes the same things at the end of the batch.

use std::collections::BTreeMap;

use crate::dialog::turn::{Effect, Submission};
use crate::dialog::value::Value;
use crate::event::{Known, KnownCase};

use crate::event::control;

/// After one effect.
pub fn follow(known: &mut Known, effect: &Effect) {
    match effect {
        Effect::Consent {
            purpose,
            version,
            given,
            ..
        } => {
            known
                .consents
                .insert(purpose.clone(), (*given, version.clone()));
        }
        Effect::HandOver { .. } => known.control = control::handed_over(&known.control),
        Effect::TakeBack => known.control = control::taken_back(&known.control),
        Effect::OptOut { .. } => known.opted_out = true,
        Effect::OptIn => known.opted_out = false,
        Effect::Supplement {
            reference,
            slot,
            given,
            complete,
        } => {
            if let Some(case) = of_reference(known, reference) {
                case.supplied(slot, &given.value);
                case.missing.retain(|missing| missing != slot);
                if let Some(complete) = complete {
                    case.answer_from = complete.answer_from;
                    case.answer_by = complete.answer_by;
                }
            }
        }
        Effect::Withdraw { reference } => {
            if let Some(case) = of_reference(known, reference) {
                case.state = WITHDRAWN.to_owned();
            }
        }
        Effect::Move {
            reference,
            to,
            told,
            ..
        } => {
            if let Some(case) = of_reference(known, reference) {
                case.state = to.clone();
                case.told = told.clone();
            }
        }
        Effect::Case { reference, by, act } => {
            if let Some(case) = of_reference(known, reference) {
                case.acted(by, act);
            }
        }
        Effect::Postpone {
            reference,
            answer_by,
            told,
        } => {
            if let Some(case) = of_reference(known, reference) {
                case.answer_by = Some(*answer_by);
                case.told = Some(told.clone());
            }
        }
        Effect::Language(_)
        | Effect::SetTimer { .. }
        | Effect::ClearTimer { .. }
        | Effect::Alert { .. }
        | Effect::Hide
        | Effect::Unhide
        | Effect::OfferLink { .. }
        | Effect::SpeakAt(_)
        | Effect::Rated(_)
        | Effect::Forget { .. }
        | Effect::Unanswered { .. }
        | Effect::Answered(_)
        | Effect::Helped { .. } => {}
    }
}

/// The state of a case that the person took back, as `cases.yaml` calls it.
pub const WITHDRAWN: &str = "withdrawn";

/// A request that was opened in this turn: the contact's own from the next event on.
#[derive(Clone, Debug, PartialEq)]
pub struct Opened {
    pub case: KnownCase,
    /// What they told of themself; empty when the request is for another.
    pub facts: BTreeMap<String, Value>,
}

impl Opened {
    /// `in_line`: it waits for a place, and is promised no date.
    pub fn new(submission: &Submission, state: &str, in_line: bool) -> Opened {
        Opened {
            case: KnownCase {
                reference: submission.reference.clone(),
                kind: submission.kind.clone(),
                service: submission.service.clone(),
                state: state.to_owned(),
                about: submission.about.clone(),
                state_at: submission.submitted_at,
                opened_at: submission.submitted_at,
                missing: submission.missing.clone(),
                answer_from: submission.answer_from.filter(|_| !in_line),
                answer_by: submission.answer_by.filter(|_| !in_line),
                told: None,
                file: submission.file(),
            },
            facts: match submission.own {
                true => facts_of(submission),
                false => BTreeMap::new(),
            },
        }
    }
}

fn facts_of(submission: &Submission) -> BTreeMap<String, Value> {
    submission
        .answers
        .iter()
        .map(|(field, given)| (field.clone(), given.value.clone()))
        .collect()
}

/// After a turn in which this request was opened. Not before: the turn begins anew with every answer,
/// and must meet the same things each time.
pub fn learn(known: &mut Known, opened: Opened) {
    known.cases.insert(0, opened.case);
    known.facts.extend(opened.facts);
}

fn of_reference<'a>(known: &'a mut Known, reference: &str) -> Option<&'a mut KnownCase> {
    known
        .cases
        .iter_mut()
        .find(|case| case.reference == reference)
}
