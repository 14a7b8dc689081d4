//! How values, days and lists are shown to a person, in both languages. It never decides what is shown.

use chrono::{DateTime, Utc};
use chrono_tz::Asia::Riyadh;
use chrono_tz::Tz;

use crate::event::Millis;
use crate::text::date;
use crate::text::lang::Lang;

/// A moment as a day in both calendars, in Riyadh.
pub fn day(at: Millis, lang: Lang) -> String {
    riyadh(at).map_or_else(String::new, |at| date::both(at.date_naive(), lang))
}

/// A moment as hour and minute in Riyadh, `09:05`.
pub fn hour(at: Millis) -> String {
    riyadh(at).map_or_else(String::new, |at| at.format("%H:%M").to_string())
}

/// None: a moment that no calendar reaches.
pub(super) fn riyadh(at: Millis) -> Option<DateTime<Tz>> {
    Some(DateTime::<Utc>::from_timestamp_millis(at)?.with_timezone(&Riyadh))
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
