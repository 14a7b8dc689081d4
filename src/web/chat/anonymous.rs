//! What belongs to `/anonymous` alone: that it is there where the charity has a dialog for it, and that
//! whoever spoke there can leave nothing behind on the device.

use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderMap, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Extension, Router};

use crate::web::Site;
use crate::web::plain;
use crate::web::session::{forgotten, language_of, set};
use crate::web::way::Way;
use crate::web::wrong::Wrong;

const LEFT: &str = "/anonymous/left";

pub fn ending() -> Router<Site> {
    Router::new()
        .route("/anonymous/leave", post(leave))
        .route(LEFT, get(left))
        .layer(Extension(Way::Anonymous))
}

/// A charity without such a dialog has no such page.
pub async fn where_spoken(State(site): State<Site>, request: Request, next: Next) -> Response {
    match site.door().speaks_without_names() {
        true => next.run(request).await,
        false => Wrong::Missing.into_response(),
    }
}

/// `POST /anonymous/leave`: the browser forgets the session. What was said stays with the charity.
async fn leave(State(site): State<Site>) -> Response {
    let mut response = Redirect::to(LEFT).into_response();
    let cookie = forgotten(Way::Anonymous, site.https());
    set(response.headers_mut(), cookie);
    response
}

/// `GET /anonymous/left`
async fn left(State(site): State<Site>, uri: Uri, headers: HeaderMap) -> Response {
    let shelf = site.shelf();
    let reader = language_of(&uri, &headers);
    let title = site.door().title(reader);
    let words = |language| shelf.texts.say("left", language).to_string();
    let ways = [("/anonymous", "left_again"), ("/", "to_chat")];
    let html = plain::page(&shelf, reader, &title, words, &ways);
    let headers = [
        (CONTENT_TYPE, "text/html; charset=utf-8"),
        (CACHE_CONTROL, "no-store"),
    ];
    (headers, html).into_response()
}
