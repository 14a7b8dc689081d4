//! `/a/{link}`: signed links that stand in messages of ours. Opening one shows what it would do and changes
//! nothing, because scanners of mail open everything; a press does it. No cookie, no login, nothing personal
//! in the address.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

use super::Site;
use super::plain::direction;
use super::wrong::Wrong;
use crate::channel::email::NAME;
use crate::channel::web::language;
use crate::channel::{Asks, Followed, Took};
use crate::event::Seed;
use crate::text::lang::Lang;

/// A page that asks, or says that it is done.
#[derive(Template)]
#[template(path = "web/link.html", config = "src/web/askama.toml")]
struct Page<'a> {
    language: &'static str,
    direction: &'static str,
    charity: String,
    heading: &'a str,
    words: String,
    /// What is written on the button; None once it is done.
    button: Option<&'a str>,
    icon: String,
    style: String,
}

/// `GET`: what the link would do.
pub async fn show(State(site): State<Site>, Path(link): Path<String>) -> Result<Response, Wrong> {
    let followed = follow(&site, &link)?;
    let (heading, words, button): (&'static str, &str, &'static str) = match &followed.asks {
        Asks::Press { title } => ("link_choice", title.as_str(), "link_send"),
        Asks::Unsubscribe => ("link_unsubscribe", "", "link_stop"),
    };
    Ok(page(
        &site,
        followed.language,
        (heading, words),
        Some(button),
    ))
}

/// `POST`: does it. A provider's one-click answer is this too, whatever stands in its body.
pub async fn press(State(site): State<Site>, Path(link): Path<String>) -> Result<Response, Wrong> {
    let Followed {
        language,
        asks,
        brought,
    } = follow(&site, &link)?;
    let channel = site.door().channel(NAME).map_err(|_| Wrong::Busy)?;
    let channel = channel.ok_or(Wrong::Missing)?;
    let took = Took {
        brought,
        ..Took::default()
    };
    match site.door().hear(&channel, took).await {
        Ok(true) => {}
        Ok(false) | Err(_) => return Err(Wrong::Busy),
    }
    let heading = match asks {
        Asks::Press { .. } => "link_sent",
        Asks::Unsubscribe => "link_stopped",
    };
    Ok(page(&site, language, (heading, ""), None))
}

fn follow(site: &Site, link: &str) -> Result<Followed, Wrong> {
    let channel = site.door().channel(NAME).map_err(|_| Wrong::Busy)?;
    let channel = channel.ok_or(Wrong::Missing)?;
    let now = chrono::Utc::now().timestamp_millis();
    channel
        .follow(link, now, Seed(rand::random()))
        .ok_or(Wrong::Missing)
}

fn page(
    site: &Site,
    lang: Lang,
    (heading, words): (&'static str, &str),
    button: Option<&'static str>,
) -> Response {
    let shelf = site.shelf();
    let page = Page {
        language: language(lang),
        direction: direction(lang),
        charity: site.door().title(lang),
        heading: shelf.texts.say(heading, lang),
        words: words.to_owned(),
        button: button.map(|name| shelf.texts.say(name, lang)),
        icon: shelf.assets.icon(),
        style: shelf.assets.style(),
    };
    let html = page.render().unwrap_or_default();
    (
        [
            (CONTENT_TYPE, "text/html; charset=utf-8"),
            (CACHE_CONTROL, "no-store"),
        ],
        html,
    )
        .into_response()
}
