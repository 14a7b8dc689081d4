//! The ways through the dialogs: every step can be reached, every dialog can end, and no circle goes round
//! without waiting for the person.

use std::collections::{BTreeMap, BTreeSet};

use super::answers::waits;
use super::exits::{Way, own_exits, ways};
use super::{Proof, Where};
use crate::dialog::finding::Severity;
use crate::dialog::model::{Dialog, Exit, Kind};
use crate::dialog::{near, phrase};

/// The steps of one dialog by number, with the ways between them.
pub struct Graph<'a> {
    pub dialog: &'a Dialog,
    /// From a step to those that may follow it.
    pub follow: Vec<BTreeSet<usize>>,
    /// Steps behind which the dialog may end or be left.
    ends: BTreeSet<usize>,
}

impl<'a> Graph<'a> {
    pub fn of(dialog: &'a Dialog) -> Graph<'a> {
        let mut graph = Graph {
            dialog,
            follow: vec![BTreeSet::new(); dialog.steps.len()],
            ends: BTreeSet::new(),
        };
        for number in 0..dialog.steps.len() {
            graph.add(number);
        }
        graph
    }

    fn add(&mut self, number: usize) {
        let step = &self.dialog.steps[number];
        for way in ways(step) {
            match target(self.dialog, number, way) {
                Some(next) => drop(self.follow[number].insert(next)),
                None => drop(self.ends.insert(number)),
            }
        }
        if step.when.is_some() && number + 1 < self.dialog.steps.len() {
            self.follow[number].insert(number + 1);
        }
    }

    /// Steps that the first one leads to, itself among them.
    pub fn reached(&self) -> BTreeSet<usize> {
        let first = (!self.follow.is_empty()).then_some(0);
        spread(first, |step| self.follow[step].iter().copied().collect())
    }

    /// Steps from which an end can be reached.
    fn ending(&self) -> BTreeSet<usize> {
        let before = self.before();
        spread(self.ends.iter().copied(), |step| {
            before[step].iter().copied().collect()
        })
    }

    /// To a step from those that may come right before it.
    pub fn before(&self) -> Vec<BTreeSet<usize>> {
        let mut before = vec![BTreeSet::new(); self.follow.len()];
        for (from, follow) in self.follow.iter().enumerate() {
            for to in follow {
                before[*to].insert(from);
            }
        }
        before
    }
}

/// The step that a way leads to within the dialog; None when it ends or leaves. An exit that leads to no
/// step was told by `exits`, and here leads to the one that was meant, so that it is not told twice.
pub fn target(dialog: &Dialog, from: usize, way: Way<'_>) -> Option<usize> {
    match way {
        Way::Next => (from + 1 < dialog.steps.len()).then_some(from + 1),
        Way::To(Exit::Step { name, .. }) => meant(dialog, name),
        Way::To(Exit::Dialog { .. }) | Way::End => None,
    }
}

fn meant(dialog: &Dialog, name: &str) -> Option<usize> {
    let found = dialog.step(name).or_else(|| {
        let near = near::nearest(name, dialog.steps.iter().map(|step| step.name.as_str()))?;
        dialog.step(near)
    });
    found.map(|(number, _)| number)
}

fn spread<T: Copy + Ord>(
    from: impl IntoIterator<Item = T>,
    next: impl Fn(T) -> Vec<T>,
) -> BTreeSet<T> {
    let mut open: Vec<T> = from.into_iter().collect();
    let mut seen: BTreeSet<T> = open.iter().copied().collect();
    while let Some(one) = open.pop() {
        open.extend(next(one).into_iter().filter(|two| seen.insert(*two)));
    }
    seen
}

pub fn prove(proof: &mut Proof<'_, '_>) {
    let loaded = proof.loaded;
    for dialog in loaded.dialogs.values() {
        let graph = Graph::of(dialog);
        let reached = graph.reached();
        unreachable(proof, dialog, &reached);
        endless(proof, &graph, &reached);
    }
    unopened(proof);
    circles(proof);
}

fn unreachable<'a>(proof: &mut Proof<'a, '_>, dialog: &'a Dialog, reached: &BTreeSet<usize>) {
    for (_, step) in dialog
        .steps
        .iter()
        .enumerate()
        .filter(|(number, _)| !reached.contains(number))
    {
        let place = proof.of_step(dialog, step, step.at);
        proof.error(
            &place,
            "unreachable_step",
            "no way leads here",
            "Lead a `to:` here, or delete the step.",
        );
    }
}

/// Told once a dialog, at the first step from which there is no end.
fn endless<'a>(proof: &mut Proof<'a, '_>, graph: &Graph<'a>, reached: &BTreeSet<usize>) {
    let ending = graph.ending();
    let stuck = reached
        .iter()
        .find(|step| !ending.contains(step) && !leads_wrong(graph, **step));
    if let Some(step) = stuck.and_then(|step| graph.dialog.steps.get(*step)) {
        let place = proof.of_step(graph.dialog, step, step.at);
        let what = "from here the dialog can never end";
        proof.error(
            &place,
            "no_end",
            what,
            "Give one of the ways on an `ends: done`, or lead it to another dialog.",
        );
    }
}

/// An exit that leads to no step was told already; whether the dialog ends behind it cannot be known.
fn leads_wrong(graph: &Graph<'_>, step: usize) -> bool {
    let from_here = spread([step], |step| graph.follow[step].iter().copied().collect());
    let wrong = |exit: &Exit| matches!(exit, Exit::Step { name, .. } if meant(graph.dialog, name).is_none());
    from_here
        .iter()
        .filter_map(|step| graph.dialog.steps.get(*step))
        .any(|step| own_exits(step).into_iter().chain(&step.to).any(wrong))
}

/// Dialogs that no word, no step and no rule of the house opens.
fn unopened(proof: &mut Proof<'_, '_>) {
    let loaded = proof.loaded;
    let by_house = |name: &str| phrase::DIALOGS.contains(&name);
    let roots = loaded
        .dialogs
        .values()
        .filter(|dialog| by_house(&dialog.name) || !dialog.starts.is_empty())
        .map(|dialog| dialog.name.as_str());
    let opened = spread(roots, |name| {
        loaded
            .dialogs
            .get(name)
            .map(|dialog| opens(dialog))
            .unwrap_or_default()
    });
    for dialog in loaded
        .dialogs
        .values()
        .filter(|dialog| !opened.contains(dialog.name.as_str()))
    {
        let place = proof.of_dialog(dialog, "title");
        let remedy =
            "Give it a word (`starts`), lead an exit to it, or delete the file.".to_owned();
        proof.tell(
            Severity::Warning,
            &place,
            "unopened_dialog",
            format!("nothing opens the dialog `{}`", dialog.name),
            remedy,
        );
    }
}

/// Dialogs that a dialog's steps lead to.
fn opens(dialog: &Dialog) -> Vec<&str> {
    let exits = dialog
        .steps
        .iter()
        .flat_map(|step| own_exits(step).into_iter().chain(&step.to));
    let left = exits.filter_map(|exit| match exit {
        Exit::Dialog { name, .. } => Some(name.as_str()),
        Exit::Step { .. } => None,
    });
    let called = dialog.steps.iter().filter_map(|step| match &step.kind {
        Kind::Call(call) => Some(call.dialog.as_str()),
        _ => None,
    });
    left.chain(called).collect()
}

/// A step of any dialog.
type Stop<'a> = (&'a str, usize);

/// Circles in what remains when every way on from an answered question is cut.
fn circles(proof: &mut Proof<'_, '_>) {
    let loaded = proof.loaded;
    let dialogs: BTreeMap<&str, &Dialog> = loaded
        .dialogs
        .iter()
        .map(|(name, dialog)| (name.as_str(), &**dialog))
        .collect();
    let mut done = BTreeSet::new();
    for (name, dialog) in &dialogs {
        for number in 0..dialog.steps.len() {
            for circle in circles_from(&dialogs, (name, number), &mut done) {
                round(proof, &dialogs, &circle);
            }
        }
    }
}

/// Every circle that a walk from here meets; every step is walked once.
fn circles_from<'a>(
    dialogs: &BTreeMap<&'a str, &'a Dialog>,
    from: Stop<'a>,
    done: &mut BTreeSet<Stop<'a>>,
) -> Vec<Vec<Stop<'a>>> {
    let mut circles = Vec::new();
    let mut path: Vec<(Stop<'a>, Vec<Stop<'a>>)> = Vec::new();
    if done.insert(from) {
        path.push((from, quiet_ways(dialogs, from)));
    }
    while let Some((_, open)) = path.last_mut() {
        let Some(next) = open.pop() else {
            path.pop();
            continue;
        };
        if let Some(start) = path.iter().position(|(stop, _)| *stop == next) {
            circles.push(path[start..].iter().map(|(stop, _)| *stop).collect());
        } else if done.insert(next) {
            path.push((next, quiet_ways(dialogs, next)));
        }
    }
    circles
}

/// Where a step may lead without the person having said anything.
fn quiet_ways<'a>(
    dialogs: &BTreeMap<&'a str, &'a Dialog>,
    (name, number): Stop<'a>,
) -> Vec<Stop<'a>> {
    let Some(dialog) = dialogs.get(name).copied() else {
        return Vec::new();
    };
    let Some(step) = dialog.steps.get(number) else {
        return Vec::new();
    };
    let passed_over = step.when.is_some() && number + 1 < dialog.steps.len();
    let mut quiet: Vec<Stop<'a>> = passed_over
        .then_some((name, number + 1))
        .into_iter()
        .collect();
    if waits(&step.kind) {
        return quiet;
    }
    if let Kind::Call(call) = &step.kind {
        let called = dialogs.get(call.dialog.as_str()).copied();
        quiet.extend(called.map(|dialog| (dialog.name.as_str(), 0)));
        if called.is_some_and(|dialog| !may_pass(dialog)) {
            return quiet;
        }
    }
    for way in ways(step) {
        match way {
            Way::To(Exit::Dialog { name, .. }) => quiet.extend(
                dialogs
                    .get(name.as_str())
                    .map(|dialog| (dialog.name.as_str(), 0)),
            ),
            Way::Next | Way::To(Exit::Step { .. }) | Way::End => {
                quiet.extend(target(dialog, number, way).map(|next| (name, next)))
            }
        }
    }
    quiet
}

/// Whether a called dialog may come back without having waited. Calls inside it are taken for such.
fn may_pass(dialog: &Dialog) -> bool {
    let mut open = vec![0];
    let mut seen = BTreeSet::from([0]);
    while let Some(number) = open.pop() {
        let Some(step) = dialog.steps.get(number) else {
            continue;
        };
        let over = step.when.is_some().then_some(number + 1);
        let on = if waits(&step.kind) {
            Vec::new()
        } else {
            ways(step)
        };
        if on.contains(&Way::End) {
            return true;
        }
        let on = on.into_iter().filter_map(|way| target(dialog, number, way));
        open.extend(on.chain(over).filter(|next| seen.insert(*next)));
    }
    false
}

fn round<'a>(
    proof: &mut Proof<'a, '_>,
    dialogs: &BTreeMap<&'a str, &'a Dialog>,
    circle: &[Stop<'a>],
) {
    let step = |(name, number): &Stop<'a>| {
        Some((*dialogs.get(name)?, dialogs.get(name)?.steps.get(*number)?))
    };
    let one_dialog = circle.iter().all(|(name, _)| *name == circle[0].0);
    let called = |stop: &Stop<'a>| match step(stop) {
        Some((_, step)) if one_dialog => format!("`{}`", step.name),
        Some((dialog, step)) => format!("`{}` of `{}`", step.name, dialog.name),
        None => String::new(),
    };
    // The step that leads back is the one to mend.
    let Some((dialog, last)) = circle.last().and_then(step) else {
        return;
    };
    let way = circle
        .iter()
        .chain(circle.first())
        .map(called)
        .collect::<Vec<_>>()
        .join(" → ");
    let place: Where<'a> = proof.key(dialog, last, "to");
    let remedy = "Let it pass a question, or lead one of the ways elsewhere.";
    proof.error(
        &place,
        "circle",
        format!("goes in a circle without waiting for the person: {way}"),
        remedy,
    );
}
