//! Why an entry was thought of: what each word of a text was taken for, and how much it spoke for which entry.

use super::features::{Feature, bag};
use super::model::Model;

/// What a word was taken for, and how much it spoke for each of the entries asked about.
#[derive(Clone, Debug, PartialEq)]
pub struct Voice {
    pub word: String,
    /// The name of its concept.
    pub concept: Option<String>,
    /// It is not in the text, but what a word of it was taken for.
    pub guessed: bool,
    pub weights: Vec<f32>,
}

impl Model {
    /// The words of a text and how each speaks for these entries; unknown entries hear nothing.
    pub fn explain(&self, text: &str, ids: &[&str]) -> Vec<Voice> {
        let seen = self.look(text);
        let whole = bag(&seen, &self.tuning.kinds);
        let heard = ids
            .iter()
            .map(|id| match self.ids.iter().position(|known| known == id) {
                Some(entry) => self.written.voices(&whole, entry),
                None => Vec::new(),
            });
        let heard: Vec<Vec<(Feature, f32)>> = heard.collect();
        let voice = |word: &super::features::Word| {
            let own = bag(std::slice::from_ref(word), &self.tuning.kinds);
            let is_own =
                |feature: &Feature| own.0.binary_search_by_key(feature, |(own, _)| *own).is_ok();
            let sum = |voices: &Vec<(Feature, f32)>| {
                let own = voices.iter().filter(|(feature, _)| is_own(feature));
                own.map(|(_, weight)| weight).sum::<f32>()
            };
            Voice {
                word: word.folded.clone(),
                concept: word
                    .concept
                    .and_then(|concept| self.concepts.name(concept))
                    .map(str::to_owned),
                guessed: word.guessed,
                weights: heard.iter().map(sum).collect(),
            }
        };
        seen.iter().map(voice).collect()
    }
}
