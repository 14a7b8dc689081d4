//! What confirming teaches, and how well an FAQ of other people's phrasings alone is understood: questions of
//! `tests/faq` split into those that are learned and those that are asked. No question is on both sides.

use std::collections::{BTreeMap, BTreeSet};

use wasl::dialog::files::embedded;
use wasl::dialog::load::resolve;
use wasl::dialog::model::Dialogs;
use wasl::faq::{Concepts, Entry, Model, Report};

use super::{Question, add, percent, questions};

/// Messages that staff confirm of each entry.
const CONFIRMED: usize = 3;
/// Phrasings of an entry that is learned from questions of others.
const PHRASINGS: usize = 10;

type Asked = BTreeMap<String, Vec<String>>;

fn by_topic(name: &str) -> Asked {
    let mut asked = Asked::new();
    for Question { text, topic } in questions(name) {
        asked
            .entry(topic.unwrap_or_default())
            .or_default()
            .push(text);
    }
    asked
}

fn ask<'a>(model: &Model, asked: impl Iterator<Item = (&'a str, &'a str)>) -> Report {
    let mut report = Report::default();
    for (topic, text) in asked {
        report.count(text, Some(topic), &model.ask(text));
    }
    report
}

fn told(what: &str, report: &Report) -> (f64, f64) {
    let first = percent(report.first, report.asked);
    let among = percent(report.among, report.asked);
    println!("{what}, {} asked: {first:.1} / {among:.1}", report.asked);
    (first, among)
}

/// An FAQ of so many of the house's own phrasings an entry, of which each turn takes others.
fn own(dialogs: &Dialogs, phrasings: usize, turn: u64) -> Vec<Entry> {
    let entries = dialogs.faq.iter().map(|entry| {
        let mut questions = entry.questions.clone();
        questions.sort_by_key(|text| drawn(text, turn));
        questions.truncate(phrasings);
        Entry {
            id: entry.name.clone(),
            questions,
        }
    });
    entries.collect()
}

/// A number that looks like chance, the same in every run.
fn drawn(text: &str, turn: u64) -> u64 {
    let mix = |state: u64, byte: u8| (state ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    let state = text.bytes().fold(0xcbf2_9ce4_8422_2325 ^ turn, mix);
    (state ^ (state >> 29)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// Three real messages of every entry are confirmed, drawn anew each turn; the other messages are asked before and
/// after. A lean FAQ learns from them what others ask too, a full one (nineteen phrasings) little more than the
/// messages themselves; and one training differs from the next by a point.
#[test]
fn three_confirmed_messages_an_entry_help_the_other_questions() {
    let dialogs = resolve(&embedded(), "demo")
        .0
        .expect("the demo has no errors");
    let saudi = by_topic("saudi");
    for (phrasings, first_least, among_least) in [(5, 0.5, 2.0), (10, -0.5, -0.5)] {
        let (mut before, mut after) = (Report::default(), Report::default());
        for turn in 0..3 {
            let mut entries = own(&dialogs, phrasings, turn);
            let (mut confirmed, mut rest) = (Vec::new(), Vec::new());
            for (topic, texts) in &saudi {
                let mut texts: Vec<&str> = texts.iter().map(String::as_str).collect();
                texts.sort_by_key(|text| drawn(text, turn));
                let of_topic = texts.iter().map(|text| (topic.as_str(), *text));
                confirmed.extend(of_topic.clone().take(CONFIRMED));
                rest.extend(of_topic.skip(CONFIRMED));
            }
            let learned = Model::calibrated(&entries, &dialogs.concepts);
            add(&mut before, &ask(&learned, rest.iter().copied()));
            for (topic, text) in confirmed {
                let entry = entries.iter_mut().find(|entry| entry.id == topic);
                entry
                    .expect("a topic is an entry")
                    .questions
                    .push(text.to_owned());
            }
            let learned = Model::calibrated(&entries, &dialogs.concepts);
            add(&mut after, &ask(&learned, rest.iter().copied()));
        }
        let what = |when: &str| format!("Saudi, {phrasings} phrasings at most, {when} confirming");
        let (first_before, among_before) = told(&what("before"), &before);
        let (first, among) = told(&what("after"), &after);
        assert!(first >= first_before + first_least, "{phrasings}: first");
        assert!(among >= among_before + among_least, "{phrasings}: among");
    }
}

/// The FAQ of the house is left out: what is learned are ten standard questions an entry by the people of `tests/faq`.
#[test]
fn ten_standard_phrasings_of_others_are_understood_in_dialect_with_slips_and_in_latin_letters() {
    let entries: Vec<Entry> = by_topic("standard")
        .into_iter()
        .map(|(id, mut questions)| {
            questions.truncate(PHRASINGS);
            Entry { id, questions }
        })
        .collect();
    let known: BTreeSet<&str> = entries
        .iter()
        .flat_map(|entry| &entry.questions)
        .map(String::as_str)
        .collect();
    let model = Model::calibrated(&entries, &Concepts::shipped());
    println!("{} entries, {} phrasings", entries.len(), known.len());
    for (name, first_least, among_least) in [
        ("saudi", 56.0, 76.0),
        ("slips", 69.0, 86.0),
        ("latin", 50.0, 70.0),
    ] {
        let asked = by_topic(name);
        let asked = asked.iter().flat_map(|(topic, texts)| {
            let new = texts.iter().filter(|text| !known.contains(text.as_str()));
            new.map(move |text| (topic.as_str(), text.as_str()))
        });
        let (first, among) = told(name, &ask(&model, asked));
        assert!(first >= first_least && among >= among_least, "{name}");
    }
}

/// Thirty entries, learned from every other question in standard Arabic and in dialect, asked the others. Issue 5 aims
/// at 76 / 92; these do not reach it.
#[test]
fn thirty_entries_of_mixed_dialects_are_understood() {
    let mut mixed = Asked::new();
    for name in ["standard", "saudi"] {
        for (topic, texts) in by_topic(name) {
            mixed.entry(topic).or_default().extend(texts);
        }
    }
    let mut largest: Vec<(String, Vec<String>)> = mixed.into_iter().collect();
    largest.sort_by_key(|(_, texts)| std::cmp::Reverse(texts.len()));
    largest.truncate(30);
    let mut report = Report::default();
    for turn in 0..2 {
        let half = |learned: bool| {
            let half = move |(at, text): (usize, &String)| {
                ((at % 2 == turn) == learned).then(|| text.clone())
            };
            largest.iter().map(move |(topic, texts)| {
                (
                    topic.clone(),
                    texts
                        .iter()
                        .enumerate()
                        .filter_map(half)
                        .collect::<Vec<_>>(),
                )
            })
        };
        let entries: Vec<Entry> = half(true)
            .map(|(id, mut questions)| {
                questions.truncate(PHRASINGS);
                Entry { id, questions }
            })
            .collect();
        let phrasings: usize = entries.iter().map(|entry| entry.questions.len()).sum();
        println!("{} entries, {phrasings} phrasings", entries.len());
        let model = Model::calibrated(&entries, &Concepts::shipped());
        let rest: Vec<(String, Vec<String>)> = half(false).collect();
        let asked = rest.iter().flat_map(|(topic, texts)| {
            texts
                .iter()
                .map(move |text| (topic.as_str(), text.as_str()))
        });
        add(&mut report, &ask(&model, asked));
    }
    let (first, among) = told("mixed dialects", &report);
    assert!(first >= 70.0 && among >= 86.0);
}
