//! `/staff/welcome/…`: the links that are good once: the first administrator, an invitation, a new password.

use std::collections::BTreeSet;

use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use serde_json::json;

use super::audit::{self, Act};
use super::fields::Fields;
use super::sign_in::{self, Outside, fresh_token, html};
use super::visit::{self, Visit};
use super::wrong::Wrong;
use super::{Console, fresh_id, now, password};
use crate::store::invitation::{self, Link, Purpose};
use crate::store::session;
use crate::store::staff::{self, Account, New, Role};
use crate::store::{Fault, Store, Tx};

/// Who made what nobody asked for.
pub const HOUSE: &str = "house";
/// Characters of a name to sign in with.
const NAME_SCALARS: std::ops::RangeInclusive<usize> = 3..=40;

pub fn routes() -> Router<Console> {
    Router::new().route("/staff/welcome/{token}", get(show).post(create))
}

/// A link for the first administrator, while there is none. An older one is good no longer.
///
/// # Errors
/// As the store's.
pub async fn first(store: &Store) -> Result<Option<String>, Fault> {
    let mut tx = store.begin_write().await?;
    if staff::administrators(&mut tx).await? > 0 {
        tx.rollback().await?;
        return Ok(None);
    }
    let token = fresh_token();
    let link = Link {
        purpose: Purpose::Setup,
        staff: None,
        made_by: HOUSE.to_string(),
        expires_at: now() + invitation::SETUP_MILLIS,
    };
    invitation::make(&mut tx, &token, &link, now()).await?;
    tx.commit().await?;
    Ok(Some(path(&token)))
}

/// Where a link leads.
pub fn path(token: &str) -> String {
    format!("/staff/welcome/{token}")
}

/// Whether this is a name to sign in with: letters, digits and a few marks, no spaces.
pub fn is_name(name: &str) -> bool {
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '@' | '+');
    NAME_SCALARS.contains(&name.chars().count()) && name.chars().all(fits)
}

#[derive(Template)]
#[template(path = "console/welcome.html", config = "src/web/askama.toml")]
struct Page {
    out: Outside,
    /// Nobody is there yet: name and title are asked for.
    setup: bool,
    reset: bool,
    /// Whom the link is for.
    whom: String,
    title: String,
    name: String,
    wrong: Option<&'static str>,
    safe: bool,
}

async fn show(
    State(console): State<Console>,
    Path(token): Path<String>,
    visit: Visit,
) -> Result<Response, Wrong> {
    console.pace().address(visit.caller)?;
    let mut tx = console.reader().await?;
    let (link, account) = read(&mut tx, &token).await?;
    let page = page(&console, &visit, &link, account.as_ref());
    Ok(html(&page).into_response())
}

fn page(console: &Console, visit: &Visit, link: &Link, account: Option<&Account>) -> Page {
    let title = match link.purpose {
        Purpose::Setup => "welcome-setup-title",
        Purpose::Invite => "welcome-invite-title",
        Purpose::Reset => "welcome-reset-title",
    };
    Page {
        out: Outside::new(console, visit, title),
        setup: link.purpose == Purpose::Setup,
        reset: link.purpose == Purpose::Reset,
        whom: account.map_or_else(String::new, |one| one.title.clone()),
        title: String::new(),
        name: account.map_or_else(String::new, |one| one.name.clone()),
        wrong: None,
        safe: visit.safe,
    }
}

/// The link, and whom it is for. A used or old one is like none.
async fn read(tx: &mut Tx, token: &str) -> Result<(Link, Option<Account>), Wrong> {
    let link = invitation::find(tx, token, now()).await?;
    let link = link.ok_or(Wrong::Link)?;
    let account = match &link.staff {
        Some(id) => Some(staff::find(tx, id).await?.ok_or(Wrong::Link)?),
        None => None,
    };
    let gone = account.as_ref().is_some_and(|one| !one.is_active());
    let late = link.purpose == Purpose::Setup && staff::administrators(tx).await? > 0;
    match gone || late {
        true => Err(Wrong::Link),
        false => Ok((link, account)),
    }
}

async fn create(
    State(console): State<Console>,
    Path(token): Path<String>,
    visit: Visit,
    headers: HeaderMap,
    fields: Fields,
) -> Result<Response, Wrong> {
    if !visit.safe {
        return Err(Wrong::Unsafe);
    }
    console.pace().address(visit.caller)?;
    let (link, account) = read(&mut console.reader().await?, &token).await?;
    let name = account
        .as_ref()
        .map_or_else(|| fields.line("name"), |one| one.name.clone());
    if let Some(wrong) = unfit(&fields, &name, link.purpose) {
        let page = Page {
            title: fields.line("title"),
            name,
            wrong: Some(wrong),
            ..page(&console, &visit, &link, account.as_ref())
        };
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&page)).into_response());
    }
    let hash = password::hash(fields.raw("password")).await?;
    let mut tx = console.writer().await?;
    // Again, now that nobody else can use it.
    let (link, account) = read(&mut tx, &token).await?;
    if !invitation::spend(&mut tx, &token, now()).await? {
        return Err(Wrong::Link);
    }
    let id = match account {
        Some(account) => account.id,
        None => add_first(&mut tx, &visit, &fields.line("title"), &name).await?,
    };
    staff::set_password(&mut tx, &id, &hash, now()).await?;
    session::end_others(&mut tx, &id, "").await?;
    let what = match link.purpose {
        Purpose::Setup => "first administrator",
        Purpose::Invite => "invitation taken",
        Purpose::Reset => "password",
    };
    audit::note(&mut tx, &id, Act::Changed, &id, &json!({ "what": what })).await?;
    let account = staff::find(&mut tx, &id).await?.ok_or(Wrong::Fault)?;
    let begun = sign_in::begin(&mut tx, &account, &headers).await?;
    tx.commit().await?;
    let mut response = Redirect::to("/staff").into_response();
    let cookie = visit::session_cookie(&begun.token, visit.https);
    response.headers_mut().append(SET_COOKIE, cookie);
    Ok(response)
}

fn unfit(fields: &Fields, name: &str, purpose: Purpose) -> Option<&'static str> {
    if purpose == Purpose::Setup && fields.line("title").is_empty() {
        return Some("title-missing");
    }
    if purpose == Purpose::Setup && !is_name(name) {
        return Some("name-unfit");
    }
    if fields.raw("password") != fields.raw("again") {
        return Some("password-differs");
    }
    let fit = password::fit(fields.raw("password"), name);
    fit.err().map(password::Weak::words)
}

async fn add_first(tx: &mut Tx, visit: &Visit, title: &str, name: &str) -> Result<String, Wrong> {
    let id = fresh_id();
    let new = New {
        id: &id,
        name,
        title,
        roles: &BTreeSet::from([Role::Administrator]),
        branch: None,
        language: visit.language,
        at: now(),
        by: HOUSE,
    };
    // The name can only be taken by somebody who was invited and never came.
    match staff::add(tx, &new).await? {
        true => Ok(id),
        false => Err(Wrong::Changed),
    }
}
