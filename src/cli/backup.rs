//! `wasl backup` and `wasl restore`: a whole copy of an installation in a folder, and back from it. The
//! secret key is in neither: it is kept elsewhere.

use std::path::PathBuf;

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};

use super::block_on;
use super::exit::{Ended, Ending, Failure};
use super::out::{say, tell};
use super::store::{failure, now, reading};
use crate::config::Settings;
use crate::store::Options;
use crate::store::backup::{self, BackupError, Manifest};
use crate::store::object::ObjectFault;
use crate::store::restore::{self, RestoreError};

/// Copy database and attachments into a new folder, also while the server runs
#[derive(Args)]
pub struct Backup {
    /// A folder that is not there yet, or empty
    dir: PathBuf,
}

/// Bring a backup back into an empty data folder or database
#[derive(Args)]
pub struct Restore {
    /// The folder of the backup
    dir: PathBuf,
    /// The erasures.jsonl of the installation that was lost: who was erased after the backup stays erased
    #[arg(long, value_name = "FILE")]
    erasures: Option<PathBuf>,
}

pub fn run(backup: &Backup, settings: &Settings) -> Ended {
    block_on(async {
        let store = reading(settings).await?;
        let bar = bar();
        let mut step = |done, of| show(&bar, done, of);
        let made = backup::backup(&store, &backup.dir, now(), &mut step).await;
        bar.finish_and_clear();
        let manifest = made.map_err(not_made)?;
        say(format!(
            "Backed up into {}: {}.",
            backup.dir.display(),
            sum(&manifest)
        ));
        tell(
            "The secret key is not in it: keep a copy of it apart, without it nobody can read the backup.",
        );
        Ok(Ending::Done)
    })
}

pub fn run_restore(restore: &Restore, settings: &Settings) -> Ended {
    block_on(async {
        let bar = bar();
        let mut step = |done, of| show(&bar, done, of);
        let options = Options::of(settings);
        let erasures = restore.erasures.as_deref();
        let brought = restore::restore(&restore.dir, options, erasures, now(), &mut step).await;
        bar.finish_and_clear();
        let manifest = brought.map_err(not_brought)?;
        say(format!(
            "Restored from {}: {}.",
            restore.dir.display(),
            sum(&manifest)
        ));
        if restore.erasures.is_none() {
            tell(
                "Whoever was erased after this backup was made is back: erase them again (--erasures does it).",
            );
        }
        Ok(Ending::Done)
    })
}

fn sum(manifest: &Manifest) -> String {
    let rows: u64 = manifest.rows.values().sum();
    format!("rows: {rows}, files: {}", manifest.files.len())
}

/// Shown on a terminal only.
fn bar() -> ProgressBar {
    let bar = ProgressBar::new(0);
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos}/{len}") {
        bar.set_style(style);
    }
    bar
}

fn show(bar: &ProgressBar, done: u64, of: u64) {
    bar.set_length(of);
    bar.set_position(done);
}

fn not_made(error: BackupError) -> Failure {
    match error {
        BackupError::Folder(error) => failure(error),
        BackupError::NotEmpty(_) | BackupError::File { .. } => Failure::new(Ending::File, error),
        BackupError::Objects(ref fault) => Failure::new(of_objects(fault), error),
        BackupError::Fault(_) => Failure::new(Ending::Unavailable, error),
    }
}

fn not_brought(error: RestoreError) -> Failure {
    match error {
        RestoreError::Open(error) => failure(error),
        RestoreError::File(error) => not_made(error),
        RestoreError::NoBackup(_) | RestoreError::NotEmpty(_) => Failure::new(Ending::File, error),
        RestoreError::Objects(ref fault) => Failure::new(of_objects(fault), error),
        RestoreError::OtherFormat(_)
        | RestoreError::OtherSchema { .. }
        | RestoreError::Damaged(_)
        | RestoreError::Rows(_) => Failure::new(Ending::Findings, error),
        RestoreError::Fault(_) => Failure::new(Ending::Unavailable, error),
    }
}

fn of_objects(fault: &ObjectFault) -> Ending {
    match fault {
        ObjectFault::Folder(_) | ObjectFault::Sealed(_) | ObjectFault::Taken => Ending::File,
        ObjectFault::Bucket(_) | ObjectFault::Store(_) => Ending::Unavailable,
    }
}
