//! How a reply takes the form that a medium can carry: the one place where replies are degraded (DESIGN
//! section 4). A dialog says what it wants; the limits of the channel decide the form. Pure.

use crate::reply::{Choice, Limits, Reply, Show, Wants};

/// A reply in parts, each one message of the medium, in order.
#[derive(Clone, Debug, PartialEq)]
pub struct Shaped {
    pub parts: Vec<Part>,
}

/// One message of the medium.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    /// Words, and below the last of them what can be pressed.
    Text { text: String, below: Below },
    /// Something shown in a form of the medium's own; others have become text.
    Show(Show),
}

/// What stands below a text.
#[derive(Clone, Debug, PartialEq)]
pub enum Below {
    Nothing,
    /// Buttons, in order, controls behind the answers; titles fit and differ.
    Buttons(Vec<Choice>),
    /// A list that opens, in rows; titles fit and differ. Controls are rows behind the answers.
    List(Vec<Choice>),
    /// The text has the choices numbered; these are they, in the order of the numbers, controls unnumbered.
    Numbered(Vec<Choice>),
    /// A native way to give what is wanted (a place, the own contact card), and the controls, for a medium that
    /// has room for both; their titles are words that every question understands.
    Ask {
        wants: Wants,
        beside: Vec<Choice>,
    },
}

/// The parts of a reply within these limits.
pub fn shape(_reply: &Reply, _limits: &Limits) -> Shaped {
    Shaped { parts: Vec::new() }
}
