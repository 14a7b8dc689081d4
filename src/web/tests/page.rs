//! The page itself: language, roles, headers, weight, and what is told when something is not there.

use super::*;

#[tokio::test]
async fn the_page_is_arabic_right_to_left_and_names_the_charity() {
    for (path, accept, language, direction, charity) in [
        ("/", "", "ar", "rtl", "جمعية وصل التجريبية"),
        ("/", "en-US,en", "ar", "rtl", "جمعية وصل التجريبية"),
        ("/?lang=en", "", "en", "ltr", "Wasl Demo Charity"),
    ] {
        let mut visitor = Visitor::new().await;
        let headers = [("accept-language", accept)];
        let answer = visitor
            .send(Method::GET, path, &headers, Body::empty())
            .await;
        assert_eq!(answer.status, StatusCode::OK);
        let html = answer.text();
        assert!(
            html.contains(&format!(r#"<html lang="{language}" dir="{direction}">"#)),
            "{path}"
        );
        assert!(html.contains(&format!("<title>{charity}</title>")));
        assert!(html.contains(&format!(r#"<h1 id="charity">{charity}</h1>"#)));
        assert_eq!(visitor.cookie, None, "looking creates nothing");
        assert!(visitor.house.messages().await.is_empty());
    }
}

#[tokio::test]
async fn there_is_one_log_one_textbox_and_a_send_button() {
    let html = Visitor::new().await.get("/").await.text();
    assert_eq!(html.matches(r#"role="log""#).count(), 1);
    assert_eq!(html.matches("<textarea").count(), 1);
    assert!(!html.contains(r#"type="text""#));
    assert!(html.contains(r#"<button type="submit" id="send""#));
}

#[tokio::test]
async fn nothing_is_inline_and_nothing_is_foreign() {
    let answer = Visitor::new().await.get("/").await;
    let policy = answer.header("content-security-policy");
    assert!(policy.starts_with("default-src 'none'; script-src 'self'; style-src 'self'"));
    for forbidden in ["unsafe", "data:", "http:", "https:", "*"] {
        assert!(!policy.contains(forbidden), "{forbidden}");
    }
    let html = answer.text();
    for forbidden in [
        "<style",
        "style=",
        "javascript:",
        "onclick",
        "onload",
        "http://",
        "https://",
    ] {
        assert!(!html.contains(forbidden), "{forbidden}");
    }
    assert_eq!(
        html.matches("<script").count(),
        html.matches("<script src=\"/assets/").count()
    );
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cache-control", "no-store"),
    ] {
        assert_eq!(answer.header(name), value, "{name}");
    }
    assert!(
        answer
            .header("permissions-policy")
            .contains("microphone=(self)")
    );
}

#[tokio::test]
async fn the_style_knows_no_left_and_no_right() {
    let style = include_str!("../chat/page.css");
    for forbidden in ["left", " right", "-right", "url(", "@import", "@font-face"] {
        let found: Vec<_> = style
            .lines()
            .skip(3)
            .filter(|line| line.contains(forbidden))
            .collect();
        assert!(found.is_empty(), "{forbidden}: {found:?}");
    }
}

/// The first load in all, compressed as it travels.
const LOAD_BYTES_MAX: usize = 60 * 1024;

#[tokio::test]
async fn the_first_load_is_light_and_its_parts_are_kept_for_ever() {
    let served = Served::start().await;
    let client = browser();
    let html = client
        .get(served.url("/"))
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    let mut paths: Vec<String> = html
        .split('"')
        .filter(|part| part.starts_with("/assets/"))
        .map(str::to_string)
        .collect();
    paths.dedup();
    assert_eq!(paths.len(), 3);
    let mut weight = 0;
    for path in std::iter::once("/").chain(paths.iter().map(String::as_str)) {
        let answer = client
            .get(served.url(path))
            .header("accept-encoding", "gzip")
            .send()
            .await
            .unwrap();
        let headers = answer.headers().clone();
        weight += answer.bytes().await.unwrap().len();
        if path != "/" {
            let kept = headers["cache-control"].to_str().unwrap();
            assert_eq!(kept, "public, max-age=31536000, immutable");
            assert!(headers.contains_key("etag"));
        }
    }
    println!("the first load is {weight} bytes");
    assert!(weight < LOAD_BYTES_MAX, "{weight} bytes");
    served.close().await;
}

#[tokio::test]
async fn what_is_not_there_is_told_kindly_in_both_languages() {
    let mut visitor = Visitor::new().await;
    let html = [("accept", "text/html")];
    for (method, path, status, words) in [
        (Method::GET, "/nothing", 404, "لا توجد صفحة بهذا العنوان"),
        (
            Method::GET,
            "/webhooks/telegram",
            404,
            "There is no page at this address",
        ),
        (
            Method::GET,
            "/assets/style.css",
            404,
            "لا توجد صفحة بهذا العنوان",
        ),
        (Method::DELETE, "/", 405, "لا يمكن إجراء هذا الطلب هنا"),
        (
            Method::GET,
            "/chat/messages",
            405,
            "This cannot be done here",
        ),
    ] {
        let answer = visitor.send(method, path, &html, Body::empty()).await;
        assert_eq!(answer.status.as_u16(), status, "{path}");
        assert!(answer.text().contains(words), "{path}");
        assert!(!answer.header("content-security-policy").is_empty());
    }
}

#[tokio::test]
async fn machines_ask_whether_it_lives_and_whether_it_can_take() {
    let mut visitor = Visitor::new().await;
    assert_eq!(visitor.get("/healthz").await.text(), "ok");
    assert_eq!(visitor.get("/readyz").await.text(), "ready");
    assert!(
        visitor
            .get("/metrics")
            .await
            .text()
            .contains("wasl_events_total")
    );
    visitor.house.store.close().await;
    assert_eq!(visitor.get("/healthz").await.status, 200);
    let answer = visitor.get("/readyz").await;
    assert_eq!(answer.status, 503);
    assert!(!answer.text().is_empty(), "the operator reads why");
}

#[tokio::test]
async fn without_script_the_page_shows_the_talk_and_posts_forms() {
    let mut visitor = Visitor::new().await;
    let form = [
        ("content-type", "application/x-www-form-urlencoded"),
        ("accept", "text/html"),
    ];
    assert!(
        visitor
            .get("/")
            .await
            .text()
            .contains(r#"action="/chat/open""#)
    );
    let opened = visitor
        .send(Method::POST, "/chat/open", &form, Body::empty())
        .await;
    assert_eq!(
        (opened.status.as_u16(), opened.header("location")),
        (303, "/")
    );
    let said = visitor
        .send(
            Method::POST,
            "/chat/messages",
            &form,
            Body::from("id=a&text=%3Cb%3E%7B%7B7*7%7D%7D"),
        )
        .await;
    assert_eq!((said.status.as_u16(), said.header("location")), (303, "/"));
    let html = visitor.get("/").await.text();
    assert!(html.contains("&#60;b&#62;{{7*7}}"), "{html}");
    assert!(html.contains(r#"value="abc123:menu:apply""#));
    let id = html.split("name=\"id\" value=\"").nth(1).unwrap();
    let id = id.split('"').next().unwrap();
    let press = format!("id={id}&choice=abc123%3Amenu%3Aapply");
    let pressed = visitor
        .send(Method::POST, "/chat/messages", &form, Body::from(press))
        .await;
    assert_eq!(pressed.status, 303);
    let html = visitor.get("/").await.text();
    assert!(html.contains("chose abc123:menu:apply"));
}
