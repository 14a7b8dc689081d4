//! The working calendar: opening hours by weekday and in Ramadan, holidays, closures, quiet hours (SAUDI 7).
//! Data come from a charity's file or the console. Time is always given; every search is bounded.

pub use crate::text::calendar_file::CalendarProblem;
use crate::text::calendar_file::WeekFile;
use crate::text::date::{Calendar, hijri_of};
use crate::text::umm_al_qura::{month_days, month_start};
use chrono::{DateTime, Datelike, Days, Duration, NaiveDate, NaiveDateTime, TimeZone, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

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

    /// The openings of the week that counts on a local day: in Ramadan its own, where there are such.
    pub fn week_of(&self, date: NaiveDate) -> &Week {
        let ramadan = self.ramadan.as_ref();
        ramadan
            .filter(|_| self.is_ramadan(date))
            .unwrap_or(&self.week)
    }

    /// The openings that begin on a local day.
    fn spans(&self, date: NaiveDate) -> &[Span] {
        if self.is_day_off(date) {
            return &[];
        }
        &self.week_of(date).0[date.weekday().num_days_from_sunday() as usize]
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
