//! What the person sees of a reply, as lines: the texts, the buttons beneath, what is shown beside them.
//! Marks that only turn the direction of letters are left out; a channel's shape is not its business.

use super::entry::{Expected, Key};
use crate::dialog::value::Flag;
use crate::reply::{Choice, Class, Reply, Show};
use crate::text::bidi::strip_isolates;

/// A reply as the block of a story.
pub fn reply(reply: &Reply) -> Expected {
    let key = match reply.class {
        Class::Dialog => Key::Bot,
        Class::Notice | Class::Staff => Key::Notice,
    };
    Expected {
        key,
        lines: lines(reply),
    }
}

/// A reply line by line, without isolates.
pub fn lines(reply: &Reply) -> Vec<String> {
    let mut lines: Vec<String> = reply.texts.iter().flat_map(|text| plain(text)).collect();
    lines.extend(reply.shows.iter().map(show));
    if let Some(choices) = &reply.choices {
        let options = (1..).zip(&choices.options);
        lines.extend(options.map(|(number, option)| numbered(number, option)));
        lines.extend(choices.controls.iter().map(control));
    }
    if let Some(proactive) = &reply.proactive {
        let parameters = proactive.parameters.join(" · ");
        lines.push(strip_isolates(&format!(
            "<template {}: {parameters}>",
            proactive.template
        )));
    }
    lines
}

/// The lines of a text as they are compared: without isolates and outer blanks.
pub fn plain(text: &str) -> Vec<String> {
    let text = strip_isolates(text);
    text.trim()
        .lines()
        .map(|line| line.trim().to_owned())
        .collect()
}

fn numbered(number: usize, option: &Choice) -> String {
    let title = strip_isolates(&option.title);
    match &option.note {
        Some(note) => format!("[{number}] {title} — {}", strip_isolates(note)),
        None => format!("[{number}] {title}"),
    }
}

fn control(control: &Choice) -> String {
    format!("({}) {}", word_of(control), strip_isolates(&control.title))
}

/// The word of a small control: `back`, `later`, `skip`, `done` …
pub fn word_of(control: &Choice) -> &str {
    let last = control.data.rsplit(':').next().unwrap_or_default();
    last.trim_start_matches(['!', '~'])
}

fn show(show: &Show) -> String {
    let line = match show {
        Show::Place {
            latitude,
            longitude,
            title,
            address,
        } => format!("<place {title}, {address}, {latitude},{longitude}>"),
        Show::Card { name, phones } => format!("<card {name}: {}>", phones.join(", ")),
        Show::File { path, title } => format!("<file {path}: {title}>"),
        Show::Audio { path } => format!("<audio {path}>"),
        Show::Link { url, title } => format!("<link {url}: {title}>"),
        Show::Attachment { file } => format!("<sent {}>", name_of(&file.kind)),
        Show::Quote { text, .. } => format!("<answers {text}>"),
    };
    strip_isolates(&line)
}

/// The word of a small closed set, as files write it: `food_basket`, `ask_them`.
pub fn name_of(word: &impl serde::Serialize) -> String {
    match serde_json::to_value(word) {
        Ok(serde_json::Value::String(name)) => name,
        Ok(other) => other.to_string(),
        Err(_) => String::new(),
    }
}

/// Flags in order, each once.
pub fn flags(flags: &[Flag]) -> Vec<String> {
    let mut flags = flags.to_vec();
    flags.sort();
    flags.dedup();
    flags.iter().map(name_of).collect()
}
