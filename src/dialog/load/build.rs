//! Makes one dialog of its tree. It forgives: what is missing or wrong was told by `look`, and stands empty
//! here so that the rest of the file can still be proved in the same look.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::keys::STEPS;
use super::look::verb_of;
use super::{condition, exit};
use crate::dialog::model::{Dialog, Kind, Step, Text};
use crate::dialog::yaml::Node;

pub mod kind;

/// A dialog named after its file.
pub fn dialog(name: &str, file: &Arc<str>, node: &Node) -> Dialog {
    let place = Place {
        file: name.to_owned(),
        step: String::new(),
    };
    Dialog {
        name: name.to_owned(),
        file: file.clone(),
        title: place.text(node, "title"),
        form: flag(node, "form"),
        anonymous: flag(node, "anonymous"),
        starts: names(node, "starts"),
        recall_when: node.get("recall_when").and_then(condition::build),
        purpose: owned(node, "purpose"),
        retention: owned(node, "retention"),
        steps: node
            .get("steps")
            .map_or(&[][..], Node::list)
            .iter()
            .filter_map(|step| one_step(name, step))
            .collect(),
        renamed: renamed(node),
    }
}

fn renamed(node: &Node) -> BTreeMap<String, String> {
    let entries = node.get("renamed").map_or(&[][..], Node::entries);
    entries
        .iter()
        .filter_map(|(old, new)| Some((old.text.clone(), new.scalar()?.to_owned())))
        .collect()
}

fn one_step(file: &str, node: &Node) -> Option<Step> {
    let (verb, named) = verb_of(node, STEPS)?;
    let name = named.scalar()?.to_owned();
    let place = Place {
        file: file.to_owned(),
        step: name.clone(),
    };
    Some(Step {
        kind: kind(verb.verb, &place, node)?,
        name,
        at: named.at,
        when: node.get("when").and_then(condition::build),
        to: node.get("to").and_then(exit::build),
        ends: owned(node, "ends"),
    })
}

fn kind(verb: &str, place: &Place, node: &Node) -> Option<Kind> {
    Some(match verb {
        "say" => kind::say(place, node),
        "ask" => kind::ask(place, node),
        "choose" => kind::choose(place, node),
        "branch" => kind::branch(node),
        "consent" => kind::consent(place, node),
        "attach" => kind::attach(place, node),
        "locate" => kind::locate(place, node),
        "review" => kind::review(place, node),
        "sign" => kind::sign(place, node),
        "submit" => kind::submit(place, node),
        "look_up" => kind::look_up(place, node),
        "survey" => kind::survey(place, node),
        "guide" => kind::guide(place, node),
        "call" => kind::call(node),
        "hand_over" => kind::hand_over(place, node),
        "act" => kind::act(place, node)?,
        _ => return None,
    })
}

/// Where a text stands, for its id.
pub struct Place {
    pub file: String,
    pub step: String,
}

impl Place {
    /// A text that must be there; empty when it is not.
    pub fn text(&self, node: &Node, key: &str) -> Text {
        self.maybe(node, key).unwrap_or_else(|| Text {
            id: self.id(key),
            at: node.at,
            ..Text::default()
        })
    }

    pub fn maybe(&self, node: &Node, key: &str) -> Option<Text> {
        node.get(key).map(|text| self.text_of(text, key))
    }

    /// The text that stands in these very keys; `key` goes into its id.
    pub fn text_of(&self, node: &Node, key: &str) -> Text {
        let words = |language: &str| scalar(node, language).unwrap_or_default().trim().to_owned();
        let place = |language: &str| node.get(language).map_or(node.at, |found| found.at);
        Text {
            id: self.id(key),
            ar: words("ar"),
            en: words("en"),
            at: node.at,
            ar_at: place("ar"),
            en_at: place("en"),
            audio: owned(node, "audio"),
        }
    }

    fn id(&self, key: &str) -> String {
        let dot = if self.step.is_empty() { "" } else { "." };
        format!("{}#{}{dot}{key}", self.file, self.step)
    }
}

pub fn scalar<'n>(node: &'n Node, key: &str) -> Option<&'n str> {
    node.get(key)?.scalar()
}

pub fn owned(node: &Node, key: &str) -> Option<String> {
    scalar(node, key).map(str::to_owned)
}

pub fn flag(node: &Node, key: &str) -> bool {
    scalar(node, key) == Some("true")
}

pub fn number<T: std::str::FromStr>(node: &Node, key: &str) -> Option<T> {
    scalar(node, key)?.parse().ok()
}

/// The scalars of a list.
pub fn names(node: &Node, key: &str) -> Vec<String> {
    node.get(key)
        .map_or(&[][..], Node::list)
        .iter()
        .filter_map(|item| item.scalar().map(str::to_owned))
        .collect()
}
