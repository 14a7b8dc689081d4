//! `/staff`: where everybody comes in: what stands before them, and what an administrator should look at.

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;

use super::Console;
use super::frame::Frame;
use super::section::Section;
use super::visit::{Staff, Visit};
use super::wrong::Wrong;

pub fn routes() -> Router<Console> {
    Router::new().route("/staff", get(show))
}

#[derive(Template)]
#[template(path = "console/home.html", config = "src/web/askama.toml")]
struct Page {
    frame: Frame,
    name: String,
    links: Vec<Section>,
}

async fn show(
    State(console): State<Console>,
    staff: Staff,
    visit: Visit,
) -> Result<Response, Wrong> {
    let frame = Frame::new(&console, &visit, &staff, Section::Home, "nav-home");
    let links = frame.sections().filter(|one| *one != Section::Home);
    let page = Page {
        name: staff.title().to_string(),
        links: links.collect(),
        frame: frame.clone(),
    };
    frame.answer(&page)
}
