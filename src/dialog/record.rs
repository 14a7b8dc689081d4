//! The record of processing (PDPL article 31, SAUDI.md section 11), made of a charity's dialog files: every field
//! with its purpose, ground, recipients and retention, and where messages pass. Pure; it decides nothing.

use std::collections::BTreeSet;

use serde::Serialize;

use super::check::{question, recorded_fields};
use super::load::Loaded;
use super::load::build::kind::reader_word;
use super::model::{Dialog, Kind, Step, Text};
use super::printed::{filled, one_of, words};
use super::processing::{Basis, Beside, Passage, Purpose};
use crate::text::lang::Lang;

mod reached;
mod write;

pub use write::{csv, json, markdown};

/// The record in one language.
#[derive(Debug, Serialize)]
pub struct Record {
    #[serde(skip)]
    lang: Lang,
    pub charity: String,
    pub title: String,
    pub licence: Option<String>,
    /// Where to write about data.
    pub contact: Option<String>,
    /// Digest of the dialog files that it was made of.
    pub version: String,
    /// Days after which an unfinished form is erased by itself.
    pub unfinished_form_days: u32,
    /// Those that a field of the record has, in the order of the file.
    pub purposes: Vec<PurposeLine>,
    /// In the order of dialogs and files.
    pub fields: Vec<FieldLine>,
    pub channels: Vec<ChannelLine>,
}

#[derive(Debug, Serialize)]
pub struct PurposeLine {
    pub name: String,
    pub title: String,
    pub basis: String,
    pub sensitive: bool,
    pub recipients: String,
}

#[derive(Debug, Serialize)]
pub struct FieldLine {
    pub title: String,
    /// `dialog.step`, or the name of what is kept of every talk.
    pub place: String,
    /// What kind of data it is, in words.
    pub data: String,
    /// Name of the purpose; empty where none is told, which `check` finds.
    pub purpose: String,
    /// Sealed and masked, or of a purpose that the law calls sensitive.
    pub sensitive: bool,
    /// Nobody may pass it over.
    pub needed: bool,
    /// The length in words.
    pub retention: String,
}

#[derive(Debug, Serialize)]
pub struct ChannelLine {
    pub name: String,
    pub title: String,
    /// It leaves the Kingdom.
    pub abroad: bool,
    pub passes: String,
}

/// The record of what these files say and this charity can ask, however much `check` finds wrong with them.
pub fn record(loaded: &Loaded, lang: Lang) -> Record {
    let charity = &loaded.charity;
    let dialogs = loaded.dialogs.values();
    let asked = dialogs.flat_map(|dialog| {
        let reached = reached::reached(loaded, dialog);
        let is_asked = move |step: &&Step| {
            let found = dialog.step(&step.name);
            found.is_some_and(|(number, _)| reached.contains(&number))
        };
        let fields = recorded_fields(dialog).into_iter().filter(is_asked);
        fields.map(move |step| field(loaded, dialog, step, lang))
    });
    let beside = loaded.processing.beside.iter();
    let beside = beside.map(|one| kept_beside(loaded, one, lang));
    let fields: Vec<FieldLine> = asked.chain(beside).collect();
    let used: BTreeSet<&str> = fields.iter().map(|field| field.purpose.as_str()).collect();
    let mut purposes: Vec<&Purpose> = loaded.processing.purposes.values().collect();
    purposes.sort_by_key(|purpose| purpose.at);
    Record {
        lang,
        charity: charity.name.clone(),
        title: match lang {
            Lang::Ar => charity.title_ar.clone(),
            Lang::En => charity.title_en.clone(),
        },
        licence: fact(loaded, "licence", lang),
        contact: fact(loaded, "privacy_email", lang).or_else(|| fact(loaded, "email", lang)),
        version: loaded.version.clone(),
        unfinished_form_days: charity.periods.forget_form_days,
        purposes: purposes
            .into_iter()
            .filter(|purpose| used.contains(purpose.name.as_str()))
            .map(|purpose| purpose_line(purpose, lang))
            .collect(),
        channels: loaded
            .processing
            .channels
            .iter()
            .map(|channel| channel_line(channel, lang))
            .collect(),
        fields,
    }
}

/// A fact in this language, else as it stands for both.
fn fact(loaded: &Loaded, name: &str, lang: Lang) -> Option<String> {
    let facts = &loaded.charity.facts;
    let own = facts.get(&format!("{name}.{}", lang.code()));
    own.or_else(|| facts.get(name)).cloned()
}

fn field(loaded: &Loaded, dialog: &Dialog, step: &Step, lang: Lang) -> FieldLine {
    let question = question(step);
    let own = |of: Option<&String>, dialogs: &Option<String>| {
        of.or(dialogs.as_ref()).cloned().unwrap_or_default()
    };
    let purpose = own(
        question.and_then(|question| question.purpose.as_ref()),
        &dialog.purpose,
    );
    let kept = own(
        question.and_then(|question| question.retention.as_ref()),
        &dialog.retention,
    );
    let marked = question.is_some_and(|question| question.sensitive);
    let label = question.and_then(|question| question.label.as_ref());
    let data = data(step, lang);
    FieldLine {
        title: label.map_or_else(|| data.clone(), |label| said(label, lang)),
        place: format!("{}.{}", dialog.name, step.name),
        data,
        sensitive: marked || is_sensitive(loaded, &purpose),
        purpose,
        needed: !question.is_some_and(|question| question.optional),
        retention: length(loaded, &kept, lang),
    }
}

fn kept_beside(loaded: &Loaded, one: &Beside, lang: Lang) -> FieldLine {
    FieldLine {
        title: said(&one.title, lang),
        place: one.name.clone(),
        data: words("data.beside", lang).to_owned(),
        purpose: one.purpose.clone(),
        sensitive: is_sensitive(loaded, &one.purpose),
        needed: true,
        retention: length(loaded, &one.retention, lang),
    }
}

/// Whether the law calls the data of this purpose sensitive.
pub fn is_sensitive(loaded: &Loaded, purpose: &str) -> bool {
    let purpose = loaded.processing.purposes.get(purpose);
    purpose.is_some_and(|purpose| purpose.sensitive)
}

/// How long, in words; the bare name where no rule has it, and nothing where none is named.
fn length(loaded: &Loaded, name: &str, lang: Lang) -> String {
    let rule = loaded.processing.retentions.get(name);
    rule.map_or_else(|| name.to_owned(), |rule| said(&rule.text, lang))
}

fn data(step: &Step, lang: Lang) -> String {
    match &step.kind {
        Kind::Ask(ask) => one_of("data", reader_word(ask.read), lang),
        Kind::Choose(_) => words("data.option", lang).to_owned(),
        Kind::Attach(_) => words("data.files", lang).to_owned(),
        Kind::Locate(_) => words("data.residence", lang).to_owned(),
        Kind::Sign(_) => words("data.signature", lang).to_owned(),
        // These leave no answer behind that could be a field.
        Kind::Say(_)
        | Kind::Branch(_)
        | Kind::Consent(_)
        | Kind::Review(_)
        | Kind::Submit(_)
        | Kind::LookUp(_)
        | Kind::Survey(_)
        | Kind::Guide(_)
        | Kind::Call(_)
        | Kind::HandOver(_)
        | Kind::Act(_) => step.name.clone(),
    }
}

fn purpose_line(purpose: &Purpose, lang: Lang) -> PurposeLine {
    // Sensitive data wants the consent said outright (Implementing Regulation, article 11).
    let basis = match (purpose.basis, purpose.sensitive) {
        (Basis::Consent, true) => words("basis.explicit_consent", lang).to_owned(),
        (basis, _) => one_of("basis", basis.word(), lang),
    };
    PurposeLine {
        name: purpose.name.clone(),
        title: said(&purpose.title, lang),
        basis,
        sensitive: purpose.sensitive,
        recipients: said(&purpose.recipients, lang),
    }
}

fn channel_line(channel: &Passage, lang: Lang) -> ChannelLine {
    ChannelLine {
        name: channel.name.clone(),
        title: one_of("channel", &channel.name, lang),
        abroad: channel.abroad,
        passes: said(&channel.text, lang),
    }
}

/// One line: a record is a table.
fn said(text: &Text, lang: Lang) -> String {
    let words = text.source(lang).split_whitespace();
    words.collect::<Vec<_>>().join(" ")
}

impl Record {
    /// What stands above the tables.
    fn head(&self) -> Vec<String> {
        let (lang, days) = (self.lang, self.unfinished_form_days.to_string());
        let short = self.version.get(..VERSION_CHARS).unwrap_or(&self.version);
        let line = |name: &'static str, value: &Option<String>| {
            let value = value.as_ref()?;
            Some(filled(name, lang, &[("value", value)]))
        };
        let lines = [
            line("record.licence", &self.licence),
            line("record.contact", &self.contact),
            Some(filled("record.unfinished", lang, &[("days", &days)])),
            Some(filled("record.made_of", lang, &[("version", short)])),
        ];
        lines.into_iter().flatten().collect()
    }

    /// The purpose of a field by its name.
    fn purpose(&self, name: &str) -> Option<&PurposeLine> {
        self.purposes.iter().find(|purpose| purpose.name == name)
    }
}

/// Of the version's 64 digits as many as tell two apart.
const VERSION_CHARS: usize = 12;

#[cfg(test)]
mod tests;
