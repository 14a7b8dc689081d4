//! The platform promises no order: what goes to one person leaves only when the message before it was sent,
//! by its status, or ten seconds later (DESIGN section 6). Whoever wrote in between has seen what they wanted.
//! Kept in memory alone: forgetting it costs order at worst, never a message.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::Instant;

use crate::channel::Took;
use crate::event::{Brought, Origin, What};

/// As long as the status of a message is waited for.
pub const WAIT: Duration = Duration::from_secs(10);

/// Persons and statuses that are remembered; a busy number sends 80 messages a second.
const REMEMBERED_MAX: usize = 4_000;

pub struct Order {
    wait: Duration,
    known: Mutex<Known>,
    news: Notify,
}

#[derive(Default)]
struct Known {
    /// By recipient: what left last.
    left: HashMap<String, Left>,
    /// Messages whose status came before our call returned.
    early: HashSet<String>,
    oldest: VecDeque<String>,
    /// How often the platform found us too fast for a person, in a row.
    hits: HashMap<String, u32>,
}

struct Left {
    id: String,
    at: Instant,
}

impl Default for Order {
    fn default() -> Order {
        Order {
            wait: WAIT,
            known: Mutex::default(),
            news: Notify::new(),
        }
    }
}

impl Order {
    fn known(&self) -> MutexGuard<'_, Known> {
        // What is in it is never half written.
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Resolves when the next message may leave to this person.
    pub async fn turn(&self, person: &str) {
        loop {
            let news = self.news.notified();
            let Some(until) = self
                .known()
                .left
                .get(person)
                .map(|left| left.at + self.wait)
            else {
                return;
            };
            tokio::pin!(news);
            if tokio::time::timeout_at(until, &mut news).await.is_err() {
                return;
            }
        }
    }

    /// A message left, under this id of the platform's.
    pub fn left(&self, person: &str, id: &str) {
        let mut known = self.known();
        known.hits.remove(person);
        if known.early.remove(id) {
            return;
        }
        if known.left.len() >= REMEMBERED_MAX {
            let now = Instant::now();
            known.left.retain(|_, left| left.at + self.wait > now);
        }
        let left = Left {
            id: id.to_owned(),
            at: Instant::now(),
        };
        known.left.insert(person.to_owned(), left);
    }

    /// The platform found us too fast for this person; gives how often before.
    pub fn hit(&self, person: &str) -> u32 {
        let mut known = self.known();
        if known.hits.len() >= REMEMBERED_MAX {
            known.hits.clear();
        }
        let hits = known.hits.entry(person.to_owned()).or_default();
        *hits += 1;
        *hits - 1
    }

    /// What a delivery says about messages of ours, and who wrote.
    pub fn heard(&self, took: &Took) {
        if took.brought.is_empty() {
            return;
        }
        let mut known = self.known();
        for brought in &took.brought {
            match brought {
                Brought::Receipt(receipt) => known.came(&receipt.provider_id),
                Brought::Said(event) => {
                    if let Origin::Address(address) = &event.from
                        && !matches!(event.what, What::Noted { .. })
                    {
                        known.left.remove(&address.id);
                        if let Some(also) = &event.also {
                            known.left.remove(also);
                        }
                    }
                }
                Brought::Reach(_) | Brought::Moved(_) | Brought::Strange(_) => {}
            }
        }
        drop(known);
        self.news.notify_waiters();
    }
}

impl Known {
    fn came(&mut self, id: &str) {
        let before = self.left.len();
        self.left.retain(|_, left| left.id != id);
        if self.left.len() == before && self.early.insert(id.to_owned()) {
            self.oldest.push_back(id.to_owned());
        }
        if self.oldest.len() > REMEMBERED_MAX
            && let Some(oldest) = self.oldest.pop_front()
        {
            self.early.remove(&oldest);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::{Reached, Receipt};

    fn sent(id: &str) -> Took {
        Took {
            brought: vec![Brought::Receipt(Receipt {
                channel: super::super::NAME.to_owned(),
                provider_id: id.to_owned(),
                reached: Reached::Sent,
                reason: None,
                at: 0,
            })],
            ..Took::default()
        }
    }

    fn waiting(wait: Duration) -> Order {
        Order {
            wait,
            ..Order::default()
        }
    }

    /// Where a wait for the time would never end.
    fn for_ever() -> Order {
        waiting(Duration::from_secs(1_000_000))
    }

    #[tokio::test]
    async fn the_next_leaves_when_the_one_before_was_sent() {
        let order = for_ever();
        order.turn("a").await;
        order.left("a", "w1");
        order.turn("b").await;
        let free = async {
            order.heard(&sent("other"));
            order.heard(&sent("w1"));
        };
        tokio::join!(order.turn("a"), free);
        order.turn("a").await;
    }

    #[tokio::test]
    async fn a_status_that_comes_before_the_call_returns_counts() {
        let order = for_ever();
        order.heard(&sent("w1"));
        order.left("a", "w1");
        order.turn("a").await;
    }

    #[tokio::test]
    async fn without_a_status_it_leaves_when_the_wait_is_over() {
        let order = waiting(Duration::from_millis(5));
        order.left("a", "w1");
        let before = Instant::now();
        order.turn("a").await;
        assert!(before.elapsed() >= Duration::from_millis(5));
    }

    #[test]
    fn whoever_is_hit_again_is_counted_until_a_message_leaves() {
        let order = Order::default();
        assert_eq!([order.hit("a"), order.hit("a"), order.hit("b")], [0, 1, 0]);
        order.left("a", "w1");
        assert_eq!(order.hit("a"), 0);
    }
}
