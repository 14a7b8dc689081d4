//! The chat in a frame on a site of the charity's: who may show it, with which session, and how heavy its
//! script is.

use super::*;

/// Uncompressed, with its words and one site.
const SCRIPT_BYTES_MAX: usize = 10_000;

#[tokio::test]
async fn only_named_sites_frame_one_page_and_nobody_frames_another() {
    let sites = "https://charity.example, https://www.charity.example";
    let mut visitor = Visitor::with("https://chat.example.org", sites).await;
    let framed = visitor.get("/widget").await;
    let policy = framed.header("content-security-policy");
    assert!(
        policy.contains("; frame-ancestors https://charity.example https://www.charity.example;")
    );
    assert!(policy.starts_with("default-src 'none'; script-src 'self'; style-src 'self'"));
    assert_eq!(
        framed.header("cross-origin-resource-policy"),
        "cross-origin"
    );
    assert_eq!(
        framed.header("cross-origin-embedder-policy"),
        "require-corp"
    );
    visitor.post("/widget/chat/open", "{}").await;
    for path in [
        "/",
        "/anonymous",
        "/anonymous/left",
        "/widget/chat/history",
        "/widget/nothing",
        "/chat/files/nothing",
        "/healthz",
        "/nothing",
    ] {
        let answer = visitor.get(path).await;
        let policy = answer.header("content-security-policy");
        assert!(
            policy.contains("frame-ancestors 'none'"),
            "{path}: {policy}"
        );
        let shared = answer.header("cross-origin-resource-policy");
        assert_eq!(shared, "same-origin", "{path}");
        assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin");
    }
    visitor
        .upload_to("/widget/chat/attachments", "a.pdf", b"%PDF-1.7\n")
        .await;
    let talk = visitor.get("/widget/chat/history").await.json();
    let id = talk["talk"]
        .as_array()
        .unwrap()
        .iter()
        .find_map(|one| one["attachment"]["id"].as_str());
    let file = visitor
        .get(&format!("/widget/chat/attachments/{}", id.unwrap()))
        .await;
    assert_eq!(file.status, 200);
    assert!(
        file.header("content-security-policy")
            .contains("frame-ancestors 'none'")
    );
}

#[tokio::test]
async fn without_a_named_site_there_is_no_frame_and_the_script_says_why() {
    let mut visitor = Visitor::with("https://chat.example.org", "").await;
    for path in ["/widget", "/widget/chat/history"] {
        assert_eq!(visitor.get(path).await.status, 404, "{path}");
    }
    assert_eq!(visitor.post("/widget/chat/open", "{}").await.status, 404);
    let script = visitor.get("/widget.js").await;
    assert_eq!(script.status, 200);
    assert!(script.text().contains(r#""sites":[]"#));
    assert!(script.text().contains("WASL_WIDGET_SITES"));
}

#[tokio::test]
async fn the_script_is_light_and_may_be_loaded_by_the_site() {
    let mut visitor = Visitor::at("https://chat.example.org").await;
    let answer = visitor.get("/widget.js").await;
    assert_eq!(
        answer.header("content-type"),
        "text/javascript; charset=utf-8"
    );
    assert_eq!(
        answer.header("cross-origin-resource-policy"),
        "cross-origin"
    );
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
    assert_eq!(answer.header("cache-control"), "public, max-age=300");
    println!("the widget is {} bytes", answer.body.len());
    assert!(
        answer.body.len() < SCRIPT_BYTES_MAX,
        "{} bytes",
        answer.body.len()
    );
    let text = answer.text();
    for word in [
        "المحادثة مع جمعية وصل التجريبية",
        "Chat with Wasl Demo Charity",
        r#""sites":["https://charity.example"]"#,
    ] {
        assert!(text.contains(word), "{word}");
    }
    let ask = [("if-none-match", answer.header("etag"))];
    let again = visitor
        .send(Method::GET, "/widget.js", &ask, Body::empty())
        .await;
    assert_eq!((again.status.as_u16(), again.body.len()), (304, 0));
    assert_eq!(visitor.cookie, None);
}

#[tokio::test]
async fn the_script_works_under_a_policy_without_inline_code() {
    let script = include_str!("../widget.js");
    for forbidden in [
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "eval(",
        "new Function",
        "setAttribute(\"style\"",
        "document.write",
        "localStorage",
        "sessionStorage",
        "document.cookie",
        "fetch(",
        "XMLHttpRequest",
        ", \"*\")",
    ] {
        assert!(!script.contains(forbidden), "{forbidden}");
    }
    // Right to left as well: no physical side but in the names of icons' paths.
    let style: Vec<&str> = script
        .lines()
        .filter(|line| line.trim_start().starts_with('"'))
        .collect();
    assert!(style.len() > 15);
    for line in style {
        assert!(!line.contains("left") && !line.contains("right"), "{line}");
    }
}

#[tokio::test]
async fn a_frame_has_a_session_of_its_own() {
    let mut visitor = Visitor::at("https://chat.example.org").await;
    visitor.post("/chat/open", "{}").await;
    visitor
        .post("/chat/messages", r#"{"id":"a","text":"سر"}"#)
        .await;
    assert_eq!(visitor.get("/widget/chat/history").await.status, 404);
    let opened = visitor.post("/widget/chat/open?first=en", "{}").await;
    let cookie = opened.header("set-cookie");
    assert!(cookie.starts_with("__Host-wasl-frame="), "{cookie}");
    assert!(
        cookie.ends_with("; SameSite=None; Secure; Partitioned"),
        "{cookie}"
    );
    let talk = opened.json();
    assert_eq!(talk["talk"].as_array().unwrap().len(), 1);
    assert_eq!(
        talk["talk"][0]["texts"][0], "opened Some(En)",
        "in the language of the site"
    );
    // Not told again to somebody who comes back.
    let again = visitor
        .post("/widget/chat/open?first=en", "{}")
        .await
        .json();
    assert_eq!(again["talk"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn the_framed_page_begins_in_the_language_of_the_site() {
    let mut visitor = Visitor::at("https://chat.example.org").await;
    for (path, language) in [
        ("/widget", "ar"),
        ("/widget?first=en", "en"),
        ("/widget?first=fr", "ar"),
        ("/widget?first=en&lang=ar", "ar"),
    ] {
        let html = visitor.get(path).await.text();
        assert!(
            html.contains(&format!(r#"<html lang="{language}""#)),
            "{path}"
        );
        assert!(html.contains(r#"data-base="/widget" data-sites="https://charity.example""#));
        assert!(html.contains(r#"id="close""#));
    }
    assert!(!visitor.get("/").await.text().contains("data-sites"));
}
