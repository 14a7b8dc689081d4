//! The order in which a written message is read (DESIGN section 4): secrets, distress, control phrases,
//! then the waiting question, then asking again, then a human. It decides who reads, never what is meant.

use super::alarm;
use super::answer;
use super::cond;
use super::control;
use super::exit;
use super::faq;
use super::form;
use super::kind::hand_over::to_human;
use super::kind::{self, Said, Taken, attach, question};
use super::link;
use super::migrate;
use super::model::{Dialog, Kind, Step};
use super::pending;
use super::read::Reason;
use super::state::Frame;
use super::talk::Talk;
use super::turn::{Effect, HandOverReason};
use super::words;
use crate::text::fold::{clean, fold};
use crate::text::graphemes;
use crate::text::lang::{self, Lang};
use crate::text::secret::{self};

/// Characters of a message that we read (Unicode scalars): what the widest medium lets people send at once.
pub const TEXT_SCALARS_MAX: usize = 4_096;
/// Misunderstandings in a row, over all questions, before a human takes over.
pub const MISUNDERSTOOD_MAX: u32 = 5;
/// Failures at one question: help is told at the second, a human offered from the third.
const HELP_AT: u32 = 2;
const OFFER_HUMAN_AT: u32 = 3;
/// Letters from which the script of a message shows the language wanted; fewer may be "ok" or "iban".
const LETTERS_TO_SWITCH: usize = 4;

/// The frame's note of the message that could not be read: editing it answers the question.
pub(super) const TRIED_NOTE: &str = "tried";

/// A message in words.
pub(super) fn wrote(talk: &mut Talk, text: &str) {
    let typed = clean(graphemes::cut(text, TEXT_SCALARS_MAX));
    hear(talk, text);
    if text.chars().nth(TEXT_SCALARS_MAX).is_some() {
        talk.note("order", "too_long");
        return misfit(
            talk,
            Reason::counting("too_long", "most", TEXT_SCALARS_MAX as i64),
        );
    }
    // 2 A code of ours, or a secret, and then 3 distress, whatever is being asked.
    if link::entered(talk, &typed) || alarm::secret(talk, &typed) {
        return;
    }
    if words::distress(talk, &fold(&typed)) {
        return alarm::distress(talk, &typed);
    }
    if graphemes::only_symbols(&typed) {
        greet_first(talk);
        return misfit(talk, Reason::new("nothing_readable"));
    }
    // The form changed while they were away: what they wrote may answer a question that is not asked now.
    if words::control(talk, &fold(&typed)).is_none() && migrate::tell_and_keep(talk, &typed) {
        return;
    }
    speak_theirs(talk, &typed);
    match salam_before(talk, &typed) {
        Some(rest) => greeted_with(talk, &rest),
        None => {
            talk.greeted = words::control(talk, &fold(&typed)) == Some("salam");
            greet_first(talk);
            read(talk, &typed);
        }
    }
}

/// How the message is to be kept: sealed when its step is sensitive, or when it holds a number that
/// identifies somebody.
pub(super) fn hear(talk: &mut Talk, text: &str) {
    let at = talk
        .here()
        .map(|(dialog, index)| dialog.steps[index].kind.is_sensitive());
    talk.heard.sensitive |= at.unwrap_or(false) || secret::is_sensitive(text);
}

/// What is said behind a salam; None when the whole message means one thing.
fn salam_before(talk: &Talk, typed: &str) -> Option<String> {
    match words::control(talk, &fold(typed)) {
        Some(_) => None,
        None => words::without_salam(talk, typed),
    }
}

/// A salam with something behind it: returned in full, then the rest is read.
fn greeted_with(talk: &mut Talk, rest: &str) {
    talk.greeted = true;
    if !greet_first(talk) {
        talk.phrase("salam");
    }
    read(talk, rest);
}

/// The first words of a talk: the greeting before anything else. True: it was said now.
pub(super) fn greet_first(talk: &mut Talk) -> bool {
    if talk.state.greeted_at.is_some() {
        return false;
    }
    talk.state.greeted_at = Some(talk.now());
    let Some(welcome) = talk.dialogs.dialogs.get(form::WELCOME).cloned() else {
        return false;
    };
    let nothing_asked = Frame::default();
    for step in &welcome.steps {
        let Kind::Say(say) = &step.kind else { break };
        if cond::passes(talk, &nothing_asked, step.when.as_ref()) {
            kind::say::enter(talk, say);
        }
    }
    true
}

/// Speaks the language of their script, until they choose one; never in the middle of a form or as the
/// answer to an `ask`, where a name, an address or a reference may stand in either.
fn speak_theirs(talk: &mut Talk, typed: &str) {
    // A word with digits in it is a number or a reference, and no language.
    let words = typed.split(|c: char| c.is_whitespace() || c == '-');
    let words = words.filter(|word| !word.chars().any(char::is_numeric));
    let letters = words
        .flat_map(str::chars)
        .filter(|c| c.is_alphabetic())
        .count();
    let clear = letters >= LETTERS_TO_SWITCH || talk.state.greeted_at.is_none();
    let asked = talk
        .here()
        .is_some_and(|(dialog, index)| matches!(dialog.steps[index].kind, Kind::Ask(_)));
    if talk.state.language_chosen || talk.form().is_some() || asked || !clear {
        return;
    }
    if let Some(theirs) = lang::detect(typed)
        && theirs != talk.lang()
    {
        speak(talk, theirs);
    }
}

fn speak(talk: &mut Talk, language: Lang) {
    talk.state.language = language;
    talk.effects.push(Effect::Language(language));
}

/// 3 to 9 of the order.
fn read(talk: &mut Talk, typed: &str) {
    let folded = fold(typed);
    if pending::wrote(talk, typed) {
        return talk.note("order", "pending");
    }
    if !names_own_option(talk, &folded)
        && let Some(meaning) = words::control(talk, &folded)
        && control::act(talk, meaning)
    {
        return;
    }
    match talk.here() {
        Some((dialog, index)) => answer_of(talk, &dialog, index, typed),
        None => at_rest(talk, typed),
    }
}

/// An option of the waiting choice that is called just like a control phrase is meant as the option.
fn names_own_option(talk: &Talk, folded: &str) -> bool {
    let Some((dialog, index)) = talk.here() else {
        return false;
    };
    let Kind::Choose(choose) = &dialog.steps[index].kind else {
        return false;
    };
    let options = kind::options::of(talk, choose);
    options.iter().any(|option| {
        fold(&option.title) == folded || option.words.iter().any(|word| word == folded)
    })
}

/// 4 to 9 at a question that waits.
fn answer_of(talk: &mut Talk, dialog: &Dialog, index: usize, typed: &str) {
    let step = &dialog.steps[index];
    if closes_album(talk, dialog, index) {
        return;
    }
    // 5 At greedy steps a question may be meant.
    if kind::is_greedy(step) && faq::which_is_meant(talk, typed) {
        return;
    }
    // 4 and 6: strict and greedy readers differ only in what stands between them.
    let taken = kind::take(talk, dialog, index, Said::Text(typed));
    talk.note(
        "order",
        if kind::is_greedy(step) {
            "greedy_reader"
        } else {
            "strict_reader"
        },
    );
    match taken {
        Taken::Answer(given) => answer::take(talk, given),
        Taken::Told => {}
        Taken::Again(_) if stands_over_form(talk, dialog, index) => answer_below(talk, typed),
        // 7 What the step cannot read may be a question.
        Taken::Again(_) if may_ask(talk, step, typed) && is_asked(talk, dialog, typed) => {}
        Taken::Again(reason) => again(talk, dialog, index, reason),
    }
}

/// Only what is shaped like a question, or is no answer to a menu, may be one: a slip in a number is a slip.
fn may_ask(talk: &Talk, step: &Step, typed: &str) -> bool {
    let at_rest = talk.form().is_none() && matches!(step.kind, Kind::Choose(_));
    at_rest || words::is_question(talk, typed)
}

/// The FAQ said something, or a human takes over what it did not understand twice. In a form a question that
/// nothing answers is first of all no answer to the form's.
fn is_asked(talk: &mut Talk, dialog: &Dialog, typed: &str) -> bool {
    faq::answers(talk, typed) || (!dialog.form && faq::unanswered(talk, typed))
}

/// What was written is the answer after all.
pub(super) fn answer_with(talk: &mut Talk, typed: &str) {
    let Some((dialog, index)) = talk.here() else {
        return at_rest(talk, typed);
    };
    match kind::take(talk, &dialog, index, Said::Text(typed)) {
        Taken::Answer(given) => answer::take(talk, given),
        Taken::Told => {}
        Taken::Again(reason) => again(talk, &dialog, index, reason),
    }
}

/// A choice of an explanation that was asked for in the middle of a form.
fn stands_over_form(talk: &Talk, dialog: &Dialog, index: usize) -> bool {
    let over_form = talk
        .form()
        .is_some_and(|at| at + 1 < talk.state.stack.len());
    over_form && matches!(dialog.steps[index].kind, Kind::Choose(_))
}

/// What is none of its options answers the question that the form still asks.
fn answer_below(talk: &mut Talk, typed: &str) {
    talk.note("order", "below");
    if let Some(at) = talk.form() {
        talk.state.stack.truncate(at + 1);
    }
    if let Some((dialog, index)) = talk.here() {
        answer_of(talk, &dialog, index, typed);
    }
}

/// Words right behind pictures close the album: the pictures are the answer, and what comes next is asked.
fn closes_album(talk: &mut Talk, dialog: &Dialog, index: usize) -> bool {
    let step = &dialog.steps[index];
    let Kind::Attach(attach) = &step.kind else {
        return false;
    };
    if !attach::is_gathering(talk) {
        return false;
    }
    talk.note("order", "closes_album");
    if let Taken::Answer(given) = attach::settle(talk, step, attach) {
        answer::take(talk, given);
    }
    true
}

/// 8 and 9: asks again, with help at the second failure, a human offered at the third.
fn again(talk: &mut Talk, dialog: &Dialog, index: usize, reason: Option<Reason>) {
    let step = &dialog.steps[index];
    let tries = count_failure(talk);
    talk.note("again", reason.map_or("unclear", |reason| reason.phrase));
    if talk.state.misunderstood >= MISUNDERSTOOD_MAX {
        return give_up(talk);
    }
    if dialog.name == form::MENU {
        talk.phrase("unclear_at_rest");
        return exit::ask_again(talk);
    }
    say_reason(talk, reason);
    match (again_text(step), reason) {
        (Some(text), _) => {
            talk.say(text);
            question::put_again(talk);
        }
        // The reason says what to write; the question still stands right above it.
        (None, Some(_)) => question::put_again(talk),
        (None, None) => {
            talk.phrase("unclear");
            exit::ask_again(talk);
        }
    }
    help_along(talk, step, tries);
}

fn again_text(step: &Step) -> Option<&super::model::Text> {
    match &step.kind {
        Kind::Sign(sign) => sign.again.as_ref(),
        _ => step.kind.question()?.again.as_ref(),
    }
}

fn count_failure(talk: &mut Talk) -> u32 {
    talk.state.misunderstood += 1;
    let message = talk.event.message_id.clone();
    let Some(frame) = talk.frame_mut() else {
        return 0;
    };
    frame.tries += 1;
    if let Some(id) = message {
        frame.notes.insert(TRIED_NOTE.to_owned(), id);
    }
    frame.tries
}

fn help_along(talk: &mut Talk, step: &Step, tries: u32) {
    let help = step
        .kind
        .question()
        .and_then(|question| question.help.as_ref());
    if tries == HELP_AT
        && let Some(help) = help
    {
        talk.say(help);
    }
    if tries >= OFFER_HUMAN_AT {
        talk.phrase("offer_human");
        let human = talk.control("human");
        talk.add_control(human);
    }
}

pub(super) fn say_reason(talk: &mut Talk, reason: Option<Reason>) {
    let Some(reason) = reason else {
        return;
    };
    let label = talk
        .here()
        .map(|(dialog, index)| talk.label(&dialog.steps[index]));
    talk.phrase_with(reason.phrase, |context| {
        if let Some(label) = &label {
            context.text("label", label);
        }
        if let Some((name, number)) = reason.number {
            context.number(name, number);
        }
    });
}

/// Repeated misunderstanding: a human takes over, and the question stands.
fn give_up(talk: &mut Talk) {
    talk.state.misunderstood = 0;
    talk.phrase("misunderstood");
    let step = talk
        .frame()
        .map(|frame| format!("{}.{}", frame.dialog, frame.step));
    to_human(talk, HandOverReason::Misunderstood, step);
    ask_or_rest(talk);
}

/// Something that does not fit here, and is nobody's fault: told, not counted; the question follows.
pub(super) fn misfit(talk: &mut Talk, reason: Reason) {
    talk.note("misfit", reason.phrase);
    say_reason(talk, Some(reason));
    ask_or_rest(talk);
}

/// The open question again; at rest, the menu.
pub(super) fn ask_or_rest(talk: &mut Talk) {
    match talk.here().is_some() {
        true => exit::ask_again(talk),
        false => exit::open(talk, form::MENU),
    }
}

/// Words at rest that are no control phrase: the menu answers.
fn at_rest(talk: &mut Talk, typed: &str) {
    let first = talk.state.last_heard_at.is_none();
    let answered = faq::answers(talk, typed);
    if answered || (!talk.excused && faq::unanswered(talk, typed)) {
        return;
    }
    if !first && !talk.greeted && !talk.excused {
        talk.state.misunderstood += 1;
        if talk.state.misunderstood >= MISUNDERSTOOD_MAX {
            return give_up(talk);
        }
        talk.phrase("unclear_at_rest");
    }
    talk.note("order", "at_rest");
    exit::open(talk, form::MENU);
}
