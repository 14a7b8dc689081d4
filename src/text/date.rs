//! Dates as people state them, in the Hijri or Gregorian calendar. What was stated is kept exactly; the other calendar's
//! day is derived beside it, compared with tolerance, and never used to correct a person (SAUDI 6).

use crate::text::fold::{fold, tokens};
use crate::text::lang::Lang;
use crate::text::month;
use crate::text::scan;
use crate::text::umm_al_qura::{self, Hijri};
use chrono::{Datelike, Days, NaiveDate};
use serde::{Deserialize, Serialize};
use thiserror::Error;

pub use crate::text::umm_al_qura::{gregorian_of, hijri_of};

/// Days that the printed and the computed calendars differ at most (SAUDI 6.1): dates this near are the same.
pub const TOLERANCE_DAYS: i64 = 2;
/// From this year the table's month lengths bind what people state; before it day 30 of any month is taken.
const LENGTHS_BIND_FROM: i32 = 1420;
/// Four-digit years that show their calendar by themselves.
const HIJRI_YEARS: std::ops::RangeInclusive<i32> = 1300..=1500;
const GREGORIAN_YEARS: std::ops::RangeInclusive<i32> = 1900..=2100;
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

/// Reads one date in any shape of SAUDI 6.4, words around it tolerated; also today, yesterday and tomorrow, of `today` in Riyadh.
pub fn read(text: &str, today: NaiveDate) -> Result<DateRead, DateProblem> {
    let text = scan::capped(text);
    if crate::text::graphemes::only_symbols(text) {
        return Err(DateProblem::Empty);
    }
    if let Some(date) = relative(text, today) {
        return Ok(DateRead {
            date,
            echo: true,
            pair: None,
        });
    }
    let segments = segments(&lexemes(text));
    match &segments[..] {
        [] => Err(DateProblem::NotDate),
        [one] => read_segment(one),
        [one, other] => paired(read_segment(one)?, read_segment(other)?),
        _ => Err(DateProblem::TwoDates),
    }
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

/// One readable thing of the text.
#[derive(Debug, Clone, PartialEq)]
enum Lexeme {
    /// Value and number of digits; more than eight digits are no part of a date.
    Number(i32, usize),
    Word(String),
    /// An opening bracket: another date may begin.
    Bracket,
}

/// The parts of one date, as found.
#[derive(Debug, Clone, Default, PartialEq)]
struct Segment {
    numbers: Vec<(i32, usize)>,
    month: Option<month::Named>,
    /// The month stood after this many numbers.
    month_after: usize,
    era: Option<Calendar>,
    /// Two months that differ: more than one date.
    crowded: bool,
}

fn relative(text: &str, today: NaiveDate) -> Option<StatedDate> {
    let date = match fold(text).as_str() {
        "اليوم" | "today" => Some(today),
        "امس" | "البارحه" | "yesterday" => today.pred_opt(),
        "غدا" | "بكره" | "بكرا" | "tomorrow" => today.succ_opt(),
        _ => None,
    };
    date.map(StatedDate::of_gregorian)
}

fn lexemes(text: &str) -> Vec<Lexeme> {
    let mut lexemes = Vec::new();
    let mut word = String::new();
    let mut number = String::new();
    for glyph in scan::glyphs(text) {
        let c = glyph.c;
        let is_letter = !c.is_ascii_digit()
            && (c.is_alphabetic() || crate::text::fold::is_tashkeel(c) || "'’ʼ`".contains(c));
        // «هـ»: the tatweel came as a dash, and is no letter here.
        if !is_letter {
            lexemes.extend(fold_words(&std::mem::take(&mut word)));
        }
        if !c.is_ascii_digit() {
            lexemes.extend(number_lexeme(&std::mem::take(&mut number)));
        }
        match c {
            c if c.is_ascii_digit() => number.push(c),
            '(' | '=' | '،' => lexemes.push(Lexeme::Bracket),
            _ if is_letter => word.push(c),
            _ => {}
        }
    }
    lexemes.extend(fold_words(&word));
    lexemes.extend(number_lexeme(&number));
    lexemes
}

fn fold_words(word: &str) -> Vec<Lexeme> {
    let letters: String = word.chars().filter(|c| !"'’ʼ`".contains(*c)).collect();
    tokens(&letters).into_iter().map(Lexeme::Word).collect()
}

fn number_lexeme(digits: &str) -> Option<Lexeme> {
    let value = if digits.len() > 8 {
        -1
    } else {
        digits.parse().unwrap_or(-1)
    };
    (!digits.is_empty()).then_some(Lexeme::Number(value, digits.len()))
}

/// Parts the text into dates: at «الموافق» and brackets, and where a number follows a finished date.
fn segments(lexemes: &[Lexeme]) -> Vec<Segment> {
    let mut done: Vec<Segment> = Vec::new();
    let mut open = Segment::default();
    let mut at = 0;
    while let Some(lexeme) = lexemes.get(at) {
        at += 1;
        match lexeme {
            Lexeme::Bracket => done.extend(open.closed()),
            Lexeme::Number(value, digits) => {
                if open.era.is_some() {
                    done.extend(open.closed());
                }
                open.numbers.push((*value, *digits));
            }
            Lexeme::Word(word) => {
                at += open.word(word, lexemes.get(at..).unwrap_or(&[]), &mut done)
            }
        }
    }
    done.extend(open.closed());
    done
}

impl Segment {
    /// Takes this segment out when it holds a number, and starts anew.
    fn closed(&mut self) -> Option<Segment> {
        let has_number = !self.numbers.is_empty();
        // A month before any number stays: «رجب (1410)».
        if has_number {
            Some(std::mem::take(self))
        } else {
            None
        }
    }

    /// Takes a word and tells how many of the following ones belong to it.
    fn word(&mut self, word: &str, following: &[Lexeme], done: &mut Vec<Segment>) -> usize {
        if matches!(word, "الموافق" | "موافق" | "والموافق" | "corresponding") {
            done.extend(self.closed());
            return 0;
        }
        if !self.numbers.is_empty()
            && let Some(era) = era(word, following)
        {
            self.era = Some(era);
            return usize::from(word == "a");
        }
        let mut words = vec![word];
        words.extend(following.iter().take(2).map_while(|lexeme| match lexeme {
            Lexeme::Word(word) => Some(word.as_str()),
            _ => None,
        }));
        match month::read(&words) {
            Some((named, taken)) => {
                self.named(named);
                taken - 1
            }
            None => 0,
        }
    }

    fn named(&mut self, named: month::Named) {
        self.crowded |= self.month.is_some_and(|month| month != named);
        self.month_after = self.numbers.len();
        self.month = Some(named);
    }
}

/// The calendar that a word after the year names. «ميلادي» before it is "my birth", and names none.
fn era(word: &str, following: &[Lexeme]) -> Option<Calendar> {
    match word {
        "ه" | "هجري" | "هجريه" | "الهجري" | "ah" | "h" | "hijri" => {
            Some(Calendar::Hijri)
        }
        "م" | "ميلادي" | "ميلاديه" | "الميلادي" | "ad" | "ce" | "g" | "gregorian" => {
            Some(Calendar::Gregorian)
        }
        "a" if following.first() == Some(&Lexeme::Word("h".to_owned())) => Some(Calendar::Hijri),
        "a" if following.first() == Some(&Lexeme::Word("d".to_owned())) => {
            Some(Calendar::Gregorian)
        }
        _ => None,
    }
}

fn read_segment(segment: &Segment) -> Result<DateRead, DateProblem> {
    if segment.crowded {
        return Err(DateProblem::TwoDates);
    }
    if segment.numbers.iter().any(|(_, digits)| *digits > 8) {
        return Err(DateProblem::NotDate);
    }
    match segment.month {
        Some(named) => with_month_name(segment, named),
        None => in_numbers(segment),
    }
}

fn with_month_name(segment: &Segment, named: month::Named) -> Result<DateRead, DateProblem> {
    let (year, day) = match segment.numbers[..] {
        [(year, 4)] => (year, None),
        [(year, 4), (day, 1..=2)] | [(day, 1..=2), (year, 4)] => (year, Some(day)),
        [(_, 1..=2)] => return Err(DateProblem::NoYear),
        [(_, 1..=2), (_, 1..=2)] => return Err(DateProblem::TwoDigitYear),
        [_, _, _, ..] => return Err(DateProblem::TwoDates),
        _ => return Err(DateProblem::NotDate),
    };
    if segment.era.is_some_and(|era| era != named.calendar) {
        return Err(DateProblem::YearRange);
    }
    stated(named.calendar, year, Some(named.month.into()), day, false)
}

fn in_numbers(segment: &Segment) -> Result<DateRead, DateProblem> {
    let (year, month, day, mixable) = match segment.numbers[..] {
        [(year, 4)] => (year, None, None, false),
        [(packed, 8)] => return packed_date(packed, segment.era),
        [(year, 4), (month, 1..=2)] | [(month, 1..=2), (year, 4)] => {
            (year, Some(month), None, false)
        }
        [(year, 4), (month, 1..=2), (day, 1..=2)] | [(day, 1..=2), (month, 1..=2), (year, 4)] => {
            (year, Some(month), Some(day), true)
        }
        [(_, 1..=2), (_, 1..=2), (_, 1..=2)] => return Err(DateProblem::TwoDigitYear),
        [(_, 1..=2), (_, 1..=2)] => return Err(DateProblem::NoYear),
        [_, _, _, _, ..] => return Err(DateProblem::TwoDates),
        _ => return Err(DateProblem::NotDate),
    };
    let calendar = calendar_of(year, segment.era)?;
    let doubtful = mixable && month != day && day.is_some_and(|day| (1..=12).contains(&day));
    stated(calendar, year, month, day, doubtful)
}

/// `14100715` or `15071410`: taken when only one of the two ways gives a date, and always shown back.
fn packed_date(packed: i32, era: Option<Calendar>) -> Result<DateRead, DateProblem> {
    let year_first = (packed / 10_000, packed / 100 % 100, packed % 100);
    let day_first = (packed % 10_000, packed / 10_000 % 100, packed / 1_000_000);
    let read =
        |(year, month, day)| stated(calendar_of(year, era)?, year, Some(month), Some(day), true);
    match (read(year_first), read(day_first)) {
        (Ok(date), Err(_)) | (Err(_), Ok(date)) => Ok(date),
        _ => Err(DateProblem::NotDate),
    }
}

fn calendar_of(year: i32, era: Option<Calendar>) -> Result<Calendar, DateProblem> {
    let shown = if HIJRI_YEARS.contains(&year) {
        Calendar::Hijri
    } else if GREGORIAN_YEARS.contains(&year) {
        Calendar::Gregorian
    } else {
        return Err(DateProblem::YearRange);
    };
    if era.is_some_and(|era| era != shown) {
        Err(DateProblem::YearRange)
    } else {
        Ok(shown)
    }
}

fn stated(
    calendar: Calendar,
    year: i32,
    month: Option<i32>,
    day: Option<i32>,
    echo: bool,
) -> Result<DateRead, DateProblem> {
    let month = month
        .map(|month| u8::try_from(month).map_err(|_| DateProblem::NoSuchMonth))
        .transpose()?;
    let day = day
        .map(|day| u8::try_from(day).map_err(|_| DateProblem::NoSuchDay))
        .transpose()?;
    let date = Stated::new(calendar, year, month, day).dated()?;
    Ok(DateRead {
        date,
        echo,
        pair: None,
    })
}

/// Two dates are one when both calendars were given, or the same was said twice.
fn paired(first: DateRead, second: DateRead) -> Result<DateRead, DateProblem> {
    if first.date == second.date {
        return Ok(first);
    }
    let (Some(a), Some(b)) = (first.date.gregorian, second.date.gregorian) else {
        return Err(DateProblem::TwoDates);
    };
    if first.date.stated.calendar == second.date.stated.calendar {
        return Err(DateProblem::TwoDates);
    }
    if !near(a, b) {
        return Err(DateProblem::PairDisagrees);
    }
    let gregorian = if first.date.method == Method::Stated {
        a
    } else {
        b
    };
    let date = StatedDate {
        gregorian: Some(gregorian),
        method: Method::Stated,
        ..first.date
    };
    Ok(DateRead {
        date,
        echo: first.echo || second.echo,
        pair: Some(second.date.stated),
    })
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::spread;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn today() -> NaiveDate {
        day("2026-01-04")
    }

    fn told(text: &str) -> Result<String, DateProblem> {
        read(text, today()).map(|r| stated_words(&r.date.stated, Lang::Ar))
    }

    #[test]
    fn dates_are_read_in_every_shape() {
        for (text, words) in [
            ("15/7/1410", "15 رجب 1410هـ"),
            ("1410/7/15", "15 رجب 1410هـ"),
            ("1410-07-15 هـ", "15 رجب 1410هـ"),
            ("١٥ رجب ١٤١٠", "15 رجب 1410هـ"),
            ("15-7-1410هـ", "15 رجب 1410هـ"),
            ("15-7-1410ه", "15 رجب 1410هـ"),
            ("15.7.1990م", "15 يوليو 1990م"),
            ("رجب 1410", "رجب 1410هـ"),
            ("7/1410", "رجب 1410هـ"),
            ("1410", "1410هـ"),
            ("1990", "1990م"),
            ("1/7/1400", "1 رجب 1400هـ"),
            ("تاريخ ميلادي ١٥/٧/١٤١٠", "15 رجب 1410هـ"),
            ("يوم 15 من شهر رجب سنة 1410", "15 رجب 1410هـ"),
            ("مواليد 1410هـ", "1410هـ"),
            ("15 كانون الثاني 1990", "15 يناير 1990م"),
            ("15 كانون الثاني/يناير 1990", "15 يناير 1990م"),
            ("3 ذي القعدة 1447", "3 ذو القعدة 1447هـ"),
            ("15 جمادى الآخرة 1420 هجري", "15 جمادى الآخرة 1420هـ"),
            ("4 January 2026", "4 يناير 2026م"),
            ("Jan 4, 2026", "4 يناير 2026م"),
            ("15 Dhu al-Hijjah 1446 A.H.", "15 ذو الحجة 1446هـ"),
            ("15رجب1410", "15 رجب 1410هـ"),
            ("14100715", "15 رجب 1410هـ"),
            ("اليوم", "4 يناير 2026م"),
            ("30/8/1410", "30 شعبان 1410هـ"),
            ("الأحد ١٥ رجب ١٤٤٧هـ الموافق 4 يناير 2026م", "15 رجب 1447هـ"),
            ("15/7/1410 (10/2/1990)", "15 رجب 1410هـ"),
            ("\u{202B}١٤١٠/٧/١٥\u{202C}", "15 رجب 1410هـ"),
        ] {
            assert_eq!(told(text), Ok(words.to_owned()), "{text}");
        }
    }

    #[test]
    fn a_date_is_read_in_every_dress() {
        let around = [
            ("", ""),
            ("تاريخ الميلاد: ", "."),
            ("\u{200F}", "\u{200F}"),
            ("ولدت في ", " في جدة"),
        ];
        for zero in ['0', '٠', '۰', '\u{FF10}'] {
            for separator in ["/", "-", ".", " / ", "\u{2013}", " ", "\u{200F}/", "ـ"] {
                for suffix in ["", "هـ", " هـ", "ه", " هجري", "AH"] {
                    for (before, after) in around {
                        for parts in [["15", "07", "1410"], ["1410", "7", "15"]] {
                            let numbers: String = parts
                                .join(separator)
                                .chars()
                                .map(|c| spread::in_script(c, zero))
                                .collect();
                            let text = format!("{before}{numbers}{suffix}{after}");
                            assert_eq!(told(&text), Ok("15 رجب 1410هـ".to_owned()), "{text:?}");
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn what_is_no_date_says_why() {
        for (text, problem) in [
            ("", DateProblem::Empty),
            ("📅", DateProblem::Empty),
            ("لا أعرف", DateProblem::NotDate),
            ("5", DateProblem::NotDate),
            ("1098765439", DateProblem::NotDate),
            ("15/7/90", DateProblem::TwoDigitYear),
            ("١٥ رجب ١٠", DateProblem::TwoDigitYear),
            ("15 رجب", DateProblem::NoYear),
            ("15/7", DateProblem::NoYear),
            ("7/15/1990", DateProblem::NoSuchMonth),
            ("1447-13-01", DateProblem::NoSuchMonth),
            ("1447-00-10", DateProblem::NoSuchMonth),
            ("1446-09-30", DateProblem::NoSuchDay),
            ("1445-01-30", DateProblem::NoSuchDay),
            ("31/7/1410", DateProblem::NoSuchDay),
            ("30/2/1990", DateProblem::NoSuchDay),
            ("0/2/1990", DateProblem::NoSuchDay),
            ("15/7/1800", DateProblem::YearRange),
            ("1410م", DateProblem::YearRange),
            ("15/7/1990هـ", DateProblem::YearRange),
            ("1410 إلى 1415", DateProblem::NotDate),
            ("1/1/1440 - 5/6/1441", DateProblem::TwoDates),
            (
                "15 رجب 1410هـ الموافق 1 يناير 1999م",
                DateProblem::PairDisagrees,
            ),
        ] {
            assert_eq!(told(text), Err(problem), "{text}");
        }
    }

    #[test]
    fn doubtful_dates_are_shown_back() {
        for (text, echo) in [
            ("5/7/1410", true),
            ("15/7/1410", false),
            ("7/7/1410", false),
            ("5 رجب 1410", false),
            ("1410-07-05", true),
        ] {
            assert_eq!(read(text, today()).unwrap().echo, echo, "{text}");
        }
    }

    #[test]
    fn the_other_calendar_is_derived_with_its_method() {
        for (text, gregorian, method) in [
            ("1447-09-01", Some("2026-02-18"), Method::PrintedTable),
            ("1410-07-15", Some("1990-02-10"), Method::PrintedTable),
            ("1410-08-30", Some("1990-03-27"), Method::PrintedTable),
            ("1451-01-01", Some("2029-05-14"), Method::Computed),
            ("1410", None, Method::None),
            ("10/2/1990", Some("1990-02-10"), Method::Stated),
            (
                "15/7/1410هـ الموافق 11/2/1990م",
                Some("1990-02-11"),
                Method::Stated,
            ),
        ] {
            let date = read(text, today()).unwrap().date;
            assert_eq!(
                (date.gregorian, date.method),
                (gregorian.map(day), method),
                "{text}"
            );
        }
        assert!(
            read("1/7/1400", today())
                .unwrap()
                .date
                .stated
                .is_registered_default()
        );
    }

    #[test]
    fn ages_and_births_know_what_is_unknown() {
        let birth = |text: &str| read(text, today()).unwrap().date;
        assert_eq!(birth("10/2/1990").age_on(today()), Some((35, 35)));
        assert_eq!(birth("1410").age_on(today()), Some((35, 36)));
        assert_eq!(birth("2030").age_on(today()), None);
        assert_eq!(age_years(day("2004-02-29"), day("2026-02-28")), Some(21));
        for (text, plausible) in [
            ("1410", true),
            ("1500-01-01", false),
            ("1/1/2027", false),
            ("1310", false),
            ("1330", true),
            ("1447", true),
        ] {
            assert_eq!(birth(text).is_plausible_birth(today()), plausible, "{text}");
        }
        assert!(birth("15/7/1410").is_near(&birth("12/2/1990")));
        assert!(!birth("15/7/1410").is_near(&birth("13/2/1990")));
        assert!(birth("1410").is_near(&birth("13/2/1990")));
    }

    #[test]
    fn dates_are_shown_in_both_calendars() {
        assert_eq!(
            both(today(), Lang::Ar),
            "الأحد 15 رجب 1447هـ الموافق 4 يناير 2026م"
        );
        assert_eq!(
            both(today(), Lang::En),
            "Sunday 4 January 2026 (15 Rajab 1447 AH)"
        );
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "\\PC*|([0-9٠-٩/ .-]|رجب|ربيع|الأول|ذو|هـ|م|الموافق|\\(){0,20}") {
            let _ = read(&text, today());
        }

        #[test]
        fn what_is_shown_is_read(days in 0i64..66_000) {
            let date = day("1910-01-01") + Days::new(days as u64);
            for lang in [Lang::Ar, Lang::En] {
                let words = [gregorian_words(date, lang), both(date, lang)];
                for text in words.iter().flat_map(|words| [words.clone(), crate::text::number::arabic_indic(words)]) {
                    prop_assert_eq!(read(&text, today()).map(|r| r.date.gregorian), Ok(Some(date)), "{}", text);
                }
                let hijri = read(&hijri_words(date, lang), today()).unwrap();
                prop_assert_eq!(stated_words(&hijri.date.stated, lang), hijri_words(date, lang));
            }
        }
    }
}
