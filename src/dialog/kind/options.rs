//! The options of a choice, wherever they come from: listed in the file, the catalogue, the regions, the
//! person's own cases and saved forms.

use crate::dialog::cond;
use crate::dialog::model::{
    Choose, Dialog, Dialogs, Document, Exit, Kind, OptionSpec, Options, Service, Step, Text,
};
use crate::dialog::talk::{DAY, Talk};
use crate::event::{KnownCase, Millis};
use crate::text::bidi;
use crate::text::lang::Lang;
use crate::text::place::{REGIONS, RegionFacts};

/// The state of a case that the person took back, as `cases.yaml` calls it.
pub(in crate::dialog) const WITHDRAWN: &str = "withdrawn";

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
        Options::Cases | Options::Contestable | Options::Withdrawable => own_cases(talk, choose)
            .map(|case| own_case(talk, case))
            .collect(),
        Options::Documents => public(talk)
            .map(|document| titled(&document.name, &document.title, lang))
            .collect(),
        Options::Needs => needs(talk)
            .map(|(name, title)| titled(name, title, lang))
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
pub(in crate::dialog) fn is_shown(service: &&Service) -> bool {
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

/// The person's own cases that such a choice offers, newest first. A hidden talk tells of none.
fn own_cases<'t>(talk: &'t Talk, choose: &'t Choose) -> impl Iterator<Item = &'t KnownCase> {
    let shown = talk.event.known.cases.iter();
    let of_kind = |case: &&KnownCase| choose.kinds.is_empty() || choose.kinds.contains(&case.kind);
    let shown = shown.filter(|_| !talk.state.hidden).filter(of_kind);
    shown.filter(move |case| match choose.options {
        Options::Contestable => is_contestable(talk, case),
        Options::Withdrawable => is_withdrawable(talk, case),
        _ => true,
    })
}

/// Whether a decision was made about it that may still be objected to, and is not already (P18).
pub(in crate::dialog) fn is_contestable(talk: &Talk, case: &KnownCase) -> bool {
    let states = &talk.dialogs.cases.states;
    let days = talk.dialogs.charity.periods.objection_days;
    let is_open = |state: &str| {
        states
            .get(state)
            .is_none_or(|state| !state.moves.is_empty())
    };
    let mut others = talk.event.known.cases.iter();
    let contested =
        others.any(|other| other.about.as_ref() == Some(&case.reference) && is_open(&other.state));
    states
        .get(&case.state)
        .is_some_and(|state| state.contestable)
        && talk.now() <= case.state_at + Millis::from(days) * DAY
        && !contested
}

/// Whether something is still missing in it on the person's side.
pub(in crate::dialog) fn misses(talk: &Talk, case: &KnownCase) -> bool {
    let state = talk.dialogs.cases.states.get(&case.state);
    let is_over = state.is_some_and(|state| state.decided || state.moves.is_empty());
    !case.missing.is_empty() && !is_over
}

/// Whether the person may take it back.
pub(in crate::dialog) fn is_withdrawable(talk: &Talk, case: &KnownCase) -> bool {
    let state = talk.dialogs.cases.states.get(&case.state);
    state.is_some_and(|state| state.moves.iter().any(|to| to == WITHDRAWN))
}

/// Documents that may be sent and are there.
pub(in crate::dialog) fn public<'a>(talk: &Talk<'a>) -> impl Iterator<Item = &'a Document> {
    let all = talk.dialogs.documents.iter();
    all.filter(|document| document.public && document.file.is_some())
}

/// What some agency helps with: needs of their file, then services of the charity; each with its title.
pub(in crate::dialog) fn needs<'a>(talk: &Talk<'a>) -> impl Iterator<Item = (&'a str, &'a Text)> {
    let dialogs: &'a Dialogs = talk.dialogs;
    dialogs.agencies.served(&dialogs.services)
}

fn titled(name: &str, title: &Text, lang: Lang) -> Pickable {
    Pickable {
        name: name.to_owned(),
        title: title.source(lang).to_owned(),
        note: None,
        words: Vec::new(),
    }
}

fn own_case(talk: &Talk, case: &KnownCase) -> Pickable {
    let service = talk.service_named(&case.service);
    let kind = talk.dialogs.cases.kinds.get(&case.kind);
    let title = service
        .map(|service| &service.title)
        .or_else(|| kind.map(|kind| &kind.title));
    Pickable {
        name: case.reference.clone(),
        title: case.reference.clone(),
        note: title.map(|title| title.source(talk.lang()).to_owned()),
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
        Options::Cases | Options::Contestable | Options::Withdrawable => Some(bidi::ltr(name)),
        Options::Documents => public(talk)
            .find(|document| document.name == name)
            .map(|document| document.title.source(lang).to_owned()),
        Options::Needs => needs(talk)
            .find(|(need, _)| *need == name)
            .map(|(_, title)| title.source(lang).to_owned()),
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
        Options::Contestable | Options::Withdrawable => None,
        Options::Documents | Options::Needs => None,
    }
}
