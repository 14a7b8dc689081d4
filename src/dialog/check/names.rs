//! The names that a dialog gives and uses: distinct where they must be, known where they point elsewhere.

use std::collections::BTreeSet;

use super::answers::{Answer, answer};
use super::{Proof, Where, answers};
use crate::dialog::model::{
    Ask, Choose, Dialog, Guide, Kind, LookUp, OptionSpec, Options, ReaderName, ShowSpec, Sign,
    Step, Submit,
};
use crate::dialog::{kind, near, phrase};

pub fn prove<'a>(proof: &mut Proof<'a, '_>, dialog: &'a Dialog) {
    distinct_steps(proof, dialog);
    renamed(proof, dialog);
    starts(proof, dialog);
    for step in &dialog.steps {
        of_step(proof, dialog, step);
    }
}

fn of_step<'a>(proof: &mut Proof<'a, '_>, dialog: &'a Dialog, step: &'a Step) {
    match &step.kind {
        Kind::Choose(choose) => options(proof, dialog, step, choose),
        Kind::Sign(sign) => capacity(proof, dialog, step, sign),
        Kind::Submit(submit) => submits(proof, dialog, step, submit),
        Kind::LookUp(look_up) => looks_up(proof, dialog, step, look_up),
        Kind::Guide(guide) => guides(proof, dialog, step, guide),
        Kind::Say(say) => {
            for show in &say.shows {
                shows(proof, dialog, step, show);
            }
            if let Some(proactive) = &say.proactive {
                let place = proof.of_step(dialog, step, proactive.at);
                template(proof, &place, &proactive.template);
            }
        }
        Kind::Ask(ask) => {
            if let (Some(least), Some(most)) = (ask.least, ask.most)
                && least > most
            {
                let place = proof.key(dialog, step, "least");
                proof.error(
                    &place,
                    "bounds",
                    format!("`least: {least}` is more than `most: {most}`"),
                    "Exchange them.",
                );
            }
            marks(proof, dialog, step, ask);
        }
        Kind::Branch(_)
        | Kind::Consent(_)
        | Kind::Attach(_)
        | Kind::Locate(_)
        | Kind::Review(_)
        | Kind::Survey(_)
        | Kind::Call(_)
        | Kind::HandOver(_)
        | Kind::Act(_) => {}
    }
}

fn distinct_steps<'a>(proof: &mut Proof<'a, '_>, dialog: &'a Dialog) {
    let mut seen = BTreeSet::new();
    for step in dialog
        .steps
        .iter()
        .filter(|step| !seen.insert(step.name.as_str()))
    {
        let place = proof.of_step(dialog, step, step.at);
        proof.error(
            &place,
            "duplicate_step",
            "a step of this name stands above",
            "Give it a name of its own.",
        );
    }
}

fn renamed(proof: &mut Proof<'_, '_>, dialog: &Dialog) {
    for (old, new) in &dialog.renamed {
        let place = proof.word(&proof.of_dialog(dialog, "renamed"), old);
        if dialog.step(old).is_some() {
            let what = format!("`{old}` is said to be a former name, and a step still has it");
            proof.error(&place, "renamed", what, "Take it out of `renamed`.");
        }
        if dialog.step(new).is_none() {
            let remedy = near::remedy(
                new,
                "It has",
                dialog.steps.iter().map(|step| step.name.as_str()),
            );
            proof.error(
                &place,
                "unknown_step",
                format!("`{old}` is now `{new}`, which is no step of this dialog"),
                remedy,
            );
        }
    }
}

fn starts(proof: &mut Proof<'_, '_>, dialog: &Dialog) {
    let loaded = proof.loaded;
    for start in &dialog.starts {
        let place = proof.word(&proof.of_dialog(dialog, "starts"), start);
        let known: BTreeSet<&str> = loaded.words.controls.values().map(String::as_str).collect();
        if !known.contains(start.as_str()) {
            let remedy = near::remedy(start, "words.yaml has, under `controls`", known);
            proof.error(
                &place,
                "unknown_control",
                format!("no words in words.yaml mean `{start}`"),
                remedy,
            );
        }
        let other = loaded
            .dialogs
            .values()
            .find(|other| other.name < dialog.name && other.starts.contains(start));
        if let Some(other) = other {
            let what = format!("`{start}` opens the dialog `{}` already", other.name);
            proof.error(
                &place,
                "duplicate_start",
                what,
                "A word opens one dialog: give this one a word of its own.",
            );
        }
        let acts = phrase::CONTROLS.iter().any(|(control, _)| control == start);
        if acts
            && !phrase::DIALOGS.contains(&dialog.name.as_str())
            && phrase::DIALOGS.contains(&start.as_str())
        {
            let what = format!("`{start}` opens the dialog `{start}` by itself");
            proof.error(
                &place,
                "duplicate_start",
                what,
                "Give this dialog a word of its own.",
            );
        }
    }
}

fn options<'a>(proof: &mut Proof<'a, '_>, dialog: &'a Dialog, step: &'a Step, choose: &'a Choose) {
    let node = proof.step_node(dialog, step);
    let says = |key: &str| node.is_some_and(|node| node.get(key).is_some());
    match (says("options"), says("from")) {
        (true, true) => {
            let place = proof.key(dialog, step, "from");
            proof.error(
                &place,
                "two_lists",
                "`options` and `from` do not go together",
                "Keep the one that is meant.",
            );
        }
        (false, false) => {
            let place = proof.of_step(dialog, step, step.at);
            proof.error(
                &place,
                "missing_key",
                "has nothing to choose from",
                "Add `options:`, or `from:` with a list of the house.",
            );
        }
        (true, false) | (false, true) => {}
    }
    let Options::Listed(options) = &choose.options else {
        return;
    };
    let mut seen = BTreeSet::new();
    for option in options {
        if !seen.insert(option.name.as_str()) {
            let place = proof.of_step(dialog, step, option.text.at);
            proof.error(
                &place,
                "duplicate_option",
                format!("the option `{}` stands above", option.name),
                "Give it a name of its own.",
            );
        }
        if choose.several && option.to.is_some() {
            let place = proof.of_step(dialog, step, option.text.at);
            let what = format!(
                "the option `{}` leads elsewhere, but several may be picked",
                option.name
            );
            proof.error(
                &place,
                "exit_of_several",
                what,
                "Put a branch behind the step.",
            );
        }
    }
    same_words(proof, dialog, step, options);
}

/// A word that means two options means neither.
fn same_words<'a>(
    proof: &mut Proof<'a, '_>,
    dialog: &'a Dialog,
    step: &'a Step,
    options: &'a [OptionSpec],
) {
    for (number, option) in options.iter().enumerate() {
        let other_has = |word: &String| {
            options[..number]
                .iter()
                .find(|other| other.words.contains(word))
        };
        if let Some((word, other)) = option
            .words
            .iter()
            .find_map(|word| Some((word, other_has(word)?)))
        {
            let place = proof.of_step(dialog, step, option.text.at);
            let what = format!(
                "the word «{word}» means the options `{}` and `{}`",
                other.name, option.name
            );
            proof.error(&place, "duplicate_word", what, "Leave it with one of them.");
        }
    }
}

fn shows<'a>(proof: &mut Proof<'a, '_>, dialog: &'a Dialog, step: &'a Step, show: &ShowSpec) {
    let place = proof.key(dialog, step, "shows");
    shown(proof, &place, show);
    if let ShowSpec::Document { field } = show {
        let fits = |answer: &Answer<'_>| matches!(answer, Answer::Documents);
        let wanted = ("shows", field.as_str(), "a `choose` from documents");
        field_of(proof, dialog, step, wanted, fits);
    }
}

/// A file that is there, a link that can be followed.
pub fn shown<'a>(proof: &mut Proof<'a, '_>, place: &Where<'a>, show: &ShowSpec) {
    match show {
        ShowSpec::File { path, .. } => file(proof, place, path),
        ShowSpec::Link { url, .. } if !is_link(url) => {
            let place = proof.word(place, url);
            proof.error(
                &place,
                "bad_link",
                "the link does not begin with https://, and is no page of ours",
                "Write the whole address, with https; or `/` and the name of a page of ours.",
            );
        }
        ShowSpec::Document { .. } | ShowSpec::Link { .. } | ShowSpec::Places => {}
    }
}

/// `https://…`, or `/…`: a page of our own, and not of a host (`//…`).
fn is_link(url: &str) -> bool {
    url.starts_with("https://") || (url.starts_with('/') && !url.starts_with("//"))
}

/// Every mark has its word, or none has.
fn marks<'a>(proof: &mut Proof<'a, '_>, dialog: &'a Dialog, step: &'a Step, ask: &'a Ask) {
    if ask.marks.is_empty() {
        return;
    }
    let place = proof.key(dialog, step, "marks");
    if ask.read != ReaderName::Rating {
        let remedy = "Take `marks` out, or write `read: rating`.";
        return proof.error(&place, "marks", "only a rating has marks", remedy);
    }
    let (least, most) = kind::ask::marks(ask);
    let wanted = most - least + 1;
    if ask.marks.len() as i64 != wanted {
        let what = format!(
            "has {} words for {wanted} marks, from {least} to {most}",
            ask.marks.len()
        );
        proof.error(
            &place,
            "marks",
            what,
            "Write one word a mark, the least first.",
        );
    }
}

fn guides<'a>(proof: &mut Proof<'a, '_>, dialog: &'a Dialog, step: &'a Step, guide: &'a Guide) {
    let fits = |answer: &Answer<'_>| matches!(answer, Answer::Needs);
    let wanted = ("need", guide.need.as_str(), "a `choose` from needs");
    field_of(proof, dialog, step, wanted, fits);
    if let Some(place) = &guide.place {
        let fits = |answer: &Answer<'_>| matches!(answer, Answer::Regions | Answer::Residence);
        let wanted = (
            "place",
            place.as_str(),
            "a `locate`, or a `choose` from regions",
        );
        field_of(proof, dialog, step, wanted, fits);
    }
}

/// A file of the charity's folder, or of the common one.
pub fn file<'a>(proof: &mut Proof<'a, '_>, place: &Where<'a>, path: &str) {
    let own = format!("charities/{}/{path}", proof.loaded.charity.name);
    let objects = &proof.loaded.files.objects;
    if objects.contains_key(&own) || objects.contains_key(&format!("common/{path}")) {
        return;
    }
    let below = |object: &'a String| {
        object.split_once('/').map(|(_, rest)| {
            rest.split_once('/')
                .filter(|_| object.starts_with("charities/"))
                .map_or(rest, |(_, rest)| rest)
        })
    };
    let remedy = near::remedy(path, "There are", objects.keys().filter_map(below));
    let place = proof.word(place, path);
    proof.error(
        &place,
        "unknown_file",
        format!("the file `{path}` is not in the charity's folder"),
        remedy,
    );
}

pub fn template(proof: &mut Proof<'_, '_>, place: &Where<'_>, name: &str) {
    if !proof.loaded.templates.contains_key(name) {
        let remedy = near::remedy(
            name,
            "templates.yaml has",
            proof.loaded.templates.keys().map(String::as_str),
        );
        proof.error(
            place,
            "unknown_template",
            format!("there is no template `{name}`"),
            remedy,
        );
    }
}

fn capacity<'a>(proof: &mut Proof<'a, '_>, dialog: &'a Dialog, step: &'a Step, sign: &'a Sign) {
    if let Some(field) = &sign.capacity {
        let fits = |answer: &Answer<'_>| matches!(answer, Answer::Listed(_));
        field_of(
            proof,
            dialog,
            step,
            ("capacity", field, "a `choose` with options of its own"),
            fits,
        );
    }
}

fn submits<'a>(proof: &mut Proof<'a, '_>, dialog: &'a Dialog, step: &'a Step, submit: &'a Submit) {
    let kinds = &proof.loaded.cases.kinds;
    if !submit.case.is_empty() && !kinds.contains_key(&submit.case) {
        let remedy = near::remedy(
            &submit.case,
            "cases.yaml has",
            kinds.keys().map(String::as_str),
        );
        let place = proof.key(dialog, step, "case");
        proof.error(
            &place,
            "unknown_case",
            format!("there is no kind of case `{}`", submit.case),
            remedy,
        );
    }
    if submit.id_field.is_some() && submit.duplicate.is_none() {
        let place = proof.key(dialog, step, "id_field");
        proof.error(
            &place,
            "missing_key",
            "has an `id_field` and no text for who has another open request",
            "Add `duplicate: {ar: \"…\", en: \"…\"}`: no date, no word of the other request.",
        );
    }
    if let Some(field) = &submit.about {
        let fits = |answer: &Answer<'_>| matches!(answer, Answer::Own);
        let wanted = (
            "about",
            field.as_str(),
            "a `choose` from the person's own requests",
        );
        field_of(proof, dialog, step, wanted, fits);
    }
    let listed = |answer: &Answer<'_>| matches!(answer, Answer::Listed(_));
    for (key, field) in [
        ("capacity", &submit.capacity),
        ("other_id_kind", &submit.other_id_kind),
    ] {
        if let Some(field) = field {
            let wanted = (key, field.as_str(), "a `choose` with options of its own");
            field_of(proof, dialog, step, wanted, listed);
        }
    }
    if let Some(field) = &submit.other_id {
        let fits = |answer: &Answer<'_>| matches!(answer, Answer::Read(ReaderName::DocumentNumber));
        let wanted = ("other_id", field.as_str(), "`read: document_number`");
        field_of(proof, dialog, step, wanted, fits);
    }
    if let Some(field) = &submit.id_field {
        let fits = |answer: &Answer<'_>| {
            matches!(
                answer,
                Answer::Read(ReaderName::NationalId | ReaderName::DocumentNumber)
            )
        };
        field_of(
            proof,
            dialog,
            step,
            (
                "id_field",
                field,
                "`read: national_id` or `read: document_number`",
            ),
            fits,
        );
    }
}

fn looks_up<'a>(
    proof: &mut Proof<'a, '_>,
    dialog: &'a Dialog,
    step: &'a Step,
    look_up: &'a LookUp,
) {
    if !look_up.reference.is_empty() {
        let fits = |answer: &Answer<'_>| {
            matches!(answer, Answer::Read(ReaderName::Reference) | Answer::Own)
        };
        field_of(
            proof,
            dialog,
            step,
            (
                "reference",
                &look_up.reference,
                "`read: reference`, or a `choose` from cases",
            ),
            fits,
        );
    }
    if look_up.prove && look_up.last_four.is_none() {
        let place = proof.key(dialog, step, "prove");
        proof.error(
            &place,
            "missing_key",
            "proves who somebody is, and asks nothing that could",
            "Add `last_four:` with the field that has the last four digits.",
        );
    }
    if let Some(field) = &look_up.last_four {
        let fits = |answer: &Answer<'_>| matches!(answer, Answer::Read(ReaderName::LastFour));
        field_of(
            proof,
            dialog,
            step,
            ("last_four", field, "`read: last_four`"),
            fits,
        );
    }
}

/// A key that names an answer of this dialog, of a certain type.
fn field_of<'a>(
    proof: &mut Proof<'a, '_>,
    dialog: &'a Dialog,
    step: &'a Step,
    (key, field, wanted): (&str, &str, &str),
    fits: impl Fn(&Answer<'_>) -> bool,
) {
    let place = proof.key(dialog, step, key);
    match dialog.step(field).and_then(|(_, step)| answer(step)) {
        Some(answer) if fits(&answer) => {}
        Some(answer) => {
            let what = format!("`{key}` names `{field}`, which is {}", answer.what());
            proof.error(&place, "wrong_field", what, format!("It needs {wanted}."));
        }
        None => {
            let remedy = near::remedy(field, "This dialog asks", answers::names(dialog));
            proof.error(
                &place,
                "unknown_field",
                format!("`{key}` names `{field}`, which this dialog does not ask"),
                remedy,
            );
        }
    }
}
