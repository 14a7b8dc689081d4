//! Saudi IBANs (SAUDI 5, ISO 13616). The bank code is never judged: the public lists contradict each other.

use crate::text::scan;
use crate::text::sealed::{masked, masked_text};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Characters of a Saudi IBAN.
pub const LENGTH: usize = 24;
/// Characters from which a word counts as an attempt at an IBAN.
const ATTEMPT_LENGTH_MIN: usize = 12;

/// `SA`, two check digits, two bank digits, eighteen of the account. Serialised whole, printed masked (`SA•••••7519`).
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Iban(String);

masked_text!(Iban, IbanProblem, checked, mask);

/// Why a text is no Saudi IBAN.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum IbanProblem {
    #[error("nothing that could be an IBAN")]
    Empty,
    #[error("{0} characters where 24 are needed")]
    Length(usize),
    #[error("does not begin with SA")]
    Country,
    #[error("the check digits do not fit")]
    CheckDigits,
    #[error("a character that cannot stand there")]
    Chars,
    #[error("two different IBANs")]
    TwoNumbers,
}

/// Reads one IBAN, spaced or not, words around it tolerated.
pub fn read(text: &str) -> Result<Iban, IbanProblem> {
    let found = scan::distinct(candidates(scan::capped(text)));
    match &found[..] {
        [] => Err(IbanProblem::Empty),
        [one] => checked(one),
        several => one_of(several),
    }
}

impl Iban {
    /// In groups of four, as bank cards and forms show it.
    pub fn grouped(&self) -> String {
        let groups: Vec<&str> = (0..LENGTH)
            .step_by(4)
            .map(|at| &self.0[at..at + 4])
            .collect();
        groups.join(" ")
    }
}

/// The remainder of ISO 7064 mod 97-10, over ASCII letters and digits.
pub(crate) fn mod_97(iban: &str) -> u32 {
    let turned = iban.chars().skip(4).chain(iban.chars().take(4));
    turned.filter_map(|c| c.to_digit(36)).fold(0, |sum, value| {
        let shift = if value > 9 { 100 } else { 10 };
        (sum * shift + value) % 97
    })
}

/// Several attempts are a question back, unless only one of them begins as an IBAN does.
fn one_of(several: &[String]) -> Result<Iban, IbanProblem> {
    let saudi: Vec<&String> = several
        .iter()
        .filter(|text| text.starts_with("SA"))
        .collect();
    match saudi[..] {
        [one] => checked(one),
        _ => Err(IbanProblem::TwoNumbers),
    }
}

/// The stretches of letters and digits that may be meant as an IBAN, in upper case.
fn candidates(text: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let mut open = false;
    for word in words(text) {
        match all.last_mut() {
            Some(last) if open && has_digit(&word) && !begins(&word) => last.push_str(&word),
            _ => {
                open = begins(&word) || has_digit(&word);
                all.extend(Some(word).filter(|_| open));
            }
        }
    }
    all.retain(|found| found.len() >= ATTEMPT_LENGTH_MIN || begins(found));
    all
}

/// A word that opens an IBAN: `SA`, alone or with what follows it.
fn begins(word: &str) -> bool {
    word == "SA" || (word.starts_with("SA") && has_digit(word))
}

fn has_digit(word: &str) -> bool {
    word.bytes().any(|b| b.is_ascii_digit())
}

/// Runs of ASCII letters and digits; anything else but a separator ends a stretch, shown as an empty word.
fn words(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    for glyph in scan::glyphs(text) {
        let c = fullwidth_letter(glyph.c);
        match c {
            c if c.is_ascii_alphanumeric() => words
                .last_mut()
                .into_iter()
                .for_each(|w| w.push(c.to_ascii_uppercase())),
            c if scan::is_separator(c) => words.push(String::new()),
            _ => words.extend(["-".to_owned(), String::new()]),
        }
    }
    words.retain(|word| !word.is_empty());
    words.iter().map(|word| without_label(word)).collect()
}

/// A full-width Latin letter as ASCII.
fn fullwidth_letter(c: char) -> char {
    if ('\u{FF21}'..='\u{FF5A}').contains(&c) {
        char::from_u32(c as u32 - 0xFEE0).unwrap_or(c)
    } else {
        c
    }
}

fn without_label(word: &str) -> String {
    word.strip_prefix("IBAN")
        .filter(|rest| !rest.is_empty())
        .unwrap_or(word)
        .to_owned()
}

fn checked(iban: &str) -> Result<Iban, IbanProblem> {
    let bytes = iban.as_bytes();
    if !bytes.iter().all(u8::is_ascii_alphanumeric) {
        return Err(IbanProblem::Chars);
    }
    if !iban.starts_with("SA") {
        return Err(IbanProblem::Country);
    }
    if bytes.len() != LENGTH {
        return Err(IbanProblem::Length(bytes.len()));
    }
    if !bytes[2..6].iter().all(u8::is_ascii_digit) {
        return Err(IbanProblem::Chars);
    }
    if !("02"..="98").contains(&&iban[2..4]) || mod_97(iban) != 1 {
        return Err(IbanProblem::CheckDigits);
    }
    Ok(Iban(iban.to_owned()))
}

fn mask(iban: &str) -> String {
    masked(iban, 2, 4)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::spread;
    use proptest::prelude::*;

    const VALID: [&str; 6] = [
        "SA0380000000608010167519",
        "SA0810000012345678900001",
        "SA9220000000000000000042",
        "SA2305000068201234567000",
        "SA7515000999300054540003",
        "SA2945000000123456789012",
    ];

    #[test]
    fn good_ibans_read_in_every_dress() {
        for iban in VALID {
            for text in spread::dressed(iban, &[4, 8, 12, 16, 20]) {
                assert_eq!(read(&text).as_ref().map(Iban::as_str), Ok(iban), "{text:?}");
            }
        }
        for text in [
            "sa03 8000 0000 6080 1016 7519",
            "SA 03 8000 0000 6080 1016 7519",
            "IBANSA0380000000608010167519",
            "IBAN: SA0380000000608010167519 alrajhi",
            "الآيبان SA0380000000608010167519 وهويتي 1098765439",
        ] {
            assert_eq!(
                read(text).as_ref().map(Iban::as_str),
                Ok("SA0380000000608010167519"),
                "{text}"
            );
        }
    }

    #[test]
    fn bad_ibans_say_why() {
        for (text, problem) in [
            ("", IbanProblem::Empty),
            ("ما عندي حساب", IbanProblem::Empty),
            ("SA0480000000608010167519", IbanProblem::CheckDigits),
            ("SA0380000000608010167591", IbanProblem::CheckDigits),
            ("SA038000000060801016751", IbanProblem::Length(23)),
            ("SA03800000006080101675190", IbanProblem::Length(25)),
            ("AE070331234567890123456", IbanProblem::Country),
            ("0380000000608010167519", IbanProblem::Country),
            ("SAO380000000608010167519", IbanProblem::Chars),
            (
                "SA0380000000608010167519 SA0810000012345678900001",
                IbanProblem::TwoNumbers,
            ),
        ] {
            assert_eq!(
                read(text).map(|i| i.as_str().to_owned()),
                Err(problem),
                "{text}"
            );
        }
    }

    #[test]
    fn an_iban_is_shown_by_its_last_four() {
        let iban = read(VALID[0]).unwrap();
        assert_eq!(format!("{iban} {iban:?}"), "SA•••••7519 Iban(SA•••••7519)");
        assert_eq!(iban.grouped(), "SA03 8000 0000 6080 1016 7519");
        assert_eq!(read(&iban.grouped()), Ok(iban));
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "\\PC*|[SA0-9٠-٩ .-]{0,60}") {
            if let Ok(iban) = read(&text) {
                prop_assert_eq!(read(iban.as_str()), Ok(iban));
            }
        }
    }
}
