//! The page that a charity prints: one QR code and one short link for each way to write to it.

use std::path::Path;

use askama::Template;
use qrcode::QrCode;
use qrcode::render::svg;

use super::open;
use crate::channel::web;
use crate::cli::dialogs;
use crate::cli::exit::{Ended, Ending, Failure, OrEnd};
use crate::cli::out::say;
use crate::config::Settings;
use crate::text::lang::Lang;
use crate::web::texts::Texts;

/// Side of a code in pixels; it is drawn as vectors and scales with the page.
const CODE_PIXELS: u32 = 240;

#[derive(Template)]
#[template(path = "cli/channels/poster.html", config = "src/web/askama.toml")]
struct Poster<'a> {
    title_ar: &'a str,
    title_en: &'a str,
    how_ar: &'a str,
    how_en: &'a str,
    note_ar: &'a str,
    note_en: &'a str,
    columns: usize,
    ways: Vec<Way<'a>>,
}

struct Way<'a> {
    name_ar: &'a str,
    name_en: &'a str,
    link: String,
    /// SVG.
    code: String,
}

impl Way<'_> {
    /// As people type it.
    fn shown(&self) -> &str {
        let schemes = ["https://", "mailto:"];
        let mut bare = schemes
            .iter()
            .filter_map(|scheme| self.link.strip_prefix(scheme));
        bare.next().unwrap_or(&self.link)
    }
}

/// Writes the page.
pub async fn print(settings: &Settings, out: &Path) -> Ended {
    let (channels, url) = open(settings)?;
    let set = dialogs::set(settings)?;
    let texts = &set.shelf.texts;
    let mut links = vec![(web::NAME, url.origin().to_owned())];
    for channel in &channels {
        match channel.entrance(None).await {
            Some(link) => links.push((channel.name(), link)),
            None => say(format!(
                "{}: its link cannot be had now, so it does not stand on the page; see `wasl channels check`",
                channel.name()
            )),
        }
    }
    let charity = &set.dialogs.charity;
    let page = Poster {
        title_ar: &charity.title_ar,
        title_en: &charity.title_en,
        how_ar: texts.say("poster_how", Lang::Ar),
        how_en: texts.say("poster_how", Lang::En),
        note_ar: texts.say("poster_note", Lang::Ar),
        note_en: texts.say("poster_note", Lang::En),
        columns: links.len().min(2),
        ways: links
            .into_iter()
            .map(|(channel, link)| way(texts, channel, link))
            .collect::<Result<_, _>>()?,
    };
    let page = page.render().or_end(Ending::Fault, "drawing the poster")?;
    let doing = format!("writing {}", out.display());
    std::fs::write(out, page).or_end(Ending::File, &doing)?;
    say(format!(
        "Written to {}; open it in a browser and print it.",
        out.display()
    ));
    if url.is_loopback() {
        say("It leads to this machine alone: set WASL_PUBLIC_URL to the address that people open.");
    }
    Ok(Ending::Done)
}

fn way<'a>(texts: &'a Texts, channel: &str, link: String) -> Result<Way<'a>, Failure> {
    let name = match channel {
        "telegram" => "channel_telegram",
        "whatsapp" => "channel_whatsapp",
        "email" => "channel_email",
        _ => "channel_web",
    };
    let code = QrCode::new(link.as_bytes()).or_end(Ending::Fault, "making a QR code")?;
    Ok(Way {
        name_ar: texts.say(name, Lang::Ar),
        name_en: texts.say(name, Lang::En),
        code: code
            .render::<svg::Color<'_>>()
            .min_dimensions(CODE_PIXELS, CODE_PIXELS)
            .build(),
        link,
    })
}
