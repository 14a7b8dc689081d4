//! Changing what somebody may do, and helping them back in. Each change stands in the audit.

use std::collections::BTreeSet;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::leave::hand_back;
use super::{Told, fresh_link, page, shown_link};
use crate::console::audit::{self, Act};
use crate::console::fields::Fields;
use crate::console::frame::said;
use crate::console::permission::{self, Permission};
use crate::console::visit::{Staff, Visit};
use crate::console::wrong::Wrong;
use crate::console::{Console, conflict};
use crate::store::Tx;
use crate::store::conflict as store_conflict;
use crate::store::invitation::Purpose;
use crate::store::session;
use crate::store::staff::{self, Account, Described, Role};

/// The page of somebody.
pub fn address(id: &str) -> String {
    format!("/staff/people/{id}")
}

/// Somebody, in a transaction that changes them.
pub async fn find(tx: &mut Tx, id: &str) -> Result<Account, Wrong> {
    staff::find(tx, id).await?.ok_or(Wrong::Missing)
}

/// Whether nobody would be left who can administer, if this one could not.
///
/// # Errors
/// As the store's.
pub async fn is_last(tx: &mut Tx, person: &Account) -> Result<bool, Wrong> {
    let counts = person.roles.contains(&Role::Administrator)
        && person.is_active()
        && person.password.is_some();
    Ok(counts && staff::administrators(tx).await? == 1)
}

pub async fn describe(
    State(console): State<Console>,
    staff: Staff,
    visit: Visit,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Wrong> {
    staff.need(Permission::Staff)?;
    let told = Told::of(&fields);
    let mut tx = console.writer().await?;
    let person = find(&mut tx, &id).await?;
    let leaves = !told.roles.contains(&Role::Administrator);
    let last = leaves && is_last(&mut tx, &person).await?;
    if let Some(wrong) = told.wrong().or(last.then_some("roles-last")) {
        tx.rollback().await?;
        let mut page = page(&console, &visit, &staff, &id).await?;
        page.wrong = Some(wrong);
        page.ticks = super::ticks(&told.roles);
        let answer = page.frame.answer(&page)?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, answer).into_response());
    }
    let what = Described {
        title: &told.title,
        roles: &told.roles,
        branch: told.branch.as_deref(),
    };
    staff::describe(&mut tx, &id, &what).await?;
    let detail = json!({
        "what": "account",
        "roles": words(&told.roles),
        "before": words(&person.roles),
    });
    audit::note(&mut tx, staff.id(), Act::Changed, &id, &detail).await?;
    tx.commit().await?;
    if !permission::may(&told.roles, Permission::Answer) {
        hand_back(&console, &id, staff.id()).await?;
    }
    Ok(said(&visit, &address(&id), "said-saved"))
}

fn words(roles: &BTreeSet<Role>) -> Vec<&'static str> {
    roles.iter().map(|role| role.word()).collect()
}

pub async fn link(
    State(console): State<Console>,
    staff: Staff,
    visit: Visit,
    Path(id): Path<String>,
) -> Result<Response, Wrong> {
    staff.need(Permission::Staff)?;
    let mut tx = console.writer().await?;
    let person = find(&mut tx, &id).await?;
    if !person.is_active() {
        return Err(Wrong::Changed);
    }
    let purpose = match person.password {
        None => Purpose::Invite,
        Some(_) => Purpose::Reset,
    };
    let path = fresh_link(&mut tx, &id, purpose, staff.id()).await?;
    audit::changed(&mut tx, staff.id(), &id, "link").await?;
    tx.commit().await?;
    shown_link(&console, &visit, &staff, &person.title, &id, &path)
}

pub async fn forget_second(
    State(console): State<Console>,
    staff: Staff,
    visit: Visit,
    Path(id): Path<String>,
) -> Result<Response, Wrong> {
    staff.need(Permission::Staff)?;
    let mut tx = console.writer().await?;
    find(&mut tx, &id).await?;
    staff::forget_second(&mut tx, &id).await?;
    session::end_others(&mut tx, &id, "").await?;
    audit::changed(&mut tx, staff.id(), &id, "second factor forgotten").await?;
    tx.commit().await?;
    Ok(said(&visit, &address(&id), "said-second-forgotten"))
}

pub async fn end_sessions(
    State(console): State<Console>,
    staff: Staff,
    visit: Visit,
    Path(id): Path<String>,
) -> Result<Response, Wrong> {
    staff.need(Permission::Staff)?;
    let mut tx = console.writer().await?;
    find(&mut tx, &id).await?;
    session::end_others(&mut tx, &id, staff.session()).await?;
    audit::changed(&mut tx, staff.id(), &id, "sessions ended").await?;
    tx.commit().await?;
    Ok(said(&visit, &address(&id), "said-session-ended"))
}

pub async fn declare(
    State(console): State<Console>,
    staff: Staff,
    visit: Visit,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Wrong> {
    staff.need(Permission::Staff)?;
    find(&mut console.reader().await?, &id).await?;
    let words = conflict::declare(&console, &id, staff.id(), &fields).await?;
    Ok(said(&visit, &address(&id), words))
}

/// Nobody withdraws what stands against themselves.
pub async fn withdraw(
    State(console): State<Console>,
    staff: Staff,
    visit: Visit,
    Path((id, conflict)): Path<(String, String)>,
) -> Result<Response, Wrong> {
    staff.need(Permission::Staff)?;
    if staff.id() == id {
        return Ok(said(&visit, &address(&id), "said-conflict-own"));
    }
    let mut tx = console.writer().await?;
    if !store_conflict::withdraw(&mut tx, &conflict, &id).await? {
        return Err(Wrong::Missing);
    }
    audit::changed(&mut tx, staff.id(), &id, "conflict withdrawn").await?;
    tx.commit().await?;
    Ok(said(&visit, &address(&id), "said-saved"))
}
