//! The words that the FAQ, the table and the background know: a word that none of them has is taken for the
//! one that is a slip of the keyboard away, for two words with the space lost, or, in Latin letters, for the
//! Arabic word that sounds like it.

use std::collections::HashMap;

use super::features::{Hashed, hash_words};
use super::skeleton;
use super::words::is_arabic;
use crate::text::fold::{SLIP_LETTERS_MIN, edit_close};

/// Words longer than this are no slips (letters).
const SLIP_LETTERS_MAX: usize = 16;
/// Letters of each half of two words that lost their space.
const HALF_MIN: usize = 3;
/// Words that share a sound and are compared with a Latin spelling; more share only the commonest sounds.
const ALIKE_MAX: usize = 24;
/// How unlike a spelling may be from the word it is taken for (0 the same, 1 nothing in common).
const UNLIKE_MAX: f32 = 0.45;

#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    words: Vec<String>,
    /// How often each was seen: the likelier of two near words.
    often: Vec<u32>,
    /// By the hash of a word.
    by_word: HashMap<u64, u32, Hashed>,
    /// Hash of a word, and of it with one letter left out, to the word; sorted.
    nearly: Vec<(u32, u32)>,
    /// Hash of its consonants to a word; sorted.
    sounds: Vec<(u64, u32)>,
}

/// What an unknown word is taken for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Taken<'a> {
    Word(&'a str),
    Two(&'a str, &'a str),
}

impl Lexicon {
    pub fn new<W: AsRef<str>>(words: impl Iterator<Item = W>) -> Lexicon {
        let mut lexicon = Lexicon::default();
        for word in words {
            let word = word.as_ref();
            let next = lexicon.words.len() as u32;
            let known = *lexicon.by_word.entry(hash_words(&[word])).or_insert(next);
            if known == next {
                lexicon.words.push(word.to_owned());
                lexicon.often.push(0);
            }
            lexicon.often[known as usize] += 1;
        }
        for (at, word) in lexicon.words.iter().enumerate() {
            for key in with_one_letter_less(word) {
                lexicon.nearly.push((key, at as u32));
            }
            if is_arabic(word) {
                let consonants = skeleton::of(word);
                lexicon.sounds.push((hash_words(&[consonants]), at as u32));
            }
        }
        lexicon.nearly.shrink_to_fit();
        lexicon.nearly.sort_unstable();
        lexicon.sounds.sort_unstable();
        lexicon
    }

    pub fn knows(&self, word: &str) -> bool {
        self.number(word).is_some()
    }

    fn number(&self, word: &str) -> Option<u32> {
        self.by_word.get(&hash_words(&[word])).copied()
    }

    /// The word or the two words that an unknown word was to be.
    pub fn take(&self, word: &str) -> Option<Taken<'_>> {
        self.slip(word)
            .map(Taken::Word)
            .or_else(|| self.halves(word))
    }

    fn slip(&self, word: &str) -> Option<&str> {
        let mut best: Option<u32> = None;
        for key in with_one_letter_less(word) {
            let from = self.nearly.partition_point(|(known, _)| *known < key);
            for (_, at) in self.nearly[from..]
                .iter()
                .take_while(|(known, _)| *known == key)
                .take(ALIKE_MAX)
            {
                if edit_close(word, &self.words[*at as usize])
                    && best.is_none_or(|best| self.rank(*at) > self.rank(best))
                {
                    best = Some(*at);
                }
            }
        }
        best.map(|at| self.words[at as usize].as_str())
    }

    /// The likelier first; of equals the earlier.
    fn rank(&self, at: u32) -> (u32, std::cmp::Reverse<u32>) {
        (self.often[at as usize], std::cmp::Reverse(at))
    }

    fn halves(&self, word: &str) -> Option<Taken<'_>> {
        let count = word.chars().count();
        if !(2 * HALF_MIN..=SLIP_LETTERS_MAX).contains(&count) {
            return None;
        }
        let cuts = word
            .char_indices()
            .skip(HALF_MIN)
            .take(count + 1 - 2 * HALF_MIN);
        cuts.filter_map(|(cut, _)| {
            let (first, second) = word.split_at(cut);
            let (first, second) = (self.number(first)?, self.number(second)?);
            let often = self.often[first as usize].min(self.often[second as usize]);
            Some((often, first, second))
        })
        .max_by_key(|(often, first, _)| (*often, std::cmp::Reverse(*first)))
        .map(|(_, first, second)| {
            Taken::Two(&self.words[first as usize], &self.words[second as usize])
        })
    }

    /// The Arabic word that a word in Latin letters sounds like, and how unlike it still is.
    pub fn sounding_like(&self, word: &str) -> Option<(&str, f32)> {
        let heard = skeleton::spelled(word);
        let mut best: Option<(f32, u32)> = None;
        for consonants in [skeleton::of(word), skeleton::of_word_with_article(word)] {
            if consonants.is_empty() {
                continue;
            }
            let key = hash_words(&[consonants]);
            let from = self.sounds.partition_point(|(known, _)| *known < key);
            let alike = self.sounds[from..]
                .iter()
                .take_while(|(known, _)| *known == key);
            for (_, at) in alike.take(4 * ALIKE_MAX) {
                let unlike =
                    skeleton::unlike(&heard, &skeleton::spelled(&self.words[*at as usize]));
                let nearer = best.is_none_or(|(least, known)| {
                    unlike < least || unlike == least && self.rank(*at) > self.rank(known)
                });
                if unlike <= UNLIKE_MAX && nearer {
                    best = Some((unlike, *at));
                }
            }
        }
        best.map(|(unlike, at)| (self.words[at as usize].as_str(), unlike))
    }
}

/// Hashes of a word and of it with each letter left out; nothing for words too short or long to be slips.
fn with_one_letter_less(word: &str) -> impl Iterator<Item = u32> {
    let letters: Vec<char> = word.chars().collect();
    let fits = (SLIP_LETTERS_MIN..=SLIP_LETTERS_MAX).contains(&letters.len());
    let count = if fits { letters.len() + 1 } else { 0 };
    (0..count).map(move |without| {
        let kept = letters
            .iter()
            .enumerate()
            .filter(|(at, _)| at + 1 != without);
        let hash = kept.fold(0xcbf2_9ce4_8422_2325, |state: u64, (_, letter)| {
            (state ^ u64::from(u32::from(*letter))).wrapping_mul(0x0000_0100_0000_01b3)
        });
        (hash ^ (hash >> 32)) as u32
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_lost_spaces_and_latin_letters_lead_to_known_words() {
        let words = ["كيف", "اقدم", "الطلب", "الوثائق", "متى", "document"];
        let lexicon = Lexicon::new(words.into_iter());
        assert_eq!(lexicon.take("الوثايق"), Some(Taken::Word("الوثائق")));
        assert_eq!(lexicon.take("الطللب"), Some(Taken::Word("الطلب")));
        assert_eq!(lexicon.take("docment"), Some(Taken::Word("document")));
        assert_eq!(lexicon.take("كيفاقدم"), Some(Taken::Two("كيف", "اقدم")));
        assert_eq!(lexicon.take("قمر"), None);
        for (latin, word) in [
            ("keef", "كيف"),
            ("kif", "كيف"),
            ("agdm", "اقدم"),
            ("al6alab", "الطلب"),
            ("6lb", "الطلب"),
        ] {
            let heard = lexicon.sounding_like(latin).map(|(heard, _)| heard);
            assert_eq!(heard, Some(word), "{latin}");
        }
        assert_eq!(lexicon.sounding_like("zzz"), None);
    }
}
