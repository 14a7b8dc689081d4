//! A human takes over in the middle of a form and gives back, at the website's chat; the other channels' are beside
//! their stand-ins.

use crate::operating::becomes;
use crate::support::desk::Officer;
use crate::support::postgres::{Cluster, Sync};
use crate::support::server::Server;
use crate::support::talk::Person;
use crate::support::{Engine, engines};

#[tokio::test]
async fn on_the_website_an_officer_answers_and_the_bot_goes_on_at_the_very_question() {
    for engine in engines() {
        let server = Server::start(&engine).await;
        let mut huda = Officer::comes(&server, "huda").await;
        let mut sara = Person::arrives(&server, "ar").await;
        for option in ["apply", "rent", "agree", "self"] {
            sara.presses(option).await;
        }
        assert_eq!(sara.asked(), "full_name");
        let told = sara.says("أريد موظف").await;
        assert!(!told.is_empty(), "they hear when somebody answers");
        let hours = sara.says("متى أوقات الدوام؟").await;
        assert!(!hours.is_empty(), "while they wait the bot still answers");
        let talk = huda.first("unassigned").await;
        huda.claims(&talk).await;
        let silent = sara.says("هل من أحد؟").await;
        assert_eq!(silent, "", "{}: the bot talks over a person", engine.name);
        huda.answers(&talk, "حياكم الله، نحن معكم").await;
        let heard = sara.catches_up().await;
        assert!(heard.contains("نحن معكم"), "{heard}");
        let page = huda.page(&format!("/staff/conversations/{talk}")).await;
        assert!(
            page.contains("هل من أحد؟"),
            "what they wrote meanwhile is shown"
        );
        huda.returns(&talk).await;
        sara.catches_up().await;
        assert_eq!(sara.asked(), "full_name", "{}", engine.name);
        sara.says("نورة بنت سعد بن علي الشهري").await;
        assert_eq!(sara.asked(), "national_id", "{}", engine.name);
    }
}

/// Whoever writes in the very moment of the return is heard once: by the officer's page or by the bot.
#[tokio::test]
async fn what_is_written_during_the_return_is_answered_once() {
    for engine in engines() {
        let server = Server::start(&engine).await;
        let mut huda = Officer::comes(&server, "huda").await;
        let mut sara = Person::arrives(&server, "ar").await;
        for option in ["apply", "rent", "agree", "self"] {
            sara.presses(option).await;
        }
        sara.says("أريد موظف").await;
        let talk = huda.first("unassigned").await;
        huda.claims(&talk).await;
        let name = "نورة بنت سعد بن علي الشهري";
        tokio::join!(huda.returns(&talk), async { sara.says(name).await });
        sara.catches_up().await;
        let asked = sara.asked();
        // Before the return it was said to the officer, and the bot asks; after it the bot took it.
        match asked.as_str() {
            "full_name" => sara.says(name).await,
            _ => String::new(),
        };
        assert_eq!(sara.asked(), "national_id", "{}", engine.name);
        let page = huda.page(&format!("/staff/conversations/{talk}")).await;
        assert!(page.contains("نورة"), "it stands in the history");
    }
}

#[tokio::test]
async fn another_site_moves_nothing_under_staff() {
    let server = Server::start(&engines()[0]).await;
    let huda = Officer::comes(&server, "huda").await;
    let mut sara = Person::arrives(&server, "ar").await;
    sara.says("أريد موظف").await;
    let talk = huda.first("unassigned").await;
    let path = format!("/staff/conversations/{talk}");
    for (name, value) in [
        ("origin", "https://evil.example"),
        ("origin", "null"),
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
    ] {
        for rest in ["handover", "messages", "notes", "draft"] {
            let sent = huda
                .client
                .post(format!("{}{path}/{rest}", huda.url))
                .header(name, value)
                .form(&[("key", "k"), ("text", "words of another site")])
                .send()
                .await
                .expect("an answer");
            assert_eq!(sent.status(), 403, "{name}: {value} {rest}");
        }
    }
    assert_eq!(huda.first("unassigned").await, talk, "it waits as before");
    assert!(!huda.page(&path).await.contains("another site"));
}

#[tokio::test]
async fn whoever_changes_what_the_audit_says_is_found_by_verify() {
    use sqlx::Connection as _;
    for change in [
        "UPDATE chain SET author = 'somebody else' WHERE name = 'audit' AND seq = 2",
        "UPDATE chain SET kind = 'saw' WHERE name = 'audit' AND seq = 2",
        "DELETE FROM chain WHERE name = 'audit' AND seq = 2",
        "DELETE FROM chain WHERE name = 'audit' AND seq = (SELECT MAX(seq) FROM chain WHERE name = 'audit')",
    ] {
        let mut server = Server::start(&engines()[0]).await;
        let mut huda = Officer::comes(&server, "huda").await;
        let mut sara = Person::arrives(&server, "ar").await;
        sara.says("أريد موظف").await;
        let talk = huda.first("unassigned").await;
        huda.claims(&talk).await;
        server.stop();
        let sound = server.command("verify").output().expect("it runs");
        assert_eq!(sound.status.code(), Some(0), "{sound:?}");
        let file = format!("sqlite://{}", server.data().join("wasl.db").display());
        let mut database = sqlx::SqliteConnection::connect(&file).await.unwrap();
        let changed = sqlx::query(change).execute(&mut database).await.unwrap();
        assert_eq!(changed.rows_affected(), 1, "{change}");
        database.close().await.unwrap();
        let found = server.command("verify").output().expect("it runs");
        let told = String::from_utf8_lossy(&found.stdout).into_owned();
        assert_ne!(found.status.code(), Some(0), "{change}: {told}");
        assert!(told.contains("audit"), "{told}");
    }
}

#[tokio::test]
async fn a_database_that_is_gone_for_a_minute_costs_staff_a_wait_and_nothing_else() {
    let Some(cluster) = Cluster::start(Sync::On) else {
        return;
    };
    let engine = Engine {
        name: "PostgreSQL",
        database_url: Some(cluster.database()),
    };
    let server = Server::start(&engine).await;
    let mut huda = Officer::comes(&server, "huda").await;
    let mut sara = Person::arrives(&server, "ar").await;
    sara.says("أريد موظف").await;
    let talk = huda.first("unassigned").await;
    huda.claims(&talk).await;
    let path = format!("/staff/conversations/{talk}");
    let reply = [("key", "while it is away"), ("text", "نعود إليكم حالًا")];
    cluster.stop();
    becomes(&server.url, 503).await;
    let messages = format!("{path}/messages");
    assert_eq!(huda.posts(&messages, &reply).await, 503);
    let shown = huda.client.get(format!("{}{path}", huda.url)).send().await;
    assert_eq!(shown.expect("an answer").status(), 503);
    cluster.resume();
    becomes(&server.url, 200).await;
    // The page was still open: the same form, pressed again, twice.
    assert_eq!(huda.posts(&messages, &reply).await, 303);
    assert_eq!(huda.posts(&messages, &reply).await, 303);
    let heard = sara.catches_up().await;
    assert_eq!(heard.matches("نعود إليكم حالًا").count(), 1, "{heard}");
}
