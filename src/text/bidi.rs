//! Keeps names and numbers from turning their neighbours around in mixed right-to-left text.

/// First strong isolate: the content decides its own direction.
const FSI: char = '\u{2068}';
/// Left-to-right isolate.
const LRI: char = '\u{2066}';
/// Pop directional isolate.
const PDI: char = '\u{2069}';

/// The text in an isolate of its own direction (FSI … PDI); for names and free text inside a sentence.
pub fn isolate(text: &str) -> String {
    format!("{FSI}{text}{PDI}")
}

/// The text in a left-to-right isolate (LRI … PDI); for numbers, references, addresses of mail and web.
pub fn ltr(text: &str) -> String {
    format!("{LRI}{text}{PDI}")
}

/// The text without isolates (U+2066–U+2069).
pub fn strip_isolates(text: &str) -> String {
    text.chars()
        .filter(|c| !('\u{2066}'..='\u{2069}').contains(c))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_isolated_can_be_freed() {
        assert_eq!(isolate("سارة"), "\u{2068}سارة\u{2069}");
        assert_eq!(ltr("W-2"), "\u{2066}W-2\u{2069}");
        assert_eq!(strip_isolates(&isolate(&ltr("a"))), "a");
    }
}
