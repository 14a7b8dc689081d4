//! Files of people's, fetched in two steps: where it lies, then its bytes. Nothing is fetched from hosts that
//! are not the platform's, nor more than may be had, nor anything but what was announced.
//! <https://developers.facebook.com/docs/whatsapp/cloud-api/reference/media>

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use futures_util::StreamExt;
use reqwest::Url;
use sha2::{Digest, Sha256};

use super::WhatsApp;
use super::errors;
use super::genuine;
use super::json::{number, path, text};
use crate::channel::FetchError;

/// Where the platform keeps what people send.
const HOSTS: &[&str] = &["lookaside.fbsbx.com", "graph.facebook.com"];

/// How long the whole of a file may take: 16 MiB over a line of 3 Mbit/s.
const FETCH_SECS: u64 = 45;

/// How long a body may say nothing.
const SILENCE_SECS: u64 = 15;

/// A place is good for five minutes; a second one is asked for once.
const PLACES_MAX: u32 = 2;

/// What an event remembers of a file: its id, and the digest that was announced.
pub fn reference(id: &str, digest: Option<&str>) -> String {
    match digest {
        Some(digest) => format!("{id} {digest}"),
        None => id.to_owned(),
    }
}

/// # Errors
/// As [`FetchError`] says.
pub async fn fetch(us: &WhatsApp, reference: &str, most: u64) -> Result<Vec<u8>, FetchError> {
    let whole = tokio::time::timeout(
        Duration::from_secs(FETCH_SECS),
        patiently(us, reference, most),
    );
    whole.await.unwrap_or_else(|_| Err(later("it did not end")))
}

async fn patiently(us: &WhatsApp, reference: &str, most: u64) -> Result<Vec<u8>, FetchError> {
    let (id, digest) = reference.split_once(' ').unwrap_or((reference, ""));
    // It becomes a part of an address.
    if id.is_empty()
        || !id
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "._-".contains(c))
    {
        return Err(never("its id is none of the platform's"));
    }
    let mut places = 0;
    loop {
        places += 1;
        let place = place(us, id, most).await?;
        match bytes(us, &place, most).await {
            Err(Short::Expired) if places < PLACES_MAX => {}
            Err(Short::Expired) => return Err(later("its place expires before it can be had")),
            Err(Short::For(error)) => return Err(error),
            Ok(bytes) => match is_announced(&bytes, digest) {
                true => return Ok(bytes),
                // Perhaps cut off on the way.
                false if places < PLACES_MAX => {}
                false => return Err(never("its bytes are not those that were announced")),
            },
        }
    }
}

/// Step one: where it lies now.
async fn place(us: &WhatsApp, id: &str, most: u64) -> Result<Url, FetchError> {
    let address = format!("{}/{id}?phone_number_id={}", us.api, us.number);
    let (status, body) = us.get(&address).await.map_err(|error| later(&error))?;
    if let Some(told) = errors::told(status, &body) {
        return Err(gone(told));
    }
    if status != 200 {
        return Err(match status {
            404 | 410 => never("it is gone"),
            _ => later(&format!("the platform answered {status}")),
        });
    }
    if number(path(&body, &["file_size"]))
        .is_some_and(|size| u64::try_from(size).is_ok_and(|size| size > most))
    {
        return Err(FetchError::TooBig);
    }
    let url = text(&body, "url").and_then(|url| Url::parse(url).ok());
    let url = url.ok_or_else(|| never("the platform says no place of it"))?;
    match may_fetch(&url, &us.api) {
        true => Ok(url),
        false => {
            tracing::error!(
                channel = super::NAME,
                "a file is said to lie where the platform keeps none"
            );
            Err(never("it is said to lie where the platform keeps none"))
        }
    }
}

/// A refusal of step one: what the platform no longer has, it never has again.
fn gone(told: errors::Told) -> FetchError {
    use errors::Then;
    match told.then {
        Then::Never if matches!(told.code, 33 | 100) => never("it is gone"),
        Then::Again | Then::Rest(_) | Then::RestStarted(_) | Then::AgainForPerson => {
            FetchError::Later {
                after: match told.then {
                    Then::Rest(secs) => Some(Duration::from_secs(secs)),
                    _ => None,
                },
                reason: errors::words(told.code),
            }
        }
        _ => never(&errors::words(told.code)),
    }
}

/// Only over TLS from the platform's own hosts, or from the very origin that is set as its API.
pub fn may_fetch(url: &Url, api: &str) -> bool {
    let same_origin = Url::parse(api).is_ok_and(|api| api.origin() == url.origin());
    let theirs = url.scheme() == "https"
        && url.port().is_none()
        && url.host_str().is_some_and(|host| HOSTS.contains(&host));
    let nobody = url.username().is_empty() && url.password().is_none();
    nobody && (same_origin || theirs)
}

enum Short {
    Expired,
    For(FetchError),
}

/// Step two: the bytes, as far as they may be had.
async fn bytes(us: &WhatsApp, place: &Url, most: u64) -> Result<Vec<u8>, Short> {
    let short = |error| Short::For(error);
    let silence = Duration::from_secs(SILENCE_SECS);
    let call = us.asking(us.house.http.get(place.clone())).send();
    let answer = tokio::time::timeout(silence, call)
        .await
        .map_err(|_| short(later("no answer came")))?
        .map_err(|error| short(later(&super::send::cause(&error))))?;
    match answer.status().as_u16() {
        200 => {}
        401 | 403 | 404 | 410 => return Err(Short::Expired),
        status @ (300..=399) => {
            return Err(short(never(&format!("it was sent elsewhere ({status})"))));
        }
        status => return Err(short(later(&format!("its place answered {status}")))),
    }
    if answer.content_length().is_some_and(|length| length > most) {
        return Err(short(FetchError::TooBig));
    }
    let mut whole = Vec::new();
    let mut chunks = answer.bytes_stream();
    loop {
        let next = tokio::time::timeout(silence, chunks.next()).await;
        match next.map_err(|_| short(later("its bytes stopped coming")))? {
            None => return Ok(whole),
            Some(Err(error)) => return Err(short(later(&super::send::cause(&error)))),
            Some(Ok(chunk)) if (whole.len() + chunk.len()) as u64 > most => {
                return Err(short(FetchError::TooBig));
            }
            Some(Ok(chunk)) => whole.extend_from_slice(&chunk),
        }
    }
}

/// Hexadecimal in some deliveries, base64 in others; without an announcement anything is right.
fn is_announced(bytes: &[u8], digest: &str) -> bool {
    let announced = match digest.len() {
        0 => return true,
        64 => genuine::bytes(digest),
        _ => STANDARD.decode(digest).ok(),
    };
    // What is no digest at all says nothing about the bytes.
    announced.is_none_or(|announced| announced == Sha256::digest(bytes).as_slice())
}

fn later(reason: &str) -> FetchError {
    FetchError::Later {
        after: None,
        reason: reason.to_owned(),
    }
}

fn never(reason: &str) -> FetchError {
    FetchError::Never {
        reason: reason.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_come_from_the_platforms_hosts_alone() {
        let api = "https://graph.facebook.com/v25.0";
        let stub = "http://127.0.0.1:8301/v25.0";
        for (url, api, may) in [
            (
                "https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1",
                api,
                true,
            ),
            ("https://graph.facebook.com/v25.0/file", api, true),
            ("http://lookaside.fbsbx.com/1", api, false),
            ("https://lookaside.fbsbx.com:8443/1", api, false),
            ("https://lookaside.fbsbx.com.example.org/1", api, false),
            ("https://user@lookaside.fbsbx.com/1", api, false),
            ("https://example.org/1", api, false),
            ("http://169.254.169.254/latest/meta-data", api, false),
            ("http://127.0.0.1:8080/staff", api, false),
            ("http://[::1]/", api, false),
            ("file:///etc/passwd", api, false),
            ("http://127.0.0.1:8301/file/1", stub, true),
            ("http://127.0.0.1:8302/file/1", stub, false),
            ("http://localhost:8301/file/1", stub, false),
        ] {
            assert_eq!(may_fetch(&Url::parse(url).unwrap(), api), may, "{url}");
        }
    }

    #[test]
    fn a_digest_is_compared_in_either_form() {
        let hex = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        let base64 = "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=";
        for (digest, right) in [(hex, true), (base64, true), ("", true), ("?", true)] {
            assert_eq!(is_announced(b"abc", digest), right, "{digest}");
        }
        assert!(!is_announced(b"abd", hex));
        assert!(!is_announced(b"abd", base64));
    }
}
