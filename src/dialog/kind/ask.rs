//! `ask`: one typed answer, read by the reader that the step names.

use super::question;
use super::{Said, Taken};
use crate::dialog::model::{Ask, ReaderName, Step, Text};
use crate::dialog::read::{self, Read, Reading, Reason};
use crate::dialog::shown;
use crate::dialog::talk::Talk;
use crate::dialog::value::{Flag, Given, Value};
use crate::dialog::words;
use crate::reply::{Choice, Wants};
use crate::text::fold;

/// Marks of a rating when the file bounds none.
const RATING_LEAST: i64 = 1;
const RATING_MOST: i64 = 5;

pub(in crate::dialog) fn ask(talk: &mut Talk, step: &Step, ask: &Ask) {
    if !question::say(talk, step, &ask.question) {
        put(talk, step, ask);
    }
}

pub(in crate::dialog) fn put(talk: &mut Talk, _step: &Step, ask: &Ask) {
    let choices = choices(talk, ask);
    question::put(talk, &ask.question, choices, wants(ask.read), false);
}

/// Buttons for answers that need no typing.
fn choices(talk: &mut Talk, ask: &Ask) -> Vec<Choice> {
    match ask.read {
        ReaderName::YesNo => {
            let (yes, no) = (talk.title("yes"), talk.title("no"));
            vec![talk.choice("yes", yes, None), talk.choice("no", no, None)]
        }
        ReaderName::Rating => {
            let (least, most) = marks(ask);
            // With words the best stands first; bare numbers are counted up.
            let up = (least..=most)
                .map(|mark| talk.choice(&mark.to_string(), title(talk, ask, mark), None));
            match ask.marks.is_empty() {
                true => up.collect(),
                false => up.rev().collect(),
            }
        }
        ReaderName::ContactMeans => {
            let here = talk.title("here");
            vec![talk.choice(question::HERE, here, None)]
        }
        ReaderName::FullName | ReaderName::NationalId | ReaderName::DocumentNumber => Vec::new(),
        ReaderName::Phone | ReaderName::Email | ReaderName::BirthDate | ReaderName::ExpiryDate => {
            Vec::new()
        }
        ReaderName::Date | ReaderName::Number | ReaderName::Money | ReaderName::Iban => Vec::new(),
        ReaderName::Reference | ReaderName::LastFour | ReaderName::FreeText => Vec::new(),
    }
}

pub(in crate::dialog) fn marks(ask: &Ask) -> (i64, i64) {
    (
        ask.least.unwrap_or(RATING_LEAST),
        ask.most.unwrap_or(RATING_MOST),
    )
}

/// A mark as its button shows it: `5 ممتازة`, or the number alone.
fn title(talk: &Talk, ask: &Ask, mark: i64) -> String {
    let (least, _) = marks(ask);
    let word = usize::try_from(mark - least).ok();
    match word.and_then(|at| ask.marks.get(at)) {
        Some(word) => format!("{mark} {}", word.source(talk.lang())),
        None => mark.to_string(),
    }
}

/// The mark whose word, or whose whole button, was typed.
fn by_word(ask: &Ask, text: &str) -> Option<Value> {
    let (least, _) = marks(ask);
    let said = |word: &Text, mark: i64| {
        [&word.ar, &word.en]
            .into_iter()
            .any(|word| words::same(text, word) || words::same(text, &format!("{mark} {word}")))
    };
    let mut found = ask.marks.iter().zip(least..);
    let (_, mark) = found.find(|(word, mark)| said(word, *mark))?;
    u8::try_from(mark).ok().map(Value::Rating)
}

fn wants(read: ReaderName) -> Option<Wants> {
    Some(match read {
        ReaderName::FullName
        | ReaderName::DocumentNumber
        | ReaderName::Iban
        | ReaderName::Reference => Wants::Text,
        ReaderName::NationalId | ReaderName::Number | ReaderName::Money | ReaderName::LastFour => {
            Wants::Number
        }
        ReaderName::ContactMeans => Wants::Contact,
        ReaderName::Phone => Wants::Phone,
        ReaderName::Email => Wants::Email,
        ReaderName::BirthDate | ReaderName::ExpiryDate | ReaderName::Date => Wants::Date,
        ReaderName::FreeText => Wants::LongText,
        ReaderName::YesNo | ReaderName::Rating => return None,
    })
}

pub(in crate::dialog) fn take(talk: &mut Talk, step: &Step, ask: &Ask, said: Said) -> Taken {
    match said {
        Said::Pick(option) => pick(talk, ask, option),
        Said::Text(text) => text_of(talk, step, ask, text),
        Said::File(_) => Taken::again("file.not_here"),
        Said::Pin(..) => Taken::again("location.not_here"),
        Said::Card(phones) => card(talk, step, ask, phones),
    }
}

fn pick(talk: &mut Talk, ask: &Ask, option: &str) -> Taken {
    let value = match (ask.read, option) {
        (ReaderName::YesNo, "yes") => Some(Value::Bool(true)),
        (ReaderName::YesNo, "no") => Some(Value::Bool(false)),
        (ReaderName::ContactMeans, question::HERE) => Some(Value::Text(shown::HERE.to_owned())),
        (ReaderName::Rating, mark) => rating(ask, mark),
        _ => None,
    };
    match value {
        Some(value) => Taken::Answer(talk.given(value)),
        None => Taken::again("old.unknown"),
    }
}

fn rating(ask: &Ask, mark: &str) -> Option<Value> {
    let (least, most) = marks(ask);
    let mark: u8 = mark.parse().ok()?;
    (least..=most)
        .contains(&i64::from(mark))
        .then_some(Value::Rating(mark))
}

fn text_of(talk: &mut Talk, step: &Step, ask: &Ask, text: &str) -> Taken {
    if let Some(value) = by_label(talk, ask, text) {
        return Taken::Answer(talk.given(value));
    }
    match read::read(talk, ask, text) {
        Reading::Good(read) => Taken::Answer(keep(talk, step, read)),
        Reading::Doubtful(read, reason) => doubtful(talk, step, text, read, reason),
        Reading::Bad(reason) => Taken::Again(Some(reason)),
    }
}

/// The label or number of one of the buttons, typed.
fn by_label(talk: &mut Talk, ask: &Ask, text: &str) -> Option<Value> {
    match ask.read {
        ReaderName::YesNo => {
            let (yes, no) = (talk.title("yes"), talk.title("no"));
            let number = words::number(text);
            let said_yes =
                number == Some(1) || words::same(text, &yes) || words::is_yes(talk, text);
            let said_no = number == Some(2) || words::same(text, &no) || words::is_no(talk, text);
            (said_yes != said_no).then_some(Value::Bool(said_yes))
        }
        ReaderName::ContactMeans => {
            let here = talk.title("here");
            let is_here = words::number(text) == Some(1) || words::nearly(text, &here);
            (is_here || words::control(talk, &fold::fold(text)) == Some("here"))
                .then(|| Value::Text(shown::HERE.to_owned()))
        }
        ReaderName::Rating => by_word(ask, text),
        _ => None,
    }
}

/// A number whose check digit fails is taken when the very same comes a second time.
fn doubtful(talk: &mut Talk, step: &Step, text: &str, read: Read, reason: Reason) -> Taken {
    let typed = fold::compact(text);
    let again = talk
        .frame()
        .is_some_and(|frame| frame.last_try.as_ref() == Some(&typed));
    if !again {
        if let Some(frame) = talk.frame_mut() {
            frame.last_try = Some(typed);
        }
        return Taken::Again(Some(reason));
    }
    let label = talk.label(step);
    talk.phrase_with("accepted_unverified", |context| {
        context.text("label", &label)
    });
    let mut given = keep(talk, step, read);
    given.flags.push(Flag::Unverified);
    Taken::Answer(given)
}

/// The answer; what could be read two ways is read back.
fn keep(talk: &mut Talk, step: &Step, read: Read) -> Given {
    let mut given = talk.given(read.value);
    given.flags = read.flags;
    if given.flags.contains(&Flag::Ambiguous) {
        let (label, value) = question::label_and_value(talk, step, &given.value);
        talk.phrase_with("read_back", |context| {
            context.text("label", &label);
            context.text("value", &value);
        });
    }
    given
}

/// A contact card answers where a phone does, whoever's it is.
fn card(talk: &mut Talk, step: &Step, ask: &Ask, phones: &[String]) -> Taken {
    if !matches!(ask.read, ReaderName::Phone | ReaderName::ContactMeans) {
        return Taken::again("contact.not_here");
    }
    let mut distinct: Vec<&String> = phones.iter().collect();
    distinct.sort();
    distinct.dedup();
    match distinct[..] {
        [] => Taken::again("contact.no_phone"),
        [phone] => text_of(talk, step, ask, phone),
        _ => Taken::again("contact.which"),
    }
}

pub(in crate::dialog) fn fits(ask: &Ask, value: &Value) -> bool {
    match (ask.read, value) {
        (ReaderName::YesNo | ReaderName::Rating, Value::Voice(_)) => false,
        (ReaderName::Reference | ReaderName::LastFour, Value::Voice(_)) => false,
        (_, Value::Voice(_)) => true,
        (
            ReaderName::FullName | ReaderName::FreeText | ReaderName::ContactMeans,
            Value::Text(_),
        ) => true,
        (ReaderName::Reference | ReaderName::LastFour, Value::Text(_)) => true,
        (ReaderName::NationalId, Value::NationalId(_) | Value::OtherDocument(_)) => true,
        (ReaderName::DocumentNumber, Value::OtherDocument(_)) => true,
        (ReaderName::ContactMeans | ReaderName::Phone, Value::Phone(_)) => true,
        (ReaderName::ContactMeans | ReaderName::Email, Value::Email(_)) => true,
        (ReaderName::BirthDate | ReaderName::ExpiryDate | ReaderName::Date, Value::Date(_)) => true,
        (ReaderName::YesNo, Value::Bool(_)) => true,
        (ReaderName::Number, Value::Number(_)) => true,
        (ReaderName::Money, Value::Money(_)) => true,
        (ReaderName::Iban, Value::Iban(_)) => true,
        (ReaderName::Rating, Value::Rating(_)) => true,
        // `status` may take a reference from a choice of own cases under the same name.
        (ReaderName::Reference, Value::Option(_)) => true,
        _ => false,
    }
}
