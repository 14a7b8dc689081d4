//! Somebody with WhatsApp on their phone: what they do comes by signed webhook, what they see is what the
//! platform took for them.

use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::graph::{File, Graph, Shared, delivery, digest, post_webhook};
use crate::support::Server;

/// A turn takes milliseconds; what takes this long on two busy cores hangs.
const PATIENCE_SECS: u64 = 40;

/// When this long nothing more comes, a reply is whole.
const QUIET_MILLIS: u64 = 250;

pub struct Person {
    pub phone: Option<String>,
    pub bsuid: Option<String>,
    pub webhook: String,
    world: Arc<Shared>,
    /// Messages that were seen.
    seen: usize,
    pub said: u32,
    name: String,
}

impl Person {
    pub fn new(graph: &Graph, server: &Server, phone: Option<&str>, bsuid: Option<&str>) -> Person {
        let webhook = format!("{}/webhooks/whatsapp", server.url);
        graph.world.now().webhook = Some(webhook.clone());
        Person {
            phone: phone.map(str::to_owned),
            bsuid: bsuid.map(str::to_owned),
            webhook,
            world: graph.world.clone(),
            seen: 0,
            said: 0,
            name: format!("{:x}", rand::random::<u64>()),
        }
    }

    fn is_me(&self, to: &str) -> bool {
        self.phone.as_deref() == Some(to) || self.bsuid.as_deref() == Some(to)
    }

    /// Everything that was taken for this person.
    pub fn inbox(&self) -> Vec<Value> {
        let world = self.world.now();
        let mine = world.taken.iter().filter(|one| self.is_me(&one.to));
        mine.map(|one| one.body.clone()).collect()
    }

    pub fn next_id(&mut self) -> String {
        self.said += 1;
        format!("wamid.{}-{}", self.name, self.said)
    }

    /// A message of this person's around what its kind holds.
    pub fn message(&self, id: &str, kind: &str, it: Value) -> Value {
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        let mut message = json!({"id": id, "type": kind, kind: it,
            "timestamp": now.unwrap().as_secs().to_string()});
        let mut contact = json!({"profile": {"name": "سارة"}});
        if let Some(phone) = &self.phone {
            message["from"] = json!(phone);
            contact["wa_id"] = json!(phone);
        }
        if let Some(bsuid) = &self.bsuid {
            message["from_user_id"] = json!(bsuid);
            contact["user_id"] = json!(bsuid);
        }
        delivery(json!({"contacts": [contact], "messages": [message]}))
    }

    pub fn opens_window(&self) {
        let mut world = self.world.now();
        world.open.extend(self.phone.clone());
        world.open.extend(self.bsuid.clone());
    }

    /// Does something, without looking what comes back; gives the answer to the webhook.
    pub async fn does(&mut self, kind: &str, it: Value) -> u16 {
        self.opens_window();
        let id = self.next_id();
        post_webhook(&self.webhook, &self.message(&id, kind, it)).await
    }

    /// Does something and waits for all that is said to it.
    pub async fn act(&mut self, kind: &str, it: Value) -> String {
        self.catch_up();
        assert_eq!(self.does(kind, it).await, 200);
        self.hears().await
    }

    fn catch_up(&mut self) {
        self.seen = self.inbox().len();
    }

    /// Waits for something new, and until no more comes; gives its words.
    pub async fn hears(&mut self) -> String {
        let until = Instant::now() + Duration::from_secs(PATIENCE_SECS);
        while self.inbox().len() == self.seen {
            assert!(
                Instant::now() < until,
                "nothing was said; refused: {:?}",
                self.world.now().refused
            );
            let _ =
                tokio::time::timeout(Duration::from_millis(50), self.world.news.notified()).await;
        }
        loop {
            let before = self.inbox().len();
            tokio::time::sleep(Duration::from_millis(QUIET_MILLIS)).await;
            if self.inbox().len() == before {
                break;
            }
        }
        let new = self.inbox().split_off(self.seen);
        self.catch_up();
        assert!(
            self.world.now().refused.is_empty(),
            "{:?}",
            self.world.now().refused
        );
        new.iter().map(words).collect::<Vec<_>>().join("\n")
    }

    pub async fn says(&mut self, text: &str) -> String {
        self.act("text", json!({"body": text})).await
    }

    /// What can be pressed in everything that was seen, the newest first.
    pub fn pressable(&self) -> Vec<Value> {
        let mut all = Vec::new();
        for one in self.inbox().iter().rev() {
            let action = &one["interactive"]["action"];
            let buttons = action["buttons"].as_array().cloned().unwrap_or_default();
            all.extend(buttons.iter().map(|button| button["reply"].clone()));
            all.extend(
                action["sections"][0]["rows"]
                    .as_array()
                    .cloned()
                    .unwrap_or_default(),
            );
        }
        all
    }

    pub fn find(&self, option: &str) -> Option<Value> {
        let is_it = |one: &Value| {
            let id = one["id"].as_str().unwrap_or_default();
            id.rsplit(':')
                .next()
                .unwrap_or(id)
                .trim_start_matches(['!', '~'])
                == option
        };
        self.pressable().into_iter().find(is_it)
    }

    /// Presses what stands for this option, turning pages where it is on a later one; waits where the house
    /// does, as for the rest of an album.
    pub async fn presses(&mut self, option: &str) -> String {
        for _ in 0..5 {
            if let Some(found) = self.find(option) {
                return self.presses_this(&found).await;
            }
            let page = |one: &Value| {
                one["id"]
                    .as_str()
                    .is_some_and(|id| id.starts_with("!more:"))
            };
            match self.pressable().into_iter().find(page) {
                Some(page) => drop(self.presses_this(&page).await),
                None => drop(self.hears().await),
            }
        }
        panic!("there is no `{option}` among {:?}", self.pressable());
    }

    pub async fn presses_this(&mut self, one: &Value) -> String {
        let row =
            json!({"type": "list_reply", "list_reply": {"id": one["id"], "title": one["title"]}});
        self.act("interactive", row).await
    }

    pub async fn sends_photo(&mut self, id: &str, bytes: Vec<u8>) -> String {
        let it = json!({"id": id, "mime_type": "image/jpeg", "sha256": digest(&bytes)});
        self.world
            .now()
            .files
            .insert(id.to_owned(), File::Whole(bytes));
        self.act("image", it).await
    }
}

/// The words of a message, whatever its form.
pub fn words(message: &Value) -> String {
    for way in [
        &message["text"]["body"],
        &message["interactive"]["body"]["text"],
        &message["document"]["caption"],
        &message["location"]["name"],
    ] {
        if let Some(words) = way.as_str() {
            return words.to_owned();
        }
    }
    String::new()
}
