//! What a file is, read from its bytes, and what its sender calls it: what its name or its sender claim counts for
//! nothing. Pure.

use crate::event::AttachmentKind;

/// A name is shown, never used; longer ones are cut.
const NAME_CHARS_MAX: usize = 120;

/// The kinds that a charity can use, and what each is to staff.
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

/// The type and kind of these bytes; None for what a charity has no use for.
pub fn of(bytes: &[u8]) -> Option<(&'static str, AttachmentKind)> {
    let found = infer::get(bytes)?.mime_type();
    KINDS.iter().find(|(name, _)| *name == found).copied()
}

/// The sender's name for a file, fit to be shown: no path, no control character, no turned direction.
pub fn name(claimed: Option<&str>) -> Option<String> {
    let last = claimed?.rsplit(['/', '\\']).next().unwrap_or_default();
    let turns = |c: char| matches!(c, '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '"');
    let shown: String = last
        .chars()
        .filter(|c| !c.is_control() && !turns(*c))
        .take(NAME_CHARS_MAX)
        .collect();
    let shown = shown.trim().trim_start_matches('.').to_owned();
    (!shown.is_empty()).then_some(shown)
}

#[cfg(test)]
mod tests {
    use super::*;

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
