//! Accounts: invited, changed, deactivated; who may see which page; and what stands in the audit of it.

use super::*;
use crate::event::{Control, Event, EventKey, Known, Origin, Seed, Source, StaffAct, What};
use crate::store::chain::{self, Filter};
use crate::store::{conflict, conversation, verify};

/// What the audit knows: act and detail, the newest first.
async fn audit(house: &House) -> Vec<(String, String)> {
    let filter = Filter {
        author: None,
        kind: None,
        subject: None,
        from: 0,
        to: i64::MAX,
        before: i64::MAX,
    };
    let mut tx = house.store.reader().await.unwrap();
    let seen = chain::newest(&mut tx, verify::AUDIT, &filter, 100)
        .await
        .unwrap();
    seen.into_iter().map(|one| (one.kind, one.detail)).collect()
}

fn link_of(page: &Answer) -> String {
    let rest = page.text.split("http://127.0.0.1:8080").nth(1).unwrap();
    rest.split('<').next().unwrap().to_string()
}

#[tokio::test]
async fn an_officer_is_invited_comes_in_and_is_there() {
    let house = House::open().await;
    house.staff("huda", &[Role::Administrator]).await;
    let mut admin = house.visitor("huda").await;
    admin.get("/staff/people").await.is(200).says("huda");
    admin
        .get("/staff/people/new")
        .await
        .is(200)
        .says("Relations officer");
    for (case, body, words) in [
        (
            "nobody",
            "title=&name=saad&roles=officer",
            "write your name",
        ),
        ("no role", "title=Saad&name=saad", "at least one role"),
        (
            "no branch",
            "title=Saad&name=saad&roles=representative",
            "needs a branch",
        ),
        (
            "an unfit name",
            "title=Saad&name=s+d&roles=officer",
            "3 to 40",
        ),
        (
            "a taken name",
            "title=Saad&name=HUDA&roles=officer",
            "already",
        ),
    ] {
        let answer = admin.post("/staff/people", body).await;
        assert_eq!(answer.status, 422, "{case}");
        answer.says(words);
    }
    let page = admin
        .post(
            "/staff/people",
            "title=%D8%B3%D8%B9%D8%AF&name=saad&roles=officer&roles=committee",
        )
        .await
        .is(200);
    let link = link_of(&page);
    let mut officer = house.stranger();
    officer
        .get(&format!("{link}?lang=en"))
        .await
        .is(200)
        .says("سعد, you have been invited");
    officer.sign_in("saad").await.is(422);
    let password = "password=three+camels+drink&again=three+camels+drink";
    officer.post(&link, password).await.is(303);
    officer.post(&link, password).await.is(404);
    officer.get("/staff").await.is(200);
    officer.get("/staff/people").await.is(404);
    let (kind, detail) = audit(&house).await.remove(0);
    assert_eq!(
        (kind.as_str(), detail.as_str()),
        ("refused", r#"{"what":"permission-staff"}"#)
    );
    // Who verifies does not vote: allowed, and said.
    let id = page
        .text
        .split("/staff/people/")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .to_string();
    admin
        .get(&format!("/staff/people/{id}"))
        .await
        .is(200)
        .says("should not vote on it");
}

#[tokio::test]
async fn a_role_that_is_taken_away_counts_at_the_next_step() {
    let house = House::open().await;
    house.staff("huda", &[Role::Administrator]).await;
    let second = house.staff("saad", &[Role::Administrator]).await;
    let mut admin = house.visitor("huda").await;
    let mut other = house.visitor("saad").await;
    other.get("/staff/people").await.is(200);
    let page = format!("/staff/people/{second}");
    admin.post(&page, "title=Saad&roles=officer").await.is(303);
    other.get("/staff/people").await.is(404);
    other
        .post(&page, "title=Saad&roles=administrator")
        .await
        .is(404);
    other.get("/staff").await.is(200);
    // The last administrator stays one.
    let own = {
        let mut tx = house.store.reader().await.unwrap();
        staff::named(&mut tx, "huda").await.unwrap().unwrap().id
    };
    let answer = admin
        .post(&format!("/staff/people/{own}"), "title=Huda&roles=officer")
        .await
        .is(422);
    answer.says("last administrator");
    admin
        .post(&format!("/staff/people/{own}/deactivation"), "")
        .await
        .is(303);
    admin
        .get("/staff/people")
        .await
        .is(200)
        .says("last administrator");
    // Whoever becomes one needs a second factor from then on.
    house.staff("reem", &[Role::Officer]).await;
    let mut reem = house.visitor("reem").await;
    reem.get("/staff").await.is(200);
    let id = {
        let mut tx = house.store.reader().await.unwrap();
        staff::named(&mut tx, "reem").await.unwrap().unwrap().id
    };
    admin
        .post(
            &format!("/staff/people/{id}"),
            "title=Reem&roles=administrator",
        )
        .await
        .is(303);
    let sent = reem.get("/staff/people").await.is(303);
    assert_eq!(sent.header("location"), "/staff/second-factor");
}

pub fn event(conversation: Option<&str>, what: What) -> Event {
    let from = match conversation {
        Some(id) => Origin::Conversation(id.to_string()),
        None => Origin::Address(crate::event::Address {
            channel: "web".to_string(),
            account: String::new(),
            id: "somebody".to_string(),
        }),
    };
    Event {
        key: EventKey {
            channel: "web".to_string(),
            account: String::new(),
            key: fresh_id(),
        },
        received_at: now(),
        sent_at: None,
        seed: Seed(rand::random()),
        from,
        also: None,
        what,
        message_id: None,
        kind: "text".to_string(),
        source: Source::Own,
        ranked: None,
        note: None,
        known: Known::default(),
    }
}

#[tokio::test]
async fn whoever_leaves_hands_back_what_they_held() {
    let house = House::open().await;
    house.staff("huda", &[Role::Administrator]).await;
    let id = house.staff("saad", &[Role::Officer]).await;
    let inbox = &house._started.inbox;
    let wrote = What::Wrote {
        text: "سلام".to_string(),
    };
    let talk = inbox.take(event(None, wrote)).await.unwrap().conversation;
    let claim = What::Staff(StaffAct::Claimed { by: id.clone() });
    inbox.take(event(Some(&talk), claim)).await.unwrap();
    let mut officer = house.visitor("saad").await;
    let mut admin = house.visitor("huda").await;
    admin
        .get(&format!("/staff/people/{id}"))
        .await
        .is(200)
        .says("1 conversation");
    admin
        .post(&format!("/staff/people/{id}/deactivation"), "")
        .await
        .is(303);
    let mut tx = house.store.reader().await.unwrap();
    let found = conversation::find(&mut tx, &talk).await.unwrap().unwrap();
    assert_eq!(found.control, Control::Waiting);
    officer.get("/staff").await.is(303);
    officer.sign_in("saad").await.is(422);
    admin
        .get(&format!("/staff/people/{id}"))
        .await
        .is(200)
        .says("deactivated");
    admin
        .post(&format!("/staff/people/{id}/activation"), "")
        .await
        .is(303);
    officer.sign_in("saad").await.is(303);
}

#[tokio::test]
async fn people_are_told_that_staff_answer_once_somebody_can() {
    let house = House::open().await;
    let known = || async {
        let wrote = What::Wrote {
            text: "سلام".to_string(),
        };
        let id = house
            ._started
            .inbox
            .take(event(None, wrote))
            .await
            .unwrap()
            .conversation;
        let mut tx = house.store.reader().await.unwrap();
        let contact = conversation::find(&mut tx, &id)
            .await
            .unwrap()
            .unwrap()
            .contact;
        let all = crate::store::known::load(&mut tx, &[&contact])
            .await
            .unwrap();
        all[&contact].staffed
    };
    assert!(!known().await);
    house.staff("reem", &[Role::Quality, Role::Committee]).await;
    assert!(!known().await);
    let id = house.staff("saad", &[Role::Officer]).await;
    assert!(known().await);
    let mut tx = house.store.begin_write().await.unwrap();
    staff::deactivate(&mut tx, &id, Some(now())).await.unwrap();
    tx.commit().await.unwrap();
    assert!(!known().await);
}

#[tokio::test]
async fn a_conflict_is_declared_and_stays_until_another_withdraws_it() {
    let house = House::open().await;
    let own = house.staff("huda", &[Role::Administrator]).await;
    let id = house.staff("saad", &[Role::Officer]).await;
    let mut officer = house.visitor("saad").await;
    let body = "document=%D9%A1%D9%A0%D9%A0%D9%A0%D9%A0%D9%A0%D9%A0%D9%A0%D9%A0%D9%A8&relation=%3Cb%3Ebrother";
    officer
        .post("/staff/account/conflicts", "document=12&relation=x")
        .await
        .is(303);
    officer
        .get("/staff/account")
        .await
        .is(200)
        .says("no ID or Iqama number");
    officer.post("/staff/account/conflicts", body).await.is(303);
    officer
        .get("/staff/account")
        .await
        .is(200)
        .says("&#60;b&#62;brother · …0008");
    let mut tx = house.store.reader().await.unwrap();
    let kept = conflict::of_staff(&mut tx, &id).await.unwrap();
    assert_eq!(
        conflict::among(&mut tx, &id, &["nobody"])
            .await
            .unwrap()
            .len(),
        0
    );
    drop(tx);
    let mut admin = house.visitor("huda").await;
    let path = format!("/staff/people/{id}/conflicts/{}/removal", kept[0].id);
    officer.post(&path, "").await.is(404);
    admin.post("/staff/account/conflicts", body).await.is(303);
    admin
        .post(&format!("/staff/people/{own}/conflicts/x/removal"), "")
        .await
        .is(303);
    admin
        .get("/staff/account")
        .await
        .is(200)
        .says("another administrator");
    admin.post(&path, "").await.is(303);
    let mut tx = house.store.reader().await.unwrap();
    assert!(conflict::of_staff(&mut tx, &id).await.unwrap().is_empty());
}

#[tokio::test]
async fn every_page_opens_for_who_may_and_for_nobody_else() {
    use crate::console::section::NAVIGATION;
    let house = House::open().await;
    for role in Role::ALL {
        let name = role.word();
        house.staff(name, &[role]).await;
        let mut visitor = house.visitor(name).await;
        for section in NAVIGATION.iter().flat_map(|(_, sections)| *sections) {
            let may = section
                .needs()
                .is_none_or(|needed| needed.roles().contains(&role));
            let answer = visitor.get(section.path()).await;
            let expected = if may { 200 } else { 404 };
            assert_eq!(
                answer.status.as_u16(),
                expected,
                "{name} {section:?}\n{}",
                answer.text
            );
        }
        visitor.get("/staff/account").await.is(200);
    }
    let mut nobody = house.stranger();
    for section in NAVIGATION.iter().flat_map(|(_, sections)| *sections) {
        nobody.get(section.path()).await.is(303);
    }
}

#[tokio::test]
async fn a_password_is_changed_and_other_browsers_are_out() {
    let house = House::open().await;
    house.staff("saad", &[Role::Officer]).await;
    let mut here = house.visitor("saad").await;
    let mut there = house.visitor("saad").await;
    let page = here.get("/staff/account").await.is(200);
    assert_eq!(
        page.text.matches("class=\"danger\"").count(),
        1,
        "one other session"
    );
    for (body, words) in [
        (
            "current=wrong&password=four+camels+sleep&again=four+camels+sleep",
            "not right",
        ),
        (
            "current=three+camels+drink&password=four+camels+sleep&again=x",
            "differ",
        ),
        (
            "current=three+camels+drink&password=short&again=short",
            "too short",
        ),
        (
            "current=three+camels+drink&password=four+camels+sleep&again=four+camels+sleep",
            "is changed",
        ),
    ] {
        here.post("/staff/account/password", body).await.is(303);
        here.get("/staff/account").await.is(200).says(words);
    }
    there.get("/staff").await.is(303);
    there.sign_in("saad").await.is(422);
    // A session of another is none of ours to end.
    let own = here.get("/staff/account").await;
    assert!(!own.text.contains("sessions/end\""));
    here.post("/staff/account/sessions/not-mine/end", "")
        .await
        .is(404);
}

#[tokio::test]
async fn the_language_is_ones_own_and_pages_speak_it() {
    let house = House::open().await;
    house.staff("saad", &[Role::Officer]).await;
    let mut visitor = house.visitor("saad").await;
    visitor
        .get("/staff")
        .await
        .is(200)
        .says("<html lang=\"en\" dir=\"ltr\">");
    visitor
        .post("/staff/account/language", "language=ar")
        .await
        .is(303);
    visitor
        .get("/staff")
        .await
        .is(200)
        .says("<html lang=\"ar\" dir=\"rtl\">");
    visitor.post("/staff/sign-out", "").await.is(303);
    visitor
        .get("/staff/sign-in")
        .await
        .is(200)
        .says("تسجيل الدخول");
    visitor
        .post("/staff/account/language", "language=xx")
        .await
        .is(401);
}

#[tokio::test]
async fn names_with_script_and_overlong_ones_are_harmless_everywhere() {
    let house = House::open().await;
    house.staff("huda", &[Role::Administrator]).await;
    let mut admin = house.visitor("huda").await;
    let evil = "%3Cscript%3Ealert(1)%3C%2Fscript%3E{{7*7}}";
    let long = "%D8%B3".repeat(400);
    for (name, title) in [("evil", evil), ("long", long.as_str())] {
        let body = format!("title={title}&name={name}&roles=representative&branch={title}");
        let page = admin.post("/staff/people", &body).await.is(200);
        let id = page
            .text
            .split("/staff/people/")
            .nth(1)
            .unwrap()
            .split('"')
            .next()
            .unwrap();
        let own = format!("/staff/people/{id}");
        for path in ["/staff/people", own.as_str(), "/staff/audit"] {
            let page = admin.get(path).await.is(200);
            assert!(!page.text.contains("<script>"), "{path}");
            assert!(!page.text.contains("style="), "{path}");
            assert!(!page.text.contains("onclick"), "{path}");
        }
    }
    admin
        .get("/staff/people")
        .await
        .says("&#60;script&#62;alert(1)&#60;/script&#62;{{7*7}}");
    admin
        .get("/staff/audit?who=%3Cscript%3E&act=x&from=2026-13-77&subject=%22%3E&before=zz")
        .await
        .is(200);
}

#[tokio::test]
async fn the_audit_is_read_by_who_when_and_what() {
    let house = House::open().await;
    let id = house.staff("huda", &[Role::Administrator]).await;
    house.staff("saad", &[Role::Officer]).await;
    let mut officer = house.visitor("saad").await;
    for _ in 0..60 {
        officer.get("/staff/people").await.is(404);
    }
    let mut admin = house.visitor("huda").await;
    let page = admin.get("/staff/audit").await.is(200);
    assert_eq!(page.text.matches("<td class=\"number\">").count(), 50);
    let older = page
        .text
        .split("href=\"/staff/audit?")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    let older = admin.get(&format!("/staff/audit?{older}")).await.is(200);
    assert!(older.text.matches("<td class=\"number\">").count() > 10);
    let own = admin
        .get(&format!("/staff/audit?who={id}&act=signed_in"))
        .await
        .is(200);
    assert_eq!(own.text.matches("<td class=\"number\">").count(), 1);
    admin
        .get("/staff/audit?from=2020-01-01&to=2020-01-02")
        .await
        .is(200)
        .says("Nothing of this kind");
    assert!(
        verify::verify(&house.store)
            .await
            .unwrap()
            .findings
            .is_empty()
    );
}
