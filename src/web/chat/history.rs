//! `GET /chat/history?before=` older messages, `?after=` what the live line did not bring.

use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use serde_json::json;

use super::line;
use super::open::LINES_MAX;
use super::visit::{Visit, busy, number};
use crate::web::Site;
use crate::web::door::Page;
use crate::web::way::Way;
use crate::web::wrong::Wrong;

pub async fn show(
    State(site): State<Site>,
    Extension(way): Extension<Way>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Wrong> {
    let page = match (number(&uri, "after"), number(&uri, "before")) {
        (Some(seq), None) => Page::After(seq),
        (None, Some(seq)) => Page::Before(seq),
        (Some(_), Some(_)) => return Err(Wrong::Bad),
        (None, None) => Page::Before(i64::MAX),
    };
    let Some(Visit {
        head: Some(head), ..
    }) = Visit::known(&site, way, &headers).await?
    else {
        return Err(Wrong::Missing);
    };
    let lines = site
        .door()
        .lines(&head, page, LINES_MAX)
        .await
        .map_err(busy)?;
    let shelf = site.shelf();
    let drawn = lines.iter().filter_map(|one| line::draw(one, &shelf));
    let talk: Vec<_> = drawn.collect();
    let body = json!({"more": lines.len() == LINES_MAX, "talk": talk});
    Ok((
        [(axum::http::header::CACHE_CONTROL, "no-store")],
        Json(body),
    )
        .into_response())
}
