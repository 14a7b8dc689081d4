//! `wasl serve`: puts the rooms together, tells the operator where it stands, and closes in order. It
//! listens before its database is there, so that a restart of machines in any order comes up.

pub mod doors;
mod greeting;
pub mod house;

use std::net::SocketAddr;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

use super::dialogs::{self, Set};
use super::engine::{Engine, Words};
use super::exit::{Ended, Ending, Failure, OrEnd};
use super::out::say;
use super::{block_on, logs, socket, store};
use crate::config::{PublicUrl, Settings};
use crate::console::{self, Console};
use crate::store::{Mode, OpenError, Options, Store};
use crate::web::door::Door;
use crate::web::{self, Site};

/// Between two attempts to reach a database that is away.
const RETRY_SECS: u64 = 2;

pub fn run(settings: Settings) -> Ended {
    logs::begin(&settings)?;
    let set = dialogs::set(&settings)?;
    block_on(serve(settings, set))
}

async fn serve(settings: Settings, set: Set) -> Ended {
    let metrics = logs::begin_metrics()?;
    tokio::spawn(logs::keep_metrics(metrics.clone()));
    let listener = listen(settings.listen).await?;
    let bound = listener
        .local_addr()
        .or_end(Ending::Unavailable, "asking for the own address")?;
    let url = settings.public_url_for(bound);
    let words = Words::new(set);
    let stop = stop_on_signal()?;
    let first = attempt(&settings).await?;
    say(greeting::greeting(
        &settings,
        &words.registry.current().charity,
        &url,
        bound,
        &dialogs::contradictions(&dialogs::files(settings.dialogs.as_deref())?, &settings),
    ));
    let door = Door::new(words.registry.clone(), words.bus.clone());
    let house_url = url.clone();
    let console = Console::new(
        words.registry.clone(),
        words.bus.clone(),
        settings.clone(),
        url.clone(),
    );
    let site = Site::new(
        door.clone(),
        words.shelves.clone(),
        web::Options {
            public_url: url,
            trusted_proxy: settings.trusted_proxy.clone(),
            sites: settings.widget_sites.clone(),
            silence: web::SILENCE,
            console: console.clone(),
            numbers: Box::new(move || metrics.render()),
        },
    );
    let house = tokio::spawn(run_house(
        settings,
        words,
        (door, console),
        first,
        house_url,
        stop.clone(),
    ));
    let served = web::serve(site, listener, stop.cancelled()).await;
    let engine = house.await.or_end(Ending::Fault, "running the house")??;
    if let Some(engine) = engine {
        engine.close().await;
    }
    served.or_end(Ending::Fault, "serving pages")?;
    tracing::info!("closed");
    Ok(Ending::Done)
}

/// Opens the house behind the door and does its errands until the stop. None when it was stopped before
/// the database came. Whatever ends this ends the server.
async fn run_house(
    settings: Settings,
    words: Words,
    (door, console): (Door, Console),
    first: Option<Store>,
    url: PublicUrl,
    stop: CancellationToken,
) -> Result<Option<Engine>, Failure> {
    let _stopping = stop.clone().drop_guard();
    let store = match first {
        Some(store) => store,
        None => tokio::select! {
            () = stop.cancelled() => return Ok(None),
            store = patiently(&settings) => store?,
        },
    };
    let engine = Engine::start(settings.clone(), store, &words, Some(url)).await?;
    door.open(engine.rooms());
    console.open(engine.desk());
    welcome(&engine.store, &console).await;
    tracing::info!("messages are taken");
    tokio::select! {
        () = stop.cancelled() => {}
        () = errands(&settings, &engine) => {}
    }
    Ok(Some(engine))
}

/// While there is no administrator: the link with which the first is made, once on the screen and in no log.
async fn welcome(store: &Store, console: &Console) {
    match console::welcome::first(store).await {
        Ok(Some(path)) => say(format!(
            "\n  Console    there is no administrator yet. Open this to become the first, once, within 24 hours:\n             {}{path}\n",
            console.url()
        )),
        Ok(None) => {}
        Err(fault) => {
            tracing::warn!(%fault, "the link for the first administrator could not be made; start again")
        }
    }
}

async fn listen(address: SocketAddr) -> Result<TcpListener, Failure> {
    TcpListener::bind(address).await.map_err(|error| {
        let remedy = match error.kind() {
            std::io::ErrorKind::AddrInUse => {
                "another program, perhaps another `wasl serve`, listens there. \
                 Stop it, or set WASL_LISTEN to another port"
            }
            std::io::ErrorKind::PermissionDenied => {
                "ports below 1024 need rights that Wasl should not have. \
                 Set WASL_LISTEN to a port above, and put a proxy in front"
            }
            std::io::ErrorKind::AddrNotAvailable => {
                "this machine does not have that address. Set WASL_LISTEN to one of its own"
            }
            _ => "check WASL_LISTEN",
        };
        Failure::new(
            Ending::Unavailable,
            format!("cannot listen on {address} ({error}): {remedy}"),
        )
    })
}

/// The store, or None for a database that is away and may come.
async fn attempt(settings: &Settings) -> Result<Option<Store>, Failure> {
    match Store::open(Options::of(settings), Mode::Write).await {
        Ok(store) => Ok(Some(store)),
        Err(error) if may_come(settings, &error) => {
            tracing::warn!(%error, "the database cannot be reached; every message is told to come again");
            Ok(None)
        }
        Err(error) => Err(store::failure(error)),
    }
}

/// SQLite lies in the folder or it does not; a server may be on its way.
fn may_come(settings: &Settings, error: &OpenError) -> bool {
    let is_away = matches!(error, OpenError::Fault(fault) if fault.waits());
    settings.database_url.is_some() && is_away
}

async fn patiently(settings: &Settings) -> Result<Store, Failure> {
    loop {
        tokio::time::sleep(Duration::from_secs(RETRY_SECS)).await;
        if let Some(store) = attempt(settings).await? {
            return Ok(store);
        }
    }
}

/// Commands at the own door, and SIGHUP.
async fn errands(settings: &Settings, engine: &Engine) {
    let reloads = async {
        let Ok(mut hangups) = signal(SignalKind::hangup()) else {
            return std::future::pending().await;
        };
        while hangups.recv().await.is_some() {
            let report = engine.reload().await;
            match report.done {
                true => tracing::info!("{}", report.told),
                false => tracing::error!("{}", report.told),
            }
        }
    };
    match socket::open(&settings.data_dir) {
        Ok(listener) => {
            tokio::join!(
                reloads,
                socket::answer(listener, |errand| engine.run(errand))
            );
        }
        Err(error) => {
            tracing::warn!(%error, "commands such as `wasl reload` cannot reach this server");
            reloads.await;
        }
    }
}

fn stop_on_signal() -> Result<CancellationToken, Failure> {
    let stop = CancellationToken::new();
    let doing = "listening to signals";
    let mut terminate = signal(SignalKind::terminate()).or_end(Ending::Fault, doing)?;
    let mut interrupt = signal(SignalKind::interrupt()).or_end(Ending::Fault, doing)?;
    let stopping = stop.clone();
    tokio::spawn(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tracing::info!("closing: what was taken is ended first");
        stopping.cancel();
    });
    Ok(stop)
}
