//! Buttons: of the waiting question, of an earlier one of the same form, of a menu further up, of a form put
//! aside or finished. Submitting, signing and cancelling never act when old.

use super::answer;
use super::control;
use super::exit;
use super::form;
use super::kind::{self, Said, Taken, question};
use super::model::{Dialog, Kind, Step};
use super::order::misfit;
use super::pending;
use super::read::Reason;
use super::talk::Talk;
use super::value::Given;
use crate::event::Millis;
use crate::reply::MORE;

/// Two presses of one button within this are one (milliseconds): a double tap, or a retry on a slow line.
const DOUBLE_TAP_MILLIS: Millis = 5_000;

/// A button was pressed.
pub(super) fn chose(talk: &mut Talk, data: &str) {
    if pending::pressed(talk, data) {
        return;
    }
    talk.state.pending = None;
    if let Some(from) = data.strip_prefix(MORE) {
        return more(talk, from);
    }
    if let Some(word) = data.strip_prefix('!') {
        if !control::act(talk, word) {
            unknown(talk);
        }
        return;
    }
    let mut parts = data.splitn(3, ':');
    match (parts.next(), parts.next(), parts.next()) {
        (Some(instance), Some(step), Some(option)) => pressed(talk, instance, step, option),
        _ => unknown(talk),
    }
}

/// Further options of the waiting question: it is asked again, with these first.
fn more(talk: &mut Talk, from: &str) {
    let Ok(from) = from.parse() else {
        return unknown(talk);
    };
    talk.note("order", "button");
    talk.from = from;
    exit::ask_again(talk);
}

fn unknown(talk: &mut Talk) {
    misfit(talk, Reason::new("old.unknown"));
}

fn pressed(talk: &mut Talk, instance: &str, step: &str, option: &str) {
    if let Some(at) = talk
        .state
        .stack
        .iter()
        .position(|frame| frame.instance == instance)
    {
        return of_open(talk, at, step, option);
    }
    if talk
        .state
        .paused
        .iter()
        .any(|frame| frame.instance == instance)
        && !talk.state.hidden
    {
        return of_paused(talk, instance, step, option);
    }
    if let Some(dialog) = form::standing_dialog(talk, instance) {
        return of_standing(talk, &dialog, step, option);
    }
    let finished = talk
        .state
        .finished
        .iter()
        .find(|(known, _)| known == instance);
    match finished.map(|(_, dialog)| dialog.clone()) {
        Some(dialog) => of_finished(talk, &dialog),
        None => unknown(talk),
    }
}

/// The dialog is open: the waiting question is answered, an earlier one corrected.
fn of_open(talk: &mut Talk, at: usize, step: &str, option: &str) {
    // What stood over it was an explanation: the press goes back below it.
    talk.state.stack.truncate(at + 1);
    let Some((dialog, current)) = talk.here() else {
        return unknown(talk);
    };
    let step = dialog.renamed.get(step).map_or(step, String::as_str);
    let Some((index, _)) = dialog.step(step) else {
        return unknown(talk);
    };
    if option == question::FIX {
        return fix(talk, &dialog, index);
    }
    match (index == current, dialog.form) {
        (true, _) => of_question(talk, &dialog, index, option),
        (false, true) => of_earlier(talk, &dialog, index, option),
        (false, false) => of_standing(talk, &dialog.name, step, option),
    }
}

fn fix(talk: &mut Talk, dialog: &Dialog, index: usize) {
    let is_given = talk
        .frame()
        .is_some_and(|frame| frame.answers.contains_key(&dialog.steps[index].name));
    match is_given {
        true => answer::reopen(talk, dialog, index),
        false => unknown(talk),
    }
}

fn of_question(talk: &mut Talk, dialog: &Dialog, index: usize, option: &str) {
    talk.note("order", "button");
    match kind::take(talk, dialog, index, Said::Pick(option)) {
        Taken::Answer(given) => answer::take(talk, given),
        Taken::Told => {}
        Taken::Again(reason) => misfit(talk, reason.unwrap_or(Reason::new("old.unknown"))),
    }
}

/// The button of an earlier question of this form: corrects that answer and says so.
fn of_earlier(talk: &mut Talk, dialog: &Dialog, index: usize, option: &str) {
    let step = &dialog.steps[index];
    let before = talk
        .frame()
        .and_then(|frame| frame.answers.get(&step.name).cloned());
    let Some(before) = before else {
        return unknown(talk);
    };
    if !may_be_late(step) || matches!(option, question::RIGHT | question::CHANGE | question::DONE) {
        return misfit(talk, Reason::new("old.inactive"));
    }
    match kind::take(talk, dialog, index, Said::Pick(option)) {
        Taken::Answer(given) => replace(talk, dialog, index, &before, given),
        Taken::Told => {}
        Taken::Again(_) => unknown(talk),
    }
}

/// Signing, confirming and picking several at a time mean the moment when they were asked.
fn may_be_late(step: &Step) -> bool {
    match &step.kind {
        Kind::Choose(choose) => !choose.several,
        Kind::Ask(_) | Kind::Consent(_) | Kind::Attach(_) | Kind::Locate(_) => true,
        Kind::Review(_) | Kind::Sign(_) | Kind::Submit(_) => false,
        Kind::Say(_)
        | Kind::Branch(_)
        | Kind::LookUp(_)
        | Kind::Survey(_)
        | Kind::Guide(_)
        | Kind::Call(_)
        | Kind::HandOver(_)
        | Kind::Act(_) => false,
    }
}

fn replace(talk: &mut Talk, dialog: &Dialog, index: usize, before: &Given, given: Given) {
    let step = &dialog.steps[index];
    if before.value == given.value {
        // The same again: a double tap is silent, later the open question is a friendly answer.
        if talk.now() - before.at > DOUBLE_TAP_MILLIS {
            exit::ask_again(talk);
        }
        return;
    }
    echo(talk, step, "old.corrected", &given);
    answer::correct(talk, dialog, index, given);
}

/// Says which answer now reads how, where it has a name for people.
pub(super) fn echo(talk: &mut Talk, step: &Step, phrase: &str, given: &Given) {
    if step
        .kind
        .question()
        .is_none_or(|question| question.label.is_none())
    {
        return;
    }
    let (label, value) = question::label_and_value(talk, step, &given.value);
    talk.phrase_with(phrase, |context| {
        context.text("label", &label);
        context.text("value", &value);
    });
}

/// A button of a form put aside takes the form up again.
fn of_paused(talk: &mut Talk, instance: &str, step: &str, option: &str) {
    let waits = talk
        .state
        .paused
        .iter()
        .any(|frame| frame.instance == instance && frame.step == step);
    match waits {
        true => {
            form::resume_silently(talk, instance);
            let at = talk.state.stack.len().saturating_sub(1);
            of_open(talk, at, step, option);
        }
        false => {
            form::resume(talk, instance);
        }
    }
}

/// The button of a dialog that is no form, such as a menu further up: it works whenever it is pressed.
fn of_standing(talk: &mut Talk, name: &str, step: &str, option: &str) {
    let Some(dialog) = talk.dialogs.dialogs.get(name).cloned() else {
        return unknown(talk);
    };
    let choice = dialog
        .step(step)
        .filter(|(_, step)| matches!(step.kind, Kind::Choose(_)));
    let Some((index, _)) = choice else {
        return unknown(talk);
    };
    if form::is_closed(talk, &dialog) {
        return exit::open(talk, name);
    }
    form::stand(talk, &dialog, index);
    of_question(talk, &dialog, index, option);
}

fn of_finished(talk: &mut Talk, dialog: &str) {
    let title = talk
        .dialogs
        .dialogs
        .get(dialog)
        .map(|dialog| dialog.title.source(talk.lang()).to_owned());
    talk.note("order", "old_finished");
    talk.phrase_with("old.finished", |context| {
        context.text("form", &title.unwrap_or_default())
    });
    if talk.form().is_some() {
        exit::ask_again(talk);
    }
}
