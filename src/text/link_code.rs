//! The code by which a talk goes on elsewhere: letters only, so that it is never taken for a one-time code of
//! somebody else's. No vowels (no words arise), and no letter that looks or sounds like another.

use super::fold::strip_marks;

/// Consonants that are told apart at a glance.
const ALPHABET: &[u8; 16] = b"BCDFGHJKLMPRTVWX";
/// Letters of a code: 16^8 = 4.3e9 values, 32 bits; the store counts wrong ones.
const LETTERS: usize = 8;
/// No message with a code alone is longer (bytes).
const BYTES_MAX: usize = 100;
/// Signs that a whole message with a code may have between and around its letters.
const SIGNS: [char; 8] = [' ', '-', '–', '.', '«', '»', '"', '\n'];

/// The code of a seed, always the same one; uniform where the seed is.
pub fn make(seed: [u8; 16]) -> String {
    seed[..LETTERS]
        .iter()
        .map(|byte| char::from(ALPHABET[usize::from(byte % 16)]))
        .collect()
}

/// As people see it: two groups of four.
pub fn shown(code: &str) -> String {
    let (first, last) = code.split_at_checked(LETTERS / 2).unwrap_or((code, ""));
    format!("{first}-{last}")
}

/// A whole message that is a code, in either case; None when it is anything else.
pub fn read(text: &str) -> Option<String> {
    if text.len() > BYTES_MAX {
        return None;
    }
    // The marks that turn the direction of writing come along when a code is copied.
    let text = strip_marks(text);
    let code: String = text.chars().filter(|c| !SIGNS.contains(c)).collect();
    let code = code.to_ascii_uppercase();
    let is_code = code.len() == LETTERS && code.bytes().all(|byte| ALPHABET.contains(&byte));
    is_code.then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_however_it_is_typed_and_nothing_else_is_one() {
        let code = make(*b"0123456789abcdef");
        assert_eq!(code.len(), LETTERS);
        assert_eq!(read(&shown(&code)), Some(code.clone()));
        assert_eq!(read(&shown(&code).to_lowercase()), Some(code.clone()));
        assert_eq!(read(&format!("\u{200f}«{code}»\n")), Some(code));
        for other in [
            "",
            "BCDF-GHJ",
            "BCDF-GHJKL",
            "W-7K3M9-4QXR",
            "business",
            "12345678",
            "رمز BCDFGHJK",
            "سارة عبدالله",
        ] {
            assert_eq!(read(other), None, "{other}");
        }
    }
}
