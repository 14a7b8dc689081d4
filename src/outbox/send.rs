//! One attempt at one message: what must still be true, the calls, and what became of it.

use std::time::Duration;

use chrono::{DateTime, Utc};

use crate::channel::{Channel, Outgoing, Recipient, SendError, Sent};
use crate::event::{Event, EventKey, Known, Millis, Origin, Seed, Source, What};
use crate::inbox::{Attempt, Mark};
use crate::reply::Class;
use crate::store::outbox::{self, Claimed, Ended, Ending};

use super::House;
use super::fate::{Fate, fate};
use super::worker::{LEASE_MILLIS, put_back, tried};

/// How long a provider may take for one call; all of them answer within ten seconds or not at all.
const CALL_TIMEOUT_SECS: u64 = 30;

/// How soon a mark that was refused is tried again.
const MARK_AGAIN_SECS: u64 = 1;

/// How soon a fence that could not be read is read again.
const READ_AGAIN_MILLIS: Millis = 1_000;

/// The name under which a question that could not be sent re-enters.
const CHANNEL: &str = "outbox";

/// Tries to send. The fate is None when nobody was called.
pub async fn attempt(
    house: &House,
    channel: &dyn Channel,
    claimed: &Claimed,
    now: Millis,
) -> (Option<Fate>, Mark) {
    if claimed.expires.is_some_and(|expires| expires <= now) {
        return (None, ended(house, claimed, Ended::Expired, "expired", now));
    }
    let decent = decent(house, now);
    if claimed.quiet && decent > now {
        return (None, put_back(house, claimed, decent, now));
    }
    let to = match may_leave(house, claimed).await {
        Leave::To(address) => address,
        Leave::Not(why) => return (None, ended(house, claimed, Ended::Cancelled, why, now)),
        Leave::NotNow => return (None, put_back(house, claimed, now + READ_AGAIN_MILLIS, now)),
    };
    let outcome = call(channel, claimed, &to, now).await;
    if let Err(error) = &outcome {
        tracing::info!(%error, channel = channel.name(), outbox.id = claimed.id, "a message did not leave");
    }
    let fate = fate(tried(claimed, now), outcome);
    let mark = mark(house, claimed, &fate, now);
    (Some(fate), mark)
}

/// The next moment at which one may be disturbed: now, or when the quiet hours end.
fn decent(house: &House, now: Millis) -> Millis {
    let calendar = &house.registry.current().charity.calendar;
    DateTime::<Utc>::from_timestamp_millis(now).map_or(now, |moment| {
        calendar.next_decent(moment).timestamp_millis()
    })
}

enum Leave {
    To(Recipient),
    Not(&'static str),
    /// It cannot be known now.
    NotNow,
}

/// The fence: read in the last moment, because a human may have taken over, or the person may have had
/// enough of us, since the message was written.
async fn may_leave(house: &House, claimed: &Claimed) -> Leave {
    let read = async {
        let mut reader = house.store.reader().await?;
        outbox::fence(&mut reader, claimed).await
    };
    let fence = match read.await {
        Ok(Some(fence)) => fence,
        Ok(None) => return Leave::Not("erased"),
        Err(fault) => {
            tracing::debug!(%fault, outbox.id = claimed.id, "whether a message may leave cannot be read now");
            return Leave::NotNow;
        }
    };
    if claimed.class == Class::Dialog && fence.human {
        return Leave::Not("a human speaks");
    }
    let unasked = claimed
        .reply
        .proactive
        .as_ref()
        .is_some_and(|one| !one.owed);
    if unasked && fence.opted_out {
        return Leave::Not("opted out");
    }
    if fence.withdrawn {
        return Leave::Not("consent withdrawn");
    }
    Leave::To(Recipient {
        address: fence.address,
        also: None,
    })
}

/// All parts of a message in order. When some have left and the next fails, nobody can say that the
/// message did not arrive: it is unknown, and never simply sent again from its beginning.
async fn call(
    channel: &dyn Channel,
    claimed: &Claimed,
    to: &Recipient,
    now: Millis,
) -> Result<Sent, SendError> {
    let out = Outgoing {
        id: claimed.id.clone(),
        now,
        window_open: true,
        answers: None,
    };
    let mut last = Sent { provider_id: None };
    for (at, payload) in channel.write(&claimed.reply, to, &out).iter().enumerate() {
        let limit = Duration::from_secs(CALL_TIMEOUT_SECS);
        let sent = tokio::time::timeout(limit, channel.send(payload)).await;
        last = match sent {
            Ok(Ok(sent)) => sent,
            Ok(Err(error)) if at == 0 => return Err(error),
            Ok(Err(error)) => {
                return Err(SendError::Unknown {
                    reason: format!("left in part: {error}"),
                });
            }
            Err(_) => {
                return Err(SendError::Unknown {
                    reason: format!("no answer within {CALL_TIMEOUT_SECS} s"),
                });
            }
        };
    }
    Ok(last)
}

/// What a fate means for the row and for staff.
pub fn mark(house: &House, claimed: &Claimed, fate: &Fate, now: Millis) -> Mark {
    match fate {
        Fate::Sent { provider_id } => {
            let mut sent = attempt_of(house, claimed, Ended::Sent, None, now);
            sent.provider_id = provider_id.clone();
            Mark::Attempt(Box::new(sent))
        }
        Fate::Again { at, unknown } => {
            let again = Ended::Again {
                due: *at,
                unknown: *unknown,
                uncounted: false,
            };
            Mark::Attempt(Box::new(attempt_of(house, claimed, again, None, now)))
        }
        Fate::Rest { until } => put_back(house, claimed, *until, now),
        Fate::Failed { reason } => ended(house, claimed, Ended::Failed, reason, now),
        Fate::Flagged { reason } => ended(house, claimed, Ended::Flagged, reason, now),
    }
}

fn ended(house: &House, claimed: &Claimed, state: Ended, reason: &str, now: Millis) -> Mark {
    let mut attempt = attempt_of(house, claimed, state, Some(reason.to_owned()), now);
    // A question comes back as an event, and its turn alerts; nobody speaks for the rest.
    attempt.alert = matches!(state, Ended::Failed | Ended::Flagged) && claimed.asks.is_none();
    Mark::Attempt(Box::new(attempt))
}

fn attempt_of(
    house: &House,
    claimed: &Claimed,
    state: Ended,
    reason: Option<String>,
    now: Millis,
) -> Attempt {
    Attempt {
        conversation: claimed.conversation_id.clone(),
        seq: claimed.seq,
        ending: Ending {
            id: claimed.id.clone(),
            by: house.by.clone(),
            state,
            reason,
        },
        provider_id: None,
        alert: false,
        at: now,
    }
}

/// Makes the end of an attempt a fact. A question that is finally not sent re-enters first: were we
/// killed in between, it would re-enter once more under the same key, and that does nothing.
pub async fn settle(house: &House, claimed: &Claimed, mark: Mark, now: Millis) {
    let until = tokio::time::Instant::now()
        + Duration::from_millis(u64::try_from(LEASE_MILLIS).unwrap_or(0));
    while tokio::time::Instant::now() < until {
        if tell(house, claimed, &mark, now).await {
            return;
        }
        tokio::time::sleep(Duration::from_secs(MARK_AGAIN_SECS)).await;
    }
    tracing::error!(
        outbox.id = claimed.id,
        "what became of a message could not be written: it counts as unknown"
    );
}

async fn tell(house: &House, claimed: &Claimed, mark: &Mark, now: Millis) -> bool {
    if let Some(event) = undelivered(claimed, mark, now)
        && house.inbox.take(event).await.is_err()
    {
        return false;
    }
    house.inbox.mark(vec![mark.clone()]).await.is_ok()
}

fn undelivered(claimed: &Claimed, mark: &Mark, now: Millis) -> Option<Event> {
    let Mark::Attempt(attempt) = mark else {
        return None;
    };
    let finally = match attempt.ending.state {
        Ended::Failed | Ended::Flagged | Ended::Expired => true,
        Ended::Again { .. } | Ended::Sent | Ended::Cancelled => false,
    };
    let step = claimed.asks.clone().filter(|_| finally)?;
    Some(Event {
        key: EventKey {
            channel: CHANNEL.to_owned(),
            account: String::new(),
            key: claimed.id.clone(),
        },
        received_at: now,
        sent_at: None,
        seed: Seed(rand::random()),
        from: Origin::Conversation(claimed.conversation_id.clone()),
        also: None,
        what: What::Undelivered { step },
        message_id: None,
        note: None,
        kind: CHANNEL.to_owned(),
        source: Source::Own,
        ranked: None,
        known: Known::default(),
    })
}
