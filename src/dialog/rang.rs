//! Timers of a talk: an album is complete, a form waits, a case misses something. A ring that comes late,
//! twice, or for something long done is ignored by name.

use super::file;
use super::form;
use super::link;
use super::mend;
use super::model::{Kind, Step};
use super::state::Frame;
use super::talk::{CaseFacts, DAY, Talk};
use super::turn::{AlertKind, Effect};
use crate::event::{Control, KnownCase, Millis};
use crate::reply::{ClosedWindow, Proactive};

/// Milliseconds of an hour.
const HOUR: Millis = 60 * 60 * 1_000;
/// How long a reminder is worth sending (milliseconds): after two days it would be a second one's turn.
const REMINDER_MILLIS: Millis = 2 * DAY;

/// The timer that reminds of what a case misses.
pub(super) fn missing_timer(reference: &str) -> String {
    format!("missing:{reference}")
}

pub(super) fn rang(talk: &mut Talk, timer: &str, due: Millis) {
    match timer.split_once(':') {
        // While a human speaks the pages wait; they are counted when the talk comes back.
        Some(("album", _)) if human_speaks(talk) => talk.note("timer", "human"),
        Some(("album", instance)) => file::album(talk, instance),
        Some(("remind", instance)) => of_form(talk, instance),
        Some(("missing", reference)) => of_case(talk, reference, due),
        Some(("link", rest)) => link::rang(talk, rest),
        Some(("human", round)) => nobody_came(talk, round),
        _ => talk.note("timer", "unknown"),
    }
}

/// Rounds of waiting: until the person hears that nobody came, and until staff are alerted again.
const ROUNDS: usize = 2;

/// The name of the timer that watches whether anybody comes.
fn claim_timer(round: usize) -> String {
    format!("human:{round}")
}

/// Working minutes from the beginning of a round to its end.
fn round_minutes(talk: &Talk, round: usize) -> i64 {
    let periods = &talk.dialogs.charity.periods;
    let (claim, alert) = (
        i64::from(periods.claim_minutes),
        i64::from(periods.alert_minutes),
    );
    match round {
        0 => claim,
        _ => (alert - claim).max(1),
    }
}

/// Somebody waits for a human from now on: should nobody come in working time, they hear of it.
pub(super) fn wait_for_human(talk: &mut Talk) {
    let waits = talk.event.known.control == Control::Waiting;
    if talk.event.known.staffed && !waits && !human_speaks(talk) {
        watch_claim(talk, 0);
    }
}

/// Nobody is waited for any more.
pub(super) fn no_longer_wait(talk: &mut Talk) {
    for round in 0..ROUNDS {
        let name = claim_timer(round);
        talk.effects.push(Effect::ClearTimer { name });
    }
}

/// Rings when so much working time has passed.
pub(super) fn watch_claim(talk: &mut Talk, round: usize) {
    let minutes = chrono::Duration::minutes(round_minutes(talk, round));
    let calendar = &talk.dialogs.charity.calendar;
    let Some(due) = calendar.add_working_time(talk.moment(), minutes) else {
        return talk.note("timer", "never open");
    };
    talk.effects.push(Effect::SetTimer {
        name: claim_timer(round),
        due: due.timestamp_millis(),
        quiet: false,
    });
}

/// In working time nobody came: the person hears it once, staff each time, and the circle of who is asked grows.
fn nobody_came(talk: &mut Talk, round: &str) {
    if talk.event.known.control != Control::Waiting {
        return talk.note("timer", "stale");
    }
    talk.note("timer", "nobody came");
    talk.effects.push(Effect::Alert {
        kind: AlertKind::Unclaimed,
    });
    if round == "0" {
        talk.phrase("human.late");
        watch_claim(talk, 1);
    }
}

fn human_speaks(talk: &Talk) -> bool {
    matches!(talk.event.known.control, Control::Human(_))
}

/// The moment at which a form is next reminded of, or forgotten.
fn due(talk: &Talk, frame: &Frame) -> Millis {
    let periods = &talk.dialogs.charity.periods;
    frame.asked_at
        + match frame.reminded {
            0 => Millis::from(periods.first_reminder_hours) * HOUR,
            1 => Millis::from(periods.last_reminder_days) * DAY,
            _ => Millis::from(periods.forget_form_days) * DAY,
        }
}

/// Sets the reminder of a form that somebody has just been at.
pub(super) fn watch(talk: &mut Talk, at: usize) {
    let now = talk.now();
    let frame = &mut talk.state.stack[at];
    // What staff sent back has a reminder of its own.
    if mend::is(frame) {
        return;
    }
    if frame.answers.is_empty() {
        return;
    }
    frame.asked_at = now;
    frame.reminded = 0;
    let frame = talk.state.stack[at].clone();
    set(talk, &frame);
}

fn set(talk: &mut Talk, frame: &Frame) {
    let due = due(talk, frame);
    talk.effects.push(Effect::SetTimer {
        name: form::reminder(&frame.instance),
        due,
        quiet: true,
    });
}

fn of_form(talk: &mut Talk, instance: &str) {
    let Some(frame) = find(talk, instance) else {
        return talk.note("timer", "stale");
    };
    if talk.now() < due(talk, &frame) {
        // Somebody was at it meanwhile, or the clock went back: the right moment is still to come.
        return set(talk, &frame);
    }
    if human_speaks(talk) {
        return beside_a_human(talk, &frame);
    }
    match frame.reminded {
        0 => remind(talk, &frame, "reminder.first", "form_reminder"),
        1 => remind(talk, &frame, "reminder.last", "form_last_reminder"),
        _ => forget(talk, &frame),
    }
}

/// While a human speaks nobody is reminded; but what was promised to be erased is erased all the same.
fn beside_a_human(talk: &mut Talk, frame: &Frame) {
    let days = talk.dialogs.charity.periods.forget_form_days;
    if talk.now() >= frame.asked_at + Millis::from(days) * DAY {
        return forget(talk, frame);
    }
    talk.effects.push(Effect::SetTimer {
        name: form::reminder(&frame.instance),
        due: talk.now() + DAY,
        quiet: true,
    });
}

fn find(talk: &Talk, instance: &str) -> Option<Frame> {
    let frames = talk.state.stack.iter().chain(&talk.state.paused);
    frames
        .into_iter()
        .find(|frame| frame.instance == instance)
        .cloned()
}

fn each_frame<'t>(talk: &'t mut Talk, instance: &str) -> Option<&'t mut Frame> {
    let frames = talk.state.stack.iter_mut().chain(&mut talk.state.paused);
    frames.into_iter().find(|frame| frame.instance == instance)
}

fn remind(talk: &mut Talk, frame: &Frame, phrase: &str, template: &str) {
    let title = title(talk, frame);
    let periods = &talk.dialogs.charity.periods;
    let days = i64::from(periods.forget_form_days) - i64::from(periods.last_reminder_days);
    let parameters = match frame.reminded {
        0 => vec![title.clone()],
        _ => vec![title.clone(), days.to_string()],
    };
    if let Some(frame) = each_frame(talk, &frame.instance) {
        frame.reminded += 1;
    }
    if let Some(frame) = find(talk, &frame.instance) {
        set(talk, &frame);
    }
    let purpose = purpose_of(talk, frame);
    if silent(talk, purpose.as_deref()) {
        return;
    }
    let text = talk.phrase_text(phrase, |context| {
        context.text("form", &title);
        context.number("days", days);
    });
    start(talk, text, template, parameters, purpose);
}

/// Ninety days untouched: erased, as announced.
fn forget(talk: &mut Talk, frame: &Frame) {
    let title = title(talk, frame);
    talk.state
        .stack
        .retain(|open| open.instance != frame.instance);
    talk.state
        .paused
        .retain(|paused| paused.instance != frame.instance);
    form::forget(talk, frame);
    let purpose = purpose_of(talk, frame);
    if silent(talk, purpose.as_deref()) {
        return;
    }
    let text = talk.phrase_text("reminder.forgotten", |context| context.text("form", &title));
    start(talk, text, "form_forgotten", vec![title], purpose);
}

/// The purpose for which a form asks what it asks.
fn purpose_of(talk: &Talk, frame: &Frame) -> Option<String> {
    talk.dialog_of(frame)?.purpose.clone()
}

/// The purpose of the form that opens requests of this kind.
fn purpose_of_kind(talk: &Talk, kind: &str) -> Option<String> {
    let opens = |step: &Step| matches!(&step.kind, Kind::Submit(submit) if submit.case == kind);
    let mut dialogs = talk.dialogs.dialogs.values();
    dialogs
        .find(|dialog| dialog.steps.iter().any(opens))?
        .purpose
        .clone()
}

fn title(talk: &Talk, frame: &Frame) -> String {
    talk.dialog_of(frame)
        .map(|dialog| dialog.title.source(talk.lang()).to_owned())
        .unwrap_or_default()
}

/// Nothing is started with who wants none or took back the consent on which it rests, and nothing on a talk
/// that was hidden.
fn silent(talk: &Talk, purpose: Option<&str>) -> bool {
    let known = &talk.event.known;
    let word = purpose.and_then(|purpose| known.consents.get(purpose));
    known.opted_out || known.merged || talk.state.hidden || word.is_some_and(|(given, _)| !given)
}

fn start(
    talk: &mut Talk,
    text: String,
    template: &str,
    parameters: Vec<String>,
    purpose: Option<String>,
) {
    let expires = Some(talk.now() + REMINDER_MILLIS);
    talk.note("start", template);
    talk.start(
        text,
        Proactive {
            template: template.to_owned(),
            parameters,
            purpose,
            expires,
            quiet: true,
            owed: false,
            closed_window: ClosedWindow::Template,
        },
    );
}

/// Sets the first (0) or last (1) reminder of what a case misses.
pub(super) fn remind_of_missing(talk: &mut Talk, reference: &str, reminded: u32) {
    let periods = &talk.dialogs.charity.periods;
    let after = match reminded {
        0 => Millis::from(periods.first_reminder_hours) * HOUR,
        _ => Millis::from(periods.last_reminder_days) * DAY,
    };
    let due = talk.now() + after;
    talk.effects.push(Effect::SetTimer {
        name: missing_timer(reference),
        due,
        quiet: true,
    });
}

/// Something that staff sent back still waits: one gentle reminder, a last one, then silence.
fn of_sent_back(talk: &mut Talk, case: &KnownCase, due: Millis) {
    let last_from =
        case.state_at + Millis::from(talk.dialogs.charity.periods.last_reminder_days) * DAY;
    let purpose = purpose_of_kind(talk, &case.kind);
    let silent = silent(talk, purpose.as_deref()) || human_speaks(talk);
    // In another form they are not disturbed; the last reminder is still to come.
    let busy = talk.form().is_some() && !mend::is_open(talk);
    match silent || busy {
        true => talk.note("timer", "silent"),
        false if !mend::remind(talk, case) => return talk.note("timer", "stale"),
        false => {}
    }
    if due < last_from {
        remind_of_missing(talk, &case.reference, 1);
    }
}

/// A case misses something: one gentle reminder, a last one, then silence.
fn of_case(talk: &mut Talk, reference: &str, due: Millis) {
    let case = talk
        .event
        .known
        .cases
        .iter()
        .find(|case| case.reference == reference);
    let Some(case) = case.cloned() else {
        return talk.note("timer", "stale");
    };
    if case.missing.is_empty() {
        return of_sent_back(talk, &case, due);
    }
    let case = CaseFacts::from(&case);
    let opened = case.opened_at.unwrap_or(due);
    let last_from = opened + Millis::from(talk.dialogs.charity.periods.last_reminder_days) * DAY;
    if due < last_from {
        remind_of_missing(talk, reference, 1);
    }
    let purpose = purpose_of_kind(talk, &case.kind);
    if silent(talk, purpose.as_deref()) || human_speaks(talk) {
        return;
    }
    let labels: Vec<String> = case
        .missing
        .iter()
        .map(|slot| talk.label_of(slot))
        .collect();
    let number = case.reference.clone();
    let text = talk.phrase_text("supplement.reminder", |context| {
        context.text("reference", &number);
        context.list("missing", &labels);
    });
    start(
        talk,
        text,
        "missing_reminder",
        vec![case.reference],
        purpose,
    );
}
