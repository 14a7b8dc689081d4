//! Telephone numbers as people in the Kingdom type them, made E.164 (SAUDI 3). Which kinds are welcome, the caller decides.

use crate::text::scan::{self, Chunk};
use crate::text::sealed::{masked, masked_text};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Digits from which a number counts as an attempt at a telephone number, and not as an extension or an age.
const ATTEMPT_DIGITS_MIN: usize = 7;
/// Different numbers in one text that are looked at closely: judging a foreign one takes a millisecond.
const ATTEMPTS_MAX: usize = 4;
/// Digits of an E.164 number at most (ITU-T E.164).
const DIGITS_MAX: usize = 15;

/// An E.164 number such as `+966512345678`. Serialised as such, printed masked (`+966•••••5678`).
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Phone(String);

masked_text!(Phone, PhoneProblem, stored, mask);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PhoneKind {
    Mobile,
    Fixed,
    TollFree,
    /// 920 and 925 numbers of businesses.
    Unified,
    /// A valid number of another country; residents do have them.
    Foreign,
}

/// A number that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhoneRead {
    pub phone: Phone,
    pub kind: PhoneKind,
    /// The groups came in reverse, as bidi pasting does, and were turned around: show it back before trusting it.
    pub turned: bool,
}

/// Why a text is no telephone number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum PhoneProblem {
    #[error("no number in it")]
    Empty,
    #[error("two different numbers")]
    TwoNumbers,
    #[error("no such number is assigned")]
    Invalid,
    #[error("too many or too few digits")]
    Length,
}

/// Reads one number; words around it and every local, national and international spelling are tolerated.
pub fn read(text: &str) -> Result<PhoneRead, PhoneProblem> {
    let chunks = scan::chunks(scan::capped(text), &[]);
    if scan::distinct(
        chunks
            .iter()
            .map(Chunk::digits)
            .filter(|n| n.len() >= ATTEMPT_DIGITS_MIN)
            .collect(),
    )
    .len()
        > ATTEMPTS_MAX
    {
        return Err(PhoneProblem::TwoNumbers);
    }
    let mut tries: Vec<Try> = chunks.iter().flat_map(tries).collect();
    tries.sort_by_key(|attempt| attempt.digits < ATTEMPT_DIGITS_MIN);
    let serious = tries
        .iter()
        .filter(|attempt| attempt.digits >= ATTEMPT_DIGITS_MIN)
        .count();
    if chunks
        .iter()
        .any(|chunk| chunk.letter_before && serious < 2 || chunk.false_digit)
    {
        return Err(PhoneProblem::Invalid);
    }
    let mut serious = tries.drain(..serious);
    let Some(first) = serious.next() else {
        return Err(if chunks.is_empty() {
            PhoneProblem::Empty
        } else {
            PhoneProblem::Length
        });
    };
    match serious.any(|other| other.result != first.result || other.result.is_err()) {
        true => Err(PhoneProblem::TwoNumbers),
        false => first.result,
    }
}

impl Phone {
    /// The digits without `+`, as WhatsApp names a person.
    pub fn digits(&self) -> &str {
        &self.0[1..]
    }

    /// As people here write it: `0512345678` for a Saudi number, E.164 for others.
    pub fn local(&self) -> String {
        self.0
            .strip_prefix("+966")
            .map_or(self.0.clone(), |national| match national {
                toll_free if toll_free.starts_with("800") || toll_free.starts_with("92") => {
                    toll_free.to_owned()
                }
                other => format!("0{other}"),
            })
    }
}

/// One number that a chunk may hold, and what came of reading it.
struct Try {
    digits: usize,
    result: Result<PhoneRead, PhoneProblem>,
}

/// A chunk is one number, or several when each of its groups is a number of its own.
fn tries(chunk: &Chunk) -> Vec<Try> {
    let alone =
        |digits: &str| digits.len() >= ATTEMPT_DIGITS_MIN && read_digits(digits, false).is_ok();
    let numbers = chunk.numbers(alone);
    if let [whole] = &numbers[..] {
        let straight = read_digits(whole, chunk.plus);
        let result = straight.or_else(|problem| read_turned(chunk).ok_or(problem));
        return vec![Try {
            digits: whole.len(),
            result,
        }];
    }
    numbers
        .iter()
        .map(|digits| Try {
            digits: digits.len(),
            result: read_digits(digits, false),
        })
        .collect()
}

/// `5678 234 51 0` is `0 51 234 5678` seen from the other side. Only a Saudi mobile is believed so.
fn read_turned(chunk: &Chunk) -> Option<PhoneRead> {
    let turned: String = chunk
        .groups
        .iter()
        .rev()
        .map(|group| group.digits.as_str())
        .collect();
    let found = read_digits(&turned, false)
        .ok()
        .filter(|found| chunk.groups.len() > 1 && found.kind == PhoneKind::Mobile)?;
    turned.starts_with(['0', '9']).then_some(PhoneRead {
        turned: true,
        ..found
    })
}

fn read_digits(digits: &str, plus: bool) -> Result<PhoneRead, PhoneProblem> {
    let international = digits.strip_prefix("00").or(plus.then_some(digits));
    let saudi = |rest: &str| national(rest.strip_prefix('0').unwrap_or(rest));
    match international {
        Some(rest) if rest.starts_with("966") => saudi(&rest[3..]),
        // Typed as +05…: the plus is a habit, no country begins with 0.
        Some(rest) if rest.starts_with('0') => saudi(rest),
        Some(rest) => foreign(rest),
        None if digits.starts_with("0966") && digits.len() > 10 => saudi(&digits[4..]),
        None if digits.starts_with("966") && digits.len() > 9 => saudi(&digits[3..]),
        None if digits.starts_with('0') => national(&digits[1..]),
        // As WhatsApp shows the numbers of other countries: country code first, without a plus.
        None if digits.len() > 10 => foreign(digits),
        None => national(digits),
    }
}

/// A Saudi number without country code and trunk zero.
fn national(digits: &str) -> Result<PhoneRead, PhoneProblem> {
    let (length, kind) = match digits.as_bytes() {
        [b'5', ..] => (9, PhoneKind::Mobile),
        [b'8', b'0', b'0', ..] => (10, PhoneKind::TollFree),
        [b'9', b'2', ..] => (9, PhoneKind::Unified),
        [b'1', ..] => (9, PhoneKind::Fixed),
        _ if (7..=10).contains(&digits.len()) => return Err(PhoneProblem::Invalid),
        _ => return Err(PhoneProblem::Length),
    };
    if digits.len() != length {
        return Err(PhoneProblem::Length);
    }
    if !is_assigned(digits.as_bytes(), kind) {
        return Err(PhoneProblem::Invalid);
    }
    Ok(PhoneRead {
        phone: Phone(format!("+966{digits}")),
        kind,
        turned: false,
    })
}

/// The national patterns of SAUDI 3 (metadata of phonenumbers 9.0.43).
fn is_assigned(digits: &[u8], kind: PhoneKind) -> bool {
    match (kind, digits) {
        (PhoneKind::Mobile, [_, b'7', b'9', fourth, ..]) => *fourth <= b'8',
        (PhoneKind::Mobile, [_, second, ..]) => *second != b'2',
        (PhoneKind::Fixed, [_, area, third, ..]) => is_area(*area, *third),
        (PhoneKind::Unified, [_, _, third, ..]) => matches!(third, b'0' | b'5'),
        (kind, _) => kind == PhoneKind::TollFree,
    }
}

fn is_area(area: u8, third: u8) -> bool {
    match area {
        b'1' => true,
        b'2' => matches!(third, b'2' | b'4'..=b'8'),
        b'3' => matches!(third, b'3' | b'5'..=b'8'),
        b'4' => matches!(third, b'3' | b'4' | b'6'..=b'8'),
        b'6' => matches!(third, b'2'..=b'5'),
        b'7' => matches!(third, b'2' | b'3' | b'5'..=b'7'),
        _ => false,
    }
}

fn foreign(digits: &str) -> Result<PhoneRead, PhoneProblem> {
    if !(ATTEMPT_DIGITS_MIN..=DIGITS_MAX).contains(&digits.len()) {
        return Err(PhoneProblem::Length);
    }
    let e164 = format!("+{digits}");
    let number = phonenumber::parse(None, &e164).map_err(|_| PhoneProblem::Invalid)?;
    if !number.is_valid() {
        return Err(PhoneProblem::Invalid);
    }
    Ok(PhoneRead {
        phone: Phone(e164),
        kind: PhoneKind::Foreign,
        turned: false,
    })
}

/// What was stored: `+` and 7 to 15 ASCII digits. Not asked again whether it is assigned, since plans change.
fn stored(text: &str) -> Result<Phone, PhoneProblem> {
    let digits = text.strip_prefix('+').ok_or(PhoneProblem::Invalid)?;
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(PhoneProblem::Invalid);
    }
    if !(ATTEMPT_DIGITS_MIN..=DIGITS_MAX).contains(&digits.len()) {
        return Err(PhoneProblem::Length);
    }
    Ok(Phone(text.to_owned()))
}

fn mask(e164: &str) -> String {
    masked(e164, if e164.starts_with("+966") { 4 } else { 1 }, 4)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::spread;
    use proptest::prelude::*;

    fn told(text: &str) -> Result<(String, PhoneKind), PhoneProblem> {
        read(text).map(|r| (r.phone.as_str().to_owned(), r.kind))
    }

    #[test]
    fn every_spelling_of_a_mobile_is_one_number() {
        for spelling in [
            "0512345678",
            "512345678",
            "966512345678",
            "00966512345678",
            "9660512345678",
            "0966512345678",
        ] {
            for dressed in spread::dressed(spelling, &[2, 5]) {
                assert_eq!(
                    told(&dressed),
                    Ok(("+966512345678".to_owned(), PhoneKind::Mobile)),
                    "{dressed:?}"
                );
            }
        }
    }

    #[test]
    fn numbers_are_read_by_their_kind() {
        for (text, e164, kind) in [
            ("٠٥١٢٣٤٥٦٧٨", "+966512345678", PhoneKind::Mobile),
            ("05 1234 5678", "+966512345678", PhoneKind::Mobile),
            ("+966 0512345678", "+966512345678", PhoneKind::Mobile),
            ("+966512345678", "+966512345678", PhoneKind::Mobile),
            ("٠٠٩٦٦٥١٢٣٤٥٦٧٨", "+966512345678", PhoneKind::Mobile),
            ("966 5-1234-5678", "+966512345678", PhoneKind::Mobile),
            ("5678 234 51 0", "+966512345678", PhoneKind::Mobile),
            (
                "جوالي 0512345678 تحويلة 12",
                "+966512345678",
                PhoneKind::Mobile,
            ),
            (
                "0512345678 / 0512345678",
                "+966512345678",
                PhoneKind::Mobile,
            ),
            ("0578912345", "+966578912345", PhoneKind::Mobile),
            ("0112345678", "+966112345678", PhoneKind::Fixed),
            ("920012345", "+966920012345", PhoneKind::Unified),
            ("8001234567", "+9668001234567", PhoneKind::TollFree),
            ("+201001234567", "+201001234567", PhoneKind::Foreign),
            ("+967771234567", "+967771234567", PhoneKind::Foreign),
            ("00201001234567", "+201001234567", PhoneKind::Foreign),
            ("+967 771-234-567", "+967771234567", PhoneKind::Foreign),
        ] {
            assert_eq!(told(text), Ok((e164.to_owned(), kind)), "{text}");
        }
        assert!(read("5678 234 51 0").unwrap().turned);
    }

    #[test]
    fn bad_numbers_say_why() {
        for (text, problem) in [
            ("", PhoneProblem::Empty),
            ("ما عندي", PhoneProblem::Empty),
            ("0521234567", PhoneProblem::Invalid),
            ("0579912345", PhoneProblem::Invalid),
            ("0312345678", PhoneProblem::Invalid),
            ("+99912345678", PhoneProblem::Invalid),
            ("05I2345678", PhoneProblem::Invalid),
            ("05x2345678", PhoneProblem::Invalid),
            ("051234567", PhoneProblem::Length),
            ("05123456789", PhoneProblem::Length),
            ("123", PhoneProblem::Length),
            ("0512345678 0556789012", PhoneProblem::TwoNumbers),
            ("0512345678 أو 0556789012", PhoneProblem::TwoNumbers),
            ("0512345678و0556789012", PhoneProblem::TwoNumbers),
            (
                "هويتي 1098765439 وجوالي 0512345678",
                PhoneProblem::TwoNumbers,
            ),
        ] {
            assert_eq!(told(text), Err(problem), "{text}");
        }
    }

    #[test]
    fn a_number_is_printed_masked_and_stored_whole() {
        let phone = read("0512345678").unwrap().phone;
        assert_eq!(
            format!("{phone} {phone:?}"),
            "+966•••••5678 Phone(+966•••••5678)"
        );
        assert_eq!(
            (phone.digits(), phone.local().as_str()),
            ("966512345678", "0512345678")
        );
        let json = serde_json::to_string(&phone).unwrap();
        assert_eq!(serde_json::from_str::<Phone>(&json).unwrap(), phone);
        assert!(serde_json::from_str::<Phone>("\"0512345678\"").is_err());
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "\\PC*|[0-9٠-٩ +().\u{200F}و-]{0,40}") {
            if let Ok(found) = read(&text) {
                prop_assert_eq!(read(found.phone.as_str()).map(|r| r.phone), Ok(found.phone.clone()));
                prop_assert_eq!(read(&found.phone.local()).map(|r| r.phone), Ok(found.phone));
            }
        }
    }
}
