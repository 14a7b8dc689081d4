//! The numbers of the room, found by leaving phrasings out and on texts of other authors (see ARCHITECTURE.md).

use super::features::{KINDS, Kinds};
use super::linear::Recipe;

#[derive(Clone, Debug)]
pub struct Tuning {
    pub kinds: Kinds,
    pub recipe: Recipe,
    /// How much a sentence of no entry counts beside a phrasing: there are more of them.
    pub others: f32,
    /// Shares of the machines in the ranking.
    pub linear: f32,
    pub bm25: f32,
    pub middle: f32,
    pub nearest: f32,
    /// Share of the skeletons in the ranking of a text in Latin letters.
    pub skeletons: f32,
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
        dropped: 0.0,
    },
    others: 0.35,
    linear: 1.0,
    bm25: 1.0,
    middle: 0.0,
    nearest: 0.0,
    skeletons: 0.7,
};
