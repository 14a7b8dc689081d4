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

/// The language of most letters by script (Arabic script or Latin); none when there are no such letters, or as many of each.
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
        std::cmp::Ordering::Less => Some(Lang::En),
        std::cmp::Ordering::Equal => None,
    }
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
        ] {
            assert_eq!(detect(text), lang, "{text}");
        }
        assert_eq!(serde_json::to_string(&Lang::Ar).unwrap(), "\"ar\"");
    }
}
