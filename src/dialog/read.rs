//! From words to a typed value, or the reason why not: which reader reads, with which bounds, and the phrase
//! that tells a person what to do. The reading itself is `text`'s.

mod amount;
mod contact;
mod day;
mod person;
mod place;

use super::kind::ask;
use super::model::{Ask, ReaderName};
use super::talk::Talk;
use super::value::{Flag, Residence, Value};
use crate::text::fold;
use crate::text::graphemes;
use crate::text::reference;

/// Characters of a free text when the step bounds none (Unicode scalars): some fifteen lines on a phone.
pub const FREE_TEXT_MOST: i64 = 2_000;
/// Characters of a document number (Unicode scalars): passports have nine, some cards up to twenty.
const DOCUMENT_SCALARS: std::ops::RangeInclusive<usize> = 4..=30;

/// A value that was read, with what staff should look at.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Read {
    pub value: Value,
    pub flags: Vec<Flag>,
}

/// What a reader made of words.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Reading {
    Good(Read),
    /// Probably mistyped: asked again, and taken when the very same comes a second time.
    Doubtful(Read, Reason),
    Bad(Reason),
}

/// Why something could not be read: a phrase, and what it may name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Reason {
    pub phrase: &'static str,
    pub number: Option<(&'static str, i64)>,
}

impl Reason {
    pub fn new(phrase: &'static str) -> Reason {
        Reason {
            phrase,
            number: None,
        }
    }

    /// A reason that names a number.
    pub fn counting(phrase: &'static str, name: &'static str, number: i64) -> Reason {
        Reason {
            phrase,
            number: Some((name, number)),
        }
    }
}

/// A value without anything to look at.
fn good(value: Value) -> Reading {
    flagged(value, Vec::new())
}

fn flagged(value: Value, flags: Vec<Flag>) -> Reading {
    Reading::Good(Read { value, flags })
}

fn bad(phrase: &'static str) -> Reading {
    Reading::Bad(Reason::new(phrase))
}

/// Reads words with the reader and the bounds of a step.
pub(super) fn read(talk: &Talk, step: &Ask, text: &str) -> Reading {
    match step.read {
        ReaderName::FullName => person::full_name(text),
        ReaderName::NationalId => person::national_id(text, &talk.dialogs.charity.accepted_ids),
        ReaderName::DocumentNumber => document_number(text),
        ReaderName::ContactMeans => contact::means(text),
        ReaderName::Phone => contact::phone(text),
        ReaderName::Email => contact::email(text),
        ReaderName::BirthDate => day::birth(text, talk.today()),
        ReaderName::ExpiryDate => day::expiry(text, talk.today()),
        ReaderName::Date => day::any(text, talk.today()),
        ReaderName::YesNo => bad("reader.yes_no.unclear"),
        ReaderName::Number => amount::number(text, step.least, step.most),
        ReaderName::Money => amount::money(text, step.least, step.most),
        ReaderName::Iban => amount::iban(text),
        ReaderName::Rating => amount::rating(text, ask::marks(step)),
        ReaderName::Reference => match reference::read(text) {
            Ok(reference) => good(Value::Text(reference.as_str().to_owned())),
            Err(_) => bad("reader.reference.invalid"),
        },
        ReaderName::LastFour => last_four(text),
        ReaderName::FreeText => free_text(text, step.least, step.most),
    }
}

/// Where somebody lives, in words or as a National Address.
pub(super) fn residence(text: &str) -> Result<Residence, Reason> {
    place::residence(text)
}

fn document_number(text: &str) -> Reading {
    let typed: String = fold::ascii_digits(&fold::clean(text))
        .split_whitespace()
        .collect();
    if !typed.chars().any(char::is_alphanumeric) {
        return bad("reader.document_number.empty");
    }
    match DOCUMENT_SCALARS.contains(&typed.chars().count()) {
        true => flagged(Value::OtherDocument(typed), vec![Flag::OtherDocument]),
        false => bad("reader.document_number.length"),
    }
}

fn last_four(text: &str) -> Reading {
    let digits = fold::compact(text);
    let is_four = digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit());
    match is_four {
        true => good(Value::Text(digits)),
        false => bad("reader.last_four.length"),
    }
}

fn free_text(text: &str, least: Option<i64>, most: Option<i64>) -> Reading {
    let typed = fold::clean(text);
    if graphemes::only_symbols(&typed) {
        return bad("reader.free_text.empty");
    }
    let length = typed.chars().count() as i64;
    let (least, most) = (least.unwrap_or(1), most.unwrap_or(FREE_TEXT_MOST));
    if length < least {
        return Reading::Bad(Reason::counting(
            "reader.free_text.too_short",
            "least",
            least,
        ));
    }
    if length > most {
        return Reading::Bad(Reason::counting("reader.free_text.too_long", "most", most));
    }
    good(Value::Text(typed))
}
