//! Exports: history and requests as JSON lines or CSV. What is sensitive is masked unless somebody
//! gives a reason, which goes into the audit first. It never changes what it exports.

use std::io::Write;

use chrono::{DateTime, SecondsFormat};
use serde_json::{Map, Value, json};

use super::message::{Direction, Message};
use super::{Fault, Store, case, chain, item, message, rating, verify};
use crate::event::Millis;

/// Rows read at once.
const PAGE_ROWS: i64 = 500;
/// Stands where something sensitive is.
pub const MASK: &str = "•••";

const MESSAGE_COLUMNS: &[&str] = &[
    "channel",
    "id",
    "from",
    "conversation",
    "seq",
    "direction",
    "kind",
    "text",
    "payload",
    "filename",
    "at",
    "status",
];
const CASE_COLUMNS: &[&str] = &[
    "reference",
    "kind",
    "service",
    "state",
    "capacity",
    "submitted_at",
    "complete_at",
    "answer_from",
    "answer_by",
    "closed_at",
    "missing",
    "flags",
    "duplicate",
    "source",
    "channel",
    "about",
    "proven",
    "language",
    "version",
    "answers",
];

/// Nothing in a rating leads to who gave it: not even the hour (P13).
const SURVEY_COLUMNS: &[&str] = &["day", "dialog", "language", "channel", "marks", "answers"];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Noun {
    Messages,
    Cases,
    Surveys,
}

impl Noun {
    fn columns(self) -> &'static [&'static str] {
        match self {
            Noun::Messages => MESSAGE_COLUMNS,
            Noun::Cases => CASE_COLUMNS,
            Noun::Surveys => SURVEY_COLUMNS,
        }
    }

    /// As it stands in the audit and in commands.
    pub fn word(self) -> &'static str {
        match self {
            Noun::Messages => "messages",
            Noun::Cases => "cases",
            Noun::Surveys => "surveys",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    JsonLines,
    Csv,
}

/// Whether sensitive values are shown. Showing them is recorded first: [`audit`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight {
    Masked,
    Revealed,
}

/// Why somebody may see what is sensitive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    pub by: String,
    pub why: String,
    pub at: Millis,
}

#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    #[error(transparent)]
    Fault(#[from] Fault),
    #[error("writing the export: {0}")]
    Out(#[from] std::io::Error),
}

/// What an export of nothing looks like: CSV has its header, JSON lines have none.
///
/// # Errors
/// When it cannot be written.
pub fn headers(noun: Noun, format: Format, out: &mut dyn Write) -> Result<(), ExportError> {
    Sheet::new(noun, format, out)?.end()
}

/// Everything of one noun.
///
/// # Errors
/// When the database fails or the output is closed.
pub async fn export(
    store: &Store,
    noun: Noun,
    format: Format,
    sight: Sight,
    out: &mut dyn Write,
) -> Result<(), ExportError> {
    let revealed = sight == Sight::Revealed;
    let mut sheet = Sheet::new(noun, format, out)?;
    match noun {
        Noun::Messages => messages(store, revealed, &mut sheet).await?,
        Noun::Cases => cases(store, revealed, &mut sheet).await?,
        Noun::Surveys => surveys(store, revealed, &mut sheet).await?,
    }
    sheet.end()
}

/// Records that somebody is shown the sensitive values of a noun, and why; needs a store that may write.
///
/// # Errors
/// As the store's: then nothing may be shown.
pub async fn audit(store: &Store, noun: Noun, reason: &Reason) -> Result<(), Fault> {
    let mut tx = store.begin_write().await?;
    let link = chain::Link {
        at: reason.at,
        kind: "export".to_owned(),
        subject: noun.word().to_owned(),
        author: reason.by.clone(),
        detail: json!({ "revealed": true }).to_string(),
        value: Some(reason.why.clone()),
    };
    chain::append(&mut tx, verify::AUDIT, &[link]).await?;
    tx.commit().await
}

async fn messages(store: &Store, revealed: bool, sheet: &mut Sheet<'_>) -> Result<(), ExportError> {
    let mut tx = store.snapshot().await?;
    let mut after = (String::new(), 0);
    loop {
        let page = message::page(&mut tx, (&after.0, after.1), PAGE_ROWS).await?;
        let Some((last, _)) = page.last() else {
            break;
        };
        after = (last.conversation.clone(), last.seq);
        for (message, address) in page {
            sheet.row(message_row(message, address, revealed))?;
        }
    }
    tx.commit().await?;
    Ok(())
}

fn message_row(message: Message, address: Option<String>, revealed: bool) -> Map<String, Value> {
    let masked = message.sensitive && !revealed;
    let payload: Option<Value> = message
        .payload
        .as_deref()
        .and_then(|payload| serde_json::from_str(payload).ok());
    let filename = payload.as_ref().and_then(filename).map(str::to_owned);
    let mask = |shown: Value| {
        if masked && !shown.is_null() {
            json!(MASK)
        } else {
            shown
        }
    };
    let from = match message.direction {
        Direction::In => address,
        Direction::Out => None,
    };
    let values = [
        json!(message.channel),
        json!(message.provider_id),
        json!(from),
        json!(message.conversation),
        json!(message.seq),
        json!(message.direction.word()),
        json!(message.kind),
        mask(json!(message.text)),
        mask(json!(payload)),
        mask(json!(filename)),
        time(Some(message.at)),
        json!(message.status),
    ];
    named(MESSAGE_COLUMNS, values)
}

/// The name of the file that a message carries: of the first object that has a digest and a name.
fn filename(payload: &Value) -> Option<&str> {
    match payload {
        Value::Object(fields) if fields.contains_key("digest") => fields.get("name")?.as_str(),
        Value::Object(fields) => fields.values().find_map(filename),
        Value::Array(values) => values.iter().find_map(filename),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    }
}

async fn cases(store: &Store, revealed: bool, sheet: &mut Sheet<'_>) -> Result<(), ExportError> {
    let mut tx = store.snapshot().await?;
    let mut after = String::new();
    loop {
        let page = case::page(&mut tx, &after, PAGE_ROWS).await?;
        let Some(last) = page.last() else {
            break;
        };
        after = last.id.clone();
        let ids: Vec<&str> = page.iter().map(|case| case.id.as_str()).collect();
        let items = item::of(&mut tx, &ids).await?;
        for case in page {
            let of_case = items.iter().filter(|item| item.case == case.id);
            let answers = of_case.map(|item| (item.name.clone(), answer(item, revealed)));
            let answers: Map<_, _> = answers.collect();
            sheet.row(case_row(case, answers))?;
        }
    }
    tx.commit().await?;
    Ok(())
}

async fn surveys(store: &Store, revealed: bool, sheet: &mut Sheet<'_>) -> Result<(), ExportError> {
    let mut tx = store.snapshot().await?;
    let mut after = String::new();
    loop {
        let page = rating::page(&mut tx, &after, PAGE_ROWS).await?;
        let Some(last) = page.last() else {
            break;
        };
        after = last.id.clone();
        for kept in page {
            sheet.row(survey_row(&kept, revealed))?;
        }
    }
    tx.commit().await?;
    Ok(())
}

fn survey_row(kept: &rating::Kept, revealed: bool) -> Map<String, Value> {
    let day = DateTime::from_timestamp_millis(kept.at).map(|at| at.date_naive().to_string());
    let rating = &kept.rating;
    let words = rating.answers.iter().map(|(name, given)| {
        let shown = match revealed {
            true => serde_json::to_value(&given.value).unwrap_or_default(),
            false => json!(MASK),
        };
        (name.clone(), shown)
    });
    let words: Map<_, _> = words.collect();
    let values = [
        json!(day),
        json!(rating.dialog),
        json!(rating.language.code()),
        json!(kept.channel),
        json!(rating.marks),
        json!(words),
    ];
    named(SURVEY_COLUMNS, values)
}

fn answer(item: &item::Item, revealed: bool) -> Value {
    if item.sensitive && !revealed {
        return json!(MASK);
    }
    serde_json::to_value(&item.value).unwrap_or_default()
}

fn case_row(case: case::Case, answers: Map<String, Value>) -> Map<String, Value> {
    let values = [
        json!(case.reference),
        json!(case.kind),
        json!(case.service),
        json!(case.state),
        json!(case.capacity),
        time(Some(case.submitted_at)),
        time(case.complete_at),
        time(case.answer_from),
        time(case.answer_by),
        time(case.closed_at),
        json!(case.missing),
        json!(case.flags),
        json!(case.duplicate),
        json!(case.source),
        json!(case.channel),
        json!(case.about),
        json!(case.proven),
        json!(case.language),
        json!(case.version),
        json!(answers),
    ];
    named(CASE_COLUMNS, values)
}

fn named<const N: usize>(columns: &[&str], values: [Value; N]) -> Map<String, Value> {
    columns
        .iter()
        .map(|column| (*column).to_owned())
        .zip(values)
        .collect()
}

/// As ISO 8601 in UTC.
fn time(at: Option<Millis>) -> Value {
    let at = at.and_then(DateTime::from_timestamp_millis);
    json!(at.map(|at| at.to_rfc3339_opts(SecondsFormat::Millis, true)))
}

/// Rows on their way out.
enum Sheet<'a> {
    JsonLines(&'a mut dyn Write),
    Csv(Box<csv::Writer<&'a mut dyn Write>>, &'static [&'static str]),
}

impl<'a> Sheet<'a> {
    fn new(noun: Noun, format: Format, out: &'a mut dyn Write) -> Result<Sheet<'a>, ExportError> {
        Ok(match format {
            Format::JsonLines => Sheet::JsonLines(out),
            Format::Csv => {
                let mut writer = csv::Writer::from_writer(out);
                writer.write_record(noun.columns()).map_err(unwritten)?;
                Sheet::Csv(Box::new(writer), noun.columns())
            }
        })
    }

    fn row(&mut self, row: Map<String, Value>) -> Result<(), ExportError> {
        match self {
            Sheet::JsonLines(out) => writeln!(out, "{}", Value::Object(row))?,
            Sheet::Csv(writer, columns) => {
                let cells = columns.iter().map(|column| cell(&row[*column]));
                writer.write_record(cells).map_err(unwritten)?;
            }
        }
        Ok(())
    }

    fn end(self) -> Result<(), ExportError> {
        match self {
            Sheet::JsonLines(out) => out.flush()?,
            Sheet::Csv(mut writer, _) => writer.flush()?,
        }
        Ok(())
    }
}

/// A value in a spreadsheet. Text that a spreadsheet would take for a formula is led by an apostrophe.
fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) if text.starts_with(['=', '+', '-', '@', '\t', '\r']) => {
            format!("'{text}")
        }
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn unwritten(error: csv::Error) -> ExportError {
    ExportError::Out(std::io::Error::other(error))
}
