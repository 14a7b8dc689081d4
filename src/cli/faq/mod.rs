//! `wasl faq`: what the FAQ makes of questions, and the desk at which staff teach it. `match` answers lines for
//! programs, `ask` explains one to a person, `eval` tells an author which entries fight each other.

mod desk;
mod entry;
mod eval;
mod read;
mod report;

use std::io::{BufRead, Read as _, Write};
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use serde::Serialize;

use super::dialogs::{files, set};
use super::exit::{Ended, Ending, Failure, OrEnd};
use super::out::{is_gone, say};
use crate::config::Settings;
use crate::faq::{Answer, Concepts, Entry, Model};

/// Bytes of a question that are read; the rest of an endless line is passed over.
const LINE_BYTES_MAX: u64 = 1024 * 1024;

/// Ask the FAQ, match questions for a program, measure how well it understands, and teach it
#[derive(Args)]
pub struct Faq {
    #[command(subcommand)]
    act: Act,
}

#[derive(Subcommand)]
enum Act {
    /// Which entry a question asks, how sure that is, what else it may be, and why
    Ask {
        /// The question, in quotes
        question: String,
        /// The entry that was answered just before, for a question that leans on it
        #[arg(long, value_name = "ENTRY")]
        after: Option<String>,
        /// An FAQ file; without it the charity's own entries
        #[arg(long, value_name = "FILE")]
        file: Option<PathBuf>,
    },
    /// Answer questions, one a line, with JSON, one a line, in their order: {"id", "score", "alternatives"}
    Match {
        /// Our YAML, or JSON lines {"id": "…", "questions": ["…", …]}
        file: PathBuf,
    },
    /// Accuracy by leaving phrasings out, out-of-scope rejection, and which entries are taken for each other
    Eval {
        /// An FAQ file; without it the charity's own entries
        file: Option<PathBuf>,
        /// Questions of others, JSON lines {"text": "…", "id": "…"}; without `id` they belong to no entry
        #[arg(long, value_name = "FILE")]
        asked: Vec<PathBuf>,
    },
    Unanswered(desk::Unanswered),
    Confirm(desk::Confirm),
    Reject(desk::Reject),
    Entry(entry::Write),
    Retire(entry::Retire),
    Restore(entry::Restore),
    Versions(entry::Versions),
    Export(entry::Export),
    Report(report::Report),
}

pub fn run(faq: Faq, settings: &Settings) -> Ended {
    match faq.act {
        Act::Ask {
            question,
            after,
            file,
        } => {
            let model =
                Model::calibrated(&entries(file.as_deref(), settings)?, &concepts(settings)?);
            say(explained(&model, &question, after.as_deref()));
            Ok(Ending::Done)
        }
        Act::Match { file } => {
            let model = Model::calibrated(&read::entries(&file)?, &concepts(settings)?);
            answer_lines(&model).or_end(Ending::File, "answering")
        }
        Act::Eval { file, asked } => {
            let entries = entries(file.as_deref(), settings)?;
            eval::run(&entries, &concepts(settings)?, &asked)
        }
        Act::Unanswered(unanswered) => desk::unanswered(&unanswered, settings),
        Act::Confirm(confirm) => desk::confirm(confirm, settings),
        Act::Reject(reject) => desk::reject(reject, settings),
        Act::Entry(write) => entry::write(write, settings),
        Act::Retire(retire) => entry::retire(retire, settings),
        Act::Restore(restore) => entry::restore(restore, settings),
        Act::Versions(versions) => entry::versions(&versions, settings),
        Act::Export(_) => entry::export(settings),
        Act::Report(report) => report::run(&report, settings),
    }
}

/// The charity's table, or the one in the program.
fn concepts(settings: &Settings) -> Result<Concepts, Failure> {
    let Some(folder) = settings.dialogs.as_deref() else {
        return Ok(Concepts::shipped());
    };
    let files = files(Some(folder))?.of(&settings.charity);
    let own = files
        .texts
        .iter()
        .find(|(path, _)| path.ends_with("/concepts.yaml"));
    let Some((path, table)) = own else {
        return Ok(Concepts::shipped());
    };
    Concepts::read(table).map_err(|problem| {
        let told = format!(
            "{}/{path}:{}: {}",
            folder.display(),
            problem.line,
            problem.what
        );
        Failure::new(Ending::Settings, told)
    })
}

fn entries(file: Option<&Path>, settings: &Settings) -> Result<Vec<Entry>, Failure> {
    if let Some(file) = file {
        return read::entries(file);
    }
    let dialogs = set(settings)?.dialogs;
    let entries = dialogs.faq.iter().map(|entry| Entry {
        id: entry.name.clone(),
        questions: entry.questions.clone(),
    });
    let entries: Vec<Entry> = entries.collect();
    match entries.is_empty() {
        true => Err(Failure::new(
            Ending::Settings,
            "the charity has no FAQ.\n      Write faq.yaml in its folder, or name a file.",
        )),
        false => Ok(entries),
    }
}

/// What `match` prints; the order of the fields is a contract.
#[derive(Serialize)]
struct Matched<'a> {
    id: Option<&'a str>,
    score: f64,
    alternatives: Vec<&'a str>,
}

impl<'a> From<&'a Answer> for Matched<'a> {
    fn from(answer: &'a Answer) -> Matched<'a> {
        Matched {
            id: answer.asserted.as_deref(),
            // Four places: more would tell nothing.
            score: (answer.score * 1e4).round() / 1e4,
            alternatives: answer.best.iter().map(|guess| guess.id.as_str()).collect(),
        }
    }
}

fn answer_lines(model: &Model) -> std::io::Result<Ending> {
    let mut input = std::io::stdin().lock();
    let mut output = std::io::stdout().lock();
    let mut line = Vec::new();
    while read_line(&mut input, &mut line)? {
        let answer = model.ask(&String::from_utf8_lossy(&line));
        let told = serde_json::to_string(&Matched::from(&answer))?;
        match writeln!(output, "{told}").and_then(|()| output.flush()) {
            Err(error) if is_gone(&error) => return Ok(Ending::Done),
            other => other?,
        }
    }
    Ok(Ending::Done)
}

/// The next line, without its end; what is longer than a question can be is passed over. False: there is none.
fn read_line(input: &mut impl BufRead, line: &mut Vec<u8>) -> std::io::Result<bool> {
    line.clear();
    let taken = input
        .by_ref()
        .take(LINE_BYTES_MAX)
        .read_until(b'\n', line)?;
    if taken as u64 == LINE_BYTES_MAX && !line.ends_with(b"\n") {
        input.skip_until(b'\n')?;
    }
    Ok(taken > 0)
}

fn explained(model: &Model, question: &str, after: Option<&str>) -> String {
    let answer = match after {
        Some(last) => model.ask_after(question, last),
        None => model.ask(question),
    };
    let verdict = match (&answer.asserted, answer.offered) {
        (Some(id), _) => format!("answers `{id}`"),
        (None, true) => "offers guesses".to_owned(),
        (None, false) => "finds nothing".to_owned(),
    };
    let mut lines = vec![format!(
        "{verdict} (score {:.2}; answers from {:.2}, offers from {:.2})",
        answer.score, model.sureness.assert_at, model.sureness.offer_at
    )];
    if !answer.also.is_empty() {
        lines.push(format!("asks beside it: {}", answer.also.join(", ")));
    }
    let ids: Vec<&str> = answer.best.iter().map(|guess| guess.id.as_str()).collect();
    for guess in &answer.best {
        lines.push(format!("  {:<24} {:>7.2}", guess.id, guess.score));
    }
    lines.push(format!(
        "\nword, concept, and how much it speaks for {}",
        ids.join(", ")
    ));
    for voice in model.explain(question, &ids) {
        let taken = if voice.guessed { "→ " } else { "" };
        let weights: Vec<String> = voice
            .weights
            .iter()
            .map(|weight| format!("{weight:>6.2}"))
            .collect();
        let concept = voice.concept.unwrap_or_default();
        lines.push(format!(
            "  {taken}{:<16} {concept:<16} {}",
            voice.word,
            weights.join(" ")
        ));
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_endless_line_is_cut_and_the_next_one_is_read_whole() {
        let long = "ب".repeat(LINE_BYTES_MAX as usize);
        let text = format!("{long}\nكيف\n\nlast");
        let mut input = text.as_bytes();
        let mut lines = Vec::new();
        let mut line = Vec::new();
        while read_line(&mut input, &mut line).unwrap() {
            lines.push(line.len());
        }
        assert_eq!(lines, [LINE_BYTES_MAX as usize, "كيف\n".len(), 1, 4]);
    }

    #[test]
    fn what_match_prints_is_a_contract() {
        let entry = |id: &str, questions: &[&str]| Entry {
            id: id.to_owned(),
            questions: questions.iter().map(|text| text.to_string()).collect(),
        };
        let entries = [
            entry("hours", &["متى الدوام"]),
            entry("place", &["وين المكان"]),
        ];
        let model = Model::train(&entries, &Concepts::shipped());
        let told = |text: &str| serde_json::to_string(&Matched::from(&model.ask(text))).unwrap();
        assert_eq!(
            told("متى الدوام؟"),
            r#"{"id":"hours","score":10.0,"alternatives":["hours","place"]}"#
        );
        assert_eq!(
            told(""),
            r#"{"id":null,"score":-100.0,"alternatives":["hours","place"]}"#
        );
    }
}
