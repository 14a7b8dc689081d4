//! Every exit leads to a step or a dialog that there is, and no step leads into nothing.

use super::Proof;
use crate::dialog::model::{Choose, Dialog, Exit, Kind, Options, Step};
use crate::dialog::near;

/// One way on from a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way<'a> {
    /// To the next step of the file.
    Next,
    To(&'a Exit),
    /// The dialog ends.
    End,
}

/// All ways on from a step that was not passed over.
pub fn ways(step: &Step) -> Vec<Way<'_>> {
    let mut ways: Vec<Way<'_>> = own_exits(step).into_iter().map(Way::To).collect();
    if goes_on(step) {
        ways.push(on(step));
    }
    ways
}

/// Where it goes when its kind says nothing else.
pub fn on(step: &Step) -> Way<'_> {
    match (&step.ends, &step.to) {
        (Some(_), _) => Way::End,
        (None, Some(exit)) => Way::To(exit),
        (None, None) => Way::Next,
    }
}

/// The exits that its kind has beside `to`.
pub fn own_exits(step: &Step) -> Vec<&Exit> {
    match &step.kind {
        Kind::Choose(Choose {
            options: Options::Listed(options),
            ..
        }) => options
            .iter()
            .filter_map(|option| option.to.as_ref())
            .collect(),
        Kind::Branch(branch) => branch.cases.iter().map(|(_, exit)| exit).collect(),
        Kind::Consent(consent) => consent.refused.iter().collect(),
        Kind::LookUp(look_up) => look_up.unknown.iter().collect(),
        Kind::Guide(guide) => guide.unknown.iter().collect(),
        Kind::Choose(_)
        | Kind::Say(_)
        | Kind::Ask(_)
        | Kind::Attach(_)
        | Kind::Locate(_)
        | Kind::Review(_)
        | Kind::Sign(_)
        | Kind::Submit(_)
        | Kind::Survey(_)
        | Kind::Call(_)
        | Kind::HandOver(_)
        | Kind::Act(_) => Vec::new(),
    }
}

/// Whether some answer takes the ordinary way on: not where every option has an exit of its own.
fn goes_on(step: &Step) -> bool {
    match &step.kind {
        Kind::Choose(choose) => match &choose.options {
            Options::Listed(options) => {
                choose.question.optional
                    || choose.question.later
                    || options.iter().any(|option| option.to.is_none())
            }
            Options::Services | Options::Regions | Options::Cases | Options::Paused => true,
            Options::Contestable | Options::Withdrawable => true,
            Options::Documents | Options::Needs => true,
        },
        Kind::Say(_)
        | Kind::Ask(_)
        | Kind::Branch(_)
        | Kind::Consent(_)
        | Kind::Attach(_)
        | Kind::Locate(_)
        | Kind::Review(_)
        | Kind::Sign(_)
        | Kind::Submit(_)
        | Kind::LookUp(_)
        | Kind::Survey(_)
        | Kind::Guide(_)
        | Kind::Call(_)
        | Kind::HandOver(_)
        | Kind::Act(_) => true,
    }
}

pub fn prove<'a>(proof: &mut Proof<'a, '_>, dialog: &'a Dialog) {
    for step in &dialog.steps {
        for exit in own_exits(step).into_iter().chain(&step.to) {
            leads_somewhere(proof, dialog, step, exit);
        }
        if let Kind::Call(call) = &step.kind {
            is_dialog(proof, dialog, step, &call.dialog, call.at);
        }
        if step.ends.is_some() && step.to.is_some() {
            let place = proof.key(dialog, step, "ends");
            proof.error(
                &place,
                "two_ends",
                "`ends` and `to` do not go together",
                "Keep the one that is meant.",
            );
        }
    }
    last(proof, dialog);
}

fn leads_somewhere<'a>(proof: &mut Proof<'a, '_>, dialog: &'a Dialog, step: &'a Step, exit: &Exit) {
    match exit {
        Exit::Dialog { name, at } => is_dialog(proof, dialog, step, name, *at),
        Exit::Step { name, .. } if dialog.step(name).is_some() => {}
        Exit::Step { name, at } => {
            let names = dialog.steps.iter().map(|step| step.name.as_str());
            let remedy = match proof.loaded.dialogs.contains_key(name) {
                true => format!("There is a dialog of this name: write `{{dialog: {name}}}`."),
                false => near::remedy(name, "It has", names),
            };
            let place = proof.of_step(dialog, step, *at);
            proof.error(
                &place,
                "unknown_step",
                format!("goes to `{name}`, which is no step of this dialog"),
                remedy,
            );
        }
    }
}

fn is_dialog<'a>(
    proof: &mut Proof<'a, '_>,
    dialog: &'a Dialog,
    step: &'a Step,
    name: &str,
    at: crate::dialog::finding::Span,
) {
    let loaded = proof.loaded;
    if name.is_empty() || loaded.dialogs.contains_key(name) || loaded.unread.contains(name) {
        return;
    }
    let remedy = near::remedy(
        name,
        "There are",
        proof.loaded.dialogs.keys().map(String::as_str),
    );
    let place = proof.of_step(dialog, step, at);
    proof.error(
        &place,
        "unknown_dialog",
        format!("goes to the dialog `{name}`, which there is not"),
        remedy,
    );
}

/// Behind the last step the file has nothing to go on to.
fn last<'a>(proof: &mut Proof<'a, '_>, dialog: &'a Dialog) {
    let Some(step) = dialog.steps.last() else {
        return;
    };
    let remedy = "Add `ends: done`, or `to:` with a step or a dialog.";
    if ways(step).contains(&Way::Next) {
        let place = proof.of_step(dialog, step, step.at);
        proof.error(
            &place,
            "no_exit",
            "is the last step and leads nowhere",
            remedy,
        );
    } else if step.when.is_some() {
        let place = proof.key(dialog, step, "when");
        let what = "is the last step and may be passed over, and then the dialog leads nowhere";
        proof.error(
            &place,
            "no_exit",
            what,
            "Put a step behind it that ends the dialog.",
        );
    }
}
