//! `wasl faq report`: what every entry did, and the same before and after a day or a version of the dialogs.

use chrono::{NaiveDate, NaiveTime};
use clap::{Args, ValueEnum};
use serde::Serialize;

use crate::cli::block_on;
use crate::cli::exit::{Ended, Ending, Failure, OrEnd};
use crate::cli::out::say;
use crate::cli::store::reading;
use crate::config::Settings;
use crate::dialog::model::Dialogs;
use crate::event::Millis;
use crate::store::faq_report::{self, ALWAYS, Count, Time};
use crate::store::{Store, Tx};

/// What every entry did: asked, answered, picked among guesses, helped or not, not answered
#[derive(Args)]
pub struct Report {
    /// Tell apart what was before this day and what since
    #[arg(long, value_name = "YYYY-MM-DD", conflicts_with = "split_version")]
    split: Option<NaiveDate>,
    /// The same, by when this version of the dialogs first answered (its digest, or how it begins)
    #[arg(long, value_name = "VERSION")]
    split_version: Option<String>,
    #[arg(long, default_value = "plain")]
    format: Format,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Plain,
    Csv,
    Jsonl,
}

/// A row of the report.
#[derive(Serialize)]
struct Row<'a> {
    /// "all", "before" or "after".
    time: &'static str,
    #[serde(flatten)]
    count: &'a Count,
}

pub fn run(args: &Report, settings: &Settings) -> Ended {
    block_on(async {
        let doing = "reading what was answered";
        let store: Store = reading(settings).await?;
        let mut reader = store.reader().await.or_end(Ending::Unavailable, doing)?;
        let mut counted = Vec::new();
        for (name, time) in times(args, &mut reader, settings).await? {
            let counts = faq_report::counts(&mut reader, time).await;
            counted.push((name, counts.or_end(Ending::Unavailable, doing)?));
        }
        print(args.format, &counted)
    })
}

async fn times(
    args: &Report,
    reader: &mut Tx,
    settings: &Settings,
) -> Result<Vec<(&'static str, Time)>, Failure> {
    let at = match (&args.split, &args.split_version) {
        (Some(day), _) => beginning(*day, &crate::cli::dialogs::set(settings)?.dialogs),
        (None, Some(version)) => {
            let first = faq_report::first_of(reader, version).await;
            let first = first.or_end(Ending::Unavailable, "looking for the version")?;
            first.ok_or_else(|| {
                let what = format!("no answer was given by a version `{version}`");
                Failure::new(Ending::Findings, what)
            })?
        }
        (None, None) => return Ok(vec![("all", ALWAYS)]),
    };
    let before = Time { to: at, ..ALWAYS };
    let after = Time { from: at, ..ALWAYS };
    Ok(vec![("before", before), ("after", after)])
}

/// The first moment of a day where the charity is.
fn beginning(day: NaiveDate, dialogs: &Dialogs) -> Millis {
    let midnight = day.and_time(NaiveTime::MIN);
    let local = midnight
        .and_local_timezone(dialogs.charity.calendar.zone)
        .earliest();
    local.map_or_else(
        || midnight.and_utc().timestamp_millis(),
        |at| at.timestamp_millis(),
    )
}

fn print(format: Format, counted: &[(&'static str, Vec<Count>)]) -> Ended {
    let rows = counted
        .iter()
        .flat_map(|(time, counts)| counts.iter().map(|count| Row { time, count }));
    match format {
        Format::Jsonl => {
            for row in rows {
                say(serde_json::to_string(&row).or_end(Ending::Fault, "writing the report")?);
            }
        }
        Format::Csv => {
            say("time,entry,asked,asserted,picked,helped,not_helped,unanswered");
            rows.for_each(|row| say(line(&row, ",")));
        }
        Format::Plain => {
            say(format!(
                "{:<7} {:<28} {:>6} {:>8} {:>6} {:>6} {:>10} {:>10}",
                "time",
                "entry",
                "asked",
                "answered",
                "picked",
                "helped",
                "not helped",
                "unanswered"
            ));
            for Row { time, count } in rows {
                let entry = if count.entry.is_empty() {
                    "(none)"
                } else {
                    &count.entry
                };
                say(format!(
                    "{time:<7} {entry:<28} {:>6} {:>8} {:>6} {:>6} {:>10} {:>10}",
                    count.asked,
                    count.asserted,
                    count.picked,
                    count.helped,
                    count.not_helped,
                    count.unanswered
                ));
            }
        }
    }
    Ok(Ending::Done)
}

/// Names of entries hold nothing that CSV would have to quote.
fn line(row: &Row<'_>, between: &str) -> String {
    let count = row.count;
    let numbers = [
        count.asked,
        count.asserted,
        count.picked,
        count.helped,
        count.not_helped,
        count.unanswered,
    ];
    let numbers: Vec<String> = numbers.iter().map(i64::to_string).collect();
    [row.time, &count.entry, &numbers.join(between)].join(between)
}
