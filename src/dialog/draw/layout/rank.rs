//! Ranks by the longest way, so that every link leads forward.

use super::Wire;

/// The rank of every block, from 0.
pub fn ranks(count: usize, wires: &[Wire]) -> Vec<usize> {
    let forward = || {
        wires
            .iter()
            .filter(|wire| !wire.back && wire.from != wire.to)
    };
    let mut outgoing = vec![Vec::new(); count];
    let mut waits_for = vec![0usize; count];
    for wire in forward() {
        outgoing[wire.from].push(wire.to);
        waits_for[wire.to] += 1;
    }
    let roots: Vec<usize> = (0..count).filter(|block| waits_for[*block] == 0).collect();
    let mut ranks = vec![0usize; count];
    let mut open = roots.clone();
    while let Some(block) = open.pop() {
        for to in &outgoing[block] {
            ranks[*to] = ranks[*to].max(ranks[block] + 1);
            waits_for[*to] -= 1;
            if waits_for[*to] == 0 {
                open.push(*to);
            }
        }
    }
    // A beginning beside the first one stands near what it leads to.
    for root in roots.into_iter().skip(1) {
        let nearest = outgoing[root].iter().map(|to| ranks[*to]).min();
        ranks[root] = nearest.map_or(0, |rank| rank.saturating_sub(1));
    }
    ranks
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wire(from: usize, to: usize, back: bool) -> Wire {
        Wire {
            from,
            to,
            label: None,
            back,
        }
    }

    #[test]
    fn a_block_stands_behind_all_that_lead_to_it() {
        let wires = [
            wire(0, 1, false),
            wire(1, 2, false),
            wire(0, 2, false),
            wire(2, 0, true),
            wire(1, 1, true),
            wire(3, 2, false),
        ];
        assert_eq!(ranks(5, &wires), [0, 1, 2, 1, 0]);
        assert_eq!(ranks(0, &[]), [0usize; 0]);
    }
}
