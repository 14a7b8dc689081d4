//! In a real browser: the chat inside pages of other origins and other sites, by keyboard and on a phone; who
//! may not show it; the page for a talk without a name; documents and recordings.

use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use thirtyfour::prelude::*;

use crate::support::browser::Browser;
use crate::support::server::client;
use crate::support::site::Site;
use crate::support::tls::Front;
use crate::support::{Server, engines};

/// A turn takes milliseconds; what takes this long on two busy cores hangs.
const PATIENCE_SECS: u64 = 30;

const WELCOME: &str = "كيف نخدمكم؟";

/// The shadow tree of the widget, for a script.
const TREE: &str = "const tree = document.querySelector('wasl-chat').shadowRoot;";

/// One visitor, on a page of the charity's site or on one of ours.
struct Visitor {
    browser: Browser,
}

impl Visitor {
    async fn opens(url: &str, width: u32, height: u32, arguments: &[&str]) -> Option<Visitor> {
        let browser = Browser::open_with(width, height, "ar", arguments).await?;
        browser.driver.goto(url).await.unwrap();
        Some(Visitor { browser })
    }

    async fn run(&self, script: &str) -> Value {
        let found = self.browser.driver.execute(script, vec![]).await;
        found.expect("the script runs").json().clone()
    }

    /// Waits until this script gives true.
    async fn until(&self, what: &str, script: &str) {
        let until = Instant::now() + Duration::from_secs(PATIENCE_SECS);
        while self.run(script).await != json!(true) {
            if Instant::now() > until {
                self.browser.screenshot("stuck").await;
                let text = self.run("return document.body.innerText").await;
                panic!("waited for {what}; the page says:\n{text}");
            }
            tokio::time::sleep(Duration::from_millis(30)).await;
        }
    }

    async fn presses(&self, key: Key) {
        let keys = self.browser.driver.action_chain().send_keys(key);
        keys.perform().await.unwrap();
    }

    /// The button of the widget, wherever the style of the site would have put it.
    async fn launches(&self) {
        self.until("the button", "return !!document.querySelector('wasl-chat')")
            .await;
        let script = format!("{TREE} return tree.querySelector('.launch')");
        let found = self.browser.driver.execute(&script, vec![]).await.unwrap();
        found.element().unwrap().click().await.unwrap();
    }

    /// From here on everything happens inside the frame.
    async fn goes_in(&self) {
        let script = format!("{TREE} return tree.querySelector('iframe')");
        let found = self.browser.driver.execute(&script, vec![]).await.unwrap();
        found.element().unwrap().enter_frame().await.unwrap();
    }

    async fn goes_out(&self) {
        self.browser.driver.enter_default_frame().await.unwrap();
    }

    /// The newest thing that the house said.
    async fn hears(&self, words: &str) {
        let script = format!(
            "const all = document.querySelectorAll('.said.house'), last = all[all.length - 1];
            return !!last && last.innerText.includes('{words}')"
        );
        self.until(words, &script).await;
    }

    async fn says(&self, text: &str) {
        let field = self.browser.driver.find(By::Id("text")).await.unwrap();
        field.send_keys(text).await.unwrap();
        self.presses(Key::Enter).await;
        let taken = format!(
            "const own = [...document.querySelectorAll('.said.own')];
            return own.some(one => one.innerText.includes('{text}')) && !document.querySelector('.pending')"
        );
        self.until("the message to be taken", &taken).await;
    }

    async fn close(self) {
        self.browser.close().await;
    }
}

/// A server whose chat this site may show under these names of the machine.
async fn server_and_site(hosts: &[&str], body: &str) -> (Server, Site) {
    // The site must know the chat, and the chat the site: its address is taken first, and the chat told.
    let waiting = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = waiting.local_addr().unwrap().port();
    let origins: Vec<_> = hosts
        .iter()
        .map(|host| format!("http://{host}:{port}"))
        .collect();
    let origins = origins.join(",");
    let server = Server::start_with(&engines()[0], &[("WASL_WIDGET_SITES", &origins)]).await;
    let body = body.replace("{chat}", &server.url);
    let site = Site::start(waiting, &server.url, "ar", "", &body).await;
    (server, site)
}

#[tokio::test(flavor = "multi_thread")]
async fn by_keyboard_alone_a_person_talks_inside_a_page_of_another_origin() {
    let (_server, site) = server_and_site(&["127.0.0.1"], "").await;
    let Some(visitor) = Visitor::opens(&site.origin("127.0.0.1"), 1100, 800, &[]).await else {
        return;
    };
    visitor
        .until("the button", "return !!document.querySelector('wasl-chat')")
        .await;
    let focused = |what: &str| {
        format!("{TREE} return !!tree.activeElement && tree.activeElement.matches('{what}')")
    };
    // The button before it on the page, then ours.
    visitor.presses(Key::Tab).await;
    visitor.presses(Key::Tab).await;
    visitor
        .until("the button in focus", &focused(".launch"))
        .await;
    visitor.browser.screenshot("widget-closed").await;
    visitor.presses(Key::Enter).await;
    visitor
        .until("the frame in focus", &focused("iframe"))
        .await;
    let told = format!(
        "{TREE} const launch = tree.querySelector('.launch'), panel = tree.querySelector('[role=dialog]');
        return [launch.tagName, launch.getAttribute('aria-expanded'), launch.getAttribute('aria-controls') === panel.id,
            launch.getAttribute('aria-label'), panel.getAttribute('aria-label'), panel.getAttribute('aria-modal'),
            tree.querySelector('iframe').title, tree.querySelector('.all').dir]"
    );
    let title = "المحادثة مع جمعية وصل التجريبية";
    assert_eq!(
        visitor.run(&told).await,
        json!([
            "BUTTON",
            "true",
            true,
            "التواصل معنا",
            title,
            "false",
            title,
            "rtl"
        ])
    );
    visitor.goes_in().await;
    visitor.hears(WELCOME).await;
    visitor
        .until(
            "the writing field in focus",
            "return document.activeElement.id === 'text'",
        )
        .await;
    visitor.says("السلام عليكم").await;
    visitor.hears("وعليكم السلام").await;
    // The small sheet takes Esc for itself.
    let attach = visitor.browser.driver.find(By::Id("attach")).await.unwrap();
    attach.click().await.unwrap();
    visitor.presses(Key::Escape).await;
    assert_eq!(
        visitor
            .run("return document.getElementById('sheet').hidden")
            .await,
        json!(true)
    );
    visitor.browser.screenshot("widget-open").await;
    visitor.presses(Key::Escape).await;
    visitor.goes_out().await;
    visitor
        .until("the button in focus", &focused(".launch"))
        .await;
    let closed = format!(
        "{TREE} return tree.querySelector('[role=dialog]').hidden
            && tree.querySelector('.launch').getAttribute('aria-expanded') === 'false'"
    );
    visitor.until("the frame to close", &closed).await;
    visitor.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reply_that_comes_while_it_is_closed_is_hinted_at_without_a_word_of_it() {
    let (server, site) = server_and_site(&["127.0.0.1"], "").await;
    let Some(visitor) = Visitor::opens(&site.origin("127.0.0.1"), 1100, 800, &[]).await else {
        return;
    };
    visitor.launches().await;
    visitor.goes_in().await;
    visitor.hears(WELCOME).await;
    let cookie = visitor
        .browser
        .driver
        .get_named_cookie("wasl-frame")
        .await
        .unwrap();
    let close = visitor.browser.driver.find(By::Id("close")).await.unwrap();
    close.click().await.unwrap();
    visitor.goes_out().await;
    let hint = format!(
        "{TREE} return [!tree.querySelector('.news').hidden, tree.querySelector('.launch').getAttribute('aria-label'),
            tree.querySelector('.unseen').textContent]"
    );
    assert_eq!(visitor.run(&hint).await, json!([false, "التواصل معنا", ""]));
    // The same person speaks elsewhere: a reply comes.
    let said = client()
        .post(format!("{}/widget/chat/messages", server.url))
        .header("cookie", format!("wasl-frame={}", cookie.value))
        .json(&json!({"id": "elsewhere", "text": "السلام عليكم"}))
        .send()
        .await
        .unwrap();
    assert_eq!(said.status(), 200);
    let hinted = format!("{TREE} return !tree.querySelector('.news').hidden");
    visitor.until("the hint", &hinted).await;
    visitor.browser.screenshot("widget-news").await;
    let told = json!([true, "التواصل معنا. رسالة جديدة", "رسالة جديدة"]);
    assert_eq!(visitor.run(&hint).await, told);
    visitor.launches().await;
    assert_eq!(visitor.run(&hint).await, json!([false, "التواصل معنا", ""]));
    visitor.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_phone_it_fills_the_screen_and_gives_it_back() {
    let (_server, site) = server_and_site(&["127.0.0.1"], "").await;
    let Some(visitor) = Visitor::opens(&site.origin("127.0.0.1"), 360, 740, &[]).await else {
        return;
    };
    visitor.launches().await;
    let place = format!(
        "{TREE} const panel = tree.querySelector('.panel'), box = panel.getBoundingClientRect();
        return [box.x, box.y, box.width, box.height, panel.getAttribute('aria-modal'),
            getComputedStyle(tree.querySelector('.launch')).visibility]"
    );
    let whole = json!([0, 0, 360, 740, "true", "hidden"]);
    let until = Instant::now() + Duration::from_secs(PATIENCE_SECS);
    while visitor.run(&place).await != whole {
        assert!(Instant::now() < until, "{}", visitor.run(&place).await);
        tokio::time::sleep(Duration::from_millis(30)).await;
    }
    visitor.goes_in().await;
    visitor.hears(WELCOME).await;
    // Under a finger no keyboard comes up by itself; a screen reader stands at the name.
    visitor
        .until(
            "the name in focus",
            "return document.activeElement.id === 'charity'",
        )
        .await;
    assert_eq!(
        visitor
            .run("return document.documentElement.scrollWidth <= innerWidth")
            .await,
        json!(true)
    );
    visitor.browser.screenshot("widget-phone").await;
    // Whoever goes on by keyboard stays in it.
    for step in 0..30 {
        visitor.presses(Key::Tab).await;
        let inside = visitor.run("return document.hasFocus()").await;
        assert_eq!(inside, json!(true), "after {step} more");
    }
    let close = visitor.browser.driver.find(By::Id("close")).await.unwrap();
    close.click().await.unwrap();
    visitor.goes_out().await;
    let back = format!(
        "{TREE} return tree.querySelector('.panel').hidden && tree.activeElement === tree.querySelector('.launch')
            && getComputedStyle(tree.activeElement).visibility === 'visible'"
    );
    visitor.until("the page of the charity", &back).await;
    visitor.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_style_of_the_site_comes_in_and_none_of_ours_goes_out() {
    let (_server, site) = server_and_site(&["127.0.0.1"], "").await;
    let Some(visitor) = Visitor::opens(&site.origin("127.0.0.1"), 1100, 800, &[]).await else {
        return;
    };
    let before = "const style = getComputedStyle(document.querySelector('p'));
        return [style.color, style.font, document.body.getBoundingClientRect().height]";
    let page = visitor.run(before).await;
    visitor.launches().await;
    let looks = format!(
        "{TREE} const launch = getComputedStyle(tree.querySelector('.launch')), frame = tree.querySelector('iframe');
        return [launch.color, launch.backgroundColor, launch.letterSpacing, launch.fontSize, launch.borderTopWidth,
            frame.getBoundingClientRect().width]"
    );
    assert_eq!(
        visitor.run(&looks).await,
        json!([
            "rgb(255, 255, 255)",
            "rgb(13, 95, 88)",
            "normal",
            "16px",
            "0px",
            400
        ])
    );
    assert_eq!(visitor.run(before).await, page);
    visitor.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_site_that_is_not_named_cannot_show_it_in_any_way() {
    let frames = "<iframe id=a src={chat}/widget></iframe><iframe id=b src={chat}/></iframe>\
        <iframe id=c src={chat}/anonymous></iframe>";
    // Named under one name of the machine, and opened under the other: another site.
    let (server, site) = server_and_site(&["localhost"], frames).await;
    let Some(visitor) = Visitor::opens(&site.origin("127.0.0.1"), 1100, 800, &[]).await else {
        return;
    };
    for frame in ["a", "b", "c"] {
        let found = visitor.browser.driver.find(By::Id(frame)).await.unwrap();
        found.enter_frame().await.unwrap();
        let shown = visitor.run("return location.protocol").await;
        assert_eq!(shown, json!("chrome-error:"), "{frame}");
        visitor.goes_out().await;
    }
    assert_eq!(
        visitor
            .run("return !!document.querySelector('wasl-chat')")
            .await,
        json!(false),
        "no button that would open nothing"
    );
    // And where it may be shown, the other pages may not.
    visitor
        .browser
        .driver
        .goto(site.origin("localhost"))
        .await
        .unwrap();
    for (frame, expected) in [
        ("a", "http:"),
        ("b", "chrome-error:"),
        ("c", "chrome-error:"),
    ] {
        let found = visitor.browser.driver.find(By::Id(frame)).await.unwrap();
        found.enter_frame().await.unwrap();
        let shown = visitor.run("return location.protocol").await;
        assert_eq!(shown, json!(expected), "{frame}");
        visitor.goes_out().await;
    }
    drop(server);
    visitor.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn where_a_browser_keeps_no_cookie_in_the_frame_the_chat_has_a_page_of_its_own() {
    // Over plain http no cookie is kept on another site.
    let (server, site) = server_and_site(&["localhost"], "").await;
    let Some(visitor) = Visitor::opens(&site.origin("localhost"), 1100, 800, &[]).await else {
        return;
    };
    visitor.launches().await;
    visitor.goes_in().await;
    visitor.hears("صفحتها الخاصة").await;
    let link = visitor.run("const link = document.querySelector('#log a'); return [link.target, link.getAttribute('href')]");
    assert_eq!(link.await, json!(["_blank", "/?lang=ar"]));
    visitor.browser.screenshot("widget-elsewhere").await;
    let told = server.command("export messages").output().unwrap();
    assert!(told.status.success());
    assert!(told.stdout.is_empty(), "nobody was made up");
    visitor.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn on_another_site_the_talk_goes_on_after_a_reload() {
    let Some(front) = Front::bind().await else {
        return;
    };
    let waiting = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let origin = format!("http://localhost:{}", waiting.local_addr().unwrap().port());
    let settings = [
        ("WASL_WIDGET_SITES", origin.as_str()),
        ("WASL_PUBLIC_URL", front.url.as_str()),
    ];
    let server = Server::start_with(&engines()[0], &settings).await;
    let chat = front.url.clone();
    front.carry_to(&server.url);
    let site = Site::start(waiting, &chat, "en", "data-side=start data-label=Ask", "").await;
    // A browser that keeps nothing for third parties but what each site has to itself.
    let strict = [
        "--ignore-certificate-errors",
        "--test-third-party-cookie-phaseout",
    ];
    let Some(visitor) = Visitor::opens(&site.origin("localhost"), 1100, 800, &strict).await else {
        return;
    };
    visitor.launches().await;
    let looks = format!(
        "{TREE} const all = tree.querySelector('.all'), box = tree.querySelector('.panel').getBoundingClientRect();
        return [all.dir, box.left < 100, tree.querySelector('.label').textContent]"
    );
    // Nor does anything that somebody else on the page says in its name.
    visitor
        .run("for (const word of ['close', 'news', 'ready']) postMessage({wasl: word}, '*')")
        .await;
    let open = format!(
        "{TREE} return !tree.querySelector('.panel').hidden && tree.querySelector('.news').hidden"
    );
    visitor.until("the frame to stay", &open).await;
    assert_eq!(visitor.run(&looks).await, json!(["ltr", true, "Ask"]));
    visitor.goes_in().await;
    visitor.hears("How can we help?").await;
    visitor.says("salam alaikum").await;
    visitor.hears("Wa alaikum").await;
    let cookie = visitor
        .browser
        .driver
        .get_named_cookie("__Host-wasl-frame")
        .await;
    assert!(cookie.unwrap().secure.unwrap_or_default());
    visitor.goes_out().await;
    visitor.browser.driver.refresh().await.unwrap();
    visitor.launches().await;
    visitor.goes_in().await;
    visitor.hears("Wa alaikum").await;
    visitor.browser.screenshot("widget-other-site").await;
    // Opened by itself the chat knows nothing of it: what a site shows is another session.
    visitor.browser.driver.goto(&chat).await.unwrap();
    visitor.hears(WELCOME).await;
    let text = visitor
        .run("return document.getElementById('log').innerText")
        .await;
    assert!(!text.as_str().unwrap().contains("salam"));
    visitor.close().await;
}

/// A copy of our dialogs with a welcome that shows a document and reads itself aloud, and with a dialog for a
/// talk without a name where there is none yet.
fn dialogs() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let ours = Path::new(env!("CARGO_MANIFEST_DIR")).join("dialogs");
    copy(&ours, folder.path());
    let own = folder.path().join("charities/demo");
    for (path, bytes) in [
        ("welcome.yaml", WELCOMING.as_bytes().to_vec()),
        (
            "documents/invented.pdf",
            b"%PDF-1.7 an invented guide".to_vec(),
        ),
        ("prompts/hello.wav", sound()),
    ] {
        let file = own.join(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, bytes).unwrap();
    }
    let nameless = folder.path().join("common/anonymous.yaml");
    if !nameless.exists() {
        std::fs::write(nameless, NAMELESS).unwrap();
    }
    folder
}

const WELCOMING: &str = r#"
title: {ar: الترحيب, en: Welcome}
starts: [hello]
steps:
- say: greeting
  text: {ar: أهلًا بكم, en: Welcome, audio: prompts/hello.wav}
  shows:
  - file: documents/invented.pdf
    title: {ar: دليل متخيَّل, en: An invented guide}
  - link: /anonymous
    title: {ar: بلا اسم, en: Without a name}
  to: {dialog: menu}
"#;

const NAMELESS: &str = r#"
title: {ar: بلا اسم, en: Without a name}
anonymous: true
steps:
- choose: item
  text: {ar: "كيف نخدمكم هنا؟", en: "How can we help here?"}
  again: {ar: فضلًا اختيار أحد الخيارات, en: Please choose one}
  options:
  - bye: {ar: شكرًا, en: Thank you}
- say: bye
  text: {ar: حياكم الله, en: You are welcome}
  ends: done
"#;

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let into = to.join(entry.file_name());
        match entry.file_type().unwrap().is_dir() {
            true => copy(&entry.path(), &into),
            false => {
                std::fs::copy(entry.path(), into).unwrap();
            }
        }
    }
}

/// A tenth of a second of silence, as WAV: mono, 8,000 samples of 8 bits a second.
fn sound() -> Vec<u8> {
    let samples = [128_u8; 800];
    let mut bytes = b"RIFF".to_vec();
    bytes.extend((36 + samples.len() as u32).to_le_bytes());
    bytes.extend(b"WAVEfmt ");
    bytes.extend(16_u32.to_le_bytes());
    for short in [1_u16, 1] {
        bytes.extend(short.to_le_bytes());
    }
    for long in [8_000_u32, 8_000] {
        bytes.extend(long.to_le_bytes());
    }
    for short in [1_u16, 8] {
        bytes.extend(short.to_le_bytes());
    }
    bytes.extend(b"data");
    bytes.extend((samples.len() as u32).to_le_bytes());
    bytes.extend(samples);
    bytes
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_is_a_card_and_a_recording_plays() {
    let folder = dialogs();
    let path = folder.path().to_str().unwrap();
    let server = Server::start_with(&engines()[0], &[("WASL_DIALOGS", path)]).await;
    let Some(visitor) = Visitor::opens(&server.url, 360, 740, &[]).await else {
        return;
    };
    visitor.hears(WELCOME).await;
    visitor.browser.screenshot("files").await;
    let found = visitor
        .run(
            "const card = document.querySelector('a[download]'), player = document.querySelector('audio');
            const link = document.querySelector('a[href=\"/anonymous\"]');
            return [card.innerText.replace(/\\s+/g, ' '), card.getAttribute('href'), player.getAttribute('aria-label'),
                document.querySelector('figcaption').innerText, link.innerText.trim(), link.target]",
        )
        .await;
    assert_eq!(
        found,
        json!([
            "دليل متخيَّل PDF · 1 كيلوبايت · تنزيل",
            "/chat/files/documents/invented.pdf",
            "الاستماع إلى هذه الرسالة",
            "الاستماع إلى هذه الرسالة",
            "بلا اسم",
            ""
        ])
    );
    // A browser plays only for somebody who is there.
    let field = visitor.browser.driver.find(By::Id("text")).await.unwrap();
    field.click().await.unwrap();
    let played = visitor
        .browser
        .driver
        .execute_async(
            "const done = arguments[0], player = document.querySelector('audio');
            player.muted = true;
            player.onended = () => done('to its end');
            player.onerror = () => done(player.error.message);
            player.play().catch(error => done(String(error)))",
            vec![],
        )
        .await
        .unwrap();
    assert_eq!(played.json(), &json!("to its end"));
    let fetched = visitor
        .browser
        .driver
        .execute_async(
            "const done = arguments[0]; fetch(document.querySelector('a[download]').href)
                .then(answer => answer.text().then(text => done([answer.status, text])))",
            vec![],
        )
        .await
        .unwrap();
    assert_eq!(fetched.json(), &json!([200, "%PDF-1.7 an invented guide"]));
    // The guide is taken out: the old message says so, and offers nothing to press.
    std::fs::remove_file(folder.path().join("charities/demo/documents/invented.pdf")).unwrap();
    let welcome = WELCOMING.replace("  shows:\n  - file: documents/invented.pdf\n    title: {ar: دليل متخيَّل, en: An invented guide}\n", "  shows:\n");
    assert_ne!(welcome, WELCOMING);
    std::fs::write(folder.path().join("charities/demo/welcome.yaml"), welcome).unwrap();
    assert!(server.command("reload").status().unwrap().success());
    visitor.browser.driver.refresh().await.unwrap();
    // The card stands below its own words, and the next question below that.
    let told = "return [...document.querySelectorAll('.said.house')].some(one => one.innerText.includes('لم يعد متاحًا هنا'))";
    visitor.until("the old card to say so", told).await;
    let cards = visitor
        .run("return document.querySelectorAll('a[download]').length")
        .await;
    assert_eq!(cards, json!(0));
    visitor.browser.screenshot("files-gone").await;
    visitor.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_talk_without_a_name_shares_nothing_with_the_ordinary_one() {
    let folder = dialogs();
    let path = folder.path().to_str().unwrap();
    let server = Server::start_with(&engines()[0], &[("WASL_DIALOGS", path)]).await;
    let Some(visitor) = Visitor::opens(&server.url, 360, 740, &[]).await else {
        return;
    };
    visitor.hears(WELCOME).await;
    visitor.says("سر من المحادثة المعتادة").await;
    // Something that waits to be sent on the one page is not sent by the other.
    visitor
        .run(
            "sessionStorage.setItem('wasl-unsent', JSON.stringify([{id: 'waiting', what: {text: 'سر لم يرسل'},
                look: {texts: ['سر لم يرسل']}, at: Date.now()}]))",
        )
        .await;
    let link = visitor.browser.driver.find(By::Css("a[href='/anonymous']"));
    link.await.unwrap().click().await.unwrap();
    let opened =
        "return location.pathname === '/anonymous' && !!document.querySelector('.said.house')";
    visitor.until("the page without a name", opened).await;
    visitor.says("كلام لا يعرفه أحد").await;
    let text = visitor.run("return document.body.innerText").await;
    let text = text.as_str().unwrap();
    assert!(
        text.contains("لا تسأل عن الاسم")
            && !text.contains("سر من المحادثة")
            && !text.contains("سر لم يرسل"),
        "{text}"
    );
    visitor.browser.screenshot("anonymous").await;
    let mut tokens = Vec::new();
    for name in ["wasl", "wasl-anonymous"] {
        let cookie = visitor.browser.driver.get_named_cookie(name).await.unwrap();
        assert_eq!(cookie.expiry.is_none(), name == "wasl-anonymous");
        tokens.push(cookie.value);
    }
    assert_ne!(tokens[0], tokens[1]);
    // Back on the ordinary page nothing of it is there.
    visitor.browser.driver.goto(&server.url).await.unwrap();
    visitor
        .until(
            "the ordinary talk",
            "return document.body.innerText.includes('سر من المحادثة')",
        )
        .await;
    let text = visitor.run("return document.body.innerText").await;
    assert!(!text.as_str().unwrap().contains("كلام لا يعرفه"));
    // Whoever ends it leaves nothing behind.
    let anonymous = format!("{}/anonymous", server.url);
    visitor.browser.driver.goto(&anonymous).await.unwrap();
    visitor
        .until(
            "the talk",
            "return document.body.innerText.includes('كلام لا يعرفه')",
        )
        .await;
    let end = visitor.browser.driver.find(By::Css("#leave button"));
    end.await.unwrap().click().await.unwrap();
    visitor
        .until("the end", "return location.pathname === '/anonymous/left'")
        .await;
    visitor.browser.screenshot("anonymous-left").await;
    assert!(
        visitor
            .browser
            .driver
            .get_named_cookie("wasl-anonymous")
            .await
            .is_err()
    );
    visitor.browser.driver.back().await.unwrap();
    visitor.until("a fresh talk", opened).await;
    let text = visitor.run("return document.body.innerText").await;
    assert!(!text.as_str().unwrap().contains("كلام لا يعرفه"), "{text}");
    visitor.browser.driver.goto(&server.url).await.unwrap();
    visitor
        .until(
            "the ordinary talk",
            "return document.body.innerText.includes('سر من المحادثة')",
        )
        .await;
    visitor.close().await;
}
