//! Encryption of values and objects, the blind index, and the keys of the evidence chains: one secret
//! key in, everything else derived. This room never stores anything and never logs a value.

pub mod secret;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac};
use sha2::Sha256;

use crate::config::SecretKey;

/// Bytes of the random nonce in front of every sealed value (XChaCha20: long enough to be random).
const NONCE_BYTES: usize = 24;

/// Characters of the key id in front of every sealed value.
const KEY_ID_CHARS: usize = 8;

/// Where a sealed value lives. It is bound to this place: a value moved to another row or column
/// does not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place<'a> {
    pub table: &'static str,
    pub row: &'a str,
    pub column: &'static str,
}

/// Why a value does not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unsealable {
    #[error("sealed under another secret key")]
    OtherKey,
    #[error("changed, moved or cut since it was sealed")]
    Broken,
}

/// All keys of one installation.
pub struct Seal {
    data: XChaCha20Poly1305,
    key_id: String,
    index: [u8; 32],
    chain: [u8; 32],
    fingerprint: String,
}

impl std::fmt::Debug for Seal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Seal(key {})", self.key_id)
    }
}

impl Seal {
    pub fn new(secret: &SecretKey) -> Seal {
        let data = derive(secret, "wasl data 1");
        Seal {
            data: XChaCha20Poly1305::new((&data).into()),
            key_id: hex(&derive(secret, "wasl key id 1")[..KEY_ID_CHARS / 2]),
            index: derive(secret, "wasl index 1"),
            chain: derive(secret, "wasl chain 1"),
            fingerprint: hex(&derive(secret, "wasl fingerprint 1")[..16]),
        }
    }

    /// Tells installations apart without telling anything about the key: 32 hexadecimal digits.
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// Seals text for one place: `key id.base64`.
    pub fn close(&self, place: Place<'_>, plain: &[u8]) -> String {
        let body = self.encrypt(&place.bytes(), plain);
        format!("{}.{}", self.key_id, BASE64.encode(body))
    }

    /// # Errors
    /// When the value was not sealed by this key for this very place.
    pub fn open(&self, place: Place<'_>, sealed: &str) -> Result<Vec<u8>, Unsealable> {
        let (key_id, body) = sealed.split_once('.').ok_or(Unsealable::Broken)?;
        if key_id != self.key_id {
            return Err(if key_id.len() == KEY_ID_CHARS && is_hex(key_id) {
                Unsealable::OtherKey
            } else {
                Unsealable::Broken
            });
        }
        let body = BASE64.decode(body).map_err(|_| Unsealable::Broken)?;
        self.decrypt(&place.bytes(), &body)
    }

    /// Like [`Seal::open`], for what was text when it was sealed.
    ///
    /// # Errors
    /// As [`Seal::open`].
    pub fn open_text(&self, place: Place<'_>, sealed: &str) -> Result<String, Unsealable> {
        String::from_utf8(self.open(place, sealed)?).map_err(|_| Unsealable::Broken)
    }

    /// Seals the bytes of an object whole, bound to its key.
    pub fn close_object(&self, key: &str, plain: &[u8]) -> Vec<u8> {
        let mut sealed = self.key_id.clone().into_bytes();
        sealed.extend(self.encrypt(&object(key), plain));
        sealed
    }

    /// # Errors
    /// When the bytes were not sealed by this key for this object.
    pub fn open_object(&self, key: &str, sealed: &[u8]) -> Result<Vec<u8>, Unsealable> {
        let (key_id, body) = sealed
            .split_at_checked(KEY_ID_CHARS)
            .ok_or(Unsealable::Broken)?;
        if key_id != self.key_id.as_bytes() {
            return Err(Unsealable::OtherKey);
        }
        self.decrypt(&object(key), body)
    }

    /// The keyed hash by which a value is looked up without being readable: 43 characters. `kind`
    /// keeps equal values of different columns apart.
    pub fn index(&self, kind: &str, value: &str) -> String {
        BASE64.encode(self.digest(kind, value))
    }

    /// The bytes of [`Seal::index`], for tokens that are shown in another form.
    pub fn digest(&self, kind: &str, value: &str) -> [u8; 32] {
        mac(&self.index, &[kind.as_bytes(), value.as_bytes()])
    }

    /// A digest that only a holder of the secret key can make, over parts that cannot run into one
    /// another: 43 characters.
    pub fn vouch(&self, parts: &[&[u8]]) -> String {
        BASE64.encode(mac(&self.chain, parts))
    }

    fn encrypt(&self, place: &[u8], plain: &[u8]) -> Vec<u8> {
        let mut nonce = [0; NONCE_BYTES];
        rand::fill(&mut nonce);
        let payload = Payload {
            msg: plain,
            aad: place,
        };
        let body = self
            .data
            .encrypt(&XNonce::from(nonce), payload)
            .expect("XChaCha20-Poly1305 fails only beyond 256 GB, and our limits end far below");
        [&nonce[..], &body].concat()
    }

    fn decrypt(&self, place: &[u8], body: &[u8]) -> Result<Vec<u8>, Unsealable> {
        let (nonce, body) = body
            .split_first_chunk::<NONCE_BYTES>()
            .ok_or(Unsealable::Broken)?;
        let payload = Payload {
            msg: body,
            aad: place,
        };
        self.data
            .decrypt(&XNonce::from(*nonce), payload)
            .map_err(|_| Unsealable::Broken)
    }
}

/// The key for one purpose.
fn derive(secret: &SecretKey, purpose: &str) -> [u8; 32] {
    mac(secret.expose(), &[purpose.as_bytes()])
}

impl Place<'_> {
    fn bytes(&self) -> Vec<u8> {
        [self.table, self.row, self.column].join("\0").into_bytes()
    }
}

fn object(key: &str) -> Vec<u8> {
    ["object", key, "bytes"].join("\0").into_bytes()
}

/// HMAC-SHA256 over the parts, each behind its length.
fn mac(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
    for part in parts {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn is_hex(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: Place<'static> = Place {
        table: "item",
        row: "case-1",
        column: "value",
    };

    fn seal() -> Seal {
        keyed("the first key of an invented charity")
    }

    fn keyed(text: &str) -> Seal {
        Seal::new(&SecretKey::read(text).unwrap())
    }

    #[test]
    fn a_sealed_value_opens_only_at_its_place_under_its_key_and_unchanged() {
        let sealed = seal().close(HERE, "سارة".as_bytes());
        let other = keyed("the other key of an invented charity");
        let cut = &sealed[..sealed.len() - 1];
        let mut turned = sealed.clone().into_bytes();
        let last = turned.len() - 5;
        turned[last] = if turned[last] == b'A' { b'B' } else { b'A' };
        let turned = String::from_utf8(turned).unwrap();
        let row = Place {
            row: "case-2",
            ..HERE
        };
        let column = Place {
            column: "label",
            ..HERE
        };
        let table = Place {
            table: "message",
            ..HERE
        };
        for (case, opened, expected) in [
            (
                "as it was",
                seal().open_text(HERE, &sealed),
                Ok("سارة".to_owned()),
            ),
            (
                "in another row",
                seal().open_text(row, &sealed),
                Err(Unsealable::Broken),
            ),
            (
                "in another column",
                seal().open_text(column, &sealed),
                Err(Unsealable::Broken),
            ),
            (
                "in another table",
                seal().open_text(table, &sealed),
                Err(Unsealable::Broken),
            ),
            (
                "another key",
                other.open_text(HERE, &sealed),
                Err(Unsealable::OtherKey),
            ),
            ("cut", seal().open_text(HERE, cut), Err(Unsealable::Broken)),
            (
                "one character turned",
                seal().open_text(HERE, &turned),
                Err(Unsealable::Broken),
            ),
            ("empty", seal().open_text(HERE, ""), Err(Unsealable::Broken)),
            (
                "plain",
                seal().open_text(HERE, "سارة"),
                Err(Unsealable::Broken),
            ),
        ] {
            assert_eq!(opened, expected, "{case}");
        }
    }

    #[test]
    fn the_same_value_never_looks_the_same_twice() {
        assert_ne!(seal().close(HERE, b"x"), seal().close(HERE, b"x"));
    }

    #[test]
    fn an_object_opens_only_under_its_own_name() {
        let sealed = seal().close_object("a", b"bytes");
        for (case, key, bytes, expected) in [
            ("as it was", "a", &sealed[..], Ok(b"bytes".to_vec())),
            ("renamed", "b", &sealed[..], Err(Unsealable::Broken)),
            ("cut", "a", &sealed[..20], Err(Unsealable::Broken)),
            ("empty", "a", &[][..], Err(Unsealable::Broken)),
            ("foreign", "a", &[b'x'; 60][..], Err(Unsealable::OtherKey)),
        ] {
            assert_eq!(seal().open_object(key, bytes), expected, "{case}");
        }
    }

    #[test]
    fn the_index_is_stable_and_tells_kinds_and_keys_apart() {
        let index = seal().index("id", "1000000008");
        assert_eq!(index, seal().index("id", "1000000008"));
        assert_ne!(index, seal().index("phone", "1000000008"));
        let other = keyed("the other key of an invented charity");
        assert_ne!(index, other.index("id", "1000000008"));
        assert!(!index.contains("1000000008"));
    }

    #[test]
    fn parts_of_a_voucher_cannot_run_into_one_another() {
        assert_ne!(seal().vouch(&[b"ab", b"c"]), seal().vouch(&[b"a", b"bc"]));
    }
}
