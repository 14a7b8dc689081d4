//! Who sits before a page: what the door found out about a request, and the member of staff behind it.

use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::header::{COOKIE, HOST};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue};

use super::Console;
use super::permission::{self, Permission, Scope};
use super::words::Say;
use super::wrong::Wrong;
use crate::store::session::{Found, Stage};
use crate::store::staff::Account;
use crate::text::lang::Lang;

/// The cookie of a session; on https bound to this very host.
const SESSION_COOKIE: &str = "wasl-staff";
/// A sentence for the next page.
const SAID_COOKIE: &str = "wasl-staff-said";
/// Shared with the chat page: a choice of language is no secret.
const LANGUAGE_COOKIE: &str = "wasl-language";
/// A year.
const LANGUAGE_SECS: u64 = 365 * 24 * 3600;
/// The next page comes at once, or never.
const SAID_SECS: u64 = 60;

/// The address that a request comes from, as the web room's counters see it.
#[derive(Clone, Copy, Debug)]
pub struct Caller(pub IpAddr);

/// What the door found out about a request.
#[derive(Clone, Debug)]
pub struct Visit {
    /// Whose session came along; None: nobody's, or one that is good no longer.
    pub found: Option<Arc<Found>>,
    pub language: Lang,
    pub caller: IpAddr,
    /// Path and question of the request.
    pub here: String,
    /// The words of what was done just before.
    pub said: Option<String>,
    pub https: bool,
    /// Nobody can read along: https, or this very machine.
    pub safe: bool,
}

impl Visit {
    pub fn say(&self) -> Say {
        Say(self.language)
    }

    /// The member of staff, once all of signing in is done.
    pub fn staff(&self) -> Option<Staff> {
        let found = self.found.as_ref()?;
        // Whoever was made an administrator meanwhile needs a second factor from now on.
        let proven = found.account.has_second() || !found.account.needs_second();
        (found.stage == Stage::Whole && proven).then(|| Staff(found.clone()))
    }
}

/// A member of staff who is signed in.
#[derive(Clone, Debug)]
pub struct Staff(Arc<Found>);

impl Staff {
    /// What stands as `by` in the acts and the audit.
    pub fn id(&self) -> &str {
        &self.0.account.id
    }

    pub fn title(&self) -> &str {
        &self.0.account.title
    }

    pub fn account(&self) -> &Account {
        &self.0.account
    }

    pub fn session(&self) -> &str {
        &self.0.session
    }

    pub fn language(&self) -> Lang {
        self.0.account.language
    }

    pub fn say(&self) -> Say {
        Say(self.language())
    }

    pub fn may(&self, permission: Permission) -> bool {
        permission::may(&self.account().roles, permission)
    }

    /// # Errors
    /// "There is no such page", and a line in the audit.
    pub fn need(&self, permission: Permission) -> Result<(), Wrong> {
        match self.may(permission) {
            true => Ok(()),
            false => Err(Wrong::not_permitted(permission)),
        }
    }

    /// Which conversations and requests are theirs to see.
    pub fn scope(&self) -> Scope {
        permission::scope(&self.account().roles, self.account().branch.as_deref())
    }
}

impl FromRequestParts<Console> for Visit {
    type Rejection = Wrong;

    async fn from_request_parts(parts: &mut Parts, _: &Console) -> Result<Visit, Wrong> {
        parts.extensions.get::<Visit>().cloned().ok_or(Wrong::Fault)
    }
}

/// Only behind [`crate::console::door::signed_in`], which sends others to the door.
impl FromRequestParts<Console> for Staff {
    type Rejection = Wrong;

    async fn from_request_parts(parts: &mut Parts, _: &Console) -> Result<Staff, Wrong> {
        let visit = parts.extensions.get::<Visit>();
        visit.and_then(Visit::staff).ok_or(Wrong::Missing)
    }
}

/// What a browser brings along.
pub struct Brought {
    pub token: Option<String>,
    pub language: Option<Lang>,
    pub said: Option<String>,
}

pub fn brought(headers: &HeaderMap, https: bool) -> Brought {
    let own = |name| cookie(headers, name).map(str::to_string);
    Brought {
        token: own(&bound(https)),
        language: cookie(headers, LANGUAGE_COOKIE).and_then(read_language),
        said: own(SAID_COOKIE),
    }
}

pub fn read_language(text: &str) -> Option<Lang> {
    [Lang::Ar, Lang::En]
        .into_iter()
        .find(|one| one.code() == text)
}

/// Whether a request came under a name of this very machine.
pub fn is_local(headers: &HeaderMap) -> bool {
    let host = headers.get(HOST).and_then(|host| host.to_str().ok());
    host.is_some_and(|host| {
        let read = crate::config::PublicUrl::read(&format!("http://{host}"));
        read.is_ok_and(|url| url.is_loopback())
    })
}

/// `Set-Cookie` of a session. It ends with the browser; the store ends it earlier.
pub fn session_cookie(token: &str, https: bool) -> HeaderValue {
    let (name, secure) = (bound(https), secure(https));
    header(format!(
        "{name}={token}; Path=/; HttpOnly; SameSite=Lax{secure}"
    ))
}

/// `Set-Cookie` that forgets the session.
pub fn session_forgotten(https: bool) -> HeaderValue {
    let (name, secure) = (bound(https), secure(https));
    header(format!(
        "{name}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax{secure}"
    ))
}

/// `Set-Cookie` for words on the next page.
pub fn said_cookie(words: &str, https: bool) -> HeaderValue {
    let secure = secure(https);
    header(format!(
        "{SAID_COOKIE}={words}; Path=/staff; Max-Age={SAID_SECS}; HttpOnly; SameSite=Lax{secure}"
    ))
}

/// `Set-Cookie` once they were shown.
pub fn said_forgotten(https: bool) -> HeaderValue {
    let secure = secure(https);
    header(format!(
        "{SAID_COOKIE}=; Path=/staff; Max-Age=0; HttpOnly; SameSite=Lax{secure}"
    ))
}

/// `Set-Cookie` for a choice of language.
pub fn language_cookie(choice: Lang, https: bool) -> HeaderValue {
    let (code, secure) = (choice.code(), secure(https));
    header(format!(
        "{LANGUAGE_COOKIE}={code}; Path=/; Max-Age={LANGUAGE_SECS}; SameSite=Lax{secure}"
    ))
}

fn bound(https: bool) -> String {
    match https {
        true => format!("__Host-{SESSION_COOKIE}"),
        false => SESSION_COOKIE.to_string(),
    }
}

fn secure(https: bool) -> &'static str {
    match https {
        true => "; Secure",
        false => "",
    }
}

/// What is no visible ASCII is no cookie of ours, and is not set.
fn header(text: String) -> HeaderValue {
    HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static(""))
}

fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(key, value)| (key == name).then_some(value))
}
