//! Several questions in one message: where one ends and the next begins, and what they are together.

use super::concepts::Concepts;
use super::model::{Answer, GUESSES, Guess};
use super::words::words;

/// Where a sentence ends.
const ENDS: [char; 7] = ['؟', '?', '!', '.', '\n', '؛', ';'];
/// Words that a part has at least; shorter ones belong to the next.
const PART_WORDS_MIN: usize = 2;
/// Parts that are looked at: who sends more of them tells a story.
const PARTS_MAX: usize = 6;

/// The questions of a message: its sentences, and what follows "and how", "and when" … within them.
pub fn of(text: &str, concepts: &Concepts) -> Vec<String> {
    let mut parts = Vec::new();
    for sentence in text.split(ENDS) {
        let mut part: Vec<String> = Vec::new();
        for word in words(sentence) {
            if part.len() >= PART_WORDS_MIN && concepts.asks_on(&word) {
                parts.push(std::mem::take(&mut part));
            }
            part.push(word);
        }
        parts.push(part);
        if parts.len() > PARTS_MAX {
            break;
        }
    }
    let long = parts
        .into_iter()
        .filter(|part| part.len() >= PART_WORDS_MIN);
    long.take(PARTS_MAX).map(|part| part.join(" ")).collect()
}

/// One answer to a message: the whole of it, but where a part is surely something and the whole is not; beside
/// it what its other parts surely are.
pub fn together(whole: Answer, parts: Vec<Answer>) -> Answer {
    let mut asserted: Vec<Guess> = Vec::new();
    for part in &parts {
        if let Some(guess) = part.best.first().filter(|_| part.asserted.is_some())
            && asserted.iter().all(|known| known.id != guess.id)
        {
            asserted.push(guess.clone());
        }
    }
    // The whole knows best what its only question is about.
    if asserted.is_empty() || asserted.len() == 1 && whole.asserted.is_some() {
        return whole;
    }
    let mut best: Vec<Guess> = Vec::new();
    for guess in asserted.iter().chain(&whole.best) {
        if best.len() < GUESSES && best.iter().all(|known| known.id != guess.id) {
            best.push(guess.clone());
        }
    }
    let mut named = asserted.into_iter().map(|guess| guess.id);
    Answer {
        asserted: named.next(),
        also: named.collect(),
        offered: true,
        score: best.first().map_or(whole.score, |guess| guess.score),
        best,
        leans: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_and_further_questions_are_parts() {
        let concepts =
            Concepts::read("ask_how: كيف, شلون\nask_what: وش, ايش\nask_long: كم").unwrap();
        for (text, parts) in [
            ("كيف اقدم؟ وش الاوراق؟", &["كيف اقدم", "وش الاوراق"][..]),
            ("كيف اقدم وكم ياخذ وقت", &["كيف اقدم", "وكم ياخذ وقت"]),
            ("كيف اقدم وش الاوراق", &["كيف اقدم وش الاوراق"]),
            ("طيب. كيف اقدم", &["كيف اقدم"]),
            ("", &[]),
        ] {
            assert_eq!(of(text, &concepts), parts, "{text}");
        }
        assert_eq!(of(&"كلام كثير. ".repeat(9_000), &concepts).len(), PARTS_MAX);
    }
}
