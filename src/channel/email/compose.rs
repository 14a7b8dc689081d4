//! The bytes of a mail: words, page and files in the parts that RFC 2046 asks for. Reads the files that go
//! along; sends nothing.

use std::time::{Duration, UNIX_EPOCH};

use lettre::Message;
use lettre::address::Envelope;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Attachment, Mailbox, MultiPart, SinglePart};

use super::own::Own;
use super::write::{Beside, Letter};
use crate::channel::{Files, Payload, SendError};

/// # Errors
/// What no outbox writes.
pub fn read(payload: &Payload) -> Result<Letter, SendError> {
    serde_json::from_value(payload.body.clone()).map_err(|_| never("the payload is no mail"))
}

/// The mail as it goes over the wire.
///
/// # Errors
/// `Never` for an address that is none; `Later` for a file that is not there now.
pub async fn compose(letter: &Letter, own: &Own, files: &dyn Files) -> Result<Vec<u8>, SendError> {
    let mut beside = Vec::new();
    for file in &letter.files {
        beside.push(attached(file, files).await?);
    }
    let words = MultiPart::alternative()
        .singlepart(
            SinglePart::builder()
                .header(ContentType::TEXT_PLAIN)
                .body(letter.text.clone()),
        )
        .singlepart(
            SinglePart::builder()
                .header(ContentType::TEXT_HTML)
                .body(letter.page.clone()),
        );
    let body = match beside.is_empty() {
        true => words,
        false => beside
            .into_iter()
            .fold(MultiPart::mixed().multipart(words), MultiPart::singlepart),
    };
    let mail = headed(letter, own)?.multipart(body);
    let mail = mail.map_err(|_| never("the mail cannot be put together"))?;
    Ok(mail.formatted())
}

fn headed(letter: &Letter, own: &Own) -> Result<lettre::message::MessageBuilder, SendError> {
    let mailbox = |name: Option<String>, address: &str| {
        let address = address.parse().map_err(|_| SendError::Barred {
            reason: "this is no mail address".to_owned(),
        })?;
        Ok::<_, SendError>(Mailbox::new(name, address))
    };
    let at = Duration::from_millis(u64::try_from(letter.at).unwrap_or_default());
    let to = mailbox(None, &letter.to)?;
    let envelope = Envelope::new(None, vec![to.email.clone()])
        .map_err(|_| never("the envelope has no recipient"))?;
    let mut builder = Message::builder()
        .from(mailbox(own.name.clone(), &own.address)?)
        .to(to)
        .envelope(envelope)
        .subject(letter.subject.clone())
        .date(UNIX_EPOCH + at)
        .message_id(Some(bracketed(&letter.message_id)));
    if let Some(answers_to) = &letter.answers_to {
        builder = builder.reply_to(mailbox(own.name.clone(), answers_to)?);
    }
    if let Some(before) = &letter.in_reply_to {
        builder = builder.in_reply_to(bracketed(before));
    }
    if !letter.references.is_empty() {
        let all: Vec<_> = letter.references.iter().map(|id| bracketed(id)).collect();
        builder = builder.references(all.join(" "));
    }
    if let Some(automatic) = &letter.automatic {
        builder = raw(builder, "Auto-Submitted", automatic);
        builder = raw(builder, "X-Auto-Response-Suppress", "All");
    }
    if let Some(link) = &letter.unsubscribe {
        builder = raw(builder, "List-Unsubscribe", &format!("<{link}>"));
        builder = raw(
            builder,
            "List-Unsubscribe-Post",
            "List-Unsubscribe=One-Click",
        );
    }
    Ok(builder)
}

/// Ids come from other people's mails: nothing in one ends its head.
fn bracketed(id: &str) -> String {
    let id: String = id
        .chars()
        .filter(|c| c.is_ascii_graphic() && !matches!(c, '<' | '>'))
        .collect();
    format!("<{id}>")
}

fn raw(
    builder: lettre::message::MessageBuilder,
    name: &'static str,
    value: &str,
) -> lettre::message::MessageBuilder {
    let name = HeaderName::new_from_ascii_str(name);
    builder.raw_header(HeaderValue::new(name, value.to_owned()))
}

async fn attached(file: &Beside, files: &dyn Files) -> Result<SinglePart, SendError> {
    let missing = || SendError::Later {
        after: None,
        reason: "a file that goes along cannot be read now".to_owned(),
    };
    Ok(match file {
        Beside::File { path, title } => {
            let bytes = files.read(path).await.ok_or_else(missing)?;
            part(bytes, &named(path, title), None)
        }
        Beside::Attachment { id, name, mime } => {
            let bytes = files.attachment(id).await.ok_or_else(missing)?;
            part(bytes, name, Some(mime))
        }
        Beside::Card { name, phones } => part(
            card(name, phones).into_bytes(),
            &format!("{name}.vcf"),
            Some("text/vcard"),
        ),
    })
}

/// The title, with what the path ends in.
fn named(path: &str, title: &str) -> String {
    let last = path.rsplit('/').next().unwrap_or(path);
    match (title.is_empty(), last.rsplit_once('.')) {
        (false, Some((_, kind))) => format!("{title}.{kind}"),
        _ => last.to_owned(),
    }
}

fn part(bytes: Vec<u8>, name: &str, mime: Option<&str>) -> SinglePart {
    let found = infer::get(&bytes).map(|kind| kind.mime_type());
    let kind = mime
        .or(found)
        .and_then(|mime| ContentType::parse(mime).ok());
    let kind = kind.or_else(|| ContentType::parse("application/octet-stream").ok());
    let name: String = name
        .chars()
        .map(|c| {
            if c.is_control() || matches!(c, '/' | '\\' | '"') {
                ' '
            } else {
                c
            }
        })
        .collect();
    Attachment::new(name).body(bytes, kind.unwrap_or(ContentType::TEXT_PLAIN))
}

/// RFC 6350.
fn card(name: &str, phones: &[String]) -> String {
    let plain = |text: &str| {
        text.replace('\\', "\\\\")
            .replace([',', ';'], " ")
            .replace(['\r', '\n'], " ")
    };
    let phones: String = phones
        .iter()
        .map(|phone| format!("TEL;TYPE=work:{}\r\n", plain(phone)))
        .collect();
    format!(
        "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{0}\r\nN:{0};;;;\r\n{phones}END:VCARD\r\n",
        plain(name)
    )
}

fn never(reason: &str) -> SendError {
    SendError::Never {
        reason: reason.to_owned(),
    }
}
