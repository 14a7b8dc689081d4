//! Ids: UUIDv7 as text, made from a time and given bytes, so that a turn run again makes the same
//! ids. It never reads a clock or a random number.

use crate::event::Millis;

/// The id for one moment and sixteen bytes (of which it keeps 74 bits).
pub fn at(moment: Millis, bytes: [u8; 16]) -> String {
    let mut tail = [0; 10];
    tail.copy_from_slice(&bytes[..10]);
    let moment = u64::try_from(moment).unwrap_or(0);
    uuid::Builder::from_unix_timestamp_millis(moment, &tail)
        .into_uuid()
        .to_string()
}

#[cfg(test)]
mod tests {
    #[test]
    fn ids_of_later_moments_sort_later_and_the_same_moment_and_bytes_give_the_same_id() {
        let early = super::at(1_000, [9; 16]);
        assert_eq!(early, super::at(1_000, [9; 16]));
        assert!(early < super::at(1_001, [0; 16]));
        assert_ne!(early, super::at(1_000, [8; 16]));
        assert_eq!(super::at(-5, [0; 16]).len(), 36);
    }
}
