//! WhatsApp from a signed webhook to the 200 that its commit allows, beside the same server's answer to the same
//! bytes that it may pass by (a message in a group: signature checked, body parsed, nothing stored); and what each
//! part of a turn costs. `cargo bench --bench whatsapp`, with `-- --quick` in some ten seconds.

#[path = "../../tests/product/whatsapp/graph.rs"]
#[allow(dead_code)]
mod graph;
#[path = "../../tests/product/whatsapp/rules.rs"]
#[allow(dead_code)]
mod rules;
#[path = "../support/served.rs"]
#[allow(dead_code)]
mod served;
#[path = "../support/mod.rs"]
mod support;

mod load;
mod parts;
mod platform;

use std::time::Duration;

use load::{Load, Measured};
use served::Served;

/// Connections of the platform, each with one delivery on its way.
const CONNECTIONS: usize = 256;

fn main() {
    let quick = std::env::args().any(|word| word == "--quick");
    let (rounds, stretch) = match quick {
        true => (1, Duration::from_secs(2)),
        false => (3, Duration::from_secs(10)),
    };
    println!("{}", support::machine());
    parts::print(stretch / 10);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build();
    let runtime = runtime.expect("a runtime can be made");
    runtime.block_on(webhooks(rounds, stretch));
}

async fn webhooks(rounds: usize, stretch: Duration) {
    let platform = platform::start().await;
    let settings = platform.settings();
    let served = Served::start(&settings, "0,1").await;
    let load = Load::new(&served, CONNECTIONS);
    println!(
        "\nsigned webhooks, {CONNECTIONS} connections, both sides on the same 2 cores, SQLite FULL, sealed answers"
    );
    let (mut durable, mut passed) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        passed.push(load.run(stretch, true).await);
        durable.push(load.run(stretch, false).await);
    }
    let durable = median(durable);
    let passed = median(passed);
    print("passed by", &passed);
    print("durable", &durable);
    println!(
        "durable / passed by: {:.3}; beside it {} replies left, and {} applications ended",
        durable.per_second() / passed.per_second(),
        platform.taken(),
        load.ended(),
    );
    assert!(load.ended() > 0, "people come to the end of their forms");
}

fn print(name: &str, measured: &Measured) {
    println!(
        "{name:<12}{:>9.0} a second, CPU of the server {:>5.0} µs each, p50 {:.1} ms, p99 {:.1} ms",
        measured.per_second(),
        measured.cpu_seconds * 1e6 / measured.answered() as f64,
        measured.percentile(0.50),
        measured.percentile(0.99),
    );
}

fn median(mut rounds: Vec<Measured>) -> Measured {
    rounds.sort_by(|a, b| a.per_second().total_cmp(&b.per_second()));
    rounds.swap_remove(rounds.len() / 2)
}
