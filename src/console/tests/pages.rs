//! What an administrator looks after: labels, canned replies, the FAQ, the calendar, failed events; empty, usual,
//! overlong and wrong.

use super::*;
use crate::event::Strange;
use crate::store::event::{self, FailedEvent};
use crate::store::handover::{Unanswered, unanswered};
use crate::store::{calendar, canned, faq, faq_entry, label, line, strange};

async fn admin(house: &House) -> Visitor {
    house.staff("huda", &[Role::Administrator]).await;
    house.visitor("huda").await
}

#[tokio::test]
async fn labels_are_made_changed_and_removed() {
    let house = House::open().await;
    let mut admin = admin(&house).await;
    admin
        .get("/staff/labels")
        .await
        .is(200)
        .says("There is no label yet");
    admin
        .post("/staff/labels", "ar=&en=urgent&tone=bad")
        .await
        .is(303);
    admin
        .get("/staff/labels")
        .await
        .is(200)
        .says("both languages");
    let long = "%D8%B3".repeat(300);
    admin
        .post("/staff/labels", &format!("ar={long}&en=%3Cb%3E&tone=bad"))
        .await
        .is(303);
    admin.get("/staff/labels").await.is(200).says("&#60;b&#62;");
    let mut tx = house.store.reader().await.unwrap();
    let id = label::all(&mut tx).await.unwrap().remove(0).id;
    drop(tx);
    admin
        .post(
            &format!("/staff/labels/{id}"),
            "ar=x&en=urgent&tone=nonsense",
        )
        .await
        .is(303);
    admin.get("/staff/labels").await.is(200).says("urgent");
    admin
        .post("/staff/labels/none", "ar=x&en=y&tone=bad")
        .await
        .is(404);
    admin
        .post(&format!("/staff/labels/{id}/removal"), "")
        .await
        .is(303);
    admin
        .post(&format!("/staff/labels/{id}/removal"), "")
        .await
        .is(404);
    let mut tx = house.store.reader().await.unwrap();
    assert!(label::all(&mut tx).await.unwrap().is_empty());
    assert_eq!(label::every(&mut tx).await.unwrap().len(), 1);
}

#[tokio::test]
async fn canned_replies_name_only_what_can_be_filled() {
    let house = House::open().await;
    let mut admin = admin(&house).await;
    admin
        .get("/staff/canned")
        .await
        .is(200)
        .says("no canned reply yet");
    admin
        .get("/staff/canned/new")
        .await
        .is(200)
        .says("{reference}");
    admin
        .post("/staff/canned", "title=&ar=a&en=b")
        .await
        .is(422)
        .says("both languages are needed");
    let wrong = admin
        .post("/staff/canned", "title=t&ar=%7Bnmae%7D&en=b&service=")
        .await
        .is(422);
    wrong.says("There is no nmae").says(">{nmae}</textarea>");
    let body =
        "title=%3Ci%3Et&ar=%7Bname%7D&en=Hello+%7Bname%7D,+%7Bbrother%7Csister%7D&service=gone";
    admin.post("/staff/canned", body).await.is(303);
    let page = admin.get("/staff/canned").await.is(200);
    page.says("&#60;i&#62;t")
        .says("Hello Sarah, brother/sister");
    let mut tx = house.store.reader().await.unwrap();
    let id = canned::all(&mut tx).await.unwrap().remove(0).id;
    drop(tx);
    let path = format!("/staff/canned/{id}");
    admin.get(&path).await.is(200);
    admin
        .post(&path, "title=t&ar=a&en=b&service=")
        .await
        .is(303);
    admin.get("/staff/canned/none").await.is(404);
    admin.post(&format!("{path}/removal"), "").await.is(303);
    admin.get(&path).await.is(404);
}

#[tokio::test]
async fn one_press_teaches_a_group_of_questions() {
    let house = House::open().await;
    let mut admin = admin(&house).await;
    admin.get("/staff/faq").await.is(200).says("Nothing waits");
    let asked = |id: &str, text: &str| Unanswered {
        id: id.to_string(),
        conversation_id: "c".to_string(),
        text: text.to_string(),
        outcome: "offered",
        entry: None,
        at: now(),
    };
    let mut tx = house.store.begin_write().await.unwrap();
    let mut questions = vec![asked(
        "evil",
        "<script>alert(1)</script> {{7*7}} 1000000008",
    )];
    questions.extend((0..8).map(|n| asked(&format!("q{n}"), "متى تفتحون أبوابكم اليوم")));
    unanswered(&mut tx, &questions).await.unwrap();
    tx.commit().await.unwrap();
    let page = admin.get("/staff/faq").await.is(200);
    page.says("9 questions wait")
        .says("Asked 8 times")
        .says("and 3 more");
    assert!(!page.text.contains("<script>alert") && !page.text.contains("1000000008"));
    let entry = house.entry();
    let none = admin
        .post("/staff/faq/lessons", "question=q0&entry=nothing")
        .await
        .is(303);
    assert_eq!(none.header("location"), "/staff/faq");
    admin.get("/staff/faq").await.says("choose an entry");
    let ids: String = (0..8).map(|n| format!("question=q{n}&")).collect();
    admin
        .post("/staff/faq/lessons", &format!("{ids}entry={entry}"))
        .await
        .is(303);
    admin
        .get("/staff/faq")
        .await
        .says("Learned")
        .says("1 question waits");
    admin
        .post("/staff/faq/lessons", &format!("{ids}entry={entry}"))
        .await
        .is(303);
    admin.get("/staff/faq").await.says("settled these already");
    admin
        .post("/staff/faq/lessons", "question=evil&reject=yes")
        .await
        .is(303);
    admin.get("/staff/faq").await.says("Nothing waits");
    let mut tx = house.store.reader().await.unwrap();
    assert_eq!(faq::learned(&mut tx, 0).await.unwrap().len(), 1);
    drop(tx);
    admin
        .get(&format!("/staff/faq/entries/{entry}"))
        .await
        .is(200)
        .says("متى تفتحون");
}

#[tokio::test]
async fn an_entry_is_written_proved_and_given_back() {
    let house = House::open().await;
    let mut admin = admin(&house).await;
    let entry = house.entry();
    let path = format!("/staff/faq/entries/{entry}");
    let words = "title-ar=%D8%B9%D9%86%D9%88%D8%A7%D9%86&title-en=title&answer-ar=%D8%AC%D9%88%D8%A7%D8%A8&answer-en=A+new+answer";
    let questions: String = (0..6)
        .map(|n| format!("question+number+{n}+about+camels%0A"))
        .collect();
    let wrong = admin
        .post(&path, &format!("over=0&{words}&questions="))
        .await
        .is(422);
    wrong.says("cannot be taken into use");
    let unknown = admin
        .post(
            &path,
            &format!("over=0&{words}+%7B%7Bno_such_thing%7D%7D&questions={questions}"),
        )
        .await
        .is(422);
    unknown.says("no_such_thing");
    admin
        .post(&path, &format!("over=0&{words}&questions={questions}"))
        .await
        .is(303);
    admin
        .get(&path)
        .await
        .is(200)
        .says("A new answer")
        .says("Version 1");
    admin
        .post(&path, &format!("over=0&{words}&questions={questions}"))
        .await
        .is(409);
    admin
        .post(&format!("{path}/retirement"), "over=1")
        .await
        .is(303);
    admin.get(&path).await.is(200).says("out of use");
    admin
        .post(&format!("{path}/restoration"), "over=2")
        .await
        .is(303);
    admin.get(&path).await.is(200).says("Version 3");
    admin
        .post(
            "/staff/faq/entries",
            &format!("name=B%20%3A%20d&{words}&questions={questions}"),
        )
        .await
        .is(422);
    admin
        .post(
            "/staff/faq/entries",
            &format!("name={entry}&{words}&questions={questions}"),
        )
        .await
        .is(422)
        .says("already");
    admin
        .post(
            "/staff/faq/entries",
            &format!("name=camels&{words}&questions={questions}"),
        )
        .await
        .is(303);
    admin
        .get("/staff/faq/entries")
        .await
        .is(200)
        .says("/staff/faq/entries/camels");
    admin.get("/staff/faq/entries/none").await.is(404);
    admin
        .post(
            "/staff/faq/entries/none",
            &format!("over=0&{words}&questions={questions}"),
        )
        .await
        .is(404);
    let mut tx = house.store.reader().await.unwrap();
    assert_eq!(faq_entry::versions(&mut tx, &entry).await.unwrap().len(), 3);
}

#[tokio::test]
async fn the_calendar_is_written_over_what_was_seen() {
    let house = House::open().await;
    let mut admin = admin(&house).await;
    let page = admin.get("/staff/calendar").await.is(200);
    page.says("08:00-12:00, 16:00-20:00")
        .says("as the files say")
        .says("عيد الفطر");
    let quiet = "quiet-from=21:00&quiet-to=09:00&friday=14:00";
    let wrong = admin
        .post(
            "/staff/calendar",
            &format!("over=0&week-sun=9+to+5%3Cb%3E&{quiet}"),
        )
        .await
        .is(422);
    wrong
        .says("“9 to 5&#60;b&#62;” is no opening")
        .says("value=\"9 to 5&#60;b&#62;\"");
    admin
        .post(
            "/staff/calendar",
            &format!("over=0&week-sun=09:00-17:00&{quiet}"),
        )
        .await
        .is(303);
    admin
        .get("/staff/calendar")
        .await
        .is(200)
        .says("Version 1")
        .says("value=\"09:00-17:00\"");
    admin
        .post(
            "/staff/calendar",
            &format!("over=0&week-sun=10:00-17:00&{quiet}"),
        )
        .await
        .is(409);
    admin.post("/staff/calendar", quiet).await.is(400);
    admin
        .post("/staff/calendar/from-files", "over=1")
        .await
        .is(303);
    admin
        .get("/staff/calendar")
        .await
        .is(200)
        .says("as the files say")
        .says("08:00-12:00");
    let mut tx = house.store.reader().await.unwrap();
    assert_eq!(calendar::versions(&mut tx, 9).await.unwrap().len(), 2);
}

#[tokio::test]
async fn a_failed_event_is_tried_again_or_dropped() {
    let house = House::open().await;
    let mut admin = admin(&house).await;
    admin
        .get("/staff/system")
        .await
        .is(200)
        .says("No event has failed");
    let mut tx = house.store.begin_write().await.unwrap();
    let why = "Telegram refuses the bot's token";
    line::rest(&mut tx, "telegram", now() + 60_000, why, now())
        .await
        .unwrap();
    let odd = Strange::new("telegram", "update telepathy", "{}".to_string(), now());
    strange::keep(&mut tx, &[&odd]).await.unwrap();
    tx.commit().await.unwrap();
    admin
        .get("/staff/system")
        .await
        .is(200)
        .says("Channels that rest")
        .says("Telegram refuses the bot&#39;s token")
        .says("update telepathy");
    let failed = |id: &str, body: String| FailedEvent {
        id: id.to_string(),
        conversation: None,
        channel: "web".to_string(),
        body,
        reason: "column x is empty <b>".to_string(),
        at: now(),
    };
    let wrote = crate::event::What::Wrote {
        text: "سلام".to_string(),
    };
    let good = serde_json::to_string(&people::event(None, wrote)).unwrap();
    let mut tx = house.store.begin_write().await.unwrap();
    event::fail(&mut tx, &failed("good", good)).await.unwrap();
    event::fail(&mut tx, &failed("bad", "{}".to_string()))
        .await
        .unwrap();
    tx.commit().await.unwrap();
    admin
        .get("/staff/system")
        .await
        .is(200)
        .says("column x is empty &#60;b&#62;");
    admin
        .post("/staff/system/failed/bad/retry", "")
        .await
        .is(303);
    admin
        .get("/staff/system")
        .await
        .says("cannot be read by this version");
    admin
        .post("/staff/system/failed/good/retry", "")
        .await
        .is(303);
    admin.get("/staff/system").await.says("It was applied");
    admin
        .post("/staff/system/failed/good/retry", "")
        .await
        .is(404);
    admin
        .post("/staff/system/failed/bad/removal", "")
        .await
        .is(303);
    admin.get("/staff/system").await.says("No event has failed");
}

#[tokio::test]
async fn dialogs_are_shown_drawn_and_checked() {
    let house = House::open().await;
    let mut admin = admin(&house).await;
    let page = admin.get("/staff/dialogs").await.is(200);
    page.says("/staff/dialogs/apply")
        .says("What the check finds");
    let page = admin.get("/staff/dialogs/apply").await.is(200);
    page.says("The file as it stands").says("ask: full_name");
    let picture = admin.get("/staff/dialogs/apply/picture.svg").await.is(200);
    assert_eq!(picture.header("content-type"), "image/svg+xml");
    assert!(
        picture
            .header("content-security-policy")
            .contains("sandbox")
    );
    assert!(picture.text.starts_with("<svg"));
    admin.get("/staff/dialogs/picture.svg").await.is(200);
    admin.get("/staff/dialogs/none").await.is(404);
    admin.get("/staff/dialogs/none/picture.svg").await.is(404);
}

#[tokio::test]
async fn a_database_that_is_away_is_told_and_nothing_is_lost() {
    let house = House::open().await;
    let mut admin = admin(&house).await;
    house.store.close().await;
    let away = admin.get("/staff").await;
    assert_eq!(
        (away.status.as_u16(), away.header("retry-after")),
        (503, "2")
    );
    away.says("Nothing was changed");
    let style = away
        .text
        .split("href=\"/staff/assets/console.")
        .nth(1)
        .unwrap();
    let style = style.split('"').next().unwrap();
    let asset = admin
        .get(&format!("/staff/assets/console.{style}"))
        .await
        .is(200);
    assert!(asset.header("cache-control").contains("immutable"));
    admin
        .get("/staff/assets/console.000000000000.css")
        .await
        .is(200);
    admin.get("/staff/assets/none").await.is(404);
}
