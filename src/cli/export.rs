//! `wasl export`: what the house holds, for other programs. Sensitive values are masked; showing them
//! needs a reason, which is recorded before the first row is written.

use std::io::BufWriter;

use clap::{Args, ValueEnum};

use super::exit::{Ended, Ending, Failure};
use super::socket::Errand;
use super::store::{failure, now, run_errand};
use super::{block_on, out};
use crate::config::Settings;
use crate::store::export::{self, ExportError, Format, Noun, Reason, Sight};
use crate::store::{Mode, OpenError, Options, Store};

/// Write out messages, cases or surveys, to the standard output; never who rated
#[derive(Args)]
pub struct Export {
    /// What to write out
    noun: NounWord,
    /// jsonl: a JSON object a line; csv: with a header
    #[arg(long, default_value = "jsonl")]
    format: FormatWord,
    /// Show sensitive values too; needs --reason, and is recorded
    #[arg(long, requires = "reason")]
    reveal: bool,
    /// Why sensitive values are needed, in a few words
    #[arg(long, requires = "reveal", value_name = "TEXT", value_parser = super::reason)]
    reason: Option<String>,
    /// Who asks; without it the name of the account on this machine
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
}

#[derive(Clone, Copy, ValueEnum)]
enum NounWord {
    Messages,
    Cases,
    Surveys,
}

#[derive(Clone, Copy, ValueEnum)]
enum FormatWord {
    Jsonl,
    Csv,
}

pub fn run(export: Export, settings: &Settings) -> Ended {
    let noun = match export.noun {
        NounWord::Messages => Noun::Messages,
        NounWord::Cases => Noun::Cases,
        NounWord::Surveys => Noun::Surveys,
    };
    let format = match export.format {
        FormatWord::Jsonl => Format::JsonLines,
        FormatWord::Csv => Format::Csv,
    };
    let reason = export.reason.map(|why| Reason {
        by: export.by.unwrap_or_else(super::account),
        why,
        at: now(),
    });
    block_on(write(settings, noun, format, reason))
}

async fn write(settings: &Settings, noun: Noun, format: Format, reason: Option<Reason>) -> Ended {
    let mut out = BufWriter::new(std::io::stdout().lock());
    let store = match Store::open(Options::of(settings), Mode::Read).await {
        Ok(store) => store,
        // Before the first start there is nothing, which is no mistake.
        Err(OpenError::NoData(_)) => {
            return ended(export::headers(noun, format, &mut out));
        }
        Err(error) => return Err(failure(error)),
    };
    let sight = match reason {
        None => Sight::Masked,
        Some(reason) => {
            let errand = Errand::Reveal {
                noun: noun.word().to_string(),
                by: reason.by,
                why: reason.why,
            };
            let report = run_errand(settings, errand).await?;
            if !report.done {
                return Err(Failure::new(Ending::Findings, report.told));
            }
            Sight::Revealed
        }
    };
    ended(export::export(&store, noun, format, sight, &mut out).await)
}

fn ended(written: Result<(), ExportError>) -> Ended {
    match written {
        Ok(()) => Ok(Ending::Done),
        // `wasl export … | head` has what it wanted.
        Err(ExportError::Out(error)) if out::is_gone(&error) => Ok(Ending::Done),
        Err(ExportError::Out(error)) => Err(Failure::new(Ending::File, error)),
        Err(ExportError::Fault(fault)) => Err(Failure::new(Ending::Unavailable, fault)),
    }
}
