//! The numbers of the room, found by leaving phrasings out and on texts of other authors (see ARCHITECTURE.md).

use super::features::{KINDS, Kinds};
use super::linear::Recipe;

#[derive(Clone, Debug)]
pub struct Tuning {
    pub kinds: Kinds,
    pub recipe: Recipe,
    /// Shares of the machines in the ranking.
    pub linear: f32,
    pub bm25: f32,
    /// Share of the skeletons in the ranking of a text in Latin letters.
    pub skeletons: f32,
    pub sureness: Weights,
}

/// What makes sure, beside how likely the entry is (whose logarithm counts once).
#[derive(Clone, Copy, Debug)]
pub struct Weights {
    /// Logarithm of the cosine to the entry's middle.
    pub middle: f64,
    /// How far the entry is before the next, in standard deviations.
    pub margin: f64,
    /// What is missing of this distance counts against answering: two entries are meant alike.
    pub clear: f64,
    /// Logarithm of the share of the words that the entry speaks of. Near questions have one word too many.
    pub covered: f64,
}

impl Tuning {
    /// A large FAQ is learned in fewer rounds: each shows as much.
    pub fn epochs(&self, examples: usize) -> usize {
        let rounds = 24_000 / examples.max(1);
        rounds.clamp(6, self.recipe.epochs)
    }
}

pub const TUNING: Tuning = Tuning {
    kinds: KINDS,
    recipe: Recipe {
        epochs: 20,
        rate: 2.0,
        shrink: 0.0,
    },
    linear: 1.0,
    bm25: 1.0,
    skeletons: 0.7,
    sureness: Weights {
        middle: 0.5,
        margin: 0.15,
        clear: 3.0,
        covered: 4.0,
    },
};

impl Default for Tuning {
    fn default() -> Tuning {
        TUNING
    }
}
