//! The types that settings are read into, each with the one way to get a good one. They read text and
//! nothing else.

use std::fmt;
use std::net::{IpAddr, SocketAddr};

use secrecy::{ExposeSecret, SecretBox, SecretString};
use sha2::{Digest, Sha256};

/// What is wrong with a value and how to mend it. Never repeats the value of a secret.
#[derive(Debug, PartialEq, Eq)]
pub struct Bad {
    pub what: String,
    pub remedy: String,
}

pub fn bad(what: impl Into<String>, remedy: impl Into<String>) -> Bad {
    Bad {
        what: what.into(),
        remedy: remedy.into(),
    }
}

/// The address under which people reach us: scheme and host, without a slash at the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl {
    origin: String,
}

impl PublicUrl {
    pub fn read(text: &str) -> Result<PublicUrl, Bad> {
        let remedy = "Write it as https://chat.example.org, without a path";
        let text = text.trim().trim_end_matches('/');
        let rest = text
            .strip_prefix("https://")
            .or_else(|| text.strip_prefix("http://"))
            .ok_or_else(|| bad("is no web address", remedy))?;
        if rest.contains(['/', '?', '#', '@']) || rest.chars().any(char::is_whitespace) {
            return Err(bad("has more than scheme, host and port", remedy));
        }
        let uri: axum::http::Uri = text.parse().map_err(|_| bad("is no web address", remedy))?;
        match uri.host() {
            Some(host) if !host.is_empty() => Ok(PublicUrl {
                origin: text.to_lowercase(),
            }),
            _ => Err(bad("names no host", remedy)),
        }
    }

    /// The address of a server that listens here, for the machine itself.
    pub fn of(listen: SocketAddr) -> PublicUrl {
        let origin = match listen.ip() {
            ip if ip.is_unspecified() => format!("http://localhost:{}", listen.port()),
            _ => format!("http://{listen}"),
        };
        PublicUrl { origin }
    }

    /// `scheme://host[:port]`, exactly what a browser sends as `Origin`.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    pub fn is_https(&self) -> bool {
        self.origin.starts_with("https://")
    }

    /// Only this very machine can be meant.
    pub fn is_loopback(&self) -> bool {
        let host = self.origin.split("://").nth(1).unwrap_or_default();
        let host = match host.strip_prefix('[') {
            Some(rest) => rest.split(']').next().unwrap_or_default(),
            None => host.split(':').next().unwrap_or_default(),
        };
        is_this_machine(host)
    }
}

/// Whether a host, in brackets or without, can only be this very machine.
pub fn is_this_machine(host: &str) -> bool {
    let host = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.origin)
    }
}

/// Origins whose pages may show the chat in a frame, each exactly as a browser says it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sites(Vec<String>);

impl Sites {
    /// Whoever can change a page on its way over plain http could lay anything over the chat: https, or
    /// this very machine.
    pub fn read(text: &str) -> Result<Sites, Bad> {
        let sites: Result<Vec<_>, Bad> = text
            .split(',')
            .map(str::trim)
            .filter(|one| !one.is_empty())
            .map(site)
            .collect();
        sites.map(Sites)
    }

    pub fn origins(&self) -> &[String] {
        &self.0
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

fn site(text: &str) -> Result<String, Bad> {
    let remedy = "Write each site as https://charity.example, without a path, by commas";
    let wrong = |what: &str| bad(format!("`{text}` {what}"), remedy);
    let site = PublicUrl::read(text).map_err(|found| wrong(&found.what))?;
    let host = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']');
    let (_, name) = site.origin().split_once("://").unwrap_or_default();
    if !name.chars().all(host) {
        return Err(wrong(
            "is no plain host: no `*`, and letters beyond ASCII as xn--…",
        ));
    }
    if !site.is_https() && !site.is_loopback() {
        return Err(wrong("is not https"));
    }
    Ok(without_usual_port(site.origin()))
}

/// A browser never says the usual port.
fn without_usual_port(origin: &str) -> String {
    let usual = if origin.starts_with("https:") {
        ":443"
    } else {
        ":80"
    };
    origin.strip_suffix(usual).unwrap_or(origin).to_string()
}

/// Addresses whose `X-Forwarded-…` headers are believed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrustedProxy(Vec<(IpAddr, u8)>);

impl TrustedProxy {
    pub fn read(text: &str) -> Result<TrustedProxy, Bad> {
        let networks: Result<Vec<_>, Bad> = text
            .split(',')
            .map(str::trim)
            .filter(|one| !one.is_empty())
            .map(network)
            .collect();
        networks.map(TrustedProxy)
    }

    pub fn trusts(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.0
            .iter()
            .any(|(network, bits)| within(address, *network, *bits))
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

fn network(text: &str) -> Result<(IpAddr, u8), Bad> {
    let wrong = || {
        bad(
            format!("`{text}` is no address and no network"),
            "Write addresses or networks by commas: 127.0.0.1, 10.0.0.0/8",
        )
    };
    let (address, bits) = match text.split_once('/') {
        Some((address, bits)) => (address, Some(bits.parse::<u8>().map_err(|_| wrong())?)),
        None => (text, None),
    };
    let address: IpAddr = address.parse().map_err(|_| wrong())?;
    let most = if address.is_ipv4() { 32 } else { 128 };
    match bits.unwrap_or(most) {
        bits if bits <= most => Ok((address, bits)),
        _ => Err(wrong()),
    }
}

fn within(address: IpAddr, network: IpAddr, bits: u8) -> bool {
    match (address, network) {
        (IpAddr::V4(a), IpAddr::V4(n)) => {
            let mask = u32::MAX.checked_shl(32 - u32::from(bits)).unwrap_or(0);
            a.to_bits() & mask == n.to_bits() & mask
        }
        (IpAddr::V6(a), IpAddr::V6(n)) => {
            let mask = u128::MAX.checked_shl(128 - u32::from(bits)).unwrap_or(0);
            a.to_bits() & mask == n.to_bits() & mask
        }
        (IpAddr::V4(_), IpAddr::V6(_)) | (IpAddr::V6(_), IpAddr::V4(_)) => false,
    }
}

/// Fewer characters than this can be guessed: half of the 64 that `openssl rand -hex 32` prints.
const KEY_CHARS_MIN: usize = 32;

/// The key that everything sealed depends on: 32 bytes, wiped when dropped, never printed.
#[derive(Clone)]
pub struct SecretKey(std::sync::Arc<SecretBox<[u8; 32]>>);

impl SecretKey {
    /// Any text of at least 32 characters; the key is its digest.
    pub fn read(text: &str) -> Result<SecretKey, Bad> {
        let text = text.trim();
        let remedy = "Make one with `openssl rand -hex 32`, and keep a copy in a safe place";
        if text.chars().count() < KEY_CHARS_MIN {
            return Err(bad(
                format!("is shorter than {KEY_CHARS_MIN} characters"),
                remedy,
            ));
        }
        let mut different: Vec<char> = text.chars().collect();
        different.sort_unstable();
        different.dedup();
        if different.len() < 6 {
            return Err(bad("is the same few characters again and again", remedy));
        }
        let digest = Sha256::new()
            .chain_update(b"wasl secret key 1\n")
            .chain_update(text.as_bytes())
            .finalize();
        let mut bytes = Box::new([0; 32]);
        bytes.copy_from_slice(&digest);
        Ok(SecretKey(std::sync::Arc::new(SecretBox::new(bytes))))
    }

    /// A fresh key as the text that [`SecretKey::read`] takes.
    pub fn make() -> SecretString {
        let bytes: [u8; 32] = rand::random();
        let text: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        SecretString::from(text)
    }

    pub fn expose(&self) -> &[u8; 32] {
        self.0.expose_secret()
    }
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretKey(…)")
    }
}

/// The form of the log lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LogFormat {
    /// Text on a terminal, JSON elsewhere.
    #[default]
    Auto,
    Text,
    Json,
}

impl LogFormat {
    pub fn read(text: &str) -> Result<LogFormat, Bad> {
        match text {
            "auto" => Ok(LogFormat::Auto),
            "text" => Ok(LogFormat::Text),
            "json" => Ok(LogFormat::Json),
            other => Err(bad(
                format!("`{other}` is no form of log lines"),
                "Write text or json",
            )),
        }
    }
}

pub fn yes_no(text: &str) -> Result<bool, Bad> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "1" | "yes" | "on" => Ok(true),
        "false" | "0" | "no" | "off" => Ok(false),
        _ => Err(bad("is neither true nor false", "Write true or false")),
    }
}

pub fn listen(text: &str) -> Result<SocketAddr, Bad> {
    let text = text
        .strip_prefix("localhost:")
        .map_or_else(|| text.to_string(), |port| format!("127.0.0.1:{port}"));
    text.parse().map_err(|_| {
        bad(
            format!("`{text}` is no address with a port"),
            "Write 127.0.0.1:8080, or 0.0.0.0:8080 to be reached from other machines",
        )
    })
}

pub fn database_url(text: &str) -> Result<SecretString, Bad> {
    if text.starts_with("postgres://") || text.starts_with("postgresql://") {
        Ok(SecretString::from(text))
    } else {
        Err(bad(
            "is no address of PostgreSQL",
            "Write postgres://user:password@host/name, or leave it out: the database is then SQLite in the data folder",
        ))
    }
}

/// A folder name of `dialogs/charities`.
pub fn charity(text: &str) -> Result<String, Bad> {
    let good = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    match !text.is_empty() && text.chars().all(good) {
        true => Ok(text.to_string()),
        false => Err(bad(
            format!("`{text}` is no name of a charity"),
            "Write the name of a folder in dialogs/charities: small letters, digits, hyphens",
        )),
    }
}

pub fn web_address(text: &str) -> Result<String, Bad> {
    match text.parse::<axum::http::Uri>() {
        Ok(uri) if matches!(uri.scheme_str(), Some("http" | "https")) && uri.host().is_some() => {
            Ok(text.trim_end_matches('/').to_string())
        }
        _ => Err(bad(
            "is no web address",
            "Write it with http:// or https:// and a host",
        )),
    }
}

/// Any text that is not blank.
pub fn text(text: &str) -> Result<String, Bad> {
    Ok(text.trim().to_string())
}

pub fn secret(text: &str) -> Result<SecretString, Bad> {
    Ok(SecretString::from(text.trim()))
}
