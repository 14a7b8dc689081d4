//! `kill -9` at any moment, and a disk that keeps only what was synced: nothing acknowledged is lost,
//! nothing is applied twice, numbers have no gaps, and everything owed stands exactly once. The suite
//! is itself proven by mutants that break each promise on purpose.

mod check;
mod disk;
mod load;

use std::time::Duration;

use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};

use crate::support::postgres::{Cluster, Sync};
use crate::support::{Engine, Server, durable_engines};
use load::Load;

/// Every run is the same run as far as chance is ours: printed when it fails.
const SEED: u64 = 20_260_101;

/// People who write at once.
const PERSONS: usize = 12;

/// Kills of one run.
const KILLS: usize = 5;

/// Kills after which a mutant must have been found out.
const MUTANT_KILLS_MAX: usize = 20;

/// The load of one run comes to its end within this, or something hangs.
const END_SECS_MAX: u64 = 60;

/// How long the load lasts until the next kill.
fn moment(chance: &mut StdRng) -> Duration {
    Duration::from_millis(chance.random_range(60..600))
}

/// Settings under which one machine may stand for many.
const MANY: &[(&str, &str)] = &[
    ("WASL_TRUSTED_PROXY", "127.0.0.1"),
    ("WASL_LOG_FILTER", "error"),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_is_killed_loses_nothing_and_does_nothing_twice() {
    for engine in durable_engines() {
        let mut chance = StdRng::seed_from_u64(SEED);
        let mut server = Server::start_with(&engine, MANY).await;
        let load = Load::begin(&server.url, PERSONS, SEED).await;
        for _ in 0..KILLS {
            tokio::time::sleep(moment(&mut chance)).await;
            server.kill();
            server.restart().await;
        }
        let sent = load.end(Duration::from_secs(END_SECS_MAX)).await;
        server.kill();
        let broken = check::all(&engine, server.data(), &sent).await;
        assert_eq!(broken, [""; 0], "on {}, seed {SEED}", engine.name);
        assert!(
            sent.acknowledged.len() > PERSONS * KILLS,
            "too little was tried to mean anything: {}",
            sent.acknowledged.len()
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_postgresql_that_restarts_under_us_loses_nothing() {
    let Some(cluster) = Cluster::start(Sync::On) else {
        return;
    };
    let engine = Engine {
        name: "PostgreSQL",
        database_url: Some(cluster.database()),
    };
    let mut chance = StdRng::seed_from_u64(SEED);
    let mut server = Server::start_with(&engine, MANY).await;
    let load = Load::begin(&server.url, PERSONS, SEED).await;
    for _ in 0..3 {
        tokio::time::sleep(moment(&mut chance)).await;
        cluster.stop();
        let refused = load.refusals();
        tokio::time::sleep(moment(&mut chance)).await;
        assert!(load.refusals() > refused, "people are told to come again");
        cluster.resume();
    }
    let sent = load.end(Duration::from_secs(END_SECS_MAX)).await;
    server.kill();
    let broken = check::all(&engine, server.data(), &sent).await;
    assert_eq!(broken, [""; 0], "seed {SEED}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_power_cut_takes_nothing_that_was_acknowledged() {
    let Some(disk) = disk::Disk::make() else {
        return;
    };
    for round in 0..3 {
        let broken = disk::power_cut(&disk, SEED + round, &[]).await;
        assert_eq!(broken, [""; 0], "seed {}", SEED + round);
    }
}

/// Kills a server with this fault until the suite finds it out; tells what it found.
async fn found_out(mutant: &str) -> Vec<String> {
    let engine = Engine {
        name: "SQLite",
        database_url: None,
    };
    let mut settings = MANY.to_vec();
    settings.push(("WASL_MUTANT", mutant));
    let mut chance = StdRng::seed_from_u64(SEED);
    let mut server = Server::start_with(&engine, &settings).await;
    let load = Load::begin(&server.url, PERSONS, SEED).await;
    for _ in 0..MUTANT_KILLS_MAX {
        tokio::time::sleep(moment(&mut chance) / 4).await;
        server.kill();
        let broken = check::all(&engine, server.data(), &load.so_far()).await;
        if !broken.is_empty() {
            return broken;
        }
        server.restart().await;
    }
    Vec::new()
}

fn tells(broken: &[String], what: &str) -> bool {
    broken.iter().any(|line| line.contains(what))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_suite_finds_a_server_that_acknowledges_before_it_commits() {
    let broken = found_out("ack-before-commit").await;
    assert!(tells(&broken, "was acknowledged and is lost"), "{broken:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_suite_finds_effects_that_are_committed_after_their_turn() {
    let broken = found_out("effects-second-transaction").await;
    let late = ["timers: is", "handover: is"];
    assert!(late.iter().any(|what| tells(&broken, what)), "{broken:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_suite_finds_a_database_that_does_not_wait_for_the_disk() {
    let Some(disk) = disk::Disk::make() else {
        return;
    };
    let mutant = [("WASL_MUTANT", "sqlite-normal")];
    // A cut right behind a checkpoint takes nothing even here: cut until one does.
    let mut broken = Vec::new();
    for round in 0..MUTANT_KILLS_MAX as u64 {
        broken = disk::power_cut(&disk, SEED + round, &mutant).await;
        if !broken.is_empty() {
            break;
        }
    }
    assert!(tells(&broken, "was acknowledged and is lost"), "{broken:?}");
}
