//! What staff do to a conversation. A handler reads its form into an act; whether the act still means anything is
//! decided in the turn. Whoever was too late is told so beside the name of who was faster.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Duration, NaiveDate, Utc};

use super::{find, holds, take};
use crate::console::audit::{self, Act};
use crate::console::fields::Fields;
use crate::console::frame::said;
use crate::console::permission::Permission;
use crate::console::visit::{Staff, Visit};
use crate::console::wrong::Wrong;
use crate::console::{Console, now};
use crate::event::{Control, Millis, Priority, StaffAct};
use crate::inbox::Taken;
use crate::store::{draft as drafts, label as labels, staff as people};
use crate::text::fold;

type Done = Result<Response, Wrong>;

pub async fn claim(
    State(console): State<Console>,
    staff: Staff,
    visit: Visit,
    Path(id): Path<String>,
    fields: Fields,
) -> Done {
    let act = StaffAct::Claimed {
        by: staff.id().to_owned(),
    };
    do_one(&console, &staff, &visit, &id, &fields, act, "said-claimed").await
}

/// Gives it back to the bot, or closes it.
pub async fn end(
    State(console): State<Console>,
    staff: Staff,
    visit: Visit,
    Path(id): Path<String>,
    fields: Fields,
) -> Done {
    let by = staff.id().to_owned();
    let (act, words) = match fields.raw("how") {
        "bot" => (StaffAct::Returned { by }, "said-returned"),
        "closed" => (StaffAct::Closed { by }, "said-closed"),
        _ => return Err(Wrong::Bad),
    };
    do_one(&console, &staff, &visit, &id, &fields, act, words).await
}

pub async fn transfer(
    State(console): State<Console>,
    staff: Staff,
    visit: Visit,
    Path(id): Path<String>,
    fields: Fields,
) -> Done {
    let (to, why) = (fields.line("to"), fields.text("why"));
    if why.is_empty() {
        return Err(Wrong::Bad);
    }
    let mut tx = console.reader().await?;
    let one = find(&mut tx, &staff, &id).await?;
    if !holds(&staff, &one) {
        staff.need(Permission::Assign)?;
    }
    if !to.is_empty() {
        let colleague = people::find(&mut tx, &to).await?;
        let answers = colleague.is_some_and(|one| {
            one.is_active() && one.roles.iter().copied().any(people::Role::answers)
        });
        if !answers {
            return Err(Wrong::Bad);
        }
    }
    drop(tx);
    let act = StaffAct::Transferred {
        by: staff.id().to_owned(),
        to: Some(to).filter(|to| !to.is_empty()),
        why,
    };
    do_one(
        &console,
        &staff,
        &visit,
        &id,
        &fields,
        act,
        "said-transferred",
    )
    .await
}

/// A note among staff. Who is named in it is told; that is also how a colleague is asked.
pub async fn note(
    State(console): State<Console>,
    staff: Staff,
    visit: Visit,
    Path(id): Path<String>,
    fields: Fields,
) -> Done {
    let text = fold::clean(&fields.text("text"));
    if text.is_empty() {
        return Err(Wrong::Bad);
    }
    let mut tx = console.reader().await?;
    let everybody = people::all(&mut tx).await?;
    drop(tx);
    let asked = fields.line("ask");
    let named =
        |one: &&people::Account| one.id == asked || text.contains(&format!("@{}", one.title));
    let mentions = everybody
        .iter()
        .filter(|one| one.is_active())
        .filter(named)
        .map(|one| one.id.clone())
        .collect();
    let act = StaffAct::Noted {
        by: staff.id().to_owned(),
        text,
        mentions,
    };
    do_one(&console, &staff, &visit, &id, &fields, act, "said-noted").await
}

pub async fn label(
    State(console): State<Console>,
    staff: Staff,
    visit: Visit,
    Path(id): Path<String>,
    fields: Fields,
) -> Done {
    let (label, on) = (fields.line("label"), fields.raw("on") != "no");
    let mut tx = console.reader().await?;
    find(&mut tx, &staff, &id).await?;
    let known = labels::all(&mut tx).await?;
    drop(tx);
    // One that is not given any more can still be taken off.
    if label.is_empty() || on && !known.iter().any(|one| one.id == label) {
        return Err(Wrong::Bad);
    }
    let act = StaffAct::Labelled {
        by: staff.id().to_owned(),
        label,
        on,
    };
    do_one(&console, &staff, &visit, &id, &fields, act, "said-changed").await
}

pub async fn prioritise(
    State(console): State<Console>,
    staff: Staff,
    visit: Visit,
    Path(id): Path<String>,
    fields: Fields,
) -> Done {
    let priority = match fields.raw("priority") {
        "normal" => Priority::Normal,
        "high" => Priority::High,
        "urgent" => Priority::Urgent,
        _ => return Err(Wrong::Bad),
    };
    let act = StaffAct::Prioritised {
        by: staff.id().to_owned(),
        priority,
    };
    do_one(&console, &staff, &visit, &id, &fields, act, "said-changed").await
}

pub async fn snooze(
    State(console): State<Console>,
    staff: Staff,
    visit: Visit,
    Path(id): Path<String>,
    fields: Fields,
) -> Done {
    let until = snoozed_until(&console, &fields).ok_or(Wrong::Bad)?;
    let act = StaffAct::Snoozed {
        by: staff.id().to_owned(),
        until,
    };
    do_one(&console, &staff, &visit, &id, &fields, act, "said-snoozed").await
}

/// Until an hour, the next opening, a day, or an answer; None within: back in sight.
fn snoozed_until(console: &Console, fields: &Fields) -> Option<Option<Millis>> {
    let at = DateTime::<Utc>::from_timestamp_millis(now())?;
    let calendar = console.charity().calendar;
    let opening_after = |days| calendar.next_open(at + Duration::days(days));
    let until = match fields.raw("until") {
        "now" => return Some(None),
        "hour" => at + Duration::hours(1),
        "tomorrow" => {
            let night = calendar.local_day(at).succ_opt()?.and_hms_opt(0, 0, 0)?;
            let night = night.and_local_timezone(calendar.zone).earliest()?;
            calendar.next_open(night.with_timezone(&Utc))?
        }
        "week" => opening_after(7)?,
        "date" => {
            let day = NaiveDate::parse_from_str(fields.raw("date"), "%Y-%m-%d").ok()?;
            let night = day.and_hms_opt(0, 0, 0)?.and_local_timezone(calendar.zone);
            let night = night.earliest()?.with_timezone(&Utc);
            calendar.next_open(night).filter(|open| *open > at)?
        }
        // Until they write: no date that anybody waits for.
        "answer" => at + Duration::days(3_650),
        _ => return None,
    };
    Some(Some(until.timestamp_millis()))
}

pub async fn see(
    State(console): State<Console>,
    staff: Staff,
    visit: Visit,
    Path(id): Path<String>,
    fields: Fields,
) -> Done {
    let act = StaffAct::Seen {
        by: staff.id().to_owned(),
    };
    do_one(&console, &staff, &visit, &id, &fields, act, "said-changed").await
}

/// Sensitive words are shown for a shift, for a reason that the audit keeps.
pub async fn reveal(
    State(console): State<Console>,
    staff: Staff,
    Path(id): Path<String>,
    fields: Fields,
) -> Done {
    staff.need(Permission::Reveal)?;
    let mut tx = console.reader().await?;
    find(&mut tx, &staff, &id).await?;
    drop(tx);
    let why = fields.text("why");
    if why.is_empty() {
        return Err(Wrong::Bad);
    }
    let mut tx = console.writer().await?;
    let detail = serde_json::json!({"noun": "conversation"});
    audit::note_sealed(&mut tx, staff.id(), Act::Revealed, &id, &detail, Some(&why)).await?;
    tx.commit().await?;
    Ok(axum::response::Redirect::to(&address(&id)).into_response())
}

pub async fn draft(
    State(console): State<Console>,
    staff: Staff,
    Path(id): Path<String>,
    fields: Fields,
) -> Done {
    let mut tx = console.reader().await?;
    find(&mut tx, &staff, &id).await?;
    drop(tx);
    let mut tx = console.writer().await?;
    drafts::keep(&mut tx, staff.id(), &id, &fields.text("text"), now()).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

async fn do_one(
    console: &Console,
    staff: &Staff,
    visit: &Visit,
    id: &str,
    fields: &Fields,
    act: StaffAct,
    words: &'static str,
) -> Done {
    staff.need(Permission::Answer)?;
    let mut tx = console.reader().await?;
    find(&mut tx, staff, id).await?;
    drop(tx);
    let key = fields.raw("key");
    if key.is_empty() {
        return Err(Wrong::Bad);
    }
    let taken = take(console, staff, id, key, act).await?;
    Ok(ended(visit, id, &taken, staff, words))
}

/// Back to the conversation, which says what was done, or who was faster.
pub fn ended(
    visit: &Visit,
    id: &str,
    taken: &Taken,
    staff: &Staff,
    words: &'static str,
) -> Response {
    let done = taken.applied || !taken.fresh;
    let other = matches!(&taken.control, Control::Human(by) if by != staff.id());
    let words = match (done, other) {
        (true, _) => words,
        (false, true) => "said-other-was-faster",
        (false, false) => "said-means-nothing",
    };
    said(visit, &address(id), words)
}

pub fn address(id: &str) -> String {
    format!("/staff/conversations/{id}")
}
