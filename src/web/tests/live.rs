//! The live line: each message once, in order, resumed, cleared and closed.

use super::*;
use crate::event::{Event, EventKey, Known, Origin, Seed, Source, What};
use crate::inbox::Bus;
use crate::web::session::Session;
use crate::web::way::Way;
use futures_util::StreamExt as _;
use reqwest::cookie::{CookieStore as _, Jar};

/// A browser whose cookies can be looked at.
struct Tab {
    client: reqwest::Client,
    jar: Arc<Jar>,
}

impl Tab {
    fn new() -> Tab {
        let jar = Arc::new(Jar::default());
        let client = reqwest::Client::builder().cookie_provider(jar.clone());
        Tab {
            client: client.build().unwrap(),
            jar,
        }
    }

    fn session(&self, served: &Served) -> Session {
        let cookie = self.jar.cookies(&served.url("/").parse().unwrap()).unwrap();
        Session::of(&HeaderMap::from_iter([(COOKIE, cookie)]), Way::Page, false).unwrap()
    }

    async fn say(&self, served: &Served, id: &str, text: &str) {
        let answer = self
            .client
            .post(served.url("/chat/messages"))
            .header("accept", "application/json")
            .body(format!(r#"{{"id":"{id}","text":"{text}"}}"#))
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), 200);
    }

    async fn follow(&self, served: &Served, after: &str, last: Option<&str>) -> reqwest::Response {
        let address = served.url(&format!("/chat/events?after={after}"));
        let mut request = self.client.get(address);
        if let Some(last) = last {
            request = request.header("last-event-id", last);
        }
        request.send().await.unwrap()
    }
}

/// Reads a line until `enough` of its text.
async fn read(
    line: &mut (impl futures_util::Stream<Item = reqwest::Result<Bytes>> + Unpin),
    enough: impl Fn(&str) -> bool,
) -> String {
    let mut text = String::new();
    while !(text.ends_with("\n\n") && enough(&text)) {
        let chunk = tokio::time::timeout(Duration::from_secs(20), line.next()).await;
        let chunk = chunk
            .expect("an event comes in time")
            .expect("the line is open");
        text.push_str(std::str::from_utf8(&chunk.unwrap()).unwrap());
    }
    text
}

fn ids(text: &str) -> Vec<i64> {
    text.lines()
        .filter_map(|line| line.strip_prefix("id: ")?.parse().ok())
        .collect()
}

/// The ids of the next `count` messages on a line.
async fn next(
    line: &mut (impl futures_util::Stream<Item = reqwest::Result<Bytes>> + Unpin),
    count: usize,
) -> Vec<i64> {
    ids(&read(line, |text| ids(text).len() >= count).await)
}

#[tokio::test]
async fn a_line_brings_each_message_once_in_order_and_resumes_where_it_stopped() {
    let served = Served::start().await;
    let tab = Tab::new();
    tab.say(&served, "a", "سلام").await;
    let answer = tab.follow(&served, "0", None).await;
    assert_eq!(answer.headers()["content-type"], "text/event-stream");
    assert_eq!(answer.headers()["cache-control"], "no-store");
    assert!(!answer.headers().contains_key("content-encoding"));
    let mut line = answer.bytes_stream();
    assert_eq!(next(&mut line, 2).await, [1, 2]);
    tab.say(&served, "b", "سلام").await;
    assert_eq!(next(&mut line, 2).await, [3, 4]);
    drop(line);
    tab.say(&served, "c", "سلام").await;
    let mut line = tab.follow(&served, "0", Some("4")).await.bytes_stream();
    assert_eq!(next(&mut line, 2).await, [5, 6]);
    served.close().await;
}

#[tokio::test]
async fn a_message_that_no_hint_told_of_comes_with_the_poll() {
    let served = Served::start().await;
    let tab = Tab::new();
    tab.say(&served, "a", "سلام").await;
    let mut line = tab.follow(&served, "2", None).await.bytes_stream();
    // Another instance on the same database, whose hints do not reach this one.
    let other = house::start(&served.house.store, &served.house.registry, Bus::default());
    let address = tab.session(&served).address();
    let event = Event {
        key: EventKey {
            channel: "web".to_string(),
            account: String::new(),
            key: "elsewhere".to_string(),
        },
        received_at: 1,
        sent_at: None,
        seed: Seed([7; 16]),
        from: Origin::Address(address),
        also: None,
        what: What::Wrote {
            text: "من جهاز آخر".to_string(),
        },
        message_id: None,
        note: None,
        kind: "text".to_string(),
        source: Source::Own,
        ranked: None,
        known: Known::default(),
    };
    other.inbox.take(event).await.unwrap();
    assert_eq!(next(&mut line, 2).await, [3, 4]);
    served.close().await;
}

#[tokio::test]
async fn a_hidden_talk_is_cleared_from_an_open_page() {
    let served = Served::start().await;
    let tab = Tab::new();
    tab.say(&served, "a", "سر").await;
    let mut line = tab.follow(&served, "2", None).await.bytes_stream();
    tab.say(&served, "b", house::HIDE).await;
    read(&mut line, |text| text.contains("event: cleared\ndata: now")).await;
    served.close().await;
}

#[tokio::test]
async fn nobody_follows_the_talk_of_another() {
    let served = Served::start().await;
    Tab::new().say(&served, "a", "سلام").await;
    assert_eq!(Tab::new().follow(&served, "0", None).await.status(), 404);
    served.close().await;
}

#[tokio::test]
async fn closing_ends_the_lines_and_finishes_what_is_in_flight() {
    let served = Served::start().await;
    let tab = Tab::new();
    tab.say(&served, "a", "سلام").await;
    let mut line = tab.follow(&served, "2", None).await.bytes_stream();
    tokio::time::timeout(Duration::from_secs(8), served.close())
        .await
        .expect("it closes by itself");
    while let Some(chunk) = line.next().await {
        assert!(chunk.is_ok(), "the line ends, it does not break");
    }
}
