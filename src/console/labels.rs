//! `/staff/labels`: the labels by which conversations are sorted.

use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::{get, post};

use super::audit;
use super::fields::Fields;
use super::frame::{Frame, said};
use super::permission::Permission;
use super::section::Section;
use super::visit::{Staff, Visit};
use super::wrong::Wrong;
use super::{Console, fresh_id, now};
use crate::store::label::{self, Label, Tone};

const HERE: &str = "/staff/labels";

pub fn routes() -> Router<Console> {
    Router::new()
        .route(HERE, get(index).post(create))
        .route("/staff/labels/{id}", post(change))
        .route("/staff/labels/{id}/removal", post(remove))
}

#[derive(Template)]
#[template(path = "console/labels.html", config = "src/web/askama.toml")]
struct Page {
    frame: Frame,
    labels: Vec<Label>,
    tones: Vec<(Tone, &'static str)>,
}

fn tones() -> Vec<(Tone, &'static str)> {
    let words = |tone| match tone {
        Tone::Plain => "tone-plain",
        Tone::Good => "tone-good",
        Tone::Warn => "tone-warn",
        Tone::Bad => "tone-bad",
        Tone::Info => "tone-info",
    };
    Tone::ALL
        .into_iter()
        .map(|tone| (tone, words(tone)))
        .collect()
}

async fn index(
    State(console): State<Console>,
    staff: Staff,
    visit: Visit,
) -> Result<Response, Wrong> {
    staff.need(Permission::Labels)?;
    let frame = Frame::new(&console, &visit, &staff, Section::Labels, "nav-labels");
    let page = Page {
        labels: label::all(&mut console.reader().await?).await?,
        tones: tones(),
        frame: frame.clone(),
    };
    frame.answer(&page)
}

async fn create(
    State(console): State<Console>,
    staff: Staff,
    visit: Visit,
    fields: Fields,
) -> Result<Response, Wrong> {
    put(&console, &staff, &visit, &fields, fresh_id()).await
}

async fn change(
    State(console): State<Console>,
    staff: Staff,
    visit: Visit,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Wrong> {
    let found = label::find(&mut console.reader().await?, &id).await?;
    found.ok_or(Wrong::Missing)?;
    put(&console, &staff, &visit, &fields, id).await
}

async fn put(
    console: &Console,
    staff: &Staff,
    visit: &Visit,
    fields: &Fields,
    id: String,
) -> Result<Response, Wrong> {
    staff.need(Permission::Labels)?;
    let label = Label {
        id,
        ar: fields.line("ar"),
        en: fields.line("en"),
        tone: Tone::read(fields.raw("tone")).unwrap_or_default(),
    };
    if label.ar.is_empty() || label.en.is_empty() {
        return Ok(said(visit, HERE, "said-both-languages"));
    }
    let mut tx = console.writer().await?;
    label::put(&mut tx, &label, staff.id(), now()).await?;
    audit::changed(&mut tx, staff.id(), &label.id, "label").await?;
    tx.commit().await?;
    Ok(said(visit, HERE, "said-saved"))
}

async fn remove(
    State(console): State<Console>,
    staff: Staff,
    visit: Visit,
    Path(id): Path<String>,
) -> Result<Response, Wrong> {
    staff.need(Permission::Labels)?;
    let mut tx = console.writer().await?;
    if !label::remove(&mut tx, &id, now()).await? {
        return Err(Wrong::Missing);
    }
    audit::changed(&mut tx, staff.id(), &id, "label removed").await?;
    tx.commit().await?;
    Ok(said(&visit, HERE, "said-removed"))
}
