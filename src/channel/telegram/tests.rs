//! What Telegram brings and what we make of it; what we say and what Telegram is told. Tables.

use axum::http::{HeaderMap, Method, StatusCode};
use serde_json::{Value, json};

use super::*;
use crate::channel::{Nothing, Took};
use crate::event::{Brought, Seed, What};
use crate::reply::{Choice, Choices, Class, MORE, Show, Wants};
use crate::text::lang::Lang;

const SECRET: &str = "an-invented-secret_1";
const NOW: i64 = 1_780_000_100_000;

fn opened(variables: &[(&str, &str)]) -> Result<Option<Arc<dyn Channel>>, String> {
    let variables = variables
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    let settings = Settings::read_from(None, variables).unwrap();
    let house = House {
        http: reqwest::Client::new(),
        public_url: PublicUrl::read("https://chat.example.org").unwrap(),
        files: Arc::new(Nothing),
        tokens: Arc::new(Nothing),
    };
    open(&settings, &house)
}

fn channel() -> Arc<dyn Channel> {
    let settings = [
        ("WASL_TELEGRAM_TOKEN", "7012345678:AAinvented-_"),
        ("WASL_TELEGRAM_WEBHOOK", "true"),
        ("WASL_TELEGRAM_WEBHOOK_SECRET", SECRET),
    ];
    opened(&settings).unwrap().unwrap()
}

fn hear(secret: Option<&str>, body: &[u8]) -> Heard {
    let mut headers = HeaderMap::new();
    if let Some(secret) = secret {
        headers.insert(SECRET_HEADER, secret.parse().unwrap());
    }
    channel().hear(&Request {
        method: &Method::POST,
        below: "",
        query: "",
        headers: &headers,
        body,
        now: NOW,
        seed: Seed([7; 16]),
    })
}

fn took(body: &str) -> Took {
    match hear(Some(SECRET), body.as_bytes()) {
        Heard::Took(took) => took,
        Heard::Say { status, .. } => panic!("{status} to {body}"),
    }
}

/// An update with a message of a person's, whose kind stands in `fields`.
fn message(fields: Value) -> String {
    let mut message = json!({
        "message_id": 41,
        "from": {"id": 5_001, "is_bot": false, "first_name": "سارة", "language_code": "ar-SA"},
        "chat": {"id": 5_001, "type": "private", "first_name": "سارة"},
        "date": 1_780_000_000,
    });
    for (name, value) in fields.as_object().unwrap() {
        message[name] = value.clone();
    }
    json!({"update_id": 871_000_001, "message": message}).to_string()
}

/// The only event of an update.
fn event(body: &str) -> crate::event::Event {
    let mut brought = took(body).brought;
    brought.retain(|one| !matches!(one, Brought::Strange(_)));
    match (brought.pop(), brought.len()) {
        (Some(Brought::Said(event)), 0) => *event,
        other => panic!("{other:?} of {body}"),
    }
}

fn wrote(text: &str) -> What {
    What::Wrote {
        text: text.to_owned(),
    }
}

fn pinned(label: Option<&str>) -> What {
    What::Pinned {
        latitude: 24.71,
        longitude: 46.67,
        label: label.map(str::to_owned),
    }
}

fn shared(name: &str, phone: &str, own: bool) -> What {
    What::Shared {
        name: Some(name.to_owned()),
        phones: vec![phone.to_owned()],
        own,
    }
}

fn opened_with(payload: Option<&str>, language: Option<Lang>) -> What {
    What::Opened {
        payload: payload.map(str::to_owned),
        language,
    }
}

fn chose(data: &str, title: &str) -> What {
    What::Chose {
        data: data.to_owned(),
        title: Some(title.to_owned()),
    }
}

#[test]
fn what_people_send_becomes_what_happened() {
    let place = json!({"latitude": 24.71, "longitude": 46.67});
    for (case, fields, expected, kind) in [
        ("a text", json!({"text": "سلام"}), wrote("سلام"), "text"),
        (
            "the start",
            json!({"text": "/start"}),
            opened_with(None, Some(Lang::Ar)),
            "text",
        ),
        (
            "the start by a link",
            json!({"text": "/start go-7Xk_2"}),
            opened_with(Some("go-7Xk_2"), Some(Lang::Ar)),
            "text",
        ),
        (
            "the start with words that no link carries",
            json!({"text": "/start ما هذا"}),
            opened_with(None, Some(Lang::Ar)),
            "text",
        ),
        (
            "the start in English",
            json!({"text": "/start@wasl_demo_bot", "from": {"id": 5_001, "is_bot": false, "language_code": "en"}}),
            opened_with(None, Some(Lang::En)),
            "text",
        ),
        (
            "the start of who speaks neither",
            json!({"text": "/start", "from": {"id": 5_001, "is_bot": false, "language_code": "ur"}}),
            opened_with(None, None),
            "text",
        ),
        (
            "a command of the menu",
            json!({"text": "/status"}),
            chose("!status", "/status"),
            "text",
        ),
        (
            "a command of nobody's",
            json!({"text": "/dance"}),
            wrote("/dance"),
            "text",
        ),
        (
            "the own card",
            json!({"contact": {"phone_number": "966500000001", "first_name": "سارة", "last_name": "علي", "user_id": 5_001}}),
            shared("سارة علي", "+966500000001", true),
            "contact",
        ),
        (
            "somebody else's card",
            json!({"contact": {"phone_number": "0500000002", "first_name": "خالد", "user_id": 5_002}}),
            shared("خالد", "0500000002", false),
            "contact",
        ),
        (
            "a card of nobody on Telegram",
            json!({"contact": {"phone_number": "0500000003", "first_name": "منى"}}),
            shared("منى", "0500000003", false),
            "contact",
        ),
        (
            "a place",
            json!({"location": place}),
            pinned(None),
            "location",
        ),
        (
            "a live place",
            json!({"location": {"latitude": 24.71, "longitude": 46.67, "live_period": 900}}),
            pinned(None),
            "location",
        ),
        (
            "a venue",
            json!({"location": place, "venue": {"location": place, "title": "المقر", "address": "الرياض"}}),
            pinned(Some("المقر، الرياض")),
            "venue",
        ),
        (
            "a sticker",
            json!({"sticker": {"file_id": "s", "emoji": "🌹"}}),
            What::Unreadable {
                kind: "sticker".to_owned(),
            },
            "sticker",
        ),
        (
            "a kind of tomorrow",
            json!({"hologram": {"depth": 3}}),
            What::Unreadable {
                kind: "hologram".to_owned(),
            },
            "hologram",
        ),
        (
            "a text of a shape of tomorrow",
            json!({"text": {"rich": []}}),
            What::Unreadable {
                kind: "text".to_owned(),
            },
            "text",
        ),
    ] {
        let event = event(&message(fields));
        assert_eq!(event.what, expected, "{case}");
        assert_eq!(event.kind, kind, "{case}");
        assert_eq!(event.key.key, "871000001", "{case}");
        assert_eq!(event.key.account, "7012345678", "{case}");
        assert_eq!(event.message_id.as_deref(), Some("41"), "{case}");
        assert_eq!(event.sent_at, Some(1_780_000_000_000), "{case}");
    }
}

#[test]
fn files_are_told_and_fetched_later() {
    for (case, fields, kind, mime, bytes, reference) in [
        (
            "a photo in its sizes",
            json!({"photo": [
                {"file_id": "small", "width": 90, "height": 67, "file_size": 900},
                {"file_id": "large", "width": 1280, "height": 960, "file_size": 90_000},
                {"file_id": "middle", "width": 320, "height": 240, "file_size": 9_000},
            ], "caption": "العقد"}),
            AttachmentKind::Photo,
            "image/jpeg",
            90_000,
            "large",
        ),
        (
            "a document",
            json!({"document": {"file_id": "d", "file_name": "عقد.pdf", "mime_type": "application/pdf", "file_size": 70_000}}),
            AttachmentKind::Document,
            "application/pdf",
            70_000,
            "d",
        ),
        (
            "a voice",
            json!({"voice": {"file_id": "v", "duration": 4, "mime_type": "audio/ogg"}}),
            AttachmentKind::Voice,
            "audio/ogg",
            1,
            "v",
        ),
        (
            "a recording",
            json!({"audio": {"file_id": "a", "duration": 4, "file_size": 5}}),
            AttachmentKind::Voice,
            "audio/mpeg",
            5,
            "a",
        ),
        (
            "a video",
            json!({"video": {"file_id": "m", "width": 1, "height": 1, "duration": 4, "file_size": 5}}),
            AttachmentKind::Video,
            "video/mp4",
            5,
            "m",
        ),
        (
            "a round video",
            json!({"video_note": {"file_id": "r", "length": 240, "duration": 4, "file_size": 5}}),
            AttachmentKind::Video,
            "video/mp4",
            5,
            "r",
        ),
        (
            "an animation, which comes as a document too",
            json!({"animation": {"file_id": "g", "file_size": 5}, "document": {"file_id": "g", "file_size": 5}}),
            AttachmentKind::Video,
            "video/mp4",
            5,
            "g",
        ),
    ] {
        let event = event(&message(fields));
        let What::Sent {
            attachment, fetch, ..
        } = event.what
        else {
            panic!("{case}: {:?}", event.what);
        };
        assert_eq!(attachment.kind, kind, "{case}");
        assert_eq!(attachment.mime, mime, "{case}");
        assert_eq!(attachment.bytes, bytes, "{case}");
        assert_eq!(attachment.digest, "", "{case}");
        assert_eq!(fetch.as_deref(), Some(reference), "{case}");
    }
}

use crate::event::AttachmentKind;

#[test]
fn what_nobody_said_to_us_is_passed_over_with_a_200() {
    let group = json!({"id": -1_001, "type": "supergroup", "title": "فريق"});
    for (case, body) in [
        ("a group", message(json!({"chat": group, "text": "سلام"}))),
        (
            "another bot",
            message(json!({"from": {"id": 9, "is_bot": true}, "text": "hi"})),
        ),
        (
            "a pinned message",
            message(json!({"pinned_message": {"message_id": 3}})),
        ),
        (
            "a live place that moves",
            json!({"update_id": 5, "edited_message": {"message_id": 41, "date": 1, "chat": {"id": 5_001, "type": "private"}, "location": {"latitude": 1.0, "longitude": 2.0}}}).to_string(),
        ),
        (
            "a channel's post",
            json!({"update_id": 5, "channel_post": {"message_id": 1}}).to_string(),
        ),
    ] {
        assert_eq!(took(&body).brought, vec![], "{case}");
    }
}

#[test]
fn what_nobody_can_read_is_kept_as_it_came_with_a_200() {
    let deep = format!("{}{}", "[".repeat(128), "]".repeat(128));
    for (case, body, kind, from) in [
        (
            "an update of tomorrow",
            r#"{"telepathy":{"from":{"id":5001},"thought":"؟"},"update_id":5}"#,
            "update telepathy",
            Some("5001"),
        ),
        (
            "wrong types",
            r#"{"update_id":"x","message":[]}"#,
            "misshapen",
            None,
        ),
        ("a list", "[]", "misshapen", None),
        ("a number", "5", "misshapen", None),
        ("nothing", "null", "misshapen", None),
        (
            "a half of a letter",
            r#"{"update_id":5,"message":{"text":"\ud83d"}}"#,
            "too deep",
            None,
        ),
        ("as deep as may be", deep.as_str(), "too deep", None),
    ] {
        let brought = took(body).brought;
        let [Brought::Strange(strange)] = &brought[..] else {
            panic!("{case}: {brought:?}");
        };
        assert_eq!(
            (strange.kind.as_str(), &*strange.body),
            (kind, body),
            "{case}"
        );
        let seen = strange.from.as_ref().map(|from| from.id.as_str());
        assert_eq!(seen, from, "{case}");
    }
    // Whoever wrote it is answered beside that; of kinds that we know nothing is kept.
    for (fields, count) in [
        (json!({"hologram": {"depth": 3}}), 2),
        (json!({"text": {"rich": []}}), 2),
        (json!({"sticker": {"file_id": "s"}}), 1),
    ] {
        assert_eq!(took(&message(fields)).brought.len(), count);
    }
}

#[test]
fn what_is_no_message_of_telegrams_is_refused() {
    let deep = format!("{}{}", "[".repeat(129), "]".repeat(129));
    let whole = message(json!({"text": "سلام"}));
    let forged = StatusCode::UNAUTHORIZED;
    let nonsense = StatusCode::BAD_REQUEST;
    for (case, secret, body, expected) in [
        ("no secret", None, whole.as_bytes(), forged),
        (
            "another secret",
            Some("an-invented-secret_2"),
            whole.as_bytes(),
            forged,
        ),
        ("half of it", Some("an-invented"), whole.as_bytes(), forged),
        ("nonsense of a stranger", None, b"{", forged),
        (
            "half a body",
            Some(SECRET),
            &whole.as_bytes()[..60],
            nonsense,
        ),
        ("no JSON", Some(SECRET), b"hello", nonsense),
        ("no body", Some(SECRET), b"", nonsense),
        ("no UTF-8", Some(SECRET), b"{\"a\":\"\xff\xfe\"}", nonsense),
        ("too deep", Some(SECRET), deep.as_bytes(), nonsense),
    ] {
        match hear(secret, body) {
            Heard::Say { status, .. } => assert_eq!(status, expected, "{case}"),
            Heard::Took(took) => panic!("{case}: {took:?}"),
        }
    }
}

#[test]
fn words_that_change_are_a_correction() {
    let body = json!({"update_id": 7, "edited_message": {
        "message_id": 41, "date": 1_780_000_000, "edit_date": 1_780_000_060,
        "chat": {"id": 5_001, "type": "private"}, "from": {"id": 5_001, "is_bot": false},
        "text": "أربعة",
    }});
    let event = event(&body.to_string());
    let expected = What::Edited {
        of: "41".to_owned(),
        text: "أربعة".to_owned(),
    };
    assert_eq!(event.what, expected);
    assert_eq!(event.sent_at, Some(1_780_000_060_000));
}

/// A press, under a message that may be gone.
fn press(data: &str, message: Option<Value>) -> String {
    let mut query = json!({
        "id": "4382bfdwdsb323b2d9",
        "from": {"id": 5_001, "is_bot": false, "first_name": "سارة"},
        "chat_instance": "-77",
        "data": data,
    });
    if let Some(message) = message {
        query["message"] = message;
    }
    json!({"update_id": 8, "callback_query": query}).to_string()
}

fn under(keyboard: Value) -> Option<Value> {
    Some(json!({
        "message_id": 90,
        "chat": {"id": 5_001, "type": "private"},
        "date": 1_780_000_000,
        "reply_markup": {"inline_keyboard": keyboard},
    }))
}

#[test]
fn a_press_is_answered_and_its_button_marked() {
    let keyboard = json!([
        [{"text": "لغيري", "callback_data": "a:who:other"}, {"text": "✅ لنفسي", "callback_data": "a:who:self"}],
        [{"text": "موقعنا", "url": "https://charity.example"}, {"text": "رجوع", "callback_data": "!back"}],
    ]);
    let marked = json!([
        [{"text": "✅ لغيري", "callback_data": "a:who:other"}, {"text": "لنفسي", "callback_data": "a:who:self"}],
        [{"text": "موقعنا", "url": "https://charity.example"}, {"text": "رجوع", "callback_data": "!back"}],
    ]);
    let inaccessible =
        Some(json!({"message_id": 90, "chat": {"id": 5_001, "type": "private"}, "date": 0}));
    for (case, data, message, title, mark) in [
        (
            "a choice",
            "a:who:other",
            under(keyboard.clone()),
            Some("لغيري"),
            Some(marked),
        ),
        (
            "the same again",
            "a:who:self",
            under(keyboard.clone()),
            Some("لنفسي"),
            None,
        ),
        (
            "a control",
            "!back",
            under(keyboard.clone()),
            Some("رجوع"),
            None,
        ),
        ("a forged button", "a:who:king", under(keyboard), None, None),
        ("an old message", "a:who:self", inaccessible, None, None),
        ("no message", "a:who:self", None, None, None),
    ] {
        let took = took(&press(data, message));
        let methods: Vec<_> = took
            .courtesies
            .iter()
            .map(|payload| payload.body["method"].as_str().unwrap())
            .collect();
        assert_eq!(methods[0], "answerCallbackQuery", "{case}");
        let keyboard = took
            .courtesies
            .get(1)
            .map(|payload| payload.body["params"]["reply_markup"]["inline_keyboard"].clone());
        assert_eq!(keyboard, mark, "{case}");
        let Some(Brought::Said(event)) = took.brought.first() else {
            panic!("{case}");
        };
        let expected = What::Chose {
            data: data.to_owned(),
            title: title.map(str::to_owned),
        };
        assert_eq!(event.what, expected, "{case}");
        assert_eq!(event.message_id.as_deref(), Some("4382bfdwdsb323b2d9"));
    }
}

#[test]
fn blocking_and_unblocking_are_known_and_groups_move() {
    let member = |status: &str| {
        json!({"update_id": 9, "my_chat_member": {
            "chat": {"id": 5_001, "type": "private"}, "from": {"id": 5_001, "is_bot": false},
            "date": 1_780_000_000,
            "old_chat_member": {"status": "member"}, "new_chat_member": {"status": status},
        }})
        .to_string()
    };
    for (status, is_barred) in [("kicked", true), ("member", false)] {
        let took = took(&member(status));
        let [Brought::Reach(reach)] = &took.brought[..] else {
            panic!("{took:?}");
        };
        assert_eq!(reach.barred.is_some(), is_barred, "{status}");
        assert_eq!(reach.address.id, "5001");
    }
    let moved = took(&message(json!({
        "chat": {"id": -55, "type": "group"}, "migrate_to_chat_id": -100_955,
    })));
    let [Brought::Moved(moved)] = &moved.brought[..] else {
        panic!("{moved:?}");
    };
    assert_eq!(
        (moved.from.id.as_str(), moved.to.id.as_str()),
        ("-55", "-100955")
    );
}

fn says(text: &str) -> Reply {
    Reply {
        class: Class::Dialog,
        language: Lang::Ar,
        texts: vec![text.to_owned()],
        choices: None,
        wants: None,
        shows: vec![],
        asks: None,
        sensitive: false,
        proactive: None,
    }
}

fn choices(titles: &[(&str, &str)], controls: &[(&str, &str)]) -> Option<Choices> {
    let choice = |(data, title): &(&str, &str)| Choice {
        data: (*data).to_owned(),
        title: (*title).to_owned(),
        note: None,
    };
    Some(Choices {
        several: false,
        options: titles.iter().map(choice).collect(),
        controls: controls.iter().map(choice).collect(),
        from: 0,
        more: "المزيد".to_owned(),
        open: "الخيارات".to_owned(),
    })
}

/// What is called for a reply: method and parameters, without what all share.
fn written(reply: &Reply) -> Vec<(String, Value)> {
    let to = Recipient {
        address: crate::event::Address {
            channel: NAME.to_owned(),
            account: "7012345678".to_owned(),
            id: "5001".to_owned(),
        },
        also: None,
    };
    let out = Outgoing {
        id: "o".to_owned(),
        now: NOW,
        window_open: true,
        answers: None,
    };
    let payloads = channel().write(reply, &to, &out);
    let calls = payloads.into_iter().map(|payload| {
        let mut params = payload.body["params"].clone();
        assert_eq!(params["chat_id"], "5001");
        let params = params.as_object_mut().unwrap();
        for shared in ["chat_id", "parse_mode", "link_preview_options"] {
            params.remove(shared);
        }
        let method = payload.body["method"].as_str().unwrap().to_owned();
        (method, Value::Object(params.clone()))
    });
    calls.collect()
}

fn button(title: &str, data: &str) -> Value {
    json!({"text": title, "callback_data": data})
}

#[test]
fn a_reply_takes_the_form_that_telegram_has_for_it() {
    let gone = json!({"remove_keyboard": true});
    let back = ("!back", "رجوع");
    let pause = ("!pause", "حفظ والإكمال لاحقًا");
    for (case, reply, expected) in [
        (
            "words, escaped, and no keyboard any more",
            says("سارة <b> & أم علي"),
            vec![(
                "sendMessage",
                json!({"text": "سارة &lt;b&gt; &amp; أم علي", "reply_markup": gone}),
            )],
        ),
        (
            "what nobody should hand on",
            Reply {
                sensitive: true,
                ..says("الهوية: 1234567897")
            },
            vec![(
                "sendMessage",
                json!({"text": "الهوية: 1234567897", "reply_markup": gone, "protect_content": true}),
            )],
        ),
        (
            "short answers beside each other from the right, controls below",
            Reply {
                choices: choices(
                    &[("a:w:self", "لنفسي"), ("a:w:other", "لغيري")],
                    &[back, pause],
                ),
                ..says("لمن هذا الطلب؟")
            },
            vec![(
                "sendMessage",
                json!({"text": "لمن هذا الطلب؟", "reply_markup": {"inline_keyboard": [
                    [button("لغيري", "a:w:other"), button("لنفسي", "a:w:self")],
                    [button("رجوع", "!back")],
                    [button("حفظ والإكمال لاحقًا", "!pause")],
                ]}}),
            )],
        ),
        (
            "the same in English from the left",
            Reply {
                language: Lang::En,
                choices: choices(&[("a:w:self", "Myself"), ("a:w:other", "Somebody")], &[]),
                ..says("For whom?")
            },
            vec![(
                "sendMessage",
                json!({"text": "For whom?", "reply_markup": {"inline_keyboard": [
                    [button("Myself", "a:w:self"), button("Somebody", "a:w:other")],
                ]}}),
            )],
        ),
        (
            "a place is asked for with a button of the phone",
            Reply {
                wants: Some(Wants::Location),
                choices: choices(&[], &[back]),
                ..says("أين تسكنون؟")
            },
            vec![(
                "sendMessage",
                json!({"text": "أين تسكنون؟", "reply_markup": {
                    "keyboard": [[{"text": "📍 مشاركة موقعي", "request_location": true}], [{"text": "رجوع"}]],
                    "resize_keyboard": true, "one_time_keyboard": true,
                    "input_field_placeholder": "أو كتابة العنوان هنا",
                }}),
            )],
        ),
        (
            "so is the own number",
            Reply {
                wants: Some(Wants::Phone),
                ..says("رقم الجوال؟")
            },
            vec![(
                "sendMessage",
                json!({"text": "رقم الجوال؟", "reply_markup": {
                    "keyboard": [[{"text": "📱 مشاركة رقمي", "request_contact": true}]],
                    "resize_keyboard": true, "one_time_keyboard": true,
                    "input_field_placeholder": "أو كتابة رقم الجوال هنا",
                }}),
            )],
        ),
        (
            "a means of contact may be the own number, another, or here",
            Reply {
                wants: Some(Wants::Contact),
                choices: choices(&[("a:c:~here", "هنا في المحادثة")], &[back]),
                ..says("كيف نتواصل؟")
            },
            vec![(
                "sendMessage",
                json!({"text": "كيف نتواصل؟", "reply_markup": {
                    "keyboard": [
                        [{"text": "📱 مشاركة رقمي", "request_contact": true}],
                        [{"text": "هنا في المحادثة"}],
                        [{"text": "رجوع"}],
                    ],
                    "resize_keyboard": true, "one_time_keyboard": true,
                    "input_field_placeholder": "أو كتابة رقم أو بريد إلكتروني",
                }}),
            )],
        ),
        (
            "a place and a card are shown as such",
            Reply {
                shows: vec![
                    Show::Place {
                        latitude: 24.71,
                        longitude: 46.67,
                        title: "المقر".to_owned(),
                        address: "الرياض".to_owned(),
                    },
                    Show::Card {
                        name: "الاستقبال".to_owned(),
                        phones: vec!["+966110000000".to_owned(), "+966500000000".to_owned()],
                    },
                ],
                ..says("هنا")
            },
            vec![
                ("sendMessage", json!({"text": "هنا", "reply_markup": gone})),
                (
                    "sendVenue",
                    json!({"latitude": 24.71, "longitude": 46.67, "title": "المقر", "address": "الرياض"}),
                ),
                (
                    "sendContact",
                    json!({"phone_number": "+966110000000", "first_name": "الاستقبال", "vcard":
                        "BEGIN:VCARD\r\nVERSION:3.0\r\nN:;الاستقبال;;;\r\nFN:الاستقبال\r\n\
                         TEL;TYPE=VOICE:+966110000000\r\nTEL;TYPE=VOICE:+966500000000\r\nEND:VCARD"}),
                ),
            ],
        ),
        (
            "a link is a button",
            Reply {
                shows: vec![Show::Link {
                    url: "https://charity.example/a".to_owned(),
                    title: "التقييم".to_owned(),
                }],
                ..says("رأيكم")
            },
            vec![(
                "sendMessage",
                json!({"text": "رأيكم", "reply_markup": {"inline_keyboard": [[
                    {"text": "التقييم", "url": "https://charity.example/a"},
                ]]}}),
            )],
        ),
        (
            "an answer hangs on the message that it answers",
            Reply {
                class: Class::Staff,
                shows: vec![Show::Quote {
                    of: Some("41".to_owned()),
                    text: "متى؟".to_owned(),
                }],
                ..says("غدًا")
            },
            vec![(
                "sendMessage",
                json!({"text": "غدًا", "reply_markup": gone, "reply_parameters":
                    {"message_id": 41, "allow_sending_without_reply": true}}),
            )],
        ),
    ] {
        let expected: Vec<(String, Value)> = expected
            .into_iter()
            .map(|(method, params)| (method.to_owned(), params))
            .collect();
        assert_eq!(written(&reply), expected, "{case}");
    }
}

#[test]
fn many_choices_are_paged_and_a_number_is_never_typed() {
    let regions: Vec<(String, String)> = (1..=23)
        .map(|n| (format!("a:region:{n}"), format!("منطقة {n}")))
        .collect();
    let regions: Vec<(&str, &str)> = regions
        .iter()
        .map(|(data, title)| (data.as_str(), title.as_str()))
        .collect();
    let reply = Reply {
        choices: choices(&regions, &[("!back", "رجوع")]),
        ..says("في أي منطقة؟")
    };
    let calls = written(&reply);
    assert_eq!(calls.len(), 1);
    let rows = calls[0].1["reply_markup"]["inline_keyboard"].as_array();
    let buttons: Vec<&Value> = rows
        .unwrap()
        .iter()
        .flat_map(|row| row.as_array().unwrap())
        .collect();
    assert!(buttons.len() <= 12, "{buttons:#?}");
    let more = |button: &&&Value| button["callback_data"].as_str().unwrap().starts_with(MORE);
    assert_eq!(buttons.iter().filter(more).count(), 1);
}

#[test]
fn a_long_text_is_several_messages_within_the_limit() {
    let long = "1. هذه جملة من جمل كثيرة. ".repeat(400);
    let calls = written(&says(&long));
    assert!(calls.len() > 1);
    for (_, params) in calls {
        assert!(params["text"].as_str().unwrap().chars().count() <= TEXT_MAX);
    }
}

#[test]
fn a_setting_that_cannot_work_is_refused_with_its_remedy() {
    let token = ("WASL_TELEGRAM_TOKEN", "7012345678:AAinvented");
    let webhook = ("WASL_TELEGRAM_WEBHOOK", "true");
    for (case, variables, expected) in [
        ("off", vec![], Ok(false)),
        ("polling", vec![token], Ok(true)),
        (
            "a webhook without its secret",
            vec![token, webhook],
            Ok(false),
        ),
        (
            "no token",
            vec![("WASL_TELEGRAM_TOKEN", "what is a token")],
            Err("WASL_TELEGRAM_TOKEN"),
        ),
        (
            "a secret that Telegram refuses",
            vec![token, webhook, ("WASL_TELEGRAM_WEBHOOK_SECRET", "سر")],
            Err("WASL_TELEGRAM_WEBHOOK_SECRET"),
        ),
    ] {
        match (opened(&variables), expected) {
            (Ok(channel), Ok(is_on)) => assert_eq!(channel.is_some(), is_on, "{case}"),
            (Err(told), Err(name)) => {
                assert!(
                    told.starts_with(name) && !told.contains("سر"),
                    "{case}: {told}"
                );
            }
            (got, _) => panic!("{case}: {:?}", got.map(|channel| channel.is_some())),
        }
    }
}
