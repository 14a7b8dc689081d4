//! The administrator's first hour in a real browser: the link of the start text, the second factor, an officer who is
//! invited and comes in; and every page, on a phone and on a desk, in both languages, in light and dark, with
//! nothing that keeps anybody out.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use serde_json::json;
use thirtyfour::prelude::*;
use totp_rs::{Builder, Secret};

use crate::support::axe;
use crate::support::browser::Browser;
use crate::support::desk::Officer;
use crate::support::talk::Person;
use crate::support::{Engine, Server};

/// A password is hashed on purpose slowly; what takes this long on two busy cores hangs.
const PATIENCE_SECS: u64 = 60;

const PASSWORD: &str = "three camels drink";

/// Every page that an administrator can open by the navigation, and one's own.
const PAGES: &[&str] = &[
    "/staff",
    "/staff/account",
    "/staff/conversations",
    "/staff/conversations?list=all",
    "/staff/search",
    "/staff/search?q=موظف",
    "/staff/practice",
    "/staff/practice/form",
    "/staff/people",
    "/staff/people/new",
    "/staff/permissions",
    "/staff/audit",
    "/staff/faq",
    "/staff/faq/entries",
    "/staff/calendar",
    "/staff/canned",
    "/staff/canned/new",
    "/staff/labels",
    "/staff/templates",
    "/staff/dialogs",
    "/staff/dialogs/apply",
    "/staff/channels",
    "/staff/system",
    "/staff/nothing",
];

#[derive(Clone, Copy)]
enum Theme {
    Light,
    Dark,
}

const DESK: (u32, u32) = (1280, 860);
const PHONE: (u32, u32) = (390, 844);

/// One browser before the console.
struct Desk {
    browser: Browser,
    url: String,
    axe: String,
    found: Vec<String>,
}

impl Desk {
    async fn open(server: &Server, (width, height): (u32, u32), theme: Theme) -> Option<Desk> {
        let scheme = match theme {
            Theme::Light => "--blink-settings=preferredColorScheme=1",
            Theme::Dark => "--blink-settings=preferredColorScheme=0",
        };
        Some(Desk {
            axe: axe::script()?,
            browser: Browser::open_with(width, height, "ar", &[scheme]).await?,
            url: server.url.clone(),
            found: Vec::new(),
        })
    }

    async fn goes(&self, path: &str) {
        let to = format!("{}{path}", self.url);
        self.browser.driver.goto(to).await.unwrap();
    }

    async fn types(&self, field: &str, text: &str) {
        let field = self.browser.driver.find(By::Id(field)).await.unwrap();
        field.clear().await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    /// Presses what leads to no other page.
    async fn presses_now(&self, css: &str) {
        // A live page may exchange what was found before it is pressed: then nothing was pressed.
        for _ in 0..5 {
            match self.presses_once(css).await {
                Err(error) if format!("{error:?}").contains("StaleElementReference") => {}
                pressed => return pressed.unwrap(),
            }
        }
        panic!("{css} is exchanged again and again");
    }

    async fn presses_once(&self, css: &str) -> thirtyfour::error::WebDriverResult<()> {
        let found = self.browser.driver.find(By::Css(css)).await?;
        found.scroll_into_view().await?;
        found.click().await
    }

    /// Presses the one button of this form, and waits for the page that follows.
    async fn sends(&self, form: &str) {
        self.presses(&format!("{form} button.primary")).await;
    }

    /// Presses something, and waits for the page that follows.
    async fn presses(&self, css: &str) {
        let driver = &self.browser.driver;
        driver.execute("window.stale = true", vec![]).await.unwrap();
        self.presses_now(css).await;
        let until = Instant::now() + Duration::from_secs(PATIENCE_SECS);
        let fresh = "return !window.stale && document.readyState === 'complete'";
        // While the old page goes there is none to ask.
        while !driver
            .execute(fresh, vec![])
            .await
            .is_ok_and(|one| *one.json() == json!(true))
        {
            assert!(Instant::now() < until, "no page came after {css}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Waits until this is true in the page.
    async fn waits(&self, condition: &str) {
        let until = Instant::now() + Duration::from_secs(PATIENCE_SECS);
        let script = format!("return {condition}");
        loop {
            let found = self.browser.driver.execute(script.as_str(), vec![]).await;
            if found.is_ok_and(|one| *one.json() == json!(true)) {
                return;
            }
            assert!(Instant::now() < until, "never: {condition}");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    async fn text(&self, css: &str) -> String {
        let found = self.browser.driver.find(By::Css(css)).await;
        found.unwrap().text().await.unwrap()
    }

    async fn value(&self, css: &str) -> String {
        let found = self.browser.driver.find(By::Css(css)).await.unwrap();
        found.attr("value").await.unwrap().unwrap_or_default()
    }

    async fn at(&self) -> String {
        let url = self.browser.driver.current_url().await.unwrap();
        url.path().to_string()
    }

    /// Looks at the page as somebody would who cannot see it, or sees it badly.
    async fn checks(&mut self, name: &str) {
        for violation in axe::violations(&self.browser, &self.axe).await {
            self.found.push(format!("{name}: {violation}"));
        }
        let wide = "return document.documentElement.scrollWidth > document.documentElement.clientWidth + 1";
        let wide = self.browser.driver.execute(wide, vec![]).await.unwrap();
        if *wide.json() == json!(true) {
            self.found.push(format!("{name}: wider than its window"));
        }
        self.browser.screenshot(&format!("console-{name}")).await;
    }
}

/// What an app shows now; never a code that was shown before.
fn code(secret: &str, steps_later: u64) -> String {
    let secret = Secret::try_from_base32(secret).unwrap();
    let totp = Builder::new()
        .with_secret(secret)
        .with_account_name("a")
        .build()
        .unwrap();
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap()
        .as_secs();
    totp.generate(now + 30 * steps_later).to_string()
}

fn link(output: &str) -> String {
    let at = output
        .find("/staff/welcome/")
        .expect("the start text has a link");
    output[at..].split_whitespace().next().unwrap().to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_administrators_first_hour_and_every_page_without_a_barrier() {
    let engine = Engine {
        name: "SQLite",
        database_url: None,
    };
    let server = Server::start(&engine).await;
    let Some(mut desk) = Desk::open(&server, DESK, Theme::Light).await else {
        return;
    };
    desk.goes("/staff").await;
    assert_eq!(desk.at().await, "/staff/sign-in");
    desk.checks("first").await;
    desk.goes(&link(&server.output())).await;
    desk.checks("welcome").await;
    desk.types("title", "هدى السالم").await;
    desk.types("name", "huda").await;
    desk.types("password", PASSWORD).await;
    desk.types("again", PASSWORD).await;
    desk.sends("form").await;
    assert_eq!(desk.at().await, "/staff/second-factor");
    desk.checks("enrol").await;
    let secret = desk.value("input[name=secret]").await;
    desk.types("code", &code(&secret, 0)).await;
    desk.sends("form").await;
    desk.checks("codes").await;
    let mut codes = Vec::new();
    for paper in desk
        .browser
        .driver
        .find_all(By::Css(".codes code"))
        .await
        .unwrap()
    {
        codes.push(paper.text().await.unwrap());
    }
    desk.goes("/staff").await;
    assert!(desk.text("h1").await.contains("هدى السالم"));

    // An officer is invited, and comes in on a phone.
    desk.goes("/staff/people/new").await;
    desk.types("title", "سعد القحطاني").await;
    desk.types("name", "saad").await;
    let officer = desk
        .browser
        .driver
        .find(By::Css("input[value=officer]"))
        .await
        .unwrap();
    officer.click().await.unwrap();
    desk.sends("main form").await;
    desk.checks("link").await;
    let invitation = desk.text("#link").await;
    let mut phone = Desk::open(&server, PHONE, Theme::Light).await.unwrap();
    phone.goes(invitation.trim_start_matches(&server.url)).await;
    phone.checks("invited").await;
    phone.types("password", PASSWORD).await;
    phone.types("again", PASSWORD).await;
    phone.sends("form").await;
    assert_eq!(phone.at().await, "/staff");
    phone.checks("officer").await;
    phone.goes("/staff/people").await;
    phone.checks("refused").await;

    // Something to see on each page.
    desk.goes("/staff/labels").await;
    desk.types("ar", "عاجل").await;
    desk.types("en", "urgent").await;
    desk.sends("main form.card").await;
    desk.goes("/staff/canned/new").await;
    desk.types("title", "ترحيب").await;
    desk.types("ar", "حياكم الله {name}، طلبكم {reference} قيد التدقيق.")
        .await;
    desk.types(
        "en",
        "Welcome {name}, your request {reference} is being checked.",
    )
    .await;
    desk.sends("main form.card").await;
    assert_eq!(desk.at().await, "/staff/canned");

    // Somebody waits in the middle of a form, and somebody is in distress.
    let mut sara = Person::arrives(&server, "ar").await;
    for option in ["apply", "rent", "agree", "self"] {
        sara.presses(option).await;
    }
    sara.says("أريد موظف").await;
    let mut other = Person::arrives(&server, "ar").await;
    other.says("أنا في خطر").await;
    other.says("أريد موظف").await;
    desk.goes("/staff/conversations").await;
    let mut pages: Vec<String> = PAGES.iter().map(|page| (*page).to_owned()).collect();
    let rows = By::Css("#live-rows a.whole");
    for row in desk.browser.driver.find_all(rows).await.unwrap() {
        let address = row.attr("href").await.unwrap().unwrap();
        pages.push(address);
    }
    assert_eq!(pages.len(), PAGES.len() + 2);
    // One of them is taken over and answered, with a note beside it.
    let taken = pages.last().unwrap().clone();
    desk.goes(&taken).await;
    desk.presses("[data-act=claim]").await;
    desk.types("text", "حياكم الله، معكم هدى").await;
    desk.presses("[data-act=send]").await;
    desk.presses_now("[data-act=note] summary").await;
    desk.types("note", "@سعد القحطاني هل نقبل الهوية المنتهية؟")
        .await;
    desk.presses("[data-act=note] button").await;

    // Signing in again: the code was used, so one on paper each time.
    let mut others = Vec::new();
    for (name, size, theme, paper) in [
        ("phone-light", PHONE, Theme::Light, &codes[0]),
        ("desk-dark", DESK, Theme::Dark, &codes[1]),
        ("phone-dark", PHONE, Theme::Dark, &codes[2]),
    ] {
        let mut other = Desk::open(&server, size, theme).await.unwrap();
        other.goes("/staff/audit").await;
        other.checks(&format!("{name}-sign-in")).await;
        other.types("name", "huda").await;
        other.types("password", PASSWORD).await;
        other.sends("form").await;
        other.checks(&format!("{name}-code")).await;
        other.types("code", paper).await;
        other.sends("form").await;
        assert_eq!(other.at().await, "/staff/audit");
        others.push((name, other));
    }
    others.insert(0, ("desk-light", desk));
    for (window, desk) in &mut others {
        for language in ["ar", "en"] {
            for page in &pages {
                let mark = if page.contains('?') { '&' } else { '?' };
                desk.goes(&format!("{page}{mark}lang={language}")).await;
                let name = page.trim_start_matches('/').replace(['/', '?'], "-");
                desk.checks(&format!("{window}-{language}-{name}")).await;
            }
        }
    }
    others.push(("officer", phone));
    let found: Vec<_> = others
        .iter()
        .flat_map(|(_, desk)| desk.found.clone())
        .collect();
    assert!(found.is_empty(), "\n{}", found.join("\n"));
    for (_, desk) in others {
        desk.browser.close().await;
    }
}

/// A page that stays open for a day: its house is started anew under it, and in the end its session is over.
#[tokio::test(flavor = "multi_thread")]
async fn an_open_page_lives_through_a_restart_and_notices_the_end_of_its_session() {
    let engine = Engine {
        name: "SQLite",
        database_url: None,
    };
    let mut server = Server::start(&engine).await;
    let mut saad = Officer::comes(&server, "saad").await;
    let mut sara = Person::arrives(&server, "ar").await;
    sara.says("أريد موظف").await;
    let talk = saad.first("unassigned").await;
    saad.claims(&talk).await;
    let Some(desk) = Desk::open(&server, DESK, Theme::Light).await else {
        return;
    };
    desk.goes("/staff/sign-in").await;
    desk.types("name", "saad").await;
    desk.types("password", PASSWORD).await;
    desk.sends("form").await;
    desk.goes(&format!("/staff/conversations/{talk}")).await;
    sara.says("الرسالة الأولى").await;
    desk.waits("document.querySelector('.log').textContent.includes('الرسالة الأولى')")
        .await;
    server.restart().await;
    sara.says("الرسالة الثانية").await;
    desk.waits("document.querySelector('.log').textContent.includes('الرسالة الثانية')")
        .await;
    desk.types("text", "نصف جملة").await;
    // On another keyboard the same places do the same.
    let press = |code: &str, key: &str, shift: bool| {
        format!(
            "document.activeElement.blur(); document.body.dispatchEvent(new KeyboardEvent('keydown', \
            {{code: '{code}', key: '{key}', shiftKey: {shift}, bubbles: true}}))"
        )
    };
    let driver = &desk.browser.driver;
    driver
        .execute(press("KeyR", "ق", false), vec![])
        .await
        .unwrap();
    desk.waits("document.activeElement.id === 'text'").await;
    driver
        .execute(press("Slash", "؟", true), vec![])
        .await
        .unwrap();
    desk.waits("document.getElementById('keys').open").await;
    let password = [
        ("current", PASSWORD),
        ("password", "four camels sleep"),
        ("again", "four camels sleep"),
    ];
    // Their draft is kept every second or so; the change of the password ends all other sessions.
    desk.waits("!document.hidden").await;
    tokio::time::sleep(Duration::from_secs(3)).await;
    saad.posts("/staff/account/password", &password).await;
    sara.says("الرسالة الثالثة").await;
    desk.waits("!document.getElementById('lost').hidden").await;
    let kept = saad.page(&format!("/staff/conversations/{talk}")).await;
    assert!(kept.contains("نصف جملة"), "the draft is kept");
    desk.browser.close().await;
}
