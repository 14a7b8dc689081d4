//! What becomes of a message after a try: sent, tried again, given up, or shown to staff. Pure; it
//! never sends and never writes.

use std::time::Duration;

use crate::channel::SendError;
use crate::event::Millis;

/// Tries of one message. With the waits below this is about a day, longer than any outage that a
/// provider has told of; who asked something a day ago has asked elsewhere.
pub const TRIES_MAX: u32 = 24;

/// First wait after a failure that names none.
pub const WAIT_FIRST_MILLIS: Millis = 2_000;

/// Longest wait: a provider that comes back must not be found asleep for longer.
pub const WAIT_MOST_MILLIS: Millis = 3_600_000;

/// Tries of a dialog reply whose first outcome is unknown: one more, so that somebody who waits for
/// an answer gets it, perhaps twice; never a third.
pub const UNKNOWN_TRIES_MAX: u32 = 2;

/// Rest of a channel that asked for one without saying how long.
pub const PAUSE_MILLIS: Millis = 30_000;

/// What is tried, as far as its fate depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Try {
    /// This try included.
    pub tries: u32,
    /// Tries that ended without our learning how, this one not included.
    pub unknowns: u32,
    /// We started it: a push, a decision, a receipt, a survey.
    pub started_by_us: bool,
    /// Spreads the tries of many messages: a byte of each one's own.
    pub salt: u8,
    pub now: Millis,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    Sent,
    /// Not before this moment.
    Again {
        at: Millis,
        unknown: bool,
    },
    /// The whole channel rests; the message itself is not to blame and its try does not count.
    Rest {
        until: Millis,
        reason: String,
    },
    /// Never at this address, whatever is sent.
    Barred {
        reason: String,
    },
    /// At another address, at once.
    Moved {
        to: String,
    },
    /// The platform does not let us write freely now.
    Closed,
    /// Finally not sent.
    Failed {
        reason: String,
    },
    /// Perhaps sent: staff look, nothing is sent twice.
    Flagged {
        reason: String,
    },
}

impl Fate {
    /// The word in metrics.
    pub fn word(&self) -> &'static str {
        match self {
            Fate::Sent => "sent",
            Fate::Again { .. } => "again",
            Fate::Rest { .. } => "rest",
            Fate::Barred { .. } => "barred",
            Fate::Moved { .. } => "moved",
            Fate::Closed => "closed",
            Fate::Failed { .. } => "failed",
            Fate::Flagged { .. } => "flagged",
        }
    }
}

pub fn fate(tried: Try, outcome: Result<(), SendError>) -> Fate {
    match outcome {
        Ok(()) => Fate::Sent,
        Err(SendError::Later { after, reason } | SendError::LaterForPerson { after, reason }) => {
            again(tried, after, reason)
        }
        Err(SendError::PauseChannel { after, reason }) => Fate::Rest {
            until: tried.now + after.map_or(PAUSE_MILLIS, millis),
            reason,
        },
        Err(SendError::WindowClosed) => Fate::Closed,
        Err(SendError::Never { reason }) => Fate::Failed { reason },
        Err(SendError::Barred { reason }) => Fate::Barred { reason },
        // An address that moves in a circle is none.
        Err(SendError::Moved { to }) => match tried.tries >= TRIES_MAX {
            true => Fate::Failed {
                reason: "the address moved".to_owned(),
            },
            false => Fate::Moved { to },
        },
        Err(SendError::Unknown { reason }) => unknown(tried, reason),
    }
}

fn again(tried: Try, after: Option<Duration>, reason: String) -> Fate {
    if tried.tries >= TRIES_MAX {
        return Fate::Failed { reason };
    }
    Fate::Again {
        at: tried.now + after.map_or_else(|| wait(tried.tries, tried.salt), millis),
        unknown: false,
    }
}

/// No answer came, or we were killed between the answer and its mark.
pub fn unknown(tried: Try, reason: String) -> Fate {
    if tried.started_by_us || tried.unknowns + 1 >= UNKNOWN_TRIES_MAX {
        return Fate::Flagged { reason };
    }
    Fate::Again {
        at: tried.now + WAIT_FIRST_MILLIS,
        unknown: true,
    }
}

/// Doubles with every try up to [`WAIT_MOST_MILLIS`], and up to a quarter more by the salt, so that what
/// failed together is not tried again together.
fn wait(tries: u32, salt: u8) -> Millis {
    let doublings = tries.saturating_sub(1).min(20);
    let wait = (WAIT_FIRST_MILLIS << doublings).min(WAIT_MOST_MILLIS);
    wait + wait / 4 * Millis::from(salt) / 255
}

fn millis(duration: Duration) -> Millis {
    Millis::try_from(duration.as_millis())
        .unwrap_or(WAIT_MOST_MILLIS)
        .min(WAIT_MOST_MILLIS)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Millis = 1_000_000;

    fn reply(tries: u32) -> Try {
        Try {
            tries,
            unknowns: 0,
            started_by_us: false,
            salt: 0,
            now: NOW,
        }
    }

    #[test]
    fn every_way_of_ending_has_its_fate() {
        let why = || "why".to_owned();
        let push = Try {
            started_by_us: true,
            ..reply(1)
        };
        let doubtful = Try {
            unknowns: 1,
            ..reply(2)
        };
        let minute = Some(Duration::from_secs(60));
        let later = |after| SendError::Later {
            after,
            reason: why(),
        };
        let at = |at| Fate::Again { at, unknown: false };
        for (case, tried, outcome, expected) in [
            ("sent", reply(1), Ok(()), Fate::Sent),
            ("throttled", reply(1), Err(later(minute)), at(NOW + 60_000)),
            ("unreachable", reply(1), Err(later(None)), at(NOW + 2_000)),
            (
                "still unreachable",
                reply(4),
                Err(later(None)),
                at(NOW + 16_000),
            ),
            (
                "for long",
                reply(23),
                Err(later(None)),
                at(NOW + WAIT_MOST_MILLIS),
            ),
            (
                "for too long",
                reply(TRIES_MAX),
                Err(later(None)),
                Fate::Failed { reason: why() },
            ),
            (
                "refused",
                reply(1),
                Err(SendError::Never { reason: why() }),
                Fate::Failed { reason: why() },
            ),
            (
                "the channel rests",
                reply(1),
                Err(SendError::PauseChannel {
                    after: None,
                    reason: why(),
                }),
                Fate::Rest {
                    until: NOW + PAUSE_MILLIS,
                    reason: why(),
                },
            ),
            (
                "blocked",
                reply(1),
                Err(SendError::Barred { reason: why() }),
                Fate::Barred { reason: why() },
            ),
            (
                "moved",
                reply(1),
                Err(SendError::Moved { to: "9".into() }),
                Fate::Moved { to: "9".into() },
            ),
            (
                "moved for ever",
                reply(TRIES_MAX),
                Err(SendError::Moved { to: "9".into() }),
                Fate::Failed {
                    reason: "the address moved".into(),
                },
            ),
            (
                "too late",
                reply(1),
                Err(SendError::WindowClosed),
                Fate::Closed,
            ),
            (
                "beside others",
                Try {
                    salt: 255,
                    ..reply(1)
                },
                Err(later(None)),
                at(NOW + 2_500),
            ),
            (
                "no answer to a reply",
                reply(1),
                Err(SendError::Unknown { reason: why() }),
                Fate::Again {
                    at: NOW + WAIT_FIRST_MILLIS,
                    unknown: true,
                },
            ),
            (
                "no answer twice",
                doubtful,
                Err(SendError::Unknown { reason: why() }),
                Fate::Flagged { reason: why() },
            ),
            (
                "no answer to a push",
                push,
                Err(SendError::Unknown { reason: why() }),
                Fate::Flagged { reason: why() },
            ),
        ] {
            assert_eq!(fate(tried, outcome), expected, "{case}");
        }
    }
}
