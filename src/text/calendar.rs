//! The working calendar (placeholder until the room is merged).
#[derive(Clone, Debug)]
pub struct WorkingCalendar {}
