//! How fast turns become facts: the machine alone, then through `inbox` on both engines beside what the
//! disk can do. One run, one table: `cargo bench --bench turns`, with `-- --quick` in some ten seconds.

#[path = "../support/meter.rs"]
mod meter;
#[path = "../support/mod.rs"]
mod support;

mod run;

use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use run::{Base, Measured, Setup};
use support::postgres::{Cluster, Sync};
use support::walk::{self, Walk};

use wasl::dialog::step;
use wasl::inbox::BATCH_MAX;
use wasl::store::open::Durability;

/// People who apply at the same time.
const OPEN: u64 = 500;

/// How much is measured.
struct Scale {
    /// Every setup is measured so often, in turn with the others; the median counts.
    rounds: usize,
    /// What does not come to its end by then is stopped.
    stretch: Duration,
    open: u64,
    stored: u64,
}

const WHOLE: Scale = Scale {
    rounds: 3,
    stretch: Duration::from_secs(4),
    open: OPEN,
    stored: 100_000,
};

const QUICK: Scale = Scale {
    rounds: 1,
    stretch: Duration::from_millis(500),
    open: OPEN,
    stored: 4_000,
};

fn main() {
    let quick = std::env::args().any(|word| word == "--quick");
    let scale = match quick {
        true => QUICK,
        false => WHOLE,
    };
    println!("{}", support::machine());
    machine_alone(&scale);
    let runtime = tokio::runtime::Runtime::new().expect("a runtime can be made");
    runtime.block_on(through_inbox(&scale));
}

/// `step` by itself, on one core.
fn machine_alone(scale: &Scale) {
    let (walk, steps) = Walk::record();
    let dialogs = walk::dialogs();
    let mut rates = Vec::new();
    for _ in 0..scale.rounds.max(3) {
        let mut count = 0_u32;
        let mut spent = Duration::ZERO;
        while spent < scale.stretch / 4 {
            let copy = steps.clone();
            let begun = Instant::now();
            for (state, event) in copy {
                black_box(step(&dialogs, state, event));
                count += 1;
            }
            spent += begun.elapsed();
        }
        rates.push(f64::from(count) / spent.as_secs_f64());
    }
    let (low, rate, high) = run::spread(rates);
    println!(
        "step: {rate:.0} a second on one core ({low:.0} to {high:.0}), {:.1} µs; a walk of {} messages\n",
        1e6 / rate,
        walk.len()
    );
}

async fn through_inbox(scale: &Scale) {
    let (walk, _) = Walk::record();
    let walk = Arc::new(walk);
    let dialogs = Arc::new(walk::dialogs());
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let disk = meter::raw_syncs(folder.path(), scale.stretch / 2);
    println!("raw syncs of this disk: {disk:.0} a second");
    let cluster = Cluster::start(Sync::On);
    let mut setups = setups(scale);
    if cluster.is_none() {
        setups.retain(|setup| !matches!(setup.base, Base::Postgres));
    }
    let stage = run::Stage {
        walk,
        dialogs,
        cluster,
        folder,
        scale_rounds: scale.rounds,
        stretch: scale.stretch,
        open: scale.open,
    };
    let begun = Instant::now();
    stage.fill_all(&setups).await;
    println!(
        "stores filled in {:.0} s; {} people apply at once\n",
        begun.elapsed().as_secs_f64(),
        scale.open
    );
    let mut found: Vec<Vec<Measured>> = setups.iter().map(|_| Vec::new()).collect();
    for round in 0..scale.rounds {
        for (setup, found) in setups.iter().zip(&mut found) {
            found.push(stage.measure(setup, round).await);
        }
    }
    run::print(&setups, found);
    let again = meter::raw_syncs(stage.folder.path(), scale.stretch / 2);
    println!("raw syncs of this disk, again: {again:.0} a second");
}

fn setups(scale: &Scale) -> Vec<Setup> {
    let sqlite = |name, clients, batch_max, durability, stored| Setup {
        name,
        base: Base::Sqlite(durability),
        clients,
        batch_max,
        stored,
    };
    let postgres = |clients| Setup {
        name: "PostgreSQL",
        base: Base::Postgres,
        clients,
        batch_max: BATCH_MAX,
        stored: scale.open,
    };
    let (full, normal) = (Durability::Full, Durability::Normal);
    vec![
        sqlite("SQLite", 1, BATCH_MAX, full, scale.open),
        sqlite("SQLite", 16, BATCH_MAX, full, scale.open),
        sqlite("SQLite", 256, BATCH_MAX, full, scale.open),
        sqlite("SQLite, NORMAL", 256, BATCH_MAX, normal, scale.open),
        sqlite("SQLite, limit 1", 256, 1, full, scale.open),
        sqlite("SQLite", 256, BATCH_MAX, full, scale.stored),
        postgres(64),
        postgres(256),
    ]
}
