//! What the law wants of a dialog (SAUDI.md section 11): consent before personal data, a purpose and a retention
//! for them, sensitive answers marked as such.

use std::collections::BTreeSet;

use super::Proof;
use super::answers::{Answer, answer, question};
use super::graph::Graph;
use super::passed::passed;
use crate::dialog::finding::Severity;
use crate::dialog::model::{Choose, Dialog, Kind, Options, Question, ReaderName, Step};

pub fn prove<'a>(proof: &mut Proof<'a, '_>, dialog: &'a Dialog) {
    for step in &dialog.steps {
        sensitive(proof, dialog, step);
        if dialog.form {
            labelled(proof, dialog, step);
        }
    }
    let personal: Vec<&Step> = dialog
        .steps
        .iter()
        .filter(|step| is_personal(step))
        .collect();
    recorded(proof, dialog);
    if dialog.anonymous {
        return anonymous(proof, dialog);
    }
    if dialog.form && !personal.is_empty() {
        consented(proof, dialog);
    }
}

/// The answers of a dialog that belong into the record of processing, in the order of the file. Where answers are
/// kept all of them do; other dialogs forget them, but what tells of somebody stays in the history.
pub fn recorded_fields(dialog: &Dialog) -> Vec<&Step> {
    let kept = keeps(dialog);
    let is_field = |step: &&Step| match answer(step) {
        None | Some(Answer::Consent) => false,
        Some(_) if dialog.form => true,
        Some(_) if kept && !only_leads(step) => true,
        Some(Answer::Read(ReaderName::Reference | ReaderName::LastFour)) => true,
        Some(_) => is_personal(step),
    };
    dialog.steps.iter().filter(is_field).collect()
}

/// A choice each of whose options leads elsewhere: a parting of ways, and nothing that anybody looks at later.
fn only_leads(step: &Step) -> bool {
    match &step.kind {
        Kind::Choose(Choose {
            options: Options::Listed(options),
            ..
        }) => options.iter().all(|option| option.to.is_some()),
        _ => false,
    }
}

/// A form, or a dialog that hands its answers in or keeps them as a rating.
fn keeps(dialog: &Dialog) -> bool {
    let mut steps = dialog.steps.iter();
    dialog.form || steps.any(|step| matches!(step.kind, Kind::Submit(_) | Kind::Survey(_)))
}

/// A dialog for a talk without a name asks nothing that tells who somebody is, and calls no dialog that does.
fn anonymous<'a>(proof: &mut Proof<'a, '_>, dialog: &'a Dialog) {
    for step in &dialog.steps {
        let what = match &step.kind {
            Kind::Ask(ask) if names_somebody(ask.read) => "asks who somebody is",
            Kind::Locate(_) => "asks where somebody lives",
            Kind::Sign(_) => "asks for a signature",
            Kind::Call(call) if is_named(proof, &call.dialog) => {
                "calls a dialog that is not `anonymous`"
            }
            _ => continue,
        };
        let place = proof.of_step(dialog, step, step.at);
        let remedy = "Take it out: in a talk without a name nothing may lead to the person.";
        proof.error(
            &place,
            "names_somebody",
            format!("{what}, in a talk without a name"),
            remedy,
        );
    }
}

fn is_named(proof: &Proof<'_, '_>, dialog: &str) -> bool {
    let called = proof.loaded.dialogs.get(dialog);
    called.is_some_and(|called| !called.anonymous)
}

fn names_somebody(reader: ReaderName) -> bool {
    match reader {
        ReaderName::FullName
        | ReaderName::NationalId
        | ReaderName::DocumentNumber
        | ReaderName::ContactMeans
        | ReaderName::Phone
        | ReaderName::Email
        | ReaderName::BirthDate
        | ReaderName::Iban
        | ReaderName::LastFour => true,
        ReaderName::ExpiryDate
        | ReaderName::Date
        | ReaderName::YesNo
        | ReaderName::Number
        | ReaderName::Money
        | ReaderName::Rating
        | ReaderName::Reference
        | ReaderName::FreeText => false,
    }
}

fn sensitive<'a>(proof: &mut Proof<'a, '_>, dialog: &'a Dialog, step: &'a Step) {
    let Kind::Ask(ask) = &step.kind else { return };
    if is_sensitive(ask.read) && !ask.question.sensitive {
        let place = proof.key(dialog, step, "read");
        proof.error(
            &place,
            "not_sensitive",
            "asks for something that must be sealed and masked",
            "Add `sensitive: true`.",
        );
    }
}

fn is_sensitive(reader: ReaderName) -> bool {
    match reader {
        ReaderName::NationalId
        | ReaderName::DocumentNumber
        | ReaderName::Iban
        | ReaderName::LastFour => true,
        ReaderName::FullName
        | ReaderName::ContactMeans
        | ReaderName::Phone
        | ReaderName::Email
        | ReaderName::BirthDate
        | ReaderName::ExpiryDate
        | ReaderName::Date
        | ReaderName::YesNo
        | ReaderName::Number
        | ReaderName::Money
        | ReaderName::Rating
        | ReaderName::Reference
        | ReaderName::FreeText => false,
    }
}

fn labelled<'a>(proof: &mut Proof<'a, '_>, dialog: &'a Dialog, step: &'a Step) {
    if question(step).is_some_and(|question| question.label.is_none()) {
        let place = proof.of_step(dialog, step, step.at);
        let what = "has no `label`, by which the review calls the answer";
        proof.error(
            &place,
            "missing_label",
            what,
            "Add `label: {ar: \"…\", en: \"…\"}`, a word or two.",
        );
    }
}

/// What tells who somebody is, or how to reach or find them.
fn is_personal(step: &Step) -> bool {
    match &step.kind {
        Kind::Ask(ask) => match ask.read {
            ReaderName::FullName
            | ReaderName::NationalId
            | ReaderName::DocumentNumber
            | ReaderName::ContactMeans
            | ReaderName::Phone
            | ReaderName::Email
            | ReaderName::BirthDate
            | ReaderName::Iban
            | ReaderName::FreeText
            | ReaderName::Money => true,
            ReaderName::ExpiryDate
            | ReaderName::Date
            | ReaderName::YesNo
            | ReaderName::Number
            | ReaderName::Rating
            | ReaderName::Reference
            | ReaderName::LastFour => false,
        },
        Kind::Attach(_) | Kind::Locate(_) | Kind::Sign(_) => true,
        Kind::Say(_)
        | Kind::Choose(_)
        | Kind::Branch(_)
        | Kind::Consent(_)
        | Kind::Review(_)
        | Kind::Submit(_)
        | Kind::LookUp(_)
        | Kind::Survey(_)
        | Kind::Guide(_)
        | Kind::Call(_)
        | Kind::HandOver(_)
        | Kind::Act(_) => false,
    }
}

/// Every field of the record has a purpose and a retention: its own, or the dialog's.
fn recorded<'a>(proof: &mut Proof<'a, '_>, dialog: &'a Dialog) {
    let own = |of: fn(&Question) -> &Option<String>| {
        move |step: &&Step| question(step).is_none_or(|question| of(question).is_none())
    };
    let fields = recorded_fields(dialog);
    let mut untold = |told: &Option<String>, of, code, key| {
        if let (None, Some(step)) = (told, fields.iter().copied().find(own(of))) {
            nameless(proof, dialog, step, code, key);
        }
    };
    untold(
        &dialog.purpose,
        |question| &question.purpose,
        "missing_purpose",
        "purpose",
    );
    untold(
        &dialog.retention,
        |question| &question.retention,
        "missing_retention",
        "retention",
    );
}

/// Where answers are kept it must be named; of other dialogs only the history holds the words.
fn nameless<'a>(
    proof: &mut Proof<'a, '_>,
    dialog: &'a Dialog,
    step: &'a Step,
    code: &'static str,
    key: &str,
) {
    let severity = match keeps(dialog) {
        true => Severity::Error,
        false => Severity::Warning,
    };
    let place = proof.of_step(dialog, step, step.at);
    let what = format!("asks for personal data, and the dialog names no {key}");
    let remedy = format!("Add `{key}: …` to the dialog, a name of processing.yaml.");
    proof.tell(severity, &place, code, what, remedy);
}

/// The first personal question on a way that no consent stands before.
fn consented<'a>(proof: &mut Proof<'a, '_>, dialog: &'a Dialog) {
    let consents: BTreeSet<&str> = dialog
        .steps
        .iter()
        .filter(|step| matches!(step.kind, Kind::Consent(_)) && step.when.is_none())
        .map(|step| step.name.as_str())
        .collect();
    let graph = Graph::of(dialog);
    let passed = passed(&graph);
    let reached = graph.reached();
    let asked_bare = |number: &usize| {
        is_personal(&dialog.steps[*number])
            && !passed[*number]
                .iter()
                .any(|name| consents.contains(name.as_str()))
    };
    if let Some(step) = reached
        .iter()
        .find(|number| asked_bare(number))
        .map(|number| &dialog.steps[*number])
    {
        let place = proof.of_step(dialog, step, step.at);
        let what = "asks for personal data before consent on some way";
        proof.error(
            &place,
            "no_consent",
            what,
            "Put a `consent` without `when` before it, where every way passes.",
        );
    }
}
