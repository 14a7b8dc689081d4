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

/// A colleague looks at a conversation, or writes in it. Never kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Felt {
    pub conversation: Arc<str>,
    /// A member of staff, by id.
    pub staff: Arc<str>,
    pub typing: bool,
}

impl Felt {
    /// How other instances hear of it.
    pub fn notice(&self) -> String {
        let how = if self.typing { "typing" } else { "here" };
        format!("felt {} {} {how}", self.conversation, self.staff)
    }

    /// What another instance told; None of anything else.
    pub fn read(notice: &str) -> Option<Felt> {
        let mut words = notice.strip_prefix("felt ")?.split(' ');
        let (conversation, staff) = (words.next()?, words.next()?);
        Some(Felt {
            conversation: conversation.into(),
            staff: staff.into(),
            typing: words.next()? == "typing",
        })
    }
}

#[derive(Clone)]
pub struct Bus {
    hints: broadcast::Sender<Said>,
    felt: broadcast::Sender<Felt>,
}

impl Default for Bus {
    fn default() -> Bus {
        Bus {
            hints: broadcast::Sender::new(HINTS_MAX),
            felt: broadcast::Sender::new(HINTS_MAX),
        }
    }
}

impl Bus {
    /// All hints from now on.
    pub fn listen(&self) -> broadcast::Receiver<Said> {
        self.hints.subscribe()
    }

    /// Who looks at what, from now on.
    pub fn feelings(&self) -> broadcast::Receiver<Felt> {
        self.felt.subscribe()
    }

    pub fn feel(&self, felt: Felt) {
        let _ = self.felt.send(felt);
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

    #[test]
    fn what_one_instance_feels_another_reads() {
        let felt = Felt {
            conversation: "c".into(),
            staff: "huda".into(),
            typing: true,
        };
        assert_eq!(Felt::read(&felt.notice()), Some(felt));
        assert_eq!(Felt::read("0199c82c:7"), None);
        assert_eq!(Felt::read("felt c"), None);
    }

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
