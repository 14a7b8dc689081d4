//! How sure one must be: found on sentences of no entry that a second model has not learned from.

use super::concepts::Concepts;
use super::lesson::is_left_out;
use super::model::{Entry, Model, SURENESS, Sureness, is_latin};
use super::tuning::Tuning;
use super::words::words;

/// Share of the left-out sentences that stay below answering. The second machine knows only half of the
/// sentences and learned in fewer rounds; to the whole model they are stranger, and some 97 to 99 of 100 stay below.
const BELOW_ASSERTING: f64 = 0.95;
/// The same of sentences in Latin letters: they are fewer, and what people write so is further from them.
const LATIN_BELOW_ASSERTING: f64 = 0.97;
/// Share that stays below guesses too.
const BELOW_OFFERING: f64 = 0.57;
/// However strange the sentences are to an FAQ: less than this is no answer (measured over several FAQs).
const ASSERT_AT_MIN: f64 = -4.6;
const ASSERT_AT_MAX: f64 = -0.7;
const OFFER_AT_MIN: f64 = -16.0;
/// However strange sentences in Latin letters are.
const LATIN_LESS_MAX: f64 = 2.0;
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
        let mut tried = Tried::default();
        for ((_, text), mut judged) in left_out.zip(judged) {
            let seen = model.look(text);
            model.hear(text, &seen, &mut judged);
            let sure = model.sureness_of(&judged, &seen);
            let own = match is_latin(&words(text)) {
                true => &mut tried.latin,
                false => &mut tried.arabic,
            };
            own.push(sure.answered);
            tried.asked.push(sure.asked);
        }
        model.sureness = tried.thresholds();
        model
    }
}

/// How sure left-out sentences look: to be answered, in either script, and to ask something.
#[derive(Default)]
struct Tried {
    arabic: Vec<f64>,
    latin: Vec<f64>,
    asked: Vec<f64>,
}

impl Tried {
    /// Where these shares of the scores stay below.
    fn thresholds(mut self) -> Sureness {
        let arabic = below(&mut self.arabic, BELOW_ASSERTING);
        let latin = below(&mut self.latin, LATIN_BELOW_ASSERTING);
        let assert_at = arabic.or(latin).unwrap_or(SURENESS.assert_at);
        let assert_at = assert_at.clamp(ASSERT_AT_MIN, ASSERT_AT_MAX);
        let offer_at = below(&mut self.asked, BELOW_OFFERING).unwrap_or(SURENESS.offer_at);
        Sureness {
            assert_at,
            offer_at: offer_at.clamp(OFFER_AT_MIN, assert_at),
            latin_less: (latin.unwrap_or(assert_at) - assert_at).clamp(0.0, LATIN_LESS_MAX),
        }
    }
}

/// The score that this share stays below.
fn below(scores: &mut [f64], share: f64) -> Option<f64> {
    scores.sort_by(f64::total_cmp);
    scores.get((scores.len() as f64 * share) as usize).copied()
}
