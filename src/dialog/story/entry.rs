//! What a story consists of: what is set, what happens, what is expected. Plain data.

use super::ENDING;
use super::patch::Patch;
use crate::event::{AttachmentKind, Millis, Source};
use crate::text::lang::Lang;

/// One conversation, written down.
#[derive(Clone, Debug, PartialEq)]
pub struct Story {
    /// Path below the `dialogs` folder.
    pub path: String,
    pub charity: String,
    pub items: Vec<Item>,
    /// The file itself, for rewriting.
    pub text: String,
}

impl Story {
    /// The name of its file, without folder and ending.
    pub fn name(&self) -> &str {
        name_of(&self.path)
    }
}

/// `stories/late.story` is `late`.
pub fn name_of(path: &str) -> &str {
    let file = path.rsplit('/').next().unwrap_or(path);
    file.strip_suffix(ENDING).unwrap_or(file)
}

/// One entry of a story, with its first and last line, from 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    pub line: usize,
    pub last: usize,
    pub what: Entry,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    Set(Setting),
    Do(Deed),
    Expect(Expected),
    /// How many messages the person needed since the last mark.
    Counts {
        compare: Compare,
        messages: usize,
    },
    /// What remains at the end, line by line.
    End(Vec<String>),
}

/// What holds from here on.
#[derive(Clone, Debug, PartialEq)]
pub enum Setting {
    Language(Lang),
    Channel(String),
    Source(Source),
    Known(KnownFact),
    /// Who writes from here on: a name of the story's own.
    As(String),
    /// Messages are counted from here.
    Mark,
    /// From here on other files speak.
    Dialogs(Patch),
}

#[derive(Clone, Debug, PartialEq)]
pub enum KnownFact {
    Staffed,
    OptedOut,
    /// The talk is one without a name.
    Anonymous,
    Consent(String),
    /// An answer of an earlier application: field, kind of value, value.
    Fact(String, String, String),
    Case(KnownRequest),
}

/// A request that stands before the story begins.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct KnownRequest {
    pub reference: String,
    pub kind: String,
    pub service: String,
    pub state: String,
    pub id: Option<String>,
    pub missing: Vec<String>,
    /// Items that were given, such as `rent_amount`.
    pub given: Vec<String>,
}

/// What happens.
#[derive(Clone, Debug, PartialEq)]
pub enum Deed {
    Person(String),
    Presses(Press),
    Sends(Parcel),
    /// The n-th last message of the person, from 1, now reads otherwise.
    Edits(usize, String),
    Opens(Option<String>),
    Staff(Act),
    Clock(Jump),
    /// The last question could finally not be delivered.
    Undelivered,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Press {
    /// By number or title, in the latest reply that has it.
    Latest(String),
    /// In an older reply than the latest.
    Old(String),
    /// What no reply of ours carries.
    Raw(String),
}

#[derive(Clone, Debug, PartialEq)]
pub enum Parcel {
    File(AttachmentKind, Option<String>),
    Pin(f64, f64, Option<String>),
    Card {
        phones: Vec<String>,
        name: Option<String>,
        own: bool,
    },
    /// A kind of message that carries nothing.
    Unreadable(String),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    Claims,
    Replies(String),
    Returns,
    Closes,
    /// A request, the state it moves to, and words to the person.
    Moves(String, String, Option<String>),
    /// A request, how much later its answer comes (milliseconds), and why.
    Postpones(String, Millis, String),
    /// A request and an item, matched against the original.
    Matches(String, String),
    /// A request, and each item with its reason of cases.yaml, or with words.
    SendsBack(String, Vec<(String, String)>),
    /// A request whose items are all matched.
    SignsOff(String),
    Registers(String),
    /// A request, the decision, words to the person, and why it is early, if it is.
    Decides(String, String, Option<String>, Option<String>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Jump {
    By(Millis),
    To(chrono::NaiveDateTime),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compare {
    AtMost,
    Exactly,
}

/// What is expected behind what happens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expected {
    pub key: Key,
    pub lines: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    Bot,
    Notice,
    Alert,
    Silent,
}

impl Key {
    pub fn word(self) -> &'static str {
        match self {
            Key::Bot => "bot",
            Key::Notice => "notice",
            Key::Alert => "alert",
            Key::Silent => "silent",
        }
    }
}

/// What is wrong with a story's file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// From 1.
    pub line: usize,
    pub what: String,
    pub remedy: String,
}

impl Problem {
    pub fn new(line: usize, what: impl Into<String>, remedy: impl Into<String>) -> Problem {
        Problem {
            line,
            what: what.into(),
            remedy: remedy.into(),
        }
    }
}
