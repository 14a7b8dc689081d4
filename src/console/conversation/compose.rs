//! The box in which staff write: what they had begun, a canned reply filled for this person, what they answer; and
//! what may be sent instead where the channel's window is closed.

use std::collections::BTreeMap;

use super::reply::language;
use super::window::{self, Offer};
use crate::console::day::{self, When};
use crate::console::visit::Staff;
use crate::console::words::Say;
use crate::console::wrong::Wrong;
use crate::console::{Console, now};
use crate::dialog::model::Dialogs;
use crate::store::canned::{self, Canned};
use crate::store::case::Case;
use crate::store::desk::Listed;
use crate::store::message::Message;
use crate::store::{Tx, draft};
use crate::text::canned::{For, fill, has_forms};
use crate::text::graphemes;
use crate::text::lang::Lang;

/// Characters of a quote above an answer: one line of it.
const QUOTE_CHARS_MAX: usize = 120;

/// A canned reply that may be put into the box.
pub struct Ready {
    /// Where the box holds it; with forms, for a woman and for a man.
    pub address: String,
    pub title: String,
    pub forms: bool,
}

pub struct Compose {
    pub text: String,
    pub quote: Option<(i64, String)>,
    /// Until when the platform lets us write freely, where it was ever known; and whether that has passed.
    pub until: Option<When>,
    pub closed: bool,
    /// Nothing of ours arrives, by no way of theirs.
    pub unreachable: bool,
    pub templates: Vec<Offer>,
    pub replies: Vec<Ready>,
    /// The canned reply in the box, and its files.
    pub canned: String,
    pub along: Vec<(String, String)>,
}

/// What a box is made of.
pub struct Of<'a> {
    pub console: &'a Console,
    pub staff: &'a Staff,
    pub say: Say,
    pub dialogs: &'a Dialogs,
    pub one: &'a Listed,
    /// What the person is called, where it is known.
    pub name: Option<&'a str>,
    pub cases: &'a [Case],
    pub messages: &'a [Message],
    /// Sensitive words are shown.
    pub open: bool,
    pub questions: &'a BTreeMap<String, String>,
}

impl Of<'_> {
    /// # Errors
    /// As the store's.
    pub async fn read(&self, tx: &mut Tx) -> Result<Compose, Wrong> {
        let id = &self.one.conversation;
        let window = window::of(self.console, self.one);
        let closed = window.is_some_and(|window| window.closed);
        let begun = draft::find(tx, self.staff.id(), id).await?;
        let mut all = canned::all(tx).await?;
        all.sort_by_key(|reply| self.distance(reply));
        let asked = self.questions.get("canned");
        let chosen = asked.and_then(|id| all.iter().find(|one| one.id == *id));
        let along = match chosen {
            Some(reply) => canned::files(tx, &reply.id).await?,
            None => Vec::new(),
        };
        let quote = self.quote();
        let until = window.map(|window| window.until).filter(|until| *until > 0);
        Ok(Compose {
            text: self.text(begun.unwrap_or_default(), chosen),
            until: until.map(|until| day::soon(until, now(), self.say.lang())),
            closed,
            unreachable: !window::reaches(tx, self.one).await?,
            templates: match closed {
                true => window::offers(self.console, self.one, self.cases),
                false => Vec::new(),
            },
            replies: all
                .iter()
                .map(|reply| self.ready(reply, quote.as_ref().map(|(seq, _)| *seq)))
                .collect(),
            canned: chosen.map(|one| one.id.clone()).unwrap_or_default(),
            along: along
                .into_iter()
                .map(|file| {
                    (
                        file.id,
                        file.name.unwrap_or_else(|| self.say.say("log-file")),
                    )
                })
                .collect(),
            quote,
        })
    }

    /// Those of the services that this person asked for come first, then those for all.
    fn distance(&self, reply: &Canned) -> usize {
        let is_theirs = |service: &str| {
            self.one.service == service || self.cases.iter().any(|case| case.service == service)
        };
        match reply.service.as_str() {
            "" => 1,
            service if is_theirs(service) => 0,
            _ => 2,
        }
    }

    fn ready(&self, reply: &Canned, answers: Option<i64>) -> Ready {
        let answers = answers.map_or_else(String::new, |seq| format!("&answers={seq}"));
        Ready {
            address: format!(
                "/staff/conversations/{}?canned={}{answers}",
                self.one.conversation, reply.id
            ),
            title: reply.title.clone(),
            forms: has_forms(self.source(reply)),
        }
    }

    fn source<'r>(&self, reply: &'r Canned) -> &'r str {
        match language(self.one) {
            Lang::Ar => &reply.ar,
            Lang::En => &reply.en,
        }
    }

    /// What was begun, and behind it the canned reply, once.
    fn text(&self, begun: String, chosen: Option<&Canned>) -> String {
        let Some(reply) = chosen else { return begun };
        let whom = match self.questions.get("whom").map(String::as_str) {
            Some("man") => For::Man,
            Some("woman") => For::Woman,
            _ => For::Anybody,
        };
        let filled = fill(self.source(reply), whom, |name| self.known(name));
        match begun.trim_end() {
            "" => filled,
            begun if begun.ends_with(&filled) => begun.to_owned(),
            begun => format!("{begun}\n{filled}"),
        }
    }

    fn known(&self, name: &str) -> Option<String> {
        let newest = self.cases.first();
        let lang = language(self.one);
        match name {
            "name" => self.name.map(str::to_owned),
            "reference" => newest.map(|case| case.reference.clone()),
            "service" => {
                let service = newest.map_or(&self.one.service, |case| &case.service);
                let mut all = self.dialogs.services.iter();
                let found = all.find(|one| one.name == *service)?;
                Some(found.title.source(lang).to_owned())
            }
            "officer" => Some(self.staff.title().to_owned()),
            "charity" => Some(match lang {
                Lang::Ar => self.dialogs.charity.title_ar.clone(),
                Lang::En => self.dialogs.charity.title_en.clone(),
            }),
            _ => None,
        }
    }

    fn quote(&self) -> Option<(i64, String)> {
        let seq = self.questions.get("answers")?.parse::<i64>().ok()?;
        let found = self.messages.iter().find(|one| one.seq == seq)?;
        let shown = self.open || !found.sensitive;
        let text = found.text.as_deref().filter(|_| shown)?;
        Some((seq, graphemes::cut(text, QUOTE_CHARS_MAX).to_owned()))
    }
}
