//! An hour without a platform, by the clock of the test, with the real channels and stand-ins on loopback: everything
//! leaves when it is back, in order, and what came too late says so.

use std::net::SocketAddr;

use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

use super::*;
use crate::channel::{Files, House as Channels, Soon, Tokens};
use crate::config::{PublicUrl, Settings};
use crate::event::Address;

const HOUR: Millis = 3_600_000;

/// Between two looks of the worker by its clock.
const LOOK: Millis = 30_000;

struct Nothing;

impl Files for Nothing {
    fn read<'a>(&'a self, _: &'a str) -> Soon<'a, Option<Vec<u8>>> {
        Box::pin(async { None })
    }

    fn attachment<'a>(&'a self, _: &'a str) -> Soon<'a, Option<Vec<u8>>> {
        Box::pin(async { None })
    }
}

impl Tokens for Nothing {
    fn sign(&self, _: &str, text: &str) -> String {
        format!("{:0>26}", text.len())
    }

    fn wrap(&self, _: &str, _: &str) -> String {
        "wrapped".to_owned()
    }

    fn unwrap(&self, _: &str, _: &str) -> Option<String> {
        None
    }
}

type Heard = Arc<Mutex<Vec<String>>>;

/// The channel of this name; nobody listens at its platform's address yet.
fn channel(name: &str, at: SocketAddr) -> Arc<dyn Channel> {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let variables: Vec<(String, String)> = [
        ("WASL_TELEGRAM_TOKEN", "7012345678:AAinvented-_".to_owned()),
        ("WASL_TELEGRAM_API_URL", format!("http://{at}")),
        ("WASL_WHATSAPP_TOKEN", "token".to_owned()),
        (
            "WASL_WHATSAPP_PHONE_NUMBER_ID",
            "555000111222333".to_owned(),
        ),
        ("WASL_WHATSAPP_APP_SECRET", "secret".to_owned()),
        ("WASL_WHATSAPP_VERIFY_TOKEN", "verify".to_owned()),
        ("WASL_WHATSAPP_API_URL", format!("http://{at}/v25.0")),
        ("WASL_EMAIL_FROM", "help@charity.example".to_owned()),
        ("WASL_EMAIL_SMTP_URL", format!("smtp://{at}")),
        ("WASL_EMAIL_WEBHOOK_SECRET", "secret".to_owned()),
    ]
    .into_iter()
    .map(|(name, value)| (name.to_owned(), value))
    .collect();
    let settings = Settings::read_from(None, variables).unwrap();
    let house = Channels {
        http: reqwest::Client::new(),
        public_url: PublicUrl::read("https://chat.example.org").unwrap(),
        files: Arc::new(Nothing),
        tokens: Arc::new(Nothing),
    };
    let mut all = crate::channel::open(&settings, &house).unwrap().into_iter();
    all.find(|one| one.name() == name).unwrap()
}

/// Telegram and WhatsApp in one: takes whatever is said.
async fn answers(listener: TcpListener, heard: Heard) {
    async fn take(State(heard): State<Heard>, Json(body): Json<Value>) -> Json<Value> {
        let words = [&body["text"]["body"], &body["text"]];
        if let Some(words) = words.into_iter().find_map(Value::as_str) {
            heard.lock().unwrap().push(words.to_owned());
        }
        let id = format!("wamid.{}", heard.lock().unwrap().len());
        Json(json!({"ok": true, "result": {"message_id": 7}, "messages": [{"id": id}]}))
    }
    let router = axum::Router::new().fallback(take).with_state(heard);
    axum::serve(listener, router).await.unwrap();
}

/// A mail server that takes whatever comes.
async fn takes_mail(listener: TcpListener, heard: Heard) {
    while let Ok((stream, _)) = listener.accept().await {
        tokio::spawn(one_sender(stream, heard.clone()));
    }
}

async fn one_sender(stream: TcpStream, heard: Heard) -> Option<()> {
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    write.write_all(b"220 here\r\n").await.ok()?;
    while let Some(line) = lines.next_line().await.ok()? {
        let answer = match line.split(' ').next().unwrap_or_default() {
            "DATA" => {
                write.write_all(b"354 go on\r\n").await.ok()?;
                let mut mail = String::new();
                while let Some(line) = lines.next_line().await.ok()?.filter(|line| line != ".") {
                    mail.push_str(&line);
                    mail.push_str("\r\n");
                }
                let parsed = mail_parser::MessageParser::default().parse(mail.as_bytes())?;
                let words = parsed.body_text(0)?.trim().to_owned();
                heard.lock().unwrap().push(words);
                "250 taken"
            }
            "QUIT" => "221 bye",
            _ => "250 well",
        };
        write
            .write_all(format!("{answer}\r\n").as_bytes())
            .await
            .ok()?;
    }
    Some(())
}

fn from(channel: &Arc<dyn Channel>, id: &str, text: &str) -> crate::event::Event {
    let mut event = wrote_on(channel.name(), id, text);
    event.from = crate::event::Origin::Address(Address {
        channel: channel.name().to_owned(),
        account: channel.account().to_owned(),
        id: id.to_owned(),
    });
    event
}

/// `says`: what two people are to be told, the first in several messages.
async fn survives(fresh: &Fresh, name: &'static str, says: [(&str, &str); 2]) {
    let first: Vec<_> = says[0]
        .1
        .split("; ")
        .filter_map(|one| one.strip_prefix("say "))
        .collect();
    let all = first.len() + 1;
    let desk = Desk::open(fresh);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let at = listener.local_addr().unwrap();
    drop(listener);
    let channel = channel(name, at);
    let house = House {
        store: desk.store.clone(),
        inbox: desk.started.inbox.clone(),
        registry: desk.registry.clone(),
        ways: [(name, channel.limits().template_needed_after_hours)].into(),
        by: "one".into(),
        alone: false,
    };
    let mut worker = Worker::new(Arc::new(house), channel.clone());
    for (id, text) in says {
        desk.take(from(&channel, id, text)).await;
    }
    let until = NOW + HOUR / 2;
    let (late, _) = says[1];
    let text = format!("push {until} loud late");
    desk.take(from(&channel, late, &text)).await;
    for after in (0..HOUR).step_by(LOOK as usize) {
        fly(&mut worker, after).await;
    }
    let mut reader = fresh.store.reader().await.unwrap();
    let line = crate::store::line::find(&mut reader, name).await.unwrap();
    assert!(
        line.is_some_and(|line| line.trouble.is_some()),
        "{name}: operators see why"
    );
    drop(reader);
    let heard = Heard::default();
    let listener = TcpListener::bind(at).await.unwrap();
    let task = match name {
        "email" => tokio::spawn(takes_mail(listener, heard.clone())),
        _ => tokio::spawn(answers(listener, heard.clone())),
    };
    for after in (HOUR..3 * HOUR).step_by(LOOK as usize) {
        fly(&mut worker, after).await;
        if heard.lock().unwrap().len() == all {
            break;
        }
    }
    fly(&mut worker, 3 * HOUR).await;
    task.abort();
    let told = heard.lock().unwrap().clone();
    let told: Vec<_> = told
        .iter()
        .map(|words| words.trim_matches('\u{200f}'))
        .collect();
    let to_first: Vec<_> = told
        .iter()
        .copied()
        .filter(|words| *words != "four")
        .collect();
    assert_eq!((to_first, told.len()), (first, all), "{name}");
    let owed = desk.owed().await;
    assert!(
        owed.contains(&"4 Notice expired".to_owned()),
        "{name}: {owed:?}"
    );
    assert_eq!(owed.len(), all + 1);
}

#[test]
fn an_hour_without_telegram_costs_nobody_an_answer() {
    on_both(|fresh| async move {
        let says = [
            ("5001", "say one; say two; say three"),
            ("5002", "say four"),
        ];
        survives(&fresh, "telegram", says).await;
    });
}

#[test]
fn an_hour_without_the_mail_server_costs_nobody_an_answer() {
    on_both(|fresh| async move {
        let says = [
            ("a@b.example", "say one; say two; say three"),
            ("c@d.example", "say four"),
        ];
        survives(&fresh, "email", says).await;
    });
}

/// What follows on WhatsApp waits ten true seconds for a status of what left before: one message each.
#[test]
fn an_hour_without_whatsapp_costs_nobody_an_answer() {
    on_both(|fresh| async move {
        let says = [("966512345678", "say one"), ("966512345679", "say four")];
        survives(&fresh, "whatsapp", says).await;
    });
}
