//! One event, one turn: `step` looks at what happened, at who speaks for the charity, and hands over to
//! whoever reads it. Pure and total: the same state and event give the same turn, and no input ends it.

use super::alarm;
use super::answer;
use super::control;
use super::edit;
use super::exit;
use super::faq;
use super::fetched;
use super::file;
use super::form;
use super::kind::{self, Said, Taken};
use super::link;
use super::mend;
use super::migrate;
use super::model::Dialogs;
use super::order::{self, misfit};
use super::press;
use super::rang;
use super::read::Reason;
use super::staff;
use super::state::State;
use super::talk::Talk;
use super::turn::{AlertKind, Effect, Turn};
use crate::event::{Control, Event, What};
use crate::text::lang::Lang;

/// What the charity says and does upon an event. When [`Turn::asks`] is not empty nothing else of the turn
/// counts: answer them in `event.known.answers` and step again from the same state.
pub fn step(dialogs: &Dialogs, state: State, event: Event) -> Turn {
    let mut talk = Talk::new(dialogs, state, &event);
    let pending = talk.state.pending.clone();
    migrate::move_forms(&mut talk);
    mend::prepare(&mut talk);
    happened(&mut talk, &event.what);
    faq::leave(&mut talk, pending);
    mend::undress(&mut talk);
    close(&mut talk);
    mend::tell_owed(&mut talk);
    talk.finish()
}

fn happened(talk: &mut Talk, what: &What) {
    match what {
        What::Rang { timer, due } => rang::rang(talk, timer, *due),
        What::Staff(act) => staff::acted(talk, act),
        What::Fetched { attachment } => fetched::fetched(talk, attachment),
        What::FetchFailed { id } => fetched::failed(talk, id),
        What::Noted { .. } => {}
        What::SetAside { .. } => talk.effects.push(Effect::Alert {
            kind: AlertKind::SetAside,
        }),
        What::Undelivered { .. } => talk.effects.push(Effect::Alert {
            kind: AlertKind::Undelivered,
        }),
        What::Opened { .. } | What::Wrote { .. } | What::Chose { .. } | What::Sent { .. } => {
            heard(talk, what)
        }
        What::Pinned { .. }
        | What::Shared { .. }
        | What::Edited { .. }
        | What::Unreadable { .. } => heard(talk, what),
    }
}

/// Something came from the person. While a human speaks the bot is silent, and only listens.
fn heard(talk: &mut Talk, what: &What) {
    talk.heard.step = talk
        .frame()
        .map(|frame| format!("{}.{}", frame.dialog, frame.step));
    match &talk.event.known.control {
        Control::Human(_) => overhear(talk, what),
        Control::Bot | Control::Waiting | Control::Closed => answer(talk, what),
    }
    talk.state.last_heard_at = Some(talk.now());
    watch_form(talk);
}

fn overhear(talk: &mut Talk, what: &What) {
    talk.note("control", "human");
    if let What::Wrote { text } | What::Edited { text, .. } = what {
        alarm::overhear(talk, text);
    }
}

fn answer(talk: &mut Talk, what: &What) {
    match what {
        What::Opened { payload, language } => opened(talk, payload.as_deref(), *language),
        What::Wrote { text } => order::wrote(talk, text),
        What::Edited { of, text } => edit::edited(talk, of, text),
        What::Chose { data, .. } => press::chose(talk, data),
        What::Sent {
            attachment,
            caption,
            ..
        } => {
            order::greet_first(talk);
            file::sent(talk, attachment, caption.as_deref());
        }
        What::Pinned {
            latitude,
            longitude,
            label,
        } => {
            take(
                talk,
                Said::Pin(*latitude, *longitude, label.as_deref()),
                "location.not_here",
            );
        }
        What::Shared { phones, .. } => take(talk, Said::Card(phones), "contact.not_here"),
        What::Unreadable { .. } => {
            order::greet_first(talk);
            misfit(talk, Reason::new("sticker"));
        }
        What::Rang { .. } | What::Staff(_) | What::Undelivered { .. } => {}
        What::Fetched { .. }
        | What::FetchFailed { .. }
        | What::Noted { .. }
        | What::SetAside { .. } => {}
    }
}

/// The chat was opened: the greeting and the menu, a dialog that the link names, or the open form again.
fn opened(talk: &mut Talk, payload: Option<&str>, language: Option<Lang>) {
    if let Some(language) = language.filter(|_| !talk.state.language_chosen) {
        talk.state.language = language;
    }
    if payload.is_some_and(|payload| link::entered(talk, payload)) {
        return;
    }
    if talk.form().is_some() {
        if !migrate::tell(talk) {
            misfit(talk, Reason::new("resume"));
        }
        return;
    }
    order::greet_first(talk);
    let started = payload.is_some_and(|payload| control::starts(talk, payload));
    if !started {
        control::welcome(talk);
    }
}

/// A pin or a contact card, for the question that waits.
fn take(talk: &mut Talk, said: Said, misfitting: &'static str) {
    order::greet_first(talk);
    let Some((dialog, index)) = talk.here() else {
        return misfit(talk, Reason::new(misfitting));
    };
    match kind::take(talk, &dialog, index, said) {
        Taken::Answer(given) => answer::take(talk, given),
        Taken::Told => {}
        Taken::Again(reason) => misfit(talk, reason.unwrap_or(Reason::new(misfitting))),
    }
}

/// Whoever has just been at a form is reminded of it one day, if they do not come back.
fn watch_form(talk: &mut Talk) {
    if let Some(at) = talk.form() {
        rang::watch(talk, at);
    }
}

/// The last touch: where nothing is asked any more, a way back to the menu stands below.
fn close(talk: &mut Talk) {
    let rests = talk.state.stack.is_empty() && talk.state.pending.is_none();
    if rests
        && talk.has_said()
        && !talk.has_choices()
        && talk.dialogs.dialogs.contains_key(form::MENU)
    {
        let menu = talk.control("menu");
        talk.add_control(menu);
    }
    debug_assert!(talk.walked <= exit::STEPS_PER_TURN_MAX + 1);
}
