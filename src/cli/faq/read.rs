//! An FAQ as a file: our YAML, or JSON lines `{"id": "…", "questions": ["…", …]}`. It tells what is wrong with it,
//! each with its place and remedy, and gives what can be learned.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use serde::Deserialize;

use crate::cli::exit::{Ending, Failure, OrEnd};
use crate::dialog::files::Files;
use crate::dialog::finding::{Finding, Findings, Severity, Span};
use crate::dialog::render;
use crate::dialog::yaml::{self, Node};
use crate::faq::{ENTRIES_MAX, Entry};
use crate::text::fold::fold;

/// The largest FAQ that anybody has: 100,000 phrasings have some 10 MB.
const FILE_BYTES_MAX: u64 = 64 * 1024 * 1024;
/// Phrasings of a file: four times what a city's whole administration has.
const QUESTIONS_MAX: usize = 100_000;
/// Phrasings below which an entry is hardly found, and from which it is well found.
const QUESTIONS_FEW: usize = 5;
const QUESTIONS_GOOD: usize = 10;
/// Findings that are told; whoever has more begins with these.
const TOLD_MAX: usize = 40;

/// What was read, with all that is wrong with it.
pub struct Read {
    pub entries: Vec<Entry>,
    pub findings: Findings,
    files: Files,
}

/// Reads a file; what is wrong but leaves something to learn is told on the standard error.
///
/// # Errors
/// When it cannot be read, or nothing can be learned from it.
pub fn entries(path: &Path) -> Result<Vec<Entry>, Failure> {
    let size = std::fs::metadata(path)
        .or_end(Ending::File, &told(path))?
        .len();
    if size > FILE_BYTES_MAX {
        let what = format!(
            "{}: it has {size} bytes, more than {FILE_BYTES_MAX}",
            told(path)
        );
        return Err(Failure::new(Ending::File, what));
    }
    let bytes = std::fs::read(path).or_end(Ending::File, &told(path))?;
    let read = read(&path.to_string_lossy(), &bytes);
    let all = read.told();
    if read.findings.has_errors() {
        let what = format!("the FAQ cannot be used.\n\n{all}");
        return Err(Failure::new(Ending::Settings, what));
    }
    if !all.is_empty() {
        super::super::out::tell(all);
    }
    Ok(read.entries)
}

fn told(path: &Path) -> String {
    format!("reading the FAQ {}", path.display())
}

impl Read {
    /// Everything that is wrong, in the words of `check`.
    fn told(&self) -> String {
        let mut shown = self.findings.clone();
        let more = shown.0.len().saturating_sub(TOLD_MAX);
        // Errors first: the rest may be noise of them.
        shown
            .0
            .sort_by_key(|finding| (finding.severity, finding.at));
        shown.0.truncate(TOLD_MAX);
        let mut text = render::people(&shown, &self.files, "");
        if more > 0 {
            text.push_str(&format!("\nAnd {more} more.\n"));
        }
        text
    }

    fn add(
        &mut self,
        file: &Arc<str>,
        at: Span,
        severity: Severity,
        code: &'static str,
        what: String,
        remedy: &str,
    ) {
        self.findings.add(Finding {
            file: file.clone(),
            at,
            severity,
            code,
            step: None,
            what,
            remedy: Some(remedy.to_owned()),
        });
    }
}

/// An entry with the places of its parts.
struct Placed {
    at: Span,
    questions: Vec<Span>,
}

/// Reads the bytes of a file.
pub fn read(name: &str, bytes: &[u8]) -> Read {
    let file: Arc<str> = name.into();
    let mut read = Read {
        entries: Vec::new(),
        findings: Findings::default(),
        files: Files::default(),
    };
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.strip_prefix('\u{feff}').unwrap_or(text),
        Err(error) => {
            let what = format!("is not UTF-8 (at byte {})", error.valid_up_to());
            read.add(
                &file,
                Span::default(),
                Severity::Error,
                "unreadable",
                what,
                "Save it as UTF-8.",
            );
            return read;
        }
    };
    read.files.texts.insert(name.to_owned(), text.into());
    let placed = if text.trim_start().starts_with('{') {
        json_lines(&file, text, &mut read)
    } else {
        our_yaml(&file, text, &mut read)
    };
    look(&file, &placed, &mut read);
    read
}

#[derive(Deserialize)]
struct Line {
    id: String,
    #[serde(default)]
    questions: Vec<String>,
}

fn json_lines(file: &Arc<str>, text: &str, read: &mut Read) -> Vec<Placed> {
    let mut placed = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let at = |column: usize| Span {
            line: number as u32 + 1,
            column: column.max(1) as u32,
            ..Span::default()
        };
        if line.trim().is_empty() {
            continue;
        }
        match serde_json::from_str::<Line>(line) {
            Ok(entry) => {
                placed.push(Placed {
                    at: at(1),
                    questions: vec![at(1); entry.questions.len()],
                });
                read.entries.push(Entry {
                    id: entry.id,
                    questions: entry.questions,
                });
            }
            Err(error) => {
                let what = format!("this line is no entry: {error}");
                let remedy =
                    r#"A line is {"id": "name", "questions": ["how people ask", "another way"]}."#;
                read.add(
                    file,
                    at(error.column()),
                    Severity::Error,
                    "json",
                    what,
                    remedy,
                );
            }
        }
    }
    placed
}

fn our_yaml(file: &Arc<str>, text: &str, read: &mut Read) -> Vec<Placed> {
    let mut placed = Vec::new();
    let Some(tree) = yaml::parse(file, text, &mut read.findings) else {
        return placed;
    };
    for item in tree.get("entries").map_or(&[][..], Node::list) {
        let Some(id) = item.get("entry").and_then(Node::scalar) else {
            let what = "this entry has no name".to_owned();
            read.add(
                file,
                item.at,
                Severity::Error,
                "missing_key",
                what,
                "Begin it with `- entry: name`.",
            );
            continue;
        };
        answer(file, id, item, read);
        let questions = item.get("questions").map_or(&[][..], Node::list);
        let (spans, questions) = questions
            .iter()
            .filter_map(|question| Some((question.at, question.scalar()?.to_owned())))
            .unzip();
        placed.push(Placed {
            at: item.at,
            questions: spans,
        });
        read.entries.push(Entry {
            id: id.to_owned(),
            questions,
        });
    }
    placed
}

/// What is answered is not needed for matching, and yet missed before the first person asks.
fn answer(file: &Arc<str>, id: &str, item: &Node, read: &mut Read) {
    let Some(answer) = item.get("answer") else {
        let what = format!("`{id}` has no answer");
        let remedy = "Add `answer:` with both languages below it.";
        return read.add(
            file,
            item.at,
            Severity::Warning,
            "missing_key",
            what,
            remedy,
        );
    };
    for (code, language) in [("ar", "Arabic"), ("en", "English")] {
        if answer
            .get(code)
            .and_then(Node::scalar)
            .is_none_or(|text| text.trim().is_empty())
        {
            let what = format!("the answer of `{id}` is missing in {language}");
            let remedy = format!("Add `{code}:` below `answer:`.");
            read.add(
                file,
                answer.at,
                Severity::Warning,
                "missing_text",
                what,
                &remedy,
            );
        }
    }
}

/// What is wrong with entries, however they were written.
fn look(file: &Arc<str>, placed: &[Placed], read: &mut Read) {
    let entries = std::mem::take(&mut read.entries);
    let total: usize = entries.iter().map(|entry| entry.questions.len()).sum();
    if total == 0 && !read.findings.has_errors() {
        let what = "there is no entry with a phrasing in it".to_owned();
        let remedy = r#"Write `entries:` with `- entry: name` and `questions: […]`, or JSON lines {"id": …, "questions": […]}."#;
        read.add(file, first(), Severity::Error, "empty", what, remedy);
    }
    if total > QUESTIONS_MAX || entries.len() > ENTRIES_MAX {
        let what = format!("there are {} entries with {total} phrasings", entries.len());
        let remedy = format!("Keep it below {ENTRIES_MAX} entries and {QUESTIONS_MAX} phrasings.");
        read.add(file, first(), Severity::Error, "too_large", what, &remedy);
    }
    names(file, &entries, placed, read);
    equal(file, &entries, placed, read);
    for (entry, place) in entries.iter().zip(placed) {
        few(file, entry, place, read);
    }
    read.entries = entries;
}

fn first() -> Span {
    Span {
        line: 1,
        column: 1,
        ..Span::default()
    }
}

fn names(file: &Arc<str>, entries: &[Entry], placed: &[Placed], read: &mut Read) {
    let mut seen: HashMap<&str, Span> = HashMap::new();
    for (entry, place) in entries.iter().zip(placed) {
        if let Some(before) = seen.insert(&entry.id, place.at) {
            let what = format!("`{}` stands twice, first in line {}", entry.id, before.line);
            let remedy = "Put the phrasings of both together, or name one anew.";
            read.add(file, place.at, Severity::Error, "twice", what, remedy);
        }
    }
}

/// A phrasing that stands in two entries can mean neither.
fn equal(file: &Arc<str>, entries: &[Entry], placed: &[Placed], read: &mut Read) {
    let mut seen: HashMap<String, &str> = HashMap::new();
    for (entry, place) in entries.iter().zip(placed) {
        for (question, at) in entry.questions.iter().zip(&place.questions) {
            let before = *seen.entry(fold(question)).or_insert(&entry.id);
            if before != entry.id {
                let what = format!("«{question}» stands in `{before}` and in `{}`", entry.id);
                let remedy = "Leave it with the one that it means.";
                read.add(
                    file,
                    *at,
                    Severity::Warning,
                    "equal_questions",
                    what,
                    remedy,
                );
            }
        }
    }
}

fn few(file: &Arc<str>, entry: &Entry, place: &Placed, read: &mut Read) {
    let count = entry.questions.len();
    let (severity, what) = match count {
        0 => (
            Severity::Warning,
            format!("`{}` has no phrasings, and is never found", entry.id),
        ),
        1..QUESTIONS_FEW => (
            Severity::Warning,
            format!(
                "`{}` has {count} of the {QUESTIONS_FEW} phrasings without which it is hardly found",
                entry.id
            ),
        ),
        QUESTIONS_FEW..QUESTIONS_GOOD => (
            Severity::Note,
            format!(
                "`{}` has {count} phrasings; {QUESTIONS_GOOD} are good",
                entry.id
            ),
        ),
        _ => return,
    };
    let remedy = "Add how people really ask it, in dialect too.";
    read.add(file, place.at, severity, "few_questions", what, remedy);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(text: &str) -> Vec<(&'static str, u32)> {
        let mut findings = read("faq", text.as_bytes()).findings;
        findings.sort();
        let few = |finding: &&Finding| finding.code != "few_questions";
        findings
            .0
            .iter()
            .filter(few)
            .map(|finding| (finding.code, finding.at.line))
            .collect()
    }

    #[test]
    fn bad_files_are_told_with_code_and_line() {
        for (case, text, expected) in [
            ("empty", "", &[("empty_file", 1)][..]),
            ("no entries", "title: x\n", &[("empty", 1)]),
            (
                "equal phrasings",
                "{\"id\":\"a\",\"questions\":[\"متى الدوام؟\"]}\n{\"id\":\"b\",\"questions\":[\"متى الدوام\"]}",
                &[("equal_questions", 2)],
            ),
            (
                "broken line",
                "{\"id\":\"a\",\"questions\":[\"x y\"]}\n{\"id\":",
                &[("json", 2)],
            ),
            (
                "one name twice",
                "{\"id\":\"a\",\"questions\":[\"x\"]}\n{\"id\":\"a\",\"questions\":[\"y\"]}",
                &[("twice", 2)],
            ),
            (
                "no answer, no phrasings, one language",
                "entries:\n- entry: a\n  questions: [x]\n- entry: b\n  answer: {ar: س}\n",
                &[("missing_key", 2), ("missing_text", 5)],
            ),
        ] {
            assert_eq!(codes(text), expected, "{case}");
        }
        assert!(!codes("entries:\n  - entry: a\n bad: [\n").is_empty());
        assert_eq!(read("faq", &[0xff, 0xfe]).findings.0[0].code, "unreadable");
    }

    #[test]
    fn both_forms_give_the_same_entries() {
        let lines = read("faq", br#"{"id": "a", "questions": ["x", "y"]}"#).entries;
        let yaml = "entries:\n- entry: a\n  questions: [x, y]\n  answer: {ar: س, en: s}\n";
        assert_eq!(lines, read("faq", yaml.as_bytes()).entries);
        assert_eq!(lines[0].questions, ["x", "y"]);
    }
}
