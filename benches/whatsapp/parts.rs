//! What the parts of a turn cost by themselves, each on one core: the signature, the parsing, the machine. What the
//! store costs a turn stands in `turns`, what sending costs in `outbox`.

use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::http::{HeaderMap, HeaderName, HeaderValue, Method};
use wasl::channel::whatsapp::{self, WhatsApp};
use wasl::channel::{Channel, House, Nothing, Outgoing, Recipient, Request};
use wasl::config::{PublicUrl, Settings};
use wasl::dialog::step;
use wasl::event::{Address, Seed};

use super::graph::{BUSINESS, NUMBER, SECRET, TOKEN, VERIFY, signature};
use super::load::body;
use super::support::walk::{self, Walk};

pub fn print(stretch: Duration) {
    let channel = channel();
    let bytes = body(7, 0, "السلام عليكم ورحمة الله وبركاته", false);
    let good = headers(&signature(&bytes));
    let forged = headers(&signature(b"something else"));
    let verify = micros(stretch, || hear(&channel, &bytes, &forged));
    let whole = micros(stretch, || hear(&channel, &bytes, &good));
    let (_, steps) = Walk::record();
    let dialogs = walk::dialogs();
    let mut turn = steps.iter().cycle();
    let machine = micros(stretch, || {
        let (state, event) = turn.next().expect("a walk has steps");
        black_box(step(&dialogs, state.clone(), event.clone()));
    });
    let replies: Vec<_> = steps
        .iter()
        .flat_map(|(state, event)| step(&dialogs, state.clone(), event.clone()).replies)
        .collect();
    let mut reply = replies.iter().cycle();
    let to = Recipient {
        address: Address {
            channel: whatsapp::NAME.into(),
            account: String::new(),
            id: "966500000007".into(),
        },
        also: None,
    };
    let out = Outgoing {
        id: "a-row".into(),
        now: 0,
        window_open: true,
        answers: None,
    };
    let write = micros(stretch, || {
        black_box(channel.write(reply.next().expect("a walk has replies"), &to, &out));
    });
    println!(
        "a turn's parts, CPU µs: signature {verify:.1}, parsing {:.1}, the machine {machine:.1}, the reply's payload {write:.1}",
        whole - verify
    );
}

/// The channel by itself; it calls nobody here.
fn channel() -> WhatsApp {
    let variables = [
        ("WASL_WHATSAPP_TOKEN", TOKEN),
        ("WASL_WHATSAPP_PHONE_NUMBER_ID", NUMBER),
        ("WASL_WHATSAPP_BUSINESS_ID", BUSINESS),
        ("WASL_WHATSAPP_APP_SECRET", SECRET),
        ("WASL_WHATSAPP_VERIFY_TOKEN", VERIFY),
    ];
    let variables = variables.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let settings = Settings::read_from(None, variables).expect("the settings are right");
    let house = House {
        http: reqwest::Client::new(),
        public_url: PublicUrl::read("https://chat.example.org").expect("it is an address"),
        files: Arc::new(Nothing),
        tokens: Arc::new(Nothing),
    };
    let opened = WhatsApp::open(&settings, &house).expect("the settings are right");
    opened.expect("the settings turn it on")
}

fn headers(signature: &str) -> HeaderMap {
    let value = HeaderValue::from_str(signature).expect("it is hexadecimal");
    HeaderMap::from_iter([(HeaderName::from_static("x-hub-signature-256"), value)])
}

fn hear(channel: &WhatsApp, body: &[u8], headers: &HeaderMap) {
    black_box(channel.hear(&Request {
        method: &Method::POST,
        below: "",
        query: "",
        headers,
        body,
        now: 0,
        seed: Seed([7; 16]),
    }));
}

/// Microseconds of one call: the least of five stretches, since what disturbs only adds.
fn micros(stretch: Duration, mut call: impl FnMut()) -> f64 {
    let mut one = || {
        let begun = Instant::now();
        let mut count = 0_u32;
        while begun.elapsed() < stretch / 5 {
            for _ in 0..100 {
                call();
            }
            count += 100;
        }
        begun.elapsed().as_secs_f64() * 1e6 / f64::from(count)
    };
    std::iter::repeat_with(&mut one)
        .take(5)
        .fold(f64::INFINITY, f64::min)
}
