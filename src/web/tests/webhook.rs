//! What platforms bring: taken by the channel that it is for, bounded, and acknowledged after the commit.
//! The channel is a stand-in that takes one word a line, when the secret is right.

use std::io::Write as _;
use std::sync::Mutex;

use super::*;
use crate::channel::{
    Channel, Heard, Leaves, Outgoing, Payload, Recipient, Request as Brings, SendError, Sending,
    Sent, Took,
};
use crate::event::{Address, Brought, Event, EventKey, Known, Origin, Seed, Source, What};
use crate::reply::{Limits, Reply};

/// What the stand-in compares with.
const SECRET: &str = "a made-up secret";

/// What the stand-in takes of a body at most.
const BYTES_MAX: usize = 10_000;

#[derive(Default)]
pub struct Postman {
    pub courtesies: Mutex<Vec<String>>,
}

impl Channel for Postman {
    fn name(&self) -> &'static str {
        "postman"
    }

    fn limits(&self) -> &'static Limits {
        &crate::channel::web::LIMITS
    }

    fn leaves(&self) -> Leaves {
        Leaves::BySending
    }

    fn write(&self, _: &Reply, _: &Recipient, _: &Outgoing) -> Vec<Payload> {
        Vec::new()
    }

    fn send<'a>(&'a self, payload: &'a Payload) -> Sending<'a> {
        Box::pin(async move {
            let Some(word) = payload.body.as_str() else {
                return Err(SendError::Never {
                    reason: "no word".to_owned(),
                });
            };
            self.courtesies.lock().unwrap().push(word.to_owned());
            Ok(Sent { provider_id: None })
        })
    }

    fn body_bytes_max(&self) -> usize {
        BYTES_MAX
    }

    fn hear(&self, request: &Brings<'_>) -> Heard {
        if request
            .headers
            .get("secret")
            .is_none_or(|one| one != SECRET)
        {
            return Heard::say(StatusCode::UNAUTHORIZED, "");
        }
        let Ok(text) = std::str::from_utf8(request.body) else {
            return Heard::say(StatusCode::BAD_REQUEST, "");
        };
        let lines = text.lines().enumerate();
        Heard::Took(Took {
            brought: lines.map(|(n, line)| said(request, n, line)).collect(),
            courtesies: vec![Payload {
                body: format!("heard at {}?{}", request.below, request.query).into(),
            }],
            ..Took::default()
        })
    }
}

fn said(request: &Brings<'_>, n: usize, line: &str) -> Brought {
    Brought::Said(Box::new(Event {
        key: EventKey {
            channel: "postman".to_owned(),
            account: String::new(),
            key: line.to_owned(),
        },
        received_at: request.now,
        sent_at: None,
        seed: Seed(request.seed.derive(&n.to_string())),
        from: Origin::Address(Address {
            channel: "postman".to_owned(),
            account: String::new(),
            id: "somebody".to_owned(),
        }),
        also: None,
        what: What::Wrote {
            text: line.to_owned(),
        },
        message_id: None,
        note: None,
        kind: "text".to_owned(),
        source: Source::Own,
        ranked: None,
        known: Known::default(),
    }))
}

const GENUINE: (&str, &str) = ("secret", SECRET);
const ZIPPED: (&str, &str) = ("content-encoding", "gzip");

fn zipped(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[tokio::test]
async fn a_delivery_is_taken_whole_or_refused_whole() {
    let bomb = zipped(&vec![b'a'; 50_000_000]);
    let small = zipped(b"one");
    for (case, path, headers, body, status, heard) in [
        (
            "two lines",
            "/webhooks/postman",
            vec![GENUINE],
            b"one\ntwo".to_vec(),
            200,
            vec!["one", "two"],
        ),
        (
            "below",
            "/webhooks/postman/kind?x=1",
            vec![GENUINE],
            b"one".to_vec(),
            200,
            vec!["one"],
        ),
        (
            "zipped",
            "/webhooks/postman",
            vec![GENUINE, ZIPPED],
            small,
            200,
            vec!["one"],
        ),
        (
            "forged",
            "/webhooks/postman",
            vec![],
            b"one".to_vec(),
            401,
            vec![],
        ),
        (
            "nonsense",
            "/webhooks/postman",
            vec![GENUINE],
            vec![0xff],
            400,
            vec![],
        ),
        (
            "no such channel",
            "/webhooks/pigeon",
            vec![GENUINE],
            b"one".to_vec(),
            404,
            vec![],
        ),
        (
            "too large",
            "/webhooks/postman",
            vec![GENUINE],
            vec![b'a'; BYTES_MAX + 1],
            413,
            vec![],
        ),
        (
            "a bomb",
            "/webhooks/postman",
            vec![GENUINE, ZIPPED],
            bomb,
            413,
            vec![],
        ),
        (
            "said to be zipped",
            "/webhooks/postman",
            vec![GENUINE, ZIPPED],
            b"one".to_vec(),
            400,
            vec![],
        ),
    ] {
        let mut visitor = Visitor::new().await;
        let answer = visitor
            .send(Method::POST, path, &headers, Body::from(body))
            .await;
        assert_eq!(answer.status.as_u16(), status, "{case}");
        assert_eq!(visitor.house.heard().await, heard, "{case}");
    }
}

#[tokio::test]
async fn the_same_delivery_twenty_times_at_once_is_one() {
    let visitor = Visitor::new().await;
    let deliveries: Vec<_> = (0..20)
        .map(|_| {
            let mut one = visitor.stranger();
            tokio::spawn(async move {
                one.send(
                    Method::POST,
                    "/webhooks/postman",
                    &[GENUINE],
                    Body::from("one"),
                )
                .await
                .status
            })
        })
        .collect();
    for delivery in deliveries {
        assert_eq!(delivery.await.unwrap(), 200);
    }
    assert_eq!(visitor.house.heard().await, ["one"]);
}

#[tokio::test]
async fn courtesies_leave_after_the_commit_and_only_then() {
    let mut visitor = Visitor::new().await;
    let path = "/webhooks/postman/kind?x=1";
    visitor
        .send(Method::POST, path, &[], Body::from("one"))
        .await;
    visitor
        .send(Method::POST, path, &[GENUINE], Body::from("two"))
        .await;
    let polite = || visitor.house.postman.courtesies.lock().unwrap().clone();
    while polite().is_empty() {
        tokio::task::yield_now().await;
    }
    assert_eq!(polite(), ["heard at kind?x=1"]);
}
