//! The FAQ: what an entry leads to is there, no phrasing means two entries, and an entry has enough of them to
//! be learned from.

use std::collections::BTreeMap;

use super::{Proof, Where, names};
use crate::dialog::finding::{Severity, Span};
use crate::dialog::model::{FaqEntry, ShowSpec};
use crate::dialog::near;
use crate::dialog::yaml::Node;
use crate::text::fold::fold;

/// Phrasings below which an entry is hardly found (measured: five reach 58 of 100, ten reach 70).
const QUESTIONS_LEAST: usize = 5;

pub fn prove(proof: &mut Proof<'_, '_>) {
    for entry in &proof.loaded.faq {
        let Some(place) = place(proof, entry, entry.at) else {
            continue;
        };
        leads(proof, &place, entry);
        for show in &entry.shows {
            names::shown(proof, &place, show);
            if let ShowSpec::Document { .. } = show {
                let what = format!(
                    "`{}` shows the document of a field, and asks nothing",
                    entry.name
                );
                let remedy = "Name the file: `file: documents/…` with its `title`.";
                proof.error(&place, "wrong_field", what, remedy);
            }
        }
        if entry.misconception && entry.source.is_none() {
            let what = format!("`{}` sets something right and names no source", entry.name);
            let remedy = "Add `source: {ar: \"…\", en: \"…\"}`, such as the clause of the policy.";
            proof.error(&place, "missing_key", what, remedy);
        }
        if entry.questions.len() < QUESTIONS_LEAST {
            let what = format!(
                "`{}` has {} phrasings, and is hardly found with fewer than {QUESTIONS_LEAST}",
                entry.name,
                entry.questions.len()
            );
            let remedy = "Add how people really ask it, in dialect too; ten are good.".to_owned();
            proof.tell(Severity::Warning, &place, "few_questions", what, remedy);
        }
    }
    equal(proof);
}

fn place<'a>(proof: &Proof<'a, '_>, entry: &FaqEntry, at: Span) -> Option<Where<'a>> {
    let (file, _) = proof.house_file(entry.file)?;
    let step = None;
    Some(Where { file, at, step })
}

fn leads(proof: &mut Proof<'_, '_>, place: &Where<'_>, entry: &FaqEntry) {
    let loaded = proof.loaded;
    for name in &entry.leads {
        let (what, remedy) = match loaded.dialogs.get(name) {
            Some(dialog) if !dialog.starts.is_empty() => continue,
            Some(_) => (
                format!("`{}` leads to `{name}`, which no word opens", entry.name),
                "Give that dialog a word in `starts`.".to_owned(),
            ),
            None if loaded.unread.contains(name) => continue,
            None => (
                format!(
                    "`{}` leads to the dialog `{name}`, which there is not",
                    entry.name
                ),
                near::remedy(name, "There are", loaded.dialogs.keys().map(String::as_str)),
            ),
        };
        proof.error(place, "unknown_dialog", what, remedy);
    }
}

/// A phrasing that stands in two entries can mean neither.
fn equal(proof: &mut Proof<'_, '_>) {
    let loaded = proof.loaded;
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    for entry in &loaded.faq {
        for (number, question) in entry.questions.iter().enumerate() {
            let folded = fold(question);
            let before = seen.entry(folded).or_insert(&entry.name);
            if *before == entry.name {
                continue;
            }
            let what = format!("«{question}» stands in `{before}` and in `{}`", entry.name);
            let at = question_at(proof, entry, number).unwrap_or(entry.at);
            if let Some(place) = place(proof, entry, at) {
                let remedy = "Leave it with the one that it means.".to_owned();
                proof.tell(Severity::Warning, &place, "equal_questions", what, remedy);
            }
        }
    }
}

fn question_at(proof: &Proof<'_, '_>, entry: &FaqEntry, number: usize) -> Option<Span> {
    let (_, tree) = proof.house_file(entry.file)?;
    let items = tree.get("entries").map_or(&[][..], Node::list);
    let mut items = items.iter();
    let item = items.find(|item| item.get("entry").is_some_and(|name| name.at == entry.at))?;
    Some(item.get("questions")?.list().get(number)?.at)
}
