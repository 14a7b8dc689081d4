//! `/staff/system`: whether the house keeps up: what waits, what failed, which versions, how much there is. An event
//! that failed is tried again by its own key, so that two presses are one.

use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::{get, post};

use super::audit;
use super::frame::{Frame, said};
use super::permission::Permission;
use super::section::Section;
use super::visit::{Staff, Visit};
use super::wrong::Wrong;
use super::{Console, now};
use crate::event::{Event, Known, Millis};
use crate::store::event::{self, FailedEvent};
use crate::store::queue::{self, Owed};
use crate::store::strange::{self, StrangeKind};
use crate::store::{Engine, Tx, case, chain, line, verify};

const HERE: &str = "/staff/system";
/// Failed events on the page: more is a fault of the house that no page mends.
const FAILED_MAX: usize = 100;

pub fn routes() -> Router<Console> {
    Router::new()
        .route(HERE, get(show))
        .route("/staff/system/failed/{id}/retry", post(retry))
        .route("/staff/system/failed/{id}/removal", post(remove))
}

#[derive(Template)]
#[template(path = "console/system.html", config = "src/web/askama.toml")]
struct Page {
    frame: Frame,
    /// Events that wait for the writer.
    waiting: usize,
    owed: Vec<Owed>,
    rings: (i64, Option<Millis>),
    failed: Vec<FailedEvent>,
    strange: Vec<StrangeKind>,
    /// Channels that rest or were in trouble when they were last used: why, and since when.
    troubles: Vec<(String, String, Millis)>,
    build: &'static str,
    dialogs: String,
    migration: String,
    engine: &'static str,
    database: Option<String>,
    files: i64,
    file_bytes: String,
    /// Rows of evidence and audit.
    evidence: i64,
    audit: i64,
}

async fn show(
    State(console): State<Console>,
    staff: Staff,
    visit: Visit,
) -> Result<Response, Wrong> {
    staff.need(Permission::System)?;
    let mut tx = console.reader().await?;
    let mut failed = event::failed(&mut tx).await?;
    failed.truncate(FAILED_MAX);
    let (files, bytes) = queue::files(&mut tx).await?;
    let frame = Frame::new(&console, &visit, &staff, Section::System, "nav-system");
    let store = console.store()?;
    let page = Page {
        waiting: console.rooms()?.inbox.waiting(),
        owed: queue::owed(&mut tx).await?,
        rings: queue::rings(&mut tx, now()).await?,
        failed,
        strange: strange::kinds(&mut tx).await?,
        troubles: troubles(&mut tx).await?,
        build: env!("CARGO_PKG_VERSION"),
        dialogs: console
            .registry()
            .current()
            .version
            .chars()
            .take(12)
            .collect(),
        migration: queue::migration(&mut tx).await?,
        engine: match store.engine() {
            Engine::Sqlite => "SQLite",
            Engine::Postgres => "PostgreSQL",
        },
        database: queue::size(store).map(size),
        files,
        file_bytes: size(u64::try_from(bytes).unwrap_or(0)),
        evidence: chain::length(&mut tx, case::EVIDENCE).await?,
        audit: chain::length(&mut tx, verify::AUDIT).await?,
        frame: frame.clone(),
    };
    frame.answer(&page)
}

async fn troubles(tx: &mut Tx) -> Result<Vec<(String, String, Millis)>, Wrong> {
    let lines = line::all(tx).await?.into_iter();
    let troubled = lines.filter_map(|line| {
        let (reason, since) = line.trouble?;
        Some((line.channel, reason, since))
    });
    Ok(troubled.collect())
}

/// Bytes in the unit that fits.
fn size(bytes: u64) -> String {
    const UNITS: [(u64, &str); 3] = [(1 << 30, "GB"), (1 << 20, "MB"), (1 << 10, "kB")];
    let unit = UNITS.into_iter().find(|(unit, _)| bytes >= *unit);
    match unit {
        Some((unit, name)) => {
            let tenths = bytes * 10 / unit;
            format!("{}.{} {name}", tenths / 10, tenths % 10)
        }
        None => format!("{bytes} B"),
    }
}

async fn retry(
    State(console): State<Console>,
    staff: Staff,
    visit: Visit,
    Path(id): Path<String>,
) -> Result<Response, Wrong> {
    staff.need(Permission::System)?;
    let found = event::failed_one(&mut console.reader().await?, &id).await?;
    let found = found.ok_or(Wrong::Missing)?;
    let Ok(mut again) = serde_json::from_str::<Event>(&found.body) else {
        return Ok(said(&visit, HERE, "said-unreadable"));
    };
    // Its own key is used up. This one makes two presses, or a press after a crash, one event.
    again.key.key = format!("again:{id}");
    again.known = Known::default();
    let before = failures(&console).await?;
    console.rooms()?.inbox.take(again).await?;
    let mut tx = console.writer().await?;
    // It came to nothing again: then it stands there anew, and this one is no longer needed.
    event::settle(&mut tx, &id).await?;
    audit::changed(&mut tx, staff.id(), &id, "failed event tried again").await?;
    tx.commit().await?;
    let words = match failures(&console).await? < before {
        true => "said-retried",
        false => "said-failed-again",
    };
    Ok(said(&visit, HERE, words))
}

async fn failures(console: &Console) -> Result<usize, Wrong> {
    Ok(event::failed(&mut console.reader().await?).await?.len())
}

async fn remove(
    State(console): State<Console>,
    staff: Staff,
    visit: Visit,
    Path(id): Path<String>,
) -> Result<Response, Wrong> {
    staff.need(Permission::System)?;
    let mut tx = console.writer().await?;
    if !event::settle(&mut tx, &id).await? {
        return Err(Wrong::Missing);
    }
    audit::changed(&mut tx, staff.id(), &id, "failed event dropped").await?;
    tx.commit().await?;
    Ok(said(&visit, HERE, "said-removed"))
}

#[cfg(test)]
mod tests {
    #[test]
    fn sizes_are_told_in_the_unit_that_fits() {
        for (bytes, expected) in [
            (0, "0 B"),
            (1_023, "1023 B"),
            (1_536, "1.5 kB"),
            (5 << 20, "5.0 MB"),
            (3 << 30, "3.0 GB"),
        ] {
            assert_eq!(super::size(bytes), expected);
        }
    }
}
