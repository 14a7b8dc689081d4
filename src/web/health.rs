//! What machines ask: does the process live, can it take events, and its numbers. Nothing personal.

use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

use super::Site;

/// `GET /healthz`: the process lives.
pub async fn live() -> Response {
    plain(StatusCode::OK, "ok".to_string())
}

/// `GET /readyz`: an event could be taken now; otherwise 503 with the reason.
pub async fn ready(State(site): State<Site>) -> Response {
    if site.closing().is_cancelled() {
        return plain(StatusCode::SERVICE_UNAVAILABLE, "closing".to_string());
    }
    match site.door().ready().await {
        Ok(()) => plain(StatusCode::OK, "ready".to_string()),
        Err(unavailable) => plain(StatusCode::SERVICE_UNAVAILABLE, unavailable.to_string()),
    }
}

/// `GET /metrics`, as Prometheus reads it.
pub async fn numbers(State(site): State<Site>) -> Response {
    plain(StatusCode::OK, site.numbers())
}

fn plain(status: StatusCode, text: String) -> Response {
    (
        status,
        [
            (CONTENT_TYPE, "text/plain; charset=utf-8"),
            (CACHE_CONTROL, "no-store"),
        ],
        text,
    )
        .into_response()
}
