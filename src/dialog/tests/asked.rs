//! What comes to the desk of questions, whatever the FAQ has learned: each question once, with what was meant.

use std::collections::BTreeMap;

use super::House;
use crate::dialog::turn::{Effect, Outcome, Turn};
use crate::event::{Ranked, What};

const QUESTION: &str = "وش الوضع مع الورقة";

/// A house that was asked something the FAQ is not sure of.
fn guessing() -> (House, Turn) {
    let mut house = House::new();
    house.writes("السلام عليكم");
    house.ranked = Some(ranked(&["documents_needed", "status", "bylaws"]));
    let turn = house.writes(QUESTION);
    assert!(turn.replies[0].choices.as_ref().unwrap().options.len() == 4);
    (house, turn)
}

fn ranked(offered: &[&str]) -> Ranked {
    Ranked {
        asserted: None,
        also: Vec::new(),
        offered: offered.iter().map(|name| (*name).to_owned()).collect(),
        after: BTreeMap::new(),
        score: -5.0,
    }
}

/// Text and entry of everything that a turn puts on the desk.
fn desk(turn: &Turn) -> Vec<(&str, Option<&str>)> {
    let effects = turn.effects.iter().filter_map(|effect| match effect {
        Effect::Unanswered { text, entry, .. } => Some((text.as_str(), entry.as_deref())),
        _ => None,
    });
    effects.collect()
}

fn pressed(house: &mut House, data: &str) -> Turn {
    house.take(What::Chose {
        data: data.to_owned(),
        title: None,
    })
}

#[test]
fn a_guess_comes_to_the_desk_once_with_what_was_meant() {
    let (mut house, offered) = guessing();
    assert_eq!(desk(&offered), []);
    let turn = pressed(&mut house, "!faq:0");
    assert_eq!(desk(&turn), [(QUESTION, Some("documents_needed"))]);
    // The button is old now.
    assert_eq!(desk(&pressed(&mut house, "!faq:1")), []);
}

#[test]
fn none_of_the_guesses_and_other_words_leave_the_question_at_the_desk() {
    let (mut house, _) = guessing();
    assert_eq!(desk(&pressed(&mut house, "!faq:none")), [(QUESTION, None)]);
    let (mut house, _) = guessing();
    house.ranked = Some(ranked(&[]));
    assert_eq!(desk(&house.writes("القائمة")), [(QUESTION, None)]);
}

#[test]
fn what_leans_on_the_last_answer_is_thought_of_for_a_while() {
    let first = |late: i64| {
        let mut house = House::new();
        house.writes("السلام عليكم");
        let mut sure = ranked(&[]);
        sure.asserted = Some("committee_time".to_owned());
        house.ranked = Some(sure);
        house.writes("كم يستغرق الطلب؟");
        let mut leaning = ranked(&["status"]);
        leaning.after = BTreeMap::from([("committee_time".to_owned(), "why_wait".to_owned())]);
        house.ranked = Some(leaning);
        house.clock += late;
        let turn = house.writes("وليش؟");
        let choices = turn.replies[0].choices.clone().unwrap();
        choices.options[0].title.clone()
    };
    assert_eq!(first(60_000), "لماذا أسبوعان");
    assert_eq!(first(20 * 60_000), "حالة الطلب");
}

#[test]
fn guesses_that_are_passed_over_come_to_the_desk_once() {
    let (mut house, _) = guessing();
    let turn = pressed(&mut house, "!menu");
    assert_eq!(desk(&turn), [(QUESTION, None)]);
    assert!(turn.effects.iter().any(|effect| matches!(
        effect,
        Effect::Unanswered {
            outcome: Outcome::Ignored,
            ..
        }
    )));
    assert_eq!(desk(&pressed(&mut house, "!menu")), []);
    // An old button of the guesses says that they are old, and nothing comes twice.
    assert_eq!(desk(&pressed(&mut house, "!faq:0")), []);
}
