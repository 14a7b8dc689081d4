//! A person at the web chat, without a browser: what the page sends, sent by hand. It presses buttons by
//! the names of their options, so that a changed wording breaks no journey.

use std::time::{Duration, Instant};

use reqwest::StatusCode;
use serde_json::{Value, json};

use super::server::{Server, client};

/// The house waits two seconds for the rest of an album; a busy machine more.
const ALBUM_SECS_MAX: u64 = 30;

/// Turns that one journey may take before it is lost.
const TURNS_MAX: usize = 60;

/// One visitor with a session of their own.
pub struct Person {
    pub client: reqwest::Client,
    pub url: String,
    /// Everything that the page would show, oldest first.
    pub talk: Vec<Value>,
    sent: u32,
    name: String,
}

/// What somebody does at a question.
#[derive(Clone, Copy, Debug)]
pub enum Does<'a> {
    Says(&'a str),
    Presses(&'a str),
    SendsPhoto,
}

impl Person {
    /// Opens the page in a language.
    pub async fn arrives(server: &Server, language: &str) -> Person {
        let mut person = Person::unheard(server);
        person.opens(Some(language)).await;
        person
    }

    /// Whose page runs no script: nothing is said to them before they write.
    pub fn unheard(server: &Server) -> Person {
        Person {
            client: client(),
            url: server.url.clone(),
            talk: Vec::new(),
            sent: 0,
            name: format!("{:x}", rand::random::<u64>()),
        }
    }

    /// Opens the page again with the same session: what it shows.
    pub async fn opens(&mut self, language: Option<&str>) {
        let opened = self
            .client
            .post(format!("{}/chat/open", self.url))
            .header("Accept", "application/json")
            .json(&json!({ "language": language }))
            .send()
            .await
            .expect("the server answers");
        assert_eq!(opened.status(), StatusCode::OK);
        let opened: Value = opened.json().await.expect("JSON");
        self.talk = opened["talk"].as_array().cloned().unwrap_or_default();
    }

    /// Writes something; gives what the house said to it.
    pub async fn says(&mut self, text: &str) -> String {
        self.posts(json!({ "text": text })).await
    }

    /// Presses the button of an option or of a control of the latest message that has it.
    pub async fn presses(&mut self, option: &str) -> String {
        let pressed = self.button(option).unwrap_or_else(|| {
            panic!(
                "there is no button `{option}` among {:?}; the house said:\n{}",
                self.buttons(),
                self.said()
            )
        });
        self.posts(json!({ "choice": pressed["data"], "title": pressed["title"] }))
            .await
    }

    pub async fn sends_photo(&mut self) -> String {
        let sent = self.tries_photo().await;
        let status = sent.status();
        let told = sent.text().await.unwrap_or_default();
        assert_eq!(status, StatusCode::OK, "{told}");
        self.catches_up().await
    }

    /// Sends a photo that may be refused.
    pub async fn tries_photo(&mut self) -> reqwest::Response {
        self.tries_file(("IMG_0001.jpg", "image/png", photo()))
            .await
    }

    /// Sends a file that may be refused: its name, its type, its bytes.
    pub async fn tries_file(&mut self, file: (&'static str, &str, Vec<u8>)) -> reqwest::Response {
        let (name, mime, bytes) = file;
        let part = reqwest::multipart::Part::bytes(bytes).file_name(name);
        let form = reqwest::multipart::Form::new()
            .text("id", self.next_id())
            .part("file", part.mime_str(mime).expect("a type"));
        self.client
            .post(format!("{}/chat/attachments", self.url))
            .header("Accept", "application/json")
            .multipart(form)
            .send()
            .await
            .expect("the server answers")
    }

    /// Sends a photo and says that it was all, as soon as the house offers that: it waits a moment for
    /// the rest of an album.
    async fn sends_all(&mut self) -> String {
        self.sends_photo().await;
        let until = Instant::now() + Duration::from_secs(ALBUM_SECS_MAX);
        while !self.buttons().iter().any(|button| button == "done") {
            assert!(
                Instant::now() < until,
                "the house never asks whether that was all: {:?}",
                self.talk.last()
            );
            tokio::time::sleep(Duration::from_millis(100)).await;
            self.catches_up().await;
        }
        self.presses("done").await
    }

    pub async fn does(&mut self, what: Does<'_>) -> String {
        match what {
            Does::Says(text) => self.says(text).await,
            Does::Presses(option) => self.presses(option).await,
            Does::SendsPhoto => self.sends_all().await,
        }
    }

    /// Answers question after question by the name of its step, until one is asked that has no answer
    /// here; gives its name, empty when nothing is asked.
    pub async fn answers(&mut self, answers: &[(&str, Does<'_>)]) -> String {
        for _ in 0..TURNS_MAX {
            let step = self.asked();
            let Some((_, does)) = answers.iter().find(|(name, _)| *name == step) else {
                return step;
            };
            self.does(*does).await;
            let again = self.asked();
            assert!(
                again != step,
                "{step} is asked again after {does:?}:\n{}",
                self.said()
            );
        }
        panic!("the talk goes in circles:\n{}", self.said());
    }

    /// The step that the latest message of the house asks, without its instance.
    pub fn asked(&self) -> String {
        let last = self.talk.iter().rev().find(|one| one["side"] == "house");
        let asks = last
            .and_then(|one| one["asks"].as_str())
            .unwrap_or_default();
        asks.split(':').nth(1).unwrap_or_default().to_string()
    }

    /// Everything that the house said, as one text.
    pub fn said(&self) -> String {
        let house = self.talk.iter().filter(|one| one["side"] != "own");
        house.map(words).collect::<Vec<_>>().join("\n---\n")
    }

    /// What the buttons of the latest message stand for.
    pub fn buttons(&self) -> Vec<String> {
        let last = self.talk.iter().rev().find(|one| one["side"] == "house");
        let choices = last.map(|one| &one["choices"]);
        let lists = choices.map(|choices| [&choices["options"], &choices["controls"]]);
        let all = lists
            .into_iter()
            .flatten()
            .filter_map(|list| list.as_array());
        all.flatten()
            .filter_map(|choice| choice["data"].as_str())
            .map(option_of)
            .collect()
    }

    fn button(&self, option: &str) -> Option<Value> {
        let is_it =
            |choice: &&Value| choice["data"].as_str().map(option_of).as_deref() == Some(option);
        self.talk.iter().rev().find_map(|one| {
            let choices = &one["choices"];
            let all = [&choices["options"], &choices["controls"]];
            let mut all = all.iter().filter_map(|list| list.as_array()).flatten();
            all.find(is_it).cloned()
        })
    }

    /// Posts what the page posts; gives what the house said to it.
    pub async fn posts(&mut self, mut message: Value) -> String {
        message["id"] = json!(self.next_id());
        let sent = self
            .client
            .post(format!("{}/chat/messages", self.url))
            .json(&message)
            .send()
            .await
            .expect("the server answers");
        let status = sent.status();
        let told = sent.text().await.unwrap_or_default();
        assert_eq!(status, StatusCode::OK, "{told}");
        self.catches_up().await
    }

    /// Reads what came since; gives the words of the house in it.
    pub async fn catches_up(&mut self) -> String {
        let seq = self
            .talk
            .last()
            .map_or(0, |one| one["seq"].as_i64().unwrap_or(0));
        let new = self
            .client
            .get(format!("{}/chat/history?after={seq}", self.url))
            .send()
            .await
            .expect("the server answers");
        let new: Value = new.json().await.expect("JSON");
        let new = new["talk"].as_array().cloned().unwrap_or_default();
        let house = new.iter().filter(|one| one["side"] != "own");
        let said = house.map(words).collect::<Vec<_>>().join("\n---\n");
        self.talk.extend(new);
        said
    }

    fn next_id(&mut self) -> String {
        self.sent += 1;
        format!("{}-{}", self.name, self.sent)
    }
}

/// The name of what a button stands for, without the question and without the mark of a control.
fn option_of(data: &str) -> String {
    let last = data.rsplit(':').next().unwrap_or(data);
    last.trim_start_matches(['!', '~']).to_string()
}

fn words(one: &Value) -> String {
    let texts = one["texts"].as_array().cloned().unwrap_or_default();
    let texts: Vec<&str> = texts.iter().filter_map(Value::as_str).collect();
    texts.join("\n")
}

/// A small invented photo.
pub fn photo() -> Vec<u8> {
    let picture =
        image::RgbImage::from_fn(64, 48, |x, y| image::Rgb([x as u8 * 4, y as u8 * 5, 90]));
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture
        .write_to(&mut bytes, image::ImageFormat::Png)
        .expect("a picture in memory");
    bytes.into_inner()
}
