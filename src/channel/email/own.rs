//! Our address, and what we write into addresses and ids so that answers and bounces prove where they
//! belong: signed, bound to the person, small letters and digits only. Pure.

use lettre::message::Mailbox;
use subtle::ConstantTimeEq;

use crate::channel::Tokens;

/// Letters of a token that stand in an address: 80 bits.
const TOKEN_CHARS: usize = 16;

/// RFC 5321: octets before the `@`.
const LOCAL_MAX: usize = 64;

/// Before the address of a sender whose mail proves nothing: they are somebody else until it does, and staff
/// see the word.
const UNVERIFIED: &str = "unverified:";

const PURPOSE_MESSAGE: &str = "email.message";
const PURPOSE_BOUNCE: &str = "email.bounce";
const PURPOSE_ANSWER: &str = "email.answer";

/// What our mail comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Own {
    /// The name that is shown with it.
    pub name: Option<String>,
    /// Small letters.
    pub address: String,
    local: String,
    pub domain: String,
    /// Our server delivers `address+anything@` to the address.
    plus: bool,
}

/// What came of a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proof {
    /// Made by us for this sender: the id that we know them by.
    Theirs(String),
    /// It looks like ours, and was not made for this sender: forwarded, or guessed.
    Others,
    /// Nothing of ours.
    None,
}

impl Own {
    /// # Errors
    /// What is wrong with the setting, and the remedy.
    pub fn read(from: &str, plus: bool) -> Result<Own, String> {
        let mailbox: Mailbox = from.trim().parse().map_err(|_| {
            "WASL_EMAIL_FROM is no mail address: write help@charity.example, or a name and <help@charity.example>"
                .to_owned()
        })?;
        let (local, domain) = (
            mailbox.email.user().to_ascii_lowercase(),
            mailbox.email.domain().to_ascii_lowercase(),
        );
        Ok(Own {
            name: mailbox.name,
            address: format!("{local}@{domain}"),
            local,
            domain,
            plus,
        })
    }

    /// Whether this is our address, whatever stands behind its plus.
    pub fn is(&self, address: &str) -> bool {
        let address = address.to_ascii_lowercase();
        let Some((local, domain)) = address.rsplit_once('@') else {
            return false;
        };
        let plain = local.split_once('+').map_or(local, |(plain, _)| plain);
        domain == self.domain && (local == self.local || plain == self.local)
    }

    /// The id of a message of ours to somebody, without brackets.
    pub fn message_id(&self, tokens: &dyn Tokens, id: &str, person: &str) -> String {
        let token = token(tokens, PURPOSE_MESSAGE, id, person);
        format!("{}.{token}@{}", id.to_ascii_lowercase(), self.domain)
    }

    /// What of our message ids the providers' receipts are known by: the part that names no person.
    pub fn provider_id(&self, id: &str) -> String {
        format!("{}@{}", id.to_ascii_lowercase(), self.domain)
    }

    /// The outbox's id in a message id of ours, and whether it was made for this sender.
    pub fn proof_of_message(
        &self,
        tokens: &dyn Tokens,
        message_id: &str,
        sender: &str,
    ) -> (Proof, Option<String>) {
        let message_id = message_id
            .trim_matches(['<', '>', ' '])
            .to_ascii_lowercase();
        let ours = message_id
            .rsplit_once('@')
            .filter(|(_, domain)| *domain == self.domain)
            .and_then(|(left, _)| left.rsplit_once('.'));
        match ours {
            Some((id, given)) => (
                proof(tokens, PURPOSE_MESSAGE, (id, given), sender),
                Some(id.to_owned()),
            ),
            None => (Proof::None, None),
        }
    }

    /// The envelope's sender of a message: where its bounce goes to.
    pub fn bounce_address(&self, tokens: &dyn Tokens, id: &str, person: &str) -> String {
        self.with_token(tokens, ('b', PURPOSE_BOUNCE), id, person)
            .unwrap_or_else(|| self.address.clone())
    }

    /// Where an answer to a message goes to; None: to the address itself.
    pub fn answer_address(&self, tokens: &dyn Tokens, id: &str, person: &str) -> Option<String> {
        self.with_token(tokens, ('t', PURPOSE_ANSWER), id, person)
    }

    /// What stands behind the plus of an address that a mail was sent to.
    pub fn proof_of_address(&self, tokens: &dyn Tokens, address: &str, sender: &str) -> Proof {
        match self.behind_plus(address, 't') {
            Some((id, given)) => proof(tokens, PURPOSE_ANSWER, (&id, &given), sender),
            None => Proof::None,
        }
    }

    /// The outbox's id in the address that a bounce came to, when it was made for this recipient.
    pub fn bounced(
        &self,
        tokens: &dyn Tokens,
        address: &str,
        recipient: &str,
    ) -> Option<(String, String)> {
        let (id, given) = self.behind_plus(address, 'b')?;
        match proof(tokens, PURPOSE_BOUNCE, (&id, &given), recipient) {
            Proof::Theirs(person) => Some((id, person)),
            Proof::Others | Proof::None => None,
        }
    }

    fn with_token(
        &self,
        tokens: &dyn Tokens,
        (kind, purpose): (char, &str),
        id: &str,
        person: &str,
    ) -> Option<String> {
        let short = short(id).filter(|_| self.plus)?;
        let local = format!(
            "{}+{kind}.{short}.{}",
            self.local,
            token(tokens, purpose, id, person)
        );
        (local.len() <= LOCAL_MAX).then(|| format!("{local}@{}", self.domain))
    }

    /// Id and token of a mark of this kind.
    fn behind_plus(&self, address: &str, kind: char) -> Option<(String, String)> {
        let address = address.to_ascii_lowercase();
        let (local, _) = address.rsplit_once('@').filter(|_| self.is(&address))?;
        let mark = local.strip_prefix(&self.local)?.strip_prefix('+')?;
        let (short, token) = mark
            .strip_prefix(kind)?
            .strip_prefix('.')?
            .split_once('.')?;
        Some((long(short)?, token.to_owned()))
    }
}

/// The mail address of somebody, as we know them.
pub fn address_of(person: &str) -> &str {
    person.strip_prefix(UNVERIFIED).unwrap_or(person)
}

/// How we know a sender whose mail proves nothing.
pub fn unverified(address: &str) -> String {
    format!("{UNVERIFIED}{address}")
}

fn token(tokens: &dyn Tokens, purpose: &str, id: &str, person: &str) -> String {
    let text = format!(
        "{}\n{}",
        id.to_ascii_lowercase(),
        person.to_ascii_lowercase()
    );
    let mut token = tokens.sign(purpose, &text);
    token.truncate(TOKEN_CHARS);
    token
}

fn proof(tokens: &dyn Tokens, purpose: &str, (id, given): (&str, &str), sender: &str) -> Proof {
    let sender = sender.to_ascii_lowercase();
    for person in [sender.clone(), unverified(&sender)] {
        let right = token(tokens, purpose, id, &person);
        if !right.is_empty() && bool::from(right.as_bytes().ct_eq(given.as_bytes())) {
            return Proof::Theirs(person);
        }
    }
    // Ids of ours in mails of strangers are as long as this; whatever else stands there is nobody's.
    match given.len() == TOKEN_CHARS {
        true => Proof::Others,
        false => Proof::None,
    }
}

/// A UUID in the fewest small letters and digits.
fn short(id: &str) -> Option<String> {
    let mut rest = uuid::Uuid::parse_str(id).ok()?.as_u128();
    let mut digits = Vec::new();
    while rest > 0 {
        let digit = u32::try_from(rest % 36).ok()?;
        digits.push(char::from_digit(digit, 36)?);
        rest /= 36;
    }
    Some(digits.into_iter().rev().collect())
}

fn long(short: &str) -> Option<String> {
    let number = u128::from_str_radix(short, 36).ok()?;
    Some(uuid::Uuid::from_u128(number).to_string())
}
