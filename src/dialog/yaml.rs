//! Reads one YAML file into a tree in which every key, value and list item keeps its place. What it cannot
//! read becomes findings with a remedy; it never panics, and never lets a file grow by references.

use std::collections::HashSet;
use std::sync::Arc;

use serde_saphyr::granit_parser::{self, Event, Parser, ScalarStyle};

use super::finding::{Finding, Findings, Severity, Span};

mod remedy;

/// The longest file of ours has some 60 kB; beyond this somebody has put in a wrong file.
pub const FILE_BYTES_MAX: usize = 512 * 1024;
/// Lists and keys inside each other: ours reach 8.
pub const DEPTH_MAX: usize = 32;
/// Values in one file, so that a file of commas costs no more than a long one: ours reach 2,000.
pub const NODES_MAX: usize = 20_000;

/// A value with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    pub at: Span,
    pub data: Data,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Data {
    Scalar {
        text: String,
        /// In quotes or as a block: text for certain, whatever it looks like.
        quoted: bool,
    },
    List(Vec<Node>),
    Map(Vec<(Key, Node)>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    pub at: Span,
    pub text: String,
}

impl Node {
    /// The text of a scalar that holds something.
    pub fn scalar(&self) -> Option<&str> {
        match &self.data {
            Data::Scalar { text, .. } if !self.is_null() => Some(text),
            Data::Scalar { .. } | Data::List(_) | Data::Map(_) => None,
        }
    }

    /// Nothing is written here: behind a key there is only the end of the line, or a block without words.
    pub fn is_nowhere(&self) -> bool {
        match &self.data {
            Data::Scalar { text, .. } => text.trim().is_empty() && self.at.length == 0,
            Data::List(_) | Data::Map(_) => false,
        }
    }

    pub fn is_null(&self) -> bool {
        match &self.data {
            Data::Scalar { text, quoted } => !quoted && matches!(text.as_str(), "" | "~" | "null"),
            Data::List(_) | Data::Map(_) => false,
        }
    }

    pub fn list(&self) -> &[Node] {
        match &self.data {
            Data::List(items) => items,
            Data::Scalar { .. } | Data::Map(_) => &[],
        }
    }

    pub fn entries(&self) -> &[(Key, Node)] {
        match &self.data {
            Data::Map(entries) => entries,
            Data::Scalar { .. } | Data::List(_) => &[],
        }
    }

    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entries()
            .iter()
            .find(|(found, _)| found.text == key)
            .map(|(_, node)| node)
    }

    /// In words for people: what stands here.
    pub fn what(&self) -> &'static str {
        match &self.data {
            Data::Scalar { .. } if self.is_null() => "nothing",
            Data::Scalar { .. } => "a text",
            Data::List(_) => "a list",
            Data::Map(_) => "keys with values",
        }
    }
}

/// The tree of a file. None when it could not be read at all; what was wrong is in `findings`.
pub fn parse(file: &Arc<str>, source: &str, findings: &mut Findings) -> Option<Node> {
    let mut builder = Builder {
        file,
        source,
        findings,
        open: Vec::new(),
        root: None,
        nodes: 0,
    };
    if source.len() > FILE_BYTES_MAX {
        let what = format!(
            "the file has {} bytes, more than {FILE_BYTES_MAX}",
            source.len()
        );
        builder.problem(
            start(),
            "too_large",
            what,
            Some("Divide it, or put something else in its place.".to_owned()),
        );
        return None;
    }
    builder.run()
}

fn start() -> Span {
    Span {
        line: 1,
        column: 1,
        offset: 0,
        length: 0,
    }
}

/// A list or map that is still being read.
enum Open {
    List(Span, Vec<Node>),
    Map {
        at: Span,
        entries: Vec<(Key, Node)>,
        key: Option<Key>,
        /// The keys so far, so that a second one is found without going through all.
        seen: HashSet<String>,
    },
}

struct Builder<'a> {
    file: &'a Arc<str>,
    source: &'a str,
    findings: &'a mut Findings,
    open: Vec<Open>,
    root: Option<Node>,
    nodes: usize,
}

/// What one event of the parser means for the rest of the file.
enum Went {
    On,
    Stop,
}

impl Builder<'_> {
    fn run(mut self) -> Option<Node> {
        for next in Parser::new_from_str(self.source) {
            let went = match next {
                Ok((event, span)) => self.take(event, self.span(&span)),
                Err(error) => {
                    self.unreadable(&error);
                    Went::Stop
                }
            };
            if let Went::Stop = went {
                return None;
            }
        }
        if self.root.is_none() {
            self.problem(
                start(),
                "empty_file",
                "the file is empty".to_owned(),
                Some("Fill it, or delete it.".to_owned()),
            );
        }
        self.root
    }

    fn take(&mut self, event: Event<'_>, at: Span) -> Went {
        match event {
            Event::DocumentStart(..) if self.root.is_some() => self.second_document(at),
            Event::Alias(_) => {
                self.reference(at);
                self.close(Node {
                    at,
                    data: Data::Scalar {
                        text: String::new(),
                        quoted: false,
                    },
                })
            }
            Event::Scalar(text, style, anchor, tag) => {
                self.plain(at, anchor, tag.is_some());
                let quoted = !matches!(style, ScalarStyle::Plain);
                self.close(Node {
                    at,
                    data: Data::Scalar {
                        text: text.into_owned(),
                        quoted,
                    },
                })
            }
            Event::SequenceStart(_, anchor, tag) => {
                self.plain(at, anchor, tag.is_some());
                self.begin(Open::List(at, Vec::new()), at)
            }
            Event::MappingStart(_, anchor, tag) => {
                self.plain(at, anchor, tag.is_some());
                self.begin(
                    Open::Map {
                        at,
                        entries: Vec::new(),
                        key: None,
                        seen: HashSet::new(),
                    },
                    at,
                )
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(at),
            // Beginnings and ends of stream and document, and comments where they are told.
            _ => Went::On,
        }
    }

    fn begin(&mut self, open: Open, at: Span) -> Went {
        if self.open.len() >= DEPTH_MAX {
            let what = format!("more than {DEPTH_MAX} lists or keys inside each other");
            self.problem(
                at,
                "too_deep",
                what,
                Some("No dialog needs so many: look for a bracket too many.".to_owned()),
            );
            return Went::Stop;
        }
        self.open.push(open);
        Went::On
    }

    fn end(&mut self, end: Span) -> Went {
        let whole = |at: Span| Span {
            length: (end.offset + end.length).saturating_sub(at.offset),
            ..at
        };
        let node = match self.open.pop() {
            Some(Open::List(at, items)) => Node {
                at: whole(at),
                data: Data::List(items),
            },
            Some(Open::Map { at, entries, .. }) => Node {
                at: whole(at),
                data: Data::Map(entries),
            },
            None => return Went::On,
        };
        self.close(node)
    }

    /// A whole value: into the list or map around it.
    fn close(&mut self, node: Node) -> Went {
        self.nodes += 1;
        if self.nodes > NODES_MAX {
            let what = format!("more than {NODES_MAX} values in one file");
            self.problem(
                node.at,
                "too_large",
                what,
                Some("Divide the file.".to_owned()),
            );
            return Went::Stop;
        }
        match self.open.last_mut() {
            None => self.root = Some(node),
            Some(Open::List(_, items)) => items.push(node),
            Some(Open::Map {
                entries, key, seen, ..
            }) => match key.take() {
                Some(named) if !seen.insert(named.text.clone()) => self.twice(named),
                Some(named) => entries.push((named, node)),
                None => return self.key(node),
            },
        }
        Went::On
    }

    fn key(&mut self, node: Node) -> Went {
        let Data::Scalar { text, .. } = node.data else {
            let what = "a list or braces where a key should stand".to_owned();
            self.problem(node.at, "bad_key", what, Some("A key is one word with a colon behind it. A text that begins with { or [ needs quotes.".to_owned()));
            return self.set_key(Key {
                at: node.at,
                text: String::new(),
            });
        };
        if text == "<<" {
            self.reference(node.at);
        }
        self.set_key(Key { at: node.at, text })
    }

    fn set_key(&mut self, named: Key) -> Went {
        if let Some(Open::Map { key, .. }) = self.open.last_mut() {
            *key = Some(named);
        }
        Went::On
    }

    fn twice(&mut self, key: Key) {
        let what = format!("`{}` stands here a second time", key.text);
        self.problem(
            key.at,
            "duplicate_key",
            what,
            Some("Keep one of the two.".to_owned()),
        );
    }

    fn second_document(&mut self, at: Span) -> Went {
        let remedy = Some(
            "One file is one dialog: put it into a file of its own, or delete the line `---`."
                .to_owned(),
        );
        self.problem(
            at,
            "second_document",
            "a second document begins behind `---`".to_owned(),
            remedy,
        );
        Went::Stop
    }

    fn reference(&mut self, at: Span) {
        let remedy =
            Some("Write out what is meant, so that the place of every text is its own.".to_owned());
        self.problem(
            at,
            "reference",
            "anchors, aliases and merge keys (`&`, `*`, `<<`) are not for dialog files".to_owned(),
            remedy,
        );
    }

    fn plain(&mut self, at: Span, anchor: usize, tagged: bool) {
        if anchor != 0 {
            self.reference(at);
        }
        if tagged {
            let remedy =
                Some("Leave out the `!…`; a text that begins with `!` needs quotes.".to_owned());
            self.problem(
                at,
                "tag",
                "a tag (`!…`) is not for dialog files".to_owned(),
                remedy,
            );
        }
    }

    fn unreadable(&mut self, error: &granit_parser::ScanError) {
        let marker = error.marker();
        let at = Span {
            line: count(marker.line()),
            column: count(marker.col() + 1),
            offset: marker
                .byte_offset()
                .unwrap_or(self.source.len())
                .min(self.source.len()),
            length: 0,
        };
        let told = remedy::of(self.source, at, error.kind());
        self.problem(told.at, "yaml", told.what, Some(told.remedy));
    }

    fn problem(&mut self, at: Span, code: &'static str, what: String, remedy: Option<String>) {
        self.findings.add(Finding {
            file: self.file.clone(),
            at,
            severity: Severity::Error,
            code,
            step: None,
            what,
            remedy,
        });
    }

    fn span(&self, span: &granit_parser::Span) -> Span {
        let range = span.byte_range().unwrap_or(0..0);
        let end = range.end.min(self.source.len()).max(range.start);
        Span {
            line: count(span.start.line()),
            column: count(span.start.col() + 1),
            offset: range.start.min(self.source.len()),
            length: end - range.start.min(end),
        }
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
