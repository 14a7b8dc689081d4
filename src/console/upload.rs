//! Files that staff send: what they are stands in their bytes, not in their names; they are kept where those of people
//! are, before anything says that they are there.

use axum::extract::multipart::Field;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::header::CONTENT_TYPE;
use sha2::{Digest, Sha256};

use super::Console;
use super::fields::{Fields, TEXT_SCALARS_MAX};
use super::wrong::Wrong;
use crate::event::{Attachment, AttachmentKind};
use crate::store::object::{new_key, preview_key};
use crate::text::fold;

/// Bytes of one file of staff's: what every channel carries.
const FILE_BYTES_MAX: usize = 20 * 1024 * 1024;
/// Files of one form: an album.
pub const FILES_MAX: usize = 5;
/// A form with its files: as much as people may send us.
pub const FORM_BYTES_MAX: usize = 26 * 1024 * 1024;
/// Fields of a form beside its files.
const FIELDS_MAX: usize = 40;
/// Edge of a preview in points, and of the largest photo that is drawn anew.
const PREVIEW_EDGE: u32 = 960;
const PHOTO_EDGE_MAX: u32 = 12_000;

/// A form as it came: its fields, and its files already kept.
pub struct Parcel {
    pub fields: Fields,
    pub files: Vec<Attachment>,
    /// A file was too large, one too many, or of a kind that not every channel carries: it is not among them.
    pub unfit: bool,
}

/// Reads a form with files, or one without.
///
/// # Errors
/// It is no form, or a file cannot be kept now.
pub async fn receive(console: &Console, request: Request) -> Result<Parcel, Wrong> {
    if !is_multipart(&request) {
        let fields = Fields::from_request(request, console).await?;
        return Ok(Parcel {
            fields,
            files: Vec::new(),
            unfit: false,
        });
    }
    let mut form = Multipart::from_request(request, console)
        .await
        .map_err(|_| Wrong::Bad)?;
    let (mut pairs, mut files, mut unfit) = (Vec::new(), Vec::new(), false);
    loop {
        let field = match form.next_field().await {
            Ok(Some(field)) => field,
            Ok(None) => break,
            // What is larger than a form may be ends in the middle of a file.
            Err(_) if unfit => break,
            Err(_) => return Err(Wrong::Bad),
        };
        let name = field.name().unwrap_or_default().to_owned();
        if name != "files" {
            if pairs.len() == FIELDS_MAX {
                return Err(Wrong::TooLarge);
            }
            let text = bytes(field, TEXT_SCALARS_MAX * 4).await?;
            pairs.push((name, String::from_utf8_lossy(&text).into_owned()));
            continue;
        }
        let named = field
            .file_name()
            .map(fold::clean)
            .filter(|name| !name.is_empty());
        let kept = match bytes(field, FILE_BYTES_MAX).await {
            Ok(content) if content.is_empty() => continue,
            Ok(_) if files.len() == FILES_MAX => Err(Wrong::TooLarge),
            Ok(content) => keep(console, named, content).await,
            Err(wrong) => Err(wrong),
        };
        match kept {
            Ok(file) => files.push(file),
            Err(Wrong::Bad | Wrong::TooLarge) => unfit = true,
            Err(wrong) => return Err(wrong),
        }
    }
    Ok(Parcel {
        fields: Fields::from(pairs),
        files,
        unfit,
    })
}

/// The fields of a form with files, as far as they can be read; its files are left out.
pub async fn fields_alone(console: &Console, request: Request) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    let Ok(mut form) = Multipart::from_request(request, console).await else {
        return pairs;
    };
    while let Ok(Some(field)) = form.next_field().await {
        let name = field.name().unwrap_or_default().to_owned();
        if name == "files" || pairs.len() == FIELDS_MAX {
            continue;
        }
        let Ok(text) = bytes(field, TEXT_SCALARS_MAX * 4).await else {
            break;
        };
        pairs.push((name, String::from_utf8_lossy(&text).into_owned()));
    }
    pairs
}

pub fn is_multipart(request: &Request) -> bool {
    let kind = request.headers().get(CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok());
    kind.is_some_and(|kind| kind.starts_with("multipart/form-data"))
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

/// The same file once more, under a key of its own: what is erased with a person takes nothing else along.
///
/// # Errors
/// Its bytes cannot be read, or kept, now.
pub async fn again(console: &Console, file: &Attachment) -> Result<Attachment, Wrong> {
    let found = console.rooms()?.objects.get(&file.id).await;
    let bytes = found.map_err(|_| Wrong::Busy)?.ok_or(Wrong::Missing)?;
    keep(console, file.name.clone(), bytes).await
}

/// Puts a file where those of people lie.
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
