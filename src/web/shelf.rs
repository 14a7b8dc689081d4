//! What the pages take from the folder of dialogs beside the dialogs themselves: their own words, and the
//! files that texts name. It decides nothing, and gives no file that no text names.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use axum::body::Bytes;
use sha2::{Digest, Sha256};

use super::assets::Assets;
use super::texts::Texts;
use crate::config::dialogs_folder;
use crate::dialog::files::{Files, embedded_bytes};
use crate::dialog::finding::Findings;
use crate::dialog::model::Dialogs;
use crate::dialog::yaml::{self, Node};

/// What lies there for one version of the dialogs.
pub struct Shelf {
    pub texts: Texts,
    pub assets: Assets,
    /// By the path that texts give.
    files: BTreeMap<String, Named>,
    /// None: inside the program.
    folder: Option<PathBuf>,
}

/// A file that a text names.
pub struct Named {
    /// Path below the folder.
    place: String,
    /// SHA-256, hexadecimal, of what `check` saw.
    pub digest: String,
    pub bytes: usize,
}

/// The words of the program, and no file.
impl Default for Shelf {
    fn default() -> Shelf {
        let texts = Texts::default();
        Shelf {
            assets: Assets::with(&texts),
            texts,
            files: BTreeMap::new(),
            folder: None,
        }
    }
}

impl Shelf {
    /// Of the files of one charity ([`Files::of`]), which lie in this folder or in the program.
    pub fn new(files: &Files, dialogs: &Dialogs, folder: Option<&Path>) -> Shelf {
        let own = format!("charities/{}/", dialogs.charity.name);
        let page = files
            .texts
            .get(&format!("{own}page.yaml"))
            .or_else(|| files.texts.get("common/page.yaml"));
        let texts = page.map_or_else(Texts::default, |page| Texts::under(page));
        Shelf {
            assets: Assets::with(&texts),
            texts,
            files: named(files, dialogs)
                .into_iter()
                .filter_map(|path| {
                    let found = find(files, &own, &path, folder)?;
                    Some((path, found))
                })
                .collect(),
            folder: folder.map(Path::to_owned),
        }
    }

    /// The file under the path that a text gives; None when no text of today gives it.
    pub fn file(&self, path: &str) -> Option<&Named> {
        self.files.get(path)
    }

    /// Its bytes. None when what lies there is not what the dialogs were read with.
    pub async fn bytes(&self, named: &Named) -> Option<Bytes> {
        let bytes = match &self.folder {
            None => Bytes::from_static(embedded_bytes(&named.place)?),
            Some(folder) => from_folder(folder.clone(), named.place.clone()).await?,
        };
        let same = hex(&Sha256::digest(&bytes)) == named.digest;
        if !same {
            tracing::warn!(
                file = named.place,
                "the file is not what it was; `wasl reload` takes it into use"
            );
        }
        same.then_some(bytes)
    }
}

async fn from_folder(folder: PathBuf, place: String) -> Option<Bytes> {
    let file = place.clone();
    let read = tokio::task::spawn_blocking(move || dialogs_folder::one(&folder, &place)).await;
    match read {
        Ok(Ok(bytes)) => bytes.map(Bytes::from),
        Ok(Err(error)) => {
            tracing::warn!(file, %error, "a file that a text names cannot be read");
            None
        }
        // Only while the process ends.
        Err(_) => None,
    }
}

/// The charity's own, else the common one, as `check` looks for it.
fn find(files: &Files, own: &str, path: &str, folder: Option<&Path>) -> Option<Named> {
    let places = [format!("{own}{path}"), format!("common/{path}")];
    let place = places
        .into_iter()
        .find(|place| files.objects.contains_key(place))?;
    let bytes = match folder {
        None => embedded_bytes(&place)?.len(),
        Some(folder) => usize::try_from(folder.join(&place).metadata().ok()?.len()).ok()?,
    };
    Some(Named {
        digest: files.objects.get(&place)?.clone(),
        place,
        bytes,
    })
}

/// Every path that a text gives: recordings of texts, files shown beside them, public documents. What else
/// lies in the folder (drafts, what is for staff alone) is nobody's to ask for.
fn named(files: &Files, dialogs: &Dialogs) -> Vec<String> {
    let mut paths: Vec<String> = dialogs
        .documents
        .iter()
        .filter(|document| document.public)
        .filter_map(|document| document.file.clone())
        .collect();
    let may_name = |text: &str| text.contains("audio") || text.contains("shows");
    for (file, text) in files.texts.iter().filter(|(_, text)| may_name(text)) {
        // `check` told what is wrong with them.
        let tree = yaml::parse(&file.as_str().into(), text, &mut Findings::default());
        if let Some(tree) = tree {
            walk(&tree, &mut paths);
        }
    }
    paths
}

fn walk(node: &Node, paths: &mut Vec<String>) {
    let path = |node: Option<&Node>| node.and_then(Node::scalar).map(str::to_owned);
    paths.extend(path(node.get("audio")));
    let shows = node.get("shows").map_or(&[][..], Node::list);
    paths.extend(shows.iter().filter_map(|show| path(show.get("file"))));
    node.entries()
        .iter()
        .map(|(_, inner)| inner)
        .chain(node.list())
        .for_each(|inner| walk(inner, paths));
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The shelf of a running server: another one after each reload. Cheap to clone.
#[derive(Clone, Default)]
pub struct Shelves(Arc<RwLock<Arc<Shelf>>>);

impl Shelves {
    pub fn new(shelf: Shelf) -> Shelves {
        Shelves(Arc::new(RwLock::new(Arc::new(shelf))))
    }

    pub fn current(&self) -> Arc<Shelf> {
        self.0
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// A shelf of other files, which lie where the earlier ones did.
    pub fn renew(&self, files: &Files, dialogs: &Dialogs) {
        let folder = self.current().folder.clone();
        self.replace(Shelf::new(files, dialogs, folder.as_deref()));
    }

    pub fn replace(&self, shelf: Shelf) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(shelf);
    }
}
