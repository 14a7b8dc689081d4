//! Listens to a mailbox by IMAP: waits with IDLE, looks in between, takes each mail by its UID, and goes past one
//! only when all of it is committed. One of several instances listens. Never tells a password or an address.

use std::time::Duration;

use async_imap::extensions::idle::IdleResponse;
use async_imap::{Client, Session};
use secrecy::ExposeSecret;
use sha2::{Digest, Sha256};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_stream::StreamExt;

use super::imap_url::{Mailbox, Server};
use super::read::Envelope;
use super::{Email, MAIL_BYTES_MAX, mail};
use crate::channel::{Ears, Took};
use crate::event::Seed;

/// RFC 2177 wants IDLE begun anew within 29 minutes; the lease wants to be kept within one.
const IDLE: Duration = Duration::from_secs(40);

/// Servers without IDLE, and a mailbox that another instance listens to, are asked so often.
const POLL: Duration = Duration::from_secs(20);

/// A server that is silent for so long within a command is gone.
const SILENCE: Duration = Duration::from_secs(60);

/// Waits after a broken connection.
const AGAIN_FIRST: Duration = Duration::from_secs(1);
const AGAIN_MOST: Duration = Duration::from_secs(120);

/// How long ago a mail came that is looked at again when a server counts anew.
const RESCAN_DAYS: i64 = 14;

/// A connection, plain or not.
pub trait Wire: AsyncRead + AsyncWrite + Unpin + Send + std::fmt::Debug {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send + std::fmt::Debug> Wire for T {}

type Talk = Session<Box<dyn Wire>>;

/// Why listening stopped for now. Without anything that a server said: servers repeat addresses.
#[derive(Debug, thiserror::Error)]
pub enum Broken {
    #[error("the server cannot be reached")]
    Unreachable,
    #[error("the server's certificate or TLS does not fit")]
    Tls,
    #[error("the server refuses user and password of WASL_EMAIL_IMAP_URL")]
    Refused,
    #[error("the server has no folder number {0} of WASL_EMAIL_IMAP_URL")]
    Folder(usize),
    #[error("the connection broke")]
    Wire,
    #[error("nothing could be stored")]
    Store,
}

/// Listens for as long as it lives.
pub async fn listen(email: &Email, ears: &Ears) {
    let Some(mailbox) = &email.imap else {
        return;
    };
    let lease = format!("email.imap.{}", mark(&mailbox.server, ""));
    let mut wait = AGAIN_FIRST;
    loop {
        if !ears.memory.lease(&lease).await {
            tokio::time::sleep(POLL).await;
            continue;
        }
        let heard = hear(email, mailbox, ears, &lease, &mut wait).await;
        match heard {
            Ok(()) => {}
            Err(Broken::Wire | Broken::Store) => tracing::debug!(
                channel = super::NAME,
                "listening to the mailbox begins anew"
            ),
            Err(error) => {
                tracing::warn!(channel = super::NAME, %error, "the mailbox cannot be listened to now")
            }
        }
        tokio::time::sleep(wait).await;
        wait = (wait * 2).min(AGAIN_MOST);
    }
}

/// One connection from its beginning to its end; `Ok` when another instance listens from now on.
async fn hear(
    email: &Email,
    mailbox: &Mailbox,
    ears: &Ears,
    lease: &str,
    wait: &mut Duration,
) -> Result<(), Broken> {
    let mut talk = within(open(&mailbox.server)).await?;
    let idles = within(async { talk.capabilities().await.map_err(|_| Broken::Wire) })
        .await?
        .has_str("IDLE");
    loop {
        if !ears.memory.lease(lease).await {
            return Ok(());
        }
        for n in (0..mailbox.folders.len()).rev() {
            // The first folder last: it stays selected while we wait.
            folder(email, mailbox, n, ears, &mut talk).await?;
        }
        *wait = AGAIN_FIRST;
        talk = match idles {
            true => idle(talk).await?,
            false => {
                tokio::time::sleep(POLL).await;
                talk
            }
        };
    }
}

async fn idle(talk: Talk) -> Result<Talk, Broken> {
    let mut handle = talk.idle();
    within(async { handle.init().await.map_err(|_| Broken::Wire) }).await?;
    let (news, stop) = handle.wait_with_timeout(IDLE);
    let heard = tokio::time::timeout(IDLE, news).await;
    drop(stop);
    match heard {
        Ok(Ok(IdleResponse::NewData(_) | IdleResponse::Timeout)) | Err(_) => {}
        Ok(Ok(IdleResponse::ManualInterrupt) | Err(_)) => return Err(Broken::Wire),
    }
    within(async { handle.done().await.map_err(|_| Broken::Wire) }).await
}

/// Takes what is new in one folder.
async fn folder(
    email: &Email,
    mailbox: &Mailbox,
    n: usize,
    ears: &Ears,
    talk: &mut Talk,
) -> Result<(), Broken> {
    let name = &mailbox.folders[n];
    let selected = within(async {
        talk.select(utf7(name)).await.map_err(|error| match error {
            async_imap::error::Error::No(_) | async_imap::error::Error::Bad(_) => {
                Broken::Folder(n + 1)
            }
            _ => Broken::Wire,
        })
    });
    let selected = selected.await?;
    let validity = selected.uid_validity.unwrap_or(0);
    let key = format!("email.imap.{}", mark(&mailbox.server, name));
    let place = ears.memory.recall(&key).await.map_err(|()| Broken::Store)?;
    let Some(place) = place.as_deref().and_then(Place::read) else {
        // A mailbox that we never saw: what lies there was answered by somebody else.
        let last = highest(talk).await?;
        let begun = came(talk, last).await?.unwrap_or(i64::MIN);
        let place = Place {
            validity,
            last,
            begun,
        };
        return note(ears, &key, &place).await;
    };
    let anew = place.validity != validity;
    // Where the server counts anew, what came lately is looked at again, and known by its id.
    let query = match anew {
        true => format!("SINCE {}", day(ears, RESCAN_DAYS)),
        false => format!("UID {}:*", place.last.saturating_add(1)),
    };
    let mut place = Place { validity, ..place };
    let found = within(async { talk.uid_search(&query).await.map_err(|_| Broken::Wire) }).await?;
    let mut found: Vec<u32> = found
        .into_iter()
        .filter(|uid| anew || *uid > place.last)
        .collect();
    found.sort_unstable();
    for uid in found {
        if !anew || came(talk, uid).await?.is_none_or(|at| at > place.begun) {
            take(email, ears, talk, uid).await?;
        }
        if !anew {
            place.last = uid;
            note(ears, &key, &place).await?;
        }
    }
    if anew {
        place.last = highest(talk).await?;
        note(ears, &key, &place).await?;
    }
    Ok(())
}

/// How far we are in a folder.
struct Place {
    /// The server's count that `last` is a number of (UIDVALIDITY).
    validity: u32,
    /// The UID of the last mail that was taken.
    last: u32,
    /// When the newest mail came that lay there before we listened: seconds since 1970 by the server's clock.
    begun: i64,
}

impl Place {
    fn read(noted: &str) -> Option<Self> {
        let mut parts = noted.splitn(3, ':');
        Some(Self {
            validity: parts.next()?.parse().ok()?,
            last: parts.next()?.parse().ok()?,
            begun: parts.next()?.parse().ok()?,
        })
    }

    fn written(&self) -> String {
        format!("{}:{}:{}", self.validity, self.last, self.begun)
    }
}

async fn highest(talk: &mut Talk) -> Result<u32, Broken> {
    let all = within(async { talk.uid_search("ALL").await.map_err(|_| Broken::Wire) }).await?;
    Ok(all.into_iter().max().unwrap_or(0))
}

/// When a mail came, in seconds since 1970 by the server's clock; None when it is not there.
async fn came(talk: &mut Talk, uid: u32) -> Result<Option<i64>, Broken> {
    let mail = fetch(talk, uid, "INTERNALDATE").await?;
    Ok(mail.and_then(|mail| mail.came))
}

async fn note(ears: &Ears, key: &str, place: &Place) -> Result<(), Broken> {
    match ears.memory.note(key, &place.written()).await {
        true => Ok(()),
        false => Err(Broken::Store),
    }
}

/// Brings one mail; resolves when it is committed.
async fn take(email: &Email, ears: &Ears, talk: &mut Talk, uid: u32) -> Result<(), Broken> {
    let size = fetch(talk, uid, "RFC822.SIZE").await?;
    let size = size.map_or(0, |mail| mail.size);
    let too_large = usize::try_from(size).unwrap_or(usize::MAX) > MAIL_BYTES_MAX;
    let what = match too_large {
        true => "BODY.PEEK[HEADER]",
        false => "BODY.PEEK[]",
    };
    // Deleted meanwhile: nobody waits for an answer to it.
    let Some(Fetched { bytes, .. }) = fetch(talk, uid, what).await? else {
        return Ok(());
    };
    let Some(mut mail) = mail::parse(&bytes) else {
        tracing::warn!(
            channel = super::NAME,
            "a mail in the mailbox cannot be read at all, and stays there"
        );
        return Ok(());
    };
    if too_large {
        mail.left_out += 1;
    }
    let seed = Seed(rand::random());
    let took: Took = email.take((mail, Envelope::default()), (ears.clock)(), seed);
    match ears.sink.bring(took).await {
        true => Ok(()),
        false => Err(Broken::Store),
    }
}

/// What a server tells of a mail: of these, what was asked for.
struct Fetched {
    size: u32,
    came: Option<i64>,
    bytes: Vec<u8>,
}

/// What a mail is; None when it is not there any more.
async fn fetch(talk: &mut Talk, uid: u32, what: &str) -> Result<Option<Fetched>, Broken> {
    within(async {
        let mut stream = talk
            .uid_fetch(uid.to_string(), format!("(UID {what})"))
            .await
            .map_err(|_| Broken::Wire)?;
        let mut found = None;
        while let Some(fetched) = stream.next().await {
            let fetched = fetched.map_err(|_| Broken::Wire)?;
            if fetched.uid == Some(uid) {
                let bytes = fetched
                    .body()
                    .or_else(|| fetched.header())
                    .unwrap_or_default();
                found = Some(Fetched {
                    size: fetched.size.unwrap_or(0),
                    came: fetched.internal_date().map(|at| at.timestamp()),
                    bytes: bytes.to_vec(),
                });
            }
        }
        Ok(found)
    })
    .await
}

/// Logs in.
///
/// # Errors
/// Why that does not work.
pub async fn open(server: &Server) -> Result<Talk, Broken> {
    let wire = TcpStream::connect((server.host.as_str(), server.port))
        .await
        .map_err(|_| Broken::Unreachable)?;
    // A connection that died without a word is noticed by the next command's silence.
    let wire: Box<dyn Wire> = match server.tls {
        true => Box::new(encrypted(server, wire).await?),
        false => Box::new(wire),
    };
    let mut client = Client::new(wire);
    client
        .read_response()
        .await
        .map_err(|_| Broken::Wire)?
        .ok_or(Broken::Wire)?;
    let (user, password) = server.login.as_ref().ok_or(Broken::Refused)?;
    client
        .login(user, password.expose_secret())
        .await
        .map_err(|(error, _)| match error {
            async_imap::error::Error::No(_)
            | async_imap::error::Error::Bad(_)
            | async_imap::error::Error::Validate(_) => Broken::Refused,
            _ => Broken::Wire,
        })
}

async fn encrypted(server: &Server, wire: TcpStream) -> Result<impl Wire + 'static, Broken> {
    let roots = rustls::RootCertStore {
        roots: webpki_roots::TLS_SERVER_ROOTS.to_vec(),
    };
    let provider = std::sync::Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|_| Broken::Tls)?
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name =
        rustls::pki_types::ServerName::try_from(server.host.clone()).map_err(|_| Broken::Tls)?;
    let connector = tokio_rustls::TlsConnector::from(std::sync::Arc::new(config));
    connector.connect(name, wire).await.map_err(|_| Broken::Tls)
}

async fn within<T>(doing: impl Future<Output = Result<T, Broken>>) -> Result<T, Broken> {
    tokio::time::timeout(SILENCE, doing)
        .await
        .unwrap_or(Err(Broken::Wire))
}

/// Names a folder without telling it: user and folder say who somebody is.
fn mark(server: &Server, folder: &str) -> String {
    let user = server.login.as_ref().map_or("", |(user, _)| user.as_str());
    let text = format!("{}\n{}\n{user}\n{folder}", server.host, server.port);
    Sha256::digest(text.as_bytes())[..8]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// A day as IMAP writes it.
fn day(ears: &Ears, ago: i64) -> String {
    let at = (ears.clock)() - ago * 86_400_000;
    let at = chrono::DateTime::from_timestamp_millis(at).unwrap_or_default();
    at.format("%d-%b-%Y").to_string()
}

/// Names of folders travel in an UTF-7 of IMAP's own (RFC 3501, 5.1.3).
fn utf7(name: &str) -> String {
    use base64::Engine;
    let mut out = String::new();
    let mut run: Vec<u8> = Vec::new();
    let end = |out: &mut String, run: &mut Vec<u8>| {
        if !run.is_empty() {
            let coded = base64::engine::general_purpose::STANDARD_NO_PAD
                .encode(&*run)
                .replace('/', ",");
            out.push_str(&format!("&{coded}-"));
            run.clear();
        }
    };
    for c in name.chars() {
        match c {
            ' '..='~' => {
                end(&mut out, &mut run);
                out.push(c);
                if c == '&' {
                    out.push('-');
                }
            }
            c => run.extend(
                c.encode_utf16(&mut [0; 2])
                    .iter()
                    .flat_map(|unit| unit.to_be_bytes()),
            ),
        }
    }
    end(&mut out, &mut run);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_folders_are_written_as_servers_know_them() {
        for (name, written) in [
            ("INBOX", "INBOX"),
            ("a & b", "a &- b"),
            ("طلب", "&BjcGRAYo-"),
            ("台北 x", "&U,BTFw- x"),
        ] {
            assert_eq!(utf7(name), written);
        }
    }
}
