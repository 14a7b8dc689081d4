//! `processing.yaml` as types: what personal data is processed for, on what ground, who receives it, how long
//! it is kept, and where messages pass (SAUDI.md section 11). Plain data for `check` and the record.

use std::collections::BTreeMap;

use super::finding::Span;
use super::model::Text;

/// Everything that the file says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Processing {
    pub purposes: BTreeMap<String, Purpose>,
    pub retentions: BTreeMap<String, Retention>,
    /// In the order of the file.
    pub channels: Vec<Passage>,
    /// What is kept beside the answers of dialogs, in the order of the file.
    pub beside: Vec<Beside>,
}

/// What data is processed for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Purpose {
    pub name: String,
    pub at: Span,
    pub title: Text,
    pub basis: Basis,
    /// Data that the law calls sensitive (PDPL article 1), such as health: the consent must be explicit.
    pub sensitive: bool,
    /// Who receives it, inside and outside.
    pub recipients: Text,
}

/// On what ground (PDPL articles 5 and 6).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    Consent,
    /// An agreement with the person, or what they asked for themselves.
    Agreement,
    Law,
    VitalInterest,
    LegitimateInterest,
}

/// The words for the grounds in files, in the order of [`Basis::ALL`].
pub const BASES: &[&str] = &[
    "consent",
    "agreement",
    "law",
    "vital_interest",
    "legitimate_interest",
];

impl Basis {
    pub const ALL: [Basis; 5] = [
        Basis::Consent,
        Basis::Agreement,
        Basis::Law,
        Basis::VitalInterest,
        Basis::LegitimateInterest,
    ];

    /// Its word in files.
    pub fn word(self) -> &'static str {
        Basis::ALL
            .iter()
            .zip(BASES)
            .find(|(basis, _)| **basis == self)
            .map_or("", |(_, word)| word)
    }
}

/// How long something is kept, by a name that dialogs and questions use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retention {
    pub name: String,
    pub at: Span,
    /// The length in words.
    pub text: Text,
}

/// Where what is said on one channel passes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// `web`, `telegram`, `whatsapp` or `email`.
    pub name: String,
    pub at: Span,
    /// It leaves the Kingdom: a transfer (PDPL article 29).
    pub abroad: bool,
    pub text: Text,
}

/// Something that is kept although no question asks for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beside {
    pub name: String,
    pub at: Span,
    pub title: Text,
    pub purpose: String,
    pub retention: String,
}
