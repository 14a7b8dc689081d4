//! How the working calendar is written in files: "09:00", "09:00-17:00", "09-23", and weekdays by name.

use crate::text::calendar::{Clock, MonthDay, Span, Week};
use serde::{Deserialize, Serialize};
use std::fmt;
use thiserror::Error;

/// Why a text of a calendar file is refused.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CalendarProblem {
    #[error("`{0}` is no time of day, write it as 09:00")]
    Clock(String),
    #[error("`{0}` is no opening, write it as 09:00-17:00")]
    Span(String),
    #[error("`{0}` is no day of a year, write month and day as 09-23")]
    MonthDay(String),
}

#[derive(Serialize, Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct WeekFile {
    sun: Vec<Span>,
    mon: Vec<Span>,
    tue: Vec<Span>,
    wed: Vec<Span>,
    thu: Vec<Span>,
    fri: Vec<Span>,
    sat: Vec<Span>,
}

impl From<WeekFile> for Week {
    fn from(file: WeekFile) -> Week {
        Week([
            file.sun, file.mon, file.tue, file.wed, file.thu, file.fri, file.sat,
        ])
    }
}

impl From<Week> for WeekFile {
    fn from(Week([sun, mon, tue, wed, thu, fri, sat]): Week) -> WeekFile {
        WeekFile {
            sun,
            mon,
            tue,
            wed,
            thu,
            fri,
            sat,
        }
    }
}

/// Two numbers of two digits around a sign.
fn two_numbers(text: &str, sign: char) -> Option<(u16, u16)> {
    let (a, b) = text.trim().split_once(sign)?;
    let number = |text: &str| {
        text.parse()
            .ok()
            .filter(|_| (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit()))
    };
    Some((number(a)?, number(b)?))
}

impl TryFrom<String> for Clock {
    type Error = CalendarProblem;
    fn try_from(text: String) -> Result<Clock, CalendarProblem> {
        let clock = two_numbers(&text, ':').and_then(|(hour, minute)| Clock::new(hour, minute));
        clock.ok_or(CalendarProblem::Clock(text))
    }
}

impl TryFrom<String> for Span {
    type Error = CalendarProblem;
    fn try_from(text: String) -> Result<Span, CalendarProblem> {
        let (from, to) = text
            .split_once(['-', '–'])
            .ok_or_else(|| CalendarProblem::Span(text.clone()))?;
        Ok(Span {
            from: Clock::try_from(from.to_owned())?,
            to: Clock::try_from(to.to_owned())?,
        })
    }
}

impl TryFrom<String> for MonthDay {
    type Error = CalendarProblem;
    fn try_from(text: String) -> Result<MonthDay, CalendarProblem> {
        let pair = two_numbers(&text, '-')
            .filter(|(month, day)| (1..=12).contains(month) && (1..=31).contains(day));
        let (month, day) = pair.ok_or(CalendarProblem::MonthDay(text))?;
        Ok(MonthDay {
            month: month as u8,
            day: day as u8,
        })
    }
}

impl fmt::Display for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.minutes() / 60, self.minutes() % 60)
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.from, self.to)
    }
}

impl fmt::Display for MonthDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}-{:02}", self.month, self.day)
    }
}

impl From<Clock> for String {
    fn from(clock: Clock) -> String {
        clock.to_string()
    }
}

impl From<Span> for String {
    fn from(span: Span) -> String {
        span.to_string()
    }
}

impl From<MonthDay> for String {
    fn from(day: MonthDay) -> String {
        day.to_string()
    }
}
