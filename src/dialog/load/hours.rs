//! Opening hours, holidays and quiet hours of charity.yaml into the working calendar.

use chrono::NaiveDate;
use chrono_tz::Tz;

use super::build::scalar;
use super::keys::DAYS;
use crate::dialog::yaml::Node;
use crate::text::calendar::{
    Clock, Dates, Holiday, MonthDay, QuietHours, Span, Week, WorkingCalendar,
};
use crate::text::date::Calendar;

pub fn opening(text: &str) -> Option<Span> {
    Span::try_from(text.to_owned()).ok()
}

pub fn clock(text: &str) -> Option<Clock> {
    Clock::try_from(text.to_owned()).ok()
}

pub fn date(text: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()
}

pub fn month_day(text: &str) -> Option<MonthDay> {
    MonthDay::try_from(text.to_owned()).ok()
}

pub fn zone(text: &str) -> Option<Tz> {
    text.parse().ok()
}

/// What is said; what is left out is closed, and the zone and the quiet hours are the usual ones.
pub fn build(node: &Node) -> WorkingCalendar {
    let usual = WorkingCalendar::default();
    let days = node.get("holidays").map_or(&[][..], Node::list);
    let mut closures = dates(node, "closures");
    closures.extend(days.iter().filter(|day| !yearly(day)).filter_map(once));
    WorkingCalendar {
        zone: scalar(node, "zone").and_then(zone).unwrap_or(usual.zone),
        week: node.get("week").map(week).unwrap_or_default(),
        ramadan: node.get("ramadan").map(week),
        ramadan_override: dates(node, "ramadan_announced"),
        holidays: days.iter().filter_map(holiday).collect(),
        closures,
        quiet: node.get("quiet").map_or(usual.quiet, quiet),
    }
}

fn week(node: &Node) -> Week {
    let openings = |day: &str| {
        node.get(day)
            .map_or(&[][..], Node::list)
            .iter()
            .filter_map(|item| opening(item.scalar()?))
            .collect()
    };
    Week(DAYS.map(openings))
}

fn dates(node: &Node, key: &str) -> Vec<Dates> {
    node.get(key)
        .map_or(&[][..], Node::list)
        .iter()
        .filter_map(once)
        .collect()
}

/// Days of one year; without `to` a single day.
fn once(node: &Node) -> Option<Dates> {
    let from = date(scalar(node, "from")?)?;
    let to = scalar(node, "to").and_then(date).unwrap_or(from);
    Some(Dates {
        from,
        to,
        name: scalar(node, "name").map(str::to_owned),
    })
}

fn yearly(node: &Node) -> bool {
    scalar(node, "from").and_then(month_day).is_some()
}

fn holiday(node: &Node) -> Option<Holiday> {
    let calendar = match scalar(node, "calendar") {
        Some("hijri") => Calendar::Hijri,
        _ => Calendar::Gregorian,
    };
    Some(Holiday {
        calendar,
        from: month_day(scalar(node, "from")?)?,
        to: scalar(node, "to").and_then(month_day),
        name: scalar(node, "name").map(str::to_owned),
    })
}

fn quiet(node: &Node) -> QuietHours {
    let usual = QuietHours::default();
    let at = |key, usual| scalar(node, key).and_then(clock).unwrap_or(usual);
    QuietHours {
        from: at("from", usual.from),
        to: at("to", usual.to),
        friday_until: at("friday_until", usual.friday_until),
    }
}
