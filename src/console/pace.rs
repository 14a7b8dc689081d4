//! How often anybody may try to sign in: a pace for each address and each name, and never a lock, which would let a
//! stranger shut out a member of staff.

use std::hash::Hash;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::time::Duration;

use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota};

use super::wrong::Wrong;

const fn count(n: u32) -> NonZeroU32 {
    NonZeroU32::new(n).expect("a pace is more than nothing")
}

/// Tries of one address: an office of twenty behind one comes in at eight in the morning.
const ADDRESS_BURST: NonZeroU32 = count(40);
const ADDRESS_A_MINUTE: NonZeroU32 = count(20);
/// Tries for one name from one address: who mistypes tries three times, and then looks it up.
const PAIR_BURST: NonZeroU32 = count(6);
const PAIR_A_MINUTE: NonZeroU32 = count(4);
/// Tries for one name from everywhere: 14,400 a day against twelve characters.
const NAME_BURST: NonZeroU32 = count(30);
const NAME_A_MINUTE: NonZeroU32 = count(10);
/// Codes for one account: of a million, three are right at any moment.
const CODE_BURST: NonZeroU32 = count(5);
const CODE_A_MINUTE: NonZeroU32 = count(2);
/// After so many keys those that went quiet are thrown away.
const KEPT_MAX: usize = 10_000;

pub struct Pace {
    addresses: DefaultKeyedRateLimiter<IpAddr>,
    pairs: DefaultKeyedRateLimiter<(IpAddr, String)>,
    names: DefaultKeyedRateLimiter<String>,
    codes: DefaultKeyedRateLimiter<String>,
}

impl Default for Pace {
    fn default() -> Pace {
        Pace {
            addresses: limiter(ADDRESS_A_MINUTE, ADDRESS_BURST),
            pairs: limiter(PAIR_A_MINUTE, PAIR_BURST),
            names: limiter(NAME_A_MINUTE, NAME_BURST),
            codes: limiter(CODE_A_MINUTE, CODE_BURST),
        }
    }
}

fn limiter<K: Clone + Hash + Eq>(
    a_minute: NonZeroU32,
    burst: NonZeroU32,
) -> DefaultKeyedRateLimiter<K> {
    DefaultKeyedRateLimiter::keyed(Quota::per_minute(a_minute).allow_burst(burst))
}

impl Pace {
    /// One try of a password.
    ///
    /// # Errors
    /// The seconds to wait.
    pub fn password(&self, address: IpAddr, name: &str) -> Result<(), Wrong> {
        ask(&self.addresses, &address)?;
        ask(&self.pairs, &(address, name.to_string()))?;
        ask(&self.names, &name.to_string())
    }

    /// One try of a link or of anything else that a stranger may ask.
    ///
    /// # Errors
    /// The seconds to wait.
    pub fn address(&self, address: IpAddr) -> Result<(), Wrong> {
        ask(&self.addresses, &address)
    }

    /// One try of a code.
    ///
    /// # Errors
    /// The seconds to wait.
    pub fn code(&self, staff: &str) -> Result<(), Wrong> {
        ask(&self.codes, &staff.to_string())
    }
}

fn ask<K: Clone + Hash + Eq>(limiter: &DefaultKeyedRateLimiter<K>, key: &K) -> Result<(), Wrong> {
    if limiter.len() > KEPT_MAX {
        limiter.retain_recent();
    }
    limiter.check_key(key).map_err(|until| {
        let wait: Duration = until.wait_time_from(DefaultClock::default().now());
        Wrong::Often(wait.as_secs() + 1)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guessing_is_slowed_and_nobody_else_is_shut_out() {
        let pace = Pace::default();
        let (stranger, own) = (IpAddr::from([192, 0, 2, 1]), IpAddr::from([192, 0, 2, 2]));
        let tried = (0..30).filter(|_| pace.password(stranger, "huda").is_ok());
        assert_eq!(tried.count(), 6);
        assert_eq!(
            pace.password(own, "huda"),
            Ok(()),
            "from another address at once"
        );
        let codes = (0..20).filter(|_| pace.code("id").is_ok()).count();
        assert_eq!(codes, 5);
        assert!(matches!(pace.code("id"), Err(Wrong::Often(1..=31))));
    }
}
