//! Days and times as staff read them: in the zone of the Kingdom, in both calendars, and how long ago.

use std::fmt;

use chrono::{DateTime, Utc};
use chrono_tz::Asia::Riyadh;
use chrono_tz::Tz;

use super::words::Say;
use crate::event::Millis;
use crate::text::date;
use crate::text::lang::Lang;

/// A moment in words, with what machines read of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct When {
    /// For the attribute `datetime`.
    pub iso: String,
    /// What is shown.
    pub words: String,
    /// The same with day and both calendars, for a hint.
    pub whole: String,
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words)
    }
}

fn local(at: Millis) -> DateTime<Tz> {
    let at = DateTime::<Utc>::from_timestamp_millis(at).unwrap_or_default();
    at.with_timezone(&Riyadh)
}

/// Day in both calendars, and the time.
pub fn when(at: Millis, lang: Lang) -> When {
    let at = local(at);
    let whole = format!(
        "{} {}",
        date::both(at.date_naive(), lang),
        at.format("%H:%M")
    );
    When {
        iso: at.to_rfc3339(),
        words: whole.clone(),
        whole,
    }
}

/// A moment to come: of the next days the weekday and the time are enough.
pub fn soon(at: Millis, now: Millis, lang: Lang) -> When {
    let whole = when(at, lang);
    let near = (0..SOON_MILLIS).contains(&(at - now));
    let weekday = whole.words.split(' ').next().unwrap_or_default();
    let words = match near {
        true => format!("{weekday} {}", time(at)),
        false => whole.words.clone(),
    };
    When { words, ..whole }
}

/// Within six days no weekday comes twice.
const SOON_MILLIS: Millis = 6 * 24 * 3_600_000;

/// The time of day alone.
pub fn time(at: Millis) -> String {
    local(at).format("%H:%M").to_string()
}

/// The day alone, in both calendars.
pub fn day(at: Millis, lang: Lang) -> String {
    date::both(local(at).date_naive(), lang)
}

/// The day alone, as fields of dates have it.
pub fn iso(at: Millis) -> String {
    local(at).format("%Y-%m-%d").to_string()
}

/// How long before `now`; of older moments the day.
pub fn ago(at: Millis, now: Millis, say: Say) -> When {
    let minutes = (now - at).max(0) / 60_000;
    let words = match minutes {
        0 => say.say("ago-now"),
        1..60 => say.with("ago-minutes", "n", minutes),
        60..1_440 => say.with("ago-hours", "n", minutes / 60),
        1_440..10_080 => say.with("ago-days", "n", minutes / 1_440),
        _ => date::gregorian_words(local(at).date_naive(), say.lang()),
    };
    When {
        words,
        ..when(at, say.lang())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-11-25 13:30 in Riyadh.
    const THEN: Millis = 1_795_602_600_000;

    #[test]
    fn a_moment_is_told_in_both_calendars_and_the_kingdoms_zone() {
        let arabic = when(THEN, Lang::Ar);
        assert_eq!(
            arabic.words,
            "الأربعاء 15 جمادى الآخرة 1448هـ الموافق 25 نوفمبر 2026م 13:30"
        );
        assert_eq!(arabic.iso, "2026-11-25T13:30:00+03:00");
        let english = when(THEN, Lang::En).words;
        assert_eq!(
            english,
            "Wednesday 25 November 2026 (15 Jumada al-Akhirah 1448 AH) 13:30"
        );
    }

    #[test]
    fn what_comes_soon_is_told_by_its_weekday() {
        let day = 24 * 3_600_000;
        let words = |now| soon(THEN, now, Lang::Ar).words;
        assert_eq!(words(THEN - day), "الأربعاء 13:30");
        assert_eq!(words(THEN - 7 * day), when(THEN, Lang::Ar).words);
        assert_eq!(words(THEN + 1), when(THEN, Lang::Ar).words);
        assert_eq!(soon(THEN, THEN, Lang::En).words, "Wednesday 13:30");
    }

    #[test]
    fn what_was_lately_is_told_by_how_long_ago() {
        let minute = 60_000;
        let plain = |at, lang| {
            let words = ago(THEN - at, THEN, Say(lang)).words;
            words.replace(['\u{2068}', '\u{2069}'], "")
        };
        for (before, arabic, english) in [
            (0, "الآن", "now"),
            (minute, "قبل دقيقة", "1 minute ago"),
            (2 * minute, "قبل دقيقتين", "2 minutes ago"),
            (5 * minute, "قبل 5 دقائق", "5 minutes ago"),
            (61 * minute, "قبل ساعة", "1 hour ago"),
            (25 * 60 * minute, "قبل يوم", "1 day ago"),
            (9 * 1_440 * minute, "16 نوفمبر 2026م", "16 November 2026"),
        ] {
            assert_eq!(plain(before, Lang::Ar), arabic);
            assert_eq!(plain(before, Lang::En), english);
        }
        assert_eq!(
            plain(-5 * minute, Lang::En),
            "now",
            "a clock that runs ahead"
        );
    }
}
