//! Where the chains end, noted outside the database in an owner-only file of the data folder: whoever
//! puts an older database back, or cuts the last rows off with their head, is found by it. It may lag
//! behind, never run ahead.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::Path;

use super::chain::Head;

pub const FILE: &str = "heads.json";

pub type Heads = BTreeMap<String, Head>;

/// How far a transaction carried one chain.
pub(super) struct Growth {
    pub from: Head,
    pub to: Head,
}

/// Notes how far chains grew. Where a chain does not go on from what was noted, the note stays: then
/// somebody cut the chain, and `verify` must find it. A failure is only logged: the note lags behind.
pub(super) fn note(folder: &Path, grown: &BTreeMap<String, Growth>) {
    let mut heads = read(folder).unwrap_or_default();
    for (name, growth) in grown {
        let goes_on = heads.get(name).is_none_or(|noted| {
            noted.seq < growth.from.seq
                || (noted.seq, &noted.digest) == (growth.from.seq, &growth.from.digest)
        });
        if goes_on {
            heads.insert(name.clone(), growth.to.clone());
        }
    }
    if let Err(error) = write(folder, &heads) {
        tracing::warn!(%error, "the ends of the chains could not be noted in the data folder");
    }
}

/// The noted heads; None when there is no readable note.
pub(super) fn read(folder: &Path) -> Option<Heads> {
    let text = std::fs::read_to_string(folder.join(FILE)).ok()?;
    serde_json::from_str(&text).ok()
}

pub(super) fn write(folder: &Path, heads: &Heads) -> std::io::Result<()> {
    let next = folder.join(format!("{FILE}.next"));
    let mut options = std::fs::File::options();
    options.create(true).truncate(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&next)?;
    file.write_all(serde_json::to_string(heads)?.as_bytes())?;
    std::fs::rename(next, folder.join(FILE))
}
