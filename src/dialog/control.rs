//! Control phrases and buttons that work at any step: back, correct, show, help, a human, language, pause,
//! cancel, stop, hide, hours, status. Whatever they tell, an open question is asked again behind it.

use super::answer;
use super::exit;
use super::form;
use super::kind::hand_over::to_human;
use super::kind::{self, Said, Taken, question, review};
use super::link;
use super::mend;
use super::order::{ask_or_rest, misfit};
use super::pending;
use super::rang;
use super::read::Reason;
use super::state::Pending;
use super::talk::{CaseFacts, Talk, data};
use super::turn::{Effect, HandOverReason};
use crate::event::{Control, Millis};
use crate::reply::Choice;
use crate::text::lang::Lang;

/// How long the first words are not said again (milliseconds): they still stand on the screen.
const GREETED_MILLIS: Millis = 10 * 60 * 1_000;

/// The scope of "no more messages": everything that we start.
const EVERYTHING: &str = "all";

/// Acts on a meaning of `words.yaml`. False: it means nothing here, and the words are read otherwise.
pub(super) fn act(talk: &mut Talk, meaning: &str) -> bool {
    talk.note("control", meaning);
    talk.state.misunderstood = 0;
    talk.state.unsure = 0;
    match meaning {
        "salam" => salam(talk),
        "hello" => hello(talk),
        "thanks" => thanks(talk),
        "back" => back(talk),
        "correct" => correct(talk),
        "show" => show(talk),
        "help" => help(talk),
        "human" => human(talk),
        "bot" => bot(talk),
        "language" => other_language(talk),
        "arabic" => chosen(talk, Lang::Ar),
        "english" => chosen(talk, Lang::En),
        "pause" => pause(talk),
        "resume" => resume(talk),
        "cancel" => cancel(talk),
        "cancel_or_stop" => cancel_or_stop(talk),
        "stop" => confirm(talk, Pending::ConfirmStop),
        "start" => start(talk),
        "menu" => exit::open(talk, form::MENU),
        "status" => status(talk),
        "hours" => hours(talk),
        "hide" => confirm(talk, Pending::ConfirmHide),
        "unhide" => unhide_how(talk),
        "elsewhere" => link::offer(talk),
        "part" => confirm(talk, Pending::ConfirmPart),
        "repeat" => ask_or_rest(talk),
        "later" => return pick(talk, question::LATER),
        "skip" => return pick(talk, question::SKIP),
        "done" => return pick(talk, question::DONE),
        other => return starts(talk, other),
    }
    true
}

/// Opens the dialog that begins with this word.
pub(super) fn starts(talk: &mut Talk, word: &str) -> bool {
    let mut dialogs = talk.dialogs.dialogs.values();
    let dialog = dialogs.find(|dialog| dialog.starts.iter().any(|start| start == word));
    let Some(name) = dialog.map(|dialog| dialog.name.clone()) else {
        return false;
    };
    exit::open(talk, &name);
    true
}

fn salam(talk: &mut Talk) {
    talk.greeted = true;
    match talk.form() {
        Some(_) => {
            talk.phrase("salam");
            exit::ask_again(talk);
        }
        None => welcome(talk),
    }
}

fn hello(talk: &mut Talk) {
    match talk.form() {
        Some(_) => exit::ask_again(talk),
        None => welcome(talk),
    }
}

/// The greeting and the menu. Who was greeted a moment ago, as by the page that they opened, hears a short one.
pub(super) fn welcome(talk: &mut Talk) {
    let before = talk.state.greeted_at.replace(talk.now());
    let lately = before.is_some_and(|at| talk.now() - at < GREETED_MILLIS);
    if lately && !talk.has_said() {
        talk.phrase(if talk.greeted { "salam" } else { "hello" });
    }
    let name = match lately || !talk.dialogs.dialogs.contains_key(form::WELCOME) {
        true => form::MENU,
        false => form::WELCOME,
    };
    exit::open(talk, name);
}

fn thanks(talk: &mut Talk) {
    talk.phrase("thanks");
    if talk.form().is_some() {
        exit::ask_again(talk);
    }
}

fn back(talk: &mut Talk) {
    let Some((dialog, index)) = talk.here() else {
        return exit::open(talk, form::MENU);
    };
    if mend::is_open(talk) {
        return misfit(talk, Reason::new("back.first"));
    }
    match answer::before(talk, &dialog, index) {
        Some(before) => answer::reopen(talk, &dialog, before),
        None if dialog.form => misfit(talk, Reason::new("back.first")),
        None => back_out(talk),
    }
}

/// Back from the first question of a dialog: into the form below it, else to the menu.
fn back_out(talk: &mut Talk) {
    if talk.form().is_none() {
        return exit::open(talk, form::MENU);
    }
    talk.state.stack.pop();
    ask_or_rest(talk);
}

/// Which answer to correct: the list with its numbers, and a button each.
fn correct(talk: &mut Talk) {
    let Some((dialog, _)) = talk.here() else {
        return misfit(talk, Reason::new("correct.nothing"));
    };
    let steps = review::steps(talk, &dialog);
    if steps.is_empty() || mend::is_open(talk) {
        return misfit(talk, Reason::new("correct.nothing"));
    }
    talk.phrase("correct.which");
    let instance = talk
        .frame()
        .map(|frame| frame.instance.clone())
        .unwrap_or_default();
    let button = |talk: &Talk, index: &usize| Choice {
        data: data(&instance, &dialog.steps[*index].name, question::FIX),
        title: talk.label(&dialog.steps[*index]),
        note: None,
    };
    let options = steps.iter().map(|index| button(talk, index)).collect();
    talk.put_controls(options, Vec::new());
    talk.sensitive();
    talk.state.pending = Some(Pending::Correct);
}

fn show(talk: &mut Talk) {
    let given = talk
        .here()
        .is_some_and(|(dialog, _)| !review::steps(talk, &dialog).is_empty());
    if !given {
        return misfit(talk, Reason::new("correct.nothing"));
    }
    talk.phrase("show");
    talk.sensitive();
    exit::ask_again(talk);
}

fn help(talk: &mut Talk) {
    let help = talk.here().and_then(|(dialog, index)| {
        let question = dialog.steps[index].kind.question()?;
        question.help.clone()
    });
    match help {
        Some(help) => talk.say(&help),
        None => talk.phrase("help"),
    }
    ask_or_rest(talk);
}

fn human(talk: &mut Talk) {
    let named = !talk.event.is_anonymous();
    if named && talk.form().is_none() && talk.dialogs.dialogs.contains_key("human") {
        return exit::open(talk, "human");
    }
    let step = talk
        .frame()
        .map(|frame| format!("{}.{}", frame.dialog, frame.step));
    to_human(talk, HandOverReason::Asked, step);
    if talk.form().is_some() {
        exit::ask_again(talk);
    }
}

fn bot(talk: &mut Talk) {
    if talk.event.known.control == Control::Waiting {
        talk.effects.push(Effect::TakeBack);
        rang::no_longer_wait(talk);
    }
    ask_or_rest(talk);
}

fn other_language(talk: &mut Talk) {
    let other = match talk.lang() {
        Lang::Ar => Lang::En,
        Lang::En => Lang::Ar,
    };
    chosen(talk, other);
}

fn chosen(talk: &mut Talk, language: Lang) {
    speak(talk, language);
    talk.phrase("language.changed");
    ask_or_rest(talk);
}

/// They chose a language: it is not guessed any more.
pub(super) fn speak(talk: &mut Talk, language: Lang) {
    talk.state.language = language;
    talk.state.language_chosen = true;
    talk.effects.push(Effect::Language(language));
}

fn pause(talk: &mut Talk) {
    if mend::is_open(talk) {
        return mend::later(talk);
    }
    let Some(at) = talk.form() else {
        return misfit(talk, Reason::new("pause.nothing"));
    };
    let frame = talk.state.stack.remove(at);
    talk.state.stack.clear();
    let title = talk
        .dialog_of(&frame)
        .map(|dialog| dialog.title.source(talk.lang()).to_owned());
    form::keep(talk, frame);
    talk.phrase_with("pause.done", |context| {
        context.text("form", &title.unwrap_or_default())
    });
}

fn resume(talk: &mut Talk) {
    let paused: Vec<String> = talk
        .state
        .paused
        .iter()
        .map(|frame| frame.instance.clone())
        .collect();
    match &paused[..] {
        _ if talk.form().is_some() => exit::ask_again(talk),
        _ if mend::begin(talk) => {}
        [] => misfit(talk, Reason::new("resume.nothing")),
        _ if talk.state.hidden => misfit(talk, Reason::new("resume.nothing")),
        [.., last] if paused.len() == 1 || !talk.dialogs.dialogs.contains_key("resume") => {
            form::resume(talk, last);
        }
        [..] => exit::open(talk, "resume"),
    }
}

fn cancel(talk: &mut Talk) {
    if mend::is_open(talk) {
        return mend::later(talk);
    }
    match talk.form() {
        Some(_) => confirm(talk, Pending::ConfirmCancel),
        None => misfit(talk, Reason::new("cancel.nothing")),
    }
}

/// «إلغاء» in a form could mean the form or our messages: that is asked. At rest it means the messages.
fn cancel_or_stop(talk: &mut Talk) {
    if mend::is_open(talk) {
        return mend::later(talk);
    }
    match talk.form() {
        Some(_) => confirm(talk, Pending::CancelOrStop),
        None => confirm(talk, Pending::ConfirmStop),
    }
}

fn confirm(talk: &mut Talk, pending: Pending) {
    talk.state.pending = Some(pending);
    pending::ask(talk);
}

/// What we start stops; asked for and confirmed.
pub(super) fn opt_out(talk: &mut Talk) {
    talk.effects.push(Effect::OptOut {
        scope: EVERYTHING.to_owned(),
    });
}

fn start(talk: &mut Talk) {
    talk.effects.push(Effect::OptIn);
    talk.phrase("start.done");
    if talk.form().is_some() {
        exit::ask_again(talk);
    }
}

/// In a form the own cases are told and the form goes on; at rest the dialog asks for the number.
fn status(talk: &mut Talk) {
    if talk.form().is_none() && talk.dialogs.dialogs.contains_key("status") {
        return exit::open(talk, "status");
    }
    let cases: Vec<CaseFacts> = match talk.state.hidden {
        true => Vec::new(),
        false => talk.event.known.cases.iter().map(CaseFacts::from).collect(),
    };
    if cases.is_empty() {
        talk.phrase("status.none");
    }
    for case in &cases {
        talk.phrase_of_case("status.case", case, None);
        talk.sensitive();
    }
    ask_or_rest(talk);
}

fn hours(talk: &mut Talk) {
    talk.phrase("hours");
    if talk.form().is_some() {
        exit::ask_again(talk);
    }
}

/// Everything said so far is hidden; open forms are put aside and not offered until the second factor.
pub(super) fn hide(talk: &mut Talk) {
    talk.effects.push(Effect::Hide);
    talk.state.hidden = true;
    talk.state.stack.retain(|frame| !mend::is(frame));
    let Some(top) = talk.state.stack.pop() else {
        return;
    };
    let below = std::mem::take(&mut talk.state.stack);
    let mut forms: Vec<_> = below;
    match talk.dialog_of(&top).is_some_and(|dialog| dialog.form) {
        true => forms.push(top),
        false => talk.state.stack.push(top),
    }
    for frame in forms {
        if talk.dialog_of(&frame).is_some_and(|dialog| dialog.form) {
            form::keep(talk, frame);
        }
    }
}

pub(super) fn unhide(talk: &mut Talk) {
    talk.effects.push(Effect::Unhide);
    talk.state.hidden = false;
}

fn unhide_how(talk: &mut Talk) {
    match talk.dialogs.dialogs.contains_key("unhide") {
        true => exit::open(talk, "unhide"),
        false => misfit(talk, Reason::new("unhide.how")),
    }
}

/// A button of something that is not asked any more.
pub(super) fn old(talk: &mut Talk) {
    misfit(talk, Reason::new("old.inactive"));
}

/// A word that stands for a button of the waiting step.
fn pick(talk: &mut Talk, option: &str) -> bool {
    let Some((dialog, index)) = talk.here() else {
        return false;
    };
    match kind::take(talk, &dialog, index, Said::Pick(option)) {
        Taken::Answer(given) => answer::take(talk, given),
        Taken::Told => {}
        Taken::Again(Some(reason)) if reason.phrase == "old.unknown" => return false,
        Taken::Again(reason) => misfit(talk, reason.unwrap_or(Reason::new("unclear"))),
    }
    true
}
