//! The door: links, passwords, second factors, sessions, and what is kept when one ends.

use super::*;
use crate::console::welcome;
use crate::store::{session, verify};

#[tokio::test]
async fn the_first_administrator_comes_by_the_link_once() {
    let house = House::open().await;
    let mut visitor = house.stranger();
    let door = visitor.get("/staff/sign-in?lang=en").await.is(200);
    door.says("There is no administrator yet");
    let old = welcome::first(&house.store).await.unwrap().unwrap();
    let path = welcome::first(&house.store).await.unwrap().unwrap();
    visitor.get(&old).await.is(404).says("too old");
    visitor
        .get(&path)
        .await
        .is(200)
        .says("The first administrator");
    for (case, body, words) in [
        (
            "short",
            "title=Huda&name=huda&password=short&again=short",
            "too short",
        ),
        (
            "differs",
            "title=Huda&name=huda&password=three+camels+drink&again=x",
            "differ",
        ),
        (
            "no name",
            "title=&name=huda&password=three+camels+drink&again=three+camels+drink",
            "write your name",
        ),
        (
            "spaces",
            "title=Huda&name=h+u&password=three+camels+drink&again=three+camels+drink",
            "3 to 40",
        ),
    ] {
        let answer = visitor.post(&path, body).await;
        assert_eq!(answer.status, 422, "{case}");
        answer.says(words);
    }
    let body =
        "title=%D9%87%D8%AF%D9%89&name=Huda&password=three+camels+drink&again=three+camels+drink";
    let made = visitor.post(&path, body).await.is(303);
    assert_eq!(made.header("location"), "/staff");
    visitor.get(&path).await.is(404);
    assert_eq!(
        welcome::first(&house.store).await.unwrap(),
        None,
        "there is one now"
    );
    // Nothing is open before the second factor.
    let home = visitor.get("/staff").await.is(303);
    assert_eq!(home.header("location"), "/staff/second-factor");
    let page = visitor.get("/staff/second-factor").await.is(200);
    let secret = page.field("secret");
    visitor
        .post(
            "/staff/second-factor",
            &format!("secret={secret}&code=000000"),
        )
        .await
        .is(422);
    let code = house.code(&secret);
    let body = format!("secret={secret}&code={code}");
    let codes = visitor.post("/staff/second-factor", &body).await.is(200);
    assert_eq!(codes.text.matches("<li><code>").count(), 10);
    visitor.get("/staff").await.is(200).says("Welcome, هدى");
    // The same code a second time is no code.
    let mut again = house.stranger();
    again.sign_in("HUDA").await.is(303);
    again
        .post("/staff/sign-in/code", &format!("code={code}"))
        .await
        .is(422);
    let paper = codes.text.split("<li><code>").nth(1).unwrap()[..9].to_string();
    again
        .post("/staff/sign-in/code", &format!("back=/staff&code={paper}"))
        .await
        .is(303);
    again.get("/staff").await.is(200);
    let mut third = house.stranger();
    third.sign_in("huda").await.is(303);
    third
        .post("/staff/sign-in/code", &format!("code={paper}"))
        .await
        .is(422);
    assert!(
        verify::verify(&house.store)
            .await
            .unwrap()
            .findings
            .is_empty()
    );
}

#[tokio::test]
async fn a_password_lets_in_and_a_wrong_one_tells_nothing() {
    let house = House::open().await;
    house.staff("saad", &[Role::Officer]).await;
    let mut visitor = house.stranger();
    visitor.get("/staff?x=1").await.is(303);
    for body in [
        "name=saad&password=wrong",
        "name=nobody&password=wrong",
        "name=&password=",
    ] {
        let answer = visitor.post("/staff/sign-in?lang=en", body).await.is(422);
        answer.says("Name or password is not right");
        assert_eq!(
            answer.header("set-cookie"),
            "wasl-language=en; Path=/; Max-Age=31536000; SameSite=Lax"
        );
    }
    visitor.sign_in("saad").await.is(303);
    let page = visitor.get("/staff").await.is(200);
    assert_eq!(page.header("cache-control"), "no-store");
    visitor.get("/staff/nothing/here").await.is(404);
    visitor.post("/staff/sign-out", "").await.is(303);
    visitor.get("/staff").await.is(303);
}

#[tokio::test]
async fn guessing_is_slowed_for_who_guesses() {
    let house = House::open().await;
    house.staff("saad", &[Role::Officer]).await;
    let mut visitor = house.stranger();
    let mut slowed = 0;
    for _ in 0..10 {
        let answer = visitor
            .post("/staff/sign-in?lang=en", "name=saad&password=guess")
            .await;
        slowed += usize::from(answer.status == 429);
    }
    assert_eq!(slowed, 4);
}

#[tokio::test]
async fn nobody_signs_in_where_others_read_along() {
    for (url, host, status) in [
        ("http://chat.example.org", "chat.example.org", 403),
        ("http://127.0.0.1:8080", "192.0.2.7:8080", 403),
        ("http://127.0.0.1:8080", "localhost:8080", 303),
        ("http://127.0.0.1:8080", "[::1]:8080", 303),
        ("https://chat.example.org", "chat.example.org", 303),
    ] {
        let house = House::at(url).await;
        house.staff("saad", &[Role::Officer]).await;
        let mut visitor = house.stranger();
        visitor.host = host;
        let answer = visitor.sign_in("saad").await;
        assert_eq!(answer.status.as_u16(), status, "{url} {host}");
        let cookie = answer.header("set-cookie").to_string();
        assert_eq!(
            cookie.starts_with("__Host-wasl-staff="),
            url.starts_with("https")
        );
        assert_eq!(cookie.contains("; Secure"), url.starts_with("https"));
        assert!(status == 403 || cookie.contains("; HttpOnly; SameSite=Lax"));
    }
}

#[tokio::test]
async fn a_revoked_session_opens_nothing_and_what_was_written_is_kept() {
    let house = House::open().await;
    let id = house.staff("saad", &[Role::Officer]).await;
    let mut visitor = house.visitor("saad").await;
    visitor.get("/staff").await.is(200);
    let mut tx = house.store.begin_write().await.unwrap();
    assert_eq!(session::end_others(&mut tx, &id, "").await.unwrap(), 1);
    tx.commit().await.unwrap();
    let kept = visitor
        .post(
            "/staff/anything/1?a=b",
            "text=%3Cb%3Ehello+there%3C%2Fb%3E&client=7",
        )
        .await
        .is(401);
    kept.says("What you wrote is kept");
    assert_eq!(kept.field("back"), "/staff/anything/1?a=b");
    let draft = kept.field("draft").replace("&#38;", "&");
    assert_eq!(draft, "text=%3Cb%3Ehello+there%3C%2Fb%3E&client=7");
    let escaped = draft
        .replace('%', "%25")
        .replace('&', "%26")
        .replace('+', "%2B");
    let body =
        format!("name=saad&password=three+camels+drink&back=/staff/anything/1&draft={escaped}");
    let page = visitor.post("/staff/sign-in", &body).await.is(200);
    page.says("Nothing has been done yet")
        .says("&#60;b&#62;hello there&#60;/b&#62;");
    page.says("action=\"/staff/anything/1\"")
        .says("name=\"client\" value=\"7\"");
}

#[tokio::test]
async fn sessions_end_by_themselves() {
    let house = House::open().await;
    let id = house.staff("saad", &[Role::Officer]).await;
    let mut tx = house.store.begin_write().await.unwrap();
    let begin = |at| session::Begun {
        id: "s",
        token: "token",
        staff: &id,
        stage: session::Stage::Whole,
        agent: "",
        at,
    };
    session::begin(&mut tx, &begin(1_000)).await.unwrap();
    let mut at = 1_000;
    // Busy every hour, until the day is over.
    for _ in 0..11 {
        at += 3_600_000;
        assert!(
            session::find(&mut tx, "token", at)
                .await
                .unwrap()
                .unwrap()
                .stale
        );
        session::touch(&mut tx, "s", &id, at).await.unwrap();
    }
    assert!(
        session::find(&mut tx, "token", at + 3_600_000)
            .await
            .unwrap()
            .is_none()
    );
    session::begin(&mut tx, &begin(at + 7_200_000))
        .await
        .unwrap();
    let idle = at + 7_200_000 + session::IDLE_MILLIS;
    assert!(
        session::find(&mut tx, "token", idle - 1)
            .await
            .unwrap()
            .is_some()
    );
    assert!(
        session::find(&mut tx, "token", idle)
            .await
            .unwrap()
            .is_none()
    );
    assert!(
        session::find(&mut tx, "other", idle - 1)
            .await
            .unwrap()
            .is_none()
    );
}
