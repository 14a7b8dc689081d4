//! Concepts: words and short phrases of standard Arabic, of the dialects and of English that mean nearly the
//! same, from an editable table. A concept is found where its words stand, and is a feature like a word.

use std::collections::HashMap;

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

/// The table, by words and by stems.
#[derive(Clone, Debug, Default)]
pub struct Concepts {
    pub names: Vec<String>,
    /// Folded phrases, their words joined by one space.
    exact: HashMap<String, Concept>,
    /// The same by stems, for words with something written together with them.
    stems: HashMap<String, Concept>,
    /// How many words the longest phrase has that begins with a word, and with a stem.
    longest: HashMap<String, usize>,
    longest_by_stem: HashMap<String, usize>,
    /// Every word of the table, for the lexicon.
    pub words: Vec<String>,
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
        let mut concepts = Concepts::default();
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
        Ok(concepts)
    }

    /// The table in the binary, which a test reads.
    pub fn shipped() -> Concepts {
        Concepts::read(SHIPPED).unwrap_or_default()
    }

    /// The first concept that a phrase is given to keeps it: the same words mean one thing.
    fn add(&mut self, phrase: &str, concept: Concept) {
        let words = words(phrase);
        if words.is_empty() || words.len() > PHRASE_WORDS_MAX {
            return;
        }
        let stems: Vec<String> = words.iter().map(|word| stem(word)).collect();
        let longest = self.longest.entry(words[0].clone()).or_default();
        *longest = words.len().max(*longest);
        let longest = self.longest_by_stem.entry(stems[0].clone()).or_default();
        *longest = words.len().max(*longest);
        self.exact.entry(words.join(" ")).or_insert(concept);
        self.stems.entry(stems.join(" ")).or_insert(concept);
        self.words.extend(words);
    }

    /// The concept that begins at the first of these words; the longest phrase wins, words as written before stems.
    pub fn starting<W: AsRef<str>>(&self, words: &[W], stems: &[W]) -> Option<Found> {
        let by_word = self.longest.get(words.first()?.as_ref()).copied();
        let by_stem = self.longest_by_stem.get(stems.first()?.as_ref()).copied();
        let most = by_word.max(by_stem).unwrap_or(0).min(words.len());
        let mut key = String::new();
        (1..=most).rev().find_map(|count| {
            let of = |table: &HashMap<String, Concept>, parts: &[W], key: &mut String| {
                join(&parts[..count], key);
                table.get(key.as_str()).copied()
            };
            let concept =
                of(&self.exact, words, &mut key).or_else(|| of(&self.stems, stems, &mut key));
            concept.map(|concept| Found {
                concept,
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
            self.exact
                .get(word)
                .is_some_and(|concept| self.is_ask(*concept))
        };
        word.strip_prefix(AND).is_some_and(asks) && !self.exact.contains_key(word)
    }

    fn begins(&self, concept: Concept, with: &str) -> bool {
        let name = self.names.get(usize::from(concept));
        name.is_some_and(|name| name.starts_with(with))
    }
}

fn join<W: AsRef<str>>(parts: &[W], key: &mut String) {
    key.clear();
    for part in parts {
        if !key.is_empty() {
            key.push(' ');
        }
        key.push_str(part.as_ref());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(concepts: &Concepts, text: &str) -> Option<(String, usize)> {
        let words = words(text);
        let stems: Vec<String> = words.iter().map(|word| stem(word)).collect();
        let found = concepts.starting(&words, &stems)?;
        Some((
            concepts.names[usize::from(found.concept)].clone(),
            found.words,
        ))
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
        assert!(concepts.names.len() > 100, "{}", concepts.names.len());
    }
}
