//! Channels: one module a provider, a table of them here. A channel turns a provider's bytes into
//! events, replies into payloads, and sends. It decides nothing about what is said.

pub mod email;
pub mod file_kind;
pub mod shape;
pub mod telegram;
pub mod web;
pub mod whatsapp;

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use axum::http::{HeaderMap, Method, StatusCode};

use crate::config::{PublicUrl, Settings};
pub use crate::event::Thread;
use crate::event::{Address, Brought, Millis, Seed};
use crate::reply::{Limits, Reply};
use crate::text::lang::Lang;

/// What a channel that sends needs of the house: given once, when it is opened.
#[derive(Clone)]
pub struct House {
    /// The one client of the house; rustls, no redirects to other hosts.
    pub http: reqwest::Client,
    /// The address that people and platforms open.
    pub public_url: PublicUrl,
    /// Bytes of what we show.
    pub files: Arc<dyn Files>,
    /// Signs what comes back to us in links and addresses.
    pub tokens: Arc<dyn Tokens>,
}

/// Every channel that the settings turn on, in the order of the manual. A channel is one module and one
/// line here.
///
/// # Errors
/// What in its settings a channel cannot work with: which setting, why, and the remedy.
pub fn open(settings: &Settings, house: &House) -> Result<Vec<Arc<dyn Channel>>, String> {
    let mut open: Vec<Arc<dyn Channel>> = Vec::new();
    open.extend(telegram::open(settings, house)?);
    open.extend(whatsapp::WhatsApp::open(settings, house)?.map(|one| Arc::new(one) as _));
    open.extend(email::Email::open(settings, house)?.map(|one| Arc::new(one) as _));
    Ok(open)
}

/// Every channel that there can be, with what it carries: `check` proves the dialogs against each.
pub const LIMITS: &[(&str, &Limits)] = &[
    (web::NAME, &web::LIMITS),
    (telegram::NAME, &telegram::LIMITS),
    (whatsapp::NAME, &whatsapp::LIMITS),
    (email::NAME, &email::LIMITS),
];

/// One medium. Two real implementations at least: the web chat, and every provider after it.
pub trait Channel: Send + Sync {
    /// The word that stands in addresses, tables, paths and logs.
    fn name(&self) -> &'static str;

    /// Which of our accounts: a bot's id, a phone number's id, a mail address; empty where there is only one.
    fn account(&self) -> &str {
        ""
    }

    fn limits(&self) -> &'static Limits;

    fn leaves(&self) -> Leaves;

    /// How fast it may be used. Never asked of a channel whose replies leave at the commit.
    fn rates(&self) -> Rates {
        Rates::SLOW
    }

    /// The payloads of one reply, in order; pure.
    fn write(&self, reply: &Reply, to: &Recipient, out: &Outgoing) -> Vec<Payload>;

    /// Sends one payload. Never called by a channel whose replies leave at the commit.
    fn send<'a>(&'a self, payload: &'a Payload) -> Sending<'a>;

    /// Fetches the bytes of a file that a person sent, at most `most` of them, by the reference that the
    /// event carried.
    fn fetch<'a>(&'a self, _reference: &'a str, _most: u64) -> Fetching<'a> {
        Box::pin(async {
            Err(FetchError::Never {
                reason: "nothing is fetched on this channel".to_owned(),
            })
        })
    }

    /// Reads a request to `/webhooks/<name>…`: first whether it is genuine, then what it brings. Pure but
    /// for the secrets it compares with.
    fn hear(&self, _request: &Request<'_>) -> Heard {
        Heard::say(StatusCode::NOT_FOUND, "")
    }

    /// Bodies of webhooks, after decompression, in bytes at most.
    fn body_bytes_max(&self) -> usize {
        4 * 1024 * 1024
    }

    /// Listens without a webhook for as long as it lives: long polling, IMAP. None: by webhook alone.
    fn listen(self: Arc<Self>, _ears: Ears) -> Option<Listening> {
        None
    }

    /// Asks the platform whether this channel works: for `wasl channels check` and the staff's page.
    fn look(&self) -> Looking<'_> {
        Box::pin(async { Vec::new() })
    }

    /// Registers with the platform what it must know of us (webhook, commands): `wasl channels setup`.
    fn set_up(&self) -> Looking<'_> {
        Box::pin(async { Vec::new() })
    }

    /// What the platform says of every template of the account: which may be sent. None: this channel has none.
    fn approvals(&self) -> Approving<'_> {
        Box::pin(async { None })
    }

    /// Hands templates in that the platform does not have yet; tells of each what it said.
    fn hand_in<'a>(&'a self, _templates: &'a [Template]) -> Looking<'a> {
        Box::pin(async { Vec::new() })
    }

    /// What a signed link of ours, opened on the web, asks for; None for what is none of ours, and for one whose
    /// time is over.
    fn follow(&self, _link: &str, _now: Millis, _seed: Seed) -> Option<Followed> {
        None
    }

    /// Where a person begins a talk, by link: for the poster, and for going on elsewhere with a code.
    fn entrance(&self, _payload: Option<&str>) -> Entering<'_> {
        Box::pin(async { None })
    }
}

pub type Sending<'a> = Pin<Box<dyn Future<Output = Result<Sent, SendError>> + Send + 'a>>;
pub type Fetching<'a> = Pin<Box<dyn Future<Output = Result<Vec<u8>, FetchError>> + Send + 'a>>;
pub type Listening = Pin<Box<dyn Future<Output = ()> + Send>>;
pub type Looking<'a> = Pin<Box<dyn Future<Output = Vec<Seen>> + Send + 'a>>;
pub type Approving<'a> =
    Pin<Box<dyn Future<Output = Option<Result<Vec<Approval>, Seen>>> + Send + 'a>>;
pub type Entering<'a> = Pin<Box<dyn Future<Output = Option<String>> + Send + 'a>>;

/// When a reply counts as having left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leaves {
    /// The page reads the history: the turn's commit is the leaving.
    AtCommit,
    /// By a call to a provider, through the outbox.
    BySending,
}

/// The rates that a platform allows one channel.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rates {
    /// Messages that we start, a second, over all persons and instances.
    pub started_per_second: f64,
    /// Messages to one person at once, and a second after that.
    pub person_burst: f64,
    pub person_per_second: f64,
    /// Calls on the wire at once.
    pub at_once: usize,
}

impl Rates {
    /// What no platform refuses.
    pub const SLOW: Rates = Rates {
        started_per_second: 1.0,
        person_burst: 5.0,
        person_per_second: 1.0,
        at_once: 16,
    };
}

/// Whom a message goes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipient {
    pub address: Address,
    /// Their other id on this channel, where there is one (see [`crate::event::Event::also`]).
    pub also: Option<String>,
}

/// What is true of one message in the moment it leaves, beside its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outgoing {
    /// The id of its row in the outbox: unique, the same at every try.
    pub id: String,
    pub now: Millis,
    /// The platform lets us write freely now. False: only as a template, or as its reply's policy says.
    pub window_open: bool,
    /// The provider's id of the last message that the person sent here, and what that channel noted with it
    /// (a subject, references): what an answer hangs on.
    pub answers: Option<Thread>,
}

/// What goes over the wire for a part of a reply, in the provider's own shape.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Payload {
    pub body: serde_json::Value,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    pub provider_id: Option<String>,
}

/// How a sending can end badly; the channel decides which, the outbox does the rest.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    #[error("later: {reason}")]
    Later {
        after: Option<Duration>,
        reason: String,
    },
    #[error("later for this person: {reason}")]
    LaterForPerson {
        after: Option<Duration>,
        reason: String,
    },
    #[error("the channel is paused: {reason}")]
    PauseChannel {
        after: Option<Duration>,
        reason: String,
    },
    #[error("the platform's window is closed")]
    WindowClosed,
    #[error("never: {reason}")]
    Never { reason: String },
    /// Never on this address, whatever is sent: blocked, gone, bounced.
    #[error("not to this address: {reason}")]
    Barred { reason: String },
    /// The address is now another; sent there it may arrive.
    #[error("the address moved")]
    Moved { to: String },
    #[error("unknown outcome: {reason}")]
    Unknown { reason: String },
}

/// How fetching a file can end badly.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    #[error("later: {reason}")]
    Later {
        after: Option<Duration>,
        reason: String,
    },
    #[error("larger than it may be")]
    TooBig,
    #[error("never: {reason}")]
    Never { reason: String },
}

/// A request of a platform's, its body whole and decompressed.
pub struct Request<'a> {
    pub method: &'a Method,
    /// What stands behind `/webhooks/<name>`, without slashes: empty, or the kind of sender ("postmark").
    pub below: &'a str,
    /// The raw query, percent-encoded as it came; empty without one.
    pub query: &'a str,
    pub headers: &'a HeaderMap,
    pub body: &'a [u8],
    pub now: Millis,
    /// Every event's seed derives from it: `Seed(seed.derive("0"))`, `"1"` …
    pub seed: Seed,
}

/// What a channel makes of a request.
#[derive(Debug, PartialEq)]
pub enum Heard {
    /// Genuine: 200 once all of it is committed.
    Took(Took),
    /// Nothing to take: this answer at once (a handshake, a forged request, nonsense).
    Say { status: StatusCode, body: String },
}

impl Heard {
    pub fn say(status: StatusCode, body: &str) -> Heard {
        Heard::Say {
            status,
            body: body.to_owned(),
        }
    }
}

/// What came, and what politeness asks for at once.
#[derive(Debug, Default, PartialEq)]
pub struct Took {
    pub brought: Vec<Brought>,
    /// Sent as soon as all is committed, beside the outbox and without a second try: the mark that a press
    /// was heard, that a message was read. Losing one loses nothing.
    pub courtesies: Vec<Payload>,
    /// Sent when the turn takes long: that we are typing.
    pub patience: Vec<Payload>,
    /// Files whose bytes came with the request (mail): stored before the events, under the attachments' ids.
    pub files: Vec<(String, Vec<u8>)>,
    /// Trouble of the account itself, in words for operators: logged as errors, shown to staff.
    pub troubles: Vec<String>,
}

/// What a link of ours asks for. Opening it shows that; it happens by a press.
#[derive(Debug, PartialEq)]
pub struct Followed {
    pub language: Lang,
    pub asks: Asks,
    /// What becomes a fact then.
    pub brought: Vec<Brought>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asks {
    /// To answer with the choice of this title.
    Press { title: String },
    /// To hear no more of what we start.
    Unsubscribe,
}

/// What a listener is given.
#[derive(Clone)]
pub struct Ears {
    pub sink: Arc<dyn Sink>,
    pub memory: Arc<dyn Memory>,
    /// Gives the time now.
    pub clock: fn() -> Millis,
}

pub type Soon<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Where a listener brings what it heard. Resolves after the commit.
pub trait Sink: Send + Sync {
    /// False: nothing may be acknowledged, bring all of it again later.
    fn bring(&self, took: Took) -> Soon<'_, bool>;
}

/// What a listener remembers between starts, and which of several instances listens.
pub trait Memory: Send + Sync {
    /// Takes or keeps the lease of this name for a minute; false while another instance has it, and while
    /// the database cannot be asked.
    fn lease<'a>(&'a self, name: &'a str) -> Soon<'a, bool>;
    /// The noted place; None for none. `Err`: it cannot be read now.
    fn recall<'a>(&'a self, name: &'a str) -> Soon<'a, Result<Option<String>, ()>>;
    /// Notes a place; false when it could not be written.
    fn note<'a>(&'a self, name: &'a str, place: &'a str) -> Soon<'a, bool>;
}

/// Bytes of what we show.
pub trait Files: Send + Sync {
    /// A file of the charity's folder by the path of [`crate::reply::Show::File`]; None when it is not there.
    fn read<'a>(&'a self, path: &'a str) -> Soon<'a, Option<Vec<u8>>>;
    /// A file that staff send, by its key; None when it was erased.
    fn attachment<'a>(&'a self, id: &'a str) -> Soon<'a, Option<Vec<u8>>>;
}

/// Short signed texts (letters and digits, lower case) that say what they were made for and by whom.
pub trait Tokens: Send + Sync {
    /// A token for `purpose` over `text`: 26 characters of base32, the first 130 bits of a keyed hash.
    fn sign(&self, purpose: &str, text: &str) -> String;

    /// The text in a form that nobody else can read, or change, for one purpose: letters, digits, `-` and `_`.
    fn wrap(&self, purpose: &str, text: &str) -> String;

    /// What was wrapped for this purpose; None for anything else.
    fn unwrap(&self, purpose: &str, wrapped: &str) -> Option<String>;

    /// Whether this is that token; in constant time, and whatever its case.
    fn holds(&self, purpose: &str, text: &str, token: &str) -> bool {
        let right = self.sign(purpose, text);
        let given = token.to_ascii_lowercase();
        bool::from(subtle::ConstantTimeEq::ct_eq(
            right.as_bytes(),
            given.as_bytes(),
        ))
    }
}

/// A house without files that signs nothing: of a command, which only asks and registers, and of tests.
pub struct Nothing;

impl Files for Nothing {
    fn read<'a>(&'a self, _: &'a str) -> Soon<'a, Option<Vec<u8>>> {
        Box::pin(async { None })
    }

    fn attachment<'a>(&'a self, _: &'a str) -> Soon<'a, Option<Vec<u8>>> {
        Box::pin(async { None })
    }
}

impl Tokens for Nothing {
    fn sign(&self, _: &str, _: &str) -> String {
        String::new()
    }

    fn wrap(&self, _: &str, _: &str) -> String {
        String::new()
    }

    fn unwrap(&self, _: &str, _: &str) -> Option<String> {
        None
    }

    fn holds(&self, _: &str, _: &str, _: &str) -> bool {
        false
    }
}

/// A template in one language, its parameters named in the text as `{{ name }}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    pub name: String,
    /// `utility` or `marketing`.
    pub category: String,
    /// "ar" or "en".
    pub language: String,
    pub text: String,
    pub parameters: Vec<String>,
}

/// What a platform says of a template in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Approval {
    pub name: String,
    pub language: String,
    /// The platform's own word: `APPROVED`, `PENDING`, `REJECTED` …
    pub state: String,
    /// The platform may have put it under another than we asked for.
    pub category: String,
    /// It may be sent.
    pub good: bool,
}

/// One line of what a look at a platform found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    pub good: bool,
    /// In plain words, with the remedy where it is not good. No secret, no address of a person.
    pub told: String,
}

impl Seen {
    pub fn good(told: impl Into<String>) -> Seen {
        Seen {
            good: true,
            told: told.into(),
        }
    }

    pub fn bad(told: impl Into<String>) -> Seen {
        Seen {
            good: false,
            told: told.into(),
        }
    }
}
