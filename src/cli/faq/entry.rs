//! `wasl faq entry`, `retire`, `restore`, `versions` and `export`: entries that staff write over the shipped files,
//! until there is a console. An entry begins with a group of questions from the desk, or with what it says now.

use std::path::PathBuf;

use clap::Args;

use super::desk::{self, Desk};
use crate::cli::exit::{Ended, Ending, Failure, OrEnd};
use crate::cli::out::{say, tell};
use crate::cli::socket::{Errand, told};
use crate::cli::store::{reading, run_errand};
use crate::cli::{account, block_on, dialogs};
use crate::config::Settings;
use crate::dialog::faq_file;
use crate::dialog::load::shape::is_name;
use crate::dialog::model::{Dialogs, FaqEntry};
use crate::inbox::edits;
use crate::store::Store;
use crate::store::faq_entry::{self, Body};
use crate::text::secret::redact;

/// Write an entry: a new one, or another version of one. Without title and answer it prints a draft to fill in
#[derive(Args)]
pub struct Write {
    /// Its name; small Latin letters, digits and `_`
    #[arg(required_unless_present = "file")]
    entry: Option<String>,
    /// A group of `wasl faq unanswered` by its number, or a question by its id: ways to ask it, without numbers
    /// that tell who somebody is
    #[arg(long, value_name = "GROUP")]
    from: Vec<String>,
    /// What it is called among guesses
    #[arg(long, value_name = "TEXT")]
    title_ar: Option<String>,
    #[arg(long, value_name = "TEXT")]
    title_en: Option<String>,
    /// What is answered
    #[arg(long, value_name = "TEXT")]
    answer_ar: Option<String>,
    #[arg(long, value_name = "TEXT")]
    answer_en: Option<String>,
    /// One more way to ask it
    #[arg(long, value_name = "TEXT")]
    question: Vec<String>,
    /// A filled-in draft, or a part of `wasl faq export`: one entry
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,
    /// Who writes; without it the name of the account on this machine
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
}

/// Take an entry out of use, whatever the files say
#[derive(Args)]
pub struct Retire {
    entry: String,
    /// Who does; without it the name of the account on this machine
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
}

/// Let what the files say of an entry count again
#[derive(Args)]
pub struct Restore {
    entry: String,
    /// Who does; without it the name of the account on this machine
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
}

/// Every version of an entry that staff wrote, the oldest first
#[derive(Args)]
pub struct Versions {
    entry: String,
}

/// The whole FAQ as one faq.yaml: the files with what staff wrote over them
#[derive(Args)]
pub struct Export {}

pub fn write(args: Write, settings: &Settings) -> Ended {
    block_on(async move {
        let store = reading(settings).await?;
        let desk = desk::read(&store, settings).await?;
        let picked = picked(&desk, &args.from)?;
        let text = match &args.file {
            Some(file) => {
                let doing = format!("reading {}", file.display());
                std::fs::read_to_string(file).or_end(Ending::File, &doing)?
            }
            None => {
                let dialogs = effective(&store, settings).await?;
                let questions = picked.iter().map(|at| desk.asked[*at].text.as_str());
                let entry = filled(&args, &dialogs, questions)?;
                let text = format!("entries:\n{}", faq_file::item(&entry));
                if is_draft(&entry) {
                    say(text.trim_end());
                    tell(
                        "wasl: a draft. Write its title and answer in both languages into it, then give it with --file.",
                    );
                    return Ok(Ending::Done);
                }
                text
            }
        };
        let name = match &args.entry {
            Some(name) => name.clone(),
            None => named(&text).unwrap_or_default(),
        };
        let over = version(&store, &name).await?;
        store.close().await;
        let errand = Errand::Write {
            text,
            over,
            questions: picked.iter().map(|at| desk.asked[*at].id.clone()).collect(),
            by: args.by.unwrap_or_else(account),
        };
        told(run_errand(settings, errand).await?)
    })
}

/// The name in a file of one entry; what is wrong with the file is told where it is proved.
fn named(text: &str) -> Option<String> {
    let line = text
        .lines()
        .find_map(|line| line.trim_start().strip_prefix("- entry:"));
    Some(line?.trim().trim_matches(['"', '\'']).to_owned())
}

/// Places at the desk of the groups and questions that were named.
fn picked(desk: &Desk, from: &[String]) -> Result<Vec<usize>, Failure> {
    let mut picked = Vec::new();
    for name in from {
        let group = name
            .parse::<usize>()
            .ok()
            .and_then(|number| number.checked_sub(1));
        let group = group.and_then(|at| desk.groups.get(at)).cloned();
        let one = || Some(vec![desk.asked.iter().position(|one| one.id == *name)?]);
        let Some(found) = group.or_else(one) else {
            let what =
                format!("there is no group or question `{name}`; `wasl faq unanswered` shows them");
            return Err(Failure::new(Ending::Findings, what));
        };
        picked.extend(found);
    }
    picked.sort_unstable();
    picked.dedup();
    Ok(picked)
}

/// What the entry says now, with all that the words of the command change in it.
fn filled<'a>(
    args: &Write,
    dialogs: &Dialogs,
    questions: impl Iterator<Item = &'a str>,
) -> Result<FaqEntry, Failure> {
    let name = args.entry.clone().unwrap_or_default();
    if !is_name(&name) {
        let what =
            format!("`{name}` is no name: small Latin letters, digits and `_`, a letter first");
        return Err(Failure::new(Ending::Findings, what));
    }
    let known = dialogs.faq.iter().find(|entry| entry.name == name);
    let mut entry = known.cloned().unwrap_or_else(|| FaqEntry::named(&name));
    for (told, place) in [
        (&args.title_ar, &mut entry.title.ar),
        (&args.title_en, &mut entry.title.en),
        (&args.answer_ar, &mut entry.answer.ar),
        (&args.answer_en, &mut entry.answer.en),
    ] {
        if let Some(told) = told {
            place.clone_from(told);
        }
    }
    let masked = questions.map(|text| redact(text).0);
    for question in masked.chain(args.question.iter().cloned()) {
        if !entry.questions.contains(&question) {
            entry.questions.push(question);
        }
    }
    Ok(entry)
}

fn is_draft(entry: &FaqEntry) -> bool {
    let texts = [
        &entry.title.ar,
        &entry.title.en,
        &entry.answer.ar,
        &entry.answer.en,
    ];
    texts.iter().any(|text| text.trim().is_empty())
}

pub fn retire(args: Retire, settings: &Settings) -> Ended {
    withdraw(args.entry, false, args.by, settings)
}

pub fn restore(args: Restore, settings: &Settings) -> Ended {
    withdraw(args.entry, true, args.by, settings)
}

fn withdraw(entry: String, restore: bool, by: Option<String>, settings: &Settings) -> Ended {
    block_on(async move {
        let store = reading(settings).await?;
        let over = version(&store, &entry).await?;
        store.close().await;
        let errand = Errand::Withdraw {
            entry,
            restore,
            over,
            by: by.unwrap_or_else(account),
        };
        told(run_errand(settings, errand).await?)
    })
}

pub fn versions(args: &Versions, settings: &Settings) -> Ended {
    block_on(async {
        let doing = "reading the versions";
        let store = reading(settings).await?;
        let mut reader = store.reader().await.or_end(Ending::Unavailable, doing)?;
        let versions = faq_entry::versions(&mut reader, &args.entry).await;
        for version in versions.or_end(Ending::Unavailable, doing)? {
            let at = chrono::DateTime::from_timestamp_millis(version.at);
            let at = at.map_or_else(String::new, |at| at.to_rfc3339());
            say(format!(
                "version {} by {} at {at}",
                version.version, version.by
            ));
            say(match &version.body {
                Body::Written(body) => body.trim_end(),
                Body::Retired => "out of use",
                Body::FromFiles => "as the files say",
            });
        }
        Ok(Ending::Done)
    })
}

pub fn export(settings: &Settings) -> Ended {
    block_on(async {
        let store = reading(settings).await?;
        let dialogs = effective(&store, settings).await?;
        say(faq_file::merged(&dialogs).trim_end());
        Ok(Ending::Done)
    })
}

/// The dialogs with what staff wrote over them.
async fn effective(store: &Store, settings: &Settings) -> Result<Dialogs, Failure> {
    let doing = "reading what staff wrote";
    let set = dialogs::set(settings)?;
    let mut reader = store.reader().await.or_end(Ending::Unavailable, doing)?;
    let versions = faq_entry::now(&mut reader).await;
    let versions = versions.or_end(Ending::Unavailable, doing)?;
    Ok(edits::over(&set.folder, &settings.charity, versions).map_or(set.dialogs, |made| made.0))
}

/// The version that counts now; 0: none was written.
async fn version(store: &Store, entry: &str) -> Result<i64, Failure> {
    let doing = "reading the versions";
    let mut reader = store.reader().await.or_end(Ending::Unavailable, doing)?;
    let versions = faq_entry::versions(&mut reader, entry).await;
    let versions = versions.or_end(Ending::Unavailable, doing)?;
    Ok(versions.last().map_or(0, |last| last.version))
}
