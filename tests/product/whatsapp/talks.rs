//! Whole talks on WhatsApp, from the first word to the reference number, and what happens around them.

use serde_json::json;

use super::graph::{Graph, Statuses, post_webhook};
use super::person::Person;
use super::{messages, serve};
use crate::journey::{cases, reference};
use crate::support::desk::Officer;
use crate::support::engines;
use crate::support::talk::photo;

const PHONE: &str = "966512345678";
const BSUID: &str = "SA.98765432109876";

/// From the first word to the question of the residence.
async fn comes_to_the_residence(person: &mut Person) {
    person.says("السلام عليكم").await;
    person.presses("apply").await;
    person.presses("rent").await;
    person.presses("agree").await;
    person.presses("self").await;
    person.says("نورة بنت سعد بن علي الشهري").await;
    person.says("١٢٣٤ ٥٦٧ ٨٩٧").await;
    person.says("٢٠ رمضان ١٤٥١").await;
    person.says("٠٥٥٠١٩٨٤٣٧").await;
}

/// From the residence, answered by a pin, to the reference number.
async fn goes_on_to_the_number(person: &mut Person) -> String {
    person
        .act(
            "location",
            json!({"latitude": 24.71, "longitude": 46.67, "name": "البيت"}),
        )
        .await;
    person.says("٦ أشخاص").await;
    person.presses("under_3000").await;
    person.says("١٨٬٠٠٠ ريال").await;
    person.says("تأخرنا في الإيجار بعد توقف العمل").await;
    person.presses("weeks").await;
    person.sends_photo("9001", photo()).await;
    person.presses("done").await;
    person.presses("skip").await;
    person.presses("right").await;
    reference(&person.says("نورة سعد علي الشهري").await)
}

#[tokio::test]
async fn somebody_known_by_a_user_id_alone_is_answered_and_a_new_number_loses_nothing() {
    for engine in engines() {
        let graph = Graph::start().await;
        let server = serve(&engine, &graph).await;
        let mut person = Person::new(&graph, &server, None, Some(BSUID));
        person.says("السلام عليكم").await;
        assert_eq!(person.inbox()[0]["recipient"], BSUID, "{}", engine.name);
        assert_eq!(person.inbox()[0].get("to"), None);

        let mut person = Person::new(&graph, &server, Some(PHONE), Some("SA.1"));
        comes_to_the_residence(&mut person).await;
        let system = json!({"type": "user_changed_number", "wa_id": "966500000009", "user_id": "SA.2",
            "previous_user_id": "SA.1", "body": "…"});
        assert_eq!(person.does("system", system).await, 200);
        person.phone = Some("966500000009".to_owned());
        person.bsuid = Some("SA.2".to_owned());
        let receipt = goes_on_to_the_number(&mut person).await;
        assert_eq!(cases(&server)[0]["reference"], receipt, "{}", engine.name);
        assert!(graph.world.now().dropped.is_empty());
    }
}

#[tokio::test]
async fn old_buttons_edits_reactions_and_things_taken_back() {
    for engine in engines() {
        let graph = Graph::start().await;
        let server = serve(&engine, &graph).await;
        let mut person = Person::new(&graph, &server, Some(PHONE), None);
        person.says("تقديم طلب دعم").await;
        person.presses("food_basket").await;
        person.presses("agree").await;
        let writers = person.pressable();
        let other = |one: &&serde_json::Value| {
            let id = one["id"].as_str().unwrap_or_default();
            id.contains(":writer:") && !id.ends_with(":self")
        };
        let old = writers.iter().find(other).unwrap().clone();
        person.presses("self").await;
        person.says("سارة عبدالله").await;
        let name = format!("{}", person.said);
        let again = person.presses_this(&old).await;
        assert!(
            !again.is_empty(),
            "{}: an old button is answered",
            engine.name
        );

        // What is only noted is not answered.
        let before = person.inbox().len();
        for (kind, it) in [
            (
                "reaction",
                json!({"message_id": "wamid.OUT", "emoji": "👍"}),
            ),
            ("revoke", json!({"original_message_id": "wamid.OLD"})),
        ] {
            assert_eq!(person.does(kind, it).await, 200, "{kind} after {name}");
        }
        let polite = person
            .act("sticker", json!({"id": "1", "mime_type": "image/webp"}))
            .await;
        assert!(!polite.is_empty());
        assert_eq!(person.inbox().len(), before + 1, "{}", engine.name);
        let kinds: Vec<_> = messages(&server)
            .iter()
            .map(|one| one["kind"].clone())
            .collect();
        for kind in ["reaction", "revoke", "sticker", "interactive", "text"] {
            assert!(
                kinds.contains(&json!(kind)),
                "{kind} is not among {kinds:?}"
            );
        }
    }
}

#[tokio::test]
async fn statuses_that_come_early_backwards_and_twice_move_a_message_forward_only() {
    for engine in engines() {
        let graph = Graph::start().await;
        graph.world.now().statuses = Some(Statuses::Wild);
        let server = serve(&engine, &graph).await;
        let mut person = Person::new(&graph, &server, Some(PHONE), None);
        person.says("السلام عليكم").await;
        let until = std::time::Instant::now() + std::time::Duration::from_secs(20);
        loop {
            let all = messages(&server);
            let out = all.iter().find(|one| one["direction"] == "out").unwrap();
            if out["status"] == "delivered" {
                break;
            }
            assert!(std::time::Instant::now() < until, "{}: {out}", engine.name);
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
    }
}

#[tokio::test]
async fn a_human_takes_over_and_the_bot_goes_on_at_the_very_question() {
    for engine in engines() {
        let graph = Graph::start().await;
        let server = serve(&engine, &graph).await;
        let mut huda = Officer::comes(&server, "huda").await;
        let mut person = Person::new(&graph, &server, Some(PHONE), None);
        person.says("السلام عليكم").await;
        for option in ["apply", "rent", "agree"] {
            person.presses(option).await;
        }
        let question = person.presses("self").await;
        person.says("أريد موظف").await;
        let talk = huda.first("unassigned").await;
        huda.claims(&talk).await;
        let before = person.inbox().len();
        person.does("text", json!({"body": "هل من أحد؟"})).await;
        huda.answers(&talk, "نحن معكم").await;
        let heard = person.hears().await;
        assert!(heard.contains("نحن معكم"), "{heard}");
        assert_eq!(
            person.inbox().len(),
            before + 1,
            "the bot talks over a person"
        );
        huda.returns(&talk).await;
        let back = person.hears().await;
        let asked = question.trim().lines().last().unwrap_or_default();
        assert!(back.contains(asked), "{question}\n---\n{back}");
        let next = person.says("نورة بنت سعد بن علي الشهري").await;
        assert!(!next.contains(asked), "{next}");
    }
}

#[tokio::test]
async fn outside_the_window_an_officer_sends_an_approved_template_and_nothing_else() {
    let graph = Graph::start().await;
    graph.world.now().templates = vec![("message_waiting", "ar", 0), ("case_update", "en", 1)];
    let server = serve(&engines()[0], &graph).await;
    let mut huda = Officer::comes(&server, "huda").await;
    let mut person = Person::new(&graph, &server, Some(PHONE), None);
    let id = person.next_id();
    let mut old = person.message(&id, "text", json!({"body": "أريد موظف"}));
    let yesterday = chrono::Utc::now() - chrono::Duration::hours(25);
    old["entry"][0]["changes"][0]["value"]["messages"][0]["timestamp"] =
        json!(yesterday.timestamp().to_string());
    assert_eq!(post_webhook(&person.webhook, &old).await, 200);
    // What the bot owes them waits; they are asked to write.
    person.hears().await;
    let talk = huda.first("unassigned").await;
    huda.claims(&talk).await;
    let path = format!("/staff/conversations/{talk}");
    let page = huda.page(&path).await;
    assert!(!page.contains("data-draft="), "a box to write in:\n{page}");
    let offered = page.matches("name=\"template\"").count();
    assert_eq!(offered, 1, "what is not approved is not offered:\n{page}");
    let before = person.inbox().len();
    let messages = format!("{path}/messages");
    for (form, status) in [
        ([("key", "1"), ("text", "كلام حر")], 303),
        ([("key", "2"), ("template", "case_update|W-1")], 400),
        ([("key", "3"), ("template", "message_waiting|")], 303),
    ] {
        assert_eq!(huda.posts(&messages, &form).await, status, "{form:?}");
    }
    person.hears().await;
    let inbox = person.inbox();
    assert_eq!(inbox.len(), before + 1, "{inbox:?}");
    assert_eq!(inbox[before]["template"]["name"], "message_waiting");
    // They answer, and the box is one to write in again.
    person.does("text", json!({"body": "نعم"})).await;
    let page = huda.page(&path).await;
    assert!(page.contains("data-draft="), "{page}");
    huda.answers(&talk, "نحن معكم").await;
    let heard = person.hears().await;
    assert!(heard.contains("نحن معكم"), "{heard}");
}
