//! `/staff/templates`: the messages that WhatsApp lets us begin a talk with, as the files have them, and whether they
//! are approved. They are changed in the files.

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;

use super::Console;
use super::frame::Frame;
use super::permission::Permission;
use super::section::Section;
use super::visit::{Staff, Visit};
use super::wrong::Wrong;

pub fn routes() -> Router<Console> {
    Router::new().route("/staff/templates", get(show))
}

#[derive(Template)]
#[template(path = "console/templates.html", config = "src/web/askama.toml")]
struct Page {
    frame: Frame,
    templates: Vec<Listed>,
}

struct Listed {
    name: String,
    category: String,
    ar: String,
    en: String,
    parameters: usize,
}

async fn show(
    State(console): State<Console>,
    staff: Staff,
    visit: Visit,
) -> Result<Response, Wrong> {
    staff.need(Permission::Templates)?;
    let dialogs = console.registry().current();
    let templates = dialogs.templates.values().map(|one| Listed {
        name: one.name.clone(),
        category: one.category.clone(),
        ar: one.text.ar.clone(),
        en: one.text.en.clone(),
        parameters: one.parameters.len(),
    });
    let frame = Frame::new(
        &console,
        &visit,
        &staff,
        Section::Templates,
        "nav-templates",
    );
    let page = Page {
        templates: templates.collect(),
        frame: frame.clone(),
    };
    frame.answer(&page)
}
