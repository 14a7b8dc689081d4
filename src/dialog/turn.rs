//! The outcome of one event: the new State, what to say, what the house must do, what must be looked
//! up before the turn can end. Plain data; `inbox` carries it out in one transaction.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use super::state::State;
use super::value::{Flag, Given, Signature};
use crate::event::Millis;
use crate::event::casework::{CaseAct, CaseFile, KnownItem};
use crate::reply::Reply;
use crate::text::lang::Lang;

/// How often `inbox` answers asks and steps again within one turn (DESIGN section 2).
pub const ROUNDS_MAX: usize = 3;

#[derive(Clone, Debug, PartialEq)]
pub struct Turn {
    pub state: State,
    pub replies: Vec<Reply>,
    pub effects: Vec<Effect>,
    /// Not empty: nothing else of this turn counts; look these up and step again.
    pub asks: Vec<Ask>,
    /// How the incoming message is to be kept.
    pub heard: Heard,
    /// Why the bot did what it did, for `/why` and for staff.
    pub trace: Vec<Note>,
}

/// How the incoming message goes into history.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Heard {
    /// Replaces the text before anything is stored: a secret was in it.
    pub redacted: Option<String>,
    /// The step is sensitive, or the words hold an ID, an IBAN or a code: sealed.
    pub sensitive: bool,
    /// `dialog.step` that it answered, if any.
    pub step: Option<String>,
}

/// One line of the trace: machine words, so that it can be shown in either language.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Note {
    /// Which rule of the order of reading, or which move ("reader", "control", "exit" …).
    pub rule: String,
    /// Never a person's words.
    pub detail: String,
}

/// What the house must do, in the same transaction. Effects with an outcome are asks.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    Consent {
        purpose: String,
        version: String,
        given: bool,
        language: Lang,
    },
    Language(Lang),
    /// Sets or moves the timer `name` of this conversation. `quiet`: ring only at a decent hour.
    SetTimer {
        name: String,
        due: Millis,
        quiet: bool,
    },
    ClearTimer {
        name: String,
    },
    /// Hand the conversation to a human: control becomes waiting.
    HandOver {
        reason: HandOverReason,
        step: Option<String>,
    },
    /// Control goes back to the bot (the person asked for it while waiting).
    TakeBack,
    /// Staff must look at once, at any hour.
    Alert {
        kind: AlertKind,
    },
    /// Everything said so far is hidden from the page.
    Hide,
    /// The second factor was given: history may be shown again.
    Unhide,
    OptOut {
        scope: String,
    },
    OptIn,
    /// An answer or a document for a case that exists already.
    Supplement {
        reference: String,
        slot: String,
        given: Box<Given>,
        /// Set when nothing is missing on the person's side any more.
        complete: Option<Completion>,
    },
    /// The person withdraws a case.
    Withdraw {
        reference: String,
    },
    /// Staff moved a case. `closed`: nothing follows any more. `told`: words to the person.
    Move {
        reference: String,
        to: String,
        closed: bool,
        told: Option<String>,
    },
    /// The promised answer to a case comes later.
    Postpone {
        reference: String,
        answer_by: Millis,
        told: String,
    },
    /// Staff did something to the file of a request.
    Case {
        reference: String,
        by: String,
        act: Box<CaseAct>,
    },
    /// What the person thinks of us; whoever decides about their requests never sees it (P13).
    Rated(Box<Rating>),
    /// A paused form was thrown away: forget its answers and files.
    Forget {
        instance: String,
    },
    /// A question that found no sure answer, and what became of it (for the FAQ desk).
    Unanswered {
        text: String,
        outcome: Outcome,
        /// The entry that was picked.
        entry: Option<String>,
    },
    /// The code with which this talk can go on elsewhere; earlier ones of it are worth nothing any more.
    OfferLink {
        code: String,
        expires: Millis,
    },
    /// From the next turn on replies go there.
    SpeakAt(Onward),
    /// An entry of the FAQ answered.
    Answered(Answered),
    /// Whether that helped, in the person's own word.
    Helped {
        entry: String,
        yes: bool,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HandOverReason {
    Asked,
    Misunderstood,
    Distress,
    UnclearProcedure,
    LowConfidence,
    /// The dialog says so (a `hand_over` step).
    Dialog,
    /// Something of ours failed: the safety net.
    Fault,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AlertKind {
    Distress,
    /// Nobody came in the time in which somebody should have.
    Unclaimed,
    Undelivered,
    Fault,
    /// Something came that is not answered, such as an automatic mail: somebody looks at it.
    SetAside,
    /// What was sent back failed twice: somebody should call.
    Call,
}

/// What must be known, or claimed, before the turn can end.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Ask {
    /// Claim the reference and open the case: insert, or learn that it was lost.
    Submit(Box<Submission>),
    /// The state of a request: the reference and the last four digits of the ID given with it.
    Status {
        reference: String,
        last_four: Option<String>,
    },
    /// What a code is worth that was entered here. `sure`: they want it, and the side that said it is to be asked.
    Link { code: String, sure: bool },
    /// Whoever entered the code of this link is the same person from now on.
    Join { link: String },
    /// Undo that, for who writes, or for all who were joined to them.
    Part,
}

/// The answer to an [`Ask`], in the next round.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Answer {
    /// The case stands under this reference. `duplicate`: the ID is in another open request, which
    /// staff see and the person does not. `taken`: the reference belonged to another case; try again.
    Submitted {
        reference: String,
        duplicate: bool,
        /// The place in the service's waiting list, from 1, when its quota is used up.
        waiting: Option<u32>,
        taken: bool,
        attempt: u32,
    },
    /// None: no such reference, or the second factor is wrong; never told apart.
    Status {
        reference: String,
        case: Option<Box<crate::event::KnownCase>>,
    },
    Link(Entered),
    /// Where the talk goes on; None: it came too late.
    Joined(Option<Onward>),
    /// Where this talk goes on without those that were parted; None: nothing was joined.
    Parted(Option<Onward>),
}

/// How long a code for going on elsewhere lasts, and then the question on the other side (milliseconds).
pub const LINK_MILLIS: Millis = 15 * 60 * 1_000;

/// What a code is worth.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Entered {
    /// It was said on this channel, to somebody else as far as we know.
    Good { channel: String },
    /// Never said, too old, or used; never told apart.
    Unknown,
    /// Said to the very person who enters it.
    Own,
    /// Too many wrong ones.
    Limited,
    /// A human speaks on one of the sides.
    Busy,
}

/// An identity, and its channel, at which a talk goes on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Onward {
    pub identity: String,
    pub channel: String,
}

/// A request as the person handed it in (P6, P7).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Submission {
    pub reference: String,
    /// Which try at a free reference this is, from 0.
    pub attempt: u32,
    /// Kind of case, of `cases.yaml`.
    pub kind: String,
    pub service: String,
    /// How many open requests the service can take, where it has a waiting list beyond them.
    pub quota: Option<u32>,
    pub dialog: String,
    /// Digest of the dialog set that it was made under (P19).
    pub version: String,
    pub language: Lang,
    /// Field to answer, in no order that matters; order of asking in `trail`.
    pub answers: BTreeMap<String, Given>,
    pub trail: Vec<String>,
    /// Fields that are sealed and masked.
    pub sensitive: Vec<String>,
    /// The ID of the person in need, by which duplicates are found; another document with its kind before
    /// it (`passport/X1234567`), since numbers of two kinds may be equal.
    pub document: Option<String>,
    /// Number of the request that this one is about.
    pub about: Option<String>,
    /// "self", "relative", "guardian" …; empty when nobody asked.
    pub capacity: String,
    /// They told it of themself: it may be offered again.
    pub own: bool,
    /// They proved, with the last digits of an ID that stands in a request of theirs, who they are.
    pub proven: bool,
    pub missing: Vec<String>,
    pub flags: Vec<Flag>,
    pub declaration: Option<Declaration>,
    /// When everything on the person's side was there; None while something is missing.
    pub complete_at: Option<Millis>,
    pub answer_from: Option<Millis>,
    pub answer_by: Option<Millis>,
    pub submitted_at: Millis,
}

impl Submission {
    /// The file of the request as it begins.
    pub fn file(&self) -> CaseFile {
        let items = self.answers.iter();
        CaseFile {
            dialog: self.dialog.clone(),
            items: items
                .map(|(name, given)| KnownItem::new(name, given.value.clone()))
                .collect(),
            ..CaseFile::default()
        }
    }
}

/// An answer of the FAQ, so that a report can show before and after.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Answered {
    pub entry: String,
    /// Digest of the dialog set that said it.
    pub version: String,
    pub score: f64,
    pub how: How,
}

/// Whether the machine was sure, or the person picked it among guesses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    Asserted,
    Picked,
}

/// What became of a question that had no sure answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Nothing was near it.
    Nothing,
    /// It was the second in a row that was not understood: a human took over.
    Unsure,
    /// One of the guesses was meant.
    Picked,
    /// None of the guesses was meant.
    Rejected,
    /// The guesses were passed over for something else.
    Ignored,
}

impl Outcome {
    /// As it stands in the store and in exports.
    pub fn word(self) -> &'static str {
        match self {
            Outcome::Nothing => "nothing",
            Outcome::Unsure => "unsure",
            Outcome::Picked => "picked",
            Outcome::Rejected => "rejected",
            Outcome::Ignored => "ignored",
        }
    }
}

/// What a person thinks of the charity (P13).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rating {
    /// The dialog that asked, and the digest of its set.
    pub dialog: String,
    pub version: String,
    pub language: Lang,
    /// Marks by field.
    pub marks: BTreeMap<String, u8>,
    /// Every other answer by field: sealed.
    pub answers: BTreeMap<String, Given>,
}

/// When the last missing thing arrived, and the dates of P8 that count from it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Completion {
    pub complete_at: Millis,
    pub answer_from: Option<Millis>,
    pub answer_by: Option<Millis>,
}

/// The applicant's act of P7.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Declaration {
    /// Exactly the words that stood above the signature.
    pub text: String,
    /// Digest of the words, as their version.
    pub version: String,
    /// "self", "relative", "guardian" …
    pub capacity: String,
    pub signature: Signature,
    pub at: Millis,
    pub channel: String,
    pub message_id: Option<String>,
}
