//! A person applies in a real browser at phone width, by roles and labels alone, as a screen reader
//! would: in Arabic and in English, on both engines, to the stored case.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use thirtyfour::prelude::*;

use crate::support::browser::Browser;
use crate::support::{Server, engines};

/// A turn takes milliseconds; what takes this long on two busy cores hangs.
const PATIENCE_SECS: u64 = 30;

/// One visitor before the page.
struct Visitor {
    browser: Browser,
}

impl Visitor {
    async fn opens(server: &Server, path: &str) -> Option<Visitor> {
        let browser = Browser::open(360, 740, "ar").await?;
        let url = format!("{}{path}", server.url);
        browser.driver.goto(url).await.unwrap();
        Some(Visitor { browser })
    }

    async fn run(&self, script: &str, arguments: Vec<Value>) -> Value {
        let found = self.browser.driver.execute(script, arguments).await;
        found.expect("the script runs").json().clone()
    }

    /// Waits until this script gives true.
    async fn until(&self, what: &str, script: &str, arguments: Vec<Value>) {
        let until = Instant::now() + Duration::from_secs(PATIENCE_SECS);
        while self.run(script, arguments.clone()).await != json!(true) {
            if Instant::now() > until {
                self.browser.screenshot("stuck").await;
                panic!("waited for {what}; the log says:\n{}", self.log().await);
            }
            tokio::time::sleep(Duration::from_millis(30)).await;
        }
    }

    async fn log(&self) -> String {
        let text = self.run(
            "return document.querySelector('[role=log]').innerText",
            vec![],
        );
        text.await.as_str().unwrap_or_default().to_string()
    }

    /// The newest thing that the house said, as text without marks of direction.
    async fn hears(&self, words: &str) {
        let script = "const all = document.querySelectorAll('.said.house');
            const last = all[all.length - 1];
            return !!last && last.innerText.replace(/[\\u2066-\\u2069\\u200e\\u200f]/g, '').includes(arguments[0]);";
        self.until(words, script, vec![json!(words)]).await;
    }

    /// Types into the one textbox and presses "send".
    async fn says(&self, text: &str) {
        let before = self.own().await;
        let field = self.browser.driver.find(By::Css("textarea")).await.unwrap();
        field.send_keys(text).await.unwrap();
        let send = self.browser.driver.find(By::Id("send")).await.unwrap();
        send.click().await.unwrap();
        self.taken(before).await;
    }

    /// Presses the button with this label; there is exactly one.
    async fn presses(&self, label: &str) {
        let before = self.own().await;
        let script = "const all = [...document.querySelectorAll('[role=log] button')]
            .filter(one => one.getAttribute('aria-label') === arguments[0]);
            if (all.length !== 1 || all[0].closest('.busy')) return false;
            all[0].click(); return true;";
        self.until(&format!("the button {label}"), script, vec![json!(label)])
            .await;
        self.taken(before).await;
    }

    async fn sends_photo(&self) {
        let before = self.own().await;
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("IMG_0001.png");
        let mut bytes = std::io::Cursor::new(Vec::new());
        image::RgbImage::from_fn(640, 480, |x, y| image::Rgb([x as u8, y as u8, 128]))
            .write_to(&mut bytes, image::ImageFormat::Png)
            .unwrap();
        std::fs::write(&file, bytes.into_inner()).unwrap();
        let input = self
            .browser
            .driver
            .find(By::Id("file-input"))
            .await
            .unwrap();
        input.send_keys(file.to_str().unwrap()).await.unwrap();
        self.taken(before).await;
    }

    async fn own(&self) -> Value {
        self.run(
            "return document.querySelectorAll('.said.own').length",
            vec![],
        )
        .await
    }

    /// Waits until one more message of ours is taken by the server.
    async fn taken(&self, before: Value) {
        let script = "return document.querySelectorAll('.said.own').length > arguments[0]
            && !document.querySelector('.pending')";
        self.until("the message to be taken", script, vec![before])
            .await;
    }

    async fn reloads(&self) {
        self.browser.driver.refresh().await.unwrap();
    }

    async fn close(self) {
        self.browser.close().await;
    }
}

/// The cases as the charity exports them, with everything revealed.
fn cases(server: &Server) -> Vec<Value> {
    let output = server
        .command("export cases --reveal --reason test --by tests")
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// What the person of one language writes and presses.
struct Words {
    path: &'static str,
    welcome: &'static str,
    /// From the menu to the first question that is typed.
    begin: [&'static str; 4],
    name: &'static str,
    id: &'static str,
    expiry: &'static str,
    back: &'static str,
    expiry_asked: &'static str,
    corrected: &'static str,
    human: &'static str,
    human_heard: &'static str,
    here: &'static str,
    residence_asked: &'static str,
    residence: &'static str,
    household: &'static str,
    income: &'static str,
    rent: &'static str,
    need: &'static str,
    urgency: &'static str,
    done: &'static str,
    skip: &'static str,
    review: &'static str,
    right: &'static str,
    declaration: &'static str,
    receipt: &'static str,
    direction: &'static str,
}

const ARABIC: Words = Words {
    path: "/",
    welcome: "كيف نخدمكم؟",
    begin: [
        "تقديم طلب دعم",
        "المساعدة في الإيجار",
        "أوافق",
        "لنفسي (18 سنة فأكثر)",
    ],
    name: "سارة عبدالله محمد القحطاني",
    id: "١٠٩٨٧٦٥٤٣٩",
    expiry: "١٥/٧/١٤٥٠",
    back: "رجوع",
    expiry_asked: "متى تنتهي صلاحيتها؟",
    corrected: "١٦/٧/١٤٥٠",
    human: "أريد موظف",
    human_heard: "موظف",
    here: "هنا في المحادثة",
    residence_asked: "أين السكن؟",
    residence: "الدلم، حي المثال",
    household: "٥",
    income: "أقل من 3000 ريال",
    rent: "١٢٠٠٠",
    need: "تأخرت في سداد الإيجار شهرين",
    urgency: "خلال شهر",
    done: "تم",
    skip: "تخطي",
    review: "القحطاني",
    right: "صحيح",
    declaration: "أقرّ بأن جميع البيانات",
    receipt: "إشعار استلام الطلب رقم",
    direction: "rtl",
};

const ENGLISH: Words = Words {
    path: "/?lang=en",
    welcome: "How can we help?",
    begin: [
        "Apply for support",
        "Help with rent",
        "I agree",
        "Me, I am 18 or over",
    ],
    name: "Sarah Abdullah Mohammed Alqahtani",
    id: "1098765439",
    expiry: "15/7/1450",
    back: "Back",
    expiry_asked: "Until when is it valid?",
    corrected: "16/7/1450",
    human: "human",
    human_heard: "staff",
    here: "Here in this chat",
    residence_asked: "Where is the home?",
    residence: "Jeddah, Example District",
    household: "5",
    income: "Under SAR 3000",
    rent: "12000",
    need: "Two months behind with the rent",
    urgency: "Within a month",
    done: "Done",
    skip: "Skip",
    review: "Alqahtani",
    right: "That is right",
    declaration: "I declare that all details",
    receipt: "Receipt for request",
    direction: "ltr",
};

/// From the greeting to the receipt; gives the reference number that the page shows.
async fn applies(server: &Server, words: &Words, picture: &str) -> Option<String> {
    let visitor = Visitor::opens(server, words.path).await?;
    visitor.hears(words.welcome).await;
    visitor
        .browser
        .screenshot(&format!("{picture}-welcome"))
        .await;
    for label in words.begin {
        visitor.presses(label).await;
    }
    for text in [words.name, words.id, words.expiry] {
        visitor.says(text).await;
    }
    visitor.presses(words.back).await;
    visitor.hears(words.expiry_asked).await;
    visitor.says(words.corrected).await;
    visitor.says(words.human).await;
    visitor.hears(words.human_heard).await;
    visitor.presses(words.here).await;
    visitor.hears(words.residence_asked).await;
    visitor.reloads().await;
    visitor.hears(words.residence_asked).await;
    visitor.says(words.residence).await;
    visitor.says(words.household).await;
    visitor.presses(words.income).await;
    visitor.says(words.rent).await;
    visitor.says(words.need).await;
    visitor.presses(words.urgency).await;
    visitor.sends_photo().await;
    visitor.presses(words.done).await;
    visitor.presses(words.skip).await;
    visitor.hears(words.review).await;
    visitor
        .browser
        .screenshot(&format!("{picture}-review"))
        .await;
    visitor.presses(words.right).await;
    visitor.hears(words.declaration).await;
    visitor.says(words.name).await;
    visitor.hears(words.receipt).await;
    visitor
        .browser
        .screenshot(&format!("{picture}-receipt"))
        .await;
    visitor.is_sound(words).await;
    let reference = visitor.reference().await;
    visitor.close().await;
    Some(reference)
}

impl Visitor {
    /// What the page keeps true however far the talk has come.
    async fn is_sound(&self, words: &Words) {
        let found = self
            .run(
                "const all = selector => document.querySelectorAll(selector);
                return {
                    direction: document.documentElement.dir,
                    logs: all('[role=log]').length,
                    fields: all('textarea, input:not([type=hidden]):not([type=file])').length,
                    wide: document.documentElement.scrollWidth > innerWidth,
                    auto: [...all('.bubble')].every(one => one.dir === 'auto'),
                    photo: [...all('.picture img')].every(one => one.naturalWidth > 0),
                    foreign: performance.getEntriesByType('resource')
                        .filter(one => !one.name.startsWith(location.origin) && !one.name.startsWith('blob:')).length,
                }",
                vec![],
            )
            .await;
        let expected = json!({
            "direction": words.direction, "logs": 1, "fields": 1, "wide": false, "auto": true,
            "photo": true, "foreign": 0,
        });
        assert_eq!(found, expected);
    }

    /// The number in the receipt: letters and digits with a check character.
    async fn reference(&self) -> String {
        let script = "const all = document.querySelectorAll('.said.house');
            const found = all[all.length - 1].innerText.match(/W-[0-9A-Z]{5}-[0-9A-Z]{4}/);
            return found && found[0]";
        let found = self.run(script, vec![]).await;
        found
            .as_str()
            .expect("the receipt has a number")
            .to_string()
    }
}

/// What stands in the case, whatever the language it was given in.
fn is_stored(case: &Value, reference: &str, words: &Words) {
    let answers = &case["answers"];
    for (what, found, expected) in [
        ("reference", &case["reference"], json!(reference)),
        ("service", &case["service"], json!("rent")),
        ("state", &case["state"], json!("submitted")),
        ("missing", &case["missing"], json!([])),
        ("capacity", &case["capacity"], json!("self")),
        ("name", &answers["full_name"]["value"], json!(words.name)),
        ("ID", &answers["national_id"]["value"], json!("1098765439")),
        (
            "expiry",
            &answers["id_expiry"]["value"]["gregorian"],
            json!("2028-12-03"),
        ),
        (
            "day as corrected",
            &answers["id_expiry"]["value"]["stated"]["day"],
            json!(16),
        ),
        ("contact", &answers["contact"]["value"], json!("here")),
        (
            "residence",
            &answers["residence"]["value"]["words"],
            json!(words.residence),
        ),
        ("household", &answers["household"]["value"], json!(5)),
        ("income", &answers["income"]["value"], json!("under_3000")),
        (
            "rent in halalas",
            &answers["rent_amount"]["value"],
            json!(1_200_000),
        ),
        ("need", &answers["need"]["value"], json!(words.need)),
        ("urgency", &answers["urgency"]["value"], json!("weeks")),
        (
            "lease",
            &answers["lease"]["value"][0]["mime"],
            json!("image/png"),
        ),
        (
            "signature",
            &answers["declaration"]["value"]["typed_name"],
            json!(words.name),
        ),
    ] {
        assert_eq!(found, &expected, "{what}");
    }
}

async fn a_person_applies(words: &Words, language: &str) {
    for engine in engines() {
        let server = Server::start(&engine).await;
        let picture = format!("{language}-{}", engine.name);
        let Some(reference) = applies(&server, words, &picture).await else {
            return;
        };
        let cases = cases(&server);
        assert_eq!(cases.len(), 1, "{}", engine.name);
        assert_eq!(cases[0]["language"], language);
        is_stored(&cases[0], &reference, words);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_applies_in_arabic_on_both_engines() {
    a_person_applies(&ARABIC, "ar").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_applies_in_english_on_both_engines() {
    a_person_applies(&ENGLISH, "en").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_written_without_a_connection_is_sent_once_it_is_back() {
    let mut server = Server::start(&engines()[0]).await;
    let Some(visitor) = Visitor::opens(&server, "/").await else {
        return;
    };
    visitor.hears(ARABIC.welcome).await;
    server.kill();
    let field = visitor
        .browser
        .driver
        .find(By::Css("textarea"))
        .await
        .unwrap();
    field.send_keys("السلام عليكم").await.unwrap();
    let send = visitor.browser.driver.find(By::Id("send")).await.unwrap();
    send.click().await.unwrap();
    let waits = "return !!document.querySelector('.said.own.pending')";
    visitor.until("the message to wait", waits, vec![]).await;
    server.restart().await;
    visitor.hears("وعليكم السلام").await;
    let own = visitor.own().await;
    assert_eq!(own, json!(1), "it is there once");
    visitor.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hidden_talk_leaves_the_page_and_stays_away() {
    let server = Server::start(&engines()[0]).await;
    let Some(visitor) = Visitor::opens(&server, "/").await else {
        return;
    };
    visitor.hears(ARABIC.welcome).await;
    visitor.says("سر من أسراري").await;
    let hide = visitor.browser.driver.find(By::Id("hide")).await.unwrap();
    hide.click().await.unwrap();
    visitor.presses("نعم").await;
    let gone = "return !document.querySelector('[role=log]').innerText.includes('أسراري')";
    visitor.until("the talk to be hidden", gone, vec![]).await;
    visitor.reloads().await;
    let opened =
        "return document.querySelector('[role=log]').getAttribute('aria-busy') === 'false'";
    visitor.until("the page to open", opened, vec![]).await;
    assert!(!visitor.log().await.contains("أسراري"));
    visitor.close().await;
}
