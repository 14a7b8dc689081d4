//! What a turn's effects and replies do to the world, as `inbox` and `outbox` do it.

use super::{Case, Happened, Held, Timer, Why, World, utc};
use crate::dialog::turn::{Completion, Effect, Note};
use crate::event::control;
use crate::event::{Control, Millis};
use crate::reply::{Class, Reply};

/// The state of a request that the person took back.
const WITHDRAWN: &str = "withdrawn";

pub(super) fn note(rule: &str, detail: &str) -> Note {
    Note {
        rule: rule.to_owned(),
        detail: detail.to_owned(),
    }
}

impl World {
    pub(super) fn apply(&mut self, who: usize, effect: &Effect) -> Option<Happened> {
        match effect {
            Effect::SetTimer { name, due, quiet } => {
                let (due, quiet) = (*due, *quiet);
                let timer = Timer { due, quiet };
                self.people[who].timers.insert(name.clone(), timer);
            }
            Effect::Supplement {
                reference,
                slot,
                given,
                complete,
            } => {
                if let Some(case) = self.case_mut(reference) {
                    case.flags.extend(&given.flags);
                    case.known.supplied(slot, &given.value);
                    supplement(case, slot, complete.as_ref());
                }
            }
            Effect::Withdraw { reference } => {
                if let Some(case) = self.case_mut(reference) {
                    case.known.state = WITHDRAWN.to_owned();
                }
            }
            Effect::Alert { kind } => return Some(Happened::Alert(*kind)),
            Effect::Move {
                reference,
                to,
                told,
                ..
            } => {
                let now = self.now;
                if let Some(case) = self.case_mut(reference) {
                    case.known.state = to.clone();
                    case.known.state_at = now;
                    case.known.told = told.clone();
                }
            }
            Effect::Postpone {
                reference,
                answer_by,
                told,
            } => {
                if let Some(case) = self.case_mut(reference) {
                    case.known.answer_by = Some(*answer_by);
                    case.known.told = Some(told.clone());
                }
            }
            Effect::Case { reference, by, act } => {
                if let Some(case) = self.case_mut(reference) {
                    case.known.acted(by, act);
                }
            }
            Effect::Rated(rating) => self.people[who].ratings.push((**rating).clone()),
            Effect::OfferLink { code, expires } => self.offer(who, code, *expires),
            // What was said in this turn is said where they wrote.
            Effect::SpeakAt(_) => {}
            Effect::Consent { .. }
            | Effect::Language(_)
            | Effect::ClearTimer { .. }
            | Effect::HandOver { .. }
            | Effect::TakeBack
            | Effect::Hide
            | Effect::Unhide
            | Effect::OptOut { .. }
            | Effect::OptIn
            | Effect::Forget { .. }
            | Effect::Unanswered { .. }
            | Effect::Answered(_)
            | Effect::Helped { .. } => self.people[who].follow(effect),
        }
        None
    }

    fn case_mut(&mut self, reference: &str) -> Option<&mut Case> {
        self.cases
            .iter_mut()
            .find(|case| case.known.reference == reference)
    }

    /// The moment itself, or the next decent one for starting a talk.
    pub(super) fn decent(&self, at: Millis) -> Millis {
        let calendar = &self.dialogs.charity.calendar;
        calendar.next_decent(utc(at)).timestamp_millis()
    }

    /// What may leave does at once; what may not stays, and says why.
    pub(super) fn say(&mut self, who: usize, replies: Vec<Reply>) -> Vec<Happened> {
        let mut said = Vec::new();
        for reply in replies {
            match self.why_not(who, &reply) {
                Some(why) => self.people[who].held.push(Held { reply, why }),
                None => said.push(self.leave(who, reply)),
            }
        }
        said
    }

    pub(super) fn leave(&mut self, who: usize, reply: Reply) -> Happened {
        let to = self.people[who].speaks.unwrap_or(who);
        let contact = &mut self.people[to];
        contact.said.push(reply.clone());
        let to = (to != self.who).then(|| contact.name.clone());
        Happened::Said {
            to,
            reply: Box::new(reply),
        }
    }

    fn why_not(&self, who: usize, reply: &Reply) -> Option<Why> {
        let contact = &self.people[who];
        if reply.class == Class::Dialog && matches!(contact.control, Control::Human(_)) {
            return Some(Why::Never("a human speaks"));
        }
        let proactive = reply.proactive.as_ref()?;
        if contact.opted_out && !proactive.owed {
            return Some(Why::Never("opted out"));
        }
        let word = proactive
            .purpose
            .as_ref()
            .and_then(|purpose| contact.consents.get(purpose));
        if word.is_some_and(|(given, _)| !given) {
            return Some(Why::Never("consent withdrawn"));
        }
        if proactive.expires.is_some_and(|expires| expires < self.now) {
            return Some(Why::Never("expired"));
        }
        let decent = self.decent(self.now);
        (proactive.quiet && decent > self.now).then_some(Why::Until(decent))
    }
}

fn supplement(case: &mut Case, slot: &str, complete: Option<&Completion>) {
    case.known.missing.retain(|missing| missing != slot);
    if let Some(complete) = complete {
        case.known.answer_from = complete.answer_from;
        case.known.answer_by = complete.answer_by;
    }
}

impl super::Contact {
    /// What an effect changes about the person alone.
    fn follow(&mut self, effect: &Effect) {
        match effect {
            Effect::Consent {
                purpose,
                version,
                given,
                ..
            } => {
                self.consents
                    .insert(purpose.clone(), (*given, version.clone()));
            }
            Effect::ClearTimer { name } => {
                self.timers.remove(name);
            }
            Effect::HandOver { reason, .. } => {
                self.control = control::handed_over(&self.control);
                self.hand_over.get_or_insert(*reason);
            }
            Effect::TakeBack => {
                self.control = control::taken_back(&self.control);
                if self.control == Control::Bot {
                    self.hand_over = None;
                }
            }
            Effect::Hide => self.hidden = true,
            Effect::Unhide => self.hidden = false,
            Effect::OptOut { .. } => self.opted_out = true,
            Effect::OptIn => self.opted_out = false,
            // The language stands in the State; files, the FAQ desk and cases are not the person's.
            Effect::Language(_) | Effect::Forget { .. } | Effect::Unanswered { .. } => {}
            Effect::Answered(_) | Effect::Helped { .. } => {}
            Effect::SetTimer { .. }
            | Effect::OfferLink { .. }
            | Effect::SpeakAt(_)
            | Effect::Alert { .. }
            | Effect::Supplement { .. }
            | Effect::Withdraw { .. }
            | Effect::Rated(_)
            | Effect::Move { .. }
            | Effect::Case { .. }
            | Effect::Postpone { .. } => {}
        }
    }
}
