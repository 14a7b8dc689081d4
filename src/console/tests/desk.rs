//! What staff have at hand in a conversation, and what happens when something goes wrong in mid-work.

use super::conversation::{HUMAN, page};
use super::*;
use crate::event::{Beside, Filled, StaffAct};
use crate::inbox::tests::{staff as acts, wrote, wrote_on};
use crate::store::desk::{self, Asked, List};
use crate::store::{conversation, draft, identity, message, reach, session};

impl House {
    /// What was said in a conversation, oldest first: who, and the words.
    async fn said(&self, id: &str) -> Vec<message::Message> {
        let mut tx = self.store.reader().await.unwrap();
        message::after(&mut tx, id, 0, 100).await.unwrap()
    }

    async fn last_reply(&self, id: &str) -> crate::reply::Reply {
        let last = self.said(id).await.pop().unwrap();
        serde_json::from_str(last.payload.as_deref().unwrap()).unwrap()
    }
}

/// A small document, as text.
const PDF: &str = "%PDF-1.4\n%%EOF";

#[tokio::test]
async fn labels_come_from_the_catalogue_in_the_readers_language() {
    let house = House::open().await;
    house.staff("huda", &[Role::Officer]).await;
    let id = house.hears("a", HUMAN).await;
    let mut huda = house.visitor("huda").await;
    let path = format!("{}/labels", page(&id));
    huda.post(&path, "key=0&label=made-up").await.is(400);
    let body = "ar=%D8%B9%D8%A7%D8%AC%D9%84&en=urgent+case&tone=bad";
    huda.post("/staff/labels", body).await.is(303);
    let label = huda.label("other").await;
    huda.post(&path, &format!("key=1&label={label}"))
        .await
        .is(303);
    huda.get(&page(&id))
        .await
        .is(200)
        .says("other")
        .says(">urgent case</option>");
    let filtered = format!("/staff/conversations?label={label}");
    let list = huda.get(&filtered).await.is(200);
    assert!(list.text.contains(&page(&id)) && list.text.contains("badge bad"));
    huda.post(&format!("/staff/labels/{label}/removal"), "")
        .await
        .is(303);
    huda.post(&path, &format!("key=2&label={label}"))
        .await
        .is(400);
    huda.get(&page(&id)).await.is(200).says("other");
    huda.post(&path, &format!("key=3&label={label}&on=no"))
        .await
        .is(303);
    let shown = huda.get(&page(&id)).await.is(200);
    assert!(!shown.text.contains("other"), "it was taken off");
}

#[tokio::test]
async fn a_canned_reply_is_filled_for_the_person_and_its_files_go_along() {
    let house = House::open().await;
    house.staff("huda", &[Role::Officer]).await;
    let id = house.hears("a", HUMAN).await;
    let mut huda = house.visitor("huda").await;
    let text = "%7B%D8%A3%D8%AE%D9%8A%7C%D8%A3%D8%AE%D8%AA%D9%8A%7D+%7Bofficer%7D+%7Breference%7D";
    let body = format!("title=Hello&ar={text}&en={text}");
    huda.post("/staff/canned", &body).await.is(303);
    let index = huda.get("/staff/canned").await.is(200);
    let canned = index.text.split("/staff/canned/").nth(2).unwrap();
    let canned: String = canned.chars().take_while(|c| *c != '"').collect();
    let files = format!("/staff/canned/{canned}/files");
    huda.send_parts(&files, &[("files/a.pdf", PDF)])
        .await
        .is(303);
    huda.send_parts(&files, &[("files/a.exe", "MZ...")])
        .await
        .is(400);
    huda.get(&format!("/staff/canned/{canned}"))
        .await
        .is(200)
        .says("a.pdf");
    huda.post(&format!("{}/draft", page(&id)), "text=begun")
        .await
        .is(204);
    let chosen = format!("{}?canned={canned}&whom=woman", page(&id));
    let shown = huda.get(&chosen).await.is(200);
    shown
        .says("begun\nأختي huda {reference}")
        .says("To a woman");
    shown.says("a.pdf");
    let file = shown.text.split("name=\"canned_file\" value=\"").nth(1);
    let file = file.unwrap().split('"').next().unwrap();
    let messages = format!("{}/messages", page(&id));
    let form = |text, key| {
        [
            ("key", key),
            ("text", text),
            ("canned", canned.as_str()),
            ("canned_file", file),
        ]
    };
    let unfilled = form("أختي huda {reference}", "1");
    huda.send_parts(&messages, &unfilled).await.is(303);
    huda.get(&page(&id)).await.is(200).says("has no value yet");
    assert_eq!(house.said(&id).await.len(), 2, "nothing was sent");
    let whole = form("أختي، حياكم الله", "2");
    huda.send_parts(&messages, &whole).await.is(303);
    let reply = house.last_reply(&id).await;
    assert_eq!(reply.texts, ["أختي، حياكم الله"]);
    let [crate::reply::Show::Attachment { file: sent }] = &reply.shows[..] else {
        panic!("{:?}", reply.shows);
    };
    assert!(sent.id != file && sent.name.as_deref() == Some("a.pdf"));
    let removal = format!("{files}/{file}/removal");
    huda.post(&removal, "").await.is(303);
    huda.post(&removal, "").await.is(404);
    let own = format!("{}/files/{}", page(&id), sent.id);
    huda.get(&own).await.is(200).says("%PDF");
}

#[tokio::test]
async fn outside_the_window_only_a_template_can_be_sent() {
    let house = House::open().await;
    house.staff("huda", &[Role::Officer]).await;
    let mut event = wrote_on("whatsapp", "966550198437", HUMAN);
    event.received_at = now() - 25 * 3_600_000;
    let id = house.takes(event).await.conversation;
    let mut huda = house.visitor("huda").await;
    let shown = huda.get(&page(&id)).await.is(200);
    shown.says("Approved template");
    assert!(!shown.text.contains("data-draft"), "no box to write in");
    let value = shown.text.split("name=\"template\" value=\"").nth(1);
    let value = value
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .replace("&#124;", "|");
    let messages = format!("{}/messages", page(&id));
    let before = house.said(&id).await.len();
    // A page that was opened in time, and sent too late.
    huda.post(&messages, "key=1&text=free+words").await.is(303);
    huda.get(&page(&id)).await.is(200).says("nothing was sent");
    assert_eq!(house.said(&id).await.len(), before);
    let kept = {
        let mut tx = house.store.reader().await.unwrap();
        let account = staff::named(&mut tx, "huda").await.unwrap().unwrap();
        draft::find(&mut tx, &account.id, &id).await.unwrap()
    };
    assert_eq!(kept.as_deref(), Some("free words"));
    huda.post(&messages, "key=2&template=made_up%7C")
        .await
        .is(400);
    let body = format!("key=3&template={}", value.replace('|', "%7C"));
    huda.post(&messages, &body).await.is(303);
    let reply = house.last_reply(&id).await;
    let started = reply.proactive.unwrap();
    assert_eq!(format!("{}|", started.template), value);
    // They write, and the window is open again.
    let mut fresh = wrote_on("whatsapp", "966550198437", "نعم، أنا هنا");
    fresh.received_at = now();
    house.takes(fresh).await;
    let open = huda.get(&page(&id)).await.is(200);
    assert!(open.text.contains("data-draft"));
    open.says("answer freely until");
}

#[tokio::test]
async fn who_cannot_be_reached_is_not_written_to_in_vain() {
    let house = House::open().await;
    house.staff("huda", &[Role::Officer]).await;
    let id = house
        .takes(wrote_on("telegram", "77", HUMAN))
        .await
        .conversation;
    let mut tx = house.store.begin_write().await.unwrap();
    let contact = conversation::find(&mut tx, &id)
        .await
        .unwrap()
        .unwrap()
        .contact;
    let own = identity::of_contact(&mut tx, &contact)
        .await
        .unwrap()
        .remove(0);
    reach::bar(&mut tx, &own.id, "the person blocked the bot", now())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let mut huda = house.visitor("huda").await;
    let shown = huda.get(&page(&id)).await.is(200);
    shown.says("nothing arrives until they write");
    assert!(!shown.text.contains("data-draft"), "no box to write in");
    let before = house.said(&id).await.len();
    huda.post(&format!("{}/messages", page(&id)), "key=1&text=hello")
        .await
        .is(303);
    assert_eq!(house.said(&id).await.len(), before);
    house.takes(wrote_on("telegram", "77", "أنا هنا")).await;
    let back = huda.get(&page(&id)).await.is(200);
    assert!(back.text.contains("data-draft"));
}

#[tokio::test]
async fn a_reply_that_comes_after_the_session_has_ended_is_kept_and_sent_by_a_press() {
    let house = House::open().await;
    let huda_id = house.staff("huda", &[Role::Officer]).await;
    let id = house.hears("a", HUMAN).await;
    let mut huda = house.visitor("huda").await;
    huda.post(&format!("{}/handover", page(&id)), "key=c")
        .await
        .is(303);
    let mut tx = house.store.begin_write().await.unwrap();
    session::end_others(&mut tx, &huda_id, "").await.unwrap();
    tx.commit().await.unwrap();
    let messages = format!("{}/messages", page(&id));
    let form = [("key", "r"), ("text", "half an hour"), ("files/a.pdf", PDF)];
    let kept = huda.send_parts(&messages, &form).await.is(401);
    kept.says("What you wrote is kept");
    let before = house.said(&id).await.len();
    let draft = kept.field("draft").replace("&#38;", "&");
    assert_eq!(draft, "key=r&text=half%20an%20hour");
    let escaped = draft.replace('%', "%25").replace('&', "%26");
    let body = format!("name=huda&password=three+camels+drink&back={messages}&draft={escaped}");
    let asked = huda.post("/staff/sign-in", &body).await.is(200);
    asked.says("half an hour").says("Nothing has been done yet");
    assert_eq!(house.said(&id).await.len(), before);
    huda.post(&messages, &draft).await.is(303);
    huda.post(&messages, &draft).await.is(303);
    assert_eq!(house.said(&id).await.len(), before + 1, "once");
}

#[tokio::test]
async fn a_page_that_is_left_open_keeps_no_session_and_its_line_ends_with_it() {
    let house = House::open().await;
    let huda_id = house.staff("huda", &[Role::Officer]).await;
    let id = house.hears("a", HUMAN).await;
    let mut huda = house.stranger();
    let seen = async |house: &House| {
        let mut tx = house.store.reader().await.unwrap();
        let mut open = session::of_staff(&mut tx, &huda_id, now()).await.unwrap();
        open.remove(0)
    };
    // An hour ago somebody sat here.
    let mut tx = house.store.begin_write().await.unwrap();
    let begun = session::Begun {
        id: "s",
        token: "token",
        staff: &huda_id,
        stage: session::Stage::Whole,
        agent: "",
        at: now() - 3_600_000,
    };
    session::begin(&mut tx, &begun).await.unwrap();
    tx.commit().await.unwrap();
    huda.cookies.push(("wasl-staff".into(), "token".into()));
    let before = seen(&house).await.seen_at;
    let live = format!("{}/live", page(&id));
    let line = huda.open(&live).await;
    assert_eq!(
        seen(&house).await.seen_at,
        before,
        "the page did it by itself"
    );
    huda.get(&page(&id)).await.is(200);
    assert!(seen(&house).await.seen_at > before, "this was somebody");
    // Ended elsewhere, the line ends, and is not opened again.
    let mut tx = house.store.begin_write().await.unwrap();
    session::end_others(&mut tx, &huda_id, "").await.unwrap();
    tx.commit().await.unwrap();
    house.hears("a", "أنا هنا").await;
    let ended = tokio::time::timeout(
        std::time::Duration::from_secs(20),
        to_bytes(line, usize::MAX),
    );
    assert!(ended.await.is_ok(), "the line goes on");
    huda.get(&live).await.is(303);
}

#[tokio::test]
async fn a_role_that_is_taken_away_in_mid_work_ends_it_and_hands_it_back() {
    let house = House::open().await;
    house.staff("admin", &[Role::Administrator]).await;
    let huda_id = house.staff("huda", &[Role::Officer]).await;
    let id = house.hears("a", HUMAN).await;
    let mut huda = house.visitor("huda").await;
    huda.post(&format!("{}/handover", page(&id)), "key=c")
        .await
        .is(303);
    let mut admin = house.visitor("admin").await;
    admin
        .post(
            &format!("/staff/people/{huda_id}"),
            "title=Huda&roles=quality",
        )
        .await
        .is(303);
    assert_eq!(house.control(&id).await, "Waiting");
    let before = house.said(&id).await.len();
    for (rest, body) in [
        ("/messages", "key=1&text=still+me"),
        ("/draft", "text=still+me"),
        ("/notes", "key=2&text=still+me"),
        ("/handover/end", "key=3&how=closed"),
    ] {
        let path = format!("{}{rest}", page(&id));
        huda.post(&path, body).await.is(404);
    }
    huda.get(&page(&id)).await.is(404);
    assert_eq!(house.said(&id).await.len(), before);
    assert_eq!(house.control(&id).await, "Waiting");
}

#[tokio::test]
async fn a_conversation_is_set_aside_until_a_day_or_until_they_write() {
    let house = House::open().await;
    house.staff("huda", &[Role::Officer]).await;
    let id = house.hears("a", HUMAN).await;
    let mut huda = house.visitor("huda").await;
    let path = format!("{}/snooze", page(&id));
    for body in [
        "key=1&until=date",
        "key=2&until=date&date=2020-01-01",
        "key=3&until=date&date=never",
        "key=4&until=someday",
    ] {
        huda.post(&path, body).await.is(400);
    }
    huda.post(&path, "key=5&until=date&date=2199-03-01")
        .await
        .is(303);
    huda.get(&page(&id)).await.is(200).says("March 2199");
    let aside = huda.get("/staff/conversations?list=snoozed").await.is(200);
    assert!(aside.text.contains(&page(&id)));
    house.hears("a", "أنا هنا").await;
    let back = huda.get("/staff/conversations").await.is(200);
    assert!(back.text.contains(&page(&id)), "who writes is seen");
}

#[tokio::test]
async fn who_is_named_in_a_note_finds_it_in_their_inbox() {
    let house = House::open().await;
    house.staff("huda", &[Role::Officer]).await;
    house.staff("saad", &[Role::Officer]).await;
    let id = house.hears("a", HUMAN).await;
    let mut huda = house.visitor("huda").await;
    let path = format!("{}/notes", page(&id));
    huda.post(&path, "key=1&text=%40saad+what+now%3F")
        .await
        .is(303);
    let mut saad = house.visitor("saad").await;
    let called = "Colleagues ask for you";
    saad.get("/staff/conversations").await.is(200).says(called);
    saad.get(&page(&id)).await.is(200).says("@saad what now?");
    let looked = saad.get("/staff/conversations").await.is(200);
    assert!(!looked.text.contains(called), "seen is seen");
    let said = house.said(&id).await;
    assert!(
        said.iter()
            .all(|one| !one.text.as_deref().unwrap_or_default().contains("saad"))
    );
}

#[tokio::test]
async fn why_the_bot_said_it_is_told_in_words() {
    let house = House::open().await;
    house.staff("huda", &[Role::Officer]).await;
    house.hears("a", "تقديم طلب دعم").await;
    let id = house.hears("a", "متى أوقات الدوام؟").await;
    let mut huda = house.visitor("huda").await;
    let shown = huda.get(&page(&id)).await.is(200);
    shown.says("Why");
    for name in ["apply.service", "\"order\"", "at_rest"] {
        assert!(!shown.text.contains(name), "{name} is a name of the files");
    }
}

#[tokio::test]
async fn five_thousand_who_wait_are_listed_counted_and_offered_in_pages() {
    let house = House::open().await;
    house.staff("huda", &[Role::Officer]).await;
    const WAITING: i64 = 5_000;
    let every: Vec<_> = (0..WAITING)
        .map(|n| wrote(&format!("p{n}"), HUMAN))
        .collect();
    for chunk in every.chunks(250) {
        for taken in house._started.inbox.take_all(chunk.to_vec()).await {
            taken.unwrap();
        }
    }
    let mut huda = house.visitor("huda").await;
    let begun = std::time::Instant::now();
    let list = huda.get("/staff/conversations").await.is(200);
    list.says("5000");
    assert_eq!(list.text.matches("<li class=\"talk").count(), 40);
    assert!(list.text.contains("after="), "there is a next page");
    assert!(begun.elapsed().as_secs() < 5, "{:?}", begun.elapsed());
    let mut tx = house.store.reader().await.unwrap();
    let mut asked = Asked {
        list: List::Unassigned,
        now: now(),
        ..Asked::default()
    };
    let mut seen = BTreeSet::new();
    loop {
        let page = desk::list(&mut tx, &asked, 500).await.unwrap();
        seen.extend(page.rows.into_iter().map(|one| one.conversation));
        asked.after = page.after;
        if asked.after.is_none() {
            break;
        }
    }
    assert_eq!(seen.len(), 5_000);
    let offered = desk::offered(&mut tx, 200).await.unwrap();
    assert_eq!(offered.len(), 200, "offered step by step");
}

#[tokio::test]
async fn the_name_of_a_file_is_text_in_the_page_and_in_the_answer_that_gives_it() {
    let house = House::open().await;
    house.staff("huda", &[Role::Officer]).await;
    let id = house.hears("a", HUMAN).await;
    let mut huda = house.visitor("huda").await;
    let hostile = "<img src=x onerror=alert(1)>{{7*7}}.pdf";
    let part = format!("files/{hostile}");
    let form = [("key", "1"), ("text", "x"), (part.as_str(), PDF)];
    huda.send_parts(&format!("{}/messages", page(&id)), &form)
        .await
        .is(303);
    let shown = huda.get(&page(&id)).await.is(200);
    assert!(!shown.text.contains("<img src=x") && !shown.text.contains("{49}"));
    let crate::reply::Show::Attachment { file } = &house.last_reply(&id).await.shows[0] else {
        panic!("no file");
    };
    let given = huda
        .get(&format!("{}/files/{}", page(&id), file.id))
        .await
        .is(200);
    // A program goes nowhere, and what was written beside it is not lost.
    let before = house.said(&id).await.len();
    let form = [("key", "2"), ("text", "see this"), ("files/a.exe", "MZ...")];
    huda.send_parts(&format!("{}/messages", page(&id)), &form)
        .await
        .is(303);
    let told = huda.get(&page(&id)).await.is(200);
    told.says("Nothing was sent").says("see this</textarea>");
    assert_eq!(house.said(&id).await.len(), before);
    let named = given.header("content-disposition");
    assert!(named.is_ascii() && !named.contains('<'), "{named}");
    assert!(
        given
            .header("content-security-policy")
            .contains("default-src 'none'")
    );
}

#[tokio::test]
async fn a_template_in_an_old_act_reads_as_none() {
    let old: Beside = serde_json::from_str("{}").unwrap();
    assert_eq!(old.template, None::<Filled>);
    let act = StaffAct::Replied {
        by: "huda".into(),
        text: "x".into(),
        beside: old,
    };
    let house = House::open().await;
    let id = house.hears("a", HUMAN).await;
    house.takes(acts(&id, act)).await;
    assert!(house.last_reply(&id).await.proactive.is_none());
}
