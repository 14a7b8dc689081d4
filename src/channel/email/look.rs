//! Whether mail comes and goes: logins at both servers, and what is missing, in plain words.

use std::time::Duration;

use super::{Email, imap};
use crate::channel::{Seen, SendError};

const SECS: u64 = 30;

pub async fn look(email: &Email) -> Vec<Seen> {
    let mut seen = vec![smtp(email).await];
    if let Some(mailbox) = &email.imap {
        let limit = Duration::from_secs(SECS);
        let opened = tokio::time::timeout(limit, imap::open(&mailbox.server)).await;
        seen.push(match opened {
            Ok(Ok(mut talk)) => {
                // The answer to a farewell changes nothing.
                let _ = talk.logout().await;
                Seen::good("IMAP: logged in; mail is fetched as it comes")
            }
            Ok(Err(error)) => Seen::bad(format!("IMAP: {error}. Look at WASL_EMAIL_IMAP_URL")),
            Err(_) => Seen::bad("IMAP: the server does not answer. Look at host and port in WASL_EMAIL_IMAP_URL, and at the firewall"),
        });
    }
    seen.push(match &email.authserv_id {
        Some(_) => Seen::good("Senders are verified by what your mail server writes under WASL_EMAIL_AUTHSERV_ID"),
        None => Seen::bad(
            "No sender is verified: set WASL_EMAIL_AUTHSERV_ID to the first word of the Authentication-Results head in a mail that you received. Until then a new mail begins a talk of its own, and only answers to our mails go on with one",
        ),
    });
    seen
}

async fn smtp(email: &Email) -> Seen {
    match email.smtp.try_out().await {
        Ok(()) => Seen::good("SMTP: logged in; mail can leave"),
        Err(SendError::PauseChannel { reason, .. } | SendError::Later { reason, .. }) => {
            Seen::bad(format!("SMTP: {reason}. Look at WASL_EMAIL_SMTP_URL"))
        }
        Err(error) => Seen::bad(format!("SMTP: {error}")),
    }
}

/// Where a provider brings what arrives: nothing that we could register ourselves.
pub fn by_hand(origin: &str) -> Seen {
    Seen::good(format!(
        "by hand, at your mail provider: deliver to {origin}/webhooks/email (the mail itself), or to /postmark, /mailgun or \
         /sendgrid below it, with WASL_EMAIL_WEBHOOK_SECRET as the password of HTTP Basic or as ?secret="
    ))
}
