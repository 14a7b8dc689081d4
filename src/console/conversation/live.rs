//! The live lines of the console: what changed at the desk or in one conversation, as hints upon which a page
//! fetches itself again. A line ends after some minutes, so that a session that ended is noticed.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::{Path, State};
use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderName, StatusCode};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use serde_json::json;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::Instant;

use super::{branch, find};
use crate::console::fields::Fields;
use crate::console::permission::Permission;
use crate::console::visit::Staff;
use crate::console::wrong::Wrong;
use crate::console::{Console, now};
use crate::event::Millis;
use crate::inbox::{Felt, Said};
use crate::store::desk::{self, Counts};
use crate::store::{Engine, Tx, duty, session, staff};

/// A line is opened anew after so long: then it is asked again who is there.
const LINE_SECS: u64 = 300;
/// The guarantee below the hints.
const POLL_SECS: u64 = 5;
/// Hints that come together are one.
const GATHER_MILLIS: u64 = 400;
/// Below the silence at which proxies give up.
const HEARTBEAT_SECS: u64 = 15;
/// A page that is open says so this often, and counts as open a little longer.
const HERE_SECS: u64 = 60;
const HERE_MILLIS: Millis = 100_000;

/// `GET /staff/conversations/live`
pub async fn lists(State(console): State<Console>, staff: Staff) -> Result<Response, Wrong> {
    staff.need(Permission::Conversations)?;
    let desk = Desk {
        hints: console.bus().listen(),
        begun: Instant::now(),
        said_here: None,
        counts: None,
        changed: true,
        console,
        staff,
    };
    let events = stream::unfold(desk, async |mut desk| {
        desk.next()
            .await
            .map(|event| (Ok::<_, Infallible>(event), desk))
    });
    Ok(line(
        Sse::new(events).keep_alive(heartbeat()).into_response(),
    ))
}

fn heartbeat() -> KeepAlive {
    KeepAlive::new().interval(Duration::from_secs(HEARTBEAT_SECS))
}

fn line(response: Response) -> Response {
    let headers = [
        (CACHE_CONTROL, "no-store"),
        (HeaderName::from_static("x-accel-buffering"), "no"),
    ];
    (headers, response).into_response()
}

struct Desk {
    console: Console,
    staff: Staff,
    hints: Receiver<Said>,
    begun: Instant,
    said_here: Option<Instant>,
    counts: Option<Counts>,
    changed: bool,
}

impl Desk {
    /// The next change: a commit was hinted at, or the counts are others. None ends the line.
    async fn next(&mut self) -> Option<Event> {
        loop {
            if self.begun.elapsed().as_secs() >= LINE_SECS {
                return None;
            }
            self.here().await;
            let counts = self.count().await?;
            let changed = std::mem::take(&mut self.changed);
            if changed || self.counts != Some(counts) {
                self.counts = Some(counts);
                return Event::default().event("desk").json_data(counts).ok();
            }
            self.changed = gathered(&mut self.hints, |_| true).await?;
        }
    }

    async fn count(&self) -> Option<Counts> {
        let mut tx = self.console.reader().await.ok()?;
        still_here(&mut tx, &self.staff).await?;
        let (id, branch) = (self.staff.id(), branch(&self.staff));
        desk::counts(&mut tx, id, &branch, now()).await.ok()
    }

    /// Whoever has a page open is offered conversations.
    async fn here(&mut self) {
        let due = self
            .said_here
            .is_none_or(|at| at.elapsed().as_secs() >= HERE_SECS);
        if !due {
            return;
        }
        self.said_here = Some(Instant::now());
        let written = async {
            let mut tx = self.console.writer().await?;
            duty::here(&mut tx, self.staff.id(), now() + HERE_MILLIS).await?;
            tx.commit().await?;
            Ok::<_, Wrong>(())
        };
        if written.await.is_err() {
            tracing::debug!("it was not written down that a page is open");
        }
    }
}

/// None: their session has ended meanwhile, and so does their line.
async fn still_here(tx: &mut Tx, staff: &Staff) -> Option<()> {
    let open = session::is_open(tx, staff.session(), now()).await.ok()?;
    open.then_some(())
}

/// Waits for a hint that matters, or for the poll; hints that follow at once are gathered. None: the house closes.
async fn gathered(hints: &mut Receiver<Said>, matters: impl Fn(&Said) -> bool) -> Option<bool> {
    let poll = tokio::time::sleep(Duration::from_secs(POLL_SECS));
    tokio::pin!(poll);
    loop {
        let hint = tokio::select! {
            () = &mut poll => return Some(false),
            hint = hints.recv() => hint,
        };
        match hint {
            Ok(hint) if !matters(&hint) => continue,
            Ok(_) | Err(RecvError::Lagged(_)) => break,
            Err(RecvError::Closed) => return None,
        }
    }
    tokio::time::sleep(Duration::from_millis(GATHER_MILLIS)).await;
    *hints = hints.resubscribe();
    Some(true)
}

/// `GET /staff/conversations/{id}/live`
pub async fn one(
    State(console): State<Console>,
    staff: Staff,
    Path(id): Path<String>,
) -> Result<Response, Wrong> {
    let mut tx = console.reader().await?;
    let found = find(&mut tx, &staff, &id).await?;
    drop(tx);
    feel(&console, &staff, &id, false).await;
    let talk = Talk {
        hints: console.bus().listen(),
        begun: Instant::now(),
        seq: found.seq,
        stood: stands(&found),
        there: None,
        id,
        console,
        staff,
    };
    let events = stream::unfold(talk, async |mut talk| {
        talk.next()
            .await
            .map(|event| (Ok::<_, Infallible>(event), talk))
    });
    Ok(line(
        Sse::new(events).keep_alive(heartbeat()).into_response(),
    ))
}

/// What of a conversation is seen in its page beside the messages.
fn stands(one: &desk::Listed) -> String {
    format!(
        "{:?} {} {} {} {}",
        one.control, one.priority, one.snoozed_until, one.assigned, one.widened
    )
}

struct Talk {
    console: Console,
    staff: Staff,
    id: String,
    hints: Receiver<Said>,
    begun: Instant,
    seq: i64,
    stood: String,
    there: Option<Vec<(String, bool)>>,
}

impl Talk {
    async fn next(&mut self) -> Option<Event> {
        let mut hinted = false;
        loop {
            if self.begun.elapsed().as_secs() >= LINE_SECS {
                return None;
            }
            if let Some(event) = self.colleagues().await {
                return Some(event);
            }
            let mut tx = self.console.reader().await.ok()?;
            still_here(&mut tx, &self.staff).await?;
            let found = find(&mut tx, &self.staff, &self.id).await.ok()?;
            drop(tx);
            let stood = stands(&found);
            if hinted || found.seq > self.seq || stood != self.stood {
                (self.seq, self.stood) = (found.seq, stood);
                let data = json!({"seq": found.seq});
                return Event::default().event("said").json_data(data).ok();
            }
            let id = self.id.clone();
            hinted = gathered(&mut self.hints, |said| *said.conversation == *id).await?;
            feel(&self.console, &self.staff, &self.id, false).await;
        }
    }

    /// Who else looks, when that changed.
    async fn colleagues(&mut self) -> Option<Event> {
        let mut there = self.console.presence().of(&self.id, now());
        there.retain(|(who, _)| who != self.staff.id());
        if self.there.as_ref() == Some(&there) {
            return None;
        }
        let mut tx = self.console.reader().await.ok()?;
        let mut named = Vec::new();
        for (who, typing) in &there {
            let title = staff::find(&mut tx, who).await.ok()?;
            let title = title.map_or_else(|| who.clone(), |one| one.title);
            named.push(json!({"name": title, "typing": typing}));
        }
        self.there = Some(there);
        Event::default().event("there").json_data(named).ok()
    }
}

/// `POST /staff/conversations/{id}/typing`
pub async fn typing(
    State(console): State<Console>,
    staff: Staff,
    Path(id): Path<String>,
    _fields: Fields,
) -> Result<Response, Wrong> {
    let mut tx = console.reader().await?;
    find(&mut tx, &staff, &id).await?;
    drop(tx);
    feel(&console, &staff, &id, true).await;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Tells colleagues, here and on other instances, that somebody looks or writes.
async fn feel(console: &Console, staff: &Staff, id: &str, typing: bool) {
    let felt = Felt {
        conversation: id.into(),
        staff: staff.id().into(),
        typing,
    };
    console.presence().note(&felt, now());
    let others = console
        .store()
        .is_ok_and(|store| store.engine() == Engine::Postgres);
    if typing && others {
        let told = async {
            let mut tx = console.writer().await?;
            tx.notify(&felt.notice()).await?;
            tx.commit().await?;
            Ok::<_, Wrong>(())
        };
        if told.await.is_err() {
            tracing::debug!("other instances were not told who writes");
        }
    }
}
