//! Finds the numbers in a text, with their places in it: digit groups joined by separators are one chunk, letters part chunks.
//! It decides nothing about what a number means.

use crate::text::fold::{ascii_digit, is_dash, is_invisible, is_tashkeel, plain_space};
use std::ops::Range;

/// Readers look at this many scalars of a text (scalars): no answer to a question is longer, and time stays bounded.
pub const INPUT_SCALARS_MAX: usize = 2_000;

/// The text up to `INPUT_SCALARS_MAX`.
pub(crate) fn capped(text: &str) -> &str {
    text.char_indices()
        .nth(INPUT_SCALARS_MAX)
        .map_or(text, |(end, _)| &text[..end])
}

/// One visible character, its digits made ASCII, and the bytes it came from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Glyph {
    pub at: usize,
    pub end: usize,
    pub c: char,
}

/// The visible characters of a text: marks dropped, dashes and spaces of one kind.
pub(crate) fn glyphs(text: &str) -> impl Iterator<Item = Glyph> + '_ {
    let visible = text.char_indices().filter(|(_, c)| !is_invisible(*c));
    visible.map(|(at, c)| Glyph {
        at,
        end: at + c.len_utf8(),
        c: plain(c),
    })
}

fn plain(c: char) -> char {
    match c {
        '\u{0640}' => '-',
        '\u{FF0B}' => '+',
        c if is_dash(c) => '-',
        c => ascii_digit(plain_space(c)),
    }
}

/// Digits that stand together, and their bytes in the text.
#[derive(Debug, Clone)]
pub(crate) struct Group {
    pub digits: String,
    pub at: Range<usize>,
}

/// Digit groups with nothing but separators between them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Chunk {
    pub groups: Vec<Group>,
    /// The separators between the groups: those of gap `i` stand between group `i` and `i + 1`.
    pub gaps: Vec<String>,
    /// A `+` stands right before the first digit.
    pub plus: bool,
    /// Letters stand right between the chunk before and this one, as in `1l34567897`.
    pub letter_before: bool,
    /// A Latin letter that looks like a digit touches the first or last digit, as in `109876543O`.
    pub false_digit: bool,
}

impl Chunk {
    pub fn digits(&self) -> String {
        self.groups
            .iter()
            .map(|group| group.digits.as_str())
            .collect()
    }

    /// The chunk as numbers: when every group could stand alone (`whole`), each is one; else all are one.
    pub fn numbers(&self, whole: impl Fn(&str) -> bool) -> Vec<String> {
        if self.groups.len() > 1 && self.groups.iter().all(|group| whole(&group.digits)) {
            return self
                .groups
                .iter()
                .map(|group| group.digits.clone())
                .collect();
        }
        vec![self.digits()]
    }
}

/// What may stand between the digit groups of one number; wider than SAUDI 1 rule 3, since people also type commas and underscores.
pub(crate) fn is_separator(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '-' | '.' | '/' | '(' | ')' | '٬' | ',' | '،' | '_' | '*' | '٫' | '\''
        )
}

/// The chunks of a text, in order. Bytes in `taken` (sorted ranges) part chunks like letters do.
pub(crate) fn chunks(text: &str, taken: &[Range<usize>]) -> Vec<Chunk> {
    let mut scanner = Scanner::default();
    let mut taken = taken.iter().peekable();
    for glyph in glyphs(text) {
        while taken.next_if(|range| range.end <= glyph.at).is_some() {}
        match taken.peek() {
            Some(range) if range.contains(&glyph.at) => scanner.part(),
            _ => scanner.take(glyph),
        }
    }
    scanner.finish()
}

#[derive(Default)]
struct Scanner {
    done: Vec<Chunk>,
    open: Chunk,
    /// What came since the last digit.
    gap: String,
    plus: bool,
    letters_only: bool,
    last_letter: Option<char>,
}

impl Scanner {
    fn take(&mut self, glyph: Glyph) {
        match glyph.c {
            c if c.is_ascii_digit() => self.digit(glyph),
            c if is_tashkeel(c) => {}
            c if is_separator(c) => self.separator(c),
            c => self.other(c),
        }
    }

    fn digit(&mut self, glyph: Glyph) {
        if self.open.groups.is_empty() {
            self.open.plus = self.plus;
            self.open.letter_before = self.letters_only && !self.done.is_empty();
            self.open.false_digit = self.last_letter.is_some_and(looks_like_digit);
        }
        match self.open.groups.last_mut() {
            Some(group) if self.gap.is_empty() => {
                group.digits.push(glyph.c);
                group.at.end = glyph.end;
            }
            last => {
                if last.is_some() {
                    self.open.gaps.push(std::mem::take(&mut self.gap));
                }
                self.open.groups.push(Group {
                    digits: glyph.c.to_string(),
                    at: glyph.at..glyph.end,
                });
            }
        }
        self.gap.clear();
        self.plus = false;
        self.letters_only = true;
        self.last_letter = None;
    }

    fn separator(&mut self, c: char) {
        self.gap.push(c);
        self.letters_only = false;
        self.last_letter = None;
    }

    fn other(&mut self, c: char) {
        if self.gap.is_empty() && !self.open.groups.is_empty() && looks_like_digit(c) {
            self.open.false_digit = true;
        }
        self.close();
        self.plus = c == '+';
        self.letters_only &= c.is_alphabetic();
        self.last_letter = Some(c);
    }

    fn part(&mut self) {
        self.close();
        self.letters_only = false;
        self.last_letter = None;
        self.plus = false;
    }

    fn close(&mut self) {
        self.gap.clear();
        if !self.open.groups.is_empty() {
            self.done.push(std::mem::take(&mut self.open));
        }
    }

    fn finish(mut self) -> Vec<Chunk> {
        self.close();
        self.done
    }
}

fn looks_like_digit(c: char) -> bool {
    matches!(c, 'o' | 'O' | 'l' | 'I' | 'i')
}

/// The different values of a list, in order.
pub(crate) fn distinct(values: Vec<String>) -> Vec<String> {
    let mut seen: Vec<String> = Vec::new();
    for value in values {
        if !seen.contains(&value) {
            seen.push(value);
        }
    }
    seen
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<String> {
        chunks(text, &[]).iter().map(Chunk::digits).collect()
    }

    #[test]
    fn letters_part_numbers_and_separators_do_not() {
        for (text, expected) in [
            ("هويتي ١٠٩٨ ٧٦٥-٤٣٩ وجوالي ٠٥١", vec!["1098765439", "051"]),
            ("1l34", vec!["1", "34"]),
            ("\u{200E}1\u{200F}2", vec!["12"]),
            ("لا شيء", vec![]),
        ] {
            assert_eq!(told(text), expected, "{text}");
        }
        assert!(chunks("1l34", &[])[1].letter_before);
        assert!(!chunks("1 l 34", &[])[1].letter_before);
        assert!(chunks("12O", &[])[0].false_digit);
        assert!(chunks("+12", &[])[0].plus);
        assert_eq!(chunks("12 34", std::slice::from_ref(&(0..2))).len(), 1);
    }
}
