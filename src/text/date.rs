//! Dates as people state them, in the Hijri or Gregorian calendar. What was stated is kept exactly; the other calendar's
//! day is derived beside it, compared with tolerance, and never used to correct a person (SAUDI 6).

use crate::text::lang::Lang;
use crate::text::month;
use crate::text::umm_al_qura::{self, Hijri};
use chrono::{Datelike, Days, NaiveDate};
use serde::{Deserialize, Serialize};
use thiserror::Error;

pub use crate::text::date_reader::read;
pub use crate::text::umm_al_qura::{gregorian_of, hijri_of};

/// Days that the printed and the computed calendars differ at most (SAUDI 6.1): dates this near are the same.
pub const TOLERANCE_DAYS: i64 = 2;
/// From this year the table's month lengths bind what people state; before it day 30 of any month is taken.
const LENGTHS_BIND_FROM: i32 = 1420;
/// Four-digit years that show their calendar by themselves.
pub(crate) const HIJRI_YEARS: std::ops::RangeInclusive<i32> = 1300..=1500;
pub(crate) const GREGORIAN_YEARS: std::ops::RangeInclusive<i32> = 1900..=2100;
/// Hijri years that a living person can be old.
pub const AGE_HIJRI_YEARS_MAX: i32 = 120;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Calendar {
    Hijri,
    Gregorian,
}

/// A date as it stands on the document: a year, a month, or a day, in its calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Stated {
    pub calendar: Calendar,
    pub year: i32,
    /// 1 to 12; none when only the year is known.
    pub month: Option<u8>,
    /// 1 to 31; none when only year or month is known.
    pub day: Option<u8>,
}

/// How the Gregorian day was derived.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// Stated in the Gregorian calendar, alone or beside the Hijri day.
    Stated,
    /// By the printed Umm al-Qura table, 1343–1450.
    PrintedTable,
    /// By the computed Umm al-Qura calendar, beyond the table.
    Computed,
    /// Not derived: no full day was stated.
    None,
}

/// What was stated, and the Gregorian day that follows from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct StatedDate {
    pub stated: Stated,
    pub gregorian: Option<NaiveDate>,
    pub method: Method,
}

/// A date that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateRead {
    pub date: StatedDate,
    /// Day and month could be taken for each other, or the date was worked out: show it back in words (`stated_words`).
    pub echo: bool,
    /// The same day as stated in the other calendar, when both were given.
    pub pair: Option<Stated>,
}

/// Why a text is no date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum DateProblem {
    #[error("nothing readable")]
    Empty,
    #[error("not a date")]
    NotDate,
    #[error("a day and month without a year")]
    NoYear,
    #[error("a year of two digits")]
    TwoDigitYear,
    #[error("a year that is in neither calendar, or not in the one named")]
    YearRange,
    #[error("a month that is not 1 to 12")]
    NoSuchMonth,
    #[error("a day that this month does not have")]
    NoSuchDay,
    #[error("two different dates")]
    TwoDates,
    #[error("a Hijri and a Gregorian day that are more than two days apart")]
    PairDisagrees,
}

impl Stated {
    pub fn new(calendar: Calendar, year: i32, month: Option<u8>, day: Option<u8>) -> Stated {
        Stated {
            calendar,
            year,
            month,
            day,
        }
    }

    /// The date with its Gregorian day. Fails when it does not exist, or its year is not one that people state.
    pub fn dated(self) -> Result<StatedDate, DateProblem> {
        let years = if self.calendar == Calendar::Hijri {
            HIJRI_YEARS
        } else {
            GREGORIAN_YEARS
        };
        if !years.contains(&self.year) {
            return Err(DateProblem::YearRange);
        }
        if self.month.is_some_and(|month| !(1..=12).contains(&month)) {
            return Err(DateProblem::NoSuchMonth);
        }
        let (Some(month), Some(day)) = (self.month, self.day) else {
            return Ok(StatedDate {
                stated: self,
                gregorian: None,
                method: Method::None,
            });
        };
        let (gregorian, method) = match self.calendar {
            Calendar::Gregorian => (
                NaiveDate::from_ymd_opt(self.year, month.into(), day.into()),
                Method::Stated,
            ),
            Calendar::Hijri => (hijri_day(self.year, month, day), method(self.year)),
        };
        let gregorian = Some(gregorian.ok_or(DateProblem::NoSuchDay)?);
        Ok(StatedDate {
            stated: self,
            gregorian,
            method,
        })
    }

    /// 1 Rajab of a Hijri year: the day registered for people whose birthday is unknown.
    pub fn is_registered_default(self) -> bool {
        self.calendar == Calendar::Hijri && (self.month, self.day) == (Some(7), Some(1))
    }
}

impl StatedDate {
    /// A Gregorian day as a stated date.
    pub fn of_gregorian(date: NaiveDate) -> StatedDate {
        let stated = Stated::new(
            Calendar::Gregorian,
            date.year(),
            Some(date.month() as u8),
            Some(date.day() as u8),
        );
        StatedDate {
            stated,
            gregorian: Some(date),
            method: Method::Stated,
        }
    }

    /// The first and last Gregorian day that the date can mean: the same day twice when it is known.
    pub fn range(&self) -> Option<(NaiveDate, NaiveDate)> {
        if let Some(day) = self.gregorian {
            return Some((day, day));
        }
        let Stated {
            calendar,
            year,
            month,
            ..
        } = self.stated;
        let (next_year, next_month) = match month {
            Some(month) if month < 12 => (year, month + 1),
            _ => (year + 1, 1),
        };
        let first = month_start(calendar, year, month.unwrap_or(1))?;
        Some((
            first,
            month_start(calendar, next_year, next_month)?.pred_opt()?,
        ))
    }

    /// Full Gregorian years on a day: the least and the most that the date allows. None when it lies ahead.
    pub fn age_on(&self, on: NaiveDate) -> Option<(u32, u32)> {
        let (first, last) = self.range()?;
        let most = age_years(first, on)?;
        Some((age_years(last, on).unwrap_or(0), most))
    }

    /// Whether this can be the birthday of a living person: not ahead of `today`, at most `AGE_HIJRI_YEARS_MAX` Hijri years ago.
    pub fn is_plausible_birth(&self, today: NaiveDate) -> bool {
        let oldest = hijri_of(today)
            .and_then(|now| umm_al_qura::month_start(now.year - AGE_HIJRI_YEARS_MAX, 1));
        let (Some((first, last)), Some(oldest)) = (self.range(), oldest) else {
            return false;
        };
        first <= today && last >= oldest
    }

    /// Whether both mean the same, with `TOLERANCE_DAYS` around either.
    pub fn is_near(&self, other: &StatedDate) -> bool {
        let (Some((a, b)), Some((c, d))) = (self.range(), other.range()) else {
            return self.stated == other.stated;
        };
        (c - b).num_days() <= TOLERANCE_DAYS && (a - d).num_days() <= TOLERANCE_DAYS
    }
}

/// Whether two days are at most `TOLERANCE_DAYS` apart.
pub fn near(a: NaiveDate, b: NaiveDate) -> bool {
    (a - b).num_days().abs() <= TOLERANCE_DAYS
}

/// Full Gregorian years from a birth to a day; none when the birth lies ahead. Who is born on 29 February ages on 1 March.
pub fn age_years(birth: NaiveDate, on: NaiveDate) -> Option<u32> {
    on.years_since(birth)
}

/// «4 يناير 2026م», "4 January 2026".
pub fn gregorian_words(date: NaiveDate, lang: Lang) -> String {
    stated_words(&StatedDate::of_gregorian(date).stated, lang)
}

/// «15 رجب 1447هـ», "15 Rajab 1447 AH". A day beyond the converted years is shown in the Gregorian calendar.
pub fn hijri_words(date: NaiveDate, lang: Lang) -> String {
    match hijri_of(date) {
        Some(Hijri { year, month, day }) => stated_words(
            &Stated::new(Calendar::Hijri, year, Some(month), Some(day)),
            lang,
        ),
        None => gregorian_words(date, lang),
    }
}

/// «الأحد 15 رجب 1447هـ الموافق 4 يناير 2026م», "Sunday 4 January 2026 (15 Rajab 1447 AH)".
pub fn both(date: NaiveDate, lang: Lang) -> String {
    let weekday = weekday(date, lang);
    let (hijri, gregorian) = (hijri_words(date, lang), gregorian_words(date, lang));
    match lang {
        Lang::Ar => format!("{weekday} {hijri} الموافق {gregorian}"),
        Lang::En => format!("{weekday} {gregorian} ({hijri})"),
    }
}

/// The weekday's name.
pub fn weekday(date: NaiveDate, lang: Lang) -> &'static str {
    month::weekday(date.weekday().num_days_from_sunday(), lang)
}

/// What was stated, in words that leave no doubt about day and month: «15 رجب 1410هـ», «رجب 1410هـ», «1410هـ».
pub fn stated_words(stated: &Stated, lang: Lang) -> String {
    let Stated {
        calendar,
        year,
        month,
        day,
    } = *stated;
    let mut words: Vec<String> = Vec::new();
    words.extend(day.map(|day| day.to_string()));
    words.extend(month.map(|month| month::name(calendar, month, lang).to_owned()));
    words.push(match (calendar, lang) {
        (Calendar::Hijri, Lang::Ar) => format!("{year}هـ"),
        (Calendar::Hijri, Lang::En) => format!("{year} AH"),
        (Calendar::Gregorian, Lang::Ar) => format!("{year}م"),
        (Calendar::Gregorian, Lang::En) => year.to_string(),
    });
    words.join(" ")
}

fn method(year: i32) -> Method {
    if (umm_al_qura::TABLE_FIRST..=umm_al_qura::TABLE_LAST).contains(&year) {
        Method::PrintedTable
    } else {
        Method::Computed
    }
}

/// Before `LENGTHS_BIND_FROM` people hold documents with a day 30 that no table has: it is the day after the 29th.
fn hijri_day(year: i32, month: u8, day: u8) -> Option<NaiveDate> {
    let exact = gregorian_of(Hijri { year, month, day });
    let lenient = year < LENGTHS_BIND_FROM && (1..=30).contains(&day);
    exact.or_else(|| {
        umm_al_qura::month_start(year, month)?
            .checked_add_days(Days::new(u64::from(day) - 1))
            .filter(|_| lenient)
    })
}

fn month_start(calendar: Calendar, year: i32, month: u8) -> Option<NaiveDate> {
    match calendar {
        Calendar::Hijri => umm_al_qura::month_start(year, month),
        Calendar::Gregorian => NaiveDate::from_ymd_opt(year, month.into(), 1),
    }
}
