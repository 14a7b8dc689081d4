//! An edited message: it corrects the answer that it gave, or answers the question that it failed at;
//! otherwise it is only noted.

use super::answer;
use super::exit;
use super::kind::{self, Said, Taken};
use super::model::Dialog;
use super::order::{self, TRIED_NOTE, misfit};
use super::press::echo;
use super::read::Reason;
use super::talk::Talk;
use crate::text::fold::clean;

/// The message `of` now reads `text`.
pub(super) fn edited(talk: &mut Talk, of: &str, text: &str) {
    let tried = talk.frame().and_then(|frame| frame.notes.get(TRIED_NOTE));
    if tried.is_some_and(|tried| tried == of) {
        return order::wrote(talk, text);
    }
    match answered_by(talk, of) {
        Some((dialog, index)) => correct(talk, &dialog, index, of, text),
        None => noted(talk),
    }
}

/// The question of the open dialog that this message answered.
fn answered_by(talk: &Talk, of: &str) -> Option<(std::sync::Arc<Dialog>, usize)> {
    let (dialog, _) = talk.here()?;
    let frame = talk.frame()?;
    let by_it =
        |(_, given): &(&String, &super::value::Given)| given.message_id.as_deref() == Some(of);
    let (name, _) = frame.answers.iter().find(by_it)?;
    let (index, _) = dialog.step(name)?;
    Some((dialog, index))
}

fn correct(talk: &mut Talk, dialog: &Dialog, index: usize, of: &str, text: &str) {
    let step = &dialog.steps[index];
    talk.heard.sensitive |= step.kind.is_sensitive() || crate::text::secret::is_sensitive(text);
    let last_try = talk.frame().and_then(|frame| frame.last_try.clone());
    let taken = kind::take(talk, dialog, index, Said::Text(&clean(text)));
    match taken {
        Taken::Answer(mut given) => {
            given.message_id = Some(of.to_owned());
            echo(talk, step, "edited.corrected", &given);
            answer::correct(talk, dialog, index, given);
        }
        Taken::Told => {}
        Taken::Again(reason) => {
            // What was tried at the open question stays as it was: this edit meant another one.
            if let Some(frame) = talk.frame_mut() {
                frame.last_try = last_try;
            }
            order::say_reason(talk, reason);
            noted(talk);
        }
    }
}

/// Too late, or nothing that we could use: how to correct is told.
fn noted(talk: &mut Talk) {
    match talk.form().is_some() {
        true => misfit(talk, Reason::new("edited.noted")),
        false => talk.phrase("edited.noted"),
    }
    if talk.form().is_none() && talk.here().is_some() {
        exit::ask_again(talk);
    }
}
