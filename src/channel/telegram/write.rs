//! A reply becomes calls of Telegram's. Pure: it is shaped by the limits, then each part is put into the
//! form that Telegram has for it.

use serde_json::{Value, json};

use super::words::Words;
use super::{CAPTION_MAX, LIMITS, PHOTO_BYTES_MAX, VCARD_BYTES_MAX, call, html};
use crate::channel::shape::{Below, Part, shape};
use crate::channel::{Payload, Recipient};
use crate::event::{Attachment, AttachmentKind};
use crate::reply::{Choice, Reply, Show, Wants};
use crate::text::lang::Lang;

/// Letters of two titles that still stand beside each other on a small phone: half its width shows some
/// fourteen.
const HALF_ROW_LETTERS: usize = 14;

/// What every payload of one reply shares.
struct Letter<'a> {
    words: &'a Words,
    chat: &'a str,
    language: Lang,
    sensitive: bool,
    /// The message that the next words answer.
    answers: Option<i64>,
}

/// The calls of one reply, in order.
pub fn payloads(words: &Words, reply: &Reply, to: &Recipient) -> Vec<Payload> {
    let mut letter = Letter {
        words,
        chat: &to.address.id,
        language: reply.language,
        sensitive: reply.sensitive,
        answers: None,
    };
    let shaped = shape(reply, &LIMITS);
    letter.answers = shaped.answers.and_then(|of| of.parse().ok());
    let parts = shaped.parts.iter();
    parts.map(|part| written(&mut letter, part)).collect()
}

fn written(letter: &mut Letter<'_>, part: &Part) -> Payload {
    match part {
        Part::Text { text, below } => words_of(letter, text, below),
        Part::Show(Show::Place {
            latitude,
            longitude,
            title,
            address,
        }) => place(letter, (*latitude, *longitude), title, address),
        Part::Show(Show::Card { name, phones }) => card(letter, name, phones),
        Part::Show(Show::File { path, title }) => file(letter, path, title),
        Part::Show(Show::Audio { path }) => audio(letter, path),
        Part::Show(Show::Attachment { file }) => attachment(letter, file),
        // Shaped into words and buttons already.
        Part::Show(Show::Link { url, title }) => link(letter, title, (url, title)),
        Part::Show(Show::Quote { text, .. }) => words_of(letter, text, &Below::Nothing),
    }
}

/// A message of ours: whom it goes to, whether it may be handed on, what it answers.
fn message(letter: &mut Letter<'_>, mut params: Value) -> Value {
    params["chat_id"] = json!(letter.chat);
    if letter.sensitive {
        params["protect_content"] = json!(true);
    }
    if let Some(of) = letter.answers.take() {
        params["reply_parameters"] = json!({"message_id": of, "allow_sending_without_reply": true});
    }
    params
}

fn words_of(letter: &mut Letter<'_>, text: &str, below: &Below) -> Payload {
    if let Below::Link { url, title } = below {
        return link(letter, text, (url, title));
    }
    let text = html::escape(&html::directed(text, letter.language));
    let params = json!({
        "text": text,
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": true},
        "reply_markup": markup(letter, below),
    });
    call::payload("sendMessage", message(letter, params))
}

/// What stands below a text. Words alone also take away a keyboard that asked for a number or a place.
fn markup(letter: &Letter<'_>, below: &Below) -> Value {
    match below {
        Below::Nothing | Below::Numbered { .. } | Below::Link { .. } => {
            json!({"remove_keyboard": true})
        }
        Below::Buttons(choices) | Below::List { rows: choices, .. } => json!({
            "inline_keyboard": rows(choices, letter.language, |choice| {
                json!({"text": choice.title, "callback_data": choice.data})
            }),
        }),
        Below::Ask { wants, beside } => ask(letter, *wants, beside),
    }
}

/// Rows of one or two: two where both titles are short. In an Arabic row the first stands on the right.
fn rows(choices: &[Choice], language: Lang, button: impl Fn(&Choice) -> Value) -> Vec<Vec<Value>> {
    let is_short = |choice: &Choice| choice.title.chars().count() <= HALF_ROW_LETTERS;
    let mut rows = Vec::new();
    let mut left = choices;
    while let [first, rest @ ..] = left {
        left = rest;
        let mut row = vec![button(first)];
        // A control does not stand beside an answer.
        if let [second, rest @ ..] = rest
            && is_short(first)
            && is_short(second)
            && is_control(first) == is_control(second)
        {
            row.push(button(second));
            left = rest;
        }
        if language == Lang::Ar {
            row.reverse();
        }
        rows.push(row);
    }
    rows
}

fn is_control(choice: &Choice) -> bool {
    choice.data.starts_with('!')
}

/// A keyboard in place of the letters: the first button shares, the others write their titles.
fn ask(letter: &Letter<'_>, wants: Wants, beside: &[Choice]) -> Value {
    let words = letter.words;
    let (title, shares, hint) = match wants {
        Wants::Location => (&words.share_place, "request_location", &words.place_hint),
        Wants::Phone => (&words.share_number, "request_contact", &words.number_hint),
        Wants::Contact => (&words.share_number, "request_contact", &words.contact_hint),
        Wants::Text
        | Wants::LongText
        | Wants::Number
        | Wants::Email
        | Wants::Date
        | Wants::File
        | Wants::Signature => return json!({"remove_keyboard": true}),
    };
    let mut keyboard = vec![vec![
        json!({"text": title.of(letter.language), shares: true}),
    ]];
    keyboard.extend(rows(
        beside,
        letter.language,
        |choice| json!({"text": choice.title}),
    ));
    json!({
        "keyboard": keyboard,
        "resize_keyboard": true,
        "one_time_keyboard": true,
        "input_field_placeholder": hint.of(letter.language),
    })
}

/// A venue without an address is refused: its name stands in the words before it, and the pin alone follows.
fn place(letter: &mut Letter<'_>, at: (f64, f64), title: &str, address: &str) -> Payload {
    if title.trim().is_empty() || address.trim().is_empty() {
        let pin = json!({"latitude": at.0, "longitude": at.1});
        return call::payload("sendLocation", message(letter, pin));
    }
    let params = json!({
        "latitude": at.0,
        "longitude": at.1,
        "title": title,
        "address": address,
    });
    call::payload("sendVenue", message(letter, params))
}

/// Telegram's own card holds one number; the others are in its vCard.
fn card(letter: &mut Letter<'_>, name: &str, phones: &[String]) -> Payload {
    let Some(first) = phones.first() else {
        return words_of(letter, name, &Below::Nothing);
    };
    let mut params = json!({"phone_number": first, "first_name": name});
    if let Some(vcard) = vcard(name, phones) {
        params["vcard"] = json!(vcard);
    }
    call::payload("sendContact", message(letter, params))
}

/// RFC 6350 in its older form, which phones read; as many numbers as fit. None where not even the name does.
fn vcard(name: &str, phones: &[String]) -> Option<String> {
    const END: &str = "END:VCARD";
    let name = escaped(name);
    let mut card = format!("BEGIN:VCARD\r\nVERSION:3.0\r\nN:;{name};;;\r\nFN:{name}\r\n");
    for phone in phones {
        let line = format!("TEL;TYPE=VOICE:{}\r\n", escaped(phone));
        if card.len() + line.len() + END.len() > VCARD_BYTES_MAX {
            break;
        }
        card.push_str(&line);
    }
    card.push_str(END);
    (card.len() <= VCARD_BYTES_MAX).then_some(card)
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            ',' | ';' | '\\' => escaped.extend(['\\', c]),
            '\n' => escaped.push_str("\\n"),
            '\r' => {}
            _ => escaped.push(c),
        }
    }
    escaped
}

fn file(letter: &mut Letter<'_>, path: &str, title: &str) -> Payload {
    let (method, field) = match extension(path).as_str() {
        "jpg" | "jpeg" | "png" | "webp" => ("sendPhoto", "photo"),
        _ => ("sendDocument", "document"),
    };
    let caption: String = title.chars().take(CAPTION_MAX).collect();
    let caption = html::escape(&html::directed(&caption, letter.language));
    let params = json!({"caption": caption, "parse_mode": "HTML"});
    call::with_file(method, message(letter, params), field, path)
}

/// Recordings in the forms that Telegram plays as a voice message; others as what they are.
fn audio(letter: &mut Letter<'_>, path: &str) -> Payload {
    let (method, field) = match extension(path).as_str() {
        "ogg" | "oga" | "opus" | "mp3" | "m4a" => ("sendVoice", "voice"),
        _ => ("sendDocument", "document"),
    };
    call::with_file(method, message(letter, json!({})), field, path)
}

fn extension(path: &str) -> String {
    let (_, extension) = path.rsplit_once('.').unwrap_or_default();
    extension.to_ascii_lowercase()
}

/// Words with one link: a button below them, or in them where Telegram would refuse a button to it.
fn link(letter: &mut Letter<'_>, text: &str, (url, title): (&str, &str)) -> Payload {
    let words = html::escape(&html::directed(text, letter.language));
    let mut params = json!({
        "text": words,
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": true},
    });
    if url.starts_with("https://") {
        params["reply_markup"] = json!({"inline_keyboard": [[{"text": title, "url": url}]]});
    } else {
        let title = html::escape(title);
        let address = html::escape(&crate::text::bidi::ltr(url));
        params["text"] = json!(format!("{words}\n\n{title}\n{address}"));
    }
    call::payload("sendMessage", message(letter, params))
}

/// A file that staff send. A picture that Telegram does not take as a photo goes as a document.
fn attachment(letter: &mut Letter<'_>, file: &Attachment) -> Payload {
    let is_picture = matches!(file.mime.as_str(), "image/jpeg" | "image/png");
    let (method, field) = match file.kind {
        AttachmentKind::Photo if is_picture && file.bytes <= PHOTO_BYTES_MAX => {
            ("sendPhoto", "photo")
        }
        AttachmentKind::Voice => ("sendVoice", "voice"),
        AttachmentKind::Video => ("sendVideo", "video"),
        AttachmentKind::Photo | AttachmentKind::Document => ("sendDocument", "document"),
    };
    let params = message(letter, json!({}));
    call::with_attachment(method, params, field, file)
}
