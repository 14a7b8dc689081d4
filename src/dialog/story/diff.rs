//! The difference between what a story expects and what was said, line by line.

/// Lines of agreement shown around a difference (lines).
const CONTEXT_LINES: usize = 3;
/// Longer texts are compared without looking for moved lines (lines): the table would grow with the square.
const LINES_MAX: usize = 2_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Both,
    /// Expected and not said.
    Missing,
    /// Said and not expected.
    Extra,
}

/// Lines marked ` ` (both), `-` (expected) and `+` (got), with a little of what agrees around them.
pub fn lines(expected: &[String], got: &[String]) -> Vec<String> {
    let all = compare(expected, got);
    let near = |at: usize| {
        let from = at.saturating_sub(CONTEXT_LINES);
        let to = (at + CONTEXT_LINES + 1).min(all.len());
        all[from..to].iter().any(|(side, _)| *side != Side::Both)
    };
    let mut shown: Vec<String> = Vec::new();
    let mut skipped = false;
    for (at, (side, line)) in all.iter().enumerate() {
        if !near(at) {
            skipped = true;
            continue;
        }
        if std::mem::take(&mut skipped) {
            shown.push("  …".to_owned());
        }
        let mark = match side {
            Side::Both => ' ',
            Side::Missing => '-',
            Side::Extra => '+',
        };
        shown.push(format!("{mark} {line}"));
    }
    if skipped {
        shown.push("  …".to_owned());
    }
    shown
}

/// The longest common lines stand, everything else is missing or extra.
fn compare<'a>(expected: &'a [String], got: &'a [String]) -> Vec<(Side, &'a str)> {
    let missing = expected.iter().map(|line| (Side::Missing, line.as_str()));
    let extra = got.iter().map(|line| (Side::Extra, line.as_str()));
    if expected.len() > LINES_MAX || got.len() > LINES_MAX {
        return missing.chain(extra).collect();
    }
    let common = common(expected, got);
    let (mut at, mut to) = (0, 0);
    let mut all = Vec::new();
    while at < expected.len() || to < got.len() {
        let left = expected.get(at);
        let right = got.get(to);
        match (left, right) {
            (Some(left), Some(right)) if left == right => {
                all.push((Side::Both, left.as_str()));
                (at, to) = (at + 1, to + 1);
            }
            (Some(left), _) if right.is_none() || common[at + 1][to] >= common[at][to + 1] => {
                all.push((Side::Missing, left.as_str()));
                at += 1;
            }
            (_, Some(right)) => {
                all.push((Side::Extra, right.as_str()));
                to += 1;
            }
            (_, None) => break,
        }
    }
    all
}

/// How many lines the rests from here on have in common.
fn common(expected: &[String], got: &[String]) -> Vec<Vec<usize>> {
    let mut table = vec![vec![0; got.len() + 1]; expected.len() + 1];
    for at in (0..expected.len()).rev() {
        for to in (0..got.len()).rev() {
            table[at][to] = match expected[at] == got[to] {
                true => table[at + 1][to + 1] + 1,
                false => table[at + 1][to].max(table[at][to + 1]),
            };
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(expected: &str, got: &str) -> String {
        let split = |text: &str| {
            text.split_whitespace()
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        lines(&split(expected), &split(got)).join("|")
    }

    #[test]
    fn only_what_differs_is_shown_with_a_little_around_it() {
        for (expected, got, shown) in [
            ("a b", "a b", "  …"),
            ("a b c", "a x c", "  a|- b|+ x|  c"),
            ("a", "", "- a"),
            ("", "a", "+ a"),
            ("a b c", "b c d", "- a|  b|  c|+ d"),
            ("1 2 3 4 5 6", "1 2 3 4 5 7", "  …|  3|  4|  5|- 6|+ 7"),
            ("x 2 3 4 5 6", "y 2 3 4 5 6", "- x|+ y|  2|  3|  4|  …"),
        ] {
            assert_eq!(told(expected, got), shown, "{expected} / {got}");
        }
    }

    #[test]
    fn a_monstrous_reply_is_compared_without_a_monstrous_table() {
        let many: Vec<String> = (0..LINES_MAX + 1).map(|n| n.to_string()).collect();
        assert_eq!(lines(&many, &many[..1]).len(), many.len() + 1);
    }
}
