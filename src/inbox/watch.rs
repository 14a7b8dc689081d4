//! Listens to what other instances tell, and notices dialog sets that were withdrawn. Hints only:
//! pages poll below them, and a set is looked up again with every talk that stands in it.

use std::sync::Arc;
use std::time::Duration;

use crate::store::{Fault, Store, dialog_set};

use super::{Bus, Felt, Registry};

/// How soon a lost connection to the notices is tried again.
const AGAIN_SECS: u64 = 1;

/// How soon a withdrawn set is noticed.
const WITHDRAWN_SECS: u64 = 5;

/// Hands the hints of other instances to this one's listeners. Ends at once where there are no others.
pub async fn others(store: Store, bus: Bus) {
    loop {
        match store.listen().await {
            Ok(None) => return,
            Ok(Some(mut notices)) => {
                while let Ok(notice) = notices.next().await {
                    pass_on(&bus, &notice);
                }
            }
            Err(fault) => tracing::debug!(%fault, "notices of other instances cannot be heard now"),
        }
        tokio::time::sleep(Duration::from_secs(AGAIN_SECS)).await;
    }
}

/// `conversation:seq,conversation:seq`
fn pass_on(bus: &Bus, notice: &str) {
    if let Some(felt) = Felt::read(notice) {
        return bus.feel(felt);
    }
    for hint in notice.split(',') {
        let hint = hint.split_once(':');
        if let Some((conversation, Ok(seq))) = hint.map(|(id, seq)| (id, seq.parse())) {
            bus.tell(conversation, seq);
        }
    }
}

/// Keeps the registry from using what was withdrawn, here or on another instance.
pub async fn withdrawn(store: Store, registry: Arc<Registry>) {
    loop {
        tokio::time::sleep(Duration::from_secs(WITHDRAWN_SECS)).await;
        match look(&store).await {
            Ok(versions) => registry.withdraw(versions.into_iter()),
            Err(fault) => tracing::debug!(%fault, "withdrawn dialog sets cannot be read now"),
        }
    }
}

async fn look(store: &Store) -> Result<Vec<String>, Fault> {
    let mut reader = store.reader().await?;
    dialog_set::withdrawn(&mut reader).await
}
