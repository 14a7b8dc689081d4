//! `wasl erase`: everything of one person, from database, files and old pages. It asks once, and what
//! is gone cannot be brought back.

use std::io::{BufRead, IsTerminal};

use clap::Args;

use super::block_on;
use super::exit::{Ended, Ending, Failure};
use super::out::{say, tell};
use super::socket::{Errand, told};
use super::store::run_errand;
use crate::config::Settings;

/// Erase everything of one person; it cannot be undone
#[derive(Args)]
pub struct Erase {
    /// A reference number of theirs: all their requests, and the history of whoever wrote for them
    #[arg(long, value_name = "NUMBER", required_unless_present = "conversation")]
    reference: Option<String>,
    /// A conversation: whoever writes in it, with their requests and all they ever said
    #[arg(long, value_name = "ID", conflicts_with = "reference")]
    conversation: Option<String>,
    /// Do not ask
    #[arg(long)]
    yes: bool,
}

pub fn run(erase: Erase, settings: &Settings) -> Ended {
    if !erase.yes && !confirmed() {
        return Err(Failure::new(Ending::Findings, "nothing was erased"));
    }
    let errand = Errand::Erase {
        reference: erase.reference,
        conversation: erase.conversation,
    };
    block_on(async { told(run_errand(settings, errand).await?) })
}

fn confirmed() -> bool {
    if !std::io::stdin().is_terminal() {
        tell("Nobody is there to ask: say --yes.");
        return false;
    }
    say(
        "All their requests, words and files are erased and cannot be brought back. Type `erase` to go on:",
    );
    let mut line = String::new();
    let read = std::io::stdin().lock().read_line(&mut line);
    read.is_ok() && line.trim() == "erase"
}
