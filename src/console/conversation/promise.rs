//! What was promised to whoever waits for staff: an answer within so much working time.

use chrono::{DateTime, Duration, Utc};

use crate::charity::Charity;
use crate::event::Millis;
use crate::text::calendar::WorkingCalendar;

/// Nobody looks for who waits longer than this.
const DAYS_MAX: i64 = 40;

/// The charity's own promise.
pub struct Promise {
    calendar: WorkingCalendar,
    minutes: i64,
}

impl Promise {
    pub fn of(charity: &Charity) -> Promise {
        Promise {
            calendar: charity.calendar.clone(),
            minutes: charity.periods.reply_minutes.into(),
        }
    }

    /// When an answer is due to somebody who waits since then, and whether that has passed.
    pub fn due(&self, since: Millis, now: Millis) -> Option<(Millis, bool)> {
        let at = DateTime::<Utc>::from_timestamp_millis(since).filter(|_| since > 0)?;
        let minutes = Duration::minutes(self.minutes);
        let due = self.calendar.add_working_time(at, minutes)?;
        let due = due.timestamp_millis();
        Some((due, due <= now))
    }

    /// Whoever began to wait before this moment should have been answered by now.
    pub fn late_before(&self, now: Millis) -> Millis {
        // The later somebody began to wait, the less late they are: found by halves, to the minute.
        let (mut late, mut early) = (now - DAYS_MAX * 86_400_000, now);
        while early - late > 60_000 {
            let middle = late + (early - late) / 2;
            match self.due(middle, now).is_some_and(|(_, late)| late) {
                true => late = middle,
                false => early = middle,
            }
        }
        late
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_promised_is_counted_in_working_time_and_is_the_charitys_own() {
        let dialogs =
            crate::dialog::load::reload(&crate::dialog::load::embedded().of("demo"), "demo");
        let mut charity = dialogs.unwrap().charity;
        let promise = Promise::of(&charity);
        let at = |text: &str| {
            DateTime::parse_from_rfc3339(text)
                .unwrap()
                .timestamp_millis()
        };
        // A Thursday evening, after hours; the house opens on Sunday.
        let since = at("2026-01-08T20:00:00+03:00");
        let sunday = at("2026-01-11T07:00:00+03:00");
        let (due, late) = promise.due(since, sunday).unwrap();
        assert!(!late && due > sunday, "closed days do not count");
        assert!(promise.due(since, due).unwrap().1);
        assert_eq!(promise.due(0, sunday), None);
        let before = promise.late_before(due + 60_000);
        assert!(before >= since, "{before} {since}");
        assert!(promise.late_before(due - 120_000) < since + 60_000);
        charity.periods.reply_minutes = 5;
        let sooner = Promise::of(&charity).due(since, sunday).unwrap().0;
        assert_eq!(due - sooner, 55 * 60_000);
    }
}
