//! Telegram's updates become events. Pure: the clock and the chance come along, nothing is fetched and
//! nothing is sent from here.

use serde::de::IgnoredAny;
use serde_json::{Value, json};

use super::update::{Chat, Contact, File, Message, MyChatMember, Press, Update, User, Venue};
use super::words::Words;
use super::{NAME, call};
use crate::channel::{Payload, Took};
use crate::event::{
    Address, Attachment, AttachmentKind, Brought, Event, EventKey, Known, Millis, Moved, Origin,
    Reach, Seed, Source, Strange, What,
};
use crate::text::lang::Lang;

/// Levels of lists and objects in a body, as for every channel.
pub const DEPTH_MAX: usize = 128;

/// What a press puts before the title of the button that it chose.
pub const MARK: &str = "✅ ";

/// Kinds of messages that a private chat brings without anybody saying anything to us.
const SERVICE: &[&str] = &[
    "pinned_message",
    "message_auto_delete_timer_changed",
    "write_access_allowed",
    "chat_background_set",
    "connected_website",
    "forum_topic_created",
    "forum_topic_edited",
    "forum_topic_closed",
    "forum_topic_reopened",
    "boost_added",
    "proximity_alert_triggered",
    "new_chat_title",
    "new_chat_photo",
    "delete_chat_photo",
    "video_chat_started",
    "video_chat_ended",
    "passport_data",
];

/// What every message has beside its kind.
const ENVELOPE: &[&str] = &[
    "message_id",
    "message_thread_id",
    "direct_messages_topic",
    "from",
    "sender_chat",
    "sender_boost_count",
    "sender_business_bot",
    "date",
    "edit_date",
    "business_connection_id",
    "chat",
    "forward_origin",
    "forward_from",
    "forward_from_chat",
    "forward_date",
    "is_topic_message",
    "is_automatic_forward",
    "is_paid_post",
    "reply_to_message",
    "reply_to_story",
    "reply_to_checklist_task_id",
    "external_reply",
    "quote",
    "via_bot",
    "has_protected_content",
    "has_media_spoiler",
    "show_caption_above_media",
    "is_from_offline",
    "media_group_id",
    "author_signature",
    "link_preview_options",
    "effect_id",
    "entities",
    "caption",
    "caption_entities",
    "reply_markup",
];

/// What reading needs beside the bytes.
#[derive(Clone, Copy)]
pub struct Reading<'a> {
    pub account: &'a str,
    pub words: &'a Words,
    pub now: Millis,
    pub seed: Seed,
}

/// No JSON, or nested too deep.
#[derive(Debug, PartialEq, Eq)]
pub struct Nonsense;

/// One update as the webhook brings it. JSON of any other shape brings nothing.
///
/// # Errors
/// When it is no JSON, or nested deeper than [`DEPTH_MAX`].
pub fn body(reading: &Reading<'_>, body: &[u8]) -> Result<Took, Nonsense> {
    let text = std::str::from_utf8(body).map_err(|_| Nonsense)?;
    if depth(text) > DEPTH_MAX {
        return Err(Nonsense);
    }
    match serde_json::from_str::<Update>(text) {
        Ok(update) => Ok(took(reading, update, text)),
        Err(_) if serde_json::from_str::<IgnoredAny>(text).is_err() => Err(Nonsense),
        Err(_) => Ok(misshapen(reading, text)),
    }
}

/// How deep lists and objects lie in each other, by their brackets outside of texts.
fn depth(text: &str) -> usize {
    let (mut at, mut most, mut quoted, mut escaped) = (0_usize, 0, false, false);
    for byte in text.bytes() {
        match (quoted, byte) {
            (true, _) if escaped => escaped = false,
            (true, b'\\') => escaped = true,
            (_, b'"') => quoted = !quoted,
            (false, b'[' | b'{') => {
                at += 1;
                most = most.max(at);
            }
            (false, b']' | b'}') => at = at.saturating_sub(1),
            _ => {}
        }
    }
    most
}

/// The number of an update whatever else is wrong with it.
pub fn update_id(text: &str) -> Option<i64> {
    #[derive(serde::Deserialize)]
    struct Numbered {
        update_id: i64,
    }
    let numbered: Result<Numbered, _> = serde_json::from_str(text);
    numbered.ok().map(|numbered| numbered.update_id)
}

/// An update whose shape is not Telegram's of today. Whoever wrote it still gets an answer, when it can be
/// seen who that is.
fn misshapen(reading: &Reading<'_>, text: &str) -> Took {
    let Ok(update) = serde_json::from_str::<Value>(text) else {
        return strange(reading, "too deep", &Value::Null, text);
    };
    let kept = strange(reading, "misshapen", &update, text);
    let message = &update["message"];
    let whole = (
        update["update_id"].as_i64(),
        message["chat"]["id"].as_i64(),
        message["message_id"].as_i64(),
    );
    let (Some(id), Some(chat), Some(message_id)) = whole else {
        return kept;
    };
    if message["chat"]["type"] != "private" || message["from"]["is_bot"] == true {
        return passed("not_a_person");
    }
    let kind = kind_of(message);
    let what = What::Unreadable { kind: kind.clone() };
    let mut event = event(reading, id, chat, what, &kind);
    event.message_id = Some(message_id.to_string());
    event.sent_at = message["date"].as_i64().and_then(millis);
    let mut took = said(event);
    took.brought.extend(kept.brought);
    took
}

/// Passed by, and kept for whoever teaches us to read it.
fn strange(reading: &Reading<'_>, kind: &str, update: &Value, text: &str) -> Took {
    let mut strange = Strange::new(NAME, kind, text.to_owned(), reading.now);
    let mut parts = update.as_object().into_iter().flatten();
    let from = parts.find_map(|(_, part)| part["from"]["id"].as_i64());
    strange.from = from.map(|id| address(reading, id));
    Took {
        brought: vec![Brought::Strange(strange)],
        ..passed("strange")
    }
}

/// Kinds of updates that we know and never asked for.
const OTHER_UPDATES: &[&str] = &[
    "business_connection",
    "business_message",
    "channel_post",
    "chat_boost",
    "chat_join_request",
    "chat_member",
    "chosen_inline_result",
    "deleted_business_messages",
    "edited_business_message",
    "edited_channel_post",
    "inline_query",
    "message_reaction",
    "message_reaction_count",
    "poll",
    "poll_answer",
    "pre_checkout_query",
    "purchased_paid_media",
    "removed_chat_boost",
    "shipping_query",
];

/// Kinds of messages whose senders are told that they cannot be read, and of which nothing more is to be known.
const OTHER_KINDS: &[&str] = &[
    "sticker",
    "dice",
    "game",
    "poll",
    "story",
    "checklist",
    "invoice",
    "successful_payment",
    "refunded_payment",
    "paid_media",
    "giveaway",
    "gift",
    "unique_gift",
    "users_shared",
    "chat_shared",
    "web_app_data",
];

fn took(reading: &Reading<'_>, update: Update, text: &str) -> Took {
    let id = update.update_id;
    if let Some(message) = update.message {
        return written(reading, id, message, text);
    }
    if let Some(message) = update.edited_message {
        return edited(reading, id, message);
    }
    if let Some(press) = update.callback_query {
        return pressed(reading, id, press);
    }
    if let Some(member) = update.my_chat_member {
        return reach(reading, member);
    }
    let update: Value = serde_json::from_str(text).unwrap_or_default();
    let mut kinds = update.as_object().into_iter().flatten();
    let kind = kinds.find(|(name, _)| *name != "update_id");
    let kind = kind.map_or("nothing", |(name, _)| name.as_str());
    match OTHER_UPDATES.contains(&kind) {
        true => passed("other_kind"),
        false => strange(reading, &format!("update {kind}"), &update, text),
    }
}

/// Knowingly nothing: counted by the reason, never logged with its content.
fn passed(why: &'static str) -> Took {
    metrics::counter!("wasl_telegram_passed_total", "why" => why).increment(1);
    Took::default()
}

fn written(reading: &Reading<'_>, id: i64, message: Message, text: &str) -> Took {
    if let Some(to) = message.migrate_to_chat_id {
        return moved(reading, message.chat.id, to);
    }
    if !is_person(&message.chat, message.from.as_ref()) {
        return passed("not_a_person");
    }
    let (chat, message_id, date) = (message.chat.id, message.message_id, message.date);
    let Some((what, kind)) = what(reading, message, text) else {
        return passed("service_message");
    };
    let unread = match &what {
        What::Unreadable { kind } if !OTHER_KINDS.contains(&kind.as_str()) => Some(kind.clone()),
        _ => None,
    };
    let mut event = event(reading, id, chat, what, &kind);
    event.message_id = Some(message_id.to_string());
    event.sent_at = millis(date);
    let mut took = Took {
        patience: vec![typing(chat)],
        ..said(event)
    };
    if let Some(kind) = unread {
        let update = serde_json::from_str(text).unwrap_or_default();
        let kept = strange(reading, &format!("message {kind}"), &update, text);
        took.brought.extend(kept.brought);
    }
    took
}

fn is_person(chat: &Chat, from: Option<&User>) -> bool {
    chat.is_private() && !from.is_some_and(|user| user.is_bot)
}

/// What a message says, and the platform's word for its kind. None: nobody said anything.
fn what(reading: &Reading<'_>, message: Message, raw: &str) -> Option<(What, String)> {
    if let Some(text) = message.text {
        return Some(of_text(reading, text, message.from.as_ref()));
    }
    let Message {
        caption,
        photo,
        document,
        voice,
        audio,
        video,
        video_note,
        animation,
        contact,
        venue,
        location,
        from,
        ..
    } = message;
    let photo = photo.and_then(largest);
    // An animation comes with a `document` of the same file, for clients that know no animations.
    let files = [
        (photo, "photo", AttachmentKind::Photo, "image/jpeg"),
        (animation, "animation", AttachmentKind::Video, "video/mp4"),
        (
            document,
            "document",
            AttachmentKind::Document,
            "application/octet-stream",
        ),
        (voice, "voice", AttachmentKind::Voice, "audio/ogg"),
        (audio, "audio", AttachmentKind::Voice, "audio/mpeg"),
        (video, "video", AttachmentKind::Video, "video/mp4"),
        (video_note, "video_note", AttachmentKind::Video, "video/mp4"),
    ];
    for (file, word, kind, mime) in files {
        if let Some(file) = file {
            return Some((
                sent(reading.seed, file, kind, mime, caption),
                word.to_owned(),
            ));
        }
    }
    if let Some(contact) = contact {
        return Some((shared(contact, from.as_ref()), "contact".to_owned()));
    }
    // A venue has its place in `location` too.
    if let Some(venue) = venue {
        return Some((pinned_venue(venue), "venue".to_owned()));
    }
    if let Some(location) = location {
        let what = What::Pinned {
            latitude: location.latitude,
            longitude: location.longitude,
            label: None,
        };
        return Some((what, "location".to_owned()));
    }
    let update: Value = serde_json::from_str(raw).unwrap_or_default();
    let kind = kind_of(&update["message"]);
    (!SERVICE.contains(&kind.as_str())).then(|| (What::Unreadable { kind: kind.clone() }, kind))
}

/// The first field of a message that is no part of its envelope.
fn kind_of(message: &Value) -> String {
    let fields = message.as_object().into_iter().flatten();
    let mut kinds = fields
        .map(|(name, _)| name.as_str())
        .filter(|name| !ENVELOPE.contains(name));
    let kind = kinds.next().unwrap_or("unknown");
    kind.chars().take(KIND_LETTERS_MAX).collect()
}

/// Names of Telegram's kinds are shorter; what comes may be anything.
const KIND_LETTERS_MAX: usize = 40;

fn of_text(reading: &Reading<'_>, text: String, from: Option<&User>) -> (What, String) {
    let Some((command, rest)) = command(&text) else {
        return (What::Wrote { text }, "text".to_owned());
    };
    let what = match command {
        "start" => What::Opened {
            payload: payload(rest),
            language: from.and_then(language),
        },
        name if reading.words.is_command(name) => What::Chose {
            data: format!("!{name}"),
            title: Some(format!("/{name}")),
        },
        _ => What::Wrote { text },
    };
    (what, "text".to_owned())
}

/// `/name@bot rest`: the name and the rest.
fn command(text: &str) -> Option<(&str, &str)> {
    let (first, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    let name = first.strip_prefix('/')?;
    let name = name.split_once('@').map_or(name, |(name, _)| name);
    Some((name, rest.trim()))
}

/// 1 to 64 of `A-Za-z0-9_-`: anything else was typed, and no link of ours.
fn payload(rest: &str) -> Option<String> {
    let fits = (1..=64).contains(&rest.len())
        && rest
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-');
    fits.then(|| rest.to_owned())
}

fn language(user: &User) -> Option<Lang> {
    let tag = user.language_code.as_deref()?;
    match tag.split('-').next()? {
        "ar" => Some(Lang::Ar),
        "en" => Some(Lang::En),
        _ => None,
    }
}

fn largest(sizes: Vec<File>) -> Option<File> {
    sizes.into_iter().max_by_key(|size| {
        (
            size.width.saturating_mul(size.height),
            size.file_size.unwrap_or(0),
        )
    })
}

fn sent(seed: Seed, file: File, kind: AttachmentKind, mime: &str, caption: Option<String>) -> What {
    What::Sent {
        attachment: Attachment {
            id: seed.id("attachment"),
            kind,
            mime: file.mime_type.unwrap_or_else(|| mime.to_owned()),
            // Telegram may leave the size out, and no byte at all would read as an empty file.
            bytes: file.file_size.unwrap_or(1),
            digest: String::new(),
            name: file.file_name,
            seconds: file.duration,
        },
        caption,
        fetch: Some(file.file_id),
    }
}

/// Only the sender's own card proves a number; Telegram writes such a number in full, at times without `+`.
fn shared(contact: Contact, from: Option<&User>) -> What {
    let own = contact.user_id.is_some() && contact.user_id == from.map(|user| user.id);
    let bare = contact
        .phone_number
        .bytes()
        .all(|byte| byte.is_ascii_digit());
    let phone = match own && bare && !contact.phone_number.starts_with('0') {
        true => format!("+{}", contact.phone_number),
        false => contact.phone_number,
    };
    let names: Vec<String> = [contact.first_name, contact.last_name]
        .into_iter()
        .flatten()
        .filter(|name| !name.is_empty())
        .collect();
    What::Shared {
        name: (!names.is_empty()).then(|| names.join(" ")),
        phones: vec![phone],
        own,
    }
}

fn pinned_venue(venue: Venue) -> What {
    let words: Vec<String> = [venue.title, venue.address]
        .into_iter()
        .filter(|word| !word.is_empty())
        .collect();
    What::Pinned {
        latitude: venue.location.latitude,
        longitude: venue.location.longitude,
        label: (!words.is_empty()).then(|| words.join("، ")),
    }
}

/// Words that now read otherwise. A live place that moves on, or a change without words, says nothing new.
fn edited(reading: &Reading<'_>, id: i64, message: Message) -> Took {
    if !is_person(&message.chat, message.from.as_ref()) {
        return passed("not_a_person");
    }
    let Some(text) = message.text.or(message.caption) else {
        return passed("edited_without_words");
    };
    let what = What::Edited {
        of: message.message_id.to_string(),
        text,
    };
    let mut event = event(reading, id, message.chat.id, what, "edited_message");
    event.message_id = Some(message.message_id.to_string());
    event.sent_at = millis(message.edit_date.unwrap_or(message.date));
    said(event)
}

/// A press is always answered, or the person's app goes on turning its wheel; then the keyboard is marked.
fn pressed(reading: &Reading<'_>, id: i64, press: Press) -> Took {
    let answered = call::payload(
        "answerCallbackQuery",
        json!({"callback_query_id": press.id}),
    );
    let in_group = press
        .message
        .as_ref()
        .is_some_and(|message| !message.chat.is_private());
    let Some(data) = press.data.filter(|_| !in_group && !press.from.is_bot) else {
        return Took {
            courtesies: vec![answered],
            ..passed("not_a_person")
        };
    };
    let markup = press
        .message
        .as_ref()
        .and_then(|message| message.reply_markup.as_ref());
    let title = markup.and_then(|markup| title_of(&markup.inline_keyboard, &data));
    let mut courtesies = vec![answered];
    courtesies.extend(press.message.and_then(|message| {
        let keyboard = message.reply_markup?.inline_keyboard;
        let marked = mark(keyboard, &data)?;
        Some(marking(message.chat.id, message.message_id, &marked))
    }));
    let what = What::Chose { data, title };
    let mut event = event(reading, id, press.from.id, what, "callback_query");
    event.message_id = Some(press.id);
    Took {
        courtesies,
        patience: vec![typing(press.from.id)],
        ..said(event)
    }
}

type Keyboard = Vec<Vec<serde_json::Map<String, Value>>>;

fn title_of(keyboard: &Keyboard, data: &str) -> Option<String> {
    let mut buttons = keyboard.iter().flatten();
    let button =
        buttons.find(|button| button.get("callback_data").is_some_and(|its| its == data))?;
    let title = button.get("text")?.as_str()?;
    Some(title.strip_prefix(MARK).unwrap_or(title).to_owned())
}

/// The keyboard with this button marked and no other; None where nothing changes. All stay: pressing
/// another one later corrects the answer. What only leads away, such as "back", is no choice to mark.
fn mark(mut keyboard: Keyboard, data: &str) -> Option<Keyboard> {
    if data.starts_with('!') {
        return None;
    }
    let (mut changed, mut found) = (false, false);
    for button in keyboard.iter_mut().flatten() {
        let is_it = button.get("callback_data").is_some_and(|its| its == data);
        let Some(Value::String(title)) = button.get_mut("text") else {
            continue;
        };
        let plain = title.strip_prefix(MARK).unwrap_or(title);
        let now = match is_it {
            true => format!("{MARK}{plain}"),
            false => plain.to_owned(),
        };
        found |= is_it;
        changed |= *title != now;
        *title = now;
    }
    (found && changed).then_some(keyboard)
}

fn marking(chat: i64, message_id: i64, keyboard: &Keyboard) -> Payload {
    call::payload(
        "editMessageReplyMarkup",
        json!({
            "chat_id": chat,
            "message_id": message_id,
            "reply_markup": {"inline_keyboard": keyboard},
        }),
    )
}

fn typing(chat: i64) -> Payload {
    call::payload(
        "sendChatAction",
        json!({"chat_id": chat, "action": "typing"}),
    )
}

/// In a private chat this comes exactly when the bot is blocked and unblocked.
fn reach(reading: &Reading<'_>, member: MyChatMember) -> Took {
    if !member.chat.is_private() {
        return passed("not_a_person");
    }
    let barred = match member.new_chat_member.status.as_str() {
        "kicked" => Some("the person blocked the bot".to_owned()),
        "member" => None,
        _ => return passed("other_kind"),
    };
    Took {
        brought: vec![Brought::Reach(Reach {
            address: address(reading, member.chat.id),
            barred,
            opted_out: false,
            at: millis(member.date).unwrap_or(reading.now),
        })],
        ..Took::default()
    }
}

fn moved(reading: &Reading<'_>, from: i64, to: i64) -> Took {
    Took {
        brought: vec![Brought::Moved(Moved {
            from: address(reading, from),
            to: address(reading, to),
            at: reading.now,
        })],
        ..Took::default()
    }
}

fn address(reading: &Reading<'_>, chat: i64) -> Address {
    Address {
        channel: NAME.to_owned(),
        account: reading.account.to_owned(),
        id: chat.to_string(),
    }
}

fn event(reading: &Reading<'_>, id: i64, chat: i64, what: What, kind: &str) -> Event {
    Event {
        key: EventKey {
            channel: NAME.to_owned(),
            account: reading.account.to_owned(),
            key: id.to_string(),
        },
        received_at: reading.now,
        sent_at: None,
        seed: reading.seed,
        note: None,
        from: Origin::Address(address(reading, chat)),
        also: None,
        what,
        message_id: None,
        kind: kind.to_owned(),
        source: Source::Own,
        ranked: None,
        known: Known::default(),
    }
}

fn said(event: Event) -> Took {
    Took {
        brought: vec![Brought::Said(Box::new(event))],
        ..Took::default()
    }
}

/// Telegram's seconds; none where it says none.
fn millis(seconds: i64) -> Option<Millis> {
    (seconds > 0).then(|| seconds.saturating_mul(1_000))
}
