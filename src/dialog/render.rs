//! Findings in words and as JSON: for an author at a terminal, and for an editor. Nothing is decided here.

use serde_json::{Value, json};

use super::files::Files;
use super::finding::{Finding, Findings, Severity};

/// Characters of a line shown around the place; long Arabic texts stand on one line.
const EXCERPT_CHARS_MAX: usize = 96;

/// The findings of several charities as one: what is wrong with a common file is told once.
pub fn merged(charities: &[(String, Findings)]) -> Findings {
    let mut all = Findings(
        charities
            .iter()
            .flat_map(|(_, findings)| findings.0.iter().cloned())
            .collect(),
    );
    all.sort();
    all
}

/// For people. `root` stands before every path, so that it can be opened from where they are.
pub fn people(findings: &Findings, files: &Files, root: &str) -> String {
    findings
        .0
        .iter()
        .map(|finding| one(finding, files, root))
        .collect::<Vec<_>>()
        .join("\n")
}

fn one(finding: &Finding, files: &Files, root: &str) -> String {
    let step = finding
        .step
        .as_ref()
        .map_or(String::new(), |step| format!(", step `{step}`"));
    let severity = match finding.severity {
        Severity::Error => "",
        Severity::Warning => "warning: ",
        Severity::Note => "note: ",
    };
    let place = format!(
        "{}:{}:{}",
        path(root, &finding.file),
        finding.at.line,
        finding.at.column
    );
    let mut lines = vec![format!(
        "{place}{step}: {severity}{}.",
        finding.what.trim_end_matches('.')
    )];
    lines.extend(
        finding
            .remedy
            .iter()
            .map(|remedy| format!("      {remedy}")),
    );
    lines.extend(excerpt(finding, files));
    lines.join("\n") + "\n"
}

fn path(root: &str, file: &str) -> String {
    match root.trim_end_matches('/') {
        "" => file.to_owned(),
        root => format!("{root}/{file}"),
    }
}

/// The line itself, with the place marked below it.
fn excerpt(finding: &Finding, files: &Files) -> Option<String> {
    let at = finding.at;
    let line = files
        .texts
        .get(&*finding.file)?
        .lines()
        .nth(usize::try_from(at.line.checked_sub(1)?).ok()?)?;
    if line.trim().is_empty() {
        return None;
    }
    let column = usize::try_from(at.column).ok()?.saturating_sub(1);
    // A place far to the right moves the window.
    let from = column
        .saturating_sub(EXCERPT_CHARS_MAX / 2)
        .min(line.chars().count().saturating_sub(EXCERPT_CHARS_MAX));
    let shown: String = line
        .chars()
        .skip(from)
        .take(EXCERPT_CHARS_MAX)
        .map(|c| if c == '\t' { ' ' } else { c })
        .collect();
    let marked = marked(finding, line, column)
        .min(EXCERPT_CHARS_MAX.saturating_sub(column - from))
        .max(1);
    let number = format!("{:>5}", at.line);
    Some(format!(
        "{number} | {shown}\n      | {}{}",
        " ".repeat(column - from),
        "^".repeat(marked)
    ))
}

/// How many characters of the line are meant: the whole key or value, or to the end of its first line.
fn marked(finding: &Finding, line: &str, column: usize) -> usize {
    let rest: String = line.chars().skip(column).collect();
    let mut bytes = finding.at.length.min(rest.len());
    while !rest.is_char_boundary(bytes) {
        bytes += 1;
    }
    rest[..bytes].trim_end().chars().count()
}

/// For editors: an array, one object a finding. Lines and columns count from 1, columns in characters.
pub fn json(findings: &Findings, files: &Files, root: &str) -> Value {
    findings
        .0
        .iter()
        .map(|finding| one_json(finding, files, root))
        .collect()
}

fn one_json(finding: &Finding, files: &Files, root: &str) -> Value {
    let (end_line, end_column) = end(finding, files);
    json!({
        "file": path(root, &finding.file),
        "line": finding.at.line,
        "column": finding.at.column,
        "endLine": end_line,
        "endColumn": end_column,
        "severity": finding.severity,
        "code": finding.code,
        "step": finding.step,
        "what": finding.what,
        "remedy": finding.remedy,
    })
}

/// The place right behind what is meant.
fn end(finding: &Finding, files: &Files) -> (u32, u32) {
    let at = finding.at;
    let text = files.texts.get(&*finding.file);
    let Some(meant) = text
        .and_then(|text| text.get(at.offset..at.offset.saturating_add(at.length).min(text.len())))
    else {
        return (at.line, at.column);
    };
    let meant = meant.trim_end();
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    match meant.rsplit_once('\n') {
        Some((above, last)) => (
            at.line + count(above.matches('\n').count() + 1),
            count(last.chars().count() + 1),
        ),
        None => (at.line, at.column + count(meant.chars().count())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialog::check::check_charity;

    fn files() -> Files {
        let mut files = Files::default();
        files.put("common/menu.yaml", "title: {ar: أ, en: Menu}\nsteps:\n- say: hello\n  text: {ar: أهلًا, en: Hello}\n  to: adress\n- say: address\n  text: {ar: هنا, en: Here}\n  ends: done\n".as_bytes());
        files
    }

    #[test]
    fn a_finding_reads_as_where_what_and_how_to_mend() {
        let files = files();
        let findings = check_charity(&files, "demo", &[]);
        let told = people(&findings, &files, "dialogs");
        let wanted = "dialogs/common/menu.yaml:5:7, step `hello`: goes to `adress`, which is no step of this dialog.\n      \
                      Did you mean `address`? It has: hello, address.\n    5 |   to: adress\n      |       ^^^^^^\n";
        assert!(told.contains(wanted), "{told}");
    }

    #[test]
    fn an_editor_gets_the_same_with_both_ends_of_the_place() {
        let files = files();
        let findings = check_charity(&files, "demo", &[]);
        let told = json(&findings, &files, "");
        let found = told
            .as_array()
            .unwrap()
            .iter()
            .find(|finding| finding["code"] == "unknown_step")
            .unwrap();
        let place = [
            &found["line"],
            &found["column"],
            &found["endLine"],
            &found["endColumn"],
        ]
        .map(|number| number.as_u64().unwrap());
        assert_eq!(place, [5, 7, 5, 13]);
        assert_eq!(found["file"], "common/menu.yaml");
        assert_eq!(found["step"], "hello");
    }
}
