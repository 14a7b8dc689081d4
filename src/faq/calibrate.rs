//! How sure one must be: found on sentences of no entry that a second model has not learned from.

use super::concepts::Concepts;
use super::model::{Entry, Model, Sureness};
use super::tuning::Tuning;

/// Share of the left-out sentences that stay below answering. The second model knows only half of the
/// sentences; to the whole model they are stranger, and some 97 to 99 of 100 stay below.
const BELOW_ASSERTING: f64 = 0.967;
/// Share that stays below guesses too.
const BELOW_OFFERING: f64 = 0.62;
/// However strange the sentences are to an FAQ: less than this is no answer (measured over several FAQs).
const ASSERT_AT_MIN: f64 = -4.6;
const ASSERT_AT_MAX: f64 = -0.7;
const OFFER_AT_MIN: f64 = -16.0;
/// Sentences below which nothing is learned of them.
const SENTENCES_MIN: usize = 40;

impl Model {
    /// The thresholds of this FAQ, by a second model that learns every other sentence and is asked the rest.
    pub fn calibrate(
        entries: &[Entry],
        concepts: &Concepts,
        others: &[&str],
        tuning: &Tuning,
    ) -> Option<Sureness> {
        if others.len() < SENTENCES_MIN || entries.is_empty() {
            return None;
        }
        let (learned, asked): (Vec<_>, Vec<_>) =
            others.iter().enumerate().partition(|(at, _)| at % 2 == 0);
        let learned: Vec<&str> = learned.into_iter().map(|(_, text)| *text).collect();
        let model = Model::learn(entries, concepts, &learned, tuning);
        let mut scores: Vec<f64> = asked
            .into_iter()
            .map(|(_, text)| model.ask(text).score)
            .collect();
        scores.sort_by(f64::total_cmp);
        let below = |share: f64| scores[(scores.len() as f64 * share) as usize];
        let assert_at = below(BELOW_ASSERTING).clamp(ASSERT_AT_MIN, ASSERT_AT_MAX);
        Some(Sureness {
            assert_at,
            offer_at: below(BELOW_OFFERING).clamp(OFFER_AT_MIN, assert_at),
        })
    }

    /// A model with the thresholds of its own FAQ: some two and a half times the work of [`Model::train`].
    pub fn calibrated(entries: &[Entry], concepts: &Concepts) -> Model {
        let others: Vec<&str> = super::lines(super::BACKGROUND).collect();
        let tuning = Tuning::default();
        // The second model is gone before the first one is made: memory for one at a time.
        let sureness = Model::calibrate(entries, concepts, &others, &tuning);
        let mut model = Model::learn(entries, concepts, &others, &tuning);
        model.sureness = sureness.unwrap_or(model.sureness);
        model
    }
}
