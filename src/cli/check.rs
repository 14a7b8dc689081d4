//! `wasl check`: everything that is wrong with a folder of dialogs, in one look, for people and for
//! editors. It changes nothing.

use std::path::{Path, PathBuf};

use super::dialogs::{CHANNELS, Language, contradictions, files};
use super::exit::{Ended, Ending, Failure};
use super::out::{say, tell};
use crate::config::Settings;
use crate::dialog::check::{check_charity, check_folder};
use crate::dialog::files::Files;
use crate::dialog::finding::{Findings, Severity};
use crate::dialog::load::{load, no_such_charity};
use crate::dialog::record::{csv, json, markdown, record};
use crate::dialog::render;
use clap::{Args, ValueEnum};

/// Prove the dialogs: every exit, text, language, variable and limit; ends with 1 when something is wrong
#[derive(Args)]
pub struct Check {
    /// A whole dialogs/ folder; without it the setting, or the dialogs inside the program
    dir: Option<PathBuf>,
    /// Only this charity of the folder
    #[arg(long, value_name = "NAME")]
    charity: Option<String>,
    /// A JSON array, one object a finding, for editors
    #[arg(long, conflicts_with = "schema")]
    json: bool,
    /// Print the JSON Schema of a dialog file, for editors, and check nothing
    #[arg(long)]
    schema: bool,
    /// Print the record of processing (PDPL) of one charity, that of the settings or of --charity
    #[arg(long, conflicts_with_all = ["json", "schema"])]
    privacy: bool,
    /// How the record is printed
    #[arg(long, value_enum, default_value = "markdown", requires = "privacy")]
    format: Format,
    /// Language of the record
    #[arg(long, value_enum, default_value = "ar", requires = "privacy")]
    lang: Language,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// Tables that read as such on a terminal too
    Markdown,
    /// A row a field, for a spreadsheet
    Csv,
    Json,
}

pub fn run(check: &Check, settings: &Settings) -> Ended {
    if check.schema {
        say(format!("{:#}", crate::dialog::schema::schema()));
        return Ok(Ending::Done);
    }
    let dir = check.dir.as_deref().or(settings.dialogs.as_deref());
    let root = dir.unwrap_or(Path::new("dialogs")).to_string_lossy();
    let files = files(dir)?;
    if check.privacy {
        let charity = check.charity.as_deref().unwrap_or(&settings.charity);
        return privacy(check, &files, charity, &root);
    }
    let mut charities = look(&files, check.charity.as_deref());
    for (name, findings) in &mut charities {
        if *name == settings.charity {
            findings.0.extend(contradictions(&files, settings).0);
        }
    }
    let findings = render::merged(&charities);
    match check.json {
        true => say(render::json(&findings, &files, &root)),
        false => say(told(&charities, &findings, &files, &root)),
    }
    ended(&findings)
}

/// The record, with what is wrong beside it: a record of files that do not hold together may lack something.
fn privacy(check: &Check, files: &Files, charity: &str, root: &str) -> Ended {
    if !files.charities().contains(charity) {
        let findings = Findings(vec![no_such_charity(files, charity)]);
        return Err(Failure::new(
            Ending::Findings,
            render::people(&findings, files, root),
        ));
    }
    let (loaded, _) = load(files, charity);
    let record = record(&loaded, check.lang.lang());
    let text = match check.format {
        Format::Markdown => markdown(&record),
        Format::Csv => csv(&record),
        Format::Json => json(&record),
    };
    say(text.trim_end());
    let mut findings = check_charity(files, charity, CHANNELS);
    findings
        .0
        .retain(|finding| finding.severity == Severity::Error);
    if !findings.0.is_empty() {
        tell(format!("\n{}", render::people(&findings, files, root)));
    }
    ended(&findings)
}

fn ended(findings: &Findings) -> Ended {
    Ok(match findings.has_errors() {
        true => Ending::Findings,
        false => Ending::Done,
    })
}

fn look(files: &Files, charity: Option<&str>) -> Vec<(String, Findings)> {
    match charity {
        None => check_folder(files, CHANNELS),
        Some(name) if files.charities().contains(name) => {
            let findings = check_charity(files, name, CHANNELS);
            vec![(name.to_string(), findings)]
        }
        Some(name) => {
            let findings = Findings(vec![no_such_charity(files, name)]);
            vec![(name.to_string(), findings)]
        }
    }
}

/// The findings, and below them one line that sums them up.
fn told(
    charities: &[(String, Findings)],
    findings: &Findings,
    files: &Files,
    root: &str,
) -> String {
    let count = |severity| {
        let all = findings.0.iter();
        all.filter(|finding| finding.severity == severity).count()
    };
    let names: Vec<&str> = charities.iter().map(|(name, _)| name.as_str()).collect();
    let mut text = render::people(findings, files, root);
    if !text.is_empty() {
        text.push('\n');
    }
    text.push_str(&format!(
        "Errors: {}, warnings: {}, notes: {}. Charities: {}.",
        count(Severity::Error),
        count(Severity::Warning),
        count(Severity::Note),
        names.join(", ")
    ));
    text
}
