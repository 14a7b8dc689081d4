//! Says in plain words why YAML could not be read at a place, and how to mend it. It looks at the words
//! around the place, because the reader's own message names rules that an author has never heard of.

use serde_saphyr::granit_parser::ErrorKind;

use super::Span;

pub struct Told {
    pub at: Span,
    pub what: String,
    pub remedy: String,
}

/// Quotes that a keyboard or an office program puts in the place of `"`.
const FALSE_QUOTES: [char; 8] = ['“', '”', '„', '«', '»', '‘', '’', '‟'];

/// The cause that the line shows, else the one that the reader names.
pub fn of(source: &str, at: Span, kind: &ErrorKind) -> Told {
    let told = |at: Span, what: &str, remedy: &str| Told {
        at,
        what: what.to_owned(),
        remedy: remedy.to_owned(),
    };
    let around = [at.line, at.line.saturating_sub(1)];
    let tabs = [
        at.line,
        at.line.saturating_add(1),
        at.line.saturating_sub(1),
    ];
    for number in tabs {
        if let Some(column) = line(source, number).and_then(tab) {
            return told(
                place(source, number, column),
                "a tab stands where spaces belong",
                "Indent with spaces, two for each step inwards.",
            );
        }
    }
    let lines = around
        .into_iter()
        .filter_map(|number| Some((number, line(source, number)?)));
    for (number, text) in lines {
        if let Some(column) = outside_quotes(text, |c| FALSE_QUOTES.contains(&c)) {
            return told(
                place(source, number, column),
                "a quotation mark that YAML does not know",
                "Use the straight \" before and after the text.",
            );
        }
        if in_braces(text)
            && let Some(column) = outside_quotes(text, |c| c == '،')
        {
            return told(
                place(source, number, column),
                "an Arabic comma stands between two keys",
                "Inside { } and [ ] put the comma `,`; the Arabic one belongs in texts.",
            );
        }
        if let Some(column) = unquoted_colon(text) {
            return told(
                place(source, number, column),
                "a colon inside a text without quotes",
                "Put the whole text in \"…\".",
            );
        }
        if let Some(column) = glued_colon(text) {
            return told(
                place(source, number, column),
                "no space behind the colon",
                "Write `key: value`, with a space behind the colon.",
            );
        }
    }
    by_kind(at, kind)
}

fn by_kind(at: Span, kind: &ErrorKind) -> Told {
    let (what, remedy) = match kind {
        ErrorKind::UnclosedQuotedScalar => (
            "a text in quotes does not end",
            "Close it with the same quotation mark; a quotation mark inside is written \\\".",
        ),
        ErrorKind::InvalidTrailingDoubleQuotedScalar
        | ErrorKind::InvalidTrailingSingleQuotedScalar => (
            "something stands behind the closing quotation mark",
            "A quotation mark inside a text in \"…\" is written \\\".",
        ),
        ErrorKind::UnknownQuotedScalarEscape => (
            "a backslash that means nothing",
            "Write \\\\ for a backslash in \"…\".",
        ),
        ErrorKind::UnclosedFlowCollection { .. }
        | ErrorKind::UnexpectedEofFlowMapping
        | ErrorKind::UnexpectedEofFlowSequence
        | ErrorKind::UnexpectedEofImplicitFlowMapping
        | ErrorKind::ExpectedFlowMappingSeparator
        | ErrorKind::ExpectedFlowSequenceSeparator => (
            "a { or [ does not end",
            "Close it with } or ], and put commas between.",
        ),
        ErrorKind::MisplacedFlowCollectionEnd | ErrorKind::MismatchedFlowCollectionEnd { .. } => (
            "a } or ] closes nothing",
            "Delete it, or open it where the keys begin.",
        ),
        ErrorKind::TabNotAllowed
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabInIndentation
        | ErrorKind::TabAtBlockScalarStart
        | ErrorKind::TabInPlainScalar => (
            "a tab stands where spaces belong",
            "Indent with spaces, two for each step inwards.",
        ),
        ErrorKind::UnknownAnchor | ErrorKind::MissingAnchorOrAliasName => (
            "`*` and `&` refer to other places, which dialog files do not do",
            "Put a text that begins with * or & in \"…\".",
        ),
        ErrorKind::UnexpectedCharacter { .. } => (
            "a text cannot begin with this character",
            "Put the text in \"…\".",
        ),
        ErrorKind::RecursionLimitExceeded => (
            "too many brackets inside each other",
            "No dialog needs so many: look for a bracket too many.",
        ),
        ErrorKind::MappingValueNotAllowed
        | ErrorKind::MappingKeyNotAllowed
        | ErrorKind::ExpectedBlockMappingKey
        | ErrorKind::ExpectedBlockSequenceEntry
        | ErrorKind::BlockSequenceEntryNotAllowed
        | ErrorKind::ExpectedDocumentStart
        | ErrorKind::InvalidIndentation
        | ErrorKind::SimpleKeyExpected
        | ErrorKind::InvalidSimpleKey => (
            "this line does not stand in one column with what it belongs to",
            "Keys of one thing begin in one column, what is below a key stands two spaces further in, and `- ` opens an item.",
        ),
        other => return unnamed(at, other),
    };
    Told {
        at,
        what: what.to_owned(),
        remedy: remedy.to_owned(),
    }
}

fn unnamed(at: Span, kind: &ErrorKind) -> Told {
    Told {
        at,
        what: format!("the file cannot be read here ({kind})"),
        remedy: "Look at the indentation of this line and the one before: keys of one thing begin in one column, and `- ` opens an item.".to_owned(),
    }
}

fn line(source: &str, number: u32) -> Option<&str> {
    source
        .lines()
        .nth(usize::try_from(number.checked_sub(1)?).ok()?)
}

/// Column (from 0, in characters) of a tab among the spaces at the beginning.
fn tab(line: &str) -> Option<usize> {
    line.chars()
        .take_while(|c| c.is_whitespace())
        .position(|c| c == '\t')
}

fn in_braces(line: &str) -> bool {
    line.contains(['{', '['])
}

/// Column of the first such character that no straight quotes enclose.
fn outside_quotes(line: &str, wanted: impl Fn(char) -> bool) -> Option<usize> {
    let mut quote = None;
    for (column, c) in line.chars().enumerate() {
        match quote {
            Some(open) if open == c => quote = None,
            Some(_) => {}
            None if c == '#' => return None,
            None if c == '"' || c == '\'' => quote = Some(c),
            None if wanted(c) => return Some(column),
            None => {}
        }
    }
    None
}

/// `text: hello: there`: the second colon of a line that has no quotes and braces.
fn unquoted_colon(line: &str) -> Option<usize> {
    if line.contains(['"', '\'', '{', '[', '#']) {
        return None;
    }
    let first = line.find(": ")?;
    let second = first
        + 2
        + line[first + 2..]
            .find(": ")
            .or_else(|| line[first + 2..].find(':').filter(|_| line.ends_with(':')))?;
    Some(line[..second].chars().count())
}

/// `text:hello`: a key without a space behind its colon.
fn glued_colon(line: &str) -> Option<usize> {
    let bare = line.trim_start().trim_start_matches("- ");
    let key = bare
        .chars()
        .take_while(|c| c.is_ascii_lowercase() || *c == '_')
        .count();
    let rest = bare.get(key..)?;
    let glued =
        key > 0 && rest.starts_with(':') && rest.chars().nth(1).is_some_and(|c| !c.is_whitespace());
    let before = line.chars().count() - bare.chars().count();
    glued.then_some(before + key)
}

fn place(source: &str, number: u32, column: usize) -> Span {
    let index = usize::try_from(number.saturating_sub(1)).unwrap_or(0);
    let before: usize = source.split_inclusive('\n').take(index).map(str::len).sum();
    let text = source.lines().nth(index).unwrap_or_default();
    let within: usize = text.chars().take(column).map(char::len_utf8).sum();
    let length = text.chars().nth(column).map_or(0, char::len_utf8);
    Span {
        line: number,
        column: u32::try_from(column + 1).unwrap_or(u32::MAX),
        offset: before + within,
        length,
    }
}
