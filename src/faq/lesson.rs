//! All that one machine is to learn, text by text in one pass: features get numbers as they come, and texts lie behind
//! each other in one row, so that no text is held twice.

use std::collections::HashMap;

use super::features::{Bag, Feature, Hashed};
use super::linear::{Example, Linear, Recipe};
use super::machine::{Judged, Machine, judged};
use super::nearness::{Near, Nearness, Phrasing};
use super::tuning::Tuning;

/// Marks a count: some phrasing has the feature.
const ASKED: u32 = 1 << 31;
/// Texts from which an FAQ is large.
const LARGE: usize = 4_000;
/// The machine that is only tried learns in this share of the rounds: its scores are lower, and where thresholds
/// lie among them was set so.
const TRIED_SHARE: usize = 2;
/// A feature that is forgotten.
const FORGOTTEN: u32 = u32::MAX;

/// Sentences of no entry that are left out when it is tried how sure one must be.
pub fn is_left_out(at: usize) -> bool {
    at % 2 == 1
}

/// Texts as they come: the phrasings first, then the sentences of no entry.
pub struct Lesson {
    entries: usize,
    /// What phrasings say once is kept in a small FAQ; what only others say once never is.
    alone: u32,
    numbers: HashMap<Feature, u32, Hashed>,
    /// In how many texts each feature is.
    often: Vec<u32>,
    /// Features of all texts with how much they count, and where each text ends.
    parts: Vec<(u32, f32)>,
    ends: Vec<usize>,
    classes: Vec<usize>,
}

impl Lesson {
    /// For so many entries and texts.
    pub fn new(entries: usize, texts: usize) -> Lesson {
        Lesson {
            entries,
            alone: if texts > LARGE { 0 } else { ASKED },
            numbers: HashMap::default(),
            often: Vec::new(),
            parts: Vec::new(),
            ends: Vec::with_capacity(texts),
            classes: Vec::with_capacity(texts),
        }
    }

    pub fn phrasing(&mut self, entry: usize, bag: &Bag) {
        self.take(entry, bag, self.alone);
    }

    pub fn other(&mut self, bag: &Bag) {
        self.take(self.entries, bag, 0);
    }

    fn take(&mut self, class: usize, bag: &Bag, mark: u32) {
        for (feature, count) in &bag.0 {
            let next = self.often.len() as u32;
            let number = *self.numbers.entry(*feature).or_insert(next);
            if number == next {
                self.often.push(mark);
            }
            self.often[number as usize] += 1;
            self.parts.push((number, *count));
        }
        self.ends.push(self.parts.len());
        self.classes.push(class);
    }

    /// Learns it.
    pub fn learned(self, tuning: &Tuning) -> Machine {
        let (mut machine, texts, _) = self.read(|_| false);
        machine.linear = texts.linear(&machine, |_| true, &texts.recipe(tuning));
        machine
    }

    /// The same, and what a linear machine that has not seen every other of the sentences makes of these.
    pub fn learned_and_tried(self, tuning: &Tuning) -> (Machine, Vec<Judged>) {
        let (mut machine, texts, near) = self.read(is_left_out);
        let recipe = texts.recipe(tuning);
        let fewer = Recipe {
            epochs: recipe.epochs.div_ceil(TRIED_SHARE),
            ..recipe.clone()
        };
        let linear = texts.linear(&machine, |at| !is_left_out(at), &fewer);
        let left_out = texts.others().filter(|(at, _)| is_left_out(*at));
        let tried = left_out
            .zip(near)
            .map(|((_, text), near)| judged(&linear, text, near, tuning));
        let tried = tried.collect();
        drop(linear);
        machine.linear = texts.linear(&machine, |_| true, &recipe);
        (machine, tried)
    }

    /// A machine that knows its features and how near texts are, the texts by their weights, and how near those
    /// are that are left out.
    fn read(mut self, is_left_out: fn(usize) -> bool) -> (Machine, Texts, Vec<Near>) {
        let mut machine = Machine {
            entries: self.entries,
            ..Machine::default()
        };
        let numbers = self.renumber(&mut machine);
        let mut weights = Vec::with_capacity(self.parts.len());
        let (mut from, mut kept) = (0, 0);
        for end in &mut self.ends {
            let begun = kept;
            let mut square = 0.0;
            for at in from..*end {
                let (provisional, count) = self.parts[at];
                let number = numbers[provisional as usize];
                let rare = match number {
                    // What nobody else says counts for the length: it makes a text less like anything.
                    FORGOTTEN => machine.rarest,
                    number => machine.rare[number as usize],
                };
                let weight = count * rare;
                square += weight * weight;
                if number != FORGOTTEN {
                    self.parts[kept] = (number, count);
                    weights.push(weight);
                    kept += 1;
                }
            }
            let length = f32::sqrt(square).max(f32::MIN_POSITIVE);
            weights[begun..]
                .iter_mut()
                .for_each(|weight| *weight /= length);
            from = *end;
            *end = kept;
        }
        self.parts.truncate(kept);
        self.parts.shrink_to_fit();
        let mut texts = Texts {
            asked: self
                .classes
                .iter()
                .filter(|class| **class < self.entries)
                .count(),
            parts: self.parts,
            ends: self.ends,
            classes: self.classes,
        };
        machine.nearness = texts.nearness(&machine, &weights);
        let others = texts.asked..texts.ends.len();
        let left_out = others.enumerate().filter(|(at, _)| is_left_out(*at));
        let near = left_out.map(|(_, at)| {
            let range = texts.range(at);
            machine
                .nearness
                .to(&texts.parts[range.clone()], &weights[range])
        });
        let near = near.collect();
        let parts = texts.parts.iter_mut().zip(weights);
        parts.for_each(|(part, weight)| part.1 = weight);
        (machine, texts, near)
    }

    /// Gives the features that are kept their last numbers, in the order of their hashes, and says how rare each is.
    fn renumber(&mut self, machine: &mut Machine) -> Vec<u32> {
        let texts = self.ends.len() as f32;
        let rare = |often: u32| (1.0 + texts / (1.0 + often as f32)).ln();
        let mut kept: Vec<(Feature, u32)> = std::mem::take(&mut self.numbers)
            .into_iter()
            .filter(|(_, number)| self.often[*number as usize] > 1)
            .collect();
        kept.sort_unstable();
        let mut numbers = vec![FORGOTTEN; self.often.len()];
        machine.rarest = rare(0);
        machine.rare.reserve_exact(kept.len());
        machine.numbers.reserve(kept.len());
        for (number, (feature, provisional)) in (0..).zip(&kept) {
            numbers[*provisional as usize] = number;
            machine
                .rare
                .push(rare(self.often[*provisional as usize] & !ASKED));
            machine.numbers.insert(*feature, number);
        }
        numbers
    }
}

/// Texts by the last numbers of their features.
struct Texts {
    /// So many are phrasings, the others are behind them.
    asked: usize,
    parts: Vec<(u32, f32)>,
    ends: Vec<usize>,
    classes: Vec<usize>,
}

impl Texts {
    fn range(&self, at: usize) -> std::ops::Range<usize> {
        let from = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        from..self.ends[at]
    }

    /// Sentences of no entry, by their place among them.
    fn others(&self) -> impl Iterator<Item = (usize, &[(u32, f32)])> {
        let others = self.asked..self.ends.len();
        others
            .enumerate()
            .map(|(place, at)| (place, &self.parts[self.range(at)]))
    }

    fn nearness(&self, machine: &Machine, weights: &[f32]) -> Nearness {
        let phrasings: Vec<Phrasing> = (0..self.asked)
            .map(|at| Phrasing {
                entry: self.classes[at],
                counted: &self.parts[self.range(at)],
                weights: &weights[self.range(at)],
            })
            .collect();
        Nearness::of(machine.entries, machine.rare.len(), &phrasings)
    }

    /// A linear machine of all phrasings and of the sentences that are wanted by their place.
    fn linear(
        &self,
        machine: &Machine,
        is_wanted: impl Fn(usize) -> bool,
        recipe: &Recipe,
    ) -> Linear {
        let wanted = |at: &usize| at.checked_sub(self.asked).is_none_or(&is_wanted);
        let examples: Vec<Example> = (0..self.ends.len())
            .filter(wanted)
            .map(|at| Example {
                class: self.classes[at],
                features: &self.parts[self.range(at)],
            })
            .collect();
        Linear::learn(machine.entries + 1, machine.rare.len(), &examples, recipe)
    }

    fn recipe(&self, tuning: &Tuning) -> Recipe {
        Recipe {
            epochs: tuning.epochs(self.ends.len()),
            ..tuning.recipe.clone()
        }
    }
}
