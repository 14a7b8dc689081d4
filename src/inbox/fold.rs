//! Folds the events of one conversation in order through the dialogs, round by round: what a turn
//! asks is answered for the whole batch at once, and the turn begins anew. Pure: it never reads a
//! clock or the database, and it knows the dialogs only as a function.

use std::collections::{BTreeMap, VecDeque};

use crate::dialog::state::State;
use crate::dialog::turn::{
    AlertKind, Answer, Ask, Effect, HandOverReason, Heard, ROUNDS_MAX, Turn,
};
use crate::event::{Beside, Event, Filled, Known, Millis, StaffAct, What};
use crate::reply::{Class, ClosedWindow, Proactive, Reply, Show};

use super::known::{self, Opened};
use crate::event::control;
use crate::store::attachment;

/// One conversation in a batch: where it stands, what came, what became of it.
pub struct Talk {
    pub state: State,
    /// What the house knows; follows every turn of the batch.
    pub known: Known,
    /// The timers that rings of this batch name, with their due times; others need not be here.
    pub timers: BTreeMap<String, Millis>,
    pub events: VecDeque<Event>,
    /// How the events ended, in order.
    pub ended: Vec<Ended>,
    /// Something was told that may be offered again: the facts must be kept.
    pub learned: bool,
    /// Requests opened for the running turn, and how often it asked.
    opened: Vec<Opened>,
    round: usize,
}

/// One event and what became of it.
#[derive(Debug)]
pub struct Ended {
    pub event: Event,
    pub how: How,
    /// Keys of files whose form was thrown away.
    pub forgotten: Vec<String>,
}

#[derive(Debug)]
pub enum How {
    Turned(Box<Turn>),
    /// A ring that nobody waits for any more, or a staff act that came too late: nothing is done.
    Ignored,
}

impl Talk {
    pub fn new(state: State, known: Known, events: Vec<Event>) -> Talk {
        Talk {
            state,
            known,
            timers: BTreeMap::new(),
            events: events.into(),
            ended: Vec::new(),
            learned: false,
            opened: Vec::new(),
            round: 0,
        }
    }

    /// Steps until every event has ended or one asks; what it asks then. The answers belong into
    /// [`Talk::answer`] before this is called again.
    pub fn advance(&mut self, step: &mut dyn FnMut(State, Event) -> Turn) -> Vec<Ask> {
        while let Some(event) = self.events.pop_front() {
            if self.round == 0 && !self.begins(&event) {
                self.ended.push(Ended {
                    event,
                    how: How::Ignored,
                    forgotten: Vec::new(),
                });
                continue;
            }
            let mut asking = event.clone();
            asking.known = self.known.clone();
            let turn = step(self.state.clone(), asking);
            if turn.asks.is_empty() {
                self.end(event, turn);
            } else if self.round == ROUNDS_MAX {
                let turn = fault(self.state.clone());
                self.end(event, turn);
            } else {
                self.round += 1;
                self.events.push_front(event);
                return turn.asks;
            }
        }
        Vec::new()
    }

    /// Gives the answers to what [`Talk::advance`] asked, in its order, and the requests opened by that.
    pub fn answer(&mut self, answers: Vec<Answer>, opened: Vec<Opened>) {
        self.known.answers.extend(answers);
        self.opened.extend(opened);
    }

    /// The event that the running turn is about.
    pub fn running(&self) -> Option<&Event> {
        self.events.front()
    }

    /// Whether this event still means something; control follows the acts of staff before the step.
    fn begins(&mut self, event: &Event) -> bool {
        match &event.what {
            What::Rang { timer, due } => {
                self.timers.get(timer) == Some(due) && {
                    // The turn that takes it deletes it.
                    self.timers.remove(timer);
                    true
                }
            }
            What::Staff(act) => match control::after(&self.known.control, act) {
                Some(control) => {
                    self.known.control = control;
                    true
                }
                None => false,
            },
            What::Opened { .. }
            | What::Wrote { .. }
            | What::Chose { .. }
            | What::Sent { .. }
            | What::Pinned { .. }
            | What::Shared { .. }
            | What::Edited { .. }
            | What::Unreadable { .. } => {
                self.known.control = control::heard(&self.known.control);
                true
            }
            What::Undelivered { .. }
            | What::Fetched { .. }
            | What::FetchFailed { .. }
            | What::Noted { .. }
            | What::SetAside { .. } => true,
        }
    }

    fn end(&mut self, event: Event, mut turn: Turn) {
        if came_too_late(&event, &turn) {
            self.round = 0;
            return self.ended.push(Ended {
                event,
                how: How::Ignored,
                forgotten: Vec::new(),
            });
        }
        speak_for_staff(&event, &mut turn);
        self.round = 0;
        self.known.answers.clear();
        for opened in std::mem::take(&mut self.opened) {
            self.learned |= !opened.facts.is_empty();
            known::learn(&mut self.known, opened);
        }
        let forgotten = forgotten(&self.state, &turn.effects);
        for effect in &turn.effects {
            known::follow(&mut self.known, effect);
            if let Effect::SetTimer { name, due, .. } = effect {
                self.timers.insert(name.clone(), *due);
            }
            if let Effect::ClearTimer { name } = effect {
                self.timers.remove(name);
            }
        }
        self.state = turn.state.clone();
        self.ended.push(Ended {
            event,
            how: How::Turned(Box::new(turn)),
            forgotten,
        });
    }
}

/// An act upon a request's file that the dialogs did not let be: somebody was faster, or something is not yet
/// there. Nothing of it is kept; whoever acted is told.
fn came_too_late(event: &Event, turn: &Turn) -> bool {
    let is_case = matches!(&event.what, What::Staff(StaffAct::Case { .. }));
    let counts = |effect: &Effect| matches!(effect, Effect::Case { .. });
    is_case && !turn.effects.iter().any(counts)
}

/// What a member of staff wrote goes out as they wrote it.
fn speak_for_staff(event: &Event, turn: &mut Turn) {
    let What::Staff(StaffAct::Replied { text, beside, .. }) = &event.what else {
        return;
    };
    if turn.replies.iter().any(|reply| reply.class == Class::Staff) {
        return;
    }
    turn.replies.push(Reply {
        class: Class::Staff,
        language: turn.state.language,
        texts: vec![text.clone()]
            .into_iter()
            .filter(|text| !text.is_empty())
            .collect(),
        choices: None,
        wants: None,
        shows: shown(beside),
        asks: None,
        sensitive: true,
        proactive: beside.template.as_ref().map(chosen),
    });
}

/// A template that a member of staff chose: a person writes at whatever hour, and to whom they speak with.
fn chosen(filled: &Filled) -> Proactive {
    Proactive {
        template: filled.template.clone(),
        parameters: filled.parameters.clone(),
        purpose: None,
        expires: None,
        quiet: false,
        owed: true,
        closed_window: ClosedWindow::Template,
    }
}

/// What stands beside the words of a member of staff: what they answer, and their files.
fn shown(beside: &Beside) -> Vec<Show> {
    let quote = beside.answers.iter().map(|answers| Show::Quote {
        of: answers.of.clone(),
        text: answers.text.clone(),
    });
    let files = beside.files.iter();
    quote
        .chain(files.map(|file| Show::Attachment { file: file.clone() }))
        .collect()
}

/// The files of the forms that were thrown away.
fn forgotten(before: &State, effects: &[Effect]) -> Vec<String> {
    let thrown = |instance: &String| {
        let is_forget =
            |effect: &Effect| matches!(effect, Effect::Forget { instance: one } if one == instance);
        effects.iter().any(is_forget)
    };
    before
        .stack
        .iter()
        .chain(&before.paused)
        .filter(|frame| thrown(&frame.instance))
        .flat_map(|frame| frame.answers.values())
        .flat_map(|given| attachment::within(&given.value))
        .map(str::to_owned)
        .collect()
}

/// The safety net of a turn that never stops asking: nothing moves, a human looks.
fn fault(state: State) -> Turn {
    Turn {
        state,
        replies: Vec::new(),
        effects: vec![
            Effect::HandOver {
                reason: HandOverReason::Fault,
                step: None,
            },
            Effect::Alert {
                kind: AlertKind::Fault,
            },
        ],
        asks: Vec::new(),
        heard: Heard {
            sensitive: true,
            ..Heard::default()
        },
        trace: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::{Control, EventKey, Origin, Seed, Source};

    fn event(what: What) -> Event {
        Event {
            key: EventKey {
                channel: "web".into(),
                account: String::new(),
                key: format!("{what:?}"),
            },
            received_at: 1_000,
            sent_at: None,
            seed: Seed([7; 16]),
            from: Origin::Conversation("c".into()),
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

    fn wrote(text: &str) -> Event {
        event(What::Wrote { text: text.into() })
    }

    fn rang(due: Millis) -> Event {
        event(What::Rang {
            timer: "remind".into(),
            due,
        })
    }

    fn turn(state: State, effects: Vec<Effect>, asks: Vec<Ask>) -> Turn {
        Turn {
            state,
            replies: Vec::new(),
            effects,
            asks,
            heard: Heard::default(),
            trace: Vec::new(),
        }
    }

    fn status() -> Ask {
        Ask::Status {
            reference: "R".into(),
            last_four: None,
        }
    }

    fn unknown() -> Answer {
        Answer::Status {
            reference: "R".into(),
            case: None,
        }
    }

    #[test]
    fn events_of_one_person_meet_what_the_earlier_ones_left() {
        let mut talk = Talk::new(
            State::default(),
            Known::default(),
            vec![wrote("stop"), wrote("again")],
        );
        let mut met = Vec::new();
        let asks = talk.advance(&mut |mut state, event| {
            met.push((state.misunderstood, event.known.opted_out));
            state.misunderstood += 1;
            let effect = Effect::OptOut {
                scope: "all".into(),
            };
            turn(state, vec![effect], vec![])
        });
        assert_eq!(asks, []);
        assert_eq!(met, [(0, false), (1, true)]);
        assert_eq!((talk.ended.len(), talk.state.misunderstood), (2, 2));
    }

    #[test]
    fn a_turn_that_asks_begins_anew_with_the_answers_and_the_same_state() {
        let mut talk = Talk::new(State::default(), Known::default(), vec![wrote("status")]);
        let mut step = |mut state: State, event: Event| {
            state.misunderstood += 1;
            match event.known.answers.len() {
                0 => turn(state, vec![], vec![status()]),
                _ => turn(state, vec![], vec![]),
            }
        };
        assert_eq!(talk.advance(&mut step), [status()]);
        talk.answer(vec![unknown()], vec![]);
        assert_eq!(talk.advance(&mut step), []);
        assert_eq!(talk.state.misunderstood, 1);
        assert_eq!(talk.known.answers, [], "answers end with their turn");
    }

    #[test]
    fn a_turn_that_never_stops_asking_ends_with_a_human_and_an_unmoved_state() {
        let mut talk = Talk::new(State::default(), Known::default(), vec![wrote("…")]);
        let mut steps = 0;
        let mut step = |mut state: State, _: Event| {
            steps += 1;
            state.misunderstood += 1;
            turn(state, vec![], vec![status()])
        };
        for _ in 0..ROUNDS_MAX {
            assert_eq!(talk.advance(&mut step), [status()]);
            talk.answer(vec![unknown()], vec![]);
        }
        assert_eq!(talk.advance(&mut step), []);
        assert_eq!(steps, ROUNDS_MAX + 1);
        assert_eq!(talk.state, State::default());
        assert_eq!(talk.known.control, Control::Waiting);
    }

    #[test]
    fn late_twice_and_stale_rings_do_nothing() {
        let moves = |state: State, _: Event| {
            let effect = Effect::SetTimer {
                name: "remind".into(),
                due: 90,
                quiet: false,
            };
            turn(state, vec![effect], vec![])
        };
        for (case, timer, events, expected) in [
            ("as set", Some(50), vec![rang(50)], vec![true]),
            (
                "twice",
                Some(50),
                vec![rang(50), rang(50)],
                vec![true, false],
            ),
            ("moved since", Some(70), vec![rang(50)], vec![false]),
            ("deleted since", None, vec![rang(50)], vec![false]),
            (
                "moved in this batch",
                Some(50),
                vec![wrote("x"), rang(50)],
                vec![true, false],
            ),
        ] {
            let mut talk = Talk::new(State::default(), Known::default(), events);
            talk.timers
                .extend(timer.map(|due| ("remind".to_owned(), due)));
            talk.advance(&mut moves.clone());
            let turned: Vec<bool> = talk
                .ended
                .iter()
                .map(|ended| matches!(ended.how, How::Turned(_)))
                .collect();
            assert_eq!(turned, expected, "{case}");
        }
    }

    #[test]
    fn of_two_who_claim_in_one_batch_the_second_loses() {
        let claim = |by: &str| event(What::Staff(StaffAct::Claimed { by: by.into() }));
        let mut talk = Talk::new(
            State::default(),
            Known::default(),
            vec![claim("Huda"), claim("Saad")],
        );
        talk.advance(&mut |state, _| turn(state, vec![], vec![]));
        assert_eq!(talk.known.control, Control::Human("Huda".into()));
        assert!(matches!(talk.ended[1].how, How::Ignored));
    }
}
