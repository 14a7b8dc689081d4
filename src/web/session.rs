//! Who sits before the page: a random token in a cookie, made by the server alone, and the language
//! they chose. The token itself is never stored, logged or sent anywhere but back.

use axum::http::header::{COOKIE, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, Uri};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use sha2::{Digest, Sha256};

use crate::channel::web::{NAME, language};
use crate::event::Address;
use crate::text::lang::Lang;

/// 256 bits: not to be guessed.
const TOKEN_BYTES: usize = 32;

/// A talk is taken up again days later, and a form is kept 90 days (DESIGN section 6): twice that.
const SESSION_SECS: u64 = 180 * 24 * 3600;

/// A choice of language is no secret and lasts.
const LANGUAGE_SECS: u64 = 365 * 24 * 3600;

const LANGUAGE_COOKIE: &str = "wasl-language";

/// A token. Debug shows nothing of it.
#[derive(Clone, PartialEq, Eq)]
pub struct Session {
    token: [u8; TOKEN_BYTES],
}

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Session(…)")
    }
}

impl Session {
    /// A new one, of the system's randomness.
    pub fn fresh() -> Session {
        let mut token = [0; TOKEN_BYTES];
        rand::fill(&mut token);
        Session { token }
    }

    /// The one that the browser brings. Whether it is ours only the store knows.
    pub fn of(headers: &HeaderMap, https: bool) -> Option<Session> {
        let text = cookie(headers, name(https))?;
        let token = BASE64.decode(text).ok()?.try_into().ok()?;
        Some(Session { token })
    }

    /// Where replies go: who reads the database cannot make a cookie of it.
    pub fn address(&self) -> Address {
        let digest = Sha256::digest(self.token);
        Address {
            channel: NAME.to_string(),
            account: String::new(),
            id: digest.iter().map(|byte| format!("{byte:02x}")).collect(),
        }
    }

    /// `Set-Cookie`. On https it is bound to this very host; on loopback http a browser would refuse that.
    pub fn cookie(&self, https: bool) -> HeaderValue {
        let token = BASE64.encode(self.token);
        let secure = if https { "; Secure" } else { "" };
        header(format!(
            "{}={token}; Path=/; Max-Age={SESSION_SECS}; HttpOnly; SameSite=Lax{secure}",
            name(https)
        ))
    }
}

fn name(https: bool) -> &'static str {
    match https {
        true => "__Host-wasl",
        false => "wasl",
    }
}

/// Arabic unless chosen otherwise, here by the address or earlier by the cookie: a phone set to English
/// says nothing about its owner.
pub fn language_of(uri: &Uri, headers: &HeaderMap) -> Lang {
    preferred(uri, headers).unwrap_or_default()
}

/// The language that was chosen, now or earlier.
pub fn preferred(uri: &Uri, headers: &HeaderMap) -> Option<Lang> {
    chosen(uri).or_else(|| cookie(headers, LANGUAGE_COOKIE).and_then(read_language))
}

/// `?lang=en`
pub fn chosen(uri: &Uri) -> Option<Lang> {
    let query = uri.query()?;
    let value = query
        .split('&')
        .find_map(|pair| pair.strip_prefix("lang="))?;
    read_language(value)
}

pub fn read_language(text: &str) -> Option<Lang> {
    [Lang::Ar, Lang::En]
        .into_iter()
        .find(|one| language(*one) == text)
}

/// `Set-Cookie` for the choice; the page's script may write it too.
pub fn language_cookie(choice: Lang, https: bool) -> HeaderValue {
    let secure = if https { "; Secure" } else { "" };
    header(format!(
        "{LANGUAGE_COOKIE}={}; Path=/; Max-Age={LANGUAGE_SECS}; SameSite=Lax{secure}",
        language(choice)
    ))
}

fn header(text: String) -> HeaderValue {
    HeaderValue::from_str(&text).expect("a cookie of ours is visible ASCII")
}

/// The value of one cookie; a browser sends the more specific one first.
fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(key, value)| (key == name).then_some(value))
}

pub fn set(headers: &mut HeaderMap, cookie: HeaderValue) {
    headers.append(SET_COOKIE, cookie);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn brings(text: &str) -> HeaderMap {
        HeaderMap::from_iter([(COOKIE, HeaderValue::from_str(text).unwrap())])
    }

    #[test]
    fn a_cookie_comes_back_as_the_same_address_and_says_nothing_in_the_database() {
        let session = Session::fresh();
        for https in [true, false] {
            let cookie = session.cookie(https);
            let pair = cookie.to_str().unwrap().split(';').next().unwrap();
            let back = Session::of(&brings(&format!("a=b; {pair}")), https).unwrap();
            assert_eq!(back.address(), session.address());
            assert!(!pair.contains(&session.address().id));
            assert_eq!(Session::of(&brings(pair), !https), None, "https {https}");
        }
    }

    #[test]
    fn cookies_are_bound_to_the_host_on_https_and_plain_on_loopback() {
        let session = Session::fresh();
        let secure = session.cookie(true);
        let secure = secure.to_str().unwrap();
        assert!(secure.starts_with("__Host-wasl="));
        assert!(secure.ends_with("; HttpOnly; SameSite=Lax; Secure"));
        let plain = session.cookie(false);
        let plain = plain.to_str().unwrap();
        assert!(plain.starts_with("wasl="));
        assert!(plain.ends_with("; HttpOnly; SameSite=Lax"));
    }

    #[test]
    fn what_is_no_token_of_ours_is_no_session() {
        for text in ["wasl=", "wasl=abc", "wasl=!!!!", "other=1", "wasl"] {
            assert_eq!(Session::of(&brings(text), false), None, "{text}");
        }
    }

    #[test]
    fn the_page_is_arabic_unless_another_language_was_chosen() {
        let none = HeaderMap::new();
        for (case, uri, headers, expected) in [
            ("nothing said", "/", none.clone(), Lang::Ar),
            ("chosen now", "/?lang=en", none.clone(), Lang::En),
            ("chosen before", "/", brings("wasl-language=en"), Lang::En),
            (
                "chosen again",
                "/?a=1&lang=ar",
                brings("wasl-language=en"),
                Lang::Ar,
            ),
            ("no language of ours", "/?lang=xx", none, Lang::Ar),
        ] {
            assert_eq!(
                language_of(&uri.parse().unwrap(), &headers),
                expected,
                "{case}"
            );
        }
    }
}
