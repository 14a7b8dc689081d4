//! Telegram by its Bot API: updates become events, replies become calls. What is said is decided elsewhere.
//!
//! Facts: <https://core.telegram.org/bots/api> (10.2), <https://core.telegram.org/bots/faq> for the rates.

mod account;
mod call;
mod html;
mod listen;
mod read;
mod send;
mod update;
mod words;
mod write;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use axum::http::{Method, StatusCode};
use secrecy::{ExposeSecret, SecretString};
use subtle::ConstantTimeEq;

use super::{
    Channel, Ears, Entering, Fetching, Heard, House, Leaves, Listening, Looking, Outgoing, Payload,
    Rates, Recipient, Request, Sending,
};
use crate::config::{PublicUrl, Settings};
use crate::reply::{Limits, Native, Reply};
use words::Words;

/// The word in addresses, tables and logs.
pub const NAME: &str = "telegram";

/// Where the Bot API is, unless the settings name another server.
const API_URL: &str = "https://api.telegram.org";

/// What comes back to us with every webhook (`setWebhook`, `secret_token`).
const SECRET_HEADER: &str = "x-telegram-bot-api-secret-token";

/// Unicode scalars of a text and of a caption, after entities were read (`sendMessage`, `sendDocument`).
const TEXT_MAX: usize = 4096;
const CAPTION_MAX: usize = 1024;

/// Bytes of a vCard (`sendContact`).
const VCARD_BYTES_MAX: usize = 2048;

/// Bytes of a picture that is sent as a photo (`sendPhoto`); larger ones go as documents.
const PHOTO_BYTES_MAX: u64 = 10 * 1024 * 1024;

/// What Telegram carries.
pub const LIMITS: Limits = Limits {
    // Below `TEXT_MAX`: an Arabic text gets a mark before lines that begin otherwise.
    text: 4_000,
    // A keyboard takes a hundred; nobody reads so many, so that further ones are paged.
    buttons: 100,
    // No limit is written down: this is what a button across a phone shows before it is cut off.
    button_title: 40,
    // No list that opens; second lines stand in the text.
    rows: None,
    row_title: 40,
    row_note: 160,
    text_with_choices: 4_000,
    paged: true,
    // `getFile`: a bot may fetch 20 MB.
    file_bytes: 20 * 1024 * 1024,
    // Whoever has not blocked the bot may be written to.
    template_needed_after_hours: None,
    native: Native::ALL,
};

/// Of the FAQ for bots: about thirty messages a second in all, of which a few are left to answers; about one a
/// second to one person, "short bursts" more. Answers beyond that are bound by 429 alone, and so many of them are
/// under way at once that a slow platform holds nobody up.
const RATES: Rates = Rates {
    started_per_second: 25.0,
    person_burst: 20.0,
    person_per_second: 1.0,
    at_once: 512,
};

/// The bot.
pub struct Telegram {
    api: call::Api,
    /// The bot's id: what stands before the colon of its token.
    account: String,
    words: Words,
    /// Telegram calls us; else we ask it.
    webhook: bool,
    secret: Option<SecretString>,
    public_url: PublicUrl,
    memory: send::Memory,
    files: Arc<dyn super::Files>,
    /// The bot's public name, once Telegram told it.
    username: tokio::sync::OnceCell<String>,
}

/// The channel, when the settings turn it on.
///
/// # Errors
/// Which setting it cannot work with, and the remedy.
pub fn open(settings: &Settings, house: &House) -> Result<Option<Arc<dyn Channel>>, String> {
    let telegram = &settings.telegram;
    let Some(token) = &telegram.token else {
        return Ok(None);
    };
    if telegram.webhook && telegram.webhook_secret.is_none() {
        return Ok(None);
    }
    let account = account(token.expose_secret()).ok_or(
        "WASL_TELEGRAM_TOKEN: no token of a bot. @BotFather shows it: digits, a colon, letters",
    )?;
    if let Some(secret) = &telegram.webhook_secret
        && !is_secret(secret.expose_secret())
    {
        return Err(
            "WASL_TELEGRAM_WEBHOOK_SECRET: Telegram takes 1 to 256 of A-Z, a-z, 0-9, _ and -. \
             `openssl rand -hex 32` makes one"
                .to_owned(),
        );
    }
    let url = telegram.api_url.as_deref().unwrap_or(API_URL);
    Ok(Some(Arc::new(Telegram {
        api: call::Api::new(house.http.clone(), url, token.clone()),
        account,
        words: Words::default(),
        webhook: telegram.webhook,
        secret: telegram.webhook_secret.clone(),
        public_url: house.public_url.clone(),
        memory: send::Memory::default(),
        files: house.files.clone(),
        username: tokio::sync::OnceCell::new(),
    })))
}

/// The bot's id in its token; None for what cannot stand in an address.
fn account(token: &str) -> Option<String> {
    let (id, rest) = token.split_once(':')?;
    let digits = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit());
    (digits && is_secret(rest)).then(|| id.to_owned())
}

fn is_secret(text: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    (1..=256).contains(&text.len()) && text.bytes().all(fits)
}

impl Channel for Telegram {
    fn name(&self) -> &'static str {
        NAME
    }

    fn account(&self) -> &str {
        &self.account
    }

    fn limits(&self) -> &'static Limits {
        &LIMITS
    }

    fn leaves(&self) -> Leaves {
        Leaves::BySending
    }

    fn rates(&self) -> Rates {
        RATES
    }

    fn write(&self, reply: &Reply, to: &Recipient, _out: &Outgoing) -> Vec<Payload> {
        write::payloads(&self.words, reply, to)
    }

    fn send<'a>(&'a self, payload: &'a Payload) -> Sending<'a> {
        Box::pin(send::send(self, payload))
    }

    fn fetch<'a>(&'a self, reference: &'a str, most: u64) -> Fetching<'a> {
        Box::pin(send::fetch(self, reference, most))
    }

    fn hear(&self, request: &Request<'_>) -> Heard {
        if !self.is_genuine(request) {
            return Heard::say(StatusCode::UNAUTHORIZED, "");
        }
        if !request.below.is_empty() {
            return Heard::say(StatusCode::NOT_FOUND, "");
        }
        if request.method != Method::POST {
            return Heard::say(StatusCode::METHOD_NOT_ALLOWED, "");
        }
        let reading = read::Reading {
            account: &self.account,
            words: &self.words,
            now: request.now,
            seed: request.seed,
        };
        match read::body(&reading, request.body) {
            Ok(took) => Heard::Took(took),
            Err(read::Nonsense) => Heard::say(StatusCode::BAD_REQUEST, "no JSON that can be read"),
        }
    }

    fn listen(self: Arc<Self>, ears: Ears) -> Option<Listening> {
        (!self.webhook).then(|| -> Listening { Box::pin(listen::listen(self, ears)) })
    }

    fn look(&self) -> Looking<'_> {
        Box::pin(account::look(self))
    }

    fn set_up(&self) -> Looking<'_> {
        Box::pin(account::set_up(self))
    }

    fn entrance(&self, payload: Option<&str>) -> Entering<'_> {
        let payload = payload.map(str::to_owned);
        Box::pin(account::entrance(self, payload))
    }
}

impl Telegram {
    fn is_genuine(&self, request: &Request<'_>) -> bool {
        let given = request.headers.get(SECRET_HEADER);
        match (&self.secret, given) {
            (Some(secret), Some(given)) => {
                bool::from(secret.expose_secret().as_bytes().ct_eq(given.as_bytes()))
            }
            _ => false,
        }
    }
}
