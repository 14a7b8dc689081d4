//! One person's application, taken from the shipped story of the shortest one: what they write and
//! press, with an ID of their own. Recorded once by the pure machine, then played by anybody.

use wasl::dialog::model::Dialogs;
use wasl::dialog::state::State;
use wasl::dialog::turn::{Answer, Ask, Effect, Turn};
use wasl::dialog::{load, step};
use wasl::event::{Address, Event, EventKey, Known, Millis, Origin, Seed, Source, What};
use wasl::text::national_id;

const STORY: &str = "stories/shortest_application.story";
const CHANNEL: &str = "web";
/// A moment like any other, and the time that a person takes for one message.
pub const BEGIN: Millis = 1_767_250_800_000;
const THINKING_MILLIS: Millis = 10_000;
/// Nine digits are free, the last makes the number pass its test; the first says "citizen".
const NUMBERS: u64 = 100_000_000;

/// What somebody does at one step.
#[derive(Clone)]
enum Move {
    Says(String),
    /// The number of an ID is asked.
    GivesId,
    Presses(String),
}

/// A whole application as one plays it, the greeting first.
pub struct Walk {
    moves: Vec<Move>,
}

/// The talk while it is recorded: what `inbox` knows and answers, as little as the walk needs.
struct Recorder {
    dialogs: Dialogs,
    state: State,
    known: Known,
    last: Turn,
    /// What went into every step.
    steps: Vec<(State, Event)>,
}

/// The demonstration charity's dialogs, as they are in the binary.
pub fn dialogs() -> Dialogs {
    load::reload(&load::embedded(), "demo").expect("the shipped dialogs are right")
}

impl Walk {
    /// Reads the story and plays it once. Also gives what went into every step of the machine.
    pub fn record() -> (Walk, Vec<(State, Event)>) {
        let files = load::embedded();
        let story = files.texts.get(STORY).expect("the story is shipped");
        let mut recorder = Recorder::new();
        let mut walk = Walk { moves: Vec::new() };
        for line in story.lines() {
            if let Some(text) = line.strip_prefix("person: ") {
                let is_id = national_id::read(text).is_ok();
                walk.moves.push(match is_id {
                    true => Move::GivesId,
                    false => Move::Says(text.to_owned()),
                });
            } else if let Some(title) = line.strip_prefix("presses: ") {
                walk.moves.push(Move::Presses(recorder.button(title)));
            } else {
                continue;
            }
            recorder.play(walk.event(0, walk.moves.len() - 1));
        }
        assert!(recorder.state.stack.is_empty(), "the walk came to its end");
        (walk, recorder.steps)
    }

    /// What somebody types who has no buttons, in the story's words; None for the number of an ID, which everybody
    /// has of their own ([`id_of`]).
    pub fn typed() -> Vec<Option<String>> {
        let files = load::embedded();
        let story = files.texts.get(STORY).expect("the story is shipped");
        let said = story.lines().filter_map(|line| {
            line.strip_prefix("person: ")
                .or_else(|| line.strip_prefix("presses: "))
        });
        said.map(|text| national_id::read(text).is_err().then(|| text.to_owned()))
            .collect()
    }

    pub fn len(&self) -> usize {
        self.moves.len()
    }

    /// The event at place `at` of the walk of person number `who`.
    pub fn event(&self, who: u64, at: usize) -> Event {
        let what = match &self.moves[at] {
            Move::Says(text) => What::Wrote { text: text.clone() },
            Move::GivesId => What::Wrote { text: id_of(who) },
            Move::Presses(data) => What::Chose {
                data: data.clone(),
                title: None,
            },
        };
        let received_at = BEGIN + THINKING_MILLIS * Millis::try_from(at).unwrap_or(0);
        Event {
            key: EventKey {
                channel: CHANNEL.into(),
                account: String::new(),
                key: format!("{who}:{at}"),
            },
            received_at,
            sent_at: None,
            seed: self.seed(who, at),
            from: Origin::Address(Address {
                channel: CHANNEL.into(),
                account: String::new(),
                id: format!("somebody-{who:08}"),
            }),
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

    /// The same event on another channel, whose replies leave by sending.
    pub fn event_on(&self, channel: &'static str, who: u64, at: usize) -> Event {
        let mut event = self.event(who, at);
        event.key.channel = channel.into();
        if let Origin::Address(address) = &mut event.from {
            address.channel = channel.into();
        }
        event
    }

    /// The form opens under the same seed for everybody, so that all carry the recorded buttons. All
    /// other seeds are one's own: ids and reference numbers derive from them.
    fn seed(&self, who: u64, at: usize) -> Seed {
        let who = match at {
            1 => u64::MAX,
            _ => who,
        };
        let mixed = u128::from(who) << 64 | at as u128;
        Seed(Seed(mixed.to_be_bytes()).derive("walk"))
    }
}

/// A number that reads as an ID and is nobody else's; who really has it is unknown to us, and nothing
/// leaves this process.
pub fn id_of(who: u64) -> String {
    let free = (who * 7_919 + 9_876_543) % NUMBERS;
    let candidates = (0..10).map(|digit| format!("1{free:08}{digit}"));
    let mut right = candidates.filter(|id| national_id::read(id).is_ok_and(|id| id.check_digit_ok));
    right.next().expect("one of ten last digits always fits")
}

impl Recorder {
    fn new() -> Recorder {
        Recorder {
            dialogs: dialogs(),
            state: State::default(),
            known: Known {
                channels: vec![CHANNEL.into()],
                ..Known::default()
            },
            last: Turn {
                state: State::default(),
                replies: Vec::new(),
                effects: Vec::new(),
                asks: Vec::new(),
                heard: Default::default(),
                trace: Vec::new(),
            },
            steps: Vec::new(),
        }
    }

    /// What the button with this title carries.
    fn button(&self, title: &str) -> String {
        let choices = self.last.replies.iter().flat_map(|reply| &reply.choices);
        let mut options = choices.flat_map(|choices| &choices.options);
        let found = options.find(|option| option.title == title);
        found.expect("the story presses what is there").data.clone()
    }

    fn play(&mut self, mut event: Event) {
        event.known = self.known.clone();
        loop {
            self.steps.push((self.state.clone(), event.clone()));
            let turn = step(&self.dialogs, self.state.clone(), event.clone());
            if turn.asks.is_empty() {
                self.ends(turn);
                return;
            }
            event.known.answers = turn.asks.iter().filter_map(answer).collect();
        }
    }

    fn ends(&mut self, turn: Turn) {
        for effect in &turn.effects {
            if let Effect::Consent {
                purpose,
                version,
                given,
                ..
            } = effect
            {
                let word = (*given, version.clone());
                self.known.consents.insert(purpose.clone(), word);
            }
        }
        self.state = turn.state.clone();
        self.last = turn;
    }
}

fn answer(ask: &Ask) -> Option<Answer> {
    match ask {
        Ask::Submit(submission) => Some(Answer::Submitted {
            reference: submission.reference.clone(),
            duplicate: false,
            taken: false,
            waiting: None,
            attempt: submission.attempt,
        }),
        Ask::Status { .. } | Ask::Link { .. } | Ask::Join { .. } | Ask::Part => None,
    }
}
