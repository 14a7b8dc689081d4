//! Files of a conversation: `POST /chat/attachments` takes one, `GET` gives it back to the same
//! conversation alone. The object is stored first, the event after; a name of the sender's is only shown.

use std::time::Duration;

use axum::body::Body;
use axum::extract::multipart::{Field, Multipart, MultipartError};
use axum::extract::{FromRequest as _, Path, Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Extension, Json};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::body;
use super::message::clean;
use super::sniff;
use super::visit::{Visit, busy, read_key};
use crate::channel::web::FILE_BYTES_MAX;
use crate::event::{Attachment, AttachmentKind, What};
use crate::web::Site;
use crate::web::door::Form;
use crate::web::limits::Client;
use crate::web::session::set;
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
    Extension(client): Extension<Client>,
    request: Request,
) -> Result<Response, Wrong> {
    let _seat = site.limits().upload(client.0)?;
    let headers = request.headers().clone();
    let parcel = tokio::time::timeout(
        Duration::from_secs(UPLOAD_SECS),
        receive(request, site.silence()),
    )
    .await
    .map_err(|_| Wrong::Slow)??;
    let key = read_key(&parcel.id)?.to_string();
    let caption = parcel.caption.clone();
    let visit = Visit::of(&site, &headers).await?;
    let attachment = stored(&site, parcel).await?;
    let kind = kind_word(attachment.kind);
    let what = What::Sent {
        attachment,
        caption,
    };
    let taken = visit.say(&site, &key, kind, what).await?;
    let mut response = match crate::web::wrong::accepts(&headers, "text/html") {
        true => Redirect::to("/").into_response(),
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

async fn receive(request: Request, silence: Duration) -> Result<Parcel, Wrong> {
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
            Some(field) => take(&mut parcel, field).await?,
            None => return Ok(parcel),
        }
    }
    Err(Wrong::Bad)
}

async fn take(parcel: &mut Parcel, field: Field<'_>) -> Result<(), Wrong> {
    match field.name() {
        Some("file") => {
            parcel.name = sniff::name(field.file_name());
            parcel.bytes = Some(bytes(field, FILE_BYTES_MAX as usize).await?);
        }
        Some("id") => parcel.id = words(field).await?,
        Some("as") => parcel.kind = words(field).await?,
        Some("seconds") => {
            parcel.seconds = words(field)
                .await?
                .parse()
                .ok()
                .filter(|s| *s <= SECONDS_MAX);
        }
        Some("caption") => {
            parcel.caption = Some(clean(&words(field).await?)).filter(|text| !text.is_empty());
        }
        Some(_) | None => return Err(Wrong::Bad),
    }
    Ok(())
}

async fn words(field: Field<'_>) -> Result<String, Wrong> {
    let bytes = bytes(field, FIELD_BYTES_MAX)
        .await
        .map_err(|wrong| match wrong {
            Wrong::TooLarge => Wrong::Bad,
            other => other,
        })?;
    String::from_utf8(bytes).map_err(|_| Wrong::Bad)
}

async fn bytes(mut field: Field<'_>, most: usize) -> Result<Vec<u8>, Wrong> {
    let mut whole = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(broken)? {
        if whole.len() + chunk.len() > most {
            return Err(Wrong::TooLarge);
        }
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
async fn stored(site: &Site, parcel: Parcel) -> Result<Attachment, Wrong> {
    let bytes = parcel.bytes.ok_or(Wrong::Bad)?;
    let (mime, kind) = sniff::sniff(&bytes, parcel.kind == "voice")?;
    let (bytes, preview) = match sniff::drawable(mime) {
        true => {
            let (bytes, preview) = site.pictures().preview(bytes, mime).await?;
            (bytes, Some(preview))
        }
        false => (bytes, None),
    };
    let digest = Sha256::digest(&bytes);
    let size = bytes.len() as u64;
    let id = site.door().keep(bytes, preview).await.map_err(busy)?;
    Ok(Attachment {
        id,
        kind,
        mime: mime.to_string(),
        bytes: size,
        digest: digest.iter().map(|byte| format!("{byte:02x}")).collect(),
        name: parcel.name,
        seconds: parcel.seconds,
    })
}

/// `GET /chat/attachments/{id}`
pub async fn show(
    State(site): State<Site>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Wrong> {
    let (attachment, bytes) = own(&site, &headers, &id, Form::Whole).await?;
    Ok(given(
        &attachment.mime,
        attachment.name.as_deref(),
        attachment.kind,
        bytes,
    ))
}

/// `GET /chat/attachments/{id}/preview`
pub async fn preview(
    State(site): State<Site>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Wrong> {
    let (_, bytes) = own(&site, &headers, &id, Form::Preview).await?;
    Ok(given("image/jpeg", None, AttachmentKind::Photo, bytes))
}

async fn own(
    site: &Site,
    headers: &HeaderMap,
    id: &str,
    form: Form,
) -> Result<(Attachment, Vec<u8>), Wrong> {
    let visit = Visit::known(site, headers).await?;
    let Some(Visit {
        head: Some(head), ..
    }) = visit
    else {
        return Err(Wrong::Missing);
    };
    let found = site.door().file(&head, id, form).await.map_err(busy)?;
    found.ok_or(Wrong::Missing)
}

/// Documents are saved, never opened in our name; what is shown runs nothing.
fn given(mime: &str, name: Option<&str>, kind: AttachmentKind, bytes: Vec<u8>) -> Response {
    let how = match kind {
        AttachmentKind::Photo | AttachmentKind::Voice | AttachmentKind::Video => "inline",
        AttachmentKind::Document => "attachment",
    };
    let disposition = match name {
        Some(name) => format!("{how}; filename*=UTF-8''{}", escaped(name)),
        None => how.to_string(),
    };
    let mut response = Body::from(bytes).into_response();
    let headers = response.headers_mut();
    for (name, value) in [
        (CONTENT_TYPE, mime),
        (CONTENT_DISPOSITION, disposition.as_str()),
        (CACHE_CONTROL, "private, no-store"),
        (CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"),
    ] {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    }
    response
}

/// RFC 8187: everything but letters and digits as `%XX`.
fn escaped(name: &str) -> String {
    name.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'_' => {
                char::from(byte).to_string()
            }
            _ => format!("%{byte:02X}"),
        })
        .collect()
}
