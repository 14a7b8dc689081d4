//! A page with a sentence, in both languages, and a way on: where the chat itself cannot stand.

use askama::Template;

use super::shelf::Shelf;
use crate::channel::web::language;
use crate::text::lang::Lang;

#[derive(Template)]
#[template(path = "web/plain.html", config = "src/web/askama.toml")]
struct Plain<'a> {
    language: &'static str,
    direction: &'static str,
    other_language: &'static str,
    title: &'a str,
    first: String,
    second: String,
    /// Where they lead, and what is written on them.
    ways: Vec<(&'static str, &'a str)>,
    icon: String,
    style: String,
}

/// Says `words`, first in the reader's language; `ways` are addresses and names of the page's words.
pub fn page(
    shelf: &Shelf,
    reader: Lang,
    title: &str,
    words: impl Fn(Lang) -> String,
    ways: &[(&'static str, &'static str)],
) -> String {
    let page = Plain {
        language: language(reader),
        direction: direction(reader),
        other_language: language(other(reader)),
        title,
        first: words(reader),
        second: words(other(reader)),
        ways: ways
            .iter()
            .map(|(address, name)| (*address, shelf.texts.say(name, reader)))
            .collect(),
        icon: shelf.assets.icon(),
        style: shelf.assets.style(),
    };
    page.render().unwrap_or_else(|_| words(reader))
}

pub fn other(language: Lang) -> Lang {
    match language {
        Lang::Ar => Lang::En,
        Lang::En => Lang::Ar,
    }
}

pub fn direction(language: Lang) -> &'static str {
    match language {
        Lang::Ar => "rtl",
        Lang::En => "ltr",
    }
}
