//! Opening hours, working days and decent hours of an invented charity with two shifts and Ramadan evenings.

use crate::text::calendar::*;
use chrono::{DateTime, Duration, NaiveDate, NaiveDateTime, TimeZone, Utc};
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
fn in_ramadan_its_own_week_counts() {
    let charity = charity();
    assert_eq!(charity.week_of(day("2026-02-17")), &charity.week);
    assert_eq!(
        Some(charity.week_of(day("2026-02-18"))),
        charity.ramadan.as_ref()
    );
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
        from: Clock::new(from, 0).unwrap(),
        to: Clock::new(to, 0).unwrap(),
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
