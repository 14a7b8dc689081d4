//! A turn with its rounds: what the machine asks is looked up or claimed, and it begins anew with the
//! answers, as in `inbox`. What is claimed stands, also when the turn then fails.

use super::{Case, Happened, World, effect};
use crate::dialog::turn::{
    AlertKind, Answer, Ask, Effect, HandOverReason, Heard, ROUNDS_MAX, Submission, Turn,
};
use crate::dialog::value::Flag;
use crate::event::{Event, KnownCase};

impl World {
    pub(super) fn turn(&mut self, who: usize, event: Event) -> Vec<Happened> {
        let mut known = self.known(who);
        for _ in 0..=ROUNDS_MAX {
            let mut asking = event.clone();
            asking.known = known.clone();
            let turn = (self.step)(&self.dialogs, self.people[who].state.clone(), asking);
            if turn.asks.is_empty() {
                return self.commit(who, turn);
            }
            for ask in &turn.asks {
                let answer = self.answer(who, ask);
                known.answers.push(answer);
            }
        }
        let state = self.people[who].state.clone();
        self.commit(who, fault(state))
    }

    fn answer(&mut self, who: usize, ask: &Ask) -> Answer {
        match ask {
            Ask::Submit(submission) => self.submit(who, submission),
            Ask::Link { code, sure } => Answer::Link(self.enter(who, code, *sure)),
            Ask::Join { link } => Answer::Joined(self.join(link)),
            Ask::Part => Answer::Parted(self.part(who)),
            Ask::Status {
                reference,
                last_four,
            } => Answer::Status {
                reference: reference.clone(),
                case: self
                    .look_up(who, reference, last_four.as_deref())
                    .map(Box::new),
            },
        }
    }

    /// Claims the reference and opens the case, or tells that another was faster.
    fn submit(&mut self, who: usize, submission: &Submission) -> Answer {
        let taken = self
            .cases
            .iter()
            .any(|case| case.known.reference == submission.reference);
        let id = submission.document.clone();
        let duplicate = !taken && id.as_ref().is_some_and(|id| self.is_open_elsewhere(id));
        let waiting = self.place_in_line(submission).filter(|_| !taken);
        if !taken {
            self.open(who, submission, id, duplicate, waiting.is_some());
        }
        Answer::Submitted {
            reference: submission.reference.clone(),
            duplicate,
            waiting,
            taken,
            attempt: submission.attempt,
        }
    }

    fn place_in_line(&self, submission: &Submission) -> Option<u32> {
        let quota = submission.quota?;
        let same = |case: &&Case| case.known.service == submission.service;
        let open = self
            .cases
            .iter()
            .filter(same)
            .filter(|case| self.is_open(case));
        (open.count() as u32 + 1)
            .checked_sub(quota)
            .filter(|place| *place > 0)
    }

    fn is_open(&self, case: &Case) -> bool {
        match self.dialogs.cases.states.get(&case.known.state) {
            Some(state) => !state.moves.is_empty(),
            None => true,
        }
    }

    fn is_open_elsewhere(&self, id: &str) -> bool {
        self.cases
            .iter()
            .filter(|case| self.is_open(case))
            .any(|case| case.id.as_deref() == Some(id))
    }

    fn open(
        &mut self,
        who: usize,
        submission: &Submission,
        id: Option<String>,
        duplicate: bool,
        waiting: bool,
    ) {
        let mut flags = submission.flags.clone();
        flags.extend(duplicate.then_some(Flag::Duplicate));
        flags.extend(waiting.then_some(Flag::WaitingList));
        let kind = self.dialogs.cases.kinds.get(&submission.kind);
        let state = kind.map(|kind| kind.first.clone()).unwrap_or_default();
        self.cases.push(Case {
            owner: who,
            kind: submission.kind.clone(),
            known: KnownCase {
                reference: submission.reference.clone(),
                kind: submission.kind.clone(),
                service: submission.service.clone(),
                state,
                about: submission.about.clone(),
                state_at: submission.submitted_at,
                opened_at: submission.submitted_at,
                missing: submission.missing.clone(),
                answer_from: submission.answer_from.filter(|_| !waiting),
                answer_by: submission.answer_by.filter(|_| !waiting),
                told: None,
                file: submission.file(),
            },
            id,
            flags,
            about: submission.about.clone(),
            proven: submission.proven,
        });
        if submission.own {
            let facts = submission.answers.iter();
            let facts = facts.map(|(field, given)| (field.clone(), given.value.clone()));
            self.people[who].facts.extend(facts);
        }
    }

    /// A request by its number: the contact's own, or anybody's with the right last four digits.
    fn look_up(&self, who: usize, reference: &str, last_four: Option<&str>) -> Option<KnownCase> {
        let found = self
            .cases
            .iter()
            .find(|case| case.known.reference == reference)?;
        let proven = match last_four {
            Some(digits) => found.id.as_ref().is_some_and(|id| id.ends_with(digits)),
            None => found.owner == who,
        };
        proven.then(|| found.known.clone())
    }

    /// Everything that the turn decided, at once.
    fn commit(&mut self, who: usize, turn: Turn) -> Vec<Happened> {
        self.people[who].state = turn.state;
        self.trace = turn.trace;
        let mut happened = Vec::new();
        for effect in &turn.effects {
            happened.extend(self.apply(who, effect));
        }
        self.done = turn.effects;
        let mut said = self.say(who, turn.replies);
        for effect in &self.done.clone() {
            if let Effect::SpeakAt(onward) = effect {
                self.speak_at(who, onward);
            }
        }
        said.append(&mut happened);
        said
    }
}

/// The safety net of a turn that never stops asking.
fn fault(state: crate::dialog::state::State) -> Turn {
    let kind = AlertKind::Fault;
    let hand_over = Effect::HandOver {
        reason: HandOverReason::Fault,
        step: None,
    };
    Turn {
        state,
        replies: Vec::new(),
        effects: vec![hand_over, Effect::Alert { kind }],
        asks: Vec::new(),
        heard: Heard::default(),
        trace: vec![effect::note("fault", "the turn never stopped asking")],
    }
}
