//! The calendar as a form: lines of text, filled from a calendar and read back into one. Pure.

use chrono::NaiveDate;
use chrono_tz::Tz;

use crate::console::fields::Fields;
use crate::text::calendar::{
    Clock, Dates, Holiday, MonthDay, QuietHours, Span, Week, WorkingCalendar,
};
use crate::text::date::Calendar;
use crate::text::fold::ascii_digits;

/// Days of the week, Sunday first: names of fields, and of words.
pub const DAYS: [(&str, &str); 7] = [
    ("sun", "day-sun"),
    ("mon", "day-mon"),
    ("tue", "day-tue"),
    ("wed", "day-wed"),
    ("thu", "day-thu"),
    ("fri", "day-fri"),
    ("sat", "day-sat"),
];
/// Empty lines behind the filled ones.
const SPARE: usize = 2;
/// Lines of one list; more is no calendar of a charity.
const LINES_MAX: usize = 60;

/// A day of the week with its openings, "09:00-12:00, 16:00-20:00".
pub struct Day {
    pub field: &'static str,
    pub words: &'static str,
    pub text: String,
}

/// Some days, from one to another.
#[derive(Clone, Default)]
pub struct Line {
    pub from: String,
    pub to: String,
    pub name: String,
    pub hijri: bool,
}

/// The form, as it is shown and as it came.
pub struct Filled {
    pub week: Vec<Day>,
    pub has_ramadan: bool,
    pub ramadan: Vec<Day>,
    pub announced: Vec<Line>,
    pub holidays: Vec<Line>,
    pub closures: Vec<Line>,
    pub quiet_from: String,
    pub quiet_to: String,
    pub friday: String,
}

/// What cannot be read, and the words that say how to write it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    pub words: &'static str,
    pub text: String,
}

impl Filled {
    pub fn of(calendar: &WorkingCalendar) -> Filled {
        let quiet = calendar.quiet;
        Filled {
            week: days(&calendar.week),
            has_ramadan: calendar.ramadan.is_some(),
            ramadan: days(calendar.ramadan.as_ref().unwrap_or(&calendar.week)),
            announced: spared(calendar.ramadan_override.iter().map(dates).collect()),
            holidays: spared(calendar.holidays.iter().map(holiday).collect()),
            closures: spared(calendar.closures.iter().map(dates).collect()),
            quiet_from: quiet.from.into(),
            quiet_to: quiet.to.into(),
            friday: quiet.friday_until.into(),
        }
    }

    pub fn read(fields: &Fields) -> Filled {
        let week = |prefix: &str| {
            let day = |(field, words): (&'static str, &'static str)| Day {
                field,
                words,
                text: fields.line(&format!("{prefix}-{field}")),
            };
            DAYS.map(day).into()
        };
        Filled {
            week: week("week"),
            has_ramadan: fields.has("has-ramadan"),
            ramadan: week("ramadan"),
            announced: lines(fields, "announced"),
            holidays: lines(fields, "holiday"),
            closures: lines(fields, "closure"),
            quiet_from: fields.line("quiet-from"),
            quiet_to: fields.line("quiet-to"),
            friday: fields.line("friday"),
        }
    }

    /// # Errors
    /// Everything that cannot be read, at once.
    pub fn calendar(&self, zone: Tz) -> Result<WorkingCalendar, Vec<Unread>> {
        let mut unread = Vec::new();
        let calendar = WorkingCalendar {
            zone,
            week: week(&self.week, &mut unread),
            ramadan: self.has_ramadan.then(|| week(&self.ramadan, &mut unread)),
            ramadan_override: once(&self.announced, &mut unread),
            holidays: yearly(&self.holidays, &mut unread),
            closures: once(&self.closures, &mut unread),
            quiet: QuietHours {
                from: clock(&self.quiet_from, &mut unread),
                to: clock(&self.quiet_to, &mut unread),
                friday_until: clock(&self.friday, &mut unread),
            },
        };
        match unread.is_empty() {
            true => Ok(calendar),
            false => Err(unread),
        }
    }
}

fn days(week: &Week) -> Vec<Day> {
    let day = |((field, words), spans): ((&'static str, &'static str), &Vec<Span>)| {
        let spans: Vec<String> = spans.iter().map(|span| String::from(*span)).collect();
        Day {
            field,
            words,
            text: spans.join(", "),
        }
    };
    DAYS.into_iter().zip(&week.0).map(day).collect()
}

fn dates(one: &Dates) -> Line {
    Line {
        from: one.from.to_string(),
        to: one.to.to_string(),
        name: one.name.clone().unwrap_or_default(),
        hijri: false,
    }
}

fn holiday(one: &Holiday) -> Line {
    Line {
        from: one.from.into(),
        to: one.to.map(String::from).unwrap_or_default(),
        name: one.name.clone().unwrap_or_default(),
        hijri: one.calendar == Calendar::Hijri,
    }
}

fn spared(mut lines: Vec<Line>) -> Vec<Line> {
    lines.extend(std::iter::repeat_n(Line::default(), SPARE));
    lines
}

fn lines(fields: &Fields, name: &str) -> Vec<Line> {
    let all = |part: &str| {
        let field = format!("{name}-{part}");
        fields
            .all(&field)
            .map(|text| text.trim().to_string())
            .collect::<Vec<_>>()
    };
    let (from, to, names, calendars) = (all("from"), all("to"), all("name"), all("calendar"));
    let text = |of: &[String], at: usize| of.get(at).cloned().unwrap_or_default();
    let line = |at| Line {
        from: text(&from, at),
        to: text(&to, at),
        name: text(&names, at),
        hijri: text(&calendars, at) == "hijri",
    };
    (0..from.len().min(LINES_MAX)).map(line).collect()
}

fn week(days: &[Day], unread: &mut Vec<Unread>) -> Week {
    let mut week = Week::default();
    for (spans, day) in week.0.iter_mut().zip(days) {
        let text = ascii_digits(&day.text);
        let parts = text.split([',', '،', ';']).map(str::trim);
        for part in parts.filter(|part| !part.is_empty()) {
            match Span::try_from(part.to_string()) {
                Ok(span) => spans.push(span),
                Err(_) => unread.push(Unread {
                    words: "calendar-no-span",
                    text: part.to_string(),
                }),
            }
        }
    }
    week
}

fn once(lines: &[Line], unread: &mut Vec<Unread>) -> Vec<Dates> {
    let mut all = Vec::new();
    for line in lines.iter().filter(|line| !line.from.is_empty()) {
        let to = if line.to.is_empty() {
            &line.from
        } else {
            &line.to
        };
        let read = |text: &str| ascii_digits(text).parse::<NaiveDate>().ok();
        match (read(&line.from), read(to)) {
            (Some(from), Some(to)) if from <= to => all.push(Dates {
                from,
                to,
                name: named(&line.name),
            }),
            _ => unread.push(Unread {
                words: "calendar-no-dates",
                text: format!("{} {}", line.from, line.to),
            }),
        }
    }
    all
}

fn yearly(lines: &[Line], unread: &mut Vec<Unread>) -> Vec<Holiday> {
    let mut all = Vec::new();
    for line in lines.iter().filter(|line| !line.from.is_empty()) {
        let read = |text: &str| MonthDay::try_from(ascii_digits(text)).ok();
        let to = Some(line.to.as_str()).filter(|to| !to.is_empty());
        match (read(&line.from), to.map(read)) {
            (Some(from), to) if to.is_none_or(|to| to.is_some()) => all.push(Holiday {
                calendar: match line.hijri {
                    true => Calendar::Hijri,
                    false => Calendar::Gregorian,
                },
                from,
                to: to.flatten(),
                name: named(&line.name),
            }),
            _ => unread.push(Unread {
                words: "calendar-no-holiday",
                text: format!("{} {}", line.from, line.to),
            }),
        }
    }
    all
}

fn clock(text: &str, unread: &mut Vec<Unread>) -> Clock {
    Clock::try_from(ascii_digits(text)).unwrap_or_else(|_| {
        unread.push(Unread {
            words: "calendar-no-clock",
            text: text.to_string(),
        });
        QuietHours::default().from
    })
}

fn named(name: &str) -> Option<String> {
    Some(name.to_string()).filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(changed: &[(&str, &str)]) -> Result<WorkingCalendar, Vec<Unread>> {
        let usual = [
            ("quiet-from", "21:00"),
            ("quiet-to", "09:00"),
            ("friday", "14:00"),
        ];
        let mut body = String::new();
        for (name, value) in changed.iter().chain(&usual) {
            body.push_str(&format!(
                "{name}={}&",
                crate::console::sign_in::escaped(value)
            ));
        }
        Filled::read(&Fields::kept(&body)).calendar(chrono_tz::Asia::Riyadh)
    }

    #[test]
    fn what_is_shown_reads_back_as_it_was() {
        let calendar = read(&[
            ("week-sun", "٠٩:٠٠-١٢:٠٠، 16:00-20:00"),
            ("has-ramadan", "yes"),
            ("ramadan-mon", "21:00-01:00"),
            ("holiday-from", "10-01"),
            ("holiday-to", "10-05"),
            ("holiday-name", "عيد الفطر"),
            ("holiday-calendar", "hijri"),
            ("closure-from", "2027-03-01"),
            ("closure-to", ""),
        ])
        .unwrap();
        assert_eq!(calendar.week.0[0].len(), 2);
        assert_eq!(calendar.ramadan.as_ref().unwrap().0[1].len(), 1);
        assert_eq!(calendar.holidays[0].calendar, Calendar::Hijri);
        assert_eq!(calendar.closures[0].from, calendar.closures[0].to);
        let again = Filled::of(&calendar).calendar(calendar.zone);
        assert_eq!(again, Ok(calendar));
    }

    #[test]
    fn everything_that_cannot_be_read_is_told_at_once() {
        let unread = read(&[
            ("week-sun", "9 to 5, 25:00-26:00"),
            ("holiday-from", "13-40"),
            ("closure-from", "2027-03-05"),
            ("closure-to", "2027-03-01"),
        ])
        .unwrap_err();
        let words: Vec<_> = unread.iter().map(|one| one.words).collect();
        assert_eq!(
            words,
            [
                "calendar-no-span",
                "calendar-no-span",
                "calendar-no-holiday",
                "calendar-no-dates"
            ]
        );
    }
}
