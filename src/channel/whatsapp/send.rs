//! The calls to the platform that leave a trace with people: a message, the file that goes with it, a mark that
//! something was read. What is answered decides by its code (`errors`).

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tokio::time::Instant;

use super::json::{list, path, text};
use super::wire::{Place, Upload, Wire};
use super::{WhatsApp, errors};
use crate::channel::{Payload, SendError, Sent};

/// How long the platform may take for a message; who waits longer no longer knows what became of it.
const CALL_SECS: u64 = 15;

/// How long it may take for a file.
const UPLOAD_SECS: u64 = 25;

/// An answer longer than this is none of the platform's.
const ANSWER_BYTES_MAX: usize = 4 * 1024 * 1024;

/// Files whose ids are remembered.
const UPLOADS_MAX: usize = 256;

/// The platform keeps what we bring for 30 days.
const UPLOAD_KEPT: Duration = Duration::from_secs(29 * 24 * 3_600);

/// Files that the platform has of us, by the digest of their bytes.
#[derive(Default)]
pub struct Uploads(Vec<(String, String, Instant)>);

impl Uploads {
    fn find(&mut self, digest: &str) -> Option<String> {
        self.0.retain(|(_, _, at)| at.elapsed() < UPLOAD_KEPT);
        let found = self.0.iter().find(|(known, ..)| known == digest);
        found.map(|(_, id, _)| id.clone())
    }

    fn note(&mut self, digest: String, id: String) {
        self.forget(&digest);
        if self.0.len() >= UPLOADS_MAX {
            self.0.remove(0);
        }
        self.0.push((digest, id, Instant::now()));
    }

    fn forget(&mut self, digest: &str) {
        self.0.retain(|(known, ..)| known != digest);
    }
}

/// # Errors
/// As [`SendError`] says.
pub async fn send(us: &WhatsApp, payload: &Payload) -> Result<Sent, SendError> {
    match Wire::of(payload) {
        Some(Wire::Message { message, upload }) => message_of(us, message, upload.as_ref()).await,
        Some(Wire::Courtesy(body)) => {
            post(us, &body).await?;
            Ok(Sent { provider_id: None })
        }
        Some(Wire::Closed) => Err(SendError::WindowClosed),
        None => Err(never("it is no message of this channel's")),
    }
}

async fn message_of(
    us: &WhatsApp,
    mut message: Value,
    upload: Option<&Upload>,
) -> Result<Sent, SendError> {
    let started = text(&message, "type") == Some("template");
    if let Some(after) = us.started_rest().filter(|_| started) {
        return Err(SendError::Later {
            after: Some(after),
            reason: "templates rest until somebody has looked".to_owned(),
        });
    }
    let person = text(&message, "to").or_else(|| text(&message, "recipient"));
    let person = person.unwrap_or_default().to_owned();
    us.order.turn(&person).await;
    let digest = match upload {
        Some(upload) => Some(put_in(us, &mut message, upload).await?),
        None => None,
    };
    let mut refusal = match try_once(us, &person, &message).await {
        Ok(sent) => return Ok(sent),
        Err(refusal) => refusal,
    };
    if let (Some(upload), Some(digest)) = (upload, &digest)
        && refusal.may_be_the_file()
    {
        // What we thought it has it may no longer have.
        us.uploads().forget(digest);
        put_in(us, &mut message, upload).await?;
        refusal = match try_once(us, &person, &message).await {
            Ok(sent) => return Ok(sent),
            Err(refusal) => refusal,
        };
    }
    if refusal.then() == Some(errors::Then::OtherLanguage) && in_arabic(&mut message) {
        refusal = match try_once(us, &person, &message).await {
            Ok(sent) => return Ok(sent),
            Err(refusal) => refusal,
        };
    }
    if refusal.then() == Some(errors::Then::Never) && in_plain_words(&mut message) {
        refusal = match try_once(us, &person, &message).await {
            Ok(sent) => return Ok(sent),
            Err(refusal) => refusal,
        };
    }
    Err(refusal.into_error(us, &person, started))
}

/// Why a call did not do what it should.
enum Refusal {
    Told(errors::Told),
    Other(SendError),
}

impl Refusal {
    fn then(&self) -> Option<errors::Then> {
        match self {
            Refusal::Told(told) => Some(told.then),
            Refusal::Other(_) => None,
        }
    }

    /// Whether the file's id may be what is refused.
    fn may_be_the_file(&self) -> bool {
        match self {
            Refusal::Told(told) => {
                told.then == errors::Then::FileAnew || matches!(told.code, 100 | 131_009)
            }
            Refusal::Other(_) => false,
        }
    }

    fn into_error(self, us: &WhatsApp, person: &str, started: bool) -> SendError {
        let told = match self {
            Refusal::Other(error) => return error,
            Refusal::Told(told) => told,
        };
        if let errors::Then::RestStarted(secs) = told.then {
            us.rest_started(Duration::from_secs(secs));
            if !started {
                // Answers go on, slowly.
                return SendError::Later {
                    after: None,
                    reason: errors::words(told.code),
                };
            }
        }
        let hits = match told.then {
            errors::Then::AgainForPerson => us.order.hit(person),
            _ => 0,
        };
        errors::refused(told, hits)
    }
}

async fn try_once(us: &WhatsApp, person: &str, message: &Value) -> Result<Sent, Refusal> {
    let answer = call(us, message).await?;
    let Some(id) = list(&answer, "messages")
        .first()
        .and_then(|message| text(message, "id"))
    else {
        return Err(Refusal::Other(SendError::Unknown {
            reason: "the platform took it without saying under which id".to_owned(),
        }));
    };
    us.order.left(person, id);
    Ok(Sent {
        provider_id: Some(id.to_owned()),
    })
}

/// A template's language becomes Arabic; false when it is already.
fn in_arabic(message: &mut Value) -> bool {
    let code = &mut message["template"]["language"]["code"];
    let other = code.as_str() != Some("ar");
    *code = json!("ar");
    other
}

/// The request for the own number is new, and some accounts have it not: its words can be sent without it.
fn in_plain_words(message: &mut Value) -> bool {
    if path(message, &["interactive", "type"]).as_str() != Some("request_contact_info") {
        return false;
    }
    let words = path(message, &["interactive", "body", "text"]).clone();
    message["type"] = json!("text");
    message["text"] = json!({"body": words, "preview_url": false});
    if let Some(fields) = message.as_object_mut() {
        fields.remove("interactive");
    }
    true
}

async fn post(us: &WhatsApp, body: &Value) -> Result<Value, SendError> {
    match call(us, body).await {
        Ok(answer) => Ok(answer),
        Err(Refusal::Told(told)) => Err(errors::refused(told, 0)),
        Err(Refusal::Other(error)) => Err(error),
    }
}

/// One call to `/messages`.
async fn call(us: &WhatsApp, body: &Value) -> Result<Value, Refusal> {
    let address = format!("{}/{}/messages", us.api, us.number);
    let request = us.asking(us.house.http.post(address)).json(body).send();
    answer(request, CALL_SECS).await
}

async fn answer(
    request: impl Future<Output = reqwest::Result<reqwest::Response>>,
    secs: u64,
) -> Result<Value, Refusal> {
    let unknown = |reason: String| Refusal::Other(SendError::Unknown { reason });
    let limit = Duration::from_secs(secs);
    let whole = async {
        let answer = request.await.map_err(|error| {
            let reason = cause(&error);
            Refusal::Other(match error.is_connect() {
                // It never left.
                true => SendError::Later {
                    after: None,
                    reason,
                },
                false => SendError::Unknown { reason },
            })
        })?;
        let status = answer.status().as_u16();
        let after = retry_after(&answer);
        let body = body(answer).await.map_err(|reason| match status {
            // Whatever the body would have said: it was refused.
            429 | 500..=503 => Refusal::Other(errors::strange(status, after)),
            _ => unknown(reason),
        })?;
        read(status, after, body)
    };
    tokio::time::timeout(limit, whole)
        .await
        .unwrap_or_else(|_| Err(unknown(format!("no answer within {secs} s"))))
}

fn read(status: u16, after: Option<Duration>, body: Value) -> Result<Value, Refusal> {
    match errors::told(status, &body) {
        Some(told) => {
            if told.alert {
                let words = errors::words(told.code);
                tracing::error!(channel = super::NAME, code = told.code, "{words}");
            }
            Err(Refusal::Told(told))
        }
        None if status == 200 && body.is_object() => Ok(body),
        None => Err(Refusal::Other(errors::strange(status, after))),
    }
}

fn retry_after(answer: &reqwest::Response) -> Option<Duration> {
    let value = answer.headers().get("retry-after")?.to_str().ok()?;
    value.trim().parse().ok().map(Duration::from_secs)
}

/// The answer's body as JSON; null where it is none.
pub async fn body(mut answer: reqwest::Response) -> Result<Value, String> {
    let mut whole = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(|error| cause(&error))? {
        if whole.len() + chunk.len() > ANSWER_BYTES_MAX {
            return Err("the answer is longer than any of the platform's".to_owned());
        }
        whole.extend_from_slice(&chunk);
    }
    Ok(serde_json::from_slice(&whole).unwrap_or_default())
}

/// Why a call failed, without its address.
pub fn cause(error: &reqwest::Error) -> String {
    let words = match () {
        () if error.is_connect() => "the platform cannot be reached",
        () if error.is_timeout() => "the platform did not answer in time",
        () => "the line to the platform broke",
    };
    words.to_owned()
}

/// Brings the file where the platform does not have it yet, and puts its id into the message.
async fn put_in(us: &WhatsApp, message: &mut Value, upload: &Upload) -> Result<String, SendError> {
    let bytes = match &upload.place {
        Place::Folder(path) => us.house.files.read(path).await,
        Place::Object(id) => us.house.files.attachment(id).await,
    };
    let Some(bytes) = bytes else {
        return Err(never("a file that it shows is not there"));
    };
    let digest = STANDARD.encode(Sha256::digest(&bytes)) + &upload.mime;
    let known = us.uploads().find(&digest);
    let id = match known {
        Some(id) => id,
        None => {
            let id = bring(us, upload, bytes).await?;
            us.uploads().note(digest.clone(), id.clone());
            id
        }
    };
    let kind = text(message, "type").unwrap_or_default().to_owned();
    message[&kind]["id"] = json!(id);
    Ok(digest)
}

/// Nobody sees a file that was brought and not sent: whatever goes wrong, it is simply brought again.
async fn bring(us: &WhatsApp, upload: &Upload, bytes: Vec<u8>) -> Result<String, SendError> {
    let part = Part::bytes(bytes)
        .file_name(upload.name.clone())
        .mime_str(&upload.mime)
        .map_err(|_| never("a file that it shows is of no kind that can be named"))?;
    let form = Form::new()
        .text("messaging_product", "whatsapp")
        .text("type", upload.mime.clone())
        .part("file", part);
    let address = format!("{}/{}/media", us.api, us.number);
    let request = us
        .asking(us.house.http.post(address))
        .multipart(form)
        .send();
    let answer = match answer(request, UPLOAD_SECS).await {
        Ok(answer) => answer,
        Err(Refusal::Told(told)) => return Err(errors::refused(told, 0)),
        Err(Refusal::Other(SendError::Unknown { reason })) => {
            return Err(SendError::Later {
                after: None,
                reason,
            });
        }
        Err(Refusal::Other(error)) => return Err(error),
    };
    match path(&answer, &["id"]).as_str() {
        Some(id) if !id.is_empty() => Ok(id.to_owned()),
        _ => Err(SendError::Later {
            after: None,
            reason: "the platform took a file without saying under which id".to_owned(),
        }),
    }
}

fn never(reason: &str) -> SendError {
    SendError::Never {
        reason: reason.to_owned(),
    }
}
