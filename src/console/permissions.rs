//! `/staff/permissions`: the table of who may do what, as it is enforced. Everybody may read it.

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;

use super::Console;
use super::frame::Frame;
use super::permission::{Permission, role_words};
use super::section::Section;
use super::visit::{Staff, Visit};
use super::wrong::Wrong;
use crate::store::staff::Role;

pub fn routes() -> Router<Console> {
    Router::new().route("/staff/permissions", get(show))
}

#[derive(Template)]
#[template(path = "console/permissions.html", config = "src/web/askama.toml")]
struct Page {
    frame: Frame,
    roles: Vec<&'static str>,
    rows: Vec<Line>,
}

struct Line {
    words: &'static str,
    cells: Vec<bool>,
}

async fn show(
    State(console): State<Console>,
    staff: Staff,
    visit: Visit,
) -> Result<Response, Wrong> {
    let rows = Permission::ALL.into_iter().map(|permission| Line {
        words: permission.words(),
        cells: Role::ALL
            .into_iter()
            .map(|role| permission.roles().contains(&role))
            .collect(),
    });
    let frame = Frame::new(
        &console,
        &visit,
        &staff,
        Section::Permissions,
        "nav-permissions",
    );
    let page = Page {
        roles: Role::ALL.into_iter().map(role_words).collect(),
        rows: rows.collect(),
        frame: frame.clone(),
    };
    frame.answer(&page)
}
