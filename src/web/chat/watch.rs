//! Which conversations have a live line open, and how far each has come. Woken by the local bus and by
//! one poll a second over all of them together, so that ten thousand idle pages cost one question.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::broadcast::error::RecvError;
use tokio::sync::watch;
use tokio::time::MissedTickBehavior;

use crate::web::Site;
use crate::web::door::Head;

/// The guarantee below the hints (DESIGN section 7).
const POLL_SECS: u64 = 1;

/// Conversations asked about in one question.
const ASKED_MAX: usize = 1_000;

/// How far a conversation has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    pub last_seq: i64,
    pub hidden_to: i64,
}

#[derive(Default)]
pub struct Watch {
    marks: Mutex<HashMap<String, watch::Sender<Mark>>>,
}

impl Watch {
    /// Told of every change from now on.
    pub fn follow(&self, head: &Head) -> watch::Receiver<Mark> {
        let mut marks = self.lock();
        let sender = marks
            .entry(head.conversation.clone())
            .or_insert_with(|| watch::Sender::new(Mark::default()));
        move_to(sender, mark_of(head));
        sender.subscribe()
    }

    /// A hint: this conversation reached this seq.
    fn hint(&self, conversation: &str, seq: i64) {
        if let Some(sender) = self.lock().get(conversation) {
            let mark = *sender.borrow();
            let moved = Mark {
                last_seq: seq,
                ..mark
            };
            move_to(sender, moved);
        }
    }

    fn told(&self, head: &Head) {
        if let Some(sender) = self.lock().get(&head.conversation) {
            move_to(sender, mark_of(head));
        }
    }

    /// The followed ones; those that nobody follows any more are forgotten.
    fn followed(&self) -> Vec<String> {
        let mut marks = self.lock();
        marks.retain(|_, sender| sender.receiver_count() > 0);
        marks.keys().cloned().collect()
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, watch::Sender<Mark>>> {
        self.marks.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn mark_of(head: &Head) -> Mark {
    Mark {
        last_seq: head.last_seq,
        hidden_to: head.hidden_to,
    }
}

/// A seq only moves forward: an answer that was read earlier may arrive later.
fn move_to(sender: &watch::Sender<Mark>, mark: Mark) {
    sender.send_if_modified(|now| {
        let next = Mark {
            last_seq: now.last_seq.max(mark.last_seq),
            hidden_to: mark.hidden_to,
        };
        let moved = next != *now;
        *now = next;
        moved
    });
}

/// Runs while the server does.
pub async fn run(site: Site) {
    let mut hints = site.door().hints();
    let mut poll = tokio::time::interval(Duration::from_secs(POLL_SECS));
    poll.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            hint = hints.recv() => match hint {
                Ok(said) => site.watch().hint(&said.conversation, said.seq),
                // Too many at once, or nobody tells any more: the poll brings what was missed.
                Err(RecvError::Lagged(_)) => ask(&site).await,
                Err(RecvError::Closed) => return,
            },
            _ = poll.tick() => ask(&site).await,
        }
    }
}

async fn ask(site: &Site) {
    for conversations in site.watch().followed().chunks(ASKED_MAX) {
        // Not reached: the next second asks again, and `readyz` tells the operator.
        let heads = site.door().heads(conversations).await.unwrap_or_default();
        heads.iter().for_each(|head| site.watch().told(head));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(last_seq: i64, hidden_to: i64) -> Head {
        Head {
            conversation: "a".to_string(),
            last_seq,
            hidden_to,
        }
    }

    #[test]
    fn a_follower_hears_of_every_step_forward_and_of_no_step_back() {
        let watch = Watch::default();
        let mut line = watch.follow(&head(3, 0));
        assert_eq!(line.borrow_and_update().last_seq, 3);
        watch.hint("a", 5);
        assert!(line.has_changed().unwrap());
        assert_eq!(line.borrow_and_update().last_seq, 5);
        watch.told(&head(4, 0));
        assert!(!line.has_changed().unwrap());
        watch.told(&head(5, 5));
        assert_eq!(line.borrow_and_update().hidden_to, 5);
        watch.hint("b", 1);
        assert!(!line.has_changed().unwrap());
    }

    #[test]
    fn nobody_asks_about_a_conversation_that_nobody_follows() {
        let watch = Watch::default();
        let line = watch.follow(&head(1, 0));
        assert_eq!(watch.followed(), ["a"]);
        drop(line);
        assert!(watch.followed().is_empty());
    }
}
