//! How a command ends, as a number that scripts can tell apart. It prints nothing by itself.

use std::process::ExitCode;

/// The endings; the numbers above 64 are those of BSD's `sysexits.h`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    Done,
    /// The command worked, and what it looked at is not as it should be.
    Findings,
    /// The settings or the dialogs do not let the command begin.
    Settings,
    /// The database, the port or the running server cannot be had now.
    Unavailable,
    /// A file or folder cannot be read or written.
    File,
    /// Something that should not happen.
    Fault,
}

/// Told at the end of `wasl --help`; 2 is clap's own, for words that are no command.
pub const TABLE: &str = "\
Exit codes: 0 done · 1 the look found something wrong · 2 not a command · 69 database, port or server \
not to be had now · 70 a fault of ours · 74 a file cannot be read or written · 78 settings or dialogs \
not usable";

impl From<Ending> for ExitCode {
    fn from(ending: Ending) -> ExitCode {
        ExitCode::from(match ending {
            Ending::Done => 0,
            Ending::Findings => 1,
            Ending::Unavailable => 69,
            Ending::Fault => 70,
            Ending::File => 74,
            Ending::Settings => 78,
        })
    }
}

/// A command that could not do its work: what happened, for the operator, and how it ends.
#[derive(Debug)]
pub struct Failure {
    pub ending: Ending,
    pub told: String,
}

impl Failure {
    pub fn new(ending: Ending, told: impl std::fmt::Display) -> Failure {
        Failure {
            ending,
            told: told.to_string(),
        }
    }
}

/// What every command gives back.
pub type Ended = Result<Ending, Failure>;

/// Gives an error its ending, with what was being done when it happened.
pub trait OrEnd<T> {
    /// # Errors
    /// The same, as a failure of the command.
    fn or_end(self, ending: Ending, doing: &str) -> Result<T, Failure>;
}

impl<T, E: std::fmt::Display> OrEnd<T> for Result<T, E> {
    fn or_end(self, ending: Ending, doing: &str) -> Result<T, Failure> {
        self.map_err(|error| Failure::new(ending, format!("{doing}: {error}")))
    }
}
