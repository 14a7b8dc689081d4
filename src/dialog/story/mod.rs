//! Stories: conversations that are the tests of the dialogs, and the talk in a terminal. Runs the pure
//! machine in a small world of its own, in memory; touches no store and no network.

mod block;
mod diff;
mod entry;
mod parse;
mod patch;
mod report;
mod rewrite;
mod run;
mod shown;
mod talk;
mod tell;
mod world;

#[cfg(test)]
mod tests;

use super::files::Files;
use super::model::Dialogs;
use super::state::State;
use super::turn::Turn;
use crate::event::Event;

pub use entry::{
    Act, Deed, Entry, Expected, Item, Jump, Key, Parcel, Press, Problem, Setting, Story,
};
pub use parse::story as read;
pub use report::{Failure, Outcome, Report};
pub use talk::Talk;
pub use tell::Medium;
pub use world::{Happened, Impossible, World};

/// The machine that stories are told to.
pub type Step = fn(&Dialogs, State, Event) -> Turn;

/// The ending of a story's file.
pub const ENDING: &str = ".story";

/// Tells all stories whose path contains `filter`, each once on every channel. With `update` an outcome holds
/// the file as it should read; nothing is written.
pub fn run_all(files: &Files, channels: &[Medium], filter: Option<&str>, update: bool) -> Report {
    tell::run_all_with(files, channels, filter, update, super::step)
}
