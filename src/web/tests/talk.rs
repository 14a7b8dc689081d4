//! Sessions, messages, history and files of one visitor.

use super::*;

#[tokio::test]
async fn a_new_visitor_is_greeted_and_a_returning_one_finds_the_talk() {
    let mut visitor = Visitor::new().await;
    let first = visitor.post("/chat/open", r#"{"language":null}"#).await;
    assert_eq!(first.status, 200);
    assert_eq!(first.json()["talk"][0]["texts"][0], "opened None");
    visitor
        .post("/chat/messages", r#"{"id":"a","text":"سلام"}"#)
        .await;
    let again = visitor
        .post("/chat/open", r#"{"language":null}"#)
        .await
        .json();
    let talk: Vec<_> = again["talk"].as_array().unwrap().iter().collect();
    assert_eq!(talk.len(), 3, "no second greeting");
    assert_eq!(
        (&talk[1]["texts"][0], &talk[1]["key"]),
        (&"سلام".into(), &"a".into())
    );
    assert_eq!(talk[1]["side"], "own");
    assert_eq!(again["last_seq"], 3);
}

#[tokio::test]
async fn a_chosen_language_is_told_to_the_dialog() {
    let mut visitor = Visitor::new().await;
    visitor.post("/chat/open", r#"{"language":null}"#).await;
    let answer = visitor
        .post("/chat/open", r#"{"language":"en"}"#)
        .await
        .json();
    assert_eq!(answer["talk"][1]["texts"][0], "opened Some(En)");
    // A choice that was made before the first word counts too.
    let mut other = visitor.stranger();
    other.cookie = Some("wasl-language=en".to_string());
    let answer = other
        .post("/chat/open", r#"{"language":null}"#)
        .await
        .json();
    assert_eq!(answer["talk"][0]["texts"][0], "opened Some(En)");
}

#[tokio::test]
async fn a_message_sent_ten_times_at_once_is_one_event() {
    let mut visitor = Visitor::new().await;
    visitor.post("/chat/open", "{}").await;
    let cookie = visitor.cookie.clone();
    let ten = (0..10).map(|_| {
        let mut same = visitor.stranger();
        same.cookie = cookie.clone();
        let body = r#"{"id":"x","text":"نعم"}"#;
        tokio::spawn(async move { same.post("/chat/messages", body).await.json() })
    });
    for one in futures_util::future::join_all(ten).await {
        assert_eq!(one.unwrap()["last_seq"], 3);
    }
    assert_eq!(visitor.house.heard().await, ["نعم"]);
}

#[tokio::test]
async fn two_visitors_with_the_same_message_id_are_two_events() {
    let mut one = Visitor::new().await;
    let mut two = one.stranger();
    let body = r#"{"id":"x","text":"نعم"}"#;
    one.post("/chat/messages", body).await;
    two.post("/chat/messages", body).await;
    assert_eq!(one.house.heard().await.len(), 2);
    assert_ne!(one.cookie, two.cookie);
}

#[tokio::test]
async fn a_session_is_made_by_the_server_alone() {
    let mut visitor = Visitor::new().await;
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
        let answer = Visitor::at(url).await.post("/chat/open", "{}").await;
        let cookie = answer.header("set-cookie");
        assert!(cookie.starts_with(begins), "{url}");
        assert!(cookie.ends_with(ends), "{url}");
        let strict = !answer.header("strict-transport-security").is_empty();
        assert_eq!(strict, url.starts_with("https"));
    }
}

#[tokio::test]
async fn what_cannot_be_stored_is_told_to_come_again() {
    let mut visitor = Visitor::new().await;
    visitor.post("/chat/open", "{}").await;
    visitor.house.store.close().await;
    for (path, body) in [
        ("/chat/messages", r#"{"id":"x","text":"نعم"}"#),
        ("/chat/open", "{}"),
    ] {
        let answer = visitor.post(path, body).await;
        assert_eq!(answer.status, 503, "{path}");
        assert_eq!(answer.header("retry-after"), "2");
        let text = answer.json()["texts"]["ar"].to_string();
        assert!(text.contains("مشغولة"), "{path}");
    }
    let answer = visitor.upload("a.pdf", b"%PDF-1.7\n").await;
    assert_eq!(answer.status, 503);
    let page = visitor.get("/").await;
    assert_eq!(page.status, 200, "the page stands and tries again");
}

#[tokio::test]
async fn history_goes_back_page_by_page_and_forward_from_a_seq() {
    let mut visitor = Visitor::new().await;
    assert_eq!(visitor.get("/chat/history").await.status, 404);
    visitor.post("/chat/open", "{}").await;
    for number in 0..30 {
        let body = format!(r#"{{"id":"m{number}","text":"{number}"}}"#);
        visitor.post("/chat/messages", &body).await;
    }
    let newest = visitor.post("/chat/open", "{}").await.json();
    assert_eq!(newest["more"], true);
    let first = newest["talk"][0]["seq"].as_i64().unwrap();
    assert_eq!(first, 12);
    let older = visitor
        .get(&format!("/chat/history?before={first}"))
        .await
        .json();
    let seqs: Vec<_> = older["talk"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| line["seq"].as_i64().unwrap())
        .collect();
    assert_eq!(seqs, (1..12).collect::<Vec<_>>());
    assert_eq!(older["more"], false);
    let after = visitor.get("/chat/history?after=60").await.json();
    assert_eq!(after["talk"].as_array().unwrap().len(), 1);
    let both = visitor.get("/chat/history?after=1&before=2").await;
    assert_eq!(both.status, 400);
}

#[tokio::test]
async fn a_hidden_talk_is_gone_from_page_history_and_files() {
    let mut visitor = Visitor::new().await;
    visitor
        .post("/chat/messages", r#"{"id":"x","text":"سر"}"#)
        .await;
    visitor.upload("a.pdf", b"%PDF-1.7\n").await;
    let file = visitor.file().await;
    assert_eq!(visitor.get(&file).await.status, 200);
    let hide = format!(r#"{{"id":"h","text":"{}"}}"#, house::HIDE);
    visitor.post("/chat/messages", &hide).await;
    let opened = visitor.post("/chat/open", "{}").await.json();
    assert_eq!(opened["hidden"], true);
    assert!(!opened.to_string().contains("سر"));
    assert!(!visitor.get("/").await.text().contains("سر"));
    let history = visitor.get("/chat/history?after=0").await.text();
    assert!(!history.contains("سر"));
    assert_eq!(visitor.get(&file).await.status, 404);
    visitor.upload("later.pdf", b"%PDF-1.7\n").await;
    let newer = visitor.file().await;
    assert_eq!(
        visitor.get(&newer).await.status,
        200,
        "what comes later is there"
    );
}

#[tokio::test]
async fn a_file_is_given_to_its_own_conversation_alone_and_runs_nothing() {
    let mut visitor = Visitor::new().await;
    let answer = visitor.upload("../هوية\".pdf", b"%PDF-1.7\n").await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let address = visitor.file().await;
    let file = visitor.get(&address).await;
    assert_eq!(file.status, 200);
    assert_eq!(file.body.as_ref(), b"%PDF-1.7\n");
    for (name, value) in [
        ("content-type", "application/pdf"),
        ("x-content-type-options", "nosniff"),
        (
            "content-security-policy",
            "default-src 'none'; frame-ancestors 'none'; sandbox",
        ),
        ("cache-control", "private, no-store"),
    ] {
        assert_eq!(file.header(name), value);
    }
    let name = file.header("content-disposition");
    assert!(name.starts_with("attachment; filename*=UTF-8''%"));
    assert!(!name.contains("..") && !name.contains('"'));
    let mut stranger = visitor.stranger();
    assert_eq!(stranger.get(&address).await.status, 404);
    stranger.post("/chat/open", "{}").await;
    assert_eq!(stranger.get(&address).await.status, 404);
}
