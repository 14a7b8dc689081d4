//! What the room holds as a whole.
