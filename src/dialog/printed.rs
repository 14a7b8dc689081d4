//! Words of what is printed for authors and officers, from `printed.yaml` beside this file. Holds no word itself,
//! and nothing of it is ever said to a person who writes.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::text::lang::Lang;

const FILE: &str = include_str!("printed.yaml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    ar: String,
    en: String,
}

static ALL: LazyLock<BTreeMap<String, Words>> = LazyLock::new(|| {
    serde_saphyr::from_str(FILE).expect("the file is part of the program, and a test reads it")
});

/// The words of that name, if there are any.
pub fn find(name: &str, lang: Lang) -> Option<&'static str> {
    let words = ALL.get(name)?;
    Some(match lang {
        Lang::Ar => &words.ar,
        Lang::En => &words.en,
    })
}

/// The words of that name; a name that is not in the file shows itself, and a test finds it.
pub fn words(name: &'static str, lang: Lang) -> &'static str {
    find(name, lang).unwrap_or(name)
}

/// The words for one of a family (`fact.open_now`); its own name where the file has none, as for an outcome
/// that an author invented.
pub fn one_of(family: &str, name: &str, lang: Lang) -> String {
    find(&format!("{family}.{name}"), lang).map_or_else(|| name.to_owned(), str::to_owned)
}

/// The words of that name with values put in.
pub fn filled(name: &'static str, lang: Lang, values: &[(&str, &str)]) -> String {
    let mut rest = words(name, lang);
    let mut text = String::with_capacity(rest.len());
    // Each value is put in once and never read again: braces in it stay what they are.
    while let Some((before, named, after)) = place(rest) {
        text.push_str(before);
        let value = values.iter().find(|(name, _)| *name == named);
        text.push_str(value.map_or("", |(_, value)| value));
        rest = after;
    }
    text + rest
}

/// The text before the next `{name}`, the name, and the text behind it.
fn place(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('{')?;
    let (name, after) = rest.split_once('}')?;
    Some((before, name, after))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use regex::Regex;

    use super::*;
    use crate::dialog::load::keys;
    use crate::dialog::processing::BASES;

    /// What names words in Rust.
    const SOURCES: &[&str] = &[
        include_str!("record.rs"),
        include_str!("record/write.rs"),
        include_str!("draw/charity.rs"),
        include_str!("draw/condition.rs"),
        include_str!("draw/dialog.rs"),
        include_str!("draw/legend.rs"),
        include_str!("draw/mermaid.rs"),
        include_str!("draw/svg.rs"),
    ];

    /// Families whose members are named by a table of the house.
    fn families() -> Vec<(&'static str, Vec<&'static str>)> {
        let verbs = keys::STEPS.iter().map(|verb| verb.verb).collect();
        vec![
            ("kind", verbs),
            ("act", keys::ACTS.to_vec()),
            ("flag", keys::FLAGS.to_vec()),
            ("fact", keys::FACTS.to_vec()),
            ("data", keys::READERS.to_vec()),
            ("basis", BASES.to_vec()),
        ]
    }

    #[test]
    fn every_word_of_the_house_can_be_printed_in_both_languages() {
        for (family, names) in families() {
            for name in names {
                for lang in [Lang::Ar, Lang::En] {
                    assert!(
                        find(&format!("{family}.{name}"), lang).is_some(),
                        "{family}.{name}"
                    );
                }
            }
        }
        let pattern = Regex::new(r"\{(\w+)\}").unwrap();
        for (name, words) in ALL.iter() {
            assert!(!words.ar.is_empty() && !words.en.is_empty(), "{name}");
            let places = |text: &str| {
                let found = pattern.captures_iter(text).map(|found| found[1].to_owned());
                found.collect::<BTreeSet<_>>()
            };
            assert_eq!(places(&words.ar), places(&words.en), "{name}");
        }
    }

    #[test]
    fn every_word_that_is_named_is_in_the_file_and_none_is_left_unprinted() {
        let named = Regex::new(r#""([a-z_]+\.[a-z_]+)""#).unwrap();
        let text = SOURCES.concat();
        let named: BTreeSet<&str> = named
            .captures_iter(&text)
            .map(|found| found.get(1).unwrap().as_str())
            .collect();
        for name in &named {
            assert!(ALL.contains_key(*name), "no words are named {name}");
        }
        let of_family = Regex::new(r#"one_of\(\s*"([a-z_]+)""#).unwrap();
        let families: BTreeSet<&str> = of_family
            .captures_iter(&text)
            .map(|found| found.get(1).unwrap().as_str())
            .collect();
        for name in ALL.keys() {
            let family = name.split('.').next().unwrap();
            assert!(
                named.contains(name.as_str()) || families.contains(family),
                "nobody prints {name}"
            );
        }
    }

    #[test]
    fn what_is_put_in_is_not_read_again() {
        assert_eq!(
            filled("when.is", Lang::En, &[("field", "{value}"), ("value", "x")]),
            "{value} = x"
        );
    }
}
