//! Names and numbers of identities, and the phrases for what is wrong with them.

use super::{Read, Reading, Reason, bad, flagged};
use crate::dialog::value::{Flag, Value};
use crate::text::name::{self, NameProblem};
use crate::text::national_id::{self, Holder, IdProblem, IdRead};

pub(super) fn full_name(text: &str) -> Reading {
    match name::read(text) {
        Ok(name) => {
            let flags = if name.under_four() {
                vec![Flag::ShortName]
            } else {
                Vec::new()
            };
            flagged(Value::Text(name.as_typed), flags)
        }
        Err(problem) => bad(match problem {
            NameProblem::Empty => "reader.full_name.empty",
            NameProblem::TooShort => "reader.full_name.one_word",
            NameProblem::TooLong => "reader.full_name.length",
            NameProblem::Digits | NameProblem::Url => "reader.full_name.characters",
            NameProblem::Symbols | NameProblem::OtherScript => "reader.full_name.characters",
        }),
    }
}

/// `accepted`: first digits of the numbers that the charity serves. A visitor's or Gulf citizen's number is
/// kept as another document.
pub(super) fn national_id(text: &str, accepted: &[char]) -> Reading {
    match national_id::read_any(text) {
        Ok(found) => of_holder(found, accepted),
        Err(problem) => Reading::Bad(reason(problem)),
    }
}

fn of_holder(found: IdRead, accepted: &[char]) -> Reading {
    let first = found.id.as_str().chars().next().unwrap_or_default();
    let number = found.id.as_str().to_owned();
    match found.holder {
        Holder::Citizen | Holder::Resident if accepted.contains(&first) => {
            checked(found, Value::NationalId(number))
        }
        Holder::VisitorOrGulf => flagged(Value::OtherDocument(number), vec![Flag::OtherDocument]),
        Holder::Entity => bad("reader.national_id.entity"),
        Holder::Citizen | Holder::Resident | Holder::Pilgrim | Holder::Border => {
            bad("reader.national_id.not_accepted")
        }
    }
}

fn checked(found: IdRead, value: Value) -> Reading {
    let flags = if found.weak {
        vec![Flag::Weak]
    } else {
        Vec::new()
    };
    match found.check_digit_ok {
        true => flagged(value, flags),
        false => Reading::Doubtful(
            Read { value, flags },
            Reason::new("reader.national_id.check_digit"),
        ),
    }
}

fn reason(problem: IdProblem) -> Reason {
    Reason::new(match problem {
        IdProblem::Length(count) => {
            return Reason::counting("reader.national_id.length", "count", count as i64);
        }
        IdProblem::Empty => "reader.national_id.empty",
        IdProblem::NotDigits => "reader.national_id.characters",
        IdProblem::TwoNumbers => "reader.national_id.two_numbers",
        IdProblem::Refused(Holder::Entity) => "reader.national_id.entity",
        IdProblem::OtherDocument | IdProblem::Refused(_) | IdProblem::FirstDigit => {
            "reader.national_id.not_accepted"
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Result<(Value, Vec<Flag>), &'static str> {
        match national_id(text, &['1', '2']) {
            Reading::Good(read) => Ok((read.value, read.flags)),
            Reading::Doubtful(_, reason) | Reading::Bad(reason) => Err(reason.phrase),
        }
    }

    #[test]
    fn each_kind_of_number_has_its_outcome() {
        let id = |number: &str| Value::NationalId(number.to_owned());
        let other = Value::OtherDocument("3000000012".to_owned());
        for (text, expected) in [
            ("1234567897", Ok((id("1234567897"), vec![]))),
            ("٢٤٥٦٧٨٩٠١١", Ok((id("2456789011"), vec![]))),
            (
                "رقم هويتي 1234 567 897 شكرا",
                Ok((id("1234567897"), vec![])),
            ),
            ("1111111116", Ok((id("1111111116"), vec![Flag::Weak]))),
            ("3000000012", Ok((other, vec![Flag::OtherDocument]))),
            ("1234567890", Err("reader.national_id.check_digit")),
            ("123456789", Err("reader.national_id.length")),
            ("7000000013", Err("reader.national_id.entity")),
            ("9000000001", Err("reader.national_id.not_accepted")),
            ("ما عندي", Err("reader.national_id.empty")),
        ] {
            let found = told(text);
            // Words without a number may be called empty or no digits: both ask for the number.
            if text == "ما عندي" {
                assert!(found.is_err(), "{text}");
                continue;
            }
            assert_eq!(found, expected, "{text}");
        }
        assert!(matches!(national_id("2456789011", &['1']), Reading::Bad(_)));
    }
}
