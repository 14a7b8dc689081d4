//! Files that texts name: given to anybody, and nothing else that lies beside them.

use std::path::Path;

use super::*;
use crate::config::dialogs_folder;
use crate::dialog::load::{self, Files};
use crate::web::shelf::Shelf;

const PDF: &[u8] = b"%PDF-1.7 an invented guide";

/// A folder of dialogs with a say, a recording and a library of its own.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, bytes) in [
        ("common/prompts/hello.ogg", &b"OggS common"[..]),
        ("common/prompts/bye.ogg", b"OggS bye"),
        ("charities/demo/prompts/hello.ogg", b"OggS own"),
        ("charities/demo/documents/guide.pdf", PDF),
        ("charities/demo/documents/bylaws.pdf", b"%PDF-1.7 bylaws"),
        ("charities/demo/documents/staff.pdf", b"%PDF-1.7 for staff"),
        ("charities/demo/documents/draft.pdf", b"%PDF-1.7 draft"),
        (
            "common/welcome.yaml",
            "title: {ar: ا, en: a}\nsteps:\n- say: a\n  text: {ar: ا, en: a, audio: prompts/hello.ogg}\n  shows:\n  - file: documents/guide.pdf\n    title: {ar: ا, en: a}\n- say: b\n  text: {ar: ا, en: a, audio: prompts/bye.ogg}\n  ends: done\n".as_bytes(),
        ),
        (
            "charities/demo/documents.yaml",
            "documents:\n- document: bylaws\n  title: {ar: ا, en: a}\n  file: documents/bylaws.pdf\n  public: true\n- document: staff\n  title: {ar: ا, en: a}\n  file: documents/staff.pdf\n".as_bytes(),
        ),
        ("charities/demo/page.yaml", "send: {ar: هيا, en: Go}\n".as_bytes()),
    ] {
        write(folder.path(), path, bytes);
    }
    folder
}

fn write(folder: &Path, path: &str, bytes: &[u8]) {
    let file = folder.join(path);
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    std::fs::write(file, bytes).unwrap();
}

fn read(folder: &Path) -> Shelf {
    let mut files = load::embedded();
    let own: Files = dialogs_folder::read(folder).unwrap().into_iter().collect();
    files.texts.extend(own.texts);
    files.objects.extend(own.objects);
    let files = files.of("demo");
    let dialogs = load::reload(&files, "demo").unwrap();
    Shelf::new(&files, &dialogs, Some(folder))
}

/// A visitor of a house with that folder.
async fn visitor(folder: &Path) -> Visitor {
    let visitor = Visitor::new().await;
    visitor.house.shelves.replace(read(folder));
    visitor
}

#[tokio::test]
async fn a_file_that_a_text_names_is_given_with_its_type_and_nothing_runs() {
    let folder = folder();
    let mut visitor = visitor(folder.path()).await;
    for (path, kind, bytes, saved) in [
        ("documents/guide.pdf", "application/pdf", PDF, true),
        (
            "documents/bylaws.pdf",
            "application/pdf",
            b"%PDF-1.7 bylaws",
            true,
        ),
        // The charity's own counts in place of the common one.
        ("prompts/hello.ogg", "audio/ogg", b"OggS own", false),
        ("prompts/bye.ogg", "audio/ogg", b"OggS bye", false),
    ] {
        let answer = visitor.get(&format!("/chat/files/{path}")).await;
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(answer.header("content-type"), kind);
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert!(answer.header("content-security-policy").contains("sandbox"));
        assert!(
            answer
                .header("content-security-policy")
                .starts_with("default-src 'none'")
        );
        let disposition = answer.header("content-disposition");
        assert_eq!(
            disposition.starts_with("attachment"),
            saved,
            "{disposition}"
        );
        assert_eq!(answer.header("cache-control"), "private, no-cache");
        assert_eq!(&answer.body[..], bytes, "{path}");
    }
    assert_eq!(visitor.cookie, None, "whoever asks needs no session");
}

#[tokio::test]
async fn the_demos_library_inside_the_program_is_given_without_what_is_for_staff() {
    let mut visitor = Visitor::new().await;
    let dialogs = visitor.house.registry.current();
    let (mut public, mut staff) = (0, 0);
    for document in &dialogs.documents {
        let Some(file) = &document.file else { continue };
        let answer = visitor.get(&format!("/chat/files/{file}")).await;
        match document.public {
            true => {
                assert_eq!(answer.status, 200, "{file}");
                assert!(answer.body.starts_with(b"%PDF-"), "{file}");
                public += 1;
            }
            false => {
                assert_eq!(answer.status, 404, "{file}");
                staff += 1;
            }
        }
    }
    assert!(
        public > 0 && staff > 0,
        "the demo has documents of both kinds"
    );
}

#[tokio::test]
async fn what_no_text_names_is_nobodys_to_ask_for() {
    let folder = folder();
    let mut visitor = visitor(folder.path()).await;
    for path in [
        "documents/staff.pdf",
        "documents/draft.pdf",
        "documents/nothing.pdf",
        "documents",
        "charity.yaml",
        "charities/demo/documents/guide.pdf",
        "../demo/documents/guide.pdf",
        "..%2f..%2fcommon%2fwords.yaml",
        "documents/../documents/guide.pdf",
        "documents//guide.pdf",
        "/etc/passwd",
        "%2fetc%2fpasswd",
        "documents/guide.pdf%00",
        "documents%5cguide.pdf",
    ] {
        let answer = visitor.get(&format!("/chat/files/{path}")).await;
        assert_eq!(answer.status, 404, "{path}");
        let told = answer.json();
        let words = told["texts"]["ar"].as_str().unwrap();
        assert!(words.contains("هذا الملف"), "{path}: {words}");
    }
}

#[tokio::test]
async fn a_player_gets_parts_and_a_known_file_travels_once() {
    let folder = folder();
    let mut visitor = visitor(folder.path()).await;
    let path = "/chat/files/prompts/hello.ogg";
    let ask = [("range", "bytes=5-6"), ("accept-encoding", "gzip")];
    let part = visitor.send(Method::GET, path, &ask, Body::empty()).await;
    assert_eq!(part.status, 206);
    assert_eq!(part.header("content-range"), "bytes 5-6/8");
    assert_eq!(&part.body[..], b"ow");
    let ask = [("range", "bytes=50-")];
    let beyond = visitor.send(Method::GET, path, &ask, Body::empty()).await;
    assert_eq!(
        (beyond.status.as_u16(), beyond.header("content-range")),
        (416, "bytes */8")
    );
    let tag = part.header("etag").to_string();
    let ask = [("if-none-match", tag.as_str())];
    let again = visitor.send(Method::GET, path, &ask, Body::empty()).await;
    assert_eq!((again.status.as_u16(), again.body.len()), (304, 0));
    let ask = [("accept-encoding", "gzip")];
    let whole = visitor.send(Method::GET, path, &ask, Body::empty()).await;
    assert_eq!(whole.header("content-encoding"), "");
    assert_eq!(whole.header("accept-ranges"), "bytes");
}

#[tokio::test]
async fn a_file_that_changed_is_given_after_a_reload_and_not_half_copied() {
    let folder = folder();
    let mut visitor = visitor(folder.path()).await;
    let path = "/chat/files/documents/guide.pdf";
    write(
        folder.path(),
        "charities/demo/documents/guide.pdf",
        b"%PDF-1.7 a ha",
    );
    assert_eq!(visitor.get(path).await.status, 404);
    visitor.house.shelves.replace(read(folder.path()));
    assert_eq!(&visitor.get(path).await.body[..], b"%PDF-1.7 a ha");
    std::fs::remove_file(folder.path().join("charities/demo/documents/guide.pdf")).unwrap();
    assert_eq!(visitor.get(path).await.status, 404);
}

#[tokio::test]
async fn an_old_message_says_kindly_that_its_file_has_gone() {
    let folder = folder();
    let mut visitor = visitor(folder.path()).await;
    let say = format!(r#"{{"id":"a","text":"{}"}}"#, house::SHOW);
    visitor.post("/chat/messages", &say).await;
    let shown = visitor.get("/chat/history").await.json();
    let shows = &shown["talk"][1]["shows"];
    assert_eq!(
        (&shows[0]["ending"], &shows[0]["bytes"], &shows[0]["gone"]),
        (&"PDF".into(), &PDF.len().into(), &Value::Null)
    );
    assert_eq!(
        shows[1]["gone"], true,
        "no text of today names that recording"
    );
    assert_eq!(shows[2]["gone"], Value::Null, "a link is no file");
    visitor.house.shelves.replace(Shelf::default());
    let shown = visitor.get("/chat/history").await.json();
    assert_eq!(shown["talk"][1]["shows"][0]["gone"], true);
}

#[tokio::test]
async fn without_script_what_is_shown_beside_a_text_is_a_link() {
    let folder = folder();
    let mut visitor = visitor(folder.path()).await;
    let say = format!(r#"{{"id":"a","text":"{}"}}"#, house::SHOW);
    visitor.post("/chat/messages", &say).await;
    let html = visitor.get("/").await.text();
    for link in [
        r#"<a href="/chat/files/documents/guide.pdf">الدليل</a>"#,
        r#"<a href="/anonymous">صفحة</a>"#,
        r#"<a href="tel:+966500000000">"#,
    ] {
        assert!(html.contains(link), "{link}");
    }
    assert!(!html.contains("id.ogg"));
}

#[tokio::test]
async fn the_page_speaks_in_the_charitys_own_words_after_a_reload() {
    let folder = folder();
    let mut visitor = Visitor::new().await;
    let before = visitor.get("/").await.text();
    visitor.house.shelves.replace(read(folder.path()));
    let after = visitor.get("/").await.text();
    assert!(!before.contains("هيا") && after.contains(r#"aria-label="هيا""#));
    let script = |html: &str| {
        let at = html.find("/assets/chat.").unwrap();
        html[at..at + "/assets/chat.123456789012.js".len()].to_string()
    };
    assert_ne!(script(&before), script(&after));
    let answer = visitor.get(&script(&after)).await;
    assert!(answer.text().contains("هيا"));
    assert!(answer.header("cache-control").contains("immutable"));
    // A page that was made before the reload loads what there is, and keeps it no longer than it needs.
    let answer = visitor.get(&script(&before)).await;
    assert_eq!(
        (answer.status.as_u16(), answer.header("cache-control")),
        (200, "no-store")
    );
    assert_eq!(visitor.get("/assets/chat.1234567890.js").await.status, 404);
}
