//! Telegram's updates, as far as we read them. What we do not read is not named, so that a new shape of it
//! costs nobody their message.

use serde::Deserialize;
use serde_json::{Map, Value};

/// One update; of its kinds exactly one is there.
#[derive(Debug, Deserialize)]
pub struct Update {
    pub update_id: i64,
    pub message: Option<Message>,
    pub edited_message: Option<Message>,
    pub callback_query: Option<Press>,
    pub my_chat_member: Option<MyChatMember>,
}

#[derive(Debug, Deserialize)]
pub struct Message {
    pub message_id: i64,
    /// Seconds since the epoch.
    #[serde(default)]
    pub date: i64,
    pub edit_date: Option<i64>,
    pub chat: Chat,
    pub from: Option<User>,
    pub text: Option<String>,
    pub caption: Option<String>,
    pub photo: Option<Vec<File>>,
    pub document: Option<File>,
    pub voice: Option<File>,
    pub audio: Option<File>,
    pub video: Option<File>,
    pub video_note: Option<File>,
    pub animation: Option<File>,
    pub contact: Option<Contact>,
    pub venue: Option<Venue>,
    pub location: Option<Location>,
    pub migrate_to_chat_id: Option<i64>,
}

#[derive(Debug, Deserialize)]
pub struct Chat {
    pub id: i64,
    #[serde(rename = "type")]
    pub kind: String,
}

impl Chat {
    /// With one person. A group is no person, and a channel even less.
    pub fn is_private(&self) -> bool {
        self.kind == "private"
    }
}

#[derive(Debug, Deserialize)]
pub struct User {
    pub id: i64,
    #[serde(default)]
    pub is_bot: bool,
    /// An IETF tag of their app, such as `ar-SA`; often missing.
    pub language_code: Option<String>,
}

/// A file in any of its kinds; sizes of a photo have measures, recordings a length.
#[derive(Debug, Deserialize)]
pub struct File {
    pub file_id: String,
    #[serde(default)]
    pub width: u64,
    #[serde(default)]
    pub height: u64,
    pub duration: Option<u32>,
    pub file_name: Option<String>,
    pub mime_type: Option<String>,
    pub file_size: Option<u64>,
}

#[derive(Debug, Deserialize)]
pub struct Contact {
    pub phone_number: String,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    pub user_id: Option<i64>,
}

#[derive(Debug, Deserialize)]
pub struct Location {
    pub latitude: f64,
    pub longitude: f64,
}

#[derive(Debug, Deserialize)]
pub struct Venue {
    pub location: Location,
    #[serde(default)]
    pub title: String,
    #[serde(default)]
    pub address: String,
}

/// A pressed button.
#[derive(Debug, Deserialize)]
pub struct Press {
    pub id: String,
    pub from: User,
    /// Missing when the message is too old; then only `data` is left.
    pub message: Option<Pressed>,
    pub data: Option<String>,
}

/// The message under which a button was pressed, perhaps no longer accessible.
#[derive(Debug, Deserialize)]
pub struct Pressed {
    pub message_id: i64,
    pub chat: Chat,
    pub reply_markup: Option<Markup>,
}

#[derive(Debug, Deserialize)]
pub struct Markup {
    /// Kept as they came: marking one must not cost another a field that we do not know.
    #[serde(default)]
    pub inline_keyboard: Vec<Vec<Map<String, Value>>>,
}

#[derive(Debug, Deserialize)]
pub struct MyChatMember {
    pub chat: Chat,
    #[serde(default)]
    pub date: i64,
    pub new_chat_member: Member,
}

#[derive(Debug, Deserialize)]
pub struct Member {
    pub status: String,
}
