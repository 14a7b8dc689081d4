//! What confirming teaches, and how well an FAQ of other people's phrasings alone is understood: questions of
//! `tests/faq` split into those that are learned and those that are asked. No question is on both sides.

use std::collections::{BTreeMap, BTreeSet};

use wasl::dialog::files::embedded;
use wasl::dialog::load::resolve;
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

/// Three turns, each confirming other messages. The shipped FAQ has nineteen phrasings an entry: three more gain nothing
/// for the rest, and cost some two points. What is confirmed itself is known to the letter.
#[test]
fn three_confirmed_messages_an_entry_cost_the_others_little() {
    let dialogs = resolve(&embedded(), "demo")
        .0
        .expect("the demo has no errors");
    let saudi = by_topic("saudi");
    let (mut before, mut after) = (Report::default(), Report::default());
    for turn in 0..3 {
        let is_confirmed = |at: usize| at % CONFIRMED == turn && at / CONFIRMED < CONFIRMED;
        let all = || {
            saudi.iter().flat_map(|(topic, texts)| {
                let texts = texts.iter().enumerate();
                texts.map(move |(at, text)| (at, topic.as_str(), text.as_str()))
            })
        };
        let pair = |(_, topic, text)| (topic, text);
        let rest = || all().filter(|(at, ..)| !is_confirmed(*at)).map(pair);
        let confirmed = all().filter(|(at, ..)| is_confirmed(*at)).map(pair);
        add(
            &mut before,
            &ask(&dialogs.learn(std::iter::empty()), rest()),
        );
        add(&mut after, &ask(&dialogs.learn(confirmed), rest()));
    }
    let (first_before, among_before) = told("Saudi, before anything is confirmed", &before);
    let (first, among) = told("Saudi, three confirmed an entry", &after);
    assert!(first >= first_before - 3.0, "{first_before} {first}");
    assert!(among >= among_before - 1.5, "{among_before} {among}");
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
