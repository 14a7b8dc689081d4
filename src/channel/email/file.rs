//! Files that come with a mail: what they are is read from their bytes; what a mail claims counts for nothing. Pure.

use sha2::{Digest, Sha256};

use super::mail::File;
use super::read::hex;
use crate::event::{Attachment, AttachmentKind, Seed};

/// A name is shown, never used; longer ones are cut.
const NAME_CHARS_MAX: usize = 120;

/// The kinds that a charity can use, by their bytes.
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

/// What a file is, by its bytes; None for kinds that a charity has no use for.
pub fn attachment(file: &File, seed: Seed, n: usize) -> Option<Attachment> {
    let found = infer::get(&file.bytes)?.mime_type();
    let (mime, kind) = KINDS.iter().find(|(name, _)| *name == found)?;
    Some(Attachment {
        id: seed.id(&format!("file:{n}")),
        kind: *kind,
        mime: (*mime).to_owned(),
        bytes: u64::try_from(file.bytes.len()).unwrap_or(u64::MAX),
        digest: hex(&Sha256::digest(&file.bytes)),
        name: name(file.name.as_deref()),
        seconds: None,
    })
}

/// The sender's name for a file, fit to be shown.
fn name(claimed: Option<&str>) -> Option<String> {
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
