//! The house keeps its own rules: which room may open which door (DESIGN of the rooms in
//! ARCHITECTURE.md), what the pure rooms never touch, and how every file begins. It reads the sources
//! as text and runs nothing.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// Room, and the rooms or modules that it may name by `crate::…`. Its own is always open to it.
const DOORS: &[(&str, &[&str])] = &[
    // What an event knows travels with it: facts are typed values, and answers to asks (ARCHITECTURE.md).
    ("event", &["dialog::value", "dialog::turn", "text"]),
    ("reply", &["event", "text"]),
    ("text", &[]),
    ("faq", &["text"]),
    ("charity", &["text"]),
    ("dialog", &["event", "reply", "text", "faq", "charity"]),
    ("channel", &["event", "reply", "text", "charity", "config"]),
    ("config", &[]),
    ("seal", &["text", "config"]),
    (
        "store",
        &[
            "event",
            "reply",
            "dialog::state",
            "dialog::turn",
            "dialog::value",
            "seal",
            "text",
            "charity",
            "config",
        ],
    ),
    (
        "inbox",
        &[
            "event", "reply", "faq", "dialog", "store", "text", "charity", "config",
        ],
    ),
    (
        "outbox",
        &[
            "event", "reply", "channel", "store", "inbox", "text", "charity", "config",
        ],
    ),
    (
        "timers",
        &["event", "store", "inbox", "text", "charity", "config"],
    ),
    (
        "console",
        &[
            "event", "reply", "text", "faq", "dialog", "store", "inbox", "charity", "config",
        ],
    ),
    ("web", &["*"]),
    ("cli", &["*"]),
    // The two roots of the crate only name the rooms.
    ("lib", &[]),
    ("main", &["*"]),
];

/// Rooms where the same words in always give the same words out.
const PURE: &[&str] = &["event", "reply", "text", "faq", "charity", "dialog"];

/// What no pure room names: clocks, files, networks, databases, chance, waiting.
const IMPURE: &[&str] = &[
    "tokio::",
    "sqlx::",
    "std::fs",
    "std::net",
    "std::env",
    "std::process",
    "std::thread",
    "SystemTime",
    "Instant::now",
    "Utc::now",
    "Local::now",
    "rand::",
    "async fn",
    ".await",
];

/// What nothing but a test does: each ends the process on input that somebody else chose.
const CARELESS: &[&str] = &[
    ".unwrap()",
    "panic!(",
    "todo!(",
    "unimplemented!(",
    "dbg!(",
    "println!(\"{:?}",
];

/// A source file as this test sees it.
struct Source {
    /// Below `src`, with forward slashes.
    path: String,
    text: String,
}

impl Source {
    fn room(&self) -> &str {
        let first = self.path.split('/').next().unwrap_or_default();
        first.strip_suffix(".rs").unwrap_or(first)
    }

    /// Whole files that only tests compile.
    fn is_test(&self) -> bool {
        self.path.split('/').any(|part| {
            matches!(part, "tests" | "tests.rs" | "test_support.rs") || part.ends_with("_tests.rs")
        })
    }
}

#[test]
fn every_room_opens_only_its_own_doors() {
    tell(sources().iter().flat_map(doors));
}

#[test]
fn the_pure_rooms_touch_no_clock_file_network_or_chance() {
    tell(sources().iter().flat_map(impurities));
}

#[test]
fn nothing_outside_the_tests_ends_the_process_on_input() {
    tell(sources().iter().flat_map(carelessness));
}

#[test]
fn no_arabic_sentence_stands_in_rust() {
    tell(sources().iter().flat_map(arabic));
}

#[test]
fn every_file_says_first_what_it_is_for() {
    tell(sources().iter().filter_map(nameless));
}

#[test]
fn all_sql_stands_in_the_store() {
    tell(sources().iter().flat_map(sql));
}

/// The rules above can fail: each of these is a violation, and the honest neighbour of each is none.
#[test]
fn a_planted_violation_is_found() {
    type Rule = fn(&Source) -> Vec<String>;
    let rules: &[(&str, Rule, &str, &str, &str)] = &[
        (
            "a closed door",
            doors,
            "text/name.rs",
            "use crate::store::Store;",
            "use crate::text::fold;",
        ),
        (
            "one of several",
            doors,
            "timers/mod.rs",
            "use crate::{event::Event, web};",
            "use crate::{event::Event, store};",
        ),
        (
            "a door in the middle",
            doors,
            "seal/mod.rs",
            "fn f() { crate::inbox::take() }",
            "// crate::inbox::take()",
        ),
        (
            "only a part is open",
            doors,
            "store/case.rs",
            "use crate::dialog::load;",
            "use crate::dialog::state::State;",
        ),
        (
            "round the back",
            doors,
            "store/case.rs",
            "use super::super::web::X;",
            "use super::X;",
        ),
        (
            "into the commands",
            doors,
            "web/chat.rs",
            "use crate::cli::serve;",
            "use crate::store::Store;",
        ),
        (
            "a clock",
            impurities,
            "dialog/step.rs",
            "let now = Utc::now();",
            "let text = \"Utc::now()\";",
        ),
        (
            "a wait",
            impurities,
            "dialog/step.rs",
            "pub async fn step() {}",
            "/* async fn */ fn step() {}",
        ),
        (
            "an unwrap",
            carelessness,
            "web/chat.rs",
            "x.unwrap();",
            "#[cfg(test)]\nmod tests { fn f() { x.unwrap(); } }",
        ),
        (
            "an expect without a reason",
            carelessness,
            "web/chat.rs",
            "x.expect(\"works\")",
            "x.expect(\"the port was checked when the settings were read\")",
        ),
        (
            "a sentence",
            arabic,
            "dialog/step.rs",
            "let hello = \"مرحبا\";",
            "// مرحبا",
        ),
        (
            "SQL outside",
            sql,
            "web/chat.rs",
            "sqlx::query(\"SELECT 1\")",
            "store.cases()",
        ),
    ];
    for (case, rule, path, bad, good) in rules {
        let source = |text: &str| Source {
            path: path.to_string(),
            text: text.to_string(),
        };
        assert_eq!(rule(&source(bad)).len(), 1, "{case}: not found");
        assert_eq!(rule(&source(good)), Vec::<String>::new(), "{case}: honest");
    }
    let nameless_file = Source {
        path: "web/x.rs".to_string(),
        text: "use std::fmt;".to_string(),
    };
    assert!(nameless(&nameless_file).is_some());
}

fn tell(violations: impl Iterator<Item = String>) {
    let mut told = String::new();
    for violation in violations {
        let _ = writeln!(told, "  {violation}");
    }
    assert!(told.is_empty(), "\n{told}");
}

fn doors(source: &Source) -> Vec<String> {
    if source.is_test() {
        return Vec::new();
    }
    let room = source.room();
    let Some((_, open)) = DOORS.iter().find(|(name, _)| *name == room) else {
        return vec![format!("{}: `{room}` is no room of DOORS", source.path)];
    };
    let code = without_tests(&bare(&source.text, false));
    let mut found = Vec::new();
    for (line, path) in crate_paths(&code) {
        let own = path == room || path.starts_with(&format!("{room}::"));
        // The crate's own macros and the two shared names of the root are no rooms.
        let is_room = DOORS
            .iter()
            .any(|(name, _)| path.split("::").next() == Some(name));
        let nobody_may = matches!(path.split("::").next(), Some("web" | "cli"));
        let is_open = open.contains(&"*") && (!nobody_may || matches!(room, "cli" | "main"))
            || open
                .iter()
                .any(|door| path == *door || path.starts_with(&format!("{door}::")));
        if is_room && !own && !is_open {
            found.push(format!(
                "src/{}:{line}: `{room}` may not open `{path}`",
                source.path
            ));
        }
    }
    let depth = source.path.split('/').count() + usize::from(!source.path.ends_with("/mod.rs")) - 1;
    let climb = "super::".repeat(depth.max(1) + usize::from(depth <= 1));
    for (number, line) in code.lines().enumerate() {
        if line.contains(&climb) {
            found.push(format!(
                "src/{}:{}: climbs to the root of the house; say `crate::`",
                source.path,
                number + 1
            ));
        }
    }
    found
}

/// Every path behind `crate::`, with its line; `crate::{a, b::c}` are two.
fn crate_paths(code: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        if code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '$') {
            continue;
        }
        let line = code[..at].matches('\n').count() + 1;
        let rest = &code[at + "crate::".len()..];
        for path in branches(rest) {
            found.push((line, path));
        }
    }
    found
}

/// The paths of a use tree: `{a, b::{c, d}}` gives a, b::c, b::d.
fn branches(text: &str) -> Vec<String> {
    let word = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
    let Some(inner) = text.strip_prefix('{') else {
        let end = text.find(|c| !word(c)).unwrap_or(text.len());
        let head = text[..end].trim_end_matches("::");
        return match text[end..]
            .strip_prefix('{')
            .map(|_| branches(&text[end..]))
        {
            Some(tails) => tails.iter().map(|tail| format!("{head}::{tail}")).collect(),
            None => vec![head.to_string()],
        };
    };
    let mut depth = 0;
    let mut paths = Vec::new();
    let mut start = 0;
    for (at, c) in inner.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            ',' | '}' if depth == 0 => {
                let part = inner[start..at].trim();
                if !part.is_empty() {
                    paths.extend(branches(part));
                }
                start = at + 1;
                if c == '}' {
                    break;
                }
            }
            _ => {}
        }
    }
    paths
}

fn impurities(source: &Source) -> Vec<String> {
    if source.is_test() || !PURE.contains(&source.room()) {
        return Vec::new();
    }
    lines_with(source, &without_tests(&bare(&source.text, false)), IMPURE)
}

fn carelessness(source: &Source) -> Vec<String> {
    if source.is_test() {
        return Vec::new();
    }
    let code = without_tests(&bare(&source.text, false));
    let mut found = lines_with(source, &code, CARELESS);
    let spoken = without_tests(&bare(&source.text, true));
    for (at, call) in spoken.match_indices(".expect(") {
        let reason = spoken[at + call.len()..].trim_start();
        let words = reason.split('"').nth(1).unwrap_or_default();
        let line = spoken[..at].matches('\n').count() + 1;
        // A name instead of a literal is a constant with its own sentence.
        if reason.starts_with('"') && words.split_whitespace().count() < 3 {
            found.push(format!(
                "src/{}:{line}: `expect` without a sentence that proves it",
                source.path
            ));
        }
    }
    found
}

fn arabic(source: &Source) -> Vec<String> {
    if source.is_test() || source.room() == "text" {
        return Vec::new();
    }
    let spoken = without_tests(&bare(&source.text, true));
    let is_arabic = |c: char| ('\u{0620}'..='\u{06ff}').contains(&c);
    // A single letter is grammar, not something said.
    let has_word = |part: &str| {
        let next = part.chars().skip(1);
        let mut pairs = part.chars().zip(next);
        pairs.any(|(one, two)| is_arabic(one) && is_arabic(two))
    };
    spoken
        .lines()
        .enumerate()
        .filter(|(_, line)| {
            // A word quoted «so» explains something to an author; it is nothing that we say.
            line.split('«')
                .map(|part| part.split_once('»').map_or(part, |(_, rest)| rest))
                .any(has_word)
        })
        .map(|(number, _)| format!("src/{}:{}: Arabic in Rust", source.path, number + 1))
        .collect()
}

fn nameless(source: &Source) -> Option<String> {
    let named = source.text.starts_with("//! ");
    (!named).then(|| format!("src/{}:1: does not open with `//!`", source.path))
}

fn sql(source: &Source) -> Vec<String> {
    match source.room() {
        "store" => Vec::new(),
        _ => lines_with(
            source,
            &without_tests(&bare(&source.text, false)),
            &["sqlx::"],
        ),
    }
}

fn lines_with(source: &Source, code: &str, words: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for (number, line) in code.lines().enumerate() {
        for word in words.iter().filter(|word| line.contains(**word)) {
            found.push(format!("src/{}:{}: `{word}`", source.path, number + 1));
        }
    }
    found
}

/// The code without comments, and without what stands in quotes unless `spoken`; lines stay lines.
fn bare(text: &str, spoken: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let length = token(rest);
        let (token, after) = rest.split_at(length);
        let is_comment = token.starts_with("//") || token.starts_with("/*");
        let is_quote = length > c.len_utf8() && token.ends_with(['"', '#', '\'']);
        match is_comment || (is_quote && !spoken) {
            true => out.extend(token.chars().filter(|c| *c == '\n')),
            false => out.push_str(token),
        }
        rest = after;
    }
    out
}

/// Bytes of the comment, string or character that `text` begins with; else of its first character.
fn token(text: &str) -> usize {
    let until = |end: &str, from: usize| text[from..].find(end).map_or(text.len(), |at| from + at);
    if text.starts_with("//") {
        return until("\n", 0);
    }
    if text.starts_with("/*") {
        return (until("*/", 2) + 2).min(text.len());
    }
    if let Some(raw) = text.strip_prefix('r') {
        let hashes = raw.chars().take_while(|c| *c == '#').count();
        if raw[hashes..].starts_with('"') {
            let end = format!("\"{}", "#".repeat(hashes));
            return (until(&end, hashes + 2) + end.len()).min(text.len());
        }
    }
    if text.starts_with('"') {
        return quoted(text, '"');
    }
    if text.starts_with('\'') {
        // A lifetime has no closing quote behind its first character.
        let mut chars = text.chars().skip(1);
        let first = chars.next();
        return match (first, chars.next()) {
            (Some('\\'), _) => quoted(text, '\''),
            (Some(c), Some('\'')) => 2 + c.len_utf8(),
            _ => 1,
        };
    }
    text.chars().next().map_or(1, char::len_utf8)
}

fn quoted(text: &str, end: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == end => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// Blanks every item behind `#[cfg(test)]`: up to its closing brace, or its semicolon.
fn without_tests(code: &str) -> String {
    let mut out = String::with_capacity(code.len());
    let mut rest = code;
    while let Some(at) = rest.find("#[cfg(test)]") {
        out.push_str(&rest[..at]);
        let item = &rest[at..];
        let end = item_end(item);
        out.extend(item[..end].chars().filter(|c| *c == '\n'));
        rest = &item[end..];
    }
    out.push_str(rest);
    out
}

fn item_end(item: &str) -> usize {
    let mut depth = 0;
    for (at, c) in item.char_indices() {
        match c {
            ';' if depth == 0 => return at + 1,
            '{' => depth += 1,
            '}' if depth <= 1 => return at + 1,
            '}' => depth -= 1,
            _ => {}
        }
    }
    item.len()
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    walk(&root, &mut files);
    assert!(files.len() > 20, "the sources were not found");
    files
        .into_iter()
        .map(|file| Source {
            text: std::fs::read_to_string(&file).unwrap(),
            path: file
                .strip_prefix(&root)
                .unwrap()
                .to_string_lossy()
                .replace('\\', "/"),
        })
        .collect()
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    let mut entries: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    entries.sort();
    for path in entries {
        match path.is_dir() {
            true => walk(&path, files),
            false if path.extension().is_some_and(|end| end == "rs") => files.push(path),
            false => {}
        }
    }
}
