//! How a command comes to the store: beside a running server it reads, or has the server do its errand;
//! without one it takes the data folder for itself. It holds no SQL and no rule.

use chrono::Utc;

use super::dialogs;
use super::engine::{Engine, Words};
use super::exit::{Ending, Failure};
use super::socket::{Errand, Report, knock};
use crate::config::Settings;
use crate::event::Millis;
use crate::store::{Mode, OpenError, Options, Store};

/// The clock of the commands.
pub fn now() -> Millis {
    Utc::now().timestamp_millis()
}

/// A store that is only read, beside a running server or alone.
///
/// # Errors
/// What is wrong and what to do.
pub async fn reading(settings: &Settings) -> Result<Store, Failure> {
    let opened = Store::open(Options::of(settings), Mode::Read).await;
    opened.map_err(failure)
}

/// A store to write to, which no server holds.
///
/// # Errors
/// What is wrong and what to do.
pub async fn writing(settings: &Settings) -> Result<Store, Failure> {
    let opened = Store::open(Options::of(settings), Mode::Write).await;
    opened.map_err(failure)
}

/// Has the running server do an errand, or does it here by the same function.
///
/// # Errors
/// When neither can be done.
pub async fn run_errand(settings: &Settings, errand: Errand) -> Result<Report, Failure> {
    if let Some(report) = knock(settings, &errand).await? {
        return Ok(report);
    }
    let words = Words::new(dialogs::set(settings)?);
    let engine = Engine::start(settings.clone(), writing(settings).await?, &words, None).await?;
    let report = engine.run(errand).await;
    engine.close().await;
    Ok(report)
}

/// How a store that does not open ends a command.
pub fn failure(error: OpenError) -> Failure {
    let ending = match &error {
        OpenError::NoData(_)
        | OpenError::Held(_)
        | OpenError::NotDurable { .. }
        | OpenError::Older
        | OpenError::Fault(_) => Ending::Unavailable,
        OpenError::Folder { .. } => Ending::File,
        OpenError::Key(_)
        | OpenError::KeyNeeded
        | OpenError::OtherKey { .. }
        | OpenError::OtherCharity { .. }
        | OpenError::ObjectsNotShared
        | OpenError::ObjectsElsewhere { .. }
        | OpenError::Url => Ending::Settings,
        OpenError::Migrate(_) => Ending::Fault,
    };
    Failure::new(ending, error)
}
