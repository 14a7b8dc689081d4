//! `/staff/calendar`: when the charity works: several openings a day, other hours in Ramadan, holidays in either
//! calendar, days off once. What is written here wins over the files, as a version that stays.

mod form;

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use chrono::Utc;

use super::fields::Fields;
use super::frame::{Frame, said};
use super::permission::Permission;
use super::section::Section;
use super::visit::{Staff, Visit};
use super::wrong::Wrong;
use super::{Console, now};
use crate::event::Millis;
use crate::store::{calendar, staff};
use form::{Filled, Unread};

const HERE: &str = "/staff/calendar";
/// Versions that the page lists.
const VERSIONS_MAX: i64 = 10;

pub fn routes() -> Router<Console> {
    Router::new()
        .route(HERE, get(show).post(write))
        .route("/staff/calendar/from-files", post(from_files))
}

struct Version {
    number: i64,
    written: bool,
    by: String,
    at: Millis,
}

#[derive(Template)]
#[template(path = "console/calendar/show.html", config = "src/web/askama.toml")]
struct Page {
    frame: Frame,
    form: Filled,
    wrong: Vec<String>,
    /// The version that the form was filled from.
    over: i64,
    open: bool,
    next: Option<Millis>,
    versions: Vec<Version>,
}

async fn show(
    State(console): State<Console>,
    staff: Staff,
    visit: Visit,
) -> Result<Response, Wrong> {
    staff.need(Permission::Calendar)?;
    let page = page(&console, &visit, &staff).await?;
    page.frame.answer(&page)
}

async fn page(console: &Console, visit: &Visit, staff: &Staff) -> Result<Page, Wrong> {
    let mut tx = console.reader().await?;
    let versions = calendar::versions(&mut tx, VERSIONS_MAX).await?;
    let people = staff::all(&mut tx).await?;
    let title = |id: &str| {
        let found = people.iter().find(|one| one.id == id);
        found.map_or_else(|| id.to_string(), |one| one.title.clone())
    };
    // What was just written is in use a moment later; the form shows it at once.
    let written = versions.first().and_then(|one| one.calendar.clone());
    let now = Utc::now();
    let calendar = written.unwrap_or_else(|| console.charity().calendar);
    Ok(Page {
        frame: Frame::new(console, visit, staff, Section::Calendar, "nav-calendar"),
        form: Filled::of(&calendar),
        wrong: Vec::new(),
        over: versions.first().map_or(0, |one| one.version),
        open: calendar.is_open(now),
        next: calendar.next_open(now).map(|at| at.timestamp_millis()),
        versions: versions
            .iter()
            .map(|one| Version {
                number: one.version,
                written: one.calendar.is_some(),
                by: title(&one.by),
                at: one.at,
            })
            .collect(),
    })
}

async fn write(
    State(console): State<Console>,
    staff: Staff,
    visit: Visit,
    fields: Fields,
) -> Result<Response, Wrong> {
    staff.need(Permission::Calendar)?;
    let zone = console.charity().calendar.zone;
    let filled = Filled::read(&fields);
    let calendar = match filled.calendar(zone) {
        Ok(calendar) => calendar,
        Err(unread) => {
            let say = visit.say();
            let told = |one: &Unread| say.with(one.words, "text", one.text.as_str());
            let page = Page {
                wrong: unread.iter().map(told).collect(),
                form: filled,
                over: over(&fields)?,
                ..page(&console, &visit, &staff).await?
            };
            let answer = page.frame.answer(&page)?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, answer).into_response());
        }
    };
    let store = console.store()?;
    match calendar::write(store, over(&fields)?, Some(&calendar), staff.id(), now()).await? {
        true => Ok(said(&visit, HERE, "said-calendar")),
        false => Err(Wrong::Changed),
    }
}

fn over(fields: &Fields) -> Result<i64, Wrong> {
    fields.raw("over").parse().map_err(|_| Wrong::Bad)
}

async fn from_files(
    State(console): State<Console>,
    staff: Staff,
    visit: Visit,
    fields: Fields,
) -> Result<Response, Wrong> {
    staff.need(Permission::Calendar)?;
    let store = console.store()?;
    match calendar::write(store, over(&fields)?, None, staff.id(), now()).await? {
        true => Ok(said(&visit, HERE, "said-calendar")),
        false => Err(Wrong::Changed),
    }
}
