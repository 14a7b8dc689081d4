//! What the inbox promises, on both engines. The dialogs are played by a step that does what the
//! message tells it, so that a test reads like the talk it is about.

mod casework;
mod desk;
mod edits;
mod links;
mod people;
mod trouble;
mod turns;

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use super::*;
use crate::dialog::load;
use crate::dialog::turn::{
    AlertKind, Answer, Ask, Effect, HandOverReason, Heard, Submission, Turn,
};
use crate::dialog::value::{Given, Value};
use crate::event::{Address, EventKey, Known, Millis, Seed, Source, StaffAct};
use crate::reply::{Class, ClosedWindow, Proactive, Reply};
use crate::store::message::{self, Message};
use crate::store::test_support::Fresh;
use crate::text::lang::Lang;

/// A moment like any other.
pub const NOW: Millis = 1_760_000_000_000;

static DEMO: LazyLock<Arc<Dialogs>> =
    LazyLock::new(|| Arc::new(load::reload(&load::embedded(), "demo").unwrap()));

/// The channel whose replies leave by sending; `web` leaves at the commit.
pub const SENDING: &str = "pigeon";

pub struct Desk {
    pub store: Store,
    pub registry: Arc<Registry>,
    pub bus: Bus,
    pub started: Started,
}

impl Desk {
    pub fn open(fresh: &Fresh) -> Desk {
        Desk::over(&fresh.store, |_| {})
    }

    pub fn over(store: &Store, change: impl Fn(&mut Options)) -> Desk {
        let registry = Arc::new(Registry::new(DEMO.clone()));
        let bus = Bus::default();
        let mut options = Options::new(obey, ["web"].into());
        change(&mut options);
        let started = start(store.clone(), registry.clone(), bus.clone(), options);
        Desk {
            store: store.clone(),
            registry,
            bus,
            started,
        }
    }

    pub async fn take(&self, event: Event) -> Taken {
        self.started.inbox.take(event).await.unwrap()
    }

    /// History as `number direction text status`.
    pub async fn history(&self, conversation: &str) -> Vec<String> {
        let told = |message: &Message| {
            let text = message.text.clone().unwrap_or_default();
            let direction = message.direction.word();
            format!("{} {direction} {text} {}", message.seq, message.status)
        };
        self.messages(conversation).await.iter().map(told).collect()
    }

    pub async fn messages(&self, conversation: &str) -> Vec<Message> {
        let mut reader = self.store.reader().await.unwrap();
        message::after(&mut reader, conversation, 0, 1_000)
            .await
            .unwrap()
    }

    /// Turns that this conversation has made.
    pub async fn turns(&self, conversation: &str) -> u32 {
        self.state(conversation).await.misunderstood
    }

    pub async fn state(&self, conversation: &str) -> State {
        let found = self.conversation(conversation).await;
        serde_json::from_str(&found.state.unwrap()).unwrap()
    }

    pub async fn conversation(&self, id: &str) -> crate::store::conversation::Conversation {
        let mut reader = self.store.reader().await.unwrap();
        crate::store::conversation::find(&mut reader, id)
            .await
            .unwrap()
            .unwrap()
    }

    /// Everything owed as number, class and state, in order.
    pub async fn owed(&self) -> Vec<String> {
        let mut reader = self.store.reader().await.unwrap();
        let rows = crate::store::outbox::all(&mut reader).await.unwrap();
        rows.iter()
            .map(|row| format!("{} {:?} {}", row.seq, row.class, row.state))
            .collect()
    }
}

/// Somebody writes on the web chat. The key is the text, and so is the seed.
pub fn wrote(who: &str, text: &str) -> Event {
    wrote_on("web", who, text)
}

pub fn wrote_on(channel: &str, who: &str, text: &str) -> Event {
    let from = Address {
        channel: channel.into(),
        account: String::new(),
        id: who.into(),
    };
    let what = What::Wrote { text: text.into() };
    event(
        channel,
        &format!("{who}:{text}"),
        Origin::Address(from),
        what,
    )
}

pub fn rang(conversation: &str, timer: &str, due: Millis) -> Event {
    let what = What::Rang {
        timer: timer.into(),
        due,
    };
    let from = Origin::Conversation(conversation.into());
    event(
        "timer",
        &format!("{conversation}:{timer}+{due}"),
        from,
        what,
    )
}

pub fn staff(conversation: &str, act: StaffAct) -> Event {
    let from = Origin::Conversation(conversation.into());
    let key = format!("{conversation}:{act:?}");
    event("staff", &key, from, What::Staff(act))
}

fn event(channel: &str, key: &str, from: Origin, what: What) -> Event {
    let mut seed = [0_u8; 16];
    for (at, byte) in key.bytes().enumerate() {
        seed[at % 16] = seed[at % 16].wrapping_mul(31).wrapping_add(byte);
    }
    Event {
        key: EventKey {
            channel: channel.into(),
            account: String::new(),
            key: key.into(),
        },
        received_at: NOW,
        sent_at: None,
        seed: Seed(seed),
        from,
        also: None,
        what,
        message_id: None,
        note: None,
        kind: "text".into(),
        source: Source::Own,
        ranked: None,
        known: Known::default(),
    }
}

/// A step that does what it is told, and counts its turns where misunderstandings are counted.
fn obey(dialogs: &Dialogs, mut state: State, event: Event) -> Turn {
    state.misunderstood += 1;
    state.version = dialogs.version.clone();
    let mut turn = Turn {
        state,
        replies: Vec::new(),
        effects: Vec::new(),
        asks: Vec::new(),
        heard: Heard::default(),
        trace: Vec::new(),
    };
    let told = match &event.what {
        What::Wrote { text } => text.clone(),
        What::Rang { timer, .. } => format!("say rang {timer}"),
        What::Undelivered { step } => format!("notice undelivered {step}"),
        _ => String::new(),
    };
    for order in told.split("; ") {
        do_as_told(&mut turn, &event, order);
    }
    turn
}

fn do_as_told(turn: &mut Turn, event: &Event, order: &str) {
    let words: Vec<&str> = order.split(' ').collect();
    match words[..] {
        ["say", ..] => turn
            .replies
            .push(reply(Class::Dialog, &words[1..].join(" "), None)),
        ["push", expires, quiet, ..] => {
            let mut push = reply(Class::Notice, &words[3..].join(" "), None);
            push.proactive = Some(Proactive {
                template: "t".into(),
                parameters: Vec::new(),
                purpose: None,
                owed: false,
                expires: expires.parse().ok(),
                quiet: quiet == "quiet",
                closed_window: match quiet {
                    "template" => ClosedWindow::Template,
                    _ => ClosedWindow::GiveUp,
                },
            });
            turn.replies.push(push);
        }
        ["stop"] => turn.effects.push(Effect::OptOut {
            scope: "all".into(),
        }),
        ["notice", ..] => turn
            .replies
            .push(reply(Class::Notice, &words[1..].join(" "), None)),
        ["ask", question, ..] => turn.replies.push(reply(
            Class::Dialog,
            &words[1..].join(" "),
            Some(format!("i:{question}")),
        )),
        ["timer", name, due] => turn.effects.push(Effect::SetTimer {
            name: name.into(),
            due: due.parse().unwrap(),
            quiet: false,
        }),
        ["human"] => turn.effects.push(Effect::HandOver {
            reason: HandOverReason::Asked,
            step: None,
        }),
        ["bot"] => turn.effects.push(Effect::TakeBack),
        ["distress"] => turn.effects.push(Effect::Alert {
            kind: AlertKind::Distress,
        }),
        ["agree", purpose] => turn.effects.push(Effect::Consent {
            purpose: purpose.into(),
            version: "1".into(),
            given: true,
            language: Lang::Ar,
        }),
        ["known"] => {
            let known = &event.known;
            let cases: Vec<_> = known.cases.iter().map(|case| &case.reference).collect();
            let told = format!(
                "{:?} {:?} {:?} {:?}",
                known.control, known.consents, cases, known.facts
            );
            turn.replies.push(reply(Class::Notice, &told, None));
        }
        ["submit", reference, document] => submit(turn, event, reference, document),
        ["open", version] => {
            turn.state.version = version.into();
            turn.state.stack = vec![frame()];
        }
        ["panic"] => panic!("as told"),
        _ => {}
    }
}

fn submit(turn: &mut Turn, event: &Event, reference: &str, document: &str) {
    let answered = event.known.answers.last();
    let attempt = match answered {
        None => 0,
        Some(Answer::Submitted {
            taken: true,
            attempt,
            ..
        }) => attempt + 1,
        Some(Answer::Submitted {
            reference,
            duplicate,
            ..
        }) => {
            let told = format!("{reference} duplicate: {duplicate}");
            turn.replies.push(reply(Class::Dialog, &told, None));
            return;
        }
        Some(_) => return,
    };
    let reference = match attempt {
        0 => reference.to_owned(),
        attempt => format!("{reference}-{attempt}"),
    };
    turn.asks.push(Ask::Submit(Box::new(submission(
        &reference, attempt, document, event,
    ))));
}

fn submission(reference: &str, attempt: u32, document: &str, event: &Event) -> Submission {
    let given = Given {
        value: Value::NationalId(document.into()),
        flags: Vec::new(),
        at: event.received_at,
        channel: event.key.channel.clone(),
        message_id: None,
        version: "1".into(),
    };
    Submission {
        reference: reference.into(),
        attempt,
        kind: "support".into(),
        service: "food".into(),
        quota: None,
        dialog: "apply".into(),
        version: "1".into(),
        language: Lang::Ar,
        answers: BTreeMap::from([("national_id".to_owned(), given)]),
        trail: vec!["national_id".into()],
        sensitive: vec!["national_id".into()],
        document: Some(document.into()),
        about: None,
        capacity: String::new(),
        own: false,
        proven: false,
        missing: Vec::new(),
        flags: Vec::new(),
        declaration: None,
        complete_at: None,
        answer_from: None,
        answer_by: None,
        submitted_at: event.received_at,
    }
}

fn frame() -> crate::dialog::state::Frame {
    crate::dialog::state::Frame {
        instance: "i".into(),
        dialog: "apply".into(),
        step: "national_id".into(),
        answers: BTreeMap::new(),
        trail: Vec::new(),
        tries: 0,
        last_try: None,
        returns_to: None,
        opened_at: NOW,
        asked_at: NOW,
        notes: BTreeMap::new(),
        reminded: 0,
    }
}

fn reply(class: Class, text: &str, asks: Option<String>) -> Reply {
    Reply {
        class,
        language: Lang::Ar,
        texts: vec![text.into()],
        choices: None,
        wants: None,
        shows: Vec::new(),
        asks,
        sensitive: false,
        proactive: None,
    }
}
