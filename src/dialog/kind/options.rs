//! The options of a choice, wherever they come from: listed in the file, the catalogue, the regions, the
//! person's own cases and saved forms.

use crate::dialog::cond;
use crate::dialog::model::{Choose, Dialog, Exit, Kind, OptionSpec, Options, Service, Step};
use crate::dialog::talk::Talk;
use crate::text::bidi;
use crate::text::lang::Lang;
use crate::text::place::{REGIONS, RegionFacts};

/// One thing that can be picked.
pub(in crate::dialog) struct Pickable {
    pub name: String,
    pub title: String,
    pub note: Option<String>,
    /// Other words for it, folded.
    pub words: Vec<String>,
}

/// What can be picked now, in order.
pub(in crate::dialog) fn of(talk: &Talk, choose: &Choose) -> Vec<Pickable> {
    let lang = talk.lang();
    match &choose.options {
        Options::Listed(options) => {
            let frame = talk.frame();
            let stands = |option: &&OptionSpec| {
                frame.is_none_or(|frame| cond::passes(talk, frame, option.when.as_ref()))
            };
            options
                .iter()
                .filter(stands)
                .map(|option| listed(option, lang))
                .collect()
        }
        Options::Services => talk
            .dialogs
            .services
            .iter()
            .filter(is_shown)
            .map(|one| service(one, lang))
            .collect(),
        Options::Regions => REGIONS.iter().map(|facts| region(facts, lang)).collect(),
        Options::Cases if talk.state.hidden => Vec::new(),
        Options::Cases => talk
            .event
            .known
            .cases
            .iter()
            .map(|case| own_case(talk, case))
            .collect(),
        Options::Paused if talk.state.hidden => Vec::new(),
        Options::Paused => told_apart(
            talk.state
                .paused
                .iter()
                .filter_map(|frame| saved(talk, frame))
                .collect(),
        ),
    }
}

fn listed(option: &OptionSpec, lang: Lang) -> Pickable {
    let other = match lang {
        Lang::Ar => Lang::En,
        Lang::En => Lang::Ar,
    };
    let mut words = option.words.clone();
    words.push(crate::text::fold::fold(option.text.source(other)));
    Pickable {
        name: option.name.clone(),
        title: option.text.source(lang).to_owned(),
        note: option
            .note
            .as_ref()
            .map(|note| note.source(lang).to_owned()),
        words,
    }
}

/// Open, or closed with a text that says so.
fn is_shown(service: &&Service) -> bool {
    service.open || service.closed.is_some()
}

fn service(service: &Service, lang: Lang) -> Pickable {
    Pickable {
        name: service.name.clone(),
        title: service.title.source(lang).to_owned(),
        note: Some(service.text.source(lang).to_owned()),
        words: Vec::new(),
    }
}

fn region(facts: &RegionFacts, lang: Lang) -> Pickable {
    let (title, other) = match lang {
        Lang::Ar => (facts.ar, facts.en),
        Lang::En => (facts.en, facts.ar),
    };
    Pickable {
        name: facts.code.to_owned(),
        title: title.to_owned(),
        note: None,
        words: vec![
            crate::text::fold::fold(other),
            crate::text::fold::fold(facts.seat),
        ],
    }
}

fn own_case(talk: &Talk, case: &crate::event::KnownCase) -> Pickable {
    let service = talk.service_named(&case.service);
    Pickable {
        name: case.reference.clone(),
        title: case.reference.clone(),
        note: service.map(|service| service.title.source(talk.lang()).to_owned()),
        words: Vec::new(),
    }
}

/// A saved form by what it asks for, with the day on which it was left.
fn saved(talk: &Talk, frame: &crate::dialog::state::Frame) -> Option<Pickable> {
    let dialog = talk.dialog_of(frame)?;
    let service = talk.service(frame).map(|service| &service.title);
    let title = service.unwrap_or(&dialog.title);
    Some(Pickable {
        name: frame.instance.clone(),
        title: title.source(talk.lang()).to_owned(),
        note: Some(crate::dialog::shown::day(frame.asked_at, talk.lang())),
        words: Vec::new(),
    })
}

/// Of several with one title the later ones are numbered: a typed title, or a channel without notes, must
/// still mean one of them.
fn told_apart(mut all: Vec<Pickable>) -> Vec<Pickable> {
    for at in (1..all.len()).rev() {
        let before = all[..at].iter();
        let same = before.filter(|one| one.title == all[at].title).count();
        if same > 0 {
            all[at].title += &format!(" ({})", same + 1);
        }
    }
    all
}

/// The title of an option that was picked, also when it cannot be picked any more.
pub(in crate::dialog) fn title(talk: &Talk, _dialog: &Dialog, step: &Step, name: &str) -> String {
    let Kind::Choose(choose) = &step.kind else {
        return name.to_owned();
    };
    let lang = talk.lang();
    let title = match &choose.options {
        Options::Listed(options) => {
            let option = options.iter().find(|option| option.name == name);
            option.map(|option| option.text.source(lang).to_owned())
        }
        Options::Services => talk
            .service_named(name)
            .map(|service| service.title.source(lang).to_owned()),
        Options::Regions => {
            let facts = REGIONS.iter().find(|facts| facts.code == name);
            facts.map(|facts| region(facts, lang).title)
        }
        Options::Cases => Some(bidi::ltr(name)),
        Options::Paused => None,
    };
    title.unwrap_or_else(|| name.to_owned())
}

/// The exit of a listed option.
pub(in crate::dialog) fn exit(choose: &Choose, name: &str) -> Option<Exit> {
    match &choose.options {
        Options::Listed(options) => options
            .iter()
            .find(|option| option.name == name)?
            .to
            .clone(),
        Options::Services | Options::Regions | Options::Cases | Options::Paused => None,
    }
}
