//! The files beside the dialogs: what the machine needs of them is there, and what they name there is.

use std::collections::{BTreeMap, BTreeSet};

use super::{Proof, Where};
use crate::dialog::finding::{Severity, Span};
use crate::dialog::load::{about_file, comparable};
use crate::dialog::model::{Condition, Dialog, Kind, Service};
use crate::dialog::yaml::Node;
use crate::dialog::{near, phrase};

/// The dialog whose steps services ask for.
const APPLICATION: &str = "apply";
/// Where a talk comes to rest.
const REST: &str = "menu";

pub fn prove(proof: &mut Proof<'_, '_>) {
    phrases(proof);
    templates(proof);
    words(proof);
    cases(proof);
    for service in &proof.loaded.services {
        one_service(proof, service);
    }
    distinct(proof, "services", "services", "service");
    distinct(proof, "templates", "templates", "template");
    distinct(proof, "cases", "kinds", "kind");
    distinct(proof, "cases", "states", "state");
    charity(proof);
    if !proof.loaded.dialogs.contains_key(REST) && !proof.loaded.unread.contains(REST) {
        let remedy = "Write it: what somebody can choose who asked for nothing.";
        let finding = about_file(
            &format!("common/{REST}.yaml"),
            "missing_dialog",
            format!("there is no dialog `{REST}`, where a talk comes to rest"),
            remedy.to_owned(),
        );
        proof.findings.add(finding);
    }
}

fn phrases(proof: &mut Proof<'_, '_>) {
    let Some((file, tree)) = proof.house_file("phrases") else {
        return;
    };
    for (name, occasion) in phrase::PHRASES
        .iter()
        .filter(|(name, _)| tree.get(name).is_none())
    {
        let place = Where {
            file: file.clone(),
            at: top(),
            step: None,
        };
        proof.error(
            &place,
            "missing_phrase",
            format!("the phrase `{name}` is missing"),
            format!("It is said here: {occasion}. Add `{name}: {{ar: \"…\", en: \"…\"}}`."),
        );
    }
    for (key, _) in tree.entries() {
        let known = phrase::PHRASES.iter().any(|(name, _)| *name == key.text);
        if !known {
            let place = Where {
                file: file.clone(),
                at: key.at,
                step: None,
            };
            let remedy = near::remedy(
                &key.text,
                "There are",
                phrase::PHRASES.iter().map(|(name, _)| *name),
            );
            proof.tell(
                Severity::Warning,
                &place,
                "unknown_phrase",
                format!("the machine never says `{}`", key.text),
                remedy,
            );
        }
    }
}

fn top() -> Span {
    Span {
        line: 1,
        column: 1,
        offset: 0,
        length: 0,
    }
}

fn templates(proof: &mut Proof<'_, '_>) {
    let file = proof
        .house_file("templates")
        .map(|(file, _)| file)
        .unwrap_or_else(|| "common/templates.yaml".into());
    for (name, wanted) in phrase::TEMPLATES {
        match proof.loaded.templates.get(*name) {
            None => {
                let place = Where {
                    file: file.clone(),
                    at: top(),
                    step: None,
                };
                let remedy = format!(
                    "Add `- template: {name}` with the parameters [{}].",
                    wanted.join(", ")
                );
                proof.error(
                    &place,
                    "missing_template",
                    format!("the template `{name}` is missing, by which we start a talk"),
                    remedy,
                );
            }
            Some(template) if template.parameters != *wanted => {
                let place = Where {
                    file: file.clone(),
                    at: template.at,
                    step: None,
                };
                let what = format!(
                    "the template `{name}` is given [{}], and has [{}]",
                    wanted.join(", "),
                    template.parameters.join(", ")
                );
                proof.error(
                    &place,
                    "wrong_parameters",
                    what,
                    format!("Write `parameters: [{}]`.", wanted.join(", ")),
                );
            }
            Some(_) => {}
        }
    }
}

fn words(proof: &mut Proof<'_, '_>) {
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
fn two_meanings(proof: &mut Proof<'_, '_>, file: &std::sync::Arc<str>, tree: &Node) {
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

fn cases(proof: &mut Proof<'_, '_>) {
    let Some((file, tree)) = proof.house_file("cases") else {
        return;
    };
    let loaded = proof.loaded;
    let states = || loaded.cases.states.keys().map(String::as_str);
    let named = |list: &str, key: &str| -> Vec<(Span, String)> {
        let items = tree
            .get(list)
            .map_or(&[][..], Node::list)
            .iter()
            .filter_map(|item| item.get(key));
        let names = items.flat_map(|value| {
            if value.list().is_empty() {
                std::slice::from_ref(value)
            } else {
                value.list()
            }
        });
        names
            .filter_map(|name| Some((name.at, name.scalar()?.to_owned())))
            .collect()
    };
    for (at, name) in named("kinds", "first")
        .into_iter()
        .chain(named("states", "to"))
    {
        if !loaded.cases.states.contains_key(&name) {
            let place = Where {
                file: file.clone(),
                at,
                step: None,
            };
            proof.error(
                &place,
                "unknown_state",
                format!("there is no state `{name}`"),
                near::remedy(&name, "There are", states()),
            );
        }
    }
    let mut open: Vec<&str> = loaded
        .cases
        .kinds
        .values()
        .map(|kind| kind.first.as_str())
        .collect();
    let mut reached: BTreeSet<&str> = open.iter().copied().collect();
    while let Some(name) = open.pop() {
        let moves = loaded
            .cases
            .states
            .get(name)
            .map_or(&[][..], |state| &state.moves);
        open.extend(
            moves
                .iter()
                .map(String::as_str)
                .filter(|next| reached.insert(next)),
        );
    }
    for state in loaded
        .cases
        .states
        .values()
        .filter(|state| !reached.contains(state.name.as_str()))
    {
        let place = Where {
            file: file.clone(),
            at: state.at,
            step: None,
        };
        let what = format!("no request ever comes to the state `{}`", state.name);
        proof.error(
            &place,
            "unreachable_state",
            what,
            "Let a state move to it, or delete it.",
        );
    }
}

fn one_service(proof: &mut Proof<'_, '_>, service: &Service) {
    let Some((file, tree)) = proof.house_file("services") else {
        return;
    };
    let item = tree
        .get("services")
        .map_or(&[][..], Node::list)
        .iter()
        .find(|item| {
            item.get("service")
                .is_some_and(|name| name.at == service.at)
        });
    let place = |key: &str, name: &str| {
        let list = item.and_then(|item| item.get(key));
        let at = list
            .and_then(|list| list.list().iter().find(|item| item.scalar() == Some(name)))
            .or(list)
            .map_or(service.at, |found| found.at);
        Where {
            file: file.clone(),
            at,
            step: None,
        }
    };
    if let Some(apply) = proof.loaded.dialogs.get(APPLICATION) {
        for name in &service.asks {
            asked(proof, apply, &place("asks", name), service, name);
        }
        for name in &service.needs {
            needed(proof, apply, &place("needs", name), service, name);
        }
    }
    if !service.open && service.closed.is_none() {
        let what = format!(
            "the service `{}` is closed and has no text that says so",
            service.name
        );
        proof.error(
            &place("open", ""),
            "missing_key",
            what,
            "Add `closed: {ar: \"…\", en: \"…\"}`.",
        );
    }
}

fn asked(
    proof: &mut Proof<'_, '_>,
    apply: &Dialog,
    place: &Where<'_>,
    service: &Service,
    name: &str,
) {
    let guarded = apply
        .steps
        .iter()
        .any(|step| step.when.as_ref().is_some_and(|when| asks(when, name)));
    if !guarded {
        let conditional: BTreeSet<&str> = apply
            .steps
            .iter()
            .filter(|step| step.when.is_some())
            .map(|step| step.name.as_str())
            .collect();
        let (what, remedy) = match apply.step(name) {
            Some(_) => (
                format!(
                    "`{name}` is asked of everybody, not only for `{}`",
                    service.name
                ),
                format!(
                    "Give that step of `{APPLICATION}` `when: {{asks: {name}}}`, or take it out here."
                ),
            ),
            None => (
                format!(
                    "`{}` asks `{name}`, which is no step of `{APPLICATION}`",
                    service.name
                ),
                near::remedy(name, "It has", conditional),
            ),
        };
        proof.error(place, "unknown_step", what, remedy);
    }
}

fn asks(condition: &Condition, wanted: &str) -> bool {
    match condition {
        Condition::Asks { name, .. } => name == wanted,
        Condition::All(all) | Condition::Any(all) => all.iter().any(|inner| asks(inner, wanted)),
        Condition::Not(inner) => asks(inner, wanted),
        Condition::Is { .. }
        | Condition::In { .. }
        | Condition::Over { .. }
        | Condition::Under { .. }
        | Condition::Known { .. }
        | Condition::Flagged { .. }
        | Condition::Capability { .. }
        | Condition::Fact { .. } => false,
    }
}

fn needed(
    proof: &mut Proof<'_, '_>,
    apply: &Dialog,
    place: &Where<'_>,
    service: &Service,
    name: &str,
) {
    let slot = apply
        .step(name)
        .is_some_and(|(_, step)| matches!(step.kind, Kind::Attach(_)));
    if !slot {
        let slots = apply
            .steps
            .iter()
            .filter(|step| matches!(step.kind, Kind::Attach(_)))
            .map(|step| step.name.as_str());
        let what = format!(
            "`{}` needs `{name}`, which is no slot for documents in `{APPLICATION}`",
            service.name
        );
        proof.error(
            place,
            "unknown_step",
            what,
            near::remedy(name, "It has", slots),
        );
    } else if !service.asks.iter().any(|asked| asked == name) {
        let what = format!("`{}` needs `{name}` and does not ask for it", service.name);
        proof.error(place, "not_asked", what, "Add it to `asks`.");
    }
}

/// Names of `- verb: name` in one list.
fn distinct(proof: &mut Proof<'_, '_>, name: &str, list: &str, verb: &str) {
    let Some((file, tree)) = proof.house_file(name) else {
        return;
    };
    let mut seen = BTreeSet::new();
    for found in tree
        .get(list)
        .map_or(&[][..], Node::list)
        .iter()
        .filter_map(|item| item.get(verb))
    {
        if found.scalar().is_some_and(|name| !seen.insert(name)) {
            let place = Where {
                file: file.clone(),
                at: found.at,
                step: None,
            };
            let what = format!(
                "the {verb} `{}` stands above",
                found.scalar().unwrap_or_default()
            );
            proof.error(&place, "duplicate_name", what, "Give it a name of its own.");
        }
    }
}

fn charity(proof: &mut Proof<'_, '_>) {
    let Some((file, tree)) = proof.house_file("charity") else {
        return;
    };
    let periods = &proof.loaded.charity.periods;
    if periods
        .answer_by_days
        .is_some_and(|by| by < periods.answer_from_days)
    {
        let at = tree
            .get("periods")
            .and_then(|periods| periods.get("answer_by_days"))
            .map_or(top(), |by| by.at);
        let place = Where {
            file: file.clone(),
            at,
            step: None,
        };
        proof.error(
            &place,
            "bounds",
            "the latest answer comes before the first one",
            "Let `answer_by_days` be at least `answer_from_days`.",
        );
    }
    let calendar = &proof.loaded.charity.calendar;
    let backwards = calendar
        .closures
        .iter()
        .chain(&calendar.ramadan_override)
        .find(|days| days.to < days.from);
    if let Some(days) = backwards {
        let place = Where {
            file: file.clone(),
            at: tree.get("hours").map_or(top(), |hours| hours.at),
            step: None,
        };
        let place = proof.word(&place, &days.from.format("%Y-%m-%d").to_string());
        proof.error(
            &place,
            "bounds",
            "these days end before they begin",
            "Exchange `from` and `to`.",
        );
    }
    if calendar.week.0.iter().all(Vec::is_empty) {
        let at = tree.get("hours").map_or(top(), |hours| hours.at);
        proof.error(
            &Where {
                file,
                at,
                step: None,
            },
            "bounds",
            "the charity is never open",
            "Give at least one day of `week` an opening.",
        );
    }
}
