//! Conversations: lists of them, one of them, and what is done to them. Access is asked where one is found; every
//! act enters through `inbox` with the key that its form was given, so that a second click is the first one.

mod act;
mod compose;
mod fate;
mod file;
mod index;
mod line;
mod live;
mod own;
mod promise;
mod reply;
mod search;
mod show;
mod tag;
mod trace;
mod window;
mod wishes;

pub use index::nameless;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

use super::permission::{Permission, Scope};
use super::visit::Staff;
use super::wrong::Wrong;
use super::{Console, now, upload};
use crate::event::{Control, Event, EventKey, Known, Origin, Seed, Source, StaffAct, What};
use crate::inbox::Taken;
use crate::store::desk::{self, Listed};
use crate::store::{Tx, conflict};

pub fn routes() -> Router<Console> {
    let one = |rest: &str| format!("/staff/conversations/{{id}}{rest}");
    Router::new()
        .route("/staff/conversations", get(index::show))
        .route("/staff/conversations/live", get(live::lists))
        .route("/staff/search", get(search::show))
        .route("/staff/views", post(own::keep_view))
        .route("/staff/views/{id}/end", post(own::drop_view))
        .route("/staff/duty", post(own::duty))
        .route(&one(""), get(show::show))
        .route(&one("/live"), get(live::one))
        .route(&one("/handover"), post(act::claim))
        .route(&one("/handover/end"), post(act::end))
        .route(&one("/transfers"), post(act::transfer))
        .route(&one("/notes"), post(act::note))
        .route(&one("/labels"), post(act::label))
        .route(&one("/priority"), post(act::prioritise))
        .route(&one("/snooze"), post(act::snooze))
        .route(&one("/alerts/seen"), post(act::see))
        .route(&one("/reveals"), post(act::reveal))
        .route(&one("/draft"), post(act::draft))
        .route(&one("/typing"), post(live::typing))
        .route(&one("/files/{file}"), get(file::show))
        .route(&one("/files/{file}/preview"), get(file::preview))
        .merge(
            Router::new()
                .route(&one("/messages"), post(reply::create))
                .layer(DefaultBodyLimit::max(upload::FORM_BYTES_MAX)),
        )
}

/// The branch that somebody's lists are cut to; empty: all of them.
fn branch(staff: &Staff) -> String {
    match staff.scope() {
        Scope::All => String::new(),
        // Nobody's branch is called so: whoever has none sees what they hold.
        Scope::Branch(branch) if branch.is_empty() => "\u{1}".to_owned(),
        Scope::Branch(branch) => branch,
    }
}

/// A conversation, if this one may see it. Others look like none, and the audit knows.
///
/// # Errors
/// There is none, or it is not theirs to see.
async fn find(tx: &mut Tx, staff: &Staff, id: &str) -> Result<Listed, Wrong> {
    staff.need(Permission::Conversations)?;
    let found = desk::these(tx, &[id]).await?.pop().ok_or(Wrong::Missing)?;
    let branch = branch(staff);
    let own = branch.is_empty() || found.branch == branch || holds(staff, &found);
    let conflicts = conflict::among(tx, staff.id(), &[&found.contact]).await?;
    match own && conflicts.is_empty() {
        true => Ok(found),
        false => Err(Wrong::hidden("conversation", id)),
    }
}

/// Whether somebody speaks in a conversation.
fn holds(staff: &Staff, one: &Listed) -> bool {
    one.control == Control::Human(staff.id().to_owned())
}

/// An act as an event. `key` comes from the form: pressed twice it is one.
pub fn event(conversation: &str, by: &str, key: &str, act: StaffAct) -> Event {
    Event {
        key: EventKey {
            channel: "staff".to_owned(),
            account: by.to_owned(),
            key: key.to_owned(),
        },
        received_at: now(),
        seed: Seed(rand::random()),
        from: Origin::Conversation(conversation.to_owned()),
        what: What::Staff(act),
        message_id: None,
        kind: "staff".to_owned(),
        source: Source::Own,
        ranked: None,
        also: None,
        sent_at: None,
        note: None,
        known: Known::default(),
    }
}

/// Does an act in the name of somebody.
///
/// # Errors
/// Nothing could be taken now.
async fn take(
    console: &Console,
    staff: &Staff,
    id: &str,
    key: &str,
    act: StaffAct,
) -> Result<Taken, Wrong> {
    let event = event(id, staff.id(), &format!("{id}:{key}"), act);
    Ok(console.rooms()?.inbox.take(event).await?)
}
