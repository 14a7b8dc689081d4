//! The ten-digit number of the national ID and the Iqama (SAUDI 2). A number that reads well proves no existence.

use crate::text::scan::{self, Chunk};
use crate::text::sealed::{masked, masked_text};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Digits of every such number.
pub const DIGITS: usize = 10;
/// Digits from which a number counts as an attempt at an identity, and not as an age or a list number beside one.
const ATTEMPT_DIGITS_MIN: usize = 7;

/// Ten ASCII digits. Serialised as its digits, printed masked (`1•••••7897`).
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct NationalId(String);

masked_text!(NationalId, IdProblem, stored, mask);

/// Who holds a number, by its first digit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Holder {
    /// 1
    Citizen,
    /// 2
    Resident,
    /// 3 or 5
    VisitorOrGulf,
    /// 6
    Pilgrim,
    /// 7: companies, government bodies, charities
    Entity,
    /// 4: not in the official list; other sources call it a border number
    Border,
}

/// A number that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdRead {
    pub id: NationalId,
    pub holder: Holder,
    /// False: ask to read the card again; the second identical entry is accepted as unverified.
    pub check_digit_ok: bool,
    /// Nobody's number in all likelihood, though its check digit fits: one digit over and over.
    pub weak: bool,
}

/// Why a text is no national ID or Iqama number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum IdProblem {
    #[error("nothing readable")]
    Empty,
    #[error("not a number of digits alone")]
    NotDigits,
    #[error("{0} digits where ten are needed")]
    Length(usize),
    #[error("a number of a visitor or a Gulf citizen")]
    OtherDocument,
    #[error("a number of a holder who cannot apply")]
    Refused(Holder),
    #[error("no such number begins with 0, 8 or 9")]
    FirstDigit,
    #[error("two different numbers")]
    TwoNumbers,
}

/// Reads a citizen's or resident's number, words around it tolerated. Other holders are problems.
pub fn read(text: &str) -> Result<IdRead, IdProblem> {
    let found = read_any(text)?;
    match found.holder {
        Holder::Citizen | Holder::Resident => Ok(found),
        Holder::VisitorOrGulf => Err(IdProblem::OtherDocument),
        refused => Err(IdProblem::Refused(refused)),
    }
}

/// Reads the number of any holder; for the step that asks for the other document.
pub fn read_any(text: &str) -> Result<IdRead, IdProblem> {
    let digits = the_number(scan::capped(text))?;
    let holder = holder(&digits).ok_or(IdProblem::FirstDigit)?;
    Ok(IdRead {
        holder,
        check_digit_ok: luhn(&digits),
        weak: is_weak(&digits),
        id: NationalId(digits),
    })
}

impl NationalId {
    /// The last four digits, for asking a person to confirm who they are.
    pub fn last_four(&self) -> &str {
        &self.0[DIGITS - 4..]
    }
}

/// Whether the digits pass Luhn's test, which all public validators use; the official formula is not published.
pub(crate) fn luhn(digits: &str) -> bool {
    let doubled = |d: u32| if d > 4 { 2 * d - 9 } else { 2 * d };
    let values = digits
        .bytes()
        .rev()
        .map(|b| u32::from(b.wrapping_sub(b'0')));
    let sum: u32 = values
        .enumerate()
        .map(|(i, d)| if i % 2 == 1 { doubled(d) } else { d })
        .sum();
    sum.is_multiple_of(10)
}

fn the_number(text: &str) -> Result<String, IdProblem> {
    let chunks = scan::chunks(text, &[]);
    let is_whole = |digits: &str| digits.len() == DIGITS;
    let numbers = scan::distinct(
        chunks
            .iter()
            .flat_map(|chunk| chunk.numbers(is_whole))
            .collect(),
    );
    if numbers.is_empty() {
        return Err(if crate::text::graphemes::only_symbols(text) {
            IdProblem::Empty
        } else {
            IdProblem::NotDigits
        });
    }
    if numbers.iter().filter(|n| is_whole(n)).count() > 1 {
        return Err(IdProblem::TwoNumbers);
    }
    if chunks.iter().any(is_spoiled) {
        return Err(IdProblem::NotDigits);
    }
    let attempts: Vec<&String> = numbers
        .iter()
        .filter(|n| n.len() >= ATTEMPT_DIGITS_MIN)
        .collect();
    match attempts[..] {
        [one] if is_whole(one) => Ok(one.clone()),
        [one] => Err(IdProblem::Length(one.len())),
        [] => Err(IdProblem::Length(
            numbers.iter().map(String::len).max().unwrap_or(0),
        )),
        _ => Err(IdProblem::TwoNumbers),
    }
}

fn is_spoiled(chunk: &Chunk) -> bool {
    chunk.letter_before || chunk.false_digit
}

fn holder(digits: &str) -> Option<Holder> {
    match digits.as_bytes().first()? {
        b'1' => Some(Holder::Citizen),
        b'2' => Some(Holder::Resident),
        b'3' | b'5' => Some(Holder::VisitorOrGulf),
        b'4' => Some(Holder::Border),
        b'6' => Some(Holder::Pilgrim),
        b'7' => Some(Holder::Entity),
        _ => None,
    }
}

/// The serial (digits 2 to 9) is one digit repeated: `1111111116`, `2222222222`, `1000000008`.
fn is_weak(digits: &str) -> bool {
    let serial = &digits.as_bytes()[1..DIGITS - 1];
    serial.iter().all(|digit| *digit == serial[0])
}

/// What was stored: exactly ten ASCII digits.
fn stored(text: &str) -> Result<NationalId, IdProblem> {
    if !text.bytes().all(|b| b.is_ascii_digit()) {
        return Err(IdProblem::NotDigits);
    }
    if text.len() != DIGITS {
        return Err(IdProblem::Length(text.len()));
    }
    Ok(NationalId(text.to_owned()))
}

fn mask(digits: &str) -> String {
    masked(digits, 1, 4)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::spread;
    use proptest::prelude::*;

    const VALID: [&str; 6] = [
        "1000000008",
        "1234567897",
        "1098765439",
        "2000000006",
        "2456789011",
        "2987654320",
    ];

    #[test]
    fn good_numbers_read_in_every_dress() {
        for digits in VALID {
            for dressed in spread::dressed(digits, &[1, 4, 7]) {
                let found = read(&dressed).unwrap_or_else(|e| panic!("{dressed:?}: {e}"));
                assert_eq!(found.id.as_str(), digits, "{dressed:?}");
                assert!(found.check_digit_ok, "{dressed:?}");
            }
        }
        for (text, digits) in [
            ("٢٤٥٦٧٨٩٠١١", "2456789011"),
            ("1234 567 897", "1234567897"),
            ("\u{200E}1098765439", "1098765439"),
            ("رقم هويتي هو ١٠٩٨٧٦٥٤٣٩", "1098765439"),
            ("ID: 10987 65439.", "1098765439"),
            ("هويتي1098765439، شكرًا", "1098765439"),
            ("عمري 34 سنة وهويتي 1098765439", "1098765439"),
            ("1098765439 1098765439", "1098765439"),
            ("*1098765439*", "1098765439"),
            ("1,098,765,439", "1098765439"),
        ] {
            assert_eq!(
                read(text).map(|r| r.id.as_str().to_owned()),
                Ok(digits.to_owned()),
                "{text}"
            );
        }
    }

    #[test]
    fn bad_numbers_say_why() {
        for (text, problem) in [
            ("", IdProblem::Empty),
            ("\u{200F} 😀", IdProblem::Empty),
            ("لا أعرف", IdProblem::NotDigits),
            ("123456789", IdProblem::Length(9)),
            ("12345678971", IdProblem::Length(11)),
            ("1098765439 12", IdProblem::Length(12)),
            ("5", IdProblem::Length(1)),
            ("3000000012", IdProblem::OtherDocument),
            ("5000000011", IdProblem::OtherDocument),
            ("7000000013", IdProblem::Refused(Holder::Entity)),
            ("4000000000", IdProblem::Refused(Holder::Border)),
            ("6000000000", IdProblem::Refused(Holder::Pilgrim)),
            ("0512345678", IdProblem::FirstDigit),
            ("1l34567897", IdProblem::NotDigits),
            ("109876543O", IdProblem::NotDigits),
            ("1098765439 2456789011", IdProblem::TwoNumbers),
            ("1098765439و2456789011", IdProblem::TwoNumbers),
            (
                "هويتي 1098765439 وجوالي 966512345678",
                IdProblem::TwoNumbers,
            ),
        ] {
            assert_eq!(read(text).map(|r| r.holder), Err(problem), "{text}");
        }
        for text in ["1000000000", "1234567890", "2456789010"] {
            assert!(!read(text).unwrap().check_digit_ok, "{text}");
        }
        for text in ["1111111116", "2222222222", "1000000008"] {
            assert!(read(text).unwrap().weak, "{text}");
        }
        assert!(!read("1098765439").unwrap().weak);
        assert_eq!(
            read_any("3000000012").unwrap().holder,
            Holder::VisitorOrGulf
        );
    }

    #[test]
    fn a_number_is_printed_masked_and_stored_whole() {
        let id = read("1234567897").unwrap().id;
        assert_eq!(format!("{id} {id:?}"), "1•••••7897 NationalId(1•••••7897)");
        let json = serde_json::to_string(&id).unwrap();
        assert_eq!(json, "\"1234567897\"");
        assert_eq!(serde_json::from_str::<NationalId>(&json).unwrap(), id);
        assert!(serde_json::from_str::<NationalId>("\"١٢٣\"").is_err());
        assert_eq!(id.last_four(), "7897");
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "\\PC*|[0-9٠-٩ lO.\u{200F}و+-]{0,60}") {
            if let Ok(found) = read_any(&text) {
                prop_assert_eq!(found.id.as_str().len(), DIGITS);
                prop_assert_eq!(read_any(found.id.as_str()).map(|r| r.id), Ok(found.id));
            }
        }
    }
}
