//! The fields of a form, as they came: trimmed, bounded, and asked for by name.

use axum::extract::rejection::FormRejection;
use axum::extract::{Form, FromRequest, Request};

use super::Console;
use super::wrong::Wrong;
use crate::text::graphemes;

/// Characters of a name or a title: longer than any, and short enough for a line.
pub const LINE_SCALARS_MAX: usize = 120;
/// Characters of a text that people receive.
pub const TEXT_SCALARS_MAX: usize = 4_000;

#[derive(Clone, Debug, Default)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// The fields of a form that was kept as its body.
    pub fn kept(body: &str) -> Fields {
        Fields(body.split('&').filter_map(pair).collect())
    }

    /// One line of text, without spaces around it; empty when it did not come.
    pub fn line(&self, name: &str) -> String {
        let one = self.raw(name).trim();
        let line: String = one.chars().filter(|c| !c.is_control()).collect();
        graphemes::cut(&line, LINE_SCALARS_MAX).to_string()
    }

    /// Text of several lines.
    pub fn text(&self, name: &str) -> String {
        let text = self.raw(name).replace("\r\n", "\n");
        graphemes::cut(text.trim(), TEXT_SCALARS_MAX).to_string()
    }

    /// As it came: for passwords.
    pub fn raw(&self, name: &str) -> &str {
        let found = self.0.iter().find(|(key, _)| key == name);
        found.map_or("", |(_, value)| value)
    }

    /// Every value of a field that may come several times.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let of_name = move |(key, _): &&(String, String)| key == name;
        self.0
            .iter()
            .filter(of_name)
            .map(|(_, value)| value.as_str())
    }

    /// Whether a box was ticked or a button pressed.
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(key, _)| key == name)
    }

    /// As a form is sent: what [`Fields::kept`] reads.
    pub fn body(&self) -> String {
        let pair =
            |(name, value): &(String, String)| format!("{}={}", escaped(name), escaped(value));
        self.0.iter().map(pair).collect::<Vec<_>>().join("&")
    }

    pub fn pairs(&self) -> &[(String, String)] {
        &self.0
    }
}

impl From<Vec<(String, String)>> for Fields {
    fn from(pairs: Vec<(String, String)>) -> Fields {
        Fields(pairs)
    }
}

impl<const N: usize> From<[(&str, &str); N]> for Fields {
    fn from(pairs: [(&str, &str); N]) -> Fields {
        let owned = |(name, value): (&str, &str)| (name.to_string(), value.to_string());
        Fields(pairs.into_iter().map(owned).collect())
    }
}

impl FromRequest<Console> for Fields {
    type Rejection = Wrong;

    async fn from_request(request: Request, console: &Console) -> Result<Fields, Wrong> {
        let form = Form::<Vec<(String, String)>>::from_request(request, console).await;
        match form {
            Ok(Form(fields)) => Ok(Fields(fields)),
            Err(FormRejection::BytesRejection(_)) => Err(Wrong::TooLarge),
            Err(_) => Err(Wrong::Bad),
        }
    }
}

/// Text as it stands in an address or a form that is sent.
pub fn escaped(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'_' => {
                char::from(byte).to_string()
            }
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

/// One `name=value` of a body.
fn pair(text: &str) -> Option<(String, String)> {
    let (name, value) = text.split_once('=')?;
    Some((plain(name)?, plain(value)?))
}

/// `+` is a space, `%D8` a byte.
fn plain(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let pair = [rest.next()?, rest.next()?];
                u8::from_str_radix(std::str::from_utf8(&pair).ok()?, 16).ok()?
            }
            other => other,
        });
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_kept_of_a_form_reads_as_it_was_sent() {
        let kept = Fields::kept("note=%D8%B3%D9%84%D8%A7%D9%85+%26+%2B&roles=a&roles=b&empty=");
        assert_eq!(kept.text("note"), "سلام & +");
        assert_eq!(kept.all("roles").collect::<Vec<_>>(), ["a", "b"]);
        assert!(kept.has("empty") && !kept.has("other"));
        assert_eq!(Fields::kept("%zz=1&%=2&a").pairs(), []);
        assert_eq!(Fields::kept(&kept.body()).pairs(), kept.pairs());
    }

    #[test]
    fn a_line_is_one_line_of_a_bounded_length() {
        let fields = Fields::from([("title", "  أ\nب\u{0007} "), ("long", &"س".repeat(500))]);
        assert_eq!(fields.line("title"), "أب");
        assert_eq!(fields.line("long").chars().count(), LINE_SCALARS_MAX);
        assert_eq!(fields.line("none"), "");
    }
}
