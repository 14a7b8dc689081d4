//! The names of the months in both calendars, as read from people and as shown to them.

use crate::text::date::Calendar;
use crate::text::lang::Lang;

/// A month named in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Named {
    pub calendar: Calendar,
    /// 1 to 12.
    pub month: u8,
}

const HIJRI_AR: [&str; 12] = [
    "محرم",
    "صفر",
    "ربيع الأول",
    "ربيع الآخر",
    "جمادى الأولى",
    "جمادى الآخرة",
    "رجب",
    "شعبان",
    "رمضان",
    "شوال",
    "ذو القعدة",
    "ذو الحجة",
];
const HIJRI_EN: [&str; 12] = [
    "Muharram",
    "Safar",
    "Rabi al-Awwal",
    "Rabi al-Thani",
    "Jumada al-Ula",
    "Jumada al-Akhirah",
    "Rajab",
    "Shaban",
    "Ramadan",
    "Shawwal",
    "Dhu al-Qadah",
    "Dhu al-Hijjah",
];
const GREGORIAN_AR: [&str; 12] = [
    "يناير",
    "فبراير",
    "مارس",
    "أبريل",
    "مايو",
    "يونيو",
    "يوليو",
    "أغسطس",
    "سبتمبر",
    "أكتوبر",
    "نوفمبر",
    "ديسمبر",
];
const GREGORIAN_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const DAYS_AR: [&str; 7] = [
    "الأحد",
    "الاثنين",
    "الثلاثاء",
    "الأربعاء",
    "الخميس",
    "الجمعة",
    "السبت",
];
const DAYS_EN: [&str; 7] = [
    "Sunday",
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
];

/// The name of a month; empty for a month that is not 1 to 12.
pub(crate) fn name(calendar: Calendar, month: u8, lang: Lang) -> &'static str {
    let names = match (calendar, lang) {
        (Calendar::Hijri, Lang::Ar) => HIJRI_AR,
        (Calendar::Hijri, Lang::En) => HIJRI_EN,
        (Calendar::Gregorian, Lang::Ar) => GREGORIAN_AR,
        (Calendar::Gregorian, Lang::En) => GREGORIAN_EN,
    };
    names
        .get(usize::from(month).wrapping_sub(1))
        .copied()
        .unwrap_or("")
}

/// The name of a weekday, 0 for Sunday.
pub(crate) fn weekday(from_sunday: u32, lang: Lang) -> &'static str {
    let names = if lang == Lang::Ar { DAYS_AR } else { DAYS_EN };
    names.get(from_sunday as usize).copied().unwrap_or("")
}

/// Months of one word, folded; the spellings of one month are parted by `|`.
const HIJRI_WORDS: [&str; 12] = [
    "محرم|المحرم|عاشور|muharram|moharram",
    "صفر|safar",
    "",
    "",
    "",
    "",
    "رجب|rajab",
    "شعبان|shaban|shaaban|shabaan",
    "رمضان|ramadan|ramadhan|ramazan",
    "شوال|shawwal|shawal",
    "القعده|قعده|ذوالقعده|ذيالقعده|ذالقعده|dhulqidah|dhulqadah|zulqidah",
    "الحجه|حجه|ذوالحجه|ذيالحجه|ذالحجه|dhulhijjah|zulhijjah|dhulhijja",
];
const GREGORIAN_WORDS: [&str; 12] = [
    "يناير|ينايير|january|jan",
    "فبراير|شباط|february|feb",
    "مارس|اذار|march|mar",
    "ابريل|نيسان|april|apr",
    "مايو|ايار|may",
    "يونيو|يونيه|حزيران|june|jun",
    "يوليو|يوليه|تموز|july|jul",
    "اغسطس|اب|august|aug",
    "سبتمبر|ايلول|september|sep|sept",
    "اكتوبر|october|oct",
    "نوفمبر|november|nov",
    "ديسمبر|دجنبر|december|dec",
];

/// The word that opens a month of two, and the month when the first or the second kind of word follows.
const PAIRS: [(&str, Calendar, u8, u8); 5] = [
    ("ربيع|rabi", Calendar::Hijri, 3, 4),
    (
        "جمادي|جماد|جمادا|جماده|jumada|jumadal",
        Calendar::Hijri,
        5,
        6,
    ),
    ("كانون", Calendar::Gregorian, 12, 1),
    ("تشرين", Calendar::Gregorian, 10, 11),
    ("ذو|ذي|ذا|dhu|dhul|zul", Calendar::Hijri, 11, 12),
];
const FIRSTS: &str = "الاول|اول|الاولي|اولي|الاوله|awwal|awal|ula|i|القعده|قعده|qadah|qidah|qada";
const SECONDS: &str = "الثاني|ثاني|الثانيه|ثانيه|الاخر|اخر|الاخره|اخره|الاخير|thani|akhir|akhirah|akhira|ii|الحجه|حجه|hijjah|hijja";

/// The month that folded words begin with, and how many words it takes (one to three).
pub(crate) fn read(words: &[&str]) -> Option<(Named, usize)> {
    match words {
        [opening, rest @ ..] => {
            two_words(opening, rest).or_else(|| one_word(opening).map(|named| (named, 1)))
        }
        [] => None,
    }
}

fn two_words(opening: &str, rest: &[&str]) -> Option<(Named, usize)> {
    let (_, calendar, first, second) = PAIRS
        .iter()
        .find(|(openings, ..)| among(openings, opening))?;
    // "Rabi al-Awwal" folds to three words.
    let (skipped, word) = match rest {
        ["al", word, ..] | ["ال", word, ..] => (2, word),
        [word, ..] => (1, word),
        [] => return None,
    };
    let month = if among(FIRSTS, word) {
        first
    } else {
        Some(second).filter(|_| among(SECONDS, word))?
    };
    Some((
        Named {
            calendar: *calendar,
            month: *month,
        },
        skipped + 1,
    ))
}

fn one_word(word: &str) -> Option<Named> {
    let place = |lists: &[&str; 12]| {
        lists
            .iter()
            .position(|list| among(list, word))
            .map(|at| at as u8 + 1)
    };
    let hijri = place(&HIJRI_WORDS).map(|month| Named {
        calendar: Calendar::Hijri,
        month,
    });
    hijri.or_else(|| {
        place(&GREGORIAN_WORDS).map(|month| Named {
            calendar: Calendar::Gregorian,
            month,
        })
    })
}

fn among(list: &str, word: &str) -> bool {
    !word.is_empty() && list.split('|').any(|known| known == word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold::tokens;

    #[test]
    fn every_month_is_read_by_the_name_we_show() {
        for calendar in [Calendar::Hijri, Calendar::Gregorian] {
            for month in 1..=12 {
                for lang in [Lang::Ar, Lang::En] {
                    let words = tokens(name(calendar, month, lang));
                    let words: Vec<&str> = words.iter().map(String::as_str).collect();
                    assert_eq!(
                        read(&words),
                        Some((Named { calendar, month }, words.len())),
                        "{words:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn other_names_of_months_are_read() {
        for (text, calendar, month) in [
            ("ربيع الثاني", Calendar::Hijri, 4),
            ("ربيع اول", Calendar::Hijri, 3),
            ("جمادى الاول", Calendar::Hijri, 5),
            ("جماد الثاني", Calendar::Hijri, 6),
            ("جمادى الثانية", Calendar::Hijri, 6),
            ("ذي القعدة", Calendar::Hijri, 11),
            ("القعدة", Calendar::Hijri, 11),
            ("ذي الحجة", Calendar::Hijri, 12),
            ("الحجه", Calendar::Hijri, 12),
            ("ابريل", Calendar::Gregorian, 4),
            ("كانون الثاني", Calendar::Gregorian, 1),
            ("كانون الأول", Calendar::Gregorian, 12),
            ("تشرين الأول", Calendar::Gregorian, 10),
            ("تشرين الثاني", Calendar::Gregorian, 11),
            ("آب", Calendar::Gregorian, 8),
            ("آذار", Calendar::Gregorian, 3),
            ("نيسان", Calendar::Gregorian, 4),
            ("أيار", Calendar::Gregorian, 5),
            ("حزيران", Calendar::Gregorian, 6),
            ("تموز", Calendar::Gregorian, 7),
            ("أيلول", Calendar::Gregorian, 9),
            ("شباط", Calendar::Gregorian, 2),
        ] {
            let words = tokens(text);
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            assert_eq!(
                read(&words).map(|(named, _)| named),
                Some(Named { calendar, month }),
                "{text}"
            );
        }
    }
}
