//! What staff do to a talk or to a request, as far as the bot answers it: it speaks again only when the talk
//! is given back, at the very question; of a request it says that there is news.

use super::casework;
use super::exit;
use super::form;
use super::mend;
use super::rang;
use super::talk::{DAY, Talk};
use super::turn::Effect;
use crate::event::{KnownCase, Millis, StaffAct};
use crate::reply::{ClosedWindow, Proactive};

/// The template that says only that there is news of a request.
const CASE_UPDATE: &str = "case_update";

pub(super) fn acted(talk: &mut Talk, act: &StaffAct) {
    match act {
        StaffAct::Claimed { .. } => came(talk, "claimed"),
        StaffAct::Replied { .. } => came(talk, "replied"),
        StaffAct::Closed { .. } => came(talk, "closed"),
        StaffAct::Returned { .. } => returned(talk),
        StaffAct::Transferred { to: Some(_), .. } => talk.note("staff", "transferred"),
        StaffAct::Transferred { to: None, .. } => {
            talk.note("staff", "put_back");
            rang::watch_claim(talk, 0);
        }
        StaffAct::Assigned { .. } => talk.note("staff", "assigned"),
        StaffAct::Noted { .. }
        | StaffAct::Labelled { .. }
        | StaffAct::Prioritised { .. }
        | StaffAct::Snoozed { .. }
        | StaffAct::Seen { .. } => talk.note("staff", "beside"),
        StaffAct::Case { by, reference, act } => casework::acted(talk, by, reference, act),
        StaffAct::Moved {
            reference,
            to,
            told,
            ..
        } => moved(talk, reference, to, told.as_deref()),
        StaffAct::Postponed {
            reference,
            answer_by,
            told,
            ..
        } => postponed(talk, reference, *answer_by, told),
    }
}

/// Somebody is there: nobody need be missed.
fn came(talk: &mut Talk, how: &str) {
    talk.note("staff", how);
    rang::no_longer_wait(talk);
}

/// A request moves, if its state may move there; the person hears that there is news, and what it is when
/// they ask (a push lies open on a lock screen).
fn moved(talk: &mut Talk, reference: &str, to: &str, told: Option<&str>) {
    let Some(case) = case_of(talk, reference) else {
        return talk.note("staff", "no such request");
    };
    let states = &talk.dialogs.cases.states;
    let may = states
        .get(&case.state)
        .is_some_and(|state| state.moves.iter().any(|next| next == to));
    let (true, Some(state)) = (may, states.get(to)) else {
        return talk.note("staff", "no such move");
    };
    // Only a decision with its reasons leads to some states, and only what is registered to others.
    if state.decision || (state.registered && !case.file.registered) {
        return talk.note("staff", "no plain move");
    }
    let (closed, silent) = (state.moves.is_empty(), state.silent);
    if closed {
        mend::over(talk, reference);
    }
    talk.note("staff", "moved");
    talk.effects.push(Effect::ClearTimer {
        name: rang::missing_timer(reference),
    });
    talk.effects.push(Effect::Move {
        reference: reference.to_owned(),
        to: to.to_owned(),
        closed,
        told: told.map(str::to_owned),
    });
    if !silent || told.is_some() {
        tell_news(talk, reference);
    }
}

/// The answer comes later than promised. Said in time and once: then it stands; else it means nothing.
fn postponed(talk: &mut Talk, reference: &str, answer_by: Millis, told: &str) {
    let Some(case) = case_of(talk, reference) else {
        return talk.note("staff", "no such request");
    };
    let in_time = case
        .answer_by
        .is_some_and(|by| talk.now() <= by && by < answer_by);
    if !in_time || was_postponed(talk, &case) {
        return talk.note("staff", "too late, or a second time");
    }
    talk.note("staff", "postponed");
    talk.effects.push(Effect::Postpone {
        reference: reference.to_owned(),
        answer_by,
        told: told.to_owned(),
    });
    tell_news(talk, reference);
}

/// Whether its latest date is already later than its kind promises.
fn was_postponed(talk: &Talk, case: &KnownCase) -> bool {
    let kind = talk.dialogs.cases.kinds.get(&case.kind);
    let days = kind.and_then(|kind| kind.answer_by_days);
    let promised = days.map(|days| case.opened_at + Millis::from(days) * DAY);
    matches!((promised, case.answer_by), (Some(promised), Some(by)) if by > promised)
}

pub(super) fn case_of(talk: &Talk, reference: &str) -> Option<KnownCase> {
    let mut cases = talk.event.known.cases.iter();
    cases.find(|case| case.reference == reference).cloned()
}

pub(super) fn tell_news(talk: &mut Talk, reference: &str) {
    let text = talk.phrase_text("case.update", |context| {
        context.text("reference", reference);
    });
    let proactive = Proactive {
        template: CASE_UPDATE.to_owned(),
        parameters: vec![reference.to_owned()],
        purpose: None,
        expires: None,
        quiet: false,
        owed: true,
        closed_window: ClosedWindow::Template,
    };
    talk.start(text, proactive);
}

fn returned(talk: &mut Talk) {
    came(talk, "returned");
    if talk.form().is_some() {
        talk.phrase("human.returned");
        return exit::ask_again(talk);
    }
    talk.phrase("human.returned_at_rest");
    exit::open(talk, form::MENU);
}
