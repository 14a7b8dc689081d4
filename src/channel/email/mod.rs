//! Email: what it can carry, and the channel itself. Mail comes in by webhook or by IMAP and is read in one
//! way; replies are written in `write`, both pure; `smtp` and `imap` make the calls. It never decides what is said.

mod automatic;
mod budget;
mod charset;
mod clients;
mod compose;
mod file;
mod form;
mod head;
mod html;
mod imap;
mod imap_url;
mod link;
mod look;
mod mail;
mod own;
mod quote;
mod read;
mod smtp;
mod trust;
mod webhook;
mod write;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use secrecy::{ExposeSecret, SecretString};

use super::{
    Channel, Ears, Entering, Followed, Heard, House, Leaves, Listening, Looking, Outgoing, Payload,
    Rates, Recipient, Request, Sending,
};
use crate::config::Settings;
use crate::event::{Millis, Seed};
use crate::reply::{Limits, Native, Reply};

/// The word in addresses, tables, paths and logs.
pub const NAME: &str = "email";

/// RFC 5322 knows no end of a text; beyond this nobody reads on, and a mail of it has half a megabyte.
pub const LIMITS: Limits = Limits {
    text: 100_000,
    buttons: 0,
    button_title: 120,
    rows: None,
    row_title: 120,
    row_note: 160,
    text_with_choices: 100_000,
    paged: false,
    // Most servers take mails of 25 MB, and base64 makes a third more of a file.
    file_bytes: 16 * 1024 * 1024,
    template_needed_after_hours: None,
    native: Native {
        place: false,
        card: true,
        file: true,
        audio: true,
        quote: false,
        link: false,
        ask_place: false,
        ask_contact: false,
        ask_beside: false,
    },
};

/// What a mail may have in all: the most that providers post (SendGrid's manual: 30 MB), with its base64.
pub const MAIL_BYTES_MAX: usize = 30 * 1024 * 1024;

/// No server that takes our mail as its user's is surprised by this.
const RATES: Rates = Rates {
    started_per_second: 2.0,
    person_burst: 20.0,
    person_per_second: 1.0,
    at_once: 16,
};

/// Our mail address, and the ways to and from it.
pub struct Email {
    house: House,
    own: own::Own,
    smtp: smtp::Smtp,
    imap: Option<imap_url::Mailbox>,
    webhook_secret: Option<SecretString>,
    mailgun_key: Option<SecretString>,
    authserv_id: Option<String>,
    budget: budget::Budget,
}

impl Email {
    /// The channel, where its settings are complete.
    ///
    /// # Errors
    /// Which setting cannot be worked with, and the remedy.
    pub fn open(settings: &Settings, house: &House) -> Result<Option<Email>, String> {
        let given = &settings.email;
        let (Some(from), Some(smtp_url)) = (&given.from, &given.smtp_url) else {
            return Ok(None);
        };
        if given.webhook_secret.is_none() && given.imap_url.is_none() {
            return Ok(None);
        }
        let imap = given.imap_url.as_ref();
        Ok(Some(Email {
            house: house.clone(),
            own: own::Own::read(from, given.plus_addresses)?,
            smtp: smtp::Smtp::read(smtp_url.expose_secret())?,
            imap: imap
                .map(|url| imap_url::Mailbox::read(url.expose_secret()))
                .transpose()?,
            webhook_secret: given.webhook_secret.clone(),
            mailgun_key: given.mailgun_key.clone(),
            authserv_id: given.authserv_id.clone(),
            budget: budget::Budget::default(),
        }))
    }

    /// What reading a mail needs of us.
    fn reader(&self) -> read::Reader<'_> {
        read::Reader {
            own: &self.own,
            tokens: &*self.house.tokens,
            authserv_id: self.authserv_id.as_deref(),
        }
    }
}

impl Channel for Email {
    fn name(&self) -> &'static str {
        NAME
    }

    fn limits(&self) -> &'static Limits {
        &LIMITS
    }

    fn leaves(&self) -> Leaves {
        Leaves::BySending
    }

    fn rates(&self) -> Rates {
        RATES
    }

    fn write(&self, reply: &Reply, to: &Recipient, out: &Outgoing) -> Vec<Payload> {
        let desk = write::Desk {
            own: &self.own,
            tokens: &*self.house.tokens,
            origin: self.house.public_url.origin(),
        };
        vec![desk.write(reply, to, out)]
    }

    fn send<'a>(&'a self, payload: &'a Payload) -> Sending<'a> {
        Box::pin(async move {
            let letter = compose::read(payload)?;
            let bytes = compose::compose(&letter, &self.own, &*self.house.files).await?;
            self.smtp.send(&letter, &bytes).await
        })
    }

    fn hear(&self, request: &Request<'_>) -> Heard {
        webhook::hear(self, request)
    }

    fn body_bytes_max(&self) -> usize {
        MAIL_BYTES_MAX
    }

    fn listen(self: Arc<Self>, ears: Ears) -> Option<Listening> {
        self.imap
            .is_some()
            .then(|| -> Listening { Box::pin(async move { imap::listen(&self, &ears).await }) })
    }

    fn look(&self) -> Looking<'_> {
        Box::pin(look::look(self))
    }

    fn set_up(&self) -> Looking<'_> {
        let seen = match self.webhook_secret.is_some() {
            true => vec![look::by_hand(self.house.public_url.origin())],
            false => Vec::new(),
        };
        Box::pin(async move { seen })
    }

    fn entrance(&self, payload: Option<&str>) -> Entering<'_> {
        let address = &self.own.address;
        let link = match payload {
            Some(payload) => format!("mailto:{address}?subject={}", link::percent(payload)),
            None => format!("mailto:{address}"),
        };
        Box::pin(async move { Some(link) })
    }

    fn follow(&self, token: &str, now: Millis, seed: Seed) -> Option<Followed> {
        link::follow(&*self.house.tokens, token, now, seed)
    }
}
