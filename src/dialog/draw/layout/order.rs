//! The order of slots within their ranks: each is drawn to the middle of its neighbours, over and over, and the
//! order with the fewest crossings stays.

use super::{Layers, Tie};

/// Sweeps down and up again: after a dozen nothing moves any more.
const SWEEPS: usize = 12;

pub fn order(layers: &mut Layers, ties: &[Tie]) {
    let neighbours = Neighbours::of(layers.slots.len(), ties);
    layers.ranks = first(layers, &neighbours);
    let mut best = layers.ranks.clone();
    let mut fewest = crossings(layers, ties);
    for sweep in 0..SWEEPS {
        if fewest == 0 {
            break;
        }
        sweep_once(layers, &neighbours, sweep % 2 == 0);
        let crossed = crossings(layers, ties);
        if crossed < fewest {
            fewest = crossed;
            best = layers.ranks.clone();
        }
    }
    layers.ranks = best;
}

/// The slots before and behind each slot.
struct Neighbours {
    up: Vec<Vec<usize>>,
    down: Vec<Vec<usize>>,
}

impl Neighbours {
    fn of(count: usize, ties: &[Tie]) -> Neighbours {
        let mut neighbours = Neighbours {
            up: vec![Vec::new(); count],
            down: vec![Vec::new(); count],
        };
        for tie in ties {
            neighbours.down[tie.upper].push(tie.lower);
            neighbours.up[tie.lower].push(tie.upper);
        }
        neighbours
    }
}

/// As a walk from the beginning meets them: what belongs together stands together.
fn first(layers: &Layers, neighbours: &Neighbours) -> Vec<Vec<usize>> {
    let mut ranks = vec![Vec::new(); layers.ranks.len()];
    let mut seen = vec![false; layers.slots.len()];
    for root in layers.ranks.iter().flatten() {
        let mut open = vec![*root];
        while let Some(slot) = open.pop() {
            if std::mem::replace(&mut seen[slot], true) {
                continue;
            }
            ranks[layers.slots[slot].rank].push(slot);
            open.extend(neighbours.down[slot].iter().rev());
        }
    }
    ranks
}

fn sweep_once(layers: &mut Layers, neighbours: &Neighbours, down: bool) {
    let count = layers.ranks.len();
    let mut place = places(layers);
    for step in 0..count {
        let rank = if down { step } else { count - 1 - step };
        let linked = if down {
            &neighbours.up
        } else {
            &neighbours.down
        };
        let middle = |slot: &usize| match &linked[*slot][..] {
            [] => place[*slot] as f64,
            some => some.iter().map(|one| place[*one]).sum::<usize>() as f64 / some.len() as f64,
        };
        let mut sorted: Vec<(f64, usize)> = layers.ranks[rank]
            .iter()
            .map(|slot| (middle(slot), *slot))
            .collect();
        sorted.sort_by(|one, other| one.0.total_cmp(&other.0));
        layers.ranks[rank] = sorted.into_iter().map(|(_, slot)| slot).collect();
        for (at, slot) in layers.ranks[rank].iter().enumerate() {
            place[*slot] = at;
        }
    }
}

/// The place of every slot in its rank.
pub fn places(layers: &Layers) -> Vec<usize> {
    let mut place = vec![0; layers.slots.len()];
    for rank in &layers.ranks {
        for (at, slot) in rank.iter().enumerate() {
            place[*slot] = at;
        }
    }
    place
}

fn crossings(layers: &Layers, ties: &[Tie]) -> usize {
    let place = places(layers);
    let mut of_rank: Vec<Vec<(usize, usize)>> = vec![Vec::new(); layers.ranks.len()];
    for tie in ties {
        let rank = layers.slots[tie.upper].rank;
        of_rank[rank].push((place[tie.upper], place[tie.lower]));
    }
    of_rank
        .into_iter()
        .map(|mut pairs| {
            pairs.sort_unstable();
            inversions(pairs.into_iter().map(|(_, lower)| lower).collect())
        })
        .sum()
}

/// How many pairs stand the wrong way round, counted while sorting.
fn inversions(mut values: Vec<usize>) -> usize {
    if values.len() < 2 {
        return 0;
    }
    let right = values.split_off(values.len() / 2);
    let (mut left, mut right) = (values, right);
    let mut count = inversions(left.clone()) + inversions(right.clone());
    left.sort_unstable();
    right.sort_unstable();
    let mut below = 0;
    for value in &left {
        while below < right.len() && right[below] < *value {
            below += 1;
        }
        count += below;
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_that_stand_wrong_are_counted() {
        for (values, count) in [
            (vec![], 0),
            (vec![0, 1, 2], 0),
            (vec![2, 1, 0], 3),
            (vec![1, 1, 0], 2),
            (vec![0, 2, 1, 3], 1),
        ] {
            assert_eq!(inversions(values.clone()), count, "{values:?}");
        }
    }
}
