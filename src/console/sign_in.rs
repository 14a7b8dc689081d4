//! `/staff/sign-in`: name and password, then the code of the second factor, then back to where somebody was, with
//! what they were about to send.

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::header::{CONTENT_TYPE, SET_COOKIE, USER_AGENT};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use serde_json::json;

use super::assets::ASSETS;
use super::audit::{self, Act};
use super::fields::Fields;
use super::visit::{self, Visit};
use super::words::Say;
use super::wrong::Wrong;
use super::{Console, door, frame, fresh_id, now, password, second};
use crate::store::Tx;
use crate::store::session::{self, Begun, Stage};
use crate::store::staff::{self, Account};

/// Where somebody goes who was nowhere.
const HOME: &str = "/staff";

pub fn routes() -> Router<Console> {
    Router::new()
        .route("/staff/sign-in", get(show).post(create))
        .route("/staff/sign-in/code", get(show_code).post(confirm))
        .route("/staff/sign-out", post(remove))
}

/// What stands around a page for somebody who is not signed in.
pub struct Outside {
    say: Say,
    pub charity: String,
    pub title: String,
    /// The address of the same page, without its question.
    pub here: String,
}

impl Outside {
    pub fn new(console: &Console, visit: &Visit, title: &str) -> Outside {
        let say = visit.say();
        // What was posted cannot be asked for again: the switch of language leads to the same form.
        let path = visit.here.split('?').next().unwrap_or(HOME);
        Outside {
            say,
            charity: door::title(console, say),
            title: say.say(title),
            here: path.to_string(),
        }
    }

    pub fn say(&self, name: &str) -> String {
        self.say.say(name)
    }

    pub fn with(&self, name: &str, key: &str, given: impl Into<super::words::Given>) -> String {
        self.say.with(name, key, given)
    }

    pub fn language(&self) -> &'static str {
        self.say.lang().code()
    }

    pub fn direction(&self) -> &'static str {
        frame::direction(self.say.lang())
    }

    pub fn other(&self) -> &'static str {
        frame::other(self.say.lang()).code()
    }

    pub fn style(&self) -> &'static str {
        ASSETS.style()
    }

    pub fn script(&self) -> &'static str {
        ASSETS.script()
    }

    pub fn icon(&self) -> &'static str {
        ASSETS.icon()
    }
}

/// Where to go on, and with what.
#[derive(Clone, Debug, Default)]
struct Onward {
    back: String,
    /// The fields of a form that came after the session had ended, as they were sent.
    draft: String,
}

impl Onward {
    fn of(fields: &Fields) -> Onward {
        Onward {
            back: own(fields.raw("back")),
            draft: fields.raw("draft").to_string(),
        }
    }
}

#[derive(Template)]
#[template(path = "console/sign_in.html", config = "src/web/askama.toml")]
struct Page {
    out: Outside,
    on: Onward,
    name: String,
    wrong: Option<String>,
    safe: bool,
    /// There is no administrator yet.
    first: bool,
}

#[derive(Template)]
#[template(path = "console/sign_in_code.html", config = "src/web/askama.toml")]
struct CodePage {
    out: Outside,
    on: Onward,
    wrong: Option<String>,
}

#[derive(Template)]
#[template(path = "console/draft.html", config = "src/web/askama.toml")]
struct DraftPage {
    out: Outside,
    action: String,
    fields: Vec<(String, String)>,
    /// What was written, to be read again.
    texts: Vec<String>,
}

/// Sends a browser to the door; afterwards it comes back here.
pub fn towards(here: &str) -> Response {
    let path = match here == HOME {
        true => "/staff/sign-in".to_string(),
        false => format!("/staff/sign-in?back={}", escaped(here)),
    };
    Redirect::to(&path).into_response()
}

/// The door, which keeps what somebody was about to send.
pub fn with_draft(console: &Console, visit: &Visit, draft: Option<String>) -> Response {
    let on = Onward {
        back: own(&visit.here),
        draft: draft.unwrap_or_default(),
    };
    let page = Page {
        wrong: Some(visit.say().say(match on.draft.is_empty() {
            true => "sign-in-ended",
            false => "sign-in-ended-draft",
        })),
        out: Outside::new(console, visit, "sign-in-title"),
        on,
        name: String::new(),
        safe: visit.safe,
        first: false,
    };
    (StatusCode::UNAUTHORIZED, html(&page)).into_response()
}

async fn show(State(console): State<Console>, visit: Visit, uri: Uri) -> Result<Response, Wrong> {
    let asked = uri.query().map(Fields::kept).unwrap_or_default();
    let on = Onward {
        back: own(asked.raw("back")),
        draft: String::new(),
    };
    if visit.staff().is_some() {
        return Ok(Redirect::to(&on.back).into_response());
    }
    let first = staff::administrators(&mut console.reader().await?).await? == 0;
    let page = Page {
        out: Outside::new(&console, &visit, "sign-in-title"),
        on,
        name: String::new(),
        wrong: None,
        safe: visit.safe,
        first,
    };
    Ok(html(&page).into_response())
}

async fn create(
    State(console): State<Console>,
    visit: Visit,
    headers: HeaderMap,
    fields: Fields,
) -> Result<Response, Wrong> {
    if !visit.safe {
        return Err(Wrong::Unsafe);
    }
    let name = fields.line("name");
    let on = Onward::of(&fields);
    let again = |status: StatusCode, wrong: String| {
        let page = Page {
            out: Outside::new(&console, &visit, "sign-in-title"),
            on: on.clone(),
            name: name.clone(),
            wrong: Some(wrong),
            safe: true,
            first: false,
        };
        Ok((status, html(&page)).into_response())
    };
    let key = staff::folded(&name);
    if let Err(Wrong::Often(seconds)) = console.pace().password(visit.caller, &key) {
        let words = visit.say().with("wrong-often", "n", seconds);
        return again(StatusCode::TOO_MANY_REQUESTS, words);
    }
    let account = staff::named(&mut console.reader().await?, &name).await?;
    let account = account.filter(Account::is_active);
    let kept = account.as_ref().and_then(|one| one.password.as_deref());
    let right = password::is(fields.raw("password"), kept).await?;
    let Some(account) = account.as_ref().filter(|_| right) else {
        if let Some(account) = &account {
            failed(&console, account, "password").await?;
        }
        return again(
            StatusCode::UNPROCESSABLE_ENTITY,
            visit.say().say("sign-in-wrong"),
        );
    };
    let mut tx = console.writer().await?;
    let begun = begin(&mut tx, account, &headers).await?;
    tx.commit().await?;
    let mut response = next(&console, &visit, account, &begun, &on);
    let cookie = visit::session_cookie(&begun.token, visit.https);
    response.headers_mut().append(SET_COOKIE, cookie);
    Ok(response)
}

/// A session that has just begun.
pub struct New {
    pub token: String,
    pub stage: Stage,
}

/// Begins a session for somebody whose password was right.
///
/// # Errors
/// As the store's.
pub async fn begin(tx: &mut Tx, account: &Account, headers: &HeaderMap) -> Result<New, Wrong> {
    let stage = match (account.has_second(), account.needs_second()) {
        (true, _) => Stage::Code,
        (false, true) => Stage::Enrol,
        (false, false) => Stage::Whole,
    };
    let begun = New {
        token: fresh_token(),
        stage,
    };
    let id = fresh_id();
    let new = Begun {
        id: &id,
        token: &begun.token,
        staff: &account.id,
        stage,
        agent: &agent(headers),
        at: now(),
    };
    session::begin(tx, &new).await?;
    if stage == Stage::Whole {
        audit::note(tx, &account.id, Act::SignedIn, &account.id, &json!({})).await?;
    }
    Ok(begun)
}

/// What comes after the password.
fn next(console: &Console, visit: &Visit, account: &Account, begun: &New, on: &Onward) -> Response {
    let visit = Visit {
        language: account.language,
        ..visit.clone()
    };
    match begun.stage {
        Stage::Enrol => Redirect::to("/staff/second-factor").into_response(),
        Stage::Code => html(&CodePage {
            out: Outside::new(console, &visit, "code-title"),
            on: on.clone(),
            wrong: None,
        })
        .into_response(),
        Stage::Whole => onward(console, &visit, on),
    }
}

/// Back to where somebody was; what they were about to send is shown before it is sent.
fn onward(console: &Console, visit: &Visit, on: &Onward) -> Response {
    if on.draft.is_empty() {
        return Redirect::to(&on.back).into_response();
    }
    let fields = Fields::kept(&on.draft).pairs().to_vec();
    // Ids and choices tell nobody anything; words do.
    let worded = |value: &&String| value.contains(char::is_whitespace);
    html(&DraftPage {
        out: Outside::new(console, visit, "draft-title"),
        action: on.back.clone(),
        texts: fields
            .iter()
            .map(|(_, value)| value)
            .filter(worded)
            .cloned()
            .collect(),
        fields,
    })
    .into_response()
}

async fn show_code(State(console): State<Console>, visit: Visit) -> Result<Response, Wrong> {
    let on = Onward {
        back: HOME.to_string(),
        draft: String::new(),
    };
    if visit
        .found
        .as_ref()
        .is_none_or(|found| found.stage != Stage::Code)
    {
        return Ok(Redirect::to("/staff/sign-in").into_response());
    }
    let page = CodePage {
        out: Outside::new(&console, &visit, "code-title"),
        on,
        wrong: None,
    };
    Ok(html(&page).into_response())
}

async fn confirm(
    State(console): State<Console>,
    visit: Visit,
    fields: Fields,
) -> Result<Response, Wrong> {
    let on = Onward::of(&fields);
    let Some(found) = visit.found.clone().filter(|one| one.stage == Stage::Code) else {
        return Ok(Redirect::to("/staff/sign-in").into_response());
    };
    let again = |status: StatusCode, wrong: String| {
        let page = CodePage {
            out: Outside::new(&console, &visit, "code-title"),
            on: on.clone(),
            wrong: Some(wrong),
        };
        Ok((status, html(&page)).into_response())
    };
    if let Err(Wrong::Often(seconds)) = console.pace().code(&found.account.id) {
        let words = visit.say().with("wrong-often", "n", seconds);
        return again(StatusCode::TOO_MANY_REQUESTS, words);
    }
    let mut tx = console.writer().await?;
    if !proves(&mut tx, &found.account, fields.raw("code")).await? {
        tx.rollback().await?;
        failed(&console, &found.account, "code").await?;
        return again(
            StatusCode::UNPROCESSABLE_ENTITY,
            visit.say().say("code-wrong"),
        );
    }
    let token = fresh_token();
    session::raise(&mut tx, &found.session, Stage::Whole, &token).await?;
    let id = &found.account.id;
    audit::note(&mut tx, id, Act::SignedIn, id, &json!({})).await?;
    tx.commit().await?;
    let mut response = onward(&console, &visit, &on);
    let cookie = visit::session_cookie(&token, visit.https);
    response.headers_mut().append(SET_COOKIE, cookie);
    Ok(response)
}

/// Whether a code is one of the app's or one on paper, and unused; it is used up by this.
async fn proves(tx: &mut Tx, account: &Account, code: &str) -> Result<bool, Wrong> {
    if second::is_paper(code) {
        return Ok(staff::use_code(tx, &account.id, &second::plain(code)).await?);
    }
    let secret = account.totp.as_deref().unwrap_or_default();
    match second::step(secret, code, now_secs()) {
        Some(step) => Ok(staff::use_step(tx, &account.id, step).await?),
        None => Ok(false),
    }
}

async fn remove(State(console): State<Console>, visit: Visit) -> Result<Response, Wrong> {
    if let Some(found) = &visit.found {
        let id = &found.account.id;
        let mut tx = console.writer().await?;
        session::end(&mut tx, &found.session, id).await?;
        audit::note(&mut tx, id, Act::SignedOut, id, &json!({})).await?;
        tx.commit().await?;
    }
    let mut response = Redirect::to("/staff/sign-in").into_response();
    let cookie = visit::session_forgotten(visit.https);
    response.headers_mut().append(SET_COOKIE, cookie);
    Ok(response)
}

async fn failed(console: &Console, account: &Account, what: &str) -> Result<(), Wrong> {
    let mut tx = console.writer().await?;
    let detail = json!({ "what": what });
    audit::note(&mut tx, &account.id, Act::Failed, &account.id, &detail).await?;
    tx.commit().await?;
    Ok(())
}

/// Whole seconds, as the codes count them.
pub fn now_secs() -> u64 {
    u64::try_from(now() / 1000).unwrap_or(0)
}

/// 256 bits: not to be guessed.
pub fn fresh_token() -> String {
    let bytes: [u8; 32] = rand::random();
    BASE64.encode(bytes)
}

/// A page for somebody outside.
pub fn html(page: &impl Template) -> Response {
    match page.render() {
        Ok(html) => ([(CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response(),
        Err(error) => {
            tracing::error!(%error, "a page of the console cannot be rendered");
            Wrong::Fault.into_response()
        }
    }
}

/// An address below `/staff` and nowhere else.
fn own(address: &str) -> String {
    let path = address.split('?').next().unwrap_or_default();
    let below = path == HOME || path.starts_with("/staff/");
    let plain = !address.contains(['\\', '\r', '\n']) && !path.starts_with("/staff/sign-");
    match below && plain {
        true => address.to_string(),
        false => HOME.to_string(),
    }
}

/// As a value in an address.
pub fn escaped(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' => {
                char::from(byte).to_string()
            }
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

/// Browser and system in two words, to know one's own sessions by.
fn agent(headers: &HeaderMap) -> String {
    let told = headers
        .get(USER_AGENT)
        .and_then(|value| value.to_str().ok());
    let told = told.unwrap_or_default();
    let first = |words: &[(&str, &'static str)]| {
        let found = words.iter().find(|(mark, _)| told.contains(mark));
        found.map_or("?", |(_, name)| name)
    };
    let browser = first(&[
        ("Edg/", "Edge"),
        ("Firefox/", "Firefox"),
        ("SamsungBrowser/", "Samsung Internet"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let system = first(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ]);
    format!("{browser} · {system}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_sent_elsewhere_after_signing_in() {
        for (asked, expected) in [
            ("/staff", "/staff"),
            ("/staff/inbox/1?a=b", "/staff/inbox/1?a=b"),
            ("", "/staff"),
            ("/", "/staff"),
            ("//evil.example/staff", "/staff"),
            ("https://evil.example/staff/", "/staff"),
            ("/staff\\evil", "/staff"),
            ("/staffx", "/staff"),
            ("/staff/sign-out", "/staff"),
            ("/staff/a\r\nb", "/staff"),
        ] {
            assert_eq!(own(asked), expected, "{asked}");
        }
        assert_eq!(escaped("/staff/a?b=ت"), "/staff/a%3Fb%3D%D8%AA");
    }
}
