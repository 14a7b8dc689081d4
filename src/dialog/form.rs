//! Frames: opening a dialog, putting a form aside and taking it up again, closing it. Nothing that a person
//! has given is lost here without an effect that says so.

use sha2::{Digest, Sha256};

use super::exit::{self, Place, STACK_MAX};
use super::mend;
use super::model::Dialog;
use super::state::{Frame, Pending};
use super::talk::Talk;
use super::turn::Effect;

/// Where a talk comes to rest.
pub(super) const MENU: &str = "menu";
/// Greets, and leads to the menu.
pub(super) const WELCOME: &str = "welcome";

/// The frame's note that its answers became a case.
pub(super) const SUBMITTED_NOTE: &str = "submitted";

/// The frame's note that something was opened over it.
const INTERRUPTED_NOTE: &str = "interrupted";

/// The frame's note that its dialog changed meanwhile and it waits elsewhere now: told once.
pub(super) const MOVED_NOTE: &str = "moved";

/// Forms put aside at most (forms): more than a family needs; the oldest gives way.
pub const PAUSED_MAX: usize = 20;
/// Finished forms remembered, to explain their old buttons (forms).
pub const FINISHED_MAX: usize = 20;
/// Letters of an instance; six hexadecimal digits part the few forms of one talk.
const INSTANCE_LETTERS: usize = 6;

/// The name of the timer that reminds of a form.
pub(super) fn reminder(instance: &str) -> String {
    format!("remind:{instance}")
}

/// The name of the timer that closes an album.
pub(super) fn album(instance: &str) -> String {
    format!("album:{instance}")
}

/// Where a talk without a name comes to rest, and the only way from other dialogs.
pub(super) const ANONYMOUS: &str = "anonymous";

/// In a talk without a name only dialogs made for it can be walked: the others ask who somebody is.
pub(super) fn is_closed(talk: &Talk, dialog: &Dialog) -> bool {
    talk.event.is_anonymous() && !dialog.anonymous
}

/// What is opened in the place of a closed dialog; what it was is said unless it was only the rest.
fn elsewhere(talk: &mut Talk, closed: &Dialog) -> Place {
    if !exit::is_rest(&closed.name) {
        talk.phrase("anonymous.elsewhere");
    }
    match talk.dialogs.dialogs.get(ANONYMOUS).cloned() {
        Some(rest) if rest.anonymous => {
            put_aside(talk);
            push(talk, &rest);
            Place::Step(0)
        }
        Some(_) | None => Place::Stop,
    }
}

/// Opens a dialog: over an open form when it only explains, else in its place; the form is put aside.
pub(super) fn open(talk: &mut Talk, name: &str) -> Place {
    let Some(dialog) = talk.dialogs.dialogs.get(name).cloned() else {
        exit::fault(talk, "a dialog is gone");
        return Place::Stop;
    };
    if is_closed(talk, &dialog) {
        return elsewhere(talk, &dialog);
    }
    match dialog.form {
        true => open_form(talk, &dialog),
        false => open_talk(talk, &dialog),
    }
}

fn open_form(talk: &mut Talk, dialog: &Dialog) -> Place {
    if let Some(at) = talk
        .state
        .stack
        .iter()
        .position(|frame| frame.dialog == dialog.name)
    {
        talk.state.stack.truncate(at + 1);
        exit::ask_again(talk);
        return Place::Stop;
    }
    put_aside(talk);
    let waits = talk
        .state
        .paused
        .iter()
        .any(|frame| frame.dialog == dialog.name);
    if waits && !talk.state.hidden {
        talk.state.pending = Some(Pending::ResumeOrNew(dialog.name.clone()));
        super::pending::ask(talk);
        return Place::Stop;
    }
    push(talk, dialog);
    Place::Step(0)
}

fn open_talk(talk: &mut Talk, dialog: &Dialog) -> Place {
    let form = talk.form().filter(|at| comes_back(talk, *at));
    match form {
        Some(at) if !exit::is_rest(&dialog.name) && at + 1 < STACK_MAX => {
            talk.state.stack.truncate(at + 1)
        }
        Some(_) | None => put_aside(talk),
    }
    push(talk, dialog);
    Place::Step(0)
}

/// Whether an open form is asked again behind what is opened over it: always when something was given in
/// it, else once. Who asks for other things again and again has left it.
fn comes_back(talk: &mut Talk, at: usize) -> bool {
    let frame = &mut talk.state.stack[at];
    let first = frame
        .notes
        .insert(INTERRUPTED_NOTE.to_owned(), String::new())
        .is_none();
    first || !frame.answers.is_empty()
}

/// Begins a form anew, whatever is put aside.
pub(super) fn begin(talk: &mut Talk, name: &str) -> Place {
    let Some(dialog) = talk.dialogs.dialogs.get(name).cloned() else {
        return Place::Stop;
    };
    if is_closed(talk, &dialog) {
        return elsewhere(talk, &dialog);
    }
    put_aside(talk);
    push(talk, &dialog);
    Place::Step(0)
}

/// Puts a frame on the stack, at its first step.
pub(super) fn push(talk: &mut Talk, dialog: &Dialog) {
    if talk.state.stack.len() >= STACK_MAX {
        put_aside(talk);
    }
    let now = talk.now();
    let instance = match dialog.form {
        true => talk
            .event
            .seed
            .id(&format!("instance:{}:{}", dialog.name, talk.walked)),
        false => standing(&dialog.name),
    };
    talk.state.stack.push(Frame {
        instance: instance[..INSTANCE_LETTERS].to_owned(),
        dialog: dialog.name.clone(),
        step: dialog
            .steps
            .first()
            .map(|step| step.name.clone())
            .unwrap_or_default(),
        answers: Default::default(),
        trail: Vec::new(),
        tries: 0,
        last_try: None,
        returns_to: None,
        opened_at: now,
        asked_at: now,
        notes: Default::default(),
        reminded: 0,
    });
}

/// The instance of a dialog that is no form: always the same one, so that its buttons work whenever they are
/// pressed. Hexadecimal.
pub(super) fn standing(dialog: &str) -> String {
    let digest = Sha256::digest(dialog.as_bytes());
    digest
        .iter()
        .take(INSTANCE_LETTERS)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// The dialog that is no form whose standing instance this is.
pub(super) fn standing_dialog(talk: &Talk, instance: &str) -> Option<String> {
    let mut talks = talk.dialogs.dialogs.values().filter(|dialog| !dialog.form);
    talks
        .find(|dialog| standing(&dialog.name).starts_with(instance))
        .map(|dialog| dialog.name.clone())
}

/// Empties the stack; an open form is put aside with all its answers, and the person hears of it.
pub(super) fn put_aside(talk: &mut Talk) {
    let stack = std::mem::take(&mut talk.state.stack);
    for frame in stack {
        let Some(dialog) = talk.dialog_of(&frame).cloned() else {
            continue;
        };
        if !dialog.form {
            continue;
        }
        // What staff sent back stands in its request.
        if mend::is(&frame) {
            clear_timers(talk, &frame);
            mend::left(talk, &frame);
            continue;
        }
        // One that has no answer yet holds nothing to keep.
        if frame.answers.is_empty() {
            clear_timers(talk, &frame);
            continue;
        }
        let title = dialog.title.source(talk.lang()).to_owned();
        talk.phrase_with("switched", |context| context.text("form", &title));
        keep(talk, frame);
    }
}

/// Puts a form aside without a word.
pub(super) fn keep(talk: &mut Talk, frame: Frame) {
    talk.state.paused.push(frame);
    if talk.state.paused.len() > PAUSED_MAX {
        let oldest = talk.state.paused.remove(0);
        forget(talk, &oldest);
    }
}

/// Takes up a form put aside, at the very question.
pub(super) fn resume(talk: &mut Talk, instance: &str) -> bool {
    if !resume_silently(talk, instance) {
        return false;
    }
    let moved = talk
        .frame_mut()
        .and_then(|frame| frame.notes.remove(MOVED_NOTE))
        .is_some();
    let title = talk.frame().and_then(|frame| talk.dialog_of(frame));
    let title = title.map(|dialog| dialog.title.source(talk.lang()).to_owned());
    let phrase = if moved { "resume.changed" } else { "resume" };
    talk.phrase_with(phrase, |context| {
        context.text("form", &title.unwrap_or_default())
    });
    reenter(talk);
    true
}

/// Takes up a form put aside, without a word.
pub(super) fn resume_silently(talk: &mut Talk, instance: &str) -> bool {
    let Some(at) = talk
        .state
        .paused
        .iter()
        .position(|frame| frame.instance == instance)
    else {
        return false;
    };
    let frame = talk.state.paused.remove(at);
    put_aside(talk);
    talk.state.stack.push(frame);
    true
}

/// Opens a dialog that is no form right at one of its steps, as if it had just been asked.
pub(super) fn stand(talk: &mut Talk, dialog: &Dialog, index: usize) {
    let is_top = talk
        .frame()
        .is_some_and(|frame| frame.dialog == dialog.name);
    match talk.form() {
        _ if is_top => {}
        Some(at) if at + 1 < STACK_MAX => {
            talk.state.stack.truncate(at + 1);
            push(talk, dialog);
        }
        Some(_) | None => {
            put_aside(talk);
            push(talk, dialog);
        }
    }
    let name = dialog.steps[index].name.clone();
    if let Some(frame) = talk.frame_mut() {
        frame.step = name;
        frame.answers.clear();
        frame.notes.clear();
    }
}

/// Asks the open question again; a step that does not wait (a call) is entered anew.
fn reenter(talk: &mut Talk) {
    match talk.here() {
        Some((dialog, index)) if dialog.steps[index].kind.answers() => exit::ask_again(talk),
        Some((_, index)) => exit::enter(talk, index),
        None => exit::fault(talk, "the saved step is gone"),
    }
}

/// Closes the innermost dialog. A form that ends without a case leaves nothing behind.
pub(super) fn close_top(talk: &mut Talk) {
    let Some(frame) = talk.state.stack.pop() else {
        return;
    };
    if talk.dialog_of(&frame).is_some_and(|dialog| dialog.form) {
        finish(talk, &frame);
        if !frame.notes.contains_key(SUBMITTED_NOTE) {
            forget(talk, &frame);
        }
    }
}

pub(super) fn finish(talk: &mut Talk, frame: &Frame) {
    clear_timers(talk, frame);
    talk.state
        .finished
        .push((frame.instance.clone(), frame.dialog.clone()));
    if talk.state.finished.len() > FINISHED_MAX {
        talk.state.finished.remove(0);
    }
}

/// Throws a form away, with its answers and files.
pub(super) fn forget(talk: &mut Talk, frame: &Frame) {
    clear_timers(talk, frame);
    talk.effects.push(Effect::Forget {
        instance: frame.instance.clone(),
    });
}

fn clear_timers(talk: &mut Talk, frame: &Frame) {
    for name in [reminder(&frame.instance), album(&frame.instance)] {
        talk.effects.push(Effect::ClearTimer { name });
    }
}
