//! A reply in the platform's own JSON: text, buttons, lists, requests, places, cards, files, templates. Pure.
//! <https://developers.facebook.com/docs/whatsapp/cloud-api/reference/messages>

use serde_json::{Value, json};

use super::LIMITS;
use super::who;
use super::wire::{Place, Upload, Wire};
use crate::channel::shape::{Below, Part, shape};
use crate::channel::{Outgoing, Payload, Recipient};
use crate::event::{Attachment, AttachmentKind};
use crate::reply::{Choice, Proactive, Reply, Show, Wants};
use crate::text::graphemes::cut;
use crate::text::lang::Lang;

/// On what opens a list whose words are of an older build.
const OPENER: &str = "☰";

/// Words under a file.
const CAPTION_CHARS_MAX: usize = 1_024;

/// A parameter of a template; the filled body has 1,024.
const PARAMETER_CHARS_MAX: usize = 900;

/// Spaces in a row that a parameter may hold.
const SPACES_MAX: usize = 4;

/// What fills a parameter that has nothing to say: an empty one is refused.
const NOTHING: &str = "-";

/// The payloads of a reply, in order.
pub fn write(reply: &Reply, to: &Recipient, out: &Outgoing) -> Vec<Payload> {
    let (wires, answers) = match (out.window_open, &reply.proactive) {
        (false, Some(proactive)) => (vec![plain(template(proactive, reply.language))], None),
        (false, None) => (vec![Wire::Closed], None),
        (true, _) => freely(reply),
    };
    let last = wires.len().saturating_sub(1);
    let mut payloads = Vec::with_capacity(wires.len());
    for (at, mut wire) in wires.into_iter().enumerate() {
        if let Wire::Message { message, .. } = &mut wire {
            address(message, to);
            message["biz_opaque_callback_data"] = json!(callback(&out.id, at, last));
            if let (0, Some(of)) = (at, &answers) {
                message["context"] = json!({"message_id": of});
            }
        }
        payloads.push(wire.payload());
    }
    payloads
}

/// What comes back with every status: which message of ours it is, and which part of it.
fn callback(id: &str, at: usize, last: usize) -> String {
    match last {
        0 => id.to_owned(),
        _ => format!("{id}.{at}"),
    }
}

/// A phone where we know one, so that later deliveries name it, too; else the user id. Each only in its own
/// place: a user id where the phone belongs is taken with 200 and thrown away.
fn address(message: &mut Value, to: &Recipient) {
    let id = to.address.id.as_str();
    let phone = match who::is_bsuid(id) {
        true => to.also.as_deref(),
        false => Some(id),
    };
    message["messaging_product"] = json!("whatsapp");
    message["recipient_type"] = json!("individual");
    match phone {
        Some(phone) => message["to"] = json!(phone),
        None => message["recipient"] = json!(id),
    }
}

/// As many messages as it takes, and what the first of them answers.
fn freely(reply: &Reply) -> (Vec<Wire>, Option<String>) {
    let shaped = shape(reply, &LIMITS);
    let wires = shaped.parts.iter().filter_map(|part| match part {
        Part::Text { text, below } => Some(plain(said(text, below))),
        Part::Show(show) => shown(show),
    });
    (wires.collect(), shaped.answers)
}

fn plain(message: Value) -> Wire {
    Wire::Message {
        message,
        upload: None,
    }
}

fn said(text: &str, below: &Below) -> Value {
    match below {
        Below::Nothing | Below::Numbered { .. } => words(text),
        Below::Buttons(choices) => interactive("button", text, buttons(choices)),
        Below::List { open, rows } => interactive("list", text, list(open, rows)),
        Below::Link { url, title } => interactive(
            "cta_url",
            text,
            json!({"name": "cta_url", "parameters": {"display_text": title, "url": url}}),
        ),
        Below::Ask { wants, .. } => asking(text, *wants),
    }
}

/// Nothing can be pressed beside such a request: answers stand in the text, and controls can be written.
fn asking(text: &str, wants: Wants) -> Value {
    match wants {
        Wants::Location => {
            let action = json!({"name": "send_location"});
            interactive("location_request_message", text, action)
        }
        Wants::Phone | Wants::Contact => {
            let action = json!({"name": "request_contact_info"});
            interactive("request_contact_info", text, action)
        }
        _ => words(text),
    }
}

fn words(text: &str) -> Value {
    json!({"type": "text", "text": {"body": text, "preview_url": false}})
}

fn interactive(kind: &str, text: &str, action: Value) -> Value {
    json!({
        "type": "interactive",
        "interactive": {"type": kind, "body": {"text": text}, "action": action},
    })
}

fn buttons(choices: &[Choice]) -> Value {
    let buttons: Vec<Value> = choices
        .iter()
        .map(|one| json!({"type": "reply", "reply": {"id": one.data, "title": one.title}}))
        .collect();
    json!({"buttons": buttons})
}

fn list(open: &str, choices: &[Choice]) -> Value {
    let row = |one: &Choice| match &one.note {
        Some(note) => json!({"id": one.data, "title": one.title, "description": note}),
        None => json!({"id": one.data, "title": one.title}),
    };
    let rows: Vec<Value> = choices.iter().map(row).collect();
    let open = if open.is_empty() { OPENER } else { open };
    json!({"button": open, "sections": [{"rows": rows}]})
}

fn shown(show: &Show) -> Option<Wire> {
    match show {
        Show::Place {
            latitude,
            longitude,
            title,
            address,
        } => Some(plain(json!({"type": "location", "location": {
            "latitude": latitude, "longitude": longitude, "name": title, "address": address,
        }}))),
        Show::Card { name, phones } => Some(plain(card(name, phones))),
        Show::File { path, title } => Some(file(path, title)),
        Show::Audio { path } => Some(audio(path)),
        Show::Attachment { file } => Some(attachment(file)),
        // The one is words or a button by now, the other stands in the message's context.
        Show::Link { .. } | Show::Quote { .. } => None,
    }
}

fn card(name: &str, phones: &[String]) -> Value {
    let phones: Vec<Value> = phones
        .iter()
        .map(|phone| json!({"phone": phone, "type": "WORK"}))
        .collect();
    json!({"type": "contacts", "contacts": [{
        "name": {"formatted_name": name, "first_name": name},
        "phones": phones,
    }]})
}

/// Kinds that the platform shows by themselves; any other is a document.
/// <https://developers.facebook.com/docs/whatsapp/cloud-api/reference/media#supported-media-types>
const MEDIA: &[(&str, &str, &str)] = &[
    ("jpg", "image", "image/jpeg"),
    ("jpeg", "image", "image/jpeg"),
    ("png", "image", "image/png"),
    ("mp4", "video", "video/mp4"),
    ("3gp", "video", "video/3gpp"),
    ("aac", "audio", "audio/aac"),
    ("amr", "audio", "audio/amr"),
    ("mp3", "audio", "audio/mpeg"),
    ("m4a", "audio", "audio/mp4"),
    ("ogg", "audio", "audio/ogg"),
    ("opus", "audio", "audio/ogg"),
    ("pdf", "document", "application/pdf"),
    ("txt", "document", "text/plain"),
    ("doc", "document", "application/msword"),
    (
        "docx",
        "document",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    ("xls", "document", "application/vnd.ms-excel"),
    (
        "xlsx",
        "document",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    ("ppt", "document", "application/vnd.ms-powerpoint"),
    (
        "pptx",
        "document",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ),
];

fn media_of(path: &str) -> (&'static str, &'static str) {
    let end = path.rsplit('.').next().unwrap_or_default();
    let known = MEDIA
        .iter()
        .find(|(known, ..)| known.eq_ignore_ascii_case(end));
    known.map_or(("document", "application/pdf"), |(_, kind, mime)| {
        (kind, mime)
    })
}

fn base_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn file(path: &str, title: &str) -> Wire {
    let (kind, mime) = media_of(path);
    let name = base_name(path);
    let place = Place::Folder(path.to_owned());
    let caption = (!title.is_empty()).then_some(title);
    bring(place, kind, mime, name, caption)
}

fn audio(path: &str) -> Wire {
    let (_, mime) = media_of(path);
    let place = Place::Folder(path.to_owned());
    bring(place, "audio", mime, base_name(path), None)
}

fn attachment(file: &Attachment) -> Wire {
    let mime = file.mime.as_str();
    let kind = match file.kind {
        AttachmentKind::Photo if matches!(mime, "image/jpeg" | "image/png") => "image",
        AttachmentKind::Video if matches!(mime, "video/mp4" | "video/3gpp") => "video",
        AttachmentKind::Voice if mime.starts_with("audio/") => "audio",
        _ => "document",
    };
    let end = MEDIA.iter().find(|(_, _, known)| *known == mime);
    let name = match (&file.name, end) {
        (Some(name), _) => name.clone(),
        (None, Some((end, ..))) => format!("file.{end}"),
        (None, None) => "file".to_owned(),
    };
    bring(Place::Object(file.id.clone()), kind, mime, &name, None)
}

/// A message about a file that is still with us; its id is put in when it was brought.
fn bring(place: Place, kind: &str, mime: &str, name: &str, caption: Option<&str>) -> Wire {
    let mut media = json!({});
    if kind == "document" {
        media["filename"] = json!(name);
    }
    if let Some(caption) = caption.filter(|_| kind != "audio") {
        media["caption"] = json!(cut(caption, CAPTION_CHARS_MAX));
    }
    Wire::Message {
        message: json!({"type": kind, kind: media}),
        upload: Some(Upload {
            place,
            mime: mime.to_owned(),
            name: name.to_owned(),
        }),
    }
}

/// A template by its name, its parameters in order.
fn template(proactive: &Proactive, language: Lang) -> Value {
    let parameters: Vec<Value> = proactive
        .parameters
        .iter()
        .map(|one| json!({"type": "text", "text": parameter(one)}))
        .collect();
    let mut template = json!({
        "name": proactive.template,
        "language": {"code": language.code(), "policy": "deterministic"},
    });
    if !parameters.is_empty() {
        template["components"] = json!([{"type": "body", "parameters": parameters}]);
    }
    json!({"type": "template", "template": template})
}

/// One line without wide gaps: the platform refuses others, and an empty one.
fn parameter(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    let mut spaces = 0;
    for c in text.trim().chars() {
        let c = if c.is_whitespace() || c.is_control() {
            ' '
        } else {
            c
        };
        spaces = if c == ' ' { spaces + 1 } else { 0 };
        if spaces <= SPACES_MAX {
            line.push(c);
        }
    }
    match line.trim().is_empty() {
        true => NOTHING.to_owned(),
        false => cut(&line, PARAMETER_CHARS_MAX).to_owned(),
    }
}
