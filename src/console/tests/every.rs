//! Every page with nothing to show, with the usual, and with more than anybody writes: in both languages, whole, and
//! with nothing in it that somebody's words could have put there.

use super::conversation::{HUMAN, page};
use super::*;
use crate::event::{Priority, StaffAct};
use crate::inbox::tests::staff as acts;

/// Pages by their address alone.
const PAGES: &[&str] = &[
    "/staff",
    "/staff/account",
    "/staff/conversations",
    "/staff/conversations?list=mine",
    "/staff/conversations?list=for_us",
    "/staff/conversations?list=for_them",
    "/staff/conversations?list=snoozed",
    "/staff/conversations?list=all",
    "/staff/search",
    "/staff/practice",
    "/staff/practice/form",
    "/staff/practice/distress",
    "/staff/practice/unclear",
    "/staff/people",
    "/staff/people/new",
    "/staff/permissions",
    "/staff/audit",
    "/staff/faq",
    "/staff/faq/entries",
    "/staff/calendar",
    "/staff/canned",
    "/staff/canned/new",
    "/staff/labels",
    "/staff/templates",
    "/staff/dialogs",
    "/staff/dialogs/apply",
    "/staff/channels",
    "/staff/system",
];

const HOSTILE: &str = "<script>alert(1)</script>{{7*7}}\"'><img src=x onerror=alert(1)>";

fn escaped(text: &str) -> String {
    crate::console::fields::escaped(text)
}

/// How much there is.
#[derive(Clone, Copy)]
struct Much {
    of_each: usize,
    words: fn(usize) -> String,
}

fn usual(length: usize) -> String {
    "كلمات معتادة من موظف أو مستفيد، كما تُكتب كل يوم "
        .chars()
        .cycle()
        .take(length.min(60))
        .collect()
}

/// As long as a field takes, without a place to break, and not harmless.
fn overlong(length: usize) -> String {
    let long = HOSTILE.chars().chain("س".chars().cycle());
    long.take(length).collect()
}

/// Fills the house; gives the addresses of what has one of its own.
async fn fill(house: &House, admin: &mut Visitor, much: Much) -> Vec<String> {
    let mut own = Vec::new();
    let name = escaped(&(much.words)(40));
    let text = escaped(&(much.words)(3_900));
    let title = escaped(&(much.words)(120));
    for n in 0..much.of_each {
        let label = format!("ar={name}&en={name}&tone=bad");
        admin.post("/staff/labels", &label).await.is(303);
        let canned = format!("title={title}&ar={text}&en={text}");
        // Braces that are no name of ours are refused, which is shown too.
        let answer = admin.post("/staff/canned", &canned).await;
        assert!(matches!(answer.status.as_u16(), 303 | 422));
        let person = format!("title={title}&name=person{n}&roles=representative&branch={title}");
        let made = admin.post("/staff/people", &person).await.is(200);
        let id = made.text.split("/staff/people/").nth(1).unwrap();
        own.push(format!("/staff/people/{}", id.split('"').next().unwrap()));
        let view = format!("name={}&query=list%3Dall", escaped(&(much.words)(60)));
        admin.post("/staff/views", &view).await.is(303);
    }
    let labels = admin.get("/staff/labels").await.labels();
    for n in 0..much.of_each {
        let who = format!("p{n}");
        house.hears(&who, &(much.words)(3_900)).await;
        let id = house.hears(&who, HUMAN).await;
        for act in [
            StaffAct::Noted {
                by: "somebody who left".into(),
                text: (much.words)(3_900),
                mentions: vec![],
            },
            StaffAct::Prioritised {
                by: String::new(),
                priority: Priority::Urgent,
            },
        ] {
            house.takes(acts(&id, act)).await;
        }
        for label in labels.iter().take(12) {
            let body = format!("key={label}&label={label}");
            let path = format!("{}/labels", page(&id));
            admin.post(&path, &body).await.is(303);
        }
        let draft = format!("text={text}");
        admin
            .post(&format!("{}/draft", page(&id)), &draft)
            .await
            .is(204);
        own.extend([page(&id), format!("{}?answers=1", page(&id))]);
    }
    own.push(format!("/staff/search?q={}", escaped(&(much.words)(60))));
    own
}

#[tokio::test]
async fn every_page_is_whole_empty_usual_and_overlong() {
    for (case, much) in [
        (
            "empty",
            Much {
                of_each: 0,
                words: usual,
            },
        ),
        (
            "usual",
            Much {
                of_each: 2,
                words: usual,
            },
        ),
        (
            "overlong",
            Much {
                of_each: 25,
                words: overlong,
            },
        ),
    ] {
        let house = House::open().await;
        house.staff("huda", &[Role::Administrator]).await;
        let mut admin = house.visitor("huda").await;
        let own = fill(&house, &mut admin, much).await;
        let own = own.iter().map(String::as_str);
        for path in PAGES.iter().copied().chain(own) {
            for language in ["ar", "en"] {
                let mark = if path.contains('?') { '&' } else { '?' };
                let shown = admin.get(&format!("{path}{mark}lang={language}")).await;
                let what = format!("{case} {path} {language}");
                assert_eq!(shown.status.as_u16(), 200, "{what}");
                let text = &shown.text;
                let headings = text.matches("<h1").count();
                assert_eq!(headings, 1, "{what}: headings");
                assert!(text.trim_end().ends_with("</html>"), "{what}: not whole");
                assert!(text.contains(&format!("lang=\"{language}\"")), "{what}");
                for bad in ["<script>alert", "<img src=x", "{49}", " style=\""] {
                    assert!(!text.contains(bad), "{what}: {bad}");
                }
                assert!(text.len() < 3_000_000, "{what}: {} bytes", text.len());
            }
        }
    }
}
