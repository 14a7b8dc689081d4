//! Email against real mail servers: whole applications by mail, the ways in, faults of servers and senders.

mod servers;

use std::time::Duration;

use reqwest::StatusCode;
use serde_json::Value;

use crate::journey::{cases, reference};
use crate::support::desk::Officer;
use crate::support::{Engine, Server, engines, talk};
use servers::{Imap, Left, Smtp};

const FROM: &str = "WASL_EMAIL_FROM";
const SECRET: &str = "a made-up secret";

/// A charity with a mail server, and one who writes to it.
struct Post {
    server: Server,
    smtp: Smtp,
    who: String,
    mails: usize,
    last: Option<Left>,
}

impl Post {
    async fn start(engine: &Engine) -> Option<Post> {
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
    fn mail(&mut self, body: &str) -> String {
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

    async fn post(&self, mail: &str) -> StatusCode {
        let url = format!("{}/webhooks/email", self.server.url);
        let sent = reqwest::Client::new()
            .post(url)
            .basic_auth("post", Some(SECRET))
            .body(mail.to_owned())
            .send()
            .await;
        sent.unwrap().status()
    }

    /// Sends it, and waits for the one mail that answers.
    async fn sends(&mut self, mail: String) -> Left {
        let before = self.smtp.left().len();
        assert_eq!(self.post(&mail).await, 200, "{mail}");
        let left = self.smtp.wait_for(before + 1).await;
        self.last = left.last().cloned();
        left.last().unwrap().clone()
    }

    async fn says(&mut self, words: &str) -> Left {
        let quote = "\r\n\r\nفي الأحد، 13 سبتمبر 2026 في 7:58 م تمت كتابة ما يلي بواسطة وصل\r\n<help@charity.example>:\r\n\r\n> سؤال\r\n";
        let mail = self.mail(&format!(
            "Content-Type: text/plain; charset=utf-8\r\n\r\n{words}{quote}"
        ));
        self.sends(mail).await
    }

    /// Answers with the number of the choice that the last mail has under this title.
    async fn chooses(&mut self, title: &str) -> Left {
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

    async fn sends_photo(&mut self) -> Left {
        use base64::Engine;
        let photo = base64::engine::general_purpose::STANDARD.encode(talk::photo());
        let body = format!(
            "Content-Type: multipart/mixed; boundary=X\r\n\r\n--X\r\nContent-Type: text/plain\r\n\r\n\r\n--X\r\nContent-Type: image/png\r\nContent-Disposition: attachment; filename=lease.png\r\nContent-Transfer-Encoding: base64\r\n\r\n{photo}\r\n--X--\r\n"
        );
        let mail = self.mail(&body);
        self.sends(mail).await
    }
}

#[tokio::test]
async fn a_person_applies_by_answering_mails() {
    for engine in engines() {
        let Some(mut post) = Post::start(&engine).await else {
            return;
        };
        post.says("السلام عليكم").await;
        post.chooses("تقديم طلب دعم").await;
        for (asked, answer) in APPLICATION {
            let said = match *answer {
                Answer::Chooses(title) => post.chooses(title).await,
                Answer::Says(words) => post.says(words).await,
                Answer::SendsPhoto => post.sends_photo().await,
            };
            println!("{asked} -> {}", said.bodies().0);
        }
        let last = post.last.clone().unwrap();
        let (text, page) = last.bodies();
        let receipt = reference(&text);
        assert!(page.contains(&receipt) && page.contains("dir=\"rtl\""));
        assert_eq!(
            (last.head("Auto-Submitted").as_str(), last.to.as_str()),
            ("auto-replied", "sara@a.example")
        );
        assert!(last.from.starts_with("help+b."), "{}", last.from);
        let told = cases(&post.server);
        assert_eq!(told.len(), 1, "{}", engine.name);
        assert_eq!(
            (&told[0]["reference"], &told[0]["service"]),
            (&Value::from(receipt), &Value::from("rent"))
        );
        assert!(
            !post.server.output().contains("sara"),
            "no address in the log"
        );
        if let Ok(folder) = std::env::var("WASL_TEST_MAIL_PAGES") {
            for (n, mail) in post.smtp.left().iter().enumerate() {
                std::fs::write(format!("{folder}/{n:02}.html"), mail.bodies().1).unwrap();
            }
        }
    }
}

enum Answer {
    Chooses(&'static str),
    Says(&'static str),
    SendsPhoto,
}

use Answer::{Chooses, Says, SendsPhoto};

const APPLICATION: &[(&str, Answer)] = &[
    ("service", Chooses("المساعدة في الإيجار")),
    ("consent_application", Chooses("أوافق")),
    ("writer", Chooses("لنفسي")),
    ("full_name", Says("نورة بنت سعد بن علي الشهري")),
    ("national_id", Says("١٢٣٤ ٥٦٧ ٨٩٧")),
    ("id_expiry", Says("٢٠ رمضان ١٤٥١")),
    ("contact", Says("٠٥٥٠١٩٨٤٣٧")),
    ("residence", Says("RHSB4821")),
    ("household", Says("٦ أشخاص")),
    ("income", Chooses("أقل من 3000")),
    ("rent_amount", Says("١٨٬٠٠٠ ريال")),
    ("need", Says("تأخرنا في الإيجار بعد توقف العمل")),
    ("urgency", Chooses("خلال شهر")),
    ("lease", SendsPhoto),
    ("lease", Chooses("تم")),
    ("income_proof", Chooses("تخطي")),
    ("review", Says("صحيح")),
    ("declaration", Says("نورة سعد علي الشهري")),
];

#[tokio::test]
async fn a_human_takes_over_and_the_bot_goes_on_at_the_very_question() {
    for engine in engines() {
        let Some(mut post) = Post::start(&engine).await else {
            return;
        };
        let mut huda = Officer::comes(&post.server, "huda").await;
        post.says("السلام عليكم").await;
        post.chooses("تقديم طلب دعم").await;
        post.chooses("المساعدة في الإيجار").await;
        post.chooses("أوافق").await;
        let (question, _) = post.chooses("لنفسي").await.bodies();
        let asked = question
            .lines()
            .find(|line| line.contains("الاسم"))
            .unwrap_or_else(|| panic!("no question:\n{question}"));
        post.says("أريد موظف").await;
        let talk = huda.first("unassigned").await;
        huda.claims(&talk).await;
        let before = post.smtp.left().len();
        let silent = post.mail("\r\nهل من أحد؟");
        assert_eq!(post.post(&silent).await, 200);
        huda.answers(&talk, "نحن معكم").await;
        let left = post.smtp.wait_for(before + 1).await;
        assert!(left[before].bodies().0.contains("نحن معكم"));
        huda.returns(&talk).await;
        let left = post.smtp.wait_for(before + 2).await;
        post.last = left.last().cloned();
        let (back, _) = left[before + 1].bodies();
        assert!(back.contains(asked.trim()), "{asked}\n---\n{back}");
        let (next, _) = post.says("نورة بنت سعد بن علي الشهري").await.bodies();
        assert!(!next.contains(asked.trim()), "{next}");
    }
}

#[tokio::test]
async fn a_link_changes_nothing_until_it_is_pressed() {
    let Some(mut post) = Post::start(&engines()[0]).await else {
        return;
    };
    let (_, page) = post.says("السلام عليكم").await.bodies();
    let link = page
        .split("href=\"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap())
        .find(|link| link.contains("/a/"))
        .unwrap()
        .to_owned();
    assert!(!link.contains("sara"));
    let path = &link[link.find("/a/").unwrap()..];
    let url = format!("{}{path}", post.server.url);
    let client = reqwest::Client::new();
    for _ in 0..3 {
        let shown = client.get(&url).send().await.unwrap();
        assert_eq!(shown.status(), 200);
        assert!(
            shown
                .text()
                .await
                .unwrap()
                .contains("<form method=\"post\">")
        );
    }
    assert_eq!(
        post.smtp.left().len(),
        1,
        "a scanner that opens links says nothing"
    );
    for _ in 0..2 {
        assert_eq!(client.post(&url).send().await.unwrap().status(), 200);
    }
    post.smtp.wait_for(2).await;
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert_eq!(post.smtp.left().len(), 2, "the second press is the first");
    assert_eq!(
        client.get(format!("{url}x")).send().await.unwrap().status(),
        404
    );
}

#[tokio::test]
async fn a_mail_that_comes_twenty_times_at_once_is_answered_once() {
    for engine in engines() {
        let Some(mut post) = Post::start(&engine).await else {
            return;
        };
        let mail = post.mail("\r\nالسلام عليكم");
        let statuses = (0..20).map(|_| post.post(&mail));
        let statuses = futures_join(statuses).await;
        assert!(statuses.iter().all(|status| *status == 200), "{statuses:?}");
        post.smtp.wait_for(1).await;
        tokio::time::sleep(Duration::from_millis(500)).await;
        assert_eq!(post.smtp.left().len(), 1, "{}", engine.name);
    }
}

async fn futures_join<T: Send + 'static>(
    all: impl Iterator<Item = impl Future<Output = T>>,
) -> Vec<T> {
    let mut waiting: Vec<_> = all.map(Box::pin).collect();
    let mut done: Vec<Option<T>> = waiting.iter().map(|_| None).collect();
    std::future::poll_fn(move |context| {
        for (one, place) in waiting.iter_mut().zip(&mut done) {
            if place.is_none()
                && let std::task::Poll::Ready(value) = one.as_mut().poll(context)
            {
                *place = Some(value);
            }
        }
        match done.iter().all(Option::is_some) {
            true => std::task::Poll::Ready(done.drain(..).flatten().collect()),
            false => std::task::Poll::Pending,
        }
    })
    .await
}

#[tokio::test]
async fn mail_waits_for_a_server_that_is_down_and_a_dead_address_is_told() {
    let Some(mut post) = Post::start(&engines()[0]).await else {
        return;
    };
    post.smtp.stop();
    let mail = post.mail("\r\nالسلام عليكم");
    assert_eq!(
        post.post(&mail).await,
        200,
        "what comes is taken while nothing can leave"
    );
    let gone =
        "From: gone@b.example\r\nTo: help@charity.example\r\nMessage-ID: <g@b.example>\r\n\r\nسلام";
    assert_eq!(post.post(gone).await, 200);
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert!(post.smtp.resume());
    let left = post.smtp.wait_for(1).await;
    assert_eq!(left[0].to, "sara@a.example");
    post.server.kill();
    post.server.restart().await;
    tokio::time::sleep(Duration::from_secs(2)).await;
    assert_eq!(post.smtp.left().len(), 1, "nothing leaves twice");
}

#[tokio::test]
async fn a_slow_recipient_holds_nobody_up() {
    let Some(mut post) = Post::start(&engines()[0]).await else {
        return;
    };
    let slow =
        "From: slow@b.example\r\nTo: help@charity.example\r\nMessage-ID: <s@b.example>\r\n\r\nسلام";
    assert_eq!(post.post(slow).await, 200);
    let began = std::time::Instant::now();
    assert_eq!(post.says("السلام عليكم").await.to, "sara@a.example");
    assert!(
        began.elapsed() < Duration::from_secs(7),
        "{:?}",
        began.elapsed()
    );
}

#[tokio::test]
async fn forged_and_oversized_mail_is_refused_and_leaves_nothing() {
    let Some(post) = Post::start(&engines()[0]).await else {
        return;
    };
    let client = reqwest::Client::new();
    let url = format!("{}/webhooks/email", post.server.url);
    let mail = "From: a@b.example\r\nTo: help@charity.example\r\n\r\nx";
    let forged = client
        .post(&url)
        .basic_auth("post", Some("wrong"))
        .body(mail)
        .send()
        .await
        .unwrap();
    assert_eq!(forged.status(), 401);
    let five = format!("{mail}{}", "x".repeat(5_000_000));
    assert_eq!(
        post.post(&five).await,
        200,
        "a mail may be larger than other deliveries"
    );
    let large = client
        .post(&url)
        .basic_auth("post", Some(SECRET))
        .body(vec![b'x'; 31 * 1024 * 1024])
        .send()
        .await;
    assert!(large.map_or(true, |answer| answer.status() == 413));
}

#[tokio::test]
async fn a_mailbox_is_listened_to_and_each_mail_taken_once() {
    let (Some(smtp), Some(imap)) = (Smtp::start(), Imap::start()) else {
        return;
    };
    let old = |n: u32, words: &str| {
        format!(
            "From: p{n}@b.example\r\nTo: help@charity.example\r\nMessage-ID: <{n}@b.example>\r\n\r\n{words}\r\n"
        )
    };
    imap.arrives("0.old", &old(0, "سلام"));
    let settings = [
        (FROM, "help@charity.example"),
        ("WASL_EMAIL_SMTP_URL", &smtp.url()),
        ("WASL_EMAIL_IMAP_URL", &imap.url()),
    ];
    let mut server = Server::start_with(&engines()[0], &settings).await;
    let looked = server.command("channels check").output().unwrap();
    let looked = String::from_utf8_lossy(&looked.stdout).into_owned();
    assert!(
        looked.contains("SMTP: logged in") && looked.contains("IMAP: logged in"),
        "{looked}\n{}",
        imap.log()
    );
    tokio::time::sleep(Duration::from_secs(2)).await;
    assert!(
        smtp.left().is_empty(),
        "what lay there before is somebody else's"
    );
    imap.arrives("1.new", &old(1, "السلام عليكم"));
    assert_eq!(
        smtp.wait_for(1).await[0].to,
        "p1@b.example",
        "{}",
        imap.log()
    );
    server.kill();
    imap.arrives("2.new", &old(2, "السلام عليكم"));
    server.restart().await;
    smtp.wait_for(2).await;
    imap.counts_anew();
    imap.arrives("3.new", &old(3, "السلام عليكم"));
    let left = smtp.wait_for(3).await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert_eq!(smtp.left().len(), 3, "mails counted anew are known");
    assert_eq!(left[2].to, "p3@b.example");
    assert!(
        !server.output().contains("geheim"),
        "no password in the log"
    );
}
