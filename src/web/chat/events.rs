//! `GET /chat/events`: the live line. Tails the messages by `seq`, resumes where the browser says it
//! stopped, and is cut when its reader sleeps or the server closes.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::time::Duration;

use axum::Extension;
use axum::extract::State;
use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderMap, HeaderName, Uri};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream::{self, Stream};
use tokio::sync::watch::Receiver;

use super::line;
use super::open::LINES_MAX;
use super::visit::{Visit, busy, number};
use super::watch::Mark;
use crate::web::Site;
use crate::web::door::{Head, Page};
use crate::web::limits::{Client, Seat};
use crate::web::way::Way;
use crate::web::wrong::Wrong;

/// Below the silence at which proxies give up (commonly 30 to 60 s).
const HEARTBEAT_SECS: u64 = 15;

/// How soon a browser comes back after a break.
const RETRY_MILLIS: u64 = 2_000;

pub async fn follow(
    State(site): State<Site>,
    Extension(way): Extension<Way>,
    Extension(client): Extension<Client>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Wrong> {
    let seat = site.limits().line(client.0)?;
    let Some(Visit {
        head: Some(head), ..
    }) = Visit::known(&site, way, &headers).await?
    else {
        return Err(Wrong::Missing);
    };
    let after = resumes(&headers)
        .or_else(|| number(&uri, "after"))
        .unwrap_or(head.last_seq);
    let marks = site.watch().follow(&head);
    let tail = Tail {
        site,
        // A seq from the future (a restored backup) must not make the line deaf.
        after: after.min(head.last_seq),
        head,
        marks,
        ready: VecDeque::from([Event::default().retry(Duration::from_millis(RETRY_MILLIS))]),
        _seat: seat,
    };
    let alive = KeepAlive::new().interval(Duration::from_secs(HEARTBEAT_SECS));
    let headers = [
        (CACHE_CONTROL, "no-store"),
        // Some proxies hold back what they may think is not finished.
        (HeaderName::from_static("x-accel-buffering"), "no"),
    ];
    Ok((headers, Sse::new(tail.events()).keep_alive(alive)).into_response())
}

/// What the browser got last, on coming back.
fn resumes(headers: &HeaderMap) -> Option<i64> {
    let id = headers.get("last-event-id")?.to_str().ok()?;
    id.parse().ok().filter(|seq| *seq >= 0)
}

struct Tail {
    site: Site,
    head: Head,
    after: i64,
    marks: Receiver<Mark>,
    ready: VecDeque<Event>,
    _seat: Seat,
}

impl Tail {
    fn events(self) -> impl Stream<Item = Result<Event, Infallible>> {
        stream::unfold(self, async |mut tail| {
            let closing = tail.site.closing().clone();
            let event = tokio::select! {
                event = tail.next() => event,
                () = closing.cancelled() => None,
            };
            event.map(|event| (Ok(event), tail))
        })
    }

    /// The next event, as soon as there is one; None when the line must be opened anew.
    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(event) = self.ready.pop_front() {
                return Some(event);
            }
            let mark = *self.marks.borrow_and_update();
            if mark.hidden_to != self.head.hidden_to {
                self.turn(mark);
            } else if mark.last_seq > self.after {
                self.read().await?;
            } else {
                self.marks.changed().await.ok()?;
            }
        }
    }

    /// The talk was hidden, or shown again after a second factor: the page begins anew.
    fn turn(&mut self, mark: Mark) {
        let hidden = mark.hidden_to > self.head.hidden_to;
        self.head.hidden_to = mark.hidden_to;
        let name = if hidden { "cleared" } else { "shown" };
        // Browsers drop an event without data.
        self.ready
            .push_back(Event::default().event(name).data("now"));
    }

    /// A failed read ends the line: the browser comes back and resumes.
    async fn read(&mut self) -> Option<()> {
        let page = Page::After(self.after);
        let lines = self
            .site
            .door()
            .lines(&self.head, page, LINES_MAX)
            .await
            .map_err(busy)
            .ok()?;
        if lines.is_empty() {
            // Everything up to the mark is hidden.
            self.after = self.marks.borrow().last_seq;
        }
        let shelf = self.site.shelf();
        for one in lines {
            self.after = one.seq;
            if let Some(drawn) = line::draw(&one, &shelf) {
                let event = Event::default().id(one.seq.to_string()).event("message");
                self.ready.push_back(event.data(drawn.to_string()));
            }
        }
        Some(())
    }
}
