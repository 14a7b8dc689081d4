//! The files beside the dialogs: what the machine needs of them is there, and what they name there is.

use std::collections::BTreeSet;

use super::{Proof, Where, faq, page, profile, services, words};
use crate::dialog::finding::{Severity, Span};
use crate::dialog::load::about_file;
use crate::dialog::yaml::Node;
use crate::dialog::{near, phrase};

/// Where a talk comes to rest.
const REST: &str = "menu";

pub fn prove(proof: &mut Proof<'_, '_>) {
    phrases(proof);
    page::prove(proof);
    templates(proof);
    words::prove(proof);
    cases(proof);
    services::prove(proof);
    faq::prove(proof);
    profile::prove(proof);
    distinct(proof, "faq", "entries", "entry");
    distinct(proof, "common_faq", "entries", "entry");
    distinct(proof, "documents", "documents", "document");
    distinct(proof, "agencies", "needs", "need");
    distinct(proof, "agencies", "agencies", "agency");
    distinct(proof, "services", "services", "service");
    distinct(proof, "templates", "templates", "template");
    distinct(proof, "cases", "kinds", "kind");
    distinct(proof, "cases", "states", "state");
    distinct(proof, "cases", "reasons", "reason");
    distinct(proof, "cases", "checks", "check");
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

/// Of what is missing in a file.
pub fn top() -> Span {
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
                let with = match wanted.is_empty() {
                    true => "without parameters".to_owned(),
                    false => format!("with the parameters [{}]", wanted.join(", ")),
                };
                let remedy = format!("Add `- template: {name}` {with}.");
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

/// Roles of staff, as the console knows them; a test there compares the two.
pub const ROLES: &[&str] = &[
    "administrator",
    "officer",
    "researcher",
    "committee",
    "representative",
    "quality",
];

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
    for (at, name) in named("states", "by") {
        if !ROLES.contains(&name.as_str()) {
            let place = Where {
                file: file.clone(),
                at,
                step: None,
            };
            proof.error(
                &place,
                "unknown_role",
                format!("there is no role `{name}`"),
                near::remedy(&name, "There are", ROLES.iter().copied()),
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

/// Names of `- verb: name` in one list.
pub(super) fn distinct(proof: &mut Proof<'_, '_>, name: &str, list: &str, verb: &str) {
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
    if periods.alert_minutes <= periods.claim_minutes {
        let told = tree.get("periods");
        let told = told.and_then(|periods| {
            periods
                .get("alert_minutes")
                .or_else(|| periods.get("claim_minutes"))
        });
        let place = Where {
            file: file.clone(),
            at: told.map_or(top(), |one| one.at),
            step: None,
        };
        proof.error(
            &place,
            "bounds",
            "staff are alerted again before the person hears that nobody came",
            "Let `alert_minutes` be more than `claim_minutes`.",
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
