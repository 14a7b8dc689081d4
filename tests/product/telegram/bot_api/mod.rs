//! A stand-in for Telegram's Bot API on loopback: it takes and refuses what Telegram takes and refuses, in
//! Telegram's words, remembers every chat in order, and hands updates out by webhook or by `getUpdates`.

pub mod check;
mod html;
mod methods;
mod updates;

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{FromRequest, Multipart, Path, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get};
use serde_json::{Map, Value, json};

pub use updates::Bot;

/// An invented token in the shape of real ones.
pub const TOKEN: &str = "7012345678:AAFakeFakeFakeFakeFakeFakeFakeFake-_0";
pub const BOT_ID: i64 = 7_012_345_678;
pub const BOT_NAME: &str = "wasl_demo_bot";
pub const SECRET: &str = "an-invented-webhook-secret_0123456789";

/// One call that reached the stand-in, with what it answered.
#[derive(Clone, Debug)]
pub struct Call {
    pub method: String,
    pub params: Value,
    pub status: u16,
}

/// What goes wrong with a call.
#[derive(Clone, Debug)]
pub enum Fault {
    /// This answer, and nothing happens.
    Refuse(u16, &'static str),
    /// 429 with so many seconds.
    Throttle(u64),
    /// It happens, and then the answer is a 500.
    DoneButFails,
    /// It happens, and the answer never comes.
    DoneButSilent,
    /// An answer that is none.
    Garbage,
}

/// One message of a chat, as its members see it.
#[derive(Clone, Debug)]
pub struct Message {
    pub id: i64,
    pub method: String,
    pub params: Value,
    /// Bytes of the file that came along.
    pub file_bytes: usize,
    pub text: String,
}

#[derive(Default)]
pub struct Chat {
    pub messages: Vec<Message>,
    pub blocked: bool,
    pub deactivated: bool,
    /// The keyboard that stands in place of the letters.
    pub keyboard: Option<Value>,
}

#[derive(Default)]
pub struct World {
    pub chats: HashMap<i64, Chat>,
    pub calls: Vec<Call>,
    /// What a careful platform would not have been sent; a test that ends with one fails.
    pub complaints: Vec<String>,
    faults: Vec<(String, usize, Fault)>,
    /// Every so many sent messages fail, by 500 and by 429 in turn.
    pub fails_every: Option<u64>,
    sends: u64,
    pub delay: Duration,
    pub revoked: bool,
    /// Nothing but counters is kept: for measuring.
    pub forgetful: bool,
    /// Hears of every message: its chat and its parameters.
    pub told: Option<tokio::sync::mpsc::UnboundedSender<(i64, Value)>>,
    next_message: i64,
    next_file: u64,
    files: HashMap<String, Vec<u8>>,
    queries: HashSet<String>,
    pub commands: HashMap<String, Value>,
    pub webhook: Option<Value>,
    queue: VecDeque<(i64, Value)>,
    next_update: i64,
    polls: u64,
}

pub type Shared = Arc<Mutex<World>>;

pub fn locked(world: &Shared) -> MutexGuard<'_, World> {
    world.lock().unwrap_or_else(PoisonError::into_inner)
}

impl World {
    pub fn new() -> World {
        World {
            next_message: 100,
            next_update: 871_000_000,
            ..World::default()
        }
    }

    /// The next `times` calls of this method go wrong.
    pub fn fails(&mut self, method: &str, times: usize, fault: Fault) {
        self.faults.push((method.to_lowercase(), times, fault));
    }

    fn fault(&mut self, method: &str) -> Option<Fault> {
        let is_send = method.starts_with("send") && method != "sendchataction";
        if is_send && let Some(every) = self.fails_every {
            self.sends += 1;
            if self.sends.is_multiple_of(every) {
                return Some(match (self.sends / every) % 2 {
                    0 => Fault::Refuse(500, "Internal Server Error"),
                    _ => Fault::Throttle(1),
                });
            }
        }
        let found = self
            .faults
            .iter_mut()
            .find(|(name, left, _)| name == method && *left > 0)?;
        found.1 -= 1;
        Some(found.2.clone())
    }

    pub fn calls_of(&self, method: &str) -> Vec<&Call> {
        let calls = self.calls.iter();
        calls
            .filter(|call| call.method.eq_ignore_ascii_case(method))
            .collect()
    }
}

/// A refusal in Telegram's words.
pub struct Refused {
    code: u16,
    description: String,
    parameters: Value,
}

impl Refused {
    pub fn bad(description: impl Into<String>) -> Refused {
        Refused {
            code: 400,
            description: format!("Bad Request: {}", description.into()),
            parameters: Value::Null,
        }
    }

    pub fn with(code: u16, description: &str) -> Refused {
        Refused {
            code,
            description: description.to_owned(),
            parameters: Value::Null,
        }
    }
}

pub fn router(world: Shared) -> Router {
    Router::new()
        .route("/file/{bot}/{*path}", get(file))
        .route("/{bot}/{method}", any(called))
        .with_state(world)
}

async fn called(
    State(world): State<Shared>,
    Path((bot, method)): Path<(String, String)>,
    request: Request,
) -> Response {
    let method = method.to_lowercase();
    let delay = locked(&world).delay;
    if !delay.is_zero() {
        tokio::time::sleep(delay).await;
    }
    let (params, file) = params(request).await;
    if bot != format!("bot{TOKEN}") || locked(&world).revoked {
        let code = if bot.len() > 10 { 401 } else { 404 };
        return answer(
            &world,
            &method,
            params,
            Err(Refused::with(code, "Unauthorized")),
        );
    }
    let fault = locked(&world).fault(&method);
    match fault {
        Some(Fault::Refuse(code, words)) => {
            return answer(&world, &method, params, Err(Refused::with(code, words)));
        }
        Some(Fault::Throttle(seconds)) => {
            let refused = Refused {
                parameters: json!({"retry_after": seconds}),
                ..Refused::with(429, &format!("Too Many Requests: retry after {seconds}"))
            };
            return answer(&world, &method, params, Err(refused));
        }
        Some(Fault::Garbage) => return (StatusCode::OK, "<html>").into_response(),
        Some(Fault::DoneButFails | Fault::DoneButSilent) | None => {}
    }
    let done = match method.as_str() {
        "getupdates" => updates::get_updates(&world, &params).await,
        _ => methods::done(&mut locked(&world), &method, &params, file.as_ref()),
    };
    let good = answer(&world, &method, params, done);
    match fault {
        Some(Fault::DoneButFails) => {
            (StatusCode::INTERNAL_SERVER_ERROR, "Internal Server Error").into_response()
        }
        Some(Fault::DoneButSilent) => std::future::pending().await,
        _ => good,
    }
}

fn answer(world: &Shared, method: &str, params: Value, done: Result<Value, Refused>) -> Response {
    let (status, body) = match done {
        Ok(result) => (200, json!({"ok": true, "result": result})),
        Err(refused) => {
            let mut body = json!({
                "ok": false,
                "error_code": refused.code,
                "description": refused.description,
            });
            if !refused.parameters.is_null() {
                body["parameters"] = refused.parameters;
            }
            (refused.code, body)
        }
    };
    let mut world = locked(world);
    if !world.forgetful {
        world.calls.push(Call {
            method: method.to_owned(),
            params,
            status,
        });
    }
    let status = StatusCode::from_u16(status).expect("a status");
    (status, axum::Json(body)).into_response()
}

/// A file that came with a call: in which field, and its bytes.
pub struct Uploaded {
    pub field: String,
    pub bytes: Bytes,
}

/// Parameters as JSON or as a form with a file; those of a form are texts, of which some are JSON.
async fn params(request: Request) -> (Value, Option<Uploaded>) {
    let kind = request.headers().get("content-type").cloned();
    let kind = kind.map(|kind| kind.to_str().unwrap_or_default().to_owned());
    if !kind.is_some_and(|kind| kind.starts_with("multipart/")) {
        let bytes = axum::body::to_bytes(request.into_body(), 64 << 20).await;
        let bytes = bytes.unwrap_or_default();
        return (serde_json::from_slice(&bytes).unwrap_or(json!({})), None);
    }
    let mut form = Multipart::from_request(request, &()).await.expect("a form");
    let (mut params, mut file) = (Map::new(), None);
    while let Some(field) = form.next_field().await.expect("a whole form") {
        let name = field.name().unwrap_or_default().to_owned();
        if field.file_name().is_some() {
            let bytes = field.bytes().await.expect("a whole file");
            file = Some(Uploaded { field: name, bytes });
        } else {
            let text = field.text().await.expect("a text");
            let is_json = text.starts_with(['{', '[']) || text == "true" || text == "false";
            let value = match is_json {
                true => serde_json::from_str(&text).unwrap_or(json!(text)),
                false => json!(text),
            };
            params.insert(name, value);
        }
    }
    (Value::Object(params), file)
}

/// A file of these bytes never ends.
pub const ENDLESS: &[u8] = b"endless";

fn endless() -> Response {
    let chunks = futures_util::stream::unfold((), |()| async {
        tokio::task::yield_now().await;
        let chunk = Bytes::from_static(&[7; 64 * 1024]);
        Some((Ok::<_, std::io::Error>(chunk), ()))
    });
    axum::body::Body::from_stream(chunks).into_response()
}

async fn file(State(world): State<Shared>, Path((bot, path)): Path<(String, String)>) -> Response {
    if bot != format!("bot{TOKEN}") {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    let id = path.rsplit('/').next().unwrap_or_default();
    match locked(&world).files.get(id) {
        Some(bytes) if bytes == ENDLESS => endless(),
        Some(bytes) => bytes.clone().into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
