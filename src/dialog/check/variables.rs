//! The variables of texts: each is known where the text is said, whichever way the talk came there, and the
//! text can be read as one.

use std::collections::BTreeSet;

use super::graph::Graph;
use super::passed::{CHOSEN, FOUND, SUBMITTED, marks, passed};
use super::texts::{Place, Said};
use super::{Proof, Where, answers, texts};
use crate::dialog::fill::{FillProblem, VARIABLES, variables_of};
use crate::dialog::finding::{Severity, Span};
use crate::dialog::model::{Condition, Dialog, Step};
use crate::dialog::{near, phrase};
use crate::text::lang::Lang;

/// Behind a `choose` from the services.
const OF_SERVICE: &[&str] = &["service", "service_text"];
/// Behind `submit`, and where `look_up` found something.
const OF_CASE: &[&str] = &["reference", "kind", "missing", "answer_from", "answer_by"];
/// Where `look_up` found something.
const OF_STATE: &[&str] = &["state", "state_text", "told", "opened_at"];
/// Everywhere.
const ALWAYS: &[&str] = &[
    "charity",
    "lang",
    "now",
    "greeted",
    "open_now",
    "next_open",
    "hours",
    "objection_days",
    "help_lines",
    "services",
    "form",
    "answers",
];

pub fn prove(proof: &mut Proof<'_, '_>) {
    let loaded = proof.loaded;
    let all = texts::all(loaded);
    let passed: std::collections::BTreeMap<&str, Vec<BTreeSet<String>>> = loaded
        .dialogs
        .values()
        .map(|dialog| (dialog.name.as_str(), passed(&Graph::of(dialog))))
        .collect();
    for said in &all {
        let known = match said.place {
            Place::Step(dialog, step) => {
                let number = dialog
                    .steps
                    .iter()
                    .position(|other| std::ptr::eq(other, step))
                    .unwrap_or(0);
                let before = passed
                    .get(dialog.name.as_str())
                    .and_then(|passed| passed.get(number));
                Known::in_step(dialog, step, before.cloned().unwrap_or_default())
            }
            // That nobody says it is told by `house`.
            Place::Phrase(name) if !phrase::PHRASES.iter().any(|(phrase, _)| *phrase == name) => {
                continue;
            }
            Place::Phrase(name) => Known::in_phrase(name),
            Place::Template(name) => Known::in_template(
                loaded
                    .templates
                    .get(name)
                    .map(|template| &*template.parameters)
                    .unwrap_or_default(),
            ),
            Place::Faq => Known {
                names: Known::always(),
                ..Known::default()
            },
            Place::Dialog(_) | Place::House => Known::default(),
        };
        let arabic = one_language(proof, said, Lang::Ar, &known);
        let english = one_language(proof, said, Lang::En, &known);
        if let (Some(arabic), Some(english)) = (arabic, english) {
            alike(proof, said, &arabic, &english);
        }
        parameters(proof, said);
    }
}

/// What a text may put in.
#[derive(Default)]
struct Known<'a> {
    names: BTreeSet<String>,
    /// Answers that are asked, but not on every way: only inside `{% if %}`.
    maybe: BTreeSet<&'a str>,
    /// The whole dialog's, for telling what is known later.
    dialog: Option<&'a Dialog>,
}

impl<'a> Known<'a> {
    fn always() -> BTreeSet<String> {
        ALWAYS.iter().map(|name| (*name).to_owned()).collect()
    }

    fn in_step(dialog: &'a Dialog, step: &'a Step, mut passed: BTreeSet<String>) -> Known<'a> {
        passed.extend(
            marks(step)
                .iter()
                .filter(|mark| **mark != CHOSEN)
                .map(|mark| (*mark).to_owned()),
        );
        if let Some(when) = &step.when {
            passed.extend(answered(when));
        }
        let mut names = Known::always();
        let marked = [
            (CHOSEN, OF_SERVICE),
            (SUBMITTED, OF_CASE),
            (FOUND, OF_STATE),
        ];
        for (_, brought) in marked.iter().filter(|(mark, _)| passed.contains(*mark)) {
            names.extend(brought.iter().map(|name| (*name).to_owned()));
        }
        let answers: Vec<&str> = answers::names(dialog).collect();
        names.extend(
            answers
                .iter()
                .filter(|name| passed.contains(**name))
                .map(|name| (*name).to_owned()),
        );
        Known {
            maybe: answers.into_iter().collect(),
            names,
            dialog: Some(dialog),
        }
    }

    /// Every variable of the house, and those that the phrase's occasion gives (in backticks beside it).
    fn in_phrase(name: &str) -> Known<'a> {
        let occasion = phrase::PHRASES
            .iter()
            .find(|(phrase, _)| *phrase == name)
            .map_or("", |(_, occasion)| occasion);
        let given = occasion.split('`').skip(1).step_by(2).map(str::to_owned);
        Known {
            names: VARIABLES
                .iter()
                .map(|(name, _)| (*name).to_owned())
                .chain(given)
                .collect(),
            ..Known::default()
        }
    }

    fn in_template(parameters: &[String]) -> Known<'a> {
        Known {
            names: parameters
                .iter()
                .cloned()
                .chain(["charity".to_owned()])
                .collect(),
            ..Known::default()
        }
    }
}

/// Fields that a condition only holds for when they are answered.
fn answered(condition: &Condition) -> Vec<String> {
    match condition {
        Condition::Is { field, .. }
        | Condition::In { field, .. }
        | Condition::Over { field, .. }
        | Condition::Under { field, .. }
        | Condition::Flagged { field, .. }
        | Condition::Known {
            field, known: true, ..
        } => vec![field.clone()],
        Condition::All(all) => all.iter().flat_map(answered).collect(),
        Condition::Known { known: false, .. }
        | Condition::Any(_)
        | Condition::Not(_)
        | Condition::Asks { .. }
        | Condition::Capability { .. }
        | Condition::Fact { .. } => Vec::new(),
    }
}

/// The variables of a text in one language, each proved; None when it cannot be read.
fn one_language<'a>(
    proof: &mut Proof<'a, '_>,
    said: &Said<'a>,
    lang: Lang,
    known: &Known<'_>,
) -> Option<BTreeSet<String>> {
    let source = said.text.source(lang);
    let place = place_of(said, lang);
    let names = match variables_of(source) {
        Ok(names) => names,
        Err(problem) => {
            unreadable(proof, &place, &problem);
            return None;
        }
    };
    let guarded = guarded(source);
    let mut roots = BTreeSet::new();
    for name in &names {
        let root = name.split('.').next().unwrap_or(name);
        roots.insert(root.to_owned());
        match root {
            "charity" => fact(proof, &place, name),
            _ if known.names.contains(root) => parts(proof, &place, name, root),
            _ if guarded.contains(root) && known.maybe.contains(root) => {}
            _ => unknown(proof, &place, root, known),
        }
    }
    Some(roots)
}

fn place_of<'a>(said: &Said<'a>, lang: Lang) -> Where<'a> {
    let step = match said.place {
        Place::Step(_, step) => Some(step.name.as_str()),
        Place::Dialog(_) | Place::Phrase(_) | Place::Template(_) => None,
        Place::Faq | Place::House => None,
    };
    Where {
        file: said.file.clone(),
        at: at_of(said, lang),
        step,
    }
}

pub fn at_of(said: &Said<'_>, lang: Lang) -> Span {
    match lang {
        Lang::Ar => said.text.ar_at,
        Lang::En => said.text.en_at,
    }
}

fn unreadable<'a>(proof: &mut Proof<'a, '_>, place: &Where<'a>, problem: &FillProblem) {
    let mut place = place.clone();
    if let Some(line) = problem.line.filter(|line| *line > 1) {
        let below = u32::try_from(line - 1).unwrap_or(0);
        place.at = Span {
            line: place.at.line + below,
            column: 1,
            length: 0,
            ..place.at
        };
    }
    let remedy = "GRAMMAR.md says what may stand between {{ }} and {% %}.";
    proof.error(
        &place,
        "unreadable_text",
        format!("the text cannot be filled: {}", problem.what),
        remedy,
    );
}

/// Names that stand in the condition of an `{% if %}` of the text.
fn guarded(source: &str) -> BTreeSet<String> {
    let tags = source
        .split("{%")
        .skip(1)
        .filter_map(|tag| tag.split("%}").next());
    let conditions = tags.filter_map(|tag| {
        let tag = tag.trim_start_matches('-').trim_start();
        tag.strip_prefix("if ")
            .or_else(|| tag.strip_prefix("elif "))
    });
    conditions
        .flat_map(|condition| condition.split(|c: char| !(c.is_alphanumeric() || c == '_')))
        .map(str::to_owned)
        .collect()
}

fn fact<'a>(proof: &mut Proof<'a, '_>, place: &Where<'a>, name: &str) {
    let loaded = proof.loaded;
    let Some(fact) = name.strip_prefix("charity.") else {
        let place = proof.word(place, "charity");
        return proof.error(
            &place,
            "unknown_variable",
            "`charity` is not one text",
            "Write `charity.title`, or a fact such as `charity.phone`.",
        );
    };
    let facts = &loaded.charity.facts;
    let has = |suffix: &str| facts.contains_key(&format!("{fact}{suffix}"));
    if fact == "title" || has("") || (has(".ar") && has(".en")) {
        return;
    }
    let place = proof.word(place, fact);
    if loaded.known_facts.contains(fact) || USUAL_FACTS.contains(&fact) {
        let what = format!(
            "the fact `{fact}` is not known of {}, and the line is left out",
            loaded.charity.name
        );
        return proof.tell(
            Severity::Note,
            &place,
            "unknown_fact",
            what,
            "Add it to the facts of charity.yaml once it is certain.".to_owned(),
        );
    }
    let words = loaded
        .known_facts
        .iter()
        .map(String::as_str)
        .chain(USUAL_FACTS.iter().copied())
        .chain(["title"])
        .collect::<BTreeSet<_>>();
    proof.error(
        &place,
        "unknown_variable",
        format!("there is no fact `{fact}`"),
        near::remedy(fact, "There are", words),
    );
}

/// Facts that a charity usually has, whether any here tells them or not.
const USUAL_FACTS: &[&str] = &[
    "about",
    "address",
    "email",
    "licence",
    "map",
    "phone",
    "privacy_email",
    "site",
    "whatsapp",
];

fn parts<'a>(proof: &mut Proof<'a, '_>, place: &Where<'a>, name: &str, root: &str) {
    if name != root {
        let place = proof.word(place, name);
        proof.error(
            &place,
            "unknown_variable",
            format!("`{root}` has no part `{}`", &name[root.len() + 1..]),
            format!("Write `{root}`."),
        );
    }
}

fn unknown<'a>(proof: &mut Proof<'a, '_>, place: &Where<'a>, name: &str, known: &Known<'_>) {
    let place = proof.word(place, name);
    let asked = known.dialog.is_some() && known.maybe.contains(name);
    let house = VARIABLES.iter().any(|(variable, _)| *variable == name);
    let (code, what, remedy) = if asked {
        let remedy = format!(
            "Guard the step with `when: {{field: {name}, known: true}}`, or the words with {{% if {name} %}} … {{% endif %}}."
        );
        (
            "not_yet_known",
            format!("`{name}` is not asked on every way that leads here"),
            remedy,
        )
    } else if house {
        let behind = match name {
            name if OF_SERVICE.contains(&name) => "a `choose` from services",
            name if OF_STATE.contains(&name) => "a `look_up`",
            _ => "a `submit` or a `look_up`",
        };
        (
            "not_yet_known",
            format!("`{name}` is not known here"),
            format!("It is known behind {behind}."),
        )
    } else {
        let names = known.names.iter().map(String::as_str);
        (
            "unknown_variable",
            format!("there is no `{name}` here"),
            near::remedy(name, "There are", names),
        )
    };
    proof.error(&place, code, what, remedy);
}

/// A translation that forgets a variable says less than the other.
fn alike<'a>(
    proof: &mut Proof<'a, '_>,
    said: &Said<'a>,
    arabic: &BTreeSet<String>,
    english: &BTreeSet<String>,
) {
    for (lang, these, those) in [(Lang::Ar, arabic, english), (Lang::En, english, arabic)] {
        let missing: Vec<&str> = those.difference(these).map(String::as_str).collect();
        // Each language says by itself what greets, and which language it is.
        let missing: Vec<&str> = missing
            .into_iter()
            .filter(|name| !matches!(*name, "greeted" | "lang"))
            .collect();
        if !missing.is_empty() {
            let what = format!(
                "the {} text does not say {}, which the other does",
                language(lang),
                missing.join(", ")
            );
            proof.tell(
                Severity::Warning,
                &place_of(said, lang),
                "variables_differ",
                what,
                "Say it in both, or in none.".to_owned(),
            );
        }
    }
}

fn language(lang: Lang) -> &'static str {
    match lang {
        Lang::Ar => "Arabic",
        Lang::En => "English",
    }
}

/// A template says exactly its parameters.
fn parameters<'a>(proof: &mut Proof<'a, '_>, said: &Said<'a>) {
    let Place::Template(name) = said.place else {
        return;
    };
    let Some(template) = proof.loaded.templates.get(name) else {
        return;
    };
    let used = variables_of(&template.text.ar).unwrap_or_default();
    for parameter in template
        .parameters
        .iter()
        .filter(|parameter| !used.contains(*parameter))
    {
        let place = Where {
            file: said.file.clone(),
            at: template.at,
            step: None,
        };
        let what =
            format!("the template `{name}` has the parameter `{parameter}` and does not say it");
        proof.error(
            &place,
            "unused_parameter",
            what,
            "Say it in the text, or take it out of `parameters`.",
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_every_variable_it_is_said_where_it_is_known() {
        let placed = [ALWAYS, OF_SERVICE, OF_CASE, OF_STATE].concat();
        let named: Vec<&str> = VARIABLES.iter().map(|(name, _)| *name).collect();
        let forgotten: Vec<_> = named.iter().filter(|name| !placed.contains(name)).collect();
        let invented: Vec<_> = placed.iter().filter(|name| !named.contains(name)).collect();
        assert!(
            forgotten.is_empty() && invented.is_empty(),
            "{forgotten:?} {invented:?}"
        );
    }
}
