//! Questions in the middle of anything (DESIGN section 4, order of reading, 5 and 7): the answer of an entry,
//! three guesses with "none of these", or a human. What was asked is ranked before the queue and comes with
//! the event; here it is only decided what is said. Behind every answer the open question is asked again.

use super::control;
use super::exit;
use super::form;
use super::kind::hand_over::to_human;
use super::kind::say;
use super::mend;
use super::model::FaqEntry;
use super::order::ask_or_rest;
use super::state::Pending;
use super::talk::{DAY, Talk};
use super::turn::{Answered, Effect, HandOverReason, How, Outcome};
use super::words;
use crate::event::Millis;
use crate::faq::EXACT;
use crate::reply::Choice;
use crate::text::fold::fold;
use crate::text::foreign::is_foreign;

/// Begins the data of a button that picks a guess by its number, or none of them.
const GUESS: &str = "!faq:";
/// What stands for "none of these", in that data.
const NONE: &str = "none";
/// Begins the data of a button that says whether a question or an answer was meant, and whether it helped.
const ASKED: &str = "!asked:";
const HELPED: &str = "!helped:";
const YES: &str = "yes";
const NO: &str = "no";

/// Guesses that are offered.
const GUESSES: usize = 3;
/// How long a message may lean on the last answer (milliseconds).
const LEANS_MILLIS: Millis = 15 * 60 * 1_000;

/// Letters from which a part of a button's words stands for it.
const PART_CHARS_MIN: usize = 4;

/// The same answer again within this time offers a human (milliseconds).
const SAME_AGAIN_MILLIS: Millis = DAY;
/// Questions in a row that were not understood before a human takes over.
const UNSURE_MAX: u32 = 2;

/// The entry that surely answers the message.
pub(super) fn asserted<'a>(talk: &Talk<'a>) -> Option<&'a FaqEntry> {
    let ranked = talk.event.ranked.as_ref()?;
    entry(talk, ranked.asserted.as_ref()?)
}

fn entry<'a>(talk: &Talk<'a>, name: &str) -> Option<&'a FaqEntry> {
    talk.dialogs.faq.iter().find(|entry| entry.name == name)
}

/// Other entries that surely answer another part of the message.
fn also<'a>(talk: &Talk<'a>) -> Vec<&'a FaqEntry> {
    let ranked = talk.event.ranked.as_ref();
    let names = ranked.map_or(&[][..], |ranked| &ranked.also);
    names.iter().filter_map(|name| entry(talk, name)).collect()
}

/// Entries that may be meant, the likeliest first: what it means behind the last answer, when it leans on one.
fn offered<'a>(talk: &Talk<'a>) -> Vec<&'a FaqEntry> {
    let Some(ranked) = &talk.event.ranked else {
        return Vec::new();
    };
    let leaned = leaned(talk).into_iter();
    let rest = ranked.offered.iter().filter_map(|name| entry(talk, name));
    let mut offered: Vec<&FaqEntry> = Vec::new();
    for one in leaned.chain(rest) {
        if offered.len() < GUESSES && offered.iter().all(|known| known.name != one.name) {
            offered.push(one);
        }
    }
    offered
}

/// What a message means behind the answer that was given a moment ago, when it leans on it.
fn leaned<'a>(talk: &Talk<'a>) -> Option<&'a FaqEntry> {
    let ranked = talk.event.ranked.as_ref()?;
    let (last, at) = talk.state.answered.as_ref()?;
    let lately = talk.now() - at < LEANS_MILLIS;
    let meant = ranked.after.get(last).filter(|_| lately)?;
    entry(talk, meant)
}

/// A question where an answer is waited for that could be any words: which of the two is it?
pub(super) fn which_is_meant(talk: &mut Talk, typed: &str) -> bool {
    if !words::is_question(talk, typed) {
        return false;
    }
    let Some(entry) = asserted(talk) else {
        return false;
    };
    talk.note("faq", "answer_or_question");
    talk.phrase("faq.answer_or_question");
    talk.state.pending = Some(Pending::AnswerOrQuestion {
        text: typed.to_owned(),
        entry: entry.name.clone(),
    });
    let buttons = [(YES, "asked"), (NO, "answered")]
        .map(|(word, title)| button(talk, ASKED, word, title))
        .to_vec();
    talk.put_controls(buttons, Vec::new());
    true
}

/// Where nothing else could read the message: an answer, what was sent back, guesses, or nothing. True: something was
/// said.
pub(super) fn answers(talk: &mut Talk, typed: &str) -> bool {
    if is_in_another_language(talk, typed) {
        speak_of_languages(talk);
        return true;
    }
    if let Some(entry) = asserted(talk) {
        let also = also(talk);
        tell(talk, entry, How::Asserted, &also);
        return true;
    }
    // Outside a form whatever is written begins what was sent back: a guess is worth less.
    if talk.form().is_none() && mend::begin(talk) {
        return true;
    }
    let guesses = offered(talk);
    if guesses.is_empty() || talk.heard.sensitive {
        return false;
    }
    talk.note("faq", "offered");
    if is_unsure_again(talk) {
        desk(talk, typed, Outcome::Unsure, None);
        return true;
    }
    // It comes to the desk with what becomes of the guesses.
    talk.phrase("faq.offer");
    talk.state.pending = Some(Pending::Guess {
        text: typed.to_owned(),
        entries: guesses.iter().map(|entry| entry.name.clone()).collect(),
    });
    let mut buttons: Vec<Choice> = Vec::new();
    for (number, guess) in guesses.iter().enumerate() {
        buttons.push(Choice {
            data: format!("{GUESS}{number}"),
            title: guess.title.source(talk.lang()).to_owned(),
            note: None,
        });
    }
    buttons.push(button(talk, GUESS, NONE, "none_of_these"));
    talk.put_controls(buttons, Vec::new());
    true
}

/// A question that nothing answers: kept for the desk; the second in a row goes to a human. False: it is none.
pub(super) fn unanswered(talk: &mut Talk, typed: &str) -> bool {
    if !words::is_question(talk, typed) || talk.heard.sensitive {
        return false;
    }
    desk(talk, typed, Outcome::Nothing, None);
    if !is_unsure_again(talk) {
        none(talk);
    }
    true
}

/// Says that it was not understood, and what can be done.
fn none(talk: &mut Talk) {
    talk.note("faq", "none");
    talk.phrase("faq.none");
    let human = talk.control("human");
    ask_or_rest(talk);
    talk.add_control(human);
}

fn desk(talk: &mut Talk, text: &str, outcome: Outcome, entry: Option<&str>) {
    talk.effects.push(Effect::Unanswered {
        text: text.to_owned(),
        outcome,
        entry: entry.map(str::to_owned),
    });
}

/// Guesses that stood before this turn and stand no longer, and of which nobody said what became: they pressed
/// or sent something else. They come to the desk, once.
pub(super) fn leave(talk: &mut Talk, before: Option<Pending>) {
    let Some(Pending::Guess { text, .. }) = &before else {
        return;
    };
    let is_it =
        |effect: &Effect| matches!(effect, Effect::Unanswered { text: told, .. } if told == text);
    if talk.state.pending != before && !talk.effects.iter().any(is_it) {
        desk(talk, text, Outcome::Ignored, None);
    }
}

/// Whether it is surely written in a language that we do not speak; what staff taught to the letter is known
/// in any.
fn is_in_another_language(talk: &Talk, typed: &str) -> bool {
    let ranked = talk.event.ranked.as_ref();
    let is_known = ranked.is_some_and(|ranked| ranked.asserted.is_some() && ranked.score >= EXACT);
    !is_known && !talk.heard.sensitive && is_foreign(typed)
}

/// Which languages we speak, in both of them, and a human. Whoever writes so again is taken over by one.
fn speak_of_languages(talk: &mut Talk) {
    talk.note("faq", "another_language");
    if is_unsure_again(talk) {
        return;
    }
    talk.phrase("faq.languages");
    match talk.form().is_some() {
        true => exit::ask_again(talk),
        false => talk.put_controls(Vec::new(), Vec::new()),
    }
    for word in ["arabic", "english", "human"] {
        let control = talk.control(word);
        talk.add_control(control);
    }
}

/// Counts a question that was not understood; at the second in a row a human takes over, with all of it.
fn is_unsure_again(talk: &mut Talk) -> bool {
    talk.state.unsure += 1;
    if talk.state.unsure < UNSURE_MAX {
        return false;
    }
    talk.state.unsure = 0;
    talk.note("faq", "low_confidence");
    talk.phrase("faq.human");
    let step = talk
        .frame()
        .map(|frame| format!("{}.{}", frame.dialog, frame.step));
    to_human(talk, HandOverReason::LowConfidence, step);
    ask_or_rest(talk);
    true
}

/// The answer of an entry and of others that were asked in the same message, and behind them the open question
/// or the way on.
fn tell(talk: &mut Talk, entry: &FaqEntry, how: How, also: &[&FaqEntry]) {
    talk.state.misunderstood = 0;
    talk.state.unsure = 0;
    answer(talk, entry, how);
    for other in also {
        answer(talk, other, how);
    }
    let again = is_same_again(talk, entry);
    match talk.form().is_some() {
        true => exit::ask_again(talk),
        false => lead_on(talk, entry),
    }
    if again {
        talk.phrase("offer_human");
        let human = talk.control("human");
        talk.add_control(human);
    }
}

/// The answer of an entry with what stands beside it.
fn answer(talk: &mut Talk, entry: &FaqEntry, how: How) {
    talk.note("faq", entry.name.clone());
    if entry.misconception {
        talk.phrase("faq.misconception");
    }
    talk.say(&entry.answer);
    if let Some(source) = &entry.source {
        let source = source.source(talk.lang()).to_owned();
        talk.phrase_with("faq.source", |context| context.text("source", &source));
    }
    for shown in &entry.shows {
        say::show(talk, shown);
    }
    let ranked = talk.event.ranked.as_ref();
    talk.effects.push(Effect::Answered(Answered {
        entry: entry.name.clone(),
        version: talk.dialogs.version.clone(),
        score: ranked.map_or(0.0, |ranked| ranked.score),
        how,
    }));
}

/// Whether this very answer was given a short while ago: it did not help.
fn is_same_again(talk: &mut Talk, entry: &FaqEntry) -> bool {
    let now = talk.now();
    let before = talk.state.answered.replace((entry.name.clone(), now));
    before.is_some_and(|(name, at)| name == entry.name && now - at < SAME_AGAIN_MILLIS)
}

/// Buttons into the dialogs that an answer leads to, and back to the menu.
fn lead_on(talk: &mut Talk, entry: &FaqEntry) {
    talk.state.stack.clear();
    let mut options = Vec::new();
    for name in &entry.leads {
        if let Some(dialog) = talk.dialogs.dialogs.get(name)
            && !form::is_closed(talk, dialog)
            && let Some(word) = dialog.starts.first()
        {
            options.push(Choice {
                data: format!("!{word}"),
                title: dialog.title.source(talk.lang()).to_owned(),
                note: None,
            });
        }
    }
    let menu = talk.control("menu");
    talk.put_controls(options, vec![menu]);
}

fn button(talk: &mut Talk, begins: &str, word: &str, title: &str) -> Choice {
    Choice {
        data: format!("{begins}{word}"),
        title: talk.title(title),
        note: None,
    }
}

/// A button of this file was pressed. False: it is another's.
pub(super) fn pressed(talk: &mut Talk, data: &str) -> bool {
    if let Some(word) = data.strip_prefix(GUESS) {
        let pending = talk.state.pending.take();
        picked(talk, pending, word.parse().ok());
    } else if let Some(word) = data.strip_prefix(ASKED) {
        let pending = talk.state.pending.take();
        meant(talk, pending, word == YES);
    } else if let Some(word) = data.strip_prefix(HELPED) {
        let pending = talk.state.pending.take();
        helped(talk, pending, word == YES);
    } else {
        return false;
    }
    true
}

/// Words as the answer to what is pending here. False: they mean something else.
pub(super) fn wrote(talk: &mut Talk, pending: &Pending, text: &str) -> bool {
    match pending {
        Pending::Guess {
            text: asked,
            entries,
        } => {
            let number = words::number(text).and_then(|number| number.checked_sub(1));
            let titled = |name: &String| {
                entry(talk, name)
                    .is_some_and(|entry| words::nearly(text, entry.title.source(talk.lang())))
            };
            let picked_at = number.or_else(|| entries.iter().position(titled));
            let none = picked_at == Some(entries.len())
                || says(talk, text, "none_of_these")
                || words::is_no(talk, text);
            match picked_at.filter(|at| *at < entries.len()) {
                Some(at) => picked(talk, Some(pending.clone()), Some(at)),
                None if none => picked(talk, Some(pending.clone()), None),
                None => {
                    desk(talk, asked, Outcome::Ignored, None);
                    return false;
                }
            }
            true
        }
        Pending::AnswerOrQuestion { .. } => {
            let number = words::number(text);
            let asked = number == Some(1) || says(talk, text, "asked");
            let answered = number == Some(2) || says(talk, text, "answered");
            if asked != answered {
                meant(talk, Some(pending.clone()), asked);
            }
            asked != answered
        }
        Pending::Helpful { .. } => {
            let (yes, no) = (words::is_yes(talk, text), words::is_no(talk, text));
            if yes != no {
                helped(talk, Some(pending.clone()), yes);
            }
            yes != no
        }
        _ => false,
    }
}

/// The words of a button, or a word of them: "question" for "this is a question".
fn says(talk: &mut Talk, text: &str, title: &str) -> bool {
    let (title, text) = (fold(&talk.title(title)), fold(text));
    let is_part = text.chars().count() >= PART_CHARS_MIN && title.contains(&text);
    is_part || words::nearly(&text, &title)
}

fn picked(talk: &mut Talk, pending: Option<Pending>, number: Option<usize>) {
    let Some(Pending::Guess { text, entries }) = pending else {
        return control::old(talk);
    };
    match number.and_then(|at| entry(talk, entries.get(at)?)) {
        Some(guess) => {
            desk(talk, &text, Outcome::Picked, Some(&guess.name));
            tell(talk, guess, How::Picked, &[]);
            ask_whether_it_helped(talk, &guess.name);
        }
        // It counted as not understood when it was guessed at.
        None => {
            desk(talk, &text, Outcome::Rejected, None);
            none(talk);
        }
    }
}

/// Only after a guess, at rest, and at most once a day.
fn ask_whether_it_helped(talk: &mut Talk, name: &str) {
    let now = talk.now();
    let lately = talk.state.helped_at.is_some_and(|at| now - at < DAY);
    if lately || talk.form().is_some() {
        return;
    }
    talk.state.helped_at = Some(now);
    talk.phrase("faq.helped");
    talk.state.pending = Some(Pending::Helpful {
        entry: name.to_owned(),
    });
    for (word, title) in [(YES, "yes"), (NO, "no")] {
        let control = button(talk, HELPED, word, title);
        talk.add_control(control);
    }
}

fn helped(talk: &mut Talk, pending: Option<Pending>, yes: bool) {
    let Some(Pending::Helpful { entry }) = pending else {
        return control::old(talk);
    };
    talk.effects.push(Effect::Helped { entry, yes });
    match yes {
        true => talk.phrase("faq.helped_yes"),
        false => {
            talk.phrase("faq.helped_no");
            let human = talk.control("human");
            talk.add_control(human);
        }
    }
    let menu = talk.control(form::MENU);
    talk.add_control(menu);
}

/// What stood for a question or for an answer is one of the two now.
fn meant(talk: &mut Talk, pending: Option<Pending>, asked: bool) {
    let Some(Pending::AnswerOrQuestion { text, entry: name }) = pending else {
        return control::old(talk);
    };
    match entry(talk, &name).filter(|_| asked) {
        Some(entry) => tell(talk, entry, How::Asserted, &[]),
        None => super::order::answer_with(talk, &text),
    }
}
