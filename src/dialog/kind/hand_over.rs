//! `hand_over`: to a human, with a reason; the machine says when an answer may be expected.

use super::Enter;
use crate::dialog::model::{HandOver, Step};
use crate::dialog::rang;
use crate::dialog::talk::Talk;
use crate::dialog::turn::{Effect, HandOverReason};
use crate::event::Control;

pub(in crate::dialog) fn enter(talk: &mut Talk, step: &Step, hand_over: &HandOver) -> Enter {
    let at = talk
        .frame()
        .map(|frame| format!("{}.{}", frame.dialog, step.name));
    talk.say(&hand_over.text);
    to_human(talk, hand_over.reason, at);
    Enter::On(None)
}

/// Asks for a human and says when one answers. With nobody who could, the wish is noted. Forms go on
/// meanwhile: who waits at night can still fill in.
pub(in crate::dialog) fn to_human(talk: &mut Talk, reason: HandOverReason, step: Option<String>) {
    let waits = talk.event.known.control == Control::Waiting;
    talk.phrase(match (talk.event.known.staffed, waits) {
        (false, _) => "human.noted",
        (true, true) => "human.already",
        (true, false) => "human.waiting",
    });
    talk.note("hand_over", format!("{reason:?}"));
    talk.effects.push(Effect::HandOver { reason, step });
    rang::wait_for_human(talk);
}
