//! The record as tables for people (Markdown, padded so that they read as such on a terminal too), as CSV for a
//! spreadsheet, and as JSON for programs.

use super::{FieldLine, Record};
use crate::dialog::printed::{filled, words};
use crate::text::fold::is_tashkeel;
use crate::text::lang::Lang;

/// A JSON object.
pub fn json(record: &Record) -> String {
    serde_json::to_string_pretty(record).unwrap_or_default()
}

/// One row a field, everything that belongs to it in the row.
pub fn csv(record: &Record) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing into memory does not fail.
    let _ = writer.write_record(columns().map(|name| words(name, record.lang)));
    let abroad = abroad(record);
    for field in &record.fields {
        let _ = writer.write_record(row(record, field, &abroad));
    }
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}

fn columns() -> [&'static str; 10] {
    [
        "record.field",
        "record.place",
        "record.data",
        "record.sensitive",
        "record.needed",
        "record.purpose",
        "record.basis",
        "record.recipients",
        "record.retention",
        "record.transfer",
    ]
}

fn row(record: &Record, field: &FieldLine, abroad: &str) -> [String; 10] {
    let lang = record.lang;
    let purpose = record.purpose(&field.purpose);
    let of_purpose = |part: Option<&String>| told(part.map_or("", String::as_str), lang);
    [
        field.title.clone(),
        field.place.clone(),
        field.data.clone(),
        yes_no(field.sensitive, lang),
        yes_no(field.needed, lang),
        of_purpose(purpose.map(|purpose| &purpose.title)),
        of_purpose(purpose.map(|purpose| &purpose.basis)),
        of_purpose(purpose.map(|purpose| &purpose.recipients)),
        told(&field.retention, lang),
        abroad.to_owned(),
    ]
}

/// The channels that leave the Kingdom: whatever is said on them is a transfer.
fn abroad(record: &Record) -> String {
    let channels = record.channels.iter().filter(|channel| channel.abroad);
    let titles: Vec<&str> = channels.map(|channel| channel.title.as_str()).collect();
    match titles.is_empty() {
        true => words("record.no", record.lang).to_owned(),
        false => titles.join(words("record.list", record.lang)),
    }
}

fn yes_no(yes: bool, lang: Lang) -> String {
    let name = if yes { "record.yes" } else { "record.no" };
    words(name, lang).to_owned()
}

/// What is not told says so: an empty cell would be overlooked.
fn told(text: &str, lang: Lang) -> String {
    match text {
        "" => words("record.untold", lang).to_owned(),
        text => text.to_owned(),
    }
}

/// Title, purposes, then the fields by purpose and retention, then the channels.
pub fn markdown(record: &Record) -> String {
    let lang = record.lang;
    let title = filled("record.title", lang, &[("charity", &record.title)]);
    let mut parts = vec![format!("# {title}"), listed(&record.head())];
    let heading = |name: &'static str| format!("## {}", words(name, lang));
    let purposes = ["record.purpose", "record.basis", "record.recipients"];
    parts.push(heading("record.purposes"));
    parts.push(table(lang, &purposes, purposes_of(record)));
    parts.push(heading("record.fields"));
    parts.extend(fields(record));
    let channels = ["record.channel", "record.transfer", "record.passes"];
    parts.push(heading("record.channels"));
    parts.push(table(lang, &channels, channels_of(record)));
    match lang {
        Lang::En => parts.join("\n\n") + "\n",
        // Where it is shown as a page, its tables begin on the right.
        Lang::Ar => format!(
            "<div dir=\"rtl\" lang=\"ar\">\n\n{}\n\n</div>\n",
            parts.join("\n\n")
        ),
    }
}

fn listed(lines: &[String]) -> String {
    let lines = lines.iter().map(|line| format!("- {line}"));
    lines.collect::<Vec<_>>().join("\n")
}

/// A heading, the retention and a table for all fields of one purpose that are kept equally long.
fn fields(record: &Record) -> Vec<String> {
    let lang = record.lang;
    let columns = [
        "record.field",
        "record.place",
        "record.data",
        "record.sensitive",
        "record.needed",
    ];
    let mut kinds: Vec<(&str, &str)> = Vec::new();
    for field in &record.fields {
        let kind = (field.purpose.as_str(), field.retention.as_str());
        if !kinds.contains(&kind) {
            kinds.push(kind);
        }
    }
    let parts = kinds.into_iter().flat_map(|(purpose, retention)| {
        let title = record.purpose(purpose);
        let title = title.map_or(purpose, |purpose| &purpose.title);
        let kept = told(retention, lang);
        let of_kind = |field: &&FieldLine| field.purpose == purpose && field.retention == retention;
        let rows = record.fields.iter().filter(of_kind);
        let rows = rows.map(|field| field_line(field, lang)).collect();
        [
            format!("### {}", told(title, lang)),
            filled("record.kept", lang, &[("value", &kept)]),
            table(lang, &columns, rows),
        ]
    });
    parts.collect()
}

fn field_line(field: &FieldLine, lang: Lang) -> Vec<String> {
    vec![
        field.title.clone(),
        format!("`{}`", field.place),
        field.data.clone(),
        yes_no(field.sensitive, lang),
        yes_no(field.needed, lang),
    ]
}

fn purposes_of(record: &Record) -> Vec<Vec<String>> {
    let line = |purpose: &super::PurposeLine| {
        vec![
            purpose.title.clone(),
            purpose.basis.clone(),
            purpose.recipients.clone(),
        ]
    };
    record.purposes.iter().map(line).collect()
}

fn channels_of(record: &Record) -> Vec<Vec<String>> {
    let line = |channel: &super::ChannelLine| {
        vec![
            channel.title.clone(),
            yes_no(channel.abroad, record.lang),
            channel.passes.clone(),
        ]
    };
    record.channels.iter().map(line).collect()
}

/// A table of Markdown with its columns aligned.
fn table(lang: Lang, heads: &[&'static str], rows: Vec<Vec<String>>) -> String {
    let heads: Vec<String> = heads
        .iter()
        .map(|name| words(name, lang).to_owned())
        .collect();
    let count = heads.len();
    let mut lines = vec![heads];
    lines.extend(rows.into_iter().map(escaped));
    let width = |column: usize| {
        let cells = lines.iter().filter_map(|line| line.get(column));
        cells
            .map(|cell| columns_of(cell))
            .max()
            .unwrap_or(0)
            .max(RULE_MIN)
    };
    let widths: Vec<usize> = (0..count).map(width).collect();
    let rule = widths.iter().map(|width| "-".repeat(*width)).collect();
    lines.insert(1, rule);
    let lines = lines.iter().map(|line| padded(line, &widths));
    lines.collect::<Vec<_>>().join("\n")
}

/// Markdown wants three dashes below a heading.
const RULE_MIN: usize = 3;

/// A bar ends a cell, and a line ends a row.
fn escaped(cells: Vec<String>) -> Vec<String> {
    let escape = |cell: &String| cell.replace('\n', " ").replace('|', "\\|");
    cells.iter().map(escape).collect()
}

fn padded(cells: &[String], widths: &[usize]) -> String {
    let cells = cells.iter().zip(widths).map(|(cell, width)| {
        let room = width.saturating_sub(columns_of(cell));
        format!("{cell}{}", " ".repeat(room))
    });
    format!("| {} |", cells.collect::<Vec<_>>().join(" | "))
}

/// Columns of a terminal: marks above and below letters take none.
fn columns_of(text: &str) -> usize {
    text.chars().filter(|c| !is_tashkeel(*c)).count()
}
