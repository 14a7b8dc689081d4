//! `wasl privacy`: what people asked about their own data (SAUDI.md section 11), until there is a console: who
//! asks for what and by when, and the answer to it. Answers enter by the inbox like every other act of staff.

use chrono::{DateTime, Utc};
use clap::{Args, Subcommand};

use super::exit::{Ended, Ending, Failure, OrEnd};
use super::out::say;
use super::socket::{Errand, told};
use super::store::{now, reading, run_errand};
use super::{account, block_on};
use crate::config::Settings;
use crate::dialog::value::Value;
use crate::event::{Millis, StaffAct};
use crate::store::case::{self, Case};
use crate::store::item;

/// The kind of such requests, and its two ends, as `cases.yaml` calls them.
const KIND: &str = "data_request";
const DONE: &str = "done";
const REFUSED: &str = "refused";

/// Milliseconds of a day.
const DAY: Millis = 24 * 60 * 60 * 1_000;
/// One extension, of at most thirty days (SAUDI.md section 11, deadline).
const LATER_DAYS_MAX: u16 = 30;

/// See what people asked about their own data, and answer it in time
#[derive(Args)]
pub struct Privacy {
    #[command(subcommand)]
    act: Act,
}

#[derive(Subcommand)]
enum Act {
    /// Open requests, the oldest first: what is asked, by when it is due, and whether the identity is proven
    List,
    /// It was carried out; the person is told, and it is recorded
    Done {
        /// Number of the request, of `wasl privacy list`
        reference: String,
        /// What the person is told when they look, such as how they come to their copy
        #[arg(long, value_name = "TEXT", value_parser = super::reason)]
        told: Option<String>,
        /// Who did it; without it the name of the account on this machine
        #[arg(long, value_name = "NAME")]
        by: Option<String>,
    },
    /// It cannot be carried out; the reasons go to the person
    Refuse {
        /// Number of the request, of `wasl privacy list`
        reference: String,
        /// Why, as the person reads it
        #[arg(long, value_name = "TEXT", value_parser = super::reason)]
        told: String,
        /// Who decided; without it the name of the account on this machine
        #[arg(long, value_name = "NAME")]
        by: Option<String>,
    },
    /// It takes longer than promised: once, before the date has passed, and with the reasons to the person
    Postpone {
        /// Number of the request, of `wasl privacy list`
        reference: String,
        /// How many days later, at most 30
        #[arg(long, value_parser = clap::value_parser!(u16).range(1..=i64::from(LATER_DAYS_MAX)))]
        days: u16,
        /// Why, as the person reads it
        #[arg(long, value_name = "TEXT", value_parser = super::reason)]
        told: String,
        /// Who decided; without it the name of the account on this machine
        #[arg(long, value_name = "NAME")]
        by: Option<String>,
    },
}

pub fn run(privacy: Privacy, settings: &Settings) -> Ended {
    match privacy.act {
        Act::List => block_on(list(settings)),
        Act::Done {
            reference,
            told,
            by,
        } => block_on(end(settings, reference, DONE, told, by)),
        Act::Refuse {
            reference,
            told,
            by,
        } => block_on(end(settings, reference, REFUSED, Some(told), by)),
        Act::Postpone {
            reference,
            days,
            told,
            by,
        } => block_on(postpone(settings, reference, days, told, by)),
    }
}

async fn list(settings: &Settings) -> Ended {
    let doing = "reading the requests";
    let store = reading(settings).await?;
    let mut reader = store.reader().await.or_end(Ending::Unavailable, doing)?;
    let open = case::open_of_kind(&mut reader, KIND).await;
    let open = open.or_end(Ending::Unavailable, doing)?;
    let ids: Vec<&str> = open.iter().map(|case| case.id.as_str()).collect();
    let items = item::of(&mut reader, &ids).await;
    let items = items.or_end(Ending::Unavailable, doing)?;
    for case in &open {
        let asked = items.iter().filter(|item| item.case == case.id);
        let asked: Vec<&str> = asked.filter_map(|item| picked(&item.value)).collect();
        say(line(case, &asked, now()));
    }
    Ok(Ending::Done)
}

/// What was picked from a list: the kind of wish, never a word of the person's own.
fn picked(value: &Value) -> Option<&str> {
    match value {
        Value::Option(name) => Some(name),
        _ => None,
    }
}

fn line(case: &Case, asked: &[&str], now: Millis) -> String {
    let due = case.answer_by.map_or_else(
        || "no date".to_owned(),
        |by| format!("due {} ({})", day(by), left(by, now)),
    );
    let proven = match case.proven {
        true => "identity proven in the chat",
        false => "identity not proven",
    };
    format!(
        "{}  {}  {}, since {}, {due}, {proven}",
        case.reference,
        asked.join(" "),
        case.state,
        day(case.submitted_at)
    )
}

fn left(by: Millis, now: Millis) -> String {
    match (by - now).div_euclid(DAY) {
        days if days < 0 => format!("{} days late", -days),
        days => format!("{days} days left"),
    }
}

fn day(at: Millis) -> String {
    DateTime::<Utc>::from_timestamp_millis(at)
        .unwrap_or_default()
        .format("%Y-%m-%d")
        .to_string()
}

async fn end(
    settings: &Settings,
    reference: String,
    to: &str,
    told_person: Option<String>,
    by: Option<String>,
) -> Ended {
    let case = open_request(settings, &reference).await?;
    let act = StaffAct::Moved {
        by: by.unwrap_or_else(account),
        reference,
        to: to.to_owned(),
        told: told_person,
    };
    act_on(settings, case, act).await
}

async fn postpone(
    settings: &Settings,
    reference: String,
    days: u16,
    told_person: String,
    by: Option<String>,
) -> Ended {
    let case = open_request(settings, &reference).await?;
    let from = case.answer_by.unwrap_or_else(now);
    let act = StaffAct::Postponed {
        by: by.unwrap_or_else(account),
        reference,
        answer_by: from + Millis::from(days) * DAY,
        told: told_person,
    };
    act_on(settings, case, act).await
}

/// The act enters by the inbox; whether it meant anything shows in the request behind it.
async fn act_on(settings: &Settings, before: Case, act: StaffAct) -> Ended {
    let Some(conversation) = before.conversation.clone() else {
        return Err(refused(&before.reference, "its conversation was erased"));
    };
    let report = run_errand(settings, Errand::Staff { conversation, act }).await?;
    if report.done {
        let after = find(settings, &before.reference).await?;
        if after.as_ref() == Some(&before) {
            let why =
                "its state cannot move there, or it was postponed before, or its date has passed";
            return Err(refused(&before.reference, why));
        }
    }
    told(report)
}

async fn open_request(settings: &Settings, reference: &str) -> Result<Case, Failure> {
    let case = find(settings, reference).await?;
    let request = case.filter(|case| case.kind == KIND && case.closed_at.is_none());
    request.ok_or_else(|| {
        refused(
            reference,
            "there is no open request of this number; `wasl privacy list` names them",
        )
    })
}

async fn find(settings: &Settings, reference: &str) -> Result<Option<Case>, Failure> {
    let doing = "reading the request";
    let store = reading(settings).await?;
    let mut reader = store.reader().await.or_end(Ending::Unavailable, doing)?;
    let found = case::find(&mut reader, reference).await;
    found.or_end(Ending::Unavailable, doing)
}

fn refused(reference: &str, why: &str) -> Failure {
    Failure::new(Ending::Findings, format!("{reference}: {why}"))
}
