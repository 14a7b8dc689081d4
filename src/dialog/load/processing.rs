//! Makes processing.yaml of its tree.

use super::build::{Place, flag, owned};
use super::house::{items, named};
use crate::dialog::processing::{BASES, Basis, Beside, Passage, Processing, Purpose, Retention};
use crate::dialog::yaml::Node;

/// The file's name, for the ids of its texts.
const FILE: &str = "processing";

pub fn processing(node: &Node) -> Processing {
    let purposes = items(node, "purposes").filter_map(purpose);
    let retentions = items(node, "retentions").filter_map(retention);
    Processing {
        purposes: purposes.map(|one| (one.name.clone(), one)).collect(),
        retentions: retentions.map(|one| (one.name.clone(), one)).collect(),
        channels: items(node, "channels").filter_map(passage).collect(),
        beside: items(node, "beside").filter_map(beside).collect(),
    }
}

fn purpose(item: &Node) -> Option<Purpose> {
    let (name, at, place) = named(item, FILE, "purpose")?;
    Some(Purpose {
        name,
        at,
        title: place.text(item, "title"),
        basis: basis(item).unwrap_or(Basis::Consent),
        sensitive: flag(item, "sensitive"),
        recipients: place.text(item, "recipients"),
    })
}

/// The ground that stands at the word's place in the table of words.
fn basis(item: &Node) -> Option<Basis> {
    let word = owned(item, "basis")?;
    let at = BASES.iter().position(|known| *known == word)?;
    Basis::ALL.get(at).copied()
}

fn retention(item: &Node) -> Option<Retention> {
    let (name, at, place) = named(item, FILE, "retention")?;
    Some(Retention {
        name,
        at,
        text: place.text(item, "text"),
    })
}

fn passage(item: &Node) -> Option<Passage> {
    let (name, at, place) = named(item, FILE, "channel")?;
    Some(Passage {
        name,
        at,
        abroad: flag(item, "abroad"),
        text: place.text(item, "text"),
    })
}

fn beside(item: &Node) -> Option<Beside> {
    let (name, at, place): (_, _, Place) = named(item, FILE, "data")?;
    Some(Beside {
        name,
        at,
        title: place.text(item, "title"),
        purpose: owned(item, "purpose").unwrap_or_default(),
        retention: owned(item, "retention").unwrap_or_default(),
    })
}
