//! `POST /chat/messages`: something written, chosen or pinned. The page gives each message an id: a
//! double tap or a retry is one event. 200 only after the commit.

use axum::body::Body;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Extension, Json};
use serde::Deserialize;
use serde_json::json;

use super::body;
use super::visit::{Visit, read_key};
use crate::event::What;
use crate::reply::DATA_BYTES_MAX;
use crate::web::Site;
use crate::web::session::set;
use crate::web::way::Way;
use crate::web::wrong::Wrong;

/// The label of a button that comes back with a press; longer ones are cut.
const TITLE_CHARS_MAX: usize = 200;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Message {
    id: String,
    text: Option<String>,
    choice: Option<String>,
    title: Option<String>,
    location: Option<Location>,
}

#[derive(Deserialize)]
struct Location {
    latitude: f64,
    longitude: f64,
}

pub async fn create(
    State(site): State<Site>,
    Extension(way): Extension<Way>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Wrong> {
    let sent = body::read(&headers, body, site.silence()).await?;
    let form = is_form(&headers);
    let message = match form {
        true => of_form(&sent)?,
        false => serde_json::from_slice(&sent).map_err(|_| Wrong::Bad)?,
    };
    let (kind, what) = what(&message)?;
    let key = read_key(&message.id)?;
    let visit = Visit::of(&site, way, &headers).await?;
    let taken = visit.say(&site, key, kind, what).await?;
    let mut response = match form {
        true => Redirect::to(way.page()).into_response(),
        false => Json(json!({
            "last_seq": taken.last_seq,
            "renewed": visit.head.is_none(),
        }))
        .into_response(),
    };
    if visit.head.is_none() {
        set(response.headers_mut(), visit.session.cookie(site.https()));
    }
    Ok(response)
}

fn what(message: &Message) -> Result<(&'static str, What), Wrong> {
    match (&message.text, &message.choice, &message.location) {
        (Some(text), None, None) => Ok(("text", wrote(text)?)),
        (None, Some(data), None) => Ok(("choice", chose(data, message.title.as_deref())?)),
        (None, None, Some(place)) => Ok(("location", pinned(place)?)),
        _ => Err(Wrong::Bad),
    }
}

fn wrote(text: &str) -> Result<What, Wrong> {
    let text = clean(text);
    match text.is_empty() {
        true => Err(Wrong::Bad),
        false => Ok(What::Wrote { text }),
    }
}

/// Control characters mean nothing in a chat, and NUL cannot be stored on PostgreSQL.
pub fn clean(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
        .collect()
}

fn chose(data: &str, title: Option<&str>) -> Result<What, Wrong> {
    let plain = data.bytes().all(|byte| byte.is_ascii_graphic());
    if data.is_empty() || data.len() > DATA_BYTES_MAX || !plain {
        return Err(Wrong::Bad);
    }
    Ok(What::Chose {
        data: data.to_string(),
        title: title.map(|title| clean(title).chars().take(TITLE_CHARS_MAX).collect()),
    })
}

fn pinned(place: &Location) -> Result<What, Wrong> {
    let on_earth = place.latitude.abs() <= 90.0 && place.longitude.abs() <= 180.0;
    match on_earth {
        true => Ok(What::Pinned {
            latitude: place.latitude,
            longitude: place.longitude,
            label: None,
        }),
        false => Err(Wrong::Bad),
    }
}

fn is_form(headers: &HeaderMap) -> bool {
    let kind = headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    kind.is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded"))
}

/// The page without script posts a form.
fn of_form(sent: &[u8]) -> Result<Message, Wrong> {
    let mut message = Message {
        id: String::new(),
        text: None,
        choice: None,
        title: None,
        location: None,
    };
    for (name, value) in pairs(sent)? {
        match name.as_str() {
            "id" => message.id = value,
            "text" => message.text = Some(value),
            "choice" => message.choice = Some(value),
            "title" => message.title = Some(value),
            _ => return Err(Wrong::Bad),
        }
    }
    Ok(message)
}

fn pairs(sent: &[u8]) -> Result<Vec<(String, String)>, Wrong> {
    sent.split(|byte| *byte == b'&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let at = pair
                .iter()
                .position(|byte| *byte == b'=')
                .ok_or(Wrong::Bad)?;
            Ok((decode(&pair[..at])?, decode(&pair[at + 1..])?))
        })
        .collect()
}

fn decode(text: &[u8]) -> Result<String, Wrong> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        match first {
            b'+' => bytes.push(b' '),
            b'%' => {
                let digits = after.get(..2).and_then(|two| std::str::from_utf8(two).ok());
                let byte = digits.and_then(|two| u8::from_str_radix(two, 16).ok());
                bytes.push(byte.ok_or(Wrong::Bad)?);
                rest = &after[2..];
            }
            plain => bytes.push(*plain),
        }
    }
    String::from_utf8(bytes).map_err(|_| Wrong::Bad)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Result<(&'static str, What), Wrong> {
        let message: Message = serde_json::from_str(json).map_err(|_| Wrong::Bad)?;
        read_key(&message.id)?;
        what(&message)
    }

    fn wrote(text: &str) -> What {
        What::Wrote {
            text: text.to_string(),
        }
    }

    #[test]
    fn what_the_page_sends_is_read_or_refused_whole() {
        let long = "ب".repeat(50_000);
        let long_json = format!(r#"{{"id":"a","text":"{long}"}}"#);
        for (case, json, expected) in [
            (
                "a text",
                r#"{"id":"a-1","text":"سلام"}"#,
                Ok(("text", wrote("سلام"))),
            ),
            ("a long text", &long_json, Ok(("text", wrote(&long)))),
            (
                "template text",
                r#"{"id":"a","text":"{{7*7}}"}"#,
                Ok(("text", wrote("{{7*7}}"))),
            ),
            (
                "a NUL inside",
                r#"{"id":"a","text":"س\u0000لام\u0007"}"#,
                Ok(("text", wrote("سلام"))),
            ),
            (
                "lines stay",
                r#"{"id":"a","text":"س\nل"}"#,
                Ok(("text", wrote("س\nل"))),
            ),
            (
                "only NULs",
                r#"{"id":"a","text":"\u0000"}"#,
                Err(Wrong::Bad),
            ),
            ("nothing", r#"{"id":"a"}"#, Err(Wrong::Bad)),
            (
                "two things",
                r#"{"id":"a","text":"a","choice":"b"}"#,
                Err(Wrong::Bad),
            ),
            ("no id", r#"{"text":"a"}"#, Err(Wrong::Bad)),
            ("an empty id", r#"{"id":"","text":"a"}"#, Err(Wrong::Bad)),
            (
                "an id with a path",
                r#"{"id":"../a","text":"a"}"#,
                Err(Wrong::Bad),
            ),
            (
                "a half letter",
                r#"{"id":"a","text":"\ud800"}"#,
                Err(Wrong::Bad),
            ),
            (
                "an unknown field",
                r#"{"id":"a","text":"a","admin":true}"#,
                Err(Wrong::Bad),
            ),
            (
                "a button",
                r#"{"id":"a","choice":"abc123:who:self","title":"لنفسي"}"#,
                Ok((
                    "choice",
                    What::Chose {
                        data: "abc123:who:self".to_string(),
                        title: Some("لنفسي".to_string()),
                    },
                )),
            ),
            (
                "a button of another kind",
                r#"{"id":"a","choice":"س"}"#,
                Err(Wrong::Bad),
            ),
            (
                "a pin",
                r#"{"id":"a","location":{"latitude":24.7,"longitude":46.7}}"#,
                Ok((
                    "location",
                    What::Pinned {
                        latitude: 24.7,
                        longitude: 46.7,
                        label: None,
                    },
                )),
            ),
            (
                "a pin off the earth",
                r#"{"id":"a","location":{"latitude":91,"longitude":0}}"#,
                Err(Wrong::Bad),
            ),
            ("no JSON", "id=a", Err(Wrong::Bad)),
        ] {
            assert_eq!(read(json), expected, "{case}");
        }
    }

    #[test]
    fn a_form_says_the_same_without_script() {
        for (case, form, expected) in [
            (
                "a text",
                "id=a&text=%D8%B3+%D9%84",
                Ok(("text", wrote("س ل"))),
            ),
            ("invalid UTF-8", "id=a&text=%FF", Err(Wrong::Bad)),
            ("a broken escape", "id=a&text=%D", Err(Wrong::Bad)),
            ("an unknown field", "id=a&text=b&x=y", Err(Wrong::Bad)),
        ] {
            let found = of_form(form.as_bytes()).and_then(|message| what(&message));
            assert_eq!(found, expected, "{case}");
        }
    }
}
