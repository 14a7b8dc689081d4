//! Whether a condition holds, for the answers of one frame. A field that was not asked, or was passed over,
//! fulfils nothing.

use super::kind::options;
use super::model::{Condition, Service};
use super::state::Frame;
use super::talk::Talk;
use super::value::{Given, Value};
use crate::event::KnownCase;

/// Halalas in a riyal: bounds of money are written in riyals.
const HALALAS: i64 = 100;

/// Whether an optional condition holds; none always does.
pub(super) fn passes(talk: &Talk, frame: &Frame, when: Option<&Condition>) -> bool {
    when.is_none_or(|condition| holds(talk, frame, condition))
}

pub(super) fn holds(talk: &Talk, frame: &Frame, condition: &Condition) -> bool {
    let given = |field: &str| {
        frame
            .answers
            .get(field)
            .filter(|given| is_known(&given.value))
    };
    match condition {
        Condition::Is { field, value, .. } => {
            given(field).is_some_and(|given| is(&given.value, value))
        }
        Condition::In { field, values, .. } => {
            given(field).is_some_and(|given| values.iter().any(|value| is(&given.value, value)))
        }
        Condition::Over { field, number, .. } => given(field)
            .and_then(|given| least(talk, given))
            .is_some_and(|is| is > *number),
        Condition::Under { field, number, .. } => given(field)
            .and_then(|given| least(talk, given))
            .is_some_and(|is| is < *number),
        Condition::Known { field, known, .. } => given(field).is_some() == *known,
        Condition::Flagged { field, flag, .. } => {
            given(field).is_some_and(|given| given.flags.contains(flag))
        }
        Condition::Asks { name, .. } => talk
            .service(frame)
            .is_some_and(|service| asks(service, name)),
        Condition::Capability { name, .. } => talk.dialogs.charity.capabilities.contains(name),
        Condition::Fact { name, .. } => fact(talk, name),
        Condition::All(all) => all.iter().all(|condition| holds(talk, frame, condition)),
        Condition::Any(any) => any.iter().any(|condition| holds(talk, frame, condition)),
        Condition::Not(condition) => !holds(talk, frame, condition),
    }
}

/// Whether a value tells something: passed over and "later" do not.
pub(super) fn is_known(value: &Value) -> bool {
    !matches!(value, Value::Later | Value::Skipped)
}

fn asks(service: &Service, name: &str) -> bool {
    service
        .asks
        .iter()
        .chain(&service.needs)
        .any(|asked| asked == name)
}

fn is(value: &Value, wanted: &str) -> bool {
    match value {
        Value::Bool(yes) => wanted == if *yes { "true" } else { "false" },
        Value::Option(name) | Value::Text(name) => name == wanted,
        Value::Options(names) => names.iter().any(|name| name == wanted),
        Value::Number(number) => wanted.parse() == Ok(*number),
        Value::Rating(marks) => wanted.parse() == Ok(*marks),
        Value::Residence(residence) => residence.region.as_deref() == Some(wanted),
        Value::NationalId(_)
        | Value::OtherDocument(_)
        | Value::Phone(_)
        | Value::Email(_)
        | Value::Iban(_)
        | Value::Date(_)
        | Value::Money(_)
        | Value::Files(_)
        | Value::Voice(_)
        | Value::Signature(_)
        | Value::Later
        | Value::Skipped => false,
    }
}

/// A value as a number: riyals of money, full years since a date (the least that it allows).
fn least(talk: &Talk, given: &Given) -> Option<i64> {
    match &given.value {
        Value::Number(number) => Some(*number),
        Value::Money(halalas) => Some(halalas / HALALAS),
        Value::Rating(marks) => Some(i64::from(*marks)),
        Value::Date(date) => date.age_on(talk.today()).map(|(least, _)| i64::from(least)),
        Value::Options(names) => Some(names.len() as i64),
        Value::Text(_)
        | Value::NationalId(_)
        | Value::OtherDocument(_)
        | Value::Phone(_)
        | Value::Email(_)
        | Value::Iban(_)
        | Value::Bool(_)
        | Value::Option(_)
        | Value::Residence(_)
        | Value::Files(_)
        | Value::Voice(_)
        | Value::Signature(_)
        | Value::Later
        | Value::Skipped => None,
    }
}

/// Something about the contact or the moment. A hidden talk tells nothing of cases and saved forms.
fn fact(talk: &Talk, name: &str) -> bool {
    let known = &talk.event.known;
    match name {
        "has_cases" => !known.cases.is_empty() && !talk.state.hidden,
        "has_paused" => !talk.state.paused.is_empty() && !talk.state.hidden,
        "opted_out" => known.opted_out,
        "staffed" => known.staffed,
        "open_now" => talk.dialogs.charity.calendar.is_open(talk.moment()),
        "own_address" => !known.cases.is_empty(),
        "has_contestable" => any_case(talk, options::is_contestable),
        "has_withdrawable" => any_case(talk, options::is_withdrawable),
        "has_missing" => any_case(talk, options::misses),
        "has_documents" => options::public(talk).next().is_some(),
        "has_agencies" => options::needs(talk).next().is_some(),
        "anonymous" => talk.event.is_anonymous(),
        _ => false,
    }
}

/// Of the person's own cases; a hidden talk tells nothing of them.
fn any_case(talk: &Talk, fits: fn(&Talk, &KnownCase) -> bool) -> bool {
    let mut cases = talk.event.known.cases.iter();
    !talk.state.hidden && cases.any(|case| fits(talk, case))
}
