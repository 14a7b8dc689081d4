//! A story's file with what was really said in it: only `bot:`, `notice:`, `alert:`, `silent:` and `end:` are
//! touched; comments, empty lines and everything that people do stay.

use super::entry::{Expected, Key};

/// Lines of the file (from 1, the last included) that give way to others. One line before the first is none:
/// then the others are put behind `last`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    pub from: usize,
    pub last: usize,
    pub lines: Vec<String>,
}

impl Edit {
    fn replace((from, last): (usize, usize), lines: Vec<String>) -> Edit {
        Edit { from, last, lines }
    }

    fn behind(line: usize, lines: Vec<String>) -> Edit {
        Edit {
            from: line + 1,
            last: line,
            lines,
        }
    }
}

/// The blocks of a file as its lines.
pub fn blocks(expected: &[Expected]) -> Vec<String> {
    expected.iter().flat_map(block).collect()
}

fn block(expected: &Expected) -> Vec<String> {
    let key = expected.key.word();
    keyed(key, &expected.lines)
}

/// `key: first line` with the others indented below it.
pub fn keyed(key: &str, lines: &[String]) -> Vec<String> {
    let mut lines = lines.iter();
    let head = match lines.next() {
        Some(first) => format!("{key}: {first}"),
        None => format!("{key}:"),
    };
    let below = lines.map(|line| match line.is_empty() {
        true => String::new(),
        false => format!("  {line}"),
    });
    [head].into_iter().chain(below).collect()
}

/// Puts what was said in the place of what stood there: block for block, so that comments between them stay.
/// `places` are the first and last lines of the blocks, `behind` the line after which more goes.
pub fn group(places: &[(usize, usize)], behind: usize, said: &[Expected]) -> Vec<Edit> {
    let silent = [Expected {
        key: Key::Silent,
        lines: Vec::new(),
    }];
    let said = if said.is_empty() { &silent } else { said };
    let kept = places.len().min(said.len());
    let pairs = places.iter().zip(said);
    let mut edits: Vec<Edit> = pairs
        .map(|(place, said)| Edit::replace(*place, block(said)))
        .collect();
    edits.extend(
        places[kept..]
            .iter()
            .map(|place| Edit::replace(*place, Vec::new())),
    );
    if said.len() > kept {
        let behind = places.last().map_or(behind, |(_, last)| *last);
        edits.push(Edit::behind(behind, blocks(&said[kept..])));
    }
    edits
}

/// The block of `end:`.
pub fn end(place: (usize, usize), remains: &[String]) -> Edit {
    let lines = match remains {
        [] => vec!["end: nothing".to_owned()],
        some => {
            let indented = some.iter().map(|line| format!("  {line}"));
            ["end:".to_owned()].into_iter().chain(indented).collect()
        }
    };
    Edit::replace(place, lines)
}

/// The text with the edits made. They must not overlap.
pub fn apply(text: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|edit| (edit.from, edit.last));
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for edit in edits.into_iter().rev() {
        let from = (edit.from - 1).min(lines.len());
        let to = edit.last.clamp(from, lines.len());
        lines.splice(from..to, edit.lines);
    }
    lines
        .iter()
        .fold(String::new(), |text, line| text + line + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bot(text: &str) -> Expected {
        Expected {
            key: Key::Bot,
            lines: text.split('|').map(str::to_owned).collect(),
        }
    }

    #[test]
    fn only_what_was_said_is_rewritten() {
        let text = "# why\nperson: a\nbot: old\n  old too\n# between\nbot: second\n\nperson: b\n";
        let places = [(3, 4), (6, 6)];
        for (said, expected) in [
            (
                vec![bot("new|||more"), bot("second")],
                "# why\nperson: a\nbot: new\n\n\n  more\n# between\nbot: second\n\nperson: b\n",
            ),
            (
                vec![bot("new")],
                "# why\nperson: a\nbot: new\n# between\n\nperson: b\n",
            ),
            (
                vec![],
                "# why\nperson: a\nsilent:\n# between\n\nperson: b\n",
            ),
            (
                vec![bot("1"), bot("2"), bot("3")],
                "# why\nperson: a\nbot: 1\n# between\nbot: 2\nbot: 3\n\nperson: b\n",
            ),
        ] {
            assert_eq!(apply(text, group(&places, 2, &said)), expected);
        }
        let inserted = apply("person: a\n\nperson: b", group(&[], 1, &[bot("x")]));
        assert_eq!(inserted, "person: a\nbot: x\n\nperson: b\n");
    }
}
