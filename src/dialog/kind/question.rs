//! What all questions have in common: later, skip, voice notes, offering again what is known.

use super::{Said, Taken, attach};
use crate::dialog::cond;
use crate::dialog::model::{Dialog, Kind, Question, ReaderName, Step};
use crate::dialog::talk::{Asked, Talk};
use crate::dialog::value::{Flag, Given, Value};
use crate::dialog::words;
use crate::event::{Attachment, AttachmentKind};
use crate::reply::{Choice, Wants};

/// The frame's note that a known answer was offered (`yes`) or turned down (`no`), with the step's name.
pub(in crate::dialog) const RECALL_NOTE: &str = "recall";

/// Options of buttons that belong to a step but are none of its answers.
pub(in crate::dialog) const LATER: &str = "~later";
pub(in crate::dialog) const SKIP: &str = "~skip";
pub(in crate::dialog) const DONE: &str = "~done";
pub(in crate::dialog) const RIGHT: &str = "~right";
pub(in crate::dialog) const CHANGE: &str = "~change";
pub(in crate::dialog) const HERE: &str = "~here";
/// Corrects the answer of the step that the button names.
pub(in crate::dialog) const FIX: &str = "~fix";

/// Puts choices, hints and controls of a question below what is said.
pub(in crate::dialog) fn put(
    talk: &mut Talk,
    question: &Question,
    choices: Vec<Choice>,
    wants: Option<Wants>,
    several: bool,
) {
    let mut controls = Vec::new();
    if several {
        let title = talk.title("done");
        controls.push(talk.choice(DONE, title, None));
    }
    if question.later {
        let title = talk.title("later");
        controls.push(talk.choice(LATER, title, None));
    }
    if question.optional {
        let title = talk.title("skip");
        controls.push(talk.choice(SKIP, title, None));
    }
    controls.extend(form_controls(talk));
    talk.put(Asked {
        choices,
        several,
        controls,
        wants,
        sensitive: question.sensitive,
    });
}

/// Once something came, "done" takes the place of "later" and "skip".
pub(in crate::dialog) fn put_done(talk: &mut Talk, question: &Question, wants: Option<Wants>) {
    let title = talk.title("done");
    let mut controls = vec![talk.choice(DONE, title, None)];
    controls.extend(form_controls(talk));
    talk.put(Asked {
        choices: Vec::new(),
        several: false,
        controls,
        wants,
        sensitive: question.sensitive,
    });
}

/// Back and pause, in a form that has something to go back to or to keep.
pub(in crate::dialog) fn form_controls(talk: &mut Talk) -> Vec<Choice> {
    let begun = talk.frame().is_some_and(|frame| !frame.trail.is_empty());
    if !begun || !talk.in_form() {
        return Vec::new();
    }
    vec![talk.control("back"), talk.control("pause")]
}

/// Says the question, or offers what is known instead. True: it was offered.
pub(in crate::dialog) fn say(talk: &mut Talk, step: &Step, question: &Question) -> bool {
    if let Some(known) = recallable(talk, step, question) {
        offer(talk, step, &known);
        return true;
    }
    talk.say(&question.text);
    false
}

/// Puts the choices of the waiting step below what was said, without its text.
pub(in crate::dialog) fn put_again(talk: &mut Talk) {
    if let Some((dialog, index)) = talk.here() {
        super::put(talk, &dialog.steps[index]);
    }
}

/// What is known of this field and may be offered here (PRODUCT section 4: only once it is settled for
/// whom this is, and never on a talk that was hidden).
fn recallable(talk: &Talk, step: &Step, question: &Question) -> Option<Value> {
    let frame = talk.frame()?;
    let dialog = talk.dialog_of(frame)?;
    let allowed = question.recall && !talk.state.hidden && settled(talk, dialog);
    let refused = frame.notes.get(RECALL_NOTE) == Some(&turned_down(&step.name));
    let answered = frame.answers.contains_key(&step.name);
    let known = talk.event.known.facts.get(&step.name)?;
    let usable =
        cond::is_known(known) && super::fits(step, known) && !matches!(known, Value::Voice(_));
    (allowed && usable && !refused && !answered).then(|| known.clone())
}

fn settled(talk: &Talk, dialog: &Dialog) -> bool {
    let Some(condition) = &dialog.recall_when else {
        return true;
    };
    talk.frame()
        .is_some_and(|frame| cond::holds(talk, frame, condition))
}

pub(in crate::dialog) fn turned_down(step: &str) -> String {
    format!("no:{step}")
}

fn offered(step: &str) -> String {
    format!("yes:{step}")
}

fn offer(talk: &mut Talk, step: &Step, known: &Value) {
    let (label, shown) = label_and_value(talk, step, known);
    talk.phrase_with("recall", |context| {
        context.text("label", &label);
        context.text("value", &shown);
    });
    if let Some(frame) = talk.frame_mut() {
        frame
            .notes
            .insert(RECALL_NOTE.to_owned(), offered(&step.name));
    }
    let (right, change) = (talk.title("right"), talk.title("change"));
    let choices = vec![
        talk.choice(RIGHT, right, None),
        talk.choice(CHANGE, change, None),
    ];
    let controls = form_controls(talk);
    talk.put(Asked {
        choices,
        several: false,
        controls,
        wants: None,
        sensitive: true,
    });
}

/// Label and shown value of an answer of the open dialog.
pub(in crate::dialog) fn label_and_value(
    talk: &Talk,
    step: &Step,
    value: &Value,
) -> (String, String) {
    let dialog = talk.frame().and_then(|frame| talk.dialog_of(frame));
    let shown = dialog.map(|dialog| crate::dialog::shown::answer(talk, dialog, step, value));
    (talk.label(step), shown.unwrap_or_default())
}

/// What is the same at every question; None: the kind reads it itself.
pub(in crate::dialog) fn take(talk: &mut Talk, step: &Step, said: Said) -> Option<Taken> {
    match said {
        // Files that came already are no "later": an older message still shows that button.
        Said::Pick(LATER | SKIP) if attach::has_files(talk, step) => Some(attach::done(talk, step)),
        Said::Pick(LATER) => Some(later(talk, step)),
        Said::Pick(SKIP) => Some(skip(talk, step)),
        Said::Pick(RIGHT) if is_offered(talk, step) => recall(talk, step),
        Said::Pick(CHANGE) if is_offered(talk, step) => Some(change(talk, step)),
        Said::Text(text) if is_offered(talk, step) => said_of_offer(talk, step, text),
        Said::File(file) if file.kind == AttachmentKind::Voice => voice(talk, step, file),
        Said::Pick(_) | Said::Text(_) | Said::File(_) | Said::Pin(..) | Said::Card(_) => None,
    }
}

fn later(talk: &mut Talk, step: &Step) -> Taken {
    if !step.kind.question().is_some_and(|question| question.later) {
        return Taken::again("later.not_here");
    }
    let label = talk.label(step);
    talk.phrase_with("later.noted", |context| context.text("label", &label));
    Taken::Answer(talk.given(Value::Later))
}

fn skip(talk: &mut Talk, step: &Step) -> Taken {
    match step
        .kind
        .question()
        .is_some_and(|question| question.optional)
    {
        true => Taken::Answer(talk.given(Value::Skipped)),
        false => Taken::again("skip.not_here"),
    }
}

/// Whether the value was given by passing over, where that is still allowed.
pub(in crate::dialog) fn passed(step: &Step, value: &Value) -> bool {
    let question = step.kind.question();
    match value {
        Value::Later => question.is_some_and(|question| question.later),
        Value::Skipped => question.is_some_and(|question| question.optional),
        _ => false,
    }
}

fn is_offered(talk: &Talk, step: &Step) -> bool {
    talk.frame()
        .is_some_and(|frame| frame.notes.get(RECALL_NOTE) == Some(&offered(&step.name)))
}

fn recall(talk: &mut Talk, step: &Step) -> Option<Taken> {
    let known = talk.event.known.facts.get(&step.name)?.clone();
    if let Some(frame) = talk.frame_mut() {
        frame.notes.remove(RECALL_NOTE);
    }
    let mut given = talk.given(known);
    given.flags.push(Flag::Recalled);
    Some(Taken::Answer(given))
}

fn change(talk: &mut Talk, step: &Step) -> Taken {
    if let Some(frame) = talk.frame_mut() {
        frame
            .notes
            .insert(RECALL_NOTE.to_owned(), turned_down(&step.name));
    }
    let here = talk.here();
    if let Some((dialog, index)) = here {
        super::ask(talk, &dialog, index);
    }
    Taken::Told
}

/// "Yes" keeps what is known, "no" asks; anything else is read as the new answer.
fn said_of_offer(talk: &mut Talk, step: &Step, text: &str) -> Option<Taken> {
    let right = talk.title("right");
    let changed = talk.title("change");
    if words::is_yes(talk, text) || words::same(text, &right) || words::number(text) == Some(1) {
        return recall(talk, step);
    }
    if words::is_no(talk, text) || words::same(text, &changed) || words::number(text) == Some(2) {
        return Some(change(talk, step));
    }
    if let Some(frame) = talk.frame_mut() {
        frame.notes.remove(RECALL_NOTE);
    }
    None
}

/// Voice is taken at every question that staff can type up; where the machine itself needs the answer to
/// go on, it asks for a pick.
fn voice(talk: &mut Talk, step: &Step, file: &Attachment) -> Option<Taken> {
    match &step.kind {
        Kind::Ask(ask) => match ask.read {
            ReaderName::YesNo | ReaderName::Rating => Some(Taken::again("choose.by_number")),
            ReaderName::Reference | ReaderName::LastFour => Some(Taken::again("voice.not_here")),
            ReaderName::FullName
            | ReaderName::NationalId
            | ReaderName::DocumentNumber
            | ReaderName::ContactMeans
            | ReaderName::Phone
            | ReaderName::Email
            | ReaderName::BirthDate
            | ReaderName::ExpiryDate
            | ReaderName::Date
            | ReaderName::Number
            | ReaderName::Money
            | ReaderName::Iban
            | ReaderName::FreeText => Some(spoken(talk, step, file)),
        },
        Kind::Locate(_) => Some(spoken(talk, step, file)),
        Kind::Choose(_) | Kind::Consent(_) | Kind::Review(_) => {
            Some(Taken::again("choose.by_number"))
        }
        Kind::Attach(attach) if attach.accepts.contains(&AttachmentKind::Voice) => None,
        Kind::Attach(_) => Some(Taken::again("voice.not_here")),
        Kind::Sign(_) => None,
        Kind::Say(_) | Kind::Branch(_) | Kind::Submit(_) | Kind::LookUp(_) => None,
        Kind::Survey(_) | Kind::Guide(_) => None,
        Kind::Call(_) | Kind::HandOver(_) | Kind::Act(_) => None,
    }
}

fn spoken(talk: &mut Talk, step: &Step, file: &Attachment) -> Taken {
    let label = talk.label(step);
    talk.phrase_with("voice.kept", |context| context.text("label", &label));
    let mut given: Given = talk.given(Value::Voice(file.clone()));
    given.flags.push(Flag::ToTypeUp);
    Taken::Answer(given)
}
