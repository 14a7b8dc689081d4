//! The history of a conversation as a page shows it: bubbles, notes beside them, days, and what the bot walked
//! through folded into one line. Sensitive words are masked unless the reader may see them.

use std::collections::BTreeMap;

use super::fate::{self, Fate};
use super::trace;
use crate::console::day::{self, When};
use crate::console::words::{Given, Say};
use crate::dialog::model::Dialogs;
use crate::event::{Attachment, AttachmentKind, What};
use crate::reply::{Class, Reply, Show};
use crate::store::message::{Direction, Message};
use crate::store::note::Note;

/// Stands in the place of what is not shown.
pub const MASK: &str = "••••••";

/// So many steps of one dialog in a row are folded.
const FOLD_MIN: usize = 4;

/// The newest messages are never folded: the open question stands among them.
const OPEN_LAST: usize = 3;

/// What is needed to tell a history.
pub struct Teller<'a> {
    pub say: Say,
    pub dialogs: &'a Dialogs,
    /// Title by id.
    pub staff: &'a BTreeMap<String, String>,
    pub conversation: &'a str,
    /// Sensitive words are shown.
    pub open: bool,
    /// Who reads: their own words are never masked.
    pub reader: &'a str,
}

/// One thing in the log.
pub enum Item {
    Day(String),
    Said(Box<Said>),
    /// Steps of a dialog in a row: its title, how many, and they themselves.
    Walk(String, Vec<Said>),
    Beside(Beside),
}

/// A message.
pub struct Said {
    pub seq: i64,
    /// `person`, `bot` or `staff`.
    pub side: &'static str,
    pub who: String,
    pub channel: String,
    pub at: When,
    pub texts: Vec<String>,
    pub masked: bool,
    pub quote: Option<String>,
    pub files: Vec<File>,
    pub place: Option<(f64, f64)>,
    pub choices: Vec<String>,
    /// What it answered or asked, in words of the dialog.
    pub step: Option<String>,
    pub fate: Option<Fate>,
    pub why: Vec<String>,
}

/// A file as the page shows it.
pub struct File {
    /// `photo`, `pdf`, `voice`, `video` or `document`.
    pub kind: &'static str,
    pub name: String,
    pub address: String,
}

/// A line beside the talk.
pub struct Beside {
    pub kind: String,
    pub words: String,
    pub text: Option<String>,
    pub at: When,
}

impl Teller<'_> {
    /// Messages and notes as one log, in order.
    pub fn tell(&self, messages: &[Message], notes: &[Note]) -> Vec<Item> {
        let mut items = Vec::new();
        let mut notes = notes.iter().peekable();
        let mut last_day = String::new();
        let mut walk: Vec<Said> = Vec::new();
        let first = messages.first().map_or(0, |one| one.seq);
        for (at, message) in messages.iter().enumerate() {
            while let Some(note) = notes.next_if(|note| note.seq < message.seq) {
                if note.seq >= first.saturating_sub(1) {
                    self.close(&mut items, &mut walk);
                    items.push(Item::Beside(self.beside(note)));
                }
            }
            let today = day::day(message.at, self.say.lang());
            if today != last_day {
                self.close(&mut items, &mut walk);
                items.push(Item::Day(today.clone()));
                last_day = today;
            }
            let said = self.said(message);
            let folds = message.step.is_some() && at + OPEN_LAST < messages.len();
            match folds {
                true => walk.push(said),
                false => {
                    self.close(&mut items, &mut walk);
                    items.push(Item::Said(Box::new(said)));
                }
            }
        }
        self.close(&mut items, &mut walk);
        items.extend(notes.map(|note| Item::Beside(self.beside(note))));
        items
    }

    /// Ends a row of steps: folded when it is long.
    fn close(&self, items: &mut Vec<Item>, walk: &mut Vec<Said>) {
        let walk = std::mem::take(walk);
        if walk.len() < FOLD_MIN {
            items.extend(walk.into_iter().map(|said| Item::Said(Box::new(said))));
            return;
        }
        // Where it led to, by the dialog alone.
        let title = walk.iter().rev().find_map(|said| said.step.as_deref());
        let title = title.and_then(|step| step.split(" · ").next());
        items.push(Item::Walk(title.unwrap_or_default().to_owned(), walk));
    }

    fn said(&self, message: &Message) -> Said {
        let reply: Option<Reply> = match message.direction {
            Direction::Out => read(message),
            Direction::In => None,
        };
        let own = message.author.as_deref() == Some(self.reader);
        let masked = message.sensitive && !self.open && !own;
        let side = side(message, reply.as_ref());
        let mut said = Said {
            seq: message.seq,
            side,
            who: self.who(message, side),
            channel: channel(&message.channel, self.say),
            at: When {
                words: day::time(message.at),
                ..day::when(message.at, self.say.lang())
            },
            texts: Vec::new(),
            masked,
            quote: None,
            files: Vec::new(),
            place: None,
            choices: Vec::new(),
            step: message.step.as_deref().map(|step| self.step(step)),
            fate: (message.direction == Direction::Out).then(|| fate::of(message, self.say)),
            why: match &message.trace {
                Some(trace) => trace::sentences(trace, self.dialogs, self.say),
                None => Vec::new(),
            },
        };
        match masked {
            true => said.texts.push(MASK.to_owned()),
            false => self.fill(&mut said, message, reply),
        }
        said
    }

    fn fill(&self, said: &mut Said, message: &Message, reply: Option<Reply>) {
        match reply {
            Some(reply) => {
                said.texts = reply.texts;
                for show in reply.shows {
                    self.show(said, show);
                }
                if let Some(choices) = reply.choices {
                    said.choices = choices.options.into_iter().map(|one| one.title).collect();
                }
            }
            None => {
                said.texts
                    .extend(message.text.clone().filter(|text| !text.is_empty()));
                match read::<What>(message) {
                    Some(What::Sent { attachment, .. }) => said.files.push(self.file(&attachment)),
                    Some(What::Pinned {
                        latitude,
                        longitude,
                        ..
                    }) => said.place = Some((latitude, longitude)),
                    Some(What::Shared { phones, .. }) => said.texts.extend(phones),
                    Some(_) | None => {}
                }
                if said.texts.is_empty() && said.files.is_empty() && said.place.is_none() {
                    said.texts
                        .push(self.say.with("log-kind", "kind", &message.kind));
                }
            }
        }
    }

    fn show(&self, said: &mut Said, show: Show) {
        match show {
            Show::Attachment { file } => said.files.push(self.file(&file)),
            Show::Quote { text, .. } => said.quote = Some(text),
            Show::Place {
                latitude,
                longitude,
                title,
                ..
            } => {
                said.place = Some((latitude, longitude));
                said.texts.push(title);
            }
            Show::Card { name, phones } => {
                said.texts.push(format!("{name}: {}", phones.join("، ")))
            }
            Show::File { title, .. } => said.texts.push(format!("📎 {title}")),
            Show::Audio { .. } => {}
            Show::Link { url, title } => said.texts.push(format!("{title}: {url}")),
        }
    }

    fn file(&self, file: &Attachment) -> File {
        let kind = match file.kind {
            AttachmentKind::Photo => "photo",
            AttachmentKind::Voice => "voice",
            AttachmentKind::Video => "video",
            AttachmentKind::Document if file.mime == "application/pdf" => "pdf",
            AttachmentKind::Document => "document",
        };
        File {
            kind,
            name: file
                .name
                .clone()
                .unwrap_or_else(|| self.say.say("log-file")),
            address: format!(
                "/staff/conversations/{}/files/{}",
                self.conversation, file.id
            ),
        }
    }

    fn who(&self, message: &Message, side: &str) -> String {
        match (side, &message.author) {
            ("person", _) => self.say.say("log-person"),
            (_, Some(author)) => self.name(author),
            (_, None) => self.say.say("log-bot"),
        }
    }

    /// What colleagues call a member of staff.
    pub fn name(&self, id: &str) -> String {
        match (id, self.staff.get(id)) {
            ("", _) => self.say.say("log-house"),
            (_, Some(title)) => title.clone(),
            (id, None) => id.to_owned(),
        }
    }

    fn step(&self, step: &str) -> String {
        trace::place_words(step, self.dialogs, self.say.lang())
    }

    fn beside(&self, note: &Note) -> Beside {
        let who = [("who", Given::Text(self.name(&note.author)))];
        let to = note
            .detail
            .get("to")
            .map(String::as_str)
            .unwrap_or_default();
        let both = [who[0].clone(), ("to", Given::Text(self.name(to)))];
        let words = match note.kind.as_str() {
            "noted" => self.say.all("beside-noted", &who),
            "claimed" => self.say.all("beside-claimed", &who),
            "returned" => self.say.all("beside-returned", &who),
            "closed" => self.say.all("beside-closed", &who),
            "transferred" if to.is_empty() => self.say.all("beside-put-back", &who),
            "transferred" => self.say.all("beside-transferred", &both),
            "assigned" => self.say.with("beside-offered", "to", self.name(to)),
            "snoozed" => self.say.all("beside-snoozed", &who),
            "late" => self.say.say("beside-late"),
            "linked" => self.say.say("beside-linked"),
            "linked_to" => self.say.say("beside-linked-to"),
            "parted" => self.say.say("beside-parted"),
            "waiting" => {
                let reason = note.detail.get("reason").map(String::as_str);
                let why = self.say.say(reason_words(reason.unwrap_or_default()));
                self.say.with("beside-waiting", "why", why)
            }
            _ => self.say.all("beside-case", &who),
        };
        Beside {
            kind: note.kind.clone(),
            words,
            text: note.text.clone(),
            at: When {
                words: day::time(note.at),
                ..day::when(note.at, self.say.lang())
            },
        }
    }

    /// The last turns, each in one line: who, and the words or what they hide.
    pub fn short(&self, messages: &[Message], most: usize) -> Vec<(String, String)> {
        let from = messages.len().saturating_sub(most);
        messages[from..]
            .iter()
            .map(|message| {
                let said = self.said(message);
                let text = said.texts.join(" ");
                let text = match (text.is_empty(), said.files.first()) {
                    (true, Some(file)) => file.name.clone(),
                    _ => text,
                };
                (said.who, text.lines().collect::<Vec<_>>().join(" "))
            })
            .collect()
    }
}

fn read<T: serde::de::DeserializeOwned>(message: &Message) -> Option<T> {
    serde_json::from_str(message.payload.as_deref()?).ok()
}

fn side(message: &Message, reply: Option<&Reply>) -> &'static str {
    match (message.direction, reply.map(|reply| reply.class)) {
        (Direction::In, _) => "person",
        (Direction::Out, Some(Class::Staff)) => "staff",
        (Direction::Out, _) if message.author.is_some() => "staff",
        (Direction::Out, _) => "bot",
    }
}

/// The name of a channel.
pub fn channel(word: &str, say: Say) -> String {
    match word {
        "web" => say.say("channel-web"),
        "telegram" => say.say("channel-telegram"),
        "whatsapp" => say.say("channel-whatsapp"),
        "email" => say.say("channel-email"),
        other => other.to_owned(),
    }
}

/// The words of why somebody waits.
pub fn reason_words(reason: &str) -> &'static str {
    match reason {
        "asked" => "reason-asked",
        "misunderstood" => "reason-misunderstood",
        "distress" => "reason-distress",
        "unclear_procedure" => "reason-unclear",
        "low_confidence" => "reason-low-confidence",
        "dialog" => "reason-dialog",
        "taken_over" => "reason-taken-over",
        "transferred" => "reason-transferred",
        _ => "reason-fault",
    }
}
