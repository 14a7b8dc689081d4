//! Mail addresses as people type them. Only the shape is judged; whether a mailbox exists, sending shows.

use crate::text::scan;
use crate::text::sealed::masked_text;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Bytes before the `@` at most (RFC 5321, 4.5.3.1.1).
pub const LOCAL_BYTES_MAX: usize = 64;
/// Bytes of the whole address at most (RFC 5321, 4.5.3.1.3 less the brackets).
pub const ADDRESS_BYTES_MAX: usize = 254;
/// Bytes of one label of a domain at most (RFC 1035, 2.3.4).
const LABEL_BYTES_MAX: usize = 63;

/// A mail address: the local part as typed, the domain in lower case, letters of other scripts kept. Printed masked.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Email(String);

masked_text!(Email, EmailProblem, read, mask);

/// Why a text is no mail address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum EmailProblem {
    #[error("nothing with an @ in it")]
    Empty,
    #[error("not of the shape name@domain.example")]
    Shape,
    #[error("longer than mail addresses can be")]
    Length,
    #[error("two different addresses")]
    TwoAddresses,
}

/// Reads one address; words, `<>`, quotes and `mailto:` around it are tolerated.
pub fn read(text: &str) -> Result<Email, EmailProblem> {
    let plain: String = scan::glyphs(scan::capped(text))
        .map(|glyph| if glyph.c == '\u{FF20}' { '@' } else { glyph.c })
        .collect();
    let words = plain
        .split(|c: char| c.is_whitespace() || is_around(c))
        .filter(|word| word.contains('@'));
    let mut found = words.map(address);
    let first = found.next().ok_or(EmailProblem::Empty)?;
    match found.all(|other| other == first) {
        true => first,
        false => Err(EmailProblem::TwoAddresses),
    }
}

impl Email {
    /// The part after the `@`, in lower case.
    pub fn domain(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(_, domain)| domain)
    }
}

/// What people and programs put around an address, and never in one that we take.
fn is_around(c: char) -> bool {
    matches!(
        c,
        '<' | '>'
            | '('
            | ')'
            | '['
            | ']'
            | '"'
            | '«'
            | '»'
            | ','
            | '،'
            | ';'
            | '؛'
            | ':'
            | '؟'
            | '?'
            | '!'
    )
}

fn address(word: &str) -> Result<Email, EmailProblem> {
    let word = word.trim_end_matches('.').trim_start_matches('.');
    let (local, domain) = word.rsplit_once('@').ok_or(EmailProblem::Shape)?;
    if local.len() > LOCAL_BYTES_MAX || word.len() > ADDRESS_BYTES_MAX {
        return Err(EmailProblem::Length);
    }
    let domain = domain.to_lowercase();
    if !is_local(local) || !is_domain(&domain) {
        return Err(EmailProblem::Shape);
    }
    Ok(Email(format!("{local}@{domain}")))
}

/// Dot-parted atoms (RFC 5322, 3.2.3), with letters of every script (RFC 6531).
fn is_local(local: &str) -> bool {
    let is_atom = |c: char| {
        c.is_alphanumeric()
            || unicode_normalization::char::is_combining_mark(c)
            || "!#$%&'*+-/=?^_`{|}~".contains(c)
    };
    local
        .split('.')
        .all(|atom| !atom.is_empty() && atom.chars().all(is_atom))
}

fn is_domain(domain: &str) -> bool {
    let labels: Vec<&str> = domain.split('.').collect();
    let top_is_name = labels
        .last()
        .is_some_and(|top| top.chars().count() > 1 && !top.chars().all(char::is_numeric));
    labels.len() > 1 && top_is_name && labels.iter().all(|label| is_label(label))
}

fn is_label(label: &str) -> bool {
    let inside = |c: char| {
        c.is_alphanumeric() || c == '-' || unicode_normalization::char::is_combining_mark(c)
    };
    !label.is_empty()
        && label.len() <= LABEL_BYTES_MAX
        && !label.starts_with('-')
        && !label.ends_with('-')
        && label.chars().all(inside)
}

/// The first letter and the domain: `s•••••@example.com`.
fn mask(address: &str) -> String {
    let (local, domain) = address.rsplit_once('@').unwrap_or((address, ""));
    let first: String = local.chars().take(1).collect();
    format!("{first}•••••@{domain}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn addresses_are_read_or_say_why() {
        let long = format!("{}@example.com", "a".repeat(65));
        for (text, expected) in [
            ("Sara@Example.COM", Ok("Sara@example.com")),
            (
                "بريدي \u{200F}sara.q+1@example.com.sa، شكرًا",
                Ok("sara.q+1@example.com.sa"),
            ),
            ("Sara <sara@example.com>.", Ok("sara@example.com")),
            ("mailto:sara@example.com", Ok("sara@example.com")),
            ("سارة@مثال.السعودية", Ok("سارة@مثال.السعودية")),
            ("sara١٢@example.com", Ok("sara12@example.com")),
            ("a@b.co a@b.co", Ok("a@b.co")),
            ("ما عندي", Err(EmailProblem::Empty)),
            ("sara@", Err(EmailProblem::Shape)),
            ("@example.com", Err(EmailProblem::Shape)),
            ("sara@example", Err(EmailProblem::Shape)),
            ("sara@example..com", Err(EmailProblem::Shape)),
            ("sa ra@-example.com", Err(EmailProblem::Shape)),
            ("a@b@c.com", Err(EmailProblem::Shape)),
            ("sara@10.0.0.1", Err(EmailProblem::Shape)),
            ("a@b.co c@d.co", Err(EmailProblem::TwoAddresses)),
            (&long, Err(EmailProblem::Length)),
        ] {
            assert_eq!(
                read(text).as_ref().map(Email::as_str).map_err(|e| *e),
                expected,
                "{text}"
            );
        }
        let email = read("sara@example.com").unwrap();
        assert_eq!(
            (email.to_string().as_str(), email.domain()),
            ("s•••••@example.com", "example.com")
        );
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "\\PC*|[a-c@.٠ <>-]{0,30}") {
            if let Ok(email) = read(&text) {
                prop_assert_eq!(read(email.as_str()), Ok(email));
            }
        }
    }
}
