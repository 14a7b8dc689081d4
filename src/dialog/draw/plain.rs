//! The text of a step without the parts that are filled in, on one line, cut at a sensible length.

use crate::text::graphemes::cut;

/// Characters of a text in a picture: three short lines.
pub const TEXT_CHARS_MAX: usize = 90;
/// Characters of the whole text, for a tooltip.
pub const WHOLE_CHARS_MAX: usize = 600;
/// Characters on a line between two steps.
pub const LABEL_CHARS_MAX: usize = 60;

/// What stands for a value that is filled in.
const VALUE: &str = "…";

/// One line without template parts. Of `{% if %} … {% else %} … {% endif %}` the first part stays.
pub fn plain(source: &str) -> String {
    let mut text = String::with_capacity(source.len());
    let mut rest = source;
    // Inside the second part of an `if`, and how many of them are open within it.
    let mut left_out = 0usize;
    while let Some(at) = rest.find("{{").into_iter().chain(rest.find("{%")).min() {
        if left_out == 0 {
            text.push_str(&rest[..at]);
        }
        let is_value = rest[at..].starts_with("{{");
        let end = if is_value { "}}" } else { "%}" };
        let Some(length) = rest[at + 2..].find(end) else {
            // Not closed: `check` tells it, and here it is only a text.
            rest = &rest[at..];
            break;
        };
        let inner = rest[at + 2..at + 2 + length].trim_matches(['-', ' ', '\n']);
        let word = inner.split_whitespace().next().unwrap_or_default();
        match (is_value, word, left_out) {
            (true, _, 0) => text.push_str(VALUE),
            (false, "else" | "elif", 0) => left_out = 1,
            (false, "if" | "for", 1..) => left_out += 1,
            (false, "endif" | "endfor", 1..) => left_out -= 1,
            _ => {}
        }
        rest = &rest[at + 2 + length + 2..];
    }
    if left_out == 0 {
        text.push_str(rest);
    }
    one_line(&text)
}

/// White space of every kind becomes one space, and what no picture can show is left out.
pub fn one_line(text: &str) -> String {
    let readable: String = text
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .filter(|c| {
            !c.is_control() && !matches!(c, '\u{2066}'..='\u{2069}' | '\u{202A}'..='\u{202E}')
        })
        .collect();
    readable.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// At most so many characters, with the sign that something is left out.
pub fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let kept = cut(text, most.saturating_sub(1));
    // Rather a word less than half of one, where that leaves most of it.
    let whole = kept.rfind(' ').filter(|end| *end * 2 > kept.len());
    left_off(&kept[..whole.unwrap_or(kept.len())])
}

/// The sign that something is left out, in the place of the mark of a pause.
pub fn left_off(kept: &str) -> String {
    let pauses = [' ', '.', '،', ',', ':', '؛', ';', '…'];
    format!("{}…", kept.trim_end_matches(pauses))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_filled_in_shows_as_a_gap() {
        for (source, said) in [
            ("رقم {{ reference | isolate }}\nتم", "رقم … تم"),
            ("{% if a %}نعم{% else %}لا{% endif %} انتهى", "نعم انتهى"),
            (
                "{% if a %}A{% elif b %}B{% if c %}C{% else %}D{% endif %}{% else %}E{% endif %}.",
                "A.",
            ),
            ("{% for x in y %}{{ x }}{% endfor %}", "…"),
            ("50% {off", "50% {off"),
            ("{{ open", "{{ open"),
            ("a\u{2068}b\u{2069}\u{7}c", "abc"),
            ("", ""),
        ] {
            assert_eq!(plain(source), said, "{source}");
        }
    }

    #[test]
    fn a_long_text_is_cut_at_a_word() {
        assert_eq!(shortened("one two three", 20), "one two three");
        assert_eq!(shortened("one two three", 10), "one two…");
        assert_eq!(shortened("abcdefghij", 5), "abcd…");
        assert_eq!(shortened("one. two three", 6), "one…");
    }
}
