//! The picture of a whole charity: a node a dialog, a link where one leads to another.

use std::collections::BTreeMap;

use super::dialog::sensitive;
use super::picture::{Flow, Line, Link, Mark, Node, Picture};
use super::plain::{TEXT_CHARS_MAX, one_line, shortened};
use crate::dialog::check::{Way, recorded_fields, ways};
use crate::dialog::load::Loaded;
use crate::dialog::model::{Dialog, Exit, Kind};
use crate::dialog::phrase::DIALOGS;
use crate::dialog::printed::{filled, words};
use crate::dialog::yaml::Node as Tree;
use crate::text::lang::{self, Lang};

/// Where a talk begins, and where it comes to rest.
const WELCOME: &str = "welcome";
const REST: &str = "menu";

/// All dialogs of the charity, as far as their files could be read.
pub fn charity(loaded: &Loaded, lang: Lang) -> Picture {
    let title = one_line(match lang {
        Lang::Ar => &loaded.charity.title_ar,
        Lang::En => &loaded.charity.title_en,
    });
    let dialogs = in_order(loaded);
    let place: BTreeMap<&str, usize> = dialogs
        .iter()
        .enumerate()
        .map(|(number, dialog)| (dialog.name.as_str(), number))
        .collect();
    Picture {
        lang,
        name: loaded.charity.name.clone(),
        title: shortened(
            &filled("draw.charity", lang, &[("charity", &title)]),
            TEXT_CHARS_MAX,
        ),
        beneath: format!("charities/{}", loaded.charity.name),
        flow: Flow::Reading,
        nodes: dialogs
            .iter()
            .map(|dialog| node(loaded, dialog, lang))
            .collect(),
        links: dialogs
            .iter()
            .flat_map(|dialog| links(dialog, &place))
            .collect(),
    }
}

/// As a person meets them: the greeting, the menu, and then by name.
fn in_order(loaded: &Loaded) -> Vec<&Dialog> {
    let rank = |dialog: &&Dialog| match dialog.name.as_str() {
        WELCOME => 0,
        REST => 1,
        _ => 2,
    };
    let mut dialogs: Vec<&Dialog> = loaded.dialogs.values().map(|dialog| &**dialog).collect();
    dialogs.sort_by_key(rank);
    dialogs
}

/// Every dialog that this one leads to, once, in the order of its steps.
fn leads_to(dialog: &Dialog) -> Vec<(&str, Line)> {
    let mut found: Vec<(&str, Line)> = Vec::new();
    for step in &dialog.steps {
        if let Kind::Call(call) = &step.kind {
            found.push((&call.dialog, Line::Call));
        }
        for way in ways(step) {
            if let Way::To(Exit::Dialog { name, .. }) = way {
                found.push((name, Line::Way));
            }
        }
    }
    let mut once: Vec<(&str, Line)> = Vec::new();
    for one in found {
        if !once.contains(&one) {
            once.push(one);
        }
    }
    once
}

/// Nearly every dialog ends in the menu: those lines would hide all others, so that the node tells it.
fn rests(from: &str, to: &str) -> bool {
    to == REST && from != WELCOME
}

fn links(dialog: &Dialog, place: &BTreeMap<&str, usize>) -> Vec<Link> {
    let Some(from) = place.get(dialog.name.as_str()) else {
        return Vec::new();
    };
    let shown = leads_to(dialog)
        .into_iter()
        .filter(|(to, _)| !rests(&dialog.name, to));
    let link = |(to, line): (&str, Line)| {
        // A dialog that there is not was told by `check`.
        Some(Link {
            from: *from,
            to: *place.get(to)?,
            label: None,
            line,
        })
    };
    shown.filter_map(link).collect()
}

fn node(loaded: &Loaded, dialog: &Dialog, lang: Lang) -> Node {
    let fields = recorded_fields(dialog);
    let strong = fields
        .iter()
        .filter(|step| sensitive(loaded, dialog, step))
        .count();
    Node {
        id: format!("t_{}", dialog.name),
        what: if dialog.form { "form" } else { "talk" },
        head: dialog.name.clone(),
        text: shortened(&one_line(dialog.title.source(lang)), TEXT_CHARS_MAX),
        notes: notes(loaded, dialog, (fields.len(), strong), lang),
        whole: None,
        conditional: false,
        mark: match (fields.len(), strong) {
            (0, _) => Mark::None,
            (_, 0) => Mark::Personal,
            (_, _) => Mark::Sensitive,
        },
    }
}

fn notes(
    loaded: &Loaded,
    dialog: &Dialog,
    (fields, strong): (usize, usize),
    lang: Lang,
) -> Vec<String> {
    let word = opening_words(loaded, dialog, lang);
    let word = word.map(|word| filled("draw.words", lang, &[("word", &word)]));
    let (count, sensitive) = (fields.to_string(), strong.to_string());
    let counted = match (fields, strong) {
        (0, _) => None,
        (_, 0) => Some(filled("draw.fields", lang, &[("count", &count)])),
        (_, _) => {
            let values = [("count", count.as_str()), ("sensitive", &sensitive)];
            Some(filled("draw.sensitive_fields", lang, &values))
        }
    };
    let has = |kind: fn(&Kind) -> bool| dialog.steps.iter().any(|step| kind(&step.kind));
    let submits = has(|kind| matches!(kind, Kind::Submit(_)));
    let hands_over = has(|kind| matches!(kind, Kind::HandOver(_)));
    let mut leads = leads_to(dialog).into_iter();
    let rest = leads
        .any(|(to, _)| rests(&dialog.name, to))
        .then(|| loaded.dialogs.get(REST))
        .flatten();
    let rest = rest.map(|rest| one_line(rest.title.source(lang)));
    let rest = rest.map(|title| filled("draw.rests", lang, &[("title", &title)]));
    let plain = |told: bool, name: &'static str| told.then(|| words(name, lang).to_owned());
    [
        word,
        counted,
        plain(submits, "draw.submits"),
        plain(hands_over, "draw.hands_over"),
        rest,
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The first words of words.yaml in this language that open the dialog: those of its `starts`, or of a control
/// that the machine leads to the dialog of the same name.
pub fn opening_words(loaded: &Loaded, dialog: &Dialog, lang: Lang) -> Option<String> {
    let (_, tree) = loaded.trees.get("words")?;
    let controls = tree.get("controls")?;
    let own = Some(dialog.name.as_str()).filter(|name| DIALOGS.contains(name));
    let meanings = dialog.starts.iter().map(String::as_str).chain(own);
    let mut said = meanings
        .filter_map(|meaning| controls.get(meaning))
        .flat_map(Tree::list)
        .filter_map(Tree::scalar);
    said.find(|word| lang::detect(word) == Some(lang))
        .map(|word| shortened(&one_line(word), TEXT_CHARS_MAX))
}
