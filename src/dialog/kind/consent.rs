//! `consent`: one purpose, explained, asked on its own, recorded with the version of its words.

use super::{Said, Taken, question};
use crate::dialog::model::ConsentStep;
use crate::dialog::talk::{Asked, Talk};
use crate::dialog::turn::Effect;
use crate::dialog::value::Value;
use crate::dialog::words;

/// Options of the two buttons.
const AGREE: &str = "agree";
const DISAGREE: &str = "disagree";

pub(in crate::dialog) fn ask(talk: &mut Talk, consent: &ConsentStep) {
    talk.say(&consent.text);
    put(talk);
}

pub(in crate::dialog) fn put(talk: &mut Talk) {
    let (agree, disagree) = (talk.title(AGREE), talk.title(DISAGREE));
    let choices = vec![
        talk.choice(AGREE, agree, None),
        talk.choice(DISAGREE, disagree, None),
    ];
    let controls = question::form_controls(talk);
    talk.put(Asked {
        choices,
        several: false,
        controls,
        wants: None,
        sensitive: false,
    });
}

pub(in crate::dialog) fn take(talk: &mut Talk, consent: &ConsentStep, said: Said) -> Taken {
    let given = match said {
        Said::Pick(AGREE) => Some(true),
        Said::Pick(DISAGREE) => Some(false),
        Said::Pick(_) => return Taken::again("old.unknown"),
        Said::Text(text) => read(talk, text),
        Said::File(_) | Said::Pin(..) | Said::Card(_) => None,
    };
    let Some(given) = given else {
        return Taken::again("choose.by_number");
    };
    record(talk, consent, given);
    Taken::Answer(talk.given(Value::Bool(given)))
}

fn read(talk: &mut Talk, text: &str) -> Option<bool> {
    let (agree, disagree) = (talk.title(AGREE), talk.title(DISAGREE));
    let number = words::number(text);
    let yes = number == Some(1) || words::same(text, &agree) || words::is_yes(talk, text);
    let no = number == Some(2) || words::same(text, &disagree) || words::is_no(talk, text);
    (yes != no).then_some(yes)
}

/// The version of a consent is the digest of the words that were agreed to.
fn record(talk: &mut Talk, consent: &ConsentStep, given: bool) {
    let context = talk.context_for(&consent.text);
    let words = talk.fill(&consent.text, &context);
    talk.effects.push(Effect::Consent {
        purpose: consent.purpose.clone(),
        version: super::sign::digest(&words),
        given,
        language: talk.lang(),
    });
}
