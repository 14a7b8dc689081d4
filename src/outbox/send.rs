//! One attempt at one message: what must still be true, the calls, and what became of it.

use std::time::Duration;

use chrono::{DateTime, Utc};

use crate::channel::{Channel, SendError};
use crate::event::{Event, EventKey, Known, Millis, Moved, Origin, Seed, Source, What};
use crate::inbox::{Attempt, Learned, Mark};
use crate::reply::{Class, Reply};
use crate::store::Fault;
use crate::store::outbox::{Claimed, Ended, Ending, Fence};

use super::House;
use super::approval::{self, May};
use super::call::{self, Called};
use super::fate::{Fate, Try, fate};
use super::way::{self, Way};
use super::worker::{LEASE_MILLIS, put_back, tried};

/// How soon a mark that was refused is tried again.
const MARK_AGAIN_SECS: u64 = 1;

/// How soon a fence that could not be read is read again.
pub const READ_AGAIN_MILLIS: Millis = 1_000;

/// The name under which a question that could not be sent re-enters.
const CHANNEL: &str = "outbox";

/// What a try told of its channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// Nobody was called, or it was the address that failed.
    Nothing,
    Worked,
    Failed(String),
    Rest {
        until: Millis,
        reason: String,
    },
}

/// Tries to send. The fence was read in the last moment, because a human may have taken over, or the person may
/// have had enough of us, since the message was written; none: the conversation or the address was erased.
pub async fn attempt(
    house: &House,
    channel: &dyn Channel,
    claimed: &Claimed,
    fence: Option<Result<Fence, Fault>>,
    now: Millis,
) -> (Told, Mark) {
    let not_called = |mark| (Told::Nothing, mark);
    if claimed.expires.is_some_and(|expires| expires <= now) {
        return not_called(ended(house, claimed, Ended::Expired, "expired", now));
    }
    let decent = decent(house, now);
    if claimed.quiet && decent > now {
        return not_called(put_back(house, claimed, decent, now));
    }
    let fence = match may_leave(claimed, fence) {
        Leave::Yes(fence) => fence,
        Leave::Not(why) => return not_called(ended(house, claimed, Ended::Cancelled, why, now)),
        Leave::NotNow => {
            return not_called(put_back(house, claimed, now + READ_AGAIN_MILLIS, now));
        }
    };
    if let Some(reason) = claimed.refused.clone() {
        return not_called(failed(house, claimed, &fence, reason, now).await);
    }
    let hours = channel.limits().template_needed_after_hours;
    let open = way::is_open(hours, fence.heard_at, now);
    match way::of(&claimed.reply, open) {
        Way::Send if open => {
            try_it(house, channel, (claimed, &claimed.reply), &fence, open, now).await
        }
        Way::Send => as_template(house, channel, claimed, &fence, now).await,
        Way::Park => park(house, channel, claimed, &fence, now).await,
        Way::OtherChannel => {
            let why = "the platform's window is closed";
            not_called(by_another(house, claimed, &fence, why, now).await)
        }
        Way::GiveUp => {
            let why = "the platform's window is closed";
            not_called(ended(house, claimed, Ended::Failed, why, now))
        }
    }
}

/// What was not approved is never tried: it goes another way, or waits until the person writes.
async fn as_template(
    house: &House,
    channel: &dyn Channel,
    claimed: &Claimed,
    fence: &Fence,
    now: Millis,
) -> (Told, Mark) {
    let asked = async {
        let mut reader = house.store.reader().await?;
        let may = approval::may(&mut reader, channel.name(), &claimed.reply).await?;
        let another = match &may {
            May::In(_) => None,
            May::Not(_) => way::another(house, claimed, fence, now).await?,
        };
        Ok::<_, Fault>((may, another))
    };
    match asked.await {
        Ok((May::In(language), _)) => {
            let mut reply = claimed.reply.clone();
            reply.language = language;
            try_it(house, channel, (claimed, &reply), fence, false, now).await
        }
        Ok((May::Not(why), Some(other))) => {
            (Told::Nothing, elsewhere(house, claimed, other, &why, now))
        }
        Ok((May::Not(why), None)) => {
            let reason = Some(format!("{why}; waits until the person writes"));
            let attempt = attempt_of(house, claimed, Ended::Parked, reason, now);
            (Told::Nothing, Mark::Attempt(Box::new(attempt)))
        }
        Err(fault) => {
            tracing::debug!(%fault, outbox.id = claimed.id, "whether a template is approved cannot be read now");
            let again = now + READ_AGAIN_MILLIS;
            (Told::Nothing, put_back(house, claimed, again, now))
        }
    }
}

async fn try_it(
    house: &House,
    channel: &dyn Channel,
    (claimed, reply): (&Claimed, &Reply),
    fence: &Fence,
    open: bool,
    now: Millis,
) -> (Told, Mark) {
    let Called {
        outcome,
        provider_ids,
        left,
    } = call::all(house, channel, (claimed, reply), fence, open, now).await;
    let told = told(&outcome, now);
    if let Err(error) = &outcome {
        tracing::info!(%error, channel = channel.name(), outbox.id = claimed.id, "a message did not leave");
    }
    let fate = fate(tried(claimed, now), outcome);
    count(channel, fate.word());
    let mut mark = match fate {
        Fate::Barred { reason } => barred(house, claimed, fence, reason, now).await,
        Fate::Failed { reason } => failed(house, claimed, fence, reason, now).await,
        Fate::Moved { to } => moved(house, claimed, fence, to, now),
        Fate::Closed if open => closed(house, claimed, now),
        fate => mark(house, claimed, &fate, now),
    };
    if let Mark::Attempt(attempt) = &mut mark {
        attempt.provider_ids = provider_ids;
        attempt.ending.left = Some(left);
    }
    (told, mark)
}

fn count(channel: &dyn Channel, end: &'static str) {
    metrics::counter!("wasl_outbox_attempts_total", "channel" => channel.name(), "end" => end)
        .increment(1);
}

fn told(outcome: &Result<(), SendError>, now: Millis) -> Told {
    match outcome {
        Ok(_) => Told::Worked,
        Err(
            SendError::Later {
                after: None,
                reason,
            }
            | SendError::Unknown { reason },
        ) => Told::Failed(reason.clone()),
        Err(SendError::PauseChannel { .. }) => {
            let Fate::Rest { until, reason } = fate(Try::of_channel(now), outcome.clone()) else {
                return Told::Nothing;
            };
            Told::Rest { until, reason }
        }
        // Who answers, works.
        Err(
            SendError::Later { .. }
            | SendError::LaterForPerson { .. }
            | SendError::WindowClosed
            | SendError::Never { .. }
            | SendError::Barred { .. }
            | SendError::Moved { .. },
        ) => Told::Nothing,
    }
}

/// Free words would be refused: they wait until the person writes, who is asked to by a template, once a day
/// at most and never against their wish.
async fn park(
    house: &House,
    channel: &dyn Channel,
    claimed: &Claimed,
    fence: &Fence,
    now: Millis,
) -> (Told, Mark) {
    let waits = "waits until the person writes";
    let parked = |reason: &str, learned| {
        let mut attempt = attempt_of(house, claimed, Ended::Parked, Some(reason.to_owned()), now);
        attempt.learned = learned;
        Mark::Attempt(Box::new(attempt))
    };
    let nudge = way::nudge(&house.registry, claimed.reply.language);
    let asked = fence
        .nudged_at
        .is_some_and(|at| now - at < way::NUDGE_MILLIS);
    let (Some(nudge), false) = (nudge, asked || fence.opted_out) else {
        return (Told::Nothing, parked(waits, None));
    };
    let may = async {
        let mut reader = house.store.reader().await?;
        approval::may(&mut reader, channel.name(), &nudge).await
    };
    let nudge = match may.await {
        Ok(May::In(language)) => Reply { language, ..nudge },
        Ok(May::Not(why)) => {
            let reason = format!("{waits}; they cannot be asked to: {why}");
            return (Told::Nothing, parked(&reason, None));
        }
        // Asking is a courtesy, and what waits is not lost by leaving it out.
        Err(_) => return (Told::Nothing, parked(waits, None)),
    };
    let id = format!("{}-nudge", claimed.id);
    let outcome = call::first(channel, &nudge, &id, fence, now).await;
    let told = told(&outcome, now);
    let mark = match fate(tried(claimed, now), outcome) {
        Fate::Sent => {
            let learned = Learned::Nudged {
                identity: claimed.identity_id.clone(),
            };
            parked(
                "waits until the person writes, who was asked to",
                Some(learned),
            )
        }
        Fate::Barred { reason } => barred(house, claimed, fence, reason, now).await,
        Fate::Moved { to } => moved(house, claimed, fence, to, now),
        Fate::Again { at, .. } => put_back(house, claimed, at, now),
        Fate::Rest { until, .. } => put_back(house, claimed, until, now),
        Fate::Failed { reason } | Fate::Flagged { reason } => {
            parked(&format!("{waits}; asking them to failed: {reason}"), None)
        }
        Fate::Closed => parked(waits, None),
    };
    (told, mark)
}

/// Nothing arrives at this address any more; by another way of the person's, where the message allows it.
async fn barred(house: &House, claimed: &Claimed, fence: &Fence, why: String, now: Millis) -> Mark {
    let learned = Learned::Barred {
        identity: claimed.identity_id.clone(),
        why: why.clone(),
    };
    with(not_there(house, claimed, fence, &why, now).await, learned)
}

/// Refused for good, whatever the address: by another way of the person's, once.
async fn failed(house: &House, claimed: &Claimed, fence: &Fence, why: String, now: Millis) -> Mark {
    match claimed.rerouted {
        true => ended(house, claimed, Ended::Failed, &why, now),
        false => not_there(house, claimed, fence, &why, now).await,
    }
}

async fn not_there(
    house: &House,
    claimed: &Claimed,
    fence: &Fence,
    why: &str,
    now: Millis,
) -> Mark {
    match claimed.class {
        // What the bot answers belongs where it was asked.
        Class::Dialog => ended(house, claimed, Ended::Failed, why, now),
        Class::Notice | Class::Staff => by_another(house, claimed, fence, why, now).await,
    }
}

async fn by_another(
    house: &House,
    claimed: &Claimed,
    fence: &Fence,
    why: &str,
    now: Millis,
) -> Mark {
    let other = match way::another(house, claimed, fence, now).await {
        Ok(other) => other,
        Err(fault) => {
            tracing::debug!(%fault, outbox.id = claimed.id, "other ways of a person cannot be read now");
            return put_back(house, claimed, now + READ_AGAIN_MILLIS, now);
        }
    };
    match other {
        Some(other) => elsewhere(house, claimed, other, why, now),
        None => {
            let reason = format!("{why}; the person has no other way");
            ended(house, claimed, Ended::Failed, &reason, now)
        }
    }
}

fn elsewhere(
    house: &House,
    claimed: &Claimed,
    (identity, channel): (String, String),
    why: &str,
    now: Millis,
) -> Mark {
    let again = Ended::Again {
        due: now,
        unknown: false,
        uncounted: false,
    };
    let reason = format!("by {channel} instead of {}: {why}", claimed.channel);
    let mut attempt = attempt_of(house, claimed, again, Some(reason), now);
    attempt.ending.elsewhere = Some((identity, channel));
    Mark::Attempt(Box::new(attempt))
}

fn moved(house: &House, claimed: &Claimed, fence: &Fence, to: String, now: Millis) -> Mark {
    let learned = Learned::Moved(Moved {
        from: fence.address.clone(),
        to: crate::event::Address {
            id: to,
            ..fence.address.clone()
        },
        at: now,
    });
    let again = Ended::Again {
        due: now,
        unknown: false,
        uncounted: false,
    };
    let mark = Mark::Attempt(Box::new(attempt_of(house, claimed, again, None, now)));
    with(mark, learned)
}

/// By the platform's clock the window is closed already: tried again at once as for a closed one.
fn closed(house: &House, claimed: &Claimed, now: Millis) -> Mark {
    let learned = Learned::WindowClosed {
        identity: claimed.identity_id.clone(),
    };
    with(put_back(house, claimed, now, now), learned)
}

fn with(mut mark: Mark, learned: Learned) -> Mark {
    if let Mark::Attempt(attempt) = &mut mark {
        attempt.learned = Some(learned);
    }
    mark
}

/// The next moment at which one may be disturbed: now, or when the quiet hours end.
fn decent(house: &House, now: Millis) -> Millis {
    let calendar = &house.registry.current().charity.calendar;
    DateTime::<Utc>::from_timestamp_millis(now).map_or(now, |moment| {
        calendar.next_decent(moment).timestamp_millis()
    })
}

enum Leave {
    Yes(Box<Fence>),
    Not(&'static str),
    /// It cannot be known now.
    NotNow,
}

fn may_leave(claimed: &Claimed, fence: Option<Result<Fence, Fault>>) -> Leave {
    let fence = match fence {
        Some(Ok(fence)) => fence,
        None => return Leave::Not("erased"),
        Some(Err(fault)) => {
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
    Leave::Yes(Box::new(fence))
}

/// What a fate means for the row and for staff.
pub fn mark(house: &House, claimed: &Claimed, fate: &Fate, now: Millis) -> Mark {
    match fate {
        Fate::Sent => {
            let sent = attempt_of(house, claimed, Ended::Sent, None, now);
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
        Fate::Rest { until, .. } => put_back(house, claimed, *until, now),
        Fate::Closed => ended(
            house,
            claimed,
            Ended::Failed,
            "the platform's window is closed",
            now,
        ),
        Fate::Moved { .. } => put_back(house, claimed, now, now),
        Fate::Barred { reason } => ended(house, claimed, Ended::Failed, reason, now),
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
            elsewhere: None,
            left: None,
        },
        channel: claimed.channel.clone(),
        provider_ids: Vec::new(),
        learned: None,
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
        Ended::Again { .. } | Ended::Sent | Ended::Cancelled | Ended::Parked => false,
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
