//! What remains when everything has happened: forms, cases, timers, consents, handovers, replies that did
//! not leave. One line each, the same words in the same order for the same world.

use super::{Case, Contact, Held, PERSON, Why, World};
use crate::dialog::story::shown;
use crate::dialog::turn::Rating;
use crate::event::Control;
use crate::event::casework::ItemStatus;
use crate::reply::Class;

impl World {
    /// The lines of `end:`; none when nothing remains.
    pub fn remains(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for (who, contact) in self.people.iter().enumerate() {
            let own = self.of(who, contact);
            if contact.name != PERSON && !own.is_empty() {
                lines.push(format!("as {}", contact.name));
            }
            lines.extend(own);
        }
        lines
    }

    fn of(&self, who: usize, contact: &Contact) -> Vec<String> {
        let mut lines = self.talk(contact);
        let own = self.cases.iter().filter(|case| case.owner == who);
        lines.extend(own.map(case));
        lines.extend(contact.ratings.iter().map(rating));
        let timers = contact.timers.iter();
        lines.extend(
            timers.map(|(name, timer)| format!("timer {name} {}", self.local(self.rings(timer)))),
        );
        lines.extend(contact.held.iter().map(|held| self.outbox(held)));
        let consents = contact.consents.iter();
        lines.extend(consents.map(|(purpose, (given, _))| match given {
            true => format!("consent {purpose} given"),
            false => format!("consent {purpose} withdrawn"),
        }));
        lines
    }

    fn talk(&self, contact: &Contact) -> Vec<String> {
        let mut lines = Vec::new();
        lines.extend(match &contact.control {
            Control::Bot => None,
            Control::Waiting => Some("control waiting".to_owned()),
            Control::Human(by) => Some(format!("control human {by}")),
            Control::Closed => Some("control closed".to_owned()),
        });
        let reason = contact.hand_over.as_ref();
        lines.extend(reason.map(|reason| format!("handover {}", shown::name_of(reason))));
        lines.extend(contact.opted_out.then(|| "opted out".to_owned()));
        lines.extend(contact.hidden.then(|| "hidden".to_owned()));
        let forms = |name: &str| {
            self.dialogs
                .dialogs
                .get(name)
                .is_none_or(|dialog| dialog.form)
        };
        let open = contact
            .state
            .stack
            .iter()
            .filter(|frame| forms(&frame.dialog));
        lines.extend(open.map(|frame| format!("open {} at {}", frame.dialog, frame.step)));
        let paused = contact.state.paused.iter();
        lines.extend(paused.map(|frame| format!("paused {} at {}", frame.dialog, frame.step)));
        lines
    }

    fn outbox(&self, held: &Held) -> String {
        let what = match (&held.reply.proactive, held.reply.class) {
            (Some(proactive), _) => proactive.template.clone(),
            (None, Class::Dialog) => "reply".to_owned(),
            (None, Class::Notice) => "notice".to_owned(),
            (None, Class::Staff) => "staff".to_owned(),
        };
        match held.why {
            Why::Until(due) => format!("outbox {what} until {}", self.local(due)),
            Why::Never(reason) => format!("outbox {what} not sent: {reason}"),
        }
    }
}

/// Stands where a request is about no service.
const NO_SERVICE: &str = "-";

fn rating(rating: &Rating) -> String {
    let marks = rating.marks.iter();
    let marks: Vec<String> = marks
        .map(|(field, mark)| format!("{field} {mark}"))
        .collect();
    let words: Vec<&str> = rating.answers.keys().map(String::as_str).collect();
    [format!("rating {}", rating.dialog), marks.join(", ")]
        .into_iter()
        .chain((!words.is_empty()).then(|| format!("words {}", words.join(", "))))
        .collect::<Vec<_>>()
        .join(" ")
}

fn case(case: &Case) -> String {
    let known = &case.known;
    let service = match known.service.as_str() {
        "" => NO_SERVICE,
        service => service,
    };
    let mut line = format!(
        "case {} {} {service} {}",
        known.reference, case.kind, known.state
    );
    if let Some(about) = &case.about {
        line += &format!(" about {about}");
    }
    if case.proven {
        line += " proven";
    }
    if !known.missing.is_empty() {
        line += &format!(" missing {}", known.missing.join(", "));
    }
    for (word, status) in [
        ("matched", ItemStatus::Matched),
        ("sent_back", ItemStatus::SentBack),
        ("answered", ItemStatus::Answered),
    ] {
        let items = known.file.items.iter().filter(|item| item.status == status);
        let items: Vec<&str> = items.map(|item| item.name.as_str()).collect();
        if !items.is_empty() {
            line += &format!(" {word} {}", items.join(", "));
        }
    }
    if known.file.signed_off {
        line += " signed_off";
    }
    let flags = shown::flags(&case.flags);
    if !flags.is_empty() {
        line += &format!(" flags {}", flags.join(", "));
    }
    line
}
