//! In front of every page of the console: finds out who comes, lets in who is signed in, and gives words to what
//! went wrong. What somebody was typing when their session ended is kept for them, in their own browser.

use std::net::IpAddr;
use std::sync::Arc;

use askama::Template;
use axum::Extension;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{ACCEPT, CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};

use super::assets::ASSETS;
use super::audit::{self, Act};
use super::fields::Fields;
use super::visit::{self, Caller, Staff, Visit, read_language};
use super::words::Say;
use super::wrong::{Hidden, Wrong};
use super::{Console, FORM_BYTES_MAX, now, sign_in, upload};
use crate::store::session::{self, Found, Stage};
use crate::store::{Fault, Store};
use crate::text::lang::Lang;

/// With this header a page fetches itself again.
const BY_ITSELF: &str = "x-by-itself";

/// Finds out who comes, and tells them in their language what went wrong.
pub async fn meet(State(console): State<Console>, mut request: Request, next: Next) -> Response {
    let https = console.url().is_https();
    let brought = visit::brought(request.headers(), https);
    let found = match &brought.token {
        Some(token) => find(&console, token, comes_by_itself(&request)).await,
        None => Ok(None),
    };
    let chosen = chosen(request.uri());
    let known = found.as_ref().ok().and_then(Option::as_ref);
    let own = known.map(|found| found.account.language);
    let visit = Visit {
        language: chosen.or(own).or(brought.language).unwrap_or_default(),
        caller: caller(&request),
        here: request
            .uri()
            .path_and_query()
            .map_or_else(|| "/staff".to_string(), ToString::to_string),
        said: brought.said.filter(|words| is_said(words)),
        https,
        safe: https || visit::is_local(request.headers()),
        found: known.cloned().map(Arc::new),
    };
    let wants_page = wants_page(request.headers());
    request.extensions_mut().insert(visit.clone());
    let public = is_public(request.uri().path());
    let mut response = match found {
        Ok(_) => next.run(request).await,
        // An asset needs no database.
        Err(_) if public => next.run(request).await,
        Err(wrong) => wrong.into_response(),
    };
    if let Some(wrong) = response.extensions().get::<Wrong>().cloned() {
        note(&console, &visit, &wrong).await;
        response = in_words(&console, &visit, &wrong, response, wants_page);
    }
    // The page after the session has ended speaks the same language.
    let own = own.filter(|own| brought.language != Some(*own));
    if let Some(choice) = chosen.or(own) {
        let cookie = visit::language_cookie(choice, https);
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    let headers = response.headers_mut();
    headers
        .entry(CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    response
}

/// Lets in who is signed in. Others come to the door, with what they were about to send.
pub async fn signed_in(
    State(console): State<Console>,
    Extension(visit): Extension<Visit>,
    request: Request,
    next: Next,
) -> Response {
    if visit.staff().is_some() {
        return next.run(request).await;
    }
    if let Some(found) = &visit.found {
        let path = match found.stage {
            Stage::Code => "/staff/sign-in/code",
            Stage::Enrol | Stage::Whole => "/staff/second-factor",
        };
        return Redirect::to(path).into_response();
    }
    if !wants_page(request.headers()) {
        return (StatusCode::UNAUTHORIZED, "signed out").into_response();
    }
    match *request.method() {
        Method::GET | Method::HEAD => sign_in::towards(&visit.here),
        _ => sign_in::with_draft(&console, &visit, draft(&console, request).await),
    }
}

/// The fields of a form that could not be taken; None of anything that is no form.
async fn draft(console: &Console, request: Request) -> Option<String> {
    if upload::is_multipart(&request) {
        let fields = upload::fields_alone(console, request).await;
        return Some(Fields::from(fields).body());
    }
    let kind = request.headers().get(CONTENT_TYPE)?.to_str().ok()?;
    let is_form = kind.starts_with("application/x-www-form-urlencoded");
    let body: Body = request.into_body();
    let bytes: Bytes = to_bytes(body, FORM_BYTES_MAX).await.ok()?;
    String::from_utf8(bytes.to_vec()).ok().filter(|_| is_form)
}

/// What an open page asks of itself tells nothing about whether somebody sits before it.
fn comes_by_itself(request: &Request) -> bool {
    request.uri().path().ends_with("/live") || request.headers().contains_key(BY_ITSELF)
}

/// The session of a cookie. That somebody is here is written down now and then.
async fn find(console: &Console, token: &str, by_itself: bool) -> Result<Option<Found>, Wrong> {
    let store = console.store()?;
    let mut tx = store.reader().await?;
    let found = session::find(&mut tx, token, now()).await?;
    drop(tx);
    if let Some(found) = found.as_ref().filter(|found| found.stale && !by_itself)
        && let Err(fault) = touch(store, found).await
    {
        // The page is shown all the same; the session counts as idle a little earlier.
        tracing::warn!(%fault, "it was not written down that somebody is here");
    }
    Ok(found)
}

async fn touch(store: &Store, found: &Found) -> Result<(), Fault> {
    let mut tx = store.begin_write().await?;
    session::touch(&mut tx, &found.session, &found.account.id, now()).await?;
    tx.commit().await
}

/// `?lang=en`
fn chosen(uri: &Uri) -> Option<Lang> {
    let query = uri.query()?;
    let value = query
        .split('&')
        .find_map(|pair| pair.strip_prefix("lang="))?;
    read_language(value)
}

fn caller(request: &Request) -> IpAddr {
    let caller = request.extensions().get::<Caller>();
    caller.map_or(IpAddr::from([127, 0, 0, 1]), |caller| caller.0)
}

/// Only our own sentences are said, whatever a cookie holds.
fn is_said(words: &str) -> bool {
    words.starts_with("said-") && Say(Lang::En).knows(words)
}

fn is_public(path: &str) -> bool {
    path.starts_with("/staff/assets/")
}

/// A browser that navigates names HTML; our script does not.
pub fn wants_page(headers: &HeaderMap) -> bool {
    let mut accepted = headers.get_all(ACCEPT).iter();
    accepted.any(|value| {
        value
            .to_str()
            .is_ok_and(|value| value.contains("text/html"))
    })
}

/// Whoever tried to see what is not theirs stands in the audit.
async fn note(console: &Console, visit: &Visit, wrong: &Wrong) {
    let (Wrong::Hidden(hidden), Some(staff)) = (wrong, visit.staff()) else {
        return;
    };
    if let Err(fault) = write(console, &staff, hidden).await {
        tracing::error!(?fault, "a refusal could not be written into the audit");
    }
}

async fn write(console: &Console, staff: &Staff, hidden: &Hidden) -> Result<(), Wrong> {
    let mut tx = console.writer().await?;
    let detail = serde_json::json!({ "what": hidden.what });
    audit::note(&mut tx, staff.id(), Act::Refused, &hidden.id, &detail).await?;
    tx.commit().await?;
    Ok(())
}

#[derive(Template)]
#[template(path = "console/wrong.html", config = "src/web/askama.toml")]
struct Page<'a> {
    say: Say,
    charity: String,
    title: String,
    words: String,
    style: &'a str,
    script: &'a str,
    icon: &'a str,
}

fn in_words(
    console: &Console,
    visit: &Visit,
    wrong: &Wrong,
    bare: Response,
    wants_page: bool,
) -> Response {
    let say = visit.say();
    let words = match wrong {
        Wrong::Often(seconds) => say.with(wrong.words(), "n", seconds),
        _ => say.say(wrong.words()),
    };
    let page = Page {
        say,
        charity: title(console, say),
        title: wrong.status().as_u16().to_string(),
        words: words.clone(),
        style: ASSETS.style(),
        script: ASSETS.script(),
        icon: ASSETS.icon(),
    };
    let (kind, body) = match wants_page {
        true => (
            "text/html; charset=utf-8",
            page.render().unwrap_or_else(|_| words.clone()),
        ),
        false => ("text/plain; charset=utf-8", words.clone()),
    };
    let (mut parts, _) = bare.into_parts();
    parts
        .headers
        .insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    if let Some(seconds) = wrong.retry_after() {
        parts
            .headers
            .insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    Response::from_parts(parts, body.into())
}

/// The charity's name in a language.
pub fn title(console: &Console, say: Say) -> String {
    let dialogs = console.registry().current();
    match say.lang() {
        Lang::Ar => dialogs.charity.title_ar.clone(),
        Lang::En => dialogs.charity.title_en.clone(),
    }
}
