//! What a text looks like to the machines: hashed features with their weights. Stems and pairs of stems,
//! roots, pieces of two to five letters inside each word, concepts and pairs of concepts.

use super::concepts::{Concept, Concepts};
use super::lexicon::{Lexicon, Taken};
use super::skeleton;
use super::words::{is_arabic, root, stem, words};

/// Letters of the pieces, from and to.
const PIECE_MIN: usize = 2;
const PIECE_MAX: usize = 5;

/// Concepts behind one that make pairs with it in any order.
const NEIGHBOURS: usize = 3;

/// How much each kind of feature counts; found by leaving phrasings out (see ARCHITECTURE.md).
#[derive(Clone, Debug)]
pub struct Kinds {
    pub stem: f32,
    pub stems: f32,
    pub root: f32,
    pub piece: f32,
    pub concept: f32,
    pub concepts: f32,
    /// Of what an unknown word is taken for.
    pub taken: f32,
    /// Pieces of a word that the lexicon does not know.
    pub strange_piece: f32,
    /// Words that say little.
    pub small: f32,
}

pub const KINDS: Kinds = Kinds {
    stem: 1.0,
    stems: 0.6,
    root: 0.7,
    piece: 0.15,
    concept: 1.5,
    concepts: 0.6,
    taken: 0.7,
    strange_piece: 0.35,
    small: 0.6,
};

/// How much less a word is heard than it is unlike what it sounds like: vowels differ in every spelling.
const UNLIKE_SHARE: f32 = 2.0;

/// Share of known words from which a text in Latin letters is English.
const ENGLISH_SHARE: f32 = 0.75;

/// A feature: a hash of its kind and its letters. Two of a hundred thousand may be one; they are so everywhere.
pub type Feature = u32;

/// The keys are hashes already.
#[derive(Clone, Copy, Debug, Default)]
pub struct Hashed(u64);

impl std::hash::BuildHasher for Hashed {
    type Hasher = Hashed;
    fn build_hasher(&self) -> Hashed {
        Hashed(0)
    }
}

impl std::hash::Hasher for Hashed {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, _: &[u8]) {}
    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
    fn write_u32(&mut self, hash: u32) {
        // A table takes the place from the low bits and a mark from the high ones.
        self.0 = u64::from(hash) << 32 | u64::from(hash);
    }
}

/// Features with how much they count, in the order of their hashes, none twice.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bag(pub Vec<(Feature, f32)>);

/// A word as it is looked at.
#[derive(Clone, Debug, Default)]
pub struct Word {
    pub folded: String,
    pub stem: String,
    pub concept: Option<Concept>,
    /// How much it counts: less where it was guessed.
    pub weight: f32,
    /// It stands for the word before it, which was not known.
    pub guessed: bool,
    /// Nobody knows it.
    pub strange: bool,
    /// How surely it is this word: less than 1 where it only sounds like it.
    pub heard: f32,
}

/// The words of a text with their concepts, without what only greets.
pub fn look(text: &str, concepts: &Concepts, lexicon: &Lexicon, kinds: &Kinds) -> Vec<Word> {
    let folded = words(text);
    let latin = is_spelled_in_latin(&folded, lexicon);
    let mut seen = Vec::with_capacity(folded.len() + 4);
    for word in folded {
        know(
            without_and(word, concepts, lexicon),
            latin,
            lexicon,
            kinds,
            &mut seen,
        );
    }
    find_concepts(&mut seen, concepts);
    let mut seen = without_chatter(seen, concepts);
    for word in &mut seen {
        if word
            .concept
            .is_some_and(|concept| concepts.is_small(concept))
        {
            word.concept = None;
            word.weight *= kinds.small;
        }
    }
    seen
}

/// Whether a text is Arabic in Latin letters: Latin, and most of its words are no English that anybody knows.
pub fn is_spelled_in_latin(folded: &[String], lexicon: &Lexicon) -> bool {
    if !skeleton::is_latin(folded.iter().map(String::as_str)) {
        return false;
    }
    let known = folded.iter().filter(|word| lexicon.knows(word)).count();
    (known as f32) < ENGLISH_SHARE * folded.len() as f32
}

/// A word without the "and" or "so" that is written together with it, where the rest is a word by itself.
fn without_and(word: String, concepts: &Concepts, lexicon: &Lexicon) -> String {
    let Some(rest) = word.strip_prefix(['و', 'ف']) else {
        return word;
    };
    let alone = rest.chars().nth(2).is_some() && lexicon.knows(rest) && !lexicon.knows(&word);
    match alone || concepts.asks_on(&word) {
        true => rest.to_owned(),
        false => word,
    }
}

/// A word, and what it is taken for when nobody knows it.
fn know(word: String, latin: bool, lexicon: &Lexicon, kinds: &Kinds, seen: &mut Vec<Word>) {
    let put = |folded: &str, weight: f32, guessed: bool| Word {
        folded: folded.to_owned(),
        stem: stem(folded),
        concept: None,
        weight,
        guessed,
        strange: !guessed && !lexicon.knows(folded),
        heard: 1.0,
    };
    if lexicon.knows(&word) {
        return seen.push(put(&word, 1.0, false));
    }
    if latin
        && !is_arabic(&word)
        && let Some((arabic, unlike)) = lexicon.sounding_like(&word)
    {
        return seen.push(Word {
            heard: (1.0 - UNLIKE_SHARE * unlike).max(0.0),
            ..put(arabic, 1.0, false)
        });
    }
    seen.push(put(&word, 1.0, false));
    match lexicon.take(&word) {
        Some(Taken::Word(one)) => seen.push(put(one, kinds.taken, true)),
        Some(Taken::Two(one, two)) => {
            seen.push(put(one, kinds.taken, true));
            seen.push(put(two, kinds.taken, true));
        }
        None => {}
    }
}

fn find_concepts(seen: &mut [Word], concepts: &Concepts) {
    // The words as they were meant: a guess stands for the word before it.
    let meant: Vec<usize> = (0..seen.len())
        .filter(|at| {
            !seen
                .get(at + 1)
                .is_some_and(|next| next.guessed && !seen[*at].guessed)
        })
        .collect();
    let folded: Vec<&str> = meant.iter().map(|at| seen[*at].folded.as_str()).collect();
    let stems: Vec<&str> = meant.iter().map(|at| seen[*at].stem.as_str()).collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < meant.len() {
        match concepts.starting(&folded[at..], &stems[at..]) {
            Some(one) => {
                found.push((at, one));
                at += one.words;
            }
            None => at += 1,
        }
    }
    for (from, one) in found {
        for place in from..from + one.words {
            seen[meant[place]].concept = Some(one.concept);
        }
    }
}

/// A greeting is no part of the question that follows it.
fn without_chatter(mut seen: Vec<Word>, concepts: &Concepts) -> Vec<Word> {
    let chats = |word: &Word| {
        word.concept
            .is_some_and(|concept| concepts.is_chatter(concept))
    };
    if !seen.iter().all(chats) {
        let mut before = false;
        seen.retain(|word| {
            before = chats(word) || before && word.guessed;
            !before
        });
    }
    seen
}

/// The features of words as they are written, in either script.
pub fn bag(seen: &[Word], kinds: &Kinds) -> Bag {
    let mut raw = Vec::with_capacity(seen.len() * 32);
    for word in seen {
        raw.push((hash(b's', &word.stem), kinds.stem * word.weight));
        let root = root(&word.stem);
        if !root.is_empty() {
            raw.push((hash(b'r', &root), kinds.root * word.weight));
        }
        let piece = if word.strange {
            kinds.strange_piece
        } else {
            kinds.piece
        };
        pieces(&word.folded, piece * word.weight, &mut raw);
    }
    for pair in seen.windows(2) {
        let weight = pair[0].weight.min(pair[1].weight);
        raw.push((
            hash2(b'p', &pair[0].stem, &pair[1].stem),
            kinds.stems * weight,
        ));
    }
    of_concepts(seen, kinds, &mut raw);
    counted(raw)
}

/// What a word means: the features of its stem, of its root, and of its concept.
pub fn meanings(word: &Word) -> [Option<Feature>; 3] {
    let root = root(&word.stem);
    [
        Some(hash(b's', &word.stem)),
        Some(hash(b'r', &root)).filter(|_| !root.is_empty()),
        word.concept
            .map(|concept| hash_number(b'k', u32::from(concept))),
    ]
}

/// Each concept, pairs of neighbours in their order, and pairs within a few words in any order.
fn of_concepts(seen: &[Word], kinds: &Kinds, raw: &mut Vec<(Feature, f32)>) {
    let mut found: Vec<(u32, f32)> = Vec::with_capacity(seen.len());
    let mut before = None;
    for word in seen {
        if let Some(concept) = word.concept
            && before != Some(concept)
        {
            found.push((u32::from(concept), word.weight));
        }
        before = word.concept;
    }
    for (at, (concept, weight)) in found.iter().enumerate() {
        raw.push((hash_number(b'k', *concept), kinds.concept * weight));
        for (far, (other, its)) in found[at + 1..].iter().take(NEIGHBOURS).enumerate() {
            let weight = kinds.concepts * weight.min(*its);
            if far == 0 {
                raw.push((hash_number(b'q', concept << 16 | other), weight));
            }
            let pair = concept.min(other) << 16 | concept.max(other);
            raw.push((hash_number(b'w', pair), weight));
        }
    }
}

/// The same of consonant skeletons, which have no concepts.
pub fn bag_of_skeletons(seen: &[Word], kinds: &Kinds) -> Bag {
    let skeletons: Vec<String> = seen
        .iter()
        .filter(|word| !word.guessed)
        .map(|word| skeleton::of(&word.folded))
        .filter(|skeleton| !skeleton.is_empty())
        .collect();
    let mut raw = Vec::with_capacity(skeletons.len() * 12);
    for word in &skeletons {
        raw.push((hash(b's', word), kinds.stem));
        pieces(word, kinds.piece, &mut raw);
    }
    for pair in skeletons.windows(2) {
        raw.push((hash2(b'p', &pair[0], &pair[1]), kinds.stems));
    }
    counted(raw)
}

/// Pieces of a word with a space on either side.
fn pieces(word: &str, weight: f32, raw: &mut Vec<(Feature, f32)>) {
    let space = std::iter::once(' ');
    let letters: Vec<char> = space.clone().chain(word.chars()).chain(space).collect();
    for from in 0..letters.len() {
        let mut state = begin(b'c');
        for (length, letter) in letters[from..].iter().take(PIECE_MAX).enumerate() {
            state = mix(state, u32::from(*letter));
            if length + 1 >= PIECE_MIN {
                raw.push((feature(state), weight));
            }
        }
    }
}

fn counted(mut raw: Vec<(Feature, f32)>) -> Bag {
    raw.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
    let mut bag: Vec<(Feature, f32)> = Vec::with_capacity(raw.len());
    let mut at = 0;
    while at < raw.len() {
        let (feature, weight) = raw[at];
        let count = raw[at..].iter().take_while(|one| one.0 == feature).count();
        // A word said three times is not three times as meant.
        bag.push((feature, weight * (1.0 + (count as f32).ln())));
        at += count;
    }
    Bag(bag)
}

// FNV-1a over letters, 64 bits, with a last mixing.

fn begin(kind: u8) -> u64 {
    mix(0xcbf2_9ce4_8422_2325, u32::from(kind))
}

fn mix(state: u64, value: u32) -> u64 {
    (state ^ u64::from(value)).wrapping_mul(0x0000_0100_0000_01b3)
}

fn finish(state: u64) -> u64 {
    (state ^ (state >> 29)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

fn feature(state: u64) -> Feature {
    (finish(state) >> 32) as Feature
}

fn letters(state: u64, text: &str) -> u64 {
    text.chars()
        .fold(state, |state, letter| mix(state, u32::from(letter)))
}

/// A word or several, as one number.
pub fn hash_words<W: AsRef<str>>(words: &[W]) -> u64 {
    finish(words.iter().fold(begin(b'd'), |state, word| {
        mix(letters(state, word.as_ref()), u32::from(' '))
    }))
}

fn hash(kind: u8, text: &str) -> Feature {
    feature(letters(begin(kind), text))
}

fn hash2(kind: u8, one: &str, two: &str) -> Feature {
    feature(letters(mix(letters(begin(kind), one), u32::from(' ')), two))
}

fn hash_number(kind: u8, number: u32) -> Feature {
    feature(mix(begin(kind), number))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bag_of(text: &str) -> Bag {
        let concepts = Concepts::read("chatter_salam: السلام عليكم\nhow: كيف, شلون").unwrap();
        let lexicon = Lexicon::new(["كيف", "اقدم", "الطلب"].into_iter());
        bag(&look(text, &concepts, &lexicon, &KINDS), &KINDS)
    }

    #[test]
    fn the_same_words_make_the_same_bag() {
        assert_eq!(bag_of("كيف أقدّم الطلب؟"), bag_of("كيف  اقدم الطلب"));
        assert!(
            bag_of("كيف اقدم")
                .0
                .windows(2)
                .all(|pair| pair[0].0 < pair[1].0)
        );
        assert_eq!(bag_of(""), Bag::default());
    }

    #[test]
    fn a_greeting_is_left_out_of_a_question_and_kept_alone() {
        assert_eq!(bag_of("السلام عليكم كيف اقدم"), bag_of("كيف اقدم"));
        assert_ne!(bag_of("السلام عليكم"), Bag::default());
    }
}
