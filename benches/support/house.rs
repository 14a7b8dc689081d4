//! A store with people in it and a running inbox above it, for the benches.

use std::path::Path;
use std::sync::Arc;

use tokio::sync::watch;
use wasl::dialog::model::Dialogs;
use wasl::dialog::step;
use wasl::inbox::{self, BATCH_MAX, Bus, ENTRIES_MAX, Inbox, Registry, Started};
use wasl::store::open::Durability;
use wasl::store::{Mode, Options, Store};

use super::walk::Walk;

/// People who are met in one transaction while a store is filled.
const MET_AT_ONCE: u64 = 2_000;

pub struct House {
    pub store: Store,
    pub registry: Arc<Registry>,
    started: Started,
}

impl House {
    pub async fn open(options: &Options, dialogs: &Arc<Dialogs>, batch_max: usize) -> House {
        let store = Store::open(options.clone(), Mode::Write).await;
        let store = store.expect("a store of one's own opens");
        let mut how = inbox::Options::new(step, ["web"].into());
        how.batch_max = batch_max;
        how.entries_max = ENTRIES_MAX.max(batch_max);
        let registry = Arc::new(Registry::new(dialogs.clone()));
        let started = inbox::start(store.clone(), registry.clone(), Bus::default(), how);
        House {
            store,
            registry,
            started,
        }
    }

    /// Changes when something is owed to a provider.
    pub fn owed(&self) -> watch::Receiver<()> {
        self.started.owed.clone()
    }

    pub fn inbox(&self) -> Inbox {
        self.started.inbox.clone()
    }

    pub async fn close(self) {
        self.started.close().await;
        self.store.close().await;
    }
}

/// SQLite in this folder.
pub fn sqlite(folder: &Path, durability: Durability) -> Options {
    Options {
        durability,
        ..Options::sqlite(&folder.join("data"), "demo")
    }
}

/// People number 0 to `people` play the first `moves` of their walk, many to a transaction.
pub async fn fill(
    options: &Options,
    dialogs: &Arc<Dialogs>,
    walk: &Walk,
    people: u64,
    moves: usize,
) {
    let quick = Options {
        durability: Durability::Normal,
        ..options.clone()
    };
    let batch_max = BATCH_MAX.max(usize::try_from(MET_AT_ONCE).unwrap_or(0));
    let house = House::open(&quick, dialogs, batch_max).await;
    let inbox = house.inbox();
    for first in (0..people).step_by(usize::try_from(MET_AT_ONCE).unwrap_or(1)) {
        for at in 0..moves {
            let whom = first..people.min(first + MET_AT_ONCE);
            let events = whom.map(|who| walk.event(who, at)).collect();
            for taken in inbox.take_all(events).await {
                assert!(taken.expect("the store takes it").applied);
            }
        }
    }
    house.close().await;
}
