//! One way of looking at texts, and all that was learned by it: which features there are and how rare, a
//! linear machine with a class for "none of these", and how near a text is to each entry.

use std::collections::HashMap;

use super::features::{Bag, Feature, Hashed};
use super::linear::{Linear, softmax};
use super::nearness::{Near, Nearness};
use super::tuning::Tuning;

/// What was learned from the phrasings of all entries and from sentences of no entry.
#[derive(Clone, Debug, Default)]
pub struct Machine {
    pub(super) entries: usize,
    pub(super) numbers: HashMap<Feature, u32, Hashed>,
    /// How rare each feature is (natural logarithm).
    pub(super) rare: Vec<f32>,
    pub(super) rarest: f32,
    pub(super) linear: Linear,
    pub(super) nearness: Nearness,
}

/// What a machine makes of a text, entry by entry.
#[derive(Clone, Debug, Default)]
pub struct Judged {
    /// How much it speaks for each entry, in standard deviations from what it says of all.
    pub sums: Vec<f32>,
    /// How likely each entry is, against the others and against none.
    pub odds: Vec<f32>,
    /// Cosine to the middle of each entry.
    pub middle: Vec<f32>,
}

/// A text by the machine's numbers: known features as counted and as weighed.
struct Vector {
    counted: Vec<(u32, f32)>,
    weighed: Vec<(u32, f32)>,
}

impl Machine {
    /// The length counts unknown features too: what nobody ever asked about makes a text less like anything.
    fn vector(&self, bag: &Bag) -> Vector {
        let mut square = 0.0;
        let mut vector = Vector {
            counted: Vec::with_capacity(bag.0.len()),
            weighed: Vec::with_capacity(bag.0.len()),
        };
        for (feature, count) in &bag.0 {
            let number = self.numbers.get(feature);
            let rare = number.map_or(self.rarest, |number| self.rare[*number as usize]);
            let weight = count * rare;
            square += weight * weight;
            if let Some(number) = number {
                vector.counted.push((*number, *count));
                vector.weighed.push((*number, weight));
            }
        }
        let length = f32::sqrt(square).max(f32::MIN_POSITIVE);
        vector
            .weighed
            .iter_mut()
            .for_each(|(_, weight)| *weight /= length);
        vector
    }

    pub fn judge(&self, bag: &Bag, tuning: &Tuning) -> Judged {
        let vector = self.vector(bag);
        let weights: Vec<f32> = vector.weighed.iter().map(|(_, weight)| *weight).collect();
        let near = self.nearness.to(&vector.counted, &weights);
        judged(&self.linear, &vector.weighed, near, tuning)
    }

    /// Whether an entry has a feature.
    pub fn has(&self, feature: Feature, entry: usize) -> bool {
        let number = self.numbers.get(&feature);
        number.is_some_and(|number| self.nearness.has(*number, entry))
    }

    /// How much each feature of a text speaks for an entry: weight times what was learned.
    pub fn voices(&self, bag: &Bag, entry: usize) -> Vec<(Feature, f32)> {
        let vector = self.vector(bag);
        let known = bag
            .0
            .iter()
            .filter(|(feature, _)| self.numbers.contains_key(feature));
        known
            .zip(&vector.weighed)
            .map(|((feature, _), (number, weight))| {
                (*feature, weight * self.linear.weight(*number, entry))
            })
            .collect()
    }
}

/// What the parts of a machine say of a text together.
pub(super) fn judged(
    linear: &Linear,
    weighed: &[(u32, f32)],
    near: Near,
    tuning: &Tuning,
) -> Judged {
    let entries = near.bm25.len();
    let mut odds = Vec::with_capacity(entries + 1);
    linear.logits(weighed, &mut odds);
    odds.truncate(entries + 1);
    let mut sums = vec![0.0; entries];
    for (values, share) in [
        (&odds[..entries], tuning.linear),
        (&near.bm25[..], tuning.bm25),
    ] {
        add_z_scores(values, share, &mut sums);
    }
    softmax(&mut odds);
    odds.truncate(entries);
    Judged {
        sums,
        odds,
        middle: near.middle,
    }
}

fn add_z_scores(values: &[f32], share: f32, sums: &mut [f32]) {
    if share == 0.0 {
        return;
    }
    let count = values.len().max(1) as f32;
    let mean = values.iter().sum::<f32>() / count;
    let variance = values
        .iter()
        .map(|value| (value - mean).powi(2))
        .sum::<f32>()
        / count;
    let scale = share / variance.sqrt().max(1e-6);
    sums.iter_mut()
        .zip(values)
        .for_each(|(sum, value)| *sum += (value - mean) * scale);
}
