//! A story's text as blocks: a key at the line's start, its words, and the indented lines below. Knows
//! nothing of what the keys mean.

use super::entry::Problem;

/// `key: words` with what stands indented below it. Lines count from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    pub key: String,
    pub line: usize,
    /// Its last line.
    pub last: usize,
    /// The words beside the key, trimmed.
    pub head: String,
    /// The lines below it, trimmed; an empty line between two of them is one.
    pub more: Vec<String>,
}

impl Block {
    /// All of its words, line by line; nothing of an empty head.
    pub fn lines(&self) -> Vec<String> {
        let head = Some(&self.head).filter(|head| !head.is_empty());
        head.into_iter().chain(&self.more).cloned().collect()
    }

    /// All of its words as one text.
    pub fn text(&self) -> String {
        self.lines().join("\n")
    }
}

/// The blocks of a story in order, and the lines that belong to none.
pub fn blocks(text: &str) -> (Vec<Block>, Vec<Problem>) {
    let mut blocks: Vec<Block> = Vec::new();
    let mut problems = Vec::new();
    // Empty lines count only when the same block goes on behind them.
    let mut empty = 0;
    let mut open = false;
    for (number, line) in (1..).zip(text.lines()) {
        let words = line.trim();
        if words.is_empty() {
            empty += 1;
        } else if line.starts_with('#') {
            open = false;
        } else if line.starts_with([' ', '\t']) {
            match blocks.last_mut().filter(|_| open) {
                Some(block) => go_on(block, number, words, empty),
                None => problems.push(Problem::new(
                    number,
                    "an indented line with nothing above it to belong to",
                    "Begin it at the line's start with a key, such as `person:` or `bot:`.",
                )),
            }
            empty = 0;
        } else {
            empty = 0;
            match begin(number, words) {
                Some(block) => {
                    blocks.push(block);
                    open = true;
                }
                None => {
                    open = false;
                    problems.push(Problem::new(
                        number,
                        "this line has no key",
                        "Write `person: …` or `bot: …`; indent what goes on from the line above.",
                    ));
                }
            }
        }
    }
    (blocks, problems)
}

fn begin(number: usize, words: &str) -> Option<Block> {
    let (key, head) = words.split_once(':')?;
    let letter = |c: char| c.is_ascii_lowercase() || c == ' ';
    let is_key = key.starts_with(|c: char| c.is_ascii_lowercase()) && key.chars().all(letter);
    is_key.then(|| Block {
        key: key.to_owned(),
        line: number,
        last: number,
        head: head.trim().to_owned(),
        more: Vec::new(),
    })
}

fn go_on(block: &mut Block, number: usize, words: &str, empty: usize) {
    block.more.extend((0..empty).map(|_| String::new()));
    block.more.push(words.to_owned());
    block.last = number;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_is_a_key_with_the_indented_lines_below_it() {
        let text = "person: one\n  two\n\n  three\n\n# said\nbot:\n  [1] yes: no\n";
        let (blocks, problems) = blocks(text);
        assert_eq!(problems, []);
        let told: Vec<_> = blocks
            .iter()
            .map(|block| (block.key.as_str(), block.line, block.last, block.text()))
            .collect();
        assert_eq!(
            told,
            [
                ("person", 1, 4, "one\ntwo\n\nthree".to_owned()),
                ("bot", 7, 8, "[1] yes: no".to_owned()),
            ]
        );
    }

    #[test]
    fn lines_that_belong_nowhere_are_told_by_their_number() {
        let (_, problems) = blocks("  lost\nhello\nPerson: x\nbot: a\n# c\n  lost again\n");
        let lines: Vec<_> = problems.iter().map(|problem| problem.line).collect();
        assert_eq!(lines, [1, 2, 3, 6]);
    }
}
