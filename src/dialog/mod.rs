//! What to say next: pure, total, without clock, database or randomness (STYLE section 4).

pub mod fill;
pub mod finding;
pub mod model;
pub mod phrase;
pub mod shown;
pub mod state;
pub mod turn;
pub mod value;
