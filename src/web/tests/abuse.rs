//! What a stranger or a broken network can send: refused kindly, and nothing happens.

use super::*;
use crate::channel::web::FILE_BYTES_MAX;
use crate::web::budget::BYTES_MAX;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

fn long(letters: usize) -> String {
    format!(r#"{{"id":"x","text":"{}"}}"#, "ب".repeat(letters))
}

#[tokio::test]
async fn a_bad_message_is_refused_kindly_and_nothing_happens() {
    for (case, body, status) in [
        ("no JSON", "{".to_string(), 400),
        ("nothing in it", "{}".to_string(), 400),
        (
            "only NULs",
            r#"{"id":"x","text":"\u0000"}"#.to_string(),
            400,
        ),
        (
            "half a letter",
            r#"{"id":"x","text":"\ud800"}"#.to_string(),
            400,
        ),
        ("deep", "[".repeat(100_000), 400),
        ("far too long", long(300_000), 413),
    ] {
        let mut visitor = Visitor::new().await;
        let answer = visitor.post("/chat/messages", &body).await;
        assert_eq!(answer.status.as_u16(), status, "{case}");
        assert!(!answer.json()["texts"]["ar"].as_str().unwrap().is_empty());
        assert_eq!(visitor.cookie, None, "{case}");
        assert!(visitor.house.messages().await.is_empty());
    }
}

#[tokio::test]
async fn what_is_only_odd_reaches_the_dialog_which_answers_it() {
    let odd = [
        long(50_000),
        r#"{"id":"x","text":"😀😀"}"#.to_string(),
        r#"{"id":"x","text":"\u200f\u202e\u2066"}"#.to_string(),
        r#"{"id":"x","text":"'); DROP TABLE contact;-- {{7*7}}"}"#.to_string(),
        r#"{"id":"x","choice":"zzzzzz:other:step"}"#.to_string(),
    ];
    for body in odd {
        let mut visitor = Visitor::new().await;
        assert_eq!(visitor.post("/chat/messages", &body).await.status, 200);
        assert_eq!(visitor.house.heard().await.len(), 1);
    }
}

#[tokio::test]
async fn invalid_utf8_is_no_message() {
    let mut visitor = Visitor::new().await;
    let body = Body::from(&b"{\"id\":\"x\",\"text\":\"\xff\xfe\"}"[..]);
    let answer = visitor
        .send(Method::POST, "/chat/messages", &JSON, body)
        .await;
    assert_eq!(answer.status, 400);
}

#[tokio::test]
async fn a_file_that_we_cannot_take_is_refused_kindly() {
    let too_large = vec![b'%'; FILE_BYTES_MAX as usize + 1];
    for (case, name, bytes, status, words) in [
        (
            "a program called a photo",
            "photo.jpg",
            &b"MZ\x90\x00\x03"[..],
            415,
            "هذا النوع",
        ),
        ("an empty file", "photo.jpg", b"", 422, "فارغ"),
        (
            "a broken photo",
            "photo.jpg",
            b"\xff\xd8\xff\xe0\x00\x10JFIF\x00",
            422,
            "تعذّر فتح",
        ),
        ("a large file", "a.pdf", &too_large, 413, "16 ميجابايت"),
    ] {
        let mut visitor = Visitor::new().await;
        let answer = visitor.upload(name, bytes).await;
        assert_eq!(answer.status.as_u16(), status, "{case}");
        assert!(
            answer.json()["texts"]["ar"]
                .as_str()
                .unwrap()
                .contains(words),
            "{case}"
        );
        assert!(visitor.house.messages().await.is_empty(), "{case}");
    }
}

#[tokio::test]
async fn a_form_that_is_none_is_refused() {
    let mut visitor = Visitor::new().await;
    for (case, kind, body) in [
        ("no form", "application/json", "{}"),
        ("no boundary", "multipart/form-data", "x"),
        (
            "broken off",
            "multipart/form-data; boundary=edge",
            "--edge\r\nContent-Disposition: form-data; name=\"id\"\r\n\r\nx",
        ),
        (
            "without a file",
            "multipart/form-data; boundary=edge",
            "--edge\r\nContent-Disposition: form-data; name=\"id\"\r\n\r\nx\r\n--edge--\r\n",
        ),
    ] {
        let headers = [("content-type", kind), ("accept", "application/json")];
        let answer = visitor
            .send(
                Method::POST,
                "/chat/attachments",
                &headers,
                Body::from(body),
            )
            .await;
        assert_eq!(answer.status, 400, "{case}");
    }
}

#[tokio::test]
async fn a_photo_is_taken_and_its_preview_is_ours() {
    let mut visitor = Visitor::new().await;
    let mut photo = std::io::Cursor::new(Vec::new());
    image::RgbImage::new(40, 20)
        .write_to(&mut photo, image::ImageFormat::Png)
        .unwrap();
    assert_eq!(visitor.upload("a.png", photo.get_ref()).await.status, 200);
    let preview = format!("{}/preview", visitor.file().await);
    let preview = visitor.get(&preview).await;
    assert_eq!(preview.header("content-type"), "image/jpeg");
    assert!(image::load_from_memory(&preview.body).is_ok());
    let shown = visitor.get("/chat/history").await.json();
    assert_eq!(shown["talk"][0]["attachment"]["preview"], true);
}

#[tokio::test]
async fn two_gibibytes_are_refused_while_they_come() {
    let served = Served::start().await;
    // As a browser would send it, length told: refused by the length.
    let mut socket = tokio::net::TcpStream::connect(served.address)
        .await
        .unwrap();
    let head = "POST /chat/attachments HTTP/1.1\r\nHost: x\r\nAccept: application/json\r\nContent-Type: multipart/form-data; boundary=edge\r\n";
    socket
        .write_all(format!("{head}Content-Length: 2147483648\r\n\r\n").as_bytes())
        .await
        .unwrap();
    let mut answer = vec![0; 12];
    socket.read_exact(&mut answer).await.unwrap();
    assert_eq!(answer, b"HTTP/1.1 413");
    // Without a length: cut when it becomes too much, and the answer still arrives.
    let chunk = bytes::Bytes::from(vec![b'x'; 1 << 20]);
    let begin = bytes::Bytes::from(
        "--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n",
    );
    let endless = futures_util::stream::iter(
        std::iter::once(begin)
            .chain(std::iter::repeat_n(chunk, 2048))
            .map(Ok::<_, std::io::Error>),
    );
    let answer = browser()
        .post(served.url("/chat/attachments"))
        .header("content-type", "multipart/form-data; boundary=edge")
        .body(reqwest::Body::wrap_stream(endless))
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 413);
    served.close().await;
}

#[tokio::test]
async fn posts_come_from_our_own_page_or_from_no_page() {
    for (case, headers, status) in [
        ("no browser", vec![], 200),
        (
            "our page",
            vec![
                ("sec-fetch-site", "same-origin"),
                ("origin", "http://127.0.0.1:8080"),
            ],
            200,
        ),
        ("typed by the person", vec![("sec-fetch-site", "none")], 200),
        (
            "another site",
            vec![
                ("sec-fetch-site", "cross-site"),
                ("origin", "https://evil.example"),
            ],
            403,
        ),
        (
            "a sister site",
            vec![
                ("sec-fetch-site", "same-site"),
                ("origin", "http://other.localhost"),
            ],
            403,
        ),
        (
            "an old browser elsewhere",
            vec![("origin", "https://evil.example")],
            403,
        ),
        ("nobody", vec![("origin", "null")], 403),
    ] {
        for path in [
            "/chat/messages",
            "/chat/open",
            "/widget/chat/messages",
            "/widget/chat/open",
            "/anonymous/chat/messages",
            "/anonymous/chat/open",
        ] {
            let mut visitor = Visitor::new().await;
            let headers = [
                headers.clone(),
                JSON.to_vec(),
                vec![("host", "127.0.0.1:8080")],
            ]
            .concat();
            let body = match path.ends_with("open") {
                true => "{}",
                false => r#"{"id":"x","text":"a"}"#,
            };
            let answer = visitor
                .send(Method::POST, path, &headers, Body::from(body))
                .await;
            assert_eq!(answer.status.as_u16(), status, "{case} {path}");
            assert_eq!(visitor.house.messages().await.is_empty(), status != 200);
        }
    }
}

#[tokio::test]
async fn a_flood_is_slowed_with_a_word_of_when_to_come_again() {
    let mut visitor = Visitor::new().await;
    visitor.post("/chat/open", "{}").await;
    let mut slowed = None;
    for number in 0..400 {
        let answer = visitor
            .post(
                "/chat/messages",
                &format!(r#"{{"id":"m{number}","text":"a"}}"#),
            )
            .await;
        if answer.status == 429 {
            slowed = Some(answer);
            break;
        }
    }
    let slowed = slowed.expect("a flood is slowed");
    assert!(slowed.header("retry-after").parse::<u64>().unwrap() >= 1);
    assert!(
        slowed.json()["texts"]["ar"]
            .as_str()
            .unwrap()
            .contains("الانتظار")
    );
    assert_eq!(visitor.get("/healthz").await.status, 200);
}

#[tokio::test]
async fn a_body_that_stops_coming_is_cut_off() {
    for (path, kind) in [
        ("/chat/messages", "application/json"),
        ("/chat/attachments", "multipart/form-data; boundary=edge"),
    ] {
        let silent = futures_util::stream::once(async {
            Ok::<_, std::io::Error>(bytes::Bytes::from("--edge\r\n"))
        });
        let body = Body::from_stream(futures_util::StreamExt::chain(
            silent,
            futures_util::stream::pending(),
        ));
        let headers = [("content-type", kind), ("accept", "application/json")];
        let asked = Visitor::new().await;
        let mut visitor = asked;
        let answer = tokio::time::timeout(
            Duration::from_secs(40),
            visitor.send(Method::POST, path, &headers, body),
        );
        assert_eq!(answer.await.expect("cut in time").status, 408, "{path}");
    }
}

#[tokio::test]
async fn control_characters_never_reach_the_dialog() {
    let mut visitor = Visitor::new().await;
    visitor
        .post(
            "/chat/messages",
            r#"{"id":"x","text":"س\u0000ل\u001b[31m\nم"}"#,
        )
        .await;
    assert_eq!(visitor.house.heard().await, ["سل[31m\nم"]);
}

#[tokio::test]
async fn what_does_not_fit_into_memory_beside_others_waits_outside() {
    let mut visitor = Visitor::new().await;
    let others = [[192, 0, 2, 1], [192, 0, 2, 2]].map(|one| {
        let mut upload = visitor.site.limits().upload(one.into()).unwrap();
        upload.share.grow(BYTES_MAX / 2).unwrap();
        upload
    });
    let refused = visitor.upload("a.pdf", b"%PDF-1.7\n").await;
    assert_eq!(refused.status, 503);
    assert_eq!(refused.header("retry-after"), "2");
    assert!(visitor.house.messages().await.is_empty());
    drop(others);
    assert_eq!(visitor.upload("a.pdf", b"%PDF-1.7\n").await.status, 200);
    // What was taken is given back.
    let mut share = visitor.site.limits().upload([192, 0, 2, 1].into()).unwrap();
    assert_eq!(share.share.grow(BYTES_MAX / 2), Ok(()));
}
