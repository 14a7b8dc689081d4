//! Ranks along the flow, and a long flow broken into columns side by side, so that it fits a sheet of paper.

use super::{GAP_ACROSS, GAP_ALONG, GAP_ALONG_MAX, Layers, Tie, What};

/// Breadth by height that columns are made for: with title and legend it is paper on its long side.
const SHEET: f64 = 1.6;
/// A flow no longer than this stays in one column.
const COLUMN_MIN: f64 = 1_100.0;
const COLUMNS_MAX: usize = 12;
/// What a link through a break is worth in pixels of uneven columns.
const BREAK_PRICE: f64 = 260.0;
/// What every further link through a break costs, beside a form that does not fit.
const TURN_PRICE: f64 = 0.3;
/// Space between columns beside the links that run there, and between such links.
const GUTTER: f64 = 44.0;
pub const TRACK: f64 = 9.0;
/// Space above and below a column for the links that come and go.
pub const TURN: f64 = 22.0;

/// Where everything stands, columns included.
pub struct Placed {
    /// The middle of every slot.
    pub across: Vec<f64>,
    pub ranks: Vec<Row>,
    pub columns: Vec<Column>,
    pub along: f64,
    pub breadth: f64,
}

/// One rank.
#[derive(Clone, Copy)]
pub struct Row {
    pub top: f64,
    pub height: f64,
    pub column: usize,
}

impl Row {
    pub fn bottom(&self) -> f64 {
        self.top + self.height
    }
}

/// One column.
#[derive(Clone, Copy)]
pub struct Column {
    pub top: f64,
    pub bottom: f64,
    /// Where the links to the next column run.
    pub gutter: f64,
}

pub fn fold(layers: &Layers, ties: &[Tie], across: &[f64], may: bool) -> Placed {
    let strip = Strip::of(layers, ties, across);
    let most = match may && strip.length() > COLUMN_MIN {
        true => COLUMNS_MAX,
        false => 1,
    };
    let mut best = strip.placed(layers, across, &[]);
    let mut least = best.misfit();
    for count in 2..=most {
        let breaks = strip.breaks(layers, count);
        let placed = strip.placed(layers, across, &breaks);
        // A sheet that fits is no gain where many links have to turn with it.
        let turning = breaks.iter().map(|rank| strip.through[rank - 1] - 1);
        let misfit = placed.misfit() + turning.sum::<usize>() as f64 * TURN_PRICE;
        if misfit < least {
            (least, best) = (misfit, placed);
        }
    }
    best
}

impl Placed {
    /// How far its form is from that of the sheet: the logarithm of twice too high is that of twice too broad.
    fn misfit(&self) -> f64 {
        (self.breadth / self.along.max(1.0) / SHEET).ln().abs()
    }
}

/// The ranks one below the other, before they are broken into columns.
struct Strip {
    heights: Vec<f64>,
    /// Behind each rank.
    gaps: Vec<f64>,
    /// How many links lead from each rank to the next.
    through: Vec<usize>,
}

impl Strip {
    fn of(layers: &Layers, ties: &[Tie], across: &[f64]) -> Strip {
        let high = |rank: &Vec<usize>| most(rank.iter().map(|slot| layers.slots[*slot].size.along));
        Strip {
            heights: layers.ranks.iter().map(high).collect(),
            gaps: gaps(layers, ties, across),
            through: through(layers, ties),
        }
    }

    fn length(&self) -> f64 {
        self.heights.iter().sum::<f64>() + self.gaps.iter().sum::<f64>()
    }

    fn placed(&self, layers: &Layers, across: &[f64], breaks: &[usize]) -> Placed {
        let room = self.room(breaks);
        let mut ranks: Vec<Row> = Vec::new();
        let (mut column, mut top) = (0, room);
        for (number, height) in self.heights.iter().enumerate() {
            if breaks.contains(&number) {
                column += 1;
                top = room;
            } else if number > 0 {
                top += self.gaps[number - 1];
            }
            ranks.push(Row {
                top,
                height: *height,
                column,
            });
            top += height;
        }
        let mut across = across.to_vec();
        let columns = columns(layers, &ranks, breaks, &self.through, &mut across);
        let edges = layers.slots.iter().zip(&across);
        Placed {
            along: most(columns.iter().map(|column| column.bottom)) + room,
            breadth: most(edges.map(|(slot, at)| at + slot.size.across / 2.0)),
            across,
            ranks,
            columns,
        }
    }

    /// Space above and below the columns for the links that turn there: the same for all, so that they begin on
    /// one line.
    fn room(&self, breaks: &[usize]) -> f64 {
        let tracks = breaks.iter().map(|rank| self.through[rank - 1]).max();
        tracks.map_or(0.0, |tracks| TURN + TRACK * tracks as f64)
    }

    /// The ranks with which a new column begins: near even lengths, and where few links have to turn.
    fn breaks(&self, layers: &Layers, count: usize) -> Vec<usize> {
        let mut ends = Vec::with_capacity(self.heights.len());
        let mut end = 0.0;
        for (height, gap) in self.heights.iter().zip(&self.gaps) {
            end += height;
            ends.push(end);
            end += gap;
        }
        let part = self.length() / count as f64;
        let mut breaks: Vec<usize> = Vec::new();
        for number in 1..count {
            let wanted = part * number as f64;
            let off = |rank: usize| (ends[rank - 1] - wanted).abs();
            let price = |rank: usize| {
                let links = self.through[rank - 1] as f64;
                // Words stay with the step that they belong to.
                let apart = if has_words(layers, rank) { 2.0 } else { 0.0 };
                off(rank) + (links + apart) * BREAK_PRICE
            };
            let first = breaks.last().map_or(1, |last| last + 1);
            let near = (first..self.heights.len()).filter(|rank| off(*rank) < part * 0.45);
            breaks.extend(near.min_by(|one, other| price(*one).total_cmp(&price(*other))));
        }
        breaks
    }
}

fn has_words(layers: &Layers, rank: usize) -> bool {
    let mut slots = layers.ranks[rank].iter();
    slots.any(|slot| layers.slots[*slot].what == What::Label)
}

fn most(values: impl Iterator<Item = f64>) -> f64 {
    values.fold(0.0, f64::max)
}

/// The space behind each rank but the last: the further its links swing, the more.
fn gaps(layers: &Layers, ties: &[Tie], across: &[f64]) -> Vec<f64> {
    let mut swing = vec![0.0f64; layers.ranks.len()];
    for tie in ties {
        let rank = layers.slots[tie.upper].rank;
        swing[rank] = swing[rank].max((across[tie.upper] - across[tie.lower]).abs());
    }
    swing
        .iter()
        .enumerate()
        .map(|(rank, swing)| {
            // Behind words the arrow has only to arrive.
            let least = if has_words(layers, rank) {
                GAP_ALONG * 0.8
            } else {
                GAP_ALONG
            };
            (least + (swing - 60.0).max(0.0) * 0.12).min(GAP_ALONG_MAX)
        })
        .collect()
}

/// How many links lead from each rank to the next.
fn through(layers: &Layers, ties: &[Tie]) -> Vec<usize> {
    let mut through = vec![0; layers.ranks.len()];
    for tie in ties {
        through[layers.slots[tie.upper].rank] += 1;
    }
    through
}

/// Moves the slots of each column behind those of the columns before it.
fn columns(
    layers: &Layers,
    ranks: &[Row],
    breaks: &[usize],
    through: &[usize],
    across: &mut [f64],
) -> Vec<Column> {
    let count = ranks.last().map_or(0, |row| row.column + 1);
    let mut columns = Vec::with_capacity(count);
    let mut from = 0.0;
    for number in 0..count {
        let slots: Vec<usize> = layers
            .ranks
            .iter()
            .zip(ranks)
            .filter(|(_, row)| row.column == number)
            .flat_map(|(slots, _)| slots.iter().copied())
            .collect();
        let half = |slot: usize| layers.slots[slot].size.across / 2.0;
        let edge = |slot: &usize| across[*slot] - half(*slot);
        let left = slots.iter().map(edge).fold(f64::INFINITY, f64::min);
        let mut right = from;
        for slot in &slots {
            across[*slot] += from - left;
            right = right.max(across[*slot] + half(*slot));
        }
        let rows = || ranks.iter().filter(|row| row.column == number);
        let tracks = breaks.get(number).map_or(0, |rank| through[rank - 1]);
        columns.push(Column {
            top: rows().map(|row| row.top).fold(f64::INFINITY, f64::min),
            bottom: most(rows().map(Row::bottom)),
            gutter: right + GUTTER / 2.0,
        });
        from = right + GUTTER.max(GAP_ACROSS) + TRACK * tracks as f64;
    }
    columns
}
