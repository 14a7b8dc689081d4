//! What staff do to a talk, as far as the bot answers it: it speaks again only when the talk is given back,
//! at the very question.

use super::exit;
use super::form;
use super::talk::Talk;
use crate::event::StaffAct;

pub(super) fn acted(talk: &mut Talk, act: &StaffAct) {
    match act {
        StaffAct::Claimed { .. } => talk.note("staff", "claimed"),
        StaffAct::Replied { .. } => talk.note("staff", "replied"),
        StaffAct::Closed { .. } => talk.note("staff", "closed"),
        StaffAct::Returned { .. } => returned(talk),
    }
}

fn returned(talk: &mut Talk) {
    talk.note("staff", "returned");
    if talk.form().is_some() {
        talk.phrase("human.returned");
        return exit::ask_again(talk);
    }
    talk.phrase("human.returned_at_rest");
    exit::open(talk, form::MENU);
}
