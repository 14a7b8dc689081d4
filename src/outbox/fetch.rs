//! Fetches the files that people sent from their platforms, looks at what they are, stores them, and tells
//! the talk: `Fetched`, or `FetchFailed` when it is not to be had. Killed anywhere in between, it is done
//! once more: the bytes go to the same object, and the event has the same key.

use std::sync::Arc;
use std::time::Duration;

use sha2::{Digest, Sha256};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio_util::task::AbortOnDropHandle;

use crate::channel::{Channel, FetchError, Soon};
use crate::event::{
    Attachment, AttachmentKind, Event, EventKey, Known, Millis, Origin, Seed, Source, What,
};
use crate::inbox::Inbox;
use crate::store::media::{self, Media};
use crate::store::object::{ObjectFault, Objects, preview_key};
use crate::store::{Fault, Store, attachment};

/// Bytes of one file at most: what Telegram lets a bot fetch.
pub const BYTES_MAX: u64 = 20 * 1024 * 1024;

/// Fetched at a time: each is held in memory whole, and sealed.
const AT_ONCE: usize = 4;

/// How long one fetching may take before another tries it.
const LEASE_MILLIS: Millis = 180_000;

/// Tries before the person is asked for it again; with the waits below some twelve minutes.
const TRIES_MAX: i64 = 8;

/// The first wait; each is twice the one before.
const WAIT_FIRST_MILLIS: Millis = 3_000;

/// How often it is looked without a hint.
const LOOK_SECS: u64 = 1;

/// The name under which the outcome enters.
const CHANNEL: &str = "media";

/// What bytes turn out to be.
pub struct Looked {
    pub bytes: Vec<u8>,
    /// Drawn anew, small; of photos alone.
    pub preview: Option<Vec<u8>>,
    pub mime: String,
    pub kind: AttachmentKind,
}

/// Looks at bytes; None for what nobody can use. `as_voice`: it was sent as a voice note.
pub trait Look: Send + Sync {
    fn look(&self, bytes: Vec<u8>, as_voice: bool) -> Soon<'_, Option<Looked>>;
}

/// What the fetching works with.
#[derive(Clone)]
pub struct Fetching {
    pub store: Store,
    pub inbox: Inbox,
    pub objects: Objects,
    pub channels: Vec<Arc<dyn Channel>>,
    pub look: Arc<dyn Look>,
}

/// Fetches until the handle is dropped. `owed` wakes early, `clock` gives the time now.
pub fn start(
    fetching: Fetching,
    mut owed: watch::Receiver<()>,
    clock: impl Fn() -> Millis + Send + Sync + 'static,
) -> AbortOnDropHandle<()> {
    AbortOnDropHandle::new(tokio::spawn(async move {
        let mut woken = true;
        let mut inherits = super::is_alone(&fetching.store);
        loop {
            if inherits {
                match fetching.inherit(clock()).await {
                    Ok(()) => inherits = false,
                    Err(fault) => {
                        tracing::debug!(%fault, "what a killed process had begun waits for its lease to end");
                    }
                }
            }
            if let Err(fault) = fetching.all_due(&clock).await {
                tracing::debug!(%fault, "what is to be fetched cannot be read now");
            }
            let look = tokio::time::sleep(Duration::from_secs(LOOK_SECS));
            tokio::select! {
                changed = owed.changed(), if woken => woken = changed.is_ok(),
                () = look => {}
            }
        }
    }))
}

impl Fetching {
    /// What a killed predecessor had begun to fetch is fetched at once, where there can be no other process.
    async fn inherit(&self, now: Millis) -> Result<(), Fault> {
        let mut tx = self.store.begin_write().await?;
        media::hasten(&mut tx, now).await?;
        tx.commit().await
    }

    /// Fetches what is due now, and returns when all of it has ended.
    pub async fn all_due(&self, clock: &(impl Fn() -> Millis + Sync)) -> Result<(), Fault> {
        while media::is_due(&mut self.store.reader().await?, clock()).await? {
            let now = clock();
            let mut tx = self.store.begin_write().await?;
            let most = i64::try_from(AT_ONCE).unwrap_or(1);
            let claimed = media::claim(&mut tx, now, now + LEASE_MILLIS, most).await?;
            tx.commit().await?;
            let mut running = JoinSet::new();
            for one in claimed {
                let fetching = self.clone();
                running.spawn(async move { fetching.one(one, now).await });
            }
            while running.join_next().await.is_some() {}
        }
        Ok(())
    }

    async fn one(&self, media: Media, now: Millis) {
        let channel = self.channels.iter().find(|one| one.name() == media.channel);
        let Some(channel) = channel else {
            // It was switched off; the file waits for it.
            return self.again(&media, None, now).await;
        };
        let limit = Duration::from_millis(u64::try_from(LEASE_MILLIS / 2).unwrap_or(1));
        let fetched = tokio::time::timeout(limit, channel.fetch(&media.reference, BYTES_MAX));
        let end = match fetched.await {
            Ok(Ok(bytes)) => self.keep(&media, bytes).await,
            Ok(Err(FetchError::Later { after, reason })) => End::Again(after, reason),
            Ok(Err(error)) => End::Failed(error.to_string()),
            Err(_) => End::Again(None, "it did not end in time".to_owned()),
        };
        metrics::counter!("wasl_fetched_total", "channel" => channel.name(), "end" => end.word())
            .increment(1);
        match end {
            End::Kept(attachment) => self.tell(&media, What::Fetched { attachment }, now).await,
            End::Again(after, reason) if media.attempts < TRIES_MAX => {
                tracing::info!(channel = channel.name(), reason, "a file is fetched later");
                self.again(&media, after, now).await;
            }
            End::Again(_, reason) | End::Failed(reason) => {
                tracing::warn!(channel = channel.name(), reason, "a file cannot be had");
                let what = What::FetchFailed {
                    id: media.id.clone(),
                };
                self.tell(&media, what, now).await;
            }
        }
    }

    /// Looks at the bytes and stores them.
    async fn keep(&self, media: &Media, bytes: Vec<u8>) -> End {
        let as_voice = media.kind == attachment::kind_word(AttachmentKind::Voice);
        let Some(looked) = self.look.look(bytes, as_voice).await else {
            return End::Failed("of no kind that can be used".to_owned());
        };
        let digest = Sha256::digest(&looked.bytes);
        let attachment = Attachment {
            id: media.id.clone(),
            kind: looked.kind,
            mime: looked.mime,
            bytes: looked.bytes.len() as u64,
            digest: digest.iter().map(|byte| format!("{byte:02x}")).collect(),
            name: None,
            seconds: None,
        };
        let mut parts = vec![(media.id.clone(), looked.bytes)];
        parts.extend(looked.preview.map(|one| (preview_key(&media.id), one)));
        for (key, bytes) in parts {
            match self.objects.put(&key, bytes).await {
                // Somebody was killed behind this very line: the same bytes of the same file.
                Ok(()) | Err(ObjectFault::Taken) => {}
                Err(error) => return End::Again(None, error.to_string()),
            }
        }
        End::Kept(attachment)
    }

    async fn again(&self, media: &Media, after: Option<Duration>, now: Millis) {
        let doublings = u32::try_from(media.attempts.clamp(1, 12) - 1).unwrap_or(0);
        let wait = after
            .and_then(|after| Millis::try_from(after.as_millis()).ok())
            .unwrap_or(WAIT_FIRST_MILLIS << doublings);
        let put_off = async {
            let mut tx = self.store.begin_write().await?;
            media::put_off(&mut tx, &media.id, now + wait).await?;
            tx.commit().await
        };
        if let Err(fault) = put_off.await {
            // Its claim ends by itself.
            tracing::debug!(%fault, "when a file is fetched again could not be noted");
        }
    }

    /// The outcome becomes a fact, and with it the row is gone. When it cannot be taken now, the claim ends
    /// and all is done once more.
    async fn tell(&self, media: &Media, what: What, now: Millis) {
        let event = Event {
            key: EventKey {
                channel: CHANNEL.to_owned(),
                account: String::new(),
                key: media.id.clone(),
            },
            received_at: now,
            sent_at: None,
            seed: Seed(rand::random()),
            from: Origin::Conversation(media.conversation.clone()),
            also: None,
            note: None,
            what,
            message_id: None,
            kind: CHANNEL.to_owned(),
            source: Source::Own,
            ranked: None,
            known: Known::default(),
        };
        if let Err(refused) = self.inbox.take(event).await {
            tracing::debug!(%refused, "what became of a file is told again");
        }
    }
}

/// How one fetching ended.
enum End {
    Kept(Attachment),
    Again(Option<Duration>, String),
    Failed(String),
}

impl End {
    fn word(&self) -> &'static str {
        match self {
            End::Kept(_) => "kept",
            End::Again(..) => "again",
            End::Failed(_) => "failed",
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;
    use std::sync::Mutex;

    use super::*;
    use crate::channel::{Leaves, Outgoing, Payload, Recipient, SendError, Sending};
    use crate::inbox::tests::{Desk, NOW, SENDING, wrote_on};
    use crate::reply::{Limits, Reply};
    use crate::store::test_support::{Fresh, on_both};

    /// Gives what it is told to, one after the other.
    struct Shed(Mutex<VecDeque<Result<Vec<u8>, FetchError>>>);

    impl Channel for Shed {
        fn name(&self) -> &'static str {
            SENDING
        }

        fn limits(&self) -> &'static Limits {
            &crate::channel::web::LIMITS
        }

        fn leaves(&self) -> Leaves {
            Leaves::BySending
        }

        fn write(&self, _: &Reply, _: &Recipient, _: &Outgoing) -> Vec<Payload> {
            Vec::new()
        }

        fn send<'a>(&'a self, _: &'a Payload) -> Sending<'a> {
            Box::pin(async {
                Err(SendError::Never {
                    reason: "nothing is sent here".to_owned(),
                })
            })
        }

        fn fetch<'a>(&'a self, reference: &'a str, _: u64) -> crate::channel::Fetching<'a> {
            assert_eq!(reference, "there");
            let next = self.0.lock().unwrap().pop_front();
            Box::pin(async move { next.expect("it is asked no more often") })
        }
    }

    /// Takes everything for a photo but what begins with "?".
    struct Plain;

    impl Look for Plain {
        fn look(&self, bytes: Vec<u8>, _: bool) -> Soon<'_, Option<Looked>> {
            let looked = (bytes[0] != b'?').then(|| Looked {
                bytes,
                preview: Some(b"small".to_vec()),
                mime: "image/png".to_owned(),
                kind: AttachmentKind::Photo,
            });
            Box::pin(async move { looked })
        }
    }

    async fn sent(fresh: &Fresh, ways: Vec<Result<Vec<u8>, FetchError>>) -> (Desk, Fetching) {
        let desk = Desk::open(fresh);
        let mut event = wrote_on(SENDING, "a", "");
        event.what = What::Sent {
            attachment: Attachment {
                id: "f1".to_owned(),
                kind: AttachmentKind::Document,
                mime: "claimed/nonsense".to_owned(),
                bytes: 1,
                digest: String::new(),
                name: Some("ورقة".to_owned()),
                seconds: None,
            },
            caption: None,
            fetch: Some("there".to_owned()),
        };
        desk.take(event).await;
        let fetching = Fetching {
            store: desk.store.clone(),
            inbox: desk.started.inbox.clone(),
            objects: Objects::open(&desk.store).unwrap(),
            channels: vec![Arc::new(Shed(Mutex::new(ways.into())))],
            look: Arc::new(Plain),
        };
        (desk, fetching)
    }

    async fn stands(desk: &Desk) -> (String, String, u64, bool) {
        let mut reader = desk.store.reader().await.unwrap();
        let found = attachment::find(&mut reader, "f1").await.unwrap().unwrap();
        let due = media::is_due(&mut reader, Millis::MAX).await.unwrap();
        (
            found.state,
            found.attachment.mime,
            found.attachment.bytes,
            due,
        )
    }

    fn claimed(state: &str, due: bool) -> (String, String, u64, bool) {
        (state.to_owned(), "claimed/nonsense".to_owned(), 1, due)
    }

    fn later() -> Result<Vec<u8>, FetchError> {
        Err(FetchError::Later {
            after: None,
            reason: "away".to_owned(),
        })
    }

    #[test]
    fn a_file_is_fetched_after_its_message_was_taken_and_is_what_its_bytes_are() {
        on_both(|fresh| async move {
            let (desk, fetching) = sent(&fresh, vec![later(), Ok(b"abc".to_vec())]).await;
            assert_eq!(stands(&desk).await, claimed("fetching", true));
            fetching.all_due(&|| NOW).await.unwrap();
            assert_eq!(stands(&desk).await, claimed("fetching", true));
            fetching.all_due(&|| NOW + 3_000).await.unwrap();
            let known = ("stored".to_owned(), "image/png".to_owned(), 3, false);
            assert_eq!(stands(&desk).await, known);
            let objects = &fetching.objects;
            assert_eq!(objects.get("f1").await.unwrap().unwrap(), b"abc");
            let preview = objects.get(&preview_key("f1")).await.unwrap();
            assert_eq!(preview.unwrap(), b"small");
        });
    }

    #[test]
    fn what_is_gone_is_told_once() {
        on_both(|fresh| async move {
            let (desk, fetching) = sent(&fresh, vec![Err(FetchError::TooBig)]).await;
            fetching.all_due(&|| NOW).await.unwrap();
            fetching.all_due(&|| NOW + LEASE_MILLIS).await.unwrap();
            assert_eq!(stands(&desk).await, claimed("failed", false));
        });
    }

    #[test]
    fn what_nobody_can_use_is_told_once() {
        on_both(|fresh| async move {
            let (desk, fetching) = sent(&fresh, vec![Ok(b"?".to_vec())]).await;
            fetching.all_due(&|| NOW).await.unwrap();
            fetching.all_due(&|| NOW + LEASE_MILLIS).await.unwrap();
            assert_eq!(stands(&desk).await, claimed("failed", false));
            assert_eq!(fetching.objects.get("f1").await.unwrap(), None);
        });
    }

    #[test]
    fn a_platform_that_stays_away_is_given_up_at_last() {
        on_both(|fresh| async move {
            let ways = (0..TRIES_MAX).map(|_| later()).collect();
            let (desk, fetching) = sent(&fresh, ways).await;
            for n in 0..TRIES_MAX {
                assert_eq!(stands(&desk).await, claimed("fetching", true));
                fetching
                    .all_due(&|| NOW + n * LEASE_MILLIS * 4)
                    .await
                    .unwrap();
            }
            assert_eq!(stands(&desk).await, claimed("failed", false));
        });
    }

    #[test]
    fn where_only_one_can_fetch_a_successor_does_not_wait() {
        on_both(|fresh| async move {
            let (desk, fetching) = sent(&fresh, vec![Ok(b"abc".to_vec())]).await;
            let mut tx = desk.store.begin_write().await.unwrap();
            media::claim(&mut tx, NOW, NOW + LEASE_MILLIS, 1)
                .await
                .unwrap();
            tx.commit().await.unwrap();
            fetching.all_due(&|| NOW + 1).await.unwrap();
            assert_eq!(stands(&desk).await, claimed("fetching", true));
            fetching.inherit(NOW + 1).await.unwrap();
            fetching.all_due(&|| NOW + 1).await.unwrap();
            assert_eq!(stands(&desk).await.0, "stored");
        });
    }

    #[test]
    fn killed_between_the_bytes_and_the_news_it_is_done_once_more() {
        on_both(|fresh| async move {
            let (desk, fetching) = sent(&fresh, vec![Ok(b"abc".to_vec())]).await;
            // As the killed one left it: claimed, the object written, nothing told.
            let mut tx = desk.store.begin_write().await.unwrap();
            media::claim(&mut tx, NOW, NOW + LEASE_MILLIS, 1)
                .await
                .unwrap();
            tx.commit().await.unwrap();
            fetching.objects.put("f1", b"abc".to_vec()).await.unwrap();
            fetching.all_due(&|| NOW).await.unwrap();
            assert_eq!(
                stands(&desk).await,
                claimed("fetching", true),
                "another has it"
            );
            fetching.all_due(&|| NOW + LEASE_MILLIS).await.unwrap();
            let known = ("stored".to_owned(), "image/png".to_owned(), 3, false);
            assert_eq!(stands(&desk).await, known);
        });
    }
}
