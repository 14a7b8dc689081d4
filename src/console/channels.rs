//! `/staff/channels`: which ways in are on, what is missing for the others, and whether they keep up. Settings are
//! the operator's; no secret is ever shown.

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
use crate::store::queue;

pub fn routes() -> Router<Console> {
    Router::new().route("/staff/channels", get(show))
}

#[derive(Template)]
#[template(path = "console/channels.html", config = "src/web/askama.toml")]
struct Page {
    frame: Frame,
    channels: Vec<Way>,
}

/// One way in, as its settings and its queue tell of it.
struct Way {
    name: String,
    state: Standing,
    /// Variables that are missing.
    missing: Vec<&'static str>,
    /// Where its provider delivers, when it is on.
    webhook: Option<String>,
    waiting: i64,
    oldest: Option<crate::event::Millis>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    On,
    /// Begun, and not complete.
    Incomplete,
    Off,
}

impl Way {
    fn badge(&self) -> (&'static str, &'static str) {
        match self.state {
            Standing::On => ("good", "channel-on"),
            Standing::Incomplete => ("warn", "channel-incomplete"),
            Standing::Off => ("", "channel-off"),
        }
    }
}

async fn show(
    State(console): State<Console>,
    staff: Staff,
    visit: Visit,
) -> Result<Response, Wrong> {
    staff.need(Permission::Channels)?;
    let owed = queue::owed(&mut console.reader().await?).await?;
    let frame = Frame::new(&console, &visit, &staff, Section::Channels, "nav-channels");
    let chat = Way {
        name: frame.say("channels-web"),
        state: Standing::On,
        missing: Vec::new(),
        webhook: None,
        waiting: 0,
        oldest: None,
    };
    let others = console.settings().channels().into_iter().map(|wanted| {
        let word = wanted.name.to_lowercase();
        let of_channel = || owed.iter().filter(|one| one.channel == word);
        let state = match (wanted.missing.is_empty(), wanted.begun) {
            (true, _) => Standing::On,
            (false, true) => Standing::Incomplete,
            (false, false) => Standing::Off,
        };
        Way {
            webhook: (state == Standing::On).then(|| format!("{}/webhooks/{word}", console.url())),
            name: wanted.name.to_string(),
            state,
            missing: wanted.missing,
            waiting: of_channel().map(|one| one.count).sum(),
            oldest: of_channel().filter_map(|one| one.oldest).min(),
        }
    });
    let page = Page {
        channels: std::iter::once(chat).chain(others).collect(),
        frame: frame.clone(),
    };
    frame.answer(&page)
}
