//! Files of a conversation: `POST /chat/attachments` takes one, `GET` gives it back to the same
//! conversation alone. The object is stored first, the event after; a name of the sender's is only shown.

use std::time::Duration;

use axum::body::Bytes;
use axum::extract::multipart::{Field, Multipart, MultipartError};
use axum::extract::{FromRequest as _, Path, Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Extension, Json};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::body;
use super::message::clean;
use super::sniff;
use super::visit::{Visit, busy, read_key};
use crate::channel::file_kind;
use crate::channel::web::FILE_BYTES_MAX;
use crate::event::{Attachment, AttachmentKind, What};
use crate::web::Site;
use crate::web::budget::Share;
use crate::web::door::Form;
use crate::web::file::Given;
use crate::web::limits::Client;
use crate::web::session::set;
use crate::web::way::Way;
use crate::web::wrong::Wrong;

/// What a form has around its file: boundaries, names, small fields.
const FORM_BYTES_MAX: u64 = FILE_BYTES_MAX + 64 * 1024;

/// Fields beside the file are ids and words.
const FIELD_BYTES_MAX: usize = 8 * 1024;

/// More fields than the page has ever sent.
const FIELDS_MAX: usize = 8;

/// A whole upload on the slowest line: 16 MiB at 30 kB/s.
const UPLOAD_SECS: u64 = 600;

/// The longest recording that the page makes, with room.
const SECONDS_MAX: u32 = 3_600;

/// What came with the form.
#[derive(Default)]
struct Parcel {
    id: String,
    kind: String,
    seconds: Option<u32>,
    caption: Option<String>,
    name: Option<String>,
    bytes: Option<Vec<u8>>,
}

pub async fn create(
    State(site): State<Site>,
    Extension(way): Extension<Way>,
    Extension(client): Extension<Client>,
    request: Request,
) -> Result<Response, Wrong> {
    let mut upload = site.limits().upload(client.0)?;
    let headers = request.headers().clone();
    let parcel = tokio::time::timeout(
        Duration::from_secs(UPLOAD_SECS),
        receive(request, site.silence(), &mut upload.share),
    )
    .await
    .map_err(|_| Wrong::Slow)??;
    let key = read_key(&parcel.id)?.to_string();
    let caption = parcel.caption.clone();
    let visit = Visit::of(&site, way, &headers).await?;
    let attachment = stored(&site, way, parcel).await?;
    let kind = kind_word(attachment.kind);
    let what = What::Sent {
        attachment,
        caption,
        fetch: None,
    };
    let taken = visit.say(&site, &key, kind, what).await?;
    let mut response = match crate::web::wrong::accepts(&headers, "text/html") {
        true => Redirect::to(way.page()).into_response(),
        false => {
            let body = json!({"last_seq": taken.last_seq, "renewed": visit.head.is_none()});
            Json(body).into_response()
        }
    };
    if visit.head.is_none() {
        set(response.headers_mut(), visit.session.cookie(site.https()));
    }
    Ok(response)
}

fn kind_word(kind: AttachmentKind) -> &'static str {
    match kind {
        AttachmentKind::Photo => "image",
        AttachmentKind::Document => "document",
        AttachmentKind::Voice => "voice",
        AttachmentKind::Video => "video",
    }
}

async fn receive(request: Request, silence: Duration, share: &mut Share) -> Result<Parcel, Wrong> {
    let (parts, body) = request.into_parts();
    let told = body::length(&parts.headers);
    let body = body::upload(body, silence);
    if told.is_some_and(|bytes| bytes > FORM_BYTES_MAX) {
        return Err(Wrong::TooLarge);
    }
    let request = Request::from_parts(parts, body);
    let mut form = Multipart::from_request(request, &())
        .await
        .map_err(|_| Wrong::Bad)?;
    let mut parcel = Parcel::default();
    for _ in 0..FIELDS_MAX {
        match form.next_field().await.map_err(broken)? {
            Some(field) => take(&mut parcel, field, share).await?,
            None => return Ok(parcel),
        }
    }
    Err(Wrong::Bad)
}

async fn take(parcel: &mut Parcel, field: Field<'_>, share: &mut Share) -> Result<(), Wrong> {
    match field.name() {
        Some("file") => {
            parcel.name = file_kind::name(field.file_name());
            parcel.bytes = Some(bytes(field, FILE_BYTES_MAX as usize, share).await?);
        }
        Some("id") => parcel.id = words(field, share).await?,
        Some("as") => parcel.kind = words(field, share).await?,
        Some("seconds") => {
            parcel.seconds = words(field, share)
                .await?
                .parse()
                .ok()
                .filter(|s| *s <= SECONDS_MAX);
        }
        Some("caption") => {
            parcel.caption =
                Some(clean(&words(field, share).await?)).filter(|text| !text.is_empty());
        }
        Some(_) | None => return Err(Wrong::Bad),
    }
    Ok(())
}

async fn words(field: Field<'_>, share: &mut Share) -> Result<String, Wrong> {
    let bytes = bytes(field, FIELD_BYTES_MAX, share)
        .await
        .map_err(|wrong| match wrong {
            Wrong::TooLarge => Wrong::Bad,
            other => other,
        })?;
    String::from_utf8(bytes).map_err(|_| Wrong::Bad)
}

async fn bytes(mut field: Field<'_>, most: usize, share: &mut Share) -> Result<Vec<u8>, Wrong> {
    let mut whole = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(broken)? {
        if whole.len() + chunk.len() > most {
            return Err(Wrong::TooLarge);
        }
        share.grow(chunk.len())?;
        whole.extend_from_slice(&chunk);
    }
    Ok(whole)
}

/// Why a form broke off: silence is told apart from nonsense.
fn broken(error: MultipartError) -> Wrong {
    let mut cause: Option<&dyn std::error::Error> = Some(&error);
    while let Some(inner) = cause {
        let io = inner.downcast_ref::<std::io::Error>();
        if io.is_some_and(|io| io.kind() == std::io::ErrorKind::TimedOut) {
            return Wrong::Slow;
        }
        cause = inner.source();
    }
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Wrong::TooLarge,
        _ => Wrong::Bad,
    }
}

/// Sniffed, drawn anew where it is a photo, and stored.
async fn stored(site: &Site, way: Way, parcel: Parcel) -> Result<Attachment, Wrong> {
    let bytes = parcel.bytes.ok_or(Wrong::Bad)?;
    let (mime, kind) = sniff::sniff(&bytes, parcel.kind == "voice")?;
    let kept = drawn(site, way, bytes, mime, kind).await?;
    let digest = Sha256::digest(&kept.bytes);
    let size = kept.bytes.len() as u64;
    let id = site
        .door()
        .keep(kept.bytes, kept.preview)
        .await
        .map_err(busy)?;
    Ok(Attachment {
        id,
        kind,
        mime: kept.mime.to_string(),
        bytes: size,
        digest: digest.iter().map(|byte| format!("{byte:02x}")).collect(),
        // On a phone people and places stand in the names of files.
        name: parcel.name.filter(|_| way != Way::Anonymous),
        seconds: parcel.seconds,
    })
}

/// What of a file is kept.
struct Kept {
    bytes: Vec<u8>,
    mime: &'static str,
    preview: Option<Vec<u8>>,
}

/// A photo gets a preview. In a talk without a name nothing of the camera's own is kept: place and device
/// stand in most photos, and lead to the person.
async fn drawn(
    site: &Site,
    way: Way,
    bytes: Vec<u8>,
    mime: &'static str,
    kind: AttachmentKind,
) -> Result<Kept, Wrong> {
    match (sniff::drawable(mime), way) {
        (true, Way::Page | Way::Frame) => {
            let (bytes, preview) = site.pictures().preview(bytes, mime).await?;
            let preview = Some(preview);
            Ok(Kept {
                bytes,
                mime,
                preview,
            })
        }
        (true, Way::Anonymous) => {
            let (bytes, preview) = site.pictures().anew(bytes, mime).await?;
            Ok(Kept {
                bytes,
                mime: "image/jpeg",
                preview: Some(preview),
            })
        }
        (false, Way::Anonymous) if kind == AttachmentKind::Photo => Err(Wrong::Kind),
        (false, _) => Ok(Kept {
            bytes,
            mime,
            preview: None,
        }),
    }
}

/// `GET /chat/attachments/{id}`
pub async fn show(
    State(site): State<Site>,
    Extension(way): Extension<Way>,
    Extension(client): Extension<Client>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Wrong> {
    let (attachment, bytes) = own(&site, way, &headers, &id, Form::Whole).await?;
    let given = Given {
        mime: &attachment.mime,
        name: attachment.name.as_deref(),
        // Documents are saved, never opened in our name; what is shown runs nothing.
        shown: attachment.kind != AttachmentKind::Document,
        tag: None,
        bytes: counted(&site, client, bytes)?,
    };
    Ok(given.answer(&headers))
}

/// `GET /chat/attachments/{id}/preview`
pub async fn preview(
    State(site): State<Site>,
    Extension(way): Extension<Way>,
    Extension(client): Extension<Client>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Wrong> {
    let (_, bytes) = own(&site, way, &headers, &id, Form::Preview).await?;
    let given = Given {
        mime: "image/jpeg",
        name: None,
        shown: true,
        tag: None,
        bytes: counted(&site, client, bytes)?,
    };
    Ok(given.answer(&headers))
}

/// Counted for as long as they are being sent.
fn counted(site: &Site, client: Client, bytes: Vec<u8>) -> Result<Bytes, Wrong> {
    let mut share = site.limits().outgoing(client.0);
    share.grow(bytes.len())?;
    Ok(share.around(Bytes::from(bytes)))
}

async fn own(
    site: &Site,
    way: Way,
    headers: &HeaderMap,
    id: &str,
    form: Form,
) -> Result<(Attachment, Vec<u8>), Wrong> {
    let visit = Visit::known(site, way, headers).await?;
    let Some(Visit {
        head: Some(head), ..
    }) = visit
    else {
        return Err(Wrong::Missing);
    };
    let found = site.door().file(&head, id, form).await.map_err(busy)?;
    found.ok_or(Wrong::Missing)
}
