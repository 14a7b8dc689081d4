//! `survey`: keeps the answers of its dialog as a rating (P13). A rating is no case: it has no number, and
//! nobody who decides about the person ever sees it.

use std::collections::BTreeMap;

use super::Enter;
use crate::dialog::exit;
use crate::dialog::model::{Dialog, Survey};
use crate::dialog::talk::Talk;
use crate::dialog::turn::{Effect, Rating};
use crate::dialog::value::{Given, Value};

pub(in crate::dialog) fn enter(talk: &mut Talk, dialog: &Dialog, survey: &Survey) -> Enter {
    let Some(rating) = rating(talk, dialog) else {
        return Enter::On(None);
    };
    talk.effects.push(Effect::Rated(Box::new(rating)));
    talk.say(&survey.text);
    Enter::On(None)
}

/// The answers on the way, marks apart from words.
fn rating(talk: &Talk, dialog: &Dialog) -> Option<Rating> {
    let frame = talk.frame()?;
    let mut marks = BTreeMap::new();
    let mut answers: BTreeMap<String, Given> = BTreeMap::new();
    for index in exit::path(talk, dialog, frame).answered {
        let name = &dialog.steps[index].name;
        let Some(given) = frame.answers.get(name) else {
            continue;
        };
        match given.value {
            Value::Rating(mark) => drop(marks.insert(name.clone(), mark)),
            Value::Later | Value::Skipped => {}
            _ => drop(answers.insert(name.clone(), given.clone())),
        }
    }
    Some(Rating {
        dialog: dialog.name.clone(),
        version: talk.dialogs.version.clone(),
        language: talk.lang(),
        marks,
        answers,
    })
}
