//! What can go wrong at the door, and how it is told: to a browser as a page, to the page's script as
//! JSON, always in kind words from `page.yaml` and with what to do next. Never tells inner reasons.

use axum::extract::{Request, State};
use axum::http::header::{ACCEPT, CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER, VARY};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::session::language_of;
use super::shelf::Shelf;
use super::way::Way;
use super::{Site, plain};
use crate::channel::web::FILE_BYTES_MAX;
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
    /// A file that no text of today names.
    NoFile,
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
            Wrong::Missing | Wrong::NoFile => StatusCode::NOT_FOUND,
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
            Wrong::NoFile => "wrong_no_file",
            Wrong::Method => "wrong_method",
            Wrong::Fault => "wrong_fault",
        }
    }

    fn text(self, shelf: &Shelf, language: Lang) -> String {
        let mebibytes = (FILE_BYTES_MAX / (1024 * 1024)).to_string();
        let text = shelf.texts.say(self.name(), language);
        text.replace("{n}", &mebibytes)
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
            | Wrong::NoFile
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
pub async fn tell(State(site): State<Site>, request: Request, next: Next) -> Response {
    let way = Way::of_path(request.uri().path());
    let language = language_of(request.uri(), request.headers());
    let html = accepts(request.headers(), "text/html");
    let response = next.run(request).await;
    let Some(&wrong) = response.extensions().get::<Wrong>() else {
        return response;
    };
    let shelf = site.shelf();
    let words = match html {
        true => (
            "text/html; charset=utf-8",
            page(wrong, &shelf, way, language),
        ),
        false => ("application/json", json(wrong, &shelf)),
    };
    in_words(wrong, response, words)
}

fn in_words(wrong: Wrong, bare: Response, (kind, body): (&'static str, String)) -> Response {
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

fn json(wrong: Wrong, shelf: &Shelf) -> String {
    serde_json::json!({
        "error": wrong.name(),
        "texts": {"ar": wrong.text(shelf, Lang::Ar), "en": wrong.text(shelf, Lang::En)},
    })
    .to_string()
}

fn page(wrong: Wrong, shelf: &Shelf, way: Way, reader: Lang) -> String {
    let title = wrong.status().as_u16().to_string();
    let words = |language| wrong.text(shelf, language);
    plain::page(shelf, reader, &title, words, &[(way.page(), "to_chat")])
}
