//! What each channel can carry: lengths of texts and titles, numbers of buttons and rows, titles that stay
//! apart when they are shortened.

use std::collections::BTreeMap;

use super::texts::{Part, Place, Said};
use super::variables::at_of;
use super::{Channel, Proof, Where, names, texts};
use crate::dialog::finding::Span;
use crate::dialog::model::{Choose, Dialog, Kind, OptionSpec, Options, Step, Text};
use crate::reply::Limits;
use crate::text::lang::Lang;

const LANGUAGES: [Lang; 2] = [Lang::Ar, Lang::En];

pub fn prove(proof: &mut Proof<'_, '_>, channels: &[Channel<'_>]) {
    let loaded = proof.loaded;
    for said in &texts::all(loaded) {
        recording(proof, said);
        for (channel, limits) in channels {
            length(proof, said, channel, limits);
        }
    }
    for dialog in loaded.dialogs.values() {
        for step in &dialog.steps {
            let Kind::Choose(Choose {
                options, several, ..
            }) = &step.kind
            else {
                continue;
            };
            if let Options::Listed(options) = options {
                for channel in channels {
                    choices(proof, (dialog, step), options, *several, *channel);
                }
            }
        }
    }
    for channel in channels {
        services(proof, *channel);
    }
}

/// The catalogue is offered as a list of rows.
fn services(proof: &mut Proof<'_, '_>, (channel, limits): Channel<'_>) {
    let Some((file, tree)) = proof.house_file("services") else {
        return;
    };
    let services = &proof.loaded.services;
    let room = limits.choices();
    if services.len() > room && !limits.paged {
        let at = tree.get("services").map_or(tree.at, |list| list.at);
        let place = Where {
            file: file.clone(),
            at,
            step: None,
        };
        let what = format!(
            "there are {} services, and {channel} carries {room} choices",
            services.len()
        );
        proof.error(&place, "too_many", what, "Take some together, or out.");
    }
    let limit = title_limit(limits, usize::MAX);
    for lang in LANGUAGES {
        let titles = services
            .iter()
            .map(|service| (service.name.as_str(), &service.title));
        for (other, name, text) in equal(titles, lang, limit) {
            let place = Where {
                file: file.clone(),
                at: text_at(text, lang),
                step: None,
            };
            let what = format!("the services `{other}` and `{name}` read the same on {channel}");
            proof.error(
                &place,
                "equal_titles",
                what,
                format!("Let them differ within the first {limit} characters."),
            );
        }
    }
}

/// Names and texts that read like an earlier one when they are cut at the limit.
fn equal<'a>(
    titles: impl Iterator<Item = (&'a str, &'a Text)>,
    lang: Lang,
    limit: usize,
) -> Vec<(&'a str, &'a str, &'a Text)> {
    let mut shortened: BTreeMap<String, &str> = BTreeMap::new();
    let mut equal = Vec::new();
    for (name, text) in titles.filter(|(_, text)| !text.source(lang).is_empty()) {
        let short: String = text.source(lang).chars().take(limit).collect();
        if let Some(other) = shortened.insert(short, name) {
            equal.push((other, name, text));
        }
    }
    equal
}

fn recording<'a>(proof: &mut Proof<'a, '_>, said: &Said<'a>) {
    if let Some(audio) = &said.text.audio {
        let place = Where {
            file: said.file.clone(),
            at: said.text.at,
            step: step_of(said),
        };
        names::file(proof, &place, audio);
    }
}

fn step_of<'a>(said: &Said<'a>) -> Option<&'a str> {
    match said.place {
        Place::Step(_, step) => Some(&step.name),
        Place::Dialog(_) | Place::Phrase(_) | Place::Template(_) => None,
        Place::Faq | Place::House => None,
    }
}

/// Options of a choose are measured with each other, in `choices`.
fn length<'a>(proof: &mut Proof<'a, '_>, said: &Said<'a>, channel: &str, limits: &Limits) {
    let of_step = matches!(said.place, Place::Step(..));
    let limit = match said.part {
        Part::Message => limits.text,
        Part::Question => limits.text_with_choices.min(limits.text),
        Part::Button => limits.button_title,
        Part::Option if !of_step => title_limit(limits, usize::MAX),
        Part::Note => limits.row_note,
        Part::Option | Part::Inside => return,
    };
    for lang in LANGUAGES {
        let length = said_length(said.text.source(lang));
        if length > limit {
            let place = Where {
                file: said.file.clone(),
                at: at_of(said, lang),
                step: step_of(said),
            };
            let what =
                format!("the text has {length} characters, and {channel} carries {limit} here");
            proof.error(
                &place,
                "too_long",
                what,
                "Shorten it, or divide it into two steps.",
            );
        }
    }
}

/// What certainly is said of a text: its characters without the tags. What is filled in comes on top.
fn said_length(source: &str) -> usize {
    let mut length = 0;
    let mut rest = source;
    while let Some(open) = rest.find("{{").into_iter().chain(rest.find("{%")).min() {
        length += rest[..open].chars().count();
        let inside = &rest[open..];
        let end = inside
            .find("}}")
            .into_iter()
            .chain(inside.find("%}"))
            .min()
            .map_or(inside.len(), |end| end + 2);
        rest = &inside[end..];
    }
    length + rest.chars().count()
}

/// How long a title may be where so many options are offered: on buttons while they fit, else on rows.
fn title_limit(limits: &Limits, count: usize) -> usize {
    match limits.rows {
        Some(_) if count > limits.buttons => limits.row_title,
        Some(_) | None => limits.button_title,
    }
}

fn choices<'a>(
    proof: &mut Proof<'a, '_>,
    (dialog, step): (&'a Dialog, &'a Step),
    options: &'a [OptionSpec],
    several: bool,
    (channel, limits): Channel<'_>,
) {
    let room = limits.choices();
    // Picking several needs a button more, to say that one is done.
    let wanted = options.len() + usize::from(several);
    if wanted > room && !limits.paged {
        let place = proof.key(dialog, step, "options");
        let what = format!(
            "offers {} choices, and {channel} carries {room}",
            options.len()
        );
        proof.error(
            &place,
            "too_many",
            what,
            "Leave some out, or put some behind a choice «المزيد».",
        );
    }
    let limit = title_limit(limits, wanted);
    for lang in LANGUAGES {
        for option in options {
            title(proof, (dialog, step), option, lang, (channel, limit));
        }
        let titles = options
            .iter()
            .map(|option| (option.name.as_str(), &option.text));
        for (other, name, text) in equal(titles, lang, limit) {
            let place = proof.of_step(dialog, step, text_at(text, lang));
            let what = format!("the options `{other}` and `{name}` read the same on {channel}");
            proof.error(
                &place,
                "equal_titles",
                what,
                format!("Let them differ within the first {limit} characters."),
            );
        }
    }
}

fn title<'a>(
    proof: &mut Proof<'a, '_>,
    (dialog, step): (&'a Dialog, &'a Step),
    option: &'a OptionSpec,
    lang: Lang,
    (channel, limit): (&str, usize),
) {
    let length = option.text.source(lang).chars().count();
    if length > limit {
        let place = proof.of_step(dialog, step, text_at(&option.text, lang));
        let what = format!(
            "the option `{}` has {length} characters, and {channel} carries {limit} here",
            option.name
        );
        proof.error(
            &place,
            "too_long",
            what,
            "Shorten it; what it means more exactly goes into its `note`.",
        );
    }
}

fn text_at(text: &Text, lang: Lang) -> Span {
    match lang {
        Lang::Ar => text.ar_at,
        Lang::En => text.en_at,
    }
}
