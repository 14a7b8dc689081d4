//! Telegram from outside: the binary beside a stand-in of the Bot API, by webhook and by asking.

pub mod bot_api;
mod faults;
pub mod person;

use serde_json::json;

use crate::journey::RENT;
use crate::support::desk::Officer;
use crate::support::{Engine, Server, engines};
use bot_api::{Bot, locked};
use person::{Person, Way, buttons};

const SARA: i64 = 5_001_001;

/// A server whose Telegram is the stand-in, and how updates come to it.
async fn server(engine: &Engine, bot: &Bot) -> (Server, Way) {
    let server = Server::start_with(engine, &bot.by_webhook()).await;
    let way = Way::Webhook(server.url.clone());
    (server, way)
}

fn lite() -> Engine {
    engines()
        .into_iter()
        .next()
        .expect("SQLite is always there")
}

#[tokio::test]
async fn updates_are_asked_for_and_it_goes_on_after_a_restart() {
    let bot = Bot::start().await;
    locked(&bot.world).webhook = Some(json!({"url": "https://old.example/hook"}));
    let mut server = Server::start_with(&lite(), &bot.by_polling()).await;
    let mut sara = Person::meets(&bot, Way::Polling, SARA);
    let greeting = sara.says("/start").await;
    assert!(greeting.contains("السلام عليكم"), "{greeting}");
    sara.presses("apply").await;
    server.kill();
    let asleep = sara.update(json!({"text": "القائمة"}));
    sara.brings(&asleep).await;
    server.restart().await;
    let answer = sara.hears().await;
    assert!(!answer.is_empty());
    let update = bot.numbered(json!({"a_kind_of_tomorrow": {"x": 1}}));
    bot.queues(update);
    let after = sara.says("متى الدوام").await;
    assert!(!after.is_empty(), "what nobody knows is passed over");
    bot.is_content();
}

#[tokio::test]
async fn an_album_is_answered_once() {
    let bot = Bot::start().await;
    let (_server, way) = server(&lite(), &bot).await;
    let mut sara = Person::meets(&bot, way, SARA);
    sara.says("/start").await;
    for (step, does) in RENT {
        if *step == "lease" {
            break;
        }
        sara.does(*does).await;
    }
    let before = sara.count();
    let photos = [
        sara.photo(Some("1399")),
        sara.photo(Some("1399")),
        sara.photo(Some("1399")),
    ];
    futures_util::future::join_all(photos.iter().map(|one| sara.brings(one))).await;
    sara.hears().await;
    assert_eq!(sara.count(), before + 1, "{}", sara.said());
    bot.is_content();
}

#[tokio::test]
async fn a_place_and_the_own_number_are_asked_for_and_taken() {
    let bot = Bot::start().await;
    let (_server, way) = server(&lite(), &bot).await;
    let mut sara = Person::meets(&bot, way, SARA);
    sara.says("/start").await;
    for (step, does) in RENT {
        if *step == "residence" {
            break;
        }
        sara.does(*does).await;
    }
    let keyboard = locked(&bot.world).chats[&SARA].keyboard.clone();
    let keyboard = keyboard.expect("a keyboard that asks for the place");
    assert_eq!(keyboard["keyboard"][0][0]["request_location"], true);
    let answer = sara
        .sends(json!({"location": {"latitude": 24.7136, "longitude": 46.6753}}))
        .await;
    assert!(!answer.is_empty());
    let world = locked(&bot.world);
    assert!(
        world.chats[&SARA].keyboard.is_none(),
        "it is taken away again"
    );
    drop(world);
    bot.is_content();
}

#[tokio::test]
async fn buttons_are_answered_marked_and_correct_an_earlier_answer() {
    let bot = Bot::start().await;
    let (_server, way) = server(&lite(), &bot).await;
    let mut sara = Person::meets(&bot, way, SARA);
    sara.says("/start").await;
    for option in ["apply", "rent", "agree"] {
        sara.presses(option).await;
    }
    let (question, myself) = sara.button("self").await;
    sara.presses("self").await;
    let mut others = buttons(&question).into_iter();
    let other = others.find(|data| *data != myself && !data.starts_with('!'));
    let other = other.expect("another answer");
    sara.presses_under(&question, &other).await;
    sara.hears().await;
    let marked = bot.messages(SARA);
    let marked = marked
        .iter()
        .find(|one| one.id == question.id)
        .expect("it is there");
    let all = &marked.params["reply_markup"]["inline_keyboard"];
    let titles: Vec<&str> = all
        .as_array()
        .into_iter()
        .flatten()
        .flat_map(|row| row.as_array().into_iter().flatten())
        .filter(|button| {
            button["text"]
                .as_str()
                .is_some_and(|text| text.starts_with('✅'))
        })
        .filter_map(|button| button["callback_data"].as_str())
        .collect();
    assert_eq!(titles, [other], "{all}");
    let world = locked(&bot.world);
    let answers = world.calls_of("answerCallbackQuery");
    assert!(answers.len() >= 5);
    assert!(
        answers
            .iter()
            .all(|call| call.params["callback_query_id"].is_string())
    );
    drop(world);
    bot.is_content();
}

#[tokio::test]
async fn an_edited_message_corrects_its_answer_and_the_language_changes() {
    let bot = Bot::start().await;
    let (_server, way) = server(&lite(), &bot).await;
    let mut sara = Person::meets(&bot, way, SARA);
    sara.language = "en";
    let greeting = sara.says("/start").await;
    assert!(
        greeting.is_ascii() || greeting.contains("welcome"),
        "{greeting}"
    );
    let arabic = sara.says("عربي").await;
    assert!(arabic.contains('ا'), "{arabic}");
    for option in ["apply", "rent", "agree", "self"] {
        sara.presses(option).await;
    }
    let name = sara.update(json!({"text": "نورة بنت سعد بن علي الشهري"}));
    sara.brings(&name).await;
    sara.hears().await;
    let mut changed = name["message"].clone();
    changed["text"] = json!("نورة بنت سعد بن علي القحطاني");
    changed["edit_date"] = json!(chrono::Utc::now().timestamp());
    let edit = bot.numbered(json!({ "edited_message": changed }));
    sara.brings(&edit).await;
    let answer = sara.hears().await;
    assert!(answer.contains("القحطاني"), "{answer}");
    bot.is_content();
}

#[tokio::test]
async fn a_human_takes_over_and_the_bot_goes_on_at_the_very_question() {
    for engine in engines() {
        let bot = Bot::start().await;
        let (server, way) = server(&engine, &bot).await;
        let mut huda = Officer::comes(&server, "huda").await;
        let mut sara = Person::meets(&bot, way, SARA);
        sara.says("/start").await;
        for option in ["apply", "rent", "agree"] {
            sara.presses(option).await;
        }
        let question = sara.presses("self").await;
        sara.says("أريد موظف").await;
        let talk = huda.first("unassigned").await;
        huda.claims(&talk).await;
        let before = sara.count();
        let silent = sara.update(json!({"text": "هل من أحد؟"}));
        sara.brings(&silent).await;
        huda.answers(&talk, "نحن معكم").await;
        sara.hears_of("نحن معكم").await;
        assert_eq!(sara.count(), before + 1, "the bot talks over a person");
        huda.returns(&talk).await;
        let back = sara.hears().await;
        assert!(
            back.contains(last_line(&question)),
            "{question}\n---\n{back}"
        );
        let next = sara.says("نورة بنت سعد بن علي الشهري").await;
        assert!(!next.contains(last_line(&question)), "{next}");
        bot.is_content();
    }
}

fn last_line(text: &str) -> &str {
    text.trim().lines().last().unwrap_or_default()
}

#[tokio::test]
async fn documents_are_sent_as_files_and_only_once_by_their_bytes() {
    let bot = Bot::start().await;
    let (_server, way) = server(&lite(), &bot).await;
    let mut sara = Person::meets(&bot, way, SARA);
    for _ in 0..2 {
        sara.says("الوثائق").await;
        let asked = bot.messages(SARA);
        let asked = asked.last().expect("a choice of documents").clone();
        let document = buttons(&asked).into_iter().next().expect("a document");
        sara.presses_under(&asked, &document).await;
        sara.hears().await;
    }
    let said = bot.messages(SARA);
    let files: Vec<_> = said
        .iter()
        .filter(|one| one.method == "senddocument")
        .collect();
    assert_eq!(files.len(), 2, "{}", sara.said());
    assert!(files.iter().all(|one| one.file_bytes > 0));
    let by_name = files
        .iter()
        .filter(|one| one.params["document"].is_string());
    assert_eq!(
        by_name.count(),
        1,
        "the second time by Telegram's own name for it"
    );
    bot.is_content();
}

/// What the stand-in sends is what Telegram sends: teloxide's types read all of it.
#[tokio::test]
async fn teloxide_reads_what_the_stand_in_makes() {
    use teloxide_core::types::{Update, UpdateKind};
    let bot = Bot::start().await;
    let mut sara = Person::meets(&bot, Way::Polling, SARA);
    let updates = [
        sara.update(json!({"text": "سلام"})),
        sara.photo(Some("7")),
        sara.update(json!({"location": {"latitude": 24.7, "longitude": 46.6}})),
        sara.update(json!({"contact": {"phone_number": "966500000001", "first_name": "سارة", "user_id": SARA}})),
    ];
    for update in updates {
        let read: Update = serde_json::from_str(&update.to_string()).expect("an update");
        assert!(
            !matches!(read.kind, UpdateKind::Error(_)),
            "{update}\n{:?}",
            serde_json::from_str::<teloxide_core::types::Message>(&update["message"].to_string())
                .err()
        );
    }
}
