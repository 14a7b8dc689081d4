//! What a platform brought, as its channel read it: things said, and things that became known about
//! messages and addresses of ours. Plain data.

use super::{Address, Event, Millis};

/// One thing of a delivery; each counts for itself.
#[derive(Clone, Debug, PartialEq)]
pub enum Brought {
    Said(Box<Event>),
    Receipt(Receipt),
    Reach(Reach),
    Moved(Moved),
    Strange(Strange),
}

/// Something genuine and well formed that nobody here reads: kept as it came, and passed by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Strange {
    pub channel: String,
    /// Whom it came from, where that can be seen.
    pub from: Option<Address>,
    /// The platform's own word for its kind, or ours for what is wrong with it; never a word of a person's.
    pub kind: String,
    pub body: String,
    pub at: Millis,
}

/// Letters of a kind: names of all platforms are shorter; what comes may be anything.
const KIND_LETTERS_MAX: usize = 40;

impl Strange {
    pub fn new(channel: &str, kind: &str, body: String, at: Millis) -> Strange {
        let is_name = |c: &char| c.is_ascii_alphanumeric() || "_-. ".contains(*c);
        Strange {
            channel: channel.to_owned(),
            from: None,
            kind: kind
                .chars()
                .filter(is_name)
                .take(KIND_LETTERS_MAX)
                .collect(),
            body,
            at,
        }
    }
}

/// How far a message of ours came, as its provider tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    pub channel: String,
    /// The provider's own id of our message.
    pub provider_id: String,
    pub reached: Reached,
    /// Why it failed, in words of the house.
    pub reason: Option<String>,
    pub at: Millis,
}

/// How far a message came; never backwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reached {
    Sent,
    Failed,
    Delivered,
    Read,
}

impl Reached {
    /// The word in the table `message`.
    pub fn word(self) -> &'static str {
        match self {
            Reached::Sent => "sent",
            Reached::Failed => "failed",
            Reached::Delivered => "delivered",
            Reached::Read => "read",
        }
    }

    /// What a message stands at. Words of fates that no receipt follows count as the farthest.
    pub fn of(word: &str) -> Option<Reached> {
        match word {
            "waiting" => None,
            "sent" => Some(Reached::Sent),
            // Perhaps sent: a receipt settles it.
            "flagged" | "failed" => Some(Reached::Failed),
            "delivered" => Some(Reached::Delivered),
            _ => Some(Reached::Read),
        }
    }
}

/// Whether somebody can still be written to at an address: blocked and unblocked bots, bounced mail,
/// promotion that somebody stopped at the platform.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reach {
    pub address: Address,
    /// None: reachable (again). Else why not, in words of the house.
    pub barred: Option<String>,
    /// The person asked the platform to stop us: the same as "no more messages".
    pub opted_out: bool,
    pub at: Millis,
}

/// An address that became another: a changed phone number, a group that grew into a larger one. Whoever
/// wrote from the one is who writes from the other; nothing is lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    pub from: Address,
    pub to: Address,
    pub at: Millis,
}
