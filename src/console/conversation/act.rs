//! What staff do to a conversation. A handler reads its form into an act; whether the act still means anything is
//! decided in the turn. Whoever was too late is told so beside the name of who was faster.

use axum::extract::multipart::Field;
use axum::extract::{FromRequest, Multipart, Path, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Duration, Utc};
use sha2::{Digest, Sha256};

use super::{find, holds, take};
use crate::console::audit::{self, Act};
use crate::console::fields::{Fields, TEXT_SCALARS_MAX};
use crate::console::frame::said;
use crate::console::permission::Permission;
use crate::console::visit::{Staff, Visit};
use crate::console::wrong::Wrong;
use crate::console::{Console, now};
use crate::event::{
    Answers, Attachment, AttachmentKind, Beside, Control, Millis, Priority, StaffAct,
};
use crate::inbox::Taken;
use crate::store::message::{self, Direction};
use crate::store::object::{new_key, preview_key};
use crate::store::{draft as drafts, staff as people};
use crate::text::{fold, graphemes};

/// Bytes of one file of staff's: what every channel carries.
const FILE_BYTES_MAX: usize = 20 * 1024 * 1024;
/// Files of one reply: an album.
const FILES_MAX: usize = 5;
/// Characters of a quote above an answer: one line of it.
const QUOTE_CHARS_MAX: usize = 120;
/// Characters of a label.
const LABEL_CHARS_MAX: usize = 40;
/// Edge of a preview in points, and of the largest photo that is drawn anew.
const PREVIEW_EDGE: u32 = 960;
const PHOTO_EDGE_MAX: u32 = 12_000;

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
    let label = fold::clean(&fields.line("label"));
    let label = graphemes::cut(&label, LABEL_CHARS_MAX).to_owned();
    if label.is_empty() {
        return Err(Wrong::Bad);
    }
    let act = StaffAct::Labelled {
        by: staff.id().to_owned(),
        label,
        on: fields.raw("on") != "no",
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
    let until = snoozed_until(&console, fields.raw("until")).ok_or(Wrong::Bad)?;
    let act = StaffAct::Snoozed {
        by: staff.id().to_owned(),
        until,
    };
    do_one(&console, &staff, &visit, &id, &fields, act, "said-snoozed").await
}

/// Until an hour, the next opening, a day, or an answer; None within: back in sight.
fn snoozed_until(console: &Console, word: &str) -> Option<Option<Millis>> {
    let at = DateTime::<Utc>::from_timestamp_millis(now())?;
    let calendar = console.charity().calendar;
    let opening_after = |days| calendar.next_open(at + Duration::days(days));
    let until = match word {
        "now" => return Some(None),
        "hour" => at + Duration::hours(1),
        "tomorrow" => {
            let night = calendar.local_day(at).succ_opt()?.and_hms_opt(0, 0, 0)?;
            let night = night.and_local_timezone(calendar.zone).earliest()?;
            calendar.next_open(night.with_timezone(&Utc))?
        }
        "week" => opening_after(7)?,
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

pub async fn reply(
    State(console): State<Console>,
    staff: Staff,
    visit: Visit,
    Path(id): Path<String>,
    request: Request,
) -> Done {
    staff.need(Permission::Answer)?;
    let mut tx = console.reader().await?;
    find(&mut tx, &staff, &id).await?;
    drop(tx);
    let parcel = receive(&console, request).await?;
    let text = fold::clean(&parcel.fields.text("text"));
    if text.is_empty() && parcel.files.is_empty() {
        return Err(Wrong::Bad);
    }
    let answers = match parcel.fields.raw("answers").parse::<i64>() {
        Ok(seq) => answered(&console, &id, seq).await?,
        Err(_) => None,
    };
    let canned = parcel.fields.line("canned");
    let act = StaffAct::Replied {
        by: staff.id().to_owned(),
        text,
        beside: Beside {
            files: parcel.files,
            answers,
            canned: Some(canned).filter(|canned| !canned.is_empty()),
        },
    };
    let taken = take(&console, &staff, &id, parcel.fields.raw("key"), act).await?;
    if taken.applied || !taken.fresh {
        let mut tx = console.writer().await?;
        drafts::drop(&mut tx, staff.id(), &id).await?;
        tx.commit().await?;
    }
    Ok(ended(&visit, &id, &taken, &staff, "said-sent"))
}

/// The message of theirs that is answered.
async fn answered(console: &Console, id: &str, seq: i64) -> Result<Option<Answers>, Wrong> {
    let mut tx = console.reader().await?;
    let found = message::after(&mut tx, id, seq - 1, 1).await?;
    let found = found
        .into_iter()
        .find(|one| one.seq == seq && one.direction == Direction::In);
    Ok(found.map(|one| Answers {
        seq,
        of: one.provider_id,
        text: graphemes::cut(&one.text.unwrap_or_default(), QUOTE_CHARS_MAX).to_owned(),
    }))
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
fn ended(visit: &Visit, id: &str, taken: &Taken, staff: &Staff, words: &'static str) -> Response {
    let done = taken.applied || !taken.fresh;
    let other = matches!(&taken.control, Control::Human(by) if by != staff.id());
    let words = match (done, other) {
        (true, _) => words,
        (false, true) => "said-other-was-faster",
        (false, false) => "said-means-nothing",
    };
    said(visit, &address(id), words)
}

fn address(id: &str) -> String {
    format!("/staff/conversations/{id}")
}

/// A reply as it came: its fields, and its files already kept.
struct Parcel {
    fields: Fields,
    files: Vec<Attachment>,
}

async fn receive(console: &Console, request: Request) -> Result<Parcel, Wrong> {
    let mut form = Multipart::from_request(request, console)
        .await
        .map_err(|_| Wrong::Bad)?;
    let (mut pairs, mut files) = (Vec::new(), Vec::new());
    while let Some(field) = form.next_field().await.map_err(|_| Wrong::Bad)? {
        let name = field.name().unwrap_or_default().to_owned();
        if name != "files" {
            let text = bytes(field, TEXT_SCALARS_MAX * 4).await?;
            pairs.push((name, String::from_utf8_lossy(&text).into_owned()));
            continue;
        }
        let named = field
            .file_name()
            .map(fold::clean)
            .filter(|name| !name.is_empty());
        let content = bytes(field, FILE_BYTES_MAX).await?;
        if content.is_empty() {
            continue;
        }
        if files.len() == FILES_MAX {
            return Err(Wrong::TooLarge);
        }
        files.push(keep(console, named, content).await?);
    }
    Ok(Parcel {
        fields: Fields::from(pairs),
        files,
    })
}

async fn bytes(mut field: Field<'_>, most: usize) -> Result<Vec<u8>, Wrong> {
    let mut whole = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(|_| Wrong::Bad)? {
        if whole.len() + chunk.len() > most {
            return Err(Wrong::TooLarge);
        }
        whole.extend_from_slice(&chunk);
    }
    Ok(whole)
}

/// Puts a file where those of people lie; what it is stands in its bytes, not in its name.
async fn keep(
    console: &Console,
    name: Option<String>,
    bytes: Vec<u8>,
) -> Result<Attachment, Wrong> {
    let (mime, kind) = kind_of(&bytes).ok_or(Wrong::Bad)?;
    let digest = Sha256::digest(&bytes);
    let attachment = Attachment {
        id: new_key(),
        kind,
        mime: mime.to_owned(),
        bytes: bytes.len() as u64,
        digest: digest.iter().map(|byte| format!("{byte:02x}")).collect(),
        name,
        seconds: None,
    };
    let objects = &console.rooms()?.objects;
    if kind == AttachmentKind::Photo {
        let whole = bytes.clone();
        let drawn = tokio::task::spawn_blocking(move || preview(&whole)).await;
        let drawn = drawn.ok().flatten().ok_or(Wrong::Bad)?;
        let put = objects.put(&preview_key(&attachment.id), drawn).await;
        put.map_err(|_| Wrong::Busy)?;
    }
    let put = objects.put(&attachment.id, bytes).await;
    put.map_err(|_| Wrong::Busy)?;
    Ok(attachment)
}

/// What every channel carries, by its first bytes.
fn kind_of(bytes: &[u8]) -> Option<(&'static str, AttachmentKind)> {
    let mime = infer::get(bytes)?.mime_type();
    let kind = match mime {
        "image/jpeg" | "image/png" | "image/webp" => AttachmentKind::Photo,
        "audio/ogg" | "audio/mpeg" | "audio/m4a" | "audio/x-wav" => AttachmentKind::Voice,
        "video/mp4" => AttachmentKind::Video,
        "application/pdf"
        | "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        | "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" => {
            AttachmentKind::Document
        }
        _ => return None,
    };
    Some((mime, kind))
}

/// A photo drawn anew, small.
fn preview(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut reader = image::ImageReader::new(std::io::Cursor::new(bytes))
        .with_guessed_format()
        .ok()?;
    let mut limits = image::Limits::default();
    limits.max_image_width = Some(PHOTO_EDGE_MAX);
    limits.max_image_height = Some(PHOTO_EDGE_MAX);
    reader.limits(limits);
    let small = reader.decode().ok()?.thumbnail(PREVIEW_EDGE, PREVIEW_EDGE);
    let mut drawn = std::io::Cursor::new(Vec::new());
    small
        .into_rgb8()
        .write_to(&mut drawn, image::ImageFormat::Jpeg)
        .ok()?;
    Some(drawn.into_inner())
}
