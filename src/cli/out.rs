//! What commands print. A reader that goes away (`wasl export … | head`) ends the printing, not the
//! process.

use std::fmt::Display;
use std::io::Write;

/// A line to the standard output.
pub fn say(line: impl Display) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// A line to the standard error: for the operator, beside what a script reads.
pub fn tell(line: impl Display) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// The reader has closed its end.
pub fn is_gone(error: &std::io::Error) -> bool {
    error.kind() == std::io::ErrorKind::BrokenPipe
}
