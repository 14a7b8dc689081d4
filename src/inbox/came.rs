//! How a conversation stands when it comes to staff: by its language, the service it is about, and whom the
//! person would rather speak to it is listed and offered. Pure.

use std::collections::BTreeMap;

use crate::dialog::value::{Given, Value};
use crate::store::desk::Change;
use crate::text::lang::Lang;

use super::fold::Talk;

/// The fields in which forms ask for them.
const SERVICE: &str = "service";
const PREFERS: &str = "prefers";

/// Fills what is known now; what is not stays as it was.
pub fn fill(change: &mut Change<'_>, talk: &Talk, channel: Option<&str>) {
    change.channel = channel.map(str::to_owned);
    change.language = Some(match talk.state.language {
        Lang::Ar => "ar",
        Lang::En => "en",
    });
    change.service = service(talk);
    change.wish = wish(talk);
    change.snoozed_until = Some(0);
    change.anew = 1;
    change.assigned = Some("");
}

/// Of the open form, else of the newest request.
fn service(talk: &Talk) -> Option<String> {
    let cases = &talk.known.cases;
    let newest = cases.iter().find(|case| !case.service.is_empty());
    open_answer(talk, SERVICE).or_else(|| newest.map(|case| case.service.clone()))
}

fn wish(talk: &Talk) -> Option<String> {
    let known = talk.known.facts.get(PREFERS).and_then(option);
    let wish = open_answer(talk, PREFERS).or(known)?;
    ["woman", "man"].contains(&wish.as_str()).then_some(wish)
}

fn open_answer(talk: &Talk, field: &str) -> Option<String> {
    let answers = |answers: &BTreeMap<String, Given>| option(&answers.get(field)?.value);
    let mut frames = talk.state.stack.iter().rev();
    frames.find_map(|frame| answers(&frame.answers))
}

fn option(value: &Value) -> Option<String> {
    match value {
        Value::Option(name) => Some(name.clone()),
        _ => None,
    }
}
