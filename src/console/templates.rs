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
use super::platform::States;
use super::section::Section;
use super::visit::{Staff, Visit};
use super::words::Say;
use super::wrong::Wrong;

/// The channel whose platform approves them.
const CHANNEL: &str = "whatsapp";

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
    /// What the platform says of it, a language each: tone and words.
    states: Vec<(&'static str, String)>,
}

/// What the platform says of a template, language by language.
fn states(said: Option<&States>, name: &str, say: Say) -> Vec<(&'static str, String)> {
    let Some(said) = said else {
        return vec![("info", say.say("template-unknown"))];
    };
    ["ar", "en"].map(|lang| state(said, name, lang, say)).into()
}

fn state(said: &States, name: &str, language: &str, say: Say) -> (&'static str, String) {
    let word = said.get(&(name.to_string(), language.to_string()));
    let (tone, words) = match word.map(String::as_str) {
        Some("APPROVED") => ("good", "template-approved"),
        Some("PENDING" | "IN_APPEAL") => ("warn", "template-pending"),
        Some(_) => ("bad", "template-refused"),
        None => ("warn", "template-missing"),
    };
    let spoken = say.say(match language {
        "ar" => "language-ar",
        _ => "language-en",
    });
    (tone, format!("{spoken}: {}", say.say(words)))
}

async fn show(
    State(console): State<Console>,
    staff: Staff,
    visit: Visit,
) -> Result<Response, Wrong> {
    staff.need(Permission::Templates)?;
    let dialogs = console.registry().current();
    let said = console.approved().of(CHANNEL);
    let templates = dialogs.templates.values().map(|one| Listed {
        name: one.name.clone(),
        category: one.category.clone(),
        ar: one.text.ar.clone(),
        en: one.text.en.clone(),
        parameters: one.parameters.len(),
        states: states(said.as_ref(), &one.name, visit.say()),
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
