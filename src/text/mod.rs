//! Arabic and English text as people type it: folding, digits, numbers, dates in both calendars, identities, places, working hours.
//! Everything here is pure: no clock, no files, no randomness, and no reader ever panics.

pub mod address;
pub mod bidi;
pub mod calendar;
pub mod date;
pub mod email;
pub mod fold;
pub mod graphemes;
pub mod iban;
pub mod lang;
pub mod name;
pub mod national_id;
pub mod number;
pub mod phone;
pub mod place;
pub mod plural;
pub mod reference;
pub mod secret;
pub mod umm_al_qura;

mod month;
mod scan;
mod sealed;
mod word_number;

#[cfg(test)]
mod spread;

pub use month::weekday;
pub use scan::INPUT_SCALARS_MAX;
