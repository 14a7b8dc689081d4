//! Telegram from its update to the reply at the stand-in: `wasl serve` on one core, the stand-in and everybody
//! who writes on the other. `cargo bench --bench telegram`, with `-- --quick` in half a minute.

#[path = "../../tests/product/telegram/bot_api/mod.rs"]
#[allow(dead_code)]
mod bot_api;

mod people;
#[path = "../support/served.rs"]
mod served;

use std::time::Duration;

use people::{Load, Measured};
use served::Served;

/// One way to measure.
struct Setup {
    name: &'static str,
    /// What a call of the platform takes.
    delay: Duration,
    /// One call in so many fails, by 500 and 429 in turn.
    fails_every: Option<u64>,
    people: usize,
}

fn main() {
    let quick = std::env::args().any(|word| word == "--quick");
    let (people, stretch) = match quick {
        true => (64, Duration::from_secs(4)),
        // Answers to one person keep to the pace of a person: many people, so that it is not what is measured.
        false => (6_000, Duration::from_secs(20)),
    };
    let setups = [
        ("at once", Duration::ZERO, None),
        ("50 ms a call", Duration::from_millis(50), None),
        ("1 in 50 fails", Duration::ZERO, Some(50)),
    ];
    served::pin_to(1, std::process::id());
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let runtime = runtime.expect("a runtime can be made");
    println!(
        "{:<16}{:>9}{:>10}{:>14}{:>10}{:>10}{:>12}",
        "the platform", "people", "turns/s", "CPU µs/turn", "p50 ms", "p99 ms", "resident MB"
    );
    for (name, delay, fails_every) in setups {
        let setup = Setup {
            name,
            delay,
            fails_every,
            people,
        };
        let full = runtime.block_on(measure(&setup, stretch, None));
        print(&setup, "", &full);
        if delay.is_zero() && fails_every.is_none() {
            let half = runtime.block_on(measure(&setup, stretch, Some(full.per_second() / 2.0)));
            print(&setup, " (half load)", &half);
        }
    }
    let many = match quick {
        true => 500,
        false => 10_000,
    };
    let resident = runtime.block_on(in_mid_dialog(many));
    println!("{many} people in mid-dialog: {resident} MB resident");
}

async fn measure(setup: &Setup, stretch: Duration, rate: Option<f64>) -> Measured {
    let (bot, told) = people::stand_in().await;
    {
        let mut world = bot_api::locked(&bot.world);
        world.delay = setup.delay;
        world.fails_every = setup.fails_every;
    }
    let served = Served::start(&bot.by_webhook(), "0").await;
    let load = Load {
        people: setup.people,
        stretch,
        rate,
    };
    people::run(&served, &bot, told, &load).await
}

/// Everybody opens the form and stops in its middle.
async fn in_mid_dialog(people: usize) -> u64 {
    let (bot, told) = people::stand_in().await;
    let served = Served::start(&bot.by_webhook(), "0").await;
    people::open_forms(&served, &bot, told, people).await;
    served.resident_mb()
}

fn print(setup: &Setup, suffix: &str, measured: &Measured) {
    println!(
        "{:<16}{:>9}{:>10.0}{:>14.0}{:>10.1}{:>10.1}{:>12}",
        format!("{}{suffix}", setup.name),
        setup.people,
        measured.per_second(),
        measured.cpu_seconds * 1e6 / measured.turns as f64,
        measured.percentile(0.50),
        measured.percentile(0.99),
        measured.resident_mb,
    );
}
