//! How fast a channel may be used by this process: answers keep to a burst for each person, a channel that
//! asked for rest gets it, and one that fails again and again is left alone and then tried with one message.
//! Pure; time is given. What we start is paced over all instances, by the table `line`.

use std::collections::HashMap;

use crate::channel::Rates;
use crate::event::Millis;

/// Persons whose buckets are remembered; full buckets are forgotten first, since they say nothing.
const PERSONS_MAX: usize = 10_000;

/// Failures in a row, of the channel and of nobody's address, after which it is left alone: more than bad luck.
const BREAK_AFTER: u32 = 5;

/// How long it is left alone first; doubles with every try that fails, up to [`BREAK_MOST_MILLIS`].
const BREAK_MILLIS: Millis = 15_000;

/// A provider that comes back must not be found asleep for longer.
const BREAK_MOST_MILLIS: Millis = 300_000;

/// A bucket that fills by time and is emptied by messages.
#[derive(Clone, Copy, Debug)]
struct Bucket {
    tokens: f64,
    at: Millis,
}

impl Bucket {
    fn full(size: f64, now: Millis) -> Bucket {
        Bucket {
            tokens: size,
            at: now,
        }
    }

    fn fill(&mut self, size: f64, per_second: f64, now: Millis) {
        // A clock that jumps back fills nothing and takes nothing.
        let elapsed = (now - self.at).max(0) as f64 / 1_000.0;
        self.tokens = (self.tokens + elapsed * per_second).min(size);
        self.at = now;
    }

    /// When there will be a whole token, if there is none now.
    fn wait(&self, per_second: f64, now: Millis) -> Option<Millis> {
        (self.tokens < 1.0)
            .then(|| now + (((1.0 - self.tokens) / per_second) * 1_000.0).ceil() as Millis)
    }
}

/// The pace of one channel in this process.
pub struct Pace {
    rates: Rates,
    persons: HashMap<String, Bucket>,
    rests_until: Millis,
    failures: u32,
}

impl Pace {
    pub fn new(rates: Rates) -> Pace {
        Pace {
            rates,
            persons: HashMap::new(),
            rests_until: 0,
            failures: 0,
        }
    }

    /// The channel asked for rest.
    pub fn rest(&mut self, until: Millis) {
        self.rests_until = self.rests_until.max(until);
    }

    pub fn rests(&self, now: Millis) -> bool {
        now < self.rests_until
    }

    /// The channel itself failed: until when it is left alone, if it is by now.
    pub fn failed(&mut self, now: Millis) -> Option<Millis> {
        // What was on the wire beside the one that was once too much says nothing new.
        if self.rests(now) {
            return None;
        }
        self.failures += 1;
        let beyond = self.failures.checked_sub(BREAK_AFTER)?;
        let wait = (BREAK_MILLIS << beyond.min(10)).min(BREAK_MOST_MILLIS);
        self.rest(now + wait);
        Some(now + wait)
    }

    /// A message left; whether that is news.
    pub fn worked(&mut self) -> bool {
        let broken = self.failures >= BREAK_AFTER;
        self.failures = 0;
        broken
    }

    /// How many messages may be on the wire: one, to see whether a channel that failed works again.
    pub fn room(&self, at_once: usize) -> usize {
        match self.failures >= BREAK_AFTER {
            true => 1,
            false => at_once,
        }
    }

    /// Takes one message to `person` into account, or says when to try again.
    pub fn take(&mut self, person: &str, started_by_us: bool, now: Millis) -> Result<(), Millis> {
        if self.rests(now) {
            return Err(self.rests_until);
        }
        match started_by_us {
            true => Ok(()),
            false => self.take_answer(person, now),
        }
    }

    fn take_answer(&mut self, person: &str, now: Millis) -> Result<(), Millis> {
        self.forget_the_full(now);
        let (burst, rate) = (self.rates.person_burst, self.rates.person_per_second);
        let bucket = self
            .persons
            .entry(person.to_owned())
            .or_insert_with(|| Bucket::full(burst, now));
        bucket.fill(burst, rate, now);
        if let Some(at) = bucket.wait(rate, now) {
            return Err(at);
        }
        bucket.tokens -= 1.0;
        Ok(())
    }

    fn forget_the_full(&mut self, now: Millis) {
        if self.persons.len() < PERSONS_MAX {
            return;
        }
        let (burst, rate) = (self.rates.person_burst, self.rates.person_per_second);
        self.persons.retain(|_, bucket| {
            bucket.fill(burst, rate, now);
            bucket.tokens < burst
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATES: Rates = Rates {
        started_per_second: 2.0,
        person_burst: 3.0,
        person_per_second: 1.0,
        at_once: 16,
    };

    #[test]
    fn answers_to_one_person_come_in_a_burst_and_then_one_by_one() {
        let mut pace = Pace::new(RATES);
        for _ in 0..3 {
            assert_eq!(pace.take("a", false, 0), Ok(()));
        }
        assert_eq!(pace.take("a", false, 0), Err(1_000));
        assert_eq!(pace.take("b", false, 0), Ok(()), "nobody waits for another");
        assert_eq!(pace.take("a", false, 1_000), Ok(()));
        assert_eq!(pace.take("a", false, 1_000), Err(2_000));
    }

    #[test]
    fn a_channel_that_fails_again_and_again_is_left_alone_and_then_tried_with_one() {
        let mut pace = Pace::new(RATES);
        for _ in 0..4 {
            assert_eq!(pace.failed(0), None);
        }
        assert_eq!((pace.room(16), pace.rests(0)), (16, false));
        assert_eq!(pace.failed(0), Some(15_000));
        assert_eq!(pace.failed(1), None, "it was on the wire before");
        assert_eq!((pace.rests(14_999), pace.rests(15_000)), (true, false));
        assert_eq!(pace.room(16), 1);
        assert_eq!(pace.failed(15_000), Some(45_000));
        for _ in 0..9 {
            let until = pace.rests_until;
            assert!(pace.failed(until).unwrap() <= until + BREAK_MOST_MILLIS);
        }
        assert!(pace.worked());
        assert_eq!((pace.room(16), pace.worked()), (16, false));
    }

    #[test]
    fn a_channel_rests_as_long_as_it_asked() {
        let mut pace = Pace::new(RATES);
        pace.rest(5_000);
        pace.rest(3_000);
        assert_eq!(pace.take("a", false, 4_999), Err(5_000));
        assert_eq!(pace.take("a", false, 5_000), Ok(()));
    }

    #[test]
    fn a_clock_that_jumps_back_gives_nothing_for_nothing() {
        let mut pace = Pace::new(RATES);
        for _ in 0..3 {
            assert_eq!(pace.take("a", false, 10_000), Ok(()));
        }
        assert!(pace.take("a", false, 5_000).is_err());
        assert_eq!(pace.take("a", false, 6_000), Ok(()));
    }
}
