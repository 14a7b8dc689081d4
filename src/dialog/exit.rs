//! Walking: from a step that is done to the next one that waits, through says and branches, into other
//! dialogs and back. Bounded; where it cannot go on, a human takes over. It never reads an answer.

use std::sync::Arc;

use super::answer;
use super::cond;
use super::form;
use super::kind::{self, Enter};
use super::model::{Dialog, Exit, Kind, Step};
use super::state::Frame;
use super::talk::Talk;
use super::turn::{AlertKind, Effect, HandOverReason};

/// Steps entered in one turn at most (steps): the longest of our dialogs has about sixty, a turn walks a few;
/// more is a circle that the check did not see.
pub const STEPS_PER_TURN_MAX: usize = 200;

/// Open dialogs inside each other at most (frames): a form, an explanation in it, and what that calls.
pub const STACK_MAX: usize = 8;

/// Where the walk goes next.
pub(super) enum Place {
    /// A step of the innermost dialog.
    Step(usize),
    /// Its end, with an outcome.
    End(Option<String>),
    /// Nowhere: something waits, or the talk rests.
    Stop,
}

/// Goes on behind the step that waited, by the exit that the answer chose or its own.
pub(super) fn go_on(talk: &mut Talk, chosen: Option<Exit>) {
    let Some((dialog, index)) = talk.here() else {
        return fault(talk, "the open step is gone");
    };
    let place = behind(talk, &dialog, index, chosen);
    walk(talk, place);
}

/// Enters a step of the innermost dialog and walks from there.
pub(super) fn enter(talk: &mut Talk, index: usize) {
    walk(talk, Place::Step(index));
}

/// Says the waiting question again.
pub(super) fn ask_again(talk: &mut Talk) {
    if let Some((dialog, index)) = talk.here() {
        kind::ask(talk, &dialog, index);
    }
}

fn walk(talk: &mut Talk, start: Place) {
    let mut place = start;
    loop {
        place = match place {
            Place::Stop => return,
            Place::End(outcome) => end(talk, outcome),
            Place::Step(index) => walk_step(talk, index),
        };
        talk.walked += 1;
        if talk.walked > STEPS_PER_TURN_MAX {
            return fault(talk, "too many steps in one turn");
        }
    }
}

fn walk_step(talk: &mut Talk, index: usize) -> Place {
    let Some(dialog) = talk
        .frame()
        .and_then(|frame| talk.dialog_of(frame))
        .map(Arc::clone)
    else {
        fault(talk, "the open dialog is gone");
        return Place::Stop;
    };
    let Some(step) = dialog.steps.get(index) else {
        return Place::End(None);
    };
    if !talk
        .frame()
        .is_some_and(|frame| cond::passes(talk, frame, step.when.as_ref()))
    {
        // An answer from before a correction must not count when its question does not stand any more.
        answer::forget(talk, &step.name);
        return Place::Step(index + 1);
    }
    if let Some(chosen) = answered_exit(talk, &dialog, step) {
        return behind(talk, &dialog, index, chosen);
    }
    if let Some(frame) = talk.frame_mut() {
        frame.step = step.name.clone();
    }
    talk.note("enter", format!("{}.{}", dialog.name, step.name));
    match kind::enter(talk, &dialog, index) {
        Enter::Waits => Place::Stop,
        Enter::On(chosen) => behind(talk, &dialog, index, chosen),
        Enter::Stops => Place::Stop,
    }
}

/// In a form a question that has its answer is not asked again; the exit that the answer chose.
fn answered_exit(talk: &Talk, dialog: &Dialog, step: &Step) -> Option<Option<Exit>> {
    let given = talk.frame()?.answers.get(&step.name)?;
    let stands = dialog.form && step.kind.answers() && kind::fits(step, &given.value);
    stands.then(|| kind::exit_of(step, &given.value))
}

/// The place behind a step: the exit chosen, else its own end or exit, else the next step.
pub(super) fn behind(
    talk: &mut Talk,
    dialog: &Arc<Dialog>,
    index: usize,
    chosen: Option<Exit>,
) -> Place {
    let step = &dialog.steps[index];
    let exit = match (chosen, &step.ends) {
        (Some(exit), _) => Some(exit),
        (None, Some(outcome)) => return Place::End(Some(outcome.clone())),
        (None, None) => step.to.clone(),
    };
    match exit {
        None => Place::Step(index + 1),
        Some(Exit::Step { name, .. }) => jump(talk, dialog, index, &name),
        Some(Exit::Dialog { name, .. }) => leave_for(talk, &name),
    }
}

/// Jumps within a dialog. What lies between is not on the way any more; going back means asking again.
fn jump(talk: &mut Talk, dialog: &Dialog, index: usize, name: &str) -> Place {
    let Some((target, _)) = dialog.step(name) else {
        fault(talk, "an exit leads nowhere");
        return Place::Stop;
    };
    let passed = match target <= index {
        true => target..index + 1,
        false => index + 1..target,
    };
    for step in &dialog.steps[passed] {
        answer::forget(talk, &step.name);
    }
    Place::Step(target)
}

/// Leaves the innermost dialog for another one, for good. A dialog that only stood inside another comes
/// back to that one instead of going to rest.
fn leave_for(talk: &mut Talk, name: &str) -> Place {
    form::close_top(talk);
    if !talk.state.stack.is_empty() && is_rest(name) {
        return come_back(talk);
    }
    form::open(talk, name)
}

pub(super) fn is_rest(name: &str) -> bool {
    name == form::MENU || name == form::WELCOME
}

/// The innermost dialog is over.
fn end(talk: &mut Talk, outcome: Option<String>) -> Place {
    talk.note("end", outcome.unwrap_or_default());
    form::close_top(talk);
    match talk.state.stack.is_empty() {
        true => Place::Stop,
        false => come_back(talk),
    }
}

/// Back in the dialog below: behind the step that called, or at the question that was interrupted.
fn come_back(talk: &mut Talk) -> Place {
    let Some((dialog, index)) = talk.here() else {
        fault(talk, "the calling step is gone");
        return Place::Stop;
    };
    match &dialog.steps[index].kind {
        Kind::Call(_) => behind(talk, &dialog, index, None),
        _ => {
            kind::ask(talk, &dialog, index);
            Place::Stop
        }
    }
}

/// Opens a dialog by its name and walks it.
pub(super) fn open(talk: &mut Talk, name: &str) {
    let place = form::open(talk, name);
    walk(talk, place);
}

/// Goes where a [`Place`] says.
pub(super) fn go(talk: &mut Talk, place: Place) {
    walk(talk, place);
}

/// The safety net: says that something of ours failed, hands over, and lets the talk rest; what was
/// given is put aside and not lost.
pub(super) fn fault(talk: &mut Talk, why: &str) {
    talk.note("fault", why);
    form::put_aside(talk);
    talk.state.stack.clear();
    talk.phrase("fault");
    talk.effects.push(Effect::HandOver {
        reason: HandOverReason::Fault,
        step: None,
    });
    talk.effects.push(Effect::Alert {
        kind: AlertKind::Fault,
    });
}

/// The way of a frame through its dialog, as its answers lead: which answers count, and where it waits.
pub(super) struct Path {
    /// Steps with an answer that counts, in the order of the way.
    pub answered: Vec<usize>,
    /// The first step that waits without an answer; none when the way ends.
    pub stop: Option<usize>,
}

pub(super) fn path(talk: &Talk, dialog: &Dialog, frame: &Frame) -> Path {
    let mut path = Path {
        answered: Vec::new(),
        stop: None,
    };
    // Conditions see only the answers that lie on the way, not those from before a correction.
    let mut scratch = Frame {
        answers: Default::default(),
        ..frame.clone()
    };
    let mut next = Some(0);
    for _ in 0..STEPS_PER_TURN_MAX {
        let Some((index, step)) = next.and_then(|index| Some((index, dialog.steps.get(index)?)))
        else {
            return path;
        };
        next = Some(index + 1);
        if !cond::passes(talk, &scratch, step.when.as_ref()) {
            continue;
        }
        let chosen = match (step.kind.answers(), frame.answers.get(&step.name)) {
            (true, Some(given)) if kind::fits(step, &given.value) => {
                path.answered.push(index);
                scratch.answers.insert(step.name.clone(), given.clone());
                kind::exit_of(step, &given.value)
            }
            (true, _) => {
                path.stop = Some(index);
                return path;
            }
            (false, _) if matches!(step.kind, Kind::Submit(_)) => {
                path.stop = Some(index);
                return path;
            }
            (false, _) => kind::silent_exit(talk, &scratch, step),
        };
        next = match (chosen, &step.ends) {
            (Some(exit), _) => index_of(dialog, &exit),
            (None, Some(_)) => None,
            (None, None) => match &step.to {
                Some(exit) => index_of(dialog, exit),
                None => next,
            },
        };
    }
    path
}

fn index_of(dialog: &Dialog, exit: &Exit) -> Option<usize> {
    match exit {
        Exit::Step { name, .. } => dialog.step(name).map(|(index, _)| index),
        Exit::Dialog { .. } => None,
    }
}

/// The questions whose answers count, in order: what a review shows and a correction numbers.
pub(super) fn answered<'d>(talk: &Talk, dialog: &'d Dialog, frame: &Frame) -> Vec<&'d Step> {
    let path = path(talk, dialog, frame);
    let steps = path.answered.into_iter().map(|index| &dialog.steps[index]);
    steps
        .filter(|step| step.kind.question().is_some())
        .collect()
}
