//! The way of a link as a path of SVG: curves as they are, and round corners where lines turn.

use crate::dialog::draw::layout::{Piece, Point, Route};
use crate::dialog::draw::shape::px;

/// How round a corner is, in pixels.
const CORNER: f64 = 9.0;

/// The path, with the places that `at` gives on the paper.
pub fn path(route: &Route, at: impl Fn(Point) -> (f64, f64)) -> String {
    let mut from = at(route.start);
    let mut path = format!("M{} {}", px(from.0), px(from.1));
    for (number, piece) in route.pieces.iter().enumerate() {
        match piece {
            Piece::Line(end) => {
                let next = match route.pieces.get(number + 1) {
                    Some(Piece::Line(next)) => Some(at(*next)),
                    Some(Piece::Curve(..)) | None => None,
                };
                corner(&mut path, from, at(*end), next);
            }
            Piece::Curve(one, two, end) => {
                let points = [*one, *two, *end].map(|point| {
                    let (x, y) = at(point);
                    format!("{} {}", px(x), px(y))
                });
                path.push_str(&format!("C{}", points.join(" ")));
            }
        }
        from = at(piece.end());
    }
    path
}

/// A line to `end`, and a round corner where the next line turns.
fn corner(path: &mut String, from: (f64, f64), end: (f64, f64), next: Option<(f64, f64)>) {
    let length = |a: (f64, f64), b: (f64, f64)| (a.0 - b.0).hypot(a.1 - b.1);
    let (before, after) = (
        length(from, end),
        next.map_or(0.0, |next| length(end, next)),
    );
    let radius = CORNER.min(before / 2.0).min(after / 2.0);
    let turns = next.is_some_and(|next| {
        let cross = (end.0 - from.0) * (next.1 - end.1) - (end.1 - from.1) * (next.0 - end.0);
        cross.abs() > 1.0
    });
    let toward = |a: (f64, f64), b: (f64, f64)| {
        let share = radius / length(a, b).max(0.001);
        (a.0 + (b.0 - a.0) * share, a.1 + (b.1 - a.1) * share)
    };
    match next {
        Some(next) if turns && radius > 1.0 => {
            let (enter, leave) = (toward(end, from), toward(end, next));
            path.push_str(&format!(
                "L{} {}Q{} {} {} {}",
                px(enter.0),
                px(enter.1),
                px(end.0),
                px(end.1),
                px(leave.0),
                px(leave.1)
            ));
        }
        _ if before > 0.05 => path.push_str(&format!("L{} {}", px(end.0), px(end.1))),
        _ => {}
    }
}
