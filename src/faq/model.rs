//! What was learned, and how a text is answered: which entry, how sure, what else may be meant.

use std::collections::HashMap;

use super::concepts::Concepts;
use super::features::{Bag, Word, bag, bag_of_skeletons, look};
use super::lexicon::Lexicon;
use super::machine::{Judged, Machine};
use super::skeleton;
use super::tuning::{TUNING, Tuning};
use super::words::words;

/// The surest that an answer can be: the very words of a phrasing.
const EXACT: f64 = 10.0;
/// The least sure: nothing in common.
const NOTHING: f64 = -100.0;
/// Guesses of an answer.
pub const GUESSES: usize = 3;

/// An entry and how people ask it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    pub id: String,
    pub questions: Vec<String>,
}

/// What a text is taken for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer {
    /// The entry that surely answers it.
    pub asserted: Option<String>,
    /// Near enough to offer the best as guesses; false: it asks nothing of this FAQ.
    pub offered: bool,
    /// The best three, the likeliest first, with how sure each is.
    pub best: Vec<Guess>,
    /// How sure the first is (natural logarithm); comparable between texts of one model.
    pub score: f64,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Guess {
    pub id: String,
    pub score: f64,
}

/// How sure one must be to answer, and to offer guesses.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sureness {
    pub assert_at: f64,
    pub offer_at: f64,
}

/// An FAQ that was learned.
#[derive(Clone, Debug, Default)]
pub struct Model {
    pub ids: Vec<String>,
    pub concepts: Concepts,
    pub lexicon: Lexicon,
    pub tuning: Tuning,
    written: Machine,
    skeletons: Machine,
    exact: HashMap<String, usize>,
    pub sureness: Sureness,
}

impl Default for Tuning {
    fn default() -> Tuning {
        TUNING
    }
}

impl Default for Sureness {
    fn default() -> Sureness {
        Sureness {
            assert_at: -2.6,
            offer_at: -5.2,
        }
    }
}

impl Model {
    pub fn learn(
        entries: &[Entry],
        concepts: &Concepts,
        others: &[&str],
        tuning: &Tuning,
    ) -> Model {
        let mut model = Model {
            ids: entries.iter().map(|entry| entry.id.clone()).collect(),
            concepts: concepts.clone(),
            tuning: tuning.clone(),
            ..Model::default()
        };
        let asked: Vec<(usize, &str)> = entries
            .iter()
            .enumerate()
            .flat_map(|(at, entry)| {
                entry
                    .questions
                    .iter()
                    .map(move |question| (at, question.as_str()))
            })
            .collect();
        for (entry, question) in &asked {
            model.exact.entry(key(question)).or_insert(*entry);
        }
        let texts = asked
            .iter()
            .map(|(_, question)| *question)
            .chain(others.iter().copied());
        let known: Vec<String> = texts.flat_map(words).collect();
        let table = concepts.words.iter();
        model.lexicon = Lexicon::new(known.iter().chain(table).map(String::as_str));
        let seen = |text: &str| look(text, &model.concepts, &model.lexicon, &tuning.kinds);
        let asked: Vec<(usize, Vec<Word>)> = asked
            .into_iter()
            .map(|(entry, text)| (entry, seen(text)))
            .collect();
        let others: Vec<Vec<Word>> = others.iter().map(|text| seen(text)).collect();
        let machine = |bag: fn(&[Word], &super::features::Kinds) -> Bag| {
            let asked: Vec<(usize, Bag)> = asked
                .iter()
                .map(|(entry, seen)| (*entry, bag(seen, &tuning.kinds)))
                .collect();
            let others: Vec<Bag> = others.iter().map(|seen| bag(seen, &tuning.kinds)).collect();
            Machine::learn(entries.len(), &asked, &others, tuning)
        };
        model.written = machine(bag);
        model.skeletons = machine(bag_of_skeletons);
        model
    }

    /// From now on this very text means that entry; an unknown entry changes nothing.
    pub fn confirm(&mut self, text: &str, id: &str) {
        if let Some(at) = self.ids.iter().position(|known| known == id) {
            self.exact.insert(key(text), at);
        }
    }

    pub fn ask(&self, text: &str) -> Answer {
        let exact = self.exact.get(&key(text)).copied();
        let judged = self.judge(text);
        let Some(judged) = judged.filter(|_| !self.ids.is_empty()) else {
            return Answer {
                score: NOTHING,
                ..Answer::default()
            };
        };
        self.answer(&judged, exact)
    }

    fn judge(&self, text: &str) -> Option<Judged> {
        let seen = look(text, &self.concepts, &self.lexicon, &self.tuning.kinds);
        if seen.is_empty() {
            return None;
        }
        let mut judged = self
            .written
            .judge(&bag(&seen, &self.tuning.kinds), &self.tuning);
        if self.tuning.skeletons > 0.0 && skeleton::is_latin(words(text).iter().map(String::as_str))
        {
            let signs = bag_of_skeletons(&seen, &self.tuning.kinds);
            let heard = self.skeletons.judge(&signs, &self.tuning);
            let share = self.tuning.skeletons;
            judged
                .sums
                .iter_mut()
                .zip(&heard.sums)
                .for_each(|(sum, other)| *sum += share * other);
        }
        Some(judged)
    }

    fn answer(&self, judged: &Judged, exact: Option<usize>) -> Answer {
        let mut order: Vec<usize> = (0..self.ids.len()).collect();
        let sum = |at: usize| {
            if exact == Some(at) {
                f32::MAX
            } else {
                judged.sums[at]
            }
        };
        order.sort_by(|a, b| sum(*b).total_cmp(&sum(*a)).then(a.cmp(b)));
        order.truncate(GUESSES);
        let best: Vec<Guess> = order
            .into_iter()
            .map(|at| Guess {
                id: self.ids[at].clone(),
                score: if exact == Some(at) {
                    EXACT
                } else {
                    judged.sureness(at)
                },
            })
            .collect();
        let score = best.first().map_or(NOTHING, |guess| guess.score);
        let sure = score >= self.sureness.assert_at;
        Answer {
            asserted: best.first().filter(|_| sure).map(|guess| guess.id.clone()),
            offered: score >= self.sureness.offer_at,
            best,
            score,
        }
    }
}

impl Judged {
    fn sureness(&self, at: usize) -> f64 {
        let ln = |value: f32| f64::from(value).max(1e-9).ln();
        ln(self.odds[at]) + 2.0 * ln(self.middle[at])
    }
}

fn key(text: &str) -> String {
    words(text).join(" ")
}
