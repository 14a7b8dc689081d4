//! The platform's side: connections that stay open, on each one delivery after another, each of somebody who
//! applies by typing; who is done makes room for the next.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::graph::{delivery, signature};
use super::served::Served;
use super::support::walk::{Walk, id_of};

const ANSWER_BYTES_MAX: usize = 4_096;

pub struct Load<'a> {
    served: &'a Served,
    connections: usize,
    world: Arc<World>,
}

struct World {
    address: String,
    typed: Vec<Option<String>>,
    /// People so far.
    people: AtomicU64,
    ended: AtomicU64,
}

pub struct Measured {
    seconds: f64,
    pub cpu_seconds: f64,
    /// Milliseconds from a delivery to its 200, sorted.
    millis: Vec<f64>,
}

impl Measured {
    pub fn answered(&self) -> usize {
        self.millis.len()
    }

    pub fn per_second(&self) -> f64 {
        self.millis.len() as f64 / self.seconds
    }

    pub fn percentile(&self, share: f64) -> f64 {
        let at = (self.millis.len() as f64 * share) as usize;
        let last = self.millis.len().saturating_sub(1);
        self.millis.get(at.min(last)).copied().unwrap_or(0.0)
    }
}

impl<'a> Load<'a> {
    pub fn new(served: &'a Served, connections: usize) -> Load<'a> {
        let address = served.url.trim_start_matches("http://").to_owned();
        Load {
            served,
            connections,
            world: Arc::new(World {
                address,
                typed: Walk::typed(),
                people: AtomicU64::new(0),
                ended: AtomicU64::new(0),
            }),
        }
    }

    /// Applications that came to their end.
    pub fn ended(&self) -> u64 {
        self.world.ended.load(Ordering::Relaxed)
    }

    /// Delivers for so long; `passed_by`: as messages of groups, which are no concern of ours.
    pub async fn run(&self, stretch: Duration, passed_by: bool) -> Measured {
        let cpu = self.served.cpu_seconds();
        let begun = Instant::now();
        let until = begun + stretch;
        let tasks: Vec<_> = (0..self.connections)
            .map(|_| tokio::spawn(delivers(self.world.clone(), until, passed_by)))
            .collect();
        let mut millis = Vec::new();
        for task in tasks {
            millis.extend(task.await.expect("no connection panics"));
        }
        let seconds = begun.elapsed().as_secs_f64();
        millis.sort_by(f64::total_cmp);
        Measured {
            seconds,
            cpu_seconds: self.served.cpu_seconds() - cpu,
            millis,
        }
    }
}

async fn delivers(world: Arc<World>, until: Instant, passed_by: bool) -> Vec<f64> {
    let mut wire = TcpStream::connect(&world.address)
        .await
        .expect("the server listens");
    wire.set_nodelay(true).expect("it is a TCP connection");
    let mut millis = Vec::new();
    loop {
        let who = world.people.fetch_add(1, Ordering::Relaxed);
        for (at, typed) in world.typed.iter().enumerate() {
            if Instant::now() >= until {
                return millis;
            }
            let text = typed.clone().unwrap_or_else(|| id_of(who));
            let request = request(&body(who, at, &text, passed_by));
            let begun = Instant::now();
            wire.write_all(&request).await.expect("the server takes it");
            answered(&mut wire).await;
            millis.push(begun.elapsed().as_secs_f64() * 1_000.0);
        }
        if !passed_by {
            world.ended.fetch_add(1, Ordering::Relaxed);
        }
    }
}

/// What somebody wrote, as the platform tells it.
pub fn body(who: u64, at: usize, text: &str, in_a_group: bool) -> Vec<u8> {
    let phone = format!("9665{:08}", who % 100_000_000);
    let now = chrono::Utc::now().timestamp();
    let mut message = json!({"id": format!("wamid.{who:08}-{at:02}-{in_a_group}"), "from": phone, "type": "text",
        "timestamp": now.to_string(), "text": {"body": text}});
    if in_a_group {
        message["group_id"] = json!("a-group");
    }
    let contact = json!({"wa_id": phone, "profile": {"name": "سارة"}});
    delivery(json!({"contacts": [contact], "messages": [message]}))
        .to_string()
        .into_bytes()
}

fn request(body: &[u8]) -> Vec<u8> {
    let head = format!(
        "POST /webhooks/whatsapp HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n\
         x-hub-signature-256: {}\r\ncontent-length: {}\r\n\r\n",
        signature(body),
        body.len()
    );
    [head.as_bytes(), body].concat()
}

/// Waits for a 200 without a body.
async fn answered(wire: &mut TcpStream) {
    let mut answer = Vec::with_capacity(512);
    while !answer.ends_with(b"\r\n\r\n") {
        let read = wire
            .read_buf(&mut answer)
            .await
            .expect("the server answers");
        assert!(
            read > 0 && answer.len() < ANSWER_BYTES_MAX,
            "the server closes on us"
        );
    }
    let text = String::from_utf8_lossy(&answer).to_ascii_lowercase();
    assert!(
        text.starts_with("http/1.1 200") && text.contains("content-length: 0"),
        "{text}"
    );
}
