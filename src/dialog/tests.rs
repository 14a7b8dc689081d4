//! What must hold for every turn, and a house around the machine for the tests that a story cannot hold.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::files::embedded;
use super::load;
use super::model::Dialogs;
use super::state::State;
use super::step;
use super::turn::{Answer, Ask, Effect, Entered, ROUNDS_MAX, Turn};
use crate::event::{
    Address, Attachment, AttachmentKind, Event, EventKey, Known, KnownCase, Millis, Origin, Ranked,
    Seed, Source, What,
};

mod any_talk;
mod asked;
mod bad_input;
mod fetched;
mod kept;

/// Sunday 4 January 2026, 10:00 in Riyadh.
const START: Millis = 1_767_510_000_000;

fn demo() -> &'static Dialogs {
    static DEMO: OnceLock<Dialogs> = OnceLock::new();
    DEMO.get_or_init(|| {
        let (dialogs, findings) = load::resolve(&embedded(), "demo");
        dialogs.unwrap_or_else(|| panic!("the demo loads: {findings:?}"))
    })
}

/// One conversation under test.
struct House {
    state: State,
    clock: Millis,
    known: Known,
    events: u64,
    timers: BTreeMap<String, Millis>,
    /// Data of every button that was ever shown.
    buttons: Vec<String>,
    taken: u32,
    duplicate: bool,
    waiting: Option<u32>,
    /// What the FAQ makes of what is written.
    ranked: Option<Ranked>,
}

impl House {
    fn new() -> House {
        House {
            state: State::default(),
            clock: START,
            known: Known::default(),
            events: 0,
            timers: BTreeMap::new(),
            buttons: Vec::new(),
            taken: 0,
            duplicate: false,
            waiting: None,
            ranked: None,
        }
    }

    fn event(&self, what: What) -> Event {
        let mut seed = [0; 16];
        seed[..8].copy_from_slice(&self.events.to_le_bytes());
        let web = || "web".to_owned();
        Event {
            key: EventKey {
                channel: web(),
                account: String::new(),
                key: self.events.to_string(),
            },
            received_at: self.clock,
            sent_at: None,
            seed: Seed(seed),
            from: Origin::Address(Address {
                channel: web(),
                account: String::new(),
                id: String::new(),
            }),
            also: None,
            what,
            message_id: Some(format!("m{}", self.events)),
            note: None,
            kind: String::new(),
            source: Source::Own,
            ranked: self.ranked.clone(),
            known: self.known.clone(),
        }
    }

    /// Takes an event through its rounds, checks what must hold for every turn, and keeps the outcome.
    fn take(&mut self, what: What) -> Turn {
        self.events += 1;
        let mut event = self.event(what);
        for round in 0..ROUNDS_MAX {
            let turn = step(demo(), self.state.clone(), event.clone());
            let again = step(demo(), self.state.clone(), event.clone());
            assert_eq!(turn, again, "the same event gives the same turn");
            if turn.asks.is_empty() {
                self.keep(&turn);
                return turn;
            }
            assert!(round + 1 < ROUNDS_MAX, "a turn asks in two rounds at most");
            let answers: Vec<Answer> = turn.asks.iter().map(|ask| self.answer(ask)).collect();
            event.known.answers.extend(answers);
        }
        unreachable!("the last round returns or fails above");
    }

    fn answer(&mut self, ask: &Ask) -> Answer {
        match ask {
            Ask::Status { reference, .. } => Answer::Status {
                reference: reference.clone(),
                case: None,
            },
            Ask::Link { .. } => Answer::Link(Entered::Unknown),
            Ask::Join { .. } => Answer::Joined(None),
            Ask::Part => Answer::Parted(None),
            Ask::Submit(submission) => {
                let taken = submission.attempt < self.taken;
                if !taken {
                    self.known.cases.insert(
                        0,
                        KnownCase {
                            reference: submission.reference.clone(),
                            kind: submission.kind.clone(),
                            service: submission.service.clone(),
                            state: "submitted".to_owned(),
                            about: submission.about.clone(),
                            state_at: submission.submitted_at,
                            opened_at: submission.submitted_at,
                            missing: submission.missing.clone(),
                            answer_from: submission.answer_from,
                            answer_by: submission.answer_by,
                            told: None,
                            file: Default::default(),
                        },
                    );
                }
                Answer::Submitted {
                    reference: submission.reference.clone(),
                    duplicate: self.duplicate,
                    waiting: self.waiting,
                    taken,
                    attempt: submission.attempt,
                }
            }
        }
    }

    fn keep(&mut self, turn: &Turn) {
        let json = serde_json::to_string(&turn.state).expect("a state can be written");
        assert_eq!(State::read(&json), turn.state, "a state reads back");
        for reply in &turn.replies {
            assert!(
                reply.texts.iter().all(|text| !text.is_empty()),
                "no empty paragraph"
            );
            let choices = reply.choices.iter();
            let all = choices.flat_map(|choices| choices.options.iter().chain(&choices.controls));
            for choice in all {
                assert!(
                    choice.data.len() <= crate::reply::DATA_BYTES_MAX && choice.data.is_ascii()
                );
                assert!(!choice.title.is_empty(), "{} has a title", choice.data);
                self.buttons.push(choice.data.clone());
            }
        }
        for effect in &turn.effects {
            match effect {
                Effect::SetTimer { name, due, .. } => {
                    self.timers.insert(name.clone(), *due);
                }
                Effect::ClearTimer { name } => drop(self.timers.remove(name)),
                _ => {}
            }
        }
        self.state = turn.state.clone();
    }

    fn writes(&mut self, text: &str) -> Turn {
        self.take(What::Wrote {
            text: text.to_owned(),
        })
    }

    fn says(&mut self, text: &str) -> String {
        said(&self.writes(text))
    }

    /// Up to the question for the name, in the form of the service that is named by number.
    fn at_the_name(service: &str) -> House {
        let mut house = House::new();
        for text in ["السلام عليكم", "تقديم طلب دعم", service, "أوافق", "1"]
        {
            house.writes(text);
        }
        assert_eq!(house.at(), "apply.full_name");
        house
    }

    fn at(&self) -> String {
        let frame = self.state.stack.last();
        frame.map_or_else(String::new, |frame| {
            format!("{}.{}", frame.dialog, frame.step)
        })
    }
}

fn said(turn: &Turn) -> String {
    let texts: Vec<String> = turn
        .replies
        .iter()
        .flat_map(|reply| reply.texts.clone())
        .collect();
    texts.join("\n")
}

fn file(kind: AttachmentKind, bytes: u64) -> Attachment {
    Attachment {
        id: "object".to_owned(),
        kind,
        mime: "image/jpeg".to_owned(),
        bytes,
        digest: "0".repeat(64),
        name: None,
        seconds: None,
    }
}
