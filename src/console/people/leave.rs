//! Somebody leaves, and what they held goes back to everybody who waits for work; and somebody comes back. The door
//! is closed first: what is handed back afterwards is found again should the machine stop in between.

use axum::extract::{Path, State};
use axum::response::Response;

use super::change::{address, find, is_last};
use crate::console::audit;
use crate::console::frame::said;
use crate::console::permission::{self, Permission};
use crate::console::visit::{Staff, Visit};
use crate::console::wrong::Wrong;
use crate::console::{Console, now};
use crate::event::{Event, EventKey, Known, Origin, Seed, Source, StaffAct, What};
use crate::store::staff::{self, Account};
use crate::store::{invitation, session};

pub async fn deactivate(
    State(console): State<Console>,
    staff: Staff,
    visit: Visit,
    Path(id): Path<String>,
) -> Result<Response, Wrong> {
    staff.need(Permission::Staff)?;
    let mut tx = console.writer().await?;
    let person = find(&mut tx, &id).await?;
    if is_last(&mut tx, &person).await? {
        tx.rollback().await?;
        return Ok(said(&visit, &address(&id), "said-last"));
    }
    staff::deactivate(&mut tx, &id, Some(now())).await?;
    session::end_others(&mut tx, &id, "").await?;
    invitation::withdraw(&mut tx, &id).await?;
    audit::changed(&mut tx, staff.id(), &id, "deactivated").await?;
    tx.commit().await?;
    hand_back(&console, &id, staff.id()).await?;
    Ok(said(&visit, &address(&id), "said-deactivated"))
}

pub async fn activate(
    State(console): State<Console>,
    staff: Staff,
    visit: Visit,
    Path(id): Path<String>,
) -> Result<Response, Wrong> {
    staff.need(Permission::Staff)?;
    let mut tx = console.writer().await?;
    find(&mut tx, &id).await?;
    staff::deactivate(&mut tx, &id, None).await?;
    audit::changed(&mut tx, staff.id(), &id, "activated").await?;
    tx.commit().await?;
    Ok(said(&visit, &address(&id), "said-activated"))
}

/// Everything that somebody who left, or may answer no more, still holds goes back: what a stopped machine left undone.
///
/// # Errors
/// The database or the queue cannot take it now.
pub async fn settle(console: &Console) -> Result<(), Wrong> {
    let all = staff::all(&mut console.reader().await?).await?;
    let answers =
        |one: &Account| one.is_active() && permission::may(&one.roles, Permission::Answer);
    for gone in all.iter().filter(|one| !answers(one)) {
        hand_back(console, &gone.id, &gone.id).await?;
    }
    Ok(())
}

/// What somebody holds goes back to everybody who waits for work.
///
/// # Errors
/// The database or the queue cannot take it now.
pub async fn hand_back(console: &Console, id: &str, by: &str) -> Result<(), Wrong> {
    let held = staff::held(&mut console.reader().await?, id).await?;
    for conversation in held {
        let act = StaffAct::Transferred {
            by: by.to_string(),
            to: None,
            why: String::new(),
        };
        console
            .rooms()?
            .inbox
            .take(event(conversation, act))
            .await?;
    }
    Ok(())
}

fn event(conversation: String, act: StaffAct) -> Event {
    Event {
        key: EventKey {
            channel: "staff".to_string(),
            account: String::new(),
            key: crate::console::fresh_id(),
        },
        received_at: now(),
        sent_at: None,
        seed: Seed(rand::random()),
        from: Origin::Conversation(conversation),
        also: None,
        what: What::Staff(act),
        message_id: None,
        kind: "staff".to_string(),
        source: Source::Own,
        ranked: None,
        note: None,
        known: Known::default(),
    }
}
