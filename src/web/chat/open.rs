//! `POST /chat/open`: the page is there and somebody looks at it. Greets a new visitor, and gives the
//! newest part of the talk to one who comes back.

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Extension, Json};
use serde::Deserialize;
use serde_json::{Value, json};

use super::visit::{Visit, busy};
use super::{body, line};
use crate::text::lang::Lang;
use crate::web::Site;
use crate::web::door::{Head, Page};
use crate::web::session::{preferred, read_language, set};
use crate::web::way::Way;
use crate::web::wrong::{Wrong, accepts};

/// Messages of one page of history: two screens of a phone and something to scroll.
pub const LINES_MAX: usize = 50;

#[derive(Default, Deserialize)]
struct Opening {
    /// Set when the person chose it just now.
    language: Option<String>,
}

pub async fn create(
    State(site): State<Site>,
    Extension(way): Extension<Way>,
    uri: Uri,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Wrong> {
    let sent = body::read(&headers, body, site.silence()).await?;
    let opening: Opening = match accepts(&headers, "application/json") {
        true => serde_json::from_slice(&sent).map_err(|_| Wrong::Bad)?,
        false => Opening::default(),
    };
    let language = opening.language.as_deref().and_then(read_language);
    let mut visit = Visit::of(&site, way, &headers).await?;
    if visit.head.is_none() {
        let language = language.or_else(|| preferred(&uri, &headers));
        visit.head = Some(opened(&site, &visit, language).await?);
    } else if language.is_some() {
        visit.head = Some(opened(&site, &visit, language).await?);
    }
    let mut response = match (&visit.head, accepts(&headers, "application/json")) {
        (Some(head), true) => Json(talk(&site, head).await?).into_response(),
        (_, false) => Redirect::to(way.page()).into_response(),
        (None, true) => return Err(Wrong::Busy),
    };
    set(response.headers_mut(), visit.session.cookie(site.https()));
    Ok(response)
}

async fn opened(site: &Site, visit: &Visit, language: Option<Lang>) -> Result<Head, Wrong> {
    let taken = visit.open(site, language).await?;
    Ok(Head {
        conversation: taken.conversation,
        last_seq: taken.last_seq,
        hidden_to: visit.head.as_ref().map_or(0, |head| head.hidden_to),
    })
}

/// The newest messages, and whether there are older ones.
async fn talk(site: &Site, head: &Head) -> Result<Value, Wrong> {
    let lines = site
        .door()
        .lines(head, Page::Before(i64::MAX), LINES_MAX)
        .await
        .map_err(busy)?;
    let shelf = site.shelf();
    let drawn = lines.iter().filter_map(|one| line::draw(one, &shelf));
    Ok(json!({
        "more": lines.len() == LINES_MAX,
        "last_seq": lines.last().map_or(head.last_seq, |line| line.seq),
        "hidden": head.hidden_to > 0,
        "talk": drawn.collect::<Vec<_>>(),
    }))
}
