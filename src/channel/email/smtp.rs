//! Sends mails by SMTP over few connections that stay open, and knows at which word a sending ended. TLS
//! everywhere but to this very machine; nothing of a password or an address in what it tells.

use std::error::Error as _;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use lettre::Address;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt, Rset};
use lettre::transport::smtp::extension::{ClientId, Extension, MailBodyParameter, MailParameter};
use tokio::time::Instant;

use super::imap_url::Server;
use super::write::Letter;
use crate::channel::{SendError, Sent};

/// Until a login a server may take so long, and so long again for sender and recipient: what ends there has not
/// been sent. The rest of the outbox's half minute belongs to the words, whose answer comes after the scanners.
const SILENCE: Duration = Duration::from_secs(7);

/// Connections that wait for the next mail, and how long: servers close theirs after five minutes.
const IDLE_MAX: usize = 4;
const IDLE: Duration = Duration::from_secs(60);

/// How long nothing is sent after a login was refused: each further try counts against the account.
const REFUSED: Duration = Duration::from_secs(300);

/// The server that takes our mail.
pub struct Smtp {
    server: Server,
    idle: Mutex<Vec<(AsyncSmtpConnection, Instant)>>,
}

impl Smtp {
    /// # Errors
    /// What is wrong with the setting, and the remedy.
    pub fn read(url: &str) -> Result<Smtp, String> {
        let server = Server::read(url, ("WASL_EMAIL_SMTP_URL", "smtp"), (465, 587))?;
        Ok(Smtp {
            server,
            idle: Mutex::default(),
        })
    }

    /// # Errors
    /// How it ended, at the word at which it ended.
    pub async fn send(&self, letter: &Letter, bytes: &[u8]) -> Result<Sent, SendError> {
        let mut connection = self.connection().await?;
        let sent =
            match tokio::time::timeout(SILENCE, announce(&mut connection, letter, bytes)).await {
                Ok(Ok(())) => words(&mut connection, letter, bytes).await,
                Ok(Err(error)) => Err(error),
                // Its answer to something else may still come: this connection is done.
                Err(_) => return Err(later("the mail server does not answer".to_owned())),
            };
        match &sent {
            Ok(_) => self.keep(connection),
            // An answer of the server leaves the connection fit for the next mail.
            Err(SendError::Unknown { .. }) => {}
            Err(_) if !connection.has_broken() => self.keep_after_reset(connection).await,
            Err(_) => {}
        }
        sent
    }

    /// Logs in, and out again.
    ///
    /// # Errors
    /// Why that does not work.
    pub async fn try_out(&self) -> Result<(), SendError> {
        let mut connection = self.open().await?;
        // The answer to a farewell changes nothing.
        let _ = connection.quit().await;
        Ok(())
    }

    async fn connection(&self) -> Result<AsyncSmtpConnection, SendError> {
        while let Some((mut connection, since)) = self.rested() {
            let lives = since.elapsed() < IDLE
                && tokio::time::timeout(SILENCE, connection.test_connected()).await == Ok(true);
            if lives {
                return Ok(connection);
            }
        }
        self.open().await
    }

    fn rested(&self) -> Option<(AsyncSmtpConnection, Instant)> {
        self.idle
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop()
    }

    async fn keep_after_reset(&self, mut connection: AsyncSmtpConnection) {
        let reset = tokio::time::timeout(SILENCE, connection.command(Rset)).await;
        if reset.is_ok_and(|answer| answer.is_ok()) {
            self.keep(connection);
        }
    }

    fn keep(&self, connection: AsyncSmtpConnection) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < IDLE_MAX && !connection.has_broken() {
            idle.push((connection, Instant::now()));
        }
    }

    async fn open(&self) -> Result<AsyncSmtpConnection, SendError> {
        let opened = tokio::time::timeout(SILENCE, self.log_in()).await;
        opened.unwrap_or_else(|_| Err(later("the mail server does not answer".to_owned())))
    }

    async fn log_in(&self) -> Result<AsyncSmtpConnection, SendError> {
        let server = &self.server;
        let hello = ClientId::default();
        let tls =
            TlsParameters::new_rustls(server.host.clone()).map_err(|error| later(told(&error)))?;
        let at_once = (server.tls && !server.upgrades).then(|| tls.clone());
        let to = (server.host.as_str(), server.port);
        let opened =
            AsyncSmtpConnection::connect_tokio1(to, Some(SILENCE), &hello, at_once, None).await;
        let mut connection = opened.map_err(|error| later(told(&error)))?;
        if server.tls && server.upgrades {
            connection
                .starttls(tls, &hello)
                .await
                .map_err(|error| later(told(&error)))?;
        }
        if let Some((user, password)) = &server.login {
            let login = Credentials::new(
                user.clone(),
                secrecy::ExposeSecret::expose_secret(password).to_owned(),
            );
            connection
                .auth(DEFAULT_MECHANISMS, &login)
                .await
                .map_err(|error| refused(&error))?;
        }
        Ok(connection)
    }
}

/// Says from whom to whom a mail goes.
async fn announce(
    connection: &mut AsyncSmtpConnection,
    letter: &Letter,
    bytes: &[u8],
) -> Result<(), SendError> {
    let from = address(&letter.bounces_to)?;
    let to = address(&letter.to)?;
    let mut parameters = Vec::new();
    if !bytes.is_ascii()
        && connection
            .server_info()
            .supports_feature(Extension::EightBitMime)
    {
        parameters.push(MailParameter::Body(MailBodyParameter::EightBitMime));
    }
    let sender = connection.command(Mail::new(Some(from), parameters)).await;
    sender.map_err(|error| at_sender(&error))?;
    let recipient = connection.command(Rcpt::new(to, Vec::new())).await;
    recipient.map_err(|error| at_recipient(&error))?;
    let ready = connection.command(Data).await;
    ready.map_err(|error| at_words(&error))?;
    Ok(())
}

async fn words(
    connection: &mut AsyncSmtpConnection,
    letter: &Letter,
    bytes: &[u8],
) -> Result<Sent, SendError> {
    let taken = connection.message(bytes).await;
    taken.map_err(|error| at_end(&error))?;
    Ok(Sent {
        provider_id: Some(letter.provider_id.clone()),
    })
}

fn address(text: &str) -> Result<Address, SendError> {
    text.parse().map_err(|_| SendError::Barred {
        reason: "this is no mail address".to_owned(),
    })
}

/// Before anything was said about the recipient.
fn at_sender(error: &Error) -> SendError {
    match error.is_permanent() {
        true if code(error) == Some(530) || code(error) == Some(535) => refused(error),
        // Our own address is refused: no mail leaves until somebody looks.
        true => SendError::PauseChannel {
            after: Some(REFUSED),
            reason: format!(
                "the mail server does not take mail from WASL_EMAIL_FROM ({})",
                told(error)
            ),
        },
        false => later(told(error)),
    }
}

fn at_recipient(error: &Error) -> SendError {
    match (error.is_permanent(), error.is_transient()) {
        // 5.7.x: what we are, not who they are.
        (true, _) if status(error).is_some_and(|status| status.starts_with("5.7.")) => {
            SendError::Never {
                reason: told(error),
            }
        }
        (true, _) => SendError::Barred {
            reason: told(error),
        },
        (false, true) => SendError::LaterForPerson {
            after: None,
            reason: told(error),
        },
        (false, false) => later(told(error)),
    }
}

fn at_words(error: &Error) -> SendError {
    match error.is_permanent() {
        true => SendError::Never {
            reason: told(error),
        },
        false => later(told(error)),
    }
}

/// The words have left: only an answer tells whether they were taken.
fn at_end(error: &Error) -> SendError {
    match (error.is_permanent(), error.is_transient()) {
        (true, _) => SendError::Never {
            reason: told(error),
        },
        (false, true) => later(told(error)),
        (false, false) => SendError::Unknown {
            reason: told(error),
        },
    }
}

fn refused(error: &Error) -> SendError {
    match error.is_permanent() || error.is_client() {
        true => SendError::PauseChannel {
            after: Some(REFUSED),
            reason: format!(
                "the mail server refuses user and password of WASL_EMAIL_SMTP_URL ({})",
                told(error)
            ),
        },
        false => later(told(error)),
    }
}

fn later(reason: String) -> SendError {
    SendError::Later {
        after: None,
        reason,
    }
}

fn code(error: &Error) -> Option<u16> {
    error.status().map(u16::from)
}

/// The enhanced status code of an answer (RFC 3463).
fn status(error: &Error) -> Option<String> {
    let said = error.source()?.to_string();
    let found = said
        .split(|c: char| !c.is_ascii_digit() && c != '.')
        .find(|word| {
            let parts: Vec<_> = word.split('.').collect();
            parts.len() == 3 && parts.iter().all(|part| !part.is_empty() && part.len() <= 3)
        });
    found.map(str::to_owned)
}

/// What happened, without what the server said: servers repeat addresses.
fn told(error: &Error) -> String {
    match (code(error), status(error)) {
        (Some(code), Some(status)) => format!("the mail server answered {code} {status}"),
        (Some(code), None) => format!("the mail server answered {code}"),
        _ if error.is_tls() => "the mail server's certificate or TLS does not fit".to_owned(),
        _ if error.is_timeout() => "the mail server does not answer".to_owned(),
        _ if error.is_response() => "the mail server answered what is no SMTP".to_owned(),
        _ if error.is_client() => "the mail server does not offer what sending needs".to_owned(),
        _ => "the mail server cannot be reached".to_owned(),
    }
}
