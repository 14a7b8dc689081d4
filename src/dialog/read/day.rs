//! Dates of both calendars, and the phrases for what is wrong with them.

use chrono::{Datelike, NaiveDate};

use super::{Reading, bad, flagged};
use crate::dialog::value::{Flag, Value};
use crate::text::date::{self, DateProblem, DateRead};

/// Years that the end of a document lies ahead at most: identities run ten years, some passes longer.
const EXPIRY_YEARS_MAX: i32 = 30;

pub(super) fn any(text: &str, today: NaiveDate) -> Reading {
    match date::read(text, today) {
        Ok(read) => kept(read, Vec::new()),
        Err(problem) => bad(phrase(problem)),
    }
}

/// A birthday: not ahead, and of somebody who can be alive. A year alone is taken, since many know no more.
pub(super) fn birth(text: &str, today: NaiveDate) -> Reading {
    let read = match date::read(text, today) {
        Ok(read) => read,
        Err(problem) => return bad(phrase(problem)),
    };
    let ahead = read.date.range().is_some_and(|(first, _)| first > today);
    match (ahead, read.date.is_plausible_birth(today)) {
        (true, _) => bad("reader.birth_date.future"),
        (false, false) => bad("reader.birth_date.too_old"),
        (false, true) => kept(read, Vec::new()),
    }
}

/// The day on which a document ends: the whole day is needed, and one that has passed is flagged.
pub(super) fn expiry(text: &str, today: NaiveDate) -> Reading {
    let read = match date::read(text, today) {
        Ok(read) => read,
        Err(problem) => return bad(phrase(problem)),
    };
    let Some(day) = read.date.gregorian else {
        return bad("reader.date.incomplete");
    };
    if (day.year() - today.year()).abs() > EXPIRY_YEARS_MAX {
        return bad("reader.expiry_date.out_of_range");
    }
    let flags = if day < today {
        vec![Flag::Expired]
    } else {
        Vec::new()
    };
    kept(read, flags)
}

fn kept(read: DateRead, mut flags: Vec<Flag>) -> Reading {
    if read.echo {
        flags.push(Flag::Ambiguous);
    }
    flagged(Value::Date(read.date), flags)
}

fn phrase(problem: DateProblem) -> &'static str {
    match problem {
        DateProblem::Empty | DateProblem::NotDate => "reader.date.empty",
        DateProblem::TwoDigitYear => "reader.date.two_digit_year",
        DateProblem::NoYear => "reader.date.incomplete",
        DateProblem::YearRange | DateProblem::NoSuchMonth | DateProblem::NoSuchDay => {
            "reader.date.invalid"
        }
        DateProblem::TwoDates | DateProblem::PairDisagrees => "reader.date.invalid",
    }
}
