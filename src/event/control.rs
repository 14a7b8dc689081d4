//! Who speaks for the charity in a conversation, and who may change it (DESIGN section 5). Pure; a
//! change that comes too late is refused, never forced.

use super::{Control, StaffAct};

/// Control after an act of staff, or `None` when another was faster and the act means nothing now.
///
/// A reply from somebody who has not claimed the conversation claims it, so that two people never
/// speak at once; it loses to whoever claimed it before.
pub fn after(control: &Control, act: &StaffAct) -> Option<Control> {
    match act {
        StaffAct::Claimed { by } | StaffAct::Replied { by, .. } => match control {
            Control::Bot | Control::Waiting | Control::Closed => Some(Control::Human(by.clone())),
            Control::Human(holder) => (holder == by).then(|| control.clone()),
        },
        // Anybody on duty may give a conversation back: the one who claimed it may have gone home.
        StaffAct::Returned { .. } => match control {
            Control::Waiting | Control::Human(_) => Some(Control::Bot),
            Control::Bot | Control::Closed => None,
        },
        StaffAct::Closed { by } => match control {
            Control::Bot | Control::Waiting => Some(Control::Closed),
            Control::Human(holder) => (holder == by).then_some(Control::Closed),
            Control::Closed => None,
        },
        // Whoever gives the reason may hand on: the one who holds it may be ill.
        StaffAct::Transferred { to, .. } => match (control, to) {
            (Control::Human(_), Some(to)) => Some(Control::Human(to.clone())),
            (Control::Human(_), None) => Some(Control::Waiting),
            (Control::Bot | Control::Waiting | Control::Closed, _) => None,
        },
        StaffAct::Assigned { .. } => (*control == Control::Waiting).then(|| control.clone()),
        // What is written beside the talk, or done to a request, changes nothing about who speaks.
        StaffAct::Noted { .. }
        | StaffAct::Labelled { .. }
        | StaffAct::Prioritised { .. }
        | StaffAct::Snoozed { .. }
        | StaffAct::Seen { .. }
        | StaffAct::Moved { .. }
        | StaffAct::Postponed { .. }
        | StaffAct::Case { .. } => Some(control.clone()),
    }
}

/// Control once the person has written: a closed conversation opens again, with the bot.
pub fn heard(control: &Control) -> Control {
    match control {
        Control::Closed => Control::Bot,
        Control::Bot | Control::Waiting | Control::Human(_) => control.clone(),
    }
}

/// Control once the dialog has handed over. A human who speaks already goes on speaking.
pub fn handed_over(control: &Control) -> Control {
    match control {
        Control::Bot | Control::Closed => Control::Waiting,
        Control::Waiting | Control::Human(_) => control.clone(),
    }
}

/// Control once the person has asked for the bot again; nobody is sent away by that.
pub fn taken_back(control: &Control) -> Control {
    match control {
        Control::Waiting => Control::Bot,
        Control::Bot | Control::Human(_) | Control::Closed => control.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn human(name: &str) -> Control {
        Control::Human(name.to_owned())
    }

    #[test]
    fn an_act_of_staff_wins_or_loses_by_who_speaks_now() {
        let by = || "Huda".to_owned();
        let claim = StaffAct::Claimed { by: by() };
        let reply = StaffAct::Replied {
            by: by(),
            text: "…".into(),
            beside: Default::default(),
        };
        let to = |to: Option<&str>| StaffAct::Transferred {
            by: by(),
            to: to.map(str::to_owned),
            why: "…".into(),
        };
        let (on, down) = (to(Some("Saad")), to(None));
        let assign = StaffAct::Assigned {
            by: String::new(),
            to: by(),
        };
        let seen = StaffAct::Seen { by: by() };
        let back = StaffAct::Returned { by: by() };
        let close = StaffAct::Closed { by: by() };
        for (control, act, expected) in [
            (Control::Bot, &claim, Some(human("Huda"))),
            (Control::Waiting, &claim, Some(human("Huda"))),
            (Control::Closed, &claim, Some(human("Huda"))),
            (human("Huda"), &claim, Some(human("Huda"))),
            (human("Saad"), &claim, None),
            (Control::Waiting, &reply, Some(human("Huda"))),
            (human("Huda"), &reply, Some(human("Huda"))),
            (human("Saad"), &reply, None),
            (Control::Bot, &back, None),
            (Control::Waiting, &back, Some(Control::Bot)),
            (human("Saad"), &back, Some(Control::Bot)),
            (Control::Closed, &back, None),
            (Control::Waiting, &close, Some(Control::Closed)),
            (human("Huda"), &close, Some(Control::Closed)),
            (human("Saad"), &close, None),
            (Control::Closed, &close, None),
            (human("Huda"), &on, Some(human("Saad"))),
            (human("Huda"), &down, Some(Control::Waiting)),
            (human("Mona"), &on, Some(human("Saad"))),
            (Control::Waiting, &on, None),
            (Control::Bot, &down, None),
            (Control::Waiting, &assign, Some(Control::Waiting)),
            (human("Saad"), &assign, None),
            (Control::Bot, &assign, None),
            (human("Saad"), &seen, Some(human("Saad"))),
            (Control::Closed, &seen, Some(Control::Closed)),
        ] {
            assert_eq!(after(&control, act), expected, "{control:?} {act:?}");
        }
    }

    #[test]
    fn the_person_opens_a_closed_conversation_and_ends_only_a_waiting() {
        assert_eq!(heard(&Control::Closed), Control::Bot);
        assert_eq!(heard(&human("Huda")), human("Huda"));
        assert_eq!(handed_over(&Control::Bot), Control::Waiting);
        assert_eq!(handed_over(&human("Huda")), human("Huda"));
        assert_eq!(taken_back(&Control::Waiting), Control::Bot);
        assert_eq!(taken_back(&human("Huda")), human("Huda"));
    }
}
