//! services.yaml: what a service asks and needs stands in the application, and is asked there for it alone.

use std::collections::BTreeSet;

use super::{Proof, Where};
use crate::dialog::model::{Condition, Dialog, Kind, Service};
use crate::dialog::near;
use crate::dialog::yaml::Node;

/// The dialog whose steps services ask for.
const APPLICATION: &str = "apply";

pub fn prove(proof: &mut Proof<'_, '_>) {
    for service in &proof.loaded.services {
        one_service(proof, service);
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
