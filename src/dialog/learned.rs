//! The two doors to the FAQ's room: what it learns of a set of dialogs, and what a message asks by it.

use super::model::Dialogs;
use crate::event::Ranked;
use crate::faq::{Entry, Model};

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
        rank(
            self.model.get_or_init(|| self.learn(std::iter::empty())),
            text,
        )
    }
}

/// What a message asks.
pub fn rank(model: &Model, text: &str) -> Ranked {
    let answer = model.ask(text);
    let offered = match (&answer.asserted, answer.offered) {
        (None, true) => answer.best.into_iter().map(|guess| guess.id).collect(),
        _ => Vec::new(),
    };
    Ranked {
        asserted: answer.asserted,
        offered,
        score: answer.score,
    }
}
