//! What happened, in our own words, before anybody decides anything about it. Plain data: this room
//! never reads a clock, a database or a provider's format.

mod brought;
pub mod casework;
pub mod control;

pub use brought::{Brought, Moved, Reach, Reached, Receipt, Strange};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

use crate::text::lang::Lang;

/// Milliseconds since the Unix epoch, UTC.
pub type Millis = i64;

/// Sixteen random bytes drawn once where the event enters. Every id and reference number that the
/// turn needs derives from them, so that running a turn again gives the same ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Seed(pub [u8; 16]);

impl Seed {
    /// Sixteen bytes for one `purpose` ("reference", "reference:2", "instance" …): the first half of
    /// SHA-256 over seed and purpose.
    pub fn derive(&self, purpose: &str) -> [u8; 16] {
        let digest = Sha256::new()
            .chain_update(self.0)
            .chain_update(purpose.as_bytes())
            .finalize();
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&digest[..16]);
        bytes
    }

    /// An id for one `purpose`, as 32 lower-case hexadecimal digits.
    pub fn id(&self, purpose: &str) -> String {
        self.derive(purpose)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }
}

/// What makes an event itself: two events with one key are one event (DESIGN section 2).
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct EventKey {
    /// The channel's name ("web", "telegram" …), "timer", or "staff".
    pub channel: String,
    /// Which of our accounts on that channel; empty where there is only one.
    pub account: String,
    /// The key made by the channel: a message id, a client message id, a timer's id and due time.
    pub key: String,
}

/// The account of addresses that belong to a talk without a name: nothing leads from it to any other talk.
pub const ANONYMOUS: &str = "anonymous";

/// One address of a contact on one channel. Personal data: never logged.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Address {
    pub channel: String,
    pub account: String,
    /// The provider's id: a session's hash, a chat id, a business-scoped user id, a mail address.
    pub id: String,
}

impl std::fmt::Debug for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Address({}, …)", self.channel)
    }
}

/// One thing that happened to one conversation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    pub key: EventKey,
    /// When we received it; the only clock a dialog knows.
    pub received_at: Millis,
    /// When it was sent, by the platform's clock: the earlier of the two counts for its window.
    #[serde(default)]
    pub sent_at: Option<Millis>,
    pub seed: Seed,
    pub from: Origin,
    /// Another id of the same sender on this channel, where it has two: the phone beside a business-scoped
    /// user id. Neither unique nor lasting: numbers are shared and given to others.
    #[serde(default)]
    pub also: Option<String>,
    pub what: What,
    /// The provider's own id of this message, where there is one: kept in history and evidence.
    pub message_id: Option<String>,
    /// What an answer to this message needs beside its id (a subject, references), as its channel wrote it;
    /// given back with [`Thread`].
    #[serde(default)]
    pub note: Option<String>,
    /// The platform's own word for the kind of message ("text", "voice", "interactive" …).
    pub kind: String,
    /// Through whom it came (P16).
    pub source: Source,
    /// What the FAQ makes of it, ranked before the queue; None where nothing was asked in words.
    #[serde(default)]
    pub ranked: Option<Ranked>,
    /// What the house knows; filled by `inbox` in the transaction, empty until then.
    #[serde(default)]
    pub known: Known,
}

/// The last message of a person on this channel: what an answer hangs on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Thread {
    pub message_id: String,
    /// [`Event::note`] of that message; empty where there was none.
    pub note: String,
}

/// What the FAQ makes of a message: names of its entries.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ranked {
    /// The entry that surely answers it.
    pub asserted: Option<String>,
    /// Other entries that surely answer another part of it, in the order of the text.
    pub also: Vec<String>,
    /// Entries that may be meant, the likeliest first; empty beside `asserted`, and where nothing is near.
    pub offered: Vec<String>,
    /// Of a message that leans on what was said before ("and how long does it take?"): by the entry that was
    /// answered last, the entry that is then likely meant. Empty of every other message.
    pub after: BTreeMap<String, String>,
    /// How sure; comparable between messages of one model.
    pub score: f64,
}

/// Who an event is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Origin {
    /// Somebody wrote from this address; an unknown address becomes a new contact.
    Address(Address),
    /// The clock or the staff, about this conversation.
    Conversation(String),
}

/// How the words of a person reached us (P16).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// The person's own channel.
    #[default]
    Own,
    Interview,
    Phone,
    Letter,
    SocialMedia,
    HelpDesk,
    Volunteer,
    BranchRepresentative,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum What {
    /// The chat was opened or the bot started, perhaps through a link that carries a payload.
    Opened {
        payload: Option<String>,
        language: Option<Lang>,
    },
    Wrote {
        text: String,
    },
    /// A button or row was pressed. `data` is what we put on it (see [`crate::reply::Choice`]).
    Chose {
        data: String,
        title: Option<String>,
    },
    /// `fetch`: the file still lies with the platform under this reference; what it is is only claimed, and
    /// the digest is empty, until [`What::Fetched`].
    Sent {
        attachment: Attachment,
        caption: Option<String>,
        #[serde(default)]
        fetch: Option<String>,
    },
    /// The bytes of a file sent earlier are here (same id): what it is is now certain.
    Fetched {
        attachment: Attachment,
    },
    /// A file sent earlier could finally not be had from the platform.
    FetchFailed {
        id: String,
    },
    /// A pin: degrees, WGS 84.
    Pinned {
        latitude: f64,
        longitude: f64,
        label: Option<String>,
    },
    /// A contact card; `own` only when the channel proves that it is the sender's.
    Shared {
        name: Option<String>,
        phones: Vec<String>,
        own: bool,
    },
    /// An earlier message (`of` = its provider id) now reads otherwise.
    Edited {
        of: String,
        text: String,
    },
    /// A kind that carries nothing for a dialog: a sticker, a poll, something unknown.
    Unreadable {
        kind: String,
    },
    /// Something that history keeps and nobody answers: a reaction, a message taken back, a changed number.
    /// `of` = the message that it is about. It is no message of the person's: no window opens by it.
    Noted {
        kind: String,
        of: Option<String>,
    },
    /// Words that nobody of the person's wrote, or not to us: an automatic mail, one that answers somebody else's.
    /// Kept, shown to staff, and never answered.
    SetAside {
        text: String,
        why: String,
    },
    /// A timer rang. Late, twice or stale rings do nothing.
    Rang {
        timer: String,
        due: Millis,
    },
    /// A member of staff did something to this conversation.
    Staff(StaffAct),
    /// A question could finally not be delivered.
    Undelivered {
        step: String,
    },
}

/// What staff do to a conversation (DESIGN section 5). `by` is a staff member's name or id; empty: the house itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum StaffAct {
    Claimed {
        by: String,
    },
    Replied {
        by: String,
        text: String,
        /// What goes along with the words.
        #[serde(default)]
        beside: Beside,
    },
    /// Back to the bot, which resumes at the very question.
    Returned {
        by: String,
    },
    Closed {
        by: String,
    },
    /// To a colleague, who speaks from now on; `None`: back to everybody who waits for work.
    Transferred {
        by: String,
        to: Option<String>,
        why: String,
    },
    /// Offered to this member of staff before others; it stays waiting until somebody claims it.
    Assigned {
        by: String,
        to: String,
    },
    /// Words among staff; the person never sees them. Who is named is told of it.
    Noted {
        by: String,
        text: String,
        mentions: Vec<String>,
    },
    Labelled {
        by: String,
        label: String,
        on: bool,
    },
    Prioritised {
        by: String,
        priority: Priority,
    },
    /// Out of sight until this moment, or until the person writes, whichever is first; `None`: in sight again.
    Snoozed {
        by: String,
        until: Option<Millis>,
    },
    /// The alerts of this conversation were seen.
    Seen {
        by: String,
    },
    /// A request of theirs moves to another state; `told` are words to the person, such as the reason.
    Moved {
        by: String,
        reference: String,
        to: String,
        told: Option<String>,
    },
    /// The promised answer comes later: by when, and why, said before the first date has passed.
    Postponed {
        by: String,
        reference: String,
        answer_by: Millis,
        told: String,
    },
    /// Something was done to a request's file.
    Case {
        by: String,
        reference: String,
        act: casework::CaseAct,
    },
}

/// What goes along with the words of a member of staff.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Beside {
    /// Files of theirs, stored and checked already.
    #[serde(default)]
    pub files: Vec<Attachment>,
    /// The message of the person's that they answer.
    #[serde(default)]
    pub answers: Option<Answers>,
    /// The canned reply that the words began with.
    #[serde(default)]
    pub canned: Option<String>,
    /// The words are those of a template that was approved, which may leave where free words may not.
    #[serde(default)]
    pub template: Option<Filled>,
}

/// A template of `templates.yaml`, with its parameters in order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filled {
    pub template: String,
    pub parameters: Vec<String>,
}

/// One message of the person's, as it is shown above an answer to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answers {
    pub seq: i64,
    /// The provider's own id of it.
    pub of: Option<String>,
    /// Its first words.
    pub text: String,
}

/// How soon a conversation wants somebody.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Priority {
    #[default]
    Normal,
    High,
    Urgent,
}

impl StaffAct {
    /// Who does it.
    pub fn by(&self) -> &str {
        match self {
            StaffAct::Claimed { by }
            | StaffAct::Replied { by, .. }
            | StaffAct::Returned { by }
            | StaffAct::Closed { by }
            | StaffAct::Transferred { by, .. }
            | StaffAct::Assigned { by, .. }
            | StaffAct::Noted { by, .. }
            | StaffAct::Labelled { by, .. }
            | StaffAct::Prioritised { by, .. }
            | StaffAct::Snoozed { by, .. }
            | StaffAct::Seen { by }
            | StaffAct::Moved { by, .. }
            | StaffAct::Postponed { by, .. }
            | StaffAct::Case { by, .. } => by,
        }
    }
}

/// A file that a person sent, already stored and checked; its bytes are an object, never here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// Our random key of the object.
    pub id: String,
    pub kind: AttachmentKind,
    /// The type sniffed from the bytes, not the one claimed.
    pub mime: String,
    pub bytes: u64,
    /// SHA-256 of the bytes, hexadecimal.
    pub digest: String,
    /// The person's name for it: shown, never used as a path.
    pub name: Option<String>,
    /// Length of a recording in seconds.
    pub seconds: Option<u32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AttachmentKind {
    Photo,
    Document,
    Voice,
    Video,
}

/// What the house knows when the turn begins: loaded with the State in the same transaction.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Known {
    /// Ours, UUIDv7 as text.
    pub conversation: String,
    pub contact: String,
    pub control: Control,
    /// What earlier applications *of the contact for themself* told: field to value, to be confirmed
    /// and not asked again.
    pub facts: BTreeMap<String, crate::dialog::value::Value>,
    /// The latest word on each purpose: purpose to (given, text version).
    pub consents: BTreeMap<String, (bool, String)>,
    pub opted_out: bool,
    /// Channels on which the person can be reached, the one that spoke first.
    pub channels: Vec<String>,
    /// The contact's own cases, newest first.
    pub cases: Vec<KnownCase>,
    /// This talk rests: its person goes on in another one.
    #[serde(default)]
    pub merged: bool,
    /// Channels that are on.
    #[serde(default)]
    pub on: Vec<On>,
    /// Whether any staff account exists that could answer.
    pub staffed: bool,
    /// Answers to what the turn asked in an earlier round.
    pub answers: Vec<crate::dialog::turn::Answer>,
}

/// A channel that is on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct On {
    pub channel: String,
    /// What opens a talk there, a code of letters behind it; None where that is not known.
    pub opens: Option<String>,
}

impl Event {
    /// When it was sent, as far as the platform's window goes: the earlier of its clock and ours.
    pub fn said_at(&self) -> Millis {
        self.sent_at
            .map_or(self.received_at, |sent| sent.min(self.received_at))
    }

    /// Whether the person wrote: no clock, no staff, nothing that merely became known, and neither an edit
    /// nor a reaction, which open no window.
    pub fn is_word_of_theirs(&self) -> bool {
        match self.what {
            What::Opened { .. }
            | What::Wrote { .. }
            | What::Chose { .. }
            | What::Sent { .. }
            | What::Pinned { .. }
            | What::Shared { .. }
            | What::Unreadable { .. } => true,
            What::Fetched { .. }
            | What::FetchFailed { .. }
            | What::Edited { .. }
            | What::Noted { .. }
            | What::SetAside { .. }
            | What::Rang { .. }
            | What::Staff(_)
            | What::Undelivered { .. } => false,
        }
    }

    /// What an answer to it hangs on.
    pub fn thread(&self) -> Option<Thread> {
        Some(Thread {
            message_id: self.message_id.clone()?,
            note: self.note.clone().unwrap_or_default(),
        })
    }

    /// Whether it comes from a talk without a name.
    pub fn is_anonymous(&self) -> bool {
        matches!(&self.from, Origin::Address(address) if address.account == ANONYMOUS)
    }
}

/// Who speaks for the charity in a conversation (DESIGN section 5).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Control {
    #[default]
    Bot,
    /// Waiting for a human: the bot still answers hours, status, FAQ and control words.
    Waiting,
    /// A human speaks; the bot is silent.
    Human(String),
    Closed,
}

/// A case as a person may hear of it: never the need or the amount.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KnownCase {
    pub reference: String,
    /// A kind of `cases.yaml`.
    #[serde(default)]
    pub kind: String,
    /// A service of the catalogue; empty for kinds that are about none.
    pub service: String,
    /// A state of `cases.yaml`.
    pub state: String,
    /// Number of the request that it is about, such as one whose decision it objects to.
    #[serde(default)]
    pub about: Option<String>,
    /// When it came into that state.
    #[serde(default)]
    pub state_at: Millis,
    pub opened_at: Millis,
    /// Slots and fields still missing on the person's side.
    pub missing: Vec<String>,
    pub answer_from: Option<Millis>,
    pub answer_by: Option<Millis>,
    /// What staff wrote to the person about where it stands.
    #[serde(default)]
    pub told: Option<String>,
    /// How its file stands.
    #[serde(default)]
    pub file: casework::CaseFile,
}
