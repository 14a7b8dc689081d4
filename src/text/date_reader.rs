//! Reads a date out of what a person typed: finds numbers, month names and calendar signs, and decides what they are.

use crate::text::date::{
    Calendar, DateProblem, DateRead, GREGORIAN_YEARS, HIJRI_YEARS, Method, Stated, StatedDate, near,
};
use crate::text::fold::{fold, tokens};
use crate::text::month;
use crate::text::scan;
use crate::text::word_number::{Worth, worth};
use chrono::NaiveDate;

/// Reads one date in any shape of SAUDI 6.4, words around it tolerated; also today, yesterday and tomorrow, of `today` in Riyadh.
pub fn read(text: &str, today: NaiveDate) -> Result<DateRead, DateProblem> {
    let text = scan::capped(text);
    if crate::text::graphemes::only_symbols(text) {
        return Err(DateProblem::Empty);
    }
    if let Some(date) = relative(text, today) {
        return Ok(DateRead {
            date,
            echo: true,
            pair: None,
        });
    }
    let segments = segments(&lexemes(text));
    match &segments[..] {
        [] => Err(DateProblem::NotDate),
        [one] => read_segment(one),
        [one, other] => paired(read_segment(one)?, read_segment(other)?),
        _ => Err(DateProblem::TwoDates),
    }
}

/// One readable thing of the text.
#[derive(Debug, Clone, PartialEq)]
enum Lexeme {
    /// Value and number of digits; more than eight digits are no part of a date.
    Number(i32, usize),
    Word(String),
    /// An opening bracket: another date may begin.
    Bracket,
}

/// The parts of one date, as found.
#[derive(Debug, Clone, Default, PartialEq)]
struct Segment {
    numbers: Vec<(i32, usize)>,
    month: Option<month::Named>,
    era: Option<Calendar>,
    /// Two months that differ: more than one date.
    crowded: bool,
    /// The number words since the last number, added up: a day in words before its month.
    spelled: i32,
}

fn relative(text: &str, today: NaiveDate) -> Option<StatedDate> {
    let date = match fold(text).as_str() {
        "اليوم" | "today" => Some(today),
        "امس" | "البارحه" | "yesterday" => today.pred_opt(),
        "غدا" | "بكره" | "بكرا" | "tomorrow" => today.succ_opt(),
        _ => None,
    };
    date.map(StatedDate::of_gregorian)
}

fn lexemes(text: &str) -> Vec<Lexeme> {
    let mut lexemes = Vec::new();
    let mut word = String::new();
    let mut number = String::new();
    for glyph in scan::glyphs(text) {
        let c = glyph.c;
        let is_letter = !c.is_ascii_digit()
            && (c.is_alphabetic() || crate::text::fold::is_tashkeel(c) || "'’ʼ`".contains(c));
        // «هـ»: the tatweel came as a dash, and is no letter here.
        if !is_letter {
            lexemes.extend(fold_words(&std::mem::take(&mut word)));
        }
        if !c.is_ascii_digit() {
            lexemes.extend(number_lexeme(&std::mem::take(&mut number)));
        }
        match c {
            c if c.is_ascii_digit() => number.push(c),
            '(' | '=' => lexemes.push(Lexeme::Bracket),
            _ if is_letter => word.push(c),
            _ => {}
        }
    }
    lexemes.extend(fold_words(&word));
    lexemes.extend(number_lexeme(&number));
    lexemes
}

fn fold_words(word: &str) -> Vec<Lexeme> {
    let letters: String = word.chars().filter(|c| !"'’ʼ`".contains(*c)).collect();
    tokens(&letters).into_iter().map(Lexeme::Word).collect()
}

fn number_lexeme(digits: &str) -> Option<Lexeme> {
    let value = if digits.len() > 8 {
        -1
    } else {
        digits.parse().unwrap_or(-1)
    };
    (!digits.is_empty()).then_some(Lexeme::Number(value, digits.len()))
}

/// Parts the text into dates: at «الموافق» and brackets, and where a number follows a finished date.
fn segments(lexemes: &[Lexeme]) -> Vec<Segment> {
    let mut done: Vec<Segment> = Vec::new();
    let mut open = Segment::default();
    let mut at = 0;
    while let Some(lexeme) = lexemes.get(at) {
        at += 1;
        match lexeme {
            Lexeme::Bracket => done.extend(open.closed()),
            Lexeme::Number(value, digits) => {
                if open.is_finished_before(*digits) {
                    done.extend(open.closed());
                }
                open.spelled = 0;
                open.numbers.push((*value, *digits));
            }
            Lexeme::Word(word) => {
                at += open.word(word, lexemes.get(at..).unwrap_or(&[]), &mut done)
            }
        }
    }
    done.extend(open.closed());
    done
}

impl Segment {
    /// Takes this segment out when it holds a number, and starts anew.
    fn closed(&mut self) -> Option<Segment> {
        let has_number = !self.numbers.is_empty();
        // A month before any number stays: «رجب (1410)».
        if has_number {
            Some(std::mem::take(self))
        } else {
            None
        }
    }

    /// A number after the calendar's sign begins another date, but for the month and day in «1410هـ/7/15».
    fn is_finished_before(&self, digits: usize) -> bool {
        let year_first = self.month.is_none()
            && self.numbers.len() < 3
            && self.numbers.first().is_some_and(|(_, digits)| *digits == 4);
        self.era.is_some() && !(year_first && digits <= 2)
    }

    /// Takes a word and tells how many of the following ones belong to it.
    fn word(&mut self, word: &str, following: &[Lexeme], done: &mut Vec<Segment>) -> usize {
        if matches!(word, "الموافق" | "موافق" | "والموافق" | "corresponding") {
            done.extend(self.closed());
            return 0;
        }
        if !self.numbers.is_empty()
            && let Some(era) = era(word, following)
        {
            self.era = Some(era);
            return usize::from(word == "a");
        }
        let mut words = vec![word];
        words.extend(following.iter().take(2).map_while(|lexeme| match lexeme {
            Lexeme::Word(word) => Some(word.as_str()),
            _ => None,
        }));
        match month::read(&words) {
            Some((named, taken)) => {
                self.named(named);
                taken - 1
            }
            None => {
                self.spelled = self.spelled.saturating_add(day_word(word));
                0
            }
        }
    }

    fn named(&mut self, named: month::Named) {
        self.crowded |= self.month.is_some_and(|month| month != named);
        if (1..=31).contains(&self.spelled) {
            self.numbers.push((self.spelled, 2));
        }
        self.spelled = 0;
        self.month = Some(named);
    }
}

/// What a word adds to a day in words: «خمسة», «عشر», «وعشرين», «الخامس»; 0 for other words, weekdays among them.
fn day_word(word: &str) -> i32 {
    if matches!(word, "الاثنين" | "اثنين") {
        return 0;
    }
    let bare = word
        .strip_prefix('و')
        .filter(|rest| rest.chars().count() > 2 && *rest != "احد")
        .unwrap_or(word);
    let bare = bare.strip_prefix("ال").unwrap_or(bare);
    let ordinal = ORDINALS
        .iter()
        .position(|known| [bare, word].contains(known));
    let cardinal = || [word, bare].into_iter().find_map(worth);
    match ordinal {
        Some(at) => at as i32 + 1,
        None => match cardinal() {
            Some(Worth::Small(n)) => n as i32,
            Some(Worth::Ten) => 10,
            _ => 0,
        },
    }
}

const ORDINALS: [&str; 10] = [
    "اول", "ثاني", "ثالث", "رابع", "خامس", "سادس", "سابع", "ثامن", "تاسع", "عاشر",
];

/// The calendar that a word after the year names. «ميلادي» before it is "my birth", and names none.
fn era(word: &str, following: &[Lexeme]) -> Option<Calendar> {
    match word {
        "ه" | "هجري" | "هجريه" | "الهجري" | "ah" | "h" | "hijri" => {
            Some(Calendar::Hijri)
        }
        "م" | "ميلادي" | "ميلاديه" | "الميلادي" | "ad" | "ce" | "g" | "gregorian" => {
            Some(Calendar::Gregorian)
        }
        "a" if following.first() == Some(&Lexeme::Word("h".to_owned())) => Some(Calendar::Hijri),
        "a" if following.first() == Some(&Lexeme::Word("d".to_owned())) => {
            Some(Calendar::Gregorian)
        }
        _ => None,
    }
}

fn read_segment(segment: &Segment) -> Result<DateRead, DateProblem> {
    if segment.crowded {
        return Err(DateProblem::TwoDates);
    }
    if segment.numbers.iter().any(|(_, digits)| *digits > 8) {
        return Err(DateProblem::NotDate);
    }
    match segment.month {
        Some(named) => with_month_name(segment, named),
        None => in_numbers(segment),
    }
}

fn with_month_name(segment: &Segment, named: month::Named) -> Result<DateRead, DateProblem> {
    let (year, day) = match segment.numbers[..] {
        [(year, 4)] => (year, None),
        [(year, 4), (day, 1..=2)] | [(day, 1..=2), (year, 4)] => (year, Some(day)),
        [(_, 1..=2)] => return Err(DateProblem::NoYear),
        [(_, 1..=2), (_, 1..=2)] => return Err(DateProblem::TwoDigitYear),
        [_, _, _, ..] => return Err(DateProblem::TwoDates),
        _ => return Err(DateProblem::NotDate),
    };
    if segment.era.is_some_and(|era| era != named.calendar) {
        return Err(DateProblem::YearRange);
    }
    stated(named.calendar, year, Some(named.month.into()), day, false)
}

fn in_numbers(segment: &Segment) -> Result<DateRead, DateProblem> {
    let (year, month, day, mixable) = match segment.numbers[..] {
        [(year, 4)] => (year, None, None, false),
        [(packed, 8)] => return packed_date(packed, segment.era),
        [(year, 4), (month, 1..=2)] | [(month, 1..=2), (year, 4)] => {
            (year, Some(month), None, false)
        }
        [(year, 4), (month, 1..=2), (day, 1..=2)] | [(day, 1..=2), (month, 1..=2), (year, 4)] => {
            (year, Some(month), Some(day), true)
        }
        [(_, 1..=2), (_, 1..=2), (_, 1..=2)] => return Err(DateProblem::TwoDigitYear),
        [(_, 1..=2), (_, 1..=2)] => return Err(DateProblem::NoYear),
        [_, _, _, _, ..] => return Err(DateProblem::TwoDates),
        _ => return Err(DateProblem::NotDate),
    };
    let calendar = calendar_of(year, segment.era)?;
    let doubtful = mixable && month != day && day.is_some_and(|day| (1..=12).contains(&day));
    stated(calendar, year, month, day, doubtful)
}

/// `14100715` or `15071410`: taken when only one of the two ways gives a date, and always shown back.
fn packed_date(packed: i32, era: Option<Calendar>) -> Result<DateRead, DateProblem> {
    let year_first = (packed / 10_000, packed / 100 % 100, packed % 100);
    let day_first = (packed % 10_000, packed / 10_000 % 100, packed / 1_000_000);
    let read =
        |(year, month, day)| stated(calendar_of(year, era)?, year, Some(month), Some(day), true);
    match (read(year_first), read(day_first)) {
        (Ok(date), Err(_)) | (Err(_), Ok(date)) => Ok(date),
        _ => Err(DateProblem::NotDate),
    }
}

fn calendar_of(year: i32, era: Option<Calendar>) -> Result<Calendar, DateProblem> {
    let shown = if HIJRI_YEARS.contains(&year) {
        Calendar::Hijri
    } else if GREGORIAN_YEARS.contains(&year) {
        Calendar::Gregorian
    } else {
        return Err(DateProblem::YearRange);
    };
    if era.is_some_and(|era| era != shown) {
        Err(DateProblem::YearRange)
    } else {
        Ok(shown)
    }
}

fn stated(
    calendar: Calendar,
    year: i32,
    month: Option<i32>,
    day: Option<i32>,
    echo: bool,
) -> Result<DateRead, DateProblem> {
    let month = month
        .map(|month| u8::try_from(month).map_err(|_| DateProblem::NoSuchMonth))
        .transpose()?;
    let day = day
        .map(|day| u8::try_from(day).map_err(|_| DateProblem::NoSuchDay))
        .transpose()?;
    let date = Stated::new(calendar, year, month, day).dated()?;
    Ok(DateRead {
        date,
        echo,
        pair: None,
    })
}

/// Two dates are one when both calendars were given, or the same was said twice.
fn paired(first: DateRead, second: DateRead) -> Result<DateRead, DateProblem> {
    if first.date == second.date {
        return Ok(first);
    }
    let (Some(a), Some(b)) = (first.date.gregorian, second.date.gregorian) else {
        return Err(DateProblem::TwoDates);
    };
    if first.date.stated.calendar == second.date.stated.calendar {
        return Err(DateProblem::TwoDates);
    }
    if !near(a, b) {
        return Err(DateProblem::PairDisagrees);
    }
    let gregorian = if first.date.method == Method::Stated {
        a
    } else {
        b
    };
    let date = StatedDate {
        gregorian: Some(gregorian),
        method: Method::Stated,
        ..first.date
    };
    Ok(DateRead {
        date,
        echo: first.echo || second.echo,
        pair: Some(second.date.stated),
    })
}
