//! What to say next: pure, total, without clock, database or randomness (STYLE section 4).

pub mod check;
pub mod files;
pub mod fill;
pub mod finding;
pub mod load;
pub mod model;
pub mod near;
pub mod phrase;
pub mod render;
pub mod shown;
pub mod state;
pub mod story;
pub mod turn;
pub mod value;
pub mod yaml;
