//! "The second", in words: which place in a list somebody means. Digits are read elsewhere.

use crate::text::fold::tokens;

/// Places in words, first to tenth, folded; the spellings of one place are parted by `|`.
const PLACES: [&str; 10] = [
    "الاول|الاولي|اول|first|1st",
    "الثاني|الثانيه|ثاني|second|2nd",
    "الثالث|الثالثه|ثالث|third|3rd",
    "الرابع|الرابعه|رابع|fourth|4th",
    "الخامس|الخامسه|خامس|fifth|5th",
    "السادس|السادسه|سادس|sixth|6th",
    "السابع|السابعه|سابع|seventh|7th",
    "الثامن|الثامنه|ثامن|eighth|8th",
    "التاسع|التاسعه|تاسع|ninth|9th",
    "العاشر|العاشره|عاشر|tenth|10th",
];

/// Words that may stand before a place or a number: «الخيار الثاني», "number 2".
const BEFORE: [&str; 10] = [
    "رقم",
    "الرقم",
    "الخيار",
    "خيار",
    "اختيار",
    "الاختيار",
    "number",
    "no",
    "option",
    "the",
];

/// The place that a whole message names, from 1; at most one word stands before it.
pub fn read(text: &str) -> Option<usize> {
    let words = tokens(text);
    let place = match &words[..] {
        [place] => place,
        [before, place] if BEFORE.contains(&before.as_str()) => place,
        _ => return None,
    };
    PLACES
        .iter()
        .position(|spellings| spellings.split('|').any(|spelling| spelling == place))
        .map(|at| at + 1)
}

/// What stands behind a word such as «رقم», when a message has only these two.
pub fn without_word_before(text: &str) -> Option<String> {
    match &tokens(text)[..] {
        [before, place] if BEFORE.contains(&before.as_str()) => Some(place.clone()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_read_from_words() {
        for (text, place) in [
            ("الأول", Some(1)),
            ("الثانية", Some(2)),
            ("الخيار الثالث", Some(3)),
            ("second", Some(2)),
            ("the third", Some(3)),
            ("العاشر.", Some(10)),
            ("أول مرة", None),
            ("الثاني والثالث", None),
            ("سارة", None),
            ("", None),
        ] {
            assert_eq!(read(text), place, "{text}");
        }
        assert_eq!(without_word_before("رقم ٢").as_deref(), Some("2"));
    }
}
