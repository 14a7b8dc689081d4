//! A person on Telegram: what their app sends, and what they see. They press buttons by the names of their
//! options, so that a changed wording breaks no journey.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::bot_api::{Bot, Message, locked};
use crate::support::talk::{Does, photo};

/// A busy machine answers late; what takes longer than this does not come.
const ANSWER_SECS_MAX: u64 = 60;

/// Messages of one answer leave right after each other.
const QUIET_MILLIS: u64 = 250;

/// How updates come to the server.
#[derive(Clone)]
pub enum Way {
    /// Posted to this address.
    Webhook(String),
    Polling,
}

pub struct Person {
    pub id: i64,
    pub bot: Bot,
    pub way: Way,
    pub language: &'static str,
    /// Messages of the bot that were looked at.
    seen: usize,
    sent: i64,
}

impl Person {
    /// Somebody who opened the bot's chat and has not pressed "start" yet.
    pub fn meets(bot: &Bot, way: Way, id: i64) -> Person {
        locked(&bot.world).chats.entry(id).or_default();
        Person {
            id,
            bot: bot.clone(),
            way,
            language: "ar-SA",
            seen: 0,
            sent: 1_000,
        }
    }

    fn user(&self) -> Value {
        json!({"id": self.id, "is_bot": false, "first_name": "سارة", "language_code": self.language})
    }

    fn chat(&self) -> Value {
        json!({"id": self.id, "type": "private", "first_name": "سارة"})
    }

    /// A message update of theirs, whose kind stands in `fields`.
    pub fn update(&mut self, fields: Value) -> Value {
        self.sent += 1;
        let mut message = json!({
            "message_id": self.sent,
            "from": self.user(),
            "chat": self.chat(),
            "date": chrono::Utc::now().timestamp(),
        });
        for (name, value) in fields.as_object().expect("fields") {
            message[name] = value.clone();
        }
        self.bot.numbered(json!({"message": message}))
    }

    pub async fn brings(&self, update: &Value) {
        match &self.way {
            Way::Webhook(url) => assert_eq!(self.bot.posts(url, update).await, 200),
            Way::Polling => self.bot.queues(update.clone()),
        }
    }

    /// Sends a message and waits for the answer.
    pub async fn sends(&mut self, fields: Value) -> String {
        let update = self.update(fields);
        self.brings(&update).await;
        self.hears().await
    }

    pub async fn says(&mut self, text: &str) -> String {
        self.sends(json!({ "text": text })).await
    }

    /// A photo as the app sends it, in sizes.
    pub fn photo(&mut self, album: Option<&str>) -> Value {
        let (small, large) = (self.bot.keeps(photo()), self.bot.keeps(photo()));
        let bytes = photo().len();
        let mut fields = json!({"photo": [
            {"file_id": small, "file_unique_id": "s", "width": 32, "height": 24, "file_size": bytes},
            {"file_id": large, "file_unique_id": "l", "width": 64, "height": 48, "file_size": bytes},
        ]});
        if let Some(album) = album {
            fields["media_group_id"] = json!(album);
        }
        self.update(fields)
    }

    /// Presses the button of an option below the latest message that has it.
    pub async fn presses(&mut self, option: &str) -> String {
        let (message, data) = self.button(option).await;
        self.presses_under(&message, &data).await;
        self.hears().await
    }

    /// A press as the app sends it, once.
    pub async fn presses_under(&mut self, message: &Message, data: &str) {
        self.sent += 1;
        let query = format!("{}{}", self.id, self.sent);
        self.bot.asks(&query);
        let update = self.bot.numbered(json!({"callback_query": {
            "id": query,
            "from": self.user(),
            "chat_instance": "-5",
            "message": self.bot.pressed(self.id, message),
            "data": data,
        }}));
        self.brings(&update).await;
    }

    /// Message and data of an option's button; waits until there is one.
    pub async fn button(&self, option: &str) -> (Message, String) {
        let until = Instant::now() + Duration::from_secs(ANSWER_SECS_MAX);
        loop {
            let messages = self.bot.messages(self.id);
            let found = messages.iter().rev().find_map(|message| {
                let data = buttons(message).into_iter().find(|data| is(data, option))?;
                Some((message.clone(), data))
            });
            match found {
                Some(found) => return found,
                None => assert!(
                    Instant::now() < until,
                    "no button `{option}`; the bot said:\n{}",
                    self.said()
                ),
            }
            tokio::time::sleep(Duration::from_millis(30)).await;
        }
    }

    /// Waits for what the bot says next, until it is quiet; gives the words.
    pub async fn hears(&mut self) -> String {
        let until = Instant::now() + Duration::from_secs(ANSWER_SECS_MAX);
        while self.count() <= self.seen {
            assert!(
                Instant::now() < until,
                "no answer; the bot said before:\n{}",
                self.said()
            );
            tokio::time::sleep(Duration::from_millis(15)).await;
        }
        let mut count = self.count();
        loop {
            tokio::time::sleep(Duration::from_millis(QUIET_MILLIS)).await;
            let now = self.count();
            if now == count {
                break;
            }
            count = now;
        }
        let messages = self.bot.messages(self.id);
        let new: Vec<_> = messages[self.seen..]
            .iter()
            .map(|one| one.text.clone())
            .collect();
        self.seen = messages.len();
        new.join("\n---\n")
    }

    /// Waits until the bot has said something with these words.
    pub async fn hears_of(&mut self, words: &str) -> String {
        let until = Instant::now() + Duration::from_secs(ANSWER_SECS_MAX);
        while !self.said().contains(words) {
            assert!(
                Instant::now() < until,
                "«{words}» is never said:\n{}",
                self.said()
            );
            tokio::time::sleep(Duration::from_millis(30)).await;
        }
        self.seen = self.count();
        self.said()
    }

    pub fn count(&self) -> usize {
        self.bot.messages(self.id).len()
    }

    pub fn said(&self) -> String {
        let messages = self.bot.messages(self.id);
        let texts: Vec<_> = messages.iter().map(|one| one.text.clone()).collect();
        texts.join("\n---\n")
    }

    pub async fn does(&mut self, what: Does<'_>) -> String {
        match what {
            Does::Says(text) => self.says(text).await,
            Does::Presses(option) => self.presses(option).await,
            Does::SendsPhoto => {
                let update = self.photo(None);
                self.brings(&update).await;
                self.hears().await;
                self.presses("done").await
            }
        }
    }
}

/// What the buttons below a message carry.
pub fn buttons(message: &Message) -> Vec<String> {
    let rows = message.params["reply_markup"]["inline_keyboard"].as_array();
    let rows = rows.into_iter().flatten().filter_map(Value::as_array);
    let data = rows
        .flatten()
        .filter_map(|button| button["callback_data"].as_str());
    data.map(str::to_owned).collect()
}

/// Whether data stands for this option or control.
fn is(data: &str, option: &str) -> bool {
    let last = data.rsplit(':').next().unwrap_or(data);
    last.trim_start_matches(['!', '~']) == option
}
