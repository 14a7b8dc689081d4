//! words.yaml: what people say and what happens then; the same words never mean two things.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::house::top;
use super::{Proof, Where};
use crate::dialog::finding::Severity;
use crate::dialog::load::comparable;
use crate::dialog::yaml::Node;
use crate::dialog::{near, phrase};

pub fn prove(proof: &mut Proof<'_, '_>) {
    let Some((file, tree)) = proof.house_file("words") else {
        return;
    };
    let started: BTreeSet<&str> = proof
        .loaded
        .dialogs
        .values()
        .flat_map(|dialog| &dialog.starts)
        .map(String::as_str)
        .collect();
    let acted: BTreeSet<&str> = phrase::CONTROLS.iter().map(|(name, _)| *name).collect();
    let Some(controls) = tree.get("controls") else {
        return;
    };
    for (key, _) in controls.entries().iter().filter(|(key, _)| {
        !started.contains(key.text.as_str()) && !acted.contains(key.text.as_str())
    }) {
        let place = Where {
            file: file.clone(),
            at: key.at,
            step: None,
        };
        let known = started.union(&acted).copied();
        let what = format!(
            "nothing happens at `{}`: no dialog names it in `starts`, and the machine does not know it",
            key.text
        );
        proof.error(
            &place,
            "unknown_control",
            what,
            near::remedy(&key.text, "Known are", known),
        );
    }
    let missing: Vec<&str> = acted
        .iter()
        .copied()
        .filter(|name| controls.get(name).is_none())
        .collect();
    if !missing.is_empty() {
        let place = Where {
            file: file.clone(),
            at: top(),
            step: None,
        };
        let what = format!("no words mean {}, so nobody can say it", missing.join(", "));
        proof.tell(
            Severity::Warning,
            &place,
            "missing_control",
            what,
            "Add `name: […]` under `controls`.".to_owned(),
        );
    }
    two_meanings(proof, &file, tree);
}

/// The same words, folded, cannot mean two things.
fn two_meanings(proof: &mut Proof<'_, '_>, file: &Arc<str>, tree: &Node) {
    let mut meanings: BTreeMap<String, &str> = BTreeMap::new();
    let controls = tree.get("controls").map_or(&[][..], Node::entries);
    let controls = controls
        .iter()
        .map(|(key, phrases)| (key.text.as_str(), phrases));
    for (meaning, phrases) in controls {
        for phrase in phrases.list() {
            let folded = comparable(phrase.scalar().unwrap_or_default());
            let other = *meanings.entry(folded).or_insert(meaning);
            if other != meaning {
                let place = Where {
                    file: file.clone(),
                    at: phrase.at,
                    step: None,
                };
                let what = format!(
                    "«{}» means `{other}` and `{meaning}`",
                    phrase.scalar().unwrap_or_default()
                );
                proof.error(&place, "two_meanings", what, "Leave it with one of them.");
            }
        }
    }
    let yes: BTreeSet<String> = tree
        .get("yes")
        .map_or(&[][..], Node::list)
        .iter()
        .filter_map(Node::scalar)
        .map(comparable)
        .collect();
    for word in tree
        .get("no")
        .map_or(&[][..], Node::list)
        .iter()
        .filter(|word| {
            word.scalar()
                .is_some_and(|word| yes.contains(&comparable(word)))
        })
    {
        let place = Where {
            file: file.clone(),
            at: word.at,
            step: None,
        };
        proof.error(
            &place,
            "two_meanings",
            format!("«{}» means yes and no", word.scalar().unwrap_or_default()),
            "Leave it with one of them.",
        );
    }
}
