//! What a file turned out to be once its platform gave it, or that it is not to be had. Facts are corrected
//! silently; a file that cannot be used is taken back, and asked for again.

use super::answer;
use super::exit;
use super::kind::attach;
use super::model::Kind;
use super::state::{Frame, Pending};
use super::talk::Talk;
use super::value::{Signature, Value};
use crate::event::{Attachment, AttachmentKind, Control};

/// The bytes of a file are here.
pub(super) fn fetched(talk: &mut Talk, file: &Attachment) {
    if unfit(talk, file) {
        return failed(talk, &file.id);
    }
    let frames = talk.state.stack.iter_mut().chain(&mut talk.state.paused);
    for frame in frames {
        each(frame, |known| {
            if known.id == file.id {
                correct(known, file);
            }
            true
        });
    }
    if let Some(Pending::Supplement {
        file: Some(known), ..
    }) = &mut talk.state.pending
        && known.id == file.id
    {
        correct(known, file);
    }
}

/// The sender's name for it and its length stay: bytes do not tell them.
fn correct(known: &mut Attachment, file: &Attachment) {
    *known = Attachment {
        name: known.name.take(),
        seconds: known.seconds,
        ..file.clone()
    };
}

/// Whether what came is nothing that its slot takes, or no recording where one was given.
fn unfit(talk: &Talk, file: &Attachment) -> bool {
    let frames = talk.state.stack.iter().chain(&talk.state.paused);
    frames
        .filter_map(|frame| Some((frame, slot_of(frame, &file.id)?)))
        .any(|(frame, slot)| {
            let dialog = talk.dialog_of(frame);
            let step = dialog.and_then(|dialog| dialog.step(&slot));
            match step.map(|(_, step)| &step.kind) {
                Some(Kind::Attach(attach)) => attach::problem(attach, file).is_some(),
                Some(_) => file.kind != AttachmentKind::Voice && is_spoken(frame, &slot),
                None => false,
            }
        })
}

fn is_spoken(frame: &Frame, slot: &str) -> bool {
    let given = frame.answers.get(slot).map(|given| &given.value);
    matches!(
        given,
        Some(Value::Voice(_) | Value::Signature(Signature::Voice(_)))
    )
}

/// The step for which a file stands in a frame: answered, or gathered.
fn slot_of(frame: &Frame, id: &str) -> Option<String> {
    let answered = frame.answers.iter().find(|(_, given)| match &given.value {
        Value::Files(files) => files.iter().any(|file| file.id == id),
        Value::Voice(file) | Value::Signature(Signature::Voice(file) | Signature::Scan(file)) => {
            file.id == id
        }
        _ => false,
    });
    answered.map(|(step, _)| step.clone()).or_else(|| {
        let gathered = attach::gathered_in(frame);
        let mut slots = gathered
            .into_iter()
            .filter(|(_, files)| files.iter().any(|file| file.id == id));
        slots.next().map(|(slot, _)| slot)
    })
}

/// Visits the files of a frame, and drops those for which the visitor says no: an answer of nothing else
/// goes with them.
fn each(frame: &mut Frame, mut keeps: impl FnMut(&mut Attachment) -> bool) {
    frame.answers.retain(|_, given| match &mut given.value {
        Value::Files(files) => {
            let before = files.len();
            files.retain_mut(&mut keeps);
            before == 0 || !files.is_empty()
        }
        Value::Voice(file) | Value::Signature(Signature::Voice(file) | Signature::Scan(file)) => {
            keeps(file)
        }
        _ => true,
    });
    for (slot, mut files) in attach::gathered_in(frame) {
        files.retain_mut(&mut keeps);
        attach::put_gathered(frame, &slot, &files);
    }
}

/// A file is not to be had, or nobody can use it.
pub(super) fn failed(talk: &mut Talk, id: &str) {
    talk.note("file", "lost");
    let open = talk.form();
    let mut asked = None;
    let mut found = false;
    for at in 0..talk.state.stack.len() {
        let Some(slot) = slot_of(&talk.state.stack[at], id) else {
            continue;
        };
        found = true;
        each(&mut talk.state.stack[at], |file| file.id != id);
        if open == Some(at) && at + 1 == talk.state.stack.len() {
            asked = Some(slot);
        }
    }
    for frame in &mut talk.state.paused {
        let Some(slot) = slot_of(frame, id) else {
            continue;
        };
        found = true;
        each(frame, |file| file.id != id);
        // Taken up again, it begins with this question and goes on where it stood.
        if frame.step != slot && !frame.answers.contains_key(&slot) {
            let stood = std::mem::replace(&mut frame.step, slot);
            frame.returns_to.get_or_insert(stood);
        }
    }
    let pends = matches!(&talk.state.pending, Some(Pending::Supplement { file: Some(file), .. }) if file.id == id);
    if pends {
        talk.state.pending = None;
    }
    if matches!(talk.event.known.control, Control::Human(_)) {
        return;
    }
    match asked {
        Some(slot) => ask_again(talk, &slot),
        None if found => talk.phrase("file.lost"),
        None => talk.phrase("file.lost_of_request"),
    }
}

/// Says so and asks for exactly that; another question that waits comes back behind it.
fn ask_again(talk: &mut Talk, slot: &str) {
    talk.phrase("file.lost");
    let waits = talk.frame().is_some_and(|frame| frame.step == slot);
    let has_others = talk
        .frame()
        .is_some_and(|frame| frame.answers.contains_key(slot));
    let here = talk.here().and_then(|(dialog, _)| {
        let index = dialog.step(slot)?.0;
        Some((dialog, index))
    });
    match here {
        Some((dialog, index)) if !waits && !has_others => answer::reopen(talk, &dialog, index),
        _ => exit::ask_again(talk),
    }
}
