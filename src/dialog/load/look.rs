//! Looks a tree over against its shape and tells everything that is wrong in one look: unknown and missing
//! keys, wrong values, empty texts. It changes nothing; building the types comes behind it.

use std::sync::Arc;

use super::shape::{KeySpec, Shape, Table, Verb, is_name};
use super::{condition, exit};
use crate::dialog::finding::{Finding, Findings, Severity, Span};
use crate::dialog::near;
use crate::dialog::yaml::{Data, Key, Node};

mod scalar;

/// Where findings go, and what they are about just now.
pub struct Look<'a> {
    pub file: &'a Arc<str>,
    pub findings: &'a mut Findings,
    pub step: Option<String>,
}

impl Look<'_> {
    pub fn error(
        &mut self,
        at: Span,
        code: &'static str,
        what: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        self.findings.add(Finding {
            file: self.file.clone(),
            at,
            severity: Severity::Error,
            code,
            step: self.step.clone(),
            what: what.into(),
            remedy: Some(remedy.into()),
        });
    }

    /// One value against its shape; `key` is how messages call it.
    pub fn over(&mut self, node: &Node, shape: &Shape, key: &str) {
        match shape {
            Shape::Text => self.text(node, key),
            Shape::Words => self.words(node, key),
            Shape::Name => self.name(node, key),
            Shape::Flag => self.flag(node, key),
            Shape::Whole(least, most) => self.whole(node, key, *least, *most),
            Shape::OneOf(words) => self.one_of(node, key, words),
            Shape::Condition => condition::look_over(node, self),
            Shape::Exit => drop(exit::read(node, self)),
            Shape::List(item) => self.list(node, item, key),
            Shape::Map(table) => self.map(node, table),
            Shape::Named(shape) => self.named(node, shape, key),
            Shape::NamedItem(table) => self.named_item(node, table),
            Shape::Verbs(verbs) => self.verbs(node, verbs),
            Shape::Fact => self.fact(node, key),
            Shape::Show => self.show(node),
            Shape::Like(like) => self.like(node, key, like),
            Shape::Any => {}
        }
    }

    fn text(&mut self, node: &Node, key: &str) {
        if let Data::Map(_) = node.data {
            return self.map(node, &super::keys::TEXT);
        }
        let what = format!("`{key}` is {}, and needs both languages", node.what());
        self.error(
            node.at,
            "wrong_type",
            what,
            format!("Write `{key}: {{ar: \"…\", en: \"…\"}}`."),
        );
    }

    fn list(&mut self, node: &Node, item: &Shape, key: &str) {
        match &node.data {
            Data::List(items) if items.is_empty() => self.error(
                node.at,
                "empty",
                format!("`{key}` is empty"),
                "Fill it in, or leave the key out.",
            ),
            Data::List(items) => items.iter().for_each(|node| self.over(node, item, key)),
            Data::Scalar { .. } | Data::Map(_) => {
                self.wrong(
                    node,
                    key,
                    "a list",
                    "Write [one, two], or an item a line that begins with `- `.",
                );
            }
        }
    }

    /// Keys of a table: known, complete, and each with the right value.
    pub fn map(&mut self, node: &Node, table: &Table) {
        let Data::Map(entries) = &node.data else {
            return self.wrong(
                node,
                table.what,
                "keys with values",
                &format!("Write {}.", pattern(table.keys.iter())),
            );
        };
        let entries: Vec<&(Key, Node)> = entries.iter().collect();
        let keys: Vec<&KeySpec> = table.keys.iter().collect();
        self.keys(node.at, &entries, table.what, &keys);
    }

    fn keys(&mut self, at: Span, entries: &[&(Key, Node)], what: &str, keys: &[&KeySpec]) {
        for (key, value) in entries {
            match keys.iter().find(|spec| spec.name == key.text) {
                // Nothing has no place of its own.
                Some(spec) if value.is_nowhere() => {
                    self.empty(key.at, spec.name);
                }
                Some(spec) => self.over(value, &spec.shape, spec.name),
                None if is_rest_of_text(key, value) => self.comma(key),
                None => self.unknown_key(key, what, keys),
            }
        }
        for spec in keys
            .iter()
            .filter(|spec| spec.needed && !entries.iter().any(|(key, _)| key.text == spec.name))
        {
            self.missing_key(at, spec, what);
        }
    }

    /// `{ar: …, en: yes, please}`: the rest of a text became a key.
    fn comma(&mut self, key: &Key) {
        let what = format!(
            "a comma inside a text without quotes: `{}` stands here as a key",
            shortened(&key.text)
        );
        self.error(
            key.at,
            "unquoted_comma",
            what,
            "Put the whole text in \"…\".",
        );
    }

    fn unknown_key(&mut self, key: &Key, what: &str, keys: &[&KeySpec]) {
        // An unreadable key was told when the file was read.
        if key.text.is_empty() || key.text == "<<" {
            return;
        }
        let remedy = near::remedy(&key.text, "It has", keys.iter().map(|spec| spec.name));
        self.error(
            key.at,
            "unknown_key",
            format!("`{}` is no key of {what}", shortened(&key.text)),
            remedy,
        );
    }

    fn missing_key(&mut self, at: Span, spec: &KeySpec, what: &str) {
        match spec.name {
            "ar" | "en" => {
                let told = format!("the text is missing in {}", language(spec.name));
                self.error(
                    at,
                    "missing_text",
                    told,
                    format!("Add `{}: \"…\"` beside it.", spec.name),
                );
            }
            name => self.error(
                at,
                "missing_key",
                format!("{what} needs `{name}`"),
                format!("{}: add `{name}: …`.", spec.about),
            ),
        }
    }

    fn named(&mut self, node: &Node, shape: &Shape, what: &str) {
        let Data::Map(entries) = &node.data else {
            return self.wrong(
                node,
                what,
                "names with values",
                "Write `name: value`, a line each.",
            );
        };
        for (key, value) in entries {
            // Phrases go by `occasion.case`.
            if !key.text.split('.').all(is_name) {
                self.no_name(key.at, &key.text);
            }
            self.over(value, shape, &key.text);
        }
    }

    fn named_item(&mut self, node: &Node, table: &Table) {
        let [(key, value)] = node.entries() else {
            let remedy = format!("Write `- name: {}`.", pattern(table.keys.iter()));
            return self.error(
                node.at,
                "wrong_type",
                format!("{} is a name with its keys below it", table.what),
                remedy,
            );
        };
        if !is_name(&key.text) {
            self.no_name(key.at, &key.text);
        }
        self.map(value, table);
    }

    fn verbs(&mut self, node: &Node, verbs: &'static [Verb]) {
        let Data::Map(entries) = &node.data else {
            let verb = verbs.first().map_or("", |verb| verb.verb);
            let remedy = format!("Write `- {verb}: name`, and its keys below.");
            return self.wrong(node, "this item", "keys with values", &remedy);
        };
        let Some((verb, name)) = verb_of(node, verbs) else {
            return self.no_verb(node, entries, verbs);
        };
        let before = self.step.clone();
        if verbs.len() > 1 {
            self.step = name.scalar().map(str::to_owned);
        }
        self.over(name, &verb.name, verb.verb);
        let keys: Vec<&KeySpec> = verb.keys().collect();
        let beside: Vec<&(Key, Node)> = entries
            .iter()
            .filter(|(key, _)| key.text != verb.verb)
            .collect();
        self.keys(node.at, &beside, &format!("`{}`", verb.verb), &keys);
        self.step = before;
    }

    fn no_verb(&mut self, node: &Node, entries: &[(Key, Node)], verbs: &[Verb]) {
        let words = || verbs.iter().map(|verb| verb.verb);
        // Of the keys that no step has, the one that looks like a verb, else the first.
        let known = |key: &Key| {
            verbs
                .iter()
                .flat_map(Verb::keys)
                .any(|spec| spec.name == key.text)
        };
        let strange = || entries.iter().map(|(key, _)| key).filter(|key| !known(key));
        let near = strange().find(|key| near::nearest(&key.text, words()).is_some());
        let key = near
            .or(strange().next())
            .or(entries.first().map(|(key, _)| key));
        let at = key.map_or(node.at, |key| key.at);
        let wrong = key.map_or("", |key| key.text.as_str());
        let what = match verbs {
            [one] => format!(
                "`{}` stands where `{}: name` should",
                shortened(wrong),
                one.verb
            ),
            _ => format!("`{}` is no kind of step", shortened(wrong)),
        };
        self.error(
            at,
            "unknown_kind",
            what,
            near::remedy(wrong, "There are", words()),
        );
    }

    fn fact(&mut self, node: &Node, key: &str) {
        match node.data {
            Data::Map(_) => self.map(node, &super::keys::TEXT),
            Data::Scalar { .. } | Data::List(_) => self.words(node, key),
        }
    }

    fn show(&mut self, node: &Node) {
        if node.scalar() == Some("places") {
            return;
        }
        let says = |key: &str| node.get(key).is_some();
        match (says("file"), says("link"), says("document")) {
            (true, false, false) => self.map(node, &super::keys::SHOW_FILE),
            (false, true, false) => self.map(node, &super::keys::SHOW_LINK),
            (false, false, true) => self.map(node, &super::keys::SHOW_DOCUMENT),
            _ => {
                let remedy = "Write `places`, `document: <field>`, or `file: documents/…` or `link: \"https://…\"` with its `title`.";
                self.error(node.at, "wrong_type", "nothing here can be shown", remedy);
            }
        }
    }

    pub fn wrong(&mut self, node: &Node, key: &str, wanted: &str, remedy: &str) {
        self.error(
            node.at,
            "wrong_type",
            format!("`{key}` is {}, and needs {wanted}", node.what()),
            remedy,
        );
    }
}

/// A key without a colon, behind a comma: `please` in `{en: yes, please}`.
fn is_rest_of_text(key: &Key, value: &Node) -> bool {
    let behind_key = key.at.offset + key.at.length;
    value.is_null() && value.at.length == 0 && value.at.offset <= behind_key
}

/// The verb of a step, and the node of its name.
pub fn verb_of<'n>(node: &'n Node, verbs: &'static [Verb]) -> Option<(&'static Verb, &'n Node)> {
    // The first key decides: `ask: x` may hold a key that is a verb elsewhere.
    let mut found = node
        .entries()
        .iter()
        .filter_map(|(key, value)| Some((verbs.iter().find(|verb| verb.verb == key.text)?, value)));
    found.next()
}

fn language(key: &str) -> &'static str {
    match key {
        "ar" => "Arabic (`ar`)",
        _ => "English (`en`)",
    }
}

fn pattern<'k>(keys: impl Iterator<Item = &'k KeySpec>) -> String {
    let needed: Vec<String> = keys
        .filter(|key| key.needed)
        .map(|key| format!("{}: …", key.name))
        .collect();
    format!("{{{}}}", needed.join(", "))
}

/// What a file says can be long; a message quotes its beginning.
pub fn shortened(text: &str) -> String {
    const QUOTED_CHARS_MAX: usize = 40;
    let mut short: String = text
        .chars()
        .take(QUOTED_CHARS_MAX)
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    if text.chars().nth(QUOTED_CHARS_MAX).is_some() {
        short.push('…');
    }
    short
}
