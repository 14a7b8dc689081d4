//! The full name as on the identity (SAUDI 8). Stored as typed; compared by a key, and only as a hint beside the ID.

use crate::text::fold::{clean, fold, is_dash, is_tashkeel};
use crate::text::lang::{is_arabic, is_latin};
use crate::text::scan;
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;
use thiserror::Error;

/// Scalars of a name at most; at least three.
pub const NAME_SCALARS_MAX: usize = 100;
pub const NAME_SCALARS_MIN: usize = 3;
/// Parts of a full Saudi name: given, father, grandfather, family.
pub const FULL_PARTS: usize = 4;

/// A name in at least two parts. `بن` and `بنت` are no parts, `عبد الله` is one.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct FullName {
    pub as_typed: String,
    pub parts: Vec<String>,
}

/// Why a text is no full name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum NameProblem {
    #[error("nothing readable")]
    Empty,
    #[error("one word where at least two are needed")]
    TooShort,
    #[error("longer than 100 characters")]
    TooLong,
    #[error("digits in it")]
    Digits,
    #[error("a link or a mail address")]
    Url,
    #[error("signs or emoji in it")]
    Symbols,
    #[error("letters that are neither Arabic nor Latin")]
    OtherScript,
}

/// Reads a name; an opening such as «اسمي» or "my name is" is left out.
pub fn read(text: &str) -> Result<FullName, NameProblem> {
    let typed = single_line(&clean(scan::capped(text)));
    if crate::text::graphemes::only_symbols(&typed) {
        return Err(if typed.is_empty() {
            NameProblem::Empty
        } else {
            NameProblem::Symbols
        });
    }
    if LINK.is_match(&typed) {
        return Err(NameProblem::Url);
    }
    let typed = without_opening(&typed).trim_end_matches(['،', ',', '!', '؟', ' ']);
    check_letters(typed)?;
    if typed.chars().count() > NAME_SCALARS_MAX {
        return Err(NameProblem::TooLong);
    }
    let parts = parts(typed);
    if parts.len() < 2 || typed.chars().count() < NAME_SCALARS_MIN {
        return Err(NameProblem::TooShort);
    }
    Ok(FullName {
        as_typed: typed.to_owned(),
        parts,
    })
}

impl FullName {
    /// Fewer than four parts: warn, never block; residents' names may be shorter.
    pub fn under_four(&self) -> bool {
        self.parts.len() < FULL_PARTS
    }

    /// The folded parts, compounds joined, one space between: equal keys are a hint of the same person.
    pub fn matching_key(&self) -> String {
        let keys: Vec<String> = self.parts.iter().map(|part| part_key(part)).collect();
        keys.join(" ")
    }

    /// The first part, for a greeting.
    pub fn given(&self) -> &str {
        self.parts.first().map_or("", String::as_str)
    }
}

static LINK: LazyLock<regex::Regex> = LazyLock::new(|| {
    let pattern = r"(?i)https?:|www\.|://|@\S|[a-z0-9-]\.(com|net|org|sa|me|io|co|info|app|link|ly|gov|edu)(\W|$)";
    regex::Regex::new(pattern).expect("the pattern is a constant that the tests compile")
});

/// Openings that are no part of a name, longest first, as typed with and without hamza.
const OPENINGS: [&str; 16] = [
    "my full name is",
    "الاسم الرباعي",
    "اسمي الكامل هو",
    "اسمي الكامل",
    "الاسم الكامل",
    "my name is",
    "full name",
    "name is",
    "اسمي هو",
    "انا اسمي",
    "أنا اسمي",
    "الاسم",
    "الإسم",
    "اسمي",
    "إسمي",
    "name",
];

/// Words that make one part with the next: servants of God, fathers, mothers, families.
const COMPOUNDS: [&str; 13] = [
    "عبد", "ابو", "ابا", "ابي", "ام", "ال", "ذو", "بو", "abu", "umm", "um", "abd", "abdul",
];

/// Titles, which are no part of a name, when they come first.
const TITLES: [&str; 10] = [
    "د",
    "ا",
    "م",
    "dr",
    "mr",
    "mrs",
    "ms",
    "eng",
    "prof",
    "الدكتور",
];

/// Words between parts: son and daughter of.
const LINKS: [&str; 6] = ["بن", "بنت", "ابن", "ابنه", "bin", "bint"];

fn single_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Repeated, so that reading a stored name again changes nothing.
fn without_opening(typed: &str) -> &str {
    let mut rest = typed;
    while let Some(shorter) = one_opening_less(rest) {
        rest = shorter.trim_start_matches([' ', ':', '-']);
    }
    rest
}

fn one_opening_less(typed: &str) -> Option<&str> {
    OPENINGS.iter().find_map(|opening| {
        let head = typed
            .get(..opening.len())
            .filter(|head| head.to_lowercase() == **opening)?;
        Some(&typed[head.len()..]).filter(|rest| rest.starts_with([' ', ':']))
    })
}

fn check_letters(typed: &str) -> Result<(), NameProblem> {
    if typed.chars().any(char::is_numeric) {
        return Err(NameProblem::Digits);
    }
    match typed.chars().find_map(refusal) {
        Some(problem) => Err(problem),
        None => Ok(()),
    }
}

fn refusal(c: char) -> Option<NameProblem> {
    let allowed = c == ' '
        || is_tashkeel(c)
        || is_dash(c)
        || matches!(
            c,
            '\'' | '’' | '‘' | 'ʼ' | '`' | '.' | '\u{200C}' | '\u{200D}'
        );
    let letter = c.is_alphabetic() || unicode_normalization::char::is_combining_mark(c);
    match letter {
        _ if allowed => None,
        true if is_arabic(c) || is_latin(c) || matches!(c, '\u{0300}'..='\u{036F}') => None,
        true => Some(NameProblem::OtherScript),
        false => Some(NameProblem::Symbols),
    }
}

/// The parts as typed. A compound's first word waits for the next; son and daughter words are left out.
fn parts(typed: &str) -> Vec<String> {
    let mut parts = Vec::new();
    let mut waiting: Option<String> = None;
    for word in typed
        .split(' ')
        .filter(|word| word.chars().any(char::is_alphabetic))
    {
        let key = fold(word);
        if parts.is_empty() && waiting.is_none() && TITLES.contains(&key.as_str()) {
            continue;
        }
        if LINKS.contains(&key.as_str()) && waiting.is_none() {
            continue;
        }
        let part = waiting
            .take()
            .map_or(word.to_owned(), |first| format!("{first} {word}"));
        match COMPOUNDS.contains(&key.as_str()) {
            true => waiting = Some(part),
            false => parts.push(part),
        }
    }
    parts.extend(waiting);
    parts
}

fn part_key(part: &str) -> String {
    let joined: String = part
        .chars()
        .filter(|c| c.is_alphabetic() || is_tashkeel(*c))
        .collect();
    fold(&joined)
}

impl std::fmt::Debug for FullName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "FullName({} parts)", self.parts.len())
    }
}

impl TryFrom<String> for FullName {
    type Error = NameProblem;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        read(&text)
    }
}

impl From<FullName> for String {
    fn from(name: FullName) -> String {
        name.as_typed
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_are_read_in_parts() {
        for (text, parts, under_four) in [
            ("سارة عبدالله محمد القحطاني", 4, false),
            ("سارة بنت عبد الله بن محمد آل سعيد", 4, false),
            ("اسمي أم كلثوم محمد", 2, true),
            ("الاسم: نورة سعد العتيبي", 3, true),
            ("Mary-Jane O'Brien", 2, true),
            ("José María García López", 4, false),
            ("سَارَة  \u{200F}القحطاني", 2, true),
            ("محمد علی خان", 3, true),
            ("Dr. Sara Ali", 2, true),
            ("محمد أحمد،", 2, true),
            ("My name is Sara Ali", 2, true),
            ("عبد الرحمن بن أبي بكر", 2, true),
        ] {
            let name = read(text).unwrap_or_else(|e| panic!("{text}: {e}"));
            assert_eq!(
                (name.parts.len(), name.under_four()),
                (parts, under_four),
                "{text} {:?}",
                name.parts
            );
        }
    }

    #[test]
    fn what_is_no_name_says_why() {
        let long = "محمد ".repeat(30);
        for (text, problem) in [
            ("", NameProblem::Empty),
            ("😀", NameProblem::Symbols),
            ("سارة", NameProblem::TooShort),
            ("عبد الله", NameProblem::TooShort),
            ("سارة محمد 5", NameProblem::Digits),
            ("سارة محمد ٥", NameProblem::Digits),
            ("{{7*7}} سارة", NameProblem::Digits),
            ("{{name}} سارة", NameProblem::Symbols),
            ("O'Brien; DROP", NameProblem::Symbols),
            ("سارة محمد 🌸", NameProblem::Symbols),
            ("سارة https://t.me/x", NameProblem::Url),
            ("sara example.com", NameProblem::Url),
            ("sara ali@example.com", NameProblem::Url),
            ("<b>Sara Ali</b>", NameProblem::Symbols),
            ("রহিম উদ্দিন", NameProblem::OtherScript),
            (&long, NameProblem::TooLong),
        ] {
            assert_eq!(read(text).map(|n| n.as_typed), Err(problem), "{text}");
        }
    }

    #[test]
    fn one_person_has_one_key() {
        for (a, b) in [
            ("سارة عبدالله القحطاني", "ساره بنت عبد الله القحطانى"),
            ("أحمد آل سعيد", "احمد ال سعيد"),
            ("Sara Al-Qahtani", "SARA AlQahtani"),
        ] {
            assert_eq!(
                read(a).unwrap().matching_key(),
                read(b).unwrap().matching_key(),
                "{a}"
            );
        }
        let name = read("سارة القحطاني").unwrap();
        assert_eq!(format!("{name:?}"), "FullName(2 parts)");
        assert_eq!(
            serde_json::from_str::<FullName>(&serde_json::to_string(&name).unwrap()).unwrap(),
            name
        );
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "\\PC*|[ا-ي a-zA-Z'.:-]{0,40}") {
            if let Ok(name) = read(&text) {
                prop_assert_eq!(read(&name.as_typed).map(|n| n.parts.len()), Ok(name.parts.len()));
                let _ = name.matching_key();
            }
        }
    }
}
