//! Email against real mail servers: the ways in, faults of servers and senders.

pub mod person;
pub mod servers;

use std::time::Duration;

use crate::support::desk::Officer;
use crate::support::{Server, engines};
use person::{FROM, Post, SECRET};
use servers::{Imap, Smtp};

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

/// Hundreds of reports about one mail, genuine, forged and such as "I am on holiday", all at once.
#[tokio::test]
async fn a_storm_of_bounces_marks_the_message_and_is_answered_by_nobody() {
    for engine in engines() {
        let Some(mut post) = Post::start(&engine).await else {
            return;
        };
        let to = post.says("السلام عليكم").await.from;
        let storm: Vec<String> = (0..150)
            .map(|n| match n % 3 {
                0 => bounce(n, &to),
                1 => bounce(n, "help@charity.example"),
                _ => format!(
                    "From: sara@a.example\r\nTo: help@charity.example\r\nAuto-Submitted: auto-replied\r\nMessage-ID: <v{n}@a.example>\r\n\r\nI am on holiday"
                ),
            })
            .collect();
        let statuses = futures_join(storm.iter().map(|mail| post.post(mail))).await;
        assert!(statuses.iter().all(|status| *status == 200), "{statuses:?}");
        let until = std::time::Instant::now() + Duration::from_secs(60);
        while outgoing(&post.server) != ["failed"] {
            assert!(std::time::Instant::now() < until, "{}", engine.name);
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        tokio::time::sleep(Duration::from_secs(2)).await;
        assert_eq!(post.smtp.left().len(), 1, "{}: a loop", engine.name);
        // Who writes themselves is there again.
        post.last = None;
        post.says("القائمة").await;
        assert_eq!(post.smtp.left().len(), 2, "{}", engine.name);
    }
}

fn bounce(n: usize, to: &str) -> String {
    format!(
        "From: mailer-daemon@a.example\r\nTo: {to}\r\nMessage-ID: <b{n}@a.example>\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=X\r\n\r\n--X\r\n\r\nfailed\r\n--X\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; a.example\r\n\r\nFinal-Recipient: rfc822; sara@a.example\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n--X--\r\n"
    )
}

/// What became of the messages that the house sent.
fn outgoing(server: &Server) -> Vec<String> {
    let output = server.command("export messages --format jsonl").output();
    let text = String::from_utf8(output.unwrap().stdout).unwrap();
    let rows = text
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    rows.filter(|row| row["direction"] == "out" && row["kind"] == "reply")
        .map(|row| row["status"].as_str().unwrap_or_default().to_owned())
        .collect()
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
    let bomb = client
        .post(&url)
        .basic_auth("post", Some(SECRET))
        .header("content-encoding", "gzip")
        .body(gzipped(&vec![b' '; 200 << 20]))
        .send()
        .await
        .unwrap();
    assert_eq!(bomb.status(), 413);
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    use std::io::Write;
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
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
    // A mail that left is sent once more when we are killed before we know it; here it is known.
    told_as_sent(&server).await;
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

/// Waits until an answer of ours is known to have left.
async fn told_as_sent(server: &Server) {
    for _ in 0..200 {
        let output = server.command("export messages --format jsonl").output();
        let output = output.expect("the command runs").stdout;
        if String::from_utf8_lossy(&output).contains("\"sent\"") {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("no answer is told as sent");
}
