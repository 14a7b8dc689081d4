//! What is wrong with a dialog file, told to its author: where, what, how to mend it.

use serde::Serialize;
use std::sync::Arc;

/// A place in a file. Lines and columns count from 1, columns in characters; `offset` and `length` in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Span {
    pub line: u32,
    pub column: u32,
    pub offset: usize,
    pub length: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    Error,
    /// Works, but somebody should look.
    Warning,
    /// Worth knowing, such as a fact that the charity has not told.
    Note,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Finding {
    /// Path below the `dialogs` folder, with forward slashes.
    pub file: Arc<str>,
    pub at: Span,
    pub severity: Severity,
    /// A short stable word for machines: `unknown_step`, `missing_text` …
    pub code: &'static str,
    /// The step it is about, if any.
    pub step: Option<String>,
    pub what: String,
    pub remedy: Option<String>,
}

/// All findings of one look, in file order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings(pub Vec<Finding>);

impl Findings {
    pub fn add(&mut self, finding: Finding) {
        self.0.push(finding);
    }

    /// In the order of files and places, each once.
    pub fn sort(&mut self) {
        self.0.sort();
        self.0.dedup();
    }

    pub fn has_errors(&self) -> bool {
        self.0
            .iter()
            .any(|finding| finding.severity == Severity::Error)
    }
}
