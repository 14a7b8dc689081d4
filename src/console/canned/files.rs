//! Files that go along with a canned reply: added to one that there is, and taken off again.

use axum::Router;
use axum::extract::{DefaultBodyLimit, Path, Request, State};
use axum::response::Response;
use axum::routing::post;

use crate::console::audit;
use crate::console::frame::said;
use crate::console::permission::Permission;
use crate::console::upload::{self, FILES_MAX};
use crate::console::visit::{Staff, Visit};
use crate::console::wrong::Wrong;
use crate::console::{Console, now};
use crate::store::canned;

pub fn routes() -> Router<Console> {
    let add = Router::new()
        .route("/staff/canned/{id}/files", post(create))
        .layer(DefaultBodyLimit::max(upload::FORM_BYTES_MAX));
    add.route("/staff/canned/{id}/files/{file}/removal", post(remove))
}

async fn create(
    State(console): State<Console>,
    staff: Staff,
    visit: Visit,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, Wrong> {
    staff.need(Permission::Canned)?;
    let mut tx = console.reader().await?;
    canned::find(&mut tx, &id).await?.ok_or(Wrong::Missing)?;
    drop(tx);
    let parcel = upload::receive(&console, request).await?;
    if parcel.unfit || parcel.files.is_empty() {
        return Err(Wrong::Bad);
    }
    let mut tx = console.writer().await?;
    if canned::files(&mut tx, &id).await?.len() + parcel.files.len() > FILES_MAX {
        tx.rollback().await?;
        return Err(Wrong::TooLarge);
    }
    for file in &parcel.files {
        canned::attach(&mut tx, &id, file, now()).await?;
    }
    audit::changed(&mut tx, staff.id(), &id, "file of a canned reply").await?;
    tx.commit().await?;
    Ok(said(&visit, &format!("/staff/canned/{id}"), "said-saved"))
}

async fn remove(
    State(console): State<Console>,
    staff: Staff,
    visit: Visit,
    Path((id, file)): Path<(String, String)>,
) -> Result<Response, Wrong> {
    staff.need(Permission::Canned)?;
    let mut tx = console.writer().await?;
    if !canned::detach(&mut tx, &id, &file, now()).await? {
        return Err(Wrong::Missing);
    }
    audit::changed(&mut tx, staff.id(), &id, "file of a canned reply removed").await?;
    tx.commit().await?;
    Ok(said(&visit, &format!("/staff/canned/{id}"), "said-removed"))
}
