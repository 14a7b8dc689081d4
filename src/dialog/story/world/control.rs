//! Who speaks in a conversation, moved as `inbox` moves it. Nothing here says anything.

use crate::event::{Control, StaffAct};

/// After an act of staff; None when it came too late and means nothing.
pub fn after(control: &Control, act: &StaffAct) -> Option<Control> {
    match (act, control) {
        (StaffAct::Claimed { by } | StaffAct::Replied { by, .. }, Control::Human(holder)) => {
            (holder == by).then(|| control.clone())
        }
        (StaffAct::Claimed { by } | StaffAct::Replied { by, .. }, _) => {
            Some(Control::Human(by.clone()))
        }
        (StaffAct::Returned { .. }, Control::Waiting | Control::Human(_)) => Some(Control::Bot),
        (StaffAct::Returned { .. }, Control::Bot | Control::Closed) => None,
        (StaffAct::Closed { by }, Control::Human(holder)) => {
            (holder == by).then_some(Control::Closed)
        }
        (StaffAct::Closed { .. }, Control::Bot | Control::Waiting) => Some(Control::Closed),
        (StaffAct::Closed { .. }, Control::Closed) => None,
    }
}

/// Once the person has written: a closed conversation opens again.
pub fn heard(control: &Control) -> Control {
    match control {
        Control::Closed => Control::Bot,
        Control::Bot | Control::Waiting | Control::Human(_) => control.clone(),
    }
}

/// Once the dialog has handed over; a human who speaks already goes on.
pub fn handed_over(control: &Control) -> Control {
    match control {
        Control::Bot | Control::Closed => Control::Waiting,
        Control::Waiting | Control::Human(_) => control.clone(),
    }
}

/// Once the person has asked for the bot again; nobody is sent away by that.
pub fn taken_back(control: &Control) -> Control {
    match control {
        Control::Waiting => Control::Bot,
        Control::Bot | Control::Human(_) | Control::Closed => control.clone(),
    }
}
