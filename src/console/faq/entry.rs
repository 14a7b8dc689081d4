//! One entry of the FAQ: read, written anew as a version that wins over the files, taken out of use, given back. What
//! is written is proved like any file before it is kept.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::in_language;
use crate::console::fields::Fields;
use crate::console::frame::{Frame, said};
use crate::console::permission::Permission;
use crate::console::section::Section;
use crate::console::visit::{Staff, Visit};
use crate::console::wrong::Wrong;
use crate::console::{Console, now};
use crate::dialog::faq_file::item;
use crate::dialog::load::shape::is_name;
use crate::dialog::model::FaqEntry;
use crate::event::Millis;
use crate::inbox::edits::{self, Author, Refused};
use crate::store::faq_entry::{self, Body};
use crate::store::{faq, staff};

/// Where the list of entries is.
const LIST: &str = "/staff/faq/entries";

/// What the form holds.
#[derive(Clone, Default)]
struct Filled {
    name: String,
    title_ar: String,
    title_en: String,
    answer_ar: String,
    answer_en: String,
    /// Ways to ask it, a line each.
    questions: String,
    misconception: bool,
}

impl Filled {
    fn of(entry: &FaqEntry) -> Filled {
        Filled {
            name: entry.name.clone(),
            title_ar: entry.title.ar.clone(),
            title_en: entry.title.en.clone(),
            answer_ar: entry.answer.ar.clone(),
            answer_en: entry.answer.en.clone(),
            questions: entry.questions.join("\n"),
            misconception: entry.misconception,
        }
    }

    fn read(fields: &Fields, name: &str) -> Filled {
        Filled {
            name: name.to_string(),
            title_ar: fields.line("title-ar"),
            title_en: fields.line("title-en"),
            answer_ar: fields.text("answer-ar"),
            answer_en: fields.text("answer-en"),
            questions: fields.text("questions"),
            misconception: fields.has("misconception"),
        }
    }

    /// Over what the entry says today: where it leads, what it shows and its source stay.
    fn entry(&self, today: Option<&FaqEntry>) -> FaqEntry {
        let mut entry = today.map_or_else(|| FaqEntry::named(&self.name), FaqEntry::clone);
        entry.title.ar.clone_from(&self.title_ar);
        entry.title.en.clone_from(&self.title_en);
        entry.answer.ar.clone_from(&self.answer_ar);
        entry.answer.en.clone_from(&self.answer_en);
        entry.misconception = self.misconception;
        let lines = self.questions.lines().map(str::trim);
        entry.questions = lines
            .filter(|line| !line.is_empty())
            .map(str::to_string)
            .collect();
        entry
    }
}

struct Version {
    number: i64,
    words: &'static str,
    by: String,
    at: Millis,
}

#[derive(Template)]
#[template(path = "console/faq/entry.html", config = "src/web/askama.toml")]
struct Page {
    frame: Frame,
    /// As addresses name it; empty of a new one.
    name: String,
    form: Filled,
    /// Not there yet.
    fresh: bool,
    /// Staff took it out of use.
    retired: bool,
    over: i64,
    wrong: Option<String>,
    source: Option<String>,
    confirmed: Vec<String>,
    versions: Vec<Version>,
}

pub async fn form(
    State(console): State<Console>,
    staff: Staff,
    visit: Visit,
) -> Result<Response, Wrong> {
    staff.need(Permission::Faq)?;
    let page = fresh(&console, &visit, &staff, Filled::default());
    page.frame.answer(&page)
}

fn fresh(console: &Console, visit: &Visit, staff: &Staff, form: Filled) -> Page {
    Page {
        frame: Frame::new(console, visit, staff, Section::Faq, "faq-new"),
        name: String::new(),
        form,
        fresh: true,
        retired: false,
        over: 0,
        wrong: None,
        source: None,
        confirmed: Vec::new(),
        versions: Vec::new(),
    }
}

pub async fn show(
    State(console): State<Console>,
    staff: Staff,
    visit: Visit,
    Path(name): Path<String>,
) -> Result<Response, Wrong> {
    staff.need(Permission::Faq)?;
    let page = page(&console, &visit, &staff, &name).await?;
    page.frame.answer(&page)
}

async fn page(console: &Console, visit: &Visit, staff: &Staff, name: &str) -> Result<Page, Wrong> {
    let mut tx = console.reader().await?;
    let versions = faq_entry::versions(&mut tx, name).await?;
    let people = staff::all(&mut tx).await?;
    let learned = faq::learned(&mut tx, 0).await?;
    let dialogs = console.registry().current();
    let entry = dialogs.faq.iter().find(|one| one.name == name);
    if entry.is_none() && versions.is_empty() {
        return Err(Wrong::Missing);
    }
    let title = entry.map_or_else(
        || name.to_string(),
        |one| in_language(&one.title, visit.language),
    );
    let of_entry = learned.into_iter().filter(|one| one.entry == name);
    let who = |id: &str| {
        let found = people.iter().find(|one| one.id == id);
        found.map_or_else(|| id.to_string(), |one| one.title.clone())
    };
    let source = entry.and_then(|one| one.source.as_ref());
    Ok(Page {
        frame: Frame::titled(console, visit, staff, Section::Faq, title),
        name: name.to_string(),
        form: entry.map(Filled::of).unwrap_or_default(),
        fresh: false,
        retired: entry.is_none(),
        over: versions.last().map_or(0, |one| one.version),
        wrong: None,
        source: source.map(|text| in_language(text, visit.language)),
        confirmed: of_entry.map(|one| one.text).collect(),
        versions: versions
            .iter()
            .rev()
            .map(|one| Version {
                number: one.version,
                words: match one.body {
                    Body::Written(_) => "faq-written",
                    Body::Retired => "faq-retired",
                    Body::FromFiles => "calendar-files",
                },
                by: who(&one.by),
                at: one.at,
            })
            .collect(),
    })
}

pub async fn create(
    State(console): State<Console>,
    staff: Staff,
    visit: Visit,
    fields: Fields,
) -> Result<Response, Wrong> {
    staff.need(Permission::Faq)?;
    let filled = Filled::read(&fields, &fields.line("name"));
    let dialogs = console.registry().current();
    let taken = dialogs.faq.iter().any(|one| one.name == filled.name);
    let wrong = match (is_name(&filled.name), taken) {
        (false, _) => visit.say().say("faq-name-hint"),
        (true, true) => visit.say().say("faq-name-taken"),
        (true, false) => match write(&console, &staff, &filled, 0).await? {
            Ok(()) => return Ok(said(&visit, LIST, "said-faq-written")),
            Err(wrong) => wrong,
        },
    };
    let page = Page {
        wrong: Some(wrong),
        ..fresh(&console, &visit, &staff, filled)
    };
    let answer = page.frame.answer(&page)?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, answer).into_response())
}

pub async fn change(
    State(console): State<Console>,
    staff: Staff,
    visit: Visit,
    Path(name): Path<String>,
    fields: Fields,
) -> Result<Response, Wrong> {
    staff.need(Permission::Faq)?;
    let dialogs = console.registry().current();
    if !dialogs.faq.iter().any(|one| one.name == name) {
        return Err(Wrong::Missing);
    }
    let filled = Filled::read(&fields, &name);
    match write(&console, &staff, &filled, over(&fields)?).await? {
        Ok(()) => Ok(said(&visit, &format!("{LIST}/{name}"), "said-faq-written")),
        Err(wrong) => {
            let page = Page {
                form: filled,
                wrong: Some(wrong),
                ..page(&console, &visit, &staff, &name).await?
            };
            let answer = page.frame.answer(&page)?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, answer).into_response())
        }
    }
}

fn over(fields: &Fields) -> Result<i64, Wrong> {
    fields.raw("over").parse().map_err(|_| Wrong::Bad)
}

fn author(staff: &Staff, over: i64) -> Author {
    Author {
        by: staff.id().to_string(),
        over,
        questions: Vec::new(),
        at: now(),
    }
}

/// Writes a version; Ok(Err) says what is wrong with it.
async fn write(
    console: &Console,
    staff: &Staff,
    filled: &Filled,
    over: i64,
) -> Result<Result<(), String>, Wrong> {
    let dialogs = console.registry().current();
    let today = dialogs.faq.iter().find(|one| one.name == filled.name);
    let text = format!("entries:\n{}", item(&filled.entry(today)));
    let rooms = console.rooms()?;
    let author = author(staff, over);
    let (store, registry) = (&rooms.store, console.registry());
    match edits::write(store, registry, &rooms.shipped, text, author).await {
        Ok(_) => Ok(Ok(())),
        Err(Refused::Wrong(told)) => Ok(Err(told)),
        Err(Refused::Late) => Err(Wrong::Changed),
        Err(Refused::Fault(fault)) => Err(fault.into()),
    }
}

pub async fn retire(
    State(console): State<Console>,
    staff: Staff,
    visit: Visit,
    Path(name): Path<String>,
    fields: Fields,
) -> Result<Response, Wrong> {
    withdraw(&console, &staff, &visit, &name, &fields, Body::Retired).await
}

pub async fn restore(
    State(console): State<Console>,
    staff: Staff,
    visit: Visit,
    Path(name): Path<String>,
    fields: Fields,
) -> Result<Response, Wrong> {
    withdraw(&console, &staff, &visit, &name, &fields, Body::FromFiles).await
}

async fn withdraw(
    console: &Console,
    staff: &Staff,
    visit: &Visit,
    name: &str,
    fields: &Fields,
    body: Body,
) -> Result<Response, Wrong> {
    staff.need(Permission::Faq)?;
    let rooms = console.rooms()?;
    let author = author(staff, over(fields)?);
    let (store, registry) = (&rooms.store, console.registry());
    match edits::withdraw(store, registry, &rooms.shipped, name, body, author).await {
        Ok(_) => Ok(said(visit, LIST, "said-faq-written")),
        Err(Refused::Wrong(_)) => Err(Wrong::Missing),
        Err(Refused::Late) => Err(Wrong::Changed),
        Err(Refused::Fault(fault)) => Err(fault.into()),
    }
}
