//! A reply of staff: words and files, or an approved template where words would not arrive. What is not taken is kept as
//! the draft.

use axum::extract::{Path, Request, State};
use axum::response::Response;

use super::act::{address, ended};
use super::{find, take, window};
use crate::console::frame::said;
use crate::console::permission::Permission;
use crate::console::upload::{self, FILES_MAX, Parcel};
use crate::console::visit::{Staff, Visit};
use crate::console::wrong::Wrong;
use crate::console::{Console, now};
use crate::event::{Answers, Attachment, Beside, StaffAct};
use crate::store::desk::Listed;
use crate::store::message::{self, Direction};
use crate::store::{Tx, canned, case, draft as drafts};
use crate::text::canned::unfilled;
use crate::text::lang::Lang;
use crate::text::{fold, graphemes};

/// Characters of a quote above an answer: one line of it.
const QUOTE_CHARS_MAX: usize = 120;

/// What a reply is, or why it is none.
enum Read {
    Whole(StaffAct),
    /// Words that tell what is to be changed.
    Not(&'static str),
}

/// `POST /staff/conversations/{id}/messages`
pub async fn create(
    State(console): State<Console>,
    staff: Staff,
    visit: Visit,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, Wrong> {
    staff.need(Permission::Answer)?;
    let one = find(&mut console.reader().await?, &staff, &id).await?;
    let parcel = upload::receive(&console, request).await?;
    let text = fold::clean(&parcel.fields.text("text"));
    let key = parcel.fields.raw("key").to_owned();
    if key.is_empty() {
        return Err(Wrong::Bad);
    }
    let act = match read(&console, &staff, &one, parcel, text.clone()).await? {
        Read::Whole(act) => act,
        Read::Not(words) => {
            keep(&console, &staff, &id, &text).await?;
            return Ok(said(&visit, &address(&id), words));
        }
    };
    let taken = take(&console, &staff, &id, &key, act).await?;
    match taken.applied || !taken.fresh {
        true => forget(&console, &staff, &id).await?,
        false => keep(&console, &staff, &id, &text).await?,
    }
    Ok(ended(&visit, &id, &taken, &staff, "said-sent"))
}

async fn read(
    console: &Console,
    staff: &Staff,
    one: &Listed,
    parcel: Parcel,
    text: String,
) -> Result<Read, Wrong> {
    let by = staff.id().to_owned();
    if !window::reaches(&mut console.reader().await?, one).await? {
        return Ok(Read::Not("said-unreachable"));
    }
    if parcel.unfit {
        return Ok(Read::Not("said-file-unfit"));
    }
    let chosen = parcel.fields.raw("template");
    if !chosen.is_empty() {
        return by_template(console, by, one, chosen).await;
    }
    if window::of(console, one).is_some_and(|window| window.closed) {
        return Ok(Read::Not("said-window-closed"));
    }
    let mut tx = console.reader().await?;
    let canned = parcel.fields.line("canned");
    let ticked: Vec<&str> = parcel.fields.all("canned_file").collect();
    let along = along(&mut tx, &canned, &ticked).await?;
    let answers = match parcel.fields.raw("answers").parse::<i64>() {
        Ok(seq) => answered(&mut tx, &one.conversation, seq).await?,
        Err(_) => None,
    };
    drop(tx);
    if text.is_empty() && parcel.files.is_empty() && along.is_empty() {
        return Err(Wrong::Bad);
    }
    if !unfilled(&text).is_empty() {
        return Ok(Read::Not("said-unfilled"));
    }
    let mut files = parcel.files;
    if files.len() + along.len() > FILES_MAX {
        return Err(Wrong::TooLarge);
    }
    for file in &along {
        files.push(upload::again(console, file).await?);
    }
    let beside = Beside {
        files,
        answers,
        canned: Some(canned).filter(|canned| !canned.is_empty()),
        template: None,
    };
    Ok(Read::Whole(StaffAct::Replied { by, text, beside }))
}

/// One of the templates that are offered; another is none of our forms' values.
async fn by_template(
    console: &Console,
    by: String,
    one: &Listed,
    chosen: &str,
) -> Result<Read, Wrong> {
    let mut tx = console.reader().await?;
    let cases = case::all_of_contacts(&mut tx, &[&one.contact]).await?;
    let offers = window::offers(console, one, &cases);
    let offer = offers.into_iter().find(|offer| offer.value == chosen);
    let offer = offer.ok_or(Wrong::Bad)?;
    let beside = Beside {
        template: Some(offer.filled),
        ..Beside::default()
    };
    let text = offer.text;
    Ok(Read::Whole(StaffAct::Replied { by, text, beside }))
}

/// The language in which somebody writes.
pub fn language(one: &Listed) -> Lang {
    match one.language.as_str() {
        "en" => Lang::En,
        _ => Lang::Ar,
    }
}

/// Those files of a canned reply that are to go along.
async fn along(tx: &mut Tx, canned: &str, ticked: &[&str]) -> Result<Vec<Attachment>, Wrong> {
    if ticked.is_empty() {
        return Ok(Vec::new());
    }
    let mut files = canned::files(tx, canned).await?;
    files.retain(|file| ticked.contains(&file.id.as_str()));
    Ok(files)
}

/// The message of theirs that is answered.
async fn answered(tx: &mut Tx, id: &str, seq: i64) -> Result<Option<Answers>, Wrong> {
    let found = message::after(tx, id, seq.saturating_sub(1), 1).await?;
    let found = found
        .into_iter()
        .find(|one| one.seq == seq && one.direction == Direction::In);
    Ok(found.map(|one| Answers {
        seq,
        of: one.provider_id,
        text: graphemes::cut(&one.text.unwrap_or_default(), QUOTE_CHARS_MAX).to_owned(),
    }))
}

async fn keep(console: &Console, staff: &Staff, id: &str, text: &str) -> Result<(), Wrong> {
    if text.is_empty() {
        return Ok(());
    }
    let mut tx = console.writer().await?;
    drafts::keep(&mut tx, staff.id(), id, text, now()).await?;
    Ok(tx.commit().await?)
}

async fn forget(console: &Console, staff: &Staff, id: &str) -> Result<(), Wrong> {
    let mut tx = console.writer().await?;
    drafts::drop(&mut tx, staff.id(), id).await?;
    Ok(tx.commit().await?)
}
