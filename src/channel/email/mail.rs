//! A mail as it stands after parsing, however it came: heads, words, files, reports. Bounded, and pure.

use mail_parser::{Encoding, Message, MessageParser, MessagePart, MimeHeaders, PartType};

use super::head::{decoded_words, unbase64};
use super::{LIMITS, charset, html};
use crate::event::Millis;

/// Files of one mail; an album of a phone has ten.
pub const FILES_MAX: usize = 20;

/// Parts within parts; what people write has three or four.
const NESTED_MAX: usize = 60;

/// Words of a mail in bytes; a longer mail was written by nobody.
const TEXT_BYTES_MAX: usize = 200_000;

/// Message ids that we follow back.
const REFERENCES_MAX: usize = 40;

/// A picture up to this size that the words refer to is a logo of somebody's signature.
const LOGO_BYTES_MAX: usize = 30_000;

/// A mail.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mail {
    /// Without brackets; empty where it has none.
    pub message_id: String,
    /// Small letters; empty where there is none.
    pub from: String,
    /// All addresses that it says it went to, small letters.
    pub to: Vec<String>,
    pub subject: String,
    pub in_reply_to: Vec<String>,
    pub references: Vec<String>,
    pub sent_at: Option<Millis>,
    /// Every head, names in small letters, values unfolded, in order.
    pub heads: Vec<(String, String)>,
    /// All words, the quoted ones included.
    pub text: String,
    /// Words above the quote that an HTML mail marks by itself.
    pub marked: Option<String>,
    pub files: Vec<File>,
    /// Files that were left out: too many, too large, mails in a mail.
    pub left_out: usize,
    pub report: Option<Report>,
    /// It has more parts in one another than we open.
    pub too_deep: bool,
}

/// A file that came with a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    pub name: Option<String>,
    pub bytes: Vec<u8>,
}

/// A report of a mail server about another mail.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// "delivery-status" or "feedback-report".
    pub kind: String,
    /// Heads of the machine-readable part, names in small letters.
    pub fields: Vec<(String, String)>,
    /// The id of the mail that it is about.
    pub about: Option<String>,
}

impl Mail {
    /// The first head of this name.
    pub fn head(&self, name: &str) -> Option<&str> {
        let found = self.heads.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let of_name = self.heads.iter().filter(move |(known, _)| known == name);
        of_name.map(|(_, value)| value.as_str())
    }
}

impl Report {
    pub fn field(&self, name: &str) -> Option<&str> {
        let found = self.fields.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// Reads a whole mail; None for what has no heads, or nobody in `From`.
pub fn parse(raw: &[u8]) -> Option<Mail> {
    let too_deep = nested(raw) > NESTED_MAX;
    let parser = MessageParser::default();
    let message = match too_deep {
        true => parser.parse_headers(raw)?,
        false => parser.parse(raw)?,
    };
    let mut mail = heads(&message)?;
    mail.too_deep = too_deep;
    if !too_deep {
        fill(&mut mail, &message);
    }
    Some(mail)
}

/// Reads what a provider took apart: heads as lines, words, files.
pub fn assemble(
    head: &str,
    text: Option<String>,
    page: Option<&str>,
    files: Vec<File>,
) -> Option<Mail> {
    let raw = format!("{}\r\n\r\n", head.trim_end());
    let message = MessageParser::default().parse_headers(raw.as_bytes())?;
    let mut mail = heads(&message)?;
    words(&mut mail, text, page);
    for file in files {
        keep(&mut mail, file);
    }
    Some(mail)
}

/// How many parts say that they hold others.
fn nested(raw: &[u8]) -> usize {
    let low = raw.to_ascii_lowercase();
    let count = |what: &[u8]| memchr_count(&low, what);
    count(b"boundary=") + count(b"boundary*") + count(b"message/rfc822")
}

/// How often bytes occur, counted no further than matters.
fn memchr_count(bytes: &[u8], what: &[u8]) -> usize {
    let mut found = 0;
    let mut at = 0;
    while let Some(next) = bytes[at..].iter().position(|byte| *byte == what[0]) {
        at += next;
        if bytes[at..].starts_with(what) {
            found += 1;
            if found > NESTED_MAX {
                break;
            }
        }
        at += 1;
    }
    found
}

fn heads(message: &Message<'_>) -> Option<Mail> {
    let raw = &message.raw_message;
    let root = message.parts.first()?;
    let heads: Vec<(String, String)> = root
        .headers
        .iter()
        .map(|head| {
            let (start, end) = (head.offset_start as usize, head.offset_end as usize);
            let bytes = raw.get(start..end).unwrap_or_default();
            (head.name().to_ascii_lowercase(), unfolded(bytes))
        })
        .collect();
    let addresses = |name: &'static str| -> Vec<String> {
        message
            .header_values(name)
            .filter_map(|value| value.as_address())
            .flat_map(|list| list.iter())
            .filter_map(|one| one.address.as_deref())
            .map(|one| one.trim().to_ascii_lowercase())
            .collect()
    };
    let from = addresses("From").into_iter().find(|one| is_address(one))?;
    let mut mail = Mail {
        message_id: message.message_id().unwrap_or_default().trim().to_owned(),
        from,
        to: [addresses("To"), addresses("Cc")].concat(),
        sent_at: message
            .date()
            .map(|date| date.to_timestamp().saturating_mul(1_000)),
        heads,
        ..Mail::default()
    };
    for name in ["delivered-to", "x-original-to", "envelope-to"] {
        let also: Vec<_> = mail
            .all(name)
            .map(|one| one.trim_matches(['<', '>', ' ']).to_ascii_lowercase())
            .collect();
        mail.to.extend(also);
    }
    mail.subject = decoded_words(mail.head("subject").unwrap_or_default());
    mail.in_reply_to = ids(mail.head("in-reply-to"));
    mail.references = ids(mail.head("references"));
    Some(mail)
}

/// Something before and behind an `@`, without spaces, as long as an address may be.
pub fn is_address(text: &str) -> bool {
    let parts = text.rsplit_once('@');
    parts.is_some_and(|(local, domain)| {
        !local.is_empty() && domain.contains('.') || domain_is_local(parts)
    }) && text.len() <= 254
        && !text
            .chars()
            .any(|c| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | ','))
}

fn domain_is_local(parts: Option<(&str, &str)>) -> bool {
    parts.is_some_and(|(local, domain)| !local.is_empty() && domain == "localhost")
}

/// The message ids of a head, without brackets; the last ones, where there are many.
fn ids(head: Option<&str>) -> Vec<String> {
    let all: Vec<String> = head
        .unwrap_or_default()
        .split(['<', '>', ' ', '\t', ','])
        .filter(|part| part.contains('@') && part.len() <= 500)
        .map(str::to_owned)
        .collect();
    let skip = all.len().saturating_sub(REFERENCES_MAX);
    all.into_iter().skip(skip).collect()
}

fn unfolded(bytes: &[u8]) -> String {
    let text = charset::decode(bytes, None);
    text.replace("\r\n", "").replace('\n', "").trim().to_owned()
}

fn fill(mail: &mut Mail, message: &Message<'_>) {
    let text_of = |ids: &[u32], wanted: fn(&MessagePart<'_>) -> bool| -> Option<String> {
        let parts = ids.iter().filter_map(|id| message.part(*id));
        let parts = parts.filter(|part| wanted(part));
        let texts: Vec<String> = parts
            .take(NESTED_MAX)
            .map(|part| letters(message, part))
            .collect();
        (!texts.is_empty()).then(|| texts.join("\n"))
    };
    let plain = text_of(&message.text_body, |part| {
        matches!(part.body, PartType::Text(_))
    });
    let page = text_of(&message.html_body, |part| {
        matches!(part.body, PartType::Html(_))
    });
    let pictures = page.clone().unwrap_or_default();
    words(mail, plain, page.as_deref());
    mail.report = report(message);
    if mail.report.is_some() {
        return;
    }
    for part in message.attachments() {
        if is_logo(part, &pictures) {
            continue;
        }
        match &part.body {
            PartType::Message(_) | PartType::Multipart(_) => mail.left_out += 1,
            _ => keep(
                mail,
                File {
                    name: name_of(part),
                    bytes: part.contents().to_vec(),
                },
            ),
        }
    }
}

/// The plain words, or those of the page where there are none.
fn words(mail: &mut Mail, plain: Option<String>, page: Option<&str>) {
    let plain = plain.filter(|text| !text.trim().is_empty());
    mail.text = match (plain, page) {
        (Some(plain), _) => plain,
        (None, Some(page)) => {
            mail.marked = html::above_quote(page);
            html::whole(page)
        }
        (None, None) => String::new(),
    };
    if mail.text.len() > TEXT_BYTES_MAX {
        let end = (0..=TEXT_BYTES_MAX)
            .rev()
            .find(|at| mail.text.is_char_boundary(*at));
        mail.text.truncate(end.unwrap_or(0));
    }
}

fn keep(mail: &mut Mail, file: File) {
    let fits = u64::try_from(file.bytes.len()).is_ok_and(|bytes| bytes <= LIMITS.file_bytes);
    match fits && mail.files.len() < FILES_MAX {
        true if file.bytes.is_empty() => {}
        true => mail.files.push(file),
        false => mail.left_out += 1,
    }
}

fn is_logo(part: &MessagePart<'_>, page: &str) -> bool {
    let id = part.content_id().map(|id| id.trim_matches(['<', '>']));
    part.contents().len() <= LOGO_BYTES_MAX
        && id.is_some_and(|id| !id.is_empty() && page.contains(&format!("cid:{id}")))
}

fn name_of(part: &MessagePart<'_>) -> Option<String> {
    part.attachment_name().map(decoded_words)
}

/// A text part in its letters, whatever its label says.
fn letters(message: &Message<'_>, part: &MessagePart<'_>) -> String {
    let (start, end) = (
        part.raw_body_offset() as usize,
        part.raw_end_offset() as usize,
    );
    let raw = message.raw_message.get(start..end).unwrap_or_default();
    let bytes = match part.encoding {
        Encoding::None => raw.to_vec(),
        Encoding::QuotedPrintable => {
            mail_parser::decoders::quoted_printable::quoted_printable_decode(raw)
                .unwrap_or_else(|| raw.to_vec())
        }
        Encoding::Base64 => unbase64(raw),
    };
    let label = part
        .content_type()
        .and_then(|kind| kind.attribute("charset"));
    charset::decode(&bytes, label)
}

fn report(message: &Message<'_>) -> Option<Report> {
    let kind = message
        .content_type()
        .filter(|kind| kind.ctype() == "multipart")?;
    if kind.subtype()? != "report" {
        return None;
    }
    let mut report = Report {
        kind: kind
            .attribute("report-type")
            .unwrap_or_default()
            .to_ascii_lowercase(),
        ..Report::default()
    };
    for part in message.parts.iter().skip(1) {
        let subtype = part
            .content_type()
            .and_then(|kind| kind.subtype())
            .unwrap_or_default();
        match (subtype, &part.body) {
            ("delivery-status" | "feedback-report", _) => {
                report.fields.extend(fields(part.contents()));
            }
            (_, PartType::Message(inner)) => {
                report.about = inner.message_id().map(str::to_owned);
            }
            ("rfc822-headers", _) => {
                let found = fields(part.contents())
                    .into_iter()
                    .find(|(name, _)| name == "message-id");
                report.about = found.map(|(_, id)| id.trim_matches(['<', '>']).to_owned());
            }
            _ => {}
        }
    }
    Some(report)
}

fn fields(bytes: &[u8]) -> Vec<(String, String)> {
    let text = String::from_utf8_lossy(bytes)
        .replace("\r\n ", " ")
        .replace("\n ", " ");
    text.lines()
        .filter_map(|line| line.split_once(':'))
        .take(100)
        .map(|(name, value)| (name.trim().to_ascii_lowercase(), value.trim().to_owned()))
        .collect()
}
