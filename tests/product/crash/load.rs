//! Many people who write at once and never give up: each message is delivered twice, and again until it
//! is acknowledged.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use serde_json::json;
use tokio::task::JoinSet;

use crate::support::server::client;

/// What they write: words that open, answer, correct, leave and misunderstand; invented all of them.
const WORDS: &[&str] = &[
    "السلام عليكم",
    "تقديم طلب دعم",
    "1",
    "2",
    "٣",
    "أوافق",
    "نعم",
    "لا",
    "لنفسي",
    "نورة سعد محمد التجريبي",
    "1000000008",
    "رجوع",
    "القائمة",
    "إلغاء",
    "مساعدة",
    "أريد موظف",
    "English",
    "hello",
    "apply",
    "back",
    "?",
    "لا أفهم هذا السؤال",
];

/// How soon somebody tries again who was refused.
const AGAIN_MILLIS: u64 = 15;

/// A load that is running.
pub struct Load {
    shared: Arc<Shared>,
    persons: JoinSet<()>,
}

#[derive(Default)]
struct Shared {
    ends: AtomicBool,
    refusals: AtomicUsize,
    acknowledged: Mutex<BTreeSet<String>>,
}

/// What was sent: each key once, whether it was acknowledged or not.
#[derive(Clone, Debug)]
pub struct Sent {
    pub acknowledged: BTreeSet<String>,
    /// Nothing was left unacknowledged: what is there must be exactly this.
    pub complete: bool,
}

impl Load {
    /// Everybody opens the page, and then they all write.
    pub async fn begin(url: &str, persons: usize, seed: u64) -> Load {
        let shared = Arc::new(Shared::default());
        let mut tasks = JoinSet::new();
        for n in 0..persons {
            let person = Person::arrives(url, n, seed).await;
            tasks.spawn(person.writes(shared.clone()));
        }
        Load {
            shared,
            persons: tasks,
        }
    }

    /// How often anybody was told to come again, or nobody answered.
    pub fn refusals(&self) -> usize {
        self.shared.refusals.load(Ordering::Relaxed)
    }

    /// What is acknowledged now; people go on.
    pub fn so_far(&self) -> Sent {
        Sent {
            acknowledged: self.shared.acknowledged.lock().unwrap().clone(),
            complete: false,
        }
    }

    /// Everybody ends the message that they are at, and goes.
    pub async fn end(mut self, most: Duration) -> Sent {
        self.shared.ends.store(true, Ordering::Relaxed);
        let all = async {
            while let Some(ended) = self.persons.join_next().await {
                ended.unwrap();
            }
        };
        tokio::time::timeout(most, all)
            .await
            .expect("everybody is answered in the end");
        Sent {
            complete: true,
            ..self.so_far()
        }
    }
}

struct Person {
    client: reqwest::Client,
    url: String,
    name: String,
    /// People come from different networks.
    address: String,
    chance: StdRng,
}

impl Person {
    async fn arrives(url: &str, n: usize, seed: u64) -> Person {
        let person = Person {
            client: client(),
            url: url.to_owned(),
            name: format!("p{n}"),
            address: format!("192.0.2.{}", n + 1),
            chance: StdRng::seed_from_u64(seed + n as u64),
        };
        let opened = person
            .client
            .post(format!("{}/chat/open", person.url))
            .header("Accept", "application/json")
            .header("X-Forwarded-For", &person.address)
            .json(&json!({ "language": "ar" }))
            .send()
            .await
            .unwrap();
        assert!(opened.status().is_success(), "{}", opened.status());
        person
    }

    async fn writes(mut self, shared: Arc<Shared>) {
        let mut count = 0;
        while !shared.ends.load(Ordering::Relaxed) {
            let key = format!("{}-{count}", self.name);
            let text = WORDS[self.chance.random_range(0..WORDS.len())];
            while !self.delivers(&key, text).await {
                shared.refusals.fetch_add(1, Ordering::Relaxed);
                tokio::time::sleep(Duration::from_millis(AGAIN_MILLIS)).await;
            }
            shared.acknowledged.lock().unwrap().insert(key);
            count += 1;
        }
    }

    /// Twice at once; true when either was acknowledged.
    async fn delivers(&self, key: &str, text: &str) -> bool {
        let (one, two) = tokio::join!(self.posts(key, text), self.posts(key, text));
        one || two
    }

    async fn posts(&self, key: &str, text: &str) -> bool {
        let posted = self
            .client
            .post(format!("{}/chat/messages", self.url))
            .header("X-Forwarded-For", &self.address)
            .json(&json!({ "id": key, "text": text }))
            .send()
            .await;
        match posted {
            Ok(answer) if answer.status().is_success() => true,
            Ok(answer) => {
                let status = answer.status();
                // Who writes faster than people do is slowed down, and comes again.
                let slowed = status == reqwest::StatusCode::TOO_MANY_REQUESTS;
                assert!(slowed || status.is_server_error(), "{status}");
                false
            }
            Err(_) => false,
        }
    }
}
