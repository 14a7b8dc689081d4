use super::*;
use crate::event::What;
use crate::text::lang::Lang;
use std::sync::atomic::Ordering;

#[tokio::test]
async fn a_new_visitor_is_greeted_and_a_returning_one_finds_the_talk() {
    let mut visitor = Visitor::new();
    let first = visitor.post("/chat/open", r#"{"language":null}"#).await;
    assert_eq!(first.status, 200);
    assert_eq!(first.json()["talk"][0]["texts"][0], "وصلت");
    visitor
        .post("/chat/messages", r#"{"id":"a","text":"سلام"}"#)
        .await;
    let again = visitor
        .post("/chat/open", r#"{"language":null}"#)
        .await
        .json();
    assert_eq!(again["talk"][1]["texts"][0], "سلام");
    assert_eq!(again["talk"][1]["key"], "a");
    assert_eq!(again["last_seq"], 4);
    assert_eq!(
        visitor.house.with(|house| house.events.len()),
        2,
        "no second greeting"
    );
}

#[tokio::test]
async fn a_chosen_language_is_told_to_the_dialog() {
    let mut visitor = Visitor::new();
    for (body, expected) in [
        (r#"{"language":null}"#, None),
        (r#"{"language":"en"}"#, Some(Lang::En)),
    ] {
        visitor.post("/chat/open", body).await;
        let last = visitor
            .house
            .with(|house| house.events.last().unwrap().what.clone());
        let payload = None;
        assert_eq!(
            last,
            What::Opened {
                payload,
                language: expected
            }
        );
    }
}

#[tokio::test]
async fn a_message_sent_ten_times_at_once_is_one_event() {
    let mut visitor = Visitor::new();
    visitor.post("/chat/open", "{}").await;
    let cookie = visitor.cookie.clone();
    let ten = (0..10).map(|_| {
        let mut same = visitor.stranger();
        same.cookie = cookie.clone();
        tokio::spawn(async move {
            same.post("/chat/messages", r#"{"id":"x","text":"نعم"}"#)
                .await
                .json()
        })
    });
    for one in futures_util::future::join_all(ten).await {
        assert_eq!(one.unwrap()["last_seq"], 4);
    }
    assert_eq!(visitor.house.with(|house| house.events.len()), 2);
}

#[tokio::test]
async fn two_visitors_with_the_same_message_id_are_two_events() {
    let mut one = Visitor::new();
    let mut two = one.stranger();
    one.post("/chat/messages", r#"{"id":"x","text":"نعم"}"#)
        .await;
    two.post("/chat/messages", r#"{"id":"x","text":"نعم"}"#)
        .await;
    assert_eq!(one.house.with(|house| house.events.len()), 2);
    assert_ne!(one.cookie, two.cookie);
}

#[tokio::test]
async fn a_session_is_made_by_the_server_alone() {
    let mut visitor = Visitor::new();
    let planted = format!("wasl={}", "A".repeat(43));
    visitor.cookie = Some(planted.clone());
    let answer = visitor
        .post("/chat/messages", r#"{"id":"x","text":"نعم"}"#)
        .await;
    assert_eq!(answer.json()["renewed"], true);
    let given = visitor.cookie.clone().unwrap();
    assert_ne!(given, planted);
    let answer = visitor
        .post("/chat/messages", r#"{"id":"y","text":"نعم"}"#)
        .await;
    assert_eq!(answer.json()["renewed"], false);
    assert_eq!(answer.header("set-cookie"), "");
    assert_eq!(visitor.cookie.unwrap(), given);
}

#[tokio::test]
async fn cookies_fit_the_public_address() {
    for (url, begins, ends) in [
        ("http://127.0.0.1:8080", "wasl=", "HttpOnly; SameSite=Lax"),
        (
            "https://chat.charity.example",
            "__Host-wasl=",
            "HttpOnly; SameSite=Lax; Secure",
        ),
    ] {
        let answer = Visitor::at(url).post("/chat/open", "{}").await;
        let cookie = answer.header("set-cookie");
        assert!(cookie.starts_with(begins), "{url}");
        assert!(cookie.ends_with(ends), "{url}");
        let strict = !answer.header("strict-transport-security").is_empty();
        assert_eq!(strict, url.starts_with("https"));
    }
}

#[tokio::test]
async fn what_cannot_be_stored_is_told_to_come_again() {
    let mut visitor = Visitor::new();
    visitor.post("/chat/open", "{}").await;
    visitor.house.down.store(true, Ordering::SeqCst);
    for (path, body) in [
        ("/chat/messages", r#"{"id":"x","text":"نعم"}"#),
        ("/chat/open", "{}"),
    ] {
        let answer = visitor.post(path, body).await;
        assert_eq!(answer.status, 503, "{path}");
        assert_eq!(answer.header("retry-after"), "2");
        assert!(
            answer.json()["texts"]["ar"]
                .as_str()
                .unwrap()
                .contains("مشغولة")
        );
    }
    assert_eq!(
        visitor.get("/").await.status,
        200,
        "the page stands and tries again"
    );
    visitor.house.down.store(false, Ordering::SeqCst);
    let answer = visitor
        .post("/chat/messages", r#"{"id":"x","text":"نعم"}"#)
        .await;
    assert_eq!(answer.status, 200);
}

#[tokio::test]
async fn history_goes_back_page_by_page_and_forward_from_a_seq() {
    let mut visitor = Visitor::new();
    assert_eq!(visitor.get("/chat/history").await.status, 404);
    visitor.post("/chat/open", "{}").await;
    for number in 0..60 {
        let body = format!(r#"{{"id":"m{number}","text":"{number}"}}"#);
        visitor.post("/chat/messages", &body).await;
    }
    let newest = visitor.post("/chat/open", "{}").await.json();
    assert_eq!(newest["more"], true);
    let first = newest["talk"][0]["seq"].as_i64().unwrap();
    let older = visitor
        .get(&format!("/chat/history?before={first}"))
        .await
        .json();
    let last_of_older = older["talk"].as_array().unwrap().last().unwrap()["seq"].as_i64();
    assert_eq!(last_of_older, Some(first - 1));
    let after = visitor.get("/chat/history?after=120").await.json();
    assert_eq!(after["talk"].as_array().unwrap().len(), 2);
    assert_eq!(
        visitor.get("/chat/history?after=1&before=2").await.status,
        400
    );
}

#[tokio::test]
async fn a_hidden_talk_is_gone_from_page_history_and_files() {
    let mut visitor = Visitor::new();
    visitor
        .post("/chat/messages", r#"{"id":"x","text":"سر"}"#)
        .await;
    visitor.upload("a.pdf", b"%PDF-1.7\n").await;
    visitor
        .house
        .with(|house| house.talks.values_mut().for_each(|talk| talk.hidden_to = 4));
    let opened = visitor.post("/chat/open", "{}").await.json();
    assert_eq!(
        (&opened["hidden"], opened["talk"].as_array().unwrap().len()),
        (&Value::Bool(true), 0)
    );
    assert!(!visitor.get("/").await.text().contains("سر"));
    assert_eq!(
        visitor.get("/chat/history").await.json()["talk"]
            .as_array()
            .unwrap()
            .len(),
        0
    );
    assert_eq!(visitor.get("/chat/attachments/file-0").await.status, 404);
}

#[tokio::test]
async fn a_file_is_given_to_its_own_conversation_alone_and_runs_nothing() {
    let mut visitor = Visitor::new();
    let answer = visitor.upload("../هوية\".pdf", b"%PDF-1.7\n").await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let file = visitor.get("/chat/attachments/file-0").await;
    assert_eq!(file.status, 200);
    assert_eq!(file.header("content-type"), "application/pdf");
    assert_eq!(file.header("x-content-type-options"), "nosniff");
    assert_eq!(
        file.header("content-security-policy"),
        "default-src 'none'; sandbox"
    );
    assert!(
        file.header("content-disposition")
            .starts_with("attachment; filename*=UTF-8''%")
    );
    assert!(!file.header("content-disposition").contains(".."));
    let mut stranger = visitor.stranger();
    assert_eq!(stranger.get("/chat/attachments/file-0").await.status, 404);
    stranger.post("/chat/open", "{}").await;
    assert_eq!(stranger.get("/chat/attachments/file-0").await.status, 404);
    let what = visitor.house.with(|house| house.events[0].what.clone());
    let What::Sent { attachment, .. } = what else {
        panic!("{what:?}");
    };
    assert_eq!(
        (attachment.mime.as_str(), attachment.bytes),
        ("application/pdf", 9)
    );
}
