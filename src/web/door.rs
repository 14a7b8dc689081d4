//! What the pages need of the house behind them, and nothing more. The web room never writes SQL and
//! never decides what is said: it goes through here.

use std::future::Future;
use std::pin::Pin;

use crate::event::{Attachment, Event, Millis};
use crate::reply::Reply;

pub type Later<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// The database, the queue or the objects cannot be reached or take nothing now. The reason is for the
/// operator; the person hears that we try again.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Unavailable(pub String);

/// An event is a fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    pub conversation: String,
    /// False: its first copy was taken before.
    pub fresh: bool,
    /// The newest message of the conversation, our answers included.
    pub last_seq: i64,
}

/// Where a conversation stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    pub conversation: String,
    pub last_seq: i64,
    /// Messages up to here are hidden until a second factor was given.
    pub hidden_to: i64,
}

/// One message of the history.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    pub seq: i64,
    pub at: Millis,
    pub said: Said,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Said {
    /// By the person.
    In {
        /// The id that the page gave it, if it came from the page.
        key: Option<String>,
        text: Option<String>,
        attachment: Option<Attachment>,
        /// Latitude and longitude.
        place: Option<(f64, f64)>,
    },
    /// By us.
    Out(Box<Reply>),
    /// Nothing to show: an opened page, a ring.
    Silent,
}

/// Which of the two forms of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// As it was sent.
    Whole,
    /// A photo drawn anew, small, without what the camera wrote beside it.
    Preview,
}

/// What the house knows of a file, and its bytes.
pub type File = (Attachment, Vec<u8>);

/// What is known of the house before anybody writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sign {
    pub charity_ar: String,
    pub charity_en: String,
}

/// A page of history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    /// The oldest first, above this seq.
    After(i64),
    /// The newest ones below this seq, the oldest of them first.
    Before(i64),
}

pub trait Door: Send + Sync + 'static {
    fn sign(&self) -> Sign;
    /// Resolves only after the commit.
    fn take(&self, event: Event) -> Later<'_, Result<Taken, Unavailable>>;
    /// The conversation of a session, None for a session that is not ours.
    fn head<'a>(&'a self, address: &'a str) -> Later<'a, Result<Option<Head>, Unavailable>>;
    /// The heads of these conversations, in any order, missing ones left out.
    fn heads<'a>(
        &'a self,
        conversations: &'a [String],
    ) -> Later<'a, Result<Vec<Head>, Unavailable>>;
    /// At most `most` lines, never hidden ones.
    fn lines<'a>(
        &'a self,
        head: &'a Head,
        page: Page,
        most: usize,
    ) -> Later<'a, Result<Vec<Line>, Unavailable>>;
    /// Conversation and seq after each commit of this process; a hint that may be lost.
    fn hints(&self) -> tokio::sync::mpsc::Receiver<(String, i64)>;
    /// Stores the bytes of a file under a new random id, and its preview beside it.
    fn keep(
        &self,
        bytes: Vec<u8>,
        preview: Option<Vec<u8>>,
    ) -> Later<'_, Result<String, Unavailable>>;
    /// A file of this conversation that is not hidden.
    fn file<'a>(
        &'a self,
        head: &'a Head,
        id: &'a str,
        form: Form,
    ) -> Later<'a, Result<Option<File>, Unavailable>>;
    /// Whether an event could be taken now; the reason is for the operator.
    fn ready(&self) -> Later<'_, Result<(), Unavailable>>;
}
