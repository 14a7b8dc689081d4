//! Tables of what is read, written and refused; the stand-in of `tests/product/whatsapp` does the rest.

use std::collections::BTreeMap;

use axum::http::HeaderMap;
use hmac::{Hmac, KeyInit, Mac};
use secrecy::SecretString;
use serde_json::{Value, json};
use sha2::Sha256;

use super::*;
use crate::channel::{Nothing, SendError};
use crate::config::PublicUrl;
use crate::event::{Address, AttachmentKind, Brought, Event, Millis, Origin, Reached, Seed, What};
use crate::reply::{Choice, Choices, Class, ClosedWindow, Proactive, Show, Wants};
use crate::text::lang::Lang;

const SECRET: &str = "app-secret-for-tests";
const NUMBER: &str = "555000111222333";
const PHONE: &str = "966512345678";
const BSUID: &str = "SA.98765432109876";
const NOW: Millis = 1_767_225_700_000;

pub(super) fn channel(api: &str) -> WhatsApp {
    let variables = BTreeMap::from([
        ("WASL_WHATSAPP_TOKEN", "token-for-tests"),
        ("WASL_WHATSAPP_PHONE_NUMBER_ID", NUMBER),
        ("WASL_WHATSAPP_APP_SECRET", SECRET),
        ("WASL_WHATSAPP_VERIFY_TOKEN", "verify-me"),
        ("WASL_WHATSAPP_API_URL", api),
    ]);
    let variables = variables
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value.to_owned()));
    let settings = Settings::read_from(None, variables).unwrap();
    let _ = rustls::crypto::ring::default_provider().install_default();
    let house = House {
        http: reqwest::Client::new(),
        public_url: PublicUrl::read("https://chat.example.org").unwrap(),
        files: std::sync::Arc::new(Nothing),
        tokens: std::sync::Arc::new(Nothing),
    };
    WhatsApp::open(&settings, &house).unwrap().unwrap()
}

fn here() -> WhatsApp {
    channel("http://127.0.0.1:9/v25.0")
}

fn signature(body: &[u8]) -> HeaderMap {
    let mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).unwrap();
    let digest = mac.chain_update(body).finalize().into_bytes();
    let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    let mut headers = HeaderMap::new();
    headers.insert(
        "x-hub-signature-256",
        format!("sha256={hex}").parse().unwrap(),
    );
    headers
}

fn hear(body: &[u8]) -> Heard {
    let headers = signature(body);
    asked(Method::POST, "", "", &headers, body)
}

fn asked(method: Method, below: &str, query: &str, headers: &HeaderMap, body: &[u8]) -> Heard {
    here().hear(&Request {
        method: &method,
        below,
        query,
        headers,
        body,
        now: NOW,
        seed: Seed([7; 16]),
    })
}

fn took(body: &Value) -> crate::channel::Took {
    match hear(body.to_string().as_bytes()) {
        Heard::Took(took) => took,
        said => panic!("{said:?}"),
    }
}

/// A delivery around one value.
fn delivery(value: Value) -> Value {
    let mut value = value;
    value["messaging_product"] = json!("whatsapp");
    value["metadata"] = json!({"display_phone_number": "966112345678", "phone_number_id": NUMBER});
    json!({"object": "whatsapp_business_account", "entry": [
        {"id": "100200300400500", "changes": [{"field": "messages", "value": value}]}]})
}

fn message(message: Value) -> Value {
    let mut message = message;
    for (name, value) in [
        ("from", json!(PHONE)),
        ("from_user_id", json!(BSUID)),
        ("id", json!("wamid.TEST0001")),
        ("timestamp", json!("1767225600")),
    ] {
        if message.get(name).is_none() {
            message[name] = value;
        }
    }
    delivery(json!({
        "contacts": [{"profile": {"name": "سارة"}, "wa_id": PHONE, "user_id": BSUID}],
        "messages": [message],
    }))
}

fn events(took: &crate::channel::Took) -> Vec<&Event> {
    let said = took.brought.iter().filter_map(|brought| match brought {
        Brought::Said(event) => Some(&**event),
        _ => None,
    });
    said.collect()
}

fn is_strange(one: &Brought) -> bool {
    matches!(one, Brought::Strange(_))
}

fn wrote(text: &str) -> What {
    What::Wrote { text: text.into() }
}

fn chose(data: &str, title: &str) -> What {
    What::Chose {
        data: data.into(),
        title: Some(title.into()),
    }
}

fn unreadable(kind: &str) -> What {
    What::Unreadable { kind: kind.into() }
}

fn noted(kind: &str, of: Option<&str>) -> What {
    What::Noted {
        kind: kind.into(),
        of: of.map(str::to_owned),
    }
}

#[test]
fn every_kind_of_message_is_what_it_says() {
    let shared = |own| What::Shared {
        name: Some("خالد".into()),
        phones: vec!["+966 50 000 0001".into()],
        own,
    };
    let card = |wa_id: &str| json!([{"name": {"formatted_name": "خالد"}, "phones": [{"phone": "+966 50 000 0001", "wa_id": wa_id}]}]);
    let interactive = |kind: &str, reply: Value| json!({"type": "interactive", "interactive": {"type": kind, kind: reply}});
    let form = |json: &str| {
        interactive(
            "nfm_reply",
            json!({"name": "flow", "body": "Sent", "response_json": json}),
        )
    };
    for (case, given, kind, expected) in [
        (
            "a text",
            json!({"type": "text", "text": {"body": "السلام عليكم"}}),
            "text",
            wrote("السلام عليكم"),
        ),
        (
            "an answer to a message of ours",
            json!({"type": "text", "text": {"body": "نعم"}, "context": {"from": "966112345678", "id": "wamid.OUT"}}),
            "text",
            wrote("نعم"),
        ),
        (
            "a forwarded text",
            json!({"type": "text", "text": {"body": "نعم"}, "context": {"forwarded": true}}),
            "text",
            wrote("نعم"),
        ),
        (
            "from an advertisement",
            json!({"type": "text", "text": {"body": "مرحبا"}, "referral": {"source_type": "ad", "source_id": "1", "headline": "x"}}),
            "text",
            wrote("مرحبا"),
        ),
        (
            "a text without words",
            json!({"type": "text", "text": {}}),
            "text",
            unreadable("text"),
        ),
        (
            "a text of another type",
            json!({"type": "text", "text": {"body": 7}}),
            "text",
            unreadable("text"),
        ),
        (
            "a text that is none",
            json!({"type": "text", "text": "x"}),
            "text",
            unreadable("text"),
        ),
        (
            "a button",
            interactive(
                "button_reply",
                json!({"id": "a1:consent:yes", "title": "أوافق"}),
            ),
            "interactive",
            chose("a1:consent:yes", "أوافق"),
        ),
        (
            "a row",
            interactive(
                "list_reply",
                json!({"id": "a1:service:food", "title": "سلة", "description": "x"}),
            ),
            "interactive",
            chose("a1:service:food", "سلة"),
        ),
        (
            "a button without an id",
            interactive("button_reply", json!({"title": "x"})),
            "interactive",
            unreadable("interactive"),
        ),
        (
            "a form",
            form(r#"{"age":40,"flow_token":"t","list":["x"],"name":"سارة"}"#),
            "interactive",
            wrote("40\nسارة"),
        ),
        (
            "a form of another shape",
            form("[1]"),
            "interactive",
            unreadable("interactive"),
        ),
        (
            "a form that is no JSON",
            form("{"),
            "interactive",
            unreadable("interactive"),
        ),
        (
            "a template's button of ours",
            json!({"type": "button", "button": {"payload": "a1:rate:5", "text": "ممتاز"}, "context": {"id": "wamid.OUT"}}),
            "button",
            chose("a1:rate:5", "ممتاز"),
        ),
        (
            "a template's button",
            json!({"type": "button", "button": {"payload": "إيقاف", "text": "إيقاف"}}),
            "button",
            wrote("إيقاف"),
        ),
        (
            "a pin",
            json!({"type": "location", "location": {"latitude": 24.7, "longitude": 46.6}}),
            "location",
            What::Pinned {
                latitude: 24.7,
                longitude: 46.6,
                label: None,
            },
        ),
        (
            "a place",
            json!({"type": "location", "location": {"latitude": 24.7, "longitude": 46.6, "name": "مسجد", "address": "الرياض"}}),
            "location",
            What::Pinned {
                latitude: 24.7,
                longitude: 46.6,
                label: Some("مسجد, الرياض".into()),
            },
        ),
        (
            "a place that is nowhere",
            json!({"type": "location", "location": {"latitude": 124.7, "longitude": 46.6}}),
            "location",
            unreadable("location"),
        ),
        (
            "a card",
            json!({"type": "contacts", "contacts": card("966500000001")}),
            "contacts",
            shared(false),
        ),
        (
            "their own card",
            json!({"type": "contacts", "contacts": card(PHONE)}),
            "contacts",
            shared(true),
        ),
        (
            "a number without a name",
            json!({"type": "contacts", "contacts": [{"phones": [{"wa_id": PHONE}]}]}),
            "contacts",
            What::Shared {
                name: None,
                phones: vec![PHONE.into()],
                own: true,
            },
        ),
        (
            "no card",
            json!({"type": "contacts", "contacts": []}),
            "contacts",
            unreadable("contacts"),
        ),
        (
            "a sticker",
            json!({"type": "sticker", "sticker": {"id": "1", "mime_type": "image/webp"}}),
            "sticker",
            unreadable("sticker"),
        ),
        (
            "a reaction",
            json!({"type": "reaction", "reaction": {"message_id": "wamid.OUT", "emoji": "👍"}}),
            "reaction",
            noted("reaction", Some("wamid.OUT")),
        ),
        (
            "a reaction taken back",
            json!({"type": "reaction", "reaction": {"message_id": "wamid.OUT"}}),
            "reaction",
            noted("reaction", Some("wamid.OUT")),
        ),
        (
            "an edit",
            json!({"type": "edit", "edit": {"original_message_id": "wamid.OLD", "message": {"type": "text", "text": {"body": "لا"}}}}),
            "edit",
            What::Edited {
                of: "wamid.OLD".into(),
                text: "لا".into(),
            },
        ),
        (
            "an edit of a caption",
            json!({"type": "edit", "edit": {"original_message_id": "wamid.OLD", "message": {"type": "image", "image": {"id": "1", "caption": "لا"}}}}),
            "edit",
            What::Edited {
                of: "wamid.OLD".into(),
                text: "لا".into(),
            },
        ),
        (
            "an edit of who knows what",
            json!({"type": "edit", "edit": {"message": {"type": "text", "text": {"body": "لا"}}}}),
            "edit",
            noted("edit", None),
        ),
        (
            "taken back",
            json!({"type": "revoke", "revoke": {"original_message_id": "wamid.OLD"}}),
            "revoke",
            noted("revoke", Some("wamid.OLD")),
        ),
        (
            "an order",
            json!({"type": "order", "order": {"catalog_id": "1", "product_items": []}}),
            "order",
            unreadable("order"),
        ),
        (
            "unsupported",
            json!({"type": "unsupported", "errors": [{"code": 131_051, "title": "x"}]}),
            "unsupported",
            unreadable("unsupported"),
        ),
        (
            "unknown",
            json!({"type": "unknown"}),
            "unknown",
            unreadable("unknown"),
        ),
        (
            "newer than we are",
            json!({"type": "hologram", "hologram": {}}),
            "hologram",
            unreadable("hologram"),
        ),
        ("no type", json!({}), "unknown", unreadable("unknown")),
        (
            "a type of another type",
            json!({"type": ["text"]}),
            "unknown",
            unreadable("unknown"),
        ),
    ] {
        let took = took(&message(given));
        let [event] = events(&took)[..] else {
            panic!("{case}: {took:?}")
        };
        assert_eq!(
            (event.kind.as_str(), &event.what),
            (kind, &expected),
            "{case}"
        );
        assert_eq!(
            event.message_id.as_deref(),
            Some("wamid.TEST0001"),
            "{case}"
        );
        assert_eq!(event.sent_at, Some(1_767_225_600_000), "{case}");
        assert_eq!(took.troubles, [] as [String; 0], "{case}");
    }
}

#[test]
fn files_are_taken_with_where_they_lie() {
    for (case, given, kind, attached, mime, name) in [
        (
            "a photo",
            json!({"type": "image", "image": {"id": "M1", "mime_type": "image/jpeg", "sha256": "aa=", "caption": "هويتي"}}),
            "image",
            AttachmentKind::Photo,
            "image/jpeg",
            None,
        ),
        (
            "a voice note",
            json!({"type": "audio", "audio": {"id": "M1", "mime_type": "audio/ogg; codecs=opus", "sha256": "aa=", "voice": true}}),
            "voice",
            AttachmentKind::Voice,
            "audio/ogg; codecs=opus",
            None,
        ),
        (
            "a song",
            json!({"type": "audio", "audio": {"id": "M1", "mime_type": "audio/mpeg", "sha256": "aa=", "voice": false}}),
            "audio",
            AttachmentKind::Voice,
            "audio/mpeg",
            None,
        ),
        (
            "a voice note of old",
            json!({"type": "voice", "voice": {"id": "M1", "mime_type": "audio/ogg", "sha256": "aa="}}),
            "voice",
            AttachmentKind::Voice,
            "audio/ogg",
            None,
        ),
        (
            "a film",
            json!({"type": "video", "video": {"id": "M1", "mime_type": "video/mp4", "sha256": "aa="}}),
            "video",
            AttachmentKind::Video,
            "video/mp4",
            None,
        ),
        (
            "a document",
            json!({"type": "document", "document": {"id": "M1", "mime_type": "application/pdf", "sha256": "aa=", "filename": "../هوية.pdf"}}),
            "document",
            AttachmentKind::Document,
            "application/pdf",
            Some("../هوية.pdf"),
        ),
    ] {
        let took = took(&message(given));
        let event = events(&took)[0];
        let What::Sent {
            attachment, fetch, ..
        } = &event.what
        else {
            panic!("{case}: {:?}", event.what)
        };
        assert_eq!(event.kind, kind, "{case}");
        assert_eq!(fetch.as_deref(), Some("M1 aa="), "{case}");
        assert_eq!(
            (
                attachment.kind,
                attachment.mime.as_str(),
                attachment.name.as_deref()
            ),
            (attached, mime, name),
            "{case}"
        );
        assert_eq!(attachment.id.len(), 32, "{case}");
        assert!(attachment.digest.is_empty(), "{case}");
    }
    let without = took(&message(
        json!({"type": "image", "image": {"mime_type": "image/jpeg"}}),
    ));
    assert_eq!(events(&without)[0].what, unreadable("image"));
}

#[test]
fn good_messages_of_a_batch_count_and_bad_ones_harm_nobody() {
    let text = |id: &str, from: &str| json!({"id": id, "from": from, "timestamp": "1767225600", "type": "text", "text": {"body": id}});
    let metadata = json!({"display_phone_number": "966112345678", "phone_number_id": NUMBER});
    let value = |messages: Value| json!({"metadata": metadata, "messages": messages});
    let body = json!({"entry": [
        {"changes": [
            {"field": "messages", "value": value(json!([text("w1", "966500000001"), 7, {"type": "text"}, text("w2", "966500000002")]))},
            {"field": "messages", "value": value(json!([{"id": "w3", "type": "text", "text": {"body": "x"}}]))},
            {"field": "messages", "value": {"metadata": {"phone_number_id": "999"}, "messages": [text("w4", PHONE)]}},
            {"field": "smb_message_echoes", "value": {"metadata": metadata, "message_echoes": [text("w5", "966112345678")]}},
            {"field": "messages", "value": value(json!([text("w6", "+966 11 234 5678")]))},
            {"field": "messages", "value": value(json!([{"id": "w7", "from": PHONE, "group_id": "g1", "type": "text", "text": {"body": "x"}}]))},
            {"field": "flows", "value": {"event": "x"}},
            {"value": value(json!([text("w8", PHONE)]))},
            "change",
        ]},
        {"changes": {"field": "messages"}},
        {"changes": [{"field": "messages", "value": value(json!([text("w9", "966500000001")]))}]},
    ]});
    let took = took(&body);
    let keys: Vec<_> = events(&took)
        .iter()
        .map(|event| event.key.key.as_str())
        .collect();
    assert_eq!(keys, ["w1", "w2", "w9"]);
    let seeds: std::collections::BTreeSet<_> =
        events(&took).iter().map(|event| event.seed.0).collect();
    assert_eq!(seeds.len(), 3, "each has a seed of its own");
    let strange = took.brought.iter().filter(|one| is_strange(one));
    assert_eq!(strange.count(), 4, "kept as they came");
    let read: Vec<_> = took
        .courtesies
        .iter()
        .map(|one| one.body["courtesy"]["message_id"].clone())
        .collect();
    assert_eq!(read, ["w2", "w9"], "the last of each person");
    assert_eq!(
        took.courtesies[0].body["courtesy"].get("typing_indicator"),
        None
    );
    assert_eq!(
        took.patience[0].body["courtesy"]["typing_indicator"]["type"],
        "text"
    );
}

#[test]
fn a_sender_is_known_by_the_user_id_and_the_phone_stands_beside_it() {
    let both = took(&message(json!({"type": "text", "text": {"body": "x"}})));
    let event = events(&both)[0];
    let address = |id: &str| {
        Origin::Address(Address {
            channel: NAME.into(),
            account: NUMBER.into(),
            id: id.into(),
        })
    };
    assert_eq!(
        (&event.from, event.also.as_deref()),
        (&address(BSUID), Some(PHONE))
    );
    assert_eq!(event.key.account, NUMBER);
    let old = delivery(json!({"contacts": [{"wa_id": PHONE}], "messages": [
        {"from": PHONE, "id": "w", "timestamp": 1_767_225_600_123_i64, "type": "text", "text": {"body": "x"}}]}));
    let old = took(&old);
    let event = events(&old)[0];
    assert_eq!(
        (&event.from, event.also.as_deref()),
        (&address(PHONE), None)
    );
    assert_eq!(
        event.sent_at,
        Some(1_767_225_600_123),
        "milliseconds are milliseconds"
    );
}

#[test]
fn a_changed_number_moves_the_person_and_says_nothing() {
    let moved = |system: Value, from: &str| {
        let body = delivery(json!({"messages": [
            {"from": from, "id": "w", "timestamp": "1767225600", "type": "system", "system": system}]}));
        let took = took(&body);
        let ways = took.brought.iter().map(|brought| match brought {
            Brought::Moved(moved) => (moved.from.id.clone(), moved.to.id.clone()),
            other => panic!("{other:?}"),
        });
        ways.collect::<Vec<_>>()
    };
    let way = |from: &str, to: &str| (from.to_owned(), to.to_owned());
    for (case, system, from, expected) in [
        (
            "both are told",
            json!({"type": "user_changed_number", "wa_id": "966500000009", "user_id": "SA.2", "previous_user_id": "SA.1"}),
            PHONE,
            vec![way("SA.1", "SA.2"), way(PHONE, "SA.2")],
        ),
        (
            "an older delivery",
            json!({"type": "customer_changed_number", "new_wa_id": "966500000009"}),
            PHONE,
            vec![way(PHONE, "966500000009")],
        ),
        (
            "only the user id",
            json!({"type": "user_changed_user_id", "user_id": "SA.2", "previous_user_id": "SA.1"}),
            "SA.1",
            vec![way("SA.1", "SA.2")],
        ),
        (
            "another device",
            json!({"type": "customer_identity_changed"}),
            PHONE,
            vec![],
        ),
        (
            "to itself",
            json!({"type": "user_changed_number", "wa_id": PHONE}),
            PHONE,
            vec![],
        ),
    ] {
        assert_eq!(moved(system, from), expected, "{case}");
    }
}

#[test]
fn statuses_say_how_far_a_message_came() {
    let status = |status: Value| {
        let took = took(&delivery(json!({"statuses": [status]})));
        assert_eq!(took.troubles, [] as [String; 0]);
        took.brought
    };
    let base = |word: &str| json!({"id": "wamid.OUT", "status": word, "timestamp": "1767225660", "recipient_id": PHONE, "recipient_user_id": BSUID});
    for (word, reached) in [
        ("sent", Some(Reached::Sent)),
        ("delivered", Some(Reached::Delivered)),
        ("read", Some(Reached::Read)),
        ("played", Some(Reached::Read)),
        ("deleted", None),
        ("teleported", None),
    ] {
        let mut brought = status(base(word));
        let strange = brought
            .iter()
            .filter(|one| matches!(one, Brought::Strange(_)));
        assert_eq!(strange.count(), usize::from(word == "teleported"), "{word}");
        brought.retain(|one| !matches!(one, Brought::Strange(_)));
        let found = brought.first().map(|brought| match brought {
            Brought::Receipt(receipt) => {
                assert_eq!(
                    (receipt.provider_id.as_str(), receipt.at),
                    ("wamid.OUT", 1_767_225_660_000)
                );
                receipt.reached
            }
            other => panic!("{other:?}"),
        });
        assert_eq!(found, reached, "{word}");
    }
    let failed = |code: i64| {
        let mut failed = base("failed");
        failed["errors"] =
            json!([{"code": code, "title": "x", "error_data": {"details": "about 966512345678"}}]);
        status(failed)
    };
    let Brought::Receipt(receipt) = &failed(131_047)[0] else {
        panic!()
    };
    assert_eq!(
        receipt.reason.as_deref(),
        Some("the platform's window is closed (131047)")
    );
    let gone = failed(131_026);
    let barred = |one: &Brought| matches!(one, Brought::Reach(reach) if reach.barred.is_some() && reach.address.id == BSUID);
    assert!(gone.len() == 2 && barred(&gone[1]), "{gone:?}");
    let stopped = failed(131_050);
    assert!(
        matches!(&stopped[1], Brought::Reach(reach) if reach.opted_out && reach.address.id == BSUID)
    );
}

#[test]
fn what_nobody_can_read_is_kept_as_it_came_with_a_200() {
    let kinds = |body: &Value| -> Vec<String> {
        let brought = took(body).brought;
        let strange = brought.iter().filter_map(|one| match one {
            Brought::Strange(strange) => Some(strange.kind.clone()),
            _ => None,
        });
        strange.collect()
    };
    let field = |name: &str| {
        let mut body = delivery(json!({"x": 1}));
        body["entry"][0]["changes"][0]["field"] = json!(name);
        body
    };
    for (case, body, expected) in [
        (
            "a field of tomorrow",
            field("telepathy"),
            vec!["field telepathy"],
        ),
        (
            "a field that says nothing to us",
            field("smb_message_echoes"),
            vec![],
        ),
        ("no entries", json!({"entry": 7}), vec!["no entry"]),
        ("nothing new", json!({"entry": []}), vec![]),
        (
            "a message of tomorrow",
            message(json!({"type": "hologram", "hologram": {}})),
            vec!["message hologram"],
        ),
        (
            "a text without words",
            message(json!({"type": "text", "text": 5})),
            vec!["message text"],
        ),
        (
            "a sticker",
            message(json!({"type": "sticker", "sticker": {"id": "1"}})),
            vec![],
        ),
        (
            "nobody's messages",
            delivery(json!({"messages": [{"id": "w"}, {"type": "text"}]})),
            vec!["message without a sender", "message without an id"],
        ),
    ] {
        assert_eq!(kinds(&body), expected, "{case}");
    }
}

#[test]
fn promotion_stopped_at_the_platform_is_stopped() {
    for (value, expected) in [("stop", Some(true)), ("resume", Some(false)), ("?", None)] {
        let mut body = delivery(json!({
            "contacts": [{"wa_id": PHONE, "user_id": BSUID}],
            "user_preferences": [{"wa_id": PHONE, "detail": "x", "category": "marketing_messages", "value": value, "timestamp": "1767225660"}],
        }));
        body["entry"][0]["changes"][0]["field"] = json!("user_preferences");
        let took = took(&body);
        let reach = took.brought.first().map(|brought| match brought {
            Brought::Reach(reach) => (reach.opted_out, reach.address.id.clone()),
            other => panic!("{other:?}"),
        });
        assert_eq!(
            reach,
            expected.map(|stopped| (stopped, BSUID.to_owned())),
            "{value}"
        );
    }
}

#[test]
fn trouble_of_the_account_is_told() {
    let took = took(&delivery(
        json!({"errors": [{"code": 131_031, "title": "locked"}]}),
    ));
    assert_eq!(took.troubles, ["the account is locked (131031)"]);
    let news = |field: &str, value: Value| {
        let body = json!({"entry": [{"changes": [{"field": field, "value": value}]}]});
        super::tests::took(&body).troubles
    };
    let template = |event: &str| json!({"event": event, "message_template_name": "case_update", "message_template_language": "ar", "reason": "NONE"});
    assert_eq!(
        news("message_template_status_update", template("APPROVED")),
        [] as [String; 0]
    );
    assert_eq!(
        news("message_template_status_update", template("PAUSED")),
        ["message_template_status_update: PAUSED, case_update, ar, NONE"]
    );
}

#[test]
fn requests_are_answered_as_the_manual_says() {
    let ok = br#"{"object":"whatsapp_business_account","entry":[]}"#;
    let nested = |levels: usize| [vec![b'['; levels], vec![b']'; levels]].concat();
    let status = |heard: Heard| match heard {
        Heard::Took(took) if took.brought.iter().all(is_strange) => 200,
        Heard::Took(took) => panic!("{took:?}"),
        Heard::Say { status, .. } => status.as_u16(),
    };
    for (case, body, expected) in [
        ("nothing new", ok.to_vec(), 200),
        ("cut off", ok[..20].to_vec(), 400),
        ("no JSON", b"hello".to_vec(), 400),
        ("nothing", Vec::new(), 400),
        ("letters that are none", vec![b'"', 0xff, 0xfe, b'"'], 400),
        ("a list", b"[1,2]".to_vec(), 200),
        (
            "another object",
            br#"{"object":"page","entry":[{"changes":[{"field":"feed"}]}]}"#.to_vec(),
            200,
        ),
        ("entries of another type", br#"{"entry":"x"}"#.to_vec(), 200),
        ("50 levels", nested(50), 200),
        ("127 levels", nested(127), 200),
        ("128 levels", nested(128), 200),
        ("129 levels", nested(129), 400),
        ("5,000 levels", nested(5_000), 400),
        (
            "brackets in a text",
            format!("[\"{}\"]", "[".repeat(500)).into_bytes(),
            200,
        ),
    ] {
        assert_eq!(status(hear(&body)), expected, "{case}");
    }
    let forged = signature(b"something else");
    assert_eq!(status(asked(Method::POST, "", "", &forged, ok)), 401);
    assert_eq!(
        status(asked(Method::POST, "", "", &HeaderMap::new(), ok)),
        401
    );
    assert_eq!(
        status(asked(Method::POST, "x", "", &signature(ok), ok)),
        404
    );
    assert_eq!(status(asked(Method::PUT, "", "", &signature(ok), ok)), 405);
    assert_eq!(
        status(asked(Method::GET, "", "", &HeaderMap::new(), b"")),
        403
    );
    let query = "hub.mode=subscribe&hub.challenge=42&hub.verify_token=verify-me";
    assert_eq!(
        asked(Method::GET, "", query, &HeaderMap::new(), b""),
        Heard::say(StatusCode::OK, "42")
    );
}

#[test]
fn settings_that_cannot_work_are_told_with_their_remedy() {
    let given = [
        ("WASL_WHATSAPP_TOKEN", "t"),
        ("WASL_WHATSAPP_PHONE_NUMBER_ID", "+966 11 234 5678"),
        ("WASL_WHATSAPP_APP_SECRET", "s"),
        ("WASL_WHATSAPP_VERIFY_TOKEN", "v"),
    ];
    let settings = |given: &[(&str, &str)]| {
        let given = given
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Settings::read_from(None, given).unwrap()
    };
    let house = here().house.clone();
    let refused = WhatsApp::open(&settings(&given), &house).err().unwrap();
    assert!(
        refused.contains("WASL_WHATSAPP_PHONE_NUMBER_ID"),
        "{refused}"
    );
    assert!(
        WhatsApp::open(&settings(&given[..3]), &house)
            .unwrap()
            .is_none()
    );
    let _: Option<SecretString> = settings(&[]).whatsapp.token;
}

#[tokio::test]
async fn nobody_at_the_other_end_is_later_and_never_unknown() {
    let payload = wire::Wire::Message {
        message: json!({"type": "text", "to": PHONE, "text": {"body": "x"}}),
        upload: None,
    };
    let ended = here().send(&payload.payload()).await;
    assert!(matches!(ended, Err(SendError::Later { .. })), "{ended:?}");
    let closed = here().send(&wire::Wire::Closed.payload()).await;
    assert_eq!(closed, Err(SendError::WindowClosed));
}

fn choice(data: &str, title: &str, note: Option<&str>) -> Choice {
    Choice {
        data: data.into(),
        title: title.into(),
        note: note.map(str::to_owned),
    }
}

fn reply(text: &str) -> Reply {
    Reply {
        class: Class::Dialog,
        language: Lang::Ar,
        texts: vec![text.into()],
        choices: None,
        wants: None,
        shows: Vec::new(),
        asks: None,
        sensitive: false,
        proactive: None,
    }
}

fn choices(options: Vec<Choice>) -> Option<Choices> {
    Some(Choices {
        several: false,
        options,
        controls: Vec::new(),
        from: 0,
        more: "المزيد".into(),
        open: "الخيارات".into(),
    })
}

fn to(id: &str, also: Option<&str>) -> Recipient {
    Recipient {
        address: Address {
            channel: NAME.into(),
            account: NUMBER.into(),
            id: id.into(),
        },
        also: also.map(str::to_owned),
    }
}

fn out(window_open: bool) -> Outgoing {
    Outgoing {
        id: "out1".into(),
        now: NOW,
        window_open,
        answers: None,
    }
}

/// What goes over the wire, without what is the same in every message.
fn sends(reply: &Reply, window_open: bool) -> Vec<Value> {
    let payloads = here().write(reply, &to(PHONE, None), &out(window_open));
    let body = |payload: &Payload| {
        let mut message = payload.body["message"]["message"].clone();
        for (name, value) in [
            ("messaging_product", "whatsapp"),
            ("recipient_type", "individual"),
            ("to", PHONE),
        ] {
            let fields = message.as_object_mut().unwrap();
            assert_eq!(fields.remove(name), Some(json!(value)));
        }
        message
            .as_object_mut()
            .unwrap()
            .remove("biz_opaque_callback_data");
        message
    };
    payloads.iter().map(body).collect()
}

#[test]
fn a_reply_takes_the_platforms_own_forms() {
    let yes_no = choices(vec![
        choice("a:b:yes", "أوافق", None),
        choice("a:b:no", "لا أوافق", None),
    ]);
    let many = choices(
        (1..=12)
            .map(|n| choice(&format!("a:b:{n}"), &format!("خيار {n}"), Some("شرح")))
            .collect(),
    );
    let asked = |wants| Reply {
        wants: Some(wants),
        ..reply("أين السكن؟")
    };
    let interactive = |kind: &str, text: &str, action: Value| json!({"type": "interactive", "interactive": {"type": kind, "body": {"text": text}, "action": action}});
    let rows = |numbers: std::ops::RangeInclusive<u32>| -> Vec<Value> {
        numbers.map(|n| json!({"id": format!("a:b:{n}"), "title": format!("خيار {n}"), "description": "شرح"})).collect()
    };
    let mut first = rows(1..=9);
    first.push(json!({"id": "!more:9", "title": "المزيد"}));
    for (case, reply, expected) in [
        (
            "words",
            reply("سلام"),
            vec![json!({"type": "text", "text": {"body": "سلام", "preview_url": false}})],
        ),
        (
            "buttons",
            Reply {
                choices: yes_no.clone(),
                ..reply("هل توافقون؟")
            },
            vec![interactive(
                "button",
                "هل توافقون؟",
                json!({"buttons": [
                    {"type": "reply", "reply": {"id": "a:b:yes", "title": "أوافق"}},
                    {"type": "reply", "reply": {"id": "a:b:no", "title": "لا أوافق"}},
                ]}),
            )],
        ),
        (
            "a list of more than ten",
            Reply {
                choices: many,
                ..reply("ما الخدمة؟")
            },
            vec![interactive(
                "list",
                "ما الخدمة؟",
                json!({"button": "الخيارات", "sections": [{"rows": first}]}),
            )],
        ),
        (
            "a place is asked",
            asked(Wants::Location),
            vec![interactive(
                "location_request_message",
                "أين السكن؟",
                json!({"name": "send_location"}),
            )],
        ),
        (
            "a number is asked",
            asked(Wants::Phone),
            vec![interactive(
                "request_contact_info",
                "أين السكن؟",
                json!({"name": "request_contact_info"}),
            )],
        ),
        (
            "a link",
            Reply {
                shows: vec![Show::Link {
                    url: "https://example.org/a".into(),
                    title: "الموقع".into(),
                }],
                ..reply("للتفاصيل")
            },
            vec![interactive(
                "cta_url",
                "للتفاصيل",
                json!({"name": "cta_url", "parameters": {"display_text": "الموقع", "url": "https://example.org/a"}}),
            )],
        ),
        (
            "a place",
            Reply {
                shows: vec![Show::Place {
                    latitude: 24.7,
                    longitude: 46.6,
                    title: "الجمعية".into(),
                    address: "الدلم".into(),
                }],
                texts: vec![],
                ..reply("")
            },
            vec![
                json!({"type": "location", "location": {"latitude": 24.7, "longitude": 46.6, "name": "الجمعية", "address": "الدلم"}}),
            ],
        ),
        (
            "a card",
            Reply {
                shows: vec![Show::Card {
                    name: "خالد".into(),
                    phones: vec!["+966112345678".into()],
                }],
                texts: vec![],
                ..reply("")
            },
            vec![
                json!({"type": "contacts", "contacts": [{"name": {"formatted_name": "خالد", "first_name": "خالد"}, "phones": [{"phone": "+966112345678", "type": "WORK"}]}]}),
            ],
        ),
        (
            "a document",
            Reply {
                shows: vec![Show::File {
                    path: "documents/bylaws.pdf".into(),
                    title: "اللائحة".into(),
                }],
                texts: vec![],
                ..reply("")
            },
            vec![
                json!({"type": "document", "document": {"filename": "bylaws.pdf", "caption": "اللائحة"}}),
            ],
        ),
        (
            "a recording",
            Reply {
                shows: vec![Show::Audio {
                    path: "audio/hello.ogg".into(),
                }],
                texts: vec![],
                ..reply("")
            },
            vec![json!({"type": "audio", "audio": {}})],
        ),
    ] {
        assert_eq!(sends(&reply, true), expected, "{case}");
    }
}

#[test]
fn outside_the_window_a_template_leaves_and_nothing_else() {
    let closed = here().write(&reply("سلام"), &to(PHONE, None), &out(false));
    assert_eq!(closed, [wire::Wire::Closed.payload()]);
    let push = Reply {
        language: Lang::En,
        proactive: Some(Proactive {
            template: "case_update".into(),
            parameters: vec!["a\n\tb      c".into(), "  ".into()],
            purpose: None,
            expires: None,
            quiet: true,
            owed: false,
            closed_window: ClosedWindow::Template,
        }),
        ..reply("لديكم تحديث")
    };
    assert_eq!(
        sends(&push, false),
        [json!({"type": "template", "template": {
            "name": "case_update",
            "language": {"code": "en", "policy": "deterministic"},
            "components": [{"type": "body", "parameters": [
                {"type": "text", "text": "a  b    c"}, {"type": "text", "text": "-"}]}],
        }})]
    );
    assert_eq!(
        sends(&push, true)[0]["type"],
        "text",
        "inside it our own words leave"
    );
}

#[test]
fn a_phone_and_a_user_id_stand_each_in_its_own_place() {
    for (case, recipient, expected) in [
        ("a phone", to(PHONE, None), ("to", PHONE)),
        ("both", to(BSUID, Some(PHONE)), ("to", PHONE)),
        ("only a user id", to(BSUID, None), ("recipient", BSUID)),
    ] {
        let payload = here()
            .write(&reply("سلام"), &recipient, &out(true))
            .remove(0);
        let message = &payload.body["message"]["message"];
        assert_eq!(message[expected.0], expected.1, "{case}");
        let other = if expected.0 == "to" {
            "recipient"
        } else {
            "to"
        };
        assert_eq!(message.get(other), None, "{case}");
        assert_eq!(message["biz_opaque_callback_data"], "out1", "{case}");
    }
}

#[test]
fn an_answer_hangs_on_the_message_that_it_answers() {
    let answer = Reply {
        shows: vec![Show::Quote {
            of: Some("wamid.IN".into()),
            text: "متى؟".into(),
        }],
        ..reply("غدًا")
    };
    assert_eq!(
        sends(&answer, true)[0]["context"],
        json!({"message_id": "wamid.IN"})
    );
}
