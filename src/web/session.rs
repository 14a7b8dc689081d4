//! Who sits before a page: a random token in a cookie, made by the server alone, one for each way in, and
//! the language they chose. The token itself is never stored, logged or sent anywhere but back.

use axum::http::header::{COOKIE, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, Uri};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use sha2::{Digest, Sha256};

use super::way::Way;
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

/// A token and the way that it came by. Debug shows nothing of it.
#[derive(Clone, PartialEq, Eq)]
pub struct Session {
    way: Way,
    token: [u8; TOKEN_BYTES],
}

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Session(…)")
    }
}

impl Session {
    /// A new one, of the system's randomness.
    pub fn fresh(way: Way) -> Session {
        let mut token = [0; TOKEN_BYTES];
        rand::fill(&mut token);
        Session { way, token }
    }

    /// The one that the browser brings for this way, and never that of another. Whether it is ours only
    /// the store knows.
    pub fn of(headers: &HeaderMap, way: Way, https: bool) -> Option<Session> {
        let text = cookie(headers, &name(way, https))?;
        let token = BASE64.decode(text).ok()?.try_into().ok()?;
        Some(Session { way, token })
    }

    /// Where replies go: who reads the database cannot make a cookie of it.
    pub fn address(&self) -> Address {
        let digest = Sha256::digest(self.token);
        Address {
            channel: NAME.to_string(),
            account: self.way.account().to_string(),
            id: digest.iter().map(|byte| format!("{byte:02x}")).collect(),
        }
    }

    /// `Set-Cookie`. On https it is bound to this very host; on loopback http a browser would refuse that.
    pub fn cookie(&self, https: bool) -> HeaderValue {
        let token = BASE64.encode(self.token);
        let (name, marks) = (name(self.way, https), marks(self.way, https));
        let lasts = match self.way {
            Way::Page | Way::Frame => format!("; Max-Age={SESSION_SECS}"),
            // Gone with the browser: whoever sits at this device next finds nothing.
            Way::Anonymous => String::new(),
        };
        header(format!("{name}={token}; Path=/{lasts}; HttpOnly{marks}"))
    }
}

/// `Set-Cookie` that has the browser forget the session of a way.
pub fn forgotten(way: Way, https: bool) -> HeaderValue {
    let (name, marks) = (name(way, https), marks(way, https));
    header(format!("{name}=; Path=/; Max-Age=0; HttpOnly{marks}"))
}

/// Every way has `Path=/`, because `__Host-` demands it: without that prefix a sister host could plant a
/// session of its own, and read what is said in it.
fn name(way: Way, https: bool) -> String {
    let bound = if https { "__Host-" } else { "" };
    let own = match way {
        Way::Page => "",
        Way::Frame => "-frame",
        Way::Anonymous => "-anonymous",
    };
    format!("{bound}wasl{own}")
}

/// When a browser sends it along.
fn marks(way: Way, https: bool) -> &'static str {
    match (way, https) {
        (Way::Page, true) => "; SameSite=Lax; Secure",
        (Way::Page, false) => "; SameSite=Lax",
        // In a frame on another site nothing else is sent at all. Partitioned: one jar for each such site, so
        // that none of them can use it to know people again elsewhere
        // (https://developer.mozilla.org/docs/Web/Privacy/Guides/Third-party_cookies/Partitioned_cookies).
        // What comes with it is checked by origin, as everywhere.
        (Way::Frame, true) => "; SameSite=None; Secure; Partitioned",
        // Browsers take `None` on https alone: at home the chat lives in frames of the same site.
        (Way::Frame, false) => "; SameSite=Lax",
        // No link from elsewhere ever brings it.
        (Way::Anonymous, true) => "; SameSite=Strict; Secure",
        (Way::Anonymous, false) => "; SameSite=Strict",
    }
}

/// Arabic unless chosen otherwise, here by the address or earlier by the cookie: a phone set to English
/// says nothing about its owner.
pub fn language_of(uri: &Uri, headers: &HeaderMap) -> Lang {
    preferred(uri, headers).unwrap_or_default()
}

/// The language that was chosen, now or earlier, or that of the site around the page.
pub fn preferred(uri: &Uri, headers: &HeaderMap) -> Option<Lang> {
    chosen(uri)
        .or_else(|| cookie(headers, LANGUAGE_COOKIE).and_then(read_language))
        .or_else(|| asked(uri, "first="))
}

/// `?lang=en`
pub fn chosen(uri: &Uri) -> Option<Lang> {
    asked(uri, "lang=")
}

fn asked(uri: &Uri, name: &str) -> Option<Lang> {
    let query = uri.query()?;
    let value = query.split('&').find_map(|pair| pair.strip_prefix(name))?;
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
        for (way, https) in [
            (Way::Page, true),
            (Way::Page, false),
            (Way::Frame, true),
            (Way::Anonymous, true),
            (Way::Anonymous, false),
        ] {
            let session = Session::fresh(way);
            let cookie = session.cookie(https);
            let pair = cookie.to_str().unwrap().split(';').next().unwrap();
            let back = Session::of(&brings(&format!("a=b; {pair}")), way, https).unwrap();
            assert_eq!(back.address(), session.address());
            assert!(!pair.contains(&session.address().id));
            assert_eq!(Session::of(&brings(pair), way, !https), None, "{way:?}");
        }
    }

    #[test]
    fn no_way_reads_the_cookie_of_another() {
        for https in [true, false] {
            for way in Way::ALL {
                let cookie = Session::fresh(way).cookie(https);
                let pair = cookie.to_str().unwrap().split(';').next().unwrap();
                for other in Way::ALL {
                    let found = Session::of(&brings(pair), other, https);
                    assert_eq!(found.is_some(), other == way, "{way:?} on {other:?}");
                }
            }
        }
    }

    #[test]
    fn a_token_planted_on_the_anonymous_page_is_another_address() {
        let token = BASE64.encode([7; TOKEN_BYTES]);
        let page = Session::of(&brings(&format!("wasl={token}")), Way::Page, false).unwrap();
        let planted = brings(&format!("wasl-anonymous={token}"));
        let planted = Session::of(&planted, Way::Anonymous, false).unwrap();
        assert_ne!(page.address(), planted.address());
    }

    #[test]
    fn cookies_are_bound_to_the_host_on_https_and_plain_on_loopback() {
        for (way, https, begins, ends) in [
            (
                Way::Page,
                true,
                "__Host-wasl=",
                "; Path=/; Max-Age=15552000; HttpOnly; SameSite=Lax; Secure",
            ),
            (
                Way::Page,
                false,
                "wasl=",
                "; Path=/; Max-Age=15552000; HttpOnly; SameSite=Lax",
            ),
            (
                Way::Frame,
                true,
                "__Host-wasl-frame=",
                "; Path=/; Max-Age=15552000; HttpOnly; SameSite=None; Secure; Partitioned",
            ),
            (
                Way::Frame,
                false,
                "wasl-frame=",
                "; Path=/; Max-Age=15552000; HttpOnly; SameSite=Lax",
            ),
            (
                Way::Anonymous,
                true,
                "__Host-wasl-anonymous=",
                "; Path=/; HttpOnly; SameSite=Strict; Secure",
            ),
            (
                Way::Anonymous,
                false,
                "wasl-anonymous=",
                "; Path=/; HttpOnly; SameSite=Strict",
            ),
        ] {
            let cookie = Session::fresh(way).cookie(https);
            let (pair, marks) = cookie.to_str().unwrap().split_once(';').unwrap();
            assert!(pair.starts_with(begins), "{way:?} {https}");
            assert_eq!(format!(";{marks}"), ends, "{way:?} {https}");
        }
    }

    #[test]
    fn what_is_no_token_of_ours_is_no_session() {
        for text in ["wasl=", "wasl=abc", "wasl=!!!!", "other=1", "wasl"] {
            assert_eq!(Session::of(&brings(text), Way::Page, false), None, "{text}");
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
            ("no language of ours", "/?lang=xx", none.clone(), Lang::Ar),
            (
                "that of the site around",
                "/widget?first=en",
                none,
                Lang::En,
            ),
            (
                "chosen on a site in another language",
                "/widget?first=en",
                brings("wasl-language=ar"),
                Lang::Ar,
            ),
        ] {
            assert_eq!(
                language_of(&uri.parse().unwrap(), &headers),
                expected,
                "{case}"
            );
        }
    }
}
