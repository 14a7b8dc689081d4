//! How well an FAQ is understood: phrasings are left out in turn and asked of a model that has not seen them,
//! and so are sentences of no entry.

use std::collections::BTreeMap;

use super::concepts::Concepts;
use super::model::{Answer, Entry, Model};
use super::tuning::TUNING;

/// Turns in which phrasings are left out.
const TURNS: usize = 5;

/// Counts of one look.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// Questions that belong to an entry.
    pub asked: usize,
    /// Of them: the right entry was first, and among the best three.
    pub first: usize,
    pub among: usize,
    /// Of them: answered, answered wrongly, and at least offered guesses.
    pub asserted: usize,
    pub wrong: usize,
    pub offered: usize,
    /// Sentences that belong to none; of them: not answered, and not even offered guesses.
    pub others: usize,
    pub not_asserted: usize,
    pub not_offered: usize,
    /// Right entry and the one taken for it: the questions.
    pub confused: BTreeMap<(String, String), Vec<String>>,
}

impl Report {
    /// Counts a question and its answer; `id` is the entry that it belongs to, None where it belongs to none.
    pub fn count(&mut self, question: &str, id: Option<&str>, answer: &Answer) {
        let Some(id) = id else {
            self.others += 1;
            self.not_asserted += usize::from(answer.asserted.is_none());
            self.not_offered += usize::from(!answer.offered);
            return;
        };
        self.asked += 1;
        self.among += usize::from(answer.best.iter().any(|guess| guess.id == id));
        self.offered += usize::from(answer.offered);
        if let Some(asserted) = &answer.asserted {
            self.asserted += 1;
            self.wrong += usize::from(asserted != id);
        }
        match answer.best.first() {
            Some(best) if best.id == id => self.first += 1,
            Some(best) => {
                let pair = (id.to_owned(), best.id.clone());
                self.confused
                    .entry(pair)
                    .or_default()
                    .push(question.to_owned());
            }
            None => {}
        }
    }
}

/// Leaves every phrasing out once, and every sentence of no entry; five trainings with their thresholds.
pub fn cross_validate(entries: &[Entry], concepts: &Concepts) -> Report {
    let others: Vec<&str> = super::lines(super::BACKGROUND).collect();
    let mut report = Report::default();
    for turn in 0..TURNS {
        let is_out = |at: &usize| at % TURNS == turn;
        let (left_out, learned) = split(entries, is_out);
        let (asked, known): (Vec<_>, Vec<_>) = others
            .iter()
            .copied()
            .enumerate()
            .partition(|(at, _)| is_out(at));
        let known: Vec<&str> = known.into_iter().map(|(_, text)| text).collect();
        let model = Model::learn_calibrated(&learned, concepts, &known, &TUNING);
        for (id, question) in left_out {
            report.count(question, Some(id), &model.ask(question));
        }
        for (_, sentence) in asked {
            report.count(sentence, None, &model.ask(sentence));
        }
    }
    report
}

/// Phrasings that are left out, with their entries; and the entries without them.
fn split(entries: &[Entry], is_out: impl Fn(&usize) -> bool) -> (Vec<(&str, &str)>, Vec<Entry>) {
    let mut left_out = Vec::new();
    let mut learned = Vec::with_capacity(entries.len());
    for (number, entry) in entries.iter().enumerate() {
        let mut kept = Entry {
            id: entry.id.clone(),
            questions: Vec::new(),
        };
        for (at, question) in entry.questions.iter().enumerate() {
            // Shifted entry by entry, so that every turn leaves out as much.
            match is_out(&(at + number)) {
                true => left_out.push((entry.id.as_str(), question.as_str())),
                false => kept.questions.push(question.clone()),
            }
        }
        learned.push(kept);
    }
    (left_out, learned)
}
