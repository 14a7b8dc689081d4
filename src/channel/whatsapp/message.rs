//! One message of a person's as what happened. Pure. A kind that lacks what it is about is unreadable, so that
//! its sender hears of it, and never lost.

use serde_json::Value;

use super::json::{list, path, text};
use super::media;
use super::who::{self, Who};
use crate::event::{Attachment, AttachmentKind, What};
use crate::reply::DATA_BYTES_MAX;

/// Values of a form's answer that are read: more fields has none of ours.
const FORM_VALUES_MAX: usize = 20;

/// The platform's word for the kind, and what it says.
pub fn read(message: &Value, who: &Who) -> (String, What) {
    let kind = text(message, "type").unwrap_or("unknown");
    let it = path(message, &[kind]);
    let what = match kind {
        "text" => text(it, "body").map(wrote),
        "image" | "sticker" | "video" | "audio" | "voice" | "document" => sent(kind, it),
        "location" => pinned(it),
        "contacts" => shared(list(message, "contacts"), who),
        "interactive" => interactive(it),
        "button" => template_button(it),
        "reaction" => return noted("reaction", text(it, "message_id")),
        "edit" => return edit(message, it),
        "revoke" => return noted("revoke", original(message, it)),
        _ => None,
    };
    let word = match kind {
        "audio" if it.get("voice").and_then(Value::as_bool) == Some(true) => "voice",
        kind => kind,
    };
    let what = what.unwrap_or_else(|| What::Unreadable {
        kind: word.chars().take(40).collect(),
    });
    (word.chars().take(40).collect(), what)
}

fn wrote(body: &str) -> What {
    What::Wrote {
        text: body.to_owned(),
    }
}

fn noted(kind: &str, of: Option<&str>) -> (String, What) {
    let what = What::Noted {
        kind: kind.to_owned(),
        of: of.map(str::to_owned),
    };
    (kind.to_owned(), what)
}

/// A file that still lies with the platform. Stickers carry nothing for a dialog.
fn sent(kind: &str, it: &Value) -> Option<What> {
    let id = text(it, "id")?;
    let kind = match kind {
        "image" => AttachmentKind::Photo,
        "video" => AttachmentKind::Video,
        "audio" | "voice" => AttachmentKind::Voice,
        "document" => AttachmentKind::Document,
        _ => return None,
    };
    Some(What::Sent {
        attachment: Attachment {
            id: String::new(),
            kind,
            mime: text(it, "mime_type").unwrap_or_default().to_owned(),
            // The platform does not say; no byte at all would read as an empty file.
            bytes: 1,
            digest: String::new(),
            name: text(it, "filename").map(str::to_owned),
            seconds: None,
        },
        caption: text(it, "caption").map(str::to_owned),
        fetch: Some(media::reference(id, text(it, "sha256"))),
    })
}

fn pinned(it: &Value) -> Option<What> {
    let degrees = |name: &str| {
        let given = it.get(name)?;
        let number = given
            .as_f64()
            .or_else(|| given.as_str()?.trim().parse().ok())?;
        number.is_finite().then_some(number)
    };
    let (latitude, longitude) = (degrees("latitude")?, degrees("longitude")?);
    let on_earth = latitude.abs() <= 90.0 && longitude.abs() <= 180.0;
    let label: Vec<&str> = ["name", "address"]
        .iter()
        .filter_map(|part| text(it, part))
        .collect();
    on_earth.then(|| What::Pinned {
        latitude,
        longitude,
        label: (!label.is_empty()).then(|| label.join(", ")),
    })
}

/// The first card that has a number, else the first. Their own when the platform says that a number on it is
/// the one that writes.
fn shared(cards: &[Value], who: &Who) -> Option<What> {
    let phones = |card: &Value| -> Vec<String> {
        let phones = list(card, "phones").iter();
        phones
            .filter_map(|phone| text(phone, "phone").or_else(|| text(phone, "wa_id")))
            .map(str::to_owned)
            .collect()
    };
    let card = cards
        .iter()
        .find(|card| !phones(card).is_empty())
        .or_else(|| cards.first())?;
    let own = list(card, "phones")
        .iter()
        .filter_map(|phone| text(phone, "wa_id"))
        .any(|wa_id| who.phone == Some(who::digits(wa_id)));
    Some(What::Shared {
        name: text(path(card, &["name"]), "formatted_name").map(str::to_owned),
        phones: phones(card),
        own,
    })
}

fn interactive(it: &Value) -> Option<What> {
    let kind = text(it, "type")?;
    let reply = path(it, &[kind]);
    match kind {
        "button_reply" | "list_reply" => Some(What::Chose {
            data: text(reply, "id")?.to_owned(),
            title: text(reply, "title").map(str::to_owned),
        }),
        "nfm_reply" => form(reply),
        _ => None,
    }
}

/// A form of the platform's, filled in: its answers as words, without what the platform put beside them.
fn form(reply: &Value) -> Option<What> {
    let given: Value = serde_json::from_str(text(reply, "response_json")?).ok()?;
    let words: Vec<String> = given
        .as_object()?
        .iter()
        .filter(|(name, _)| *name != "flow_token")
        .filter_map(|(_, value)| match value {
            Value::String(text) if !text.trim().is_empty() => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        })
        .take(FORM_VALUES_MAX)
        .collect();
    (!words.is_empty()).then(|| wrote(&words.join("\n")))
}

/// A button of a template: ours say which question they answer; of any other the words count.
fn template_button(it: &Value) -> Option<What> {
    let title = text(it, "text");
    match text(it, "payload").filter(|payload| is_ours(payload)) {
        Some(data) => Some(What::Chose {
            data: data.to_owned(),
            title: title.map(str::to_owned),
        }),
        None => title.or_else(|| text(it, "payload")).map(wrote),
    }
}

/// `instance:step:option`, or a control's `!word` (see [`crate::reply::Choice`]).
fn is_ours(data: &str) -> bool {
    data.len() <= DATA_BYTES_MAX
        && data.bytes().all(|byte| byte.is_ascii_graphic())
        && (data.starts_with('!') || data.matches(':').count() >= 2)
}

/// A message that now reads otherwise; without words it is only noted.
fn edit(message: &Value, it: &Value) -> (String, What) {
    let inner = path(it, &["message"]);
    let inner_kind = text(inner, "type").unwrap_or("text");
    let words = text(path(inner, &[inner_kind]), "body")
        .or_else(|| text(path(inner, &[inner_kind]), "caption"))
        .or_else(|| text(path(it, &["text"]), "body"))
        .or_else(|| text(it, "body"));
    match (original(message, it), words) {
        (Some(of), Some(words)) => (
            "edit".to_owned(),
            What::Edited {
                of: of.to_owned(),
                text: words.to_owned(),
            },
        ),
        (of, _) => noted("edit", of),
    }
}

/// Which message an edit or a revocation is about.
fn original<'a>(message: &'a Value, it: &'a Value) -> Option<&'a str> {
    text(it, "original_message_id")
        .or_else(|| text(it, "message_id"))
        .or_else(|| text(path(message, &["context"]), "id"))
}
