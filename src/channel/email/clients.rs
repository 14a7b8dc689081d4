//! How mail programs mark what they quote and add, as `clients.yaml` says. Pure; holds no word itself.

use std::sync::LazyLock;

use serde::Deserialize;

const FILE: &str = include_str!("clients.yaml");

/// The file, read once.
pub static CLIENTS: LazyLock<Clients> = LazyLock::new(|| {
    serde_saphyr::from_str(FILE).expect("the file is part of the program, and a test reads it")
});

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clients {
    /// Parts of a line that stands above a quote, in their order.
    pub attributions: Vec<Vec<String>>,
    pub separators: Vec<String>,
    pub forwards: Vec<String>,
    pub heads: Heads,
    pub signatures: Vec<String>,
    /// Before a subject.
    pub answers: Vec<String>,
    pub forwarded: Vec<String>,
}

/// Names of the heads of a quoted mail.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Heads {
    pub from: Vec<String>,
    pub sent: Vec<String>,
    pub to: Vec<String>,
    pub subject: Vec<String>,
}

/// A subject without what answering and forwarding put before it, however often.
pub fn bare_subject(subject: &str) -> &str {
    let clients = &*CLIENTS;
    let mut rest = subject.trim();
    loop {
        let marks = clients.answers.iter().chain(&clients.forwarded);
        let shorter = marks
            .filter_map(|mark| rest.strip_prefix(mark.as_str()))
            .next();
        match shorter {
            Some(shorter) => rest = shorter.trim_start(),
            None => return rest,
        }
    }
}

/// Whether the subject says that the mail is passed on.
pub fn is_forwarded(subject: &str) -> bool {
    let subject = subject.trim();
    CLIENTS
        .forwarded
        .iter()
        .any(|mark| subject.starts_with(mark.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_before_a_subject_are_known_in_both_languages() {
        for (subject, bare, forwarded) in [
            ("طلب إيجار", "طلب إيجار", false),
            ("رد: طلب إيجار", "طلب إيجار", false),
            ("Re: رد: RE: طلب", "طلب", false),
            ("إعادة توجيه: طلب", "طلب", true),
            ("Fwd: Re: a", "a", true),
            ("رد:", "", false),
            ("Rent", "Rent", false),
        ] {
            assert_eq!(
                (bare_subject(subject), is_forwarded(subject)),
                (bare, forwarded)
            );
        }
    }
}
