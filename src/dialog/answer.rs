//! Keeping an answer, correcting one, forgetting one. What an answer means is decided by the kinds.

use super::exit;
use super::kind;
use super::mend;
use super::model::{Dialog, Kind};
use super::talk::Talk;
use super::value::Given;

/// Keeps the answer of the waiting step and goes on.
pub(super) fn take(talk: &mut Talk, given: Given) {
    let Some((dialog, index)) = talk.here() else {
        return;
    };
    if mend::is_open(talk) {
        return mend::answered(talk, &dialog, index, given);
    }
    let step = &dialog.steps[index];
    let chosen = kind::exit_of(step, &given.value);
    talk.heard.step = Some(format!("{}.{}", dialog.name, step.name));
    talk.state.misunderstood = 0;
    talk.state.unsure = 0;
    store(talk, &step.name, given);
    let returning = talk
        .frame_mut()
        .and_then(|frame| frame.returns_to.take())
        .is_some();
    match returning {
        true => settle(talk, &dialog, index),
        false => exit::go_on(talk, chosen),
    }
}

/// Corrects the answer of another step of the open form; the question that waits is asked again, or
/// another one when the correction leads elsewhere.
pub(super) fn correct(talk: &mut Talk, dialog: &Dialog, index: usize, given: Given) {
    if mend::is_open(talk) {
        return mend::corrected(talk, dialog, index, given);
    }
    let name = dialog.steps[index].name.clone();
    talk.heard.step = Some(format!("{}.{name}", dialog.name));
    talk.state.misunderstood = 0;
    store(talk, &name, given);
    settle(talk, dialog, index);
}

pub(super) fn store(talk: &mut Talk, name: &str, given: Given) {
    if let Some(frame) = talk.frame_mut() {
        frame.answers.insert(name.to_owned(), given);
        frame.trail.retain(|step| step != name);
        frame.trail.push(name.to_owned());
        frame.tries = 0;
        frame.last_try = None;
    }
}

/// Finds the place of the open form anew after a correction: what does not lie on the way any more is
/// dropped, what was confirmed or signed before must be so again.
fn settle(talk: &mut Talk, dialog: &Dialog, corrected: usize) {
    unconfirm(talk, dialog, corrected);
    let Some(path) = talk.frame().map(|frame| exit::path(talk, dialog, frame)) else {
        return;
    };
    let Some(stop) = path.stop else {
        // The way ends now: walk it aloud from here, so that the reason is heard.
        let chosen = talk.frame().and_then(|frame| {
            let step = &dialog.steps[corrected];
            kind::exit_of(step, &frame.answers.get(&step.name)?.value)
        });
        if let Some(frame) = talk.frame_mut() {
            frame.step = dialog.steps[corrected].name.clone();
        }
        return exit::go_on(talk, chosen);
    };
    for (index, step) in dialog.steps[..stop].iter().enumerate() {
        if !path.answered.contains(&index) {
            forget(talk, &step.name);
        }
    }
    exit::enter(talk, stop);
}

/// What is reviewed and signed are the answers as they stood; behind a correction both are due again.
fn unconfirm(talk: &mut Talk, dialog: &Dialog, corrected: usize) {
    for (index, step) in dialog.steps.iter().enumerate() {
        if index != corrected && matches!(step.kind, Kind::Review(_) | Kind::Sign(_)) {
            forget(talk, &step.name);
        }
    }
}

/// Drops the answer of a step of the innermost dialog.
pub(super) fn forget(talk: &mut Talk, name: &str) {
    if let Some(frame) = talk.frame_mut()
        && frame.answers.remove(name).is_some()
    {
        frame.trail.retain(|step| step != name);
    }
}

/// Goes back to an answered question, to be answered anew; its answer stands until then.
pub(super) fn reopen(talk: &mut Talk, dialog: &Dialog, index: usize) {
    let name = dialog.steps[index].name.clone();
    if let Some(frame) = talk.frame_mut() {
        let from = std::mem::replace(&mut frame.step, name);
        frame.returns_to.get_or_insert(from);
        frame.tries = 0;
        frame.last_try = None;
        frame.notes.remove(kind::question::RECALL_NOTE);
    }
    kind::ask(talk, dialog, index);
}

/// Where "back" leads: the answered step before the waiting one.
pub(super) fn before(talk: &Talk, dialog: &Dialog, index: usize) -> Option<usize> {
    let frame = talk.frame()?;
    let answered = exit::path(talk, dialog, frame).answered;
    match answered.iter().position(|at| *at == index) {
        Some(place) => place.checked_sub(1).map(|before| answered[before]),
        None => answered.last().copied(),
    }
}
