//! `look_up`: finds a request by its number; from a foreign address also by the last four digits of the ID.
//! Whether the number or the digits were wrong is never told.

use super::Enter;
use crate::dialog::model::LookUp;
use crate::dialog::talk::{CASE_NOTE, CaseFacts, Talk};
use crate::dialog::turn::{Answer, Ask};
use crate::dialog::value::Value;

/// The frame's note that the last digits of an ID were right.
pub(in crate::dialog) const PROVEN_NOTE: &str = "proven";

pub(in crate::dialog) fn enter(talk: &mut Talk, look_up: &LookUp) -> Enter {
    let Some(reference) = field(talk, &look_up.reference) else {
        return Enter::On(look_up.unknown.clone());
    };
    let last_four = look_up
        .last_four
        .as_ref()
        .and_then(|name| field(talk, name));
    if let Some(own) = own(talk, &reference).filter(|_| !look_up.prove) {
        return found(talk, look_up, &own);
    }
    match answer(talk, &reference) {
        Some(Some(case)) => found(talk, look_up, &case),
        Some(None) => {
            talk.note("look_up", "unknown");
            Enter::On(look_up.unknown.clone())
        }
        None => {
            talk.asks.push(Ask::Status {
                reference,
                last_four,
            });
            Enter::Stops
        }
    }
}

fn field(talk: &Talk, name: &str) -> Option<String> {
    match &talk.frame()?.answers.get(name)?.value {
        Value::Text(text) | Value::Option(text) => Some(text.clone()),
        _ => None,
    }
}

/// A case of this very contact needs no second factor, unless the talk was hidden or the step wants it.
fn own(talk: &Talk, reference: &str) -> Option<CaseFacts> {
    let mut cases = talk.event.known.cases.iter().filter(|_| !talk.state.hidden);
    cases
        .find(|case| case.reference == reference)
        .map(CaseFacts::from)
}

fn answer(talk: &Talk, wanted: &str) -> Option<Option<CaseFacts>> {
    let mut answers = talk.event.known.answers.iter();
    answers.find_map(|answer| match answer {
        Answer::Status { reference, case } if reference == wanted => {
            Some(case.as_deref().map(CaseFacts::from))
        }
        _ => None,
    })
}

fn found(talk: &mut Talk, look_up: &LookUp, case: &CaseFacts) -> Enter {
    talk.note("look_up", "found");
    let json = serde_json::to_string(case).unwrap_or_default();
    if let Some(frame) = talk.frame_mut() {
        frame.notes.insert(CASE_NOTE.to_owned(), json);
        if look_up.prove {
            frame.notes.insert(PROVEN_NOTE.to_owned(), String::new());
        }
    }
    talk.say(&look_up.found);
    talk.sensitive();
    Enter::On(None)
}
