//! Cuts and splits text for media with limits, never inside what a reader sees as one character.
//! Lengths are Unicode scalars throughout.

use unicode_segmentation::GraphemeCursor;

/// The longest beginning of at most `max_scalars` scalars that ends between graphemes; empty when the first alone is longer.
pub fn cut(text: &str, max_scalars: usize) -> &str {
    match text.char_indices().nth(max_scalars) {
        Some((limit, _)) => &text[..boundary(text, limit)],
        None => text,
    }
}

/// The last place up to `limit` that lies between graphemes; looks back only as far as it must.
fn boundary(text: &str, limit: usize) -> usize {
    let mut cursor = GraphemeCursor::new(limit, text.len(), true);
    match cursor.is_boundary(text, 0) {
        Ok(true) => limit,
        _ => cursor.prev_boundary(text, 0).ok().flatten().unwrap_or(0),
    }
}

/// The text in pieces of at most `max` scalars (0 counts as 1), cut at the best place: line end, sentence end, space, grapheme.
/// White space at the cuts is dropped; nothing else is. A grapheme longer than `max` is cut, since it must go somewhere.
pub fn split_sentences(text: &str, max: usize) -> Vec<&str> {
    let max = max.max(1);
    let mut pieces = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let end = piece_end(rest, max);
        pieces.push(rest[..end].trim_end());
        rest = rest[end..].trim_start();
    }
    pieces
}

/// Whether there is nothing to read in a text: only emoji, punctuation, marks, white space, or nothing at all.
pub fn only_symbols(text: &str) -> bool {
    !text.chars().any(is_readable)
}

/// Letters and digits; the fillers and stretchers that Unicode calls letters are not.
fn is_readable(c: char) -> bool {
    let filler = matches!(c, '\u{115F}' | '\u{1160}' | '\u{3164}' | '\u{FFA0}');
    c.is_alphanumeric()
        && !filler
        && !crate::text::fold::is_tashkeel(c)
        && !crate::text::fold::is_invisible(c)
}

fn piece_end(text: &str, max: usize) -> usize {
    let Some((limit, _)) = text.char_indices().nth(max) else {
        return text.len();
    };
    let head = &text[..limit];
    let line = head.rfind('\n').filter(|end| *end > 0);
    line.or_else(|| sentence_end(text, limit))
        .or_else(|| space(text, limit))
        .unwrap_or_else(|| grapheme_end(text, limit))
}

/// The end of the last sentence within `limit`: a closing mark that white space follows.
fn sentence_end(text: &str, limit: usize) -> Option<usize> {
    let mut best = None;
    let mut closed = false;
    for (at, c) in text.char_indices().take_while(|(at, _)| *at <= limit) {
        if closed && c.is_whitespace() && at > 0 {
            best = Some(at);
        }
        closed = matches!(c, '.' | '!' | '?' | '؟' | '۔' | '؛' | '…')
            || (closed && matches!(c, '"' | '»' | ')' | '”'));
    }
    best
}

/// The last space up to `limit`, the limit itself included.
fn space(text: &str, limit: usize) -> Option<usize> {
    let upto = text.char_indices().take_while(|(at, _)| *at <= limit);
    upto.filter(|(at, c)| *at > 0 && c.is_whitespace())
        .last()
        .map(|(at, _)| at)
}

fn grapheme_end(text: &str, limit: usize) -> usize {
    match boundary(text, limit) {
        0 => limit,
        end => end,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_family_is_not_torn() {
        let family = "👨‍👩‍👧";
        assert_eq!(cut(&format!("a{family}b"), 3), "a");
        assert_eq!(cut(family, 5), family);
        assert_eq!(cut(family, 2), "");
        assert_eq!(cut("مُحَمّد", 2), "مُ");
        assert_eq!(cut("سلام", 10), "سلام");
    }

    #[test]
    fn pieces_end_where_a_reader_pauses() {
        for (text, max, pieces) in [
            ("سطر أول\nسطر ثان", 10, vec!["سطر أول", "سطر ثان"]),
            ("جملة. جملة أخرى؟ نعم", 18, vec!["جملة. جملة أخرى؟", "نعم"]),
            ("one two three", 7, vec!["one two", "three"]),
            ("abcdef", 4, vec!["abcd", "ef"]),
            ("", 5, vec![]),
            ("v1.2 is out", 6, vec!["v1.2", "is out"]),
        ] {
            assert_eq!(split_sentences(text, max), pieces, "{text}");
        }
    }

    #[test]
    fn symbols_say_nothing() {
        for text in [
            "😀👍🏽",
            "؟!",
            "\u{200F}\u{2069}",
            "",
            "  ",
            "ـــ",
            "🇸🇦",
            "\u{3164}",
        ] {
            assert!(only_symbols(text), "{text}");
        }
        for text in ["نعم 👍", "5", "٥", "ok"] {
            assert!(!only_symbols(text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn pieces_hold_all_that_was_said(text in "[ا-ي a-z.؟\n👧‍ًّ]{0,80}", max in 1usize..30) {
            let pieces = split_sentences(&text, max);
            prop_assert!(pieces.iter().all(|piece| piece.chars().count() <= max && !piece.is_empty()));
            let solid = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(solid(&pieces.concat()), solid(&text));
            prop_assert!(cut(&text, max).chars().count() <= max);
        }
    }
}
