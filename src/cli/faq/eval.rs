//! `wasl faq eval`: counts as percentages, and the pairs of entries that are taken for each other, with the
//! phrasings that show it.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::cli::exit::{Ended, Ending, Failure, OrEnd};
use crate::cli::out::say;
use crate::faq::{Concepts, Entry, Model, Report, cross_validate};

/// Pairs that are shown: who mends these runs it again.
const PAIRS_MAX: usize = 15;
/// Phrasings shown of a pair.
const EXAMPLES_MAX: usize = 3;

pub fn run(entries: &[Entry], concepts: &Concepts, asked: &[PathBuf]) -> Ended {
    if asked.is_empty() {
        let questions: usize = entries.iter().map(|entry| entry.questions.len()).sum();
        say(format!(
            "{} entries, {questions} phrasings, each left out once:",
            entries.len()
        ));
        say(told(&cross_validate(entries, concepts)));
        return Ok(Ending::Done);
    }
    let model = Model::calibrated(entries, concepts);
    for path in asked {
        let mut report = Report::default();
        for question in questions(path)? {
            report.count(
                &question.text,
                question.id.as_deref(),
                &model.ask(&question.text),
            );
        }
        say(format!("{}:", path.display()));
        say(told(&report));
    }
    Ok(Ending::Done)
}

/// A question of somebody else, and the entry that it belongs to.
#[derive(Deserialize)]
struct Question {
    text: String,
    #[serde(default, alias = "topic")]
    id: Option<String>,
}

fn questions(path: &Path) -> Result<Vec<Question>, Failure> {
    let text = std::fs::read_to_string(path)
        .or_end(Ending::File, &format!("reading {}", path.display()))?;
    let lines = text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(number, line)| {
            serde_json::from_str(line).map_err(|error| {
                let told = format!(
                    "{}:{}: this line is no question: {error}.\n      A line is {{\"text\": \"…\", \"id\": \"…\"}}.",
                    path.display(),
                    number + 1
                );
                Failure::new(Ending::File, told)
            })
        })
        .collect()
}

fn told(report: &Report) -> String {
    let mut lines = Vec::new();
    if report.asked > 0 {
        lines.push(format!(
            "  in scope {}: first {}, among three {}; answered {}, of these wrongly {}; at least offered {}",
            report.asked,
            percent(report.first, report.asked),
            percent(report.among, report.asked),
            percent(report.asserted, report.asked),
            percent(report.wrong, report.asserted),
            percent(report.offered, report.asked),
        ));
    }
    if report.others > 0 {
        lines.push(format!(
            "  of no entry {}: not answered {}, not even offered {}",
            report.others,
            percent(report.not_asserted, report.others),
            percent(report.not_offered, report.others),
        ));
    }
    let mut pairs: Vec<_> = report.confused.iter().collect();
    pairs.sort_by_key(|(pair, questions)| (std::cmp::Reverse(questions.len()), *pair));
    for ((right, taken), questions) in pairs.into_iter().take(PAIRS_MAX) {
        let shown: Vec<String> = questions
            .iter()
            .take(EXAMPLES_MAX)
            .map(|text| format!("«{text}»"))
            .collect();
        lines.push(format!(
            "  {}× {right} taken for {taken}: {}",
            questions.len(),
            shown.join(" ")
        ));
    }
    lines.join("\n")
}

fn percent(part: usize, whole: usize) -> String {
    format!("{:.1} %", 100.0 * part as f64 / whole.max(1) as f64)
}
