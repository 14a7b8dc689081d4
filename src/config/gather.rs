//! Collects what was said about each key, in the file and in the environment, with the place where it
//! was said. It decides only which of two sayings counts: the environment wins over the file.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use toml::de::{DeTable, DeValue};

use super::key::{KEYS, Key, nearest, of_variable, variable};
use super::problem::{Place, Problem};
use super::value::Bad;

/// Variables of ours that are no settings: the settings file itself, and the fault switch of the
/// crash tests, which only a debug build knows.
const OTHER_VARIABLES: &[&str] = if cfg!(debug_assertions) {
    &["WASL_CONFIG", "WASL_MUTANT"]
} else {
    &["WASL_CONFIG"]
};

/// A settings file longer than this is not one of ours; 1 MiB.
const FILE_BYTES_MAX: u64 = 1024 * 1024;

/// What was said, by the key's variable; problems gather beside it.
#[derive(Default)]
pub struct Given {
    said: BTreeMap<String, (String, Place)>,
    pub problems: Vec<Problem>,
}

impl Given {
    /// The value of a key, read into its type; a value that cannot be read becomes a problem.
    pub fn take<T>(&mut self, path: &str, read: impl Fn(&str) -> Result<T, Bad>) -> Option<T> {
        let (text, place) = self.said.remove(&variable(path))?;
        match read(&text) {
            Ok(value) => Some(value),
            Err(Bad { what, remedy }) => {
                self.problem(place, path, what, remedy);
                None
            }
        }
    }

    /// Whether anybody said a key, be it badly.
    pub fn mentions(&self, path: &str) -> bool {
        let told = |problem: &Problem| problem.key.trim_end_matches("_file") == path;
        self.said.contains_key(&variable(path)) || self.problems.iter().any(told)
    }

    pub fn problem(
        &mut self,
        place: Place,
        key: &str,
        what: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        self.problems.push(Problem {
            place,
            key: key.to_string(),
            what: what.into(),
            remedy: remedy.into(),
        });
    }
}

pub fn gather(file: Option<&Path>, variables: impl IntoIterator<Item = (String, String)>) -> Given {
    let mut given = Given::default();
    match file {
        Some(path) => read_file(&mut given, path),
        None if Path::new(super::FILE).exists() => read_file(&mut given, Path::new(super::FILE)),
        None => {}
    }
    // Sorted, so that the same environment gives the same message.
    let variables: BTreeMap<String, String> = variables
        .into_iter()
        .filter(|(name, value)| name.starts_with("WASL_") && !value.is_empty())
        .collect();
    for (name, value) in &variables {
        read_variable(&mut given, name, value, &variables);
    }
    given
}

fn read_file(given: &mut Given, path: &Path) {
    let whole = |problem: String, remedy: &str| Problem {
        place: Place::File {
            path: path.to_path_buf(),
            line: 1,
            column: 1,
        },
        key: String::new(),
        what: problem,
        remedy: remedy.to_string(),
    };
    let text = match read_bounded(path) {
        Ok(text) => text,
        Err(error) => {
            given.problems.push(whole(
                format!("cannot be read: {error}"),
                "Give the path of a text file with --config, or leave it out",
            ));
            return;
        }
    };
    let (table, errors) = DeTable::parse_recoverable(&text);
    for error in errors {
        let (line, column) = position(&text, error.span().map_or(0, |span| span.start));
        given.problem(
            Place::File {
                path: path.to_path_buf(),
                line,
                column,
            },
            "",
            format!("is not TOML here: {}", error.message().replace('\n', ", ")),
            "A line reads `key = \"value\"`, below its [section] where it has one",
        );
    }
    walk(given, path, &text, "", table.get_ref());
}

fn read_bounded(path: &Path) -> Result<String, std::io::Error> {
    use std::io::Read;
    let mut text = String::new();
    std::fs::File::open(path)?
        .take(FILE_BYTES_MAX)
        .read_to_string(&mut text)?;
    Ok(text)
}

fn walk(given: &mut Given, path: &Path, text: &str, above: &str, table: &DeTable<'_>) {
    // In the order of the file, so that the later of two is the one that is too much.
    let mut lines: Vec<_> = table.iter().collect();
    lines.sort_by_key(|(name, _)| name.span().start);
    for (name, value) in lines {
        let key = match above {
            "" => name.get_ref().to_string(),
            _ => format!("{above}.{}", name.get_ref()),
        };
        let (line, column) = position(text, name.span().start);
        let place = Place::File {
            path: path.to_path_buf(),
            line,
            column,
        };
        match value.get_ref() {
            DeValue::Table(inner) if is_section(&key) => walk(given, path, text, &key, inner),
            DeValue::Table(_) => unknown(given, place, &key),
            other => said_in_file(given, place, &key, other),
        }
    }
}

fn is_section(name: &str) -> bool {
    let start = format!("{}_", variable(name));
    KEYS.iter().any(|key| key.variable().starts_with(&start))
}

fn said_in_file(given: &mut Given, place: Place, key: &str, value: &DeValue<'_>) {
    let name = variable(key);
    let Some((known, from_file)) = known(&name) else {
        return unknown(given, place, key);
    };
    let Some(text) = as_text(value) else {
        let what = format!("is no plain value but of the kind {}", value.type_str());
        return given.problem(place, key, what, "Write text, a number, or true or false");
    };
    if text.trim().is_empty() {
        return;
    }
    let text = match from_file {
        true => match secret_file(given, &place, key, &text) {
            Some(text) => text,
            None => return,
        },
        false => text,
    };
    if given.said.contains_key(&known.variable()) {
        let remedy = format!("Keep one line for `{}`", known.path);
        return given.problem(place, key, "is said twice in this file", remedy);
    }
    given.said.insert(known.variable(), (text, place));
}

/// The key of a variable, and whether the variable names a file that holds the value.
fn known(name: &str) -> Option<(&'static Key, bool)> {
    if let Some(key) = of_variable(name) {
        return Some((key, false));
    }
    let key = of_variable(name.strip_suffix("_FILE")?)?;
    key.secret.then_some((key, true))
}

fn as_text(value: &DeValue<'_>) -> Option<String> {
    match value {
        DeValue::String(text) => Some(text.to_string()),
        DeValue::Integer(number) => Some(number.to_string()),
        DeValue::Boolean(yes) => Some(yes.to_string()),
        DeValue::Array(many) => many
            .iter()
            .map(|one| one.get_ref().as_str().map(str::to_string))
            .collect::<Option<Vec<_>>>()
            .map(|many| many.join(",")),
        DeValue::Float(_) | DeValue::Datetime(_) | DeValue::Table(_) => None,
    }
}

fn read_variable(given: &mut Given, name: &str, value: &str, all: &BTreeMap<String, String>) {
    if OTHER_VARIABLES.contains(&name) {
        return;
    }
    let place = Place::Variable(name.to_string());
    let Some((key, from_file)) = known(name) else {
        let names: Vec<String> = KEYS.iter().map(Key::variable).collect();
        let remedy = did_you_mean(name, names.iter().map(String::as_str));
        return given.problem(place, "", "is no setting of Wasl", remedy);
    };
    let text = match from_file {
        false => value.to_string(),
        true if all.contains_key(&key.variable()) => {
            let what = format!("is given beside {}", key.variable());
            return given.problem(place, key.path, what, "Give one of the two");
        }
        true => match secret_file(given, &place, key.path, value) {
            Some(text) => text,
            None => return,
        },
    };
    given.said.insert(key.variable(), (text, place));
}

fn secret_file(given: &mut Given, place: &Place, key: &str, path: &str) -> Option<String> {
    match read_bounded(&PathBuf::from(path)) {
        Ok(text) if !text.trim().is_empty() => Some(text.trim().to_string()),
        Ok(_) => {
            let what = format!("names the file {path}, which is empty");
            given.problem(place.clone(), key, what, "Write the secret into it");
            None
        }
        Err(error) => {
            let what = format!("names the file {path}, which cannot be read: {error}");
            given.problem(
                place.clone(),
                key,
                what,
                "Check the path and who may read it",
            );
            None
        }
    }
}

fn unknown(given: &mut Given, place: Place, key: &str) {
    let near: Vec<String> = KEYS
        .iter()
        .flat_map(|known| {
            let file = known.secret.then(|| format!("{}_file", known.path));
            [Some(known.path.to_string()), file]
        })
        .flatten()
        .collect();
    let remedy = did_you_mean(key, near.iter().map(String::as_str));
    given.problem(place, key, "is no setting of Wasl", remedy);
}

fn did_you_mean<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    match nearest(name, known) {
        Some(near) => format!("Did you mean `{near}`?"),
        None => "`wasl serve --help` lists all settings; remove this one".to_string(),
    }
}

/// Line and column of a byte, both from 1, the column in characters.
fn position(text: &str, offset: usize) -> (usize, usize) {
    let mut at = offset.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let before = &text[..at];
    let line = before.matches('\n').count() + 1;
    let start = before.rfind('\n').map_or(0, |newline| newline + 1);
    (line, before[start..].chars().count() + 1)
}
