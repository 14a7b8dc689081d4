//! `/webhooks/<channel>…`: the platforms bring what people said. A request is read by its channel, which
//! first asks whether it is genuine; 200 only after the commit, 503 where it must come again. Never
//! limited by pace: a platform has one address for everybody.

use axum::body::Body;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::{IntoResponse, Response};

use super::Site;
use super::chat::body;
use super::wrong::Wrong;
use crate::channel::{Heard, Request};

/// Webhooks of a channel's own address.
pub async fn take(
    State(site): State<Site>,
    Path(channel): Path<String>,
    query: RawQuery,
    method: Method,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Wrong> {
    hear(&site, (&channel, ""), query, method, headers, body).await
}

/// Webhooks below it: one for each kind of sender.
pub async fn take_below(
    State(site): State<Site>,
    Path((channel, below)): Path<(String, String)>,
    query: RawQuery,
    method: Method,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Wrong> {
    hear(&site, (&channel, &below), query, method, headers, body).await
}

async fn hear(
    site: &Site,
    (name, below): (&str, &str),
    RawQuery(query): RawQuery,
    method: Method,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Wrong> {
    let channel = site.door().channel(name).map_err(|_| Wrong::Busy)?;
    let channel = channel.ok_or(Wrong::Missing)?;
    let most = channel.body_bytes_max();
    let body = body::read_most(&headers, body, site.silence(), most).await?;
    let request = Request {
        method: &method,
        below,
        query: query.as_deref().unwrap_or_default(),
        headers: &headers,
        body: &body,
        now: chrono::Utc::now().timestamp_millis(),
        seed: crate::event::Seed(rand::random()),
    };
    let heard = channel.hear(&request);
    metrics::counter!("wasl_webhooks_total", "channel" => channel.name(), "end" => end(&heard))
        .increment(1);
    match heard {
        Heard::Say { status, body } => Ok((status, body).into_response()),
        Heard::Took(took) => match site.door().hear(&channel, took).await {
            Ok(true) => Ok(StatusCode::OK.into_response()),
            Ok(false) | Err(_) => Err(Wrong::Busy),
        },
    }
}

fn end(heard: &Heard) -> &'static str {
    match heard {
        Heard::Took(_) => "took",
        Heard::Say { status, .. } if status.is_success() => "said",
        Heard::Say { .. } => "refused",
    }
}
