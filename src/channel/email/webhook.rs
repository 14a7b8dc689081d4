//! What mail providers post to us: whether it is genuine, and the mail in it. Four shapes, one reader.

use axum::http::{Method, StatusCode, header};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use sha2::Sha256;
use subtle::ConstantTimeEq;

use super::form::Form;
use super::mail::{self, File, Mail};
use super::read::{self, Envelope, Letter};
use super::{Email, NAME, charset};
use crate::channel::{Heard, Request, Took};
use crate::event::{Brought, Millis, Seed, Strange};

/// Mailgun tries for eight hours.
const SIGNED_AGO_MILLIS: Millis = 9 * 3_600_000;

/// How far their clock may be ahead of ours.
const SIGNED_AHEAD_MILLIS: Millis = 300_000;

/// A mail out of a request, and what its envelope said.
type Posted = (Mail, Envelope);

/// What could not be read.
enum Bad {
    /// Not even the form in which mails are posted.
    Shape,
    /// Well formed, but no mail: brought again it would be the same.
    NoMail,
}

pub fn hear(email: &Email, request: &Request<'_>) -> Heard {
    if request.method != Method::POST {
        return Heard::say(StatusCode::METHOD_NOT_ALLOWED, "");
    }
    let knows_secret = email
        .webhook_secret
        .as_ref()
        .is_some_and(|secret| knows(secret, request));
    let posted = match (request.below, &email.mailgun_key) {
        ("mailgun", Some(key)) => match form(request) {
            // Their signature is in the form: an unreadable one proves nothing.
            Some(form) if is_signed(email, key, &form, request.now) => mailgun(&form),
            _ => return Heard::say(StatusCode::UNAUTHORIZED, ""),
        },
        ("" | "postmark" | "sendgrid" | "mailgun", _) if !knows_secret => {
            return Heard::say(StatusCode::UNAUTHORIZED, "");
        }
        ("", _) => raw(request.body),
        ("postmark", _) => postmark(request.body),
        ("sendgrid", _) => form(request)
            .ok_or(Bad::Shape)
            .and_then(|form| sendgrid(&form)),
        ("mailgun", None) => form(request)
            .ok_or(Bad::Shape)
            .and_then(|form| mailgun(&form)),
        _ => return Heard::say(StatusCode::NOT_FOUND, ""),
    };
    match posted {
        Ok(posted) => Heard::Took(email.take(posted, request.now, request.seed)),
        Err(Bad::Shape) => Heard::say(StatusCode::BAD_REQUEST, ""),
        Err(Bad::NoMail) => Heard::Took(no_mail(request)),
    }
}

/// Kept as it came, and passed by: brought again it would be the same.
fn no_mail(request: &Request<'_>) -> Took {
    let told = "a mail provider posted what is no mail: it is kept as it came, see `wasl channels strange`";
    let body = String::from_utf8_lossy(request.body).into_owned();
    let kind = format!("no mail {}", request.below);
    Took {
        brought: vec![Brought::Strange(Strange::new(
            NAME,
            &kind,
            body,
            request.now,
        ))],
        troubles: vec![told.to_owned()],
        ..Took::default()
    }
}

impl Email {
    /// What a mail brings, as far as its sender is still answered.
    pub fn take(&self, (mail, envelope): Posted, now: Millis, seed: Seed) -> Took {
        let mut letter: Letter = self.reader().read(mail, envelope, now, seed);
        let answered = letter.person.is_empty()
            || self
                .budget
                .allows(&letter.person, &letter.key, &letter.words, now);
        if !answered {
            read::unanswered(
                &mut letter,
                "its sender wrote the same, or too much, within an hour",
            );
        }
        letter.took
    }
}

/// The secret as password of HTTP Basic, or in the query.
fn knows(secret: &SecretString, request: &Request<'_>) -> bool {
    let right = secret.expose_secret().as_bytes();
    let basic = request
        .headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("Basic "))
        .and_then(|value| STANDARD.decode(value.trim()).ok())
        .and_then(|pair| {
            let colon = pair.iter().position(|byte| *byte == b':')?;
            Some(pair[colon + 1..].to_vec())
        });
    let query = form_urlencoded::parse(request.query.as_bytes())
        .find(|(name, _)| name == "secret")
        .map(|(_, value)| value.into_owned().into_bytes());
    [basic, query]
        .into_iter()
        .flatten()
        .any(|given| bool::from(given.ct_eq(right)))
}

fn form(request: &Request<'_>) -> Option<Form> {
    let kind = request.headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
    Form::read(kind, request.body)
}

fn raw(body: &[u8]) -> Result<Posted, Bad> {
    mail::parse(body)
        .map(|mail| (mail, Envelope::default()))
        .ok_or(Bad::Shape)
}

fn is_signed(email: &Email, key: &SecretString, form: &Form, now: Millis) -> bool {
    let field = |name| form.text(name).unwrap_or_default();
    let (timestamp, token, signature) = (field("timestamp"), field("token"), field("signature"));
    let signed = is_mailgun_signature(key.expose_secret(), &timestamp, &token, &signature);
    let at = timestamp
        .parse::<Millis>()
        .ok()
        .and_then(|at| at.checked_mul(1_000));
    let fresh =
        at.is_some_and(|at| now - at <= SIGNED_AGO_MILLIS && at - now <= SIGNED_AHEAD_MILLIS);
    let body = [
        form.bytes("body-mime"),
        form.bytes("message-headers"),
        form.bytes("body-plain"),
        form.bytes("body-html"),
    ];
    signed
        && fresh
        && email.budget.is_first(
            &token,
            &body.map(Option::unwrap_or_default).concat(),
            now,
            SIGNED_AGO_MILLIS,
        )
}

/// The hexadecimal HMAC over timestamp and token.
fn is_mailgun_signature(key: &str, timestamp: &str, token: &str, signature: &str) -> bool {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key.as_bytes()) else {
        return false;
    };
    mac.update(timestamp.as_bytes());
    mac.update(token.as_bytes());
    let right: String = mac
        .finalize()
        .into_bytes()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    bool::from(
        right
            .as_bytes()
            .ct_eq(signature.to_ascii_lowercase().as_bytes()),
    )
}

fn mailgun(form: &Form) -> Result<Posted, Bad> {
    let envelope = Envelope {
        from: form.text("sender"),
        to: form.text("recipient").map(listed).unwrap_or_default(),
    };
    if let Some(raw) = form.bytes("body-mime") {
        let mail = mail::parse(raw).ok_or(Bad::NoMail)?;
        return Ok((mail, envelope));
    }
    let heads: Value = match form.bytes("message-headers") {
        Some(heads) => serde_json::from_slice(heads).map_err(|_| Bad::Shape)?,
        None => Value::Null,
    };
    let pairs = heads
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|pair| Some((pair.get(0)?.as_str()?, pair.get(1)?.as_str()?)));
    let mut lines = head_lines(pairs);
    for (name, field) in [
        ("From", "from"),
        ("Subject", "subject"),
        ("To", "recipient"),
        ("Message-Id", "Message-Id"),
    ] {
        if let Some(value) = form.text(field).filter(|_| !has_head(&lines, name)) {
            lines.push_str(&head_lines([(name, value.as_str())].into_iter()));
        }
    }
    let mail = mail::assemble(
        &lines,
        form.text("body-plain"),
        form.text("body-html").as_deref(),
        form.files.clone(),
    );
    Ok((mail.ok_or(Bad::NoMail)?, envelope))
}

fn sendgrid(form: &Form) -> Result<Posted, Bad> {
    let given: Value = form
        .bytes("envelope")
        .and_then(|bytes| serde_json::from_slice(bytes).ok())
        .unwrap_or_default();
    let envelope = Envelope {
        from: given["from"].as_str().map(str::to_owned),
        to: given["to"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|to| Some(to.as_str()?.to_owned()))
            .collect(),
    };
    if let Some(raw) = form.bytes("email") {
        return Ok((mail::parse(raw).ok_or(Bad::NoMail)?, envelope));
    }
    let charsets: Value = form
        .bytes("charsets")
        .and_then(|bytes| serde_json::from_slice(bytes).ok())
        .unwrap_or_default();
    let letters = |name: &str| Some(charset::decode(form.bytes(name)?, charsets[name].as_str()));
    let mut lines = letters("headers").unwrap_or_default().trim_end().to_owned();
    lines.push_str("\r\n");
    for (name, field) in [("From", "from"), ("To", "to"), ("Subject", "subject")] {
        if let Some(value) = letters(field).filter(|_| !has_head(&lines, name)) {
            lines.push_str(&head_lines([(name, value.as_str())].into_iter()));
        }
    }
    let mail = mail::assemble(
        &lines,
        letters("text"),
        letters("html").as_deref(),
        form.files.clone(),
    );
    Ok((mail.ok_or(Bad::NoMail)?, envelope))
}

fn postmark(body: &[u8]) -> Result<Posted, Bad> {
    let posted: Value = serde_json::from_slice(body).map_err(|_| Bad::Shape)?;
    let text = |name: &str| posted[name].as_str().filter(|text| !text.is_empty());
    let envelope = Envelope {
        // Their own address for bounces stands in no field of theirs.
        from: None,
        to: text("OriginalRecipient")
            .map(|to| listed(to.to_owned()))
            .unwrap_or_default(),
    };
    if let Some(raw) = text("RawEmail") {
        return Ok((mail::parse(raw.as_bytes()).ok_or(Bad::NoMail)?, envelope));
    }
    let heads = posted["Headers"].as_array().into_iter().flatten();
    let mut lines = head_lines(
        heads.filter_map(|head| Some((head["Name"].as_str()?, head["Value"].as_str()?))),
    );
    for (name, field) in [
        ("From", "From"),
        ("To", "To"),
        ("Cc", "Cc"),
        ("Subject", "Subject"),
        ("Date", "Date"),
    ] {
        if let Some(value) = text(field).filter(|_| !has_head(&lines, name)) {
            lines.push_str(&head_lines([(name, value)].into_iter()));
        }
    }
    if let Some(id) = text("MessageID").filter(|_| !has_head(&lines, "Message-ID")) {
        lines.push_str(&head_lines(
            [("Message-ID", format!("<{id}@postmark>").as_str())].into_iter(),
        ));
    }
    let files = posted["Attachments"]
        .as_array()
        .into_iter()
        .flatten()
        .take(mail::FILES_MAX + 1);
    let files = files.filter_map(|file| {
        Some(File {
            name: file["Name"].as_str().map(str::to_owned),
            bytes: STANDARD.decode(file["Content"].as_str()?).ok()?,
        })
    });
    let mail = mail::assemble(
        &lines,
        text("TextBody").map(str::to_owned),
        text("HtmlBody"),
        files.collect(),
    );
    Ok((mail.ok_or(Bad::NoMail)?, envelope))
}

/// Heads as lines of a mail; nothing in a value begins a head of its own.
fn head_lines<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    pairs
        .filter(|(name, _)| {
            !name.is_empty()
                && name
                    .bytes()
                    .all(|byte| byte.is_ascii_graphic() && byte != b':')
        })
        .map(|(name, value)| format!("{name}: {}\r\n", value.replace(['\r', '\n'], " ")))
        .collect()
}

fn has_head(lines: &str, name: &str) -> bool {
    lines.lines().any(|line| {
        let head = line.split_once(':').map_or("", |(head, _)| head);
        head.eq_ignore_ascii_case(name)
    })
}

fn listed(addresses: String) -> Vec<String> {
    addresses
        .split(',')
        .map(|one| one.trim().to_owned())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mailgun_signs_timestamp_and_token() {
        let token = "0123456789abcdef0123456789abcdef0123456789abcdef01";
        let right = "f42636fdb934e9e1d06b13cdea34de9b4e0a93725b9a41b04f84dcd0ea7dd3de";
        let key = "mg-signing-key-tests";
        assert!(is_mailgun_signature(key, "1767225600", token, right));
        assert!(!is_mailgun_signature(key, "1767225601", token, right));
        assert!(!is_mailgun_signature("another", "1767225600", token, right));
        assert!(!is_mailgun_signature(key, "1767225600", token, ""));
    }
}
