//! Breaks the shipped dialogs on purpose: every exit, every text, every variable, every limit, every
//! condition. Each break must be found in its file, at its line, among all the others of its kind.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::{CHANNELS, NARROW, sound};
use crate::dialog::check::check_charity;
use crate::dialog::check::texts::{self, Part};
use crate::dialog::files::{Files, embedded};
use crate::dialog::finding::{Findings, Severity, Span};
use crate::dialog::load::{HOUSE_FILES, load};
use crate::dialog::yaml::{self, Data, FILE_BYTES_MAX, Node};

/// The charity that has everything on.
const CHARITY: &str = "demo";

/// One break: what stands at a place is replaced, and a finding with one of these codes must stand there.
struct Break {
    at: Span,
    /// The line of the finding: that of the place, in all cases but one.
    told_at: u32,
    with: String,
    codes: &'static [&'static str],
    /// Breaks of one layer do not hide each other: a key that is gone takes along what was below it.
    layer: usize,
}

/// The shipped set as it counts for the charity.
fn shipped() -> &'static Files {
    static SHIPPED: LazyLock<Files> = LazyLock::new(|| embedded().of(CHARITY));
    &SHIPPED
}

/// The same with the smallest of the large files, but for the one that is broken and what it leans on:
/// reading all the real ones again for every break would only take time.
fn beside(path: &str) -> Files {
    let large: &[&str] = &[
        "common/phrases.yaml",
        "common/apply.yaml",
        "charities/demo/services.yaml",
    ];
    let needed: &[&str] = match path {
        "common/apply.yaml" | "charities/demo/services.yaml" => &large[1..],
        _ => &[],
    };
    let small = sound();
    let mut files = shipped().clone();
    // What the charity answers itself counts instead of the common answer.
    if path == "common/common_faq.yaml" {
        files.texts.remove("charities/demo/faq.yaml");
    }
    for name in large
        .iter()
        .filter(|name| **name != path && !needed.contains(name))
    {
        files
            .texts
            .insert((*name).to_string(), small.texts[*name].clone());
    }
    files
}

/// Breaks every file in all places that `find` names, and tells what was not found.
fn every(find: impl Fn(&str, &str, &Node) -> Vec<Break>) {
    let mut missed = Vec::new();
    let mut count = 0;
    for (path, text) in &shipped().texts {
        let tree = yaml::parse(&path.as_str().into(), text, &mut Findings::default()).unwrap();
        for round in rounds(find(path, text, &tree)) {
            count += round.len();
            missed.extend(not_found(path, text, &round));
        }
    }
    assert!(count > 0, "nothing was broken");
    assert!(
        missed.is_empty(),
        "{} of {count} breaks were not found:\n{}",
        missed.len(),
        missed.join("\n")
    );
}

/// Breaks on one line would hide each other, and many long ones make a file too large: they go into rounds
/// of their own.
fn rounds(breaks: Vec<Break>) -> Vec<Vec<Break>> {
    let mut rounds: BTreeMap<(usize, usize), Vec<Break>> = BTreeMap::new();
    let mut on_line: BTreeMap<(usize, u32), usize> = BTreeMap::new();
    for one in breaks {
        let nth = on_line.entry((one.layer, one.at.line)).or_default();
        rounds.entry((one.layer, *nth)).or_default().push(one);
        *nth += 1;
    }
    let of_round = |round: Vec<Break>| {
        let room = FILE_BYTES_MAX
            / 2
            / round
                .iter()
                .map(|one| one.with.len())
                .max()
                .unwrap_or(0)
                .max(1);
        let mut round = round.into_iter().peekable();
        let mut parts = Vec::new();
        while round.peek().is_some() {
            parts.push(round.by_ref().take(room).collect());
        }
        parts
    };
    rounds.into_values().flat_map(of_round).collect()
}

fn not_found(path: &str, text: &str, breaks: &[Break]) -> Vec<String> {
    let mut broken = text.to_owned();
    let mut order: Vec<&Break> = breaks.iter().collect();
    order.sort_by_key(|one| std::cmp::Reverse(one.at.offset));
    for one in order {
        let (from, to) = (one.at.offset, one.at.offset + one.at.length);
        // A block of lines ends where the next key begins, and keeps its number of lines, so that what is
        // below stays where it is. Quotes would be a part of its words.
        let to = broken[from..to]
            .rfind('\n')
            .map_or(to, |newline| from + newline + 1);
        let lines = broken[from..to].matches('\n').count();
        let is_block = broken[..from].trim_end().ends_with('|');
        let with = if is_block {
            one.with.trim_matches('"')
        } else {
            &one.with
        };
        broken.replace_range(from..to, &format!("{with}{}", "\n".repeat(lines)));
    }
    let mut files = beside(path);
    files.put(path, broken.as_bytes());
    let findings = check_charity(&files, CHARITY, CHANNELS);
    let found = |one: &Break| {
        let mut here = findings
            .0
            .iter()
            .filter(|finding| &*finding.file == path && finding.at.line == one.told_at);
        here.any(|finding| finding.severity == Severity::Error && one.codes.contains(&finding.code))
    };
    let missed = breaks.iter().filter(|one| !found(one));
    missed
        .map(|one| {
            format!(
                "{path}:{}:{}: `{}`, wanted {:?}",
                one.at.line,
                one.at.column,
                short(&one.with),
                one.codes
            )
        })
        .collect()
}

fn short(text: &str) -> String {
    text.chars().take(40).collect()
}

/// Every value of the tree with the keys above it.
fn walk<'n>(
    node: &'n Node,
    above: &mut Vec<&'n str>,
    visit: &mut impl FnMut(&[&'n str], &'n Node),
) {
    visit(above, node);
    for item in node.list() {
        walk(item, above, visit);
    }
    for (key, value) in node.entries() {
        above.push(&key.text);
        walk(value, above, visit);
        above.pop();
    }
}

fn is_dialog(path: &str) -> bool {
    HOUSE_FILES
        .iter()
        .all(|(name, _)| !path.ends_with(&format!("/{name}.yaml")))
}

fn scalars(tree: &Node, wanted: impl Fn(&[&str], &str) -> bool) -> Vec<&Node> {
    let mut found = Vec::new();
    walk(tree, &mut Vec::new(), &mut |above, node| {
        if node.scalar().is_some_and(|text| wanted(above, text)) {
            found.push(node);
        }
    });
    found
}

fn breaks(nodes: Vec<&Node>, with: &str, codes: &'static [&'static str]) -> Vec<Break> {
    nodes
        .into_iter()
        .enumerate()
        .map(|(number, node)| Break {
            told_at: node.at.line,
            at: node.at,
            with: with.replace('#', &number.to_string()),
            codes,
            layer: 0,
        })
        .collect()
}

#[test]
fn the_shipped_dialogs_have_no_error_even_on_a_narrow_channel() {
    for files in [
        shipped(),
        &beside("common/menu.yaml"),
        &beside("common/apply.yaml"),
    ] {
        let mut findings = check_charity(files, CHARITY, CHANNELS);
        findings
            .0
            .retain(|finding| finding.severity == Severity::Error);
        assert!(
            findings.0.is_empty(),
            "{}",
            crate::dialog::render::people(&findings, files, "dialogs")
        );
    }
}

#[test]
fn every_broken_exit_is_found() {
    every(|path, _, tree| {
        if !is_dialog(path) {
            return Vec::new();
        }
        let step = scalars(tree, |above, _| {
            matches!(above.last(), Some(&("to" | "refused" | "unknown")))
        });
        let dialog = scalars(tree, |above, _| {
            matches!(
                above,
                [.., "to" | "refused" | "unknown", "dialog"] | ["steps", "dialog"]
            )
        });
        let mut all = breaks(step, "zz_nowhere_#", &["unknown_step"]);
        all.extend(breaks(dialog, "zz_nowhere_#", &["unknown_dialog"]));
        all
    });
}

#[test]
fn every_way_out_that_is_taken_away_is_found() {
    // The last step of every dialog loses its `ends` or `to`; the key is left as a key of nothing.
    every(|path, text, tree| {
        let last = tree
            .get("steps")
            .and_then(|steps| steps.list().last())
            .filter(|_| is_dialog(path));
        let ways = last
            .map_or(&[][..], Node::entries)
            .iter()
            .filter(|(key, _)| matches!(key.text.as_str(), "ends" | "to"));
        let line_of = |at: Span| {
            text[..at.offset]
                .rfind('\n')
                .map_or(0, |newline| newline + 1)
        };
        let name = last
            .and_then(|step| step.entries().first())
            .map(|(_, name)| name.at);
        ways.filter_map(|(key, value)| {
            let from = line_of(key.at);
            let whole = Span {
                offset: from,
                length: value.at.offset + value.at.length - from,
                ..name?
            };
            Some(Break {
                told_at: whole.line,
                at: whole,
                with: String::new(),
                codes: &["no_exit"],
                layer: 0,
            })
        })
        .collect()
    });
}

#[test]
fn every_text_that_loses_a_language_is_found() {
    for language in ["ar", "en"] {
        every(|_, text, tree| {
            let texts = scalars(tree, |above, _| above.last() == Some(&language));
            let mut all = breaks(texts, "\"\"", &["missing_text"]);
            // Of a block of lines nothing is left but its key, on the line above.
            for one in &mut all {
                let is_block = text[..one.at.offset].trim_end().ends_with('|');
                one.told_at = one.at.line - u32::from(is_block);
            }
            all
        });
    }
}

#[test]
fn every_text_that_grows_beyond_its_limit_is_found() {
    let (loaded, _) = load(shipped(), CHARITY);
    let mut limited = Vec::new();
    for said in texts::all(&loaded) {
        let limited_here = match said.part {
            Part::Message | Part::Question | Part::Option | Part::Note | Part::Button => true,
            Part::Inside => false,
        };
        if limited_here {
            limited.extend(
                [said.text.ar_at, said.text.en_at].map(|at| (said.file.to_string(), at.offset)),
            );
        }
    }
    let long = format!("\"{}\"", "ا".repeat(NARROW.text + 1));
    every(|path, _, tree| {
        let mut nodes = scalars(tree, |above, _| {
            matches!(above.last(), Some(&("ar" | "en")))
        });
        nodes.retain(|node| limited.contains(&(path.to_owned(), node.at.offset)));
        breaks(nodes, &long, &["too_long"])
    });
}

#[test]
fn every_unknown_variable_is_found() {
    every(|path, text, tree| {
        let mut all = Vec::new();
        // The page's own words are no templates.
        let nodes = if path.ends_with("/page.yaml") {
            Vec::new()
        } else {
            scalars(tree, |above, _| {
                matches!(above.last(), Some(&("ar" | "en")))
            })
        };
        for node in nodes {
            let slice = &text[node.at.offset..node.at.offset + node.at.length];
            for (open, _) in slice.match_indices("{{") {
                let begin =
                    open + 2 + slice[open + 2..].len() - slice[open + 2..].trim_start().len();
                let length = slice[begin..]
                    .bytes()
                    .take_while(|b| b.is_ascii_alphanumeric() || *b == b'_')
                    .count();
                let line =
                    node.at.line + u32::try_from(slice[..begin].matches('\n').count()).unwrap();
                let at = Span {
                    line,
                    offset: node.at.offset + begin,
                    length,
                    ..node.at
                };
                all.push(Break {
                    told_at: at.line,
                    at,
                    with: format!("zz_unknown_{}", all.len()),
                    codes: &["unknown_variable"],
                    layer: 0,
                });
            }
        }
        all
    });
}

#[test]
fn every_wrong_bound_is_found() {
    every(|path, _, tree| {
        let number = |above: &[&str], text: &str| {
            let bound = matches!(above.last(), Some(&("least" | "most" | "quota")))
                || matches!(above, ["periods", _]);
            bound && text.parse::<i64>().is_ok() && !path.ends_with("/page.yaml")
        };
        breaks(scalars(tree, number), "-1", &["wrong_type"])
    });
}

#[test]
fn every_two_options_that_read_the_same_are_found() {
    every(|path, _, tree| {
        let mut all = Vec::new();
        walk(tree, &mut Vec::new(), &mut |above, node| {
            let texts: Vec<&Node> = match (above.last(), &node.data) {
                (Some(&"options"), Data::List(items)) if is_dialog(path) => items
                    .iter()
                    .filter_map(|item| item.entries().first()?.1.get("ar"))
                    .collect(),
                _ => return,
            };
            let first = texts
                .first()
                .and_then(|first| first.scalar())
                .unwrap_or_default();
            let same = |node: &&Node| Break {
                told_at: node.at.line,
                at: node.at,
                with: format!("\"{first}\""),
                codes: &["equal_titles"],
                layer: 0,
            };
            all.extend(texts.iter().skip(1).map(same));
        });
        all
    });
}

#[test]
fn every_condition_on_what_there_is_not_is_found() {
    every(|path, _, tree| {
        if !is_dialog(path) {
            return Vec::new();
        }
        let mut all = breaks(
            scalars(tree, |above, _| above.last() == Some(&"field")),
            "zz_unknown_#",
            &["unknown_field"],
        );
        all.extend(breaks(
            scalars(tree, |above, _| {
                matches!(above.last(), Some(&("is" | "in")))
            }),
            "zz_unknown_#",
            &["impossible_value"],
        ));
        all.extend(breaks(
            scalars(tree, |above, _| above.last() == Some(&"asks")),
            "zz_unknown_#",
            &["unknown_field"],
        ));
        all.extend(breaks(
            scalars(tree, |above, _| above.last() == Some(&"fact")),
            "zz_unknown_#",
            &["unknown_word"],
        ));
        all.extend(breaks(
            scalars(tree, |above, _| above.last() == Some(&"capability")),
            "zz_unknown_#",
            &["unknown_word"],
        ));
        all
    });
}

#[test]
fn every_name_of_another_file_that_is_broken_is_found() {
    every(|path, _, tree| {
        let names =
            |wanted: &'static str| scalars(tree, move |above, _| above.last() == Some(&wanted));
        let end = path.rsplit('/').next().unwrap_or_default();
        match end {
            "services.yaml" => {
                let mut all = breaks(names("asks"), "zz_unknown_#", &["unknown_step"]);
                all.extend(breaks(names("needs"), "zz_unknown_#", &["unknown_step"]));
                all
            }
            "cases.yaml" => {
                let mut all = breaks(names("first"), "zz_unknown_#", &["unknown_state"]);
                all.extend(breaks(names("to"), "zz_unknown_#", &["unknown_state"]));
                all
            }
            _ if is_dialog(path) => {
                let mut all = breaks(names("starts"), "zz_unknown_#", &["unknown_control"]);
                all.extend(breaks(names("case"), "zz_unknown_#", &["unknown_case"]));
                all.extend(breaks(
                    names("template"),
                    "zz_unknown_#",
                    &["unknown_template"],
                ));
                for key in ["id_field", "capacity", "last_four"] {
                    let nodes = scalars(
                        tree,
                        move |above, _| matches!(above, ["steps", last] if *last == key),
                    );
                    all.extend(breaks(nodes, "zz_unknown_#", &["unknown_field"]));
                }
                all
            }
            _ => Vec::new(),
        }
    });
}

#[test]
fn every_unknown_key_is_found() {
    // Between them these have every kind of key.
    let files = [
        "apply",
        "status",
        "words",
        "cases",
        "templates",
        "charity",
        "services",
    ];
    every(|path, _, tree| {
        let mut all = Vec::new();
        if !files
            .iter()
            .any(|name| path.ends_with(&format!("/{name}.yaml")))
        {
            return all;
        }
        walk(tree, &mut Vec::new(), &mut |above, node| {
            // Names of the author's own stand as keys of controls, facts and options.
            let own = matches!(above.last(), Some(&("controls" | "facts" | "renamed")));
            let in_options = above.last() == Some(&"options") && node.entries().len() == 1;
            if own || in_options {
                return;
            }
            for (nth, (key, _)) in node.entries().iter().enumerate() {
                // The first key of a step is its verb, without which nothing is known of the others.
                let layer = 2 * above.len() + usize::from(nth > 0);
                let with = format!("zz_unknown_{}", all.len());
                let codes = &[
                    "unknown_key",
                    "unknown_kind",
                    "wrong_condition",
                    "wrong_exit",
                ];
                all.push(Break {
                    told_at: key.at.line,
                    at: key.at,
                    with,
                    codes,
                    layer,
                });
            }
        });
        all
    });
}
