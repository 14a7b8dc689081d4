//! A small world for the machine to live in: people, what the house knows of them, their cases and timers,
//! all in memory. It must do what `inbox`, `timers` and `store` do with a turn: answer asks in rounds, move
//! control, keep timers unique by owner and name and ring them once, claim references, tell a duplicate
//! ID, hold what may not be sent yet. It decides nothing about what is said, and reads no clock.

mod ask;

mod deed;
mod effect;
mod link;
mod remains;
mod ring;

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Duration, NaiveDateTime, Utc};
use sha2::{Digest, Sha256};

use super::Step;
use super::entry::{KnownFact, KnownRequest};
use crate::dialog::model::{self, Dialogs};
use crate::dialog::state::State;
use crate::dialog::turn::{AlertKind, Effect, HandOverReason, Note, Rating};
use crate::dialog::value::{Flag, Value};
use crate::event::casework::{CaseFile, KnownItem};
use crate::event::{
    ANONYMOUS, Address, Control, Event, EventKey, Known, KnownCase, Millis, Origin, Seed, Source,
    What,
};
use crate::reply::Reply;
use crate::text::lang::Lang;

/// The name of who writes unless `as:` says otherwise.
pub const PERSON: &str = "person";

/// What became visible to somebody.
#[derive(Clone, Debug, PartialEq)]
pub enum Happened {
    /// Said to the person who acted, or by its name to another.
    Said {
        to: Option<String>,
        reply: Box<Reply>,
    },
    /// Staff must look at once.
    Alert(AlertKind),
}

/// What a story asked for that cannot happen here, in words for its author.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Impossible(pub String);

/// The house and everybody in it.
pub struct World {
    pub dialogs: Arc<Dialogs>,
    step: Step,
    /// Seeds derive from it and the number of the event.
    name: String,
    pub now: Millis,
    pub channel: String,
    pub source: Source,
    pub staffed: bool,
    people: Vec<Contact>,
    /// Who writes now.
    who: usize,
    cases: Vec<Case>,
    links: Vec<link::Link>,
    events: u64,
    /// What the last event led to, for `/why`.
    pub trace: Vec<Note>,
    pub done: Vec<Effect>,
}

/// One who writes, with their conversation.
struct Contact {
    name: String,
    state: State,
    control: Control,
    facts: BTreeMap<String, Value>,
    consents: BTreeMap<String, (bool, String)>,
    opted_out: bool,
    hidden: bool,
    hand_over: Option<HandOverReason>,
    /// Unique by name: setting one moves it.
    timers: BTreeMap<String, Timer>,
    /// Everything said to them, oldest first.
    said: Vec<Reply>,
    /// Ids of their own messages, oldest first.
    own: Vec<String>,
    /// Messages sent since the last mark.
    counted: usize,
    held: Vec<Held>,
    ratings: Vec<Rating>,
    /// Writes in a talk without a name.
    anonymous: bool,
    /// Goes on in the talk of this one.
    merged: Option<usize>,
    /// Who wrote last in this talk, if somebody else than whose it is: replies go there.
    speaks: Option<usize>,
    /// Wrong codes.
    tries: usize,
}

/// A reply that has not left, and why.
struct Held {
    reply: Reply,
    why: Why,
}

enum Why {
    /// Waits for a decent hour.
    Until(Millis),
    /// Never leaves: the reason, in plain words.
    Never(&'static str),
}

#[derive(Clone, Copy)]
struct Timer {
    /// As it was set: what the ring says.
    due: Millis,
    /// Rests until a decent hour.
    quiet: bool,
}

struct Case {
    owner: usize,
    kind: String,
    known: KnownCase,
    id: Option<String>,
    flags: Vec<Flag>,
    /// The request that it is about.
    about: Option<String>,
    /// Who handed it in had proved who they are.
    proven: bool,
}

impl World {
    /// An empty world at a moment, with one person in it.
    pub fn new(dialogs: Arc<Dialogs>, step: Step, name: &str, channel: &str, now: Millis) -> World {
        World {
            dialogs,
            step,
            name: name.to_owned(),
            now,
            channel: channel.to_owned(),
            source: Source::Own,
            staffed: false,
            people: vec![Contact::new(PERSON)],
            who: 0,
            cases: Vec::new(),
            links: Vec::new(),
            events: 0,
            trace: Vec::new(),
            done: Vec::new(),
        }
    }

    /// From here on this one writes; somebody new from an address of their own.
    pub fn speak_as(&mut self, name: &str) {
        let known = self.people.iter().position(|contact| contact.name == name);
        self.who = known.unwrap_or_else(|| {
            self.people.push(Contact::new(name));
            self.people.len() - 1
        });
    }

    /// The language that the page was opened in.
    pub fn language(&mut self, language: Lang) {
        self.people[self.who].state.language = language;
    }

    /// The title of an option, from 1, under the latest reply that has any.
    pub fn option(&self, number: usize) -> Option<String> {
        let mut said = self.people[self.who].said.iter().rev();
        let choices = said.find_map(|reply| reply.choices.as_ref())?;
        let option = choices.options.get(number.checked_sub(1)?)?;
        Some(option.title.clone())
    }

    pub fn mark(&mut self) {
        self.people[self.who].counted = 0;
    }

    /// Messages of the person since the last mark.
    pub fn counted(&self) -> usize {
        self.people[self.who].counted
    }

    /// Makes something known before the talk begins.
    pub fn know(&mut self, fact: &KnownFact) -> Result<(), Impossible> {
        let contact = &mut self.people[self.who];
        match fact {
            KnownFact::Staffed => self.staffed = true,
            KnownFact::OptedOut => contact.opted_out = true,
            KnownFact::Anonymous => contact.anonymous = true,
            KnownFact::Consent(purpose) => {
                contact
                    .consents
                    .insert(purpose.clone(), (true, "known".to_owned()));
            }
            KnownFact::Fact(field, kind, value) => {
                contact.facts.insert(field.clone(), typed(kind, value)?);
            }
            KnownFact::Case(request) => self.open_known(request)?,
        }
        Ok(())
    }

    fn open_known(&mut self, request: &KnownRequest) -> Result<(), Impossible> {
        if !self.dialogs.cases.states.contains_key(&request.state) {
            return Err(Impossible(format!(
                "cases.yaml has no state `{}`",
                request.state
            )));
        }
        let file = self.file_of(request);
        self.cases.push(Case {
            owner: self.who,
            kind: request.kind.clone(),
            known: KnownCase {
                reference: request.reference.clone(),
                kind: request.kind.clone(),
                service: request.service.clone(),
                state: request.state.clone(),
                about: None,
                state_at: self.now,
                opened_at: self.now,
                missing: request.missing.clone(),
                answer_from: None,
                answer_by: None,
                told: None,
                file,
            },
            id: request.id.clone(),
            flags: Vec::new(),
            about: None,
            proven: false,
        });
        Ok(())
    }

    /// The file of a request that was there before: handed in by the form that opens requests of its kind, and
    /// registered where only registered ones come.
    fn file_of(&self, request: &KnownRequest) -> CaseFile {
        let opens = |step: &model::Step| match &step.kind {
            model::Kind::Submit(submit) => submit.case == request.kind,
            _ => false,
        };
        let mut dialogs = self.dialogs.dialogs.values();
        let dialog = dialogs.find(|dialog| dialog.steps.iter().any(opens));
        let state = self.dialogs.cases.states.get(&request.state);
        let given = request.given.iter();
        CaseFile {
            dialog: dialog.map(|dialog| dialog.name.clone()).unwrap_or_default(),
            items: given
                .map(|name| KnownItem::new(name, Value::Text("…".to_owned())))
                .collect(),
            registered: state.is_some_and(|state| state.registered),
            ..CaseFile::default()
        }
    }

    /// Where the talk of who writes now stands.
    pub fn state(&self) -> &State {
        &self.people[self.who].state
    }

    /// Who speaks in it.
    pub fn control(&self) -> &Control {
        &self.people[self.who].control
    }

    /// One event, from its entry to everything that it led to.
    fn happen(&mut self, who: usize, what: What, kind: &str) -> Vec<Happened> {
        self.events += 1;
        self.trace.clear();
        self.done.clear();
        let event = self.event(who, what, kind);
        let writer = who;
        let who = match event.from {
            Origin::Address(_) => self.heard_from(writer),
            Origin::Conversation(_) => who,
        };
        if !self.begins(who, &event.what) {
            return Vec::new();
        }
        let own_words = self.staff_words(who, &event.what);
        let mut happened = self.say(who, own_words);
        happened.extend(self.turn(who, event));
        happened
    }

    fn event(&self, who: usize, what: What, kind: &str) -> Event {
        let contact = &self.people[who];
        let (channel, from) = match &what {
            What::Rang { .. } => ("timer", Origin::Conversation(contact.conversation())),
            What::Staff(_) => ("staff", Origin::Conversation(contact.conversation())),
            What::Undelivered { .. } => ("outbox", Origin::Conversation(contact.conversation())),
            _ => (
                self.channel.as_str(),
                Origin::Address(self.address(contact)),
            ),
        };
        let ranked = match &what {
            What::Wrote { text } => Some(self.dialogs.rank(text)),
            _ => None,
        };
        Event {
            key: EventKey {
                channel: channel.to_owned(),
                account: String::new(),
                key: self.events.to_string(),
            },
            received_at: self.now,
            sent_at: None,
            seed: self.seed(),
            from,
            also: None,
            what,
            message_id: Some(self.message_id()),
            note: None,
            kind: kind.to_owned(),
            source: self.source,
            ranked,
            known: Known::default(),
        }
    }

    fn address(&self, contact: &Contact) -> Address {
        let account = match contact.anonymous {
            true => ANONYMOUS,
            false => "",
        };
        Address {
            channel: self.channel.clone(),
            account: account.to_owned(),
            id: contact.name.clone(),
        }
    }

    /// The first half of SHA-256 over the story's name and the event's number: the same story always has
    /// the same references.
    fn seed(&self) -> Seed {
        let digest = Sha256::digest(format!("{}:{}", self.name, self.events));
        let mut seed = [0; 16];
        seed.copy_from_slice(&digest[..16]);
        Seed(seed)
    }

    fn message_id(&self) -> String {
        format!("m{}", self.events)
    }

    /// What the house knows of somebody, as it is loaded with the State.
    fn known(&self, who: usize) -> Known {
        let contact = &self.people[who];
        let own = self.cases.iter().rev();
        let own = own.filter(|case| self.talk_of(case.owner) == who);
        Known {
            conversation: contact.conversation(),
            contact: format!("contact-{}", contact.name),
            control: contact.control.clone(),
            facts: contact.facts.clone(),
            consents: contact.consents.clone(),
            opted_out: contact.opted_out,
            merged: contact.merged.is_some(),
            on: link::on(),
            channels: vec![self.channel.clone()],
            cases: own.map(|case| case.known.clone()).collect(),
            staffed: self.staffed,
            answers: Vec::new(),
        }
    }

    /// A moment of the charity's own clock.
    pub fn moment(&self, local: NaiveDateTime) -> Option<Millis> {
        let zone = self.dialogs.charity.calendar.zone;
        let moment = local.and_local_timezone(zone).earliest();
        moment.map(|moment| moment.timestamp_millis())
    }

    /// The charity's own clock: `2026-01-05 10:00`.
    pub fn local(&self, at: Millis) -> String {
        let zone = self.dialogs.charity.calendar.zone;
        utc(at)
            .with_timezone(&zone)
            .format("%Y-%m-%d %H:%M")
            .to_string()
    }
}

impl Contact {
    fn new(name: &str) -> Contact {
        Contact {
            name: name.to_owned(),
            state: State::default(),
            control: Control::Bot,
            facts: BTreeMap::new(),
            consents: BTreeMap::new(),
            opted_out: false,
            hidden: false,
            hand_over: None,
            timers: BTreeMap::new(),
            said: Vec::new(),
            own: Vec::new(),
            counted: 0,
            held: Vec::new(),
            ratings: Vec::new(),
            anonymous: false,
            merged: None,
            speaks: None,
            tries: 0,
        }
    }

    fn conversation(&self) -> String {
        format!("conversation-{}", self.name)
    }
}

/// A moment that no calendar can show is the beginning of time.
fn utc(at: Millis) -> DateTime<Utc> {
    let moment = DateTime::UNIX_EPOCH.checked_add_signed(Duration::milliseconds(at));
    moment.unwrap_or(DateTime::UNIX_EPOCH)
}

/// A value by its kind, as `dialog::value` names kinds: text, national_id, phone, number …
fn typed(kind: &str, value: &str) -> Result<Value, Impossible> {
    let bare = serde_json::from_str::<serde_json::Value>(value).ok();
    let words = serde_json::Value::from(value);
    let mut forms = [words].into_iter().chain(bare);
    let read = |form| serde_json::from_value(serde_json::json!({"kind": kind, "value": form})).ok();
    forms.find_map(read).ok_or_else(|| {
        Impossible(format!(
            "`{value}` is no value of kind `{kind}`; there are text, national_id, phone, email, option, number, bool …"
        ))
    })
}
