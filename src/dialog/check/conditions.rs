//! Conditions against the types of the answers that they ask of: a condition that can never hold, or that
//! compares a city with a number, is a mistake that no run would show.

use std::collections::BTreeSet;

use super::answers::{self, Answer, answer};
use super::graph::Graph;
use super::{Proof, Where};
use crate::dialog::load::keys::FLAGS;
use crate::dialog::model::{Choose, Condition, Dialog, Kind, Options, ReaderName, Step};
use crate::dialog::near;
use crate::dialog::value::Flag;
use crate::text::place::REGIONS;

pub fn prove<'a>(proof: &mut Proof<'a, '_>, dialog: &'a Dialog) {
    let graph = Graph::of(dialog);
    let earlier = earlier(&graph);
    for (number, step) in dialog.steps.iter().enumerate() {
        let asked = Asked {
            dialog,
            step: Some(step),
            earlier: Some(&earlier[number]),
        };
        for condition in step.when.iter().chain(of_kind(step)) {
            asked.prove(proof, condition);
        }
    }
    if let Some(condition) = &dialog.recall_when {
        Asked {
            dialog,
            step: None,
            earlier: None,
        }
        .prove(proof, condition);
    }
}

fn of_kind(step: &Step) -> Vec<&Condition> {
    match &step.kind {
        Kind::Branch(branch) => branch
            .cases
            .iter()
            .map(|(condition, _)| condition)
            .collect(),
        Kind::Choose(Choose {
            options: Options::Listed(options),
            ..
        }) => options
            .iter()
            .filter_map(|option| option.when.as_ref())
            .collect(),
        Kind::Choose(_)
        | Kind::Say(_)
        | Kind::Ask(_)
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
        | Kind::Act(_) => Vec::new(),
    }
}

/// For each step the names of those that may come before it.
fn earlier<'a>(graph: &Graph<'a>) -> Vec<BTreeSet<&'a str>> {
    let mut earlier: Vec<BTreeSet<&'a str>> = vec![BTreeSet::new(); graph.follow.len()];
    let mut open: Vec<usize> = (0..graph.follow.len()).collect();
    while let Some(from) = open.pop() {
        let mut known = earlier[from].clone();
        known.insert(&graph.dialog.steps[from].name);
        for to in &graph.follow[from] {
            let before = earlier[*to].len();
            earlier[*to].extend(known.iter().copied());
            if earlier[*to].len() > before {
                open.push(*to);
            }
        }
    }
    earlier
}

/// Where a condition is asked.
struct Asked<'a, 'e> {
    dialog: &'a Dialog,
    step: Option<&'a Step>,
    earlier: Option<&'e BTreeSet<&'a str>>,
}

impl<'a> Asked<'a, '_> {
    fn prove(&self, proof: &mut Proof<'a, '_>, condition: &'a Condition) {
        match condition {
            Condition::All(all) | Condition::Any(all) => {
                all.iter().for_each(|inner| self.prove(proof, inner))
            }
            Condition::Not(inner) => self.prove(proof, inner),
            // Their words were proved when the file was read.
            Condition::Fact { .. } | Condition::Capability { .. } => {}
            Condition::Asks { name, at } => self.asks(proof, name, *at),
            Condition::Is { field, value, at } => {
                self.values(proof, field, std::slice::from_ref(value), *at)
            }
            Condition::In { field, values, at } => self.values(proof, field, values, *at),
            Condition::Over { field, at, .. } => self.measured(proof, field, "over", *at),
            Condition::Under { field, at, .. } => self.measured(proof, field, "under", *at),
            Condition::Known { field, at, .. } => drop(self.field(proof, field, *at)),
            Condition::Flagged { field, flag, at } => self.flagged(proof, field, *flag, *at),
        }
    }

    fn place(&self, at: crate::dialog::finding::Span) -> Where<'a> {
        Where {
            file: self.dialog.file.clone(),
            at,
            step: self.step.map(|step| step.name.as_str()),
        }
    }

    /// The answer that a condition asks of, when there is one.
    fn field(
        &self,
        proof: &mut Proof<'a, '_>,
        field: &str,
        at: crate::dialog::finding::Span,
    ) -> Option<Answer<'a>> {
        let place = proof.word(&self.place(at), field);
        let found = self.dialog.step(field).and_then(|(_, step)| answer(step));
        if found.is_none() {
            let remedy = near::remedy(field, "This dialog asks", answers::names(self.dialog));
            proof.error(
                &place,
                "unknown_field",
                format!("asks of `{field}`, which is no answer of this dialog"),
                remedy,
            );
            return None;
        }
        let own = self.step.is_some_and(|step| step.name == field);
        if self.earlier.is_some_and(|earlier| !earlier.contains(field)) {
            let what = match own {
                true => format!("asks of `{field}`, which is this very step"),
                false => format!("asks of `{field}`, which on every way is asked only later"),
            };
            proof.error(
                &place,
                "field_later",
                what,
                "Ask it before, or leave the condition out.",
            );
        }
        found
    }

    fn values(
        &self,
        proof: &mut Proof<'a, '_>,
        field: &str,
        values: &[String],
        at: crate::dialog::finding::Span,
    ) {
        let Some(answer) = self.field(proof, field, at) else {
            return;
        };
        for value in values {
            let place = proof.word(&self.place(at), value);
            if let Err(remedy) = can_be(proof, &answer, value) {
                let what = format!("`{field}` is {}, which is never `{value}`", answer.what());
                proof.error(&place, "impossible_value", what, remedy);
            }
        }
    }

    fn measured(
        &self,
        proof: &mut Proof<'a, '_>,
        field: &str,
        word: &str,
        at: crate::dialog::finding::Span,
    ) {
        let Some(answer) = self.field(proof, field, at) else {
            return;
        };
        if !answer.is_measured() {
            let place = proof.word(&self.place(at), word);
            let what = format!(
                "`{field}` is {}, which is never `{word}` a number",
                answer.what()
            );
            proof.error(
                &place,
                "impossible_value",
                what,
                "`over` and `under` are for numbers, money, ratings, dates and how many of several.",
            );
        }
    }

    fn flagged(
        &self,
        proof: &mut Proof<'a, '_>,
        field: &str,
        flag: Flag,
        at: crate::dialog::finding::Span,
    ) {
        let Some(answer) = self.field(proof, field, at) else {
            return;
        };
        if !answer.flags().contains(&flag) {
            let place = proof.word(&self.place(at), "flagged");
            let what = format!("`{field}` is {}, which never has this flag", answer.what());
            let words: Vec<&str> = answer.flags().into_iter().filter_map(flag_word).collect();
            proof.error(
                &place,
                "impossible_value",
                what,
                format!("It can have: {}.", words.join(", ")),
            );
        }
    }

    fn asks(&self, proof: &mut Proof<'a, '_>, name: &str, at: crate::dialog::finding::Span) {
        let loaded = proof.loaded;
        let asked: BTreeSet<&str> = loaded
            .services
            .iter()
            .flat_map(|service| &service.asks)
            .map(String::as_str)
            .collect();
        if !asked.contains(name) && self.dialog.step(name).is_none() {
            let place = proof.word(&self.place(at), name);
            let words = asked
                .into_iter()
                .chain(answers::names(self.dialog))
                .collect::<BTreeSet<_>>();
            let remedy = near::remedy(name, "Services ask, and this dialog has", words);
            proof.error(
                &place,
                "unknown_field",
                format!("no service asks `{name}`, and it is no step of this dialog"),
                remedy,
            );
        }
    }
}

/// Whether an answer can have a value; else what it can have.
fn can_be(proof: &Proof<'_, '_>, answer: &Answer<'_>, value: &str) -> Result<(), String> {
    let one_of = |words: Vec<&str>| match words.contains(&value) {
        true => Ok(()),
        false => Err(near::remedy(value, "It can be", words)),
    };
    let services = || {
        proof
            .loaded
            .services
            .iter()
            .map(|service| service.name.as_str())
            .collect()
    };
    match answer {
        Answer::Listed(options) | Answer::Several(options) => {
            one_of(options.iter().map(|option| option.name.as_str()).collect())
        }
        Answer::Services => one_of(services()),
        Answer::Regions | Answer::Residence => one_of(REGIONS.iter().map(|region| region.code).collect()),
        Answer::Consent | Answer::Read(ReaderName::YesNo) => one_of(vec!["true", "false"]),
        Answer::Read(ReaderName::Number | ReaderName::Rating)
            if value.parse::<i64>().is_ok() =>
        {
            Ok(())
        }
        Answer::Documents => one_of(
            proof
                .loaded
                .documents
                .iter()
                .map(|document| document.name.as_str())
                .collect(),
        ),
        Answer::Needs => one_of(
            proof
                .loaded
                .agencies
                .served(&proof.loaded.services)
                .map(|(name, _)| name)
                .collect(),
        ),
        Answer::Read(_) | Answer::Own | Answer::Files | Answer::Signature => {
            Err("Of such an answer a condition can ask `known` and `flagged`, and of amounts and dates `over` and `under`.".to_owned())
        }
    }
}

fn flag_word(flag: Flag) -> Option<&'static str> {
    let word = serde_json::to_value(flag).ok()?;
    FLAGS
        .iter()
        .copied()
        .find(|known| word.as_str() == Some(known))
}
