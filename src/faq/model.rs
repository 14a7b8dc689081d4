//! What was learned, and how a text is answered: which entry, how sure, what else may be meant.

use std::collections::HashMap;

use super::concepts::Concepts;
use super::features::{Word, bag, bag_of_skeletons, is_spelled_in_latin, look, meanings};
use super::lesson::Lesson;
use super::lexicon::Lexicon;
use super::machine::{Judged, Machine};
use super::parts;
use super::skeleton;
use super::tuning::{TUNING, Tuning};
use super::words::words;

/// The surest that an answer can be: the very words of a phrasing.
pub const EXACT: f64 = 10.0;
/// The least sure: nothing in common.
const NOTHING: f64 = -100.0;
/// Guesses of an answer.
pub(super) const GUESSES: usize = 3;
/// The least share or probability whose logarithm still tells something.
const LEAST: f64 = 1e-6;
/// Entries of an FAQ: each is a number of 16 bits, and no charity has more.
pub const ENTRIES_MAX: usize = 10_000;

/// An entry and how people ask it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    pub id: String,
    pub questions: Vec<String>,
}

/// What a text is taken for.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The entry that surely answers it.
    pub asserted: Option<String>,
    /// Other entries that surely answer another part of it, in the order of the text.
    pub also: Vec<String>,
    /// Near enough to offer the best as guesses; false: it asks nothing of this FAQ.
    pub offered: bool,
    /// The best three, the likeliest first, with how sure each is.
    pub best: Vec<Guess>,
    /// How sure the first is (natural logarithm); comparable between texts of one model.
    pub score: f64,
    /// It names no matter of its own and leans on what was said before: see [`Model::ask_after`].
    pub leans: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Guess {
    pub id: String,
    pub score: f64,
}

/// How sure one must be to answer, and to offer guesses.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sureness {
    pub assert_at: f64,
    pub offer_at: f64,
    /// How much less sure a text in Latin letters is than it looks: an FAQ speaks mostly Arabic, and few of its words
    /// make much of a short English sentence.
    pub latin_less: f64,
}

/// How sure an entry is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sure {
    /// That it may be answered: it is asked, and no other is meant.
    pub answered: f64,
    /// That something of this FAQ is asked.
    pub asked: f64,
}

/// Where left-out background of the shipped FAQ stands; [`Model::calibrate`] finds a model's own.
pub const SURENESS: Sureness = Sureness {
    assert_at: -3.7,
    offer_at: -9.0,
    latin_less: 0.8,
};

/// An FAQ that was learned.
#[derive(Clone, Debug)]
pub struct Model {
    pub(super) ids: Vec<String>,
    pub(super) concepts: Concepts,
    pub(super) lexicon: Lexicon,
    pub(super) tuning: Tuning,
    pub(super) written: Machine,
    skeletons: Machine,
    /// Texts that are known to the letter.
    exact: HashMap<String, usize>,
    /// The first phrasing of each entry, which stands for it where a question leans on it.
    first: Vec<String>,
    pub sureness: Sureness,
}

impl Sure {
    const EXACT: Sure = Sure {
        answered: EXACT,
        asked: EXACT,
    };
    const NOTHING: Sure = Sure {
        answered: NOTHING,
        asked: NOTHING,
    };
}

impl Model {
    /// Learns entries, with the shipped sentences that ask none of them.
    pub fn train(entries: &[Entry], concepts: &Concepts) -> Model {
        let others: Vec<&str> = super::lines(super::BACKGROUND).collect();
        Model::learn(entries, concepts, &others, &TUNING)
    }

    /// Learns entries and these sentences of no entry. Entries beyond [`ENTRIES_MAX`] are left out.
    pub fn learn(
        entries: &[Entry],
        concepts: &Concepts,
        others: &[&str],
        tuning: &Tuning,
    ) -> Model {
        let (mut model, lesson) = Model::read(entries, concepts, others, tuning);
        model.written = lesson.learned(tuning);
        model
    }

    /// Everything but what is learned of texts as they are written, and that lesson.
    pub(super) fn read(
        entries: &[Entry],
        concepts: &Concepts,
        others: &[&str],
        tuning: &Tuning,
    ) -> (Model, Lesson) {
        let entries = &entries[..entries.len().min(ENTRIES_MAX)];
        let asked = || {
            let entries = entries.iter().enumerate();
            entries.flat_map(|(at, entry)| {
                let questions = entry.questions.iter();
                questions.map(move |question| (at, question.as_str()))
            })
        };
        let mut exact = HashMap::new();
        for (entry, question) in asked() {
            exact.entry(key(question)).or_insert(entry);
        }
        let texts = asked().map(|(_, question)| question);
        let texts = texts.chain(others.iter().copied());
        let mut model = Model {
            ids: entries.iter().map(|entry| entry.id.clone()).collect(),
            first: entries
                .iter()
                .map(|entry| entry.questions.first().cloned().unwrap_or_default())
                .collect(),
            written: Machine::default(),
            skeletons: Machine::default(),
            concepts: concepts.clone(),
            tuning: tuning.clone(),
            sureness: SURENESS,
            lexicon: Lexicon::new(
                texts
                    .clone()
                    .flat_map(words)
                    .chain(concepts.words().map(str::to_owned)),
            ),
            exact,
        };
        let count = texts.count();
        let mut written = Lesson::new(entries.len(), count);
        let mut skeletons = Lesson::new(entries.len(), count);
        for (entry, text) in asked() {
            let seen = model.look(text);
            written.phrasing(entry, &bag(&seen, &tuning.kinds));
            skeletons.phrasing(entry, &bag_of_skeletons(&seen, &tuning.kinds));
        }
        for text in others {
            let seen = model.look(text);
            written.other(&bag(&seen, &tuning.kinds));
            skeletons.other(&bag_of_skeletons(&seen, &tuning.kinds));
        }
        model.skeletons = skeletons.learned(tuning);
        (model, written)
    }

    /// From now on this very text means that entry; an unknown entry changes nothing.
    pub fn confirm(&mut self, text: &str, id: &str) {
        if let Some(at) = self.ids.iter().position(|known| known == id) {
            self.exact.insert(key(text), at);
        }
    }

    /// What a text asks. Of several questions in one message the first is answered, and the others are named.
    pub fn ask(&self, text: &str) -> Answer {
        let whole = self.ask_one(text);
        if whole.score >= EXACT {
            return whole;
        }
        let parts = parts::of(text, &self.concepts);
        if parts.len() < 2 {
            return whole;
        }
        parts::together(whole, parts.iter().map(|part| self.ask_one(part)).collect())
    }

    /// What a text asks that follows the answer of an entry: where it names no matter of its own, that entry is
    /// thought of too, and nothing is asserted.
    pub fn ask_after(&self, text: &str, last: &str) -> Answer {
        let alone = self.ask(text);
        let Some(at) = self.ids.iter().position(|id| id == last) else {
            return alone;
        };
        if !alone.leans || alone.score >= EXACT {
            return alone;
        }
        let leaning = self.ask_one(&format!("{} {text}", self.first[at]));
        let mut best: Vec<Guess> = Vec::new();
        for guess in leaning.best.into_iter().take(1).chain(alone.best) {
            if best.len() < GUESSES && best.iter().all(|known| known.id != guess.id) {
                best.push(guess);
            }
        }
        Answer {
            asserted: None,
            also: Vec::new(),
            offered: true,
            best,
            ..alone
        }
    }

    /// Names of the entries, in their order.
    pub fn ids(&self) -> &[String] {
        &self.ids
    }

    /// One question: nothing is looked for beside it.
    pub(super) fn ask_one(&self, text: &str) -> Answer {
        let exact = self.exact.get(&key(text)).copied();
        let seen = self.look(text);
        if seen.is_empty() || self.ids.is_empty() {
            return self.nothing();
        }
        let judged = self.judge(text, &seen);
        let mut order: Vec<usize> = (0..self.ids.len()).collect();
        let sum = |at: usize| {
            if exact == Some(at) {
                f32::MAX
            } else {
                judged.sums[at]
            }
        };
        order.sort_by(|a, b| sum(*b).total_cmp(&sum(*a)).then(a.cmp(b)));
        let less = match is_latin(&words(text)) {
            true => self.sureness.latin_less,
            false => 0.0,
        };
        let sure = |(place, at): (usize, &usize)| match exact == Some(*at) {
            true => Sure::EXACT,
            false => self.sure(&judged, &seen, *at, order.get(place + 1).copied()),
        };
        let sure: Vec<Sure> = order.iter().enumerate().take(GUESSES).map(sure).collect();
        let guess = |(at, sure): (&usize, &Sure)| Guess {
            id: self.ids[*at].clone(),
            score: match exact == Some(*at) {
                true => EXACT,
                false => sure.answered - less,
            },
        };
        let best: Vec<Guess> = order.iter().zip(&sure).map(guess).collect();
        let is_sure = best[0].score >= self.sureness.assert_at;
        let may_be = sure[0].asked >= self.sureness.offer_at && self.asks_something(&seen);
        Answer {
            asserted: is_sure.then(|| best[0].id.clone()),
            also: Vec::new(),
            offered: is_sure || may_be,
            score: best[0].score,
            best,
            leans: self.leans(&seen),
        }
    }

    /// "What?" alone, or one word that nobody knows, is near everything and asks nothing of it.
    fn asks_something(&self, seen: &[Word]) -> bool {
        let written = seen.iter().filter(|word| !word.guessed).count();
        !self.leans(seen) && (written > 1 || !seen[0].strange)
    }

    /// Without words nothing is likelier than anything else.
    fn nothing(&self) -> Answer {
        let guess = |id: &String| Guess {
            id: id.clone(),
            score: NOTHING,
        };
        Answer {
            asserted: None,
            also: Vec::new(),
            offered: false,
            best: self.ids.iter().take(GUESSES).map(guess).collect(),
            score: NOTHING,
            leans: false,
        }
    }

    pub(super) fn look(&self, text: &str) -> Vec<Word> {
        look(text, &self.concepts, &self.lexicon, &self.tuning.kinds)
    }

    fn judge(&self, text: &str, seen: &[Word]) -> Judged {
        let mut judged = self
            .written
            .judge(&bag(seen, &self.tuning.kinds), &self.tuning);
        self.hear(text, seen, &mut judged);
        judged
    }

    /// Adds what the sounds say, where Arabic is spelled in Latin letters.
    pub(super) fn hear(&self, text: &str, seen: &[Word], judged: &mut Judged) {
        if is_spelled_in_latin(&words(text), &self.lexicon) {
            let heard = bag_of_skeletons(seen, &self.tuning.kinds);
            let heard = self.skeletons.judge(&heard, &self.tuning);
            let share = self.tuning.skeletons;
            judged
                .sums
                .iter_mut()
                .zip(&heard.sums)
                .for_each(|(sum, other)| *sum += share * other);
        }
    }

    /// How sure the best entry of a text is that was judged elsewhere.
    pub(super) fn sureness_of(&self, judged: &Judged, seen: &[Word]) -> Sure {
        let (mut best, mut next): (Option<usize>, Option<usize>) = (None, None);
        for (at, sum) in judged.sums.iter().enumerate() {
            let is_over =
                |known: Option<usize>| known.is_none_or(|known| *sum > judged.sums[known]);
            if is_over(best) {
                next = best.replace(at);
            } else if is_over(next) {
                next = Some(at);
            }
        }
        match best {
            Some(best) if !seen.is_empty() => self.sure(judged, seen, best, next),
            _ => Sure::NOTHING,
        }
    }

    /// How sure an entry is, before the one that follows it.
    fn sure(&self, judged: &Judged, seen: &[Word], at: usize, next: Option<usize>) -> Sure {
        let ln = |value: f32| f64::from(value).max(LEAST).ln();
        let weights = &self.tuning.sureness;
        let margin = next.map(|next| f64::from(judged.sums[at] - judged.sums[next]));
        let asked = ln(judged.odds[at])
            + weights.middle * ln(judged.middle[at])
            + weights.margin * margin.unwrap_or(0.0)
            + weights.covered * ln(self.covered(seen, at).max(0.02));
        let unclear = margin.map_or(0.0, |margin| (weights.clear - margin).max(0.0));
        Sure {
            answered: asked - unclear,
            asked,
        }
    }

    /// The share of the words that an entry speaks of, by stem, root or concept; what a word is taken for
    /// stands for it, and one that only sounds like it counts as far as it is heard.
    pub(super) fn covered(&self, seen: &[Word], entry: usize) -> f32 {
        let speaks = |word: &Word| {
            let mut meanings = meanings(word).into_iter().flatten();
            meanings.any(|feature| self.written.has(feature, entry))
        };
        let (mut all, mut covered) = (0.0, 0.0);
        for words in seen.chunk_by(|_, next| next.guessed) {
            all += words[0].weight;
            if words.iter().any(speaks) {
                covered += words[0].weight * words[0].heard;
            }
        }
        covered / f32::max(all, f32::MIN_POSITIVE)
    }

    /// Whether all words only ask or say little.
    fn leans(&self, seen: &[Word]) -> bool {
        let topical = |word: &Word| match word.concept {
            Some(concept) => !self.concepts.is_ask(concept),
            None => word.weight >= 1.0,
        };
        !seen.iter().any(topical)
    }
}

/// Whether a text is written in Latin letters, in whatever language.
pub(super) fn is_latin(words: &[String]) -> bool {
    skeleton::is_latin(words.iter().map(String::as_str))
}

/// What makes two texts the same to the letter.
fn key(text: &str) -> String {
    words(text).join(" ")
}
