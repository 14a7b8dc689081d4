//! `attach`: files for one slot. An album comes as several messages: they are gathered for a moment, then
//! answered once.

use super::question;
use super::{Enter, Said, Taken};
use crate::dialog::answer;
use crate::dialog::form;
use crate::dialog::model::{Attach, Step};
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

/// The frame's note of the files that came so far, as JSON.
const FILES_NOTE: &str = "files";
/// The frame's note that an album is being gathered.
pub(in crate::dialog) const ALBUM_NOTE: &str = "album";
/// The frame's note that more files came than the slot takes.
const ENOUGH_NOTE: &str = "enough";

/// The note of files that came before their slot was asked.
fn kept_note(slot: &str) -> String {
    format!("kept:{slot}")
}

pub(in crate::dialog) fn enter(talk: &mut Talk, step: &Step, attach: &Attach) -> Enter {
    clear(talk);
    let note = talk
        .frame_mut()
        .and_then(|frame| frame.notes.remove(&kept_note(&step.name)));
    let mut files: Vec<Attachment> = note
        .and_then(|note| serde_json::from_str(&note).ok())
        .unwrap_or_default();
    files.truncate(attach.most.max(1) as usize);
    if files.is_empty() {
        ask(talk, step, attach);
        return Enter::Waits;
    }
    received(talk, step, files.len());
    let mut given = talk.given(Value::Files(files));
    given.flags.push(Flag::Late);
    answer::store(talk, &step.name, given);
    Enter::On(None)
}

fn clear(talk: &mut Talk) {
    if let Some(frame) = talk.frame_mut() {
        for note in [FILES_NOTE, ALBUM_NOTE, ENOUGH_NOTE] {
            frame.notes.remove(note);
        }
    }
}

pub(in crate::dialog) fn ask(talk: &mut Talk, step: &Step, attach: &Attach) {
    talk.say(&attach.question.text);
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
            None => gather(talk, attach, file),
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

fn gathered(talk: &Talk) -> Vec<Attachment> {
    let note = talk.frame().and_then(|frame| frame.notes.get(FILES_NOTE));
    note.and_then(|note| serde_json::from_str(note).ok())
        .unwrap_or_default()
}

/// Puts the file to the others; the answer comes when no more follow.
fn gather(talk: &mut Talk, attach: &Attach, file: &Attachment) -> Taken {
    let mut files = gathered(talk);
    let enough = files.len() >= attach.most.max(1) as usize;
    if !enough {
        files.push(file.clone());
    }
    let json = serde_json::to_string(&files).unwrap_or_default();
    let due = talk.now() + ALBUM_MILLIS;
    let Some(frame) = talk.frame_mut() else {
        return Taken::Told;
    };
    frame.notes.insert(FILES_NOTE.to_owned(), json);
    frame.notes.insert(ALBUM_NOTE.to_owned(), String::new());
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
    if files.len() >= attach.most.max(1) as usize {
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

fn done(talk: &mut Talk, step: &Step) -> Taken {
    let files = gathered(talk);
    if files.is_empty() {
        return Taken::again("file.wanted");
    }
    if talk
        .frame()
        .is_some_and(|frame| frame.notes.contains_key(ALBUM_NOTE))
    {
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

/// Keeps a file for a slot that is asked later.
pub(in crate::dialog) fn keep_for(talk: &mut Talk, slot: &str, file: &Attachment) {
    let Some(frame) = talk.frame_mut() else {
        return;
    };
    let note = frame.notes.entry(kept_note(slot)).or_default();
    let mut files: Vec<Attachment> = serde_json::from_str(note).unwrap_or_default();
    files.push(file.clone());
    *note = serde_json::to_string(&files).unwrap_or_default();
}
