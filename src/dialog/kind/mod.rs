//! The step kinds: one file each, and the arms that lead to them. A kind says what it tells or asks when it
//! is entered, and what it makes of what a person sent.

pub(super) mod act;
pub(super) mod ask;
pub(super) mod attach;
pub(super) mod branch;
pub(super) mod call;
pub(super) mod choose;
pub(super) mod consent;
pub(super) mod guide;
pub(super) mod hand_over;
pub(super) mod locate;
pub(super) mod look_up;
pub(super) mod options;
pub(super) mod question;
pub(super) mod review;
pub(super) mod say;
pub(super) mod sign;
pub(super) mod submit;
pub(super) mod survey;

use super::model::{Dialog, Exit, Kind, Question, Step};
use super::read::Reason;
use super::state::Frame;
use super::talk::Talk;
use super::value::{Given, Value};
use crate::event::Attachment;

/// What entering a step comes to.
pub(super) enum Enter {
    /// It asked and waits for the person.
    Waits,
    /// It is done; the exit that it chose, if any.
    On(Option<Exit>),
    /// The walk ends here: the house was asked something, or the talk has moved elsewhere.
    Stops,
}

/// What a person sent, reduced to what a step can take.
#[derive(Clone, Copy, Debug)]
pub(super) enum Said<'a> {
    /// Words as written, cleaned.
    Text(&'a str),
    /// The option of a button of this very step.
    Pick(&'a str),
    File(&'a Attachment),
    /// Degrees, WGS 84.
    Pin(f64, f64, Option<&'a str>),
    /// Phones of a contact card.
    Card(&'a [String]),
}

/// What a step made of it.
pub(super) enum Taken {
    Answer(Given),
    /// It could not be read: why, where that is known.
    Again(Option<Reason>),
    /// The step said what there was to say and still waits.
    Told,
}

impl Taken {
    /// Not readable here, for this reason.
    pub(super) fn again(phrase: &'static str) -> Taken {
        Taken::Again(Some(Reason::new(phrase)))
    }
}

impl Kind {
    /// Whether a step of this kind waits, and keeps an answer under its name.
    pub fn answers(&self) -> bool {
        match self {
            Kind::Ask(_) | Kind::Choose(_) | Kind::Consent(_) | Kind::Attach(_) => true,
            Kind::Locate(_) | Kind::Review(_) | Kind::Sign(_) => true,
            Kind::Say(_) | Kind::Branch(_) | Kind::Submit(_) | Kind::LookUp(_) => false,
            Kind::Survey(_) | Kind::Guide(_) => false,
            Kind::Call(_) | Kind::HandOver(_) | Kind::Act(_) => false,
        }
    }

    /// What it has in common with other questions.
    pub fn question(&self) -> Option<&Question> {
        match self {
            Kind::Ask(ask) => Some(&ask.question),
            Kind::Choose(choose) => Some(&choose.question),
            Kind::Attach(attach) => Some(&attach.question),
            Kind::Locate(locate) => Some(&locate.question),
            Kind::Consent(_) | Kind::Review(_) | Kind::Sign(_) | Kind::Say(_) | Kind::Branch(_) => {
                None
            }
            Kind::Submit(_)
            | Kind::LookUp(_)
            | Kind::Survey(_)
            | Kind::Guide(_)
            | Kind::Call(_)
            | Kind::HandOver(_)
            | Kind::Act(_) => None,
        }
    }

    /// Whether its answers are sealed in history.
    pub fn is_sensitive(&self) -> bool {
        self.question().is_some_and(|question| question.sensitive)
    }
}

/// Enters a step: says it, does it, or asks it.
pub(super) fn enter(talk: &mut Talk, dialog: &Dialog, index: usize) -> Enter {
    let step = &dialog.steps[index];
    match &step.kind {
        Kind::Say(say) => say::enter(talk, say),
        Kind::Branch(branch) => branch::enter(talk, branch),
        Kind::Submit(submit) => submit::enter(talk, dialog, submit),
        Kind::LookUp(look_up) => look_up::enter(talk, look_up),
        Kind::Survey(survey) => survey::enter(talk, dialog, survey),
        Kind::Guide(guide) => guide::enter(talk, guide),
        Kind::Call(call) => call::enter(talk, call),
        Kind::HandOver(hand_over) => hand_over::enter(talk, step, hand_over),
        Kind::Act(act) => act::enter(talk, act),
        Kind::Ask(_) | Kind::Choose(_) | Kind::Consent(_) | Kind::Attach(_) => {
            wait(talk, dialog, index)
        }
        Kind::Locate(_) | Kind::Review(_) | Kind::Sign(_) => wait(talk, dialog, index),
    }
}

/// Enters a step that waits: a fresh question, with nothing tried yet.
fn wait(talk: &mut Talk, dialog: &Dialog, index: usize) -> Enter {
    if let Some(frame) = talk.frame_mut() {
        frame.tries = 0;
        frame.last_try = None;
    }
    let step = &dialog.steps[index];
    match &step.kind {
        Kind::Attach(attach) => attach::enter(talk, step, attach),
        Kind::Choose(choose) => choose::enter(talk, step, choose),
        _ => {
            ask(talk, dialog, index);
            Enter::Waits
        }
    }
}

/// Asks the question of a step that waits, with its choices.
pub(super) fn ask(talk: &mut Talk, dialog: &Dialog, index: usize) {
    let step = &dialog.steps[index];
    let now = talk.now();
    if let Some(frame) = talk.frame_mut() {
        frame.asked_at = now;
    }
    match &step.kind {
        Kind::Ask(ask) => ask::ask(talk, step, ask),
        Kind::Choose(choose) => choose::ask(talk, step, choose),
        Kind::Consent(consent) => consent::ask(talk, consent),
        Kind::Attach(attach) => attach::ask(talk, step, attach),
        Kind::Locate(locate) => locate::ask(talk, step, locate),
        Kind::Review(review) => review::ask(talk, review),
        Kind::Sign(sign) => sign::ask(talk, step, sign),
        Kind::Say(_) | Kind::Branch(_) | Kind::Submit(_) | Kind::LookUp(_) => {}
        Kind::Survey(_) | Kind::Guide(_) => {}
        Kind::Call(_) | Kind::HandOver(_) | Kind::Act(_) => {}
    }
}

/// Puts only the choices and hints of a waiting step below what is said.
pub(super) fn put(talk: &mut Talk, step: &Step) {
    match &step.kind {
        Kind::Ask(ask) => ask::put(talk, step, ask),
        Kind::Choose(choose) => choose::put(talk, step, choose),
        Kind::Consent(_) => consent::put(talk),
        Kind::Attach(attach) => attach::put(talk, step, attach),
        Kind::Locate(locate) => locate::put(talk, step, locate),
        Kind::Review(_) => review::put(talk),
        Kind::Sign(_) => sign::put(talk),
        Kind::Say(_) | Kind::Branch(_) | Kind::Submit(_) | Kind::LookUp(_) => {}
        Kind::Survey(_) | Kind::Guide(_) => {}
        Kind::Call(_) | Kind::HandOver(_) | Kind::Act(_) => {}
    }
}

/// Reads what was sent as the answer of a step. Decides nothing about where it leads.
pub(super) fn take(talk: &mut Talk, dialog: &Dialog, index: usize, said: Said) -> Taken {
    let step = &dialog.steps[index];
    if let Some(taken) = question::take(talk, step, said) {
        return taken;
    }
    match &step.kind {
        Kind::Ask(ask) => ask::take(talk, step, ask, said),
        Kind::Choose(choose) => choose::take(talk, dialog, step, choose, said),
        Kind::Consent(consent) => consent::take(talk, consent, said),
        Kind::Attach(attach) => attach::take(talk, step, attach, said),
        Kind::Locate(_) => locate::take(talk, said),
        Kind::Review(_) => review::take(talk, dialog, said),
        Kind::Sign(sign) => sign::take(talk, sign, said),
        Kind::Say(_) | Kind::Branch(_) | Kind::Submit(_) | Kind::LookUp(_) => Taken::Again(None),
        Kind::Survey(_) | Kind::Guide(_) => Taken::Again(None),
        Kind::Call(_) | Kind::HandOver(_) | Kind::Act(_) => Taken::Again(None),
    }
}

/// Whether a kept value still answers this step; after a change of the dialog it may not.
pub(super) fn fits(step: &Step, value: &Value) -> bool {
    let passed = question::passed(step, value);
    passed
        || match &step.kind {
            Kind::Ask(ask) => ask::fits(ask, value),
            Kind::Choose(choose) => choose::fits(choose, value),
            Kind::Consent(_) => matches!(value, Value::Bool(_)),
            Kind::Attach(_) => matches!(value, Value::Files(_)),
            Kind::Locate(_) => matches!(value, Value::Residence(_) | Value::Voice(_)),
            Kind::Review(_) => matches!(value, Value::Bool(true)),
            Kind::Sign(_) => matches!(value, Value::Signature(_)),
            Kind::Say(_) | Kind::Branch(_) | Kind::Submit(_) | Kind::LookUp(_) => false,
            Kind::Survey(_) | Kind::Guide(_) => false,
            Kind::Call(_) | Kind::HandOver(_) | Kind::Act(_) => false,
        }
}

/// The exit that an answer chooses by itself.
pub(super) fn exit_of(step: &Step, value: &Value) -> Option<Exit> {
    match (&step.kind, value) {
        (Kind::Choose(choose), Value::Option(name)) => choose::exit_of(choose, name),
        (Kind::Consent(consent), Value::Bool(false)) => consent.refused.clone(),
        _ => None,
    }
}

/// The exit that a step without an answer takes when a way is only looked at, not walked.
pub(super) fn silent_exit(talk: &Talk, frame: &Frame, step: &Step) -> Option<Exit> {
    match &step.kind {
        Kind::Branch(branch) => branch::exit(talk, frame, branch),
        _ => None,
    }
}

/// Whether anything that is written would do as an answer, so that a question of the person's could be
/// taken for one (DESIGN section 4, order of reading, 5).
pub(super) fn is_greedy(step: &Step) -> bool {
    use super::model::ReaderName;
    match &step.kind {
        Kind::Ask(ask) => matches!(ask.read, ReaderName::FreeText | ReaderName::FullName),
        Kind::Locate(_) => true,
        _ => false,
    }
}
