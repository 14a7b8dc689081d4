//! The picture as Mermaid text: a flowchart of the old, widely known shapes, that many pages and editors show.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::legend::{Sign, legend};
use super::picture::{Flow, Line, Mark, Node, Picture};
use crate::dialog::printed::words;
use crate::text::lang::Lang;

/// Starts and ends a part that runs from right to left, whatever stands around it.
const RTL_OPEN: char = '\u{2067}';
const RTL_CLOSE: char = '\u{2069}';

/// Signs before the text of a node that is marked: Mermaid's shapes cannot carry a badge.
const PERSON: &str = "👤 ";
const LOCK: &str = "🔒 ";

/// The whole text. Every picture has one, however large.
pub fn mermaid(picture: &Picture) -> String {
    let mut out = String::new();
    // Writing into memory does not fail.
    let _ = writeln!(out, "---\ntitle: {}\n---", quoted(&picture.title));
    let _ = writeln!(out, "flowchart {}", direction(picture));
    let ids = ids(picture);
    for (node, id) in picture.nodes.iter().zip(&ids) {
        let _ = writeln!(out, "  {}", one_node(picture.lang, node, id));
    }
    for (link, back) in picture.links.iter().zip(picture.back()) {
        let (from, to) = (&ids[link.from], &ids[link.to]);
        let arrow = arrow(link.line, back);
        let label = link.label.as_ref();
        let label = label.map(|label| format!("|\"{}\"|", said(picture.lang, label)));
        let _ = writeln!(out, "  {from} {arrow}{} {to}", label.unwrap_or_default());
    }
    key(picture, &mut out);
    classes(picture, &ids, &mut out);
    out
}

fn direction(picture: &Picture) -> &'static str {
    match (picture.flow, picture.lang) {
        (Flow::Down, _) => "TB",
        (Flow::Reading, Lang::Ar) => "RL",
        (Flow::Reading, Lang::En) => "LR",
    }
}

/// A text as YAML has it between quotes.
fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}

/// Names of nodes: those of the picture, but for one that Mermaid could not read or that stands twice.
fn ids(picture: &Picture) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let nodes = picture.nodes.iter().enumerate();
    nodes
        .map(|(number, node)| {
            let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
            match node.id.chars().all(plain) && seen.insert(node.id.as_str()) {
                true => node.id.clone(),
                false => format!("n_{number}"),
            }
        })
        .collect()
}

fn one_node(lang: Lang, node: &Node, id: &str) -> String {
    let sign = match node.mark {
        Mark::None => "",
        Mark::Personal => PERSON,
        Mark::Sensitive => LOCK,
    };
    let ends = matches!(node.what, "start" | "end" | "dialog");
    let head = Some(node.head.as_str()).filter(|_| !ends);
    let lines = head.into_iter().chain([node.text.as_str()]);
    let lines = lines.chain(node.notes.iter().map(String::as_str));
    let lines: Vec<String> = lines
        .filter(|line| !line.is_empty())
        .enumerate()
        .map(|(number, line)| match number {
            0 => said(lang, &format!("{sign}{line}")),
            _ => said(lang, line),
        })
        .collect();
    let (open, close) = brackets(node.what);
    format!("{id}{open}\"{}\"{close}", lines.join("<br/>"))
}

/// The nearest that Mermaid has to the shapes of the SVG.
fn brackets(what: &str) -> (&'static str, &'static str) {
    match what {
        "say" | "talk" => ("(", ")"),
        "ask" => ("[/", "/]"),
        "choose" => ("{{", "}}"),
        "branch" => ("{", "}"),
        "consent" => ("[\\", "\\]"),
        "attach" | "form" => ("[/", "\\]"),
        "locate" => ("[\\", "/]"),
        "look_up" => ("[(", ")]"),
        "hand_over" | "guide" | "act" => (">", "]"),
        "call" | "dialog" => ("[[", "]]"),
        "start" => ("([", "])"),
        "end" => ("((", "))"),
        _ => ("[", "]"),
    }
}

fn arrow(line: Line, back: bool) -> &'static str {
    match (line, back) {
        (Line::Over, _) => "-.->",
        (Line::Call, _) => "<-.->",
        (Line::Way, true) => "==>",
        (Line::Way, false) => "-->",
    }
}

/// A line for a label: whatever Mermaid could read as its own is written as a number.
fn said(lang: Lang, text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (number, c) in text.chars().enumerate() {
        match c {
            'a'..='z' | 'A'..='Z' | '0'..='9' | ' ' | '_' | ',' | '?' | '!' | '(' | ')' => {
                out.push(c)
            }
            // At the beginning a number and a point would be a list of Markdown's.
            '.' if number > 2 => out.push(c),
            c if c.is_ascii() => {
                if !c.is_ascii_control() {
                    let _ = write!(out, "#{};", c as u32);
                }
            }
            c => out.push(c),
        }
    }
    match lang {
        Lang::Ar => format!("{RTL_OPEN}{out}{RTL_CLOSE}"),
        Lang::En => out,
    }
}

/// Marks and lines in words; the kinds stand on the nodes themselves.
fn key(picture: &Picture, out: &mut String) {
    let lang = picture.lang;
    let _ = writeln!(
        out,
        "  subgraph legend[\"{}\"]",
        said(lang, words("draw.legend", lang))
    );
    for (number, entry) in legend(picture).iter().enumerate() {
        let words = said(lang, &entry.words);
        let id = format!("legend_{number}");
        let _ = match entry.sign {
            Sign::Mark(Mark::Sensitive) => {
                writeln!(out, "    {id}[\"{LOCK}{words}\"]:::sensitive")
            }
            Sign::Mark(_) => writeln!(out, "    {id}[\"{PERSON}{words}\"]:::personal"),
            Sign::Conditional => writeln!(out, "    {id}[\"{words}\"]:::conditional"),
            Sign::Line(line) => example(out, &id, arrow(line, false), &words),
            Sign::Back => example(out, &id, arrow(Line::Way, true), &words),
            Sign::Shape(_) => Ok(()),
        };
    }
    out.push_str("  end\n");
}

fn example(out: &mut String, id: &str, arrow: &str, words: &str) -> std::fmt::Result {
    writeln!(out, "    {id}_a[\" \"] {arrow}|\"{words}\"| {id}_b[\" \"]")
}

fn classes(picture: &Picture, ids: &[String], out: &mut String) {
    out.push_str(
        "  classDef personal stroke:#4338ca,stroke-width:2px\n  \
         classDef sensitive fill:#ffe4e6,stroke:#be123c,stroke-width:4px\n  \
         classDef conditional stroke-dasharray:6 4\n  \
         classDef begin fill:#0f766e,stroke:#0f766e,color:#fff\n  \
         classDef ending fill:#334155,stroke:#334155,color:#fff\n",
    );
    let nodes = || picture.nodes.iter().zip(ids);
    let mut class = |name: &str, has: fn(&Node) -> bool| {
        let ids: Vec<&str> = nodes()
            .filter(|(node, _)| has(node))
            .map(|(_, id)| id.as_str())
            .collect();
        if !ids.is_empty() {
            let _ = writeln!(out, "  class {} {name}", ids.join(","));
        }
    };
    class("personal", |node| node.mark == Mark::Personal);
    class("sensitive", |node| node.mark == Mark::Sensitive);
    class("conditional", |node| node.conditional);
    class("begin", |node| node.what == "start");
    class("ending", |node| node.what == "end");
}
