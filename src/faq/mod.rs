//! The FAQ: learns how people ask, and tells which entry is asked, how sure that is, and what else may be meant.
//! Pure and deterministic: the same phrasings give the same answers, bit for bit. It knows entries by name
//! alone; what is answered, and whether, is not decided here.

pub mod concepts;
pub mod tuning;

mod calibrate;
mod evaluate;
mod explain;
mod features;
mod lesson;
mod lexicon;
mod likeness;
mod linear;
mod machine;
mod model;
mod nearness;
mod parts;
mod skeleton;
mod words;

#[cfg(test)]
mod tests;

pub use concepts::Concepts;
pub use evaluate::{Report, cross_validate};
pub use explain::Voice;
pub use likeness::groups;
pub use model::{Answer, ENTRIES_MAX, EXACT, Entry, Guess, Model, SURENESS, Sureness};

/// Sentences that ask nothing of any FAQ, one a line: they train the class "none of these".
pub const BACKGROUND: &str = include_str!("background.txt");

/// The lines of a text that are no comments.
pub fn lines(text: &str) -> impl Iterator<Item = &str> {
    let lines = text.lines().map(str::trim);
    lines.filter(|line| !line.is_empty() && !line.starts_with('#'))
}
