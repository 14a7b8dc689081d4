//! Another build of the dialogs within a story: a step renamed, removed or moved in the text of its file,
//! as an author would do it. Only a test's tool: it understands lines and indentation, not YAML.

use super::entry::Problem;
use crate::dialog::files::Files;
use crate::dialog::near;

/// Changes to dialog files, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Patch(pub Vec<Change>);

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub dialog: String,
    pub how: How,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum How {
    /// From the old name to the new one, wherever the file names it; `renamed:` remembers it.
    Rename(String, String),
    Remove(String),
    /// This step, to stand before the other.
    Move(String, String),
}

const USAGE: &str = "Write lines such as `rename step apply contact reach`, `remove step apply expired` or `move step apply contact before full_name`.";

/// Reads `dialogs: common/apply.yaml` (or nothing) and the changes below it.
pub fn read(head: &str, lines: &[String]) -> Result<Patch, (String, String)> {
    let file = head.rsplit('/').next().unwrap_or(head);
    let named = file.strip_suffix(".yaml").unwrap_or(file);
    if lines.is_empty() {
        return Err(("nothing is changed".to_owned(), USAGE.to_owned()));
    }
    let changes = lines.iter().filter(|line| !line.is_empty());
    let changes = changes.map(|line| {
        change(named, line).ok_or_else(|| (format!("`{line}` is no change"), USAGE.to_owned()))
    });
    Ok(Patch(changes.collect::<Result<_, _>>()?))
}

/// The dialog is named in the line, or else by the file above it.
fn change(named: &str, line: &str) -> Option<Change> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let (verb, rest) = match words.as_slice() {
        [verb, "step", rest @ ..] => (*verb, rest),
        _ => return None,
    };
    let (dialog, rest) = match (verb, rest.len()) {
        ("rename", 3) | ("remove", 2) | ("move", 4) => (rest[0], &rest[1..]),
        _ => (named, rest),
    };
    let how = match (verb, rest) {
        ("rename", [old, new]) => How::Rename((*old).to_owned(), (*new).to_owned()),
        ("remove", [step]) => How::Remove((*step).to_owned()),
        ("move", [step, "before", other]) => How::Move((*step).to_owned(), (*other).to_owned()),
        _ => return None,
    };
    (!dialog.is_empty()).then(|| Change {
        dialog: dialog.to_owned(),
        how,
    })
}

/// The files with the changes made. Errors when a dialog or a step is not there; `line` is the patch's.
pub fn apply(files: &Files, charity: &str, patch: &Patch, line: usize) -> Result<Files, Problem> {
    let mut files = files.clone();
    for change in &patch.0 {
        let path = path_of(&files, charity, &change.dialog).ok_or_else(|| {
            let what = format!("there is no dialog `{}` to change", change.dialog);
            Problem::new(
                line,
                what,
                "Name a dialog as its file is called, such as `apply`.",
            )
        })?;
        let text = files.texts.get(&path).map_or("", |text| text);
        let changed = change_text(text, &change.how).map_err(|step| {
            let names = steps_of(text).into_iter().map(|step| step.name);
            let names: Vec<String> = names.collect();
            let remedy = near::remedy(&step, "It has", names.iter().map(String::as_str));
            Problem::new(line, format!("{path} has no step `{step}`"), remedy)
        })?;
        files.texts.insert(path, changed.into());
    }
    Ok(files)
}

fn path_of(files: &Files, charity: &str, dialog: &str) -> Option<String> {
    let own = format!("charities/{charity}/{dialog}.yaml");
    let common = format!("common/{dialog}.yaml");
    [own, common]
        .into_iter()
        .find(|path| files.texts.contains_key(path))
}

/// A step in the lines of its file: its name, its first line and the one behind its last.
struct Lines {
    name: String,
    from: usize,
    to: usize,
}

/// The steps of a dialog file. Comments above a step stay where they are.
fn steps_of(text: &str) -> Vec<Lines> {
    let lines: Vec<&str> = text.lines().collect();
    let Some(begin) = lines.iter().position(|line| line.trim_end() == "steps:") else {
        return Vec::new();
    };
    let indent = |line: &str| line.len() - line.trim_start().len();
    let dash = |line: &&&str| line.trim_start().starts_with("- ");
    let Some(depth) = lines[begin + 1..]
        .iter()
        .find(dash)
        .map(|line| indent(line))
    else {
        return Vec::new();
    };
    let mut steps: Vec<Lines> = Vec::new();
    for (at, line) in lines.iter().enumerate().skip(begin + 1) {
        let empty = line.trim().is_empty() || line.trim_start().starts_with('#');
        if empty {
            continue;
        }
        match line.trim_start().strip_prefix("- ") {
            Some(head) if indent(line) == depth => {
                let name = head.split_once(':').map_or("", |(_, name)| name);
                let name = name.split('#').next().unwrap_or_default();
                steps.push(Lines {
                    name: name.trim().to_owned(),
                    from: at,
                    to: at + 1,
                });
            }
            _ if indent(line) < depth || (indent(line) == depth && !dash(&line)) => return steps,
            _ => {
                if let Some(step) = steps.last_mut() {
                    step.to = at + 1;
                }
            }
        }
    }
    steps
}

fn change_text(text: &str, how: &How) -> Result<String, String> {
    match how {
        How::Rename(old, new) => {
            find(text, old)?;
            Ok(rename(text, old, new))
        }
        How::Remove(name) => {
            let step = find(text, name)?;
            let mut lines: Vec<&str> = text.lines().collect();
            lines.drain(step.from..step.to);
            Ok(joined(&lines))
        }
        How::Move(name, other) => {
            let step = find(text, name)?;
            find(text, other)?;
            let mut lines: Vec<&str> = text.lines().collect();
            let moved: Vec<&str> = lines.drain(step.from..step.to).collect();
            let before = find(&joined(&lines), other)?.from;
            lines.splice(before..before, moved);
            Ok(joined(&lines))
        }
    }
}

fn find(text: &str, name: &str) -> Result<Lines, String> {
    let mut steps = steps_of(text).into_iter();
    steps
        .find(|step| step.name == name)
        .ok_or_else(|| name.to_owned())
}

fn joined(lines: &[&str]) -> String {
    lines
        .iter()
        .fold(String::new(), |text, line| text + line + "\n")
}

/// The keys behind which a step or its field is named.
const NAMING: &[&str] = &[
    "to",
    "field",
    "refused",
    "unknown",
    "reference",
    "last_four",
    "id_field",
    "other_id",
    "other_id_kind",
    "about",
    "need",
    "place",
    "document",
    "capacity",
];

fn rename(text: &str, old: &str, new: &str) -> String {
    let step = find(text, old).ok();
    let head = step.map(|step| step.from);
    let mut lines = Vec::new();
    let mut remembered = false;
    for (at, line) in text.lines().enumerate() {
        let line = match Some(at) == head {
            true => replace_word(line, old, new),
            false => rename_in(line, old, new),
        };
        match line.strip_prefix("renamed: {") {
            Some(rest) => {
                remembered = true;
                lines.push(format!("renamed: {{{old}: {new}, {rest}"));
            }
            None if line.trim_end() == "steps:" && !remembered => {
                lines.push(format!("renamed: {{{old}: {new}}}"));
                lines.push(line);
            }
            None => lines.push(line),
        }
    }
    lines.join("\n") + "\n"
}

/// Where a line names the step: behind a naming key, and inside `{{ }}` and `{% %}`.
fn rename_in(line: &str, old: &str, new: &str) -> String {
    let mut line = line.to_owned();
    for key in NAMING {
        let naming = format!("{key}: {old}");
        line = replace_word(&line, &naming, &format!("{key}: {new}"));
    }
    let mut renamed = String::new();
    let mut rest = line.as_str();
    while let Some(at) = rest.find("{{").into_iter().chain(rest.find("{%")).min() {
        let close = if rest[at..].starts_with("{{") {
            "}}"
        } else {
            "%}"
        };
        let end = rest[at..].find(close).map_or(rest.len(), |end| at + end);
        renamed.push_str(&rest[..at]);
        renamed.push_str(&replace_word(&rest[at..end], old, new));
        rest = &rest[end..];
    }
    renamed + rest
}

/// Replaces a word where it stands alone.
fn replace_word(text: &str, old: &str, new: &str) -> String {
    let part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let mut replaced = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(old) {
        let (before, behind) = (&rest[..at], &rest[at + old.len()..]);
        let alone = !before.ends_with(part) && !behind.starts_with(part);
        let joined = replaced.ends_with(part) && before.is_empty();
        replaced.push_str(before);
        replaced.push_str(if alone && !joined { new } else { old });
        rest = behind;
    }
    replaced + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "title: x\nsteps:\n  - say: hello\n    text: a\n\n  # two\n  - ask: name\n    to: done\n    text: your name\n  - say: done\n    when: {field: name, known: true}\n    text: \"{{ name }} name\"\n    ends: done\n";

    fn patched(line: &str) -> String {
        let change = change("apply", line).expect("a change");
        change_text(FILE, &change.how).expect("a step that is there")
    }

    #[test]
    fn a_step_is_renamed_where_it_is_named_and_nowhere_else() {
        let text = patched("rename step apply name called");
        assert!(text.contains("renamed: {name: called}\nsteps:\n"));
        assert!(text.contains("- ask: called\n    to: done\n    text: your name\n"));
        assert!(text.contains("{field: called, known: true}"));
        assert!(text.contains("\"{{ called }} name\""));
    }

    #[test]
    fn a_step_is_removed_or_moved_with_all_its_lines() {
        let gone = patched("remove step name");
        assert!(!gone.contains("your name") && gone.contains("  # two\n  - say: done"));
        let moved = patched("move step name before hello");
        assert!(
            moved.contains(
                "steps:\n  - ask: name\n    to: done\n    text: your name\n  - say: hello"
            )
        );
    }

    #[test]
    fn a_change_that_cannot_be_made_is_told() {
        let mut files = Files::default();
        files.put("common/apply.yaml", FILE.as_bytes());
        for (line, what) in [
            (
                "remove step apply nmae",
                "common/apply.yaml has no step `nmae`",
            ),
            (
                "remove step aply name",
                "there is no dialog `aply` to change",
            ),
        ] {
            let patch = read("", &[line.to_owned()]).expect("a patch");
            let problem = apply(&files, "demo", &patch, 7).expect_err("not there");
            assert_eq!((problem.line, problem.what.as_str()), (7, what));
        }
        assert!(read("common/apply.yaml", &["paint it".to_owned()]).is_err());
        assert!(read("", &["remove step name".to_owned()]).is_err());
    }
}
