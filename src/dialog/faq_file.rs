//! Entries of the FAQ as YAML: what an export writes, what staff get to fill in, and the file of what they wrote,
//! which wins over the shipped ones. What is written here is read by `load` like any other file.

use std::fmt::Write;

use super::model::{Dialogs, FaqEntry, ShowSpec, Text};
use crate::text::lang::Lang;

/// The file of what staff wrote, in a charity's folder; it is made of rows and never lies on a disk.
pub const EDITED: &str = "edited_faq";

/// The path of that file.
pub fn edited_path(charity: &str) -> String {
    format!("charities/{charity}/{EDITED}.yaml")
}

/// A file of entries that are written already, and of names that have none any more.
pub fn edited<'a>(
    entries: impl Iterator<Item = &'a str>,
    retired: impl Iterator<Item = &'a str>,
) -> String {
    // What is empty is left out: a key says something.
    let mut file: String = entries.collect();
    if !file.is_empty() {
        file.insert_str(0, "entries:\n");
    }
    let retired: Vec<String> = retired.map(quoted).collect();
    if !retired.is_empty() {
        let _ = writeln!(file, "retired: [{}]", retired.join(", "));
    }
    file
}

/// The whole FAQ of a charity as one `faq.yaml`.
pub fn merged(dialogs: &Dialogs) -> String {
    let mut file = String::from("entries:\n");
    for entry in &dialogs.faq {
        file.push_str(&item(entry));
    }
    file
}

/// One entry, as it stands below `entries:`.
pub fn item(entry: &FaqEntry) -> String {
    let mut text = format!("- entry: {}\n", entry.name);
    put_text(&mut text, "title", &entry.title);
    text.push_str("  questions:\n");
    for question in &entry.questions {
        let _ = writeln!(text, "  - {}", quoted(question));
    }
    put_text(&mut text, "answer", &entry.answer);
    if entry.misconception {
        text.push_str("  misconception: true\n");
    }
    if let Some(source) = &entry.source {
        put_text(&mut text, "source", source);
    }
    if !entry.leads.is_empty() {
        let leads: Vec<String> = entry.leads.iter().map(|lead| quoted(lead)).collect();
        let _ = writeln!(text, "  leads: [{}]", leads.join(", "));
    }
    if !entry.shows.is_empty() {
        text.push_str("  shows:\n");
        entry
            .shows
            .iter()
            .for_each(|show| put_show(&mut text, show));
    }
    if let Some(capability) = &entry.capability {
        let _ = writeln!(text, "  capability: {}", quoted(capability));
    }
    text
}

fn put_show(text: &mut String, show: &ShowSpec) {
    let (key, value, title) = match show {
        ShowSpec::Places => return text.push_str("  - places\n"),
        ShowSpec::Document { field } => ("document", field, None),
        ShowSpec::File { path, title } => ("file", path, Some(title)),
        ShowSpec::Link { url, title } => ("link", url, Some(title)),
    };
    let _ = writeln!(text, "  - {key}: {}", quoted(value));
    if let Some(title) = title {
        let _ = writeln!(
            text,
            "    title: {{ar: {}, en: {}}}",
            quoted(&title.ar),
            quoted(&title.en)
        );
    }
}

fn put_text(text: &mut String, key: &str, said: &Text) {
    let _ = writeln!(text, "  {key}:");
    for lang in [Lang::Ar, Lang::En] {
        let _ = writeln!(text, "    {}: {}", lang.code(), scalar(said.source(lang)));
    }
    if let Some(audio) = &said.audio {
        let _ = writeln!(text, "    audio: {}", quoted(audio));
    }
}

/// Several lines stand below each other, where nothing in them could be taken for anything else.
fn scalar(text: &str) -> String {
    let lines: Vec<&str> = text.trim_end_matches('\n').split('\n').collect();
    let is_plain = |line: &&str| {
        !line.starts_with([' ', '\t', '#'])
            && !line.ends_with(' ')
            && !line.contains(char::is_control)
    };
    let ends = text.len() - text.trim_end_matches('\n').len();
    if lines.len() < 2 || ends > 1 || lines[0].is_empty() || !lines.iter().all(is_plain) {
        return quoted(text);
    }
    let begin = if ends == 1 { "|" } else { "|-" };
    let lines: Vec<String> = lines
        .iter()
        .map(|line| match line.is_empty() {
            true => String::new(),
            false => format!("      {line}"),
        })
        .collect();
    format!("{begin}\n{}", lines.join("\n"))
}

/// In double quotes, as JSON writes it: YAML reads the same.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialog::load::{embedded, resolve};

    #[test]
    fn a_written_faq_is_read_as_the_same_entries() {
        for charity in embedded().charities() {
            let mut files = embedded();
            let before = resolve(&files, &charity).0.unwrap();
            let all = before.faq.iter().map(item).collect::<Vec<_>>();
            let file = edited(all.iter().map(String::as_str), std::iter::empty());
            files.put(&edited_path(&charity), file.as_bytes());
            let (after, findings) = resolve(&files, &charity);
            let after = after.unwrap_or_else(|| panic!("{charity}: {findings:?}"));
            let told = |dialogs: &Dialogs| dialogs.faq.iter().map(item).collect::<Vec<_>>();
            assert_eq!(told(&before), told(&after));
            assert_eq!(before.base, after.base);
            assert_ne!(before.version, after.version);
        }
    }

    #[test]
    fn what_staff_wrote_wins_and_what_they_retired_is_gone() {
        let mut files = embedded();
        let before = resolve(&files, "demo").0.unwrap();
        let mut hours = before.faq[1].clone();
        hours.answer.ar = "جواب: #جديد\n- سطر \"ثانٍ\"".to_owned();
        let file = edited(
            [item(&hours).as_str()].into_iter(),
            [before.faq[0].name.as_str()].into_iter(),
        );
        files.put(&edited_path("demo"), file.as_bytes());
        let after = resolve(&files, "demo").0.unwrap();
        assert_eq!(after.faq.len(), before.faq.len() - 1);
        let found = after.faq.iter().find(|one| one.name == hours.name).unwrap();
        assert_eq!(found.answer.ar, hours.answer.ar);
        assert!(after.faq.iter().all(|one| one.name != before.faq[0].name));
    }
}
