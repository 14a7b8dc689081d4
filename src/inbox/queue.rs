//! The bounded queue before the writer: lanes drained in order of urgency. It never looks into an
//! entry, and never waits for more to come.

use std::collections::VecDeque;
use std::sync::Mutex;

use tokio::sync::Notify;

/// Entries waiting at once, over all lanes. At some 5,000 turns a second this is less than a second
/// of work; beyond it the platform is better told to come back.
pub const ENTRIES_MAX: usize = 4_096;

/// Entries of one transaction: enough to share a sync, few enough that nobody waits long for the rest.
pub const BATCH_MAX: usize = 256;

/// Rings take at most this part of a batch: after a long outage thousands are due at once, and people
/// who write must not wait behind them.
const RINGS_PART: usize = 4;

/// Every lane that waits gets at least this part of a batch, so that none starves behind the turns.
const FLOOR_PART: usize = 16;

/// How urgent an entry is, the most urgent first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    Turn,
    Mark,
    Act,
    Ring,
}

const LANES: usize = 4;

/// The queue holds [`ENTRIES_MAX`] already, or the house is closing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Full;

pub struct Queue<T> {
    inner: Mutex<Inner<T>>,
    arrived: Notify,
    limit: usize,
}

struct Inner<T> {
    lanes: [VecDeque<T>; LANES],
    closed: bool,
}

impl<T> Inner<T> {
    fn len(&self) -> usize {
        self.lanes.iter().map(VecDeque::len).sum()
    }
}

impl<T> Queue<T> {
    pub fn new(limit: usize) -> Queue<T> {
        Queue {
            inner: Mutex::new(Inner {
                lanes: Default::default(),
                closed: false,
            }),
            arrived: Notify::new(),
            limit,
        }
    }

    /// Puts entries in, all or none, so that a batch of a provider's never half arrives.
    pub fn push(&self, lane: Lane, entries: Vec<T>) -> Result<(), Full> {
        let mut inner = self.lock();
        if inner.closed || inner.len() + entries.len() > self.limit {
            return Err(Full);
        }
        inner.lanes[lane as usize].extend(entries);
        drop(inner);
        self.arrived.notify_one();
        Ok(())
    }

    /// What is waiting, at most `most` entries, as soon as there is any. `None` when the queue is
    /// closed and empty.
    pub async fn drain(&self, most: usize) -> Option<Vec<T>> {
        loop {
            let arrived = self.arrived.notified();
            {
                let mut inner = self.lock();
                let batch = take(&mut inner.lanes, most);
                if !batch.is_empty() {
                    return Some(batch);
                }
                if inner.closed {
                    return None;
                }
            }
            arrived.await;
        }
    }

    pub fn len(&self) -> usize {
        self.lock().len()
    }

    /// Nothing more comes in; what waits is still drained.
    pub fn close(&self) {
        self.lock().closed = true;
        self.arrived.notify_one();
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Inner<T>> {
        // A panic cannot leave the lanes half changed: every change is one call of VecDeque.
        self.inner
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// Turns first, then marks, acts and rings; rings at most a quarter, and a floor for each lane that waits.
fn take<T>(lanes: &mut [VecDeque<T>; LANES], most: usize) -> Vec<T> {
    let floor = most / FLOOR_PART;
    let mut batch = Vec::new();
    for at in 0..LANES {
        let kept_for_others: usize = lanes[at + 1..]
            .iter()
            .map(|lane| lane.len().min(floor))
            .sum();
        let mut room = most - batch.len() - kept_for_others.min(most - batch.len());
        if at == Lane::Ring as usize {
            room = room.min((most / RINGS_PART).max(1));
        }
        let count = room.min(lanes[at].len());
        batch.extend(lanes[at].drain(..count));
    }
    batch
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lanes(turns: usize, marks: usize, acts: usize, rings: usize) -> [VecDeque<Lane>; LANES] {
        [
            vec![Lane::Turn; turns].into(),
            vec![Lane::Mark; marks].into(),
            vec![Lane::Act; acts].into(),
            vec![Lane::Ring; rings].into(),
        ]
    }

    #[test]
    fn a_batch_takes_the_urgent_first_and_starves_nobody() {
        for (case, (turns, marks, acts, rings), expected) in [
            ("nothing waits", (0, 0, 0, 0), (0, 0, 0, 0)),
            ("all fits", (3, 2, 1, 4), (3, 2, 1, 4)),
            ("rings alone take a quarter", (0, 0, 0, 900), (0, 0, 0, 64)),
            ("turns alone take all", (900, 0, 0, 0), (256, 0, 0, 0)),
            (
                "turns leave a floor",
                (900, 900, 900, 900),
                (208, 16, 16, 16),
            ),
            (
                "a floor is not kept for nobody",
                (900, 0, 3, 0),
                (253, 0, 3, 0),
            ),
            ("rings fill what is free", (200, 0, 0, 900), (200, 0, 0, 56)),
        ] {
            let batch = take(&mut lanes(turns, marks, acts, rings), BATCH_MAX);
            let count = |lane| batch.iter().filter(|entry| **entry == lane).count();
            let found = (
                count(Lane::Turn),
                count(Lane::Mark),
                count(Lane::Act),
                count(Lane::Ring),
            );
            assert_eq!(found, expected, "{case}");
        }
    }

    #[test]
    fn a_batch_limit_of_one_still_moves() {
        let mut waiting = lanes(1, 0, 0, 1);
        assert_eq!(take(&mut waiting, 1), [Lane::Turn]);
        assert_eq!(take(&mut waiting, 1), [Lane::Ring]);
    }

    #[tokio::test]
    async fn a_full_queue_refuses_all_of_a_push_or_none() {
        let queue = Queue::new(3);
        assert_eq!(queue.push(Lane::Turn, vec![1, 2]), Ok(()));
        assert_eq!(queue.push(Lane::Turn, vec![3, 4]), Err(Full));
        assert_eq!(queue.push(Lane::Ring, vec![3]), Ok(()));
        assert_eq!(queue.drain(BATCH_MAX).await, Some(vec![1, 2, 3]));
        assert_eq!(queue.push(Lane::Turn, vec![5]), Ok(()));
    }

    #[tokio::test]
    async fn a_closed_queue_gives_what_it_holds_and_then_ends() {
        let queue = Queue::new(3);
        assert_eq!(queue.push(Lane::Turn, vec![1]), Ok(()));
        queue.close();
        assert_eq!(queue.push(Lane::Turn, vec![2]), Err(Full));
        assert_eq!(queue.drain(BATCH_MAX).await, Some(vec![1]));
        assert_eq!(queue.drain(BATCH_MAX).await, None);
    }

    #[tokio::test]
    async fn who_waits_is_woken_by_the_first_to_come() {
        let queue = std::sync::Arc::new(Queue::new(3));
        let waiting = tokio::spawn({
            let queue = queue.clone();
            async move { queue.drain(BATCH_MAX).await }
        });
        tokio::task::yield_now().await;
        assert_eq!(queue.push(Lane::Mark, vec![7]), Ok(()));
        assert_eq!(waiting.await.unwrap(), Some(vec![7]));
    }
}
