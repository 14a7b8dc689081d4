//! `attach`: files for one slot. An album comes as several messages: they are gathered for a moment, then
//! answered once.

use super::question;
use super::{Enter, Said, Taken};
use crate::dialog::answer;
use crate::dialog::form;
use crate::dialog::model::{Attach, Kind, Step};
use crate::dialog::state::Frame;
use crate::dialog::talk::Talk;
use crate::dialog::turn::Effect;
use crate::dialog::value::{Flag, Value};
use crate::event::{Attachment, AttachmentKind, Millis};
use crate::reply::Wants;

/// How long an album is gathered (milliseconds): its messages come within a second of each other.
pub const ALBUM_MILLIS: Millis = 2_000;
/// Bytes of one file at most: what Telegram lets a bot fetch, the least of our media.
pub const FILE_BYTES_MAX: u64 = 20 * 1024 * 1024;
/// Bytes in a megabyte, as people count them.
const MEGABYTE: u64 = 1024 * 1024;

/// The frame's note that an album is being gathered: for which slot.
const ALBUM_NOTE: &str = "album";
/// The frame's note that more files came than the slot takes.
const ENOUGH_NOTE: &str = "enough";

/// Begins the frame's note of the files that came for a slot so far, before or while it is asked; JSON.
const FILES_NOTE: &str = "files:";

fn files_note(slot: &str) -> String {
    format!("{FILES_NOTE}{slot}")
}

/// Files may be there already: sent before they were asked for, or before somebody went back.
pub(in crate::dialog) fn enter(talk: &mut Talk, step: &Step, attach: &Attach) -> Enter {
    let files = gathered(talk);
    if files.len() < most(attach) {
        ask(talk, step, attach);
        return Enter::Waits;
    }
    received(talk, step, files.len());
    clear(talk);
    let mut given = talk.given(Value::Files(files));
    given.flags.push(Flag::Late);
    answer::store(talk, &step.name, given);
    Enter::On(None)
}

/// Files that a slot takes at most, at least one.
pub(in crate::dialog) fn most(attach: &Attach) -> usize {
    attach.most.max(1) as usize
}

fn clear(talk: &mut Talk) {
    if let Some(frame) = talk.frame_mut() {
        let files = files_note(&frame.step);
        for note in [&files, ALBUM_NOTE, ENOUGH_NOTE] {
            frame.notes.remove(note);
        }
    }
}

pub(in crate::dialog) fn ask(talk: &mut Talk, step: &Step, attach: &Attach) {
    match gathered(talk).len() {
        0 => talk.say(&attach.question.text),
        files => {
            received(talk, step, files);
            talk.phrase("file.more");
        }
    }
    put(talk, step, attach);
}

pub(in crate::dialog) fn put(talk: &mut Talk, _step: &Step, attach: &Attach) {
    let wants = Some(Wants::File);
    match gathered(talk).is_empty() {
        true => question::put(talk, &attach.question, Vec::new(), wants, false),
        false => question::put_done(talk, &attach.question, wants),
    }
}

pub(in crate::dialog) fn take(talk: &mut Talk, step: &Step, attach: &Attach, said: Said) -> Taken {
    match said {
        Said::File(file) => match refusal(talk, step, attach, file) {
            Some(taken) => taken,
            None => gather(talk, step, attach, file),
        },
        Said::Pick(question::DONE) => done(talk, step),
        Said::Pick(_) => Taken::again("old.unknown"),
        Said::Text(_) => Taken::again("file.wanted"),
        Said::Pin(..) => Taken::again("location.not_here"),
        Said::Card(_) => Taken::again("contact.not_here"),
    }
}

/// Why a file cannot be taken, told without counting it against the person.
fn refusal(talk: &mut Talk, step: &Step, attach: &Attach, file: &Attachment) -> Option<Taken> {
    let label = talk.label(step);
    match problem(attach, file)? {
        "file.too_big" => too_big(talk),
        name => talk.phrase_with(name, |context| context.text("label", &label)),
    }
    put(talk, step, attach);
    Some(Taken::Told)
}

/// The phrase that says what is wrong with a file for a slot.
pub(in crate::dialog) fn problem(attach: &Attach, file: &Attachment) -> Option<&'static str> {
    if file.bytes == 0 {
        return Some("file.empty");
    }
    if file.bytes > FILE_BYTES_MAX {
        return Some("file.too_big");
    }
    // A picture sent as a file is still a picture.
    let is_picture = file.mime.starts_with("image/");
    let takes = attach.accepts.contains(&file.kind)
        || (is_picture && attach.accepts.contains(&AttachmentKind::Photo));
    (!takes).then_some("file.wrong_kind")
}

pub(in crate::dialog) fn too_big(talk: &mut Talk) {
    talk.phrase_with("file.too_big", |context| {
        context.number("most", (FILE_BYTES_MAX / MEGABYTE) as i64);
    });
}

/// The files that came for the waiting slot.
fn gathered(talk: &Talk) -> Vec<Attachment> {
    talk.frame()
        .map_or_else(Vec::new, |frame| files_for(talk, &frame.step))
}

/// The files that came for a slot and are no answer yet.
pub(in crate::dialog) fn files_for(talk: &Talk, slot: &str) -> Vec<Attachment> {
    talk.frame()
        .map_or_else(Vec::new, |frame| files_in(frame, slot))
}

/// The same of any frame.
pub(in crate::dialog) fn files_in(frame: &Frame, slot: &str) -> Vec<Attachment> {
    let note = frame.notes.get(&files_note(slot));
    note.and_then(|note| serde_json::from_str(note).ok())
        .unwrap_or_default()
}

/// All files of a frame that came and are no answer yet, by slot.
pub(in crate::dialog) fn gathered_in(frame: &Frame) -> Vec<(String, Vec<Attachment>)> {
    let notes = frame.notes.iter();
    notes
        .filter_map(|(name, note)| {
            let slot = name.strip_prefix(FILES_NOTE)?;
            Some((slot.to_owned(), serde_json::from_str(note).ok()?))
        })
        .collect()
}

/// Puts them back; of none nothing is gathered any more.
pub(in crate::dialog) fn put_gathered(frame: &mut Frame, slot: &str, files: &[Attachment]) {
    if files.is_empty() {
        frame.notes.remove(&files_note(slot));
        if frame.notes.get(ALBUM_NOTE).is_some_and(|of| of == slot) {
            frame.notes.remove(ALBUM_NOTE);
        }
        return;
    }
    if let Ok(json) = serde_json::to_string(files) {
        frame.notes.insert(files_note(slot), json);
    }
}

/// Whether the waiting step takes files and some came.
pub(in crate::dialog) fn has_files(talk: &Talk, step: &Step) -> bool {
    let waits = talk.frame().is_some_and(|frame| frame.step == step.name);
    waits && matches!(step.kind, Kind::Attach(_)) && !gathered(talk).is_empty()
}

fn keep_files(talk: &mut Talk, slot: &str, files: &[Attachment]) {
    let json = serde_json::to_string(files).unwrap_or_default();
    if let Some(frame) = talk.frame_mut() {
        frame.notes.insert(files_note(slot), json);
    }
}

/// Whether an album for the waiting slot may still go on.
pub(in crate::dialog) fn is_gathering(talk: &Talk) -> bool {
    talk.frame()
        .is_some_and(|frame| frame.notes.get(ALBUM_NOTE) == Some(&frame.step))
}

/// Puts the file to the others; the answer comes when no more follow.
fn gather(talk: &mut Talk, step: &Step, attach: &Attach, file: &Attachment) -> Taken {
    let mut files = gathered(talk);
    let enough = files.len() >= most(attach);
    if !enough {
        files.push(file.clone());
        keep_files(talk, &step.name, &files);
    }
    let due = talk.now() + ALBUM_MILLIS;
    let Some(frame) = talk.frame_mut() else {
        return Taken::Told;
    };
    frame.notes.insert(ALBUM_NOTE.to_owned(), step.name.clone());
    if enough {
        frame.notes.insert(ENOUGH_NOTE.to_owned(), String::new());
    }
    let name = form::album(&frame.instance);
    talk.effects.push(Effect::SetTimer {
        name,
        due,
        quiet: false,
    });
    Taken::Told
}

/// The album is complete: a full slot is the answer, else more may follow until "done".
pub(in crate::dialog) fn settle(talk: &mut Talk, step: &Step, attach: &Attach) -> Taken {
    let files = gathered(talk);
    let enough = talk.frame_mut().is_some_and(|frame| {
        frame.notes.remove(ALBUM_NOTE);
        frame.notes.remove(ENOUGH_NOTE).is_some()
    });
    if enough {
        let label = talk.label(step);
        talk.phrase_with("file.enough", |context| {
            context.text("label", &label);
            context.number("most", i64::from(attach.most.max(1)));
        });
    } else {
        received(talk, step, files.len());
    }
    if files.len() >= most(attach) {
        return answer_with(talk, files);
    }
    talk.phrase("file.more");
    put(talk, step, attach);
    Taken::Told
}

fn received(talk: &mut Talk, step: &Step, count: usize) {
    let label = talk.label(step);
    talk.phrase_with("file.received", |context| {
        context.text("label", &label);
        context.number("count", count as i64);
    });
}

pub(in crate::dialog) fn done(talk: &mut Talk, step: &Step) -> Taken {
    let files = gathered(talk);
    if files.is_empty() {
        return Taken::again("file.wanted");
    }
    if is_gathering(talk) {
        received(talk, step, files.len());
    }
    answer_with(talk, files)
}

fn answer_with(talk: &mut Talk, files: Vec<Attachment>) -> Taken {
    clear(talk);
    let name = talk.frame().map(|frame| form::album(&frame.instance));
    if let Some(name) = name {
        talk.effects.push(Effect::ClearTimer { name });
    }
    Taken::Answer(talk.given(Value::Files(files)))
}

/// Keeps a file for a slot that is asked later. False: it has as many as it takes.
pub(in crate::dialog) fn keep_for(
    talk: &mut Talk,
    slot: &str,
    most: usize,
    file: &Attachment,
) -> bool {
    let mut files = files_for(talk, slot);
    if files.len() >= most {
        return false;
    }
    files.push(file.clone());
    keep_files(talk, slot, &files);
    true
}
