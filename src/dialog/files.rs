//! The files of a `dialogs` folder as texts in memory: those in the binary, or a folder's that
//! somebody else has read. Nothing here reads a disk, or understands what they say.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use include_dir::{Dir, include_dir};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::yaml::FILE_BYTES_MAX;

static EMBEDDED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/dialogs");

/// Path below the `dialogs` folder (forward slashes) to what stands there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Files {
    /// YAML and stories.
    pub texts: BTreeMap<String, Arc<str>>,
    /// Everything else (documents, recordings): path to SHA-256, hexadecimal.
    pub objects: BTreeMap<String, String>,
    /// Texts that are none: path to what is wrong.
    #[serde(default)]
    pub unreadable: BTreeMap<String, String>,
}

/// The dialogs in the binary.
pub fn embedded() -> Files {
    let mut files = Files::default();
    embed(&EMBEDDED, &mut files);
    files
}

/// The bytes of a file in the binary, by its path below the folder.
pub fn embedded_bytes(path: &str) -> Option<&'static [u8]> {
    EMBEDDED.get_file(path).map(|file| file.contents())
}

fn embed(dir: &Dir<'_>, files: &mut Files) {
    for file in dir.files() {
        files.put(&slashes(file.path()), file.contents());
    }
    for inner in dir.dirs() {
        embed(inner, files);
    }
}

fn slashes(path: &Path) -> String {
    let parts: Vec<_> = path
        .components()
        .map(|part| part.as_os_str().to_string_lossy())
        .collect();
    parts.join("/")
}

/// Paths below a `dialogs` folder with the bytes there, as `config::dialogs_folder` reads them.
impl FromIterator<(String, Vec<u8>)> for Files {
    fn from_iter<I: IntoIterator<Item = (String, Vec<u8>)>>(pairs: I) -> Files {
        let mut files = Files::default();
        for (path, bytes) in pairs {
            files.put(&path, &bytes);
        }
        files
    }
}

impl Files {
    /// Takes one file in, by its path below the folder.
    pub fn put(&mut self, path: &str, bytes: &[u8]) {
        let ending = path.rsplit('.').next().unwrap_or_default();
        match ending {
            "yaml" | "story" if bytes.len() > FILE_BYTES_MAX => {
                self.unreadable.insert(
                    path.to_owned(),
                    format!("has {} bytes, more than {FILE_BYTES_MAX}", bytes.len()),
                );
            }
            "yaml" | "story" => match std::str::from_utf8(bytes) {
                Ok(text) => {
                    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
                    self.texts.insert(path.to_owned(), text.into());
                }
                Err(error) => {
                    let what = format!(
                        "is not UTF-8 (at byte {}); save it as UTF-8",
                        error.valid_up_to()
                    );
                    self.unreadable.insert(path.to_owned(), what);
                }
            },
            "yml" => {
                self.unreadable
                    .insert(path.to_owned(), "ends with .yml; name it .yaml".to_owned());
            }
            "md" => {}
            _ => {
                self.objects
                    .insert(path.to_owned(), hex(&Sha256::digest(bytes)));
            }
        }
    }

    /// Names of the charities: the folders below `charities`.
    pub fn charities(&self) -> BTreeSet<String> {
        let paths = self.texts.keys().chain(self.unreadable.keys());
        paths
            .filter_map(|path| {
                Some(
                    path.strip_prefix("charities/")?
                        .split_once('/')?
                        .0
                        .to_owned(),
                )
            })
            .collect()
    }

    /// What counts for one charity: its own file where there is one, else the common one. Stories and the
    /// files of other charities are left out, so that they do not change its version.
    pub fn of(&self, charity: &str) -> Files {
        let own = format!("charities/{charity}/");
        let mut resolved = Files::default();
        let counts = |path: &str| {
            path.starts_with(&own)
                || overridable(path).is_some_and(|name| !self.has(&format!("{own}{name}")))
        };
        resolved.texts.extend(
            self.texts
                .iter()
                .filter(|(path, _)| counts(path))
                .map(|(path, text)| (path.clone(), text.clone())),
        );
        resolved.objects.extend(
            self.objects
                .iter()
                .filter(|(path, _)| counts(path))
                .map(|(path, digest)| (path.clone(), digest.clone())),
        );
        resolved.unreadable.extend(
            self.unreadable
                .iter()
                .filter(|(path, _)| counts(path))
                .map(|(path, why)| (path.clone(), why.clone())),
        );
        resolved
    }

    fn has(&self, path: &str) -> bool {
        self.texts.contains_key(path)
            || self.objects.contains_key(path)
            || self.unreadable.contains_key(path)
    }

    /// SHA-256 over everything here in the order of the paths, each part with its length before it;
    /// hexadecimal. Of a resolved set it is the version (DESIGN section 4).
    pub fn digest(&self) -> String {
        self.digest_of(|_| true)
    }

    /// The same as if one file were not there.
    pub fn digest_without(&self, left_out: &str) -> String {
        self.digest_of(|path| path != left_out)
    }

    fn digest_of(&self, counts: impl Fn(&str) -> bool) -> String {
        let mut digest = Sha256::new();
        let texts = self.texts.iter().map(|(path, text)| (path, &**text));
        let objects = self
            .objects
            .iter()
            .map(|(path, object)| (path, object.as_str()));
        for (path, content) in texts.chain(objects).filter(|(path, _)| counts(path)) {
            for part in [path.as_str(), content] {
                digest.update((part.len() as u64).to_be_bytes());
                digest.update(part.as_bytes());
            }
        }
        hex(&digest.finalize())
    }
}

/// The name below `common/`, which a charity may put a file of its own in the place of.
fn overridable(path: &str) -> Option<&str> {
    path.strip_prefix("common/")
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(list: &[(&str, &str)]) -> Files {
        let mut files = Files::default();
        for (path, text) in list {
            files.put(path, text.as_bytes());
        }
        files
    }

    #[test]
    fn a_charitys_file_counts_in_place_of_the_common_one() {
        let all = files(&[
            ("common/menu.yaml", "common"),
            ("common/apply.yaml", "common"),
            ("charities/demo/menu.yaml", "own"),
            ("charities/other/apply.yaml", "other"),
            ("stories/a.story", "charity: demo"),
        ]);
        let paths: Vec<_> = all.of("demo").texts.into_keys().collect();
        assert_eq!(paths, ["charities/demo/menu.yaml", "common/apply.yaml"]);
        assert_eq!(
            all.charities().into_iter().collect::<Vec<_>>(),
            ["demo", "other"]
        );
    }

    #[test]
    fn the_version_changes_with_what_counts_and_with_nothing_else() {
        let before = files(&[
            ("common/menu.yaml", "a"),
            ("charities/demo/charity.yaml", "b"),
        ]);
        let story = files(&[
            ("common/menu.yaml", "a"),
            ("charities/demo/charity.yaml", "b"),
            ("stories/s.story", "c"),
        ]);
        let moved = files(&[
            ("common/menu.yaml", "ab"),
            ("charities/demo/charity.yaml", ""),
        ]);
        let version = |files: &Files| files.of("demo").digest();
        assert_eq!(version(&before), version(&story));
        assert_ne!(version(&before), version(&moved));
        assert_eq!(version(&before), before.of("demo").of("demo").digest());
    }
}
