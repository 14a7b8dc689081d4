//! Arabic and English text as people type it: folding, digits, numbers, dates in both calendars, identities, places, working hours.
//! Everything here is pure: no clock, no files, no randomness, and no reader ever panics.

pub mod address;
pub mod article;
pub mod bidi;
pub mod calendar;
pub mod canned;
pub mod clock;
pub mod date;
pub mod distance;
pub mod email;
pub mod fold;
pub mod foreign;
pub mod graphemes;
pub mod iban;
pub mod lang;
pub mod link_code;
pub mod name;
pub mod national_id;
pub mod number;
pub mod ordinal;
pub mod phone;
pub mod place;
pub mod plural;
pub mod reference;
pub mod secret;
pub mod umm_al_qura;

mod amount;
mod calendar_file;
mod date_reader;
mod month;
mod scan;
mod sealed;
mod word_number;

#[cfg(test)]
mod calendar_tests;
#[cfg(test)]
mod date_tests;
#[cfg(test)]
mod spread;

pub use scan::INPUT_SCALARS_MAX;

#[cfg(test)]
mod tests {
    use super::*;

    /// Whoever sends fifty thousand characters waits no longer than others: no reader looks at one place again and again.
    #[test]
    fn hostile_lengths_are_read_in_good_time() {
        let today = chrono::NaiveDate::from_ymd_opt(2026, 1, 4).unwrap();
        for piece in [
            "1",
            "1 ",
            "1a",
            "SA03 ",
            "A ",
            "(",
            "\u{0651}",
            "ا",
            "خمسة و",
            "رمز 1234 ",
            "1098765439 ",
            "+966 5",
            "@a.b ",
            "😀",
            "\u{200F}",
            "ﷺ",
        ] {
            let text = piece.repeat(50_000 / piece.chars().count());
            let _ = (
                fold::tokens(&text),
                fold::clean(&text),
                secret::redact(&text),
                lang::detect(&text),
            );
            let _ = (
                graphemes::split_sentences(&text, 1_000),
                graphemes::only_symbols(&text),
                graphemes::cut(&text, 500),
            );
            let _ = (
                national_id::read(&text),
                phone::read(&text),
                iban::read(&text),
                email::read(&text),
                name::read(&text),
            );
            let _ = (
                date::read(&text, today),
                number::read_integer(&text, 0, 9),
                number::read_money(&text),
                reference::read(&text),
            );
            let _ = (
                place::Region::of_place(&text),
                place::Pin::read(&text),
                address::ShortAddress::read(&text),
            );
        }
    }
}
