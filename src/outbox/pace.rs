//! How fast a channel may be used: what we start keeps to the platform's overall rate, answers to a
//! burst for each person, and a channel that asked for rest gets it. Pure; time is given.

use std::collections::HashMap;

use crate::channel::Rates;
use crate::event::Millis;

/// Persons whose buckets are remembered; full buckets are forgotten first, since they say nothing.
const PERSONS_MAX: usize = 10_000;

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
    started: Bucket,
    persons: HashMap<String, Bucket>,
    rests_until: Millis,
}

impl Pace {
    pub fn new(rates: Rates, now: Millis) -> Pace {
        Pace {
            rates,
            started: Bucket::full(rates.started_per_second.max(1.0), now),
            persons: HashMap::new(),
            rests_until: 0,
        }
    }

    /// The channel asked for rest.
    pub fn rest(&mut self, until: Millis) {
        self.rests_until = self.rests_until.max(until);
    }

    pub fn rests(&self, now: Millis) -> bool {
        now < self.rests_until
    }

    /// Takes one message to `person` into account, or says when to try again.
    pub fn take(&mut self, person: &str, started_by_us: bool, now: Millis) -> Result<(), Millis> {
        if self.rests(now) {
            return Err(self.rests_until);
        }
        if started_by_us {
            self.take_started(now)
        } else {
            self.take_answer(person, now)
        }
    }

    fn take_started(&mut self, now: Millis) -> Result<(), Millis> {
        let rate = self.rates.started_per_second;
        self.started.fill(rate.max(1.0), rate, now);
        if let Some(at) = self.started.wait(rate, now) {
            return Err(at);
        }
        self.started.tokens -= 1.0;
        Ok(())
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
        let mut pace = Pace::new(RATES, 0);
        for _ in 0..3 {
            assert_eq!(pace.take("a", false, 0), Ok(()));
        }
        assert_eq!(pace.take("a", false, 0), Err(1_000));
        assert_eq!(pace.take("b", false, 0), Ok(()), "nobody waits for another");
        assert_eq!(pace.take("a", false, 1_000), Ok(()));
        assert_eq!(pace.take("a", false, 1_000), Err(2_000));
    }

    #[test]
    fn what_we_start_keeps_to_the_rate_of_the_whole_channel() {
        let mut pace = Pace::new(RATES, 0);
        assert_eq!(pace.take("a", true, 0), Ok(()));
        assert_eq!(pace.take("b", true, 0), Ok(()));
        assert_eq!(pace.take("c", true, 0), Err(500));
        assert_eq!(pace.take("c", false, 0), Ok(()), "answers are not held up");
        assert_eq!(pace.take("c", true, 500), Ok(()));
    }

    #[test]
    fn a_channel_rests_as_long_as_it_asked() {
        let mut pace = Pace::new(RATES, 0);
        pace.rest(5_000);
        pace.rest(3_000);
        assert_eq!(pace.take("a", false, 4_999), Err(5_000));
        assert_eq!(pace.take("a", false, 5_000), Ok(()));
    }

    #[test]
    fn a_clock_that_jumps_back_gives_nothing_for_nothing() {
        let mut pace = Pace::new(RATES, 10_000);
        for _ in 0..3 {
            assert_eq!(pace.take("a", false, 10_000), Ok(()));
        }
        assert!(pace.take("a", false, 5_000).is_err());
        assert_eq!(pace.take("a", false, 6_000), Ok(()));
    }
}
