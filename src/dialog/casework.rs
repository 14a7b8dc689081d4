//! What staff do to the file of a request: whether an act may be, and what follows from it. An act that may not
//! be changes nothing, and [`why_not`] says why to whoever asks.

use std::collections::BTreeSet;

use super::mend;
use super::model::{CaseState, Dialogs};
use super::rang;
use super::staff::{case_of, tell_news};
use super::talk::Talk;
use super::turn::{AlertKind, Effect};
use super::value::Value;
use crate::event::casework::{CaseAct, Decision, ItemStatus, KnownItem, Match, SendBack};
use crate::event::{KnownCase, Millis};

/// The capability of a charity where data is vouched for (P7).
const DECLARATION: &str = "declaration";

/// After how many returns of one item nobody is asked by the bot any more.
pub(super) const RETURNS_MAX: i64 = 2;

/// Why an act may not be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WhyNot {
    NoRequest,
    /// It has come to an end.
    Ended,
    NoItem(String),
    /// The person has not given it, so there is nothing to match or to send back.
    NotGiven(String),
    /// Somebody acted upon it, or the person answered, since it was looked at.
    Late {
        item: String,
        by: String,
        status: ItemStatus,
    },
    NoReason(String),
    /// These are not matched.
    NotMatched(Vec<String>),
    /// The person owes these.
    Missing(Vec<String>),
    SignedOff,
    NotSignedOff,
    Registered,
    NotRegistered,
    NoCheck(String),
    /// It stands elsewhere by now.
    Elsewhere(String),
    NoMove(String),
    NoDecision(String),
    /// Before the first date, and nobody says why.
    Early(Millis),
    /// Whoever decided first does not decide again.
    SameDecider,
}

/// Whether this may be done now; None: it may.
pub fn why_not(
    dialogs: &Dialogs,
    case: Option<&KnownCase>,
    by: &str,
    act: &CaseAct,
    now: Millis,
) -> Option<WhyNot> {
    let Some(case) = case else {
        return Some(WhyNot::NoRequest);
    };
    if state_of(dialogs, case).is_none_or(|state| state.moves.is_empty()) {
        return Some(WhyNot::Ended);
    }
    match act {
        CaseAct::Matched(one) => not_matched(case, one),
        CaseAct::SentBack(all) => not_sent_back(dialogs, case, all),
        CaseAct::SignedOff => not_signed_off(dialogs, case),
        CaseAct::Registered { checks, .. } => not_registered(dialogs, case, checks),
        CaseAct::Decided(decision) => not_decided(dialogs, case, by, decision, now),
    }
}

fn state_of<'d>(dialogs: &'d Dialogs, case: &KnownCase) -> Option<&'d CaseState> {
    dialogs.cases.states.get(&case.state)
}

fn is_given(item: &KnownItem) -> bool {
    !matches!(item.value, Value::Later | Value::Skipped)
}

fn seen(case: &KnownCase, name: &str, over: i64) -> Result<(), WhyNot> {
    let item = case
        .item(name)
        .ok_or_else(|| WhyNot::NoItem(name.to_owned()))?;
    if item.revision == over {
        return Ok(());
    }
    Err(WhyNot::Late {
        item: name.to_owned(),
        by: item.by.clone(),
        status: item.status,
    })
}

fn not_matched(case: &KnownCase, one: &Match) -> Option<WhyNot> {
    if let Err(why) = seen(case, &one.item, one.over) {
        return Some(why);
    }
    let given = case.item(&one.item).is_some_and(is_given);
    (!given).then(|| WhyNot::NotGiven(one.item.clone()))
}

fn not_sent_back(dialogs: &Dialogs, case: &KnownCase, all: &[SendBack]) -> Option<WhyNot> {
    let mut names = BTreeSet::new();
    for one in all {
        if !names.insert(&one.item) {
            return Some(WhyNot::NoItem(one.item.clone()));
        }
        if let Err(why) = seen(case, &one.item, one.over) {
            return Some(why);
        }
        let words = one.words.as_deref().unwrap_or_default();
        let mut reasons = dialogs.cases.reasons.iter();
        let named = reasons.any(|reason| reason.name == one.reason);
        if !named && (words.trim().is_empty() || !one.reason.is_empty()) {
            return Some(WhyNot::NoReason(one.item.clone()));
        }
    }
    all.is_empty().then(|| WhyNot::NoItem(String::new()))
}

/// The items that an officer must have matched: what was asked as a question and given. A consent or a signature
/// is evidence by itself.
pub fn unmatched<'c>(dialogs: &Dialogs, case: &'c KnownCase) -> Vec<&'c KnownItem> {
    let dialog = dialogs.dialogs.get(&case.file.dialog);
    let is_question = |item: &&KnownItem| {
        let name = dialog.and_then(|dialog| dialog.renamed.get(&item.name));
        let name = name.unwrap_or(&item.name);
        let step = dialog.and_then(|dialog| dialog.step(name));
        step.is_none_or(|(_, step)| step.kind.question().is_some())
    };
    let items = case.file.items.iter().filter(is_question);
    items
        .filter(|item| is_given(item) && item.status != ItemStatus::Matched)
        .collect()
}

fn names(items: &[&KnownItem]) -> Vec<String> {
    items.iter().map(|item| item.name.clone()).collect()
}

fn not_complete(dialogs: &Dialogs, case: &KnownCase) -> Option<WhyNot> {
    if !case.missing.is_empty() {
        return Some(WhyNot::Missing(case.missing.clone()));
    }
    let unmatched = unmatched(dialogs, case);
    (!unmatched.is_empty()).then(|| WhyNot::NotMatched(names(&unmatched)))
}

fn not_signed_off(dialogs: &Dialogs, case: &KnownCase) -> Option<WhyNot> {
    if case.file.signed_off {
        return Some(WhyNot::SignedOff);
    }
    not_complete(dialogs, case)
}

fn not_registered(dialogs: &Dialogs, case: &KnownCase, checks: &[String]) -> Option<WhyNot> {
    let vouched = dialogs.charity.capabilities.contains(DECLARATION);
    if case.file.registered {
        return Some(WhyNot::Registered);
    }
    if vouched && !case.file.signed_off {
        return Some(WhyNot::NotSignedOff);
    }
    let mut wanted = dialogs.cases.checks.iter();
    let open = wanted.find(|check| !checks.contains(&check.name));
    open.map(|check| WhyNot::NoCheck(check.name.clone()))
        .or_else(|| not_complete(dialogs, case))
}

fn not_decided(
    dialogs: &Dialogs,
    case: &KnownCase,
    by: &str,
    decision: &Decision,
    now: Millis,
) -> Option<WhyNot> {
    if case.state != decision.from {
        return Some(WhyNot::Elsewhere(case.state.clone()));
    }
    let to = dialogs.cases.states.get(&decision.to);
    let Some(to) = to.filter(|_| may_move(dialogs, case, &decision.to)) else {
        return Some(WhyNot::NoMove(decision.to.clone()));
    };
    if !to.decision {
        return Some(WhyNot::NoDecision(decision.to.clone()));
    }
    if to.registered && !case.file.registered {
        return Some(WhyNot::NotRegistered);
    }
    if decision.reason.trim().is_empty() {
        return Some(WhyNot::NoReason(String::new()));
    }
    if is_same(&case.file.first_decider, by) {
        return Some(WhyNot::SameDecider);
    }
    let why = decision.early.as_deref().unwrap_or_default();
    let early = case.answer_from.filter(|from| to.decided && now < *from);
    early.filter(|_| why.trim().is_empty()).map(WhyNot::Early)
}

fn is_same(first: &str, by: &str) -> bool {
    !first.is_empty() && first.trim().eq_ignore_ascii_case(by.trim())
}

/// Whether its state may move there.
pub fn may_move(dialogs: &Dialogs, case: &KnownCase, to: &str) -> bool {
    state_of(dialogs, case).is_some_and(|state| state.moves.iter().any(|next| next == to))
}

pub(super) fn acted(talk: &mut Talk, by: &str, reference: &str, act: &CaseAct) {
    let case = case_of(talk, reference);
    if let Some(why) = why_not(talk.dialogs, case.as_ref(), by, act, talk.now()) {
        return talk.note("staff", format!("not {}: {}", act.word(), word_of(&why)));
    }
    let Some(mut case) = case else { return };
    talk.note("staff", act.word());
    talk.effects.push(Effect::Case {
        reference: reference.to_owned(),
        by: by.to_owned(),
        act: Box::new(act.clone()),
    });
    case.acted(by, act);
    match act {
        CaseAct::Matched(_) => mend::settled(talk, &case),
        CaseAct::SentBack(all) => sent_back(talk, &case, all),
        CaseAct::SignedOff | CaseAct::Registered { .. } => {}
        CaseAct::Decided(decision) => decided(talk, reference, decision),
    }
}

/// Machine words for the trace; never a person's.
fn word_of(why: &WhyNot) -> &'static str {
    match why {
        WhyNot::NoRequest => "no such request",
        WhyNot::Ended => "ended",
        WhyNot::NoItem(_) => "no such item",
        WhyNot::NotGiven(_) => "not given",
        WhyNot::Late { .. } => "late",
        WhyNot::NoReason(_) => "no reason",
        WhyNot::NotMatched(_) => "not matched",
        WhyNot::Missing(_) => "missing",
        WhyNot::SignedOff => "signed off already",
        WhyNot::NotSignedOff => "not signed off",
        WhyNot::Registered => "registered already",
        WhyNot::NotRegistered => "not registered",
        WhyNot::NoCheck(_) => "a check is open",
        WhyNot::Elsewhere(_) => "stands elsewhere",
        WhyNot::NoMove(_) => "no such move",
        WhyNot::NoDecision(_) => "no decision",
        WhyNot::Early(_) => "early",
        WhyNot::SameDecider => "the first decider",
    }
}

/// The request waits for the person, who is asked; what failed twice is a matter for a call.
fn sent_back(talk: &mut Talk, case: &KnownCase, all: &[SendBack]) {
    let waits = |name: &&String| {
        let state = talk.dialogs.cases.states.get(*name);
        state.is_some_and(|state| state.waits)
    };
    let moves = state_of(talk.dialogs, case).map_or(&[][..], |state| &state.moves);
    if let Some(to) = moves.iter().find(waits).cloned() {
        talk.effects.push(Effect::Move {
            reference: case.reference.clone(),
            to,
            closed: false,
            told: None,
        });
    }
    let sent = |name: &str| all.iter().any(|one| one.item == name);
    let (asked, called): (Vec<_>, Vec<_>) = case
        .sent_back()
        .filter(|item| sent(&item.name))
        .partition(|item| mend::is_askable(talk, case, item));
    if !called.is_empty() {
        talk.effects.push(Effect::Alert {
            kind: AlertKind::Call,
        });
    }
    if !asked.is_empty() {
        rang::remind_of_missing(talk, &case.reference, 0);
        mend::owe(talk, &case.reference);
    }
}

fn decided(talk: &mut Talk, reference: &str, decision: &Decision) {
    let state = talk.dialogs.cases.states.get(&decision.to);
    let closed = state.is_some_and(|state| state.moves.is_empty());
    mend::over(talk, reference);
    talk.effects.push(Effect::Move {
        reference: reference.to_owned(),
        to: decision.to.clone(),
        closed,
        told: decision.told.clone(),
    });
    tell_news(talk, reference);
}
