//! Both languages say everything, nothing is said in vain, and plural forms are right.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use fluent_bundle::FluentResource;
use regex::Regex;

use super::*;

/// Names of a language's words with the variables each takes.
fn words(lang: Lang) -> BTreeMap<String, BTreeSet<String>> {
    let variable = Regex::new(r"\$([a-z]+)").unwrap();
    let mut all = BTreeMap::new();
    for (file, text) in files(lang) {
        let read = FluentResource::try_new(text.to_string());
        let wrong = read.err().map(|(_, errors)| errors).unwrap_or_default();
        assert!(wrong.is_empty(), "{}/{file}: {wrong:?}", lang.code());
        let mut name = String::new();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let begins = line.starts_with(|c: char| c.is_ascii_lowercase());
            if let Some((key, _)) = line.split_once(" =").filter(|_| begins) {
                name = key.to_string();
                let twice = all.insert(name.clone(), BTreeSet::new());
                assert_eq!(twice, None, "{}/{file}: `{name}` twice", lang.code());
            }
            let named = variable.captures_iter(line).map(|one| one[1].to_string());
            if let Some(variables) = all.get_mut(&name) {
                variables.extend(named);
            }
        }
    }
    all
}

/// Every source and template of the console.
fn sources(folder: &Path, text: &mut String) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let ending = path.extension().and_then(|end| end.to_str());
        match (path.is_dir(), ending) {
            (true, _) if !path.ends_with("locales") => sources(&path, text),
            (false, Some("rs" | "html" | "js")) => {
                text.push_str(&std::fs::read_to_string(&path).unwrap());
            }
            (_, _) => {}
        }
    }
}

#[test]
fn both_languages_say_the_same_things_and_none_in_vain() {
    let (arabic, english) = (words(Lang::Ar), words(Lang::En));
    let names = |words: &BTreeMap<String, _>| words.keys().cloned().collect::<BTreeSet<_>>();
    let differing: Vec<_> = names(&arabic)
        .symmetric_difference(&names(&english))
        .cloned()
        .collect();
    assert!(differing.is_empty(), "only in one language: {differing:?}");
    for (name, variables) in &english {
        assert_eq!(&arabic[name], variables, "`{name}` takes other things");
    }
    let mut text = String::new();
    sources(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src/console"),
        &mut text,
    );
    let quoted = Regex::new(r#""([a-z][a-z0-9]*(?:-[a-z0-9]+)*)""#).unwrap();
    let used: BTreeSet<_> = quoted
        .captures_iter(&text)
        .map(|one| one[1].to_string())
        .collect();
    let unused: Vec<_> = english
        .keys()
        .filter(|name| !used.contains(*name))
        .collect();
    assert!(unused.is_empty(), "said nowhere: {unused:?}");
    let spoken = Regex::new(r#"(?:\.say|\.with|say\.all)\(\s*"([^"]+)""#).unwrap();
    let missing: Vec<_> = spoken
        .captures_iter(&text)
        .map(|one| one[1].to_string())
        .filter(|name| !english.contains_key(name))
        .collect();
    assert!(missing.is_empty(), "no words for: {missing:?}");
}

#[test]
fn counts_take_the_forms_of_their_language() {
    let plain = |text: String| text.replace(['\u{2068}', '\u{2069}'], "");
    for (n, arabic, english) in [
        (0_i64, "لا يوجد أحد", "Nobody"),
        (1, "شخص واحد", "1 person"),
        (2, "شخصان", "2 people"),
        (3, "3 أشخاص", "3 people"),
        (11, "11 شخصًا", "11 people"),
        (100, "100 شخص", "100 people"),
    ] {
        assert_eq!(plain(Say(Lang::Ar).with("count-people", "n", n)), arabic);
        assert_eq!(plain(Say(Lang::En).with("count-people", "n", n)), english);
    }
}
