//! Where a talk stands: the one thing that survives between two turns. Sealed whole in the store.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use super::value::Given;
use crate::event::Millis;
use crate::text::lang::Lang;

/// The form in which States are written now; older ones pass through an upgrader when they are read.
pub const STATE_FORMAT: u32 = 1;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct State {
    pub format: u32,
    /// The dialogs (digest of the resolved set) that the open frames were last stepped under.
    pub version: String,
    pub language: Lang,
    /// The person chose the language: no longer guessed from their script.
    pub language_chosen: bool,
    /// Open dialogs, the innermost last. Empty: at rest, the menu answers.
    pub stack: Vec<Frame>,
    /// Forms put aside, each resumable where it stopped; oldest first.
    pub paused: Vec<Frame>,
    /// Misunderstandings in a row, over all questions.
    pub misunderstood: u32,
    /// A question about the message before: "did you mean to cancel?", "answer or question?".
    pub pending: Option<Pending>,
    /// Instances of forms lately finished, so that an old button can be explained: instance to dialog.
    pub finished: Vec<(String, String)>,
    pub greeted_at: Option<Millis>,
    pub last_heard_at: Option<Millis>,
    /// Questions in a row that the FAQ did not understand.
    #[serde(default)]
    pub unsure: u32,
    /// The last entry of the FAQ that answered, and when.
    #[serde(default)]
    pub answered: Option<(String, Millis)>,
    /// When we last asked whether an answer helped.
    #[serde(default)]
    pub helped_at: Option<Millis>,
    /// The chat was hidden: old text comes back only after a second factor.
    pub hidden: bool,
    /// Requests of which something was sent back, by their numbers: whether the person has heard of it.
    #[serde(default)]
    pub asked_back: BTreeMap<String, AskedBack>,
}

/// How far the person knows that something is wanted of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AskedBack {
    /// They must hear of it as soon as they are in no form.
    Owed,
    Told,
}

impl Default for State {
    fn default() -> Self {
        State {
            format: STATE_FORMAT,
            version: String::new(),
            language: Lang::Ar,
            language_chosen: false,
            stack: Vec::new(),
            paused: Vec::new(),
            misunderstood: 0,
            pending: None,
            finished: Vec::new(),
            greeted_at: None,
            last_heard_at: None,
            unsure: 0,
            answered: None,
            helped_at: None,
            hidden: false,
            asked_back: BTreeMap::new(),
        }
    }
}

/// One open dialog.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Frame {
    /// Short id of this run of the dialog (six letters and digits): buttons and timers carry it.
    pub instance: String,
    pub dialog: String,
    /// The step that waits for the person.
    pub step: String,
    pub answers: BTreeMap<String, Given>,
    /// Steps that waited, in the order they were answered: "back" and the shown order use it.
    pub trail: Vec<String>,
    /// Wrong answers to this very question.
    pub tries: u32,
    /// What was typed at the last try, folded: a second identical entry may pass unverified.
    pub last_try: Option<String>,
    /// Correcting one answer from the review: return there when it is given.
    pub returns_to: Option<String>,
    pub opened_at: Millis,
    pub asked_at: Millis,
    /// Whatever a step kind must remember between two turns (picked options, files of a slot …).
    pub notes: BTreeMap<String, String>,
    /// Reminders already sent for this form.
    pub reminded: u32,
}

/// A question about what was just said, answered before anything else.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pending {
    /// "Cancel the form, or stop all messages?"
    CancelOrStop,
    ConfirmCancel,
    ConfirmStop,
    /// The words looked like a question that this entry of the FAQ answers: the text as written.
    AnswerOrQuestion {
        text: String,
        entry: String,
    },
    /// These entries of the FAQ may be meant by the text as written.
    Guess {
        text: String,
        entries: Vec<String>,
    },
    /// Did the answer of this entry help?
    Helpful {
        entry: String,
    },
    /// Hide this conversation?
    ConfirmHide,
    /// Go on here with the talk in which this code was said, on that channel?
    ConfirmLink {
        code: String,
        channel: String,
    },
    /// Let whoever entered the code of this link, on that channel, go on with this talk?
    ConfirmJoin {
        link: String,
        channel: String,
    },
    /// Shall every channel stand for itself again?
    ConfirmPart,
    /// Which of the answers given shall be corrected? They were shown with their numbers.
    Correct,
    /// This dialog is to begin, and a form of it is put aside: go on with that one, or begin anew?
    ResumeOrNew(String),
    /// What is missing in which case (reference, slot), numbered; the file waits for its place, if there is one.
    Supplement {
        slots: Vec<(String, String)>,
        file: Option<crate::event::Attachment>,
    },
}
