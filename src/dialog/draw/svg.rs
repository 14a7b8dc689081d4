//! The picture as one SVG file: no script, no font and no picture from elsewhere. Right to left in Arabic.

use std::fmt::Write as _;

use super::Undrawable;
use super::layout::{self, Block, Piece, Plan, Point, Route, Wire};
use super::legend::legend;
use super::picture::{Flow, Line, Mark, Node, Picture};
use super::shape::{self, Frame, px};
use super::wrap::width;
use crate::dialog::printed::words;
use crate::text::lang::Lang;

mod card;
mod key;
mod path;
mod style;

use card::{Card, SMALL, SMALL_HIGH, label_lines, label_size, turned};

/// Around the picture, and above it for the title.
const MARGIN: f64 = 36.0;
const HEAD: f64 = 84.0;
/// Narrower pictures could not hold the legend.
const WIDE_MIN: f64 = 640.0;
/// How large an arrow is.
const ARROW: f64 = 7.0;

/// Nodes and links that one picture shows: a screenful is a hundred.
const NODES_MAX: usize = 400;
const LINKS_MAX: usize = 1_500;

/// The whole file.
///
/// # Errors
/// When the picture is larger than anybody could read.
pub fn svg(picture: &Picture) -> Result<String, Undrawable> {
    bounded(picture, "nodes", picture.nodes.len(), NODES_MAX)?;
    bounded(picture, "links", picture.links.len(), LINKS_MAX)?;
    let cards: Vec<Card> = picture.nodes.iter().map(Card::of).collect();
    let blocks: Vec<Block> = cards.iter().map(|card| card.block(picture.flow)).collect();
    let plan = layout::layout(&blocks, &wires(picture), picture.flow == Flow::Down)
        .map_err(|found| too_large(picture, "places", found.0, layout::PLACES_MAX))?;
    Ok(Sheet::of(picture, plan).drawn(&cards))
}

/// The links as the layout leads them.
fn wires(picture: &Picture) -> Vec<Wire> {
    let label = |words: &String| turned(picture.flow, label_size(&label_lines(words)));
    let links = picture.links.iter().zip(picture.back());
    links
        .map(|(link, back)| Wire {
            from: link.from,
            to: link.to,
            label: link.label.as_ref().map(label),
            back,
        })
        .collect()
}

fn bounded(
    picture: &Picture,
    what: &'static str,
    found: usize,
    most: usize,
) -> Result<(), Undrawable> {
    match found > most {
        true => Err(too_large(picture, what, found, most)),
        false => Ok(()),
    }
}

fn too_large(picture: &Picture, what: &'static str, found: usize, most: usize) -> Undrawable {
    Undrawable::TooLarge {
        name: picture.name.clone(),
        what,
        found,
        most,
    }
}

/// The paper: what has a place in the flow gets one on it.
struct Sheet<'a> {
    picture: &'a Picture,
    plan: Plan,
    rtl: bool,
    wide: f64,
    /// Without the legend.
    high: f64,
}

impl<'a> Sheet<'a> {
    fn of(picture: &'a Picture, plan: Plan) -> Sheet<'a> {
        // Breadth and height, whichever way the flow goes.
        let size = turned(picture.flow, plan.size);
        // The title is bold, and broader by a tenth.
        let title = width(&picture.title, 22.0 * 1.1).max(width(&picture.beneath, SMALL));
        Sheet {
            picture,
            rtl: picture.lang == Lang::Ar,
            wide: (size.across.max(title) + 2.0 * MARGIN).max(WIDE_MIN).ceil(),
            high: (HEAD + size.along + MARGIN).ceil(),
            plan,
        }
    }

    /// A place of the flow on the paper. What is narrower than the paper stands in its middle.
    fn at(&self, point: Point) -> (f64, f64) {
        let size = turned(self.picture.flow, self.plan.size);
        let (start, down) = match self.picture.flow {
            Flow::Down => (point.across, point.along),
            Flow::Reading => (point.along, point.across),
        };
        let start = start + (self.wide - size.across) / 2.0;
        let x = if self.rtl { self.wide - start } else { start };
        (x, down + HEAD)
    }

    fn drawn(&self, cards: &[Card<'_>]) -> String {
        let lang = self.picture.lang.code();
        let legend = legend(self.picture);
        let key = key::Key {
            entries: &legend,
            wide: self.wide,
            top: self.high,
            rtl: self.rtl,
        };
        let high = self.high + key.high();
        let mut out = String::new();
        // Writing into memory does not fail.
        let _ = write!(
            out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{h}\" viewBox=\"0 0 {w} {h}\" \
             xml:lang=\"{lang}\" direction=\"{dir}\" role=\"img\" aria-labelledby=\"title\">\n\
             <title id=\"title\">{title}</title>\n<style>{style}</style>\n\
             <rect width=\"{w}\" height=\"{h}\" fill=\"#fff\"/>\n",
            w = px(self.wide),
            h = px(high),
            dir = if self.rtl { "rtl" } else { "ltr" },
            title = escape(&self.picture.title),
            style = style::STYLE,
        );
        self.head(&mut out);
        let back = self.picture.back();
        for ((link, route), back) in self.picture.links.iter().zip(&self.plan.routes).zip(&back) {
            self.line(
                &mut out,
                line_class(link.line, *back),
                route,
                link.line,
                *back,
            );
        }
        for (card, middle) in cards.iter().zip(&self.plan.blocks) {
            self.node(&mut out, card, self.at(*middle));
        }
        for (link, route) in self.picture.links.iter().zip(&self.plan.routes) {
            self.words(&mut out, link.label.as_deref(), route);
        }
        out.push_str(&key.drawn(words("draw.legend", self.picture.lang)));
        out.push_str("</svg>\n");
        out
    }

    fn head(&self, out: &mut String) {
        let x = if self.rtl { self.wide - MARGIN } else { MARGIN };
        text(out, "h", (x, 42.0), &self.picture.title);
        text(out, "b", (x, 62.0), &self.picture.beneath);
    }

    fn node(&self, out: &mut String, card: &Card<'_>, (x, y): (f64, f64)) {
        let frame = Frame {
            x: x - card.wide / 2.0,
            y: y - card.high / 2.0,
            wide: card.wide,
            high: card.high,
            rtl: self.rtl,
        };
        let told = card.node.whole.as_ref().unwrap_or(&card.node.text);
        let _ = write!(out, "<g class=\"{}\">", classes(card.node));
        if !told.is_empty() {
            let _ = write!(out, "<title>{}</title>", escape(told));
        }
        body(out, card.node.what, frame);
        let lines: f64 = card.lines().map(|(_, _, high)| high).sum();
        let mut top = y - lines / 2.0 + shape::shift(card.node.what);
        for (line, class, high) in card.lines() {
            // The letters stand on their line some way above its lower end.
            let class = format!("{class} m");
            text(out, &class, (x, top + high * 0.76), line);
            top += high;
        }
        badge(out, card.node.mark, frame);
        out.push_str("</g>\n");
    }

    fn line(&self, out: &mut String, class: &str, route: &Route, line: Line, back: bool) {
        let path = path::path(route, |point| self.at(point));
        let _ = writeln!(out, "<path class=\"{class}\" d=\"{path}\"/>");
        let end = route.pieces.last().map_or(route.start, Piece::end);
        let is_round = route.label.is_none() && route.pieces.len() == 1;
        if is_round {
            return self.arrow(out, class, end, self.sideways());
        }
        if !back || line == Line::Call {
            self.arrow(out, class, end, self.along(1.0));
        }
        if back || line == Line::Call {
            self.arrow(out, class, route.start, self.along(-1.0));
        }
    }

    /// The direction of the flow on the paper.
    fn along(&self, sign: f64) -> (f64, f64) {
        match (self.picture.flow, self.rtl) {
            (Flow::Down, _) => (0.0, sign),
            (Flow::Reading, true) => (-sign, 0.0),
            (Flow::Reading, false) => (sign, 0.0),
        }
    }

    /// From the side where reading ends towards a node.
    fn sideways(&self) -> (f64, f64) {
        match (self.picture.flow, self.rtl) {
            (Flow::Down, true) => (1.0, 0.0),
            (Flow::Down, false) => (-1.0, 0.0),
            (Flow::Reading, _) => (0.0, -1.0),
        }
    }

    fn arrow(&self, out: &mut String, class: &str, tip: Point, (dx, dy): (f64, f64)) {
        let (x, y) = self.at(tip);
        let (foot, wing) = (ARROW * 1.2, ARROW * 0.55);
        let corner = |side: f64| {
            let (fx, fy) = (x - dx * foot, y - dy * foot);
            format!(
                "{} {}",
                px(fx - dy * wing * side),
                px(fy + dx * wing * side)
            )
        };
        let _ = writeln!(
            out,
            "<path class=\"a{class}\" d=\"M{} {}L{}L{}Z\"/>",
            px(x),
            px(y),
            corner(1.0),
            corner(-1.0)
        );
    }

    fn words(&self, out: &mut String, label: Option<&str>, route: &Route) {
        let (Some(label), Some(middle)) = (label, route.label) else {
            return;
        };
        let lines = label_lines(label);
        let size = label_size(&lines);
        let (x, y) = self.at(middle);
        let _ = write!(
            out,
            "<rect class=\"w\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"5\"/>",
            px(x - size.across / 2.0),
            px(y - size.along / 2.0),
            px(size.across),
            px(size.along)
        );
        let mut top = y - size.along / 2.0 + 3.0;
        for line in &lines {
            text(out, "l m", (x, top + SMALL_HIGH * 0.76), line);
            top += SMALL_HIGH;
        }
        out.push('\n');
    }
}

fn line_class(line: Line, back: bool) -> &'static str {
    match (line, back) {
        (Line::Over, _) => "o",
        (Line::Call, _) => "c",
        (Line::Way, true) => "r",
        (Line::Way, false) => "y",
    }
}

/// The kind, and what is marked.
fn classes(node: &Node) -> String {
    let mark = match node.mark {
        Mark::None => "",
        Mark::Personal => " p",
        Mark::Sensitive => " p x",
    };
    let conditional = if node.conditional { " q" } else { "" };
    format!("k {}{mark}{conditional}", node.what)
}

fn body(out: &mut String, what: &str, frame: Frame) {
    let outline = shape::outline(what, frame);
    let _ = write!(out, "<path class=\"f\" d=\"{}\"/>", outline.body);
    if let Some(over) = outline.over {
        let _ = write!(out, "<path class=\"e\" d=\"{over}\"/>");
    }
}

/// A person, or a lock, on the corner where reading begins.
fn badge(out: &mut String, mark: Mark, frame: Frame) {
    let x = match frame.rtl {
        true => frame.x + frame.wide - 10.0,
        false => frame.x + 10.0,
    };
    let (class, sign) = match mark {
        Mark::None => return,
        Mark::Personal => ("g", style::PERSON),
        Mark::Sensitive => ("g x", style::LOCK),
    };
    let _ = write!(
        out,
        "<g class=\"{class}\" transform=\"translate({} {})\"><circle r=\"9.5\"/><path d=\"{sign}\"/></g>",
        px(x),
        px(frame.y + 1.0)
    );
}

fn text(out: &mut String, class: &str, (x, y): (f64, f64), words: &str) {
    let _ = write!(
        out,
        "<text class=\"{class}\" x=\"{}\" y=\"{}\">{}</text>",
        px(x),
        px(y),
        escape(words)
    );
}

/// Text for XML: what would be markup is written as references, and what XML cannot hold is left out.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c if c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}') => {}
            c => out.push(c),
        }
    }
    out
}
