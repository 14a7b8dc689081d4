//! What each channel can carry: lengths of texts and titles, numbers of buttons and rows, titles that stay
//! apart when they are shortened.

use std::collections::BTreeMap;

use super::texts::{Part, Place, Said};
use super::variables::at_of;
use super::{Channel, Proof, Where, names, texts};
use crate::dialog::model::{Choose, Dialog, Kind, OptionSpec, Options, Step};
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
            if let Kind::Choose(Choose {
                options: Options::Listed(options),
                several,
                ..
            }) = &step.kind
            {
                for (channel, limits) in channels {
                    choices(proof, (dialog, step), options, *several, (channel, limits));
                }
            }
        }
    }
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
        Place::Dialog(_) | Place::Phrase(_) | Place::Template(_) | Place::House => None,
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
    (channel, limits): (&str, &Limits),
) {
    let room = limits.rows.unwrap_or(0).max(limits.buttons);
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
        let mut shortened: BTreeMap<String, &str> = BTreeMap::new();
        for option in options {
            title(proof, (dialog, step), option, lang, (channel, limit));
            let short: String = option.text.source(lang).chars().take(limit).collect();
            if short.is_empty() {
                continue;
            }
            if let Some(other) = shortened.insert(short, &option.name) {
                let place = proof.of_step(dialog, step, place_of(option, lang));
                let what = format!(
                    "the options `{other}` and `{}` read the same on {channel}",
                    option.name
                );
                proof.error(
                    &place,
                    "equal_titles",
                    what,
                    format!("Let them differ within the first {limit} characters."),
                );
            }
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
        let place = proof.of_step(dialog, step, place_of(option, lang));
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

fn place_of(option: &OptionSpec, lang: Lang) -> crate::dialog::finding::Span {
    match lang {
        Lang::Ar => option.text.ar_at,
        Lang::En => option.text.en_at,
    }
}
