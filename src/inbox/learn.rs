//! What the FAQ of this process knows: learned of the files and of what staff confirmed, anew in the
//! background whenever either changes. Several processes on one database learn the same.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use tokio_util::task::AbortOnDropHandle;

use super::edits::{self, Shipped};
use super::registry::Registry;
use crate::dialog::learned::rank;
use crate::dialog::model::Dialogs;
use crate::event::{Millis, Ranked};
use crate::faq::Model;
use crate::store::faq::{self, Phrasing};
use crate::store::{Fault, Store};

/// How often we look for what was confirmed elsewhere: a confirmation counts everywhere within two seconds.
const LOOK_SECS: u64 = 1;

/// A model, and what it is a function of: the files (by their version) and the phrasings up to the n-th.
struct Learned {
    version: String,
    n: i64,
    model: Model,
}

/// The FAQ as it is asked. Cheap to clone; every clone asks the same.
#[derive(Clone)]
pub struct Faq {
    learned: Arc<RwLock<Arc<Learned>>>,
}

impl Faq {
    /// Learns the files of a set alone; what staff confirmed follows as soon as the database is there.
    pub fn of(dialogs: &Dialogs) -> Faq {
        Faq {
            learned: Arc::new(RwLock::new(Arc::new(learn(dialogs, &[])))),
        }
    }

    /// What the text asks.
    pub fn rank(&self, text: &str) -> Ranked {
        rank(&self.now().model, text)
    }

    fn now(&self) -> Arc<Learned> {
        let learned = self.learned.read();
        learned.unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn replace(&self, learned: Learned) {
        let now = self.learned.write();
        *now.unwrap_or_else(PoisonError::into_inner) = Arc::new(learned);
    }
}

/// Keeps the FAQ up to date until the handle is dropped.
pub fn start(
    store: Store,
    registry: Arc<Registry>,
    faq: Faq,
    shipped: Shipped,
    now: fn() -> Millis,
) -> AbortOnDropHandle<()> {
    AbortOnDropHandle::new(tokio::spawn(async move {
        loop {
            if let Err(fault) = edits::catch_up(&store, &registry, &shipped, now()).await {
                tracing::debug!(%fault, "what staff wrote cannot be read now");
            }
            // A database that is away is told of by the writer.
            if let Err(fault) = catch_up(&store, &registry, &faq).await {
                tracing::debug!(%fault, "what was confirmed cannot be read now");
            }
            tokio::time::sleep(Duration::from_secs(LOOK_SECS)).await;
        }
    }))
}

/// Learns anew when files or confirmations have changed; questions are answered by the earlier model until then.
///
/// # Errors
/// When the database cannot be read now.
pub async fn catch_up(store: &Store, registry: &Registry, faq: &Faq) -> Result<(), Fault> {
    let dialogs = registry.current();
    let now = faq.now();
    let mut reader = store.reader().await?;
    let last = faq::last(&mut reader).await?;
    if now.version == dialogs.version && now.n == last {
        return Ok(());
    }
    let phrasings = faq::learned(&mut reader, 0).await?;
    drop(reader);
    match tokio::task::spawn_blocking(move || learn(&dialogs, &phrasings)).await {
        Ok(learned) => {
            tracing::info!(faq.n = learned.n, "the FAQ was learned");
            faq.replace(learned);
        }
        Err(error) => tracing::error!(%error, "the FAQ could not be learned"),
    }
    Ok(())
}

fn learn(dialogs: &Dialogs, phrasings: &[Phrasing]) -> Learned {
    let confirmed = phrasings.iter();
    Learned {
        version: dialogs.version.clone(),
        n: phrasings.last().map_or(0, |last| last.n),
        model: dialogs.learn(confirmed.map(|one| (one.entry.as_str(), one.text.as_str()))),
    }
}
