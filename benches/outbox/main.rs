//! How fast the outbox empties: ten thousand replies that lie there when it starts, to a channel that takes each at
//! once, on both engines. Every reply leaves once and in the order of its talk, or this fails.
//! `cargo bench --bench outbox`, with `-- --quick` on a tenth.

#[path = "../support/meter.rs"]
#[allow(dead_code)]
mod meter;
#[path = "../support/mod.rs"]
mod support;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use meter::Meter;
use secrecy::SecretString;
use support::house::{self, House};
use support::postgres::{Cluster, Sync};
use support::walk::{self, Walk};
use wasl::channel::{
    Channel, Leaves, Outgoing, Payload, Rates, Recipient, Sending, Sent, telegram,
};
use wasl::config::SecretKey;
use wasl::dialog::model::Dialogs;
use wasl::event::{Event, Origin, Seed, StaffAct, What};
use wasl::inbox::BATCH_MAX;
use wasl::outbox;
use wasl::reply::{Limits, Reply};
use wasl::store::open::Durability;
use wasl::store::{Options, outbox as rows};

const CHANNEL: &str = telegram::NAME;
const ROUNDS: usize = 3;
const FULL: usize = 10_000;
/// Of them to each person.
const REPLIES: usize = 10;
const HOUR_MILLIS: i64 = 3_600_000;
/// What is not empty by then never will be.
const SECONDS_MAX: u64 = 120;

/// Pace is measured elsewhere: here nobody waits for a rate.
const RATES: Rates = Rates {
    started_per_second: 1e6,
    person_burst: 1e6,
    person_per_second: 1e6,
    at_once: 256,
};

/// Takes every message at once and remembers in which order.
#[derive(Default)]
struct Taker {
    taken: Mutex<Vec<String>>,
}

impl Taker {
    fn taken(&self) -> std::sync::MutexGuard<'_, Vec<String>> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Channel for Taker {
    fn name(&self) -> &'static str {
        CHANNEL
    }

    fn limits(&self) -> &'static Limits {
        &telegram::LIMITS
    }

    fn leaves(&self) -> Leaves {
        Leaves::BySending
    }

    fn rates(&self) -> Rates {
        RATES
    }

    fn write(&self, _: &Reply, _: &Recipient, out: &Outgoing) -> Vec<Payload> {
        let body = out.id.clone().into();
        vec![Payload { body }]
    }

    fn send<'a>(&'a self, payload: &'a Payload) -> Sending<'a> {
        Box::pin(async move {
            let id = payload.body.as_str().unwrap_or_default().to_owned();
            self.taken().push(id.clone());
            Ok(Sent {
                provider_id: Some(id),
            })
        })
    }
}

fn main() {
    let quick = std::env::args().any(|word| word == "--quick");
    let (rounds, full) = match quick {
        true => (1, FULL / 10),
        false => (ROUNDS, FULL),
    };
    println!("{}", support::machine());
    let runtime = tokio::runtime::Runtime::new().expect("a runtime can be made");
    runtime.block_on(async {
        let cluster = Cluster::start(Sync::On);
        println!(
            "{:<16}{:>8}{:>10}{:>18}{:>14}{:>18}",
            "", "rows", "rows/s", "(from–to)", "CPU µs/row", "statements/row"
        );
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let mut engines = vec![("SQLite", None)];
        engines.extend(
            cluster
                .as_ref()
                .map(|cluster| ("PostgreSQL", Some(cluster))),
        );
        for (name, cluster) in engines {
            let mut found = Vec::new();
            for round in 0..rounds {
                let folder = folder.path().join(format!("{name}-{round}"));
                found.push(drain(&options(&folder, cluster), full).await);
            }
            print(name, &found);
        }
    });
}

struct Drained {
    rows: usize,
    seconds: f64,
    cpu_seconds: f64,
    statements: u64,
}

fn options(folder: &Path, cluster: Option<&Cluster>) -> Options {
    let sqlite = house::sqlite(folder, Durability::Full);
    let Some(cluster) = cluster else {
        return sqlite;
    };
    let key = SecretKey::read("an invented key for benches, 0123456789");
    Options {
        database_url: Some(SecretString::from(cluster.database())),
        secret_key: Some(key.expect("long enough")),
        objects_shared: true,
        ..sqlite
    }
}

/// Fills a fresh store with at least so many owed replies, and measures until none is left.
async fn drain(options: &Options, full: usize) -> Drained {
    let dialogs = Arc::new(walk::dialogs());
    let owed = fill(options, &dialogs, full).await;
    assert!(owed.len() >= full, "{} replies are owed", owed.len());
    let house = House::open(options, &dialogs, BATCH_MAX).await;
    let taker = Arc::new(Taker::default());
    let (statements, _) = house.store.ran();
    let meter = Meter::start();
    let workers = outbox::start(
        house.store.clone(),
        house.inbox(),
        house.registry.clone(),
        vec![taker.clone()],
        house.owed(),
        || walk::BEGIN + HOUR_MILLIS,
    );
    let limit = std::time::Instant::now() + Duration::from_secs(SECONDS_MAX);
    while taker.taken().len() < owed.len() {
        assert!(std::time::Instant::now() < limit, "the outbox stands still");
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    // Until the last marks are committed.
    while !is_empty(&house).await {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let read = meter.read();
    let after = house.store.ran().0;
    drop(workers);
    check(&owed, &taker.taken());
    house.close().await;
    Drained {
        rows: owed.len(),
        seconds: read.seconds,
        cpu_seconds: read.cpu_seconds,
        statements: after - statements,
    }
}

/// What is owed then: every row's talk, by the row's id, in the order of the talks. A thousand people wrote, and an
/// officer answers each of them ten times: what the bot asks would be asked once, and what it says again dropped.
async fn fill(options: &Options, dialogs: &Arc<Dialogs>, full: usize) -> Vec<(String, String)> {
    let (walk, _) = Walk::record();
    let house = House::open(options, dialogs, BATCH_MAX).await;
    let people = u64::try_from(full / REPLIES).unwrap_or(1);
    let greetings = (0..people).map(|who| walk.event_on(CHANNEL, who, 0));
    let talks = take(&house, greetings.collect()).await;
    for nth in 0..REPLIES {
        let replies = talks.iter().map(|talk| reply(&walk, talk, nth));
        take(&house, replies.collect()).await;
    }
    let mut reader = house.store.reader().await.expect("the store can be read");
    let all = rows::all(&mut reader).await;
    let all = all.expect("the store can be read");
    drop(reader);
    house.close().await;
    all.into_iter()
        .filter(|row| row.state == "waiting")
        .map(|row| (row.id, row.conversation_id))
        .collect()
}

/// The talks of these events.
async fn take(house: &House, events: Vec<Event>) -> Vec<String> {
    let inbox = house.inbox();
    let mut talks = Vec::new();
    for batch in events.chunks(BATCH_MAX) {
        for taken in inbox.take_all(batch.to_vec()).await {
            talks.push(taken.expect("the store takes it").conversation);
        }
    }
    talks
}

fn reply(walk: &Walk, talk: &str, nth: usize) -> Event {
    let mut event = walk.event_on(CHANNEL, 0, 0);
    event.from = Origin::Conversation(talk.to_owned());
    event.key.channel = "staff".into();
    event.key.key = format!("{talk}:{nth}");
    event.seed = Seed(event.seed.derive(&event.key.key));
    event.what = What::Staff(StaffAct::Replied {
        by: "an officer".into(),
        text: format!("هذا الرد رقم {nth}، ونسعد بخدمتكم."),
        beside: Default::default(),
    });
    event
}

async fn is_empty(house: &House) -> bool {
    let mut reader = house.store.reader().await.expect("the store can be read");
    let all = rows::all(&mut reader).await;
    all.expect("the store can be read")
        .iter()
        .all(|row| row.state != "waiting" && row.state != "sending")
}

/// Every row left once, and those of one talk in their order.
fn check(owed: &[(String, String)], taken: &[String]) {
    assert_eq!(owed.len(), taken.len(), "each leaves once");
    let talk_of: BTreeMap<&str, &str> = owed
        .iter()
        .map(|(id, talk)| (id.as_str(), talk.as_str()))
        .collect();
    let mut by_talk: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for id in taken {
        by_talk.entry(talk_of[id.as_str()]).or_default().push(id);
    }
    let mut wanted: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (id, talk) in owed {
        wanted.entry(talk).or_default().push(id);
    }
    assert_eq!(by_talk, wanted, "each talk keeps its order");
}

fn print(name: &str, found: &[Drained]) {
    let mut rates: Vec<f64> = found
        .iter()
        .map(|one| one.rows as f64 / one.seconds)
        .collect();
    rates.sort_by(f64::total_cmp);
    let middle = &found[found.len() / 2];
    println!(
        "{:<16}{:>8}{:>10.0}{:>18}{:>14.0}{:>18.3}",
        name,
        middle.rows,
        rates[rates.len() / 2],
        format!("({:.0}–{:.0})", rates[0], rates[rates.len() - 1]),
        middle.cpu_seconds * 1e6 / middle.rows as f64,
        middle.statements as f64 / middle.rows as f64,
    );
}
