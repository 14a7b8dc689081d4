//! Means of contact, and the phrases for what is wrong with them.

use super::{Reading, bad, flagged, good};
use crate::dialog::value::{Flag, Value};
use crate::text::email::{self, EmailProblem};
use crate::text::phone::{self, PhoneKind, PhoneProblem, PhoneRead};

/// A phone or an email, whichever is in it.
pub(super) fn means(text: &str) -> Reading {
    if text.contains(['@', '\u{FF20}']) {
        return email(text);
    }
    match phone::read(text) {
        Err(PhoneProblem::Empty) => bad("reader.contact_means.empty"),
        read => phone_of(read),
    }
}

pub(super) fn phone(text: &str) -> Reading {
    phone_of(phone::read(text))
}

fn phone_of(read: Result<PhoneRead, PhoneProblem>) -> Reading {
    match read {
        Ok(read) => suitable(read),
        Err(problem) => bad(match problem {
            PhoneProblem::Empty => "reader.phone.empty",
            PhoneProblem::TwoNumbers => "reader.phone.two_numbers",
            PhoneProblem::Invalid => "reader.phone.invalid",
            PhoneProblem::Length => "reader.phone.length",
        }),
    }
}

fn suitable(read: PhoneRead) -> Reading {
    let mut flags = match read.kind {
        PhoneKind::Mobile | PhoneKind::Fixed => Vec::new(),
        PhoneKind::Foreign => vec![Flag::ForeignPhone],
        PhoneKind::TollFree | PhoneKind::Unified => return bad("reader.phone.unsuitable"),
    };
    if read.turned {
        flags.push(Flag::Ambiguous);
    }
    flagged(Value::Phone(read.phone.as_str().to_owned()), flags)
}

pub(super) fn email(text: &str) -> Reading {
    match email::read(text) {
        Ok(email) => good(Value::Email(email.as_str().to_owned())),
        Err(EmailProblem::Empty) => bad("reader.email.empty"),
        Err(EmailProblem::Shape | EmailProblem::Length | EmailProblem::TwoAddresses) => {
            bad("reader.email.invalid")
        }
    }
}
