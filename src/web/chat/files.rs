//! `GET /chat/files/{path}`: what a text of the charity's names, a document or a recording. The path only
//! looks up what is known; it never becomes the name of a file, and whoever asks needs no session.

use axum::Extension;
use axum::extract::{Path, State};
use axum::http::header::{ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};

use crate::web::Site;
use crate::web::file::Given;
use crate::web::limits::Client;
use crate::web::wrong::Wrong;

/// What a charity gives out, by its ending: the type, and whether a page plays or shows it. Nothing here can
/// run; whatever else lies there is saved as bytes.
const KINDS: &[(&str, &str, bool)] = &[
    ("pdf", "application/pdf", false),
    (
        "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        false,
    ),
    (
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        false,
    ),
    ("txt", "text/plain; charset=utf-8", false),
    ("jpg", "image/jpeg", true),
    ("jpeg", "image/jpeg", true),
    ("png", "image/png", true),
    ("webp", "image/webp", true),
    ("ogg", "audio/ogg", true),
    ("oga", "audio/ogg", true),
    ("opus", "audio/ogg", true),
    ("mp3", "audio/mpeg", true),
    ("m4a", "audio/mp4", true),
    ("aac", "audio/aac", true),
    ("wav", "audio/wav", true),
    ("weba", "audio/webm", true),
    ("mp4", "video/mp4", true),
    ("webm", "video/webm", true),
];

pub async fn show(
    State(site): State<Site>,
    Extension(client): Extension<Client>,
    Path(path): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Wrong> {
    let shelf = site.shelf();
    let named = shelf.file(&path).ok_or(Wrong::NoFile)?;
    let tag = format!("\"{}\"", named.digest);
    if headers.get(IF_NONE_MATCH).is_some_and(|kept| kept == &tag) {
        return Ok((StatusCode::NOT_MODIFIED, [(ETAG, tag)]).into_response());
    }
    let mut share = site.limits().outgoing(client.0);
    share.grow(named.bytes)?;
    let bytes = shelf.bytes(named).await.ok_or(Wrong::NoFile)?;
    let (mime, shown) = kind(&path);
    let given = Given {
        mime,
        name: path.rsplit('/').next(),
        shown,
        tag: Some(&tag),
        bytes: share.around(bytes),
    };
    Ok(given.answer(&headers))
}

fn kind(path: &str) -> (&'static str, bool) {
    let ending = ending(path).to_lowercase();
    KINDS
        .iter()
        .find(|(name, ..)| *name == ending)
        .map_or(("application/octet-stream", false), |(_, mime, shown)| {
            (mime, *shown)
        })
}

/// `pdf`; empty where there is none.
pub fn ending(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or_default();
    name.rsplit_once('.').map_or("", |(_, ending)| ending)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_follows_the_ending_and_nothing_runs() {
        for (path, mime, shown) in [
            ("documents/guide.pdf", "application/pdf", false),
            ("documents/GUIDE.PDF", "application/pdf", false),
            ("prompts/id.ogg", "audio/ogg", true),
            ("documents/page.html", "application/octet-stream", false),
            ("documents/picture.svg", "application/octet-stream", false),
            ("documents.pdf/README", "application/octet-stream", false),
        ] {
            assert_eq!(kind(path), (mime, shown), "{path}");
        }
    }
}
