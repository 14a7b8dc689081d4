//! Files in a conversation: given to whoever may see the conversation, shown where that runs nothing, in parts
//! where a player asks for them.

use axum::extract::{Path, State};
use axum::http::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_RANGE, CONTENT_SECURITY_POLICY,
    CONTENT_TYPE, RANGE,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};

use super::find;
use crate::console::Console;
use crate::console::visit::Staff;
use crate::console::wrong::Wrong;
use crate::event::{Attachment, AttachmentKind};
use crate::store::attachment;
use crate::store::object::preview_key;

/// What is shown in a page of ours: it runs nothing, loads nothing, and stands in no other frame.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'";

pub async fn show(
    State(console): State<Console>,
    staff: Staff,
    Path((id, file)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Wrong> {
    let file = own(&console, &staff, &id, &file).await?;
    let bytes = bytes(&console, &file.id).await?;
    let shown = file.kind != AttachmentKind::Document || file.mime == "application/pdf";
    let mime = match shown {
        true => file.mime.as_str(),
        false => "application/octet-stream",
    };
    Ok(answer(mime, &disposition(&file, shown), bytes, &headers))
}

pub async fn preview(
    State(console): State<Console>,
    staff: Staff,
    Path((id, file)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Wrong> {
    let file = own(&console, &staff, &id, &file).await?;
    let bytes = bytes(&console, &preview_key(&file.id)).await?;
    Ok(answer("image/jpeg", "inline", bytes, &headers))
}

async fn own(
    console: &Console,
    staff: &Staff,
    conversation: &str,
    file: &str,
) -> Result<Attachment, Wrong> {
    let mut tx = console.reader().await?;
    find(&mut tx, staff, conversation).await?;
    let stored = attachment::find(&mut tx, file).await?;
    let stored = stored
        .filter(|one| one.state == "stored")
        .ok_or(Wrong::Missing)?;
    match stored.conversation.as_deref() == Some(conversation) {
        true => Ok(stored.attachment),
        false => Err(Wrong::hidden("file", file)),
    }
}

async fn bytes(console: &Console, key: &str) -> Result<Vec<u8>, Wrong> {
    let found = console.rooms()?.objects.get(key).await;
    let found = found.map_err(|error| {
        tracing::warn!(%error, "an attachment cannot be read now");
        Wrong::Busy
    })?;
    found.ok_or(Wrong::Missing)
}

fn disposition(file: &Attachment, shown: bool) -> String {
    let how = if shown { "inline" } else { "attachment" };
    let escaped = |name: &String| -> String {
        name.bytes()
            .map(|byte| match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'_' => {
                    char::from(byte).to_string()
                }
                _ => format!("%{byte:02X}"),
            })
            .collect()
    };
    match &file.name {
        Some(name) => format!("{how}; filename*=UTF-8''{}", escaped(name)),
        None => how.to_owned(),
    }
}

fn answer(mime: &str, disposition: &str, bytes: Vec<u8>, asked: &HeaderMap) -> Response {
    let whole = bytes.len();
    let range = asked.get(RANGE).and_then(|range| range.to_str().ok());
    let part = range.and_then(|range| part(range, whole));
    let mut response = match part {
        Some((from, to)) => {
            (StatusCode::PARTIAL_CONTENT, bytes[from..=to].to_vec()).into_response()
        }
        None => bytes.into_response(),
    };
    let headers = response.headers_mut();
    let mut set = |name: HeaderName, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    };
    set(CONTENT_TYPE, mime);
    set(CONTENT_DISPOSITION, disposition);
    set(CONTENT_SECURITY_POLICY, POLICY);
    set(ACCEPT_RANGES, "bytes");
    set(CACHE_CONTROL, "private, max-age=300");
    if let Some((from, to)) = part {
        set(CONTENT_RANGE, &format!("bytes {from}-{to}/{whole}"));
    }
    response
}

/// One part of a file; anything else that is asked for is the whole.
fn part(range: &str, whole: usize) -> Option<(usize, usize)> {
    let (from, to) = range.strip_prefix("bytes=")?.split_once('-')?;
    let from: usize = from.parse().ok()?;
    let last = whole.checked_sub(1)?;
    let to = match to.is_empty() {
        true => last,
        false => to.parse::<usize>().ok()?.min(last),
    };
    (from <= to).then_some((from, to))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_player_gets_the_part_that_it_asks_for() {
        for (range, expected) in [
            ("bytes=0-1", Some((0, 1))),
            ("bytes=2-", Some((2, 9))),
            ("bytes=5-900", Some((5, 9))),
            ("bytes=10-", None),
            ("bytes=5-2", None),
            ("bytes=-3", None),
            ("pages=1-2", None),
        ] {
            assert_eq!(part(range, 10), expected, "{range}");
        }
        assert_eq!(part("bytes=0-", 0), None);
    }
}
