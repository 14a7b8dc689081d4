//! Replies out: in order for each person, at the pace of each channel, through failures of every kind.
//! It never decides what is said, and what it learns becomes a fact only through `inbox`.

pub mod approval;
mod call;
pub mod fate;
pub mod fetch;
pub mod intake;
pub mod pace;
mod send;
mod way;
mod worker;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::MissedTickBehavior;
use tokio_util::task::AbortOnDropHandle;

use crate::channel::{Channel, Leaves};
use crate::event::Millis;
use crate::inbox::{Inbox, Registry};
use crate::store::{Engine, Store};

use worker::Worker;

/// How often we look for what nobody woke us for: rows of other instances, and what became due.
const LOOK_SECS: u64 = 1;

/// What every worker needs.
pub(crate) struct House {
    pub store: Store,
    pub inbox: Inbox,
    pub registry: Arc<Registry>,
    /// The channels that leave by sending, each with the hours after which its platform wants a template.
    pub ways: BTreeMap<&'static str, Option<u32>>,
    /// Who holds a lease: this process, in this run.
    pub by: String,
    /// No other process can send: what another held it left behind.
    pub alone: bool,
}

/// Sends for every channel that leaves by sending, each on its own, so that none waits for another.
/// Stops when the handles are dropped: what is on the wire then is found again as unknown. `owed` wakes
/// early, `clock` gives the time now.
pub fn start(
    store: Store,
    inbox: Inbox,
    registry: Arc<Registry>,
    channels: Vec<Arc<dyn Channel>>,
    owed: watch::Receiver<()>,
    clock: impl Fn() -> Millis + Clone + Send + Sync + 'static,
) -> Vec<AbortOnDropHandle<()>> {
    let ways = channels
        .iter()
        .filter(|channel| channel.leaves() == Leaves::BySending)
        .map(|one| (one.name(), one.limits().template_needed_after_hours))
        .collect();
    let house = Arc::new(House {
        ways,
        alone: is_alone(&store),
        store,
        inbox,
        registry,
        by: uuid::Uuid::new_v4().to_string(),
    });
    let by_sending = channels
        .into_iter()
        .filter(|channel| channel.leaves() == Leaves::BySending);
    let tasks = by_sending.flat_map(|channel| {
        let templates = channel.limits().template_needed_after_hours;
        let asked = templates.map(|_| {
            let asking = approval::watch(house.store.clone(), channel.clone(), clock.clone());
            tokio::spawn(asking)
        });
        let worker = Worker::new(house.clone(), channel);
        let sends = tokio::spawn(run(worker, owed.clone(), clock.clone()));
        asked.into_iter().chain([sends])
    });
    tasks.map(AbortOnDropHandle::new).collect()
}

/// On SQLite the folder is locked by the one process that serves.
fn is_alone(store: &Store) -> bool {
    store.engine() == Engine::Sqlite
}

async fn run(mut worker: Worker, mut owed: watch::Receiver<()>, clock: impl Fn() -> Millis) {
    let mut woken = true;
    let mut look = tokio::time::interval(Duration::from_secs(LOOK_SECS));
    look.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        let looked = tokio::select! {
            true = worker.ended(clock()) => Ok(()),
            changed = owed.changed(), if woken => {
                woken = changed.is_ok();
                Ok(())
            }
            _ = look.tick() => worker.look_after_strayed(clock()).await,
        };
        let filled = match looked {
            Ok(()) => worker.fill(clock()).await,
            fault => fault,
        };
        if let Err(fault) = filled {
            tracing::debug!(%fault, channel = worker.name(), "the outbox cannot be read now");
        }
    }
}
