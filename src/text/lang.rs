//! The two languages of the house, and which of them a text is written in.

use serde::{Deserialize, Serialize};

/// A language that we speak; "ar" and "en" in files.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    #[default]
    Ar,
    En,
}

impl Lang {
    /// "ar" or "en".
    pub fn code(self) -> &'static str {
        match self {
            Lang::Ar => "ar",
            Lang::En => "en",
        }
    }
}

/// Arabic words as they are written in Latin letters, in messages more than a word or two long: signs that a
/// text in Latin letters is no English. A name may hold one (“Al”): then the language stays as it is.
const LATIN_ARABIC: &[&str] = &[
    "wesh",
    "wsh",
    "esh",
    "eish",
    "aish",
    "shlon",
    "shloon",
    "kef",
    "keef",
    "kaif",
    "wein",
    "wayn",
    "wen",
    "mta",
    "emta",
    "leh",
    "lesh",
    "laish",
    "abi",
    "abgha",
    "abga",
    "abghi",
    "ana",
    "antom",
    "ento",
    "entom",
    "hal",
    "ya",
    "el",
    "al",
    "fi",
    "fe",
    "mn",
    "ala",
    "ela",
    "bs",
    "msh",
    "mish",
    "mo",
    "mafi",
    "3ndi",
    "andi",
    "endi",
    "endkm",
    "shukran",
    "salam",
    "alaikum",
    "alikum",
    "marhaba",
    "hala",
    "ahlan",
    "inshallah",
    "allah",
    "mosa3ada",
    "musa3ada",
    "jam3ia",
];

/// The language of most letters by script (Arabic script or Latin); none when there are no such letters, as many
/// of each, or Arabic written in Latin letters: who writes so may want either.
pub fn detect(text: &str) -> Option<Lang> {
    let (mut arabic, mut latin) = (0usize, 0usize);
    for c in text.chars().filter(|c| c.is_alphabetic()) {
        if is_arabic(c) {
            arabic += 1;
        } else if is_latin(c) {
            latin += 1;
        }
    }
    match arabic.cmp(&latin) {
        std::cmp::Ordering::Greater => Some(Lang::Ar),
        std::cmp::Ordering::Less => Some(Lang::En).filter(|_| !is_latin_arabic(text)),
        std::cmp::Ordering::Equal => None,
    }
}

/// Whether a text in Latin letters is Arabic: by its words, or by digits that stand for letters ("3ndi", "a7tag").
pub(crate) fn is_latin_arabic(text: &str) -> bool {
    let mut words = text.split(|c: char| !c.is_alphanumeric());
    words.any(|word| {
        LATIN_ARABIC.contains(&word.to_lowercase().as_str()) || has_a_digit_for_a_letter(word)
    })
}

/// A digit right before or between small letters; an ordinal ("3rd") and a unit ("5kg", "7am") are none.
fn has_a_digit_for_a_letter(word: &str) -> bool {
    let small = |c: &char| c.is_ascii_lowercase();
    let Some(at) = word.find(['2', '3', '5', '6', '7', '9']) else {
        return false;
    };
    let (before, after) = (&word[..at], &word[at + 1..]);
    let all_small = before.chars().all(|c| small(&c)) && after.chars().all(|c| small(&c));
    all_small && after.len() + before.len() >= 3 && !after.is_empty()
}

/// Whether a character belongs to the Arabic script's blocks.
pub(crate) fn is_arabic(c: char) -> bool {
    matches!(c, '\u{0600}'..='\u{06FF}' | '\u{0750}'..='\u{077F}' | '\u{08A0}'..='\u{08FF}'
        | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}')
}

/// Whether a character is a Latin letter, accents included.
pub(crate) fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic()
        || (matches!(c, '\u{00C0}'..='\u{024F}' | '\u{1E00}'..='\u{1EFF}') && c.is_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_tells_the_language() {
        for (text, lang) in [
            ("السلام عليكم", Some(Lang::Ar)),
            ("Hello 123", Some(Lang::En)),
            ("طلبي رقم W-7", Some(Lang::Ar)),
            ("123 😀", None),
            ("", None),
            ("wesh el shroot", None),
            ("a7tag mosa3da", None),
            ("My ID ends on the 3rd of May", Some(Lang::En)),
            ("W-7SJKC-KQGF", Some(Lang::En)),
            ("I live in Riyadh", Some(Lang::En)),
        ] {
            assert_eq!(detect(text), lang, "{text}");
        }
        assert_eq!(serde_json::to_string(&Lang::Ar).unwrap(), "\"ar\"");
    }
}
