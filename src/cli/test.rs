//! `wasl test`: tells the stories of a folder of dialogs to the machine, each on every channel, and shows
//! where the talk went another way. With `--update` it writes what the bot really said into the files.

use std::path::{Path, PathBuf};

use clap::Args;

use super::dialogs::{CHANNELS, files};
use super::exit::{Ended, Ending, Failure, OrEnd};
use super::out::say;
use crate::dialog::story::{Outcome, run_all};

/// Tell the stories, each on every channel; ends with 1 when one does not hold
#[derive(Args)]
pub struct Test {
    /// A whole dialogs/ folder; without it the setting, or the dialogs inside the program
    dir: Option<PathBuf>,
    /// Only stories whose path contains this
    #[arg(long, value_name = "TEXT")]
    only: Option<String>,
    /// Write what the bot really said into the stories; read the difference before you keep it
    #[arg(long)]
    update: bool,
}

pub fn run(test: &Test, set: Option<&Path>) -> Ended {
    let dir = test.dir.as_deref().or(set);
    if test.update && dir.is_none() {
        return Err(Failure::new(
            Ending::File,
            "the stories inside the program cannot be rewritten. Name the folder: wasl test dialogs --update",
        ));
    }
    let report = run_all(&files(dir)?, CHANNELS, test.only.as_deref(), test.update);
    for story in &report.stories {
        if let (Some(dir), Some(text)) = (dir, &story.rewritten) {
            write(dir, story, text)?;
        }
    }
    say(report.to_string().trim_end());
    match report.holds() {
        true => Ok(Ending::Done),
        false => Ok(Ending::Findings),
    }
}

fn write(dir: &Path, story: &Outcome, text: &str) -> Result<(), Failure> {
    let path = dir.join(&story.path);
    std::fs::write(&path, text).or_end(
        Ending::File,
        &format!("rewriting the story {}", path.display()),
    )
}
