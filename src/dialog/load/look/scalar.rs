//! Looks over single values: words, names, numbers, and words of a list.

use super::super::shape::{Like, NAME_CHARS_MAX, is_name};
use super::{Look, language, shortened};
use crate::dialog::finding::Span;
use crate::dialog::near;
use crate::dialog::yaml::{Data, Node};

impl Look<'_> {
    pub(super) fn words(&mut self, node: &Node, key: &str) {
        match node.scalar() {
            Some(text) if text.trim().is_empty() => self.empty(node.at, key),
            Some(text) if is_half_quoted(node, text) => {
                let what = "a quotation mark that YAML does not know";
                self.error(
                    node.at,
                    "false_quotes",
                    what,
                    "Use the straight \" before and after the text.",
                );
            }
            Some(_) => {}
            None if node.is_null() => self.empty(node.at, key),
            None => self.wrong(
                node,
                key,
                "a text",
                "Write one text; a text that begins with { or [ needs quotes.",
            ),
        }
    }

    pub(super) fn empty(&mut self, at: Span, key: &str) {
        let (code, what) = match key {
            "ar" | "en" => (
                "missing_text",
                format!("the text is empty in {}", language(key)),
            ),
            _ => ("empty", format!("`{key}` is empty")),
        };
        self.error(
            at,
            code,
            what,
            "Fill it in, or leave the key out where it is not needed.",
        );
    }

    pub(super) fn name(&mut self, node: &Node, key: &str) {
        match node.scalar() {
            Some(text) if is_name(text) => {}
            Some(text) => self.no_name(node.at, text),
            None => self.wrong(
                node,
                key,
                "a name",
                "Write one name: small Latin letters, digits and `_`.",
            ),
        }
    }

    pub(super) fn no_name(&mut self, at: Span, text: &str) {
        let what = format!("`{}` is no name", shortened(text));
        let remedy = format!(
            "A name has small Latin letters, digits and `_`, begins with a letter, and has at most {NAME_CHARS_MAX} characters."
        );
        self.error(at, "bad_name", what, remedy);
    }

    pub(super) fn flag(&mut self, node: &Node, key: &str) {
        match node.scalar() {
            Some("true" | "false") => {}
            Some(text) => {
                let what = format!("`{key}` is `{}`, and can be true or false", shortened(text));
                self.error(
                    node.at,
                    "wrong_type",
                    what,
                    "Write true or false, without quotes.",
                );
            }
            None => self.wrong(node, key, "true or false", "Write true or false."),
        }
    }

    pub(super) fn whole(&mut self, node: &Node, key: &str, least: i64, most: i64) {
        let bounds = match (least, most) {
            (i64::MIN, _) => "Write digits only.".to_owned(),
            _ => format!("Write digits only, {least} to {most}."),
        };
        match node.scalar().map(str::parse::<i64>) {
            Some(Ok(number)) if (least..=most).contains(&number) => {}
            Some(_) => {
                let text = shortened(node.scalar().unwrap_or_default());
                self.error(
                    node.at,
                    "wrong_type",
                    format!("`{key}` is `{text}`, and needs a whole number"),
                    bounds,
                );
            }
            None => self.wrong(node, key, "a whole number", &bounds),
        }
    }

    pub(super) fn one_of(&mut self, node: &Node, key: &str, words: &[&str]) {
        match node.scalar() {
            Some(text) if words.contains(&text) => {}
            Some(text) => {
                let remedy = near::remedy(text, "It can be", words.iter().copied());
                self.error(
                    node.at,
                    "unknown_word",
                    format!("`{key}` is `{}`, which it cannot be", shortened(text)),
                    remedy,
                );
            }
            None => {
                let remedy = format!("It can be: {}.", words.join(", "));
                self.wrong(node, key, "one word", &remedy);
            }
        }
    }

    pub(super) fn like(&mut self, node: &Node, key: &str, like: &Like) {
        match node.scalar() {
            Some(text) if (like.fits)(text) => {}
            Some(text) => {
                let what = format!("`{}` is not {}", shortened(text), like.what);
                self.error(
                    node.at,
                    "wrong_type",
                    what,
                    format!("Write it like {}.", like.example),
                );
            }
            None => self.wrong(
                node,
                key,
                like.what,
                &format!("Write it like {}.", like.example),
            ),
        }
    }
}

/// Begins with a quotation mark of an office program that never closes: the text was cut at a comma.
fn is_half_quoted(node: &Node, text: &str) -> bool {
    let plain = matches!(node.data, Data::Scalar { quoted: false, .. });
    plain && text.starts_with(['“', '„', '‘']) && !text.contains(['”', '’'])
}
