//! The intake number that a person gets: short, hard to misread, with a check character.
//! No vowels (no words arise), no 0 and 1; 29 characters, a prime, so that the check finds every single slip and every swap.

use crate::text::scan;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Digits and consonants; each stands for its place, 0 to 28.
const ALPHABET: &[u8; 29] = b"23456789BCDFGHJKLMNPQRSTVWXYZ";
const MODULUS: u32 = 29;
/// Characters before the check: 29^8 = 5.0e11 values, 38.8 bits.
const BODY: usize = 8;
/// Characters without the opening `W`.
const LENGTH: usize = BODY + 1;
/// What a person sees first; it says whose number it is.
const OPENING: char = 'W';

/// A reference such as `W-7K3M9-4QXR`; printed and serialised in that form.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Reference(String);

/// Why a text holds no reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ReferenceProblem {
    #[error("nothing that looks like a reference")]
    NotReference,
    #[error("looks like a reference, but a character is wrong")]
    CheckCharacter,
    #[error("two different references")]
    TwoReferences,
}

/// The reference of a seed, always the same one. Seeds that differ in one bit give unrelated references.
pub fn make(seed: u128) -> Reference {
    let mut rest = mixed(seed as u64 ^ mixed((seed >> 64) as u64));
    let mut body = [0u8; BODY];
    for place in &mut body {
        *place = ALPHABET[(rest % u64::from(MODULUS)) as usize];
        rest /= u64::from(MODULUS);
    }
    let check = ALPHABET[check(&body).unwrap_or(0) as usize];
    shaped(&format!(
        "{}{}",
        String::from_utf8_lossy(&body),
        check as char
    ))
}

/// Reads one reference: any case, digits of any script, spaces and dashes anywhere, words around it.
pub fn read(text: &str) -> Result<Reference, ReferenceProblem> {
    let runs = runs(scan::capped(text));
    let found: Vec<Found> = (0..runs.len())
        .flat_map(|at| starting_at(&runs[at..]))
        .collect();
    let opened = scan::distinct(good(&found, true));
    let good = if opened.is_empty() {
        scan::distinct(good(&found, false))
    } else {
        opened
    };
    match &good[..] {
        [one] => Ok(shaped(one)),
        [] if found.iter().any(|f| f.opened || f.mixed) => Err(ReferenceProblem::CheckCharacter),
        [] => Err(ReferenceProblem::NotReference),
        _ => Err(ReferenceProblem::TwoReferences),
    }
}

impl Reference {
    /// With opening and dashes, as people see it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for Reference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// Nine characters that may be a reference.
struct Found {
    characters: String,
    /// It came with the opening `W`.
    opened: bool,
    /// Letters and digits both: hardly a word or a telephone number.
    mixed: bool,
}

/// The finalizer of splitmix64 (Steele, Lea, Flood 2014): spreads every bit of the seed over the whole number.
fn mixed(seed: u64) -> u64 {
    let mut z = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// The weighted sum modulo 29. Weights 2 to 9 and the check's 1 all differ, and 29 is prime:
/// one changed character or any two swapped ones change the sum. None when a character is foreign.
fn check(body: &[u8]) -> Option<u32> {
    let mut sum = 0;
    for (at, character) in body.iter().enumerate() {
        let value = ALPHABET.iter().position(|known| known == character)?;
        sum += value as u32 * (BODY as u32 + 1 - at as u32);
    }
    Some((MODULUS - sum % MODULUS) % MODULUS)
}

fn is_good(characters: &str) -> bool {
    let (body, last) = characters.as_bytes().split_at(BODY);
    check(body).is_some_and(|check| [ALPHABET[check as usize]] == *last)
}

fn good(found: &[Found], opened: bool) -> Vec<String> {
    let good = found
        .iter()
        .filter(|f| f.opened == opened && is_good(&f.characters));
    good.map(|f| f.characters.clone()).collect()
}

fn shaped(characters: &str) -> Reference {
    Reference(format!(
        "{OPENING}-{}-{}",
        &characters[..5],
        &characters[5..]
    ))
}

/// Runs of letters and digits with only separators between them; an empty run stands for anything else.
fn runs(text: &str) -> Vec<String> {
    let mut runs = vec![String::new()];
    for glyph in scan::glyphs(text) {
        match glyph.c {
            c if c.is_ascii_alphanumeric() => runs
                .last_mut()
                .into_iter()
                .for_each(|run| run.push(typed_for(c))),
            c if scan::is_separator(c) || c == '#' => runs.push(String::new()),
            _ => runs.extend(["-".to_owned(), String::new()]),
        }
    }
    runs.retain(|run| !run.is_empty());
    runs
}

/// Upper case; 1 and I, which no reference holds, are read as the L that they were mistaken from.
fn typed_for(c: char) -> char {
    match c.to_ascii_uppercase() {
        '1' | 'I' => 'L',
        c => c,
    }
}

/// What begins with the first run and has the right length, of as many runs as that takes.
fn starting_at(runs: &[String]) -> Vec<Found> {
    let mut found = Vec::new();
    let mut joined = String::new();
    for run in runs {
        joined.push_str(run);
        if joined.len() > LENGTH + 1 || run == "-" {
            break;
        }
        if joined.len() == LENGTH {
            found.push(Found::new(&joined, false));
        }
        if joined.len() == LENGTH + 1 && joined.starts_with(OPENING) {
            found.push(Found::new(&joined[1..], true));
        }
    }
    found
}

impl Found {
    fn new(characters: &str, opened: bool) -> Found {
        let digits = characters.bytes().filter(u8::is_ascii_digit).count();
        Found {
            characters: characters.to_owned(),
            opened,
            mixed: digits > 0 && digits < LENGTH,
        }
    }
}

impl TryFrom<String> for Reference {
    type Error = ReferenceProblem;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        read(&text)
    }
}

impl From<Reference> for String {
    fn from(reference: Reference) -> String {
        reference.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::spread;
    use proptest::prelude::*;

    fn bare(reference: &Reference) -> Vec<u8> {
        reference
            .as_str()
            .bytes()
            .filter(|b| *b != b'-')
            .skip(1)
            .collect()
    }

    #[test]
    fn the_alphabet_is_prime_and_unmistakable() {
        assert_eq!(ALPHABET.len() as u32, MODULUS);
        assert!(!ALPHABET.iter().any(|c| b"01OIAEU".contains(c)));
        assert!(f64::from(MODULUS).log2() * BODY as f64 > 35.0);
    }

    /// The sum is linear, so the proof needs no whole space: a change of one character by any difference, or a swap of any
    /// two by any difference, must change the sum, for every place.
    #[test]
    fn every_slip_of_one_character_and_every_swap_is_found() {
        for seed in 0..40 {
            let good = bare(&make(seed));
            for at in 0..LENGTH {
                for other in ALPHABET.iter().filter(|c| **c != good[at]) {
                    let mut slipped = good.clone();
                    slipped[at] = *other;
                    assert!(!is_good(std::str::from_utf8(&slipped).unwrap()));
                }
                for (a, b) in pairs() {
                    let mut swapped = good.clone();
                    (swapped[at], swapped[(at + 1) % LENGTH]) = (a, b);
                    let straight = is_good(std::str::from_utf8(&swapped).unwrap());
                    swapped.swap(at, (at + 1) % LENGTH);
                    assert!(
                        !straight || a == b || !is_good(std::str::from_utf8(&swapped).unwrap())
                    );
                }
            }
        }
    }

    fn pairs() -> impl Iterator<Item = (u8, u8)> {
        ALPHABET
            .iter()
            .flat_map(|a| ALPHABET.iter().map(|b| (*a, *b)))
    }

    #[test]
    fn references_read_in_every_dress() {
        let reference = make(7);
        let plain = String::from_utf8(bare(&reference)).unwrap();
        for text in spread::dressed(&format!("W{plain}"), &[1, 6]) {
            assert_eq!(read(&text), Ok(reference.clone()), "{text:?}");
        }
        for text in [
            plain.to_lowercase(),
            format!("طلبي رقم {plain}"),
            format!(
                "طلبي رقم ({}) وشكرا",
                reference.as_str().replace('-', " - ")
            ),
            format!("what about my request {reference}?"),
            format!("#{reference}"),
            plain.chars().map(|c| format!("{c} ")).collect(),
        ] {
            assert_eq!(read(&text), Ok(reference.clone()), "{text:?}");
        }
    }

    #[test]
    fn what_is_no_reference_says_why() {
        let (one, other) = (make(1), make(2));
        let mut wrong = one.as_str().to_owned();
        let last = wrong.pop().unwrap();
        wrong.push(if last == '2' { '3' } else { '2' });
        for (text, problem) in [
            (String::new(), ReferenceProblem::NotReference),
            ("متى يأتي الرد؟".to_owned(), ReferenceProblem::NotReference),
            ("0512345678".to_owned(), ReferenceProblem::NotReference),
            (wrong, ReferenceProblem::CheckCharacter),
            (format!("{one} {other}"), ReferenceProblem::TwoReferences),
        ] {
            assert_eq!(read(&text), Err(problem), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "\\PC*|[W2-9B-D -]{0,30}") {
            let _ = read(&text);
        }

        #[test]
        fn what_is_made_is_read(seed in any::<u128>()) {
            let reference = make(seed);
            prop_assert_eq!(read(reference.as_str()), Ok(reference.clone()));
            prop_assert_eq!(read(&reference.as_str().to_lowercase().replace('-', "")), Ok(reference));
        }
    }
}
