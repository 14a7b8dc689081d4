//! Bad input and failing platforms: nothing is stored that was not genuine, nothing genuine is lost, and nobody
//! is answered twice.

use std::time::{Duration, Instant};

use serde_json::json;

use super::graph::{
    File, Graph, SECRET, TOKEN, VERIFY, Way, delivery, digest, post_webhook, signature,
};
use super::person::Person;
use super::{messages, serve};
use crate::support::engines;
use crate::support::talk::photo;

const PHONE: &str = "966512345678";

async fn until(what: &str, mut done: impl FnMut() -> bool) {
    let limit = Instant::now() + Duration::from_secs(240);
    while !done() {
        assert!(Instant::now() < limit, "waited for {what}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

async fn raw(url: &str, signed: &str, body: Vec<u8>, gzip: bool) -> u16 {
    let mut request = reqwest::Client::new()
        .post(url)
        .header("x-hub-signature-256", signed)
        .timeout(Duration::from_secs(60))
        .body(body);
    if gzip {
        request = request.header("content-encoding", "gzip");
    }
    request
        .send()
        .await
        .map_or(0, |answer| answer.status().as_u16())
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    use std::io::Write;
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

#[tokio::test]
async fn what_is_not_genuine_or_not_json_is_refused_and_stored_nowhere() {
    for engine in engines() {
        let graph = Graph::start().await;
        let server = serve(&engine, &graph).await;
        let mut person = Person::new(&graph, &server, Some(PHONE), None);
        let url = person.webhook.clone();
        let id = person.next_id();
        let good = person
            .message(&id, "text", json!({"body": "x"}))
            .to_string()
            .into_bytes();
        let nested = |levels: usize| [vec![b'['; levels], vec![b']'; levels]].concat();
        let big = format!("{{\"entry\":[],\"x\":\"{}\"}}", "x".repeat(5 << 20)).into_bytes();
        let bomb = format!("[\"{}\"]", " ".repeat(64 << 20)).into_bytes();
        for (case, body, signed, gzip, expected) in [
            ("forged", good.clone(), "sha256=00".to_owned(), false, 401),
            (
                "signed by another",
                good.clone(),
                signature(b"other"),
                false,
                401,
            ),
            ("unsigned", good.clone(), String::new(), false, 401),
            (
                "cut off",
                good[..40].to_vec(),
                signature(&good[..40]),
                false,
                400,
            ),
            (
                "invalid UTF-8",
                vec![b'"', 0xff, b'"'],
                signature(&[b'"', 0xff, b'"']),
                false,
                400,
            ),
            ("50 deep", nested(50), signature(&nested(50)), false, 200),
            ("200 deep", nested(200), signature(&nested(200)), false, 400),
            (
                "wrong types",
                b"{\"entry\":7}".to_vec(),
                signature(b"{\"entry\":7}"),
                false,
                200,
            ),
            ("5 MB", big.clone(), signature(&big), false, 413),
            ("a gzip bomb", gzipped(&bomb), signature(&bomb), true, 413),
        ] {
            assert_eq!(
                raw(&url, &signed, body, gzip).await,
                expected,
                "{}: {case}",
                engine.name
            );
        }
        for (query, expected) in [
            (
                format!("hub.mode=subscribe&hub.challenge=77&hub.verify_token={VERIFY}"),
                (200, "77"),
            ),
            (
                "hub.mode=subscribe&hub.challenge=77&hub.verify_token=x".to_owned(),
                (403, ""),
            ),
            (String::new(), (403, "")),
        ] {
            let answer = reqwest::get(format!("{url}?{query}")).await.unwrap();
            let status = answer.status().as_u16();
            let told = answer.text().await.unwrap();
            assert_eq!((status, told.as_str()), expected);
        }
        assert!(messages(&server).is_empty(), "{}", engine.name);
        let printed = server.output();
        assert!(
            !printed.contains(SECRET) && !printed.contains(TOKEN),
            "secrets stay out of logs"
        );
    }
}

#[tokio::test]
async fn one_delivery_twenty_times_at_once_and_a_month_later_is_one_message() {
    for engine in engines() {
        let graph = Graph::start().await;
        let server = serve(&engine, &graph).await;
        let mut person = Person::new(&graph, &server, Some(PHONE), None);
        person.opens_window();
        let id = person.next_id();
        let mut body = person.message(&id, "text", json!({"body": "السلام عليكم"}));
        // One bad message among good ones harms nobody.
        let good = body["entry"][0]["changes"][0]["value"]["messages"][0].clone();
        body["entry"][0]["changes"][0]["value"]["messages"] =
            json!([{"type": "text"}, 7, good, good]);
        let posts = (0..20).map(|_| post_webhook(&person.webhook, &body));
        let answers = futures_util::future::join_all(posts).await;
        assert_eq!(answers, [200; 20], "{}", engine.name);
        person.hears().await;
        assert_eq!(post_webhook(&person.webhook, &body).await, 200);
        let all = messages(&server);
        assert_eq!(
            all.iter().filter(|one| one["direction"] == "in").count(),
            1,
            "{}",
            engine.name
        );
        assert_eq!(person.inbox().len(), 1, "{}", engine.name);
    }
}

#[tokio::test]
async fn a_platform_that_is_down_or_throttles_gets_everything_later_in_order() {
    for engine in engines() {
        let graph = Graph::start().await;
        let server = serve(&engine, &graph).await;
        let mut person = Person::new(&graph, &server, Some(PHONE), None);
        graph.world.now().always = Some(Way::Gateway(503));
        for text in ["السلام عليكم", "تقديم طلب دعم"] {
            assert_eq!(
                person.does("text", json!({"body": text})).await,
                200,
                "{}",
                engine.name
            );
        }
        graph
            .world
            .now()
            .ways
            .extend([Way::Refuse(400, 131_056), Way::Refuse(500, 131_000)]);
        graph.world.now().always = None;
        until("both replies", || person.inbox().len() >= 2).await;
        let rows = person.inbox()[1]["interactive"]["action"]["sections"][0]["rows"].clone();
        assert!(
            rows.to_string().contains("food_basket"),
            "the second answer comes second: {rows}"
        );
        assert_eq!(person.inbox().len(), 2, "{}", engine.name);
    }
}

/// On PostgreSQL another instance may still be at it: there the lease of three minutes is waited for, which
/// `outbox::tests` does with a clock of its own.
#[tokio::test]
async fn a_kill_between_the_answer_and_its_mark_loses_nothing() {
    for engine in engines().into_iter().take(1) {
        let graph = Graph::start().await;
        let mut server = serve(&engine, &graph).await;
        let mut person = Person::new(&graph, &server, Some(PHONE), None);
        graph.world.now().ways.push_back(Way::TakeInSilence);
        assert_eq!(
            person.does("text", json!({"body": "السلام عليكم"})).await,
            200
        );
        until("the platform to take it", || person.inbox().len() == 1).await;
        server.kill();
        server.restart().await;
        let asked = person.does("text", json!({"body": "تقديم طلب دعم"})).await;
        assert_eq!(asked, 200);
        until("the next answer", || person.find("food_basket").is_some()).await;
        assert!(
            person.inbox().len() <= 3,
            "{}: at most once more",
            engine.name
        );
    }
}

/// A place and a card follow the words: the place is refused for now, and we are killed when the card was taken.
#[tokio::test]
async fn of_an_answer_in_parts_only_the_part_that_nobody_knows_of_comes_again() {
    for engine in engines().into_iter().take(1) {
        let graph = Graph::start().await;
        graph.world.now().statuses = Some(super::graph::Statuses::Orderly);
        let mut server = serve(&engine, &graph).await;
        let mut person = Person::new(&graph, &server, Some(PHONE), None);
        for words in ["السلام عليكم", "جهات تقدّم الخدمة", "استشارة قانونية"]
        {
            person.says(words).await;
        }
        let before = person.inbox().len();
        graph.world.now().ways.extend([
            Way::Take,
            Way::Refuse(500, 131_000),
            Way::Take,
            Way::TakeInSilence,
        ]);
        assert_eq!(person.does("text", json!({"body": "جدة"})).await, 200);
        until("the card", || person.inbox().len() == before + 3).await;
        server.kill();
        server.restart().await;
        until("the card again", || person.inbox().len() >= before + 4).await;
        person.says("القائمة").await;
        let kinds: Vec<_> = person.inbox()[before..]
            .iter()
            .map(|one| one["type"].as_str().unwrap_or_default().to_owned())
            .collect();
        let parts = ["text", "location", "contacts", "contacts", "interactive"];
        assert_eq!(
            (&kinds[..5], kinds.len()),
            (&parts.map(str::to_owned)[..], 6)
        );
    }
}

#[tokio::test]
async fn files_that_are_gone_lie_never_end_or_lie_elsewhere_harm_nobody() {
    let engine = engines().remove(0);
    let graph = Graph::start().await;
    let server = serve(&engine, &graph).await;
    let mut person = Person::new(&graph, &server, Some(PHONE), None);
    person.says("السلام عليكم").await;
    let bytes = photo();
    let inner = format!("{}/healthz", server.url);
    for (id, file) in [
        ("8001", File::Gone),
        ("8002", File::Lying(bytes.clone())),
        ("8003", File::Endless),
        ("8004", File::Elsewhere(inner)),
        (
            "8005",
            File::Elsewhere("http://169.254.169.254/latest".to_owned()),
        ),
        ("8006", File::ExpiredOnce(bytes.clone())),
    ] {
        graph.world.now().files.insert(id.to_owned(), file);
        let it = json!({"id": id, "mime_type": "image/jpeg", "sha256": digest(&bytes)});
        let told = person.act("image", it).await;
        assert!(!told.is_empty(), "{id}");
    }
    // The house is as well as before.
    let told = person.says("تقديم طلب دعم").await;
    assert!(!told.is_empty());
}

#[tokio::test]
async fn a_token_revoked_in_the_middle_loses_nothing() {
    let engine = engines().remove(0);
    let graph = Graph::start().await;
    let server = serve(&engine, &graph).await;
    let mut person = Person::new(&graph, &server, Some(PHONE), None);
    person.says("السلام عليكم").await;
    graph.world.now().always = Some(Way::Refuse(401, 190));
    assert_eq!(
        person.does("text", json!({"body": "تقديم طلب دعم"})).await,
        200
    );
    until("the trouble to be told", || server.output().contains("190")).await;
    assert_eq!(person.inbox().len(), 1, "nothing leaves meanwhile");
    let status = delivery(json!({"errors": [{"code": 131_031}]}));
    assert_eq!(post_webhook(&person.webhook, &status).await, 200);
    until("the account's trouble", || {
        server.output().contains("131031")
    })
    .await;
}
