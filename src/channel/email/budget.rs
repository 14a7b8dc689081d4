//! How much of one sender is answered: a program that answers our answers stops by itself. Remembered by each
//! process for an hour; also which calls of Mailgun were seen. Never decides what is said.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Mutex, PoisonError};

use sha2::{Digest, Sha256};

use crate::event::Millis;

/// Mails of one sender that are answered in an hour: a form has some twenty questions, and some go twice.
const MAILS_MAX: usize = 60;

/// Times that the same words move nothing on.
const SAME_MAX: usize = 3;

/// Words shorter than this are answers to questions, and may come again and again.
const SAME_LETTERS_MIN: usize = 20;

const HOUR_MILLIS: Millis = 3_600_000;

/// Senders and calls that are remembered.
const REMEMBERED_MAX: usize = 20_000;

type Mark = [u8; 16];

/// When a mail came, its words, and the mail itself.
type Seen = (Millis, Option<Mark>, Mark);

#[derive(Default)]
pub struct Budget {
    senders: Mutex<BTreeMap<String, VecDeque<Seen>>>,
    calls: Mutex<BTreeMap<String, (Millis, Mark)>>,
}

impl Budget {
    /// Whether one more mail is answered. A mail that comes again counts once.
    pub fn allows(&self, sender: &str, key: &str, words: &str, now: Millis) -> bool {
        let mut senders = self.senders.lock().unwrap_or_else(PoisonError::into_inner);
        if senders.len() >= REMEMBERED_MAX {
            senders.retain(|_, seen| seen.back().is_some_and(|(at, ..)| now - at < HOUR_MILLIS));
        }
        let seen = senders.entry(sender.to_owned()).or_default();
        while seen.front().is_some_and(|(at, ..)| now - at >= HOUR_MILLIS) {
            seen.pop_front();
        }
        let (key, words) = (mark(key.as_bytes()), letters(words));
        if !seen.iter().any(|(_, _, known)| *known == key) && seen.len() <= MAILS_MAX {
            seen.push_back((now, words, key));
        }
        let same = seen
            .iter()
            .filter(|(_, known, _)| known.is_some() && *known == words)
            .count();
        let place = seen.iter().position(|(_, _, known)| *known == key);
        place.is_some_and(|place| place < MAILS_MAX) && same <= SAME_MAX
    }

    /// Whether a call with this token may be believed: the first, and the same mail brought again. The
    /// signature says nothing about the mail.
    pub fn is_first(&self, token: &str, body: &[u8], now: Millis, keep: Millis) -> bool {
        let mut calls = self.calls.lock().unwrap_or_else(PoisonError::into_inner);
        if calls.len() >= REMEMBERED_MAX {
            calls.retain(|_, (at, _)| now - *at < keep);
        }
        let body = mark(body);
        calls.entry(token.to_owned()).or_insert((now, body)).1 == body
    }
}

/// Words without what programs count up in them; None for short ones.
fn letters(words: &str) -> Option<Mark> {
    let letters: String = words.chars().filter(|c| c.is_alphabetic()).collect();
    (letters.chars().count() >= SAME_LETTERS_MIN).then(|| mark(letters.as_bytes()))
}

fn mark(bytes: &[u8]) -> Mark {
    let mut mark = [0; 16];
    mark.copy_from_slice(&Sha256::digest(bytes)[..16]);
    mark
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_says_the_same_is_soon_left_alone() {
        let budget = Budget::default();
        let says = |n: i64| format!("Thank you for your message number {n}, we will answer");
        let answered = (0..20)
            .filter(|n| budget.allows("a", &n.to_string(), &says(*n), *n))
            .count();
        assert_eq!(answered, SAME_MAX);
        assert!(budget.allows("b", "1", &says(1), 30), "another sender");
        assert!(budget.allows("a", "x", &says(1), 2 * HOUR_MILLIS), "later");
    }

    #[test]
    fn somebody_who_answers_questions_is_answered() {
        let budget = Budget::default();
        let answered = (0..MAILS_MAX + 9)
            .filter(|n| budget.allows("a", &n.to_string(), "1", 0))
            .count();
        assert_eq!(answered, MAILS_MAX);
        assert!(
            budget.allows("a", "3", "1", 0),
            "a mail that comes again is the one it was"
        );
    }

    #[test]
    fn a_token_stands_for_one_mail() {
        let budget = Budget::default();
        assert!(budget.is_first("t", b"one", 0, 1));
        assert!(budget.is_first("t", b"one", 0, 1), "brought again");
        assert!(!budget.is_first("t", b"two", 0, 1));
    }
}
