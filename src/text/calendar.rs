//! The working calendar: opening hours by weekday and in Ramadan, holidays, closures, quiet hours (SAUDI 7).
//! Data come from a charity's file or the console. Time is always given; every search is bounded.

use crate::text::date::{Calendar, hijri_of};
use crate::text::umm_al_qura::{month_days, month_start};
use chrono::{DateTime, Datelike, Days, Duration, NaiveDate, NaiveDateTime, TimeZone, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use std::fmt;
use thiserror::Error;

/// Days that a search looks ahead without meeting an opening: more than a year, so that only a calendar that never opens fails.
pub const CLOSED_DAYS_MAX: u32 = 400;
/// Working days that may be added at most; longer waits are not promised to anyone.
pub const WORKING_DAYS_MAX: u32 = 2_000;
/// Days around the computed Ramadan in which an override is taken to replace it.
const RAMADAN_SHIFT_DAYS: u64 = 3;

/// A time of day in minutes after midnight, 0 to 1440; "09:00" and "24:00" in files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Clock(u16);

/// An opening, "16:00-20:00" in files. When it ends at or before its start it ends the next day: "21:00-01:00".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Span {
    pub from: Clock,
    pub to: Clock,
}

/// The openings of each weekday, Sunday first; in files `{sun: ["09:00-13:00", "16:00-20:00"], …}`, days left out are closed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(from = "WeekFile", into = "WeekFile")]
pub struct Week(pub [Vec<Span>; 7]);

/// A day of any year; "09-23" in files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct MonthDay {
    pub month: u8,
    pub day: u8,
}

/// Days that are off every year, in one calendar; both ends included, `to` may lie in the next year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Holiday {
    pub calendar: Calendar,
    pub from: MonthDay,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<MonthDay>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// Gregorian days from one to another, both included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dates {
    pub from: NaiveDate,
    pub to: NaiveDate,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// When we start no talk: from evening to morning, and on Friday until after the prayer. Equal ends mean no quiet hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct QuietHours {
    pub from: Clock,
    pub to: Clock,
    /// On Friday nothing before this time; "00:00" for a Friday like other days.
    pub friday_until: Clock,
}

/// When the charity works, and when it keeps quiet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WorkingCalendar {
    pub zone: Tz,
    pub week: Week,
    /// The week in Ramadan; none when the hours stay the same.
    pub ramadan: Option<Week>,
    /// Ramadan as announced, where it differs from Umm al-Qura: replaces the computed month that it touches.
    pub ramadan_override: Vec<Dates>,
    pub holidays: Vec<Holiday>,
    /// Days off once.
    pub closures: Vec<Dates>,
    pub quiet: QuietHours,
}

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

impl Clock {
    /// A time of day; none beyond 24:00.
    pub fn new(hour: u16, minute: u16) -> Option<Clock> {
        let minutes = hour.checked_mul(60)?.checked_add(minute)?;
        (minute < 60 && minutes <= 1_440).then_some(Clock(minutes))
    }

    /// Minutes after midnight, 0 to 1440.
    pub fn minutes(self) -> u16 {
        self.0
    }
}

const fn at_hour(hour: u16) -> Clock {
    Clock(hour * 60)
}

impl WorkingCalendar {
    /// Whether the charity is open at a moment.
    pub fn is_open(&self, at: DateTime<Utc>) -> bool {
        self.openings(at, 1)
            .any(|(from, to)| (from..to).contains(&at))
    }

    /// The moment itself when open, else the next opening; none when there is none within `CLOSED_DAYS_MAX` days.
    pub fn next_open(&self, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let mut ahead = self
            .openings(at, CLOSED_DAYS_MAX)
            .filter(|(_, to)| *to > at);
        ahead.next().map(|(from, _)| from.max(at))
    }

    /// Whether a local day has any opening.
    pub fn is_working_day(&self, date: NaiveDate) -> bool {
        !self.spans(date).is_empty()
    }

    /// The `n`-th working day after a local day, that day not counted; the day itself for 0.
    /// None beyond `WORKING_DAYS_MAX`, or when the calendar stays closed for `CLOSED_DAYS_MAX` days.
    pub fn add_working_days(&self, date: NaiveDate, n: u32) -> Option<NaiveDate> {
        if n > WORKING_DAYS_MAX {
            return None;
        }
        let mut day = date;
        for _ in 0..n {
            let ahead =
                (1..=CLOSED_DAYS_MAX).map(|days| day.checked_add_days(Days::new(days.into())));
            day = ahead
                .map_while(|day| day)
                .find(|day| self.is_working_day(*day))?;
        }
        Some(day)
    }

    /// The moment when so much open time has passed; a time that is not positive passes at once.
    /// None when the openings within `CLOSED_DAYS_MAX` days do not hold so much.
    pub fn add_working_time(&self, at: DateTime<Utc>, time: Duration) -> Option<DateTime<Utc>> {
        if time <= Duration::zero() {
            return Some(at);
        }
        let (mut left, mut cursor) = (time, at);
        for (from, to) in self.openings(at, CLOSED_DAYS_MAX) {
            // Openings may overlap: no minute counts twice.
            let from = from.max(cursor);
            if to <= from {
                continue;
            }
            if to - from >= left {
                return from.checked_add_signed(left);
            }
            left -= to - from;
            cursor = to;
        }
        None
    }

    /// The moment itself, or the next one that is decent for starting a talk: outside quiet hours, and not before Friday's prayer.
    pub fn next_decent(&self, at: DateTime<Utc>) -> DateTime<Utc> {
        let mut at = at;
        // Quiet hours can lead into Friday morning and that into quiet hours again; no sensible setting needs more.
        for _ in 0..8 {
            match self.quiet_until(at) {
                Some(later) if later > at => at = later,
                _ => break,
            }
        }
        at
    }

    /// The local day of a moment.
    pub fn local_day(&self, at: DateTime<Utc>) -> NaiveDate {
        at.with_timezone(&self.zone).date_naive()
    }

    /// Whether a local day lies in Ramadan, by override or else by Umm al-Qura.
    pub fn is_ramadan(&self, date: NaiveDate) -> bool {
        if self
            .ramadan_override
            .iter()
            .any(|dates| dates.contains(date))
        {
            return true;
        }
        let Some(hijri) = hijri_of(date).filter(|hijri| hijri.month == 9) else {
            return false;
        };
        !self.is_overridden(hijri.year)
    }

    /// Whether an override touches the computed Ramadan of a Hijri year.
    fn is_overridden(&self, year: i32) -> bool {
        let (Some(first), Some(days)) = (month_start(year, 9), month_days(year, 9)) else {
            return false;
        };
        let (from, to) = (
            first - Days::new(RAMADAN_SHIFT_DAYS),
            first + Days::new(u64::from(days) + RAMADAN_SHIFT_DAYS),
        );
        self.ramadan_override
            .iter()
            .any(|dates| dates.from <= to && dates.to >= from)
    }

    /// The openings that begin on a local day.
    fn spans(&self, date: NaiveDate) -> &[Span] {
        if self.is_day_off(date) {
            return &[];
        }
        let week = self
            .ramadan
            .as_ref()
            .filter(|_| self.is_ramadan(date))
            .unwrap_or(&self.week);
        &week.0[date.weekday().num_days_from_sunday() as usize]
    }

    fn is_day_off(&self, date: NaiveDate) -> bool {
        self.closures.iter().any(|dates| dates.contains(date))
            || self.holidays.iter().any(|holiday| holiday.contains(date))
    }

    /// The openings around and after a moment, in order of their start: from the day before it, for `days` days.
    fn openings(
        &self,
        at: DateTime<Utc>,
        days: u32,
    ) -> impl Iterator<Item = (DateTime<Utc>, DateTime<Utc>)> + '_ {
        let today = self.local_day(at);
        let dates = (0..=u64::from(days) + 1)
            .filter_map(move |n| today.pred_opt()?.checked_add_days(Days::new(n)));
        dates.flat_map(move |date| {
            let mut spans = self.spans(date).to_vec();
            spans.sort_by_key(|span| span.from);
            spans
                .into_iter()
                .filter_map(move |span| self.moments(date, span))
                .collect::<Vec<_>>()
        })
    }

    fn moments(&self, date: NaiveDate, span: Span) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
        let end = if span.to <= span.from {
            date.succ_opt()?
        } else {
            date
        };
        Some((self.moment(date, span.from)?, self.moment(end, span.to)?))
    }

    /// A local time as a moment. Where a zone's clocks jump, the first moment that has it or the hour after.
    fn moment(&self, date: NaiveDate, clock: Clock) -> Option<DateTime<Utc>> {
        let local = date
            .and_hms_opt(0, 0, 0)?
            .checked_add_signed(Duration::minutes(clock.0.into()))?;
        let found = |local: NaiveDateTime| self.zone.from_local_datetime(&local).earliest();
        let moment =
            found(local).or_else(|| found(local.checked_add_signed(Duration::hours(1))?))?;
        Some(moment.to_utc())
    }

    /// The end of the quiet that a moment falls into.
    fn quiet_until(&self, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let today = self.local_day(at);
        let quiet = Span {
            from: self.quiet.from,
            to: self.quiet.to,
        };
        let nights = (quiet.from != quiet.to)
            .then_some([today.pred_opt(), Some(today)])
            .into_iter()
            .flatten()
            .flatten();
        let night = nights
            .filter_map(|date| self.moments(date, quiet))
            .find(|(from, to)| (*from..*to).contains(&at));
        let is_friday = today.weekday() == chrono::Weekday::Fri;
        let friday = || {
            self.moment(today, self.quiet.friday_until)
                .filter(|until| is_friday && at < *until)
        };
        night.map(|(_, to)| to).or_else(friday)
    }
}

impl Default for WorkingCalendar {
    /// Sunday to Thursday 09:00–17:00 in Riyadh, Ramadan 10:00–15:00, the two national days and both feasts off.
    fn default() -> Self {
        let hijri = |from, to| Holiday {
            calendar: Calendar::Hijri,
            from,
            to: Some(to),
            name: None,
        };
        let fixed = |month, day| Holiday {
            calendar: Calendar::Gregorian,
            from: MonthDay { month, day },
            to: None,
            name: None,
        };
        let day = |month, day| MonthDay { month, day };
        WorkingCalendar {
            zone: chrono_tz::Asia::Riyadh,
            week: sunday_to_thursday(Span {
                from: at_hour(9),
                to: at_hour(17),
            }),
            ramadan: Some(sunday_to_thursday(Span {
                from: at_hour(10),
                to: at_hour(15),
            })),
            ramadan_override: Vec::new(),
            holidays: vec![
                fixed(2, 22),
                fixed(9, 23),
                hijri(day(10, 1), day(10, 4)),
                hijri(day(12, 9), day(12, 13)),
            ],
            closures: Vec::new(),
            quiet: QuietHours::default(),
        }
    }
}

impl Default for QuietHours {
    /// 21:00–09:00, Friday until 14:00.
    fn default() -> Self {
        QuietHours {
            from: at_hour(21),
            to: at_hour(9),
            friday_until: at_hour(14),
        }
    }
}

fn sunday_to_thursday(span: Span) -> Week {
    Week(std::array::from_fn(|day| {
        if day < 5 { vec![span] } else { Vec::new() }
    }))
}

impl Dates {
    pub fn contains(&self, date: NaiveDate) -> bool {
        (self.from..=self.to).contains(&date)
    }
}

impl Holiday {
    /// Whether a Gregorian day falls into it, in its own calendar.
    pub fn contains(&self, date: NaiveDate) -> bool {
        let day = match self.calendar {
            Calendar::Gregorian => Some(MonthDay {
                month: date.month() as u8,
                day: date.day() as u8,
            }),
            Calendar::Hijri => hijri_of(date).map(|hijri| MonthDay {
                month: hijri.month,
                day: hijri.day,
            }),
        };
        let (from, to) = (self.from, self.to.unwrap_or(self.from));
        day.is_some_and(|day| {
            if from <= to {
                (from..=to).contains(&day)
            } else {
                day >= from || day <= to
            }
        })
    }
}

#[derive(Serialize, Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
struct WeekFile {
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
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A moment by its local time in Riyadh.
    fn at(local: &str) -> DateTime<Utc> {
        let local = NaiveDateTime::parse_from_str(local, "%Y-%m-%d %H:%M").unwrap();
        chrono_tz::Asia::Riyadh
            .from_local_datetime(&local)
            .unwrap()
            .to_utc()
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// Two shifts, Thursday one; Ramadan afternoons and evenings past midnight.
    fn charity() -> WorkingCalendar {
        serde_json::from_str(
            r#"{"week": {"sun": ["08:00-12:00", "16:00-20:00"], "mon": ["08:00-12:00", "16:00-20:00"], "tue": ["08:00-12:00"],
                         "wed": ["08:00-12:00"], "thu": ["08:00-12:00"]},
                "ramadan": {"sun": ["10:00-15:00", "21:30-01:00"], "mon": ["10:00-15:00", "21:30-01:00"]},
                "closures": [{"from": "2026-01-06", "to": "2026-01-07", "name": "جرد"}]}"#,
        )
        .unwrap()
    }

    #[test]
    fn the_house_is_open_in_its_hours() {
        for (moment, open) in [
            ("2026-01-04 08:00", true),
            ("2026-01-04 12:00", false),
            ("2026-01-04 16:30", true),
            ("2026-01-06 09:00", false), // closure
            ("2026-01-09 09:00", false), // Friday
            ("2026-02-22 11:00", false), // Founding Day
            ("2026-02-23 11:00", true),  // Ramadan
            ("2026-02-23 09:00", false),
            ("2026-02-24 00:30", true), // past midnight of Monday's evening
            ("2026-02-24 01:00", false),
            ("2026-03-22 09:00", false), // Eid
            ("2026-05-27 09:00", false), // Adha
        ] {
            assert_eq!(charity().is_open(at(moment)), open, "{moment}");
        }
    }

    #[test]
    fn the_next_opening_is_found() {
        for (moment, next) in [
            ("2026-01-04 09:00", "2026-01-04 09:00"),
            ("2026-01-04 12:00", "2026-01-04 16:00"),
            ("2026-01-05 20:00", "2026-01-08 08:00"), // over the closure
            ("2026-01-08 12:00", "2026-01-11 08:00"), // over the weekend
            ("2026-02-24 01:00", "2026-03-01 10:00"), // Ramadan knows two days
        ] {
            assert_eq!(charity().next_open(at(moment)), Some(at(next)), "{moment}");
        }
    }

    #[test]
    fn working_days_and_time_leave_out_what_is_closed() {
        let house = charity();
        for (from, n, to) in [
            ("2026-01-04", 0, "2026-01-04"),
            ("2026-01-04", 2, "2026-01-08"),
            ("2026-01-08", 1, "2026-01-11"),
            ("2026-01-09", 1, "2026-01-11"),
        ] {
            assert_eq!(
                house.add_working_days(day(from), n),
                Some(day(to)),
                "{from} + {n}"
            );
        }
        for (from, minutes, to) in [
            ("2026-01-04 11:00", 60, "2026-01-04 12:00"),
            ("2026-01-04 11:00", 90, "2026-01-04 16:30"),
            ("2026-01-05 19:00", 120, "2026-01-08 09:00"),
            ("2026-02-23 14:00", 180, "2026-02-23 23:30"),
            ("2026-01-04 03:00", 0, "2026-01-04 03:00"),
        ] {
            assert_eq!(
                house.add_working_time(at(from), Duration::minutes(minutes)),
                Some(at(to)),
                "{from}"
            );
        }
    }

    #[test]
    fn overlapping_openings_count_once() {
        let span = |from, to| Span {
            from: at_hour(from),
            to: at_hour(to),
        };
        let week = Week(std::array::from_fn(|_| vec![span(10, 14), span(8, 12)]));
        let house = WorkingCalendar {
            week,
            ..WorkingCalendar::default()
        };
        assert_eq!(
            house.add_working_time(at("2026-01-04 08:00"), Duration::hours(6)),
            Some(at("2026-01-04 14:00"))
        );
        assert_eq!(
            house.add_working_time(at("2026-01-04 08:00"), Duration::hours(7)),
            Some(at("2026-01-05 09:00"))
        );
    }

    #[test]
    fn nothing_starts_at_night_or_before_fridays_prayer() {
        for (moment, decent) in [
            ("2026-01-04 10:00", "2026-01-04 10:00"),
            ("2026-01-04 21:00", "2026-01-05 09:00"),
            ("2026-01-04 20:59", "2026-01-04 20:59"),
            ("2026-01-05 03:00", "2026-01-05 09:00"),
            ("2026-01-08 23:00", "2026-01-09 14:00"),
            ("2026-01-09 09:30", "2026-01-09 14:00"),
            ("2026-01-09 14:00", "2026-01-09 14:00"),
        ] {
            assert_eq!(
                WorkingCalendar::default().next_decent(at(moment)),
                at(decent),
                "{moment}"
            );
        }
    }

    #[test]
    fn an_announced_ramadan_replaces_the_computed_one() {
        let announced = Dates {
            from: day("2026-02-19"),
            to: day("2026-03-20"),
            name: None,
        };
        let house = WorkingCalendar {
            ramadan_override: vec![announced],
            ..WorkingCalendar::default()
        };
        for (date, ramadan) in [
            ("2026-02-18", false),
            ("2026-02-19", true),
            ("2026-03-20", true),
            ("2027-02-08", true),
            ("2026-02-17", false),
        ] {
            assert_eq!(house.is_ramadan(day(date)), ramadan, "{date}");
        }
        assert!(WorkingCalendar::default().is_ramadan(day("2026-02-18")));
    }

    #[test]
    fn a_house_that_never_opens_ends_every_search() {
        let never = WorkingCalendar {
            week: Week::default(),
            ramadan: None,
            ..WorkingCalendar::default()
        };
        assert_eq!(never.next_open(at("2026-01-04 10:00")), None);
        assert_eq!(never.add_working_days(day("2026-01-04"), 3), None);
        assert_eq!(
            never.add_working_time(at("2026-01-04 10:00"), Duration::hours(1)),
            None
        );
        assert_eq!(
            WorkingCalendar::default().add_working_days(day("2026-01-04"), u32::MAX),
            None
        );
    }

    #[test]
    fn a_calendar_is_written_as_it_was_read() {
        let text = serde_json::to_string(&charity()).unwrap();
        assert_eq!(
            serde_json::from_str::<WorkingCalendar>(&text).unwrap(),
            charity()
        );
        for wrong in [
            r#"{"week": {"sun": ["9-17"]}}"#,
            r#"{"week": {"sun": ["09:00-25:00"]}}"#,
            r#"{"weak": {}}"#,
            r#"{"zone": "Asia/Nowhere"}"#,
        ] {
            assert!(
                serde_json::from_str::<WorkingCalendar>(wrong).is_err(),
                "{wrong}"
            );
        }
    }

    proptest! {
        #[test]
        fn answers_agree_with_each_other(minutes in 0i64..2_000_000, wanted in 1i64..3_000) {
            let house = charity();
            let start = at("2025-06-01 00:00") + Duration::minutes(minutes);
            let open = house.next_open(start).unwrap();
            prop_assert!(open >= start && house.is_open(open));
            prop_assert_eq!(house.is_open(start), open == start);
            let due = house.add_working_time(start, Duration::minutes(wanted)).unwrap();
            prop_assert!(due >= start + Duration::minutes(wanted));
            let decent = house.next_decent(start);
            prop_assert_eq!(house.next_decent(decent), decent);
        }

        #[test]
        fn extreme_moments_do_not_panic(seconds in any::<i64>()) {
            if let Some(moment) = DateTime::from_timestamp(seconds, 0) {
                let house = charity();
                let _ = (house.is_open(moment), house.next_decent(moment), house.is_working_day(house.local_day(moment)));
            }
        }
    }
}
