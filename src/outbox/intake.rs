//! What channels hear becomes facts here, in one order: files that came along, then everything in one
//! queueing, and only after the commit the courtesies that a platform expects.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Semaphore;

use crate::channel::{Channel, Payload, Took};
use crate::inbox::Inbox;
use crate::store::object::{ObjectFault, Objects};

/// How long a turn may take before the person sees that we are at it.
const PATIENCE_MILLIS: u64 = 800;

/// Courtesies on the wire at once, over all channels; what comes above them is left out.
const COURTESIES_MAX: usize = 64;

/// How long a platform may take for one.
const COURTESY_SECS: u64 = 10;

/// The way in for channels. Cheap to clone.
#[derive(Clone)]
pub struct Intake {
    inbox: Inbox,
    objects: Objects,
    courtesies: Arc<Semaphore>,
}

impl Intake {
    pub fn new(inbox: Inbox, objects: Objects) -> Intake {
        Intake {
            inbox,
            objects,
            courtesies: Arc::new(Semaphore::new(COURTESIES_MAX)),
        }
    }

    /// Makes facts of what a channel heard. False: the platform must bring all of it again.
    pub async fn take(&self, channel: &Arc<dyn Channel>, took: Took) -> bool {
        for trouble in &took.troubles {
            tracing::error!(channel = channel.name(), "{trouble}");
        }
        for (id, bytes) in took.files {
            match self.objects.put(&id, bytes).await {
                // It came before, and we were killed behind it.
                Ok(()) | Err(ObjectFault::Taken) => {}
                Err(error) => {
                    tracing::warn!(channel = channel.name(), %error, "a file that came cannot be stored now");
                    return false;
                }
            }
        }
        let mut bringing = std::pin::pin!(self.inbox.bring(took.brought));
        let brought = tokio::select! {
            brought = &mut bringing => brought,
            () = tokio::time::sleep(Duration::from_millis(PATIENCE_MILLIS)) => {
                self.be_polite(channel, took.patience);
                bringing.await
            }
        };
        if brought {
            self.be_polite(channel, took.courtesies);
        }
        brought
    }

    fn be_polite(&self, channel: &Arc<dyn Channel>, payloads: Vec<Payload>) {
        for payload in payloads {
            let Ok(permit) = self.courtesies.clone().try_acquire_owned() else {
                metrics::counter!("wasl_courtesies_left_out_total", "channel" => channel.name())
                    .increment(1);
                continue;
            };
            let channel = channel.clone();
            tokio::spawn(async move {
                let _permit = permit;
                let limit = Duration::from_secs(COURTESY_SECS);
                let sent = tokio::time::timeout(limit, channel.send(&payload)).await;
                if let Ok(Err(error)) = sent {
                    tracing::debug!(channel = channel.name(), %error, "a courtesy did not leave");
                }
            });
        }
    }
}
