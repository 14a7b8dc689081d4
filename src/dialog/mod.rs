//! What to say next: pure, total, without clock, database or randomness (STYLE section 4).

mod alarm;
mod answer;
pub mod casework;
pub mod check;
mod cond;
mod control;
pub mod draw;
mod edit;
pub mod exit;
mod faq;
pub mod faq_file;
mod fetched;
mod file;
pub mod files;
pub mod fill;
pub mod finding;
pub mod form;
pub mod hours_file;
mod kind;
pub mod learned;
mod link;
pub mod load;
mod mend;
mod migrate;
pub mod model;
pub mod near;
pub mod order;
mod pending;
pub mod phrase;
mod press;
mod printed;
pub mod processing;
mod rang;
pub mod read;
pub mod record;
pub mod render;
pub mod schema;
pub mod shown;
mod staff;
pub mod state;
mod step;
pub mod story;
mod talk;
pub mod turn;
pub mod value;
mod words;
pub mod yaml;

#[cfg(test)]
mod tests;

pub use step::step;
