//! Telegram: updates by webhook, and the chat as the app shows it.

use serde_json::{Value, json};
use wasl::dialog::story::Parcel;
use wasl::event::AttachmentKind;

use super::media::{Button, Medium, Shown, file};
use crate::support::{Engine, Server};
use crate::telegram::bot_api::{Bot, Message, TOKEN, locked};
use crate::telegram::person::{Person, Way};

/// The first of the people; the others are the numbers behind it.
const FIRST: i64 = 5_002_000;

pub struct App {
    server: Server,
    bot: Bot,
    person: Person,
}

impl Medium for App {
    const NAME: &'static str = "telegram";

    async fn start(engine: &Engine) -> Option<App> {
        let bot = Bot::start().await;
        let server = Server::start_with(engine, &bot.by_webhook()).await;
        let person = Person::meets(&bot, Way::Webhook(server.url.clone()), FIRST);
        Some(App {
            server,
            bot,
            person,
        })
    }

    fn server(&self) -> &Server {
        &self.server
    }

    async fn somebody_new(&mut self, number: usize, language: &'static str) {
        let id = FIRST + number as i64;
        let way = Way::Webhook(self.server.url.clone());
        self.person = Person::meets(&self.bot, way, id);
        self.person.language = language;
    }

    async fn writes(&mut self, text: &str) {
        self.brings(json!({ "text": text })).await;
    }

    /// A button below a message brings its data; one in place of the letters writes its title.
    async fn presses(&mut self, button: &Button) {
        let messages = self.bot.messages(self.person.id);
        let below = messages.iter().rev();
        let found = below.into_iter().find(|message| {
            buttons(message).contains(button)
                && !message.params["reply_markup"]["inline_keyboard"].is_null()
        });
        match found {
            Some(message) => self.person.presses_under(message, &button.key).await,
            None => self.writes(&button.title).await,
        }
    }

    async fn sends(&mut self, parcel: &Parcel) {
        let fields = match parcel {
            Parcel::File(AttachmentKind::Photo, _) => {
                let update = self.person.photo(None);
                return self.person.brings(&update).await;
            }
            Parcel::File(kind, _) => self.file(*kind),
            Parcel::Pin(latitude, longitude, _) => {
                json!({"location": {"latitude": latitude, "longitude": longitude}})
            }
            Parcel::Card { phones, name, own } => {
                let mut card = json!({"phone_number": phones.first(), "first_name": name.as_deref().unwrap_or("سارة")});
                if *own {
                    card["user_id"] = json!(self.person.id);
                }
                json!({ "contact": card })
            }
            Parcel::Unreadable(kind) => panic!("nobody sends a {kind} here"),
        };
        self.brings(fields).await;
    }

    async fn shown(&mut self) -> Vec<Shown> {
        self.bot
            .messages(self.person.id)
            .iter()
            .map(shown)
            .collect()
    }

    fn is_content(&self) {
        self.bot.is_content();
        let world = locked(&self.bot.world);
        let mut messages = world.chats.values().flat_map(|chat| &chat.messages);
        assert!(
            messages.any(|one| one.params["protect_content"] == true),
            "what is personal cannot be handed on"
        );
        assert!(
            !self.server.output().contains(TOKEN),
            "the token is nobody's to read"
        );
    }
}

impl App {
    async fn brings(&mut self, fields: Value) {
        let update = self.person.update(fields);
        self.person.brings(&update).await;
    }

    fn file(&self, kind: AttachmentKind) -> Value {
        let (name, mime, bytes) = file(kind);
        let size = bytes.len();
        let file = json!({"file_id": self.bot.keeps(bytes), "file_unique_id": name, "mime_type": mime,
            "file_size": size, "file_name": name, "duration": 7});
        match kind {
            AttachmentKind::Voice => json!({ "voice": file }),
            _ => json!({ "document": file }),
        }
    }
}

fn shown(message: &Message) -> Shown {
    Shown {
        words: message.text.clone(),
        buttons: buttons(message),
        asks: !asking(message).is_null(),
    }
}

/// The first button of a keyboard that shares something.
fn asking(message: &Message) -> &Value {
    let first = &message.params["reply_markup"]["keyboard"][0][0];
    match first["request_contact"] == true || first["request_location"] == true {
        true => first,
        false => &Value::Null,
    }
}

/// In the order of reading: an Arabic row begins on the right.
fn buttons(message: &Message) -> Vec<Button> {
    let markup = &message.params["reply_markup"];
    let rows = |name: &str| markup[name].as_array().cloned().unwrap_or_default();
    let inline = rows("inline_keyboard");
    let keyboard = rows("keyboard");
    let all = inline.iter().chain(&keyboard).filter_map(Value::as_array);
    let arabic = message
        .text
        .contains(|c| ('\u{0621}'..='\u{064A}').contains(&c));
    let mut buttons = Vec::new();
    for row in all {
        let mut row: Vec<Button> = row
            .iter()
            .filter(|one| is_answer(one))
            .map(button)
            .collect();
        if arabic {
            row.reverse();
        }
        buttons.extend(row);
    }
    buttons
}

fn is_answer(button: &Value) -> bool {
    button["request_contact"].is_null() && button["request_location"].is_null()
}

fn button(button: &Value) -> Button {
    let word = |name: &str| button[name].as_str().unwrap_or_default().to_owned();
    Button {
        key: word("callback_data"),
        title: word("text"),
        note: None,
    }
}
