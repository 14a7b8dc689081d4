//! What must hold after a crash, read from the database itself. Every talk is told again by the dialogs
//! from its incoming messages alone, and must have come out the same: states, replies, timers, handovers.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::LazyLock;

use wasl::config::SecretKey;
use wasl::dialog::load;
use wasl::dialog::model::Dialogs;
use wasl::dialog::state::{Frame, State};
use wasl::dialog::turn::{Answer, Ask, Effect, Entered, Turn};
use wasl::event::{Address, Control, Event, EventKey, Known, Origin, Seed, Source, What};
use wasl::store::message::{Direction, Message};
use wasl::store::{Mode, Options, Store, conversation, handover, message, outbox, timer};
use wasl::text::lang::Lang;

use super::load::Sent;
use crate::support::Engine;
use crate::support::server::KEY;

static DEMO: LazyLock<Dialogs> = LazyLock::new(|| {
    let (dialogs, findings) = load::resolve(&load::embedded(), "demo");
    dialogs.unwrap_or_else(|| panic!("{findings:?}"))
});

/// Messages read at once.
const PAGE: i64 = 1_000;

/// Everything that is broken, in words; nothing is.
pub async fn all(engine: &Engine, data: &Path, sent: &Sent) -> Vec<String> {
    let options = Options {
        database_url: engine.database_url.clone().map(Into::into),
        secret_key: engine
            .database_url
            .as_ref()
            .map(|_| SecretKey::read(KEY).unwrap()),
        ..Options::sqlite(data, "demo")
    };
    let store = match Store::open(options, Mode::Read).await {
        Ok(store) => store,
        Err(error) => {
            let mut broken = keys(&BTreeMap::new(), sent);
            broken.push(format!("the database does not open: {error}"));
            return broken;
        }
    };
    let broken = read(&store, sent).await;
    store.close().await;
    broken
}

async fn read(store: &Store, sent: &Sent) -> Vec<String> {
    let mut reader = store.snapshot().await.unwrap();
    let talks = talks(&mut reader).await;
    let mut broken = keys(&talks, sent);
    if !outbox::all(&mut reader).await.unwrap().is_empty() {
        broken.push("the outbox owes something, though the web leaves at its commit".to_owned());
    }
    let waiting: BTreeSet<String> = handover::open(&mut reader)
        .await
        .unwrap()
        .into_iter()
        .map(|handover| handover.conversation_id)
        .collect();
    for (id, messages) in &talks {
        let found = conversation::find(&mut reader, id).await.unwrap().unwrap();
        let timers = timer::of(&mut reader, &[id]).await.unwrap();
        let told = Told::again(id, messages);
        let mut expect = |what: &str, is: String, owed: String| {
            if is != owed {
                broken.push(format!("{id}: {what}: is {is}, owed is {owed}"));
            }
        };
        let numbers: Vec<_> = messages.iter().map(|message| message.seq).collect();
        let owed: Vec<_> = (1..=found.seq).collect();
        expect("numbers", format!("{numbers:?}"), format!("{owed:?}"));
        let said: Vec<_> = messages
            .iter()
            .filter(|message| message.direction == Direction::Out)
            .map(|message| (message.text.clone().unwrap_or_default(), &*message.status))
            .collect();
        let owed: Vec<_> = told
            .said
            .iter()
            .map(|text| (text.clone(), "sent"))
            .collect();
        expect("replies", format!("{said:?}"), format!("{owed:?}"));
        let state: State = serde_json::from_str(&found.state.unwrap_or_default()).unwrap();
        let (is, owed) = (nameless(state), nameless(told.state));
        expect("state", format!("{is:?}"), format!("{owed:?}"));
        expect(
            "control",
            format!("{:?}", found.control),
            format!("{:?}", told.known.control),
        );
        expect(
            "handover",
            waiting.contains(id).to_string(),
            (told.known.control == Control::Waiting).to_string(),
        );
        let mut is: Vec<_> = timers
            .iter()
            .map(|timer| (kind_of(&timer.name).to_owned(), timer.due))
            .collect();
        is.sort();
        let mut owed: Vec<_> = told
            .timers
            .iter()
            .map(|(name, due)| (kind_of(name).to_owned(), *due))
            .collect();
        owed.sort();
        expect("timers", format!("{is:?}"), format!("{owed:?}"));
    }
    broken
}

async fn talks(reader: &mut wasl::store::Tx) -> BTreeMap<String, Vec<Message>> {
    let mut talks: BTreeMap<String, Vec<Message>> = BTreeMap::new();
    let mut after = (String::new(), 0);
    loop {
        let page = message::page(reader, (&after.0, after.1), PAGE)
            .await
            .unwrap();
        let Some((last, _)) = page.last() else {
            return talks;
        };
        after = (last.conversation.clone(), last.seq);
        for (message, _) in page {
            talks
                .entry(message.conversation.clone())
                .or_default()
                .push(message);
        }
    }
}

/// Acknowledged is there, there is there once, and in the order in which each person wrote.
fn keys(talks: &BTreeMap<String, Vec<Message>>, sent: &Sent) -> Vec<String> {
    let mut broken = Vec::new();
    let mut seen = BTreeSet::new();
    for messages in talks.values() {
        let mut last = None;
        let came = messages
            .iter()
            .filter(|message| message.direction == Direction::In);
        for message in came {
            let key = message.provider_id.clone().unwrap_or_default();
            let number: Option<u32> = key.split_once('-').and_then(|(_, n)| n.parse().ok());
            if number != last.map_or(Some(0), |last: u32| Some(last + 1)) {
                broken.push(format!("{key} stands behind {last:?}"));
            }
            last = number;
            if !seen.insert(key.clone()) {
                broken.push(format!("{key} was applied twice"));
            }
        }
    }
    for lost in sent.acknowledged.difference(&seen) {
        broken.push(format!("{lost} was acknowledged and is lost"));
    }
    if sent.complete {
        for ghost in seen.difference(&sent.acknowledged) {
            broken.push(format!("{ghost} is there and was never acknowledged"));
        }
    }
    broken
}

/// A talk as the dialogs tell it from what came.
struct Told {
    state: State,
    known: Known,
    said: Vec<String>,
    timers: BTreeMap<String, i64>,
}

impl Told {
    fn again(id: &str, messages: &[Message]) -> Told {
        let mut told = Told {
            state: State::default(),
            known: Known {
                conversation: id.to_owned(),
                channels: vec!["web".to_owned()],
                ..Known::default()
            },
            said: Vec::new(),
            timers: BTreeMap::new(),
        };
        let opened = What::Opened {
            payload: None,
            language: Some(Lang::Ar),
        };
        told.hears(opened, messages[0].at, None);
        for message in messages {
            if message.direction == Direction::In {
                let text = message.text.clone().unwrap_or_default();
                let key = message.provider_id.clone();
                told.hears(What::Wrote { text }, message.at, key);
            }
        }
        told
    }

    fn hears(&mut self, what: What, at: i64, message_id: Option<String>) {
        let ranked = match &what {
            What::Wrote { text } => Some(DEMO.rank(text)),
            _ => None,
        };
        let mut event = Event {
            key: EventKey {
                channel: "web".to_owned(),
                account: String::new(),
                key: String::new(),
            },
            received_at: at,
            sent_at: None,
            also: None,
            // Not the one that the server drew: names of runs differ, and nothing else may.
            seed: Seed(at.to_be_bytes().repeat(2).try_into().unwrap()),
            from: Origin::Address(Address {
                channel: "web".to_owned(),
                account: String::new(),
                id: String::new(),
            }),
            what,
            message_id,
            note: None,
            kind: "text".to_owned(),
            source: Source::Own,
            ranked,
            known: self.known.clone(),
        };
        let turn = loop {
            let turn = wasl::dialog::step(&DEMO, self.state.clone(), event.clone());
            if turn.asks.is_empty() {
                break turn;
            }
            event
                .known
                .answers
                .extend(turn.asks.iter().map(nothing_found));
        };
        self.follow(turn);
    }

    fn follow(&mut self, turn: Turn) {
        self.state = turn.state;
        self.said
            .extend(turn.replies.iter().map(|reply| reply.texts.join("\n\n")));
        for effect in turn.effects {
            match effect {
                Effect::SetTimer { name, due, .. } => {
                    self.timers.insert(name, due);
                }
                Effect::ClearTimer { name } => {
                    self.timers.remove(&name);
                }
                Effect::HandOver { .. } => self.known.control = Control::Waiting,
                Effect::TakeBack => self.known.control = Control::Bot,
                Effect::Consent {
                    purpose,
                    version,
                    given,
                    ..
                } => {
                    self.known.consents.insert(purpose, (given, version));
                }
                Effect::OptOut { .. } => self.known.opted_out = true,
                Effect::OptIn => self.known.opted_out = false,
                _ => {}
            }
        }
    }
}

/// Nobody in this load gets as far as a request, and nobody has one.
fn nothing_found(ask: &Ask) -> Answer {
    match ask {
        Ask::Status { reference, .. } => Answer::Status {
            reference: reference.clone(),
            case: None,
        },
        Ask::Link { .. } => Answer::Link(Entered::Unknown),
        Ask::Join { .. } => Answer::Joined(None),
        Ask::Part => Answer::Parted(None),
        Ask::Submit(submission) => panic!("{} was to be handed in", submission.reference),
    }
}

/// Without the names of runs, which are drawn by chance.
fn nameless(mut state: State) -> State {
    let rename = |frame: &mut Frame| frame.instance.clear();
    state.stack.iter_mut().for_each(rename);
    state.paused.iter_mut().for_each(rename);
    for (instance, _) in &mut state.finished {
        instance.clear();
    }
    state
}

/// A timer's name without the run that it belongs to.
fn kind_of(name: &str) -> &str {
    name.split(':').next().unwrap_or(name)
}
