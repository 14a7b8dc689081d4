//! Arabic text, numbers, dates, identities: pure functions, no clock, no files.

pub mod calendar;
pub mod date;
pub mod lang;
