//! The two doors to the FAQ's room: what it learns of a set of dialogs, and what a message asks by it.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use super::model::Dialogs;
use crate::event::Ranked;
use crate::faq::{EXACT, Entry, Model};

impl Dialogs {
    /// What the FAQ learns of the files and, in their order, of phrasings that staff confirmed (entry and text).
    /// One of an entry that the files no longer have is left out.
    pub fn learn<'a>(&self, confirmed: impl Iterator<Item = (&'a str, &'a str)>) -> Model {
        let mut entries: Vec<Entry> = self
            .faq
            .iter()
            .map(|entry| Entry {
                id: entry.name.clone(),
                questions: entry.questions.clone(),
            })
            .collect();
        for (name, text) in confirmed {
            if let Some(entry) = entries.iter_mut().find(|entry| entry.id == name) {
                entry.questions.push(text.to_owned());
            }
        }
        Model::calibrated(&entries, &self.concepts)
    }

    /// What the FAQ makes of a text by the files alone; learned at the first question.
    pub fn rank(&self, text: &str) -> Ranked {
        rank(self.model.get_or_init(|| self.learned_once()), text)
    }

    /// The same files are learned once in a process: stories load them again and again.
    fn learned_once(&self) -> Arc<Model> {
        let version = self.version.as_str();
        let mut learned = LEARNED.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, model)) = learned.iter().find(|(known, _)| known == version) {
            return model.clone();
        }
        let model = Arc::new(self.learn(std::iter::empty()));
        learned.push_back((version.to_owned(), model.clone()));
        if learned.len() > LEARNED_MAX {
            learned.pop_front();
        }
        model
    }
}

/// Models by the version of their files: what is learned follows from these alone.
static LEARNED: Mutex<VecDeque<(String, Arc<Model>)>> = Mutex::new(VecDeque::new());
/// Charities of one folder, and as many again that are being edited.
const LEARNED_MAX: usize = 12;

/// What a message asks. A single word that is no phrasing to the letter is at best guessed at: it is easily a slip.
pub fn rank(model: &Model, text: &str) -> Ranked {
    let mut answer = model.ask(text);
    let one_word = text.split_whitespace().count() < 2;
    if one_word && answer.score < EXACT {
        answer.offered = answer.asserted.take().is_some();
    }
    let offered = match (&answer.asserted, answer.offered) {
        (None, true) => answer.best.into_iter().map(|guess| guess.id).collect(),
        _ => Vec::new(),
    };
    let after = match answer.leans {
        true => after(model, text),
        false => BTreeMap::new(),
    };
    Ranked {
        asserted: answer.asserted,
        also: answer.also,
        offered,
        after,
        score: answer.score,
    }
}

fn after(model: &Model, text: &str) -> BTreeMap<String, String> {
    let meant = |last: &str| model.ask_after(text, last).best.into_iter().next();
    let entries = model.ids().iter();
    let pairs = entries.filter_map(|last| Some((last.clone(), meant(last)?.id)));
    pairs.collect()
}
