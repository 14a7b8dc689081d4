//! What a file is, read from its bytes; what its name or its sender claim counts for nothing.

use crate::channel::file_kind;
use crate::event::AttachmentKind;
use crate::web::wrong::Wrong;

/// Containers in which a browser records a voice alone; the bytes do not tell.
const VOICE_OR_VIDEO: &[(&str, &str)] = &[("video/webm", "audio/webm"), ("video/mp4", "audio/mp4")];

/// The type and kind of these bytes. `as_voice`: the page recorded it as a voice note.
///
/// # Errors
/// `Empty` and `Kind`.
pub fn sniff(bytes: &[u8], as_voice: bool) -> Result<(&'static str, AttachmentKind), Wrong> {
    if bytes.is_empty() {
        return Err(Wrong::Empty);
    }
    let (mime, kind) = file_kind::of(bytes).ok_or(Wrong::Kind)?;
    let voice = VOICE_OR_VIDEO.iter().find(|(name, _)| *name == mime);
    Ok(match voice {
        Some((_, voice)) if as_voice => (voice, AttachmentKind::Voice),
        Some(_) | None => (mime, kind),
    })
}

/// Kinds of picture that we can draw anew.
pub fn drawable(mime: &str) -> bool {
    matches!(mime, "image/jpeg" | "image/png" | "image/webp")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_its_bytes_are() {
        let photo = [0xff, 0xd8, 0xff, 0xe0, 0, 0x10, b'J', b'F', b'I', b'F', 0];
        let head = b"\x1a\x45\xdf\xa3\x9f\x42\x82\x84webm";
        let webm = [&head[..], &[0; 300]].concat();
        for (case, bytes, as_voice, expected) in [
            (
                "a photo",
                &photo[..],
                false,
                Ok(("image/jpeg", AttachmentKind::Photo)),
            ),
            (
                "a document",
                b"%PDF-1.7\n",
                false,
                Ok(("application/pdf", AttachmentKind::Document)),
            ),
            (
                "a recording",
                &webm,
                true,
                Ok(("audio/webm", AttachmentKind::Voice)),
            ),
            (
                "a film",
                &webm,
                false,
                Ok(("video/webm", AttachmentKind::Video)),
            ),
            (
                "a photo called a recording",
                &photo,
                true,
                Ok(("image/jpeg", AttachmentKind::Photo)),
            ),
            (
                "a program of Windows",
                b"MZ\x90\x00\x03\x00",
                false,
                Err(Wrong::Kind),
            ),
            (
                "a program of Linux",
                b"\x7fELF\x02\x01\x01",
                false,
                Err(Wrong::Kind),
            ),
            (
                "a page",
                b"<!doctype html><script>",
                false,
                Err(Wrong::Kind),
            ),
            (
                "a drawing with script",
                b"<svg xmlns=\"http://www.w3.org/2000/svg\">",
                false,
                Err(Wrong::Kind),
            ),
            ("an archive", b"PK\x03\x04\x14\x00", false, Err(Wrong::Kind)),
            ("words", b"hello", false, Err(Wrong::Kind)),
            ("nothing", b"", false, Err(Wrong::Empty)),
        ] {
            assert_eq!(sniff(bytes, as_voice), expected, "{case}");
        }
    }
}
