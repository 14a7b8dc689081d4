//! How values, days and lists are shown to a person, in both languages. It never decides what is shown.

use chrono::{DateTime, Datelike, FixedOffset, Timelike, Utc};

use crate::event::Millis;
use crate::text::lang::Lang;

/// Riyadh is three hours ahead of UTC, without summer time (SAUDI.md section 7).
const RIYADH_SECONDS: i32 = 3 * 3_600;

/// A moment as a day in both calendars.
pub fn day(at: Millis, _lang: Lang) -> String {
    riyadh(at).map_or_else(String::new, |at| {
        format!("{:04}-{:02}-{:02}", at.year(), at.month(), at.day())
    })
}

/// A moment as hour and minute in Riyadh, `09:05`.
pub fn hour(at: Millis) -> String {
    riyadh(at).map_or_else(String::new, |at| {
        format!("{:02}:{:02}", at.hour(), at.minute())
    })
}

fn riyadh(at: Millis) -> Option<DateTime<FixedOffset>> {
    let offset = FixedOffset::east_opt(RIYADH_SECONDS)?;
    Some(DateTime::<Utc>::from_timestamp_millis(at)?.with_timezone(&offset))
}

/// The last four characters behind five dots; only dots when too little would be hidden.
pub fn masked(text: &str) -> String {
    let scalars: Vec<char> = text.chars().collect();
    match scalars.len() {
        0..=6 => "•••••".to_owned(),
        length => format!("•••••{}", scalars[length - 4..].iter().collect::<String>()),
    }
}

/// "a, b and c"; the Arabic comma and «و».
pub fn listed(items: &[String], lang: Lang) -> String {
    let (comma, and) = match lang {
        Lang::Ar => ("، ", " و"),
        Lang::En => (", ", " and "),
    };
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{}{and}{last}", first.join(comma)),
    }
}
