//! Words that mean something at any step: yes, no, control phrases, distress, numbers of choices. All
//! comparing is done on folded text; what is stored stays as typed.

use super::talk::Talk;
use crate::text::article;
use crate::text::fold::{ascii_digits, edit_close, fold, strip_marks, tokens};
use crate::text::graphemes;
use crate::text::ordinal;

/// Whether two texts say the same word or phrase.
pub(super) fn same(a: &str, b: &str) -> bool {
    let folded = fold(a);
    !folded.is_empty() && folded == fold(b)
}

/// The same, one slip of the finger and the article before a word forgiven.
pub(super) fn nearly(a: &str, b: &str) -> bool {
    let (folded, other) = (fold(a), fold(b));
    let same = edit_close(&folded, &other)
        || edit_close(&article::without(&folded), &article::without(&other));
    !folded.is_empty() && same
}

pub(super) fn is_yes(talk: &Talk, text: &str) -> bool {
    is_among(text, &talk.dialogs.words.yes)
}

pub(super) fn is_no(talk: &Talk, text: &str) -> bool {
    is_among(text, &talk.dialogs.words.no)
}

fn is_among(text: &str, words: &[String]) -> bool {
    let folded = fold(text);
    !folded.is_empty() && words.contains(&folded)
}

/// A whole message that names one number: digits of any script, perhaps with a sign around them (`(3)`, `3.`),
/// a number or a place in words ("three", "the third"), or "number 3".
pub(super) fn number(text: &str) -> Option<usize> {
    if let Some(place) = ordinal::read(text) {
        return Some(place);
    }
    match ordinal::without_word_before(text) {
        Some(behind) => one_number(&behind),
        None => one_number(text),
    }
}

/// Choices that a number in words may name at most; longer lists are picked from by digits.
const SPELT_MOST: i64 = 30;

fn one_number(text: &str) -> Option<usize> {
    let plain = ascii_digits(&strip_marks(text));
    let digits = plain.trim().trim_matches(|c: char| !c.is_alphanumeric());
    let is_number =
        !digits.is_empty() && digits.len() <= 4 && digits.bytes().all(|b| b.is_ascii_digit());
    // The last digits of an ID («0008») are the eighth line of nothing.
    let is_padded = digits.len() > 2 && digits.starts_with('0');
    if is_number {
        return digits.parse().ok().filter(|_| !is_padded);
    }
    let spelt = tokens(text).len() == 1 && !plain.contains(|c: char| c.is_ascii_digit());
    let read = || crate::text::number::read_integer(text, 1, SPELT_MOST).ok();
    spelt
        .then(read)
        .flatten()
        .and_then(|number| usize::try_from(number).ok())
}

/// The meaning of a whole message in `words.yaml`.
pub(super) fn control<'a>(talk: &Talk<'a>, folded: &str) -> Option<&'a str> {
    talk.dialogs.words.controls.get(folded).map(String::as_str)
}

/// Whether distress stands anywhere in a message, as whole words in their order; "and" and "so"
/// are written together with the first.
pub(super) fn distress(talk: &Talk, folded: &str) -> bool {
    let phrases = talk.dialogs.words.distress.iter();
    phrases
        .filter(|phrase| !phrase.is_empty())
        .any(|phrase| says(folded, phrase))
}

fn says(folded: &str, phrase: &str) -> bool {
    let is_whole = |at: usize| {
        let (before, after) = (&folded[..at], &folded[at + phrase.len()..]);
        let begins = article::JOINED.iter().any(|joined| {
            let rest = before.strip_suffix(joined);
            rest.is_some_and(|rest| rest.is_empty() || rest.ends_with(' '))
        });
        begins && (after.is_empty() || after.starts_with(' '))
    };
    // One by one: an occurrence within a word may cover the beginning of a whole one.
    let mut rest = folded;
    while let Some(found) = rest.find(phrase) {
        let at = folded.len() - rest.len() + found;
        if is_whole(at) {
            return true;
        }
        let first = rest[found..].chars().next().map_or(1, char::len_utf8);
        rest = &rest[found + first..];
    }
    false
}

/// Whether a message is shaped like a question.
pub(super) fn is_question(talk: &Talk, text: &str) -> bool {
    let words = tokens(text);
    text.trim_end().ends_with(['؟', '?'])
        || words
            .iter()
            .any(|word| talk.dialogs.words.question_words.contains(word))
}

/// A message without the salam that it begins with; None when it begins with none, or is nothing else.
pub(super) fn without_salam(talk: &Talk, text: &str) -> Option<String> {
    let words = tokens(text);
    let controls = &talk.dialogs.words.controls;
    let is_salam = |count: &usize| {
        controls
            .get(&words[..*count].join(" "))
            .is_some_and(|meaning| meaning == "salam")
    };
    // The longest first, so that a message that is nothing but a salam leaves nothing behind.
    let count = (1..=words.len().min(SALAM_WORDS_MAX))
        .rev()
        .find(is_salam)?;
    after_words(text, count)
}

/// Words of the longest salam that we look for at the beginning of a message.
const SALAM_WORDS_MAX: usize = 8;

/// Characters in which a greeting at the beginning ends (Unicode scalars).
const GREETING_SCALARS_MAX: usize = 200;

/// What follows the first `count` folded words of a text.
fn after_words(text: &str, count: usize) -> Option<String> {
    let opening = graphemes::cut(text, GREETING_SCALARS_MAX);
    let ends = opening
        .char_indices()
        .filter(|(_, c)| !c.is_alphanumeric())
        .map(|(at, c)| at + c.len_utf8());
    let mut ends = ends.filter(|end| tokens(&text[..*end]).len() == count);
    let end = ends.next()?;
    let rest = text[end..].trim_start_matches(|c: char| !c.is_alphanumeric());
    (!rest.is_empty()).then(|| rest.to_owned())
}

#[cfg(test)]
mod tests {
    use super::says;

    #[test]
    fn a_phrase_is_found_as_whole_words_and_behind_and() {
        for (text, said) in [
            ("اريد الموت", true),
            ("والموت", false),
            ("انا واريد الموت الان", true),
            ("فاريد الموت", true),
            ("لاريد الموت", false),
            ("اريد الموتى", false),
            ("اريد اريد الموت", true),
            ("", false),
        ] {
            assert_eq!(says(text, "اريد الموت"), said, "{text}");
        }
        // An occurrence within a word covers the beginning of a whole one.
        assert!(says("xa a b a a", "a a"));
    }
}
