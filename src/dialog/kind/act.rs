//! `act`: something the house does: hide, opt out, change the language, resume, forget.

use super::{Enter, options};
use crate::dialog::control;
use crate::dialog::form;
use crate::dialog::link;
use crate::dialog::model::{Act, ActName};
use crate::dialog::rang;
use crate::dialog::talk::Talk;
use crate::dialog::turn::Effect;
use crate::dialog::value::Value;
use crate::text::lang::Lang;

pub(in crate::dialog) fn enter(talk: &mut Talk, act: &Act) -> Enter {
    match act.act {
        ActName::Hide => control::hide(talk),
        ActName::Unhide => control::unhide(talk),
        ActName::OptOut => control::opt_out(talk),
        ActName::OptIn => talk.effects.push(Effect::OptIn),
        ActName::SpeakArabic => control::speak(talk, Lang::Ar),
        ActName::SpeakEnglish => control::speak(talk, Lang::En),
        ActName::Resume => return resume(talk, act),
        ActName::Forget => forget(talk),
        ActName::Withdraw => withdraw(talk),
        ActName::OfferLink => link::say_code(talk),
    }
    if let Some(text) = &act.text {
        talk.say(text);
    }
    Enter::On(None)
}

/// Takes up the form picked before, else the one put aside last; with none, goes on.
fn resume(talk: &mut Talk, act: &Act) -> Enter {
    let Some(instance) = picked(talk) else {
        talk.phrase("resume.nothing");
        return Enter::On(None);
    };
    if let Some(text) = &act.text {
        talk.say(text);
    }
    talk.state.stack.pop();
    form::resume(talk, &instance);
    Enter::Stops
}

/// Takes back the request that an answer of this dialog names.
fn withdraw(talk: &mut Talk) {
    let Some(frame) = talk.frame() else { return };
    let named = |reference: &str| {
        let mut answers = frame.answers.values();
        answers.any(|given| matches!(&given.value, Value::Option(name) if name == reference))
    };
    let mut cases = talk.event.known.cases.iter();
    let case = cases.find(|case| named(&case.reference) && options::is_withdrawable(talk, case));
    let Some(reference) = case.map(|case| case.reference.clone()) else {
        return talk.note("act", "nothing to withdraw");
    };
    talk.effects.push(Effect::ClearTimer {
        name: rang::missing_timer(&reference),
    });
    talk.effects.push(Effect::Withdraw { reference });
}

fn forget(talk: &mut Talk) {
    let Some(instance) = picked(talk) else {
        return;
    };
    let place = talk
        .state
        .paused
        .iter()
        .position(|frame| frame.instance == instance);
    if let Some(at) = place {
        let frame = talk.state.paused.remove(at);
        form::forget(talk, &frame);
    }
}

/// The form put aside that an answer of this dialog names, else the last one.
fn picked(talk: &Talk) -> Option<String> {
    let frame = talk.frame()?;
    let names = frame
        .answers
        .values()
        .filter_map(|given| match &given.value {
            Value::Option(name) => Some(name),
            _ => None,
        });
    let mut names = names.filter(|name| {
        talk.state
            .paused
            .iter()
            .any(|paused| paused.instance == **name)
    });
    names
        .next()
        .or_else(|| talk.state.paused.last().map(|paused| &paused.instance))
        .cloned()
}
