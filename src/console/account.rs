//! `/staff/account`: one's own name, language, password, second factor, sessions, and the people whom one never
//! handles.

use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};

use super::audit;
use super::fields::Fields;
use super::frame::{Frame, said};
use super::permission::role_words;
use super::section::Section;
use super::visit::{Staff, Visit, read_language};
use super::wrong::Wrong;
use super::{Console, conflict, now, password};
use crate::store::conflict::Conflict;
use crate::store::session::{self, Session};
use crate::store::{conflict as store_conflict, staff};

const HERE: &str = "/staff/account";

pub fn routes() -> Router<Console> {
    Router::new()
        .route(HERE, get(show))
        .route("/staff/account/language", post(speak))
        .route("/staff/account/password", post(change))
        .route("/staff/account/sessions/{id}/end", post(end))
        .route("/staff/account/sessions/end", post(end_others))
        .route("/staff/account/conflicts", post(declare))
}

#[derive(Template)]
#[template(path = "console/account.html", config = "src/web/askama.toml")]
struct Page {
    frame: Frame,
    name: String,
    roles: Vec<String>,
    branch: Option<String>,
    second: bool,
    codes: i64,
    sessions: Vec<Session>,
    own: String,
    conflicts: Vec<Conflict>,
}

async fn show(
    State(console): State<Console>,
    staff: Staff,
    visit: Visit,
) -> Result<Response, Wrong> {
    let mut tx = console.reader().await?;
    let account = staff.account();
    let roles = account.roles.iter().copied().map(role_words);
    let frame = Frame::new(&console, &visit, &staff, Section::Own, "nav-own");
    let page = Page {
        name: account.name.clone(),
        roles: roles.map(|words| frame.say(words)).collect(),
        branch: account.branch.clone(),
        second: account.has_second(),
        codes: staff::codes_left(&mut tx, staff.id()).await?,
        sessions: session::of_staff(&mut tx, staff.id(), now()).await?,
        own: staff.session().to_string(),
        conflicts: store_conflict::of_staff(&mut tx, staff.id()).await?,
        frame: frame.clone(),
    };
    frame.answer(&page)
}

async fn speak(
    State(console): State<Console>,
    staff: Staff,
    fields: Fields,
) -> Result<Response, Wrong> {
    let language = read_language(fields.raw("language")).ok_or(Wrong::Bad)?;
    let mut tx = console.writer().await?;
    staff::speak(&mut tx, staff.id(), language).await?;
    tx.commit().await?;
    Ok(Redirect::to(HERE).into_response())
}

async fn change(
    State(console): State<Console>,
    staff: Staff,
    visit: Visit,
    fields: Fields,
) -> Result<Response, Wrong> {
    console.pace().code(staff.id())?;
    let kept = staff.account().password.as_deref();
    if !password::is(fields.raw("current"), kept).await? {
        return Ok(said(&visit, HERE, "said-password-wrong"));
    }
    let new = fields.raw("password");
    if new != fields.raw("again") {
        return Ok(said(&visit, HERE, "said-password-differs"));
    }
    if password::fit(new, &staff.account().name).is_err() {
        return Ok(said(&visit, HERE, "said-password-unfit"));
    }
    let hash = password::hash(new).await?;
    let mut tx = console.writer().await?;
    staff::set_password(&mut tx, staff.id(), &hash, now()).await?;
    session::end_others(&mut tx, staff.id(), staff.session()).await?;
    changed(&mut tx, &staff, "password").await?;
    tx.commit().await?;
    Ok(said(&visit, HERE, "said-password-changed"))
}

async fn changed(
    tx: &mut crate::store::Tx,
    staff: &Staff,
    what: &str,
) -> Result<(), crate::store::Fault> {
    audit::changed(tx, staff.id(), staff.id(), what).await
}

async fn end(
    State(console): State<Console>,
    staff: Staff,
    visit: Visit,
    Path(id): Path<String>,
) -> Result<Response, Wrong> {
    let mut tx = console.writer().await?;
    if !session::end(&mut tx, &id, staff.id()).await? {
        return Err(Wrong::hidden("session", &id));
    }
    changed(&mut tx, &staff, "session ended").await?;
    tx.commit().await?;
    Ok(said(&visit, HERE, "said-session-ended"))
}

async fn end_others(
    State(console): State<Console>,
    staff: Staff,
    visit: Visit,
) -> Result<Response, Wrong> {
    let mut tx = console.writer().await?;
    session::end_others(&mut tx, staff.id(), staff.session()).await?;
    changed(&mut tx, &staff, "other sessions ended").await?;
    tx.commit().await?;
    Ok(said(&visit, HERE, "said-session-ended"))
}

async fn declare(
    State(console): State<Console>,
    staff: Staff,
    visit: Visit,
    fields: Fields,
) -> Result<Response, Wrong> {
    let words = conflict::declare(&console, staff.id(), staff.id(), &fields).await?;
    Ok(said(&visit, HERE, words))
}
