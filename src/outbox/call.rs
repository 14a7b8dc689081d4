//! The calls for one message, part by part: what has left is noted before the next part leaves, so that no later try
//! sends it again. It decides nothing about what becomes of the message.

use std::time::Duration;

use tokio::time::Instant;

use crate::channel::{Channel, Outgoing, Payload, Recipient, SendError, Sent};
use crate::event::Millis;
use crate::inbox::{Mark, Part};
use crate::reply::Reply;
use crate::store::outbox::{Claimed, Fence, Leaving, Left};

use super::House;
use super::worker::LEASE_MILLIS;

/// How long a provider may take for one call; all of them answer within ten seconds or not at all.
const CALL_TIMEOUT_SECS: u64 = 30;

/// What became of the calls.
pub struct Called {
    pub outcome: Result<(), SendError>,
    /// The provider's ids of parts that left and are not noted yet, each with its number.
    pub provider_ids: Vec<(usize, String)>,
    pub left: Left,
}

/// Calls for every part that has not left yet, in order, up to the first that fails.
pub async fn all(
    house: &House,
    channel: &dyn Channel,
    (claimed, reply): (&Claimed, &Reply),
    fence: &Fence,
    window_open: bool,
    now: Millis,
) -> Called {
    let began = Instant::now();
    let payloads = written(channel, reply, &claimed.id, fence, window_open, now);
    let of = payloads.len();
    let mut called = Called {
        outcome: Ok(()),
        provider_ids: Vec::new(),
        left: Left {
            parts: begun(claimed.left, of),
            of: count(of),
        },
    };
    let first = usize::try_from(called.left.parts).unwrap_or(0);
    for (n, payload) in payloads.iter().enumerate().skip(first) {
        match one(channel, payload).await {
            Ok(sent) => called
                .provider_ids
                .extend(sent.provider_id.map(|id| (n, id))),
            Err(error) => {
                called.outcome = Err(behind(error, n, of));
                return called;
            }
        }
        called.left.parts = count(n + 1);
        let at = now + Millis::try_from(began.elapsed().as_millis()).unwrap_or(0);
        if n + 1 < of && !note(house, claimed, &mut called, at).await {
            called.outcome = Err(SendError::Later {
                after: Some(Duration::from_secs(1)),
                reason: "what has left cannot be noted now".to_owned(),
            });
            return called;
        }
    }
    called
}

/// Calls for the first part alone: of a message that has but one, outside of the window.
pub async fn first(
    channel: &dyn Channel,
    reply: &Reply,
    id: &str,
    fence: &Fence,
    now: Millis,
) -> Result<(), SendError> {
    match written(channel, reply, id, fence, false, now).first() {
        Some(payload) => one(channel, payload).await.map(drop),
        None => Ok(()),
    }
}

fn written(
    channel: &dyn Channel,
    reply: &Reply,
    id: &str,
    fence: &Fence,
    window_open: bool,
    now: Millis,
) -> Vec<Payload> {
    let to = Recipient {
        address: fence.address.clone(),
        also: fence.also.clone(),
    };
    let out = Outgoing {
        id: id.to_owned(),
        now,
        window_open,
        answers: fence.thread.clone(),
    };
    channel.write(reply, &to, &out)
}

/// The part to go on with. In another form, as a template for one, the message is another and begins anew.
fn begun(left: Left, of: usize) -> i64 {
    match left.of == count(of) {
        true => left.parts,
        false => 0,
    }
}

fn count(parts: usize) -> i64 {
    i64::try_from(parts).unwrap_or(i64::MAX)
}

async fn one(channel: &dyn Channel, payload: &Payload) -> Result<Sent, SendError> {
    let limit = Duration::from_secs(CALL_TIMEOUT_SECS);
    let sent = tokio::time::timeout(limit, channel.send(payload)).await;
    sent.unwrap_or_else(|_| {
        Err(SendError::Unknown {
            reason: format!("no answer within {CALL_TIMEOUT_SECS} s"),
        })
    })
}

/// An error of a later part says so: whoever reads it must know that the rest arrived.
fn behind(error: SendError, n: usize, of: usize) -> SendError {
    let told = |reason: String| match n {
        0 => reason,
        n => format!("after {n} of {of} parts: {reason}"),
    };
    match error {
        SendError::Later { after, reason } => SendError::Later {
            after,
            reason: told(reason),
        },
        SendError::LaterForPerson { after, reason } => SendError::LaterForPerson {
            after,
            reason: told(reason),
        },
        SendError::Never { reason } => SendError::Never {
            reason: told(reason),
        },
        SendError::Unknown { reason } => SendError::Unknown {
            reason: told(reason),
        },
        // These are about the channel or the address, whichever part met them.
        error @ (SendError::PauseChannel { .. }
        | SendError::WindowClosed
        | SendError::Barred { .. }
        | SendError::Moved { .. }) => error,
    }
}

/// Notes what has left; false when it cannot be noted now, and then nothing more may leave.
async fn note(house: &House, claimed: &Claimed, called: &mut Called, at: Millis) -> bool {
    let part = Part {
        conversation: claimed.conversation_id.clone(),
        seq: claimed.seq,
        channel: claimed.channel.clone(),
        leaving: Leaving {
            id: claimed.id.clone(),
            by: house.by.clone(),
            until: at + LEASE_MILLIS,
            left: called.left,
        },
        provider_ids: called.provider_ids.clone(),
    };
    match house.inbox.mark(vec![Mark::Leaving(Box::new(part))]).await {
        Ok(()) => {
            called.provider_ids.clear();
            true
        }
        Err(refused) => {
            tracing::debug!(%refused, outbox.id = claimed.id, "what has left cannot be noted now");
            false
        }
    }
}
