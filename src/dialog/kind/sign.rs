//! `sign`: the applicant's declaration, explained, shown in full, signed by name, voice or picture (P7).

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::question;
use super::{Said, Taken};
use crate::dialog::model::{Sign, SignBy, Step};
use crate::dialog::state::Frame;
use crate::dialog::talk::{Asked, Talk};
use crate::dialog::turn::Declaration;
use crate::dialog::value::{Signature, Value};
use crate::event::{Attachment, AttachmentKind};
use crate::reply::Wants;
use crate::text::name;

/// The words as they stood above the signature, kept in the frame's notes until they are signed.
#[derive(Serialize, Deserialize)]
struct Shown {
    text: String,
    version: String,
}

fn note(step: &str) -> String {
    format!("declaration:{step}")
}

pub(in crate::dialog) fn ask(talk: &mut Talk, step: &Step, sign: &Sign) {
    talk.say(&sign.text);
    let context = talk.context_for(&sign.declaration);
    let text = talk.fill(&sign.declaration, &context);
    talk.say_plain(text.clone());
    let version = digest(&text);
    let shown = serde_json::to_string(&Shown { text, version }).unwrap_or_default();
    if let Some(frame) = talk.frame_mut() {
        frame.notes.insert(note(&step.name), shown);
    }
    put(talk);
}

/// The version of words is their digest, hexadecimal.
pub(in crate::dialog) fn digest(words: &str) -> String {
    Sha256::digest(words.as_bytes())
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

pub(in crate::dialog) fn put(talk: &mut Talk) {
    let controls = question::form_controls(talk);
    talk.put(Asked {
        choices: Vec::new(),
        several: false,
        controls,
        wants: Some(Wants::Signature),
        sensitive: true,
    });
}

pub(in crate::dialog) fn take(talk: &mut Talk, sign: &Sign, said: Said) -> Taken {
    let signature = match said {
        Said::Text(text) => typed(sign, text),
        Said::File(file) => recorded(sign, file),
        Said::Pick(_) => Err("old.unknown"),
        Said::Pin(..) => Err("location.not_here"),
        Said::Card(_) => Err("contact.not_here"),
    };
    match signature {
        Ok(signature) => Taken::Answer(talk.given(Value::Signature(signature))),
        Err(phrase) => Taken::again(phrase),
    }
}

fn typed(sign: &Sign, text: &str) -> Result<Signature, &'static str> {
    if !sign.by.contains(&SignBy::TypedName) {
        return Err("sign.not_here");
    }
    let name = name::read(text).map_err(|_| "sign.too_short")?;
    Ok(Signature::TypedName(name.as_typed))
}

fn recorded(sign: &Sign, file: &Attachment) -> Result<Signature, &'static str> {
    if file.bytes == 0 {
        return Err("file.empty");
    }
    match file.kind {
        AttachmentKind::Voice if sign.by.contains(&SignBy::Voice) => {
            Ok(Signature::Voice(file.clone()))
        }
        AttachmentKind::Photo | AttachmentKind::Document if sign.by.contains(&SignBy::Scan) => {
            Ok(Signature::Scan(file.clone()))
        }
        AttachmentKind::Voice
        | AttachmentKind::Photo
        | AttachmentKind::Document
        | AttachmentKind::Video => Err("sign.not_here"),
    }
}

/// The signed declaration of a frame, if this step was signed.
pub(in crate::dialog) fn declaration(
    frame: &Frame,
    step: &Step,
    sign: &Sign,
) -> Option<Declaration> {
    let given = frame.answers.get(&step.name)?;
    let Value::Signature(signature) = &given.value else {
        return None;
    };
    let shown: Shown = serde_json::from_str(frame.notes.get(&note(&step.name))?).ok()?;
    Some(Declaration {
        text: shown.text,
        version: shown.version,
        capacity: capacity(frame, sign),
        signature: signature.clone(),
        at: given.at,
        channel: given.channel.clone(),
        message_id: given.message_id.clone(),
    })
}

/// As whom they sign: the option of the field that says so, else for themself.
fn capacity(frame: &Frame, sign: &Sign) -> String {
    let given = sign
        .capacity
        .as_ref()
        .and_then(|field| frame.answers.get(field));
    match given.map(|given| &given.value) {
        Some(Value::Option(name)) => name.clone(),
        _ => "self".to_owned(),
    }
}
