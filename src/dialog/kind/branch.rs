//! `branch`: the first case that holds; else the step's own exit. Says nothing.

use super::Enter;
use crate::dialog::cond;
use crate::dialog::model::{Branch, Exit};
use crate::dialog::state::Frame;
use crate::dialog::talk::Talk;

pub(in crate::dialog) fn enter(talk: &mut Talk, branch: &Branch) -> Enter {
    let chosen = talk.frame().and_then(|frame| exit(talk, frame, branch));
    Enter::On(chosen)
}

pub(in crate::dialog) fn exit(talk: &Talk, frame: &Frame, branch: &Branch) -> Option<Exit> {
    let mut cases = branch.cases.iter();
    cases
        .find(|(condition, _)| cond::holds(talk, frame, condition))
        .map(|(_, exit)| exit.clone())
}
