//! The National Address as people type it: short address, postal code, building number (SAUDI 4). Shapes only; no region is derived.

use crate::text::fold::{compact, is_number_separator};
use crate::text::scan;
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;
use thiserror::Error;

/// Digits of a building number, which end the short address.
pub const BUILDING_DIGITS: usize = 4;
/// Digits of a postal code.
pub const POSTAL_DIGITS: usize = 5;

/// Four letters and four digits, as `RRRD2929`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ShortAddress(String);

/// Why a text is no short address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum AddressProblem {
    #[error("nothing readable")]
    Empty,
    #[error("the digits come before the letters")]
    Order,
    #[error("its letters are Latin ones")]
    ArabicLetters,
    #[error("not four letters and four digits")]
    Shape,
}

/// Five digits, the first 1 to 8.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PostalCode(String);

/// Why a text is no postal code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum PostalProblem {
    #[error("no number in it")]
    Empty,
    #[error("{0} digits where five are needed")]
    Length(usize),
    #[error("no zone begins with 0 or 9")]
    Zone,
    #[error("two different numbers")]
    TwoNumbers,
}

impl ShortAddress {
    /// Reads a short address: any case, a space or dash inside, words around it.
    pub fn read(text: &str) -> Result<ShortAddress, AddressProblem> {
        let text = scan::capped(text);
        if crate::text::graphemes::only_symbols(text) {
            return Err(AddressProblem::Empty);
        }
        let plain = plain(text);
        match (captured(&RIGHT, &plain), captured(&TURNED, &plain)) {
            (Some(address), _) => Ok(ShortAddress(address)),
            (None, Some(_)) => Err(AddressProblem::Order),
            (None, None) if ARABIC.is_match(&plain) => Err(AddressProblem::ArabicLetters),
            (None, None) => Err(AddressProblem::Shape),
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The building number that the address ends with, four digits.
    pub fn building_number(&self) -> &str {
        &self.0[4..]
    }

    /// Whether a building number as typed is the one in the address; when not, ask which is right.
    pub fn agrees_with_building(&self, typed: &str) -> bool {
        compact(typed) == self.building_number()
    }
}

impl PostalCode {
    /// Reads one postal code, words around it tolerated.
    pub fn read(text: &str) -> Result<PostalCode, PostalProblem> {
        let chunks = scan::chunks(scan::capped(text), &[]);
        let numbers = scan::distinct(
            chunks
                .iter()
                .flat_map(|c| c.numbers(|n| n.len() == POSTAL_DIGITS))
                .collect(),
        );
        match &numbers[..] {
            [] => Err(PostalProblem::Empty),
            [one] if one.len() != POSTAL_DIGITS => Err(PostalProblem::Length(one.len())),
            [one] if one.starts_with(['0', '9']) => Err(PostalProblem::Zone),
            [one] => Ok(PostalCode(one.clone())),
            _ => Err(PostalProblem::TwoNumbers),
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Words of four letters that people put before a number, and that are no address.
const NOT_LETTERS: [&str; 8] = [
    "CODE", "HOME", "ADDR", "UNIT", "ZONE", "FLAT", "ROAD", "AREA",
];

static RIGHT: LazyLock<regex::Regex> =
    LazyLock::new(|| pattern(r"(?:^|[^A-Z0-9])([A-Z]{4})[ \-]{0,3}([0-9]{4})(?:$|[^A-Z0-9])"));
static TURNED: LazyLock<regex::Regex> =
    LazyLock::new(|| pattern(r"(?:^|[^A-Z0-9])([0-9]{4})[ \-]{0,3}([A-Z]{4})(?:$|[^A-Z0-9])"));
static ARABIC: LazyLock<regex::Regex> = LazyLock::new(|| {
    pattern(r"(?:^|[^\p{L}])\p{Arabic}[\p{Arabic} ]{2,6} ?-?[0-9]{4}(?:$|[^0-9])")
});

fn pattern(text: &str) -> regex::Regex {
    regex::Regex::new(text).expect("the pattern is a constant that the tests compile")
}

/// Upper case, ASCII digits, every separator a space or dash.
fn plain(text: &str) -> String {
    let plain = |c: char| {
        if c != '-' && is_number_separator(c) {
            ' '
        } else {
            c.to_ascii_uppercase()
        }
    };
    scan::glyphs(text).map(|glyph| plain(glyph.c)).collect()
}

fn captured(pattern: &regex::Regex, text: &str) -> Option<String> {
    let mut found = pattern
        .captures_iter(text)
        .map(|c| (c[1].to_owned(), c[2].to_owned()));
    let (first, second) = found
        .find(|(a, b)| !NOT_LETTERS.contains(&a.as_str()) && !NOT_LETTERS.contains(&b.as_str()))?;
    Some(first + &second)
}

impl TryFrom<String> for ShortAddress {
    type Error = AddressProblem;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        ShortAddress::read(&text)
    }
}

impl From<ShortAddress> for String {
    fn from(address: ShortAddress) -> String {
        address.0
    }
}

impl TryFrom<String> for PostalCode {
    type Error = PostalProblem;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        PostalCode::read(&text)
    }
}

impl From<PostalCode> for String {
    fn from(code: PostalCode) -> String {
        code.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn short_addresses_are_read_or_say_why() {
        for (text, expected) in [
            ("RRRD2929", Ok("RRRD2929")),
            ("rrrd 2929", Ok("RRRD2929")),
            ("RNBB-2312", Ok("RNBB2312")),
            ("RRRD٢٩٢٩", Ok("RRRD2929")),
            ("عنواني المختصر: \u{200E}rrrd-٢٩٢٩\u{200F}.", Ok("RRRD2929")),
            ("my address is RRRD2929, thanks", Ok("RRRD2929")),
            ("٢٩٢٩ RRRD", Err(AddressProblem::Order)),
            ("2929RRRD", Err(AddressProblem::Order)),
            ("ررد٢٩٢٩", Err(AddressProblem::ArabicLetters)),
            ("ر ر ر د ٢٩٢٩", Err(AddressProblem::ArabicLetters)),
            ("RRR2929", Err(AddressProblem::Shape)),
            ("RRRD292", Err(AddressProblem::Shape)),
            ("R4RD2929", Err(AddressProblem::Shape)),
            ("RRRD29295", Err(AddressProblem::Shape)),
            ("لا أعرفه", Err(AddressProblem::Shape)),
            ("", Err(AddressProblem::Empty)),
        ] {
            let read = ShortAddress::read(text);
            assert_eq!(
                read.as_ref().map(ShortAddress::as_str).map_err(|e| *e),
                expected,
                "{text}"
            );
        }
        let address = ShortAddress::read("RRRD2929").unwrap();
        assert!(address.agrees_with_building("٢٩٢٩"));
        assert!(!address.agrees_with_building("2930"));
    }

    #[test]
    fn postal_codes_are_read_or_say_why() {
        for (text, expected) in [
            ("12345", Ok("12345")),
            ("الرمز البريدي ١٢٣٤٥", Ok("12345")),
            ("92345", Err(PostalProblem::Zone)),
            ("1234", Err(PostalProblem::Length(4))),
            ("12345 54321", Err(PostalProblem::TwoNumbers)),
            ("لا", Err(PostalProblem::Empty)),
        ] {
            let read = PostalCode::read(text);
            assert_eq!(
                read.as_ref().map(PostalCode::as_str).map_err(|e| *e),
                expected,
                "{text}"
            );
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "\\PC*|[A-D2٢ -]{0,20}") {
            if let Ok(address) = ShortAddress::read(&text) {
                prop_assert_eq!(ShortAddress::read(address.as_str()), Ok(address));
            }
            let _ = PostalCode::read(&text);
        }
    }
}
