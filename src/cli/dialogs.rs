//! Where a command finds its dialogs: a folder, or those inside the program. It reads and resolves
//! them; what is wrong is told in the words of `check`.

use std::path::Path;

use clap::ValueEnum;

use super::exit::{Ending, Failure, OrEnd};
use crate::config::{Settings, dialogs_folder};
use crate::dialog::check::Channel;
use crate::dialog::check::settings::{Seen, contradict, host_of};
use crate::dialog::files::{Files, embedded};
use crate::dialog::finding::Findings;
use crate::dialog::load::{no_such_charity, resolve};
use crate::dialog::model::Dialogs;
use crate::dialog::render;
use crate::text::lang::Lang;
use crate::web::shelf::Shelf;

/// Every channel and what it can carry: each proves its limits in `check`.
pub const CHANNELS: &[Channel<'static>] = crate::channel::LIMITS;

/// The language that a command prints or begins in.
#[derive(Clone, Copy, ValueEnum)]
pub enum Language {
    Ar,
    En,
}

impl Language {
    pub fn lang(self) -> Lang {
        match self {
            Language::Ar => Lang::Ar,
            Language::En => Lang::En,
        }
    }
}

/// What a charity can say, with the files that it was made of.
pub struct Set {
    pub dialogs: Dialogs,
    /// JSON of the resolved files: kept in the store under the dialogs' version.
    pub files: String,
    /// The whole folder that it was made of.
    pub folder: Files,
    /// What the pages take of the same folder.
    pub shelf: Shelf,
}

/// The files of a folder, or those inside the program.
///
/// # Errors
/// When the folder is none, or cannot be read.
pub fn files(folder: Option<&Path>) -> Result<Files, Failure> {
    match folder {
        None => Ok(embedded()),
        Some(folder) => Ok(dialogs_folder::read(folder)
            .or_end(Ending::File, "reading the dialogs")?
            .into_iter()
            .collect()),
    }
}

/// The dialogs that the settings name, whole and proved.
///
/// # Errors
/// With every finding when they cannot be served.
pub fn set(settings: &Settings) -> Result<Set, Failure> {
    let folder = settings.dialogs.as_deref();
    let files = files(folder)?;
    if !files.charities().contains(&settings.charity) {
        let findings = Findings(vec![no_such_charity(&files, &settings.charity)]);
        return Err(unusable(folder, &files, &findings));
    }
    let (dialogs, findings) = resolve(&files, &settings.charity);
    let Some(dialogs) = dialogs else {
        return Err(unusable(folder, &files, &findings));
    };
    let own = files.of(&settings.charity);
    let shelf = Shelf::new(&own, &dialogs, folder);
    let own =
        serde_json::to_string(&own).or_end(Ending::Fault, "writing the dialogs as one text")?;
    Ok(Set {
        dialogs,
        files: own,
        folder: files,
        shelf,
    })
}

/// What in the settings contradicts the charity's profile, at the place in its file.
pub fn contradictions(files: &Files, settings: &Settings) -> Findings {
    let public = settings.public_url.as_ref();
    let public = public.filter(|url| url.is_https() && !url.is_loopback());
    let seen = [
        ("WASL_PUBLIC_URL", public.map(|url| url.origin()), "site"),
        ("WASL_EMAIL_FROM", settings.email.from.as_deref(), "email"),
    ];
    let seen: Vec<Seen<'_>> = seen
        .into_iter()
        .filter_map(|(name, value, fact)| {
            let host = host_of(value?);
            Some(Seen { name, host, fact })
        })
        .collect();
    contradict(files, &settings.charity, &seen)
}

fn unusable(folder: Option<&Path>, files: &Files, findings: &Findings) -> Failure {
    let root = folder.unwrap_or(Path::new("dialogs")).to_string_lossy();
    let told = render::people(findings, files, &root);
    Failure::new(
        Ending::Settings,
        format!("the dialogs cannot be used.\n\n{told}"),
    )
}
