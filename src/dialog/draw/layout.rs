//! Where everything stands: a layered layout after Sugiyama. Nodes go into ranks by the longest way to them, links
//! over several ranks get a place in each, ranks are put in the order that crosses least, and then everything
//! is drawn to what it is linked with. Pure geometry in pixels, without a word of what it lays out.
//!
//! Coordinates are those of the flow: `along` grows from the beginning to the end, `across` from the side where
//! reading begins. Whoever draws turns and mirrors them.

mod fold;
mod order;
mod place;
mod rank;
mod route;

/// Space between neighbours in a rank.
const GAP_ACROSS: f64 = 26.0;
/// The same where a link passes.
const GAP_LINK: f64 = 14.0;
/// Space between two ranks, at least and at most: the further links swing, the more they need.
const GAP_ALONG: f64 = 26.0;
const GAP_ALONG_MAX: f64 = 72.0;

/// Places in all ranks together. Ours have some 200; more would take seconds and show nothing.
const SLOTS_MAX: usize = 6_000;

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Size {
    pub along: f64,
    pub across: f64,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    pub along: f64,
    pub across: f64,
}

/// A node to be placed.
#[derive(Clone, Copy, Debug)]
pub struct Block {
    pub size: Size,
    /// How wide the side is from which links leave it.
    pub side: f64,
}

/// A link to be led.
#[derive(Clone, Copy, Debug)]
pub struct Wire {
    pub from: usize,
    pub to: usize,
    /// Room for words on it.
    pub label: Option<Size>,
    pub back: bool,
}

/// Everything with its place. Nothing is less than 0.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// The middle of each block.
    pub blocks: Vec<Point>,
    pub routes: Vec<Route>,
    pub size: Size,
}

/// The way of a wire, from its earlier end in the flow to its later one; a wire that goes back is the same way,
/// walked the other way round.
#[derive(Clone, Debug, Default)]
pub struct Route {
    pub start: Point,
    pub pieces: Vec<Piece>,
    /// The middle of its words.
    pub label: Option<Point>,
}

#[derive(Clone, Copy, Debug)]
pub enum Piece {
    Line(Point),
    /// Two points that pull, and the end.
    Curve(Point, Point, Point),
}

impl Piece {
    pub fn end(&self) -> Point {
        match self {
            Piece::Line(end) | Piece::Curve(_, _, end) => *end,
        }
    }
}

/// One place in a rank.
#[derive(Clone, Copy, Debug)]
struct Slot {
    what: What,
    rank: usize,
    size: Size,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum What {
    Block(usize),
    /// Words of a wire.
    Label,
    /// A wire passes.
    Wire,
}

/// Ranks with their slots in order, and what links neighbouring ranks.
struct Layers {
    slots: Vec<Slot>,
    /// Numbers of slots by rank, in order across.
    ranks: Vec<Vec<usize>>,
    /// The slots of each wire, from rank to rank; empty for a wire from a block to itself.
    chains: Vec<Vec<usize>>,
}

/// How many slots were needed, when they are too many.
pub struct TooMany(pub usize);

/// Lays everything out. With `fold`, a long way is broken into columns side by side.
pub fn layout(blocks: &[Block], wires: &[Wire], fold: bool) -> Result<Plan, TooMany> {
    let ranks = rank::ranks(blocks.len(), wires);
    let mut layers = layers(blocks, wires, &ranks)?;
    let links = links(&layers);
    order::order(&mut layers, &links);
    let ports = place::ports(&layers, &links, blocks);
    let across = place::across(&layers, &links, &ports);
    let placed = fold::fold(&layers, &links, &across, fold);
    Ok(route::routes(&layers, &placed, &ports, blocks, wires))
}

/// The most that is laid out.
pub const PLACES_MAX: usize = SLOTS_MAX;

/// Two slots in neighbouring ranks, the earlier first, and the wire that links them.
#[derive(Clone, Copy, Debug)]
struct Tie {
    upper: usize,
    lower: usize,
    wire: usize,
}

fn links(layers: &Layers) -> Vec<Tie> {
    let chains = layers.chains.iter().enumerate();
    chains
        .flat_map(|(wire, chain)| {
            chain.windows(2).map(move |pair| Tie {
                upper: pair[0],
                lower: pair[1],
                wire,
            })
        })
        .collect()
}

/// Gives every block a slot, and every wire one in each rank that it passes. Words stand in ranks of their own
/// between those of blocks, next to where their wire begins.
fn layers(blocks: &[Block], wires: &[Wire], ranks: &[usize]) -> Result<Layers, TooMany> {
    let (first_of, count) = spread(wires, ranks);
    let mut layers = Layers {
        slots: Vec::new(),
        ranks: vec![Vec::new(); count],
        chains: Vec::new(),
    };
    for (number, block) in blocks.iter().enumerate() {
        let mut size = block.size;
        if wires
            .iter()
            .any(|wire| (wire.from, wire.to) == (number, number))
        {
            size.across += 2.0 * route::LOOP;
        }
        layers.add(What::Block(number), first_of[ranks[number]], size);
    }
    for wire in wires {
        let chain = layers.chain(wire, ranks, &first_of);
        layers.chains.push(chain);
        if layers.slots.len() > SLOTS_MAX {
            return Err(TooMany(layers.slots.len()));
        }
    }
    Ok(layers)
}

/// The final rank of each rank of blocks, and how many ranks there are: behind a rank from which words leave
/// stands one for them.
fn spread(wires: &[Wire], ranks: &[usize]) -> (Vec<usize>, usize) {
    let count = ranks.iter().max().map_or(0, |last| last + 1);
    let mut worded = vec![false; count + 1];
    for wire in wires
        .iter()
        .filter(|wire| wire.label.is_some() && wire.from != wire.to)
    {
        // Words of a wire that goes back stand before the block that it comes from.
        let rank = ranks[wire.from];
        worded[if wire.back {
            rank.saturating_sub(1)
        } else {
            rank
        }] = true;
    }
    let mut first_of = Vec::with_capacity(count);
    let mut next = 0;
    for has_words in worded.iter().take(count) {
        first_of.push(next);
        next += 1 + usize::from(*has_words);
    }
    (first_of, next)
}

impl Layers {
    fn add(&mut self, what: What, rank: usize, size: Size) -> usize {
        self.slots.push(Slot { what, rank, size });
        self.ranks[rank].push(self.slots.len() - 1);
        self.slots.len() - 1
    }

    fn chain(&mut self, wire: &Wire, ranks: &[usize], first_of: &[usize]) -> Vec<usize> {
        if wire.from == wire.to {
            return Vec::new();
        }
        let (upper, lower) = match wire.back {
            true => (wire.to, wire.from),
            false => (wire.from, wire.to),
        };
        // The slot of a block has the block's number.
        let (from, to) = (first_of[ranks[upper]], first_of[ranks[lower]]);
        let words_at = match wire.back {
            true => to.saturating_sub(1),
            false => from + 1,
        };
        let mut chain = vec![upper];
        for rank in from + 1..to {
            let slot = match wire.label {
                Some(size) if rank == words_at => self.add(What::Label, rank, size),
                _ => self.add(What::Wire, rank, Size::default()),
            };
            chain.push(slot);
        }
        chain.push(lower);
        chain
    }

    /// The free distance between the middles of two neighbours.
    fn distance(&self, left: usize, right: usize) -> f64 {
        let (left, right) = (&self.slots[left], &self.slots[right]);
        let gap = match (left.what, right.what) {
            (What::Wire, _) | (_, What::Wire) => GAP_LINK,
            _ => GAP_ACROSS,
        };
        (left.size.across + right.size.across) / 2.0 + gap
    }
}

#[cfg(test)]
mod tests;
