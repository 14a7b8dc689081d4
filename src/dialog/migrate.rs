//! States of earlier builds: an older format is read, and a form finds its place in dialogs that were
//! changed meanwhile. Answers that still fit are never asked again.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};

use super::answer;
use super::exit;
use super::form::{self, MOVED_NOTE};
use super::kind::{self, Said, Taken};
use super::mend;
use super::model::Dialog;
use super::state::{Frame, STATE_FORMAT, State};
use super::talk::Talk;
use crate::text::fold::clean;

impl State {
    /// Reads a stored State of this format or an older one. One that cannot be read whole keeps what can
    /// be read of it: every form with its answers, the language, what was hidden.
    pub fn read(json: &str) -> State {
        let Ok(value) = serde_json::from_str::<Json>(json) else {
            return State::default();
        };
        let value = upgrade(value);
        serde_json::from_value(value.clone()).unwrap_or_else(|_| salvage(&value))
    }
}

/// Passes a State through the upgraders between its format and ours.
fn upgrade(mut value: Json) -> Json {
    let format = value.get("format").and_then(Json::as_u64).unwrap_or(0);
    for upgrader in UPGRADERS.iter().skip(format as usize) {
        upgrader(&mut value);
    }
    value
}

/// One for each step from a format to the next; the first makes format 1.
const UPGRADERS: [fn(&mut Json); STATE_FORMAT as usize] = [number_the_format];

/// Format 1 is the first that was stored: only the number may be missing.
fn number_the_format(value: &mut Json) {
    if let Some(object) = value.as_object_mut() {
        object.insert("format".to_owned(), Json::from(1));
    }
}

/// Field by field: what cannot be read begins anew, everything else stays.
fn salvage(value: &Json) -> State {
    let empty = Map::new();
    let object = value.as_object().unwrap_or(&empty);
    State {
        format: STATE_FORMAT,
        version: String::new(),
        language: field(object, "language"),
        language_chosen: field(object, "language_chosen"),
        stack: frames(object, "stack"),
        paused: frames(object, "paused"),
        misunderstood: 0,
        pending: None,
        finished: field(object, "finished"),
        greeted_at: field(object, "greeted_at"),
        last_heard_at: field(object, "last_heard_at"),
        unsure: 0,
        answered: field(object, "answered"),
        helped_at: field(object, "helped_at"),
        hidden: field(object, "hidden"),
        asked_back: field(object, "asked_back"),
    }
}

fn field<T: serde::de::DeserializeOwned + Default>(object: &Map<String, Json>, name: &str) -> T {
    object
        .get(name)
        .and_then(|value| serde_json::from_value(value.clone()).ok())
        .unwrap_or_default()
}

fn frames(object: &Map<String, Json>, name: &str) -> Vec<Frame> {
    let frames = object.get(name).and_then(Json::as_array);
    frames.into_iter().flatten().filter_map(frame).collect()
}

/// A frame with every answer that can be read; without its dialog's name it is nobody's.
fn frame(value: &Json) -> Option<Frame> {
    let object = value.as_object()?;
    let answers: BTreeMap<String, Json> = field(object, "answers");
    let readable =
        |(name, given): (String, Json)| Some((name, serde_json::from_value(given).ok()?));
    Some(Frame {
        instance: object.get("instance")?.as_str()?.to_owned(),
        dialog: object.get("dialog")?.as_str()?.to_owned(),
        step: field(object, "step"),
        answers: answers.into_iter().filter_map(readable).collect(),
        trail: field(object, "trail"),
        tries: 0,
        last_try: None,
        returns_to: None,
        opened_at: field(object, "opened_at"),
        asked_at: field(object, "asked_at"),
        notes: field(object, "notes"),
        reminded: field(object, "reminded"),
    })
}

/// Moves every open and saved form to the dialogs of this turn, when it was last stepped under others.
pub(super) fn move_forms(talk: &mut Talk) {
    if talk.state.version == talk.dialogs.version {
        return;
    }
    talk.state.version = talk.dialogs.version.clone();
    move_stack(talk);
    let paused = std::mem::take(&mut talk.state.paused);
    for frame in paused {
        if let Some(frame) = moved(talk, frame) {
            talk.state.paused.push(frame);
        }
    }
}

/// The outermost frame that had to move ends what stood over it.
fn move_stack(talk: &mut Talk) {
    let stack = std::mem::take(&mut talk.state.stack);
    for frame in stack {
        let before = frame.step.clone();
        let Some(frame) = moved(talk, frame) else {
            return;
        };
        let stays = frame.step == before || !frame.notes.contains_key(MOVED_NOTE);
        talk.state.stack.push(frame);
        if !stays {
            return;
        }
    }
}

/// A frame in its place under the new dialogs; None when its dialog is gone, or was only a talk.
fn moved(talk: &mut Talk, mut frame: Frame) -> Option<Frame> {
    let Some(dialog) = talk.dialogs.dialogs.get(&frame.dialog).cloned() else {
        talk.note("migrate", "dialog withdrawn");
        form::forget(talk, &frame);
        return None;
    };
    if !dialog.form {
        return dialog.step(&frame.step).is_some().then_some(frame);
    }
    rename(&dialog, &mut frame);
    if mend::is(&frame) {
        return dialog.step(&frame.step).is_some().then_some(frame);
    }
    drop_unfit(&dialog, &mut frame);
    let waits = dialog
        .step(&frame.step)
        .filter(|(_, step)| step.kind.answers());
    let stop = exit::path(talk, &dialog, &frame).stop;
    match (waits, stop) {
        (Some((index, _)), Some(stop)) if index == stop => Some(frame),
        // Correcting an answer, or inside a called dialog: the step still stands, so it waits there.
        (Some((index, _)), Some(stop)) if index < stop && frame.returns_to.is_some() => Some(frame),
        (None, Some(stop))
            if dialog
                .step(&frame.step)
                .is_some_and(|(index, _)| index < stop) =>
        {
            Some(frame)
        }
        (_, Some(stop)) => {
            talk.note(
                "migrate",
                format!("{}.{}", dialog.name, dialog.steps[stop].name),
            );
            let before = std::mem::replace(&mut frame.step, dialog.steps[stop].name.clone());
            frame.tries = 0;
            frame.last_try = None;
            frame.returns_to = None;
            frame.notes.insert(MOVED_NOTE.to_owned(), before);
            Some(frame)
        }
        (_, None) => Some(frame),
    }
}

/// Steps that go by another name now: their answers, the trail and the place follow.
fn rename(dialog: &Dialog, frame: &mut Frame) {
    let new = |old: &str| dialog.renamed.get(old).cloned();
    let answers = std::mem::take(&mut frame.answers);
    for (name, given) in answers {
        let name = new(&name).unwrap_or(name);
        frame.answers.entry(name).or_insert(given);
    }
    for name in frame
        .trail
        .iter_mut()
        .chain([&mut frame.step])
        .chain(&mut frame.returns_to)
    {
        if let Some(renamed) = new(name) {
            *name = renamed;
        }
    }
}

/// An answer whose question reads another type now is asked again; one whose question is gone is dropped.
fn drop_unfit(dialog: &Dialog, frame: &mut Frame) {
    let fits = |name: &String, given: &super::value::Given| {
        dialog
            .step(name)
            .is_some_and(|(_, step)| kind::fits(step, &given.value))
    };
    frame.answers.retain(|name, given| fits(name, given));
    let answers = &frame.answers;
    frame.trail.retain(|name| answers.contains_key(name));
}

/// Tells who comes back that the form changed, and asks what is to be asked now. False: nothing moved.
pub(super) fn tell(talk: &mut Talk) -> bool {
    if take_note(talk).is_none() {
        return false;
    }
    say_changed(talk);
    match talk.here() {
        Some((dialog, index)) if dialog.steps[index].kind.answers() => exit::ask_again(talk),
        Some((_, index)) => exit::enter(talk, index),
        None => exit::open(talk, form::MENU),
    }
    true
}

/// What they wrote answered the question as it stood before. Where that question still stands the answer
/// is kept; either way they hear what changed. False: nothing moved.
pub(super) fn tell_and_keep(talk: &mut Talk, text: &str) -> bool {
    let before = talk
        .frame()
        .and_then(|frame| frame.notes.get(MOVED_NOTE).cloned());
    let stands = before.and_then(|name| {
        let (dialog, _) = talk.here()?;
        let (index, _) = dialog.step(&name)?;
        Some((dialog, index))
    });
    let Some((dialog, index)) = stands else {
        return tell(talk);
    };
    match kind::take(talk, &dialog, index, Said::Text(&clean(text))) {
        Taken::Answer(given) => {
            take_note(talk);
            say_changed(talk);
            answer::correct(talk, &dialog, index, given);
            true
        }
        Taken::Told | Taken::Again(_) => tell(talk),
    }
}

fn take_note(talk: &mut Talk) -> Option<String> {
    talk.frame_mut()?.notes.remove(MOVED_NOTE)
}

fn say_changed(talk: &mut Talk) {
    let title = talk.frame().and_then(|frame| talk.dialog_of(frame));
    let title = title.map(|dialog| dialog.title.source(talk.lang()).to_owned());
    talk.phrase_with("resume.changed", |context| {
        context.text("form", &title.unwrap_or_default())
    });
}
