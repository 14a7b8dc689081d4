//! Makes each kind of step of its keys.

use super::super::keys;
use super::super::{condition, exit};
use super::{Place, flag, names, number, owned, scalar};
use crate::dialog::model::{
    Act, ActName, Ask, Attach, Branch, Call, Choose, ConsentStep, Guide, HandOver, Kind, Locate,
    LookUp, OptionSpec, Options, ProactiveSpec, Question, ReaderName, Review, Say, ShowSpec, Sign,
    SignBy, Submit, Survey, Text,
};
use crate::dialog::turn::HandOverReason;
use crate::dialog::yaml::Node;
use crate::event::AttachmentKind;
use crate::reply::ClosedWindow;

/// Files that a slot takes when nothing is said.
const ACCEPTS: [AttachmentKind; 2] = [AttachmentKind::Photo, AttachmentKind::Document];
/// Ways to sign when nothing is said.
const SIGNED_BY: [SignBy; 2] = [SignBy::TypedName, SignBy::Voice];

pub fn say(place: &Place, node: &Node) -> Kind {
    let shows = node.get("shows").map_or(&[][..], Node::list);
    Kind::Say(Say {
        text: place.text(node, "text"),
        shows: shows
            .iter()
            .enumerate()
            .filter_map(|(n, item)| show(place, n, item))
            .collect(),
        proactive: node.get("proactive").and_then(proactive),
    })
}

/// What stands beside a text; `number` is its place among others.
pub fn show(place: &Place, number: usize, node: &Node) -> Option<ShowSpec> {
    let title = || {
        node.get("title")
            .map(|title| place.text_of(title, &format!("shows.{number}")))
            .unwrap_or_default()
    };
    if node.scalar() == Some("places") {
        return Some(ShowSpec::Places);
    }
    if let Some(field) = owned(node, "document") {
        return Some(ShowSpec::Document { field });
    }
    let file = owned(node, "file").map(|path| ShowSpec::File {
        path,
        title: title(),
    });
    file.or_else(|| {
        owned(node, "link").map(|url| ShowSpec::Link {
            url,
            title: title(),
        })
    })
}

fn proactive(node: &Node) -> Option<ProactiveSpec> {
    let windows = [
        ClosedWindow::Template,
        ClosedWindow::NudgeAndPark,
        ClosedWindow::OtherChannel,
        ClosedWindow::GiveUp,
    ];
    let at = node.get("template").map_or(node.at, |template| template.at);
    Some(ProactiveSpec {
        template: owned(node, "template")?,
        at,
        closed_window: one_of(node, "closed_window", keys::CLOSED_WINDOWS, &windows)?,
    })
}

fn question(place: &Place, node: &Node) -> Question {
    Question {
        text: place.text(node, "text"),
        again: place.maybe(node, "again"),
        help: place.maybe(node, "help"),
        sensitive: flag(node, "sensitive"),
        optional: flag(node, "optional"),
        later: flag(node, "later"),
        recall: flag(node, "recall"),
        label: place.maybe(node, "label"),
        retention: owned(node, "retention"),
        purpose: owned(node, "purpose"),
    }
}

pub fn ask(place: &Place, node: &Node) -> Kind {
    Kind::Ask(Ask {
        question: question(place, node),
        read: one_of(node, "read", keys::READERS, &READERS).unwrap_or(ReaderName::FreeText),
        least: number(node, "least"),
        most: number(node, "most"),
        marks: marks(place, node),
    })
}

fn marks(place: &Place, node: &Node) -> Vec<Text> {
    let marks = node.get("marks").map_or(&[][..], Node::list).iter();
    marks
        .enumerate()
        .map(|(n, mark)| place.text_of(mark, &format!("marks.{n}")))
        .collect()
}

/// In the order of [`keys::READERS`].
const READERS: [ReaderName; 17] = [
    ReaderName::FullName,
    ReaderName::NationalId,
    ReaderName::DocumentNumber,
    ReaderName::ContactMeans,
    ReaderName::Phone,
    ReaderName::Email,
    ReaderName::BirthDate,
    ReaderName::ExpiryDate,
    ReaderName::Date,
    ReaderName::YesNo,
    ReaderName::Number,
    ReaderName::Money,
    ReaderName::Iban,
    ReaderName::Rating,
    ReaderName::Reference,
    ReaderName::LastFour,
    ReaderName::FreeText,
];

/// The word for a reader in files.
pub fn reader_word(reader: ReaderName) -> &'static str {
    READERS
        .iter()
        .zip(keys::READERS)
        .find(|(found, _)| **found == reader)
        .map_or("", |(_, word)| word)
}

pub fn choose(place: &Place, node: &Node) -> Kind {
    let listed = node.get("options").map_or(&[][..], Node::list);
    let options = match scalar(node, "from") {
        Some("services") => Options::Services,
        Some("regions") => Options::Regions,
        Some("cases") => Options::Cases,
        Some("contestable") => Options::Contestable,
        Some("withdrawable") => Options::Withdrawable,
        Some("paused") => Options::Paused,
        Some("documents") => Options::Documents,
        Some("needs") => Options::Needs,
        _ => Options::Listed(
            listed
                .iter()
                .filter_map(|item| option(place, item))
                .collect(),
        ),
    };
    Kind::Choose(Choose {
        question: question(place, node),
        options,
        several: flag(node, "several"),
        single: flag(node, "single"),
        kinds: names(node, "kinds"),
    })
}

fn option(place: &Place, item: &Node) -> Option<OptionSpec> {
    let [(key, node)] = item.entries() else {
        return None;
    };
    let mut text = place.text_of(node, &format!("options.{}", key.text));
    // Errors about an option point at its name.
    text.at = key.at;
    Some(OptionSpec {
        name: key.text.clone(),
        text,
        note: node
            .get("note")
            .map(|note| place.text_of(note, &format!("options.{}.note", key.text))),
        to: node.get("to").and_then(exit::build),
        when: node.get("when").and_then(condition::build),
        words: names(node, "words")
            .iter()
            .map(|word| crate::text::fold::fold(word))
            .collect(),
    })
}

pub fn branch(node: &Node) -> Kind {
    let cases = node.get("cases").map_or(&[][..], Node::list);
    let case = |case: &Node| {
        Some((
            condition::build(case.get("when")?)?,
            exit::build(case.get("to")?)?,
        ))
    };
    Kind::Branch(Branch {
        cases: cases.iter().filter_map(case).collect(),
    })
}

pub fn consent(place: &Place, node: &Node) -> Kind {
    Kind::Consent(ConsentStep {
        text: place.text(node, "text"),
        purpose: owned(node, "purpose").unwrap_or_default(),
        refused: node.get("refused").and_then(exit::build),
    })
}

pub fn attach(place: &Place, node: &Node) -> Kind {
    let kinds = [
        AttachmentKind::Photo,
        AttachmentKind::Document,
        AttachmentKind::Voice,
        AttachmentKind::Video,
    ];
    Kind::Attach(Attach {
        question: question(place, node),
        accepts: several_of(node, "accepts", keys::ATTACHMENTS, &kinds)
            .unwrap_or_else(|| ACCEPTS.to_vec()),
        most: number(node, "most").unwrap_or(1),
    })
}

pub fn locate(place: &Place, node: &Node) -> Kind {
    Kind::Locate(Locate {
        question: question(place, node),
    })
}

pub fn review(place: &Place, node: &Node) -> Kind {
    Kind::Review(Review {
        text: place.text(node, "text"),
    })
}

pub fn sign(place: &Place, node: &Node) -> Kind {
    let ways = [SignBy::TypedName, SignBy::Voice, SignBy::Scan];
    Kind::Sign(Sign {
        text: place.text(node, "text"),
        declaration: place.text(node, "declaration"),
        again: place.maybe(node, "again"),
        by: several_of(node, "by", keys::SIGN_BY, &ways).unwrap_or_else(|| SIGNED_BY.to_vec()),
        capacity: owned(node, "capacity"),
    })
}

pub fn submit(place: &Place, node: &Node) -> Kind {
    Kind::Submit(Submit {
        case: owned(node, "case").unwrap_or_default(),
        text: place.text(node, "text"),
        duplicate: place.maybe(node, "duplicate"),
        id_field: owned(node, "id_field"),
        other_id: owned(node, "other_id"),
        other_id_kind: owned(node, "other_id_kind"),
        about: owned(node, "about"),
        capacity: owned(node, "capacity"),
    })
}

pub fn look_up(place: &Place, node: &Node) -> Kind {
    Kind::LookUp(LookUp {
        reference: owned(node, "reference").unwrap_or_default(),
        last_four: owned(node, "last_four"),
        prove: flag(node, "prove"),
        found: place.text(node, "found"),
        unknown: node.get("unknown").and_then(exit::build),
    })
}

pub fn survey(place: &Place, node: &Node) -> Kind {
    Kind::Survey(Survey {
        text: place.text(node, "text"),
    })
}

pub fn guide(place: &Place, node: &Node) -> Kind {
    Kind::Guide(Guide {
        need: owned(node, "need").unwrap_or_default(),
        place: owned(node, "place"),
        text: place.text(node, "text"),
        unknown: node.get("unknown").and_then(exit::build),
    })
}

pub fn call(node: &Node) -> Kind {
    let at = node.get("dialog").map_or(node.at, |dialog| dialog.at);
    Kind::Call(Call {
        dialog: owned(node, "dialog").unwrap_or_default(),
        at,
    })
}

pub fn hand_over(place: &Place, node: &Node) -> Kind {
    let reasons = [
        HandOverReason::Asked,
        HandOverReason::Misunderstood,
        HandOverReason::Distress,
        HandOverReason::UnclearProcedure,
        HandOverReason::LowConfidence,
        HandOverReason::Dialog,
    ];
    let reason = one_of(node, "reason", keys::REASONS, &reasons).unwrap_or(HandOverReason::Dialog);
    Kind::HandOver(HandOver {
        text: place.text(node, "text"),
        reason,
    })
}

pub fn act(place: &Place, node: &Node) -> Option<Kind> {
    let acts = [
        ActName::Hide,
        ActName::Unhide,
        ActName::OptOut,
        ActName::OptIn,
        ActName::SpeakArabic,
        ActName::SpeakEnglish,
        ActName::Resume,
        ActName::Forget,
        ActName::Withdraw,
        ActName::OfferLink,
    ];
    let act = one_of(node, "do", keys::ACTS, &acts)?;
    Some(Kind::Act(Act {
        act,
        text: place.maybe(node, "text"),
    }))
}

/// The value that stands at the word's place in the table of words.
fn one_of<T: Copy>(node: &Node, key: &str, words: &[&str], values: &[T]) -> Option<T> {
    value_of(scalar(node, key)?, words, values)
}

fn several_of<T: Copy>(node: &Node, key: &str, words: &[&str], values: &[T]) -> Option<Vec<T>> {
    node.get(key)?;
    Some(
        names(node, key)
            .iter()
            .filter_map(|word| value_of(word, words, values))
            .collect(),
    )
}

fn value_of<T: Copy>(word: &str, words: &[&str], values: &[T]) -> Option<T> {
    words
        .iter()
        .zip(values)
        .find(|(found, _)| **found == word)
        .map(|(_, value)| *value)
}
