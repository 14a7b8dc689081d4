//! Whether a mail was written by somebody: automatic mail is never answered (RFC 3834, CHANNELS 3.3). Pure.

use super::mail::Mail;
use super::own::Own;

/// Why this mail must not be answered; None where a person wrote it to us.
pub fn reason(mail: &Mail, own: &Own, envelope: Option<&str>) -> Option<&'static str> {
    let head = |name: &str| mail.head(name).map(str::to_ascii_lowercase);
    let empty = |path: &str| matches!(path.trim(), "" | "<>");
    if envelope.is_some_and(empty) || mail.head("return-path").is_some_and(empty) {
        return Some("it has no return path");
    }
    if head("auto-submitted").is_some_and(|value| !value.trim().starts_with("no")) {
        return Some("it says that it is automatic");
    }
    if head("precedence")
        .is_some_and(|value| matches!(value.trim(), "bulk" | "list" | "junk" | "auto_reply"))
    {
        return Some("it was sent to many");
    }
    if ["list-id", "list-unsubscribe", "feedback-id"]
        .iter()
        .any(|name| mail.head(name).is_some())
    {
        return Some("it was sent to a list");
    }
    if ["x-autoreply", "x-autorespond", "x-auto-reply-from"]
        .iter()
        .any(|name| mail.head(name).is_some())
    {
        return Some("it is an automatic answer");
    }
    if mail.report.is_some() {
        return Some("it is a report of a mail server");
    }
    if is_machine(&mail.from) {
        return Some("nobody reads what is sent to its sender");
    }
    let is_to_us = mail.to.iter().any(|to| own.is(to));
    (!is_to_us).then_some("it was not sent to our address")
}

/// Whether an address belongs to a program.
fn is_machine(address: &str) -> bool {
    let local = address.rsplit_once('@').map_or(address, |(local, _)| local);
    let bare: String = local.chars().filter(char::is_ascii_alphanumeric).collect();
    bare.starts_with("bounce")
        || ["mailerdaemon", "postmaster", "noreply", "donotreply"]
            .iter()
            .any(|name| bare.starts_with(name))
}
