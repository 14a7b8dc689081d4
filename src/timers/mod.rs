//! Everything with a due time rings here and enters through `inbox`. It decides nothing: whether a ring
//! still means anything is the turn's to know, and the turn that takes it deletes the timer.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use futures_util::future::join_all;
use tokio_util::task::AbortOnDropHandle;

use crate::event::{Event, EventKey, Known, Millis, Origin, Seed, Source, What};
use crate::inbox::{Inbox, Registry};
use crate::store::timer::{self, Timer};
use crate::store::{Fault, Store};
use crate::text::calendar::WorkingCalendar;

/// How often we look for what is due: a reminder may be a second late, not more.
const LOOK_SECS: u64 = 1;

/// Timers that ring together: a quarter of a batch, as many as one transaction takes of them.
const RINGS_MAX: i64 = 64;

/// How long a ring may take before another instance tries: longer than the writer ever needs.
const LEASE_MILLIS: Millis = 60_000;

/// The name under which rings are events.
const CHANNEL: &str = "timer";

/// Rings until the handle is dropped. `clock` gives the time now.
pub fn start(
    store: Store,
    inbox: Inbox,
    registry: Arc<Registry>,
    clock: impl Fn() -> Millis + Send + 'static,
) -> AbortOnDropHandle<()> {
    let by = uuid::Uuid::new_v4().to_string();
    AbortOnDropHandle::new(tokio::spawn(async move {
        loop {
            let calendar = &registry.current().charity.calendar;
            match ring(&store, &inbox, calendar, &by, clock()).await {
                Ok(rung) if rung == RINGS_MAX as usize => {}
                Ok(_) => tokio::time::sleep(Duration::from_secs(LOOK_SECS)).await,
                Err(fault) => {
                    tracing::debug!(%fault, "timers cannot be read now");
                    tokio::time::sleep(Duration::from_secs(LOOK_SECS)).await;
                }
            }
        }
    }))
}

/// Lets everything ring that is due at `now`, at most [`RINGS_MAX`]; tells how many were leased. What
/// the inbox refuses rings again when its lease ends.
///
/// # Errors
/// When the database cannot be read or written now.
pub async fn ring(
    store: &Store,
    inbox: &Inbox,
    calendar: &WorkingCalendar,
    by: &str,
    now: Millis,
) -> Result<usize, Fault> {
    // Looking costs no write: most seconds nothing is due.
    let next = timer::next(&mut store.reader().await?).await?;
    if next.is_none_or(|due| due > now) {
        return Ok(0);
    }
    let mut tx = store.begin_write().await?;
    let leased = timer::lease(&mut tx, now, now + LEASE_MILLIS, by, RINGS_MAX).await?;
    let (early, ringing): (Vec<_>, Vec<_>) = leased
        .iter()
        .partition(|timer| timer.quiet && decent(calendar, now) > now);
    for timer in early {
        timer::rest(&mut tx, timer, decent(calendar, now)).await?;
    }
    tx.commit().await?;
    let rings = ringing
        .into_iter()
        .map(|timer| inbox.take(event(timer, now)));
    for refused in join_all(rings).await.into_iter().filter_map(Result::err) {
        tracing::debug!(%refused, "a timer rings again later");
    }
    Ok(leased.len())
}

/// The next moment at which one may be disturbed: now, or when the quiet hours end.
fn decent(calendar: &WorkingCalendar, now: Millis) -> Millis {
    DateTime::<Utc>::from_timestamp_millis(now).map_or(now, |moment| {
        calendar.next_decent(moment).timestamp_millis()
    })
}

fn event(timer: &Timer, now: Millis) -> Event {
    Event {
        key: EventKey {
            channel: CHANNEL.to_owned(),
            account: String::new(),
            key: format!("{}+{}", timer.id, timer.due),
        },
        received_at: now,
        sent_at: None,
        seed: Seed(rand::random()),
        from: Origin::Conversation(timer.owner.clone()),
        also: None,
        what: What::Rang {
            timer: timer.name.clone(),
            due: timer.due,
        },
        message_id: None,
        note: None,
        kind: CHANNEL.to_owned(),
        source: Source::Own,
        ranked: None,
        known: Known::default(),
    }
}

#[cfg(test)]
mod tests;
