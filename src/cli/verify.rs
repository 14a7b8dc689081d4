//! `wasl verify`: proves that nobody but the house changed a declaration, a case or the record of who
//! did what. It changes nothing.

use super::block_on;
use super::exit::{Ended, Ending, OrEnd};
use super::out::say;
use super::store::reading;
use crate::config::Settings;
use crate::store::verify;

pub fn run(settings: &Settings) -> Ended {
    block_on(async {
        let store = reading(settings).await?;
        let report = verify::verify(&store)
            .await
            .or_end(Ending::Unavailable, "reading the chains of evidence")?;
        for finding in &report.findings {
            say(finding);
        }
        say(format!(
            "Whole: {}, erased by the house: {}, findings: {}.",
            report.whole,
            report.erased,
            report.findings.len()
        ));
        match report.findings.is_empty() {
            true => Ok(Ending::Done),
            false => Ok(Ending::Findings),
        }
    })
}
