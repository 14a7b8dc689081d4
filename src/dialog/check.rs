//! Proves that what a charity's files say hangs together: exits, reach, circles, names, variables, limits.
//! It reads the types that `load` made, changes nothing, and tells everything in one look.

use std::sync::Arc;

use super::files::Files;
use super::finding::{Finding, Findings, Severity, Span};
use super::load::{self, Loaded};
use super::model::{Dialog, Step};
use super::yaml::Node;
use crate::reply::Limits;

mod answers;
mod conditions;
mod exits;
mod faq;
mod graph;
mod house;
mod limits;
mod names;
mod page;
mod passed;
mod privacy;
mod processing;
mod profile;
mod services;
pub mod settings;
pub mod texts;
mod variables;
mod words;

// What the pictures and the record read of a dialog as well.
pub use answers::question;
pub use exits::{Way, on, ways};
pub use house::ROLES;
pub use privacy::recorded_fields;

#[cfg(test)]
pub mod tests;

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
pub fn prove(loaded: &Loaded, channels: &[Channel<'_>], findings: &mut Findings) {
    let mut proof = Proof { loaded, findings };
    for dialog in loaded.dialogs.values() {
        names::prove(&mut proof, dialog);
        exits::prove(&mut proof, dialog);
        conditions::prove(&mut proof, dialog);
        privacy::prove(&mut proof, dialog);
    }
    graph::prove(&mut proof);
    house::prove(&mut proof);
    processing::prove(&mut proof);
    variables::prove(&mut proof);
    limits::prove(&mut proof, channels);
}

/// What is proved, and where findings go.
struct Proof<'a, 'f> {
    loaded: &'a Loaded,
    findings: &'f mut Findings,
}

/// Where and about what a finding is.
#[derive(Clone)]
struct Where<'a> {
    file: Arc<str>,
    at: Span,
    step: Option<&'a str>,
}

impl<'a> Proof<'a, '_> {
    fn error(
        &mut self,
        place: &Where<'_>,
        code: &'static str,
        what: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        self.tell(Severity::Error, place, code, what.into(), remedy.into());
    }

    fn tell(
        &mut self,
        severity: Severity,
        place: &Where<'_>,
        code: &'static str,
        what: String,
        remedy: String,
    ) {
        self.findings.add(Finding {
            file: place.file.clone(),
            at: place.at,
            severity,
            code,
            step: place.step.map(str::to_owned),
            what,
            remedy: Some(remedy),
        });
    }

    /// A place in a step.
    fn of_step(&self, dialog: &'a Dialog, step: &'a Step, at: Span) -> Where<'a> {
        Where {
            file: dialog.file.clone(),
            at,
            step: Some(&step.name),
        }
    }

    /// The value of a key of a step, or the step's name where the key is not said.
    fn key(&self, dialog: &'a Dialog, step: &'a Step, key: &str) -> Where<'a> {
        let at = self
            .step_node(dialog, step)
            .and_then(|node| node.get(key))
            .map_or(step.at, |value| value.at);
        self.of_step(dialog, step, at)
    }

    /// A key of the dialog itself.
    fn of_dialog(&self, dialog: &Dialog, key: &str) -> Where<'a> {
        let tree = self.loaded.trees.get(&dialog.name).map(|(_, node)| node);
        let at = tree
            .and_then(|node| node.get(key))
            .or(tree)
            .map_or_else(Span::default, |value| value.at);
        Where {
            file: dialog.file.clone(),
            at,
            step: None,
        }
    }

    fn step_node(&self, dialog: &Dialog, step: &Step) -> Option<&'a Node> {
        let (_, tree) = self.loaded.trees.get(&dialog.name)?;
        let named = |node: &&Node| node.entries().iter().any(|(_, value)| value.at == step.at);
        tree.get("steps")?.list().iter().find(named)
    }

    /// A file beside the dialogs: its path, and its tree.
    fn house_file(&self, name: &str) -> Option<(Arc<str>, &'a Node)> {
        self.loaded
            .trees
            .get(name)
            .map(|(file, node)| (file.clone(), node))
    }

    /// The place of a word inside a place: where a name stands in a condition or a text.
    fn word(&self, place: &Where<'a>, word: &str) -> Where<'a> {
        let at = self
            .loaded
            .files
            .texts
            .get(&*place.file)
            .and_then(|source| word_in(source, place.at, word));
        Where {
            at: at.unwrap_or(place.at),
            ..place.clone()
        }
    }
}

fn word_in(source: &str, within: Span, word: &str) -> Option<Span> {
    let end = within
        .offset
        .saturating_add(within.length)
        .min(source.len());
    let slice = source.get(within.offset..end)?;
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    let whole = |at: &usize| {
        let before = slice[..*at].chars().next_back().is_some_and(is_part);
        let after = slice[*at + word.len()..]
            .chars()
            .next()
            .is_some_and(is_part);
        !before && !after
    };
    let found = within.offset + slice.match_indices(word).map(|(at, _)| at).find(whole)?;
    let line_start = source[..found].rfind('\n').map_or(0, |newline| newline + 1);
    let line = within.line as usize + source[within.offset..found].matches('\n').count();
    let column = source[line_start..found].chars().count() + 1;
    Some(Span {
        line: u32::try_from(line).unwrap_or(u32::MAX),
        column: u32::try_from(column).unwrap_or(u32::MAX),
        offset: found,
        length: word.len(),
    })
}
