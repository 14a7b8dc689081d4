//! `/staff/second-factor`: an app on the own phone is shown a secret, proves it by a code, and ten codes on paper are
//! given for the day it is lost. The secret is stored only once it was proved.

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use serde_json::json;

use super::audit::{self, Act};
use super::fields::Fields;
use super::sign_in::{Outside, fresh_token, html, now_secs};
use super::visit::{self, Staff, Visit};
use super::wrong::Wrong;
use super::{Console, door, now, password, second};
use crate::store::session::{self, Found, Stage};
use crate::store::staff;

pub fn routes() -> Router<Console> {
    Router::new().route("/staff/second-factor", get(show).post(create))
}

/// Only for who has all of signing in behind them.
pub fn inner_routes() -> Router<Console> {
    Router::new().route("/staff/second-factor/codes", post(renew))
}

#[derive(Template)]
#[template(path = "console/enrol.html", config = "src/web/askama.toml")]
struct Page {
    out: Outside,
    secret: String,
    grouped: String,
    picture: String,
    /// Another one counts already: the password is asked for before it is replaced.
    replaces: bool,
    wrong: Option<String>,
}

#[derive(Template)]
#[template(path = "console/codes.html", config = "src/web/askama.toml")]
struct Codes {
    out: Outside,
    codes: Vec<String>,
}

/// Whoever gave a password, and a code if there was one to give.
fn allowed(visit: &Visit) -> Option<&Found> {
    let found = visit.found.as_deref()?;
    matches!(found.stage, Stage::Enrol | Stage::Whole).then_some(found)
}

async fn show(State(console): State<Console>, visit: Visit) -> Result<Response, Wrong> {
    let Some(found) = allowed(&visit) else {
        return Ok(Redirect::to("/staff/sign-in").into_response());
    };
    Ok(html(&page(&console, &visit, found, second::fresh(), None)?).into_response())
}

fn page(
    console: &Console,
    visit: &Visit,
    found: &Found,
    secret: String,
    wrong: Option<&str>,
) -> Result<Page, Wrong> {
    let issuer = door::title(console, visit.say());
    let picture = second::picture(&secret, &found.account.name, &issuer);
    Ok(Page {
        out: Outside::new(console, visit, "enrol-title"),
        grouped: second::grouped(&secret),
        picture: picture.ok_or(Wrong::Bad)?,
        secret,
        replaces: found.account.has_second(),
        wrong: wrong.map(|words| visit.say().say(words)),
    })
}

async fn create(
    State(console): State<Console>,
    visit: Visit,
    fields: Fields,
) -> Result<Response, Wrong> {
    let Some(found) = allowed(&visit) else {
        return Ok(Redirect::to("/staff/sign-in").into_response());
    };
    console.pace().code(&found.account.id)?;
    let secret = fields.line("secret");
    let again = |words: &str| {
        let page = page(&console, &visit, found, secret.clone(), Some(words))?;
        Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&page)).into_response())
    };
    let kept = found.account.password.as_deref();
    if found.account.has_second() && !password::is(fields.raw("password"), kept).await? {
        return again("password-wrong");
    }
    let Some(step) = second::step(&secret, fields.raw("code"), now_secs()) else {
        return again("code-wrong");
    };
    let (id, codes) = (&found.account.id, second::fresh_codes());
    let mut tx = console.writer().await?;
    let plain = second::all_plain(&codes);
    let new = staff::Second {
        secret: &secret,
        step,
        codes: &plain,
        at: now(),
    };
    staff::set_second(&mut tx, id, &new).await?;
    let token = fresh_token();
    session::raise(&mut tx, &found.session, Stage::Whole, &token).await?;
    session::end_others(&mut tx, id, &found.session).await?;
    audit::note(
        &mut tx,
        id,
        Act::Changed,
        id,
        &json!({ "what": "second factor" }),
    )
    .await?;
    if found.stage == Stage::Enrol {
        audit::note(&mut tx, id, Act::SignedIn, id, &json!({})).await?;
    }
    tx.commit().await?;
    let mut response = shown(&console, &visit, codes);
    let cookie = visit::session_cookie(&token, visit.https);
    response.headers_mut().append(SET_COOKIE, cookie);
    Ok(response)
}

/// The codes on paper, this once.
fn shown(console: &Console, visit: &Visit, codes: Vec<String>) -> Response {
    html(&Codes {
        out: Outside::new(console, visit, "codes-title"),
        codes,
    })
}

async fn renew(
    State(console): State<Console>,
    visit: Visit,
    staff: Staff,
    fields: Fields,
) -> Result<Response, Wrong> {
    console.pace().code(staff.id())?;
    let kept = staff.account().password.as_deref();
    if !staff.account().has_second() || !password::is(fields.raw("password"), kept).await? {
        return Ok(super::frame::said(
            &visit,
            "/staff/account",
            "said-password-wrong",
        ));
    }
    let codes = second::fresh_codes();
    let mut tx = console.writer().await?;
    let plain = second::all_plain(&codes);
    staff::set_codes(&mut tx, staff.id(), &plain).await?;
    audit::changed(&mut tx, staff.id(), staff.id(), "recovery codes").await?;
    tx.commit().await?;
    Ok(shown(&console, &visit, codes))
}
