//! Where slots stand across: as near to what they are linked with as their order and their widths allow.

use super::order::places;
use super::{Block, Layers, Tie, What};

/// Rounds up and down: then nothing moves any more that anybody would see.
const ROUNDS: usize = 16;
/// How strongly a tie between two passing wires is pulled straight, beside one between blocks.
const STRAIGHT: f64 = 8.0;
/// How much stronger the ordinary way on pulls than others.
const MAIN: f64 = 40.0;
/// Space between two links that leave the same block.
const PORT_GAP: f64 = 26.0;

/// Where wires leave their blocks; they arrive in the middle.
pub struct Ports {
    /// How far from the middle, by wire.
    pub beside: Vec<f64>,
    /// The ordinary way on from a block, by wire: it is kept straight before others.
    main: Vec<bool>,
}

pub fn ports(layers: &Layers, ties: &[Tie], blocks: &[Block]) -> Ports {
    let place = places(layers);
    let count = layers.chains.len();
    let mut ports = Ports {
        beside: vec![0.0; count],
        main: vec![false; count],
    };
    for (number, block) in blocks.iter().enumerate() {
        let mut leaving: Vec<&Tie> = ties.iter().filter(|tie| tie.upper == number).collect();
        // The first link is the ordinary way on: it leaves in the middle, the others on its sides.
        let Some(main) = leaving.iter().map(|tie| tie.wire).min() else {
            continue;
        };
        leaving.sort_by_key(|tie| (place[tie.lower], tie.wire));
        let middle = leaving.iter().position(|tie| tie.wire == main).unwrap_or(0);
        let longest = middle.max(leaving.len() - 1 - middle).max(1) as f64;
        let gap = PORT_GAP.min(block.side / 2.0 / longest);
        for (at, tie) in leaving.iter().enumerate() {
            ports.beside[tie.wire] = (at as f64 - middle as f64) * gap;
        }
        ports.main[main] = true;
    }
    ports
}

/// The middle of every slot.
pub fn across(layers: &Layers, ties: &[Tie], ports: &Ports) -> Vec<f64> {
    let mut across = packed(layers);
    let pulls = Pulls::of(layers, ties, ports);
    let ranks = &layers.ranks;
    for _ in 0..ROUNDS {
        for rank in ranks.iter().rev() {
            settle(layers, rank, &pulls.down, &mut across);
        }
        // At last everything hangs below what leads to it.
        for rank in ranks {
            settle(layers, rank, &pulls.up, &mut across);
        }
    }
    lean(layers, &pulls, &mut across);
    across
}

/// What is linked with nothing before it in its ranks was left where it first stood: it moves up to its
/// neighbours, whole.
fn lean(layers: &Layers, pulls: &Pulls, across: &mut [f64]) {
    let groups = groups(layers, pulls);
    let count = groups.iter().max().map_or(0, |last| last + 1);
    let edge = |slot: usize, across: &[f64]| across[slot] - layers.slots[slot].size.across / 2.0;
    for group in 1..count {
        let first = (0..groups.len()).filter(|slot| groups[*slot] < group);
        let left = first
            .map(|slot| edge(slot, across))
            .fold(f64::INFINITY, f64::min);
        let mut room = f64::INFINITY;
        for rank in &layers.ranks {
            for (at, slot) in rank.iter().enumerate() {
                let before = at.checked_sub(1).map(|at| rank[at]);
                let free = match before {
                    Some(before) if groups[before] == group => continue,
                    Some(before) => across[before] + layers.distance(before, *slot),
                    None => left + layers.slots[*slot].size.across / 2.0,
                };
                if groups[*slot] == group {
                    room = room.min(across[*slot] - free);
                }
            }
        }
        if room.is_finite() && room > 0.0 {
            for slot in (0..groups.len()).filter(|slot| groups[*slot] == group) {
                across[slot] -= room;
            }
        }
    }
}

/// Which slots hang together, numbered as a reader meets them.
fn groups(layers: &Layers, pulls: &Pulls) -> Vec<usize> {
    let mut groups = vec![usize::MAX; layers.slots.len()];
    let mut count = 0;
    for root in layers.ranks.iter().flatten() {
        let mut open = vec![*root];
        let is_new = groups[*root] == usize::MAX;
        while let Some(slot) = open.pop() {
            if groups[slot] != usize::MAX {
                continue;
            }
            groups[slot] = count;
            let linked = pulls.up[slot].iter().chain(&pulls.down[slot]);
            open.extend(linked.map(|(other, _, _)| *other));
        }
        count += usize::from(is_new);
    }
    groups
}

/// Side by side, from 0.
fn packed(layers: &Layers) -> Vec<f64> {
    let mut across = vec![0.0; layers.slots.len()];
    for rank in &layers.ranks {
        for pair in rank.windows(2) {
            across[pair[1]] = across[pair[0]] + layers.distance(pair[0], pair[1]);
        }
    }
    across
}

/// What pulls at a slot: another slot, how far beside it, how strongly.
type Pull = (usize, f64, f64);

/// By slot, from before and from behind.
struct Pulls {
    up: Vec<Vec<Pull>>,
    down: Vec<Vec<Pull>>,
}

impl Pulls {
    fn of(layers: &Layers, ties: &[Tie], ports: &Ports) -> Pulls {
        let count = layers.slots.len();
        let mut pulls = Pulls {
            up: vec![Vec::new(); count],
            down: vec![Vec::new(); count],
        };
        for tie in ties {
            let (upper, lower) = (&layers.slots[tie.upper], &layers.slots[tie.lower]);
            let is_block = |what: What| matches!(what, What::Block(_));
            let port = match upper.what {
                What::Block(_) => ports.beside[tie.wire],
                What::Label | What::Wire => 0.0,
            };
            let strength = match (is_block(upper.what), is_block(lower.what)) {
                (true, true) => 2.0,
                (false, false) => STRAIGHT,
                (true, false) | (false, true) => 1.0,
            };
            let strength = strength * if ports.main[tie.wire] { MAIN } else { 1.0 };
            pulls.down[tie.upper].push((tie.lower, -port, strength));
            pulls.up[tie.lower].push((tie.upper, port, strength));
        }
        pulls
    }
}

fn settle(layers: &Layers, rank: &[usize], pulls: &[Vec<Pull>], across: &mut [f64]) {
    let wish = |slot: &usize| {
        let (mut sum, mut weight) = (0.0, 0.0);
        for (other, beside, strength) in &pulls[*slot] {
            sum += (across[*other] + beside) * strength;
            weight += strength;
        }
        match weight > 0.0 {
            true => (sum / weight, weight),
            // Nothing pulls: it stays, and gives way to others.
            false => (across[*slot], 0.1),
        }
    };
    let wishes: Vec<(f64, f64)> = rank.iter().map(wish).collect();
    let gaps: Vec<f64> = rank
        .windows(2)
        .map(|pair| layers.distance(pair[0], pair[1]))
        .collect();
    for (slot, at) in rank.iter().zip(fit(&wishes, &gaps)) {
        across[*slot] = at;
    }
}

/// The places nearest to the wishes (place, weight) in which every neighbour keeps its distance: least squares, by
/// pooling neighbours that would come too near (isotonic regression).
fn fit(wishes: &[(f64, f64)], gaps: &[f64]) -> Vec<f64> {
    // Without the distances the places may only not decrease.
    let mut before = 0.0;
    let mut offsets = vec![0.0];
    for gap in gaps {
        before += gap;
        offsets.push(before);
    }
    // A pool: weighted sum, weight, and how many.
    let mut pools: Vec<(f64, f64, usize)> = Vec::new();
    for ((wish, weight), offset) in wishes.iter().zip(&offsets) {
        let mut pool = ((wish - offset) * weight, *weight, 1);
        while let Some(last) = pools.last().copied() {
            if last.0 / last.1 < pool.0 / pool.1 {
                break;
            }
            pools.pop();
            pool = (last.0 + pool.0, last.1 + pool.1, last.2 + pool.2);
        }
        pools.push(pool);
    }
    let places = pools
        .iter()
        .flat_map(|(sum, weight, count)| std::iter::repeat_n(sum / weight, *count));
    places
        .zip(&offsets)
        .map(|(place, offset)| place + offset)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wishes_that_come_too_near_are_shared() {
        let near = |one: &[f64], other: &[f64]| {
            assert_eq!(one.len(), other.len());
            for (a, b) in one.iter().zip(other) {
                assert!((a - b).abs() < 1e-9, "{one:?} {other:?}");
            }
        };
        near(&fit(&[(0.0, 1.0), (100.0, 1.0)], &[10.0]), &[0.0, 100.0]);
        near(&fit(&[(5.0, 1.0), (5.0, 1.0)], &[10.0]), &[0.0, 10.0]);
        near(&fit(&[(5.0, 3.0), (5.0, 1.0)], &[8.0]), &[3.0, 11.0]);
        near(
            &fit(&[(9.0, 1.0), (0.0, 1.0), (0.0, 1.0)], &[1.0, 1.0]),
            &[2.0, 3.0, 4.0],
        );
        near(&fit(&[(7.0, 1.0)], &[]), &[7.0]);
        near(&fit(&[], &[]), &[]);
    }
}
