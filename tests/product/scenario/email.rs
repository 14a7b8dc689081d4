//! Email: mails by webhook, and what a real mail server took for somebody. Choices are answered by their number
//! and by their signed link in turn, controls by their words.

use wasl::dialog::story::Parcel;

use super::compare::clean;
use super::media::{Button, Medium, Shown, file};
use crate::email::person::Post;
use crate::email::servers::Left;
use crate::support::{Engine, Server};

pub struct Mailbox {
    post: Post,
    pressed: usize,
}

impl Medium for Mailbox {
    const NAME: &'static str = "email";

    async fn start(engine: &Engine) -> Option<Mailbox> {
        let post = Post::start(engine).await?;
        Some(Mailbox { post, pressed: 0 })
    }

    fn server(&self) -> &Server {
        &self.post.server
    }

    async fn somebody_new(&mut self, number: usize, _language: &'static str) {
        self.post.who = format!("person{number}@a.example");
        self.post.last = None;
    }

    async fn writes(&mut self, text: &str) {
        self.answers();
        let mail = self.post.words(text);
        self.brings(mail).await;
    }

    async fn presses(&mut self, button: &Button) {
        self.pressed += 1;
        let inbox = self.post.inbox();
        let link = inbox.last().and_then(|mail| link(mail, &button.title));
        match link.filter(|_| self.pressed.is_multiple_of(2)) {
            Some(path) => {
                let url = format!("{}{path}", self.post.server.url);
                let pressed = reqwest::Client::new().post(url).send().await;
                assert_eq!(pressed.unwrap().status(), 200);
            }
            None => self.writes(&button.key).await,
        }
    }

    async fn sends(&mut self, parcel: &Parcel) {
        match parcel {
            Parcel::File(kind, _) => {
                let (name, mime, bytes) = file(*kind);
                self.answers();
                let mail = self.post.file(name, mime, &bytes);
                self.brings(mail).await;
            }
            // What people paste from their maps and their address books.
            Parcel::Pin(latitude, longitude, _) => {
                let link = format!("https://maps.google.com/?q={latitude},{longitude}");
                self.writes(&link).await;
            }
            Parcel::Card { phones, .. } => self.writes(&phones.join(" ")).await,
            Parcel::Unreadable(kind) => panic!("nobody mails a {kind}"),
        }
    }

    async fn shown(&mut self) -> Vec<Shown> {
        self.post.inbox().iter().map(shown).collect()
    }

    fn is_content(&self) {
        let left = self.post.smtp.left();
        for mail in &left {
            assert_eq!(mail.head("Auto-Submitted"), "auto-replied");
            assert!(mail.from.starts_with("help+b."), "{}", mail.from);
        }
        assert!(
            left.iter()
                .any(|mail| mail.bodies().1.contains("dir=\"rtl\""))
        );
        assert!(
            !self.post.server.output().contains("a.example"),
            "no address in the log"
        );
        if let Ok(folder) = std::env::var("WASL_TEST_MAIL_PAGES") {
            for (n, mail) in left.iter().enumerate() {
                std::fs::write(format!("{folder}/{n:02}.html"), mail.bodies().1).unwrap();
            }
        }
    }
}

impl Mailbox {
    fn answers(&mut self) {
        self.post.last = self.post.inbox().last().cloned();
    }

    async fn brings(&self, mail: String) {
        assert_eq!(self.post.post(&mail).await, 200, "{mail}");
    }
}

/// Where the choice with this title leads, on the page of the mail.
fn link(mail: &Left, title: &str) -> Option<String> {
    let (_, page) = mail.bodies();
    let links = page.split("<a ").skip(1);
    let mut found = links.filter(|link| clean(&plain(link)).contains(title));
    let found = found.next()?.to_owned();
    let path = &found[found.find("/a/")?..];
    path.split('"').next().map(str::to_owned)
}

/// The words of a link.
fn plain(link: &str) -> String {
    let (_, words) = link.split_once('>').unwrap_or_default();
    let (words, _) = words.split_once("</a>").unwrap_or((words, ""));
    words.replace("&#40;", "(").replace("&#41;", ")")
}

/// The last paragraph is the choices, where all of its lines are.
fn shown(mail: &Left) -> Shown {
    let (text, _) = mail.bodies();
    let text = text.replace('\r', "");
    let text = text.trim_end();
    let (above, last) = text.rsplit_once("\n\n").unwrap_or(("", text));
    let buttons: Option<Vec<Button>> = last.lines().map(button).collect();
    match buttons {
        Some(buttons) => Shown {
            words: above.to_owned(),
            buttons,
            asks: false,
        },
        None => Shown {
            words: text.to_owned(),
            ..Shown::default()
        },
    }
}

/// `1. title (note)`, and `- title` of what has no number.
fn button(line: &str) -> Option<Button> {
    let line = clean(line);
    let (key, title) = match line.strip_prefix("- ") {
        Some(title) => (title.to_owned(), title.to_owned()),
        None => {
            let (number, title) = line.split_once(". ")?;
            number.parse::<u32>().ok()?;
            (number.to_owned(), title.to_owned())
        }
    };
    Some(Button {
        key,
        title,
        note: None,
    })
}
