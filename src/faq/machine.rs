//! One way of looking at texts, and all that was learned by it: which features there are and how rare, a
//! linear machine with a class for "none of these", and how near a text is to each entry.

use std::collections::HashMap;

use super::features::{Bag, Feature};
use super::linear::{Example, Linear, Recipe, softmax};
use super::nearness::{Nearness, Phrasing};
use super::tuning::Tuning;

/// Marks a count: some phrasing has the feature.
const ASKED: u32 = 1 << 31;
/// Texts from which an FAQ is large.
const LARGE: usize = 4_000;

/// What was learned from the phrasings of all entries and from sentences of no entry.
#[derive(Clone, Debug, Default)]
pub struct Machine {
    entries: usize,
    numbers: HashMap<Feature, u32, Hashed>,
    /// How rare each feature is (natural logarithm).
    rare: Vec<f32>,
    rarest: f32,
    linear: Linear,
    nearness: Nearness,
}

/// Features are hashes already.
#[derive(Clone, Copy, Debug, Default)]
pub struct Hashed(u64);

impl std::hash::BuildHasher for Hashed {
    type Hasher = Hashed;
    fn build_hasher(&self) -> Hashed {
        Hashed(0)
    }
}

impl std::hash::Hasher for Hashed {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, _: &[u8]) {}
    fn write_u64(&mut self, feature: u64) {
        self.0 = feature;
    }
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
    pub fn learn(
        entries: usize,
        asked: &[(usize, Bag)],
        others: &[Bag],
        tuning: &Tuning,
    ) -> Machine {
        let mut machine = Machine {
            entries,
            ..Machine::default()
        };
        machine.count(asked, others);
        let vectors: Vec<Vector> = asked.iter().map(|(_, bag)| machine.vector(bag)).collect();
        let phrasings: Vec<Phrasing> = asked
            .iter()
            .zip(&vectors)
            .map(|((entry, _), vector)| Phrasing {
                entry: *entry,
                counted: &vector.counted,
                weighed: &vector.weighed,
            })
            .collect();
        machine.nearness = Nearness::of(entries, machine.rare.len(), &phrasings);
        let mut examples: Vec<Example> = asked
            .iter()
            .zip(vectors)
            .map(|((entry, _), vector)| Example {
                class: *entry,
                features: vector.weighed,
                weight: 1.0,
            })
            .collect();
        examples.extend(others.iter().map(|bag| Example {
            class: entries,
            features: machine.vector(bag).weighed,
            weight: tuning.others,
        }));
        let recipe = Recipe {
            epochs: tuning.epochs(examples.len()),
            ..tuning.recipe.clone()
        };
        machine.linear = Linear::learn(entries + 1, machine.rare.len(), &examples, &recipe);
        machine
    }

    /// Gives numbers to the features, and counts in how many texts each stands. What a single sentence of no entry
    /// says, and in a large FAQ a single phrasing, is forgotten: it would cost more than it tells.
    fn count(&mut self, asked: &[(usize, Bag)], others: &[Bag]) {
        let texts = asked.len() + others.len();
        let large = texts > LARGE;
        let mut often: HashMap<Feature, u32, Hashed> = HashMap::default();
        let asked = asked.iter().flat_map(|(_, bag)| &bag.0);
        for (feature, _) in asked {
            *often.entry(*feature).or_default() += 1;
        }
        // What phrasings say once is kept in a small FAQ; what only others say once never is.
        let alone = if large { 0 } else { ASKED };
        often.values_mut().for_each(|count| *count |= alone);
        for (feature, _) in others.iter().flat_map(|bag| &bag.0) {
            *often.entry(*feature).or_default() += 1;
        }
        let mut kept: Vec<(Feature, u32)> = often
            .into_iter()
            .filter(|(_, count)| *count > 1)
            .map(|(feature, count)| (feature, count & !ASKED))
            .collect();
        kept.sort_unstable();
        let rare = |often: u32| (1.0 + texts as f32 / (1.0 + often as f32)).ln();
        self.rare = kept.iter().map(|(_, often)| rare(*often)).collect();
        self.rarest = rare(0);
        self.numbers = kept
            .iter()
            .zip(0..)
            .map(|((feature, _), number)| (*feature, number))
            .collect();
    }

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
        let near = self.nearness.to(&vector.counted, &vector.weighed);
        let mut odds = Vec::with_capacity(self.entries + 1);
        self.linear.logits(&vector.weighed, &mut odds);
        let mut sums = vec![0.0; self.entries];
        for (values, share) in [
            (&odds[..self.entries], tuning.linear),
            (&near.bm25[..], tuning.bm25),
        ] {
            add_z_scores(values, share, &mut sums);
        }
        softmax(&mut odds);
        odds.truncate(self.entries);
        Judged {
            sums,
            odds,
            middle: near.middle,
        }
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
