//! The keys of processing.yaml.

use super::super::shape::Shape::*;
use super::super::shape::{Table, Verb};
use super::{may, must, table, verb};
use crate::dialog::processing::BASES;

pub static PROCESSING: Table = table(
    "processing.yaml",
    &[
        must(
            "purposes",
            List(&Verbs(PURPOSE)),
            "What personal data is processed for",
        ),
        must("retentions", List(&Verbs(RETENTION)), "How long it is kept"),
        may(
            "channels",
            List(&Verbs(CHANNEL)),
            "Where what is said on a channel passes",
        ),
        may(
            "beside",
            List(&Verbs(BESIDE)),
            "What is kept beside the answers of dialogs",
        ),
    ],
);

static PURPOSE: &[Verb] = &[verb(
    "purpose",
    "What data is processed for",
    &[&PURPOSE_KEYS],
)];

static PURPOSE_KEYS: Table = table(
    "a purpose",
    &[
        must("title", Text, "The purpose in words"),
        must("basis", OneOf(BASES), "The ground in law"),
        may(
            "sensitive",
            Flag,
            "Data that the law calls sensitive, such as health",
        ),
        must("recipients", Text, "Who receives the data"),
    ],
);

static RETENTION: &[Verb] = &[verb(
    "retention",
    "How long something is kept",
    &[&RETENTION_KEYS],
)];

static RETENTION_KEYS: Table = table("a retention", &[must("text", Text, "The length in words")]);

/// The channels of the house; a text for one that is off does no harm.
const CHANNELS: &[&str] = &["web", "telegram", "whatsapp", "email"];

static CHANNEL: &[Verb] = &[Verb {
    verb: "channel",
    name: OneOf(CHANNELS),
    about: "Where what is said on it passes",
    tables: &[&CHANNEL_KEYS],
}];

static CHANNEL_KEYS: Table = table(
    "a channel",
    &[
        must("text", Text, "Where it passes, and who holds it"),
        may("abroad", Flag, "It leaves the Kingdom: a transfer"),
    ],
);

static BESIDE: &[Verb] = &[verb(
    "data",
    "Something that is kept although no question asks for it",
    &[&BESIDE_KEYS],
)];

static BESIDE_KEYS: Table = table(
    "a kind of data",
    &[
        must("title", Text, "What it is"),
        must("purpose", Name, "A purpose of this file"),
        must("retention", Name, "A retention of this file"),
    ],
);
