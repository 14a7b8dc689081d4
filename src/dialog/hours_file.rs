//! The calendar that staff wrote, as the part of `charity.yaml` that it stands for, so that a set with it is proved,
//! numbered and kept like any other.

use std::fmt::Write as _;

use super::load::keys::DAYS;
use crate::text::calendar::{
    Clock, Dates, Holiday, MonthDay, QuietHours, Span, Week, WorkingCalendar,
};
use crate::text::date::Calendar;

/// The key of `charity.yaml`.
const KEY: &str = "hours:";

/// `charity.yaml` with this calendar in place of its own.
pub fn over(file: &str, calendar: &WorkingCalendar) -> String {
    let mut out = String::with_capacity(file.len());
    let mut inside = false;
    for line in file.lines() {
        let begins = line.starts_with(KEY);
        let other_key = !line.is_empty() && !line.starts_with([' ', '\t', '#', '-']);
        inside = begins || (inside && !other_key);
        if !inside {
            out.push_str(line);
            out.push('\n');
        }
    }
    out.push_str(&block(calendar));
    out
}

/// Writing to a String cannot fail.
fn block(calendar: &WorkingCalendar) -> String {
    let mut out = format!("\n{KEY}\n  zone: {}\n", calendar.zone.name());
    week(&mut out, "week", &calendar.week);
    if let Some(ramadan) = &calendar.ramadan {
        week(&mut out, "ramadan", ramadan);
    }
    list(
        &mut out,
        "ramadan_announced",
        calendar.ramadan_override.iter().map(dates),
    );
    list(&mut out, "holidays", calendar.holidays.iter().map(holiday));
    list(&mut out, "closures", calendar.closures.iter().map(dates));
    let QuietHours {
        from,
        to,
        friday_until,
    } = calendar.quiet;
    let (from, to, friday) = (clock(from), clock(to), clock(friday_until));
    let _ = writeln!(
        out,
        "  quiet: {{from: \"{from}\", to: \"{to}\", friday_until: \"{friday}\"}}"
    );
    out
}

fn week(out: &mut String, key: &str, week: &Week) {
    let _ = writeln!(out, "  {key}:");
    // A day that is left out is closed; an empty one is no word of the file's.
    let open = DAYS
        .iter()
        .zip(&week.0)
        .filter(|(_, spans)| !spans.is_empty());
    for (day, spans) in open {
        let spans: Vec<_> = spans
            .iter()
            .map(|one| format!("\"{}\"", span(one)))
            .collect();
        let _ = writeln!(out, "    {day}: [{}]", spans.join(", "));
    }
}

fn list(out: &mut String, key: &str, items: impl Iterator<Item = String>) {
    let items: Vec<_> = items.collect();
    if items.is_empty() {
        return;
    }
    let _ = writeln!(out, "  {key}:");
    for item in items {
        let _ = writeln!(out, "    - {{{item}}}");
    }
}

fn dates(one: &Dates) -> String {
    let Dates { from, to, name } = one;
    format!("from: \"{from}\", to: \"{to}\"{}", named(name.as_deref()))
}

fn holiday(one: &Holiday) -> String {
    let calendar = match one.calendar {
        Calendar::Hijri => "hijri",
        Calendar::Gregorian => "gregorian",
    };
    let to = one
        .to
        .map_or_else(String::new, |to| format!(", to: \"{}\"", month_day(to)));
    let (from, name) = (month_day(one.from), named(one.name.as_deref()));
    format!("from: \"{from}\"{to}, calendar: {calendar}{name}")
}

/// A name in quotes of JSON, which are quotes of YAML too.
fn named(name: Option<&str>) -> String {
    name.map_or_else(String::new, |name| {
        format!(", name: {}", serde_json::Value::from(name))
    })
}

/// "09:00", as files and forms say it.
pub fn clock(clock: Clock) -> String {
    String::from(clock)
}

/// "09:00-17:00"
pub fn span(span: &Span) -> String {
    String::from(*span)
}

/// "09-23"
pub fn month_day(day: MonthDay) -> String {
    String::from(day)
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::dialog::load::{embedded, reload};

    #[test]
    fn a_calendar_that_was_written_reads_as_it_was_and_nothing_else_changes() {
        let files = embedded().of("demo");
        let before = reload(&files, "demo").unwrap();
        let mut calendar = before.charity.calendar.clone();
        calendar.week.0[6] = vec![Span::try_from("21:00-01:00".to_owned()).unwrap()];
        calendar.closures = vec![Dates {
            from: NaiveDate::from_ymd_opt(2027, 3, 1).unwrap(),
            to: NaiveDate::from_ymd_opt(2027, 3, 2).unwrap(),
            name: Some("صيانة \"عامة\": {x} # y".to_owned()),
        }];
        let path = "charities/demo/charity.yaml";
        let text = over(&files.texts[path], &calendar);
        let mut changed = files.clone();
        changed.put(path, text.as_bytes());
        let after = reload(&changed, "demo").unwrap();
        assert_eq!(after.charity.calendar, calendar);
        assert_eq!(after.charity.facts, before.charity.facts);
        assert_eq!(after.charity.periods, before.charity.periods);
        assert_ne!(after.version, before.version);
        let twice = over(&text, &calendar);
        assert_eq!(twice.matches("\nhours:").count(), 1);
    }
}
