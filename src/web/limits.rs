//! How much one address may ask of the chat, and who is asking: the socket's address, or what a trusted
//! proxy says of it. Never applied to authenticated webhooks.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota};

use super::Site;
use super::budget::{BYTES_MAX, Budget, Share};
use super::wrong::Wrong;
use crate::config::TrustedProxy;

/// Posts of one address a minute. Mobile networks put hundreds of families behind one address, and a
/// person who answers quickly sends one in two seconds.
const POSTS_A_MINUTE: NonZeroU32 = NonZeroU32::new(600).expect("600 is not zero");

/// Posts at once before the rate counts: ten copies of one message in parallel are a bad network, not
/// an attack.
const POSTS_BURST: NonZeroU32 = NonZeroU32::new(120).expect("120 is not zero");

/// Reads of one address a minute: the page asks again after each message when events are held back.
const READS_A_MINUTE: NonZeroU32 = NonZeroU32::new(3_000).expect("3,000 is not zero");

/// Live lines of one address: families behind one address again, and several tabs each.
pub const LINES_MAX: usize = 500;

/// Uploads of one address at a time: a page sends one after the other.
pub const UPLOADS_MAX: usize = 8;

/// After so many addresses the counters of those that went quiet are thrown away.
const KEPT_MAX: usize = 20_000;

/// IPv6 gives every household a network of 64 bits: that is one address here.
const IPV6_NETWORK_BITS: u32 = 64;

/// The other end of the socket, put into every request by `serve`.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub SocketAddr);

/// The counters of one server.
pub struct Limits {
    posts: DefaultKeyedRateLimiter<IpAddr>,
    reads: DefaultKeyedRateLimiter<IpAddr>,
    lines: Arc<Mutex<HashMap<IpAddr, usize>>>,
    uploads: Arc<Mutex<HashMap<IpAddr, usize>>>,
    /// Bytes of files in memory, on the way in and on the way out.
    incoming: Budget,
    outgoing: Budget,
}

/// An upload on its way: its place, and its share of the memory.
pub struct Upload {
    pub share: Share,
    _seat: Seat,
}

impl Default for Limits {
    fn default() -> Limits {
        let posts = Quota::per_minute(POSTS_A_MINUTE).allow_burst(POSTS_BURST);
        Limits {
            posts: DefaultKeyedRateLimiter::keyed(posts),
            reads: DefaultKeyedRateLimiter::keyed(Quota::per_minute(READS_A_MINUTE)),
            lines: Arc::default(),
            uploads: Arc::default(),
            incoming: Budget::new(BYTES_MAX),
            outgoing: Budget::new(BYTES_MAX),
        }
    }
}

impl Limits {
    fn ask(&self, method: &Method, address: IpAddr) -> Result<(), Wrong> {
        let counter = match *method == Method::POST {
            true => &self.posts,
            false => &self.reads,
        };
        if counter.len() > KEPT_MAX {
            counter.retain_recent();
        }
        counter.check_key(&address).map_err(|until| {
            let wait = until.wait_time_from(DefaultClock::default().now());
            Wrong::Often(seconds_up(wait))
        })
    }

    /// A place among the live lines of an address; given back when dropped.
    pub fn line(&self, address: IpAddr) -> Result<Seat, Wrong> {
        Seat::take(&self.lines, address, LINES_MAX)
    }

    /// A place among the uploads of an address.
    pub fn upload(&self, address: IpAddr) -> Result<Upload, Wrong> {
        Ok(Upload {
            _seat: Seat::take(&self.uploads, address, UPLOADS_MAX)?,
            share: self.incoming.share(address),
        })
    }

    /// For the bytes of a file that an address is given.
    pub fn outgoing(&self, address: IpAddr) -> Share {
        self.outgoing.share(address)
    }
}

fn seconds_up(wait: Duration) -> u64 {
    wait.as_secs() + 1
}

/// One of a bounded number of places.
#[derive(Debug)]
pub struct Seat {
    taken: Arc<Mutex<HashMap<IpAddr, usize>>>,
    address: IpAddr,
}

impl Seat {
    fn take(
        taken: &Arc<Mutex<HashMap<IpAddr, usize>>>,
        address: IpAddr,
        most: usize,
    ) -> Result<Seat, Wrong> {
        let mut counts = taken.lock().unwrap_or_else(PoisonError::into_inner);
        let count = counts.entry(address).or_insert(0);
        if *count >= most {
            return Err(Wrong::Often(super::wrong::BUSY_RETRY_SECS));
        }
        *count += 1;
        Ok(Seat {
            taken: taken.clone(),
            address,
        })
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut counts = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = counts.get_mut(&self.address) {
            *count -= 1;
            if *count == 0 {
                counts.remove(&self.address);
            }
        }
    }
}

/// Puts [`Client`] into the request and counts it.
pub async fn count(State(site): State<Site>, mut request: Request, next: Next) -> Response {
    let address = client(&request, site.trusted_proxy());
    if let Err(wrong) = site.limits().ask(request.method(), address) {
        return wrong.into_response();
    }
    request.extensions_mut().insert(Client(address));
    next.run(request).await
}

/// Who is asking, as the counters see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Client(pub IpAddr);

fn client(request: &Request, trusted: &TrustedProxy) -> IpAddr {
    let peer = request
        .extensions()
        .get::<Peer>()
        .map_or(IpAddr::from([127, 0, 0, 1]), |peer| peer.0.ip());
    household(behind(peer, request.headers(), trusted))
}

/// The nearest hop that is no proxy of ours. What a stranger writes into the header is never believed.
fn behind(peer: IpAddr, headers: &HeaderMap, trusted: &TrustedProxy) -> IpAddr {
    let hops: Vec<&str> = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .collect();
    let mut nearest = peer.to_canonical();
    for hop in hops.iter().rev() {
        if !trusted.trusts(nearest) {
            break;
        }
        let Ok(address) = hop.parse::<IpAddr>() else {
            break;
        };
        nearest = address.to_canonical();
    }
    nearest
}

fn household(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(six) => {
            let network = six.to_bits() >> (128 - IPV6_NETWORK_BITS) << (128 - IPV6_NETWORK_BITS);
            IpAddr::V6(Ipv6Addr::from_bits(network))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_trusted_proxy_says_who_is_behind_it() {
        let trusted = TrustedProxy::read("10.0.0.0/8").unwrap();
        for (case, peer, header, expected) in [
            ("no proxy", "192.0.2.7", "", "192.0.2.7"),
            ("a liar", "192.0.2.7", "198.51.100.1", "192.0.2.7"),
            ("our proxy", "10.0.0.1", "198.51.100.1", "198.51.100.1"),
            (
                "a liar behind our proxy",
                "10.0.0.1",
                "203.0.113.9, 198.51.100.1",
                "198.51.100.1",
            ),
            (
                "two proxies of ours",
                "10.0.0.1",
                "198.51.100.1, 10.0.0.2",
                "198.51.100.1",
            ),
            ("nonsense", "10.0.0.1", "unknown", "10.0.0.1"),
            ("a household", "2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::"),
            ("a mapped address", "::ffff:192.0.2.7", "", "192.0.2.7"),
        ] {
            let mut headers = HeaderMap::new();
            if !header.is_empty() {
                headers.insert("x-forwarded-for", header.parse().unwrap());
            }
            let found = household(behind(peer.parse().unwrap(), &headers, &trusted));
            assert_eq!(found, expected.parse::<IpAddr>().unwrap(), "{case}");
        }
    }

    #[test]
    fn a_flood_of_one_address_is_slowed_and_others_are_not() {
        let limits = Limits::default();
        let (flooding, quiet) = (IpAddr::from([192, 0, 2, 1]), IpAddr::from([192, 0, 2, 2]));
        let refused = (0..POSTS_BURST.get() + 50)
            .filter(|_| limits.ask(&Method::POST, flooding).is_err())
            .count();
        assert!((45..=50).contains(&refused), "refused {refused}");
        assert_eq!(limits.ask(&Method::POST, quiet), Ok(()));
    }

    #[test]
    fn a_seat_is_given_back() {
        let limits = Limits::default();
        let address = IpAddr::from([192, 0, 2, 1]);
        let seats: Vec<_> = (0..UPLOADS_MAX)
            .map(|_| limits.upload(address).unwrap())
            .collect();
        assert!(limits.upload(address).is_err());
        drop(seats);
        assert!(limits.upload(address).is_ok());
    }
}
