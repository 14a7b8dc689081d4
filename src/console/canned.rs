//! `/staff/canned`: what staff say again and again, in both languages, with names and forms in braces.

mod files;

use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};

use super::audit;
use super::fields::Fields;
use super::frame::{Frame, said};
use super::permission::Permission;
use super::section::Section;
use super::visit::{Staff, Visit};
use super::wrong::Wrong;
use super::{Console, fresh_id, now};
use crate::store::canned::{self, Canned};
use crate::text::canned::{For, NAMES, fill, unknown};
use crate::text::lang::Lang;

const HERE: &str = "/staff/canned";

pub fn routes() -> Router<Console> {
    Router::new()
        .route(HERE, get(index).post(create))
        .route("/staff/canned/new", get(form))
        .route("/staff/canned/{id}", get(show).post(change))
        .route("/staff/canned/{id}/removal", post(remove))
        .merge(files::routes())
}

/// A service to choose from: its name in the files, and in the reader's language.
struct Service {
    name: String,
    title: String,
}

fn services(console: &Console, lang: Lang) -> Vec<Service> {
    let dialogs = console.registry().current();
    let title = |service: &crate::dialog::model::Service| match lang {
        Lang::Ar => service.title.ar.clone(),
        Lang::En => service.title.en.clone(),
    };
    let all = dialogs.services.iter().map(|one| Service {
        name: one.name.clone(),
        title: title(one),
    });
    all.collect()
}

struct Listed {
    reply: Canned,
    service: String,
    /// As it reads, in the reader's language.
    text: String,
}

#[derive(Template)]
#[template(path = "console/canned/index.html", config = "src/web/askama.toml")]
struct Index {
    frame: Frame,
    replies: Vec<Listed>,
}

async fn index(
    State(console): State<Console>,
    staff: Staff,
    visit: Visit,
) -> Result<Response, Wrong> {
    staff.need(Permission::Canned)?;
    let services = services(&console, visit.language);
    let of = |name: &str| {
        let found = services.iter().find(|one| one.name == name);
        found.map_or_else(|| name.to_string(), |one| one.title.clone())
    };
    let all = canned::all(&mut console.reader().await?).await?;
    let frame = Frame::new(&console, &visit, &staff, Section::Canned, "nav-canned");
    let replies = all.into_iter().map(|reply| Listed {
        service: of(&reply.service),
        text: sample(&frame, &reply, visit.language),
        reply,
    });
    let page = Index {
        replies: replies.collect(),
        frame: frame.clone(),
    };
    frame.answer(&page)
}

/// A reply as it reads to somebody invented.
fn sample(frame: &Frame, reply: &Canned, lang: Lang) -> String {
    let text = match lang {
        Lang::Ar => &reply.ar,
        Lang::En => &reply.en,
    };
    fill(text, For::Anybody, |name| match name {
        "name" => Some(frame.say("sample-name")),
        "reference" => Some("W-2K7F-9".to_string()),
        "officer" => Some(frame.name.clone()),
        "charity" => Some(frame.charity.clone()),
        "service" => Some(frame.say("sample-service")),
        _ => None,
    })
}

#[derive(Template)]
#[template(path = "console/canned/form.html", config = "src/web/askama.toml")]
struct Form {
    frame: Frame,
    reply: Canned,
    /// Key and name of each file that goes along.
    files: Vec<(String, String)>,
    services: Vec<Service>,
    names: [&'static str; 5],
    wrong: Option<String>,
    fresh: bool,
}

fn page(console: &Console, visit: &Visit, staff: &Staff, reply: Canned) -> Form {
    let fresh = reply.id.is_empty();
    let title = match fresh {
        true => visit.say().say("canned-new"),
        false => reply.title.clone(),
    };
    Form {
        frame: Frame::titled(console, visit, staff, Section::Canned, title),
        services: services(console, visit.language),
        names: NAMES,
        wrong: None,
        files: Vec::new(),
        fresh,
        reply,
    }
}

fn read(fields: &Fields, id: &str) -> Canned {
    Canned {
        id: id.to_string(),
        title: fields.line("title"),
        service: fields.line("service"),
        ar: fields.text("ar"),
        en: fields.text("en"),
    }
}

async fn form(
    State(console): State<Console>,
    staff: Staff,
    visit: Visit,
) -> Result<Response, Wrong> {
    staff.need(Permission::Canned)?;
    let page = page(&console, &visit, &staff, read(&Fields::default(), ""));
    page.frame.answer(&page)
}

async fn show(
    State(console): State<Console>,
    staff: Staff,
    visit: Visit,
    Path(id): Path<String>,
) -> Result<Response, Wrong> {
    staff.need(Permission::Canned)?;
    let mut tx = console.reader().await?;
    let found = canned::find(&mut tx, &id).await?.ok_or(Wrong::Missing)?;
    let files = canned::files(&mut tx, &id).await?;
    let mut page = page(&console, &visit, &staff, found);
    let name = |name: Option<String>| name.unwrap_or_else(|| visit.say().say("log-file"));
    page.files = files
        .into_iter()
        .map(|file| (file.id, name(file.name)))
        .collect();
    page.frame.answer(&page)
}

async fn create(
    State(console): State<Console>,
    staff: Staff,
    visit: Visit,
    fields: Fields,
) -> Result<Response, Wrong> {
    put(&console, &staff, &visit, read(&fields, ""), fresh_id()).await
}

async fn change(
    State(console): State<Console>,
    staff: Staff,
    visit: Visit,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Wrong> {
    staff.need(Permission::Canned)?;
    let found = canned::find(&mut console.reader().await?, &id).await?;
    found.ok_or(Wrong::Missing)?;
    put(&console, &staff, &visit, read(&fields, &id), id).await
}

async fn put(
    console: &Console,
    staff: &Staff,
    visit: &Visit,
    reply: Canned,
    id: String,
) -> Result<Response, Wrong> {
    staff.need(Permission::Canned)?;
    let say = visit.say();
    let strange: Vec<_> = [&reply.ar, &reply.en]
        .into_iter()
        .flat_map(|text| unknown(text))
        .collect();
    let missing = reply.title.is_empty() || reply.ar.is_empty() || reply.en.is_empty();
    let wrong = match (missing, strange.first()) {
        (true, _) => Some(say.say("canned-missing")),
        (false, Some(name)) => Some(say.with("canned-unknown", "name", name)),
        (false, None) => None,
    };
    if wrong.is_some() {
        let page = Form {
            wrong,
            ..page(console, visit, staff, reply)
        };
        let answer = page.frame.answer(&page)?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, answer).into_response());
    }
    let reply = Canned { id, ..reply };
    let mut tx = console.writer().await?;
    canned::put(&mut tx, &reply, staff.id(), now()).await?;
    audit::changed(&mut tx, staff.id(), &reply.id, "canned reply").await?;
    tx.commit().await?;
    Ok(said(visit, HERE, "said-saved"))
}

async fn remove(
    State(console): State<Console>,
    staff: Staff,
    visit: Visit,
    Path(id): Path<String>,
) -> Result<Response, Wrong> {
    staff.need(Permission::Canned)?;
    let mut tx = console.writer().await?;
    if !canned::remove(&mut tx, &id, now()).await? {
        return Err(Wrong::Missing);
    }
    audit::changed(&mut tx, staff.id(), &id, "canned reply removed").await?;
    tx.commit().await?;
    Ok(said(&visit, HERE, "said-removed"))
}
