//! What every way to a step has passed: the answers that are known there, a chosen service, an opened or
//! found case.

use std::collections::BTreeSet;

use super::exits::{Way, own_exits, ways};
use super::graph::{Graph, target};
use crate::dialog::model::{Dialog, Exit, Kind, Options, Step};

/// Marks among the names of passed steps: no step has such a name.
pub const CHOSEN: &str = "@service";
pub const SUBMITTED: &str = "@case";
pub const FOUND: &str = "@state";

/// For each step, what every way to it has passed: names of steps, and the marks.
pub fn passed(graph: &Graph<'_>) -> Vec<BTreeSet<String>> {
    let dialog = graph.dialog;
    let everything: BTreeSet<String> = dialog
        .steps
        .iter()
        .map(|step| step.name.clone())
        .chain([CHOSEN, SUBMITTED, FOUND].map(str::to_owned))
        .collect();
    let mut passed = vec![everything; dialog.steps.len()];
    if let Some(first) = passed.first_mut() {
        first.clear();
    }
    let mut open: Vec<usize> = (0..dialog.steps.len()).rev().collect();
    while let Some(from) = open.pop() {
        for (to, known) in onward(dialog, from, &passed[from]) {
            let left: BTreeSet<String> = passed[to].intersection(&known).cloned().collect();
            if left.len() < passed[to].len() {
                passed[to] = left;
                open.push(to);
            }
        }
    }
    passed
}

/// The steps that may follow one, with what is known on the way there.
fn onward(
    dialog: &Dialog,
    from: usize,
    known: &BTreeSet<String>,
) -> Vec<(usize, BTreeSet<String>)> {
    let step = &dialog.steps[from];
    let mut bare = known.clone();
    bare.insert(step.name.clone());
    let mut full = bare.clone();
    full.extend(marks(step).iter().map(|mark| (*mark).to_owned()));
    let unknown: Vec<&Exit> = if matches!(step.kind, Kind::LookUp(_)) {
        own_exits(step)
    } else {
        Vec::new()
    };
    let of = |way: Way<'_>| match way {
        Way::To(exit) if unknown.contains(&exit) => bare.clone(),
        Way::To(_) | Way::Next | Way::End => full.clone(),
    };
    let mut onward: Vec<_> = ways(step)
        .into_iter()
        .filter_map(|way| Some((target(dialog, from, way)?, of(way))))
        .collect();
    if step.when.is_some() && from + 1 < dialog.steps.len() {
        // Passed over: what it would have brought stays empty, and its lines are left out.
        onward.push((from + 1, full));
    }
    onward
}

/// What a step brings beside its answer.
pub fn marks(step: &Step) -> &'static [&'static str] {
    match &step.kind {
        Kind::Choose(choose) => match choose.options {
            Options::Services => &[CHOSEN],
            Options::Listed(_) | Options::Regions | Options::Cases | Options::Paused => &[],
            Options::Contestable | Options::Withdrawable => &[],
            Options::Documents | Options::Needs => &[],
        },
        Kind::Submit(_) => &[SUBMITTED],
        Kind::LookUp(_) => &[SUBMITTED, FOUND],
        Kind::Say(_)
        | Kind::Ask(_)
        | Kind::Branch(_)
        | Kind::Consent(_)
        | Kind::Attach(_)
        | Kind::Locate(_)
        | Kind::Review(_)
        | Kind::Sign(_)
        | Kind::Survey(_)
        | Kind::Guide(_)
        | Kind::Call(_)
        | Kind::HandOver(_)
        | Kind::Act(_) => &[],
    }
}
