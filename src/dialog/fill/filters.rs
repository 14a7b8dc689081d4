//! The filters that a text may use: counted nouns, isolates, dates, masks, lists. They give text only.

use minijinja::value::Kwargs;
use minijinja::{Environment, Error, ErrorKind, State, Value};

use super::is_missing;
use crate::text::bidi;
use crate::text::lang::Lang;
use crate::text::plural::{Plural, category};

/// Adds every filter of [`super::FILTERS`].
pub(super) fn add(env: &mut Environment<'static>) {
    env.add_filter("plural", plural);
    env.add_filter("isolate", isolate);
    env.add_filter("date", date);
    env.add_filter("time", time);
    env.add_filter("masked", masked);
    env.add_filter("list", list);
    env.add_filter("length", length);
}

/// The forms of a counted noun, `#` standing for the number; Arabic has six, English `one` and `other`.
const FORMS: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// `{{ n | plural(one="وثيقة واحدة", two="وثيقتان", few="# وثائق", many="# وثيقة", other="# وثيقة") }}`; a form
/// that is not given is `other`, which must be.
fn plural(state: &State, count: Value, forms: Kwargs) -> Result<Value, Error> {
    let other: String = forms.get("other")?;
    let mut given: Vec<(&str, Option<String>)> = Vec::new();
    for form in FORMS {
        given.push((form, forms.get(form)?));
    }
    forms.assert_all_used()?;
    if is_missing(&count) {
        return Ok(count);
    }
    let number = count_of(&count)?;
    let wanted = form(category(number, lang(state)));
    let found = given
        .into_iter()
        .find(|(form, _)| *form == wanted)
        .and_then(|(_, text)| text);
    Ok(Value::from(
        found.unwrap_or(other).replace('#', &number.to_string()),
    ))
}

fn count_of(value: &Value) -> Result<u64, Error> {
    let number = u64::try_from(value.clone()).ok();
    number
        .or_else(|| value.len().map(|len| len as u64))
        .ok_or_else(|| wrong("plural counts a number or a list"))
}

/// The name of a form, as the keywords of the filter say it.
fn form(category: Plural) -> &'static str {
    match category {
        Plural::Zero => "zero",
        Plural::One => "one",
        Plural::Two => "two",
        Plural::Few => "few",
        Plural::Many => "many",
        Plural::Other => "other",
    }
}

/// Keeps a name or number from turning its neighbours around: FSI … PDI.
fn isolate(value: Value) -> Value {
    on_text(value, bidi::isolate)
}

/// A moment as a day in both calendars, in Riyadh.
fn date(state: &State, at: Value) -> Result<Value, Error> {
    on_moment(at, |at| super::super::shown::day(at, lang(state)))
}

/// A moment as a time of day, in Riyadh.
fn time(state: &State, at: Value) -> Result<Value, Error> {
    on_moment(at, |at| super::super::shown::hour(at, lang(state)))
}

fn on_moment(at: Value, show: impl Fn(i64) -> String) -> Result<Value, Error> {
    if is_missing(&at) {
        return Ok(at);
    }
    let millis = i64::try_from(at)
        .map_err(|_| wrong("date and time take a moment, such as `answer_from`"))?;
    Ok(Value::from(show(millis)))
}

/// The last four characters behind dots.
fn masked(value: Value) -> Value {
    on_text(value, super::super::shown::masked)
}

/// "a, b and c" in the language of the text.
fn list(state: &State, items: Value) -> Result<Value, Error> {
    if is_missing(&items) {
        return Ok(items);
    }
    let items: Vec<String> = items.try_iter()?.map(|item| item.to_string()).collect();
    Ok(Value::from(super::super::shown::listed(
        &items,
        lang(state),
    )))
}

fn length(value: Value) -> Result<Value, Error> {
    if is_missing(&value) {
        return Ok(value);
    }
    value
        .len()
        .map(Value::from)
        .ok_or_else(|| wrong("only a list or a text has a length"))
}

fn on_text(value: Value, make: impl Fn(&str) -> String) -> Value {
    if is_missing(&value) {
        return value;
    }
    Value::from(make(&value.to_string()))
}

fn lang(state: &State) -> Lang {
    match state.lookup("lang") {
        Some(value) if value.as_str() == Some("en") => Lang::En,
        _ => Lang::Ar,
    }
}

fn wrong(what: &'static str) -> Error {
    Error::new(ErrorKind::InvalidOperation, what)
}
