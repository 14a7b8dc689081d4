//! The Graph API on loopback: judges every payload by `rules`, keeps what it took, answers with ids as the
//! platform's, tells by webhook how far a message came, keeps people's files and lies about them on demand.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tokio_util::task::AbortOnDropHandle;

use super::rules::{Known, Template, judge};

pub const TOKEN: &str = "an-invented-token";
pub const NUMBER: &str = "555000111222333";
pub const BUSINESS: &str = "100200300400500";
pub const SECRET: &str = "app-secret-for-tests";
pub const VERIFY: &str = "an-invented-verify-token";
/// Our number as people dial it.
pub const DIALLED: &str = "966112345678";

/// What happens to the next message.
#[derive(Clone, Copy, Debug)]
pub enum Way {
    /// An HTTP status and a code.
    Refuse(u16, i64),
    /// A gateway's page.
    Gateway(u16),
    /// Taken as any other.
    Take,
    /// Taken, and the answer is never written.
    TakeInSilence,
}

/// How the statuses of a message come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Statuses {
    Orderly,
    /// Before our call returns, backwards and twice.
    Wild,
}

/// How a file of a person's is had.
#[derive(Clone, Debug)]
pub enum File {
    Whole(Vec<u8>),
    /// Other bytes than were announced.
    Lying(Vec<u8>),
    Gone,
    /// It never ends.
    Endless,
    /// It is said to lie here.
    Elsewhere(String),
    /// The first place has expired, the second is good.
    ExpiredOnce(Vec<u8>),
}

/// One message that the platform took.
#[derive(Clone, Debug)]
pub struct Taken {
    /// Phone or user id.
    pub to: String,
    pub body: Value,
}

pub struct Graph {
    /// With the version.
    pub api: String,
    pub world: Arc<Shared>,
    _task: AbortOnDropHandle<()>,
}

#[derive(Default)]
pub struct World {
    pub taken: Vec<Taken>,
    /// Answered 200 and thrown away: a user id where a phone belongs.
    pub dropped: Vec<Value>,
    pub refused: Vec<(i64, &'static str, Value)>,
    pub marks: Vec<Value>,
    pub templates: Vec<Template>,
    /// Others that were handed in: name, language, and what became of them.
    pub unapproved: Vec<(&'static str, &'static str, &'static str)>,
    pub submitted: Vec<Value>,
    pub files: BTreeMap<String, File>,
    /// People who wrote within the last day.
    pub open: BTreeSet<String>,
    pub ways: VecDeque<Way>,
    /// Every call is answered like this.
    pub always: Option<Way>,
    pub statuses: Option<Statuses>,
    pub webhook: Option<String>,
    pub subscribed: bool,
    uploads: BTreeSet<String>,
    pub asked_for_files: usize,
    made: u64,
}

pub struct Shared {
    world: Mutex<World>,
    pub news: tokio::sync::Notify,
    origin: String,
}

impl Shared {
    pub fn now(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Graph {
    pub async fn start() -> Graph {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let world = Arc::new(Shared {
            world: Mutex::default(),
            news: tokio::sync::Notify::new(),
            origin: origin.clone(),
        });
        let router = Router::new()
            .route("/v25.0/{id}", get(look))
            .route("/v25.0/{id}/messages", post(send))
            .route("/v25.0/{id}/media", post(upload))
            .route("/v25.0/{id}/subscribed_apps", post(subscribe))
            .route("/v25.0/{id}/message_templates", get(templates).post(submit))
            .route("/file/{id}/{try}", get(file))
            .with_state(world.clone());
        let served = tokio::spawn(async move {
            axum::serve(listener, router).await.unwrap();
        });
        Graph {
            api: format!("{origin}/v25.0"),
            world,
            _task: AbortOnDropHandle::new(served),
        }
    }

    /// The settings of a server that calls us.
    pub fn settings(&self) -> Vec<(&'static str, String)> {
        vec![
            ("WASL_WHATSAPP_TOKEN", TOKEN.to_owned()),
            ("WASL_WHATSAPP_PHONE_NUMBER_ID", NUMBER.to_owned()),
            ("WASL_WHATSAPP_BUSINESS_ID", BUSINESS.to_owned()),
            ("WASL_WHATSAPP_APP_SECRET", SECRET.to_owned()),
            ("WASL_WHATSAPP_VERIFY_TOKEN", VERIFY.to_owned()),
            ("WASL_WHATSAPP_API_URL", self.api.clone()),
        ]
    }
}

fn error(status: u16, code: i64, details: &str) -> Response {
    let body = json!({"error": {
        "message": format!("(#{code}) refused"), "type": "OAuthException", "code": code,
        "error_data": {"messaging_product": "whatsapp", "details": details}, "fbtrace_id": "AbCdEf",
    }});
    (StatusCode::from_u16(status).unwrap(), Json(body)).into_response()
}

fn is_ours(headers: &HeaderMap) -> bool {
    let bearer = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok());
    bearer == Some(&format!("Bearer {TOKEN}"))
}

async fn send(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
    Json(body): Json<Value>,
) -> Response {
    if !is_ours(&headers) {
        return error(401, 190, "token");
    }
    if body["status"] == "read" {
        let mut world = shared.now();
        if let Some(Way::Refuse(status, code)) = world.always {
            return error(status, code, "always");
        }
        world.marks.push(body);
        return Json(json!({"success": true})).into_response();
    }
    let way = {
        let mut world = shared.now();
        let way = world.ways.pop_front().or(world.always);
        match way {
            Some(Way::Refuse(status, code)) => return error(status, code, "on demand"),
            Some(Way::Gateway(status)) => {
                return (
                    StatusCode::from_u16(status).unwrap(),
                    "<html>Bad gateway</html>",
                )
                    .into_response();
            }
            Some(Way::Take) | None => None,
            Some(Way::TakeInSilence) => way,
        }
    };
    let answer = match take(&shared, &body) {
        Ok((id, to)) => {
            tell(&shared, &id, &to, &body).await;
            json!({"messaging_product": "whatsapp",
                "contacts": [{"input": to, "wa_id": to}],
                "messages": [{"id": id, "message_status": "accepted"}]})
        }
        Err((code, details)) => {
            shared.now().refused.push((code, details, body));
            shared.news.notify_waiters();
            return error(400, code, details);
        }
    };
    shared.news.notify_waiters();
    if way.is_some() {
        std::future::pending::<()>().await;
    }
    Json(answer).into_response()
}

/// Takes a message; gives its id and whom it went to.
fn take(shared: &Shared, body: &Value) -> Result<(String, String), (i64, &'static str)> {
    let mut world = shared.now();
    let to = body["to"]
        .as_str()
        .or(body["recipient"].as_str())
        .unwrap_or_default()
        .to_owned();
    world.made += 1;
    let id = format!(
        "wamid.{}",
        STANDARD.encode(format!("HBgMOTY2-{:06}", world.made))
    );
    if body["to"].as_str().is_some_and(|to| to.contains('.')) {
        world.dropped.push(body.clone());
        return Ok((id, to));
    }
    let known = Known {
        uploads: &world.uploads,
        templates: &world.templates,
        window_open: world.open.contains(&to),
    };
    judge(body, &known)?;
    world.taken.push(Taken {
        to: to.clone(),
        body: body.clone(),
    });
    Ok((id, to))
}

/// Statuses by webhook: before our call returns when they are wild, else after it.
async fn tell(shared: &Arc<Shared>, id: &str, to: &str, body: &Value) {
    let (how, webhook) = {
        let world = shared.now();
        (world.statuses, world.webhook.clone())
    };
    let (Some(how), Some(webhook)) = (how, webhook) else {
        return;
    };
    let status = |word: &str| {
        json!({"id": id, "status": word, "timestamp": "1767225660", "recipient_id": to,
            "biz_opaque_callback_data": body["biz_opaque_callback_data"]})
    };
    let words: &[&str] = match how {
        Statuses::Orderly => &["sent", "delivered", "read"],
        Statuses::Wild => &["delivered", "sent", "sent", "delivered", "teleported"],
    };
    let all: Vec<Value> = words.iter().map(|word| status(word)).collect();
    let posted = async move {
        for one in all {
            let _ = post_webhook(&webhook, &delivery(json!({"statuses": [one]}))).await;
        }
    };
    match how {
        Statuses::Wild => posted.await,
        _ => drop(tokio::spawn(posted)),
    }
}

/// A value of the field `messages`, as the platform wraps it.
pub fn delivery(mut value: Value) -> Value {
    value["messaging_product"] = json!("whatsapp");
    value["metadata"] = json!({"display_phone_number": DIALLED, "phone_number_id": NUMBER});
    json!({"object": "whatsapp_business_account", "entry": [
        {"id": BUSINESS, "changes": [{"field": "messages", "value": value}]}]})
}

pub fn signature(body: &[u8]) -> String {
    let mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).unwrap();
    let digest = mac.chain_update(body).finalize().into_bytes();
    let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("sha256={hex}")
}

/// Brings a delivery; gives the status of the answer.
pub async fn post_webhook(webhook: &str, body: &Value) -> u16 {
    // The platform escapes what is not ASCII.
    let bytes = escaped(&body.to_string()).into_bytes();
    let sent = reqwest::Client::new()
        .post(webhook)
        .header("x-hub-signature-256", signature(&bytes))
        .header("content-type", "application/json")
        .timeout(Duration::from_secs(60))
        .body(bytes)
        .send()
        .await;
    sent.map_or(0, |answer| answer.status().as_u16())
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut units = [0; 2];
    for c in text.chars() {
        match c.is_ascii() {
            true => escaped.push(c),
            false => {
                for unit in c.encode_utf16(&mut units) {
                    escaped.push_str(&format!("\\u{unit:04x}"));
                }
            }
        }
    }
    escaped
}

async fn upload(State(shared): State<Arc<Shared>>, headers: HeaderMap, body: Bytes) -> Response {
    if !is_ours(&headers) {
        return error(401, 190, "token");
    }
    let words = String::from_utf8_lossy(&body);
    let whole = [
        "name=\"messaging_product\"",
        "name=\"type\"",
        "name=\"file\"",
    ];
    if !whole.iter().all(|part| words.contains(part)) {
        return error(400, 100, "parts of the form");
    }
    let mut world = shared.now();
    world.made += 1;
    let id = format!("{}", 700_000_000_000_u64 + world.made);
    world.uploads.insert(id.clone());
    Json(json!({"id": id})).into_response()
}

/// Our number, or where a file lies.
async fn look(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Response {
    if !is_ours(&headers) {
        return error(401, 190, "token");
    }
    if id == NUMBER {
        return Json(
            json!({"id": NUMBER, "display_phone_number": "+966 11 234 5678",
            "verified_name": "جمعية وصل التجريبية", "quality_rating": "GREEN",
            "code_verification_status": "VERIFIED"}),
        )
        .into_response();
    }
    let mut world = shared.now();
    world.asked_for_files += 1;
    let count = world.asked_for_files;
    let url = match world.files.get(&id) {
        None | Some(File::Gone) => return error(400, 100, "Object does not exist"),
        Some(File::Elsewhere(url)) => url.clone(),
        Some(_) => format!("{}/file/{id}/{count}", shared.origin),
    };
    Json(
        json!({"messaging_product": "whatsapp", "id": id, "url": url, "mime_type": "image/jpeg",
        "file_size": "1000"}),
    )
    .into_response()
}

async fn file(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
    Path((id, _count)): Path<(String, usize)>,
) -> Response {
    if !is_ours(&headers) {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    let mut world = shared.now();
    let found = world.files.get(&id).cloned();
    match found {
        Some(File::Whole(bytes)) => bytes.into_response(),
        Some(File::Lying(mut bytes)) => {
            bytes.push(0);
            bytes.into_response()
        }
        Some(File::ExpiredOnce(bytes)) => {
            world.files.insert(id, File::Whole(bytes));
            StatusCode::NOT_FOUND.into_response()
        }
        Some(File::Endless) => {
            let chunks = futures_util::stream::unfold((), |()| async {
                tokio::task::yield_now().await;
                Some((
                    Ok::<_, std::io::Error>(Bytes::from_static(&[7; 64 * 1024])),
                    (),
                ))
            });
            Body::from_stream(chunks).into_response()
        }
        Some(File::Gone | File::Elsewhere(_)) | None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn subscribe(State(shared): State<Arc<Shared>>) -> Response {
    shared.now().subscribed = true;
    Json(json!({"success": true})).into_response()
}

async fn templates(State(shared): State<Arc<Shared>>, headers: HeaderMap) -> Response {
    if !is_ours(&headers) {
        return error(401, 190, "token");
    }
    let world = shared.now();
    if let Some(Way::Refuse(status, code)) = world.always {
        return error(status, code, "always");
    }
    let row = |name: &str, language: &str, state: &str| json!({"name": name, "language": language, "status": state, "category": "UTILITY"});
    let good = world.templates.iter();
    let good = good.map(|(name, language, _)| row(name, language, "APPROVED"));
    let others = world.unapproved.iter();
    let others = others.map(|(name, language, state)| row(name, language, state));
    Json(json!({"data": good.chain(others).collect::<Vec<_>>()})).into_response()
}

async fn submit(State(shared): State<Arc<Shared>>, Json(body): Json<Value>) -> Response {
    let text = body["components"][0]["text"].as_str().unwrap_or_default();
    if text.trim_start().starts_with("{{") || text.trim_end().ends_with("}}") {
        return error(400, 100, "a variable at the start or end");
    }
    shared.now().submitted.push(body);
    Json(json!({"id": "1", "status": "PENDING", "category": "UTILITY"})).into_response()
}

/// The digest of a file as webhooks tell it.
pub fn digest(bytes: &[u8]) -> String {
    STANDARD.encode(Sha256::digest(bytes))
}
