//! Fills texts with answers and facts; minijinja, strict, with fuel.
pub struct Filler {}
