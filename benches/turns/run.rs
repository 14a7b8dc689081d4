//! One setup measured: so many clients who play the walks of so many people through an inbox, each
//! waiting for its commit before it brings the next event.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use secrecy::SecretString;
use tempfile::TempDir;
use wasl::config::SecretKey;
use wasl::dialog::model::Dialogs;
use wasl::inbox::Inbox;
use wasl::store::open::Durability;
use wasl::store::{Options, case};

use super::meter::Meter;
use super::support::house::{self, House};
use super::support::postgres::Cluster;
use super::support::walk::Walk;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Base {
    Sqlite(Durability),
    Postgres,
}

pub struct Setup {
    pub name: &'static str,
    pub base: Base,
    pub clients: usize,
    pub batch_max: usize,
    /// Conversations in the store before it begins.
    pub stored: u64,
}

/// What one round of a setup cost.
pub struct Measured {
    pub turns: u64,
    pub seconds: f64,
    pub cpu_seconds: f64,
    pub syncs: u64,
    pub statements: u64,
    pub commits: u64,
}

pub struct Stage {
    pub walk: Arc<Walk>,
    pub dialogs: Arc<Dialogs>,
    pub cluster: Option<Cluster>,
    pub folder: TempDir,
    pub scale_rounds: usize,
    pub stretch: Duration,
    pub open: u64,
}

/// People on their way, each with the place of the next event.
type Queue = Mutex<VecDeque<(u64, usize)>>;

impl Stage {
    /// The large store is made once: its rounds are played by other people each.
    pub async fn fill_all(&self, setups: &[Setup]) {
        for setup in setups.iter().filter(|setup| setup.stored > self.open) {
            let options = self.options(setup, 0);
            house::fill(&options, &self.dialogs, &self.walk, setup.stored, 1).await;
        }
    }

    pub async fn measure(&self, setup: &Setup, round: usize) -> Measured {
        let large = setup.stored > self.open;
        let options = self.options(setup, round);
        if !large {
            house::fill(&options, &self.dialogs, &self.walk, setup.stored, 1).await;
        }
        let house = House::open(&options, &self.dialogs, setup.batch_max).await;
        let queue: Arc<Queue> = Arc::new(Mutex::new(self.people(setup, round)));
        let counts = Arc::new((AtomicU64::new(0), AtomicU64::new(0)));
        let (statements, commits) = house.store.ran();
        let meter = Meter::start();
        let until = Instant::now() + self.stretch;
        let mut clients = Vec::new();
        for _ in 0..setup.clients {
            let (walk, inbox) = (self.walk.clone(), house.inbox());
            let (queue, counts) = (queue.clone(), counts.clone());
            clients.push(tokio::spawn(async move {
                client(&walk, &inbox, &queue, until, &counts).await;
            }));
        }
        for client in clients {
            client.await.expect("no client panics");
        }
        let read = meter.read();
        let after = house.store.ran();
        let ended = counts.1.load(Ordering::Relaxed);
        let kept = cases(&house).await;
        assert!(kept >= ended, "every application that ended is a request");
        house.close().await;
        Measured {
            turns: counts.0.load(Ordering::Relaxed),
            seconds: read.seconds,
            cpu_seconds: read.cpu_seconds,
            syncs: read.syncs,
            statements: after.0 - statements,
            commits: after.1 - commits,
        }
    }

    /// A fresh store for every round, but for the large one.
    fn options(&self, setup: &Setup, round: usize) -> Options {
        let folder = match setup.stored > self.open {
            true => self.folder.path().join("large"),
            false => self.fresh(setup, round),
        };
        match setup.base {
            Base::Sqlite(durability) => house::sqlite(&folder, durability),
            Base::Postgres => {
                let cluster = self.cluster.as_ref().expect("left out without a cluster");
                let key = SecretKey::read("an invented key for benches, 0123456789");
                Options {
                    database_url: Some(SecretString::from(cluster.database())),
                    secret_key: Some(key.expect("long enough")),
                    objects_shared: true,
                    ..house::sqlite(&folder, Durability::Full)
                }
            }
        }
    }

    fn fresh(&self, setup: &Setup, round: usize) -> PathBuf {
        let name = format!(
            "{}-{}-{}-{round}",
            setup.name, setup.clients, setup.batch_max
        );
        self.folder.path().join(name)
    }

    /// Who applies in this round: spread over all who are stored, others in every round.
    fn people(&self, setup: &Setup, round: usize) -> VecDeque<(u64, usize)> {
        let apart = setup.stored / self.open;
        let rounds = u64::try_from(self.scale_rounds).unwrap_or(1);
        let shift = match apart >= rounds {
            true => u64::try_from(round).unwrap_or(0),
            false => 0,
        };
        (0..self.open).map(|nth| (nth * apart + shift, 1)).collect()
    }
}

async fn client(
    walk: &Walk,
    inbox: &Inbox,
    queue: &Queue,
    until: Instant,
    (turns, ended): &(AtomicU64, AtomicU64),
) {
    let locked = || queue.lock().unwrap_or_else(PoisonError::into_inner);
    while Instant::now() < until {
        let Some((who, at)) = locked().pop_front() else {
            return;
        };
        let taken = inbox.take(walk.event(who, at)).await;
        let taken = taken.expect("the inbox takes what there is room for");
        assert!(taken.fresh && taken.applied, "every event is new");
        turns.fetch_add(1, Ordering::Relaxed);
        match at + 1 < walk.len() {
            true => locked().push_back((who, at + 1)),
            false => {
                ended.fetch_add(1, Ordering::Relaxed);
            }
        }
    }
}

/// Requests that stand in the store.
async fn cases(house: &House) -> u64 {
    let mut snapshot = house.store.snapshot().await.expect("the store can be read");
    let kept = case::page(&mut snapshot, "", i64::MAX).await;
    u64::try_from(kept.expect("the store can be read").len()).unwrap_or(0)
}

/// Least, median, most.
pub fn spread(mut values: Vec<f64>) -> (f64, f64, f64) {
    values.sort_by(f64::total_cmp);
    match values[..] {
        [] => (0.0, 0.0, 0.0),
        _ => (
            values[0],
            values[values.len() / 2],
            values[values.len() - 1],
        ),
    }
}

pub fn print(setups: &[Setup], found: Vec<Vec<Measured>>) {
    println!(
        "{:<16}{:>8}{:>9}{:>10}{:>16}{:>14}{:>18}{:>13}{:>13}",
        "",
        "clients",
        "stored",
        "turns/s",
        "(from–to)",
        "turns/commit",
        "statements/turn",
        "syncs/turn",
        "CPU µs/turn"
    );
    for (setup, rounds) in setups.iter().zip(found) {
        let rate = |one: &Measured| one.turns as f64 / one.seconds;
        let each = |of: fn(&Measured) -> f64| {
            let values = rounds.iter().map(|one| of(one) / one.turns as f64);
            spread(values.collect()).1
        };
        let (low, median, high) = spread(rounds.iter().map(rate).collect());
        // PostgreSQL syncs in processes of its own: once a commit, and at its checkpoints.
        let syncs = match setup.base {
            Base::Sqlite(_) => format!("{:.4}", each(|one| one.syncs as f64)),
            Base::Postgres => "its own".to_owned(),
        };
        println!(
            "{:<16}{:>8}{:>9}{:>10.0}{:>16}{:>14.1}{:>18.2}{:>13}{:>13.0}",
            setup.name,
            setup.clients,
            setup.stored,
            median,
            format!("({low:.0}–{high:.0})"),
            1.0 / each(|one| one.commits as f64),
            each(|one| one.statements as f64),
            syncs,
            each(|one| one.cpu_seconds * 1e6),
        );
    }
    println!();
}
