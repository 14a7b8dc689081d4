//! The page's own words: those of `dialogs/common/page.yaml`, and over them those of the folder that is
//! served. Holds no sentence itself.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::text::lang::Lang;

const FILE: &str = include_str!("../../dialogs/common/page.yaml");

/// One sentence in both languages. A recording beside it is nothing that a page could play.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
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

/// Every sentence by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Texts(BTreeMap<String, Sentence>);

/// Those of the program.
impl Default for Texts {
    fn default() -> Texts {
        let all = read(FILE);
        Texts(all.expect("the file is part of the program, and a test reads it"))
    }
}

fn read(page: &str) -> Result<BTreeMap<String, Sentence>, serde_saphyr::Error> {
    serde_saphyr::from_str(page)
}

impl Texts {
    /// Those of the program, each in the words of this `page.yaml` where it has it: a folder that was made
    /// for an older build still fills a newer page.
    pub fn under(page: &str) -> Texts {
        let mut texts = Texts::default();
        let told = read(page).unwrap_or_else(|error| {
            // `check` proved the shape before; what it lets pass and this does not costs no start.
            tracing::warn!(%error, "page.yaml cannot be read; the page speaks in its own words");
            BTreeMap::new()
        });
        for (name, sentence) in told {
            match texts.0.get_mut(&name) {
                Some(ours) => *ours = sentence,
                None => tracing::warn!(name, "page.yaml has a word that no page says"),
            }
        }
        texts
    }

    /// One sentence; a name that is not in the file shows itself, and a test finds it.
    pub fn say(&self, name: &'static str, language: Lang) -> &str {
        self.0
            .get(name)
            .map_or(name, |sentence| sentence.in_language(language))
    }

    /// All sentences of one language, as the page's script takes them.
    pub fn of(&self, language: Lang) -> BTreeMap<&str, &str> {
        self.0
            .iter()
            .map(|(name, sentence)| (name.as_str(), sentence.in_language(language)))
            .collect()
    }
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
        let all = Texts::default().0;
        for (name, sentence) in &all {
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
            assert!(all.contains_key(&name), "no word is named {name}");
        }
    }

    #[test]
    fn no_word_in_the_file_is_left_unsaid() {
        let rust = [
            include_str!("wrong.rs"),
            include_str!("chat/anonymous.rs"),
            include_str!("widget.rs"),
            include_str!("../cli/channels/poster.rs"),
            include_str!("link.rs"),
            PAGE,
            crate::web::assets::SCRIPT,
        ]
        .concat();
        let said: BTreeSet<_> = names(r#""(\w+)""#, &rust).into_iter().collect();
        for name in Texts::default().0.keys() {
            assert!(said.contains(name), "nobody says {name}");
        }
    }

    #[test]
    fn a_charitys_own_word_counts_and_what_it_leaves_out_stays_ours() {
        let texts = Texts::under("send: {ar: توكلنا, en: Go}\nnobody_says: {ar: ا, en: a}\n");
        assert_eq!(texts.say("send", Lang::En), "Go");
        assert_eq!(
            texts.say("attach", Lang::En),
            Texts::default().say("attach", Lang::En)
        );
        assert!(!texts.0.contains_key("nobody_says"));
        assert_eq!(Texts::under(": ["), Texts::default());
    }
}
