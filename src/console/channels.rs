//! `/staff/channels`: which ways in are on, what is missing for the others, and whether they keep up. Settings are
//! the operator's; no secret is ever shown.

use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::{get, post};

use super::Console;
use super::frame::Frame;
use super::permission::Permission;
use super::platform::Finding;
use super::section::Section;
use super::visit::{Staff, Visit};
use super::wrong::Wrong;
use crate::store::{line, queue};

pub fn routes() -> Router<Console> {
    Router::new()
        .route("/staff/channels", get(show))
        .route("/staff/channels/{name}/look", post(look))
}

#[derive(Template)]
#[template(path = "console/channels.html", config = "src/web/askama.toml")]
struct Page {
    frame: Frame,
    channels: Vec<Way>,
}

/// One way in, as its settings and its queue tell of it.
struct Way {
    /// The word of addresses and tables.
    word: String,
    name: String,
    state: Standing,
    /// Variables that are missing.
    missing: Vec<&'static str>,
    /// Where its provider delivers, when it is on.
    webhook: Option<String>,
    waiting: i64,
    oldest: Option<crate::event::Millis>,
    /// Nothing leaves: why, and since when.
    trouble: Option<(String, crate::event::Millis)>,
    /// Its platform can be asked.
    asks: bool,
    /// What its platform said just now.
    findings: Vec<Finding>,
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
    answer(&console, &staff, &visit, "", Vec::new()).await
}

/// Asks a platform whether its channel works, and what it knows of us: webhook, account, templates.
async fn look(
    State(console): State<Console>,
    staff: Staff,
    visit: Visit,
    Path(name): Path<String>,
) -> Result<Response, Wrong> {
    staff.need(Permission::Channels)?;
    let look = console.rooms()?.platforms.looks.get(&name);
    let findings = look.ok_or(Wrong::Missing)?().await;
    answer(&console, &staff, &visit, &name, findings).await
}

async fn answer(
    console: &Console,
    staff: &Staff,
    visit: &Visit,
    looked: &str,
    findings: Vec<Finding>,
) -> Result<Response, Wrong> {
    let mut tx = console.reader().await?;
    let owed = queue::owed(&mut tx).await?;
    let lines = line::all(&mut tx).await?;
    drop(tx);
    let looks = &console.rooms()?.platforms.looks;
    let frame = Frame::new(console, visit, staff, Section::Channels, "nav-channels");
    let chat = Way {
        word: "web".to_string(),
        name: frame.say("channels-web"),
        state: Standing::On,
        missing: Vec::new(),
        webhook: None,
        waiting: 0,
        oldest: None,
        trouble: None,
        asks: false,
        findings: Vec::new(),
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
            trouble: lines
                .iter()
                .find(|one| one.channel == word)
                .and_then(|one| one.trouble.clone()),
            asks: looks.contains_key(&word),
            findings: match word == looked {
                true => findings.clone(),
                false => Vec::new(),
            },
            word,
        }
    });
    let page = Page {
        channels: std::iter::once(chat).chain(others).collect(),
        frame: frame.clone(),
    };
    frame.answer(&page)
}
