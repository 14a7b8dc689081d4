//! `call`: walks another dialog and comes back.

use super::Enter;
use crate::dialog::exit::{self, STACK_MAX};
use crate::dialog::form;
use crate::dialog::model::Call;
use crate::dialog::talk::Talk;

pub(in crate::dialog) fn enter(talk: &mut Talk, call: &Call) -> Enter {
    let Some(dialog) = talk.dialogs.dialogs.get(&call.dialog).cloned() else {
        exit::fault(talk, "a called dialog is gone");
        return Enter::Stops;
    };
    if talk.state.stack.len() >= STACK_MAX {
        exit::fault(talk, "dialogs call each other too deep");
        return Enter::Stops;
    }
    form::push(talk, &dialog);
    exit::enter(talk, 0);
    Enter::Stops
}
