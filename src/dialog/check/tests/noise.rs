//! Whatever stands in a file, the check ends, and ends soon, and never panics.

use proptest::prelude::*;

use super::{CHANNELS, sound};
use crate::dialog::check::check_charity;
use crate::dialog::files::embedded;
use crate::dialog::finding::Findings;
use crate::dialog::render;
use crate::dialog::yaml;

fn checked(path: &str, bytes: &[u8]) {
    let mut files = sound();
    files.put(path, bytes);
    let findings = check_charity(&files, "demo", CHANNELS);
    // Every place that is told can be shown.
    render::people(&findings, &files, "");
    render::json(&findings, &files, "");
}

/// Pieces of which dialog files are made, so that noise reaches beyond the reading of YAML.
fn piece() -> impl Strategy<Value = String> {
    let words = [
        "title",
        "steps",
        "- say",
        "- ask",
        "- choose",
        "- branch",
        "- submit",
        "text",
        "options",
        "to",
        "when",
        "ends",
        "field",
        "is",
        "all",
        "not",
        "cases",
        "ar",
        "en",
        "read",
        "form",
        "true",
        "menu",
        "hello",
        "from",
        "services",
        "proactive",
        "shows",
    ];
    let signs = [
        ": ", "\n", "\n  ", "\n    ", "{", "}", "[", "]", ", ", "\"", "'", "- ", "|\n", "&a ",
        "*a", "!x ", "#", "\t", "{{ ", " }}", "{% if ", " %}", "،", "«", "\u{202e}", "\0",
    ];
    prop_oneof![
        prop::sample::select(words.to_vec()),
        prop::sample::select(signs.to_vec())
    ]
    .prop_map(str::to_owned)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_checked_to_the_end(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        checked("common/menu.yaml", &bytes);
    }

    #[test]
    fn any_words_of_ours_in_any_order_are_checked_to_the_end(pieces in prop::collection::vec(piece(), 0..120), path in prop::sample::select(vec!["common/menu.yaml", "common/words.yaml", "common/cases.yaml", "charities/demo/charity.yaml", "charities/demo/services.yaml"])) {
        checked(path, pieces.concat().as_bytes());
    }

    #[test]
    fn a_shipped_dialog_cut_and_joined_anywhere_is_checked_to_the_end(from in 0.0..1.0f64, to in 0.0..1.0f64, piece in piece()) {
        let files = embedded();
        let text = &files.texts["common/apply.yaml"];
        let place = |part: f64| (0..=((text.len() as f64 * part) as usize)).rev().find(|at| text.is_char_boundary(*at)).unwrap();
        let broken = format!("{}{piece}{}", &text[..place(from)], &text[place(to)..]);
        checked("common/apply.yaml", broken.as_bytes());
    }
}

#[test]
fn nested_and_endless_files_end_at_their_bounds() {
    for (case, text) in [
        ("brackets", "[".repeat(100_000)),
        ("braces", "{a: ".repeat(100_000)),
        ("lists in lists", "- ".repeat(50_000)),
        ("many values", format!("a: [{}]", "x,".repeat(200_000))),
        (
            "many keys",
            (0..40_000).map(|n| format!("k{n}: v\n")).collect(),
        ),
        ("one long word", "a".repeat(500_000)),
        ("too long", "a\n".repeat(300_000)),
        ("quotes", "\"".repeat(100_001)),
        (
            "conditions",
            format!("when: {}x{}", "{not: ".repeat(30), "}".repeat(30)),
        ),
        (
            "a runaway text",
            "a: \"{% for a in b %}{% for c in d %}{{ a }}{% endfor %}{% endfor %}\"".to_owned(),
        ),
    ] {
        let begun = std::time::Instant::now();
        yaml::parse(&"common/menu.yaml".into(), &text, &mut Findings::default());
        checked("common/menu.yaml", text.as_bytes());
        assert!(
            begun.elapsed().as_secs() < 20,
            "{case} took {:?}",
            begun.elapsed()
        );
    }
}
