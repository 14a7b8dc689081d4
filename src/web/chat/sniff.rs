//! What a file is, read from its bytes; what its name or its sender claim counts for nothing.

use crate::event::AttachmentKind;
use crate::web::wrong::Wrong;

/// A name is shown, never used; longer ones are cut.
const NAME_CHARS_MAX: usize = 120;

/// The kinds that a charity can use: what it looks like to staff, and whether it may be a voice note.
const KINDS: &[(&str, AttachmentKind)] = &[
    ("image/jpeg", AttachmentKind::Photo),
    ("image/png", AttachmentKind::Photo),
    ("image/webp", AttachmentKind::Photo),
    ("image/heif", AttachmentKind::Photo),
    ("application/pdf", AttachmentKind::Document),
    ("audio/mpeg", AttachmentKind::Voice),
    ("audio/m4a", AttachmentKind::Voice),
    ("audio/ogg", AttachmentKind::Voice),
    ("audio/opus", AttachmentKind::Voice),
    ("audio/aac", AttachmentKind::Voice),
    ("audio/x-wav", AttachmentKind::Voice),
    ("audio/amr", AttachmentKind::Voice),
    ("video/mp4", AttachmentKind::Video),
    ("video/webm", AttachmentKind::Video),
    ("video/quicktime", AttachmentKind::Video),
];

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
    let found = infer::get(bytes).map(|kind| kind.mime_type());
    let known = found.and_then(|mime| KINDS.iter().find(|(name, _)| *name == mime));
    let (mime, kind) = *known.ok_or(Wrong::Kind)?;
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

/// The sender's name for it, fit to be shown: no path, no control character, no turned direction.
pub fn name(claimed: Option<&str>) -> Option<String> {
    let last = claimed?.rsplit(['/', '\\']).next().unwrap_or_default();
    let shown = last
        .chars()
        .filter(|c| !c.is_control() && !matches!(c, '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '"'))
        .take(NAME_CHARS_MAX)
        .collect::<String>();
    let shown = shown.trim().trim_start_matches('.').to_string();
    (!shown.is_empty()).then_some(shown)
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

    #[test]
    fn a_name_is_shown_and_never_a_path() {
        for (case, claimed, expected) in [
            ("plain", Some("هوية.jpg"), Some("هوية.jpg")),
            ("a path", Some("../../etc/passwd"), Some("passwd")),
            (
                "another path",
                Some(r"C:\Users\x\photo.png"),
                Some("photo.png"),
            ),
            ("turned around", Some("gpj.\u{202e}exe"), Some("gpj.exe")),
            (
                "a line break",
                Some("a\r\nSet-Cookie: b.jpg"),
                Some("aSet-Cookie: b.jpg"),
            ),
            ("hidden", Some(".htaccess"), Some("htaccess")),
            ("nothing", Some(""), None),
            ("none", None, None),
        ] {
            assert_eq!(name(claimed).as_deref(), expected, "{case}");
        }
    }
}
