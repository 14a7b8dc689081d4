//! Lines of a text for a given width. No font is at hand here, so widths are those of a broad one: what fits by
//! them fits in every font that a reader is likely to have.

use unicode_segmentation::UnicodeSegmentation;

use super::plain::left_off;

use crate::text::fold::is_tashkeel;
use crate::text::lang::is_arabic;

/// Width of a text in pixels at a font size in pixels.
pub fn width(text: &str, size: f64) -> f64 {
    text.chars().map(em).sum::<f64>() * size
}

/// Width of a character in parts of the font size, as DejaVu Sans has it: broader than most.
fn em(c: char) -> f64 {
    match c {
        c if is_tashkeel(c) => 0.0,
        '\u{200B}'..='\u{200F}' | '\u{2066}'..='\u{2069}' => 0.0,
        ' ' | '،' | '.' | ',' | ':' | '؛' | '!' | '|' | '\'' => 0.34,
        'ا' | 'أ' | 'إ' | 'آ' | 'ل' | 'ر' | 'ز' | 'د' | 'ذ' | 'و' | 'ؤ' => 0.42,
        'س' | 'ش' | 'ص' | 'ض' => 0.95,
        c if is_arabic(c) => 0.62,
        'i' | 'j' | 'l' | 't' | 'f' | 'r' | '(' | ')' | '[' | ']' | '_' | '-' => 0.42,
        'm' | 'w' | 'M' | 'W' => 0.95,
        c if c.is_ascii_uppercase() => 0.7,
        c if c.is_ascii() => 0.62,
        // Pictures and wide scripts.
        c if c as u32 >= 0x1100 => 1.05,
        _ => 0.65,
    }
}

/// At most so many lines, broken between words; what is left over shows as a sign in the last line.
pub fn wrap(text: &str, size: f64, room: f64, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text
        .split_whitespace()
        .flat_map(|word| pieces(word, size, room))
    {
        let longer = match line.is_empty() {
            true => word.clone(),
            false => format!("{line} {word}"),
        };
        if width(&longer, size) <= room {
            line = longer;
            continue;
        }
        lines.push(std::mem::replace(&mut line, word));
        if lines.len() == most {
            break;
        }
    }
    if lines.len() == most {
        // The line that is still open did not fit any more.
        if let Some(last) = lines.last_mut() {
            *last = ended(last, size, room);
        }
    } else if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// A word that is longer than a line, in pieces that are not; never inside what is seen as one character.
fn pieces(word: &str, size: f64, room: f64) -> Vec<String> {
    if width(word, size) <= room {
        return vec![word.to_owned()];
    }
    let mut pieces = vec![String::new()];
    for grapheme in word.graphemes(true) {
        let full = pieces.last().is_some_and(|last| {
            !last.is_empty() && width(last, size) + width(grapheme, size) > room
        });
        if full {
            pieces.push(String::new());
        }
        if let Some(last) = pieces.last_mut() {
            last.push_str(grapheme);
        }
    }
    pieces
}

/// The line with the sign that something is left out, shortened until both fit: by words, else by characters.
fn ended(line: &str, size: f64, room: f64) -> String {
    let mut kept = line;
    loop {
        let ended = left_off(kept);
        if kept.is_empty() || width(&ended, size) <= room {
            return ended;
        }
        let last = kept.grapheme_indices(true).next_back();
        let shorter = kept.rfind(' ').or(last.map(|(at, _)| at)).unwrap_or(0);
        kept = kept[..shorter].trim_end();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_text_is_broken_between_words() {
        assert_eq!(wrap("one two three", 10.0, 50.0, 3), ["one two", "three"]);
        assert_eq!(wrap("one two three four", 10.0, 50.0, 1), ["one…"]);
        assert_eq!(wrap("", 10.0, 50.0, 2), [""; 0]);
        assert_eq!(wrap("abcdefghijkl", 10.0, 40.0, 3).concat(), "abcdefghijkl");
    }

    proptest! {
        #[test]
        fn no_line_is_longer_than_its_room(text in "[ا-يa-z …👧ً\u{200D}]{0,80}", room in 20.0..200.0f64, most in 1usize..4) {
            let lines = wrap(&text, 10.0, room, most);
            prop_assert!(lines.len() <= most);
            for line in &lines {
                let single = line.graphemes(true).count() <= 2;
                prop_assert!(single || width(line, 10.0) <= room, "{line}");
            }
        }
    }
}
