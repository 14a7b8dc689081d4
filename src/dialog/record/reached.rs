//! Which steps of a dialog a charity can ever come to: what its capabilities, services and files leave possible.
//! What depends on the talk may always be.

use std::collections::BTreeSet;

use crate::dialog::check::{Way, on, ways};
use crate::dialog::load::Loaded;
use crate::dialog::model::{Condition, Dialog, Exit, Kind, Options, Step};

/// The numbers of the steps that may be entered.
pub fn reached(loaded: &Loaded, dialog: &Dialog) -> BTreeSet<usize> {
    let (mut seen, mut entered, mut open) = (BTreeSet::new(), BTreeSet::new(), vec![0]);
    while let Some(number) = open.pop() {
        let Some(step) = dialog.steps.get(number).filter(|_| seen.insert(number)) else {
            continue;
        };
        let when = step.when.as_ref();
        let holds = when.map_or(Some(true), |when| ever(loaded, dialog, when));
        if holds != Some(true) {
            open.push(number + 1);
        }
        if holds != Some(false) {
            entered.insert(number);
            let ways = possible(loaded, dialog, step).into_iter();
            open.extend(ways.filter_map(|way| target(dialog, number, way)));
        }
    }
    entered
}

/// The ways on that are not closed for this charity.
fn possible<'d>(loaded: &Loaded, dialog: &Dialog, step: &'d Step) -> Vec<Way<'d>> {
    let Kind::Branch(branch) = &step.kind else {
        return ways(step);
    };
    let mut open = Vec::new();
    for (condition, exit) in &branch.cases {
        let holds = ever(loaded, dialog, condition);
        if holds != Some(false) {
            open.push(Way::To(exit));
        }
        if holds == Some(true) {
            return open;
        }
    }
    open.push(on(step));
    open
}

fn target(dialog: &Dialog, from: usize, way: Way<'_>) -> Option<usize> {
    match way {
        Way::Next => Some(from + 1),
        Way::To(Exit::Step { name, .. }) => dialog.step(name).map(|(number, _)| number),
        Way::To(Exit::Dialog { .. }) | Way::End => None,
    }
}

/// Whether a condition holds in every talk, or in none; None where that depends on the talk.
fn ever(loaded: &Loaded, dialog: &Dialog, condition: &Condition) -> Option<bool> {
    let all = |conditions: &[Condition]| {
        let each = conditions.iter().map(|one| ever(loaded, dialog, one));
        each.collect::<Vec<_>>()
    };
    match condition {
        Condition::Capability { name, .. } => Some(loaded.charity.capabilities.contains(name)),
        Condition::Asks { name, .. } => {
            let mut services = loaded.services.iter();
            let asked = services.any(|one| one.asks.iter().chain(&one.needs).any(|it| it == name));
            (!asked).then_some(false)
        }
        Condition::Is { field, value, .. } => choosable(loaded, dialog, field, &[value]),
        Condition::In { field, values, .. } => {
            let values: Vec<&String> = values.iter().collect();
            choosable(loaded, dialog, field, &values)
        }
        Condition::Fact { name, .. } if name == "has_agencies" => {
            Some(!loaded.agencies.agencies.is_empty())
        }
        Condition::All(conditions) => {
            let each = all(conditions);
            match each.contains(&Some(false)) {
                true => Some(false),
                false => each.iter().all(|one| *one == Some(true)).then_some(true),
            }
        }
        Condition::Any(conditions) => {
            let each = all(conditions);
            match each.contains(&Some(true)) {
                true => Some(true),
                false => each.iter().all(|one| *one == Some(false)).then_some(false),
            }
        }
        Condition::Not(condition) => ever(loaded, dialog, condition).map(|holds| !holds),
        Condition::Over { .. }
        | Condition::Under { .. }
        | Condition::Known { .. }
        | Condition::Flagged { .. }
        | Condition::Fact { .. } => None,
    }
}

/// Some(false) where a field is chosen from options none of which, of these, is ever shown.
fn choosable(loaded: &Loaded, dialog: &Dialog, field: &str, values: &[&String]) -> Option<bool> {
    let (_, step) = dialog.step(field)?;
    let Kind::Choose(choose) = &step.kind else {
        return None;
    };
    let Options::Listed(options) = &choose.options else {
        return None;
    };
    let shown = options.iter().any(|option| {
        let when = option.when.as_ref();
        values.contains(&&option.name)
            && when.and_then(|when| ever(loaded, dialog, when)) != Some(false)
    });
    (!shown).then_some(false)
}
