//! Calls of Telegram's Bot API: payloads as they wait in the outbox, and how a call can end. The bot's token
//! stands in every address, so no address and no error of the client leaves this file.

use std::time::Duration;

use reqwest::multipart::{Form, Part};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::channel::Payload;
use crate::event::Attachment;

/// Bytes of an answer: a hundred updates with their texts are far below.
const ANSWER_BYTES_MAX: usize = 8 * 1024 * 1024;

/// Letters of Telegram's reason that are told: they are short sentences, but may quote what we sent.
const REASON_LETTERS_MAX: usize = 100;

/// A call as it waits.
pub fn payload(method: &str, params: Value) -> Payload {
    Payload {
        body: json!({"method": method, "params": params}),
    }
}

/// A call that takes a file of the charity's along.
pub fn with_file(method: &str, params: Value, field: &str, path: &str) -> Payload {
    Payload {
        body: json!({"method": method, "params": params, "field": field, "path": path}),
    }
}

/// A call that takes along a file which staff sent.
pub fn with_attachment(method: &str, params: Value, field: &str, file: &Attachment) -> Payload {
    Payload {
        body: json!({
            "method": method,
            "params": params,
            "field": field,
            "attachment": file.id,
            "name": file.name,
            "mime": file.mime,
        }),
    }
}

/// How a call ended badly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// Telegram was not reached: nothing happened there.
    Unreached,
    /// Whether it happened there cannot be known.
    Unknown(&'static str),
    Refused(Refusal),
}

/// Telegram's own no.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub code: u16,
    /// Its words, small, without what they quote.
    pub reason: String,
    pub retry_after: Option<Duration>,
    pub migrated_to: Option<i64>,
}

impl Failure {
    /// In words for operators.
    pub fn told(&self) -> String {
        match self {
            Failure::Unreached => "Telegram cannot be reached".to_owned(),
            Failure::Unknown(what) => (*what).to_owned(),
            Failure::Refused(refusal) => {
                format!("Telegram answers {}: {}", refusal.code, refusal.reason)
            }
        }
    }

    /// The token is wrong or was revoked.
    pub fn is_token(&self) -> bool {
        matches!(
            self,
            Failure::Refused(Refusal {
                code: 401 | 404,
                ..
            })
        )
    }
}

#[derive(Deserialize)]
struct Answer {
    #[serde(default)]
    ok: bool,
    result: Option<Value>,
    error_code: Option<u16>,
    #[serde(default)]
    description: String,
    parameters: Option<Parameters>,
}

#[derive(Deserialize)]
struct Parameters {
    retry_after: Option<u64>,
    migrate_to_chat_id: Option<i64>,
}

/// The Bot API of one bot.
pub struct Api {
    http: reqwest::Client,
    /// `https://api.telegram.org`, without a slash.
    url: String,
    token: SecretString,
}

impl Api {
    pub fn new(http: reqwest::Client, url: &str, token: SecretString) -> Api {
        Api {
            http,
            url: url.trim_end_matches('/').to_owned(),
            token,
        }
    }

    /// # Errors
    /// As [`Failure`].
    pub async fn call(&self, method: &str, params: &Value) -> Result<Value, Failure> {
        self.ended(self.http.post(self.address(method)).json(params))
            .await
    }

    /// A call with a file in it.
    ///
    /// # Errors
    /// As [`Failure`].
    pub async fn upload(
        &self,
        method: &str,
        params: &Value,
        field: &str,
        part: Part,
    ) -> Result<Value, Failure> {
        let mut form = Form::new();
        for (name, value) in params.as_object().into_iter().flatten() {
            let text = match value {
                Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            form = form.text(name.clone(), text);
        }
        let form = form.part(field.to_owned(), part);
        self.ended(self.http.post(self.address(method)).multipart(form))
            .await
    }

    /// Begins to read a file of Telegram's.
    ///
    /// # Errors
    /// As [`Failure`].
    pub async fn download(&self, path: &str) -> Result<reqwest::Response, Failure> {
        let token = self.token.expose_secret();
        let address = format!("{}/file/bot{token}/{path}", self.url);
        let answer = self.http.get(address).send().await;
        let answer = answer.map_err(|error| broke(&error))?;
        match answer.status().as_u16() {
            200..=299 => Ok(answer),
            code => Err(Failure::Refused(Refusal {
                code,
                reason: "no such file".to_owned(),
                retry_after: None,
                migrated_to: None,
            })),
        }
    }

    fn address(&self, method: &str) -> String {
        format!("{}/bot{}/{method}", self.url, self.token.expose_secret())
    }

    async fn ended(&self, request: reqwest::RequestBuilder) -> Result<Value, Failure> {
        let mut answer = request.send().await.map_err(|error| broke(&error))?;
        let status = answer.status().as_u16();
        let mut bytes = Vec::new();
        while let Some(chunk) = answer.chunk().await.map_err(|error| broke(&error))? {
            if bytes.len() + chunk.len() > ANSWER_BYTES_MAX {
                return Err(Failure::Unknown("Telegram's answer has no end"));
            }
            bytes.extend_from_slice(&chunk);
        }
        read(status, &bytes)
    }
}

/// What an answer means.
fn read(status: u16, body: &[u8]) -> Result<Value, Failure> {
    let answer: Result<Answer, _> = serde_json::from_slice(body);
    let answer = match answer {
        Ok(answer) if answer.ok => return Ok(answer.result.unwrap_or_default()),
        Ok(answer) => answer,
        // A proxy in between speaks for itself.
        Err(_) if (400..500).contains(&status) => Answer {
            ok: false,
            result: None,
            error_code: Some(status),
            description: String::new(),
            parameters: None,
        },
        Err(_) if status < 400 => return Err(Failure::Unknown("Telegram's answer is no answer")),
        Err(_) => return Err(of_its_side(status)),
    };
    let code = answer.error_code.unwrap_or(status);
    if !(400..500).contains(&code) {
        return Err(of_its_side(code));
    }
    let parameters = answer.parameters;
    let retry_after = parameters.as_ref().and_then(|with| with.retry_after);
    Err(Failure::Refused(Refusal {
        code,
        reason: reason(&answer.description),
        retry_after: retry_after.map(Duration::from_secs),
        migrated_to: parameters.and_then(|with| with.migrate_to_chat_id),
    }))
}

/// 503 is said by who did not even begin; after any other the message may be there.
fn of_its_side(code: u16) -> Failure {
    match code {
        503 => Failure::Refused(Refusal {
            code,
            reason: "service unavailable".to_owned(),
            retry_after: None,
            migrated_to: None,
        }),
        _ => Failure::Unknown("Telegram failed on its side"),
    }
}

/// Telegram's words up to the first quoted piece, which may be a person's.
fn reason(description: &str) -> String {
    let unquoted = description.split('"').next().unwrap_or_default().trim();
    let letters = unquoted.chars().filter(|c| c.is_ascii() && !c.is_control());
    letters
        .take(REASON_LETTERS_MAX)
        .collect::<String>()
        .to_ascii_lowercase()
}

/// A broken call, without the address that the client's own error would tell.
fn broke(error: &reqwest::Error) -> Failure {
    if error.is_connect() {
        return Failure::Unreached;
    }
    Failure::Unknown(match error.is_timeout() {
        true => "Telegram did not answer in time",
        false => "the line to Telegram broke",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(code: u16, reason: &str) -> Refusal {
        Refusal {
            code,
            reason: reason.to_owned(),
            retry_after: None,
            migrated_to: None,
        }
    }

    #[test]
    fn every_answer_means_something() {
        let wait = Refusal {
            retry_after: Some(Duration::from_secs(7)),
            ..refused(429, "too many requests: retry after 7")
        };
        let moved = Refusal {
            migrated_to: Some(-100_123),
            ..refused(
                400,
                "bad request: group chat was upgraded to a supergroup chat",
            )
        };
        for (case, status, body, expected) in [
            ("good", 200, r#"{"ok":true,"result":7}"#, Ok(json!(7))),
            (
                "throttled",
                429,
                r#"{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 7","parameters":{"retry_after":7}}"#,
                Err(Failure::Refused(wait)),
            ),
            (
                "moved",
                400,
                r#"{"ok":false,"error_code":400,"description":"Bad Request: group chat was upgraded to a supergroup chat","parameters":{"migrate_to_chat_id":-100123}}"#,
                Err(Failure::Refused(moved)),
            ),
            (
                "what it quotes is not told",
                400,
                r#"{"ok":false,"error_code":400,"description":"Bad Request: can't parse entities: Unsupported start tag \"Sara\" at byte offset 3"}"#,
                Err(Failure::Refused(refused(
                    400,
                    "bad request: can't parse entities: unsupported start tag",
                ))),
            ),
            (
                "its own fault",
                500,
                r#"{"ok":false,"error_code":500,"description":"Internal Server Error"}"#,
                Err(Failure::Unknown("Telegram failed on its side")),
            ),
            (
                "not begun",
                503,
                "<html>later</html>",
                Err(Failure::Refused(refused(503, "service unavailable"))),
            ),
            (
                "a proxy",
                502,
                "<html>bad gateway</html>",
                Err(Failure::Unknown("Telegram failed on its side")),
            ),
            (
                "a proxy that refuses",
                413,
                "<html>too large</html>",
                Err(Failure::Refused(refused(413, ""))),
            ),
            (
                "no answer at all",
                200,
                "",
                Err(Failure::Unknown("Telegram's answer is no answer")),
            ),
        ] {
            assert_eq!(read(status, body.as_bytes()), expected, "{case}");
        }
    }
}
