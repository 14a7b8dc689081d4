//! How many bytes of files lie in memory at a time, over all addresses together and of one: without it as
//! many people as there are could each hold a whole file there.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::body::Bytes;

use super::wrong::{BUSY_RETRY_SECS, Wrong};

/// Eight of the largest files, or forty photos as phones send them, on their way at one time. While a file is
/// sealed it lies there twice: 256 MiB at worst, which the smallest servers on offer (1 GiB) can give.
pub const BYTES_MAX: usize = 128 * 1024 * 1024;

/// Nobody alone shuts the door to everybody else.
const OF_ONE_PART: usize = 2;

/// A limit and what is taken of it.
pub struct Budget {
    most: usize,
    taken: Arc<Mutex<Taken>>,
}

#[derive(Default)]
struct Taken {
    all: usize,
    of: HashMap<IpAddr, usize>,
}

impl Budget {
    pub fn new(most: usize) -> Budget {
        Budget {
            most,
            taken: Arc::default(),
        }
    }

    /// A share for an address, with nothing in it yet.
    pub fn share(&self, address: IpAddr) -> Share {
        Share {
            most: self.most,
            taken: self.taken.clone(),
            address,
            bytes: 0,
        }
    }
}

/// Bytes of one file; given back when dropped.
pub struct Share {
    most: usize,
    taken: Arc<Mutex<Taken>>,
    address: IpAddr,
    bytes: usize,
}

impl Share {
    /// Takes so many more.
    ///
    /// # Errors
    /// `Busy` when all are taken, `Often` when this address has its part of them already.
    pub fn grow(&mut self, bytes: usize) -> Result<(), Wrong> {
        let mut taken = lock(&self.taken);
        if taken.all + bytes > self.most {
            return Err(Wrong::Busy);
        }
        let own = taken.of.entry(self.address).or_default();
        if *own + bytes > self.most / OF_ONE_PART {
            return Err(Wrong::Often(BUSY_RETRY_SECS));
        }
        *own += bytes;
        taken.all += bytes;
        self.bytes += bytes;
        Ok(())
    }

    /// These bytes, with the share bound to them: it is given back once they have been sent.
    pub fn around(self, bytes: Bytes) -> Bytes {
        Bytes::from_owner(Held {
            bytes,
            _share: self,
        })
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        let mut taken = lock(&self.taken);
        taken.all -= self.bytes;
        let left = taken.of.get_mut(&self.address).map_or(0, |own| {
            *own -= self.bytes;
            *own
        });
        if left == 0 {
            taken.of.remove(&self.address);
        }
    }
}

fn lock(taken: &Mutex<Taken>) -> MutexGuard<'_, Taken> {
    taken.lock().unwrap_or_else(PoisonError::into_inner)
}

struct Held {
    bytes: Bytes,
    _share: Share,
}

impl AsRef<[u8]> for Held {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 1));
    const TWO: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 2));
    const THREE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 3));

    #[test]
    fn one_address_never_takes_everything_and_all_together_no_more_than_there_is() {
        let budget = Budget::new(100);
        let mut first = budget.share(ONE);
        assert_eq!(first.grow(50), Ok(()));
        assert_eq!(first.grow(1), Err(Wrong::Often(BUSY_RETRY_SECS)));
        let mut second = budget.share(TWO);
        assert_eq!(second.grow(30), Ok(()));
        let mut third = budget.share(THREE);
        assert_eq!(third.grow(21), Err(Wrong::Busy));
        assert_eq!(third.grow(20), Ok(()));
        drop(first);
        assert_eq!(third.grow(30), Ok(()));
        assert_eq!(budget.share(ONE).grow(20), Ok(()));
        drop((second, third));
        let taken = lock(&budget.taken);
        assert_eq!((taken.all, taken.of.len()), (0, 0));
    }

    #[test]
    fn a_share_lives_as_long_as_its_bytes() {
        let budget = Budget::new(100);
        let mut share = budget.share(ONE);
        share.grow(50).unwrap();
        let bytes = share.around(Bytes::from_static(b"x"));
        let part = bytes.slice(..);
        drop(bytes);
        assert!(budget.share(ONE).grow(1).is_err());
        drop(part);
        assert!(budget.share(ONE).grow(1).is_ok());
    }
}
