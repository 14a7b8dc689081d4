//! `/staff/faq`: the desk at which staff teach the FAQ: what found no answer, questions that ask alike together, with
//! what they may mean; and every entry with its phrasings. One press confirms a whole group.

mod entry;

use std::collections::BTreeMap;

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::{get, post};

use super::fields::Fields;
use super::frame::{Frame, said};
use super::permission::Permission;
use super::section::Section;
use super::visit::{Staff, Visit};
use super::wrong::Wrong;
use super::{Console, now};
use crate::dialog::model::{Dialogs, FaqEntry, Text};
use crate::event::Millis;
use crate::faq::groups;
use crate::store::faq::{self, Asked, Lesson};
use crate::store::faq_report::{self, ALWAYS};
use crate::text::lang::Lang;
use crate::text::secret::redact;

const HERE: &str = "/staff/faq";
/// Questions of the desk on one page, the oldest first; the others come when these are settled.
const QUESTIONS_MAX: usize = 500;
/// Questions of a group that are shown before the others are folded.
const SHOWN_MAX: usize = 5;

pub fn routes() -> Router<Console> {
    Router::new()
        .route(HERE, get(desk))
        .route("/staff/faq/lessons", post(teach))
        .route("/staff/faq/entries", get(entries).post(entry::create))
        .route("/staff/faq/new", get(entry::form))
        .route(
            "/staff/faq/entries/{name}",
            get(entry::show).post(entry::change),
        )
        .route("/staff/faq/entries/{name}/retirement", post(entry::retire))
        .route(
            "/staff/faq/entries/{name}/restoration",
            post(entry::restore),
        )
}

/// An entry to choose: its name in the files, and in the reader's language.
struct Choice {
    name: String,
    title: String,
}

/// Questions that ask alike.
struct Group {
    questions: Vec<Question>,
    more: usize,
    ids: Vec<String>,
    /// What they most likely ask.
    guess: Option<Choice>,
}

struct Question {
    text: String,
    at: Millis,
}

#[derive(Template)]
#[template(path = "console/faq/desk.html", config = "src/web/askama.toml")]
struct Desk {
    frame: Frame,
    groups: Vec<Group>,
    entries: Vec<Choice>,
    open: usize,
}

async fn desk(
    State(console): State<Console>,
    staff: Staff,
    visit: Visit,
) -> Result<Response, Wrong> {
    staff.need(Permission::Faq)?;
    let mut asked = faq::asked(&mut console.reader().await?).await?;
    let open = asked.len();
    asked.truncate(QUESTIONS_MAX);
    let dialogs = console.registry().current();
    let lang = visit.language;
    let found = {
        let dialogs = dialogs.clone();
        tokio::task::spawn_blocking(move || grouped(&dialogs, &asked, lang))
    };
    let page = Desk {
        frame: Frame::new(&console, &visit, &staff, Section::Faq, "nav-faq"),
        groups: found.await.map_err(|_| Wrong::Fault)?,
        entries: dialogs.faq.iter().map(|one| choice(one, lang)).collect(),
        open,
    };
    page.frame.answer(&page)
}

fn grouped(dialogs: &Dialogs, asked: &[Asked], lang: Lang) -> Vec<Group> {
    let texts: Vec<&str> = asked.iter().map(|one| one.text.as_str()).collect();
    let groups = groups(&texts, &dialogs.concepts).into_iter();
    groups
        .map(|places| group(dialogs, asked, &places, lang))
        .collect()
}

fn group(dialogs: &Dialogs, asked: &[Asked], places: &[usize], lang: Lang) -> Group {
    let members = || places.iter().map(|at| &asked[*at]);
    // What people said yes to counts more than what the model makes of their words.
    let picked = members().find_map(|one| one.entry.clone());
    let ranked = |one: &Asked| {
        let ranked = dialogs.rank(&one.text);
        ranked
            .asserted
            .or_else(|| ranked.offered.into_iter().next())
    };
    let guess = picked.or_else(|| members().find_map(ranked));
    let of_name = |name: String| dialogs.faq.iter().find(|entry| entry.name == name);
    Group {
        questions: members()
            .take(SHOWN_MAX)
            .map(|one| Question {
                text: redact(&one.text).0,
                at: one.at,
            })
            .collect(),
        more: places.len().saturating_sub(SHOWN_MAX),
        ids: members().map(|one| one.id.clone()).collect(),
        guess: guess.and_then(of_name).map(|entry| choice(entry, lang)),
    }
}

fn choice(entry: &FaqEntry, lang: Lang) -> Choice {
    Choice {
        name: entry.name.clone(),
        title: in_language(&entry.title, lang),
    }
}

fn in_language(text: &Text, lang: Lang) -> String {
    match lang {
        Lang::Ar => text.ar.clone(),
        Lang::En => text.en.clone(),
    }
}

/// Questions mean an entry, or nothing of the charity.
async fn teach(
    State(console): State<Console>,
    staff: Staff,
    visit: Visit,
    fields: Fields,
) -> Result<Response, Wrong> {
    staff.need(Permission::Faq)?;
    let entry = Some(fields.line("entry")).filter(|name| !name.is_empty() && !fields.has("reject"));
    let dialogs = console.registry().current();
    let known = |name: &String| dialogs.faq.iter().any(|one| one.name == *name);
    if entry.as_ref().is_some_and(|name| !known(name)) || (entry.is_none() && !fields.has("reject"))
    {
        return Ok(said(&visit, HERE, "said-no-entry"));
    }
    let lesson = Lesson {
        entry,
        questions: fields.all("question").map(str::to_string).collect(),
        by: staff.id().to_string(),
        at: now(),
    };
    // The audit's line is written with it.
    let taught = faq::teach(console.store()?, &lesson).await?;
    let words = match (taught.known, &lesson.entry) {
        (0, _) => "said-settled-before",
        (_, Some(_)) => "said-learned",
        (_, None) => "said-rejected",
    };
    Ok(said(&visit, HERE, words))
}

struct Listed {
    name: String,
    title: String,
    phrasings: usize,
    misconception: bool,
    answers: i64,
    helped: i64,
    not_helped: i64,
}

#[derive(Template)]
#[template(path = "console/faq/entries.html", config = "src/web/askama.toml")]
struct Entries {
    frame: Frame,
    entries: Vec<Listed>,
}

async fn entries(
    State(console): State<Console>,
    staff: Staff,
    visit: Visit,
) -> Result<Response, Wrong> {
    staff.need(Permission::Faq)?;
    let mut tx = console.reader().await?;
    let mut counts: BTreeMap<String, (i64, i64, i64)> = BTreeMap::new();
    for one in faq_report::counts(&mut tx, ALWAYS).await? {
        let of_entry = counts.entry(one.entry).or_default();
        of_entry.0 += one.asserted + one.picked;
        of_entry.1 += one.helped;
        of_entry.2 += one.not_helped;
    }
    let learned = faq::learned(&mut tx, 0).await?;
    let dialogs = console.registry().current();
    let all = dialogs.faq.iter().map(|entry| {
        let (answers, helped, not_helped) = counts.get(&entry.name).copied().unwrap_or_default();
        let confirmed = learned.iter().filter(|one| one.entry == entry.name).count();
        Listed {
            name: entry.name.clone(),
            title: in_language(&entry.title, visit.language),
            phrasings: entry.questions.len() + confirmed,
            misconception: entry.misconception,
            answers,
            helped,
            not_helped,
        }
    });
    let page = Entries {
        frame: Frame::new(&console, &visit, &staff, Section::Faq, "faq-entries"),
        entries: all.collect(),
    };
    page.frame.answer(&page)
}
