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

use super::model::Dialogs;
use super::state::State;
use super::turn::Turn;
use crate::event::Event;

pub use entry::{Problem, Story};
pub use report::{Failure, Outcome, Report};
pub use talk::Talk;
pub use tell::{Medium, run_all_with};
pub use world::{Happened, Impossible, World};

/// The machine that stories are told to.
pub type Step = fn(&Dialogs, State, Event) -> Turn;

/// The ending of a story's file.
pub const ENDING: &str = ".story";
