//! Questions about what was just said: really cancel, stop, hide? which answer, which form, which paper?
//! They are answered before anything else, once, and forgotten as soon as something else comes.

use super::control;
use super::exit;
use super::faq;
use super::file;
use super::form;
use super::kind::{Taken, review};
use super::link;
use super::order::{ask_or_rest, misfit};
use super::read::Reason;
use super::state::Pending;
use super::talk::Talk;
use super::words;
use crate::reply::Choice;

/// What a button of a pending question does.
const CANCEL: &str = "cancel_form";
const STOP: &str = "stop_messages";
const HIDE: &str = "hide";
const KEEP: &str = "keep";
const CONTINUE: &str = "continue";
const NEW: &str = "new";
const LINK: &str = "link";
const JOIN: &str = "join";
const PART: &str = "part";
const NO: &str = "no";

/// Begins the data of a button that answers a pending question.
const DO: &str = "!do:";
/// Begins the data of a button that picks a missing paper by its number.
const SLOT: &str = "!slot:";

/// Asks what is pending, with its buttons.
pub(super) fn ask(talk: &mut Talk) {
    let Some(pending) = talk.state.pending.clone() else {
        return;
    };
    match &pending {
        Pending::CancelOrStop => talk.phrase("cancel_or_stop"),
        Pending::ConfirmCancel => say_of_form(talk, "cancel.confirm"),
        Pending::ConfirmStop => talk.phrase("stop.confirm"),
        Pending::ConfirmHide => talk.phrase("hide.confirm"),
        Pending::ConfirmLink { channel, .. } => link::say_of(talk, "link.confirm", channel),
        Pending::ConfirmJoin { channel, .. } => link::say_of(talk, "link.join", channel),
        Pending::ConfirmPart => talk.phrase("link.part"),
        Pending::ResumeOrNew(dialog) => {
            let title = talk
                .dialogs
                .dialogs
                .get(dialog)
                .map(|dialog| dialog.title.source(talk.lang()).to_owned());
            talk.phrase_with("resume.or_new", |context| {
                context.text("form", &title.unwrap_or_default())
            });
        }
        Pending::Supplement { .. } => talk.phrase("supplement.which"),
        Pending::Correct
        | Pending::AnswerOrQuestion { .. }
        | Pending::Guess { .. }
        | Pending::Helpful { .. } => return,
    }
    let options = buttons(talk, &pending);
    talk.put_controls(options, Vec::new());
}

fn say_of_form(talk: &mut Talk, phrase: &str) {
    let title = form_title(talk);
    talk.phrase_with(phrase, |context| context.text("form", &title));
}

fn form_title(talk: &Talk) -> String {
    let frame = talk.form().map(|at| &talk.state.stack[at]);
    let dialog = frame.and_then(|frame| talk.dialog_of(frame));
    dialog
        .map(|dialog| dialog.title.source(talk.lang()).to_owned())
        .unwrap_or_default()
}

fn buttons(talk: &mut Talk, pending: &Pending) -> Vec<Choice> {
    if let Pending::Supplement { slots, .. } = pending {
        let button = |(n, (_, slot)): (usize, &(String, String))| Choice {
            data: format!("{SLOT}{n}"),
            title: talk.label_of(slot),
            note: None,
        };
        return slots.iter().enumerate().map(button).collect();
    }
    words_of(pending)
        .iter()
        .map(|word| button(talk, word))
        .collect()
}

fn button(talk: &mut Talk, word: &'static str) -> Choice {
    let title = title(talk, word);
    Choice {
        data: format!("{DO}{word}:{}", mark(talk)),
        title,
        note: None,
    }
}

/// How a button reads; hiding and going on elsewhere are confirmed by yes.
fn title(talk: &mut Talk, word: &str) -> String {
    match word {
        HIDE | LINK | JOIN | PART => talk.title("yes"),
        word => talk.title(word),
    }
}

/// What a button is bound to: the form that it was asked about, so that an old one never acts on another.
fn mark(talk: &Talk) -> String {
    talk.form()
        .map(|at| talk.state.stack[at].instance.clone())
        .unwrap_or_default()
}

/// The acts on offer, in order.
fn words_of(pending: &Pending) -> &'static [&'static str] {
    match pending {
        Pending::CancelOrStop => &[CANCEL, STOP, KEEP],
        Pending::ConfirmCancel => &[CANCEL, KEEP],
        Pending::ConfirmStop => &[STOP, KEEP],
        Pending::ConfirmHide => &[HIDE, KEEP],
        Pending::ConfirmLink { .. } => &[LINK, NO],
        Pending::ConfirmJoin { .. } => &[JOIN, NO],
        Pending::ConfirmPart => &[PART, NO],
        Pending::ResumeOrNew(_) => &[CONTINUE, NEW],
        Pending::Supplement { .. } | Pending::Correct => &[],
        Pending::AnswerOrQuestion { .. } | Pending::Guess { .. } | Pending::Helpful { .. } => &[],
    }
}

/// Reads words as the answer to what is pending. False: they are something else, and nothing is pending
/// any more.
pub(super) fn wrote(talk: &mut Talk, text: &str) -> bool {
    let Some(pending) = talk.state.pending.take() else {
        return false;
    };
    match &pending {
        Pending::Correct => correct(talk, text),
        Pending::AnswerOrQuestion { .. } | Pending::Guess { .. } | Pending::Helpful { .. } => {
            faq::wrote(talk, &pending, text)
        }
        Pending::Supplement { slots, file } => {
            let picked = words::number(text)
                .and_then(|n| n.checked_sub(1))
                .filter(|at| *at < slots.len());
            let picked = picked.or_else(|| labelled(talk, slots, text));
            match (picked, file) {
                (Some(at), Some(file)) => {
                    let (reference, slot) = slots[at].clone();
                    file::supplement(talk, &reference, &slot, file);
                    true
                }
                _ => false,
            }
        }
        pending => match meant(talk, pending, text) {
            Some(word) => {
                act(talk, pending.clone(), word);
                true
            }
            None => false,
        },
    }
}

fn labelled(talk: &Talk, slots: &[(String, String)], text: &str) -> Option<usize> {
    slots
        .iter()
        .position(|(_, slot)| words::nearly(text, &talk.label_of(slot)))
}

/// Which act words mean: its number, its title, yes for the first and no for keeping.
fn meant(talk: &mut Talk, pending: &Pending, text: &str) -> Option<&'static str> {
    let words = words_of(pending);
    if let Some(number) = words::number(text) {
        return words.get(number.checked_sub(1)?).copied();
    }
    let confirms = !matches!(pending, Pending::CancelOrStop | Pending::ResumeOrNew(_));
    if confirms && words::is_yes(talk, text) {
        return words.first().copied();
    }
    let no = words.iter().find(|word| [KEEP, NO].contains(*word));
    if let Some(no) = no.filter(|_| words::is_no(talk, text)) {
        return Some(no);
    }
    let titled = |word: &&&'static str| {
        let title = title(talk, word);
        words::nearly(text, &title)
    };
    words.iter().find(titled).copied()
}

/// A button of a pending question. One that is not pending any more does nothing.
pub(super) fn pressed(talk: &mut Talk, data: &str) -> bool {
    if faq::pressed(talk, data) {
        return true;
    }
    if let Some(number) = data.strip_prefix(SLOT) {
        pressed_slot(talk, number);
        return true;
    }
    let Some((word, mark_of_button)) = data.strip_prefix(DO).and_then(|rest| rest.split_once(':'))
    else {
        return false;
    };
    let pending = talk.state.pending.take();
    let stands = mark_of_button == mark(talk);
    let word = pending
        .as_ref()
        .and_then(|pending| words_of(pending).iter().find(|known| **known == word));
    match (pending.clone(), word) {
        (Some(pending), Some(word)) if stands => act(talk, pending, word),
        _ => misfit(talk, Reason::new("old.inactive")),
    }
    true
}

fn pressed_slot(talk: &mut Talk, number: &str) {
    let pending = talk.state.pending.take();
    if let Some(Pending::Supplement {
        slots,
        file: Some(file),
    }) = pending
        && let Some((reference, slot)) = number.parse::<usize>().ok().and_then(|at| slots.get(at))
    {
        return file::supplement(talk, reference, slot, &file);
    }
    misfit(talk, Reason::new("old.inactive"));
}

fn act(talk: &mut Talk, pending: Pending, word: &'static str) {
    talk.note("pending", word);
    match (word, pending) {
        (CANCEL, _) => cancel(talk),
        (STOP, _) => stop(talk),
        (HIDE, _) => hide(talk),
        (LINK, Pending::ConfirmLink { code, .. }) => link::confirmed(talk, code),
        (JOIN, Pending::ConfirmJoin { link, channel }) => link::join(talk, link, &channel),
        (PART, _) => link::part(talk),
        (CONTINUE, Pending::ResumeOrNew(dialog)) => go_on(talk, &dialog),
        (NEW, Pending::ResumeOrNew(dialog)) => {
            let place = form::begin(talk, &dialog);
            exit::go(talk, place);
        }
        (_, pending) => keep(talk, &pending),
    }
}

fn cancel(talk: &mut Talk) {
    let Some(at) = talk.form() else {
        return misfit(talk, Reason::new("cancel.nothing"));
    };
    let title = form_title(talk);
    let frame = talk.state.stack.remove(at);
    talk.state.stack.clear();
    talk.state
        .finished
        .push((frame.instance.clone(), frame.dialog.clone()));
    form::forget(talk, &frame);
    talk.phrase_with("cancel.done", |context| context.text("form", &title));
}

fn stop(talk: &mut Talk) {
    control::opt_out(talk);
    talk.phrase("stop.done");
    if talk.form().is_some() {
        exit::ask_again(talk);
    }
}

fn hide(talk: &mut Talk) {
    control::hide(talk);
    talk.state.stack.clear();
    talk.phrase("hide.done");
}

fn go_on(talk: &mut Talk, dialog: &str) {
    let frame = talk
        .state
        .paused
        .iter()
        .rfind(|frame| frame.dialog == dialog);
    let instance = frame.map(|frame| frame.instance.clone());
    let resumed = instance.is_some_and(|instance| form::resume(talk, &instance));
    if !resumed {
        misfit(talk, Reason::new("resume.nothing"));
    }
}

fn keep(talk: &mut Talk, pending: &Pending) {
    talk.phrase(match pending {
        Pending::ConfirmStop => "stop.kept",
        Pending::ConfirmHide => "hide.kept",
        Pending::ConfirmLink { .. } | Pending::ConfirmJoin { .. } | Pending::ConfirmPart => {
            "link.kept"
        }
        Pending::CancelOrStop | Pending::ConfirmCancel | Pending::ResumeOrNew(_) => "cancel.kept",
        Pending::Supplement { .. } | Pending::Correct => "cancel.kept",
        Pending::AnswerOrQuestion { .. } | Pending::Guess { .. } | Pending::Helpful { .. } => {
            "cancel.kept"
        }
    });
    ask_or_rest(talk);
}

/// The number or label of the answer to correct.
fn correct(talk: &mut Talk, text: &str) -> bool {
    let Some((dialog, _)) = talk.here() else {
        return false;
    };
    let Some(number) = words::number(text) else {
        return false;
    };
    if let Taken::Again(reason) = review::numbered(talk, &dialog, number) {
        talk.state.pending = Some(Pending::Correct);
        super::order::say_reason(talk, reason);
    }
    true
}
