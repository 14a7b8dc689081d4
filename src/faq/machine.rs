//! One way of looking at texts, and all that was learned by it: which features there are and how rare, a
//! linear machine with a class for "none of these", and how near a text is to each entry.

use std::collections::HashMap;

use super::features::{Bag, Feature};
use super::linear::{Example, Linear, Recipe, softmax};
use super::nearness::{Nearness, Phrasing};
use super::tuning::Tuning;

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
    /// Cosine to the middle of each entry, and to its nearest phrasing.
    pub middle: Vec<f32>,
    pub nearest: Vec<f32>,
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
        machine.count(asked.iter().map(|(_, bag)| bag).chain(others));
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

    /// Gives numbers to the features, and counts in how many texts each stands.
    fn count<'a>(&mut self, bags: impl Iterator<Item = &'a Bag>) {
        let mut often: Vec<u32> = Vec::new();
        let mut texts = 0_u32;
        for bag in bags {
            texts += 1;
            for (feature, _) in &bag.0 {
                let next = often.len() as u32;
                let number = *self.numbers.entry(*feature).or_insert(next);
                match often.get_mut(number as usize) {
                    Some(often) => *often += 1,
                    None => often.push(1),
                }
            }
        }
        let rare = |often: u32| (1.0 + texts as f32 / (1.0 + often as f32)).ln();
        self.rare = often.into_iter().map(rare).collect();
        self.rarest = rare(0);
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
            (&near.middle[..], tuning.middle),
            (&near.nearest[..], tuning.nearest),
        ] {
            add_z_scores(values, share, &mut sums);
        }
        softmax(&mut odds);
        odds.truncate(self.entries);
        Judged {
            sums,
            odds,
            middle: near.middle,
            nearest: near.nearest,
        }
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
