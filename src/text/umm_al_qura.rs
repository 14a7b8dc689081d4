//! Hijri days and Gregorian days: the printed Umm al-Qura calendar for 1343–1450 (SAUDI 6.2), computed beyond it.
//! Tabular algorithms are not used; they are wrong by up to two days.

use chrono::{Datelike, Days, NaiveDate};
use icu_calendar::Date;
use icu_calendar::cal::Hijri as IcuHijri;
use serde::{Deserialize, Serialize};

/// The first and last year of the printed table.
pub const TABLE_FIRST: i32 = 1343;
pub const TABLE_LAST: i32 = 1450;
/// The years that are converted at all: 1300 begins in 1882, 1600 ends in 2174.
pub const YEAR_MIN: i32 = 1300;
pub const YEAR_MAX: i32 = 1600;

/// A day of the Hijri calendar that exists in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Hijri {
    pub year: i32,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 30; 31 in two printed months.
    pub day: u8,
}

/// The days of a Hijri month; none outside `YEAR_MIN..=YEAR_MAX` or for a month that is not 1 to 12.
pub fn month_days(year: i32, month: u8) -> Option<u8> {
    if !(1..=12).contains(&month) {
        return None;
    }
    match row(year) {
        Some((_, mask)) => Some(printed_days(year, month, mask)),
        None => computed(year, month, 1).map(|date| date.days_in_month()),
    }
}

/// The Gregorian day of a Hijri day; none when that day does not exist or its year is not converted.
pub fn gregorian_of(hijri: Hijri) -> Option<NaiveDate> {
    let first = month_start(hijri.year, hijri.month)?;
    let exists = (1..=month_days(hijri.year, hijri.month)?).contains(&hijri.day);
    exists
        .then(|| first.checked_add_days(Days::new(u64::from(hijri.day) - 1)))
        .flatten()
}

/// The Gregorian day on which a Hijri month begins.
pub fn month_start(year: i32, month: u8) -> Option<NaiveDate> {
    if !(1..=12).contains(&month) {
        return None;
    }
    let Some((start, mask)) = row(year) else {
        return computed(year, month, 1)
            .and_then(|date| naive(date.to_calendar(icu_calendar::Iso)));
    };
    let before: u64 = (1..month)
        .map(|m| u64::from(printed_days(year, m, mask)))
        .sum();
    start.checked_add_days(Days::new(before))
}

/// The Hijri day of a Gregorian day; none outside the converted years.
pub fn hijri_of(date: NaiveDate) -> Option<Hijri> {
    let number = date.year() * 10_000 + date.month() as i32 * 100 + date.day() as i32;
    let rows_before = TABLE.partition_point(|(start, _)| *start <= number);
    match rows_before
        .checked_sub(1)
        .and_then(|at| in_year(TABLE_FIRST + at as i32, date))
    {
        Some(hijri) => Some(hijri),
        None => computed_hijri(date),
    }
}

/// Days after 1 Muharram, month by month. None when the year is over: after the table's end.
fn in_year(year: i32, date: NaiveDate) -> Option<Hijri> {
    let (start, mask) = row(year)?;
    let mut left = u64::try_from((date - start).num_days()).ok()?;
    for month in 1..=12 {
        let days = u64::from(printed_days(year, month, mask));
        if left < days {
            return Some(Hijri {
                year,
                month,
                day: left as u8 + 1,
            });
        }
        left -= days;
    }
    None
}

/// By the KACST table that icu_calendar ships. Where it overlaps the printed table at its edge, the nearest day beyond is taken.
fn computed_hijri(date: NaiveDate) -> Option<Hijri> {
    let iso = Date::try_new_iso(date.year(), date.month() as u8, date.day() as u8).ok()?;
    let hijri = iso.to_calendar(IcuHijri::new_umm_al_qura());
    let (year, month, day) = (
        hijri.year().extended_year(),
        hijri.month().ordinal,
        hijri.day_of_month().0,
    );
    match year {
        YEAR_MIN..TABLE_FIRST => Some(Hijri { year, month, day }),
        TABLE_FIRST => Some(Hijri {
            year: TABLE_FIRST - 1,
            month: 12,
            day: month_days(TABLE_FIRST - 1, 12)?,
        }),
        TABLE_LAST => Some(Hijri {
            year: TABLE_LAST + 1,
            month: 1,
            day: 1,
        }),
        year if (TABLE_LAST..=YEAR_MAX).contains(&year) => Some(Hijri { year, month, day }),
        _ => None,
    }
}

fn computed(
    year: i32,
    month: u8,
    day: u8,
) -> Option<Date<IcuHijri<icu_calendar::cal::hijri::UmmAlQura>>> {
    let converted = (YEAR_MIN..=YEAR_MAX).contains(&year);
    converted
        .then(|| {
            Date::try_new_hijri_with_calendar(year, month, day, IcuHijri::new_umm_al_qura()).ok()
        })
        .flatten()
}

fn naive(iso: Date<icu_calendar::Iso>) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(
        iso.year().extended_year(),
        u32::from(iso.month().ordinal),
        u32::from(iso.day_of_month().0),
    )
}

fn row(year: i32) -> Option<(NaiveDate, u16)> {
    let at = usize::try_from(year - TABLE_FIRST).ok()?;
    let (start, mask) = *TABLE.get(at)?;
    let date = NaiveDate::from_ymd_opt(
        start / 10_000,
        (start / 100 % 100) as u32,
        (start % 100) as u32,
    )?;
    Some((date, mask))
}

/// The printed calendar once had months of 28 and 31 days, which a mask cannot hold.
fn printed_days(year: i32, month: u8, mask: u16) -> u8 {
    match (year, month) {
        (1343, 9) | (1345, 8) | (1348, 12) | (1349, 10) | (1364, 8) => 28,
        (1345, 5) | (1348, 11) | (1349, 11) => 31,
        _ => 29 + (mask >> (12 - month) & 1) as u8,
    }
}

/// Year by year from `TABLE_FIRST`: the Gregorian day of 1 Muharram as yyyymmdd, and the months' lengths,
/// highest of twelve bits Muharram, 1 for 30 days. From hijridate 2.6, which follows the gazette's mastheads.
#[rustfmt::skip]
const TABLE: [(i32, u16); 108] = [
    (19240801, 0xB77), (19250723, 0x2AA), (19260711, 0xA2D), (19270701, 0x366),
    (19280619, 0x36C), (19290608, 0xAB0), (19300528, 0xAB9), (19310519, 0x52D),
    (19320507, 0xA8D), (19330426, 0xAAA), (19340415, 0xB59), (19350405, 0x56A),
    (19360324, 0xAAD), (19370314, 0x2B2), (19380302, 0xAAB), (19390220, 0xD26),
    (19400209, 0xE92), (19410128, 0xAAB), (19420118, 0xAAA), (19430107, 0xAAA),
    (19431227, 0xAAB), (19441216, 0xAAE), (19451205, 0xAAB), (19461125, 0xAAA),
    (19471114, 0xAAA), (19481102, 0xAAB), (19491023, 0xAB6), (19501013, 0xAAA),
    (19511002, 0xA57), (19520921, 0x54B), (19530910, 0x555), (19540830, 0xAB3),
    (19550820, 0xAA6), (19560808, 0x4EA), (19570728, 0x95B), (19580718, 0xAAA),
    (19590707, 0x555), (19600625, 0xAAA), (19610614, 0xB4A), (19620603, 0xB65),
    (19630524, 0x5AA), (19640512, 0xAAA), (19650501, 0xB2E), (19660421, 0xCAB),
    (19670411, 0x2AB), (19680330, 0x6AA), (19690319, 0xAAB), (19700309, 0xAB4),
    (19710226, 0xAAB), (19720216, 0x2AB), (19730204, 0xA2B), (19740124, 0xAA6),
    (19750113, 0xB4A), (19760102, 0xBA5), (19761222, 0x5AA), (19771211, 0xAB5),
    (19781201, 0x556), (19791120, 0xD2B), (19801109, 0x54A), (19811028, 0xEA5),
    (19821018, 0x752), (19831007, 0x6E9), (19840926, 0x36A), (19850915, 0xAAD),
    (19860905, 0x555), (19870825, 0xAA5), (19880813, 0xB52), (19890802, 0xBA9),
    (19900723, 0x5B4), (19910712, 0x9BA), (19920701, 0x4DB), (19930621, 0x25D),
    (19940610, 0x52D), (19950530, 0xAA5), (19960518, 0xAD4), (19970507, 0xAEA),
    (19980427, 0x56D), (19990417, 0x4BD), (20000406, 0x23D), (20010326, 0x91D),
    (20020315, 0xA95), (20030304, 0xB4A), (20040221, 0xB5A), (20050210, 0x56D),
    (20060131, 0x2B6), (20070120, 0x93B), (20080110, 0x49B), (20081229, 0x655),
    (20091218, 0x6A9), (20101207, 0x754), (20111126, 0xB6A), (20121115, 0x56C),
    (20131104, 0xAAD), (20141025, 0x555), (20151014, 0xB29), (20161002, 0xB92),
    (20170921, 0xBA9), (20180911, 0x5D4), (20190831, 0xADA), (20200820, 0x55A),
    (20210809, 0xAAB), (20220730, 0x595), (20230719, 0x749), (20240707, 0x764),
    (20250626, 0xBAA), (20260616, 0x5B5), (20270606, 0x2B6), (20280525, 0xA56),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn every_year_of_the_table_leads_to_the_next() {
        for year in TABLE_FIRST..TABLE_LAST {
            let days: u64 = (1..=12)
                .map(|month| u64::from(month_days(year, month).unwrap()))
                .sum();
            let next = month_start(year, 1).unwrap() + Days::new(days);
            assert_eq!(Some(next), month_start(year + 1, 1), "{year}");
        }
    }

    #[test]
    fn the_known_pairs_hold_both_ways() {
        for (hijri, gregorian) in [
            ((1447, 9, 1), "2026-02-18"),
            ((1447, 10, 1), "2026-03-20"),
            ((1447, 12, 10), "2026-05-27"),
            ((1448, 1, 1), "2026-06-16"),
            ((1448, 4, 12), "2026-09-23"),
            ((1448, 9, 1), "2027-02-08"),
            ((1445, 8, 13), "2024-02-23"),
            ((1446, 10, 1), "2025-03-30"),
            ((1425, 2, 29), "2004-04-19"),
            ((1420, 11, 23), "2000-02-29"),
            ((1410, 7, 15), "1990-02-10"),
            ((1405, 8, 22), "1985-05-12"),
            ((1400, 1, 1), "1979-11-20"),
            ((1356, 1, 1), "1937-03-14"),
        ] {
            let (year, month, day_of) = hijri;
            let hijri = Hijri {
                year,
                month,
                day: day_of,
            };
            assert_eq!(gregorian_of(hijri), Some(day(gregorian)), "{hijri:?}");
            assert_eq!(hijri_of(day(gregorian)), Some(hijri), "{gregorian}");
        }
        for (year, month, day) in [
            (1446, 9, 30),
            (1447, 13, 1),
            (1447, 0, 10),
            (1445, 1, 30),
            (1299, 1, 1),
            (1601, 1, 1),
        ] {
            assert_eq!(gregorian_of(Hijri { year, month, day }), None);
        }
    }

    #[test]
    fn every_day_has_a_hijri_day_and_leads_back() {
        let mut date = day("1883-01-01");
        let mut edges = 0;
        while date < day("2170-01-01") {
            let back = hijri_of(date).and_then(gregorian_of).unwrap();
            // The computed and the printed calendar may leave a gap where they meet.
            edges += i32::from(back != date);
            assert!((back - date).num_days().abs() <= 2, "{date} {back}");
            date = date + Days::new(1);
        }
        assert!(edges <= 2, "{edges} days do not lead back");
    }
}
