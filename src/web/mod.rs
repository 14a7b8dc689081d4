//! The web server: the router, and in front of it what protects it. It decides nothing about what is
//! said; the pages live in rooms of their own.

pub mod assets;
pub mod budget;
pub mod chat;
pub mod door;
pub mod file;
pub mod headers;
pub mod health;
pub mod limits;
pub mod link;
pub mod plain;
pub mod serve;
pub mod session;
pub mod shelf;
mod stall;
pub mod texts;
pub mod way;
pub mod webhook;
pub mod widget;
pub mod wrong;

#[cfg(test)]
mod tests;

use std::any::Any;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::extract::{DefaultBodyLimit, MatchedPath, Request};
use axum::http::header::CONTENT_TYPE;
use axum::http::{Extensions, HeaderMap, HeaderValue, StatusCode, Version};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get, post};
use axum::{Extension, Router};
use tokio_util::sync::CancellationToken;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::decompression::RequestDecompressionLayer;

pub use serve::serve;

use crate::config::{PublicUrl, Sites, TrustedProxy};
use crate::console::{self, Console, visit::Caller};
use door::Door;
use limits::Limits;
use shelf::{Shelf, Shelves};
use way::Way;
use wrong::Wrong;

/// A request whose head or body is not whole by then is cut off, and so is a reader that takes nothing
/// (DESIGN section 2); an upload may take longer, but not be silent longer.
pub const SILENCE: Duration = Duration::from_secs(30);

/// What all handlers share. Cheap to clone.
#[derive(Clone)]
pub struct Site(Arc<Inner>);

struct Inner {
    door: Door,
    shelves: Shelves,
    options: Options,
    limits: Limits,
    watch: chat::watch::Watch,
    pictures: chat::picture::Desk,
    closing: CancellationToken,
}

/// What the settings say about the server.
pub struct Options {
    pub public_url: PublicUrl,
    pub trusted_proxy: TrustedProxy,
    /// Sites that may show the chat in a frame.
    pub sites: Sites,
    /// How long anything may be silent: a head, a body, a reader. [`SILENCE`] but for tests.
    pub silence: Duration,
    /// The pages of staff.
    pub console: Console,
    /// Writes out what was counted, as Prometheus reads it.
    pub numbers: Box<dyn Fn() -> String + Send + Sync>,
}

impl Site {
    pub fn new(door: Door, shelves: Shelves, options: Options) -> Site {
        Site(Arc::new(Inner {
            door,
            shelves,
            options,
            limits: Limits::default(),
            watch: chat::watch::Watch::default(),
            pictures: chat::picture::Desk::default(),
            closing: CancellationToken::new(),
        }))
    }

    pub fn door(&self) -> &Door {
        &self.0.door
    }

    /// Whether people reach us by https: cookies and headers differ.
    pub fn https(&self) -> bool {
        self.0.options.public_url.is_https()
    }

    /// The words and files of today.
    pub fn shelf(&self) -> Arc<Shelf> {
        self.0.shelves.current()
    }

    pub fn sites(&self) -> &Sites {
        &self.0.options.sites
    }

    pub fn trusted_proxy(&self) -> &TrustedProxy {
        &self.0.options.trusted_proxy
    }

    pub fn limits(&self) -> &Limits {
        &self.0.limits
    }

    pub fn watch(&self) -> &chat::watch::Watch {
        &self.0.watch
    }

    pub fn pictures(&self) -> &chat::picture::Desk {
        &self.0.pictures
    }

    pub fn silence(&self) -> Duration {
        self.0.options.silence
    }

    /// Cancelled when the server begins to close.
    pub fn closing(&self) -> &CancellationToken {
        &self.0.closing
    }

    pub fn numbers(&self) -> String {
        (self.0.options.numbers)()
    }
}

/// The table of contents.
pub fn router(site: Site) -> Router {
    let pages = talk(Way::Page)
        .merge(
            talk(Way::Anonymous)
                .merge(chat::anonymous::ending())
                .route_layer(from_fn_with_state(
                    site.clone(),
                    chat::anonymous::where_spoken,
                )),
        )
        .merge(match site.sites().is_empty() {
            true => Router::new(),
            false => talk(Way::Frame),
        })
        .route("/chat/files/{*path}", get(chat::files::show))
        .route_layer(guard(&site))
        .route_layer(from_fn_with_state(site.clone(), limits::count));
    // Bodies are bounded as they are read, behind the decompression.
    let webhooks = Router::new()
        .route("/webhooks/{channel}", any(webhook::take))
        .route("/webhooks/{channel}/{below}", any(webhook::take_below))
        .route_layer(RequestDecompressionLayer::new().gzip(true));
    // Without the guard: mail programs unsubscribe from elsewhere, and no cookie gives these links a power.
    let links = Router::new()
        .route("/a/{link}", get(link::show).post(link::press))
        .route_layer(from_fn_with_state(site.clone(), limits::count));
    let staff = console::router(site.0.options.console.clone())
        .route_layer(guard(&site))
        .route_layer(from_fn(called))
        .route_layer(from_fn_with_state(site.clone(), limits::count));
    Router::new()
        .merge(pages)
        .merge(webhooks)
        .merge(links)
        .merge(staff)
        .route("/widget.js", get(widget::show))
        .route("/assets/{name}", get(assets::show))
        .route("/healthz", get(health::live))
        .route("/readyz", get(health::ready))
        .route("/metrics", get(health::numbers))
        .fallback(async || Wrong::Missing)
        .method_not_allowed_fallback(async || Wrong::Method)
        .layer(from_fn(measure))
        .layer(DefaultBodyLimit::disable())
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn_with_state(site.clone(), wrong::tell))
        .layer(CompressionLayer::new().compress_when(is_words))
        .layer(from_fn_with_state(site.clone(), headers::add))
        .with_state(site)
}

/// Tells the console who calls, as the counters see it.
async fn called(mut request: Request, next: Next) -> Response {
    if let Some(client) = request.extensions().get::<limits::Client>() {
        let caller = Caller(client.0);
        request.extensions_mut().insert(caller);
    }
    next.run(request).await
}

/// The chat, on one of the ways in.
fn talk(way: Way) -> Router<Site> {
    let below = |path: &str| format!("{}/chat/{path}", way.base());
    Router::new()
        .route(way.page(), get(chat::page::show))
        .route(&below("open"), post(chat::open::create))
        .route(&below("messages"), post(chat::message::create))
        .route(&below("events"), get(chat::events::follow))
        .route(&below("history"), get(chat::history::show))
        .route(&below("attachments"), post(chat::attachment::create))
        .route(&below("attachments/{id}"), get(chat::attachment::show))
        .route(
            &below("attachments/{id}/preview"),
            get(chat::attachment::preview),
        )
        .layer(Extension(way))
}

/// Pictures, recordings and documents are small already, and a player's part must stay that part; events
/// would wait for company.
fn is_words(_: StatusCode, _: Version, headers: &HeaderMap, _: &Extensions) -> bool {
    let kind = headers
        .get(CONTENT_TYPE)
        .map_or(&[][..], HeaderValue::as_bytes);
    let words: [&[u8]; 3] = [b"text/", b"application/json", b"image/svg+xml"];
    words.iter().any(|one| kind.starts_with(one)) && !kind.starts_with(b"text/event-stream")
}

/// Posts come from our own page or from no page at all.
fn guard(
    site: &Site,
) -> CsrfLayer<impl Fn(tower_http::csrf::ProtectionError) -> Response + Clone + use<>> {
    let origin = site.0.options.public_url.origin();
    CsrfLayer::new()
        .add_trusted_origin(origin)
        .unwrap_or_default()
        .with_rejection_response(|_| Wrong::Origin.into_response())
}

/// The cause is in the log by the panic hook; the person hears that it was us.
fn panicked(_: Box<dyn Any + Send + 'static>) -> Response {
    tracing::error!("a handler panicked");
    Wrong::Fault.into_response()
}

/// Counts by route, never by address or path: paths hold ids.
async fn measure(request: Request, next: Next) -> Response {
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or("none", MatchedPath::as_str)
        .to_string();
    let began = Instant::now();
    let response = next.run(request).await;
    let status = response.status().as_u16().to_string();
    metrics::counter!("wasl_http_requests_total", "route" => route.clone(), "status" => status)
        .increment(1);
    metrics::histogram!("wasl_http_request_seconds", "route" => route)
        .record(began.elapsed().as_secs_f64());
    response
}
