//! The legend below the picture: small shapes and lines with their words, in a grid.

use std::fmt::Write as _;

use super::{badge, body, line_class, text};
use crate::dialog::draw::legend::{Entry, Sign};
use crate::dialog::draw::picture::{Line, Mark};
use crate::dialog::draw::shape::{Frame, px};
use crate::dialog::draw::wrap::width;

const CELL_MIN: f64 = 150.0;
const CELL_HIGH: f64 = 34.0;
const SIGN_WIDE: f64 = 46.0;
const SIGN_HIGH: f64 = 22.0;
const MARGIN: f64 = 36.0;
const HEAD: f64 = 40.0;

pub struct Key<'a> {
    pub entries: &'a [Entry],
    pub wide: f64,
    pub top: f64,
    pub rtl: bool,
}

impl Key<'_> {
    pub fn high(&self) -> f64 {
        let rows = self.entries.len().div_ceil(self.columns());
        HEAD + rows as f64 * CELL_HIGH + MARGIN / 2.0
    }

    fn cell(&self) -> f64 {
        let words = self.entries.iter().map(|entry| width(&entry.words, 11.0));
        words.fold(CELL_MIN, f64::max) + SIGN_WIDE + 34.0
    }

    fn columns(&self) -> usize {
        let room = self.wide - 2.0 * MARGIN;
        ((room / self.cell()) as usize).clamp(1, 6)
    }

    pub fn drawn(&self, heading: &str) -> String {
        let mut out = String::new();
        let (left, right) = (px(MARGIN), px(self.wide - MARGIN));
        let y = px(self.top);
        // Writing into memory does not fail.
        let _ = writeln!(
            out,
            "<path d=\"M{left} {y}L{right} {y}\" stroke=\"#cbd5e1\"/>"
        );
        let x = if self.rtl { self.wide - MARGIN } else { MARGIN };
        text(&mut out, "t", (x, self.top + 26.0), heading);
        out.push('\n');
        for (number, entry) in self.entries.iter().enumerate() {
            let column = (number % self.columns()) as f64;
            let row = (number / self.columns()) as f64;
            let start = MARGIN + column * self.cell();
            let y = self.top + HEAD + (row + 0.5) * CELL_HIGH;
            self.entry(&mut out, entry, start, y);
        }
        out
    }

    fn entry(&self, out: &mut String, entry: &Entry, start: f64, y: f64) {
        let x = |across: f64| match self.rtl {
            true => self.wide - start - across,
            false => start + across,
        };
        let frame = Frame {
            x: x(SIGN_WIDE / 2.0) - SIGN_WIDE / 2.0,
            y: y - SIGN_HIGH / 2.0,
            wide: SIGN_WIDE,
            high: SIGN_HIGH,
            rtl: self.rtl,
        };
        match entry.sign {
            Sign::Shape(what) => shape(out, &format!("k {what}"), what, frame),
            Sign::Mark(mark) => {
                let class = if mark == Mark::Sensitive {
                    "k p x"
                } else {
                    "k p"
                };
                shape(out, class, "card", frame);
                badge(out, mark, frame);
            }
            Sign::Conditional => shape(out, "k q", "card", frame),
            Sign::Line(line) => self.line(out, line_class(line, false), frame, line == Line::Call),
            Sign::Back => self.line(out, "r", frame, false),
        }
        text(out, "l", (x(SIGN_WIDE + 10.0), y + 4.0), &entry.words);
        out.push('\n');
    }

    fn line(&self, out: &mut String, class: &str, frame: Frame, both: bool) {
        let y = frame.y + frame.high / 2.0;
        let (from, to) = match self.rtl {
            true => (frame.x + frame.wide, frame.x),
            false => (frame.x, frame.x + frame.wide),
        };
        let _ = write!(
            out,
            "<path class=\"{class}\" d=\"M{} {y}L{} {y}\"/>",
            px(from),
            px(to),
            y = px(y)
        );
        arrow(out, class, to, y, (to - from).signum());
        if both {
            arrow(out, class, from, y, (from - to).signum());
        }
    }
}

fn shape(out: &mut String, class: &str, what: &str, frame: Frame) {
    let _ = write!(out, "<g class=\"{class}\">");
    body(out, what, frame);
    out.push_str("</g>");
}

fn arrow(out: &mut String, class: &str, x: f64, y: f64, sign: f64) {
    let foot = px(x - 8.4 * sign);
    let _ = write!(
        out,
        "<path class=\"a{class}\" d=\"M{} {}L{foot} {}L{foot} {}Z\"/>",
        px(x),
        px(y),
        px(y - 3.9),
        px(y + 3.9)
    );
}
