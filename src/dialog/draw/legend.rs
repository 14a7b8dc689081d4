//! What the shapes, marks and lines of a picture mean: of those that it has.

use super::picture::{Flow, Line, Mark, Picture};
use crate::dialog::printed::{one_of, words};

/// One line of the legend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub sign: Sign,
    pub words: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    Shape(&'static str),
    Mark(Mark),
    Conditional,
    Line(Line),
    Back,
}

/// Shapes as they come, then what is collected, then the lines.
pub fn legend(picture: &Picture) -> Vec<Entry> {
    let lang = picture.lang;
    let shapes = picture.kinds().into_iter().map(|what| Entry {
        sign: Sign::Shape(what),
        words: one_of("kind", what, lang),
    });
    let told = |there: bool, sign: Sign, name: &'static str| {
        there.then(|| Entry {
            sign,
            words: words(name, lang).to_owned(),
        })
    };
    let way = match picture.flow {
        Flow::Down => "draw.way",
        Flow::Reading => "draw.leads",
    };
    let marked = |mark: Mark| picture.nodes.iter().any(|node| node.mark == mark);
    let lined = |line: Line| picture.links.iter().any(|link| link.line == line);
    let conditional = picture.nodes.iter().any(|node| node.conditional);
    let goes_back = picture.back().contains(&true);
    let rest = [
        told(
            marked(Mark::Personal),
            Sign::Mark(Mark::Personal),
            "draw.personal",
        ),
        told(
            marked(Mark::Sensitive),
            Sign::Mark(Mark::Sensitive),
            "draw.sensitive",
        ),
        told(conditional, Sign::Conditional, "draw.conditional"),
        told(lined(Line::Way), Sign::Line(Line::Way), way),
        told(lined(Line::Over), Sign::Line(Line::Over), "draw.over"),
        told(lined(Line::Call), Sign::Line(Line::Call), "draw.calls"),
        told(goes_back, Sign::Back, "draw.back"),
    ];
    shapes.chain(rest.into_iter().flatten()).collect()
}
