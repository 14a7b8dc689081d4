//! Tells whoever listens in this process that a conversation has something new. A hint that may be
//! lost; never the only way to learn of it.

use std::sync::Arc;

use tokio::sync::broadcast;

/// Hints kept for a slow listener; one that falls further behind reads the history anyway.
const HINTS_MAX: usize = 4_096;

/// Messages up to `seq` of this conversation are committed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    pub conversation: Arc<str>,
    pub seq: i64,
}

#[derive(Clone)]
pub struct Bus {
    hints: broadcast::Sender<Said>,
}

impl Default for Bus {
    fn default() -> Bus {
        Bus {
            hints: broadcast::Sender::new(HINTS_MAX),
        }
    }
}

impl Bus {
    /// All hints from now on.
    pub fn listen(&self) -> broadcast::Receiver<Said> {
        self.hints.subscribe()
    }

    pub fn tell(&self, conversation: &str, seq: i64) {
        // Nobody listening is no error.
        let _ = self.hints.send(Said {
            conversation: conversation.into(),
            seq,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn every_listener_hears_every_hint() {
        let bus = Bus::default();
        bus.tell("before", 1);
        let (mut one, mut two) = (bus.listen(), bus.listen());
        bus.tell("after", 2);
        for ear in [&mut one, &mut two] {
            let said = ear.recv().await.unwrap();
            assert_eq!((&*said.conversation, said.seq), ("after", 2));
        }
    }
}
