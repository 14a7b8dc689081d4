//! From a request to a conversation, and from what was said to an event. A session becomes ours only
//! by an event of ours: a token that the store does not know is replaced, never adopted.

use axum::http::{HeaderMap, Uri};
use chrono::Utc;

use crate::channel::web::NAME;
use crate::event::{ANONYMOUS, Event, EventKey, Known, Origin, Seed, Source, What};
use crate::inbox::Taken;
use crate::text::lang::Lang;
use crate::web::Site;
use crate::web::door::Head;
use crate::web::session::Session;
use crate::web::way::Way;
use crate::web::wrong::Wrong;

/// The longest id that a page may give to a message: a UUID with hyphens has 36 characters.
const KEY_CHARS_MAX: usize = 64;

/// The session of one request.
pub struct Visit {
    way: Way,
    pub session: Session,
    /// Where its conversation stands; None: nothing was ever said in it.
    pub head: Option<Head>,
}

impl Visit {
    /// The one that the browser brings, if the store knows it; otherwise a fresh one.
    pub async fn of(site: &Site, way: Way, headers: &HeaderMap) -> Result<Visit, Wrong> {
        match Visit::known(site, way, headers).await? {
            Some(visit) => Ok(visit),
            None => Ok(Visit {
                way,
                session: Session::fresh(way),
                head: None,
            }),
        }
    }

    /// Only a session that the store knows.
    pub async fn known(site: &Site, way: Way, headers: &HeaderMap) -> Result<Option<Visit>, Wrong> {
        let Some(session) = Session::of(headers, way, site.https()) else {
            return Ok(None);
        };
        let head = site.door().head(&session.address()).await;
        Ok(head.map_err(busy)?.map(|head| Visit {
            way,
            session,
            head: Some(head),
        }))
    }

    /// Makes a fact of what was said, and answers only then.
    pub async fn say(
        &self,
        site: &Site,
        key: &str,
        kind: &str,
        what: What,
    ) -> Result<Taken, Wrong> {
        site.door()
            .take(self.event(key, kind, what))
            .await
            .map_err(busy)
    }

    /// Opens the chat of a fresh session, or tells the dialog that another language was chosen.
    pub async fn open(&self, site: &Site, language: Option<Lang>) -> Result<Taken, Wrong> {
        let mut key = [0; 16];
        rand::fill(&mut key);
        let key = format!("open-{}", hex(&key));
        let what = What::Opened {
            payload: self.payload(),
            language,
        };
        self.say(site, &key, "opened", what).await
    }

    /// What the talk is opened for.
    fn payload(&self) -> Option<String> {
        match self.way {
            Way::Page | Way::Frame => None,
            Way::Anonymous => Some(ANONYMOUS.to_string()),
        }
    }

    fn event(&self, key: &str, kind: &str, what: What) -> Event {
        let mut seed = [0; 16];
        rand::fill(&mut seed);
        let address = self.session.address();
        Event {
            key: EventKey {
                channel: NAME.to_string(),
                account: address.account.clone(),
                // Ids are made by pages: one page's cannot stand for another's.
                key: format!("{}:{key}", address.id),
            },
            received_at: Utc::now().timestamp_millis(),
            sent_at: None,
            seed: Seed(seed),
            from: Origin::Address(address),
            also: None,
            // A page that opens says nothing: no message stands in history for it.
            message_id: (!matches!(what, What::Opened { .. })).then(|| key.to_string()),
            note: None,
            what,
            kind: kind.to_string(),
            source: Source::Own,
            ranked: None,
            known: Known::default(),
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A client message id: short, visible, harmless in keys and logs.
pub fn read_key(text: &str) -> Result<&str, Wrong> {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    match !text.is_empty() && text.len() <= KEY_CHARS_MAX && text.chars().all(plain) {
        true => Ok(text),
        false => Err(Wrong::Bad),
    }
}

/// Logged once, here; the page tries again by itself.
pub fn busy(unavailable: crate::web::door::Unavailable) -> Wrong {
    tracing::warn!(reason = %unavailable, "the chat could not be served now");
    Wrong::Busy
}

/// A number of the query, such as `after=12`.
pub fn number(uri: &Uri, name: &str) -> Option<i64> {
    let query = uri.query()?;
    query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .find_map(|(key, value)| (key == name).then(|| value.parse().ok()).flatten())
        .filter(|number| *number >= 0)
}
