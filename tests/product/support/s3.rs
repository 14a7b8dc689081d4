//! A stand-in for an S3-compatible store, on loopback: it proves every signature, keeps what it is given,
//! and can fail, hang or lose its answers. Included by the tests of `store` too.
#![allow(dead_code)]

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, Request, StatusCode};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, SecondsFormat, Utc};
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use tokio_util::task::AbortOnDropHandle;

pub const BUCKET: &str = "files";
pub const REGION: &str = "us-east-1";
pub const ACCESS_KEY: &str = "INVENTEDACCESSKEY";
pub const SECRET_KEY: &str = "an-invented-secret-of-the-access-key";

/// Names told at once: few, so that a list has several pages.
const PAGE_NAMES: usize = 2;

/// How it behaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    Well,
    /// Refuses so many requests, without doing anything.
    Fails {
        status: u16,
        times: usize,
    },
    /// Keeps what so many requests bring, and answers as if it had not.
    LosesAnswers {
        times: usize,
    },
    /// Never answers.
    Hangs,
}

/// A store with one bucket; gone when it is dropped.
pub struct Standin {
    /// `http://127.0.0.1:port`.
    pub origin: String,
    shelf: Arc<Mutex<Shelf>>,
    _task: AbortOnDropHandle<()>,
}

struct Shelf {
    mood: Mood,
    objects: BTreeMap<String, (Vec<u8>, DateTime<Utc>)>,
    /// Method and name of every request that was signed well.
    asked: Vec<String>,
}

impl Standin {
    pub async fn start() -> Standin {
        Standin::at("127.0.0.1:0").await
    }

    /// Listens at `host:port`.
    pub async fn at(address: &str) -> Standin {
        let listener = tokio::net::TcpListener::bind(address).await;
        let listener = listener.expect("a free port");
        let address = listener.local_addr().expect("it listens");
        let shelf = Arc::new(Mutex::new(Shelf {
            mood: Mood::Well,
            objects: BTreeMap::new(),
            asked: Vec::new(),
        }));
        let router = Router::new().fallback(answer).with_state(shelf.clone());
        let task = tokio::spawn(async move {
            let _ = axum::serve(listener, router).await;
        });
        Standin {
            origin: format!("http://{address}"),
            shelf,
            _task: AbortOnDropHandle::new(task),
        }
    }

    /// An address where nobody listens, and where [`Standin::at`] can begin to.
    pub fn nobody() -> String {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
        listener.local_addr().expect("it listens").to_string()
    }

    pub fn becomes(&self, mood: Mood) {
        lock(&self.shelf).mood = mood;
    }

    /// What lies in the bucket, by name.
    pub fn objects(&self) -> BTreeMap<String, Vec<u8>> {
        let shelf = lock(&self.shelf);
        let objects = shelf.objects.iter();
        objects
            .map(|(name, (bytes, _))| (name.clone(), bytes.clone()))
            .collect()
    }

    /// Loses everything that it keeps.
    pub fn forgets(&self) {
        lock(&self.shelf).objects.clear();
    }

    /// What was asked since the last time.
    pub fn asked(&self) -> Vec<String> {
        std::mem::take(&mut lock(&self.shelf).asked)
    }
}

fn lock(shelf: &Mutex<Shelf>) -> MutexGuard<'_, Shelf> {
    shelf.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn answer(
    State(shelf): State<Arc<Mutex<Shelf>>>,
    request: Request<axum::body::Body>,
) -> Response {
    let (head, body) = request.into_parts();
    let Ok(body) = axum::body::to_bytes(body, usize::MAX).await else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    if let Err(code) = signed(&head, &body) {
        return refusal(&head, StatusCode::FORBIDDEN, code);
    }
    let mood = {
        let mut shelf = lock(&shelf);
        shelf
            .asked
            .push(format!("{} {}", head.method, head.uri.path()));
        shelf.mood
    };
    match mood {
        Mood::Hangs => std::future::pending().await,
        Mood::Fails { status, times } if times > 0 => {
            let times = times - 1;
            lock(&shelf).mood = Mood::Fails { status, times };
            let status = StatusCode::from_u16(status).expect("a status");
            refusal(&head, status, "InternalError")
        }
        Mood::LosesAnswers { times } if times > 0 && head.method == Method::PUT => {
            let times = times - 1;
            lock(&shelf).mood = Mood::LosesAnswers { times };
            let _ = done(&head, body, &mut lock(&shelf));
            refusal(&head, StatusCode::INTERNAL_SERVER_ERROR, "InternalError")
        }
        Mood::Well | Mood::Fails { .. } | Mood::LosesAnswers { .. } => {
            done(&head, body, &mut lock(&shelf))
        }
    }
}

fn done(head: &Parts, body: Bytes, shelf: &mut Shelf) -> Response {
    let path = decoded(head.uri.path());
    let (bucket, name) = path[1..].split_once('/').unwrap_or((&path[1..], ""));
    if bucket != BUCKET {
        return refusal(head, StatusCode::NOT_FOUND, "NoSuchBucket");
    }
    if name.is_empty() {
        return list(head, shelf);
    }
    match head.method {
        Method::PUT => {
            let tag = tag(&body);
            shelf
                .objects
                .insert(name.to_owned(), (body.to_vec(), Utc::now()));
            [("etag", tag)].into_response()
        }
        Method::GET | Method::HEAD => match shelf.objects.get(name) {
            Some((bytes, _)) => ([("etag", tag(bytes))], bytes.clone()).into_response(),
            None => refusal(head, StatusCode::NOT_FOUND, "NoSuchKey"),
        },
        Method::DELETE => {
            shelf.objects.remove(name);
            StatusCode::NO_CONTENT.into_response()
        }
        _ => refusal(head, StatusCode::NOT_IMPLEMENTED, "NotImplemented"),
    }
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html>
fn list(head: &Parts, shelf: &Shelf) -> Response {
    let query = head.uri.query().unwrap_or_default();
    let asked: BTreeMap<String, String> = query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .map(|(name, value)| (decoded(name), decoded(value)))
        .collect();
    if head.method != Method::GET || asked.get("list-type").map(String::as_str) != Some("2") {
        return refusal(head, StatusCode::NOT_IMPLEMENTED, "NotImplemented");
    }
    let prefix = asked.get("prefix").cloned().unwrap_or_default();
    let from: usize = asked
        .get("continuation-token")
        .map_or(0, |token| token.parse().expect("our own token"));
    let found: Vec<_> = shelf
        .objects
        .iter()
        .filter(|(name, _)| name.starts_with(&prefix))
        .collect();
    let contents: String = found
        .iter()
        .skip(from)
        .take(PAGE_NAMES)
        .map(|(name, (bytes, at))| {
            let at = at.to_rfc3339_opts(SecondsFormat::Millis, true);
            let size = bytes.len();
            format!("<Contents><Key>{name}</Key><LastModified>{at}</LastModified><Size>{size}</Size></Contents>")
        })
        .collect();
    let next = match from + PAGE_NAMES < found.len() {
        true => format!(
            "<NextContinuationToken>{}</NextContinuationToken>",
            from + PAGE_NAMES
        ),
        false => String::new(),
    };
    format!("<ListBucketResult>{contents}{next}</ListBucketResult>").into_response()
}

/// As S3 refuses: with the access key in it, which must go no further.
fn refusal(head: &Parts, status: StatusCode, code: &str) -> Response {
    match head.method {
        Method::HEAD => status.into_response(),
        _ => {
            let text = format!(
                "<?xml version=\"1.0\"?><Error><Code>{code}</Code><Message>No.</Message>\
                 <AWSAccessKeyId>{ACCESS_KEY}</AWSAccessKeyId></Error>"
            );
            (status, text).into_response()
        }
    }
}

/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html>
fn signed(head: &Parts, body: &[u8]) -> Result<(), &'static str> {
    let given = header(&head.headers, "authorization");
    let Some(given) = given.strip_prefix("AWS4-HMAC-SHA256 ") else {
        return Err("AccessDenied");
    };
    let part = |name: &str| {
        given
            .split(", ")
            .find_map(|part| part.strip_prefix(name))
            .unwrap_or_default()
    };
    let (key, scope) = part("Credential=").split_once('/').unwrap_or_default();
    if key != ACCESS_KEY {
        return Err("InvalidAccessKeyId");
    }
    let at = header(&head.headers, "x-amz-date");
    let day = at.split('T').next().unwrap_or_default();
    let digest = hex(&Sha256::digest(body));
    let names = part("SignedHeaders=");
    let signs = |name: &str| names.split(';').any(|one| one == name);
    if scope != format!("{day}/{REGION}/s3/aws4_request")
        || header(&head.headers, "x-amz-content-sha256") != digest
        || !["host", "x-amz-content-sha256", "x-amz-date"]
            .into_iter()
            .all(signs)
    {
        return Err("AccessDenied");
    }
    let headers: String = names
        .split(';')
        .map(|name| format!("{name}:{}\n", header(&head.headers, name)))
        .collect();
    let mut query: Vec<&str> = head.uri.query().unwrap_or_default().split('&').collect();
    query.sort_unstable();
    let request = [
        head.method.as_str(),
        head.uri.path(),
        &query.join("&"),
        &headers,
        names,
        &digest,
    ]
    .join("\n");
    let digest = hex(&Sha256::digest(request));
    let signs = format!("AWS4-HMAC-SHA256\n{at}\n{scope}\n{digest}");
    let mut key = format!("AWS4{SECRET_KEY}").into_bytes();
    for part in [day, REGION, "s3", "aws4_request"] {
        key = mac(&key, part);
    }
    match hex(&mac(&key, &signs)) == part("Signature=") {
        true => Ok(()),
        false => Err("SignatureDoesNotMatch"),
    }
}

fn mac(key: &[u8], text: &str) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("a key of any length");
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    let value = headers.get(name).and_then(|value| value.to_str().ok());
    value.unwrap_or_default().trim()
}

fn tag(bytes: &[u8]) -> String {
    format!("\"{}\"", hex(&Sha256::digest(bytes)[..16]))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Without its percent signs.
fn decoded(text: &str) -> String {
    let mut parts = text.split('%');
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        bytes.push(u8::from_str_radix(&part[..2], 16).expect("two digits behind a percent sign"));
        bytes.extend_from_slice(&part.as_bytes()[2..]);
    }
    String::from_utf8(bytes).expect("UTF-8")
}
