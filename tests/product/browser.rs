//! A person applies in a real browser at phone width, by roles and labels alone, as a screen reader
//! would: in Arabic and in English, on both engines, to the stored case.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use thirtyfour::prelude::*;

use crate::support::browser::Browser;
use crate::support::{Engine, Server, engines};

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
        let text = self.run("return document.querySelector('[role=log]').innerText", vec![]);
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
        let input = self.browser.driver.find(By::Id("file-input")).await.unwrap();
        input.send_keys(file.to_str().unwrap()).await.unwrap();
        self.taken(before).await;
    }

    async fn own(&self) -> Value {
        self.run("return document.querySelectorAll('.said.own').length", vec![])
            .await
    }

    /// Waits until one more message of ours is taken by the server.
    async fn taken(&self, before: Value) {
        let script = "return document.querySelectorAll('.said.own').length > arguments[0]
            && !document.querySelector('.pending')";
        self.until("the message to be taken", script, vec![before]).await;
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
        .command("export cases --format jsonl --reveal --reason test")
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
