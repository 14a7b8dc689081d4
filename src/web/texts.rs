//! The page's own words, from `dialogs/common/page.yaml`. Holds no sentence itself.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::text::lang::Lang;

const FILE: &str = include_str!("../../dialogs/common/page.yaml");

/// One sentence in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sentence {
    pub ar: String,
    pub en: String,
}

impl Sentence {
    pub fn in_language(&self, language: Lang) -> &str {
        match language {
            Lang::Ar => &self.ar,
            Lang::En => &self.en,
        }
    }
}

static ALL: LazyLock<BTreeMap<String, Sentence>> = LazyLock::new(|| {
    serde_saphyr::from_str(FILE).expect("the file is part of the program, and a test reads it")
});

/// Every sentence by name.
pub fn all() -> &'static BTreeMap<String, Sentence> {
    &ALL
}

/// One sentence; a name that is not in the file shows itself, and a test finds it.
pub fn say(name: &'static str, language: Lang) -> &'static str {
    all()
        .get(name)
        .map_or(name, |sentence| sentence.in_language(language))
}

/// All sentences of one language, as the page's script takes them.
pub fn of(language: Lang) -> BTreeMap<&'static str, &'static str> {
    all()
        .iter()
        .map(|(name, sentence)| (name.as_str(), sentence.in_language(language)))
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use regex::Regex;

    use super::*;

    const PAGE: &str = include_str!("chat/page.html");

    fn names(pattern: &str, text: &str) -> Vec<String> {
        let pattern = Regex::new(pattern).unwrap();
        pattern
            .captures_iter(text)
            .map(|found| found[1].to_string())
            .collect()
    }

    #[test]
    fn every_word_that_the_page_says_is_in_the_file_in_both_languages() {
        for (name, sentence) in all() {
            assert!(!sentence.ar.trim().is_empty(), "{name} in Arabic");
            assert!(!sentence.en.trim().is_empty(), "{name} in English");
        }
        let script = crate::web::assets::SCRIPT;
        let said = [
            names(r#"say\("(\w+)"\)"#, PAGE),
            names(r#"data-(?:t|label|hint)="(\w+)""#, PAGE),
            names(r#"\b(?:say|tell|banner|act)\("(\w+)""#, script),
        ]
        .concat();
        assert!(said.len() > 30, "the patterns no longer find the words");
        for name in said {
            assert!(all().contains_key(&name), "no word is named {name}");
        }
    }

    #[test]
    fn no_word_in_the_file_is_left_unsaid() {
        let rust = [
            include_str!("wrong.rs"),
            include_str!("wrong.html"),
            PAGE,
            crate::web::assets::SCRIPT,
        ]
        .concat();
        let said: BTreeSet<_> = names(r#""(\w+)""#, &rust).into_iter().collect();
        for name in all().keys() {
            assert!(said.contains(name), "nobody says {name}");
        }
    }
}
