//! Channels: one file a provider, a table of them here. A channel turns a provider's bytes into
//! events, replies into payloads, and sends. It decides nothing about what is said.

pub mod web;

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use crate::event::Address;
use crate::reply::{Limits, Reply};

/// One medium. Two real implementations at least: the web chat, and every provider after it.
pub trait Channel: Send + Sync {
    /// The word that stands in addresses, tables and logs.
    fn name(&self) -> &'static str;
    fn limits(&self) -> &'static Limits;
    fn leaves(&self) -> Leaves;
    /// The payloads of one reply, in order; pure.
    fn write(&self, reply: &Reply, to: &Address) -> Vec<Payload>;
    /// Sends one payload. Never called by a channel whose replies leave at the commit.
    fn send<'a>(&'a self, payload: &'a Payload) -> Sending<'a>;
}

pub type Sending<'a> = Pin<Box<dyn Future<Output = Result<Sent, SendError>> + Send + 'a>>;

/// When a reply counts as having left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leaves {
    /// The page reads the history: the turn's commit is the leaving.
    AtCommit,
    /// By a call to a provider, through the outbox.
    BySending,
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
    #[error("unknown outcome: {reason}")]
    Unknown { reason: String },
}
