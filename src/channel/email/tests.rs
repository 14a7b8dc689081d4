//! Mails as they come and go, by tables: every way in, what is never answered, who is believed, and what leaves.

use std::sync::Arc;

use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use base64::Engine;

use super::*;
use crate::channel::{Files, Outgoing, Recipient, Request, Soon, Tokens, Took};
use crate::event::{Brought, Event, Origin, Reached, Thread, What};
use crate::reply::{Choice, Choices, Class, ClosedWindow, Proactive, Show};
use crate::text::lang::Lang;

const NOW: Millis = 1_767_225_600_000;
const ID: &str = "01940000-0000-7000-8000-00000000000a";

/// Signs as the house does, with a key of its own; wraps so that it can be read here.
struct Signs;

impl Tokens for Signs {
    fn sign(&self, purpose: &str, text: &str) -> String {
        use sha2::Digest;
        let digest = sha2::Sha256::digest(format!("{purpose}\n{text}").as_bytes());
        digest[..13]
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }

    fn wrap(&self, purpose: &str, text: &str) -> String {
        base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(format!("{purpose}\n{text}"))
    }

    fn unwrap(&self, purpose: &str, wrapped: &str) -> Option<String> {
        let bytes = base64::engine::general_purpose::URL_SAFE_NO_PAD
            .decode(wrapped)
            .ok()?;
        let text = String::from_utf8(bytes).ok()?;
        text.strip_prefix(purpose)?
            .strip_prefix('\n')
            .map(str::to_owned)
    }
}

struct Shelf;

impl Files for Shelf {
    fn read<'a>(&'a self, _: &'a str) -> Soon<'a, Option<Vec<u8>>> {
        Box::pin(async { Some(b"%PDF-1.7\n".to_vec()) })
    }

    fn attachment<'a>(&'a self, _: &'a str) -> Soon<'a, Option<Vec<u8>>> {
        Box::pin(async { None })
    }
}

fn email() -> Email {
    Email {
        house: House {
            http: reqwest::Client::new(),
            public_url: crate::config::PublicUrl::read("https://chat.charity.example").unwrap(),
            files: Arc::new(Shelf),
            tokens: Arc::new(Signs),
        },
        own: own::Own::read("جمعية الوصل <help@charity.example>", true).unwrap(),
        smtp: smtp::Smtp::read("smtp://127.0.0.1:1").unwrap(),
        imap: None,
        webhook_secret: Some("geheim".into()),
        mailgun_key: None,
        authserv_id: Some("mx.charity.example".to_owned()),
        budget: budget::Budget::default(),
    }
}

/// A mail to us with these heads and words.
fn raw(heads: &str, words: &str) -> Vec<u8> {
    format!("From: Sara <Sara@a.example>\r\nTo: help@charity.example\r\nMessage-ID: <m1@a.example>\r\nContent-Type: text/plain; charset=utf-8\r\n{heads}\r\n{words}").into_bytes()
}

fn post(email: &Email, below: &str, kind: &str, body: &[u8], secret: &str) -> Heard {
    let mut headers = HeaderMap::new();
    headers.insert("content-type", HeaderValue::from_str(kind).unwrap());
    email.hear(&Request {
        method: &Method::POST,
        below,
        query: &format!("secret={secret}"),
        headers: &headers,
        body,
        now: NOW,
        seed: Seed([7; 16]),
    })
}

fn took(email: &Email, body: &[u8]) -> Took {
    match post(email, "", "message/rfc822", body, "geheim") {
        Heard::Took(took) => took,
        Heard::Say { status, .. } => panic!("refused with {status}"),
    }
}

fn events(took: &Took) -> Vec<&Event> {
    took.brought
        .iter()
        .filter_map(|one| match one {
            Brought::Said(event) => Some(&**event),
            _ => None,
        })
        .collect()
}

fn person(event: &Event) -> &str {
    match &event.from {
        Origin::Address(address) => &address.id,
        Origin::Conversation(_) => panic!("no address"),
    }
}

fn wrote(text: &str) -> What {
    What::Wrote {
        text: text.to_owned(),
    }
}

#[test]
fn a_mail_says_what_its_sender_wrote() {
    let html = "From: a@b.example\r\nTo: help@charity.example\r\nContent-Type: multipart/alternative; boundary=X\r\n\r\n--X\r\nContent-Type: text/html; charset=windows-1256\r\n\r\n<div>\u{c7}</div>\r\n--X--\r\n";
    let html: Vec<u8> = html
        .chars()
        .map(|c| u8::try_from(u32::from(c)).unwrap())
        .collect();
    for (case, body, expected) in [
        ("a text", raw("Subject: x\r\n", "سلام"), wrote("سلام")),
        (
            "a subject alone",
            raw("Subject: =?windows-1256?B?0c86INjhyN8=?=\r\n", ""),
            wrote("طلبك"),
        ),
        (
            "nothing at all",
            raw("", ""),
            What::Unreadable {
                kind: "empty mail".to_owned(),
            },
        ),
        (
            "an answer",
            raw("In-Reply-To: <x@y.example>\r\n", "نعم\r\n> سؤال\r\n"),
            wrote("نعم"),
        ),
        (
            "base64",
            raw("Content-Transfer-Encoding: base64\r\n", "2LPZhNin2YU="),
            wrote("سلام"),
        ),
        (
            "quoted-printable",
            raw(
                "Content-Transfer-Encoding: quoted-printable\r\n",
                "=D8=B3=D9=84=\r\n=D8=A7=D9=85",
            ),
            wrote("سلام"),
        ),
        ("a page in the letters of Windows", html, wrote("ا")),
        (
            "invalid UTF-8",
            [raw("", ""), vec![0xd3, 0xe1, 0xc7, 0xe3]].concat(),
            wrote("سلام"),
        ),
    ] {
        let took = took(&email(), &body);
        assert_eq!(events(&took)[0].what, expected, "{case}");
    }
}

#[test]
fn names_in_heads_are_read_in_their_letters() {
    for (given, read) in [
        ("=?windows-1256?B?0c86INjhyN8=?=", "رد: طلبك"),
        (
            "=?utf-8?b?2LHYrzog2LfZhNio2YMg2YTYr9mJINin2YTYrNmF2LnZitip?=",
            "رد: طلبك لدى الجمعية",
        ),
        ("=?utf-8?B?2A==?= =?utf-8?B?sQ==?=", "ر"),
        ("a =?utf-8?q?=D8=B1_x?= b", "a ر x b"),
        ("=?nonsense", "=?nonsense"),
        ("=?utf-8?x?a?=", "=?utf-8?x?a?="),
    ] {
        assert_eq!(head::decoded_words(given), read);
    }
}

#[test]
fn files_come_with_their_words_and_are_what_their_bytes_are() {
    let body = b"From: a@b.example\r\nTo: help@charity.example\r\nContent-Type: multipart/mixed; boundary=X\r\n\r\n--X\r\nContent-Type: text/plain\r\n\r\nhere\r\n--X\r\nContent-Type: image/png; name=x.png\r\nContent-Disposition: attachment; filename*=UTF-8''%D8%B9%D9%82%D8%AF.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERi0xLjcK\r\n--X\r\nContent-Disposition: attachment; filename=a.exe\r\n\r\nMZ\x90\x00\r\n--X--\r\n";
    let took = took(&email(), body);
    let What::Sent {
        attachment,
        caption,
        fetch,
    } = &events(&took)[0].what
    else {
        panic!("{took:?}");
    };
    assert_eq!(
        (attachment.mime.as_str(), attachment.name.as_deref()),
        ("application/pdf", Some("عقد.pdf"))
    );
    assert_eq!((caption.as_deref(), fetch), (Some("here"), &None));
    assert_eq!(
        took.files,
        [(attachment.id.clone(), b"%PDF-1.7\n".to_vec())]
    );
    assert_eq!(took.brought.len(), 1);
}

#[test]
fn automatic_mail_is_kept_and_never_answered() {
    for heads in [
        "Auto-Submitted: auto-replied\r\n",
        "Return-Path: <>\r\n",
        "Precedence: bulk\r\n",
        "List-Id: <l.example>\r\n",
        "List-Unsubscribe: <mailto:x@y.example>\r\n",
        "Feedback-ID: 1\r\n",
        "X-Autoreply: yes\r\n",
    ] {
        let took = took(&email(), &raw(heads, "خارج المكتب"));
        assert!(
            matches!(&events(&took)[0].what, What::SetAside { text, .. } if text.contains("خارج المكتب")),
            "{heads}"
        );
    }
    for from in [
        "MAILER-DAEMON@x.example",
        "no-reply@x.example",
        "noreply@x.example",
        "bounce-7@x.example",
    ] {
        let body = format!("From: {from}\r\nTo: help@charity.example\r\n\r\nx");
        assert!(
            matches!(
                events(&took(&email(), body.as_bytes()))[0].what,
                What::SetAside { .. }
            ),
            "{from}"
        );
    }
    let elsewhere = b"From: a@b.example\r\nTo: other@c.example\r\n\r\nx";
    assert!(matches!(
        events(&took(&email(), elsewhere))[0].what,
        What::SetAside { .. }
    ));
    // Asking others not to answer proves nothing about this mail.
    for heads in [
        "X-Auto-Response-Suppress: All\r\n",
        "Auto-Submitted: no\r\n",
    ] {
        assert_eq!(
            events(&took(&email(), &raw(heads, "x")))[0].what,
            wrote("x")
        );
    }
    let own = b"From: help@charity.example\r\nTo: help@charity.example\r\n\r\nx";
    assert_eq!(took(&email(), own), Took::default());
}

#[test]
fn who_proves_nothing_is_somebody_else() {
    let email = email();
    let verified =
        "Authentication-Results: mx.charity.example; dmarc=pass header.from=a.example\r\n";
    assert_eq!(
        person(events(&took(&email, &raw("", "x")))[0]),
        "unverified:sara@a.example"
    );
    assert_eq!(
        person(events(&took(&email, &raw(verified, "x")))[0]),
        "sara@a.example"
    );
    // An answer to a mail of ours proves that its sender reads what we send there.
    for known in ["sara@a.example", "unverified:sara@a.example"] {
        let id = email.own.message_id(&Signs, ID, known);
        let answer = email.own.answer_address(&Signs, ID, known).unwrap();
        for heads in [
            format!("In-Reply-To: <{id}>\r\n"),
            format!("References: <{id}> <z@z.example>\r\n"),
            format!("Delivered-To: {}\r\n", answer.to_uppercase()),
        ] {
            assert_eq!(
                person(events(&took(&email, &raw(&heads, "x")))[0]),
                known,
                "{heads}"
            );
        }
    }
    // Passed on by somebody else it joins nothing.
    let id = email.own.message_id(&Signs, ID, "omar@b.example");
    let took = took(&email, &raw(&format!("In-Reply-To: <{id}>\r\n"), "x"));
    assert_eq!(person(events(&took)[0]), "unverified:sara@a.example");
    assert!(matches!(events(&took)[0].what, What::SetAside { .. }));
}

#[test]
fn a_bounce_marks_its_message_and_its_address_when_it_proves_which() {
    let email = email();
    let bounce = |to: &str, about: &str, status: &str| {
        format!(
            "From: mailer-daemon@x.example\r\nTo: {to}\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=X\r\n\r\n--X\r\n\r\nfailed\r\n--X\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; x\r\n\r\nFinal-Recipient: rfc822; Sara@a.example\r\nAction: failed\r\nStatus: {status}\r\n\r\n--X\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: <{about}>\r\n\r\nx\r\n--X--\r\n"
        )
    };
    let verp = email.own.bounce_address(&Signs, ID, "sara@a.example");
    let id = email.own.message_id(&Signs, ID, "sara@a.example");
    for (case, to, about, status, receipts, barred) in [
        (
            "by the envelope",
            verp.as_str(),
            "x@y.example",
            "5.1.1",
            1,
            1,
        ),
        (
            "by the message's id",
            "help@charity.example",
            id.as_str(),
            "5.1.1",
            1,
            1,
        ),
        ("a full box", verp.as_str(), "x@y.example", "5.2.2", 1, 0),
        ("late", verp.as_str(), "x@y.example", "4.2.2", 0, 0),
        (
            "forged",
            "help@charity.example",
            "x@y.example",
            "5.1.1",
            0,
            0,
        ),
    ] {
        let took = took(&email, bounce(to, about, status).as_bytes());
        let is_receipt = |one: &&Brought| matches!(one, Brought::Receipt(receipt) if receipt.reached == Reached::Failed && receipt.provider_id == email.own.provider_id(ID));
        let is_barred = |one: &&Brought| matches!(one, Brought::Reach(reach) if reach.barred.is_some() && reach.address.id == "sara@a.example");
        assert_eq!(
            (
                took.brought.iter().filter(is_receipt).count(),
                took.brought.iter().filter(is_barred).count()
            ),
            (receipts, barred),
            "{case}"
        );
        assert_eq!(took.brought.len(), receipts + barred, "{case}");
    }
}

#[test]
fn the_same_mail_is_the_same_event_whichever_way_it_comes() {
    let email = email();
    let body = raw("Subject: x\r\n", "سلام");
    let mime = String::from_utf8(body.clone()).unwrap();
    let form: String = form_urlencoded::Serializer::new(String::new())
        .append_pair("email", &mime)
        .finish();
    let parsed: String = form_urlencoded::Serializer::new(String::new())
        .append_pair(
            "headers",
            "From: sara@a.example\r\nTo: help@charity.example\r\nMessage-ID: <m1@a.example>",
        )
        .append_pair("text", "سلام")
        .append_pair("charsets", "{\"text\":\"utf-8\"}")
        .finish();
    let gun: String = form_urlencoded::Serializer::new(String::new())
        .append_pair("recipient", "help@charity.example")
        .append_pair("body-mime", &mime)
        .finish();
    let fields: String = form_urlencoded::Serializer::new(String::new())
        .append_pair("recipient", "help@charity.example")
        .append_pair(
            "message-headers",
            "[[\"From\",\"sara@a.example\"],[\"Message-Id\",\"<m1@a.example>\"]]",
        )
        .append_pair("body-plain", "سلام")
        .finish();
    let posted = serde_json::json!({"From": "sara@a.example", "To": "help@charity.example", "TextBody": "سلام", "Headers": [{"Name": "Message-ID", "Value": "<m1@a.example>"}]}).to_string();
    let whole = serde_json::json!({"RawEmail": mime}).to_string();
    let kind = "application/x-www-form-urlencoded";
    let expected = events(&took(&email, &body))[0].key.clone();
    for (below, kind, body) in [
        ("sendgrid", kind, form),
        ("sendgrid", kind, parsed),
        ("mailgun", kind, gun),
        ("mailgun", kind, fields),
        ("postmark", "application/json", posted),
        ("postmark", "application/json", whole),
    ] {
        let Heard::Took(took) = post(&email, below, kind, body.as_bytes(), "geheim") else {
            panic!("{below} is refused: {body}");
        };
        let event = events(&took)[0];
        assert_eq!(
            (&event.key, &event.what),
            (&expected, &wrote("سلام")),
            "{below} {body}"
        );
    }
}

#[test]
fn what_is_forged_or_broken_is_refused() {
    let email = email();
    let json = "application/json";
    for (case, below, kind, body, secret, status) in [
        (
            "no secret",
            "",
            "message/rfc822",
            &raw("", "x")[..],
            "",
            StatusCode::UNAUTHORIZED,
        ),
        (
            "a wrong secret",
            "postmark",
            json,
            b"{}",
            "geheim1",
            StatusCode::UNAUTHORIZED,
        ),
        (
            "truncated JSON",
            "postmark",
            json,
            b"{\"From\":",
            "geheim",
            StatusCode::BAD_REQUEST,
        ),
        (
            "50-deep JSON that is no mail",
            "postmark",
            json,
            format!("{}{}", "[".repeat(50), "]".repeat(50)).as_bytes(),
            "geheim",
            StatusCode::OK,
        ),
        (
            "wrong types",
            "postmark",
            json,
            b"{\"From\":7,\"Headers\":{},\"Attachments\":\"x\"}",
            "geheim",
            StatusCode::OK,
        ),
        (
            "no form",
            "sendgrid",
            json,
            b"{}",
            "geheim",
            StatusCode::BAD_REQUEST,
        ),
        (
            "no mail",
            "",
            "message/rfc822",
            b"\xff\xfe nonsense",
            "geheim",
            StatusCode::BAD_REQUEST,
        ),
        (
            "another way",
            "x",
            json,
            b"{}",
            "geheim",
            StatusCode::NOT_FOUND,
        ),
    ] {
        let found = match post(&email, below, kind, body, secret) {
            Heard::Took(took) => {
                let strange = |one: &Brought| matches!(one, Brought::Strange(_));
                assert!(took.brought.iter().all(strange), "{case}");
                StatusCode::OK
            }
            Heard::Say { status, .. } => status,
        };
        assert_eq!(found, status, "{case}");
    }
}

#[test]
fn a_mail_of_ten_thousand_parts_within_parts_costs_little() {
    let mut body = String::from("From: a@b.example\r\nTo: help@charity.example\r\n");
    for n in 0..10_000 {
        body.push_str(&format!(
            "Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n"
        ));
    }
    let flat = format!(
        "From: a@b.example\r\nTo: help@charity.example\r\nContent-Type: multipart/mixed; boundary=X\r\n\r\n{}--X--\r\n",
        "--X\r\nContent-Disposition: attachment\r\n\r\nx\r\n".repeat(10_000)
    );
    let began = std::time::Instant::now();
    for body in [body, flat] {
        let took = took(&email(), body.as_bytes());
        assert!(
            matches!(events(&took)[0].what, What::Unreadable { .. }),
            "{took:?}"
        );
    }
    assert!(began.elapsed().as_secs() < 5, "{:?}", began.elapsed());
}

#[test]
fn a_loop_with_another_program_stops_by_itself() {
    let email = email();
    let answered = (0..50).filter(|n| {
        let body = format!("From: bot@x.example\r\nTo: help@charity.example\r\nMessage-ID: <{n}@x.example>\r\n\r\nWe have received your message number {n} and will answer soon");
        !matches!(events(&took(&email, body.as_bytes()))[0].what, What::SetAside { .. })
    });
    assert_eq!(answered.count(), 3);
}

fn question() -> Reply {
    let choice = |data: &str, title: &str| Choice {
        data: data.to_owned(),
        title: title.to_owned(),
        note: None,
    };
    Reply {
        class: Class::Dialog,
        language: Lang::Ar,
        texts: vec!["السلام عليكم".to_owned(), "لمن هذا الطلب؟".to_owned()],
        choices: Some(Choices {
            several: false,
            options: vec![
                choice("a1:who:self", "لنفسي"),
                choice("a1:who:other", "لغيري"),
            ],
            controls: vec![choice("!back", "رجوع")],
            from: 0,
            more: String::new(),
            open: String::new(),
        }),
        wants: None,
        shows: vec![Show::File {
            path: "documents/guide.pdf".to_owned(),
            title: "الدليل".to_owned(),
        }],
        asks: Some("a1:who".to_owned()),
        sensitive: false,
        proactive: None,
    }
}

fn letter(email: &Email, reply: &Reply, answers: Option<Thread>) -> write::Letter {
    let to = Recipient {
        address: read::address("unverified:sara@a.example"),
        also: None,
    };
    let out = Outgoing {
        id: ID.to_owned(),
        now: NOW,
        window_open: true,
        answers,
    };
    let payloads = email.write(reply, &to, &out);
    assert_eq!(payloads.len(), 1);
    compose::read(&payloads[0]).unwrap()
}

#[test]
fn a_reply_is_one_mail_that_hangs_on_what_it_answers() {
    let email = email();
    let note = write::Note {
        subject: "Re: رد: طلب إيجار".to_owned(),
        references: vec!["m0@a.example".to_owned()],
    };
    let thread = Thread {
        message_id: "m1@a.example".to_owned(),
        note: serde_json::to_string(&note).unwrap(),
    };
    let letter = letter(&email, &question(), Some(thread));
    assert_eq!(letter.subject, "رد: طلب إيجار");
    assert_eq!(letter.in_reply_to.as_deref(), Some("m1@a.example"));
    assert_eq!(letter.references, ["m0@a.example", "m1@a.example"]);
    assert_eq!(letter.to, "sara@a.example");
    assert_eq!(
        letter.text,
        "السلام عليكم\n\nلمن هذا الطلب؟\n\n\u{200f}1. لنفسي\n\u{200f}2. لغيري\n- رجوع"
    );
    assert_eq!(letter.automatic.as_deref(), Some("auto-replied"));
    assert_eq!(letter.unsubscribe, None);
    assert!(
        letter.bounces_to.starts_with("help+b.")
            && letter.bounces_to.split('@').next().unwrap().len() <= 64
    );
    assert!(
        letter.page.contains("<html lang=\"ar\" dir=\"rtl\">")
            && letter.page.contains("direction:rtl;text-align:right")
    );
    assert!(letter.page.contains("لنفسي") && !letter.page.contains("sara"));
}

#[test]
fn what_we_start_can_be_stopped_by_one_press() {
    let email = email();
    let started = Reply {
        proactive: Some(Proactive {
            template: "reminder".to_owned(),
            parameters: vec![],
            purpose: None,
            expires: None,
            quiet: false,
            owed: false,
            closed_window: ClosedWindow::GiveUp,
        }),
        ..question()
    };
    let letter = letter(&email, &started, None);
    assert_eq!(
        (letter.subject.as_str(), letter.automatic.as_deref()),
        ("رسالة من جمعية الوصل", Some("auto-generated"))
    );
    let link = letter.unsubscribe.unwrap();
    let token = link
        .strip_prefix("https://chat.charity.example/a/")
        .unwrap();
    let followed = email.follow(token, NOW, Seed([1; 16])).unwrap();
    assert!(
        matches!(&followed.brought[0], Brought::Reach(reach) if reach.opted_out && reach.address.id == "unverified:sara@a.example")
    );
    assert_eq!(
        email.follow(token, NOW + link::UNSUBSCRIBE_MILLIS + 1, Seed([1; 16])),
        None
    );
    assert_eq!(email.follow("nonsense", NOW, Seed([1; 16])), None);
}

#[test]
fn a_link_presses_the_choice_that_it_shows_and_only_once() {
    let email = email();
    let page = letter(&email, &question(), None).page;
    let token = page.split("/a/").nth(1).unwrap().split('"').next().unwrap();
    let press = |seed| match email
        .follow(token, NOW, Seed([seed; 16]))
        .unwrap()
        .brought
        .remove(0)
    {
        Brought::Said(event) => event,
        other => panic!("{other:?}"),
    };
    assert_eq!(
        press(1).what,
        What::Chose {
            data: "a1:who:self".to_owned(),
            title: Some("لنفسي".to_owned())
        }
    );
    assert_eq!(press(1).key, press(2).key);
    assert_eq!(
        email.follow(token, NOW + link::PRESS_MILLIS + 1, Seed([1; 16])),
        None
    );
}

#[tokio::test]
async fn a_mail_is_put_together_as_others_read_it() {
    let email = email();
    let letter = letter(
        &email,
        &question(),
        Some(Thread {
            message_id: "m1@a.example>\r\nBcc: x@y.example".to_owned(),
            note: String::new(),
        }),
    );
    let bytes = compose::compose(&letter, &email.own, &Shelf).await.unwrap();
    let mail = mail::parse(&bytes).unwrap();
    assert!(mail.head("bcc").is_none(), "a foreign id begins no head");
    assert_eq!(mail.message_id, letter.message_id);
    assert_eq!(mail.text.trim(), letter.text.replace('\n', "\r\n").trim());
    assert_eq!(mail.files[0].name.as_deref(), Some("الدليل.pdf"));
    assert_eq!(mail.head("auto-submitted"), Some("auto-replied"));
    assert_eq!(mail.head("x-auto-response-suppress"), Some("All"));
    assert_eq!(mail.from, "help@charity.example");
    if let Ok(path) = std::env::var("WASL_TEST_MAIL_PAGE") {
        std::fs::write(path, &letter.page).unwrap();
    }
}
