//! What one keeps of the inbox for oneself: views under a name, and one's own duty.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};

use crate::console::fields::Fields;
use crate::console::frame::said;
use crate::console::permission::Permission;
use crate::console::visit::{Staff, Visit};
use crate::console::wrong::Wrong;
use crate::console::{Console, fresh_id, now};
use crate::store::draft::{self, View};
use crate::store::duty::{self, Duty};

/// Conversations a member of staff may say that they hold at once.
const CAPACITY_MAX: i64 = 50;

/// `POST /staff/views`: the list as it is filtered, under a name.
pub async fn keep_view(
    State(console): State<Console>,
    staff: Staff,
    visit: Visit,
    fields: Fields,
) -> Result<Response, Wrong> {
    staff.need(Permission::Conversations)?;
    let (name, query) = (fields.line("name"), fields.line("query"));
    if name.is_empty() {
        return Err(Wrong::Bad);
    }
    let view = View {
        id: fresh_id(),
        name,
        query: query.clone(),
    };
    let mut tx = console.writer().await?;
    draft::save_view(&mut tx, staff.id(), &view, now()).await?;
    tx.commit().await?;
    Ok(said(
        &visit,
        &format!("/staff/conversations?{query}"),
        "said-kept",
    ))
}

/// `POST /staff/views/{id}/end`
pub async fn drop_view(
    State(console): State<Console>,
    staff: Staff,
    Path(id): Path<String>,
) -> Result<Response, Wrong> {
    let mut tx = console.writer().await?;
    draft::drop_view(&mut tx, staff.id(), &id).await?;
    tx.commit().await?;
    Ok(Redirect::to("/staff/conversations").into_response())
}

/// `POST /staff/duty`: whether one takes conversations now, how many, and of which kind.
pub async fn duty(
    State(console): State<Console>,
    staff: Staff,
    visit: Visit,
    fields: Fields,
) -> Result<Response, Wrong> {
    staff.need(Permission::Answer)?;
    let words = |name: &'static str| {
        fields
            .all(name)
            .filter(|one| !one.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let capacity = fields.raw("capacity").parse().unwrap_or(duty::CAPACITY);
    let gender = fields.raw("gender");
    let duty = Duty {
        away: fields.has("away"),
        on_call: fields.has("on_call"),
        capacity: i64::clamp(capacity, 0, CAPACITY_MAX),
        services: words("services"),
        languages: words("languages"),
        gender: match gender {
            "woman" | "man" => gender.to_owned(),
            _ => String::new(),
        },
        ..Duty::of(staff.id())
    };
    let mut tx = console.writer().await?;
    duty::set(&mut tx, &duty).await?;
    tx.commit().await?;
    Ok(said(&visit, "/staff/conversations", "said-kept"))
}
