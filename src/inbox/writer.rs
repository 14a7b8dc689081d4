//! The one task that writes turns: takes what waits, makes one transaction of it, commits, and only
//! then answers. It decides what a failure means; it never decides what is said.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Instant;

use futures_util::FutureExt as _;
use tokio::sync::oneshot;

use crate::store::Fault;

use super::batch::{self, Done};
use super::poison;
use super::queue::Queue;
use super::{House, Outcome, Refused, Work};

/// How often a batch runs again at once because it met another instance's transaction. Every meeting
/// lets one of the two through, so that more only happens under a storm; then platforms come again.
const CONFLICTS_MAX: usize = 8;

/// Something to be done, and who waits for it.
pub struct Entry {
    pub work: Work,
    pub answer: oneshot::Sender<Result<Outcome, Refused>>,
}

/// Runs until the queue is closed and empty.
pub async fn run(house: Arc<House>, queue: Arc<Queue<Entry>>, batch_max: usize) {
    while let Some(entries) = queue.drain(batch_max).await {
        let (count, begun) = (entries.len(), Instant::now());
        write(&house, entries).await;
        metrics::histogram!("wasl_batch_entries").record(count as f64);
        metrics::histogram!("wasl_batch_seconds").record(begun.elapsed());
        metrics::gauge!("wasl_inbox_waiting").set(queue.len() as f64);
    }
}

async fn write(house: &House, entries: Vec<Entry>) {
    let works: Vec<&Work> = entries.iter().map(|entry| &entry.work).collect();
    match attempt(house, &works).await {
        Ok(done) => {
            tell(house, &done);
            answer(entries, done.outcomes);
        }
        Err(fault) if fault.waits() || fault.retries() => refuse(entries, &fault),
        Err(fault) => one_by_one(house, entries, &fault).await,
    }
}

/// The batch as one transaction, run again when it met another instance.
async fn attempt(house: &House, works: &[&Work]) -> Result<Done, Fault> {
    for _ in 0..CONFLICTS_MAX {
        match once(house, works).await {
            Err(fault) if fault.retries() => {
                tracing::debug!(%fault, "a batch met another instance, again");
            }
            ended => return ended,
        }
    }
    once(house, works).await
}

/// Nothing in a batch may panic; should something do so, one event is to blame and not the writer.
async fn once(house: &House, works: &[&Work]) -> Result<Done, Fault> {
    let running = AssertUnwindSafe(batch::run(house, works));
    let ended = running.catch_unwind().await;
    ended.unwrap_or_else(|_| Err(Fault::Poison("the turn panicked".to_owned())))
}

/// Something in the batch is refused by the database or breaks the step: found by trying each alone.
async fn one_by_one(house: &House, entries: Vec<Entry>, fault: &Fault) {
    tracing::warn!(%fault, entries = entries.len(), "a batch failed and is run one by one");
    let mut rest = entries.into_iter();
    while let Some(entry) = rest.next() {
        match alone(house, &entry.work).await {
            Ok(done) => {
                tell(house, &done);
                answer(vec![entry], done.outcomes);
            }
            Err(fault) if fault.waits() => {
                // The database itself is in trouble: the rest need not be tried.
                refuse(std::iter::once(entry).chain(rest).collect(), &fault);
                return;
            }
            Err(fault) => refuse(vec![entry], &fault),
        }
    }
}

/// # Errors
/// Not what fails alone on a healthy connection: that is set aside.
async fn alone(house: &House, work: &Work) -> Result<Done, Fault> {
    match attempt(house, &[work]).await {
        Err(fault) if !fault.waits() && !fault.retries() => {
            poison::set_aside(house, work, &fault).await
        }
        ended => ended,
    }
}

fn tell(house: &House, done: &Done) {
    for (conversation, seq) in &done.said {
        house.bus.tell(conversation, *seq);
    }
    if done.owes {
        house.owes.send_replace(());
    }
}

fn answer(entries: Vec<Entry>, outcomes: Vec<Outcome>) {
    for (entry, outcome) in entries.into_iter().zip(outcomes) {
        metrics::counter!("wasl_entries_total", "outcome" => outcome.word()).increment(1);
        // Whoever asked may be gone; what happened stays.
        let _ = entry.answer.send(Ok(outcome));
    }
}

fn refuse(entries: Vec<Entry>, fault: &Fault) {
    metrics::counter!("wasl_entries_total", "outcome" => "refused").increment(entries.len() as u64);
    tracing::error!(%fault, entries = entries.len(), "nothing can be written now: events are told to come again");
    for entry in entries {
        let _ = entry.answer.send(Err(Refused::Unavailable));
    }
}
