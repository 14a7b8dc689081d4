//! What staff write over the files: entries of the FAQ, proved like any file before they are kept, and the calendar.
//! Kept as versions that win over the files, and in use in every process a moment later. Pages and commands come here.

use std::sync::{Arc, PoisonError, RwLock};

use super::registry::Registry;
use crate::dialog::faq_file::{EDITED, edited, edited_path, item};
use crate::dialog::files::Files;
use crate::dialog::finding::{Finding, Findings};
use crate::dialog::hours_file;
use crate::dialog::load::resolve;
use crate::dialog::model::Dialogs;
use crate::dialog::render;
use crate::event::Millis;
use crate::store::faq_entry::{self, Body, Edit, Version};
use crate::store::{Fault, Store, calendar, dialog_set};
use crate::text::calendar::WorkingCalendar;

/// Phrasings below which `check` warns, and from which an entry is well found.
const QUESTIONS_LEAST: usize = 5;
const QUESTIONS_GOOD: usize = 10;

/// Is told every set that comes into use, with its files.
pub type Heard = dyn Fn(&Files, &Dialogs) + Send + Sync;

/// The files that lie below what staff wrote. Cheap to clone.
#[derive(Clone)]
pub struct Shipped {
    held: Arc<RwLock<Held>>,
    heard: Option<Arc<Heard>>,
}

struct Held {
    files: Arc<Files>,
    charity: String,
    /// The last versions that the current set was made of.
    of: Marks,
}

/// The last version of an entry, and of the calendar; -1: the set must be made anew.
type Marks = (i64, i64);

impl Shipped {
    pub fn new(files: Files, charity: &str) -> Shipped {
        let held = Held {
            files: Arc::new(files),
            charity: charity.to_owned(),
            of: (0, 0),
        };
        Shipped {
            held: Arc::new(RwLock::new(held)),
            heard: None,
        }
    }

    /// The same, and this is told every set that comes into use: an entry may show a file that no text named before.
    pub fn heard_by(self, heard: impl Fn(&Files, &Dialogs) + Send + Sync + 'static) -> Shipped {
        Shipped {
            heard: Some(Arc::new(heard)),
            ..self
        }
    }

    /// Other files from now on; the next look makes a set of them.
    pub fn replace(&self, files: Files) {
        let mut held = self.held.write().unwrap_or_else(PoisonError::into_inner);
        held.files = Arc::new(files);
        held.of = (-1, -1);
    }

    fn now(&self) -> (Arc<Files>, String, Marks) {
        let held = self.held.read().unwrap_or_else(PoisonError::into_inner);
        (held.files.clone(), held.charity.clone(), held.of)
    }

    /// The set is made of these files and of versions up to these; not when the files were replaced meanwhile.
    fn made(&self, files: &Arc<Files>, of: Marks) {
        let mut held = self.held.write().unwrap_or_else(PoisonError::into_inner);
        if Arc::ptr_eq(&held.files, files) {
            held.of = of;
        }
    }
}

/// Takes what was written since the last look into use.
///
/// # Errors
/// As the store's: the earlier set is in use until the next look.
pub async fn catch_up(
    store: &Store,
    registry: &Registry,
    shipped: &Shipped,
    at: Millis,
) -> Result<(), Fault> {
    let (files, charity, of) = shipped.now();
    let mut reader = store.reader().await?;
    let calendar = calendar::now(&mut reader).await?;
    let written = calendar.as_ref().map_or(0, |one| one.version);
    let last = (faq_entry::last(&mut reader).await?, written);
    if last == of {
        return Ok(());
    }
    let versions = faq_entry::now(&mut reader).await?;
    drop(reader);
    let calendar = calendar.and_then(|one| one.calendar);
    let base = match &calendar {
        Some(calendar) => Arc::new(with_calendar(&files, &charity, calendar)),
        None => files.clone(),
    };
    let made = tokio::task::spawn_blocking(move || over(&base, &charity, versions)).await;
    let Ok(Some((dialogs, resolved))) = made else {
        // The files alone were proved when they were read: this is a fault of ours.
        tracing::error!("what staff wrote over the files cannot be taken into use");
        return Ok(());
    };
    if dialogs.version != registry.current().version {
        let json = serde_json::to_string(&resolved).unwrap_or_default();
        let mut tx = store.begin_write().await?;
        dialog_set::keep(&mut tx, &dialogs.version, &json, at).await?;
        tx.commit().await?;
        tracing::info!(
            faq.n = last.0,
            calendar.version = last.1,
            "what staff wrote over the files is in use"
        );
        // Before anybody is shown it: what an entry shows must be there to be fetched.
        if let Some(heard) = &shipped.heard {
            heard(&resolved, &dialogs);
        }
        registry.replace(Arc::new(dialogs));
    }
    shipped.made(&files, last);
    Ok(())
}

/// The files with what staff wrote over them. A version that no longer fits the files, as after an upgrade, is left
/// out and told: the file's entry counts until it is mended. None: the files are not fit either.
pub fn over(files: &Files, charity: &str, versions: Vec<Version>) -> Option<(Dialogs, Files)> {
    let all = with(files, charity, &versions);
    let (dialogs, _) = resolve(&all, charity);
    if let Some(dialogs) = dialogs {
        return Some((dialogs, all.of(charity)));
    }
    let fits = |version: &Version| {
        let alone = with(files, charity, std::slice::from_ref(version));
        let fits = resolve(&alone, charity).0.is_some();
        if !fits {
            tracing::warn!(
                faq.entry = version.entry,
                faq.version = version.version,
                "an entry that staff wrote does not fit the files any more, and is left out"
            );
        }
        fits
    };
    let fitting: Vec<Version> = versions.into_iter().filter(fits).collect();
    let all = with(files, charity, &fitting);
    let (dialogs, _) = resolve(&all, charity);
    Some((dialogs?, all.of(charity)))
}

fn with_calendar(files: &Files, charity: &str, calendar: &WorkingCalendar) -> Files {
    let path = format!("charities/{charity}/charity.yaml");
    let mut all = files.clone();
    if let Some(text) = files.texts.get(path.as_str()) {
        all.put(&path, hours_file::over(text, calendar).as_bytes());
    }
    all
}

fn with(files: &Files, charity: &str, versions: &[Version]) -> Files {
    let written = versions.iter().filter_map(|version| match &version.body {
        Body::Written(body) => Some(body.as_str()),
        Body::Retired | Body::FromFiles => None,
    });
    let retired = versions
        .iter()
        .filter(|version| version.body == Body::Retired)
        .map(|version| version.entry.as_str());
    let mut all = files.clone();
    if versions
        .iter()
        .any(|version| version.body != Body::FromFiles)
    {
        all.put(&edited_path(charity), edited(written, retired).as_bytes());
    }
    all
}

/// Why something was not written.
#[derive(Debug)]
pub enum Refused {
    /// What is wrong with it, with line and remedy.
    Wrong(String),
    /// Somebody else has written another version meanwhile.
    Late,
    Fault(Fault),
}

impl From<Fault> for Refused {
    fn from(fault: Fault) -> Refused {
        Refused::Fault(fault)
    }
}

/// What was written.
#[derive(Debug, PartialEq, Eq)]
pub struct Written {
    pub entry: String,
    pub version: i64,
    /// What its author should know, such as that it has few phrasings.
    pub notes: String,
}

/// Who writes over which version (0: the files'), and the questions of the desk that this settles.
#[derive(Clone, Debug)]
pub struct Author {
    pub by: String,
    pub over: i64,
    pub questions: Vec<String>,
    pub at: Millis,
}

/// Writes a version of one entry, given as `faq.yaml` with that entry alone.
///
/// # Errors
/// When something is wrong with it, when its author has not seen the last version, or as the store's.
pub async fn write(
    store: &Store,
    registry: &Registry,
    shipped: &Shipped,
    text: String,
    author: Author,
) -> Result<Written, Refused> {
    let (files, charity, _) = shipped.now();
    let proved = tokio::task::spawn_blocking(move || prove(&files, &charity, &text)).await;
    let (entry, body, notes) =
        proved.map_err(|_| Refused::Wrong("it cannot be read".to_owned()))??;
    let version = put(
        store,
        registry,
        shipped,
        &entry,
        Body::Written(body),
        author,
    )
    .await?;
    Ok(Written {
        entry,
        version,
        notes,
    })
}

/// Takes an entry out of use, or gives it back to the files.
///
/// # Errors
/// When there is nothing to be taken out or given back, when its author has not seen the last version, or as the
/// store's.
pub async fn withdraw(
    store: &Store,
    registry: &Registry,
    shipped: &Shipped,
    entry: &str,
    body: Body,
    author: Author,
) -> Result<i64, Refused> {
    let is_there = registry.current().faq.iter().any(|one| one.name == entry);
    let was_written = author.over > 0;
    if !is_there && !was_written {
        return Err(Refused::Wrong(format!("there is no entry `{entry}`")));
    }
    put(store, registry, shipped, entry, body, author).await
}

async fn put(
    store: &Store,
    registry: &Registry,
    shipped: &Shipped,
    entry: &str,
    body: Body,
    author: Author,
) -> Result<i64, Refused> {
    let at = author.at;
    let edit = Edit {
        entry: entry.to_owned(),
        over: author.over,
        body,
        questions: author.questions,
        by: author.by,
        at,
    };
    let version = faq_entry::write(store, &edit).await?.ok_or(Refused::Late)?;
    if let Err(fault) = catch_up(store, registry, shipped, at).await {
        tracing::warn!(%fault, "what was written into the FAQ is taken into use later");
    }
    Ok(version)
}

/// The name of the entry, as it is to be kept, and what its author should know.
fn prove(files: &Files, charity: &str, text: &str) -> Result<(String, String, String), Refused> {
    let path = edited_path(charity);
    let mut all = files.clone();
    all.put(&path, text.as_bytes());
    let (dialogs, findings) = resolve(&all, charity);
    let is_here = |finding: &&Finding| *finding.file == *path;
    let here = Findings(findings.0.iter().filter(is_here).cloned().collect());
    let told = render::people(&here, &all, "");
    let Some(dialogs) = dialogs else {
        let told = if here.has_errors() {
            told
        } else {
            render::people(&findings, &all, "")
        };
        return Err(Refused::Wrong(told));
    };
    let mut written = dialogs.faq.iter().filter(|entry| entry.file == EDITED);
    match (written.next(), written.next()) {
        (Some(entry), None) => {
            let count = entry.questions.len();
            let few = match count {
                QUESTIONS_LEAST..QUESTIONS_GOOD => {
                    format!("It has {count} phrasings; {QUESTIONS_GOOD} are good.\n")
                }
                _ => String::new(),
            };
            Ok((entry.name.clone(), item(entry), told + &few))
        }
        _ => Err(Refused::Wrong(
            "it must hold one entry, and one that this charity has on".to_owned(),
        )),
    }
}
