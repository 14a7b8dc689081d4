//! processing.yaml and what names it: purposes and retentions that there are, a ground that carries the purpose,
//! and a question of consent where the purpose rests on consent.

use super::answers::question;
use super::house::distinct;
use super::{Proof, Where};
use crate::dialog::finding::Span;
use crate::dialog::model::{Dialog, Kind, Step, Text};
use crate::dialog::near;
use crate::dialog::processing::{Basis, Purpose};
use crate::dialog::yaml::Node;

/// The file beside the dialogs, by its name.
const FILE: &str = "processing";

pub fn prove(proof: &mut Proof<'_, '_>) {
    for (list, verb) in [
        ("purposes", "purpose"),
        ("retentions", "retention"),
        ("channels", "channel"),
        ("beside", "data"),
    ] {
        distinct(proof, FILE, list, verb);
    }
    house(proof);
    let loaded = proof.loaded;
    for dialog in loaded.dialogs.values() {
        of_dialog(proof, dialog);
    }
}

fn of_dialog<'a>(proof: &mut Proof<'a, '_>, dialog: &'a Dialog) {
    if let Some(name) = &dialog.purpose {
        let place = proof.of_dialog(dialog, "purpose");
        purpose(proof, &place, name);
        rests_on_consent(proof, dialog, &place, name);
    }
    if let Some(name) = &dialog.retention {
        let place = proof.of_dialog(dialog, "retention");
        retention(proof, &place, name);
    }
    for step in &dialog.steps {
        of_step(proof, dialog, step);
    }
}

fn of_step<'a>(proof: &mut Proof<'a, '_>, dialog: &'a Dialog, step: &'a Step) {
    if let Kind::Consent(consent) = &step.kind
        && !consent.purpose.is_empty()
    {
        let place = proof.key(dialog, step, "purpose");
        purpose(proof, &place, &consent.purpose);
    }
    let Some(question) = question(step) else {
        return;
    };
    if let Some(name) = &question.purpose {
        let place = proof.key(dialog, step, "purpose");
        purpose(proof, &place, name);
        rests_on_consent(proof, dialog, &place, name);
    }
    if let Some(name) = &question.retention {
        let place = proof.key(dialog, step, "retention");
        retention(proof, &place, name);
    }
}

fn purpose(proof: &mut Proof<'_, '_>, place: &Where<'_>, name: &str) {
    let names = proof.loaded.processing.purposes.keys().map(String::as_str);
    known(proof, place, ("unknown_purpose", "purpose"), name, names);
}

fn retention(proof: &mut Proof<'_, '_>, place: &Where<'_>, name: &str) {
    let names = proof
        .loaded
        .processing
        .retentions
        .keys()
        .map(String::as_str);
    known(
        proof,
        place,
        ("unknown_retention", "retention"),
        name,
        names,
    );
}

fn known<'a>(
    proof: &mut Proof<'_, '_>,
    place: &Where<'_>,
    (code, noun): (&'static str, &str),
    name: &str,
    names: impl Iterator<Item = &'a str> + Clone,
) {
    // A file that could not be read was told, and what names it is not wrong for that.
    if proof.loaded.unread.contains(FILE) || names.clone().any(|known| known == name) {
        return;
    }
    let remedy = near::remedy(name, "processing.yaml has", names);
    proof.error(place, code, format!("there is no {noun} `{name}`"), remedy);
}

/// A form whose purpose rests on consent asks for that very consent (one purpose, one question).
fn rests_on_consent<'a>(
    proof: &mut Proof<'a, '_>,
    dialog: &'a Dialog,
    place: &Where<'_>,
    name: &str,
) {
    let purpose = proof.loaded.processing.purposes.get(name);
    let needs = purpose.is_some_and(|purpose| purpose.basis == Basis::Consent);
    let asks =
        |step: &Step| matches!(&step.kind, Kind::Consent(consent) if consent.purpose == name);
    if dialog.form && needs && !dialog.steps.iter().any(asks) {
        let what = format!("`{name}` rests on consent, and no step of the form asks for it");
        let remedy = format!("Add a `consent` with `purpose: {name}` before what it is for.");
        proof.error(place, "no_consent", what, remedy);
    }
}

/// What the file itself says.
fn house(proof: &mut Proof<'_, '_>) {
    let Some((file, tree)) = proof.house_file(FILE) else {
        return;
    };
    let loaded = proof.loaded;
    let place = |at: Span| Where {
        file: file.clone(),
        at,
        step: None,
    };
    for one in loaded.processing.purposes.values() {
        ground(proof, &place(one.at), one);
    }
    for item in tree.get("beside").map_or(&[][..], Node::list) {
        if let Some(name) = item.get("purpose") {
            purpose(proof, &place(name.at), name.scalar().unwrap_or_default());
        }
        if let Some(name) = item.get("retention") {
            retention(proof, &place(name.at), name.scalar().unwrap_or_default());
        }
    }
    for text in texts(proof) {
        if text.ar.contains('{') || text.en.contains('{') {
            let what = "a text of the record is printed as it stands";
            let remedy = "Leave out what stands in braces.";
            proof.error(&place(text.at), "unknown_variable", what, remedy);
        }
    }
}

/// The interest of the house alone carries nothing sensitive (PDPL article 6).
fn ground(proof: &mut Proof<'_, '_>, place: &Where<'_>, purpose: &Purpose) {
    if purpose.sensitive && purpose.basis == Basis::LegitimateInterest {
        let what = format!(
            "`{}` is for sensitive data, which a legitimate interest does not carry",
            purpose.name
        );
        let remedy = "Write `basis: consent`, and ask for it in the dialog.";
        proof.error(place, "wrong_basis", what, remedy);
    }
}

fn texts<'a>(proof: &Proof<'a, '_>) -> Vec<&'a Text> {
    let processing = &proof.loaded.processing;
    let purposes = processing.purposes.values();
    let retentions = processing.retentions.values().map(|one| &one.text);
    let channels = processing.channels.iter().map(|one| &one.text);
    let beside = processing.beside.iter().map(|one| &one.title);
    purposes
        .flat_map(|one| [&one.title, &one.recipients])
        .chain(retentions)
        .chain(channels)
        .chain(beside)
        .collect()
}
