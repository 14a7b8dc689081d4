//! The ways of the wires: straight through ranks, curved between them, and round the corners from column to column.

use super::fold::{Placed, TRACK, TURN};
use super::place::Ports;
use super::{Block, Layers, Piece, Plan, Point, Route, Size, What, Wire};

/// How far a wire from a block to itself swings out.
pub const LOOP: f64 = 30.0;

pub fn routes(
    layers: &Layers,
    placed: &Placed,
    ports: &Ports,
    blocks: &[Block],
    wires: &[Wire],
) -> Plan {
    let middle = |slot: usize| {
        let row = &placed.ranks[layers.slots[slot].rank];
        Point {
            along: row.top + row.height / 2.0,
            across: placed.across[slot],
        }
    };
    let turns = Turns::of(layers, placed);
    let routes = wires.iter().enumerate().map(|(number, wire)| {
        let chain = &layers.chains[number];
        if chain.is_empty() {
            return round(middle(wire.from), blocks[wire.from].size);
        }
        let way = Way {
            layers,
            placed,
            turns: &turns,
            wire: number,
            port: ports.beside[number],
        };
        let words = |slot: &&usize| layers.slots[**slot].what == What::Label;
        Route {
            label: chain.iter().find(words).map(|slot| middle(*slot)),
            ..way.along(chain)
        }
    });
    Plan {
        blocks: (0..blocks.len()).map(middle).collect(),
        routes: routes.collect(),
        size: Size {
            along: placed.along,
            across: placed.breadth,
        },
    }
}

/// From a block to itself, at the side where reading ends.
fn round(middle: Point, size: Size) -> Route {
    let side = middle.across + size.across / 2.0;
    let at = |along: f64, across: f64| Point {
        along: middle.along + along,
        across: side + across,
    };
    Route {
        start: at(-8.0, 0.0),
        pieces: vec![Piece::Curve(at(-16.0, LOOP), at(16.0, LOOP), at(8.0, 0.0))],
        label: None,
    }
}

/// The wires that turn out of each column into the next, in order: the nearer to the gutter a wire
/// stands, the tighter it turns, so that none crosses another.
struct Turns(Vec<Vec<usize>>);

impl Turns {
    fn of(layers: &Layers, placed: &Placed) -> Turns {
        let mut turning: Vec<Vec<(usize, usize)>> = vec![Vec::new(); placed.columns.len()];
        for (wire, chain) in layers.chains.iter().enumerate() {
            for pair in chain.windows(2) {
                let column = |slot: usize| placed.ranks[layers.slots[slot].rank].column;
                if column(pair[0]) != column(pair[1]) {
                    turning[column(pair[0])].push((pair[0], wire));
                }
            }
        }
        for wires in &mut turning {
            wires.sort_by(|one, other| {
                let at = |pair: &(usize, usize)| placed.across[pair.0];
                at(other).total_cmp(&at(one)).then(one.1.cmp(&other.1))
            });
        }
        Turns(
            turning
                .into_iter()
                .map(|wires| wires.into_iter().map(|(_, wire)| wire).collect())
                .collect(),
        )
    }

    fn number(&self, column: usize, wire: usize) -> f64 {
        let place = self.0[column].iter().position(|one| *one == wire);
        place.unwrap_or(0) as f64
    }
}

/// One wire that is led.
struct Way<'a> {
    layers: &'a Layers,
    placed: &'a Placed,
    turns: &'a Turns,
    wire: usize,
    /// How far from the middle it leaves its block.
    port: f64,
}

impl Way<'_> {
    fn along(&self, chain: &[usize]) -> Route {
        let mut route = Route {
            start: Point {
                along: self.end(chain[0], 1.0),
                across: self.placed.across[chain[0]] + self.port,
            },
            ..Route::default()
        };
        let mut at = route.start;
        for pair in chain.windows(2) {
            self.step(pair[0], pair[1], at.across, &mut route.pieces);
            at = route.pieces.last().map_or(at, Piece::end);
        }
        route
    }

    /// The beginning (-1) or the end (1) of a slot along the flow; wires and words fill their rank.
    fn end(&self, slot: usize, side: f64) -> f64 {
        let row = &self.placed.ranks[self.layers.slots[slot].rank];
        let length = match self.layers.slots[slot].what {
            What::Block(_) => self.layers.slots[slot].size.along,
            What::Label | What::Wire => row.height,
        };
        row.top + row.height / 2.0 + side * length / 2.0
    }

    fn step(&self, upper: usize, lower: usize, from: f64, pieces: &mut Vec<Piece>) {
        let row = |slot: usize| self.placed.ranks[self.layers.slots[slot].rank];
        let (above, below) = (row(upper), row(lower));
        let to = self.placed.across[lower];
        let line = |along, across| Piece::Line(Point { along, across });
        pieces.push(line(above.bottom(), from));
        if above.column != below.column {
            self.turn(from, to, above.column, pieces);
        } else if (from - to).abs() < 0.5 {
            pieces.push(line(below.top, to));
        } else {
            let half = (above.bottom() + below.top) / 2.0;
            let at = |along, across| Point { along, across };
            pieces.push(Piece::Curve(
                at(half, from),
                at(half, to),
                at(below.top, to),
            ));
        }
        pieces.push(line(self.end(lower, -1.0), to));
        if !matches!(self.layers.slots[lower].what, What::Block(_)) {
            pieces.push(line(below.bottom(), to));
        }
    }

    /// Below its column, up the gutter, above the next column.
    fn turn(&self, from: f64, to: f64, column: usize, pieces: &mut Vec<Piece>) {
        let number = self.turns.number(column, self.wire);
        let (here, next) = (
            &self.placed.columns[column],
            &self.placed.columns[column + 1],
        );
        let below = here.bottom + TURN * 0.7 + TRACK * number;
        let gutter = here.gutter + TRACK * number;
        let outer = self.turns.0[column].len() as f64 - 1.0 - number;
        let above = next.top - TURN * 0.7 - TRACK * outer;
        let line = |along, across| Piece::Line(Point { along, across });
        pieces.extend([
            line(below, from),
            line(below, gutter),
            line(above, gutter),
            line(above, to),
        ]);
    }
}
