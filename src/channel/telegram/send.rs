//! Sends one call of the outbox, and fetches one file; says how either ended in the words of the house.

use std::collections::{HashSet, VecDeque};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use reqwest::multipart::Part;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::call::{Failure, Refusal};
use super::{Telegram, html};
use crate::channel::{FetchError, Payload, SendError, Sent};

/// Files that Telegram has already and gave a name for; a charity shows some dozens.
const UPLOADED_MAX: usize = 256;

/// People whose keyboard of letters we replaced; forgetting one leaves a keyboard that does no harm.
const ASKED_MAX: usize = 10_000;

/// So many persons throttled one after another, and none served in between: the bot itself is throttled.
const THROTTLED_MOST: usize = 3;

/// Rest of the channel when the token is refused: an operator must act, and what waits should then leave soon.
const TOKEN_REST: Duration = Duration::from_secs(20);

/// Refusals that mean that this person can never be reached here, and how operators are told.
const BARRED: &[(&str, &str)] = &[
    ("bot was blocked by the user", "the person blocked the bot"),
    ("user is deactivated", "the person's account is gone"),
    (
        "bot can't initiate conversation",
        "the person never started the bot",
    ),
    ("chat not found", "Telegram knows no such chat"),
    ("user not found", "Telegram knows no such chat"),
    ("peer_id_invalid", "Telegram knows no such chat"),
    ("bot was kicked", "the bot was removed from the group"),
    ("bot is not a member", "the bot is no member of the group"),
];

/// Refusals of a courtesy that say only that it came too late, or was not needed.
const TOO_LATE: &[&str] = &[
    "query is too old",
    "query_id_invalid",
    "message is not modified",
    "message to edit not found",
    "message can't be edited",
    "message to delete not found",
];

/// What is remembered while the process lives; losing it costs an upload or leaves a keyboard open.
#[derive(Default)]
pub struct Memory {
    /// Digest of method and bytes, and Telegram's name for the file.
    uploaded: Mutex<VecDeque<([u8; 32], String)>>,
    /// Chats that show a keyboard which asks for a number or a place.
    asked: Mutex<HashSet<String>>,
    /// Chats that were throttled since the last good answer.
    throttled: Mutex<HashSet<String>>,
}

fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Memory {
    fn known(&self, digest: &[u8; 32]) -> Option<String> {
        let uploaded = locked(&self.uploaded);
        let found = uploaded.iter().find(|(known, _)| known == digest);
        found.map(|(_, id)| id.clone())
    }

    fn note_file(&self, digest: [u8; 32], id: String) {
        let mut uploaded = locked(&self.uploaded);
        uploaded.retain(|(known, _)| *known != digest);
        uploaded.push_back((digest, id));
        if uploaded.len() > UPLOADED_MAX {
            uploaded.pop_front();
        }
    }

    fn forget_file(&self, digest: &[u8; 32]) {
        locked(&self.uploaded).retain(|(known, _)| known != digest);
    }

    /// What a message that arrived did to the chat's keyboard.
    fn note_keyboard(&self, chat: &str, markup: &Value) {
        let mut asked = locked(&self.asked);
        if markup.get("keyboard").is_some() && asked.len() < ASKED_MAX {
            asked.insert(chat.to_owned());
        } else if markup.get("remove_keyboard").is_some() {
            asked.remove(chat);
        }
    }

    /// Whether a keyboard must be taken away before this message, which cannot do that itself.
    fn must_sweep(&self, chat: &str, markup: &Value) -> bool {
        markup.get("inline_keyboard").is_some() && locked(&self.asked).remove(chat)
    }

    /// Notes that Telegram throttles; whether it throttles everybody.
    fn throttles_all(&self, chat: &str) -> bool {
        let mut throttled = locked(&self.throttled);
        throttled.insert(chat.to_owned());
        throttled.len() >= THROTTLED_MOST
    }

    fn served(&self) {
        locked(&self.throttled).clear();
    }
}

pub async fn send(telegram: &Telegram, payload: &Payload) -> Result<Sent, SendError> {
    let (method, params) = (&payload.body["method"], &payload.body["params"]);
    let Some(method) = method.as_str() else {
        return Err(SendError::Never {
            reason: "no call of Telegram's".to_owned(),
        });
    };
    let chat = params["chat_id"].as_str().unwrap_or_default();
    let markup = &params["reply_markup"];
    if telegram.memory.must_sweep(chat, markup) {
        sweep(telegram, chat).await;
    }
    let mut answer = made(telegram, method, params, payload).await;
    if let Err(Ended::Call(failure)) = &answer
        && is_refused_for(failure, "can't parse entities")
    {
        answer = made(telegram, method, &in_plain_words(params), payload).await;
    }
    match answer {
        Ok(result) => {
            telegram.memory.served();
            telegram.memory.note_keyboard(chat, markup);
            let id = result["message_id"].as_i64();
            Ok(Sent {
                provider_id: id.map(|id| id.to_string()),
            })
        }
        Err(Ended::NoFile) => Err(SendError::Never {
            reason: "the file that is to be shown is not there".to_owned(),
        }),
        Err(Ended::Call(failure)) => outcome(&telegram.memory, chat, &failure),
    }
}

enum Ended {
    /// The file to go along is not there.
    NoFile,
    Call(Failure),
}

impl From<Failure> for Ended {
    fn from(failure: Failure) -> Ended {
        Ended::Call(failure)
    }
}

async fn made(
    telegram: &Telegram,
    method: &str,
    params: &Value,
    payload: &Payload,
) -> Result<Value, Ended> {
    match payload.body["field"].as_str() {
        Some(field) => with_file(telegram, (method, field), params, &payload.body).await,
        None => Ok(telegram.api.call(method, params).await?),
    }
}

/// Sends a file: by the name that Telegram gave it before, else by its bytes.
async fn with_file(
    telegram: &Telegram,
    (method, field): (&str, &str),
    params: &Value,
    body: &Value,
) -> Result<Value, Ended> {
    let bytes = match (body["path"].as_str(), body["attachment"].as_str()) {
        (Some(path), _) => telegram.files.read(path).await,
        (None, Some(id)) => telegram.files.attachment(id).await,
        (None, None) => None,
    };
    let bytes = bytes.ok_or(Ended::NoFile)?;
    let mut hash = Sha256::new();
    hash.update(method.as_bytes());
    hash.update(&bytes);
    let digest: [u8; 32] = hash.finalize().into();
    if let Some(id) = telegram.memory.known(&digest) {
        let mut params = params.clone();
        params[field] = json!(id);
        match telegram.api.call(method, &params).await {
            Err(failure) if is_refused_for(&failure, "wrong") => {
                telegram.memory.forget_file(&digest);
            }
            ended => return Ok(ended?),
        }
    }
    let part = Part::bytes(bytes).file_name(file_name(body));
    let part = match body["mime"].as_str() {
        Some(mime) => part.mime_str(mime).map_err(|_| Ended::NoFile)?,
        None => part,
    };
    let result = telegram.api.upload(method, params, field, part).await?;
    if let Some(id) = file_id(&result) {
        telegram.memory.note_file(digest, id);
    }
    Ok(result)
}

fn file_name(body: &Value) -> String {
    let path = body["path"].as_str().unwrap_or_default();
    let name = body["name"].as_str();
    let name = name.unwrap_or_else(|| path.rsplit('/').next().unwrap_or_default());
    match name {
        "" => "file".to_owned(),
        name => name.to_owned(),
    }
}

/// Telegram's name for the file of a message; of a photo, that of its largest size.
fn file_id(message: &Value) -> Option<String> {
    let kinds = ["document", "voice", "audio", "video"];
    let single = kinds.iter().map(|kind| &message[*kind]["file_id"]);
    let photo = message["photo"].as_array().and_then(|sizes| sizes.last());
    let photo = photo.map(|size| &size["file_id"]);
    single
        .chain(photo)
        .find_map(|id| id.as_str().map(str::to_owned))
}

/// Takes the keyboard of an earlier question away. Only words can do that, and they cannot carry buttons of
/// their own, so that a silent message comes and goes. Failing leaves a keyboard; the message itself counts.
async fn sweep(telegram: &Telegram, chat: &str) {
    let silent = json!({
        "chat_id": chat,
        "text": "…",
        "disable_notification": true,
        "reply_markup": {"remove_keyboard": true},
    });
    let swept = async {
        let sent = telegram.api.call("sendMessage", &silent).await?;
        let deleted = json!({"chat_id": chat, "message_id": sent["message_id"]});
        telegram.api.call("deleteMessage", &deleted).await
    };
    if let Err(failure) = swept.await {
        tracing::debug!(error = failure.told(), "a keyboard was not taken away");
    }
}

fn is_refused_for(failure: &Failure, words: &str) -> bool {
    matches!(failure, Failure::Refused(refusal) if refusal.code == 400 && refusal.reason.contains(words))
}

/// The same without markup, for when Telegram cannot read ours.
fn in_plain_words(params: &Value) -> Value {
    let mut params = params.clone();
    for name in ["text", "caption"] {
        if let Some(text) = params[name].as_str() {
            params[name] = json!(html::plain(text));
        }
    }
    if let Some(params) = params.as_object_mut() {
        params.remove("parse_mode");
    }
    params
}

fn outcome(memory: &Memory, chat: &str, failure: &Failure) -> Result<Sent, SendError> {
    let reason = failure.told();
    let refusal = match failure {
        Failure::Unreached => {
            return Err(SendError::Later {
                after: None,
                reason,
            });
        }
        Failure::Unknown(_) => return Err(SendError::Unknown { reason }),
        Failure::Refused(refusal) => refusal,
    };
    if TOO_LATE.iter().any(|words| refusal.reason.contains(words)) {
        return Ok(Sent { provider_id: None });
    }
    if let Some(to) = refusal.migrated_to {
        return Err(SendError::Moved { to: to.to_string() });
    }
    let barred = BARRED
        .iter()
        .find(|(words, _)| refusal.reason.contains(words));
    if let Some((_, told)) = barred {
        return Err(SendError::Barred {
            reason: (*told).to_owned(),
        });
    }
    Err(match refusal.code {
        401 | 404 => SendError::PauseChannel {
            after: Some(TOKEN_REST),
            reason: TOKEN_REFUSED.to_owned(),
        },
        403 => SendError::Barred { reason },
        429 => throttled(memory, chat, refusal, reason),
        409 | 503 => SendError::Later {
            after: refusal.retry_after,
            reason,
        },
        _ => SendError::Never { reason },
    })
}

/// What operators are told when the token is wrong.
pub const TOKEN_REFUSED: &str = "Telegram refuses the bot's token: it was revoked or mistyped. \
    @BotFather shows the valid one; set WASL_TELEGRAM_TOKEN and start again";

fn throttled(memory: &Memory, chat: &str, refusal: &Refusal, reason: String) -> SendError {
    let after = refusal.retry_after;
    match memory.throttles_all(chat) {
        true => SendError::PauseChannel { after, reason },
        false => SendError::LaterForPerson { after, reason },
    }
}

pub async fn fetch(telegram: &Telegram, reference: &str, most: u64) -> Result<Vec<u8>, FetchError> {
    let asked = json!({"file_id": reference});
    let file = telegram.api.call("getFile", &asked).await;
    let file = file.map_err(|failure| unfetched(&failure))?;
    if file["file_size"].as_u64().is_some_and(|size| size > most) {
        return Err(FetchError::TooBig);
    }
    let path = file["file_path"].as_str().filter(|path| is_path(path));
    let Some(path) = path else {
        return Err(FetchError::Never {
            reason: "Telegram names no place from which the file could be had".to_owned(),
        });
    };
    let answer = telegram.api.download(path).await;
    let mut answer = answer.map_err(|failure| unfetched(&failure))?;
    let mut bytes = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(|_| FetchError::Later {
        after: None,
        reason: "the line to Telegram broke".to_owned(),
    })? {
        if (bytes.len() + chunk.len()) as u64 > most {
            return Err(FetchError::TooBig);
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

/// A place below the bot's files, and nowhere else.
fn is_path(path: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b'/');
    !path.is_empty()
        && path.len() <= 512
        && path.bytes().all(fits)
        && !path.starts_with('/')
        && path.split('/').all(|part| !matches!(part, "" | "." | ".."))
}

/// Fetching changes nothing there: whatever may pass is tried again.
fn unfetched(failure: &Failure) -> FetchError {
    let reason = failure.told();
    match failure {
        Failure::Unreached | Failure::Unknown(_) => FetchError::Later {
            after: None,
            reason,
        },
        Failure::Refused(refusal) if refusal.reason.contains("too big") => FetchError::TooBig,
        Failure::Refused(refusal) => match refusal.code {
            429 | 503 => FetchError::Later {
                after: refusal.retry_after,
                reason,
            },
            // A file that is just being moved, or a token that an operator is about to mend.
            401 => FetchError::Later {
                after: Some(TOKEN_REST),
                reason: TOKEN_REFUSED.to_owned(),
            },
            _ if refusal.reason.contains("temporarily") => FetchError::Later {
                after: None,
                reason,
            },
            _ => FetchError::Never { reason },
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(code: u16, reason: &str) -> Failure {
        Failure::Refused(Refusal {
            code,
            reason: reason.to_owned(),
            retry_after: (code == 429).then_some(Duration::from_secs(7)),
            migrated_to: reason.contains("upgraded").then_some(-100_955),
        })
    }

    fn word(ended: &Result<Sent, SendError>) -> &'static str {
        match ended {
            Ok(_) => "nothing to say",
            Err(SendError::Later { .. }) => "later",
            Err(SendError::LaterForPerson { .. }) => "later for this person",
            Err(SendError::PauseChannel { .. }) => "pause",
            Err(SendError::WindowClosed) => "window",
            Err(SendError::Never { .. }) => "never",
            Err(SendError::Barred { .. }) => "barred",
            Err(SendError::Moved { .. }) => "moved",
            Err(SendError::Unknown { .. }) => "unknown",
        }
    }

    #[test]
    fn every_failure_ends_in_words_of_the_house() {
        for (failure, expected) in [
            (Failure::Unreached, "later"),
            (Failure::Unknown("silence"), "unknown"),
            (refused(503, "service unavailable"), "later"),
            (refused(429, "too many requests"), "later for this person"),
            (refused(401, "unauthorized"), "pause"),
            (refused(404, "not found"), "pause"),
            (
                refused(403, "forbidden: bot was blocked by the user"),
                "barred",
            ),
            (refused(403, "forbidden: user is deactivated"), "barred"),
            (refused(400, "bad request: chat not found"), "barred"),
            (
                refused(
                    400,
                    "bad request: group chat was upgraded to a supergroup chat",
                ),
                "moved",
            ),
            (
                refused(400, "bad request: message is not modified"),
                "nothing to say",
            ),
            (
                refused(400, "bad request: query is too old"),
                "nothing to say",
            ),
            (refused(400, "bad request: message is too long"), "never"),
            (refused(413, "request entity too large"), "never"),
        ] {
            let ended = outcome(&Memory::default(), "5001", &failure);
            assert_eq!(word(&ended), expected, "{failure:?}");
        }
    }

    #[test]
    fn one_person_is_throttled_alone_and_everybody_only_when_nobody_is_served() {
        let memory = Memory::default();
        let throttled = refused(429, "too many requests");
        let ended = |chat: &str| word(&outcome(&memory, chat, &throttled));
        for _ in 0..5 {
            assert_eq!(ended("5001"), "later for this person");
        }
        assert_eq!(ended("5002"), "later for this person");
        memory.served();
        assert_eq!(ended("5003"), "later for this person");
        assert_eq!(ended("5004"), "later for this person");
        assert_eq!(ended("5005"), "pause");
    }

    #[test]
    fn files_are_fetched_from_telegrams_folder_alone() {
        for (path, expected) in [
            ("documents/file_1.pdf", true),
            ("photos/a-b_c.jpg", true),
            ("", false),
            ("/etc/passwd", false),
            ("../secret", false),
            ("a/../../b", false),
            ("a//b", false),
            ("http://elsewhere", false),
            ("a?b=c", false),
            ("a@b", false),
        ] {
            assert_eq!(is_path(path), expected, "{path}");
        }
    }

    #[test]
    fn few_files_are_remembered() {
        let memory = Memory::default();
        for n in 0..=UPLOADED_MAX {
            let mut digest = [0; 32];
            digest[..8].copy_from_slice(&n.to_be_bytes());
            memory.note_file(digest, n.to_string());
        }
        assert_eq!(locked(&memory.uploaded).len(), UPLOADED_MAX);
        assert_eq!(memory.known(&[0; 32]), None, "the oldest is forgotten");
    }
}
