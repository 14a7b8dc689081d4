//! Bad input and faults on the way from and to Telegram: what is forged stores nothing, what is doubled counts
//! once, what fails is answered in the end, once and in order.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::bot_api::{Bot, ENDLESS, Fault, SECRET, locked};
use super::person::{Person, Way};
use super::{SARA, lite, server};
use crate::support::Server;

/// Messages that the house keeps.
fn kept(server: &Server) -> Vec<Value> {
    let output = server.command("export messages --format jsonl").output();
    let output = output.expect("it runs");
    assert!(output.status.success(), "{output:?}");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let rows = text
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok());
    rows.collect()
}

#[tokio::test]
async fn what_is_forged_or_nonsense_stores_nothing() {
    let bot = Bot::start().await;
    let (server, way) = server(&lite(), &bot).await;
    let mut sara = Person::meets(&bot, way, SARA);
    let whole = sara.update(json!({"text": "سلام"})).to_string().into_bytes();
    let half = whole[..whole.len() / 2].to_vec();
    let mut broken = whole.clone();
    let at = broken.len() / 2;
    broken[at] = 0xff;
    let deep = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels)).into_bytes();
    let large = [b"[\"".as_slice(), &vec![b'a'; 5 << 20], b"\"]"].concat();
    for (case, secret, body, expected) in [
        ("no secret", None, whole.clone(), 401),
        ("a forged secret", Some("forged"), whole.clone(), 401),
        ("forged nonsense", Some("forged"), half.clone(), 401),
        ("half a body", Some(SECRET), half, 400),
        ("no UTF-8", Some(SECRET), broken, 400),
        ("too deep", Some(SECRET), deep(129), 400),
        ("too deep for any stack", Some(SECRET), deep(200_000), 400),
        ("five megabytes", Some(SECRET), large, 413),
        ("fifty deep", Some(SECRET), deep(50), 200),
        (
            "wrong types",
            Some(SECRET),
            br#"{"update_id":"x","message":7}"#.to_vec(),
            200,
        ),
    ] {
        let status = bot.posts_raw(&server.url, secret, body).await;
        assert_eq!(status, expected, "{case}");
    }
    let bomb = bomb();
    let posted = reqwest::Client::new()
        .post(format!("{}/webhooks/telegram", server.url))
        .header("X-Telegram-Bot-Api-Secret-Token", SECRET)
        .header("Content-Encoding", "gzip")
        .body(bomb)
        .send()
        .await
        .expect("an answer");
    assert!(posted.status().is_client_error(), "{}", posted.status());
    assert_eq!(kept(&server), Vec::<Value>::new());
    assert_eq!(bot.posts_raw(&server.url, Some(SECRET), whole).await, 200);
    sara.hears().await;
}

#[tokio::test]
async fn what_nobody_can_read_is_taken_kept_and_told_to_operators_without_its_words() {
    let bot = Bot::start().await;
    let (server, way) = server(&lite(), &bot).await;
    let mut sara = Person::meets(&bot, way, SARA);
    let update = bot.numbered(json!({"telepathy": {"from": {"id": SARA}, "thought": "سر"}}));
    let posts = (0..20).map(|_| bot.posts(&server.url, &update));
    for status in futures_util::future::join_all(posts).await {
        assert_eq!(status, 200);
    }
    let told = server
        .command("channels strange")
        .output()
        .expect("it runs");
    let told = String::from_utf8_lossy(&told.stdout).into_owned();
    assert!(
        told.contains("telegram  update telepathy, 1 kept"),
        "{told}"
    );
    assert!(told.contains(r#""thought":"…""#), "{told}");
    let number = SARA.to_string();
    assert!(!told.contains("سر") && !told.contains(&number), "{told}");
    assert!(!sara.says("/start").await.is_empty());
}

#[tokio::test]
async fn files_that_are_gone_lie_or_never_end_harm_nobody() {
    let bot = Bot::start().await;
    let (_server, way) = server(&lite(), &bot).await;
    let mut sara = Person::meets(&bot, way, SARA);
    sara.says("/start").await;
    for (case, file) in [
        ("gone", "nobody-keeps-this".to_owned()),
        ("a page", bot.keeps(b"<html>".to_vec())),
        ("without end", bot.keeps(ENDLESS.to_vec())),
    ] {
        let size = json!({"file_id": file, "file_unique_id": "x", "width": 32, "height": 24, "file_size": 100});
        let photo = sara.update(json!({"photo": [size]}));
        sara.brings(&photo).await;
        assert!(!sara.hears().await.is_empty(), "{case}");
    }
    assert!(!sara.says("القائمة").await.is_empty());
}

/// A gibibyte of nothing in a megabyte.
fn bomb() -> Vec<u8> {
    let child = std::process::Command::new("sh")
        .args(["-c", "head -c 1073741824 /dev/zero | gzip -1"])
        .stdout(std::process::Stdio::piped())
        .spawn();
    let output = child.expect("a shell").wait_with_output();
    let bytes = output.expect("gzip").stdout;
    assert!(bytes.len() < 16 << 20);
    bytes
}

#[tokio::test]
async fn the_same_update_twenty_times_at_once_and_a_month_later_counts_once() {
    let bot = Bot::start().await;
    let (server, way) = server(&lite(), &bot).await;
    let mut sara = Person::meets(&bot, way, SARA);
    let update = sara.update(json!({"text": "/start"}));
    let posts = (0..20).map(|_| bot.posts(&server.url, &update));
    for status in futures_util::future::join_all(posts).await {
        assert_eq!(status, 200);
    }
    sara.hears().await;
    let answered = sara.count();
    assert_eq!(bot.posts(&server.url, &update).await, 200);
    let own = kept(&server)
        .into_iter()
        .filter(|one| one["direction"] == "in");
    assert_eq!(own.count(), 1);
    let old = json!({"text": "سلام", "date": chrono::Utc::now().timestamp() - 30 * 86_400});
    let old = sara.update(old);
    assert_eq!(bot.posts(&server.url, &old).await, 200);
    sara.hears().await;
    let more = sara.count();
    assert!(more > answered);
    assert_eq!(bot.posts(&server.url, &old).await, 200);
    let answer = sara.says("القائمة").await;
    assert!(!answer.is_empty());
}

#[tokio::test]
async fn every_answer_comes_once_and_in_order_through_failures() {
    let bot = Bot::start().await;
    let (_server, way) = server(&lite(), &bot).await;
    let mut sara = Person::meets(&bot, way, SARA);
    sara.says("/start").await;
    {
        let mut world = locked(&bot.world);
        world.fails(
            "sendMessage",
            1,
            Fault::Refuse(500, "Internal Server Error"),
        );
        world.fails("sendMessage", 1, Fault::Throttle(1));
        world.fails("sendMessage", 1, Fault::Throttle(2));
    }
    let before = sara.count();
    let (menu, hours) = (
        sara.update(json!({"text": "القائمة"})),
        sara.update(json!({"text": "الدوام"})),
    );
    sara.brings(&menu).await;
    sara.brings(&hours).await;
    let until = Instant::now() + Duration::from_secs(60);
    while sara.count() < before + 2 {
        assert!(Instant::now() < until, "{}", sara.said());
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let said = bot.messages(SARA);
    assert!(
        said[before].text.contains("القائمة")
            || !said[before].params["reply_markup"]["inline_keyboard"].is_null()
    );
    assert_eq!(said.len(), before + 2, "{}", sara.said());
}

#[tokio::test]
async fn markup_that_telegram_cannot_read_goes_as_plain_words() {
    let bot = Bot::start().await;
    let (_server, way) = server(&lite(), &bot).await;
    let mut sara = Person::meets(&bot, way, SARA);
    locked(&bot.world).fails(
        "sendMessage",
        1,
        Fault::Refuse(
            400,
            "Bad Request: can't parse entities: Unsupported start tag \"x\" at byte offset 3",
        ),
    );
    let answer = sara.says("/start").await;
    assert!(answer.contains("السلام عليكم"));
    let first = &bot.messages(SARA)[0];
    assert!(first.params["parse_mode"].is_null());
}

#[tokio::test]
async fn a_revoked_token_rests_the_channel_says_so_and_loses_nothing() {
    let bot = Bot::start().await;
    let (server, way) = server(&lite(), &bot).await;
    let mut sara = Person::meets(&bot, way, SARA);
    locked(&bot.world).revoked = true;
    let start = sara.update(json!({"text": "/start"}));
    sara.brings(&start).await;
    let until = Instant::now() + Duration::from_secs(30);
    while !server.output().contains("WASL_TELEGRAM_TOKEN") {
        assert!(
            Instant::now() < until,
            "operators are not told:\n{}",
            server.output()
        );
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(sara.count(), 0);
    locked(&bot.world).revoked = false;
    sara.hears_of("السلام عليكم").await;
    assert_eq!(sara.count(), 1);
    assert!(!server.output().contains(super::bot_api::TOKEN));
}

#[tokio::test]
async fn who_blocked_the_bot_is_not_written_to_until_they_come_back() {
    let bot = Bot::start().await;
    let (_server, way) = server(&lite(), &bot).await;
    let mut sara = Person::meets(&bot, way, SARA);
    sara.says("/start").await;
    for (status, blocked) in [("kicked", true), ("member", false)] {
        locked(&bot.world)
            .chats
            .get_mut(&SARA)
            .expect("hers")
            .blocked = blocked;
        let update = bot.numbered(json!({"my_chat_member": {
            "chat": {"id": SARA, "type": "private"},
            "from": {"id": SARA, "is_bot": false, "first_name": "سارة"},
            "date": chrono::Utc::now().timestamp(),
            "old_chat_member": {"status": "member"},
            "new_chat_member": {"status": status},
        }}));
        sara.brings(&update).await;
    }
    let answer = sara.says("/menu").await;
    assert!(!answer.is_empty());
}

/// Nobody knows whether a message arrived when its answer did not: it is sent once more, never a third time.
#[tokio::test]
async fn an_answer_that_is_lost_on_its_way_makes_a_second_message_at_most() {
    for (fault, expected) in [(Fault::DoneButFails, 2), (Fault::Garbage, 1)] {
        let bot = Bot::start().await;
        let (_server, way) = server(&lite(), &bot).await;
        let mut sara = Person::meets(&bot, way, SARA);
        locked(&bot.world).fails("sendMessage", 1, fault.clone());
        let start = sara.update(json!({"text": "/start"}));
        sara.brings(&start).await;
        let until = Instant::now() + Duration::from_secs(60);
        while sara.count() < expected {
            assert!(Instant::now() < until, "{fault:?}: {}", sara.said());
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        sara.hears().await;
        let before = sara.count();
        assert_eq!(before, expected, "{fault:?}");
        sara.says("/hours").await;
        assert!(sara.count() > before);
    }
}

/// Killed after Telegram took the message and before we noted it: nobody can know, and the answer comes once
/// more, never a third time.
#[tokio::test]
async fn killed_between_the_answer_and_its_mark_the_person_still_has_an_answer() {
    let bot = Bot::start().await;
    let (mut server, way) = server(&lite(), &bot).await;
    let mut sara = Person::meets(&bot, way, SARA);
    locked(&bot.world).fails("sendMessage", 1, Fault::DoneButSilent);
    let start = sara.update(json!({"text": "/start"}));
    sara.brings(&start).await;
    sara.hears().await;
    server.kill();
    server.restart().await;
    sara.hears().await;
    sara.says("/menu").await;
    let greetings = bot.messages(SARA);
    let greetings = greetings
        .iter()
        .filter(|one| one.text.contains("السلام عليكم"));
    assert_eq!(greetings.count(), 2, "once more, and never a third time");
}

/// A place and a card follow the words. The place is throttled, and then nobody knows of it.
#[tokio::test]
async fn of_an_answer_in_parts_only_the_part_that_nobody_knows_of_comes_again() {
    let bot = Bot::start().await;
    let (_server, way) = server(&lite(), &bot).await;
    let mut sara = Person::meets(&bot, way, SARA);
    for words in ["/start", "جهات تقدّم الخدمة", "استشارة قانونية"] {
        sara.says(words).await;
    }
    let before = sara.count();
    {
        let mut world = locked(&bot.world);
        world.fails("sendLocation", 1, Fault::Throttle(1));
        world.fails("sendLocation", 1, Fault::DoneButFails);
    }
    let place = sara.update(json!({"text": "جدة"}));
    sara.brings(&place).await;
    let until = Instant::now() + Duration::from_secs(60);
    while sara.count() < before + 4 {
        assert!(Instant::now() < until, "{}", sara.said());
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let told = bot.messages(SARA);
    let methods: Vec<_> = told[before..].iter().map(|one| &*one.method).collect();
    let parts = ["sendmessage", "sendlocation", "sendlocation", "sendcontact"];
    assert_eq!(methods[..4], parts, "the words came once");
}

/// The bot is asked by one instance at a time; the other goes on when the first is gone.
#[tokio::test]
async fn asking_beside_another_program_is_told() {
    let bot = Bot::start().await;
    let server = Server::start_with(&lite(), &bot.by_polling()).await;
    let mut sara = Person::meets(&bot, Way::Polling, SARA);
    sara.says("/start").await;
    locked(&bot.world).webhook = Some(json!({"url": "https://elsewhere.example"}));
    let until = Instant::now() + Duration::from_secs(60);
    while !server.output().contains("another program asks Telegram") {
        assert!(
            Instant::now() < until,
            "operators are not told:\n{}",
            server.output()
        );
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let answer = sara.says("/menu").await;
    assert!(!answer.is_empty(), "we take the webhook back and go on");
}
