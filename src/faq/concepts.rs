//! Concepts: words and short phrases of standard Arabic, of the dialects and of English that mean nearly the
//! same, from an editable table. A concept is found where its words stand, and is a feature like a word.

use std::collections::HashMap;
use std::sync::Arc;

use super::features::{Hashed, hash_words};
use super::words::{stem, words};

/// The table that ships with the program; authors edit it.
pub const SHIPPED: &str = include_str!("../../dialogs/common/concepts.yaml");

/// Words of a phrase; a longer one is no concept but a sentence.
const PHRASE_WORDS_MAX: usize = 4;
/// Concepts of a table: each is a number of 16 bits, and nobody reads longer tables.
const CONCEPTS_MAX: usize = 4_000;
/// What a message is greeted, thanked and softened with stands in concepts whose names begin so: it is left
/// out where something else is said too.
const CHATTER: &str = "chatter_";
/// Words that say little by themselves stand in concepts whose names begin so.
const SMALL: &str = "small_";
/// Words that ask stand in concepts whose names begin so.
const ASK: &str = "ask_";
/// "And", which is written together with the word behind it.
const AND: char = 'و';

/// The number of a concept, in the order of the table.
pub type Concept = u16;

/// What is wrong in a table: the line, counted from 1, and what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub line: usize,
    pub what: String,
}

/// The table, by words and by stems. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Concepts(Arc<Table>);

/// Phrases by the hashes of their words: the words themselves are needed no more.
#[derive(Debug, Default)]
struct Table {
    names: Vec<String>,
    /// Folded phrases.
    exact: HashMap<u64, Concept, Hashed>,
    /// The same by stems, for words with something written together with them.
    stems: HashMap<u64, Concept, Hashed>,
    /// How many words the longest phrase has that begins with a word, and with a stem.
    longest: HashMap<u64, u8, Hashed>,
    longest_by_stem: HashMap<u64, u8, Hashed>,
    /// Every word of the table, for the lexicon, parted by spaces.
    words: String,
}

/// A concept, and how many words it covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    pub concept: Concept,
    pub words: usize,
}

impl Concepts {
    /// Reads a table: a line `name: phrase, phrase` a concept, which indented lines continue.
    pub fn read(table: &str) -> Result<Concepts, Problem> {
        let mut concepts = Table::default();
        for (number, line) in table.lines().enumerate() {
            let problem = |what: &str| Problem {
                line: number + 1,
                what: what.to_owned(),
            };
            let line = line.split(" #").next().unwrap_or_default();
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            let phrases = if line.starts_with([' ', '\t']) {
                line
            } else {
                let (name, phrases) = line
                    .split_once(':')
                    .ok_or_else(|| problem("no «name: words»"))?;
                if concepts.names.len() == CONCEPTS_MAX {
                    return Err(problem("more concepts than a table takes"));
                }
                concepts.names.push(name.trim().to_owned());
                phrases
            };
            let concept = concepts.names.len().checked_sub(1);
            let concept = concept.ok_or_else(|| problem("words before the first name"))?;
            for phrase in phrases.split([',', '،', '"']) {
                concepts.add(phrase, concept as Concept);
            }
        }
        Ok(Concepts(Arc::new(concepts)))
    }

    /// The table in the binary, which a test reads.
    pub fn shipped() -> Concepts {
        Concepts::read(SHIPPED).unwrap_or_default()
    }

    /// The name of a concept.
    pub fn name(&self, concept: Concept) -> Option<&str> {
        self.0.names.get(usize::from(concept)).map(String::as_str)
    }

    /// Every word of the table, as often as it stands there.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.0.words.split_ascii_whitespace()
    }

    /// The concept that begins at the first of these words; the longest phrase wins, words as written before stems.
    pub fn starting<W: AsRef<str>>(&self, words: &[W], stems: &[W]) -> Option<Found> {
        let longest = |table: &HashMap<u64, u8, Hashed>, parts: &[W]| {
            table.get(&hash_words(parts.get(..1)?)).copied()
        };
        let by_word = longest(&self.0.longest, words);
        let by_stem = longest(&self.0.longest_by_stem, stems);
        let most = by_word.max(by_stem).map_or(0, usize::from);
        (1..=most.min(words.len())).rev().find_map(|count| {
            let by_word = self.0.exact.get(&hash_words(&words[..count]));
            let concept = by_word.or_else(|| self.0.stems.get(&hash_words(&stems[..count])));
            concept.map(|concept| Found {
                concept: *concept,
                words: count,
            })
        })
    }

    pub fn is_chatter(&self, concept: Concept) -> bool {
        self.begins(concept, CHATTER)
    }

    pub fn is_small(&self, concept: Concept) -> bool {
        self.begins(concept, SMALL)
    }

    pub fn is_ask(&self, concept: Concept) -> bool {
        self.begins(concept, ASK)
    }

    /// Whether a folded word is "and" with a word that asks: the beginning of one more question.
    pub fn asks_on(&self, word: &str) -> bool {
        let asks = |word: &str| {
            let concept = self.0.exact.get(&hash_words(&[word]));
            concept.is_some_and(|concept| self.is_ask(*concept))
        };
        word.strip_prefix(AND).is_some_and(asks) && !self.0.exact.contains_key(&hash_words(&[word]))
    }

    fn begins(&self, concept: Concept, with: &str) -> bool {
        self.name(concept)
            .is_some_and(|name| name.starts_with(with))
    }
}

impl Table {
    /// The first concept that a phrase is given to keeps it: the same words mean one thing.
    fn add(&mut self, phrase: &str, concept: Concept) {
        let words = words(phrase);
        if words.is_empty() || words.len() > PHRASE_WORDS_MAX {
            return;
        }
        let stems: Vec<String> = words.iter().map(|word| stem(word)).collect();
        let count = words.len() as u8;
        for (longest, parts) in [
            (&mut self.longest, &words),
            (&mut self.longest_by_stem, &stems),
        ] {
            let longest = longest.entry(hash_words(&parts[..1])).or_default();
            *longest = count.max(*longest);
        }
        self.exact.entry(hash_words(&words)).or_insert(concept);
        self.stems.entry(hash_words(&stems)).or_insert(concept);
        for word in words {
            self.words.push_str(&word);
            self.words.push(' ');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(concepts: &Concepts, text: &str) -> Option<(String, usize)> {
        let words = words(text);
        let stems: Vec<String> = words.iter().map(|word| stem(word)).collect();
        let found = concepts.starting(&words, &stems)?;
        Some((concepts.name(found.concept)?.to_owned(), found.words))
    }

    #[test]
    fn the_longest_phrase_wins_and_clitics_hide_nothing() {
        let table =
            "# how\nhow: كيف، شلون, how\nhow_much: كم\nhow_long: كم المدة\n  متى يخلص\nmoney: فلوس";
        let concepts = Concepts::read(table).unwrap();
        for (text, name, words) in [
            ("كيف اقدم", "how", 1),
            ("كم المده", "how_long", 2),
            ("كم شخص", "how_much", 1),
            ("متى يخلص طلبي", "how_long", 2),
            ("وفلوسي", "money", 1),
            ("How do I", "how", 1),
        ] {
            assert_eq!(
                found(&concepts, text),
                Some((name.to_owned(), words)),
                "{text}"
            );
        }
        assert_eq!(found(&concepts, "شيء آخر"), None);
    }

    #[test]
    fn a_broken_table_names_its_line() {
        assert_eq!(Concepts::read("# a\n  words").unwrap_err().line, 2);
        assert_eq!(Concepts::read("a: b\nno name here").unwrap_err().line, 2);
    }

    #[test]
    fn the_shipped_table_is_read() {
        let concepts = Concepts::read(SHIPPED).unwrap();
        assert!(concepts.name(100).is_some());
    }
}
