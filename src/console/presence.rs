//! Which colleagues look at a conversation, and who writes in it: kept in memory for some seconds, heard from
//! other instances by a hint. It is never needed for anything.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use crate::event::Millis;
use crate::inbox::Felt;

/// How long somebody counts as looking after their page said so; pages say it more often.
const LOOKING_MILLIS: Millis = 45_000;
/// How long somebody counts as writing after a key.
const TYPING_MILLIS: Millis = 8_000;

/// When somebody was last seen looking, and writing.
#[derive(Clone, Copy, Default)]
struct Seen {
    looked: Millis,
    typed: Millis,
}

#[derive(Default)]
pub struct Presence {
    seen: Mutex<HashMap<(String, String), Seen>>,
}

impl Presence {
    pub fn note(&self, felt: &Felt, now: Millis) {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.retain(|_, one| one.looked + LOOKING_MILLIS > now);
        let one = seen
            .entry((felt.conversation.to_string(), felt.staff.to_string()))
            .or_default();
        one.looked = now;
        if felt.typing {
            one.typed = now;
        }
    }

    /// Who looks at a conversation, by id, and whether they write.
    pub fn of(&self, conversation: &str, now: Millis) -> Vec<(String, bool)> {
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let mut there: Vec<_> = seen
            .iter()
            .filter(|((of, _), one)| of == conversation && one.looked + LOOKING_MILLIS > now)
            .map(|((_, staff), one)| {
                (
                    staff.clone(),
                    one.typed > 0 && one.typed + TYPING_MILLIS > now,
                )
            })
            .collect();
        there.sort();
        there
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_looks_is_seen_for_a_while_and_who_writes_for_less() {
        let presence = Presence::default();
        let felt = |staff: &str, typing| Felt {
            conversation: "c".into(),
            staff: staff.into(),
            typing,
        };
        presence.note(&felt("huda", true), 1_000);
        presence.note(&felt("saad", false), 2_000);
        let there = |now| presence.of("c", now);
        assert_eq!(
            there(3_000),
            [("huda".into(), true), ("saad".into(), false)]
        );
        assert_eq!(
            there(20_000),
            [("huda".into(), false), ("saad".into(), false)]
        );
        assert_eq!(there(46_500), [("saad".into(), false)]);
        assert_eq!(presence.of("d", 3_000), []);
    }
}
