//! How the bytes of a file leave: saved or shown, whole or in the part that a player asks for, and never as
//! a page in our name.

use std::ops::RangeInclusive;

use axum::body::Bytes;
use axum::http::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_RANGE, CONTENT_SECURITY_POLICY,
    CONTENT_TYPE, ETAG, IF_RANGE, RANGE,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};

/// A file on its way out.
pub struct Given<'a> {
    pub mime: &'a str,
    /// Under which it is saved.
    pub name: Option<&'a str>,
    /// Shown or played in the page; else saved.
    pub shown: bool,
    /// Quoted; only what may be kept has one.
    pub tag: Option<&'a str>,
    pub bytes: Bytes,
}

impl Given<'_> {
    /// As the browser asked for it. Players of phones ask for parts, and play nothing without them.
    pub fn answer(self, asked: &HeaderMap) -> Response {
        let whole = self.bytes.len();
        let (status, bytes, range) = match part(asked, self.tag, whole) {
            Part::Whole => (StatusCode::OK, self.bytes.clone(), None),
            Part::Of(range) => {
                let told = format!("bytes {}-{}/{whole}", range.start(), range.end());
                let bytes = self.bytes.slice(range);
                (StatusCode::PARTIAL_CONTENT, bytes, Some(told))
            }
            Part::None => {
                let told = format!("bytes */{whole}");
                (StatusCode::RANGE_NOT_SATISFIABLE, Bytes::new(), Some(told))
            }
        };
        let mut response = (status, bytes).into_response();
        let headers = response.headers_mut();
        let disposition = self.disposition();
        for (name, value) in [
            (CONTENT_TYPE, Some(self.mime)),
            (CONTENT_DISPOSITION, Some(disposition.as_str())),
            // Not for others of this device; what has a tag is asked for anew each time, in one line.
            (
                CACHE_CONTROL,
                Some(
                    self.tag
                        .map_or("private, no-store", |_| "private, no-cache"),
                ),
            ),
            (ETAG, self.tag),
            (
                CONTENT_SECURITY_POLICY,
                Some("default-src 'none'; frame-ancestors 'none'; sandbox"),
            ),
            (ACCEPT_RANGES, Some("bytes")),
            (CONTENT_RANGE, range.as_deref()),
        ] {
            if let Some(Ok(value)) = value.map(HeaderValue::from_str) {
                headers.insert(name, value);
            }
        }
        response
    }

    fn disposition(&self) -> String {
        let how = if self.shown { "inline" } else { "attachment" };
        match self.name {
            Some(name) => format!("{how}; filename*=UTF-8''{}", escaped(name)),
            None => how.to_string(),
        }
    }
}

/// RFC 8187: everything but letters and digits as `%XX`.
fn escaped(name: &str) -> String {
    name.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'_' => {
                char::from(byte).to_string()
            }
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

#[derive(Debug, PartialEq, Eq)]
enum Part {
    Whole,
    Of(RangeInclusive<usize>),
    /// Beyond its end.
    None,
}

/// One range of bytes (RFC 9110 section 14); several at once, or of another content, is the whole.
fn part(asked: &HeaderMap, tag: Option<&str>, whole: usize) -> Part {
    let text = |name| asked.get(name).and_then(|value| value.to_str().ok());
    let same = asked.get(IF_RANGE).is_none() || (tag.is_some() && text(IF_RANGE) == tag);
    let range = text(RANGE)
        .filter(|_| same)
        .and_then(|range| range.strip_prefix("bytes="))
        .and_then(|range| range.split_once('-'));
    let Some((first, last)) = range else {
        return Part::Whole;
    };
    let last_byte = whole.saturating_sub(1);
    let (from, to) = match (first.parse::<usize>(), last.parse::<usize>()) {
        (Ok(from), Ok(to)) if from <= to => (from, to.min(last_byte)),
        (Ok(from), Err(_)) if last.is_empty() => (from, last_byte),
        (Err(_), Ok(0)) if first.is_empty() => return Part::None,
        (Err(_), Ok(count)) if first.is_empty() => (whole.saturating_sub(count), last_byte),
        _ => return Part::Whole,
    };
    match from < whole {
        true => Part::Of(from..=to),
        false => Part::None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_player_gets_the_part_that_it_asks_for() {
        for (range, expected) in [
            ("bytes=0-1", Part::Of(0..=1)),
            ("bytes=2-", Part::Of(2..=9)),
            ("bytes=-3", Part::Of(7..=9)),
            ("bytes=-30", Part::Of(0..=9)),
            ("bytes=5-900", Part::Of(5..=9)),
            ("bytes=9-9", Part::Of(9..=9)),
            ("bytes=10-", Part::None),
            ("bytes=-0", Part::None),
            ("bytes=5-2", Part::Whole),
            ("bytes=0-1,4-5", Part::Whole),
            ("bytes=-", Part::Whole),
            ("bytes=99999999999999999999999-", Part::Whole),
            ("pages=1-2", Part::Whole),
        ] {
            let asked = HeaderMap::from_iter([(RANGE, HeaderValue::from_static(range))]);
            assert_eq!(part(&asked, None, 10), expected, "{range}");
        }
        assert_eq!(part(&HeaderMap::new(), None, 10), Part::Whole);
        let empty = HeaderMap::from_iter([(RANGE, HeaderValue::from_static("bytes=0-"))]);
        assert_eq!(part(&empty, None, 0), Part::None);
    }

    #[test]
    fn a_part_of_another_content_is_the_whole() {
        for (told, tag, expected) in [
            ("\"a\"", Some("\"a\""), Part::Of(0..=1)),
            ("\"b\"", Some("\"a\""), Part::Whole),
            ("\"a\"", None, Part::Whole),
        ] {
            let asked = HeaderMap::from_iter([
                (RANGE, HeaderValue::from_static("bytes=0-1")),
                (IF_RANGE, HeaderValue::from_static(told)),
            ]);
            assert_eq!(part(&asked, tag, 10), expected, "{told}");
        }
    }
}
