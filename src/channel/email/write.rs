//! A reply as one mail: words plain and as a page that reads from the right, choices numbered and as links,
//! what is shown as files beside it, and all that threads, bounces and other programs go by. Pure.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use askama::Template;
use serde::{Deserialize, Serialize};

use super::own::{Own, address_of};
use super::{LIMITS, clients, link};
use crate::channel::shape::{Below, Part, shape};
use crate::channel::{Outgoing, Payload, Recipient, Tokens};
use crate::event::Millis;
use crate::reply::{Choice, Reply, Show};
use crate::text::graphemes;
use crate::text::lang::Lang;

const WORDS: &str = include_str!("words.yaml");

/// RFC 5322: a line has 998 octets; many message ids do not fit, the middle ones are the least missed.
const REFERENCES_MAX: usize = 20;

/// Subjects beyond this are cut by every program that lists mails.
const SUBJECT_CHARS_MAX: usize = 90;

type Words = BTreeMap<String, BTreeMap<String, String>>;

static SAID: LazyLock<Words> = LazyLock::new(|| {
    serde_saphyr::from_str(WORDS).expect("the file is part of the program, and a test reads it")
});

/// What an incoming mail leaves for its answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    pub subject: String,
    pub references: Vec<String>,
}

/// A mail that is ready but for the bytes of its files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    pub to: String,
    /// The envelope's sender.
    pub bounces_to: String,
    pub answers_to: Option<String>,
    /// Without brackets, as all ids here.
    pub message_id: String,
    /// What receipts know it by.
    pub provider_id: String,
    pub in_reply_to: Option<String>,
    pub references: Vec<String>,
    pub subject: String,
    pub text: String,
    pub page: String,
    /// The value of `Auto-Submitted`; None where somebody of the staff wrote it.
    pub automatic: Option<String>,
    pub unsubscribe: Option<String>,
    pub at: Millis,
    pub files: Vec<Beside>,
}

/// What goes along.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Beside {
    /// A file of the charity's.
    File {
        path: String,
        title: String,
    },
    /// A file that staff send.
    Attachment {
        id: String,
        name: String,
        mime: String,
    },
    Card {
        name: String,
        phones: Vec<String>,
    },
}

/// What writing needs of us.
pub struct Desk<'a> {
    pub own: &'a Own,
    pub tokens: &'a dyn Tokens,
    /// Where links begin.
    pub origin: &'a str,
}

#[derive(Template)]
#[template(path = "channel/email/mail.html", config = "src/web/askama.toml")]
struct Page<'a> {
    language: &'static str,
    direction: &'static str,
    side: &'static str,
    name: &'a str,
    /// Paragraphs of lines of pieces.
    paragraphs: Vec<Vec<Vec<Piece>>>,
    choices: Vec<(String, String)>,
    controls: Vec<(String, String)>,
    hint: &'a str,
    unsubscribe: Option<(String, &'a str)>,
}

/// A piece of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Words(String),
    Address(String),
}

impl Desk<'_> {
    pub fn write(&self, reply: &Reply, to: &Recipient, out: &Outgoing) -> Payload {
        let letter = self.letter(reply, to, out);
        // These types always are JSON; a payload that is none is refused when it is sent.
        Payload {
            body: serde_json::to_value(letter).unwrap_or_default(),
        }
    }

    fn letter(&self, reply: &Reply, to: &Recipient, out: &Outgoing) -> Letter {
        let person = to.address.id.as_str();
        let started = reply.proactive.is_some();
        let note = out
            .answers
            .as_ref()
            .map(|thread| serde_json::from_str::<Note>(&thread.note).unwrap_or_default());
        let before = out
            .answers
            .as_ref()
            .map(|thread| thread.message_id.clone())
            .filter(|id| !id.is_empty());
        let unsubscribe = started.then(|| {
            let token = link::unsubscribe(
                self.tokens,
                person,
                reply.language,
                out.now + link::UNSUBSCRIBE_MILLIS,
            );
            format!("{}/a/{token}", self.origin)
        });
        let (text, page, files) = self.bodies(reply, person, unsubscribe.as_deref(), out.now);
        let staff = reply.class == crate::reply::Class::Staff;
        Letter {
            to: address_of(person).to_owned(),
            bounces_to: self.own.bounce_address(self.tokens, &out.id, person),
            answers_to: self.own.answer_address(self.tokens, &out.id, person),
            message_id: self.own.message_id(self.tokens, &out.id, person),
            provider_id: self.own.provider_id(&out.id),
            references: references(note.as_ref(), before.as_deref()),
            in_reply_to: before,
            subject: self.subject(reply, note.as_ref()),
            text,
            page,
            automatic: match (staff, started) {
                (true, _) => None,
                (false, true) => Some("auto-generated".to_owned()),
                (false, false) => Some("auto-replied".to_owned()),
            },
            unsubscribe,
            at: out.now,
            files,
        }
    }

    /// That of the person's mail, marked as answered once; else one that tells nothing about them.
    fn subject(&self, reply: &Reply, note: Option<&Note>) -> String {
        let bare = note
            .map(|note| clients::bare_subject(&note.subject))
            .unwrap_or_default();
        let whole = match bare.is_empty() {
            true => said("subject", reply.language).replace("{name}", self.name()),
            false => format!("{}{bare}", said("answer", reply.language)),
        };
        let line: String = whole
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect();
        graphemes::cut(&line, SUBJECT_CHARS_MAX).to_owned()
    }

    fn name(&self) -> &str {
        self.own.name.as_deref().unwrap_or(&self.own.domain)
    }

    fn bodies(
        &self,
        reply: &Reply,
        person: &str,
        unsubscribe: Option<&str>,
        now: Millis,
    ) -> (String, String, Vec<Beside>) {
        let (mut texts, mut paged, mut files) = (Vec::new(), Vec::new(), Vec::new());
        let (mut choices, mut controls) = (Vec::new(), Vec::new());
        let link = |choice: &Choice| {
            let token = link::press(
                self.tokens,
                person,
                (&choice.data, &choice.title),
                reply.language,
                now + link::PRESS_MILLIS,
            );
            format!("{}/a/{token}", self.origin)
        };
        for part in shape(reply, &LIMITS).parts {
            match part {
                Part::Text {
                    text,
                    below:
                        Below::Numbered {
                            options,
                            controls: beside,
                        },
                } => {
                    // The numbers are the last paragraph of the text; on the page links stand in its place.
                    paged.extend(text.rsplit_once("\n\n").map(|(above, _)| above.to_owned()));
                    let numbers = text
                        .rsplit_once("\n\n")
                        .map_or(text.as_str(), |(_, last)| last);
                    let counts = numbers.starts_with("1. ");
                    texts.push(text);
                    choices = options
                        .iter()
                        .enumerate()
                        .map(|(n, one)| (link(one), titled(counts.then_some(n + 1), one)))
                        .collect();
                    controls = beside
                        .iter()
                        .map(|one| (link(one), one.title.clone()))
                        .collect();
                }
                Part::Text { text, .. } => {
                    paged.push(text.clone());
                    texts.push(text);
                }
                Part::Show(show) => files.extend(beside(show)),
            }
        }
        let hint = match choices.is_empty() {
            true => "",
            false => said("press", reply.language),
        };
        let stop = said("unsubscribe", reply.language);
        let mut plain: Vec<String> = texts
            .iter()
            .map(|text| marked(text, reply.language))
            .collect();
        plain.extend(unsubscribe.map(|link| format!("{stop}:\n{link}")));
        let page = Page {
            language: reply.language.code(),
            direction: match reply.language {
                Lang::Ar => "rtl",
                Lang::En => "ltr",
            },
            side: match reply.language {
                Lang::Ar => "right",
                Lang::En => "left",
            },
            name: self.name(),
            paragraphs: paged
                .iter()
                .flat_map(|text| text.split("\n\n"))
                .map(paragraph)
                .collect(),
            choices,
            controls,
            hint,
            unsubscribe: unsubscribe.map(|link| (link.to_owned(), stop)),
        };
        // A template of plain values always renders.
        let page = page.render().unwrap_or_default();
        (plain.join("\n\n"), page, files)
    }
}

fn said(name: &str, language: Lang) -> &'static str {
    let sentence = SAID
        .get(name)
        .and_then(|sentence| sentence.get(language.code()));
    sentence.map_or("", String::as_str)
}

fn titled(n: Option<usize>, choice: &Choice) -> String {
    let number = n.map(|n| format!("{n}. ")).unwrap_or_default();
    match &choice.note {
        Some(note) => format!("{number}{} ({note})", choice.title),
        None => format!("{number}{}", choice.title),
    }
}

fn beside(show: Show) -> Option<Beside> {
    match show {
        Show::File { path, title } => Some(Beside::File { path, title }),
        Show::Audio { path } => Some(Beside::File {
            title: String::new(),
            path,
        }),
        Show::Attachment { file } => Some(Beside::Attachment {
            name: file.name.unwrap_or_default(),
            id: file.id,
            mime: file.mime,
        }),
        Show::Card { name, phones } => Some(Beside::Card { name, phones }),
        Show::Place { .. } | Show::Link { .. } | Show::Quote { .. } => None,
    }
}

/// What the person's mail hung on, and that mail; the middle ones left out where there are many.
fn references(note: Option<&Note>, before: Option<&str>) -> Vec<String> {
    let mut all: Vec<String> = note.map(|note| note.references.clone()).unwrap_or_default();
    all.extend(before.map(str::to_owned));
    all.dedup();
    if all.len() > REFERENCES_MAX {
        let late = all.split_off(all.len() - (REFERENCES_MAX - 1));
        all.truncate(1);
        all.extend(late);
    }
    all
}

/// Lines that begin with a Latin letter or a digit read from the right in an Arabic mail, too.
fn marked(text: &str, language: Lang) -> String {
    let begins_left = |line: &str| {
        line.chars()
            .find(|c| !c.is_whitespace())
            .is_some_and(|c| c.is_ascii_alphanumeric() || c == '\u{2066}' || c == '\u{2068}')
    };
    let mark =
        |line: &str| match language == Lang::Ar && begins_left(line) && !line.starts_with("http") {
            true => format!("\u{200f}{line}"),
            false => line.to_owned(),
        };
    text.lines().map(mark).collect::<Vec<_>>().join("\n")
}

fn paragraph(text: &str) -> Vec<Vec<Piece>> {
    text.lines().map(pieces).collect()
}

/// A line with its web addresses apart.
fn pieces(line: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = line;
    while let Some(at) = rest.find("https://").or_else(|| rest.find("http://")) {
        let (before, from) = rest.split_at(at);
        let ends =
            |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '\u{2066}'..='\u{2069}');
        let end = from.find(ends).unwrap_or(from.len());
        let address = from[..end].trim_end_matches(['.', ',', ')', '،', '؛', '؟', '!']);
        if !before.is_empty() {
            pieces.push(Piece::Words(before.to_owned()));
        }
        pieces.push(Piece::Address(address.to_owned()));
        rest = &from[address.len()..];
    }
    if !rest.is_empty() {
        pieces.push(Piece::Words(rest.to_owned()));
    }
    pieces
}
