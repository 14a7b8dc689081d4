//! Whether a request comes from the platform: the handshake of a new address, and the signature over every
//! body. Comparisons take the same time whatever is wrong.

use axum::http::HeaderMap;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;

const HEADER: &str = "x-hub-signature-256";
const SCHEME: &str = "sha256=";

/// Whether the body carries the signature of whoever knows the app's secret.
pub fn signed(headers: &HeaderMap, body: &[u8], secret: &str) -> bool {
    let given = headers
        .get(HEADER)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix(SCHEME))
        .and_then(bytes);
    let (Some(given), Ok(mac)) = (given, Hmac::<Sha256>::new_from_slice(secret.as_bytes())) else {
        return false;
    };
    mac.chain_update(body).verify_slice(&given).is_ok()
}

/// Hexadecimal as bytes.
pub fn bytes(hex: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> = hex
        .chars()
        .map(|digit| digit.to_digit(16).and_then(|four| u8::try_from(four).ok()))
        .collect();
    let digits = digits.filter(|digits| digits.len() % 2 == 0)?;
    Some(
        digits
            .chunks(2)
            .map(|pair| pair[0] << 4 | pair[1])
            .collect(),
    )
}

/// What the handshake wants to hear back. None: it knows no secret of ours, or lacks a part.
pub fn challenge(query: &str, token: &str) -> Option<String> {
    // Only the query is read; the rest of the address stands for one.
    let address = reqwest::Url::parse(&format!("http://wasl.invalid/?{query}")).ok()?;
    let value = |name: &str| {
        let mut pairs = address.query_pairs();
        pairs.find_map(|(key, value)| (key == name).then(|| value.into_owned()))
    };
    let same = bool::from(
        value("hub.verify_token")?
            .as_bytes()
            .ct_eq(token.as_bytes()),
    );
    (value("hub.mode")? == "subscribe" && same)
        .then(|| value("hub.challenge"))
        .flatten()
        .filter(|challenge| !challenge.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "app-secret-for-tests";

    fn headers(signature: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(HEADER, signature.parse().unwrap());
        headers
    }

    #[test]
    fn the_raw_bytes_are_signed_and_nothing_else() {
        let escaped = r#"{"n":"\u0633\u0627\u0631\u0629"}"#;
        let empty = r#"{"object":"whatsapp_business_account","entry":[]}"#;
        let of_empty = "1ca363dab318df784e1963b29dca91e2098e6cf2fbf0d3c14e09580a90684a61";
        let of_escaped = "33e48fdea7a4287c91f1dd8a25c1bc56620bade41103ffd0977a5fc4ddae69d6";
        let of_plain = "cc66d1bbb87610735a46f0a3dd51f416897a8958692bba7505658b241c02b219";
        for (case, body, signature, genuine) in [
            (
                "an empty delivery",
                empty,
                format!("sha256={of_empty}"),
                true,
            ),
            (
                "escapes as they came",
                escaped,
                format!("sha256={of_escaped}"),
                true,
            ),
            (
                "plain letters",
                "{\"n\":\"سارة\"}",
                format!("sha256={of_plain}"),
                true,
            ),
            (
                "letters for escapes",
                escaped,
                format!("sha256={of_plain}"),
                false,
            ),
            (
                "capitals",
                empty,
                format!("sha256={}", of_empty.to_uppercase()),
                true,
            ),
            ("another scheme", empty, format!("sha1={of_empty}"), false),
            ("no scheme", empty, of_empty.to_owned(), false),
            (
                "cut off",
                empty,
                format!("sha256={}", &of_empty[..62]),
                false,
            ),
            (
                "half a byte",
                empty,
                format!("sha256={}", &of_empty[..63]),
                false,
            ),
            ("no hexadecimal", empty, "sha256=zz".to_owned(), false),
            ("nothing", empty, String::new(), false),
        ] {
            let headers = headers(&signature);
            assert_eq!(signed(&headers, body.as_bytes(), SECRET), genuine, "{case}");
        }
        assert!(!signed(&HeaderMap::new(), empty.as_bytes(), SECRET));
        let right = headers(&format!("sha256={of_empty}"));
        assert!(!signed(&right, empty.as_bytes(), "another secret"));
    }

    #[test]
    fn a_handshake_needs_all_its_parts() {
        for (case, query, expected) in [
            (
                "whole",
                "hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=a%20b%26c",
                Some("1158201444"),
            ),
            (
                "another token",
                "hub.mode=subscribe&hub.challenge=1&hub.verify_token=other",
                None,
            ),
            ("no token", "hub.mode=subscribe&hub.challenge=1", None),
            (
                "no challenge",
                "hub.mode=subscribe&hub.verify_token=a%20b%26c",
                None,
            ),
            (
                "an empty challenge",
                "hub.mode=subscribe&hub.challenge=&hub.verify_token=a%20b%26c",
                None,
            ),
            (
                "another mode",
                "hub.mode=unsubscribe&hub.challenge=1&hub.verify_token=a%20b%26c",
                None,
            ),
            (
                "no mode",
                "hub.challenge=1&hub.verify_token=a%20b%26c",
                None,
            ),
            ("nothing", "", None),
        ] {
            assert_eq!(challenge(query, "a b&c").as_deref(), expected, "{case}");
        }
    }
}
