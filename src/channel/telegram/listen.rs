//! Long polling: one instance asks Telegram for updates, and moves on only over what was committed.

use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::call::Failure;
use super::{Telegram, read, send};
use crate::channel::{Ears, Took};
use crate::event::{Millis, Seed};

/// What we ask for, by name: what is not named here does not come.
pub const ALLOWED: &[&str] = &[
    "message",
    "edited_message",
    "callback_query",
    "my_chat_member",
];

/// How long Telegram waits for something to tell; below the lease of a minute, which is kept before every call.
const POLL_SECS: u64 = 25;

/// Updates of one call: as many as Telegram gives.
const UPDATES_MAX: usize = 100;

/// How long an instance without the lease waits before it asks for it again.
const OTHER_SECS: u64 = 15;

/// First and longest wait after a failure.
const WAIT_FIRST_SECS: u64 = 1;
const WAIT_MOST_SECS: u64 = 60;

/// Rest when the token is refused: an operator must act.
const TOKEN_SECS: u64 = 300;

/// How often an idle listener notes that it was there.
const NOTE_MILLIS: Millis = 5 * 60 * 1_000;

const HOUR_MILLIS: Millis = 3_600_000;

/// Telegram keeps updates for a day.
const KEPT_MILLIS: Millis = 24 * HOUR_MILLIS;

/// After a week of silence Telegram may count updates anew, from anywhere: an old place would then pass over new
/// ones. A day less, so that no clock decides it.
const RECOUNT_MILLIS: Millis = 6 * KEPT_MILLIS;

/// Where a listener stands, as it is noted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The next update.
    pub offset: i64,
    /// When Telegram last answered.
    pub asked_at: Millis,
    /// When it last had something to tell.
    pub heard_at: Millis,
}

impl Place {
    /// The offset to ask from; none where Telegram may have counted anew. What then comes again is known by
    /// its key.
    fn offset(&self, now: Millis) -> Option<i64> {
        (self.offset > 0 && now - self.heard_at < RECOUNT_MILLIS).then_some(self.offset)
    }

    /// What operators must know of the time since we last asked.
    fn missed(&self, now: Millis) -> Option<String> {
        let away = now - self.asked_at;
        (self.asked_at > 0 && away > KEPT_MILLIS).then(|| {
            format!(
                "Telegram was not asked for {} hours and keeps messages for 24: what people wrote before that \
                 is lost to us, and they may wait for an answer",
                away / HOUR_MILLIS
            )
        })
    }
}

/// Why a round ended without updates.
enum Trouble {
    /// The house could not take them: they stay where they are.
    Refused,
    Call(Failure),
}

pub async fn listen(telegram: Arc<Telegram>, ears: Ears) {
    let name = format!("{}:{}", super::NAME, telegram.account);
    let mut listener = Listener {
        telegram: &telegram,
        ears: &ears,
        name: &name,
        place: None,
        told: false,
    };
    let mut wait = WAIT_FIRST_SECS;
    loop {
        if !ears.memory.lease(&name).await {
            listener.place = None;
            rest(OTHER_SECS).await;
            continue;
        }
        match listener.round().await {
            Ok(()) => {
                listener.told = false;
                wait = WAIT_FIRST_SECS;
            }
            Err(trouble) => {
                let secs = listener.tell(&trouble, wait).await;
                wait = (wait * 2).min(WAIT_MOST_SECS);
                rest(secs).await;
            }
        }
    }
}

async fn rest(secs: u64) {
    tokio::time::sleep(Duration::from_secs(secs)).await;
}

struct Listener<'a> {
    telegram: &'a Telegram,
    ears: &'a Ears,
    name: &'a str,
    /// None: we have just become the one who listens.
    place: Option<Place>,
    /// This trouble was told already.
    told: bool,
}

impl Listener<'_> {
    /// Asks once, brings what came, and moves on over it.
    async fn round(&mut self) -> Result<(), Trouble> {
        let place = match self.place {
            Some(place) => place,
            None => self.begin().await?,
        };
        let now = (self.ears.clock)();
        let mut asked = json!({
            "timeout": POLL_SECS,
            "limit": UPDATES_MAX,
            "allowed_updates": ALLOWED,
        });
        if let Some(offset) = place.offset(now) {
            asked["offset"] = json!(offset);
        }
        let updates = self.telegram.api.call("getUpdates", &asked).await;
        let updates = updates.map_err(Trouble::Call)?;
        self.take(place, updates.as_array().map_or(&[], Vec::as_slice))
            .await
    }

    /// Becomes the one who listens: a webhook would keep us from asking, and who was away too long says so.
    async fn begin(&mut self) -> Result<Place, Trouble> {
        let noted = self.ears.memory.recall(self.name).await;
        let noted = noted.map_err(|()| Trouble::Refused)?;
        let place: Place = noted
            .and_then(|noted| serde_json::from_str(&noted).ok())
            .unwrap_or_default();
        let kept = json!({"drop_pending_updates": false});
        let deleted = self.telegram.api.call("deleteWebhook", &kept).await;
        deleted.map_err(Trouble::Call)?;
        if let Some(missed) = place.missed((self.ears.clock)()) {
            self.trouble(missed).await;
        }
        self.place = Some(place);
        Ok(place)
    }

    async fn take(&mut self, before: Place, updates: &[Value]) -> Result<(), Trouble> {
        let now = (self.ears.clock)();
        let mut took = Took::default();
        let mut place = Place {
            asked_at: now,
            ..before
        };
        for update in updates {
            let text = update.to_string();
            self.read(&text, now, &mut took);
            if let Some(id) = read::update_id(&text) {
                place.offset = id + 1;
                place.heard_at = now;
            }
        }
        let is_empty = took.brought.is_empty() && took.courtesies.is_empty();
        if !is_empty && !self.ears.sink.bring(took).await {
            return Err(Trouble::Refused);
        }
        let due = now - before.asked_at >= NOTE_MILLIS;
        if place.offset == before.offset && !due {
            // Telegram answered, but that is noted only now and then.
            self.place = Some(Place {
                asked_at: before.asked_at,
                ..place
            });
            return Ok(());
        }
        // A note that is lost costs nothing: what comes again is known by its key.
        let note = serde_json::to_string(&place).unwrap_or_default();
        self.ears.memory.note(self.name, &note).await;
        self.place = Some(place);
        Ok(())
    }

    /// What cannot be read is passed over, or nobody would ever be heard again.
    fn read(&self, update: &str, now: Millis, took: &mut Took) {
        let reading = read::Reading {
            account: &self.telegram.account,
            words: &self.telegram.words,
            now,
            seed: Seed(rand::random()),
        };
        match read::body(&reading, update.as_bytes()) {
            Ok(one) => {
                took.brought.extend(one.brought);
                took.courtesies.extend(one.courtesies);
                took.patience.extend(one.patience);
            }
            Err(read::Nonsense) => {
                metrics::counter!("wasl_telegram_passed_total", "why" => "nonsense").increment(1);
            }
        }
    }

    /// Tells operators what is in the way, once as long as it stays so; how long to wait.
    async fn tell(&mut self, trouble: &Trouble, wait: u64) -> u64 {
        let (told, secs) = match trouble {
            // The house says itself what is the matter with it.
            Trouble::Refused => return WAIT_FIRST_SECS,
            Trouble::Call(failure) if failure.is_token() => {
                (send::TOKEN_REFUSED.to_owned(), TOKEN_SECS)
            }
            Trouble::Call(Failure::Refused(refusal)) if refusal.code == 409 => {
                // Somebody else set a webhook, or asks too: we begin anew.
                self.place = None;
                (OTHERS_ASK.to_owned(), wait.max(5))
            }
            Trouble::Call(Failure::Refused(refusal)) if refusal.retry_after.is_some() => {
                let after = refusal.retry_after.map_or(wait, |after| after.as_secs());
                (Failure::Refused(refusal.clone()).told(), after)
            }
            Trouble::Call(failure) => (failure.told(), wait),
        };
        if !self.told {
            self.told = true;
            self.trouble(told).await;
        }
        secs
    }

    async fn trouble(&self, told: String) {
        let took = Took {
            troubles: vec![told],
            ..Took::default()
        };
        self.ears.sink.bring(took).await;
    }
}

/// What operators are told when we are not the only one who listens.
const OTHERS_ASK: &str = "another program asks Telegram for this bot's updates, or set a webhook for it: \
    messages may go there. Stop it, or give it a bot of its own";
