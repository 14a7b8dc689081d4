//! A charity's profile: what is on has what it needs, what the library and the agencies name is there, and
//! what was made up is told until it is replaced.

use std::collections::BTreeSet;

use super::house::top;
use super::{Proof, Where, names};
use crate::dialog::finding::{Severity, Span};
use crate::dialog::model::Agency;
use crate::dialog::near;
use crate::dialog::yaml::Node;

pub fn prove(proof: &mut Proof<'_, '_>) {
    capabilities(proof);
    documents(proof);
    agencies(proof);
    promises(proof);
    examples(proof);
}

/// What is on, and cannot work without something that is not there.
fn capabilities(proof: &mut Proof<'_, '_>) {
    let Some((file, tree)) = proof.house_file("charity") else {
        return;
    };
    let says = |path: [&str; 2]| tree.get(path[0]).and_then(|map| map.get(path[1])).is_some();
    let loaded = proof.loaded;
    let wants = [
        (
            "committee",
            says(["periods", "answer_from_days"]),
            "the days until its answer",
            "Add `answer_from_days:` to `periods`, or take `committee` out.",
        ),
        (
            "objection",
            loaded.charity.periods.objection_days > 0,
            "days in which one may object",
            "Let `objection_days` be more than 0, or take `objection` out.",
        ),
        (
            "referral",
            !loaded.agencies.agencies.is_empty() || loaded.unread.contains("agencies"),
            "an agency to send anybody to",
            "Write agencies.yaml with at least one agency, or take `referral` out.",
        ),
    ];
    for (capability, is_there, what, remedy) in wants {
        if !is_there && loaded.charity.capabilities.contains(capability) {
            let named = tree.get("capabilities").map_or(&[][..], Node::list).iter();
            let named = named.filter(|item| item.scalar() == Some(capability));
            let at = named.map(|item| item.at).next().unwrap_or_else(top);
            let place = of_file(&file, at);
            let what = format!("`{capability}` is on and lacks {what}");
            proof.error(&place, "capability_lacks", what, remedy);
        }
    }
    let helped = !loaded.charity.help_lines.is_empty() || loaded.unread.contains("help_lines");
    if !helped {
        proof.error(
            &of_file(&file, tree.at),
            "missing_key",
            "there is no help line for people in distress",
            "Add `help_lines:` here, or write common/help_lines.yaml.",
        );
    }
}

fn of_file<'a>(file: &std::sync::Arc<str>, at: Span) -> Where<'a> {
    Where {
        file: file.clone(),
        at,
        step: None,
    }
}

/// A file that is named is there; a document without a file is told, and not sent.
fn documents(proof: &mut Proof<'_, '_>) {
    let Some((file, tree)) = proof.house_file("documents") else {
        return;
    };
    let items = tree.get("documents").map_or(&[][..], Node::list).iter();
    let loaded = proof.loaded;
    for (item, document) in items.zip(&loaded.documents) {
        match (&document.file, item.get("file")) {
            (Some(path), Some(node)) => {
                let place = of_file(&file, node.at);
                names::file(proof, &place, path);
            }
            _ => {
                let place = of_file(&file, document.at);
                let what = format!("the document `{}` has no file yet", document.name);
                let remedy = "Put it into the folder, and name it by `file:`.".to_owned();
                proof.tell(Severity::Note, &place, "no_file", what, remedy);
            }
        }
    }
}

fn agencies(proof: &mut Proof<'_, '_>) {
    let Some((file, tree)) = proof.house_file("agencies") else {
        return;
    };
    let loaded = proof.loaded;
    let needs = loaded.agencies.needs.iter().map(|need| &need.name);
    let services = loaded.services.iter().map(|service| &service.name);
    let known: BTreeSet<&str> = needs.chain(services).map(String::as_str).collect();
    let items = tree.get("agencies").map_or(&[][..], Node::list).iter();
    for (item, agency) in items.zip(&loaded.agencies.agencies) {
        for name in item.get("serves").map_or(&[][..], Node::list) {
            let named = name.scalar().unwrap_or_default();
            if !known.contains(named) {
                let place = of_file(&file, name.at);
                let what = format!(
                    "`{}` serves `{named}`, which is neither a need of this file nor a service",
                    agency.name
                );
                let remedy = near::remedy(named, "There are", known.iter().copied());
                proof.error(&place, "unknown_need", what, remedy);
            }
        }
        half_a_pin(proof, &of_file(&file, agency.at), item, agency);
    }
    let unserved = loaded.agencies.needs.iter().filter(|need| {
        let mut all = loaded.agencies.agencies.iter();
        !all.any(|agency| agency.serves.contains(&need.name))
    });
    for need in unserved {
        let place = of_file(&file, need.at);
        let what = format!("no agency serves the need `{}`", need.name);
        let remedy = "Let an agency serve it, or delete it: it is never offered.".to_owned();
        proof.tell(Severity::Warning, &place, "unserved_need", what, remedy);
    }
}

fn half_a_pin(proof: &mut Proof<'_, '_>, place: &Where<'_>, item: &Node, agency: &Agency) {
    let says = |key: &str| item.get(key).is_some();
    if says("latitude") != says("longitude") {
        let what = format!(
            "the pin of `{}` has only one of its two numbers",
            agency.name
        );
        proof.error(
            place,
            "half_a_pin",
            what,
            "Give both `latitude` and `longitude`, or neither.",
        );
    }
}

/// A latest day is promised for a kind of request that there is, and that no committee answers.
fn promises(proof: &mut Proof<'_, '_>) {
    let Some((file, tree)) = proof.house_file("charity") else {
        return;
    };
    let loaded = proof.loaded;
    let days = tree.get("periods").and_then(|map| map.get("answer_days"));
    for (kind, _) in days.map_or(&[][..], Node::entries) {
        let place = of_file(&file, kind.at);
        let Some(known) = loaded.cases.kinds.get(&kind.text) else {
            let kinds = loaded.cases.kinds.keys().map(String::as_str);
            let what = format!("`{}` is no kind of request in cases.yaml", kind.text);
            let remedy = near::remedy(&kind.text, "There are", kinds);
            proof.error(&place, "unknown_kind", what, remedy);
            continue;
        };
        if known.committee && loaded.charity.capabilities.contains("committee") {
            let what = format!("the committee answers `{}`", kind.text);
            let remedy = "Say its days by `answer_from_days` and `answer_by_days`.";
            proof.error(&place, "committee_answers", what, remedy);
        }
    }
}

/// What was made up to show how it looks is told until somebody replaces it.
fn examples(proof: &mut Proof<'_, '_>) {
    made_up_numbers(proof);
    let loaded = proof.loaded;
    let services = loaded.services.iter().filter(|service| service.example);
    let services = services.map(|service| ("services", "service", &service.name, service.at));
    let agencies = loaded
        .agencies
        .agencies
        .iter()
        .filter(|agency| agency.example);
    let agencies = agencies.map(|agency| ("agencies", "agency", &agency.name, agency.at));
    for (house, noun, name, at) in services.chain(agencies) {
        let Some((file, _)) = proof.house_file(house) else {
            continue;
        };
        let place = of_file(&file, at);
        let what = format!("the {noun} `{name}` is an example");
        let remedy = "Replace it before the charity opens, and take `example: true` out.";
        proof.tell(Severity::Note, &place, "example", what, remedy.to_owned());
    }
}

/// Hours and periods that the charity did not give.
fn made_up_numbers(proof: &mut Proof<'_, '_>) {
    let Some((file, tree)) = proof.house_file("charity") else {
        return;
    };
    for part in ["hours", "periods"] {
        let example = tree.get(part).and_then(|map| map.get("example"));
        let Some(example) = example.filter(|node| node.scalar() == Some("true")) else {
            continue;
        };
        let what = format!("the {part} are an example");
        let remedy = "Replace them before the charity opens, and take `example: true` out.";
        proof.tell(
            Severity::Note,
            &of_file(&file, example.at),
            "example",
            what,
            remedy.to_owned(),
        );
    }
}
