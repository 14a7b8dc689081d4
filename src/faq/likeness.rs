//! Questions that ask alike, grouped: what the desk shows together. Greedy and in the order given, so that the
//! same questions make the same groups.

use std::collections::BTreeMap;

use super::concepts::Concepts;
use super::features::{Bag, Feature, KINDS, bag, look};
use super::lexicon::Lexicon;

/// Cosine from which two questions ask alike.
const ALIKE: f32 = 0.3;

/// Groups of places in `texts`, the largest first; each begins with its oldest question.
pub fn groups(texts: &[&str], concepts: &Concepts) -> Vec<Vec<usize>> {
    let lexicon = Lexicon::default();
    let bags: Vec<Bag> = texts
        .iter()
        .map(|text| bag(&look(text, concepts, &lexicon, &KINDS), &KINDS))
        .collect();
    let vectors = weighed(&bags);
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for at in 0..vectors.len() {
        let alike = |group: &&mut Vec<usize>| cosine(&vectors[group[0]], &vectors[at]) >= ALIKE;
        match groups.iter_mut().find(alike) {
            Some(group) => group.push(at),
            None => groups.push(vec![at]),
        }
    }
    groups.sort_by_key(|group| (std::cmp::Reverse(group.len()), group[0]));
    groups
}

/// By how rare a feature is among the questions, and of length one.
fn weighed(bags: &[Bag]) -> Vec<Vec<(Feature, f32)>> {
    let mut having: BTreeMap<Feature, u32> = BTreeMap::new();
    for (feature, _) in bags.iter().flat_map(|bag| &bag.0) {
        *having.entry(*feature).or_default() += 1;
    }
    let all = bags.len() as f32 + 1.0;
    let weigh = |(feature, count): &(Feature, f32)| {
        let rarity = (all / (having[feature] as f32 + 0.5)).ln().max(0.1);
        (*feature, count * rarity)
    };
    let mut vectors: Vec<Vec<_>> = Vec::with_capacity(bags.len());
    for bag in bags {
        let mut vector: Vec<_> = bag.0.iter().map(weigh).collect();
        let length = vector
            .iter()
            .map(|(_, weight)| weight * weight)
            .sum::<f32>();
        let length = length.sqrt().max(f32::MIN_POSITIVE);
        vector.iter_mut().for_each(|(_, weight)| *weight /= length);
        vectors.push(vector);
    }
    vectors
}

/// Both in the order of their features.
fn cosine(one: &[(Feature, f32)], other: &[(Feature, f32)]) -> f32 {
    let (mut at, mut sum) = (0, 0.0);
    for (feature, weight) in one {
        while other.get(at).is_some_and(|(found, _)| found < feature) {
            at += 1;
        }
        if let Some((_, beside)) = other.get(at).filter(|(found, _)| found == feature) {
            sum += weight * beside;
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::faq::concepts::SHIPPED;

    #[test]
    fn questions_that_ask_alike_stand_together() {
        let texts = [
            "متى توزعون السلال",
            "هل عندكم دورات",
            "متى توزيع السلال الغذائية",
            "عندكم دورات تدريبية",
            "وين موقعكم",
        ];
        let concepts = Concepts::read(SHIPPED).unwrap();
        let groups = groups(&texts, &concepts);
        assert_eq!(groups, [vec![0, 2], vec![1, 3], vec![4]]);
    }
}
