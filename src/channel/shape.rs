//! How a reply takes the form that a medium can carry: the one place where replies are degraded (DESIGN
//! section 4). A dialog says what it wants; the limits of the channel decide the form. Pure.

mod title;

use crate::reply::{Choice, Choices, Limits, MORE, Reply, Show, Wants};
use crate::text::{bidi, graphemes};

/// Options and controls shown at once where a medium pages and could carry more: a screen's height.
const PAGE_MOST: usize = 10;

/// A reply in parts, each one message of the medium, in order.
#[derive(Clone, Debug, PartialEq)]
pub struct Shaped {
    pub parts: Vec<Part>,
    /// The provider's id of the person's message on which this hangs, where the medium can show that.
    pub answers: Option<String>,
}

/// One message of the medium.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    /// Words, and below them what can be pressed.
    Text { text: String, below: Below },
    /// Something shown in a form of the medium's own; what it has no form for has become words.
    Show(Show),
}

/// What stands below a text.
#[derive(Clone, Debug, PartialEq)]
pub enum Below {
    Nothing,
    /// Buttons, controls behind the answers; titles fit and differ.
    Buttons(Vec<Choice>),
    /// Rows of a list that opens by a button with this title; titles fit and differ, controls come last.
    List {
        open: String,
        rows: Vec<Choice>,
    },
    /// The text has the choices numbered from 1; these are they, and the controls, which have no number.
    Numbered {
        options: Vec<Choice>,
        controls: Vec<Choice>,
    },
    /// A native way to give what is wanted (a place, the own contact card), and beside it, where there is room,
    /// answers and controls; their titles are words that the question understands.
    Ask {
        wants: Wants,
        beside: Vec<Choice>,
    },
    /// One button that opens an address.
    Link {
        url: String,
        title: String,
    },
}

/// The parts of a reply within these limits.
pub fn shape(reply: &Reply, limits: &Limits) -> Shaped {
    let mut texts = reply.texts.clone();
    let mut shows = Vec::new();
    let mut answers = None;
    let lone_link = lone_link(reply, limits);
    for show in &reply.shows {
        match show {
            _ if is_native(show, limits) => shows.push(show.clone()),
            Show::Link { .. } if lone_link.is_some() => {}
            Show::Quote { of: Some(of), .. } if limits.native.quote => answers = Some(of.clone()),
            Show::Quote { text, .. } => texts.insert(0, format!("«{text}»")),
            other => texts.extend(in_words(other)),
        }
    }
    let below = match lone_link {
        Some(link) => link,
        None => below(reply, limits),
    };
    if let Below::Numbered { options, controls } = &below {
        // Where the words count already, a second count would give one number two meanings.
        let counted = texts
            .iter()
            .flat_map(|text| text.lines())
            .any(|line| line.starts_with("1. "));
        texts.push(match counted {
            true => dashed(options, controls),
            false => numbered(options, controls),
        });
    }
    if let Below::Buttons(buttons) = &below {
        texts.extend(notes(buttons));
    }
    if let (Below::Ask { .. }, false, Some(choices)) =
        (&below, limits.native.ask_beside, &reply.choices)
        && !choices.options.is_empty()
    {
        texts.push(dashed(&choices.options, &[]));
    }
    Shaped {
        parts: arrange(texts, shows, below, limits),
        answers,
    }
}

fn is_native(show: &Show, limits: &Limits) -> bool {
    match show {
        Show::Place { .. } => limits.native.place,
        Show::Card { .. } => limits.native.card,
        Show::File { .. } | Show::Attachment { .. } => limits.native.file,
        Show::Audio { .. } => limits.native.audio,
        Show::Link { .. } | Show::Quote { .. } => false,
    }
}

/// The one link of a reply that has nothing else to press.
fn lone_link(reply: &Reply, limits: &Limits) -> Option<Below> {
    let mut links = reply.shows.iter().filter_map(|show| match show {
        Show::Link { url, title } => Some((url, title)),
        _ => None,
    });
    let (url, title) = links.next()?;
    let alone = links.next().is_none() && reply.choices.is_none() && limits.native.link;
    alone.then(|| Below::Link {
        url: url.clone(),
        title: graphemes::cut(title, limits.button_title).to_owned(),
    })
}

/// A thing as words. A recording has none: its words stand beside it already.
fn in_words(show: &Show) -> Option<String> {
    match show {
        Show::Place {
            latitude,
            longitude,
            title,
            address,
        } => {
            let map = format!("https://maps.google.com/?q={latitude},{longitude}");
            let lines = [title.as_str(), address.as_str(), map.as_str()];
            let lines: Vec<_> = lines.into_iter().filter(|line| !line.is_empty()).collect();
            Some(lines.join("\n"))
        }
        Show::Card { name, phones } => {
            let phones: Vec<_> = phones.iter().map(|phone| bidi::ltr(phone)).collect();
            Some(format!("{name}\n{}", phones.join("\n")))
        }
        Show::File { title, .. } => Some(title.clone()),
        Show::Attachment { file } => file.name.clone(),
        Show::Quote { .. } | Show::Audio { .. } => None,
        Show::Link { url, title } => Some(format!("{title}\n{url}")),
    }
}

fn below(reply: &Reply, limits: &Limits) -> Below {
    let none = Choices {
        several: false,
        options: Vec::new(),
        controls: Vec::new(),
        from: 0,
        more: String::new(),
        open: String::new(),
    };
    let choices = reply.choices.as_ref().unwrap_or(&none);
    if let Some(wants) = asked(reply, choices, limits) {
        let beside = choices.options.iter().chain(&choices.controls);
        return Below::Ask {
            wants,
            beside: beside
                .filter(|_| limits.native.ask_beside)
                .cloned()
                .collect(),
        };
    }
    if choices.options.is_empty() && choices.controls.is_empty() {
        return Below::Nothing;
    }
    if limits.buttons == 0 && limits.rows.is_none() {
        return Below::Numbered {
            options: choices.options.clone(),
            controls: choices.controls.clone(),
        };
    }
    pressable(choices, limits)
}

/// What the medium has an own way to give; not where options are to be picked, but for the one that stands for
/// "here" where a means of contact is asked.
fn asked(reply: &Reply, choices: &Choices, limits: &Limits) -> Option<Wants> {
    let has_way = match reply.wants? {
        Wants::Location => limits.native.ask_place && choices.options.is_empty(),
        Wants::Phone => limits.native.ask_contact && choices.options.is_empty(),
        Wants::Contact => limits.native.ask_contact,
        _ => false,
    };
    reply.wants.filter(|_| has_way)
}

fn pressable(choices: &Choices, limits: &Limits) -> Below {
    let all: Vec<&Choice> = choices.options.iter().chain(&choices.controls).collect();
    let fit_buttons = all.len() <= limits.buttons
        && all
            .iter()
            .all(|one| length(&one.title) <= limits.button_title)
        && all
            .iter()
            .all(|one| one.note.is_none() || limits.rows.is_none());
    match limits.rows {
        Some(rows) if !fit_buttons => Below::List {
            open: graphemes::cut(&choices.open, limits.button_title).to_owned(),
            rows: title::rows(page(choices, rows), limits),
        },
        _ => Below::Buttons(title::buttons(
            page(
                choices,
                limits
                    .buttons
                    .min(PAGE_MOST.max(choices.controls.len() + 2)),
            ),
            limits,
        )),
    }
}

/// What is shown at once of all choices: a page of options, what leads to the next page, the controls.
/// Behind the last page comes the first again.
fn page(choices: &Choices, most: usize) -> Vec<Choice> {
    let all = choices.options.iter().chain(&choices.controls);
    if choices.options.len() + choices.controls.len() <= most {
        return all.cloned().collect();
    }
    let controls = &choices.controls[..choices.controls.len().min(most.saturating_sub(2))];
    let room = most - controls.len();
    if choices.options.len() <= room {
        return choices.options.iter().chain(controls).cloned().collect();
    }
    let room = room - 1;
    let from = match choices.from < choices.options.len() {
        true => choices.from,
        false => 0,
    };
    let next = match from + room < choices.options.len() {
        true => from + room,
        false => 0,
    };
    let more = Choice {
        data: format!("{MORE}{next}"),
        title: choices.more.clone(),
        note: None,
    };
    let options = choices.options.iter().skip(from).take(room).cloned();
    options
        .chain([more])
        .chain(controls.iter().cloned())
        .collect()
}

fn dashed(options: &[Choice], controls: &[Choice]) -> String {
    let lines = options.iter().chain(controls).map(|one| match &one.note {
        Some(note) => format!("- {} ({note})", one.title),
        None => format!("- {}", one.title),
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn numbered(options: &[Choice], controls: &[Choice]) -> String {
    let options = options.iter().enumerate().map(|(n, one)| match &one.note {
        Some(note) => format!("{}. {} ({note})", n + 1, one.title),
        None => format!("{}. {}", n + 1, one.title),
    });
    let controls = controls.iter().map(|one| format!("- {}", one.title));
    options.chain(controls).collect::<Vec<_>>().join("\n")
}

/// Notes of buttons, where the medium has no second line: they stand in the text.
fn notes(buttons: &[Choice]) -> Option<String> {
    let lines: Vec<_> = buttons
        .iter()
        .filter_map(|one| Some(format!("- {}: {}", one.title, one.note.as_ref()?)))
        .collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

/// Texts first, then what is shown, and last what is to be pressed, so that it stands where the thumb is;
/// where all is said in one text it keeps its buttons, and what is shown follows.
fn arrange(texts: Vec<String>, shows: Vec<Show>, below: Below, limits: &Limits) -> Vec<Part> {
    let pressed = below != Below::Nothing;
    let last = match pressed && !shows.is_empty() && texts.len() > 1 {
        true => texts.len() - 1,
        false => texts.len(),
    };
    let (first, rest) = texts.split_at(last);
    let mut parts = Vec::new();
    if rest.is_empty() {
        parts.extend(worded(first, below, limits));
        parts.extend(shows.into_iter().map(Part::Show));
    } else {
        parts.extend(worded(first, Below::Nothing, limits));
        parts.extend(shows.into_iter().map(Part::Show));
        parts.extend(worded(rest, below, limits));
    }
    parts
}

/// Texts as few messages, what can be pressed below the last of them.
fn worded(texts: &[String], below: Below, limits: &Limits) -> Vec<Part> {
    let whole = texts.join("\n\n");
    let most = match below {
        Below::Nothing | Below::Numbered { .. } => limits.text,
        _ => limits.text_with_choices,
    };
    let mut pieces: Vec<String> = graphemes::split_sentences(&whole, limits.text)
        .into_iter()
        .map(str::to_owned)
        .collect();
    if pieces.last().is_some_and(|last| length(last) > most) {
        let long = pieces.pop().unwrap_or_default();
        pieces.extend(parted(&long, most));
    }
    let last = pieces.len().saturating_sub(1);
    let mut below = Some(below);
    pieces
        .into_iter()
        .enumerate()
        .map(|(at, text)| Part::Text {
            text,
            below: match at == last {
                true => below.take().unwrap_or(Below::Nothing),
                false => Below::Nothing,
            },
        })
        .collect()
}

/// A text in two: a beginning, and an end that fits above what can be pressed, as much of it as comes whole:
/// last paragraphs, else the last piece.
fn parted(text: &str, most: usize) -> Vec<String> {
    let ends = text.match_indices("\n\n").map(|(at, _)| at);
    let fitting = ends.filter(|at| length(&text[at + 2..]) <= most).min();
    if let Some(at) = fitting {
        return vec![text[..at].trim_end().to_owned(), text[at + 2..].to_owned()];
    }
    let pieces = graphemes::split_sentences(text, most);
    let Some((last, _)) = pieces.split_last() else {
        return Vec::new();
    };
    let begins = text.len() - last.len();
    vec![text[..begins].trim_end().to_owned(), (*last).to_owned()]
}

/// As platforms count: Unicode scalars.
fn length(text: &str) -> usize {
    text.chars().count()
}

#[cfg(test)]
mod tests;
