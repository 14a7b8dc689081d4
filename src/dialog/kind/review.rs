//! `review`: all answers, numbered; confirmed as they are, or one of them corrected by its number.

use super::question;
use super::{Said, Taken};
use crate::dialog::answer;
use crate::dialog::exit;
use crate::dialog::model::{Dialog, Review};
use crate::dialog::read::Reason;
use crate::dialog::shown;
use crate::dialog::talk::{Asked, Talk};
use crate::dialog::value::Value;
use crate::dialog::words;
use crate::text::lang::Lang;

pub(in crate::dialog) fn ask(talk: &mut Talk, review: &Review) {
    talk.say(&review.text);
    if !names_answers(&review.text.ar) && !names_answers(&review.text.en) {
        let answers = answers(talk);
        talk.say_plain(answers);
    }
    talk.phrase("review.how");
    put(talk);
}

/// The text places the answers by itself.
fn names_answers(source: &str) -> bool {
    source.contains("answers")
}

fn answers(talk: &Talk) -> String {
    let frame = talk
        .frame()
        .and_then(|frame| Some((frame, talk.dialog_of(frame)?)));
    frame
        .map(|(frame, dialog)| shown::answers(talk, dialog, frame))
        .unwrap_or_default()
}

pub(in crate::dialog) fn put(talk: &mut Talk) {
    let title = talk.title("right");
    let choices = vec![talk.choice(question::RIGHT, title, None)];
    let mut controls = vec![talk.control("correct")];
    controls.extend(question::form_controls(talk));
    talk.put(Asked {
        choices,
        several: false,
        controls,
        wants: None,
        sensitive: true,
    });
}

pub(in crate::dialog) fn take(talk: &mut Talk, dialog: &Dialog, said: Said) -> Taken {
    match said {
        Said::Pick(question::RIGHT) => Taken::Answer(talk.given(Value::Bool(true))),
        Said::Pick(_) => Taken::again("old.unknown"),
        Said::Text(text) => read(talk, dialog, text),
        Said::File(_) | Said::Pin(..) | Said::Card(_) => Taken::again("choose.by_number"),
    }
}

fn read(talk: &mut Talk, dialog: &Dialog, text: &str) -> Taken {
    if let Some(number) = words::number(text) {
        return numbered(talk, dialog, number);
    }
    let right = talk.title("right");
    match words::is_yes(talk, text) || words::nearly(text, &right) {
        true => Taken::Answer(talk.given(Value::Bool(true))),
        false => by_label(talk, dialog, text),
    }
}

/// Opens the answer with this number in the list, to be given anew.
pub(in crate::dialog) fn numbered(talk: &mut Talk, dialog: &Dialog, number: usize) -> Taken {
    let steps = steps(talk, dialog);
    match number.checked_sub(1).and_then(|at| steps.get(at)) {
        Some(index) => {
            answer::reopen(talk, dialog, *index);
            Taken::Told
        }
        None => Taken::Again(Some(Reason::counting(
            "review.number",
            "count",
            steps.len() as i64,
        ))),
    }
}

/// The label of an answer, typed, opens it as its number does.
fn by_label(talk: &mut Talk, dialog: &Dialog, text: &str) -> Taken {
    let labelled = |index: &usize| {
        let label = dialog.steps[*index]
            .kind
            .question()
            .and_then(|question| question.label.as_ref());
        label.is_some_and(|label| {
            [Lang::Ar, Lang::En]
                .iter()
                .any(|lang| words::nearly(text, label.source(*lang)))
        })
    };
    match steps(talk, dialog).into_iter().find(labelled) {
        Some(index) => {
            answer::reopen(talk, dialog, index);
            Taken::Told
        }
        None => Taken::again("review.how"),
    }
}

/// Places of the answers that the list shows, in its order.
pub(in crate::dialog) fn steps(talk: &Talk, dialog: &Dialog) -> Vec<usize> {
    let Some(frame) = talk.frame() else {
        return Vec::new();
    };
    let answered = exit::path(talk, dialog, frame).answered;
    answered
        .into_iter()
        .filter(|index| dialog.steps[*index].kind.question().is_some())
        .collect()
}
