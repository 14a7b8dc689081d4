//! What staff sent back is fetched from the person: told once that something is needed, then the very questions
//! one by one, each with its reason. The frame holds no answers: what was given goes into the request at once, and
//! what is still wanted stands there; so it can be left, and taken up again, at any moment.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::casework::RETURNS_MAX;
use super::form;
use super::kind::{self, Said, Taken, submit};
use super::model::{Dialog, Kind, Step};
use super::rang;
use super::state::{AskedBack, Frame};
use super::talk::{CaseFacts, Talk};
use super::turn::{Completion, Effect};
use super::value::{Given, Value};
use crate::event::casework::KnownItem;
use crate::event::{Attachment, Control, KnownCase, What};
use crate::reply::{ClosedWindow, Proactive, Show};
use crate::text::fold::fold;

/// The frame's note that it fetches what was sent back; JSON of [`Mend`].
const MEND_NOTE: &str = "mend";

/// The template that says only that something is needed.
const ITEMS_NEEDED: &str = "items_needed";

/// Letters of an instance, as those of other forms.
const INSTANCE_LETTERS: usize = 6;

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Mend {
    reference: String,
    /// Items that the person will give later: not asked again in this run.
    put_off: Vec<String>,
    /// The item that was answered last, and how: the same again is no answer to the next.
    last: Option<(String, Value)>,
}

/// Whether this frame fetches what was sent back.
pub(super) fn is(frame: &Frame) -> bool {
    frame.notes.contains_key(MEND_NOTE)
}

fn open(talk: &Talk) -> Option<Mend> {
    let note = talk.frame()?.notes.get(MEND_NOTE)?;
    serde_json::from_str(note).ok()
}

/// Whether the innermost dialog fetches what was sent back.
pub(super) fn is_open(talk: &Talk) -> bool {
    talk.frame().is_some_and(is)
}

fn keep(talk: &mut Talk, mend: &Mend) {
    let json = serde_json::to_string(mend).unwrap_or_default();
    if let Some(frame) = talk.frame_mut() {
        frame.notes.insert(MEND_NOTE.to_owned(), json);
    }
}

/// The question of an item under the dialogs of today, whatever it was called when it was answered.
fn step_of<'t>(talk: &Talk<'t>, case: &KnownCase, item: &str) -> Option<(&'t Dialog, usize)> {
    let dialogs: &'t super::model::Dialogs = talk.dialogs;
    let dialog = dialogs.dialogs.get(&case.file.dialog)?;
    let name = dialog.renamed.get(item).map_or(item, String::as_str);
    let (index, step) = dialog.step(name)?;
    step.kind.question().is_some().then_some((&**dialog, index))
}

/// Whether the bot may ask for it: its question still stands, and it did not fail twice.
pub(super) fn is_askable(talk: &Talk, case: &KnownCase, item: &KnownItem) -> bool {
    item.times < RETURNS_MAX && step_of(talk, case, &item.name).is_some()
}

fn askable<'c>(talk: &Talk, case: &'c KnownCase) -> Vec<&'c KnownItem> {
    let state = talk.dialogs.cases.states.get(&case.state);
    if state.is_none_or(|state| state.moves.is_empty()) {
        return Vec::new();
    }
    case.sent_back()
        .filter(|item| is_askable(talk, case, item))
        .collect()
}

/// The person must be asked for something of this request.
pub(super) fn owe(talk: &mut Talk, reference: &str) {
    let owed = AskedBack::Owed;
    talk.state.asked_back.insert(reference.to_owned(), owed);
}

/// Nothing of this request is asked for any more.
pub(super) fn over(talk: &mut Talk, reference: &str) {
    talk.state.asked_back.remove(reference);
    let name = rang::missing_timer(reference);
    talk.effects.push(Effect::ClearTimer { name });
}

/// Staff matched something: when nothing waits for the person any more, the request goes on.
pub(super) fn settled(talk: &mut Talk, case: &KnownCase) {
    let asked = talk.state.asked_back.contains_key(&case.reference);
    if asked && case.sent_back().next().is_none() {
        back_to_staff(talk, case);
    }
}

/// It goes on where requests go that wait no more: the first move of their state.
fn back_to_staff(talk: &mut Talk, case: &KnownCase) {
    over(talk, &case.reference);
    let state = talk.dialogs.cases.states.get(&case.state);
    let next = state
        .filter(|state| state.waits)
        .and_then(|state| state.moves.first());
    if let Some(to) = next.filter(|_| case.missing.is_empty()) {
        talk.effects.push(Effect::Move {
            reference: case.reference.clone(),
            to: to.clone(),
            closed: false,
            told: None,
        });
    }
}

/// At the end of a turn: whoever is in no form hears that something is needed, once.
pub(super) fn tell_owed(talk: &mut Talk) {
    let human = matches!(talk.event.known.control, Control::Human(_));
    let busy = talk.form().is_some() || talk.state.pending.is_some();
    if human || busy || talk.state.hidden {
        return;
    }
    let owed = talk.state.asked_back.iter();
    let owed = owed.filter(|(_, asked)| **asked == AskedBack::Owed);
    let owed: Vec<String> = owed.map(|(reference, _)| reference.clone()).collect();
    talk.fold();
    for reference in owed {
        tell(talk, &reference, "mend.needed");
        let told = AskedBack::Told;
        talk.state.asked_back.insert(reference, told);
    }
}

fn tell(talk: &mut Talk, reference: &str, phrase: &str) {
    let text = talk.phrase_text(phrase, |context| context.text("reference", reference));
    let proactive = Proactive {
        template: ITEMS_NEEDED.to_owned(),
        parameters: vec![reference.to_owned()],
        purpose: None,
        expires: None,
        quiet: true,
        owed: true,
        closed_window: ClosedWindow::Template,
    };
    talk.start(text, proactive);
    let mut resume = talk.control("resume");
    resume.title = talk.title("continue");
    talk.offer_below(resume);
}

/// A reminder rang: something is still wanted. What came meanwhile, and was never said to be all, is the answer.
pub(super) fn remind(talk: &mut Talk, case: &KnownCase) -> bool {
    let is_it = open(talk).is_some_and(|mend| mend.reference == case.reference);
    if let Some((dialog, index)) = talk.here().filter(|_| is_it) {
        let files = kind::attach::files_for(talk, &dialog.steps[index].name);
        if !files.is_empty() {
            let given = talk.given(Value::Files(files));
            answered(talk, &dialog, index, given);
            return true;
        }
    }
    if askable(talk, case).is_empty() {
        return false;
    }
    tell(talk, &case.reference, "mend.reminder");
    true
}

/// A request that waits for something from its person, who knows.
fn wanting(talk: &Talk) -> Option<KnownCase> {
    if talk.state.hidden || talk.form().is_some() {
        return None;
    }
    let told = |case: &&KnownCase| talk.state.asked_back.contains_key(&case.reference);
    let mut cases = talk.event.known.cases.iter().filter(told);
    cases.find(|case| !askable(talk, case).is_empty()).cloned()
}

/// Begins to ask, where something was sent back and the person knows. False: there is nothing.
pub(super) fn begin(talk: &mut Talk) -> bool {
    let Some(case) = wanting(talk) else {
        return false;
    };
    let mend = push(talk, &case);
    let count = askable(talk, &case).len() as i64;
    talk.phrase_with("mend.begin", |context| {
        context.text("reference", &case.reference);
        context.number("count", count);
    });
    talk.note("mend", "begins");
    next(talk, &case, mend);
    true
}

/// A file at rest that may be what was asked for. False: it is something else.
pub(super) fn file(talk: &mut Talk, file: &Attachment) -> bool {
    let Some(case) = wanting(talk) else {
        return false;
    };
    let takes = |item: &&&KnownItem| {
        let found = step_of(talk, &case, &item.name);
        found.is_some_and(|(dialog, index)| match &dialog.steps[index].kind {
            Kind::Attach(attach) => kind::attach::problem(attach, file).is_none(),
            _ => false,
        })
    };
    let all = askable(talk, &case);
    let found = all.iter().find(takes);
    let Some((dialog, index)) = found.and_then(|item| step_of(talk, &case, &item.name)) else {
        return false;
    };
    push(talk, &case);
    if let Some(frame) = talk.frame_mut() {
        frame.step.clone_from(&dialog.steps[index].name);
    }
    dress(talk, &case);
    talk.note("mend", "file");
    if let Taken::Answer(given) = kind::take(talk, dialog, index, Said::File(file)) {
        answered(talk, dialog, index, given);
    }
    true
}

/// Opens the frame; it waits nowhere yet.
fn push(talk: &mut Talk, case: &KnownCase) -> Mend {
    talk.state.stack.clear();
    let instance = talk.event.seed.id(&format!("mend:{}", case.reference));
    let now = talk.now();
    talk.state.stack.push(Frame {
        instance: instance[..INSTANCE_LETTERS].to_owned(),
        dialog: case.file.dialog.clone(),
        opened_at: now,
        asked_at: now,
        ..Frame::default()
    });
    let mend = Mend {
        reference: case.reference.clone(),
        ..Mend::default()
    };
    keep(talk, &mend);
    let told = AskedBack::Told;
    talk.state.asked_back.insert(case.reference.clone(), told);
    mend
}

/// Asks for the next item; when none is left, says what follows.
fn next(talk: &mut Talk, case: &KnownCase, mend: Mend) {
    let left = askable(talk, case);
    let mut left = left
        .into_iter()
        .filter(|item| !mend.put_off.contains(&item.name));
    let Some(item) = left.next().cloned() else {
        return end(talk, case, &mend);
    };
    let Some((dialog, index)) = step_of(talk, case, &item.name) else {
        return end(talk, case, &mend);
    };
    keep(talk, &mend);
    let step = dialog.steps[index].name.clone();
    if let Some(frame) = talk.frame_mut() {
        frame.step.clone_from(&step);
        frame.tries = 0;
        frame.last_try = None;
        frame.notes.insert(
            kind::question::RECALL_NOTE.to_owned(),
            kind::question::turned_down(&step),
        );
    }
    dress(talk, case);
    why(talk, &dialog.steps[index], &item);
    kind::ask(talk, dialog, index);
}

/// Says what was wrong, in plain words, and shows what is wanted.
fn why(talk: &mut Talk, step: &Step, item: &KnownItem) {
    let dialogs = talk.dialogs;
    let mut reasons = dialogs.cases.reasons.iter();
    let reason = reasons.find(|reason| reason.name == item.reason);
    let listed = reason.map(|reason| reason.text.source(talk.lang()).to_owned());
    let own = item.words.clone().filter(|words| !words.trim().is_empty());
    let why = [listed, own].into_iter().flatten().collect::<Vec<_>>();
    let (label, why) = (talk.label(step), why.join(" "));
    talk.phrase_with("mend.item", |context| {
        context.text("label", &label);
        context.text("why", &why);
    });
    talk.sensitive();
    if let Some(file) = item.picture.clone() {
        talk.show(Show::Attachment { file });
    }
}

/// The answer to the waiting item: into the request, and on to the next.
pub(super) fn answered(talk: &mut Talk, dialog: &Dialog, index: usize, given: Given) {
    let Some(mut mend) = open(talk) else { return };
    talk.state.misunderstood = 0;
    talk.state.unsure = 0;
    talk.heard.step = Some(format!("{}.{}", dialog.name, dialog.steps[index].name));
    let Some(mut case) = of(talk, &mend) else {
        return no_longer(talk, &mend);
    };
    let Some(item) = waiting(talk, &case, dialog, index) else {
        return next(talk, &case, mend);
    };
    if matches!(given.value, Value::Later | Value::Skipped) {
        mend.put_off.push(item);
        return next(talk, &case, mend);
    }
    if is_the_same(talk, &mend, &item, &given.value) {
        talk.note("mend", "twice");
        talk.phrase("mend.twice");
        return kind::ask(talk, dialog, index);
    }
    case.supplied(&item, &given.value);
    let was_missing = case.missing.contains(&item);
    case.missing.retain(|slot| *slot != item);
    let done = case.sent_back().next().is_none() && case.missing.is_empty();
    let complete: Option<Completion> = done.then(|| submit::completion(talk, &case.kind));
    if let Some(complete) = &complete {
        case.answer_from = complete.answer_from;
        case.answer_by = complete.answer_by;
    }
    talk.note("mend", if was_missing { "missing" } else { "given" });
    talk.effects.push(Effect::Supplement {
        reference: mend.reference.clone(),
        slot: item.clone(),
        given: Box::new(given.clone()),
        complete,
    });
    mend.last = Some((item, given.value));
    next(talk, &case, mend);
}

/// The item whose question waits.
fn waiting(talk: &Talk, case: &KnownCase, dialog: &Dialog, index: usize) -> Option<String> {
    let name = &dialog.steps[index].name;
    let mut items = case.sent_back();
    let is_it = |item: &&KnownItem| {
        let step = step_of(talk, case, &item.name);
        step.is_some_and(|(_, at)| at == index) || item.name == *name
    };
    items.find(is_it).map(|item| item.name.clone())
}

/// The answer to the item before, sent once more: by a second tap, or on another channel.
fn is_the_same(talk: &Talk, mend: &Mend, item: &str, value: &Value) -> bool {
    let Some((name, last)) = mend.last.as_ref().filter(|(name, _)| name != item) else {
        return false;
    };
    let wanted_twice = talk
        .frame()
        .and_then(|frame| frame.answers.get(name))
        .is_some_and(|given| given.value == *value);
    match (last, value) {
        (Value::Files(last), Value::Files(files)) => files.iter().all(|file| {
            let same = |known: &Attachment| !file.digest.is_empty() && known.digest == file.digest;
            last.iter().any(same)
        }),
        (Value::Text(last), Value::Text(text)) => fold(last) == fold(text),
        _ => last == value || wanted_twice,
    }
}

/// An older button of this run: the item is answered anew, the waiting one is asked again.
pub(super) fn corrected(talk: &mut Talk, dialog: &Dialog, index: usize, given: Given) {
    let Some(mend) = open(talk) else { return };
    let name = dialog.steps[index].name.clone();
    let known = of(talk, &mend).is_some_and(|case| case.item(&name).is_some());
    if known {
        talk.effects.push(Effect::Supplement {
            reference: mend.reference.clone(),
            slot: name,
            given: Box::new(given),
            complete: None,
        });
    }
    super::exit::ask_again(talk);
}

fn of(talk: &Talk, mend: &Mend) -> Option<KnownCase> {
    let mut cases = talk.event.known.cases.iter();
    cases
        .find(|case| case.reference == mend.reference)
        .filter(|case| talk.state.asked_back.contains_key(&case.reference))
        .cloned()
}

fn end(talk: &mut Talk, case: &KnownCase, mend: &Mend) {
    close(talk);
    let facts = CaseFacts::from(case);
    let waits = case.sent_back().next().is_some();
    if waits || !case.missing.is_empty() {
        talk.phrase_with("mend.later", |context| {
            context.text("reference", &mend.reference)
        });
        return;
    }
    talk.phrase_of_case("mend.done", &facts, None);
    talk.sensitive();
    talk.note("mend", "done");
    back_to_staff(talk, case);
}

/// The frame goes; what is still wanted stands in the request. Files that came are its answer, whether or not the
/// person said that they are all.
fn close(talk: &mut Talk) {
    let Some(frame) = talk.state.stack.last().cloned() else {
        return;
    };
    hand_in(talk, &frame);
    talk.state.stack.pop();
    let album = form::album(&frame.instance);
    talk.effects.push(Effect::ClearTimer { name: album });
    form::finish(talk, &frame);
}

/// The person would rather do it later, or leave.
pub(super) fn later(talk: &mut Talk) {
    let Some(mend) = open(talk) else { return };
    close(talk);
    talk.state.stack.clear();
    talk.phrase_with("mend.later", |context| {
        context.text("reference", &mend.reference)
    });
}

/// Something else was begun in its place.
pub(super) fn left(talk: &mut Talk, frame: &Frame) {
    let note = frame.notes.get(MEND_NOTE);
    let mend: Option<Mend> = note.and_then(|note| serde_json::from_str(note).ok());
    hand_in(talk, frame);
    if let Some(mend) = mend {
        talk.phrase_with("mend.later", |context| {
            context.text("reference", &mend.reference)
        });
    }
}

fn hand_in(talk: &mut Talk, frame: &Frame) {
    let note = frame.notes.get(MEND_NOTE);
    let mend: Option<Mend> = note.and_then(|note| serde_json::from_str(note).ok());
    let files = kind::attach::files_in(frame, &frame.step);
    let Some(mend) = mend.filter(|_| !files.is_empty()) else {
        return;
    };
    let given = talk.given(Value::Files(files));
    talk.effects.push(Effect::Supplement {
        reference: mend.reference,
        slot: frame.step.clone(),
        given: Box::new(given),
        complete: None,
    });
}

fn no_longer(talk: &mut Talk, mend: &Mend) {
    talk.excused = true;
    close(talk);
    talk.note("mend", "no longer");
    talk.phrase_with("mend.no_longer", |context| {
        context.text("reference", &mend.reference)
    });
}

/// Before a turn: the frame sees the other answers of its request, as the form did; what staff settled meanwhile
/// is asked no more.
pub(super) fn prepare(talk: &mut Talk) {
    let Some(at) = talk.state.stack.iter().position(is) else {
        return;
    };
    let note = talk.state.stack[at].notes.get(MEND_NOTE);
    let mend: Option<Mend> = note.and_then(|note| serde_json::from_str(note).ok());
    let Some(mend) = mend else { return };
    let case = of(talk, &mend);
    let stands = case.as_ref().is_some_and(|case| {
        let step = &talk.state.stack[at].step;
        let asked = |item: &&KnownItem| {
            let found = step_of(talk, case, &item.name);
            found.is_some_and(|(dialog, index)| dialog.steps[index].name == *step)
        };
        case.sent_back().any(|item| asked(&item))
    });
    let Some(case) = case.filter(|_| stands) else {
        // Only what was open over it goes with it.
        talk.state.stack.truncate(at + 1);
        let heard = !matches!(
            talk.event.what,
            What::Rang { .. } | What::Staff(_) | What::Undelivered { .. }
        );
        match heard {
            true => no_longer(talk, &mend),
            false => close(talk),
        }
        return;
    };
    dress_at(talk, at, &case);
}

fn dress(talk: &mut Talk, case: &KnownCase) {
    if let Some(at) = talk.state.stack.len().checked_sub(1) {
        dress_at(talk, at, case);
    }
}

fn dress_at(talk: &mut Talk, at: usize, case: &KnownCase) {
    let waiting = talk.state.stack[at].step.clone();
    let mut answers = BTreeMap::new();
    for item in &case.file.items {
        let Some((dialog, index)) = step_of(talk, case, &item.name) else {
            continue;
        };
        let step = &dialog.steps[index];
        if step.name != waiting && kind::fits(step, &item.value) {
            let mut given = talk.given(item.value.clone());
            given.message_id = None;
            answers.insert(step.name.clone(), given);
        }
    }
    talk.state.stack[at].answers = answers;
}

/// After a turn: the answers stand in the request, and nowhere twice.
pub(super) fn undress(talk: &mut Talk) {
    for frame in talk.state.stack.iter_mut().filter(|frame| is(frame)) {
        frame.answers.clear();
        frame.trail.clear();
    }
}
