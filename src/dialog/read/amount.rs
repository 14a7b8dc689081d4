//! Numbers, money, IBANs and ratings, and the phrases for what is wrong with them.

use super::{Reading, Reason, bad, good};
use crate::dialog::value::Value;
use crate::text::iban::{self, IbanProblem};
use crate::text::number::{self, NumberProblem, RIYALS_MAX};

/// Halalas in a riyal: bounds are written in riyals.
const HALALAS: i64 = 100;

pub(super) fn number(text: &str, least: Option<i64>, most: Option<i64>) -> Reading {
    match number::read_integer(text, i64::MIN, i64::MAX) {
        Ok(read) => bounded(read, least.unwrap_or(0), most.unwrap_or(i64::MAX))
            .unwrap_or(good(Value::Number(read))),
        Err(problem) => bad(phrase(problem)),
    }
}

pub(super) fn money(text: &str, least: Option<i64>, most: Option<i64>) -> Reading {
    match number::read_money(text) {
        Ok(money) => {
            let riyals = money.halalas / HALALAS;
            let within = bounded(riyals, least.unwrap_or(0), most.unwrap_or(RIYALS_MAX));
            within.unwrap_or(good(Value::Money(money.halalas)))
        }
        Err(problem) => bad(phrase(problem)),
    }
}

/// What is wrong with a number outside its bounds.
fn bounded(number: i64, least: i64, most: i64) -> Option<Reading> {
    if number < least {
        return Some(Reading::Bad(Reason::counting(
            "reader.number.too_small",
            "least",
            least,
        )));
    }
    (number > most).then(|| Reading::Bad(Reason::counting("reader.number.too_big", "most", most)))
}

fn phrase(problem: NumberProblem) -> &'static str {
    match problem {
        NumberProblem::Empty | NumberProblem::NotNumber | NumberProblem::Currency => {
            "reader.number.empty"
        }
        NumberProblem::OutOfRange => "reader.number.empty",
        NumberProblem::Fraction => "reader.number.not_whole",
        NumberProblem::TwoNumbers => "reader.number.two_numbers",
    }
}

pub(super) fn rating(text: &str, (least, most): (i64, i64)) -> Reading {
    let read = number::read_integer(text, least, most).ok();
    match read.and_then(|marks| u8::try_from(marks).ok()) {
        Some(marks) => good(Value::Rating(marks)),
        None => bad("reader.rating.out_of_range"),
    }
}

pub(super) fn iban(text: &str) -> Reading {
    match iban::read(text) {
        Ok(iban) => good(Value::Iban(iban.as_str().to_owned())),
        Err(problem) => match problem {
            IbanProblem::Length(count) => Reading::Bad(Reason::counting(
                "reader.iban.length",
                "count",
                count as i64,
            )),
            IbanProblem::Empty => bad("reader.iban.empty"),
            IbanProblem::Country => bad("reader.iban.country"),
            IbanProblem::CheckDigits => bad("reader.iban.check_digits"),
            IbanProblem::Chars | IbanProblem::TwoNumbers => bad("reader.iban.characters"),
        },
    }
}
