//! How values, days and lists are shown to a person, in both languages. It never decides what is shown.

use chrono::{DateTime, Days, NaiveDate, Timelike, Utc};
use chrono_tz::Asia::Riyadh;
use chrono_tz::Tz;

use super::exit;
use super::fill::Context;
use super::kind::options;
use super::model::{Dialog, Kind, ReaderName, Step};
use super::state::Frame;
use super::talk::Talk;
use super::value::{Residence, Signature, Value};
use crate::event::Millis;
use crate::text::bidi;
use crate::text::calendar::{Clock, Span, WorkingCalendar};
use crate::text::lang::Lang;
use crate::text::place::Region;
use crate::text::{clock, date, number};

/// A moment as a day in both calendars, in Riyadh.
pub fn day(at: Millis, lang: Lang) -> String {
    riyadh(at).map_or_else(String::new, |at| date::both(at.date_naive(), lang))
}

/// A moment as a time of day in Riyadh, «9 صباحًا».
pub fn hour(at: Millis, lang: Lang) -> String {
    let of_day = |at: DateTime<Tz>| Clock::new(at.hour() as u16, at.minute() as u16);
    riyadh(at)
        .and_then(of_day)
        .map_or_else(String::new, |of_day| clock::told(of_day, lang))
}

/// None: a moment that no calendar reaches.
pub(super) fn riyadh(at: Millis) -> Option<DateTime<Tz>> {
    Some(DateTime::<Utc>::from_timestamp_millis(at)?.with_timezone(&Riyadh))
}

/// The last four characters behind five dots; only dots when too little would be hidden.
pub fn masked(text: &str) -> String {
    let scalars: Vec<char> = text.chars().collect();
    match scalars.len() {
        0..=6 => "•••••".to_owned(),
        length => format!("•••••{}", scalars[length - 4..].iter().collect::<String>()),
    }
}

/// "a, b and c"; the Arabic comma and «و».
pub fn listed(items: &[String], lang: Lang) -> String {
    let (comma, and) = match lang {
        Lang::Ar => ("، ", " و"),
        Lang::En => (", ", " and "),
    };
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{}{and}{last}", first.join(comma)),
    }
}

/// A help line: number first, isolated so that it is not turned around.
pub(super) fn help_line(number: &str, title: &str) -> String {
    format!("{} {title}", bidi::ltr(number))
}

/// The working hours of a week such as that of a day (in Ramadan they may differ), a line for each run of days with the
/// same hours; empty when it never opens.
pub(super) fn hours(calendar: &WorkingCalendar, day: NaiveDate, lang: Lang) -> String {
    let week = &calendar.week_of(day).0;
    let mut lines = Vec::new();
    let mut day = 0;
    while day < week.len() {
        let run = week[day..]
            .iter()
            .take_while(|spans| **spans == week[day])
            .count();
        if !week[day].is_empty() {
            lines.push(format!(
                "{}: {}",
                days(day, day + run - 1, lang),
                spans(&week[day], lang)
            ));
        }
        day += run;
    }
    lines.join("\n")
}

fn days(first: usize, last: usize, lang: Lang) -> String {
    match first == last {
        true => weekday(first, lang).to_owned(),
        false => clock::until(weekday(first, lang), weekday(last, lang), lang),
    }
}

/// The name of a weekday, 0 for Sunday.
fn weekday(from_sunday: usize, lang: Lang) -> &'static str {
    // 4 January 1970 was a Sunday.
    let sunday = NaiveDate::from_ymd_opt(1970, 1, 4).unwrap_or_default();
    date::weekday(sunday + Days::new(from_sunday as u64), lang)
}

/// «من 8 صباحًا إلى 12 ظهرًا، ومن 4 عصرًا إلى 8 مساءً»
fn spans(spans: &[Span], lang: Lang) -> String {
    let one = |span: &Span| clock::span(span.from, span.to, lang);
    let spans: Vec<String> = spans.iter().map(one).collect();
    clock::and(&spans, lang)
}

/// All answers of a frame that count, numbered in the order of their steps, a line each.
pub(super) fn answers(talk: &Talk, dialog: &Dialog, frame: &Frame) -> String {
    let steps = exit::answered(talk, dialog, frame).into_iter().enumerate();
    let lines: Vec<String> = steps
        .filter_map(|(n, step)| {
            let given = frame.answers.get(&step.name)?;
            let value = answer(talk, dialog, step, &given.value);
            Some(format!(
                "{}. {}: {}",
                n + 1,
                talk.label(step),
                bidi::isolate(&value)
            ))
        })
        .collect();
    lines.join("\n")
}

/// A value as the person reads it, masked when its step is sensitive.
pub(super) fn answer(talk: &Talk, dialog: &Dialog, step: &Step, value: &Value) -> String {
    let shown = plain(talk, dialog, step, value);
    let is_sensitive = step
        .kind
        .question()
        .is_some_and(|question| question.sensitive);
    match (is_sensitive, value) {
        (true, Value::Text(_)) => shown,
        (
            true,
            Value::NationalId(_)
            | Value::OtherDocument(_)
            | Value::Iban(_)
            | Value::Phone(_)
            | Value::Email(_),
        ) => masked(&shown),
        (true | false, _) => shown,
    }
}

fn plain(talk: &Talk, dialog: &Dialog, step: &Step, value: &Value) -> String {
    let lang = talk.lang();
    match value {
        Value::Text(text) if is_here(step, text) => phrase(talk, "value.here"),
        Value::Text(text) | Value::OtherDocument(text) | Value::Email(text) => text.clone(),
        Value::NationalId(id) => id.clone(),
        Value::Phone(phone) => local(phone),
        Value::Iban(iban) => iban.clone(),
        Value::Date(date) => date::stated_words(&date.stated, lang),
        Value::Number(number) => number::format_number(*number, lang),
        Value::Money(halalas) => number::Money { halalas: *halalas }.format(lang),
        Value::Bool(true) => phrase(talk, "value.yes"),
        Value::Bool(false) => phrase(talk, "value.no"),
        Value::Option(name) => options::title(talk, dialog, step, name),
        Value::Options(names) => {
            let titles: Vec<String> = names
                .iter()
                .map(|name| options::title(talk, dialog, step, name))
                .collect();
            listed(&titles, lang)
        }
        Value::Rating(marks) => marks.to_string(),
        Value::Residence(residence) => place(talk, residence),
        Value::Files(files) => counted(talk, files.len()),
        Value::Voice(_) => phrase(talk, "value.voice"),
        Value::Signature(signature) => signed(talk, signature),
        Value::Later => phrase(talk, "value.later"),
        Value::Skipped => phrase(talk, "value.skipped"),
    }
}

/// A Saudi number as people write it, `05…`; others with their country.
fn local(e164: &str) -> String {
    let own = e164
        .strip_prefix("+966")
        .filter(|rest| rest.starts_with(['1', '5']));
    own.map_or_else(|| e164.to_owned(), |rest| format!("0{rest}"))
}

/// The means of contact that is this very talk.
pub(super) const HERE: &str = "here";

fn is_here(step: &Step, text: &str) -> bool {
    text == HERE && matches!(&step.kind, Kind::Ask(ask) if ask.read == ReaderName::ContactMeans)
}

fn place(talk: &Talk, residence: &Residence) -> String {
    let region = residence.region.as_deref().and_then(Region::from_code);
    let region = region.map(|region| match talk.lang() {
        Lang::Ar => region.ar().to_owned(),
        Lang::En => region.en().to_owned(),
    });
    let pin = residence.pin.map(|_| phrase(talk, "value.pin"));
    let words = residence
        .words
        .clone()
        .or_else(|| residence.short_address.clone());
    words.or(pin).or(region).unwrap_or_default()
}

fn signed(talk: &Talk, signature: &Signature) -> String {
    match signature {
        Signature::TypedName(name) => name.clone(),
        Signature::Voice(_) => phrase(talk, "value.signed_by_voice"),
        Signature::Scan(_) => phrase(talk, "value.signed_by_scan"),
    }
}

fn phrase(talk: &Talk, name: &str) -> String {
    filled(talk, name, &Context::default())
}

fn counted(talk: &Talk, count: usize) -> String {
    let mut context = Context::default();
    context.number("count", count as i64);
    filled(talk, "value.files", &context)
}

fn filled(talk: &Talk, name: &str, context: &Context) -> String {
    let text = talk.dialogs.phrases.get(name);
    text.and_then(|text| talk.dialogs.fill.fill(text, talk.lang(), context).ok())
        .unwrap_or_default()
}
