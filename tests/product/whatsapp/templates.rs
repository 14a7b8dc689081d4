//! Messages that we may start: what the platform says of them is asked, kept, told, and never guessed.

use std::time::{Duration, Instant};

use super::graph::{Graph, Way};
use super::serve;
use crate::support::{Server, engines};

/// The server asks at its start.
const KEPT_SECS_MAX: u64 = 40;

fn told(server: &Server, words: &str) -> (String, Option<i32>) {
    let output = server.command(words).output().unwrap();
    let told = [&output.stdout[..], &output.stderr[..]].concat();
    (String::from_utf8(told).unwrap(), output.status.code())
}

/// The line of a template, its blanks as one.
fn line(told: &str, name: &str) -> String {
    let found = told
        .lines()
        .find(|line| line.trim_start().starts_with(name));
    let found = found.unwrap_or_else(|| panic!("no {name} in:\n{told}"));
    found.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn templates_are_listed_with_what_the_platform_says_of_them() {
    for engine in engines() {
        let graph = Graph::start().await;
        graph.world.now().templates = vec![("case_update", "ar", 1), ("case_update", "en", 1)];
        graph.world.now().unapproved = vec![("form_reminder", "ar", "PENDING")];
        let server = serve(&engine, &graph).await;
        let (now, code) = told(&server, "channels templates");
        assert_eq!(
            line(&now, "case_update"),
            "case_update utility parameters: reference; ar: APPROVED, en: APPROVED"
        );
        assert_eq!(
            line(&now, "form_reminder"),
            "form_reminder utility parameters: form; ar: PENDING, en: not handed in"
        );
        assert_eq!(code, Some(1), "somebody should look: {now}");

        // The token is revoked: what the server heard before is still known.
        graph.world.now().always = Some(Way::Refuse(401, 190));
        let until = Instant::now() + Duration::from_secs(KEPT_SECS_MAX);
        let kept = loop {
            let (kept, _) = told(&server, "channels templates");
            if kept.contains("As it last said") {
                break kept;
            }
            assert!(Instant::now() < until, "{}: {kept}", engine.name);
            tokio::time::sleep(Duration::from_millis(200)).await;
        };
        assert!(line(&kept, "form_reminder").ends_with("ar: PENDING, en: not handed in"));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_platform_does_not_have_is_handed_in() {
    let graph = Graph::start().await;
    graph.world.now().templates = vec![("case_update", "ar", 1)];
    let server = serve(&engines()[0], &graph).await;
    let (told, _) = told(&server, "channels templates --submit");
    assert!(told.contains("handed in, PENDING"), "{told}");
    let world = graph.world.now();
    let handed = |name: &str, language: &str| {
        let mut all = world.submitted.iter();
        all.any(|one| one["name"] == name && one["language"] == language)
    };
    assert!(handed("case_update", "en") && handed("form_reminder", "ar"));
    assert!(!handed("case_update", "ar"), "it is there already");
    // Parameters are numbered, each with an example.
    let reminder = world
        .submitted
        .iter()
        .find(|one| one["name"] == "form_last_reminder");
    let body = &reminder.unwrap()["components"][0];
    assert!(body["text"].as_str().unwrap().contains("{{2}}"), "{body}");
    assert_eq!(body["example"]["body_text"][0].as_array().unwrap().len(), 2);
}
