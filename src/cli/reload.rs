//! `wasl reload`: has the running server read its dialogs again. Without a server there is nothing to do.

use super::block_on;
use super::exit::{Ended, Ending, Failure};
use super::socket::{Errand, knock, told};
use crate::config::Settings;

pub fn run(settings: &Settings) -> Ended {
    block_on(async {
        match knock(settings, &Errand::Reload).await? {
            Some(report) => told(report),
            None => Err(Failure::new(
                Ending::Unavailable,
                format!(
                    "no server runs on {}. The next `wasl serve` reads the dialogs by itself",
                    settings.data_dir.display()
                ),
            )),
        }
    })
}
