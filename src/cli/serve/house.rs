//! What the house gives to its channels: bytes of what is shown, signed tokens, a memory for listeners,
//! and the way in.

use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::channel::{self, Channel, Ears, Files, Memory, Nothing, Sink, Soon, Tokens, Took};
use crate::cli::exit::{Ending, Failure, OrEnd};
use crate::config::{PublicUrl, Settings};
use crate::outbox::fetch::{Look, Looked};
use crate::outbox::intake::Intake;
use crate::seal::Seal;
use crate::store::object::Objects;
use crate::store::{Engine, Fault, Store, listening};
use crate::web::chat::{picture, sniff};
use crate::web::shelf::Shelves;

use crate::cli::store::now;

/// How long a listener's lease lasts without being kept (milliseconds).
const LEASE_MILLIS: i64 = 60_000;

/// Silence of a platform after which a call counts as lost.
const CALL_SECS: u64 = 75;

/// Reaching a platform takes no longer than this.
const CONNECT_SECS: u64 = 10;

/// Bits of a token: 26 letters of five bits.
const TOKEN_CHARS: usize = 26;

/// The letters of base32 (RFC 4648), small.
const BASE32: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";

/// Every channel that the settings turn on.
///
/// # Errors
/// Which setting a channel cannot work with, and the remedy.
pub fn channels(
    settings: &Settings,
    store: &Store,
    (shelves, objects): (&Shelves, &Objects),
    public_url: PublicUrl,
) -> Result<Vec<Arc<dyn Channel>>, Failure> {
    let house =
        of(store, (shelves, objects), public_url).or_end(Ending::Fault, "making the web client")?;
    channel::open(settings, &house).map_err(|told| Failure::new(Ending::Settings, told))
}

/// What channels are opened with by a command that only asks and registers: nothing is shown or signed.
///
/// # Errors
/// When no client can be made, which only a broken build does.
pub fn of_command(public_url: PublicUrl) -> reqwest::Result<channel::House> {
    Ok(channel::House {
        http: client()?,
        public_url,
        files: Arc::new(Nothing),
        tokens: Arc::new(Nothing),
    })
}

fn of(
    store: &Store,
    (shelves, objects): (&Shelves, &Objects),
    public_url: PublicUrl,
) -> reqwest::Result<channel::House> {
    Ok(channel::House {
        http: client()?,
        public_url,
        files: Arc::new(Shown(shelves.clone(), objects.clone())),
        tokens: Arc::new(Signed(store.seal().clone())),
    })
}

fn client() -> reqwest::Result<reqwest::Client> {
    reqwest::Client::builder()
        .connect_timeout(Duration::from_secs(CONNECT_SECS))
        .timeout(Duration::from_secs(CALL_SECS))
        .redirect(reqwest::redirect::Policy::none())
        .user_agent(concat!("wasl/", env!("CARGO_PKG_VERSION")))
        .build()
}

/// The charity's files, as texts name them today.
struct Shown(Shelves, Objects);

impl Files for Shown {
    fn read<'a>(&'a self, path: &'a str) -> Soon<'a, Option<Vec<u8>>> {
        Box::pin(async move {
            let shelf = self.0.current();
            let bytes = shelf.bytes(shelf.file(path)?).await?;
            Some(bytes.to_vec())
        })
    }

    fn attachment<'a>(&'a self, id: &'a str) -> Soon<'a, Option<Vec<u8>>> {
        Box::pin(async move {
            let found = self.1.get(id).await;
            found.unwrap_or_else(|error| {
                tracing::warn!(%error, "a file that staff send cannot be read now");
                None
            })
        })
    }
}

/// Looks at files as the page looks at uploads: what they are by their bytes, and photos drawn anew.
#[derive(Default)]
pub struct Looks(picture::Desk);

impl Look for Looks {
    fn look(&self, bytes: Vec<u8>, as_voice: bool) -> Soon<'_, Option<Looked>> {
        Box::pin(async move {
            let (mime, kind) = sniff::sniff(&bytes, as_voice).ok()?;
            let (bytes, preview) = match sniff::drawable(mime) {
                true => {
                    let (bytes, preview) = self.0.preview(bytes, mime).await.ok()?;
                    (bytes, Some(preview))
                }
                false => (bytes, None),
            };
            Some(Looked {
                bytes,
                preview,
                mime: mime.to_owned(),
                kind,
            })
        })
    }
}

struct Signed(Arc<Seal>);

/// A link longer than this is none of ours.
const WRAPPED_CHARS_MAX: usize = 2_000;

impl Tokens for Signed {
    fn sign(&self, purpose: &str, text: &str) -> String {
        let digest = self.0.digest(purpose, text);
        let mut bits = digest
            .iter()
            .flat_map(|byte| (0..8).rev().map(move |at| byte >> at & 1));
        (0..TOKEN_CHARS)
            .map(|_| {
                let five = bits.by_ref().take(5).fold(0, |sum, bit| sum << 1 | bit);
                char::from(BASE32[usize::from(five)])
            })
            .collect()
    }

    fn wrap(&self, purpose: &str, text: &str) -> String {
        URL_SAFE_NO_PAD.encode(
            self.0
                .close_object(&format!("link:{purpose}"), text.as_bytes()),
        )
    }

    fn unwrap(&self, purpose: &str, wrapped: &str) -> Option<String> {
        if wrapped.len() > WRAPPED_CHARS_MAX {
            return None;
        }
        let sealed = URL_SAFE_NO_PAD.decode(wrapped).ok()?;
        let plain = self
            .0
            .open_object(&format!("link:{purpose}"), &sealed)
            .ok()?;
        String::from_utf8(plain).ok()
    }
}

/// What every listener of one channel is given.
pub fn ears(store: &Store, intake: &Intake, channel: &Arc<dyn Channel>) -> Ears {
    Ears {
        sink: Arc::new(In {
            intake: intake.clone(),
            channel: channel.clone(),
        }),
        memory: Arc::new(Noted {
            store: store.clone(),
            by: listener(store),
        }),
        clock: now,
    }
}

/// Who listens. On SQLite no two processes can: what a killed one held is ours at once.
fn listener(store: &Store) -> String {
    match store.engine() {
        Engine::Sqlite => "the only one".to_owned(),
        Engine::Postgres => uuid::Uuid::new_v4().to_string(),
    }
}

struct In {
    intake: Intake,
    channel: Arc<dyn Channel>,
}

impl Sink for In {
    fn bring(&self, took: Took) -> Soon<'_, bool> {
        Box::pin(self.intake.take(&self.channel, took))
    }
}

struct Noted {
    store: Store,
    by: String,
}

impl Memory for Noted {
    fn lease<'a>(&'a self, name: &'a str) -> Soon<'a, bool> {
        Box::pin(async move {
            let leased = async {
                let mut tx = self.store.begin_write().await?;
                let at = now();
                let held = listening::lease(&mut tx, name, &self.by, at, at + LEASE_MILLIS).await?;
                tx.commit().await?;
                Ok::<_, Fault>(held)
            };
            leased.await.unwrap_or_else(|fault| {
                tracing::debug!(%fault, "who listens cannot be asked now");
                false
            })
        })
    }

    fn recall<'a>(&'a self, name: &'a str) -> Soon<'a, Result<Option<String>, ()>> {
        Box::pin(async move {
            let recalled = async {
                let mut tx = self.store.reader().await?;
                listening::recall(&mut tx, name).await
            };
            recalled.await.map_err(|fault: Fault| {
                tracing::debug!(%fault, "where a listener stood cannot be read now");
            })
        })
    }

    fn note<'a>(&'a self, name: &'a str, place: &'a str) -> Soon<'a, bool> {
        Box::pin(async move {
            let noted = async {
                let mut tx = self.store.begin_write().await?;
                listening::note(&mut tx, name, place).await?;
                tx.commit().await
            };
            noted.await.is_ok()
        })
    }
}
