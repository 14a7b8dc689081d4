//! What the console takes with a large charity behind it: `cargo bench --bench console`. Seeds made-up people and
//! messages on SQLite, makes them findable, asks pages and searches, and then lets staff and people work at once.
//! `WASL_BENCH_PEOPLE`, `WASL_BENCH_SECS` and
//! `WASL_BENCH_WRITERS` make it smaller; it ends badly where something was refused or went wrong.

#[path = "../support/mod.rs"]
mod support;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::Request;
use tower::ServiceExt as _;
use wasl::config::{PublicUrl, Settings};
use wasl::console::{self, Console, Rooms};
use wasl::dialog::load;
use wasl::dialog::load::embedded;
use wasl::dialog::model::Dialogs;
use wasl::dialog::state::State;
use wasl::dialog::turn::{Effect, HandOverReason, Heard, Turn};
use wasl::event::{Address, Event, EventKey, Known, Origin, Seed, Source, What};
use wasl::inbox::edits::Shipped;
use wasl::inbox::{self, Bus, Inbox, Registry};
use wasl::reply::{Class, Reply};
use wasl::store::object::Objects;
use wasl::store::open::Durability;
use wasl::store::session::{self, Begun, Stage};
use wasl::store::staff::{self, New, Role};
use wasl::store::{Mode, Store, search};
use wasl::text::lang::Lang;

/// Messages that everybody writes; each is answered once.
const ROUNDS: u64 = 5;
/// Of so many people one waits for a human at the end.
const WAITS: u64 = 20;
/// People in one transaction while the store is filled.
const AT_ONCE: u64 = 2_000;
/// Staff and people at work together, and how often each of these writes.
const STAFF: usize = 20;
const WRITE_EVERY_SECS: u64 = 10;
/// Asked so often for a figure.
const ASKED: usize = 200;

fn main() {
    if std::env::args().any(|word| word == "--test") {
        return;
    }
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    runtime.block_on(run());
}

fn number(name: &str, otherwise: u64) -> u64 {
    let told = std::env::var(name).ok();
    told.and_then(|told| told.parse().ok()).unwrap_or(otherwise)
}

async fn run() {
    println!("{}", support::machine());
    let people = number("WASL_BENCH_PEOPLE", 100_000);
    let folder = tempfile::tempdir().expect("a folder");
    let options = support::house::sqlite(folder.path(), Durability::Full);
    let dialogs = load::reload(&load::embedded().of("demo"), "demo").expect("the demo loads");
    let dialogs = Arc::new(dialogs);
    let begun = Instant::now();
    fill(&options, &dialogs, people).await;
    println!(
        "{people} people, {} messages: seeded in {:.0} s",
        people * ROUNDS * 2,
        begun.elapsed().as_secs_f64()
    );

    let store = Store::open(options, Mode::Write)
        .await
        .expect("the store opens");
    let begun = Instant::now();
    let slowest = index(&store).await;
    let took = begun.elapsed().as_secs_f64();
    println!(
        "made findable in {took:.0} s ({:.0} messages a second), the slowest slice {slowest:.0} ms",
        (people * ROUNDS * 2) as f64 / took
    );

    let registry = Arc::new(Registry::new(dialogs));
    let bus = Bus::default();
    let how = inbox::Options::new(answer, ["web"].into());
    let started = inbox::start(store.clone(), registry.clone(), bus.clone(), how);
    let none = folder.path().join("none.toml");
    std::fs::write(&none, "").expect("a file");
    let settings = Settings::read_from(Some(&none), []).expect("no settings are fine");
    let url = PublicUrl::read("http://127.0.0.1:8080").expect("an address");
    let console = Console::new(registry, bus, settings, url);
    console.open(Rooms {
        store: store.clone(),
        inbox: started.inbox.clone(),
        objects: Objects::open(&store).expect("a folder of objects"),
        shipped: Shipped::new(embedded(), "demo"),
        platforms: Default::default(),
    });
    let router: Router = console::router(console);
    let mut cookies = Vec::new();
    for n in 0..STAFF {
        cookies.push(sign_in(&store, n).await);
    }
    figures(&router, &cookies[0]).await;
    together(&router, &cookies, &started.inbox).await;
    started.close().await;
    store.close().await;
}

/// One of some three thousand made-up words; a few are in every second message.
fn word(n: u64) -> String {
    const COMMON: [&str; 8] = ["السلام", "عليكم", "سلة", "طلب", "موعد", "شكرا", "رقم", "متى"];
    const PARTS: [&str; 14] = [
        "را", "سم", "ني", "دو", "كا", "لي", "مو", "تا", "بر", "حا", "شو", "فا", "زي", "قم",
    ];
    let mixed = n.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 20;
    if mixed.is_multiple_of(3) {
        return COMMON[(mixed / 3 % 8) as usize].to_owned();
    }
    let part = |at: u64| PARTS[(at % 14) as usize];
    [part(mixed), part(mixed / 14), part(mixed / 196)].concat()
}

fn words(seed: u64, count: u64) -> String {
    let words: Vec<String> = (0..count).map(|n| word(seed * 31 + n)).collect();
    words.join(" ")
}

fn wrote(who: u64, round: u64, at: i64) -> Event {
    let mut seed = [0; 16];
    seed[..8].copy_from_slice(&who.to_le_bytes());
    seed[8..].copy_from_slice(&round.to_le_bytes());
    let human = round == ROUNDS - 1 && who.is_multiple_of(WAITS);
    Event {
        key: EventKey {
            channel: "web".into(),
            account: String::new(),
            key: format!("{who}:{round}"),
        },
        received_at: at,
        sent_at: None,
        seed: Seed(seed),
        from: Origin::Address(Address {
            channel: "web".into(),
            account: String::new(),
            id: format!("person-{who}"),
        }),
        what: What::Wrote {
            text: match human {
                true => format!("human {}", words(who * 7 + round, 6)),
                false => words(who * 7 + round, 6),
            },
        },
        message_id: None,
        kind: "text".into(),
        source: Source::Own,
        note: None,
        also: None,
        ranked: None,
        known: Known::default(),
    }
}

/// Answers everything with some words; who asks for a human waits for one.
fn answer(_: &Dialogs, state: State, event: Event) -> Turn {
    let What::Wrote { text } = &event.what else {
        return turn(state, Vec::new(), Vec::new());
    };
    let effects = match text.starts_with("human") {
        true => vec![Effect::HandOver {
            reason: HandOverReason::Asked,
            step: None,
        }],
        false => Vec::new(),
    };
    let reply = Reply {
        class: Class::Dialog,
        language: Lang::Ar,
        texts: vec![words(
            text.len() as u64 * 13 + u64::from(event.seed.0[0]),
            7,
        )],
        choices: None,
        wants: None,
        shows: Vec::new(),
        asks: None,
        sensitive: false,
        proactive: None,
    };
    turn(state, vec![reply], effects)
}

fn turn(state: State, replies: Vec<Reply>, effects: Vec<Effect>) -> Turn {
    Turn {
        state,
        replies,
        effects,
        asks: Vec::new(),
        heard: Heard::default(),
        trace: Vec::new(),
    }
}

async fn fill(options: &wasl::store::Options, dialogs: &Arc<Dialogs>, people: u64) {
    let quick = wasl::store::Options {
        durability: Durability::Normal,
        ..options.clone()
    };
    let store = Store::open(quick, Mode::Write)
        .await
        .expect("the store opens");
    let registry = Arc::new(Registry::new(dialogs.clone()));
    let mut how = inbox::Options::new(answer, ["web"].into());
    how.batch_max = AT_ONCE as usize;
    how.entries_max = AT_ONCE as usize;
    let started = inbox::start(store.clone(), registry, Bus::default(), how);
    let begun = console::now() - 86_400_000;
    for first in (0..people).step_by(AT_ONCE as usize) {
        for round in 0..ROUNDS {
            let whom = first..people.min(first + AT_ONCE);
            let events = whom
                .map(|who| wrote(who, round, begun + (who * 100 + round) as i64))
                .collect();
            for taken in started.inbox.take_all(events).await {
                assert!(taken.expect("the store takes it").applied);
            }
        }
    }
    started.close().await;
    store.close().await;
}

/// The slowest slice in milliseconds.
async fn index(store: &Store) -> f64 {
    let mut slowest = 0.0_f64;
    loop {
        let begun = Instant::now();
        let mut tx = store.begin_write().await.expect("the store writes");
        let followed = search::follow(&mut tx).await.expect("words are indexed");
        tx.commit().await.expect("it commits");
        slowest = slowest.max(begun.elapsed().as_secs_f64() * 1_000.0);
        if followed == 0 {
            return slowest;
        }
    }
}

/// The cookie of a new officer.
async fn sign_in(store: &Store, n: usize) -> String {
    let (id, name, token) = (
        console::fresh_id(),
        format!("officer{n}"),
        format!("token-{n}"),
    );
    let roles = BTreeSet::from([Role::Officer]);
    let mut tx = store.begin_write().await.expect("the store writes");
    let new = New {
        id: &id,
        name: &name,
        title: &name,
        roles: &roles,
        branch: None,
        language: Lang::Ar,
        at: console::now(),
        by: "bench",
    };
    staff::add(&mut tx, &new).await.expect("somebody new");
    staff::set_password(&mut tx, &id, "none", console::now())
        .await
        .expect("a password");
    let session = Begun {
        id: &console::fresh_id(),
        token: &token,
        staff: &id,
        stage: Stage::Whole,
        agent: "bench",
        at: console::now(),
    };
    session::begin(&mut tx, &session).await.expect("a session");
    tx.commit().await.expect("it commits");
    format!("wasl-staff={token}")
}

async fn get(router: &Router, cookie: &str, path: &str) -> (u16, f64, String) {
    let request = Request::get(path)
        .header("host", "127.0.0.1:8080")
        .header("cookie", cookie)
        .header("accept", "text/html")
        .body(Body::empty())
        .expect("a request");
    let begun = Instant::now();
    let response = router.clone().oneshot(request).await.expect("an answer");
    let status = response.status().as_u16();
    let bytes = to_bytes(response.into_body(), usize::MAX)
        .await
        .expect("a body");
    let took = begun.elapsed().as_secs_f64() * 1_000.0;
    (status, took, String::from_utf8_lossy(&bytes).into_owned())
}

/// Half and 95 of 100 stay below.
fn spread(mut took: Vec<f64>) -> (f64, f64) {
    took.sort_by(f64::total_cmp);
    let at = |share: usize| {
        took.get(took.len() * share / 100)
            .copied()
            .unwrap_or_default()
    };
    (at(50), at(95))
}

async fn figures(router: &Router, cookie: &str) {
    let (_, _, list) = get(router, cookie, "/staff/conversations").await;
    let mut links: Vec<String> = list
        .split("href=\"/staff/conversations/")
        .skip(1)
        .filter_map(|rest| Some(format!("/staff/conversations/{}", rest.split('"').next()?)))
        .collect();
    links.dedup();
    let fixed = |path: &str| vec![path.to_owned()];
    let search = |words: &str| {
        let escaped: String = words.bytes().map(|byte| format!("%{byte:02X}")).collect();
        format!("/staff/search?q={escaped}")
    };
    let rare: Vec<String> = (0..50).map(|n| search(&word(n * 977 + 3))).collect();
    let two: Vec<String> = (0..50)
        .map(|n| search(&format!("{} {}", word(n * 977 + 3), word(n * 313 + 5))))
        .collect();
    for (what, paths) in [
        (
            "list: unassigned",
            fixed("/staff/conversations?list=unassigned"),
        ),
        (
            "list: waiting for us, one language",
            fixed("/staff/conversations?list=for_us&language=ar"),
        ),
        ("list: all", fixed("/staff/conversations?list=all")),
        (
            "list: all, a channel that nobody uses",
            fixed("/staff/conversations?list=all&channel=email"),
        ),
        (
            "list: all, a label that nobody has",
            fixed("/staff/conversations?list=all&label=none"),
        ),
        ("conversation", links),
        ("search: one word", rare),
        ("search: two words", two),
        ("search: a word of half of them", fixed(&search("سلة"))),
        ("search: two such words", fixed(&search("سلة موعد"))),
        ("search: a beginning", fixed(&search("رار"))),
        ("search: nothing", fixed(&search("غسالة"))),
    ] {
        let mut took = Vec::new();
        for n in 0..ASKED {
            let (status, millis, _) = get(router, cookie, &paths[n % paths.len()]).await;
            assert_eq!(status, 200, "{what}");
            took.push(millis);
        }
        let (half, most) = spread(took);
        println!("{what}: p50 {half:.1} ms, p95 {most:.1} ms");
    }
}

/// Staff at their lists and conversations, people writing, for some time.
async fn together(router: &Router, cookies: &[String], inbox: &Inbox) {
    let secs = number("WASL_BENCH_SECS", 300);
    let end = Instant::now() + Duration::from_secs(secs);
    let mut at_work = Vec::new();
    for cookie in cookies {
        let (router, cookie) = (router.clone(), cookie.clone());
        at_work.push(tokio::spawn(async move {
            let (mut took, mut wrong) = (Vec::new(), 0);
            while Instant::now() < end {
                for path in [
                    "/staff/conversations?list=for_us",
                    "/staff/conversations?list=all",
                ] {
                    let (status, millis, _) = get(&router, &cookie, path).await;
                    took.push(millis);
                    wrong += usize::from(status != 200);
                    tokio::time::sleep(Duration::from_secs(1)).await;
                }
            }
            (took, wrong)
        }));
    }
    let mut writing = Vec::new();
    let writers = number("WASL_BENCH_WRITERS", 2_000);
    for who in 0..writers {
        let inbox = inbox.clone();
        writing.push(tokio::spawn(async move {
            let (mut took, mut refused) = (Vec::new(), 0);
            tokio::time::sleep(Duration::from_millis(
                who * WRITE_EVERY_SECS * 1_000 / writers,
            ))
            .await;
            let mut round = ROUNDS;
            while Instant::now() < end {
                let begun = Instant::now();
                let taken = inbox.take(wrote(who, round, console::now())).await;
                took.push(begun.elapsed().as_secs_f64() * 1_000.0);
                refused += usize::from(taken.is_err());
                round += 1;
                tokio::time::sleep(Duration::from_secs(WRITE_EVERY_SECS)).await;
            }
            (took, refused)
        }));
    }
    let (pages, wrong) = gather(at_work).await;
    let (written, refused) = gather(writing).await;
    let (count, asked) = (written.len(), pages.len());
    let ((page_half, page_most), (half, most)) = (spread(pages), spread(written));
    println!(
        "{STAFF} staff and {writers} people for {secs} s: {asked} pages (p50 {page_half:.1} ms, p95 {page_most:.1} ms, {wrong} wrong), {count} messages taken (p50 {half:.1} ms, p95 {most:.1} ms, {refused} refused)"
    );
    assert_eq!(
        (wrong, refused),
        (0, 0),
        "something was refused or went wrong"
    );
}

async fn gather(tasks: Vec<tokio::task::JoinHandle<(Vec<f64>, usize)>>) -> (Vec<f64>, usize) {
    let (mut all, mut wrong) = (Vec::new(), 0);
    for task in tasks {
        let (took, bad) = task.await.expect("nothing panics");
        all.extend(took);
        wrong += bad;
    }
    (all, wrong)
}
