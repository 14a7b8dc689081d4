//! Updates on their way to the bot: to its webhook as Telegram posts them, or waiting until it asks.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use reqwest::StatusCode;
use serde_json::{Value, json};

use super::{BOT_ID, Message, Refused, SECRET, Shared, World, locked, methods};

/// The stand-in as it runs, and the hand that drives it.
#[derive(Clone)]
pub struct Bot {
    pub world: Shared,
    /// `http://127.0.0.1:port`: the setting `WASL_TELEGRAM_API_URL`.
    pub url: String,
    client: reqwest::Client,
}

impl Bot {
    pub async fn start() -> Bot {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await;
        let listener = listener.expect("a port of the machine's choice");
        let bound = listener.local_addr().expect("its own address");
        let world: Shared = Arc::new(Mutex::new(World::new()));
        let router = super::router(world.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Bot {
            world,
            url: format!("http://{bound}"),
            client: reqwest::Client::new(),
        }
    }

    /// Settings of a server that this stand-in calls by webhook.
    pub fn by_webhook(&self) -> Vec<(&str, &str)> {
        vec![
            ("WASL_TELEGRAM_TOKEN", super::TOKEN),
            ("WASL_TELEGRAM_API_URL", &self.url),
            ("WASL_TELEGRAM_WEBHOOK", "true"),
            ("WASL_TELEGRAM_WEBHOOK_SECRET", SECRET),
        ]
    }

    /// Settings of a server that asks.
    pub fn by_polling(&self) -> Vec<(&str, &str)> {
        vec![
            ("WASL_TELEGRAM_TOKEN", super::TOKEN),
            ("WASL_TELEGRAM_API_URL", &self.url),
        ]
    }

    /// An update with the next number.
    pub fn numbered(&self, mut update: Value) -> Value {
        let mut world = locked(&self.world);
        world.next_update += 1;
        update["update_id"] = json!(world.next_update);
        update
    }

    /// Posts an update as Telegram does.
    pub async fn posts(&self, server: &str, update: &Value) -> StatusCode {
        let body = update.to_string();
        self.posts_raw(server, Some(SECRET), body.into_bytes())
            .await
    }

    pub async fn posts_raw(&self, server: &str, secret: Option<&str>, body: Vec<u8>) -> StatusCode {
        let mut request = self
            .client
            .post(format!("{server}/webhooks/telegram"))
            .header("content-type", "application/json")
            .body(body);
        if let Some(secret) = secret {
            request = request.header("X-Telegram-Bot-Api-Secret-Token", secret);
        }
        let answer = request.send().await.expect("the server answers");
        answer.status()
    }

    /// Leaves an update for who asks.
    pub fn queues(&self, update: Value) {
        let id = update["update_id"].as_i64().expect("a number");
        locked(&self.world).queue.push_back((id, update));
    }

    /// Bytes that Telegram keeps for somebody who sent them.
    pub fn keeps(&self, bytes: Vec<u8>) -> String {
        methods::keep(&mut locked(&self.world), bytes)
    }

    /// A query that waits to be answered.
    pub fn asks(&self, query: &str) {
        locked(&self.world).queries.insert(query.to_owned());
    }

    pub fn messages(&self, chat: i64) -> Vec<Message> {
        let world = locked(&self.world);
        world
            .chats
            .get(&chat)
            .map_or_else(Vec::new, |chat| chat.messages.clone())
    }

    /// Panics with everything that Telegram would not have liked.
    pub fn is_content(&self) {
        let world = locked(&self.world);
        assert!(world.complaints.is_empty(), "{:#?}", world.complaints);
        let refused = world.calls.iter().filter(|call| call.status == 400);
        let refused: Vec<_> = refused.collect();
        assert!(refused.is_empty(), "refused: {refused:#?}");
    }

    /// The message as Telegram shows it under a press.
    pub fn pressed(&self, chat: i64, message: &Message) -> Value {
        json!({
            "message_id": message.id,
            "from": {"id": BOT_ID, "is_bot": true, "first_name": "وصل"},
            "chat": {"id": chat, "type": "private", "first_name": "سارة"},
            "date": 1_780_000_000,
            "text": message.text,
            "reply_markup": message.params["reply_markup"],
        })
    }
}

/// Hands out what waits, forgets what is confirmed, and waits a moment when there is nothing. Asking while
/// another asks, or beside a webhook, is a conflict.
pub async fn get_updates(world: &Shared, params: &Value) -> Result<Value, Refused> {
    let mine = {
        let mut world = locked(world);
        if world.webhook.is_some() {
            return Err(Refused::with(
                409,
                "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to \
                 delete the webhook first",
            ));
        }
        world.polls += 1;
        if let Some(offset) = params["offset"].as_i64() {
            world.queue.retain(|(id, _)| *id >= offset);
        }
        world.polls
    };
    let limit = params["limit"].as_u64().unwrap_or(100);
    let seconds = params["timeout"].as_u64().unwrap_or(0).min(50);
    for _ in 0..seconds.saturating_mul(50).max(1) {
        {
            let world = locked(world);
            if world.polls != mine {
                return Err(Refused::with(
                    409,
                    "Conflict: terminated by other getUpdates request; make sure that only one bot \
                     instance is running",
                ));
            }
            if !world.queue.is_empty() {
                let first = world.queue.iter().take(limit as usize);
                return Ok(first.map(|(_, update)| update.clone()).collect());
            }
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    Ok(json!([]))
}
