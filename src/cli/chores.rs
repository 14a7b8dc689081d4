//! What a running house does by itself now and then: objects without a row go, and so do the keys of
//! events that no platform repeats any more. Nothing here is ever urgent.

use std::time::Duration;

use tokio_util::task::AbortOnDropHandle;

use super::store::now;
use crate::event::Millis;
use crate::store::object::Objects;
use crate::store::{Fault, Store, event, outbox, search, strange};

/// Objects wait 24 hours before they are swept, so an hour more or less means nothing.
const EVERY_SECS: u64 = 60 * 60;

/// Telegram and WhatsApp repeat for a day or a week at most, and somebody may repeat a whole month; this is longer than any of them, and
/// than any page that was left open with something unsent.
const KEYS_KEPT_MILLIS: Millis = 45 * 24 * 60 * 60 * 1_000;

/// Keys forgotten with one transaction: under 20 ms on a slow disk.
const SLICE: u64 = 500;

/// Sweeps every hour until the handle is dropped; the first time at once.
pub fn start(store: Store, objects: Objects) -> AbortOnDropHandle<()> {
    AbortOnDropHandle::new(tokio::spawn(async move {
        let mut tick = tokio::time::interval(Duration::from_secs(EVERY_SECS));
        loop {
            tick.tick().await;
            match objects.sweep(&store, now()).await {
                Ok(swept) if swept.orphans + swept.erased > 0 => tracing::info!(
                    orphans = swept.orphans,
                    erased = swept.erased,
                    "objects were swept"
                ),
                Ok(_) => {}
                Err(error) => tracing::warn!(%error, "objects cannot be swept now"),
            }
            if let Err(fault) = forget(&store).await {
                tracing::warn!(%fault, "old keys of events cannot be forgotten now");
            }
            if let Err(fault) = let_go(&store).await {
                tracing::warn!(%fault, "the words of what did not leave, and what nobody could read, cannot be forgotten now");
            }
        }
    }))
}

/// Nothing new to be found: it is looked again so soon.
const INDEX_IDLE_MILLIS: u64 = 700;

/// Between two slices whoever writes comes first.
const INDEX_REST_MILLIS: u64 = 4;

/// Makes findable what was said, behind the turns, until the handle is dropped.
pub fn index(store: Store) -> AbortOnDropHandle<()> {
    AbortOnDropHandle::new(tokio::spawn(async move {
        loop {
            let rest = match index_slice(&store).await {
                Ok(0) => INDEX_IDLE_MILLIS,
                Ok(_) => INDEX_REST_MILLIS,
                Err(fault) => {
                    tracing::debug!(%fault, "what was said is made findable later");
                    INDEX_IDLE_MILLIS
                }
            };
            tokio::time::sleep(Duration::from_millis(rest)).await;
        }
    }))
}

async fn index_slice(store: &Store) -> Result<usize, Fault> {
    // Looking costs no write: most of the time nothing is due.
    if !search::is_due(&mut store.reader().await?).await? {
        return Ok(0);
    }
    let mut tx = store.begin_write().await?;
    let indexed = search::follow(&mut tx).await?;
    tx.commit().await?;
    Ok(indexed)
}

async fn let_go(store: &Store) -> Result<(), Fault> {
    let mut tx = store.begin_write().await?;
    outbox::let_go(&mut tx, now()).await?;
    strange::forget(&mut tx, now()).await?;
    tx.commit().await
}

/// In slices: people who write wait for the one writer no longer than for another batch.
async fn forget(store: &Store) -> Result<(), Fault> {
    loop {
        let mut tx = store.begin_write().await?;
        let forgotten = event::forget_before(&mut tx, now() - KEYS_KEPT_MILLIS, SLICE).await?;
        tx.commit().await?;
        if forgotten < SLICE {
            return Ok(());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::EventKey;
    use crate::store::event::Claim;
    use crate::store::test_support::on_both;

    #[test]
    fn what_a_platform_brings_again_after_a_month_is_known_and_no_key_is_kept_for_ever() {
        on_both(|fresh| async move {
            let (came, day) = (1_760_000_000_000, 24 * 3_600_000);
            let key = EventKey {
                channel: "whatsapp".to_owned(),
                account: "1".to_owned(),
                key: "wamid.1".to_owned(),
            };
            let claim = Claim {
                channel: &key.channel,
                account: &key.account,
                key: &key.key,
                conversation_id: None,
                at: came,
            };
            let mut tx = fresh.store.begin_write().await.unwrap();
            event::claim(&mut tx, &[claim]).await.unwrap();
            for (days, known) in [(31, true), (46, false)] {
                let before = came + days * day - KEYS_KEPT_MILLIS;
                event::forget_before(&mut tx, before, SLICE).await.unwrap();
                assert_eq!(event::seen(&mut tx, &key).await.unwrap(), known, "{days}");
            }
            tx.commit().await.unwrap();
        });
    }
}
