//! What can go wrong at the door, and how it is told: to a browser as a page, to the page's script as
//! JSON, always in kind words from `page.yaml` and with what to do next. Never tells inner reasons.

use askama::Template;
use axum::extract::Request;
use axum::http::header::{ACCEPT, CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER, VARY};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::assets;
use super::session::language_of;
use super::texts;
use crate::channel::web::{FILE_BYTES_MAX, language};
use crate::text::lang::Lang;

/// Seconds after which a browser may come back when we could not take its message.
pub const BUSY_RETRY_SECS: u64 = 2;

/// Everything that the web room itself answers badly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// Not what was agreed: bad JSON, bad UTF-8, a field missing.
    Bad,
    TooLong,
    TooLarge,
    /// A kind of file that we do not take.
    Kind,
    Empty,
    /// A picture that cannot be opened, or only at the price of all our memory.
    Damaged,
    /// The body stopped coming.
    Slow,
    /// Not stored: the database or the queue cannot take it now.
    Busy,
    /// Too many requests of one address; the seconds to wait.
    Often(u64),
    Origin,
    Missing,
    Method,
    Fault,
}

impl Wrong {
    pub fn status(self) -> StatusCode {
        match self {
            Wrong::Bad => StatusCode::BAD_REQUEST,
            Wrong::TooLong | Wrong::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Wrong::Kind => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Wrong::Empty | Wrong::Damaged => StatusCode::UNPROCESSABLE_ENTITY,
            Wrong::Slow => StatusCode::REQUEST_TIMEOUT,
            Wrong::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Wrong::Often(_) => StatusCode::TOO_MANY_REQUESTS,
            Wrong::Origin => StatusCode::FORBIDDEN,
            Wrong::Missing => StatusCode::NOT_FOUND,
            Wrong::Method => StatusCode::METHOD_NOT_ALLOWED,
            Wrong::Fault => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Its sentence in `page.yaml`.
    fn name(self) -> &'static str {
        match self {
            Wrong::Bad => "wrong_bad",
            Wrong::TooLong => "wrong_too_long",
            Wrong::TooLarge => "wrong_too_large",
            Wrong::Kind => "wrong_kind",
            Wrong::Empty => "wrong_empty",
            Wrong::Damaged => "wrong_damaged",
            Wrong::Slow => "wrong_slow",
            Wrong::Busy => "wrong_busy",
            Wrong::Often(_) => "wrong_often",
            Wrong::Origin => "wrong_origin",
            Wrong::Missing => "wrong_missing",
            Wrong::Method => "wrong_method",
            Wrong::Fault => "wrong_fault",
        }
    }

    fn text(self, language: Lang) -> String {
        let mebibytes = (FILE_BYTES_MAX / (1024 * 1024)).to_string();
        texts::say(self.name(), language).replace("{n}", &mebibytes)
    }

    fn retry_after(self) -> Option<u64> {
        match self {
            Wrong::Busy => Some(BUSY_RETRY_SECS),
            Wrong::Often(seconds) => Some(seconds),
            Wrong::Bad
            | Wrong::TooLong
            | Wrong::TooLarge
            | Wrong::Kind
            | Wrong::Empty
            | Wrong::Damaged
            | Wrong::Slow
            | Wrong::Origin
            | Wrong::Missing
            | Wrong::Method
            | Wrong::Fault => None,
        }
    }
}

/// Only the status; [`tell`] gives it words, because only there the reader is known.
impl IntoResponse for Wrong {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// Gives every wrong its words, as the reader can take them.
pub async fn tell(request: Request, next: Next) -> Response {
    let headers = request.headers().clone();
    let language = language_of(request.uri(), &headers);
    let response = next.run(request).await;
    match response.extensions().get::<Wrong>() {
        Some(&wrong) => in_words(wrong, response, &headers, language),
        None => response,
    }
}

fn in_words(wrong: Wrong, bare: Response, headers: &HeaderMap, language: Lang) -> Response {
    let (kind, body) = match accepts(headers, "text/html") {
        true => ("text/html; charset=utf-8", page(wrong, language)),
        false => ("application/json", json(wrong)),
    };
    let (mut parts, _) = bare.into_parts();
    parts
        .headers
        .insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    parts
        .headers
        .insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    parts
        .headers
        .insert(VARY, HeaderValue::from_static("accept, cookie"));
    if let Some(seconds) = wrong.retry_after() {
        parts
            .headers
            .insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    Response::from_parts(parts, body.into())
}

/// A browser that navigates names HTML; our script and machines do not.
pub fn accepts(headers: &HeaderMap, kind: &str) -> bool {
    headers
        .get_all(ACCEPT)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .any(|value| value.contains(kind))
}

fn json(wrong: Wrong) -> String {
    serde_json::json!({
        "error": wrong.name(),
        "texts": {"ar": wrong.text(Lang::Ar), "en": wrong.text(Lang::En)},
    })
    .to_string()
}

#[derive(Template)]
#[template(path = "web/wrong.html", config = "src/web/askama.toml")]
struct Page {
    language: &'static str,
    direction: &'static str,
    other_language: &'static str,
    title: String,
    first: String,
    second: String,
    back: &'static str,
    icon: String,
    style: String,
}

fn page(wrong: Wrong, reader: Lang) -> String {
    let other = other(reader);
    Page {
        language: language(reader),
        direction: direction(reader),
        other_language: language(other),
        title: wrong.status().as_u16().to_string(),
        first: wrong.text(reader),
        second: wrong.text(other),
        back: texts::say("to_chat", reader),
        icon: assets::icon(),
        style: assets::style(),
    }
    .render()
    .unwrap_or_else(|_| wrong.text(reader))
}

pub fn other(language: Lang) -> Lang {
    match language {
        Lang::Ar => Lang::En,
        Lang::En => Lang::Ar,
    }
}

pub fn direction(language: Lang) -> &'static str {
    match language {
        Lang::Ar => "rtl",
        Lang::En => "ltr",
    }
}
