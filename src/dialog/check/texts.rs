//! Every text of a charity with the place where it is said, so that languages, variables and limits are
//! proved of all of them and none is forgotten.

use std::sync::Arc;

use crate::dialog::load::Loaded;
use crate::dialog::model::{
    Agency, Dialog, Kind, OptionSpec, Options, Question, ShowSpec, Step, Text,
};

/// A text and what it is for.
pub struct Said<'a> {
    pub text: &'a Text,
    pub file: Arc<str>,
    pub place: Place<'a>,
    pub part: Part,
}

/// Where it belongs, for what it may put in.
#[derive(Clone, Copy)]
pub enum Place<'a> {
    Dialog(&'a Dialog),
    Step(&'a Dialog, &'a Step),
    Phrase(&'a str),
    Template(&'a str),
    /// An entry of the FAQ: said at any step.
    Faq,
    /// A service or a case state: shown wherever it is named.
    House,
}

/// Which limit it must keep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// A message by itself.
    Message,
    /// A message above buttons.
    Question,
    /// On a button, or on a row of a list.
    Option,
    /// Below a row's title.
    Note,
    Button,
    /// Inside other texts.
    Inside,
}

pub fn all(loaded: &Loaded) -> Vec<Said<'_>> {
    let mut all = Vec::new();
    for dialog in loaded.dialogs.values() {
        all.push(Said {
            text: &dialog.title,
            file: dialog.file.clone(),
            place: Place::Dialog(dialog),
            part: Part::Inside,
        });
        for step in &dialog.steps {
            let texts = of_step(step).into_iter();
            all.extend(texts.map(|(text, part)| Said {
                text,
                file: dialog.file.clone(),
                place: Place::Step(dialog, step),
                part,
            }));
        }
    }
    all.extend(beside(loaded));
    all
}

fn beside(loaded: &Loaded) -> Vec<Said<'_>> {
    let file = |name: &str| {
        loaded
            .trees
            .get(name)
            .map(|(file, _)| file.clone())
            .unwrap_or_default()
    };
    let mut all = Vec::new();
    for (name, text) in &loaded.phrases {
        all.push(Said {
            text,
            file: file("phrases"),
            place: Place::Phrase(name),
            part: phrase_part(name),
        });
    }
    for (name, template) in &loaded.templates {
        all.push(Said {
            text: &template.text,
            file: file("templates"),
            place: Place::Template(name),
            part: Part::Message,
        });
    }
    for service in &loaded.services {
        let texts = [
            (&service.title, Part::Option),
            (&service.text, Part::Inside),
        ]
        .into_iter();
        let texts = texts.chain(
            service
                .closed
                .as_ref()
                .map(|closed| (closed, Part::Message)),
        );
        all.extend(texts.map(|(text, part)| Said {
            text,
            file: file("services"),
            place: Place::House,
            part,
        }));
    }
    for entry in &loaded.faq {
        let titles = entry.shows.iter().filter_map(shown_title);
        let texts = [(&entry.title, Part::Option), (&entry.answer, Part::Message)]
            .into_iter()
            .chain(entry.source.as_ref().map(|source| (source, Part::Inside)))
            .chain(titles);
        all.extend(texts.map(|(text, part)| Said {
            text,
            file: file(entry.file),
            place: Place::Faq,
            part,
        }));
    }
    let documents = loaded.documents.iter();
    all.extend(documents.map(|document| Said {
        text: &document.title,
        file: file("documents"),
        place: Place::House,
        part: Part::Option,
    }));
    let needs = loaded.agencies.needs.iter();
    let needs = needs.map(|need| (&need.title, Part::Option));
    let agencies = loaded.agencies.agencies.iter().flat_map(of_agency);
    all.extend(needs.chain(agencies).map(|(text, part)| Said {
        text,
        file: file("agencies"),
        place: Place::House,
        part,
    }));
    let kinds = loaded.cases.kinds.values().map(|kind| &kind.title);
    let states = loaded
        .cases
        .states
        .values()
        .flat_map(|state| [&state.title, &state.text]);
    let reasons = loaded.cases.reasons.iter();
    let reasons = reasons.flat_map(|reason| [&reason.title, &reason.text]);
    let checks = loaded.cases.checks.iter().map(|check| &check.title);
    let others = reasons.chain(checks).chain(&loaded.cases.sign_off);
    all.extend(kinds.chain(states).chain(others).map(|text| Said {
        text,
        file: file("cases"),
        place: Place::House,
        part: Part::Inside,
    }));
    all
}

fn shown_title(show: &ShowSpec) -> Option<(&Text, Part)> {
    match show {
        ShowSpec::File { title, .. } | ShowSpec::Link { title, .. } => Some((title, Part::Button)),
        ShowSpec::Document { .. } | ShowSpec::Places => None,
    }
}

fn of_agency(agency: &Agency) -> impl Iterator<Item = (&Text, Part)> {
    let beside = [&agency.text, &agency.city, &agency.address];
    let beside = beside.into_iter().chain([&agency.hours, &agency.bring]);
    [&agency.title]
        .into_iter()
        .chain(beside.flatten())
        .map(|text| (text, Part::Inside))
}

fn phrase_part(name: &str) -> Part {
    match name.split_once('.') {
        Some(("button", _)) => Part::Button,
        Some(("value", _)) => Part::Inside,
        Some(_) | None => Part::Message,
    }
}

fn of_step(step: &Step) -> Vec<(&Text, Part)> {
    match &step.kind {
        Kind::Say(say) => {
            let titles = say.shows.iter().filter_map(shown_title);
            [(&say.text, Part::Message)]
                .into_iter()
                .chain(titles)
                .collect()
        }
        Kind::Ask(ask) => {
            let marks = ask.marks.iter().map(|mark| (mark, Part::Button));
            of_question(&ask.question)
                .into_iter()
                .chain(marks)
                .collect()
        }
        Kind::Choose(choose) => {
            let mut texts = of_question(&choose.question);
            if let Options::Listed(options) = &choose.options {
                texts.extend(options.iter().flat_map(of_option));
            }
            texts
        }
        Kind::Branch(_) | Kind::Call(_) => Vec::new(),
        Kind::Consent(consent) => vec![(&consent.text, Part::Question)],
        Kind::Attach(attach) => of_question(&attach.question),
        Kind::Locate(locate) => of_question(&locate.question),
        Kind::Review(review) => vec![(&review.text, Part::Question)],
        Kind::Sign(sign) => {
            let texts = [
                (&sign.text, Part::Message),
                (&sign.declaration, Part::Question),
            ]
            .into_iter();
            texts
                .chain(sign.again.as_ref().map(|again| (again, Part::Message)))
                .collect()
        }
        Kind::Submit(submit) => [&submit.text]
            .into_iter()
            .chain(&submit.duplicate)
            .map(|text| (text, Part::Message))
            .collect(),
        Kind::Survey(survey) => vec![(&survey.text, Part::Message)],
        Kind::Guide(guide) => vec![(&guide.text, Part::Message)],
        Kind::LookUp(look_up) => vec![(&look_up.found, Part::Message)],
        Kind::HandOver(hand_over) => vec![(&hand_over.text, Part::Message)],
        Kind::Act(act) => act.text.iter().map(|text| (text, Part::Message)).collect(),
    }
}

fn of_question(question: &Question) -> Vec<(&Text, Part)> {
    let beside = [
        (&question.again, Part::Message),
        (&question.help, Part::Message),
        (&question.label, Part::Inside),
    ];
    let beside = beside
        .into_iter()
        .filter_map(|(text, part)| Some((text.as_ref()?, part)));
    [(&question.text, Part::Question)]
        .into_iter()
        .chain(beside)
        .collect()
}

fn of_option(option: &OptionSpec) -> impl Iterator<Item = (&Text, Part)> {
    let note = option.note.as_ref().map(|note| (note, Part::Note));
    [(&option.text, Part::Option)].into_iter().chain(note)
}
