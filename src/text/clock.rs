//! A time of day as people say it: «9 صباحًا», «4:30 عصرًا», "4:30 pm". It knows no day and no zone.

use crate::text::calendar::Clock;
use crate::text::lang::Lang;

/// A time of day in words; the end of a day, 24:00, is its midnight.
pub fn told(clock: Clock, lang: Lang) -> String {
    let (hour, minute) = (clock.minutes() / 60 % 24, clock.minutes() % 60);
    let twelve = match hour % 12 {
        0 => 12,
        other => other,
    };
    let minutes = match minute {
        0 => String::new(),
        more => format!(":{more:02}"),
    };
    let part = match lang {
        Lang::Ar => part_ar(hour, minute),
        Lang::En => part_en(hour, minute),
    };
    format!("{twelve}{minutes} {part}")
}

/// «من 9 صباحًا إلى 4 عصرًا», "9 am to 4 pm"
pub fn span(from: Clock, to: Clock, lang: Lang) -> String {
    let (from, to) = (told(from, lang), told(to, lang));
    match lang {
        Lang::Ar => format!("من {from} إلى {to}"),
        Lang::En => format!("{from} to {to}"),
    }
}

/// «الأحد إلى الخميس», "Sunday to Thursday"
pub fn until(first: &str, last: &str, lang: Lang) -> String {
    let to = match lang {
        Lang::Ar => "إلى",
        Lang::En => "to",
    };
    format!("{first} {to} {last}")
}

/// Several times of one day, in one breath.
pub fn and(spans: &[String], lang: Lang) -> String {
    spans.join(match lang {
        Lang::Ar => "، و",
        Lang::En => " and ",
    })
}

fn part_ar(hour: u16, minute: u16) -> &'static str {
    match (hour, minute) {
        (0, 0) => "منتصف الليل",
        (0..=2, _) => "بعد منتصف الليل",
        (3..=11, _) => "صباحًا",
        (12..=14, _) => "ظهرًا",
        (15..=17, _) => "عصرًا",
        _ => "مساءً",
    }
}

fn part_en(hour: u16, minute: u16) -> &'static str {
    match (hour, minute) {
        (0, 0) => "midnight",
        (12, 0) => "noon",
        (0..=11, _) => "am",
        _ => "pm",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_of_day_is_told_as_people_say_it() {
        for (hour, minute, ar, en) in [
            (0, 0, "12 منتصف الليل", "12 midnight"),
            (0, 30, "12:30 بعد منتصف الليل", "12:30 am"),
            (9, 0, "9 صباحًا", "9 am"),
            (12, 0, "12 ظهرًا", "12 noon"),
            (13, 5, "1:05 ظهرًا", "1:05 pm"),
            (16, 0, "4 عصرًا", "4 pm"),
            (20, 0, "8 مساءً", "8 pm"),
            (24, 0, "12 منتصف الليل", "12 midnight"),
        ] {
            let clock = Clock::new(hour, minute).expect("a time of day");
            assert_eq!(told(clock, Lang::Ar), ar);
            assert_eq!(told(clock, Lang::En), en);
        }
    }
}
