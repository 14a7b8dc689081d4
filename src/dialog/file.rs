//! Photos, papers and voice notes: for the slot that asks, for a slot that waits or comes later, or for a
//! case that misses something. It never looks into a file.

use super::answer;
use super::cond;
use super::exit;
use super::form;
use super::kind::{self, Said, Taken, attach, submit};
use super::mend;
use super::model::{Attach, Dialog, Kind, Step};
use super::order::{self, misfit};
use super::pending;
use super::rang;
use super::read::Reason;
use super::state::Pending;
use super::talk::{CaseFacts, Talk};
use super::turn::{Completion, Effect};
use super::value::{Flag, Value};
use crate::event::casework::EXTRA_SLOT;
use crate::event::{Attachment, AttachmentKind};

/// A file came, perhaps with words below it.
pub(super) fn sent(talk: &mut Talk, file: &Attachment, caption: Option<&str>) {
    talk.heard.sensitive |= talk
        .here()
        .is_some_and(|(dialog, index)| dialog.steps[index].kind.is_sensitive());
    let Some((dialog, index)) = talk
        .here()
        .filter(|_| talk.form().is_some() || waits_for_file(talk))
    else {
        return at_rest(talk, file);
    };
    let step = &dialog.steps[index];
    let takes_files = matches!(step.kind, Kind::Attach(_) | Kind::Sign(_));
    if takes_files || file.kind == AttachmentKind::Voice {
        return take(talk, &dialog, index, file);
    }
    match slot_for(talk, &dialog, index, file) {
        Some(Slot::Waiting(slot)) => fill(talk, &dialog, slot, file),
        Some(Slot::Coming(slot)) => keep(talk, &dialog, slot, file, caption),
        None => words_or_misfit(talk, caption),
    }
}

/// Outside a form only a step that takes files, or can be answered aloud, has use for one.
fn waits_for_file(talk: &Talk) -> bool {
    talk.here().is_some_and(|(dialog, index)| {
        matches!(dialog.steps[index].kind, Kind::Attach(_) | Kind::Ask(_))
    })
}

fn take(talk: &mut Talk, dialog: &Dialog, index: usize, file: &Attachment) {
    talk.note("order", "file");
    match kind::take(talk, dialog, index, Said::File(file)) {
        Taken::Answer(given) => answer::take(talk, given),
        Taken::Told => {}
        Taken::Again(Some(reason)) if reason.phrase == "file.too_big" => {
            attach::too_big(talk);
            exit::ask_again(talk);
        }
        Taken::Again(reason) => misfit(talk, reason.unwrap_or(Reason::new("file.not_here"))),
    }
}

/// A slot of the open form that a file which nobody asked for may be meant for.
enum Slot {
    /// It was put off: "I shall send it later".
    Waiting(usize),
    /// It comes later on the way.
    Coming(usize),
}

fn slot_for(talk: &Talk, dialog: &Dialog, index: usize, file: &Attachment) -> Option<Slot> {
    let frame = talk.frame()?;
    let takes = |step: &Step| match &step.kind {
        Kind::Attach(attach) => attach::problem(attach, file).is_none(),
        _ => false,
    };
    let path = exit::path(talk, dialog, frame);
    let put_off = |at: &usize| {
        let step = &dialog.steps[*at];
        takes(step)
            && frame
                .answers
                .get(&step.name)
                .is_some_and(|given| given.value == Value::Later)
    };
    if let Some(waiting) = path.answered.iter().copied().find(put_off) {
        return Some(Slot::Waiting(waiting));
    }
    let coming = dialog.steps.iter().enumerate().skip(index + 1);
    let mut coming =
        coming.filter(|(_, step)| takes(step) && cond::passes(talk, frame, step.when.as_ref()));
    coming.next().map(|(at, _)| Slot::Coming(at))
}

/// The paper that was put off is here: it is the answer now.
fn fill(talk: &mut Talk, dialog: &Dialog, slot: usize, file: &Attachment) {
    let label = talk.label(&dialog.steps[slot]);
    talk.phrase_with("file.received", |context| {
        context.text("label", &label);
        context.number("count", 1);
    });
    let mut given = talk.given(Value::Files(vec![file.clone()]));
    given.flags.push(Flag::Late);
    answer::correct(talk, dialog, slot, given);
}

fn keep(talk: &mut Talk, dialog: &Dialog, slot: usize, file: &Attachment, caption: Option<&str>) {
    let step = &dialog.steps[slot];
    let Kind::Attach(attach) = &step.kind else {
        return;
    };
    let most = attach::most(attach);
    let label = talk.label(step);
    let kept = attach::keep_for(talk, &step.name, most, file);
    talk.phrase_with(if kept { "file.kept" } else { "file.enough" }, |context| {
        context.text("label", &label);
        context.number("most", most as i64);
    });
    match caption {
        Some(words) if !words.trim().is_empty() => order::wrote(talk, words),
        _ => exit::ask_again(talk),
    }
}

/// The words below a picture may be the answer, the picture is not.
fn words_or_misfit(talk: &mut Talk, caption: Option<&str>) {
    match caption {
        Some(words) if !words.trim().is_empty() => order::wrote(talk, words),
        _ => misfit(talk, Reason::new("file.not_here")),
    }
}

/// A file at rest belongs to a case that misses something; to which, where that is not plain, is asked.
fn at_rest(talk: &mut Talk, file: &Attachment) {
    if file.bytes == 0 {
        return misfit(talk, Reason::new("file.empty"));
    }
    if file.bytes > attach::FILE_BYTES_MAX {
        attach::too_big(talk);
        return order::ask_or_rest(talk);
    }
    if mend::file(talk, file) {
        return;
    }
    let slots = missing_slots(talk, file);
    match &slots[..] {
        [] => none_missing(talk, file),
        [(reference, slot)] => supplement(talk, reference, slot, file),
        [..] => {
            talk.state.pending = Some(Pending::Supplement {
                slots,
                file: Some(file.clone()),
            });
            pending::ask(talk);
        }
    }
}

fn missing_slots(talk: &Talk, file: &Attachment) -> Vec<(String, String)> {
    if talk.state.hidden {
        return Vec::new();
    }
    let fits = |slot: &&String| {
        attach_of(talk, slot).is_some_and(|attach| attach::problem(attach, file).is_none())
    };
    let cases = talk.event.known.cases.iter();
    cases
        .flat_map(|case| {
            case.missing
                .iter()
                .filter(fits)
                .map(|slot| (case.reference.clone(), slot.clone()))
        })
        .collect()
}

/// The step of any form that asks for this paper.
fn attach_of<'a>(talk: &Talk<'a>, slot: &str) -> Option<&'a Attach> {
    let dialogs = talk.dialogs;
    let steps = dialogs
        .dialogs
        .values()
        .filter_map(|dialog| dialog.step(slot));
    let mut attaches = steps.filter_map(|(_, step)| match &step.kind {
        Kind::Attach(attach) => Some(attach),
        _ => None,
    });
    attaches.next()
}

/// Nothing is missing: the file goes to the newest case, where staff see it; without a case, kindly refused.
fn none_missing(talk: &mut Talk, file: &Attachment) {
    let newest = talk
        .event
        .known
        .cases
        .first()
        .filter(|_| !talk.state.hidden);
    let Some(case) = newest
        .map(CaseFacts::from)
        .filter(|_| file.kind != AttachmentKind::Voice)
    else {
        let phrase = match file.kind {
            AttachmentKind::Voice => "voice.not_here",
            AttachmentKind::Photo | AttachmentKind::Document | AttachmentKind::Video => {
                "supplement.none"
            }
        };
        return misfit(talk, Reason::new(phrase));
    };
    push(talk, &case.reference, EXTRA_SLOT, file, None);
    talk.phrase_of_case("supplement.extra", &case, None);
    talk.sensitive();
}

/// Gives a missing paper to its case, and tells what is left.
pub(super) fn supplement(talk: &mut Talk, reference: &str, slot: &str, file: &Attachment) {
    let case = talk
        .event
        .known
        .cases
        .iter()
        .find(|case| case.reference == reference);
    let Some(mut case) = case.map(CaseFacts::from) else {
        return misfit(talk, Reason::new("supplement.none"));
    };
    case.missing.retain(|missing| missing != slot);
    let complete = case
        .missing
        .is_empty()
        .then(|| submit::completion(talk, &case.kind));
    if let Some(done) = &complete {
        case.answer_from = done.answer_from;
        case.answer_by = done.answer_by;
        talk.effects.push(Effect::ClearTimer {
            name: rang::missing_timer(reference),
        });
    }
    push(talk, reference, slot, file, complete);
    let label = talk.label_of(slot);
    talk.phrase_of_case("supplement.received", &case, Some(&label));
    if case.missing.is_empty() {
        talk.phrase_of_case("supplement.complete", &case, Some(&label));
    }
    talk.sensitive();
    talk.note("supplement", slot);
    if talk.here().is_some_and(|_| talk.form().is_some()) {
        exit::ask_again(talk);
    }
}

fn push(
    talk: &mut Talk,
    reference: &str,
    slot: &str,
    file: &Attachment,
    complete: Option<Completion>,
) {
    let mut given = talk.given(Value::Files(vec![file.clone()]));
    given.flags.push(Flag::Late);
    talk.effects.push(Effect::Supplement {
        reference: reference.to_owned(),
        slot: slot.to_owned(),
        given: Box::new(given),
        complete,
    });
}

/// The album of a form is complete: its timer rang.
pub(super) fn album(talk: &mut Talk, instance: &str) {
    let is_top =
        talk.frame().is_some_and(|frame| frame.instance == instance) && attach::is_gathering(talk);
    let Some((dialog, index)) = talk.here().filter(|_| is_top) else {
        return;
    };
    let step = &dialog.steps[index];
    let Kind::Attach(attach) = &step.kind else {
        return;
    };
    talk.note("timer", form::album(""));
    if let Taken::Answer(given) = attach::settle(talk, step, attach) {
        answer::take(talk, given);
    }
}
