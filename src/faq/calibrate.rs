//! How sure one must be: found on sentences of no entry that a second model has not learned from.

use super::concepts::Concepts;
use super::lesson::is_left_out;
use super::model::{Entry, Model, Sureness};
use super::tuning::Tuning;

/// Share of the left-out sentences that stay below answering. The second machine knows only half of the
/// sentences and learned in fewer rounds; to the whole model they are stranger, and some 97 to 99 of 100 stay below.
const BELOW_ASSERTING: f64 = 0.953;
/// Share that stays below guesses too.
const BELOW_OFFERING: f64 = 0.57;
/// However strange the sentences are to an FAQ: less than this is no answer (measured over several FAQs).
const ASSERT_AT_MIN: f64 = -4.6;
const ASSERT_AT_MAX: f64 = -0.7;
const OFFER_AT_MIN: f64 = -16.0;
/// Sentences below which nothing is learned of them.
const SENTENCES_MIN: usize = 40;

impl Model {
    /// A model with the thresholds of its own FAQ: a quarter as much work again as [`Model::learn`].
    pub fn calibrated(entries: &[Entry], concepts: &Concepts) -> Model {
        let others: Vec<&str> = super::lines(super::BACKGROUND).collect();
        Model::learn_calibrated(entries, concepts, &others, &Tuning::default())
    }

    /// The same with other sentences of no entry: a second linear machine learns every other of them and is
    /// asked the rest. All else that is learned of a sentence does not tell it from an unknown one.
    pub fn learn_calibrated(
        entries: &[Entry],
        concepts: &Concepts,
        others: &[&str],
        tuning: &Tuning,
    ) -> Model {
        if others.len() < SENTENCES_MIN || entries.is_empty() {
            return Model::learn(entries, concepts, others, tuning);
        }
        let (mut model, lesson) = Model::read(entries, concepts, others, tuning);
        let (written, judged) = lesson.learned_and_tried(tuning);
        model.written = written;
        let left_out = others.iter().enumerate().filter(|(at, _)| is_left_out(*at));
        let mut scores: Vec<f64> = left_out
            .zip(judged)
            .map(|((_, text), mut judged)| {
                let seen = model.look(text);
                model.hear(text, &seen, &mut judged);
                model.sureness_of(&judged, &seen)
            })
            .collect();
        model.sureness = thresholds(&mut scores);
        model
    }
}

/// Where these shares of the scores stay below.
fn thresholds(scores: &mut [f64]) -> Sureness {
    scores.sort_by(f64::total_cmp);
    let below = |share: f64| scores[(scores.len() as f64 * share) as usize];
    let assert_at = below(BELOW_ASSERTING).clamp(ASSERT_AT_MIN, ASSERT_AT_MAX);
    Sureness {
        assert_at,
        offer_at: below(BELOW_OFFERING).clamp(OFFER_AT_MIN, assert_at),
    }
}
