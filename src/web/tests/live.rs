use super::*;
use futures_util::StreamExt as _;

/// The ids of the next `count` messages on a line, and what came before them as text.
async fn next(
    line: &mut (impl futures_util::Stream<Item = reqwest::Result<Bytes>> + Unpin),
    count: usize,
) -> Vec<i64> {
    let mut text = String::new();
    loop {
        let ids: Vec<i64> = text
            .lines()
            .filter_map(|line| line.strip_prefix("id: ")?.parse().ok())
            .collect();
        if ids.len() >= count && text.ends_with("\n\n") {
            return ids;
        }
        let chunk = tokio::time::timeout(Duration::from_secs(20), line.next()).await;
        let chunk = chunk
            .expect("an event comes in time")
            .expect("the line is open")
            .unwrap();
        text.push_str(std::str::from_utf8(&chunk).unwrap());
    }
}

async fn say(served: &Served, client: &reqwest::Client, id: &str) {
    let answer = client
        .post(served.url("/chat/messages"))
        .header("accept", "application/json")
        .body(format!(r#"{{"id":"{id}","text":"سلام"}}"#))
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 200);
}

async fn follow(
    served: &Served,
    client: &reqwest::Client,
    after: &str,
    last: Option<&str>,
) -> reqwest::Response {
    let mut request = client.get(served.url(&format!("/chat/events?after={after}")));
    if let Some(last) = last {
        request = request.header("last-event-id", last);
    }
    request.send().await.unwrap()
}

#[tokio::test]
async fn a_line_brings_each_message_once_in_order_and_resumes_where_it_stopped() {
    let served = Served::start().await;
    let client = browser();
    say(&served, &client, "a").await;
    let answer = follow(&served, &client, "0", None).await;
    assert_eq!(answer.headers()["content-type"], "text/event-stream");
    assert_eq!(answer.headers()["cache-control"], "no-store");
    assert!(!answer.headers().contains_key("content-encoding"));
    let mut line = answer.bytes_stream();
    assert_eq!(next(&mut line, 2).await, [1, 2]);
    say(&served, &client, "b").await;
    assert_eq!(next(&mut line, 2).await, [3, 4]);
    drop(line);
    say(&served, &client, "c").await;
    let mut line = follow(&served, &client, "0", Some("4"))
        .await
        .bytes_stream();
    assert_eq!(next(&mut line, 2).await, [5, 6]);
    served.close().await;
}

#[tokio::test]
async fn a_message_that_no_hint_told_of_comes_with_the_poll() {
    let served = Served::start().await;
    let client = browser();
    say(&served, &client, "a").await;
    let mut line = follow(&served, &client, "2", None).await.bytes_stream();
    served.house.with(|house| {
        let talk = house.talks.values_mut().next().unwrap();
        talk.push(
            0,
            crate::web::door::Said::Out(Box::new(fake::reply("من نسخة أخرى"))),
        );
    });
    assert_eq!(next(&mut line, 1).await, [3]);
    served.close().await;
}

#[tokio::test]
async fn a_hidden_talk_is_cleared_from_an_open_page() {
    let served = Served::start().await;
    let client = browser();
    say(&served, &client, "a").await;
    let mut line = follow(&served, &client, "2", None).await.bytes_stream();
    served
        .house
        .with(|house| house.talks.values_mut().for_each(|talk| talk.hidden_to = 2));
    let mut text = String::new();
    while !text.contains("event: cleared") {
        text.push_str(std::str::from_utf8(&line.next().await.unwrap().unwrap()).unwrap());
    }
    served.close().await;
}

#[tokio::test]
async fn nobody_follows_the_talk_of_another() {
    let served = Served::start().await;
    say(&served, &browser(), "a").await;
    assert_eq!(follow(&served, &browser(), "0", None).await.status(), 404);
    served.close().await;
}

#[tokio::test]
async fn closing_ends_the_lines_and_finishes_what_is_in_flight() {
    let served = Served::start().await;
    let client = browser();
    say(&served, &client, "a").await;
    let mut line = follow(&served, &client, "2", None).await.bytes_stream();
    tokio::time::timeout(Duration::from_secs(8), served.close())
        .await
        .expect("it closes by itself");
    while let Some(chunk) = line.next().await {
        assert!(chunk.is_ok(), "the line ends, it does not break");
    }
}
