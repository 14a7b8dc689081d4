//! The lines and the size of a node, and of the words on a line.

use crate::dialog::draw::layout::{Block, Size};
use crate::dialog::draw::picture::{Flow, Node};
use crate::dialog::draw::shape;
use crate::dialog::draw::wrap::{width, wrap};

/// Pixels. Text, and small text above and below it.
const TEXT: f64 = 13.5;
pub const SMALL: f64 = 11.0;
const LINE_HIGH: f64 = 18.0;
pub const SMALL_HIGH: f64 = 14.5;
const PAD: f64 = 9.0;
/// A card, and the narrower node that ends a way.
const CARD: f64 = 236.0;
const TERMINAL_MIN: f64 = 92.0;
const TERMINAL_MAX: f64 = 190.0;
const TEXT_LINES_MAX: usize = 3;
const NOTE_LINES_MAX: usize = 2;
/// Words on a line.
const LABEL_WIDE: f64 = 150.0;
const LABEL_LINES_MAX: usize = 3;
/// A node with its lines.
pub struct Card<'a> {
    pub node: &'a Node,
    head: Option<String>,
    text: Vec<String>,
    notes: Vec<String>,
    pub wide: f64,
    pub high: f64,
}

impl<'a> Card<'a> {
    pub fn of(node: &'a Node) -> Card<'a> {
        let inset = shape::inset(node.what);
        let ends = matches!(node.what, "start" | "end" | "dialog");
        let wide = match node.what {
            "end" | "dialog" => {
                let wanted = width(&node.text, TEXT) + 2.0 * inset + 4.0;
                wanted.clamp(TERMINAL_MIN, TERMINAL_MAX)
            }
            "branch" => (width(&node.head, SMALL) + 2.4 * inset).clamp(130.0, CARD),
            _ => CARD,
        };
        let room = wide - 2.0 * inset;
        let head = Some(&node.head).filter(|head| !ends && !head.is_empty());
        let head = head.map(|head| wrap(head, SMALL, room, 1).concat());
        let text = wrap(&node.text, TEXT, room, TEXT_LINES_MAX);
        let notes = node.notes.iter();
        let notes: Vec<String> = notes
            .flat_map(|note| wrap(note, SMALL, room, NOTE_LINES_MAX))
            .collect();
        let lines = head.iter().count() as f64 * SMALL_HIGH
            + text.len() as f64 * LINE_HIGH
            + notes.len() as f64 * SMALL_HIGH;
        Card {
            high: lines + 2.0 * PAD + shape::extra_height(node.what),
            node,
            head,
            text,
            notes,
            wide,
        }
    }

    pub fn block(&self, flow: Flow) -> Block {
        let size = Size {
            along: self.high,
            across: self.wide,
        };
        let size = turned(flow, size);
        Block {
            size,
            side: size.across * shape::side(self.node.what),
        }
    }

    /// Each line with its class and its size.
    pub fn lines(&self) -> impl Iterator<Item = (&str, &'static str, f64)> {
        let head = self
            .head
            .iter()
            .map(|line| (line.as_str(), "s", SMALL_HIGH));
        let text = self.text.iter().map(|line| (line.as_str(), "t", LINE_HIGH));
        let notes = self
            .notes
            .iter()
            .map(|line| (line.as_str(), "n", SMALL_HIGH));
        head.chain(text).chain(notes)
    }
}

/// Sizes as the flow has them, from those of a picture that flows down; and back.
pub fn turned(flow: Flow, size: Size) -> Size {
    match flow {
        Flow::Down => size,
        Flow::Reading => Size {
            along: size.across,
            across: size.along,
        },
    }
}

pub fn label_lines(label: &str) -> Vec<String> {
    wrap(label, SMALL, LABEL_WIDE, LABEL_LINES_MAX)
}

pub fn label_size(lines: &[String]) -> Size {
    let widest = lines.iter().map(|line| width(line, SMALL));
    Size {
        along: lines.len() as f64 * SMALL_HIGH + 6.0,
        across: widest.fold(0.0, f64::max) + 10.0,
    }
}
