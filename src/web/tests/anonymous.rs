//! The page for a talk without a name shares nothing with the ordinary one, in either direction.

use super::*;
use crate::dialog::load;
use crate::event::ANONYMOUS;
use crate::web::session::Session;
use crate::web::shelf::Shelf;
use crate::web::way::Way;

const SAY: &str = r#"{"id":"same","text":"كلام"}"#;

/// One browser that spoke on both pages.
async fn both() -> Visitor {
    let mut visitor = Visitor::new().await;
    for base in ["", "/anonymous"] {
        visitor.post(&format!("{base}/chat/open"), "{}").await;
        let said = visitor.post(&format!("{base}/chat/messages"), SAY).await;
        assert_eq!(said.status, 200);
    }
    visitor
}

fn pair(visitor: &Visitor, name: &str) -> String {
    let all = visitor.cookie.clone().unwrap();
    let found = all
        .split("; ")
        .find(|pair| pair.starts_with(&format!("{name}=")));
    found
        .unwrap_or_else(|| panic!("{name} in {all}"))
        .to_string()
}

#[tokio::test]
async fn it_is_opened_for_a_talk_without_a_name() {
    let mut visitor = Visitor::new().await;
    let opened = visitor.post("/anonymous/chat/open", "{}").await.json();
    assert_eq!(opened["talk"][0]["texts"][0], "opened None anonymous");
    let mut other = visitor.stranger();
    let opened = other
        .post("/anonymous/chat/open", r#"{"language":"en"}"#)
        .await;
    assert_eq!(
        opened.json()["talk"][0]["texts"][0],
        "opened Some(En) anonymous"
    );
}

#[tokio::test]
async fn the_page_says_so_in_its_header_and_offers_no_hiding() {
    let mut visitor = Visitor::new().await;
    let html = visitor.get("/anonymous").await.text();
    assert!(html.contains("هذه الصفحة لا تسأل عن الاسم"));
    assert!(html.contains(r#"action="/anonymous/leave""#) && !html.contains(r#"id="hide""#));
    assert!(html.contains(r#"action="/anonymous/chat/messages""#));
    assert!(html.contains(r#"href="/anonymous?lang=en""#));
    let ordinary = visitor.get("/").await.text();
    assert!(!ordinary.contains("لا تسأل عن الاسم") && !ordinary.contains("/anonymous/"));
}

#[tokio::test]
async fn nothing_leads_from_one_talk_to_the_other() {
    let visitor = both().await;
    let mut known = Vec::new();
    for (name, way) in [("wasl", Way::Page), ("wasl-anonymous", Way::Anonymous)] {
        let cookie = pair(&visitor, name);
        let token = cookie.split_once('=').unwrap().1.to_string();
        let headers = HeaderMap::from_iter([(COOKIE, cookie.parse().unwrap())]);
        let address = Session::of(&headers, way, false).unwrap().address();
        let head = visitor.site.door().head(&address).await.unwrap().unwrap();
        assert_eq!(address.account == ANONYMOUS, way == Way::Anonymous);
        known.push((head.conversation, address.id, token));
    }
    let messages = visitor.house.messages().await;
    assert_eq!(messages.len(), 6);
    for (own, other) in [(0, 1), (1, 0)] {
        let (conversation, ..) = &known[own];
        let own: Vec<_> = messages
            .iter()
            .filter(|one| &one.conversation == conversation)
            .collect();
        assert_eq!(own.len(), 3);
        let (conversation, address, token) = &known[other];
        let identities = messages
            .iter()
            .filter(|one| &one.conversation == conversation);
        let identities: Vec<_> = identities.filter_map(|one| one.identity.clone()).collect();
        assert!(!identities.is_empty());
        for secret in [conversation, address, token]
            .into_iter()
            .chain(&identities)
        {
            assert!(
                own.iter()
                    .all(|one| !format!("{one:?}").contains(secret.as_str()))
            );
        }
    }
}

#[tokio::test]
async fn each_page_reads_its_own_cookie_alone() {
    let visitor = both().await;
    for (name, base, other) in [
        ("wasl", "", "/anonymous"),
        ("wasl-anonymous", "/anonymous", ""),
    ] {
        let mut one = visitor.stranger();
        one.cookie = Some(pair(&visitor, name));
        let own = one.get(&format!("{base}/chat/history")).await;
        assert_eq!(own.status, 200, "{name}");
        for path in ["history", "events?after=0"] {
            let foreign = one.get(&format!("{other}/chat/{path}")).await;
            assert_eq!(foreign.status, 404, "{name} on {other}");
        }
        let page = if other.is_empty() { "/" } else { other };
        assert!(
            !one.get(page).await.text().contains("wrote"),
            "{name} on {page}"
        );
        // Speaking there makes a session of its own, and leaves this one as it is.
        let said = one.post(&format!("{other}/chat/messages"), SAY).await;
        assert_eq!(said.json()["renewed"], true);
        assert_eq!(pair(&one, name), pair(&visitor, name));
    }
}

#[tokio::test]
async fn a_token_of_one_page_is_nothing_on_the_other() {
    let visitor = both().await;
    let token = pair(&visitor, "wasl");
    let mut moved = visitor.stranger();
    moved.cookie = Some(token.replace("wasl=", "wasl-anonymous="));
    assert_eq!(moved.get("/anonymous/chat/history").await.status, 404);
}

#[tokio::test]
async fn a_file_of_one_talk_is_not_given_in_the_other() {
    let mut visitor = both().await;
    visitor.upload("a.pdf", b"%PDF-1.7\n").await;
    let path = visitor.file().await;
    assert_eq!(visitor.get(&path).await.status, 200);
    assert_eq!(visitor.get(&format!("/anonymous{path}")).await.status, 404);
}

#[tokio::test]
async fn what_leads_to_a_person_is_taken_from_a_file() {
    let mut visitor = Visitor::new().await;
    let mut photo = std::io::Cursor::new(Vec::new());
    image::RgbImage::new(40, 20)
        .write_to(&mut photo, image::ImageFormat::Png)
        .unwrap();
    let path = "/anonymous/chat/attachments";
    let sent = visitor
        .upload_to(path, "Sarah at home.png", photo.get_ref())
        .await;
    assert_eq!(sent.status, 200);
    let talk = visitor.get("/anonymous/chat/history").await.json();
    let file = &talk["talk"][0]["attachment"];
    assert_eq!(
        (&file["name"], &file["mime"]),
        (&Value::Null, &"image/jpeg".into())
    );
    let heif = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00heicmif1";
    let refused = visitor.upload_to(path, "a.heic", heif).await;
    assert_eq!(refused.status, 415, "a picture that we cannot draw anew");
}

#[tokio::test]
async fn its_cookie_ends_with_the_browser_and_whenever_the_person_says_so() {
    let mut visitor = Visitor::at("https://chat.example.org").await;
    let opened = visitor.post("/anonymous/chat/open", "{}").await;
    let cookie = opened.header("set-cookie").to_string();
    assert!(cookie.starts_with("__Host-wasl-anonymous="), "{cookie}");
    assert!(
        !cookie.contains("Max-Age") && !cookie.contains("Expires"),
        "{cookie}"
    );
    visitor.post("/chat/open", "{}").await;
    let ordinary = pair(&visitor, "__Host-wasl");
    let elsewhere = [
        ("sec-fetch-site", "cross-site"),
        ("origin", "https://evil.example"),
    ];
    let forced = visitor
        .send(Method::POST, "/anonymous/leave", &elsewhere, Body::empty())
        .await;
    assert_eq!(
        (forced.status.as_u16(), forced.header("set-cookie")),
        (403, "")
    );
    let left = visitor.post("/anonymous/leave", "").await;
    assert_eq!(
        (left.status.as_u16(), left.header("location")),
        (303, "/anonymous/left")
    );
    assert_eq!(visitor.cookie, Some(ordinary), "only its own is forgotten");
    let html = visitor.get("/anonymous/left").await.text();
    assert!(html.contains("انتهت المحادثة") && html.contains("has ended"));
    assert!(html.contains(r#"href="/anonymous""#) && html.contains(r#"href="/""#));
}

#[tokio::test]
async fn it_leaves_no_language_behind() {
    let mut visitor = Visitor::new().await;
    let page = visitor.get("/anonymous?lang=en").await;
    assert!(page.text().contains(r#"<html lang="en""#));
    assert_eq!(page.header("set-cookie"), "");
}

#[tokio::test]
async fn a_charity_without_such_a_dialog_has_no_such_page() {
    let mut visitor = Visitor::new().await;
    let mut files = load::embedded();
    files.texts.remove("common/anonymous.yaml");
    let files = files.of("demo");
    let dialogs = load::reload(&files, "demo").unwrap();
    visitor
        .house
        .shelves
        .replace(Shelf::new(&files, &dialogs, None));
    visitor.house.registry.replace(Arc::new(dialogs));
    for path in ["/anonymous", "/anonymous/left", "/anonymous/chat/history"] {
        assert_eq!(visitor.get(path).await.status, 404, "{path}");
    }
    assert_eq!(visitor.post("/anonymous/chat/open", "{}").await.status, 404);
    assert!(visitor.house.messages().await.is_empty());
}
