//! What dates are read from, how they are shown, and that both lead to each other.

use crate::text::date::*;
use crate::text::lang::Lang;
use crate::text::spread;
use chrono::{Days, NaiveDate};
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
        ("١٤١٠هـ/٧/١٥", "15 رجب 1410هـ"),
        ("15،7،1410", "15 رجب 1410هـ"),
        ("خمسة رجب 1410", "5 رجب 1410هـ"),
        ("الخامس عشر من رجب 1410", "15 رجب 1410هـ"),
        ("الأول من ربيع الأول 1410", "1 ربيع الأول 1410هـ"),
        ("خمسة وعشرين رمضان 1410هـ", "25 رمضان 1410هـ"),
        ("الاثنين 15 صفر 1410", "15 صفر 1410هـ"),
        ("يوم الاثنين 15/7/1410", "15 رجب 1410هـ"),
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
    fn what_is_shown_is_read(days in 0i64..60_000) {
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
