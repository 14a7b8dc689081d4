//! The inbox and one conversation: empty, usual and overlong; who is faster, who may see, what is masked, and what
//! people write never becomes a part of the page.

use super::*;
use crate::event::{Event, StaffAct};
use crate::inbox::Taken;
use crate::inbox::tests::wrote;
use crate::store::{chain, conversation as conversations, search, verify};

impl House {
    /// Somebody writes on the website.
    pub async fn hears(&self, who: &str, text: &str) -> String {
        self.takes(wrote(who, text)).await.conversation
    }

    pub async fn takes(&self, event: Event) -> Taken {
        self._started.inbox.take(event).await.unwrap()
    }

    pub async fn control(&self, id: &str) -> String {
        let mut tx = self.store.reader().await.unwrap();
        let found = conversations::find(&mut tx, id).await.unwrap().unwrap();
        format!("{:?}", found.control)
    }

    /// What the audit says of a conversation, as author and kind.
    pub async fn audited(&self, id: &str) -> Vec<String> {
        let mut tx = self.store.reader().await.unwrap();
        let links = chain::about(&mut tx, verify::AUDIT, id).await.unwrap();
        links
            .iter()
            .map(|link| format!("{} {}", link.author, link.kind))
            .collect()
    }
}

pub const HUMAN: &str = "أريد موظف";

pub fn page(id: &str) -> String {
    format!("/staff/conversations/{id}")
}

#[tokio::test]
async fn an_empty_inbox_says_so_in_every_list() {
    let house = House::open().await;
    house.staff("huda", &[Role::Officer]).await;
    let mut huda = house.visitor("huda").await;
    for list in [
        "mine",
        "unassigned",
        "for_us",
        "for_them",
        "snoozed",
        "all",
        "nonsense",
    ] {
        let path = format!("/staff/conversations?list={list}");
        huda.get(&path).await.is(200).says("No conversations here");
    }
    huda.get("/staff/search").await.is(200);
    huda.get("/staff/search?q=nobody")
        .await
        .is(200)
        .says("Nothing found");
    let after = "/staff/conversations?list=all&after=zz.zz&late=-7&channel=%00";
    huda.get(after).await.is(200);
}

#[tokio::test]
async fn who_waits_is_taken_over_answered_and_given_back_at_the_very_question() {
    let house = House::open().await;
    house.staff("huda", &[Role::Officer]).await;
    let id = house.hears("a", HUMAN).await;
    let mut huda = house.visitor("huda").await;
    let list = huda.get("/staff/conversations").await.is(200);
    list.says("asked for staff");
    assert!(list.text.contains(&page(&id)));
    let shown = huda.get(&page(&id)).await.is(200);
    shown
        .says("Waiting for staff")
        .says("Take over")
        .says("What was said last");
    let key = shown.field("key");
    let claimed = huda
        .post(&format!("{}/handover", page(&id)), &format!("key={key}"))
        .await
        .is(303);
    assert_eq!(claimed.header("location"), page(&id));
    huda.get(&page(&id))
        .await
        .is(200)
        .says("The conversation is with you now.");
    assert!(house.control(&id).await.contains("Human"));
    for _ in 0..2 {
        let form = [("key", "k1"), ("text", "Good morning")];
        huda.send_parts(&format!("{}/messages", page(&id)), &form)
            .await
            .is(303);
    }
    let shown = huda.get(&page(&id)).await.is(200);
    assert_eq!(
        shown.text.matches("Good morning").count(),
        1,
        "a double click says it once"
    );
    let end = format!("{}/handover/end", page(&id));
    huda.post(&end, "key=e1&how=bot").await.is(303);
    assert_eq!(house.control(&id).await, "Bot");
    huda.get(&page(&id))
        .await
        .is(200)
        .says("returned it to the assistant");
    huda.post(&end, "key=e2&how=elsewhere").await.is(400);
    huda.post(&end, "how=bot").await.is(400);
}

#[tokio::test]
async fn whoever_was_too_late_learns_who_was_faster() {
    let house = House::open().await;
    house.staff("huda", &[Role::Officer]).await;
    house.staff("saad", &[Role::Officer]).await;
    let id = house.hears("a", HUMAN).await;
    let (mut huda, mut saad) = (house.visitor("huda").await, house.visitor("saad").await);
    let path = format!("{}/handover", page(&id));
    huda.post(&path, "key=1").await.is(303);
    saad.post(&path, "key=2").await.is(303);
    let told = saad.get(&page(&id)).await.is(200);
    told.says("A colleague was faster")
        .says("This conversation is with huda.");
    assert!(
        !told
            .text
            .contains("name=\"text\" dir=\"auto\" maxlength=\"4000\" data-draft"),
        "no box to write in"
    );
    let transfers = format!("{}/transfers", page(&id));
    saad.post(&transfers, "key=3&to=&why=").await.is(400);
    saad.post(&transfers, "key=4&to=nobody&why=because")
        .await
        .is(400);
    huda.post(&transfers, "key=5&to=&why=going+home")
        .await
        .is(303);
    assert_eq!(house.control(&id).await, "Waiting");
}

#[tokio::test]
async fn what_is_not_theirs_looks_like_nothing_and_is_audited() {
    let house = House::open().await;
    let quality = house.staff("qasim", &[Role::Quality]).await;
    let desk = house.staff("rana", &[Role::Representative]).await;
    let id = house.hears("a", HUMAN).await;
    let mut qasim = house.visitor("qasim").await;
    qasim.get(&page(&id)).await.is(404);
    qasim.get("/staff/conversations").await.is(404);
    let mut rana = house.visitor("rana").await;
    rana.get(&page(&id)).await.is(404);
    for rest in [
        "/handover",
        "/notes",
        "/labels",
        "/draft",
        "/typing",
        "/reveals",
        "/alerts/seen",
    ] {
        rana.post(
            &format!("{}{rest}", page(&id)),
            "key=1&text=x&label=x&why=x",
        )
        .await
        .is(404);
    }
    rana.get(&format!("{}/live", page(&id))).await.is(404);
    rana.get(&format!("{}/files/abc", page(&id))).await.is(404);
    let list = rana.get("/staff/conversations?list=all").await.is(200);
    assert!(!list.text.contains(&id));
    let audited = house.audited(&id).await;
    assert!(audited.contains(&format!("{desk} refused")), "{audited:?}");
    assert!(!audited.contains(&format!("{quality} saw")));
    assert_eq!(house.control(&id).await, "Waiting");
    rana.get("/staff/conversations/not-an-id").await.is(404);
}

#[tokio::test]
async fn what_people_write_is_text_in_every_place() {
    let house = House::open().await;
    house.staff("huda", &[Role::Officer]).await;
    let hostile = "<script>alert(1)</script>{{7*7}}\"'><img src=x onerror=alert(1)>\u{202e}";
    let id = house.hears("a", hostile).await;
    house.hears("a", HUMAN).await;
    let act = StaffAct::Noted {
        by: "huda".into(),
        text: hostile.into(),
        mentions: vec![],
    };
    house.takes(crate::inbox::tests::staff(&id, act)).await;
    let mut huda = house.visitor("huda").await;
    let label = "%3Cscript%3Ealert(1)%3C%2Fscript%3E%7B%7B7*7%7D%7D";
    let made = huda.label(label).await;
    huda.post(
        &format!("{}/labels", page(&id)),
        &format!("key=1&label={made}"),
    )
    .await
    .is(303);
    for path in [
        page(&id),
        "/staff/conversations?list=all".into(),
        format!("/staff/search?q={label}"),
        "/staff/labels".into(),
    ] {
        let shown = huda.get(&path).await.is(200);
        assert!(!shown.text.contains("<script>alert"), "{path}");
        assert!(!shown.text.contains("<img src=x"), "{path}");
        assert!(!shown.text.contains("{49}"), "{path}");
    }
    huda.get(&page(&id)).await.says("{{7*7}}");
}

#[tokio::test]
async fn an_overlong_conversation_is_shown_in_pages() {
    let house = House::open().await;
    house.staff("huda", &[Role::Officer]).await;
    let long = "كلمة ".repeat(900);
    let id = house.hears("a", &long).await;
    for n in 0..50 {
        house.hears("a", &format!("{n} {HUMAN}")).await;
    }
    let mut huda = house.visitor("huda").await;
    let shown = huda.get(&page(&id)).await.is(200);
    shown.says("Earlier");
    let before = shown.text.split("?before=").nth(1).unwrap();
    let before: String = before.chars().take_while(char::is_ascii_digit).collect();
    huda.get(&format!("{}?before={before}", page(&id)))
        .await
        .is(200);
    huda.get(&format!("{}?before=nonsense&answers=zz", page(&id)))
        .await
        .is(200);
}

#[tokio::test]
async fn sensitive_words_are_masked_until_a_reason_is_given() {
    let house = House::open().await;
    let huda_id = house.staff("huda", &[Role::Officer]).await;
    house.staff("saad", &[Role::Officer]).await;
    let id = house.hears("a", "رقم هويتي 1023456789").await;
    house.hears("a", HUMAN).await;
    let mut huda = house.visitor("huda").await;
    let shown = huda.get(&page(&id)).await.is(200);
    shown.says("Masked");
    assert!(!shown.text.contains("1023456789"));
    let reveals = format!("{}/reveals", page(&id));
    huda.post(&reveals, "why=").await.is(400);
    huda.post(&reveals, "why=calls+back").await.is(303);
    huda.get(&page(&id)).await.is(200).says("1023456789");
    let mut saad = house.visitor("saad").await;
    assert!(!saad.get(&page(&id)).await.text.contains("1023456789"));
    let audited = house.audited(&id).await;
    assert!(audited.contains(&format!("{huda_id} revealed")));
    assert!(audited.contains(&format!("{huda_id} saw")));
}

#[tokio::test]
async fn a_draft_is_kept_until_it_is_sent_and_a_search_finds_what_was_said() {
    let house = House::open().await;
    house.staff("huda", &[Role::Officer]).await;
    let id = house.hears("a", "أسأل عن السلة الغذائية").await;
    let mut huda = house.visitor("huda").await;
    huda.post(&format!("{}/draft", page(&id)), "text=half+a+sentence")
        .await
        .is(204);
    huda.get(&page(&id)).await.is(200).says("half a sentence");
    loop {
        let mut tx = house.store.begin_write().await.unwrap();
        let followed = search::follow(&mut tx).await.unwrap();
        tx.commit().await.unwrap();
        if followed == 0 {
            break;
        }
    }
    let found = huda.get("/staff/search?q=%D8%B3%D9%84%D8%A9").await.is(200);
    assert!(found.text.contains(&page(&id)));
    huda.post("/staff/views", "name=Mine&query=list%3Dmine")
        .await
        .is(303);
    huda.get("/staff/conversations").await.is(200).says("Mine");
    huda.post(
        "/staff/duty",
        "away=on&capacity=3&languages=ar&gender=woman",
    )
    .await
    .is(303);
    huda.get("/staff/conversations").await.is(200);
}
