//! A mail as events: who wrote, which talk it goes on with, what was said, what came along; bounces and
//! complaints as what they tell. Pure.

use sha2::{Digest, Sha256};

use super::file::attachment;
use super::mail::Mail;
use super::own::{Own, Proof, unverified};
use super::{NAME, automatic, clients, quote, trust};
use crate::channel::{Tokens, Took};
use crate::event::{
    Address, Brought, Event, EventKey, Known, Millis, Origin, Reach, Reached, Receipt, Seed,
    Source, What,
};
use crate::text::link_code;

/// What reading needs of us.
pub struct Reader<'a> {
    pub own: &'a Own,
    pub tokens: &'a dyn Tokens,
    pub authserv_id: Option<&'a str>,
}

/// What the envelope said, where it is known.
#[derive(Clone, Debug, Default)]
pub struct Envelope {
    pub from: Option<String>,
    pub to: Vec<String>,
}

/// Who wrote, and which talk it goes on with.
struct Sender {
    person: String,
    /// It answers a message of ours to somebody else.
    passed_on: bool,
}

/// A mail with what makes it itself.
pub struct Letter {
    pub took: Took,
    /// For the budget; empty where nobody would be answered.
    pub person: String,
    pub key: String,
    pub words: String,
}

impl Reader<'_> {
    /// What a mail brings.
    pub fn read(&self, mut mail: Mail, envelope: Envelope, now: Millis, seed: Seed) -> Letter {
        let outer = envelope.to.iter().map(|to| to.trim().to_ascii_lowercase());
        mail.to.extend(outer);
        let words = words(&mail);
        let mut letter = Letter {
            took: Took::default(),
            person: String::new(),
            key: key(&mail, &words),
            words,
        };
        // What we sent came back to us: it is no message.
        if self.own.is(&mail.from) {
            return letter;
        }
        if mail.report.is_some() && self.report(&mail, now, &mut letter.took) {
            return letter;
        }
        let sender = self.sender(&mail);
        let aside = automatic::reason(&mail, self.own, envelope.from.as_deref()).or(sender
            .passed_on
            .then_some("it answers our message to somebody else"));
        let event = |n: usize, what: What| {
            self.event((&mail, &sender.person), (&letter.key, n), what, now, seed)
        };
        if let Some(why) = aside {
            letter.took.brought.push(event(0, set_aside(&mail, why)));
            return letter;
        }
        let mut files = Vec::new();
        let said = said(&mut mail.clone(), &letter.words, seed, &mut files);
        letter.took.brought = said
            .into_iter()
            .enumerate()
            .map(|(n, what)| event(n, what))
            .collect();
        letter.took.files = files;
        letter.person = sender.person;
        letter
    }

    fn sender(&self, mail: &Mail) -> Sender {
        let verified = trust::is_verified(
            mail.all("authentication-results"),
            self.authserv_id,
            &mail.from,
        );
        let by_trust = match verified {
            true => mail.from.clone(),
            false => unverified(&mail.from),
        };
        match self.evidence(mail) {
            Proof::Theirs(person) => Sender {
                person,
                passed_on: false,
            },
            Proof::Others => Sender {
                person: by_trust,
                passed_on: true,
            },
            Proof::None => Sender {
                person: by_trust,
                passed_on: false,
            },
        }
    }

    /// The first mark of ours, in the order of their weight (CHANNELS 3.2).
    fn evidence(&self, mail: &Mail) -> Proof {
        let addresses = mail
            .to
            .iter()
            .map(|to| self.own.proof_of_address(self.tokens, to, &mail.from));
        let ids = mail.in_reply_to.iter().chain(mail.references.iter().rev());
        let ids = ids.map(|id| self.own.proof_of_message(self.tokens, id, &mail.from).0);
        let mut found = Proof::None;
        for proof in addresses.chain(ids) {
            match proof {
                Proof::Theirs(_) => return proof,
                Proof::Others => found = Proof::Others,
                Proof::None => {}
            }
        }
        found
    }

    /// What a report tells of a message of ours; false for any other report.
    fn report(&self, mail: &Mail, now: Millis, took: &mut Took) -> bool {
        let Some(report) = &mail.report else {
            return false;
        };
        match report.kind.as_str() {
            "delivery-status" => {
                let fields = &report.fields;
                let recipients = fields
                    .iter()
                    .filter(|(name, _)| name == "final-recipient" || name == "original-recipient");
                let proven = recipients
                    .map(|(_, value)| bare_recipient(value))
                    .find_map(|to| self.proven(mail, &to));
                let Some((id, person)) = proven else {
                    metrics::counter!("wasl_email_bounces_unproven_total").increment(1);
                    return true;
                };
                took.brought.extend(self.bounce(report, &id, person, now));
                true
            }
            "feedback-report" => {
                let to = report.field("original-rcpt-to").map(bare_recipient);
                if let Some((_, person)) = to.and_then(|to| self.proven(mail, &to)) {
                    took.brought.push(Brought::Reach(Reach {
                        address: address(&person),
                        barred: None,
                        opted_out: true,
                        at: now,
                    }));
                }
                true
            }
            _ => false,
        }
    }

    /// The message of ours that a report is about, when it was to this recipient: by the address that the
    /// report came to, else by the message's own id.
    fn proven(&self, mail: &Mail, recipient: &str) -> Option<(String, String)> {
        let by_address = mail
            .to
            .iter()
            .find_map(|to| self.own.bounced(self.tokens, to, recipient));
        by_address.or_else(|| {
            let about = mail.report.as_ref()?.about.as_deref()?;
            match self.own.proof_of_message(self.tokens, about, recipient) {
                (Proof::Theirs(person), Some(id)) => Some((id, person)),
                _ => None,
            }
        })
    }

    fn bounce(
        &self,
        report: &super::mail::Report,
        id: &str,
        person: String,
        now: Millis,
    ) -> Vec<Brought> {
        let status = report.field("status").unwrap_or_default();
        let failed = report
            .field("action")
            .is_some_and(|action| action.to_ascii_lowercase().starts_with("failed"));
        if !failed || !status.starts_with('5') {
            // Late, or passed on: another report follows, or none.
            return Vec::new();
        }
        let reason = format!("the mail came back ({})", code(status));
        let failed = Brought::Receipt(Receipt {
            channel: NAME.to_owned(),
            provider_id: self.own.provider_id(id),
            reached: Reached::Failed,
            reason: Some(reason.clone()),
            at: now,
        });
        // No such mailbox, host or way. Full boxes, sizes and policies pass.
        let gone =
            status.starts_with("5.1.") || status.starts_with("5.4.") || status.starts_with("5.2.1");
        let barred = gone.then(|| {
            Brought::Reach(Reach {
                address: address(&person),
                barred: Some(reason),
                opted_out: false,
                at: now,
            })
        });
        [failed].into_iter().chain(barred).collect()
    }

    fn event(
        &self,
        (mail, person): (&Mail, &str),
        (key, n): (&str, usize),
        what: What,
        now: Millis,
        seed: Seed,
    ) -> Brought {
        Brought::Said(Box::new(Event {
            key: EventKey {
                channel: NAME.to_owned(),
                account: String::new(),
                key: format!("{key}:{n}"),
            },
            received_at: now,
            sent_at: mail.sent_at.filter(|at| *at > 0),
            seed: Seed(seed.derive(&n.to_string())),
            from: Origin::Address(address(person)),
            also: None,
            what,
            message_id: Some(mail.message_id.clone()).filter(|id| !id.is_empty()),
            note: note(mail),
            kind: "mail".to_owned(),
            source: Source::Own,
            ranked: None,
            known: Known::default(),
        }))
    }
}

pub fn address(person: &str) -> Address {
    Address {
        channel: NAME.to_owned(),
        account: String::new(),
        id: person.to_owned(),
    }
}

/// What the answer needs: the subject, and what the mail hung on.
fn note(mail: &Mail) -> Option<String> {
    let note = super::write::Note {
        subject: mail.subject.chars().take(200).collect(),
        references: mail.references.clone(),
    };
    serde_json::to_string(&note).ok()
}

/// The person's own words.
fn words(mail: &Mail) -> String {
    match (&mail.marked, clients::is_forwarded(&mail.subject)) {
        (_, true) => mail.text.trim().to_owned(),
        (Some(marked), false) => quote::stripped(marked),
        (None, false) => quote::stripped(&mail.text),
    }
}

/// What the mail says, in order: files carry the words with the first of them, as in any chat.
fn said(
    mail: &mut Mail,
    words: &str,
    seed: Seed,
    stored: &mut Vec<(String, Vec<u8>)>,
) -> Vec<What> {
    let first_of_talk = mail.in_reply_to.is_empty() && mail.references.is_empty();
    let subject = clients::bare_subject(&mail.subject);
    // A link of ours leaves the code for going on in the subject, and programs put signatures below it.
    let is_code = link_code::read(subject).is_some();
    let words = match (words.is_empty() || is_code) && first_of_talk && mail.files.is_empty() {
        true => subject.to_owned(),
        false => words.to_owned(),
    };
    let mut caption = Some(words.clone()).filter(|words| !words.is_empty());
    let mut said = Vec::new();
    let mut unusable = mail.left_out;
    for (n, file) in mail.files.drain(..).enumerate() {
        match attachment(&file, seed, n) {
            Some(attachment) => {
                stored.push((attachment.id.clone(), file.bytes));
                said.push(What::Sent {
                    attachment,
                    caption: caption.take(),
                    fetch: None,
                });
            }
            None => unusable += 1,
        }
    }
    if let Some(text) = caption {
        said.insert(0, What::Wrote { text });
    }
    if said.is_empty() || unusable > 0 && words.is_empty() {
        let kind = match (mail.too_deep, unusable > 0) {
            (true, _) => "nested mail",
            (false, true) => "file",
            (false, false) => "empty mail",
        };
        said.push(What::Unreadable {
            kind: kind.to_owned(),
        });
    }
    said
}

fn set_aside(mail: &Mail, why: &str) -> What {
    let text = match mail.text.trim() {
        "" => mail.subject.clone(),
        text => format!("{}\n\n{text}", mail.subject).trim().to_owned(),
    };
    What::SetAside {
        text: text.chars().take(5_000).collect(),
        why: why.to_owned(),
    }
}

/// The same events, kept for staff and not answered.
pub fn unanswered(letter: &mut Letter, why: &str) {
    letter.took.brought.truncate(1);
    letter.took.files.clear();
    if let Some(Brought::Said(event)) = letter.took.brought.first_mut() {
        event.what = What::SetAside {
            text: letter.words.clone(),
            why: why.to_owned(),
        };
    }
}

/// What makes a mail itself, whichever way it comes.
fn key(mail: &Mail, words: &str) -> String {
    let mut digest = Sha256::new();
    for part in [&mail.message_id, &mail.from, words] {
        digest.update(part.as_bytes());
        digest.update([0]);
    }
    if mail.message_id.is_empty() {
        digest.update(mail.head("date").unwrap_or_default().as_bytes());
        digest.update(mail.text.as_bytes());
    }
    hex(&digest.finalize()[..16])
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// `rfc822; a@b` without its kind.
fn bare_recipient(value: &str) -> String {
    let bare = value.rsplit_once(';').map_or(value, |(_, address)| address);
    bare.trim().trim_matches(['<', '>']).to_ascii_lowercase()
}

/// A status code and nothing else that stood there.
fn code(status: &str) -> String {
    status
        .chars()
        .take_while(|c| c.is_ascii_digit() || *c == '.')
        .take(12)
        .collect()
}
