//! Files that come with a mail: what they are is read from their bytes; what a mail claims counts for nothing. Pure.

use sha2::{Digest, Sha256};

use super::mail::File;
use super::read::hex;
use crate::channel::file_kind;
use crate::event::{Attachment, Seed};

/// What a file is, by its bytes; None for kinds that a charity has no use for.
pub fn attachment(file: &File, seed: Seed, n: usize) -> Option<Attachment> {
    let (mime, kind) = file_kind::of(&file.bytes)?;
    Some(Attachment {
        id: seed.id(&format!("file:{n}")),
        kind,
        mime: mime.to_owned(),
        bytes: u64::try_from(file.bytes.len()).unwrap_or(u64::MAX),
        digest: hex(&Sha256::digest(&file.bytes)),
        name: file_kind::name(file.name.as_deref()),
        seconds: None,
    })
}
