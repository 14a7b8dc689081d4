//! What a picture shows, before it has a form: nodes, the links between them, and which of them go back.

use crate::text::lang::Lang;

/// A dialog or a charity as nodes and links.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    pub lang: Lang,
    /// The dialog or charity by its name in files, for messages.
    pub name: String,
    pub title: String,
    /// A line below the title.
    pub beneath: String,
    pub flow: Flow,
    /// The first is where it begins.
    pub nodes: Vec<Node>,
    pub links: Vec<Link>,
}

/// Where the way leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flow {
    /// From top to bottom: the steps of a dialog.
    Down,
    /// In the direction of reading, to the left in Arabic: the dialogs of a charity.
    Reading,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// Unique in the picture: small letters, digits and `_`, and never a word of Mermaid's.
    pub id: String,
    /// The verb of a step, or `start`, `end`, `dialog`, `talk`, `form`: the shape goes by it.
    pub what: &'static str,
    /// A line in small letters above the text; empty for none.
    pub head: String,
    pub text: String,
    /// Lines in small letters below the text.
    pub notes: Vec<String>,
    /// The whole text, where [`Node::text`] is a part of it.
    pub whole: Option<String>,
    /// Passed over where its condition does not hold.
    pub conditional: bool,
    pub mark: Mark,
}

/// What is collected there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    None,
    Personal,
    Sensitive,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    pub from: usize,
    pub to: usize,
    pub label: Option<String>,
    pub line: Line,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// A way that the talk takes.
    Way,
    /// The way past a step whose condition does not hold.
    Over,
    /// Walked in between, and then back.
    Call,
}

impl Picture {
    /// Which links go back to where the talk came through: those that close a circle, walking from the first
    /// node. Without them nothing goes in circles.
    pub fn back(&self) -> Vec<bool> {
        let mut outgoing = vec![Vec::new(); self.nodes.len()];
        for (number, link) in self.links.iter().enumerate() {
            outgoing[link.from].push(number);
        }
        let mut back = vec![false; self.links.len()];
        let mut seen = vec![Seen::Not; self.nodes.len()];
        for root in 0..self.nodes.len() {
            walk(root, &outgoing, &self.links, &mut seen, &mut back);
        }
        back
    }

    /// Distinct [`Node::what`] in the order of their first node.
    pub fn kinds(&self) -> Vec<&'static str> {
        let mut kinds = Vec::new();
        for node in &self.nodes {
            if !kinds.contains(&node.what) {
                kinds.push(node.what);
            }
        }
        kinds
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Seen {
    Not,
    /// On the way from the root to where the walk stands.
    Open,
    Done,
}

/// Depth first, with the open way in a list of its own: files of any depth do not end the process.
fn walk(
    root: usize,
    outgoing: &[Vec<usize>],
    links: &[Link],
    seen: &mut [Seen],
    back: &mut [bool],
) {
    if seen[root] != Seen::Not {
        return;
    }
    seen[root] = Seen::Open;
    let mut way = vec![(root, outgoing[root].iter())];
    while let Some((node, rest)) = way.last_mut() {
        let Some(number) = rest.next() else {
            seen[*node] = Seen::Done;
            way.pop();
            continue;
        };
        let to = links[*number].to;
        match seen[to] {
            Seen::Open => back[*number] = true,
            Seen::Done => {}
            Seen::Not => {
                seen[to] = Seen::Open;
                way.push((to, outgoing[to].iter()));
            }
        }
    }
}
