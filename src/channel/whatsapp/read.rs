//! A delivery of the platform's as events, receipts and troubles. Pure, and never angry: whatever is signed and
//! well formed is taken, each message and status for itself, and what is unknown is passed by.
//! <https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks/components>

use serde_json::Value;

use super::NAME;
use super::errors;
use super::json::{list, number, path, text};
use super::message;
use super::who::{self, Who};
use crate::channel::{Payload, Took};
use crate::event::{
    Address, Brought, Event, EventKey, Known, Millis, Moved, Origin, Reach, Reached, Receipt, Seed,
    Source, Strange, What,
};

/// Levels that a body may have (DESIGN section 2).
const LEVELS_MAX: usize = 128;

/// From here on a timestamp counts milliseconds; in seconds it would be the year 33658.
const SECONDS_MAX: i64 = 1_000_000_000_000;

/// Fields of webhooks about the account itself, which operators want to hear of.
const ACCOUNT_FIELDS: &[&str] = &[
    "account_alerts",
    "account_review_update",
    "account_update",
    "business_capability_update",
    "message_template_quality_update",
    "message_template_status_update",
    "phone_number_name_update",
    "phone_number_quality_update",
    "security",
];

/// Fields that carry no words to the charity: echoes of what we wrote from elsewhere, calls, groups, flows.
const OTHER_FIELDS: &[&str] = &[
    "automatic_events",
    "calls",
    "flows",
    "group_lifecycle_update",
    "group_participants_update",
    "group_settings_update",
    "group_status_update",
    "history",
    "message_echoes",
    "message_template_components_update",
    "messaging_handovers",
    "partner_solutions",
    "payment_configuration_update",
    "smb_app_state_sync",
    "smb_message_echoes",
    "standby",
    "template_category_update",
    "tracking_events",
];

/// Kinds of messages whose senders are told that they cannot be read, and of which nothing more is to be known.
const OTHER_KINDS: &[&str] = &["sticker", "order", "unsupported", "unknown"];

/// Words of such a field that are news to nobody.
const GOOD_NEWS: &[&str] = &["APPROVED", "PENDING", "GREEN", "ONBOARDING", "UPGRADE"];

/// What one delivery brings. `account`: our phone number's id; what is for another is not ours to take.
///
/// # Errors
/// It is no JSON, or deeper than [`LEVELS_MAX`].
pub fn read(body: &[u8], account: &str, now: Millis, seed: Seed) -> Result<Took, NotJson> {
    let whole: Value = match serde_json::from_slice(body) {
        Ok(whole) => whole,
        // The parser ends one level before we do; nothing of ours lies so deep.
        Err(error) if levels(body) == LEVELS_MAX && is_too_deep(&error) => {
            let body = String::from_utf8_lossy(body).into_owned();
            let strange = Strange::new(NAME, "too deep", body, now);
            return Ok(Took {
                brought: vec![Brought::Strange(strange)],
                ..Took::default()
            });
        }
        Err(_) => return Err(NotJson),
    };
    let mut reading = Reading {
        account,
        now,
        seed,
        drawn: 0,
        took: Took::default(),
        heard: Vec::new(),
    };
    if !whole.get("entry").is_some_and(Value::is_array) {
        reading.strange("no entry", &whole, None);
    }
    for entry in list(&whole, "entry") {
        for change in list(entry, "changes") {
            reading.change(change);
        }
    }
    Ok(reading.done())
}

/// The body is no JSON that anybody would send.
#[derive(Debug, PartialEq, Eq)]
pub struct NotJson;

/// How deep brackets stand within one another.
fn levels(body: &[u8]) -> usize {
    let (mut level, mut deepest, mut quoted, mut escaped) = (0_usize, 0, false, false);
    for byte in body {
        match (quoted, byte) {
            (true, _) if escaped => escaped = false,
            (true, b'\\') => escaped = true,
            (_, b'"') => quoted = !quoted,
            (false, b'[' | b'{') => {
                level += 1;
                deepest = deepest.max(level);
            }
            (false, b']' | b'}') => level = level.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

/// The parser saw nothing wrong but the depth.
fn is_too_deep(error: &serde_json::Error) -> bool {
    error.to_string().starts_with("recursion limit")
}

struct Reading<'a> {
    account: &'a str,
    now: Millis,
    seed: Seed,
    /// Seeds that were derived.
    drawn: u32,
    took: Took,
    /// Who wrote, and the last message of each: reading it reads the earlier ones too.
    heard: Vec<(String, String)>,
}

impl Reading<'_> {
    fn change(&mut self, change: &Value) {
        let field = text(change, "field").unwrap_or_default();
        let value = path(change, &["value"]);
        if ACCOUNT_FIELDS.contains(&field) {
            return self.account_news(field, value);
        }
        if text(path(value, &["metadata"]), "phone_number_id") != Some(self.account) {
            return;
        }
        match field {
            "messages" => self.messages(value),
            "user_preferences" => self.preferences(value),
            _ if OTHER_FIELDS.contains(&field) => {
                tracing::debug!(channel = NAME, field, "a webhook's field is passed by");
            }
            _ => self.strange(&format!("field {field}"), change, None),
        }
    }

    /// Passed by, and kept for whoever teaches us to read it.
    fn strange(&mut self, kind: &str, it: &Value, who: Option<&Who>) {
        tracing::info!(channel = NAME, "what nobody here reads is kept as it came");
        let strange = Strange {
            from: who.map(|who| self.address(who.id())),
            ..Strange::new(NAME, kind, it.to_string(), self.now)
        };
        self.took.brought.push(Brought::Strange(strange));
    }

    fn messages(&mut self, value: &Value) {
        for message in list(value, "messages") {
            self.message(value, message);
        }
        for status in list(value, "statuses") {
            self.status(status);
        }
        for error in list(value, "errors") {
            let code = number(path(error, &["code"])).unwrap_or_default();
            self.trouble(errors::words(code));
        }
    }

    fn trouble(&mut self, told: String) {
        self.took.troubles.push(told);
    }

    fn message(&mut self, value: &Value, message: &Value) {
        let ours = text(path(value, &["metadata"]), "display_phone_number");
        let Some(id) = text(message, "id") else {
            return self.strange("message without an id", message, None);
        };
        if message.get("group_id").is_some() {
            return tracing::debug!(channel = NAME, "a message in a group is passed by");
        }
        let Some(who) = who::sender(list(value, "contacts"), message) else {
            return self.strange("message without a sender", message, None);
        };
        // What our own number says elsewhere comes back as an echo.
        if ours.is_some_and(|ours| Some(who::digits(ours)) == who.phone) {
            return;
        }
        let at = timestamp(message);
        if text(message, "type") == Some("system") {
            return self.moved(&who, path(message, &["system"]), at);
        }
        let (kind, what) = message::read(message, &who);
        if matches!(what, What::Unreadable { .. }) && !OTHER_KINDS.contains(&kind.as_str()) {
            self.strange(&format!("message {kind}"), message, Some(&who));
        }
        let spoke = !matches!(what, What::Noted { .. });
        if spoke {
            self.heard.retain(|(address, _)| *address != who.id());
            self.heard.push((who.id(), id.to_owned()));
        }
        let event = self.event(&who, id, kind, what, at);
        self.took.brought.push(Brought::Said(Box::new(event)));
    }

    fn event(
        &mut self,
        who: &Who,
        id: &str,
        kind: String,
        mut what: What,
        at: Option<Millis>,
    ) -> Event {
        let seed = Seed(self.seed.derive(&self.drawn.to_string()));
        self.drawn += 1;
        if let What::Sent { attachment, .. } = &mut what {
            attachment.id = seed.id("attachment");
        }
        Event {
            key: EventKey {
                channel: NAME.to_owned(),
                account: self.account.to_owned(),
                key: key(id, &kind, at),
            },
            received_at: self.now,
            sent_at: at,
            seed,
            from: Origin::Address(self.address(who.id())),
            also: who.also(),
            what,
            message_id: Some(id.to_owned()),
            kind,
            source: Source::Own,
            note: None,
            ranked: None,
            known: Known::default(),
        }
    }

    fn address(&self, id: String) -> Address {
        Address {
            channel: NAME.to_owned(),
            account: self.account.to_owned(),
            id,
        }
    }

    /// A number or a user id that became another. Whoever was known by the one is found by the other,
    /// whichever of the two we knew them by.
    fn moved(&mut self, who: &Who, system: &Value, at: Option<Millis>) {
        let new = who::now_called(system);
        let Some(to) = new.bsuid.clone().or_else(|| new.phone.clone()) else {
            return tracing::debug!(channel = NAME, "a system message is passed by");
        };
        let old_bsuid = who::bsuid_of(system, "previous_user_id").or_else(|| who.bsuid.clone());
        for from in [old_bsuid, who.phone.clone()].into_iter().flatten() {
            if from == to {
                continue;
            }
            let moved = Moved {
                from: self.address(from),
                to: self.address(to.clone()),
                at: at.unwrap_or(self.now),
            };
            self.took.brought.push(Brought::Moved(moved));
        }
    }

    fn status(&mut self, status: &Value) {
        let (Some(id), Some(word)) = (text(status, "id"), text(status, "status")) else {
            return self.strange("status without an id", status, None);
        };
        let at = timestamp(status).unwrap_or(self.now);
        let code = list(status, "errors")
            .iter()
            .find_map(|error| number(path(error, &["code"])));
        let reached = match word {
            "sent" => Reached::Sent,
            "delivered" => Reached::Delivered,
            // A voice message that was heard was read.
            "read" | "played" => Reached::Read,
            "failed" => Reached::Failed,
            "deleted" => return,
            _ => {
                return self.strange(
                    &format!("status {word}"),
                    status,
                    who::receiver(status).as_ref(),
                );
            }
        };
        let failed = reached == Reached::Failed;
        self.took.brought.push(Brought::Receipt(Receipt {
            channel: NAME.to_owned(),
            provider_id: id.to_owned(),
            reached,
            reason: failed.then(|| errors::words(code.unwrap_or_default())),
            at,
        }));
        if !failed {
            return;
        }
        let known = code.and_then(errors::known);
        if known.is_some_and(|known| known.alert) {
            self.trouble(errors::words(code.unwrap_or_default()));
        }
        if known.is_some_and(|known| known.then == errors::Then::Barred) {
            self.barred(who::receiver(status), known.map(|known| known.words), at);
        }
        if code == Some(errors::STOPPED_PROMOTION) {
            self.stopped(who::receiver(status), true, at);
        }
    }

    /// Promotion that somebody stopped, or wants again, by the platform's own buttons.
    fn preferences(&mut self, value: &Value) {
        for preference in list(value, "user_preferences") {
            let stopped = match text(preference, "value") {
                Some("stop") => true,
                Some("resume") => false,
                _ => continue,
            };
            let who = who::sender(list(value, "contacts"), preference)
                .or_else(|| who::receiver(preference));
            let at = timestamp(preference).unwrap_or(self.now);
            self.stopped(who, stopped, at);
        }
    }

    /// Nobody can be reached there, as it turns out after the platform had taken our message.
    fn barred(&mut self, who: Option<Who>, why: Option<&str>, at: Millis) {
        let Some(who) = who else {
            return self.trouble("a status without a person was passed by".to_owned());
        };
        self.took.brought.push(Brought::Reach(Reach {
            address: self.address(who.id()),
            barred: why.map(str::to_owned),
            opted_out: false,
            at,
        }));
    }

    fn stopped(&mut self, who: Option<Who>, opted_out: bool, at: Millis) {
        let Some(who) = who else {
            return self.trouble("a wish without a person was passed by".to_owned());
        };
        let reach = Reach {
            address: self.address(who.id()),
            barred: None,
            opted_out,
            at,
        };
        self.took.brought.push(Brought::Reach(reach));
    }

    /// News of the account in the platform's own capitals, which are no words of a person's.
    fn account_news(&mut self, field: &str, value: &Value) {
        let told: Vec<&str> = [
            "event",
            "message_template_name",
            "message_template_language",
            "new_quality_score",
            "alert_type",
            "decision",
            "reason",
        ]
        .iter()
        .filter_map(|name| text(value, name))
        .filter(|word| word.len() <= 100)
        .collect();
        if !told.iter().any(|word| GOOD_NEWS.contains(word)) {
            self.trouble(format!("{field}: {}", told.join(", ")));
        }
    }

    fn done(mut self) -> Took {
        for (_, id) in std::mem::take(&mut self.heard) {
            self.took.courtesies.push(mark_read(&id, false));
            self.took.patience.push(mark_read(&id, true));
        }
        self.took
    }
}

/// The mark that a message was read, and that we are typing.
fn mark_read(id: &str, typing: bool) -> Payload {
    let mut courtesy = serde_json::json!({
        "messaging_product": "whatsapp",
        "status": "read",
        "message_id": id,
    });
    if typing {
        courtesy["typing_indicator"] = serde_json::json!({"type": "text"});
    }
    super::wire::courtesy(courtesy)
}

/// A change of a message may come under the id of the message that it changes.
fn key(id: &str, kind: &str, at: Option<Millis>) -> String {
    match kind {
        "edit" | "revoke" => format!("{id}+{kind}+{}", at.unwrap_or_default()),
        _ => id.to_owned(),
    }
}

/// When it was said, in milliseconds: a text of seconds, as a rule.
fn timestamp(value: &Value) -> Option<Millis> {
    let at = number(path(value, &["timestamp"])).filter(|at| *at > 0)?;
    match at < SECONDS_MAX {
        true => Some(at * 1_000),
        false => Some(at),
    }
}
