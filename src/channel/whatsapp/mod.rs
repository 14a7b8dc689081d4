//! WhatsApp by Meta's Cloud API: what it can carry, and the channel itself. Its deliveries are read in `read`,
//! replies written in `write`, both pure; `send` and `media` make the calls. It never decides what is said.

mod errors;
mod genuine;
mod json;
mod look;
mod media;
mod message;
mod order;
mod read;
mod send;
pub mod templates;
mod who;
mod wire;
mod write;

#[cfg(test)]
mod tests;

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::http::{Method, StatusCode};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use tokio::time::Instant;

use super::{
    Approving, Channel, Entering, Fetching, Heard, House, Leaves, Looking, Outgoing, Payload,
    Rates, Recipient, Request, Sending, Template,
};
use crate::config::Settings;
use crate::reply::{Limits, Native, Reply};

/// The word in addresses, tables, paths and logs.
pub const NAME: &str = "whatsapp";

/// <https://developers.facebook.com/docs/whatsapp/cloud-api/guides/send-messages>. The platform counts
/// characters in a way of its own: of long texts one stays spare.
pub const LIMITS: Limits = Limits {
    text: 4_095,
    buttons: 3,
    button_title: 20,
    rows: Some(10),
    row_title: 24,
    row_note: 72,
    text_with_choices: 1_023,
    paged: true,
    // What people send is held in memory while it is sealed, as on the web; the platform would take 100 MB.
    file_bytes: super::web::FILE_BYTES_MAX,
    template_needed_after_hours: Some(24),
    native: Native {
        ask_beside: false,
        ..Native::ALL
    },
};

/// 80 messages a second in and out for a number: what we start takes a quarter, so that answers never wait.
/// To one person 45 may go in six seconds; answers follow the person's own pace, and the platform says when it
/// is too fast (131056). <https://developers.facebook.com/docs/whatsapp/cloud-api/overview#throughput>
const RATES: Rates = Rates {
    started_per_second: 20.0,
    person_burst: 45.0,
    person_per_second: 1.0,
    // A message may wait ten seconds for the one before it.
    at_once: 256,
};

/// Where the platform is when nobody sets another.
const API: &str = "https://graph.facebook.com/v25.0";

/// One of our numbers.
pub struct WhatsApp {
    house: House,
    /// With the version, without a slash at its end.
    api: String,
    /// The phone number's id.
    number: String,
    /// The business account, for templates and webhooks.
    business: Option<String>,
    token: SecretString,
    app_secret: SecretString,
    verify_token: SecretString,
    order: order::Order,
    uploads: Mutex<send::Uploads>,
    started_rests: Mutex<Option<Instant>>,
    /// Our number in digits, once the platform has told it.
    dialled: Mutex<Option<String>>,
}

impl WhatsApp {
    /// The channel, where its settings are complete.
    ///
    /// # Errors
    /// Which setting cannot be worked with, and the remedy.
    pub fn open(settings: &Settings, house: &House) -> Result<Option<WhatsApp>, String> {
        let given = &settings.whatsapp;
        let (Some(number), Some(token), Some(app_secret), Some(verify_token)) = (
            &given.phone_number_id,
            &given.token,
            &given.app_secret,
            &given.verify_token,
        ) else {
            return Ok(None);
        };
        for (name, id) in [
            ("WASL_WHATSAPP_PHONE_NUMBER_ID", Some(number)),
            ("WASL_WHATSAPP_BUSINESS_ID", given.business_id.as_ref()),
        ] {
            if id.is_some_and(|id| id.is_empty() || !id.bytes().all(|byte| byte.is_ascii_digit())) {
                return Err(format!(
                    "{name} is no id: copy the digits under \"API setup\" on Meta's page, not the phone number with its plus"
                ));
            }
        }
        Ok(Some(WhatsApp {
            house: house.clone(),
            api: given.api_url.clone().unwrap_or_else(|| API.to_owned()),
            number: number.clone(),
            business: given.business_id.clone(),
            token: token.clone(),
            app_secret: app_secret.clone(),
            verify_token: verify_token.clone(),
            order: order::Order::default(),
            uploads: Mutex::default(),
            started_rests: Mutex::default(),
            dialled: Mutex::default(),
        }))
    }

    fn asking(&self, request: reqwest::RequestBuilder) -> reqwest::RequestBuilder {
        request.bearer_auth(self.token.expose_secret())
    }

    /// Status and body of a question to the platform.
    async fn get(&self, address: &str) -> Result<(u16, Value), String> {
        let request = self.asking(self.house.http.get(address));
        let answer = request
            .timeout(Duration::from_secs(15))
            .send()
            .await
            .map_err(|error| send::cause(&error))?;
        let status = answer.status().as_u16();
        Ok((status, send::body(answer).await?))
    }

    /// Status and body of an order to the platform.
    async fn post(&self, address: &str, body: &Value) -> Result<(u16, Value), String> {
        let request = self.asking(self.house.http.post(address)).json(body);
        let answer = request
            .timeout(Duration::from_secs(15))
            .send()
            .await
            .map_err(|error| send::cause(&error))?;
        let status = answer.status().as_u16();
        Ok((status, send::body(answer).await?))
    }

    fn uploads(&self) -> MutexGuard<'_, send::Uploads> {
        // What is in it is never half written.
        self.uploads.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How long what we start still rests.
    fn started_rest(&self) -> Option<Duration> {
        let until = *self
            .started_rests
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        until?.checked_duration_since(Instant::now())
    }

    fn rest_started(&self, rest: Duration) {
        let mut until = self
            .started_rests
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        *until = Some(Instant::now() + rest);
    }

    fn taken(&self, request: &Request<'_>) -> Heard {
        let secret = self.app_secret.expose_secret();
        if !genuine::signed(request.headers, request.body, secret) {
            return Heard::say(StatusCode::UNAUTHORIZED, "");
        }
        match read::read(request.body, &self.number, request.now, request.seed) {
            Ok(took) => {
                self.order.heard(&took);
                Heard::Took(took)
            }
            Err(read::NotJson) => Heard::say(StatusCode::BAD_REQUEST, ""),
        }
    }
}

impl Channel for WhatsApp {
    fn name(&self) -> &'static str {
        NAME
    }

    fn account(&self) -> &str {
        &self.number
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

    fn write(&self, reply: &Reply, to: &Recipient, out: &Outgoing) -> Vec<Payload> {
        write::write(reply, to, out)
    }

    fn send<'a>(&'a self, payload: &'a Payload) -> Sending<'a> {
        Box::pin(send::send(self, payload))
    }

    fn fetch<'a>(&'a self, reference: &'a str, most: u64) -> Fetching<'a> {
        Box::pin(media::fetch(self, reference, most))
    }

    fn hear(&self, request: &Request<'_>) -> Heard {
        match *request.method {
            _ if !request.below.is_empty() => Heard::say(StatusCode::NOT_FOUND, ""),
            Method::GET => {
                match genuine::challenge(request.query, self.verify_token.expose_secret()) {
                    Some(challenge) => Heard::say(StatusCode::OK, &challenge),
                    None => Heard::say(StatusCode::FORBIDDEN, ""),
                }
            }
            Method::POST => self.taken(request),
            _ => Heard::say(StatusCode::METHOD_NOT_ALLOWED, ""),
        }
    }

    fn look(&self) -> Looking<'_> {
        Box::pin(look::look(self))
    }

    fn set_up(&self) -> Looking<'_> {
        Box::pin(look::set_up(self))
    }

    fn approvals(&self) -> Approving<'_> {
        // Without the account there is nobody to ask.
        Box::pin(async {
            match self.business {
                Some(_) => Some(templates::approvals(self).await),
                None => None,
            }
        })
    }

    fn hand_in<'a>(&'a self, templates: &'a [Template]) -> Looking<'a> {
        Box::pin(self.submit(templates))
    }

    fn entrance(&self, payload: Option<&str>) -> Entering<'_> {
        let payload = payload.map(str::to_owned);
        Box::pin(async move { look::entrance(self, payload.as_deref()).await })
    }
}
