//! Somebody who writes mail: what their program sends by the charity's webhook, and what came back to them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use reqwest::StatusCode;

use super::servers::{Left, Smtp};
use crate::support::{Engine, Server};

pub const FROM: &str = "WASL_EMAIL_FROM";
pub const SECRET: &str = "a made-up secret";

/// A charity with a mail server, and one who writes to it.
pub struct Post {
    pub server: Server,
    pub smtp: Smtp,
    pub who: String,
    mails: usize,
    /// The mail that they answer.
    pub last: Option<Left>,
}

impl Post {
    pub async fn start(engine: &Engine) -> Option<Post> {
        let smtp = Smtp::start()?;
        let server = Server::start_with(
            engine,
            &[
                (FROM, "وصل <help@charity.example>"),
                ("WASL_EMAIL_SMTP_URL", &smtp.url()),
                ("WASL_EMAIL_WEBHOOK_SECRET", SECRET),
            ],
        )
        .await;
        Some(Post {
            server,
            smtp,
            who: "sara@a.example".to_owned(),
            mails: 0,
            last: None,
        })
    }

    /// What her program writes when she answers the last mail.
    pub fn mail(&mut self, body: &str) -> String {
        self.mails += 1;
        let thread = self.last.as_ref().map(|last| {
            let id = last.head("Message-ID");
            format!(
                "In-Reply-To: {id}\r\nReferences: {} {id}\r\n",
                last.head("References")
            )
        });
        format!(
            "From: Sara <{}>\r\nTo: help@charity.example\r\nSubject: =?utf-8?B?2LfZhNio?=\r\nMessage-ID: <{}.{}@a.example>\r\n{}{body}",
            self.who,
            self.mails,
            std::process::id(),
            thread.unwrap_or_default()
        )
    }

    pub async fn post(&self, mail: &str) -> StatusCode {
        let url = format!("{}/webhooks/email", self.server.url);
        let sent = reqwest::Client::new()
            .post(url)
            .basic_auth("post", Some(SECRET))
            .body(mail.to_owned())
            .send()
            .await;
        sent.unwrap().status()
    }

    /// Words above the quoted question, as programs write an answer.
    pub fn words(&mut self, words: &str) -> String {
        let quote = "\r\n\r\nفي الأحد، 13 سبتمبر 2026 في 7:58 م تمت كتابة ما يلي بواسطة وصل\r\n<help@charity.example>:\r\n\r\n> سؤال\r\n";
        self.mail(&format!(
            "Content-Type: text/plain; charset=utf-8\r\n\r\n{words}{quote}"
        ))
    }

    /// A file without a word.
    pub fn file(&mut self, name: &str, mime: &str, bytes: &[u8]) -> String {
        let bytes = STANDARD.encode(bytes);
        self.mail(&format!(
            "Content-Type: multipart/mixed; boundary=X\r\n\r\n--X\r\nContent-Type: text/plain\r\n\r\n\r\n--X\r\nContent-Type: {mime}\r\nContent-Disposition: attachment; filename={name}\r\nContent-Transfer-Encoding: base64\r\n\r\n{bytes}\r\n--X--\r\n"
        ))
    }

    /// Writes, and waits for the one mail that answers.
    pub async fn says(&mut self, words: &str) -> Left {
        let before = self.smtp.left().len();
        let mail = self.words(words);
        assert_eq!(self.post(&mail).await, 200, "{mail}");
        let left = self.smtp.wait_for(before + 1).await;
        self.last = left.last().cloned();
        left.last().unwrap().clone()
    }

    /// Answers with the number of the choice that the last mail has under this title.
    pub async fn chooses(&mut self, title: &str) -> Left {
        let (text, _) = self.last.as_ref().unwrap().bodies();
        let lines = text
            .lines()
            .map(|line| line.trim_matches(['\u{200f}', '\r', ' ']));
        let numbered = lines.clone().find_map(|line| {
            let (number, words) = line.split_once(". ")?;
            (number.parse::<u32>().is_ok() && words.starts_with(title)).then(|| number.to_owned())
        });
        let control = lines
            .filter_map(|line| line.strip_prefix("- "))
            .find(|words| words.starts_with(title));
        let answer = numbered.or(control.map(str::to_owned));
        let answer = answer.unwrap_or_else(|| panic!("no choice {title} in:\n{text}"));
        self.says(&answer).await
    }

    /// All that came to them, in order.
    pub fn inbox(&self) -> Vec<Left> {
        let mut left = self.smtp.left();
        left.retain(|mail| mail.to == self.who);
        left
    }
}
