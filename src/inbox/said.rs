//! How what came, and what we say, stands in history. Pure.

use crate::dialog::state::State;
use crate::dialog::turn::Heard;
use crate::event::{Attachment, Event, StaffAct, What};
use crate::reply::Reply;

/// What history keeps of an incoming event: its words, and what came beside them as JSON.
pub struct Kept {
    pub text: Option<String>,
    pub payload: Option<String>,
}

/// `None` when nothing was said: the clock, the staff's acts, a page that was opened.
pub fn of_event(event: &Event, heard: &Heard) -> Option<Kept> {
    let (text, beside) = match &event.what {
        // A page that opens says nothing; a platform's start message is a message.
        What::Opened { .. } => {
            event.message_id.as_ref()?;
            (None, true)
        }
        What::Wrote { text } => (Some(text.clone()), false),
        What::Chose { data, title } => (Some(title.as_ref().unwrap_or(data).clone()), true),
        What::Sent { caption, .. } => (caption.clone(), true),
        What::Pinned { label, .. } => (label.clone(), true),
        What::Shared { name, .. } => (name.clone(), true),
        What::Edited { text, .. } => (Some(text.clone()), true),
        What::Unreadable { .. } | What::Noted { .. } => (None, true),
        What::Rang { .. } | What::Staff(_) | What::Undelivered { .. } => return None,
        What::Fetched { .. } | What::FetchFailed { .. } => return None,
    };
    Some(match &heard.redacted {
        // Whatever stood beside the words may repeat them.
        Some(redacted) => Kept {
            text: Some(redacted.clone()),
            payload: file_of(&event.what).and_then(json),
        },
        None => Kept {
            text,
            payload: beside.then(|| beside_words(&event.what)).flatten(),
        },
    })
}

/// Where a file lies with its platform is of use until it is fetched, and stands elsewhere.
fn beside_words(what: &What) -> Option<String> {
    match what {
        What::Sent {
            attachment,
            caption,
            fetch: Some(_),
        } => json(What::Sent {
            attachment: attachment.clone(),
            caption: caption.clone(),
            fetch: None,
        }),
        what => json(what),
    }
}

fn file_of(what: &What) -> Option<What> {
    let What::Sent { attachment, .. } = what else {
        return None;
    };
    let attachment = Attachment {
        name: None,
        ..attachment.clone()
    };
    Some(What::Sent {
        attachment,
        caption: None,
        fetch: None,
    })
}

/// The words of a reply, for lists and exports; the reply itself is kept beside them.
pub fn text_of(reply: &Reply) -> String {
    reply.texts.join("\n\n")
}

/// `dialog.step` of the question that a reply asks.
pub fn step_of(reply: &Reply, state: &State) -> Option<String> {
    let (instance, step) = reply.asks.as_ref()?.split_once(':')?;
    let frame = state
        .stack
        .iter()
        .find(|frame| frame.instance == instance)?;
    Some(format!("{}.{step}", frame.dialog))
}

pub fn json<T: serde::Serialize>(value: T) -> Option<String> {
    serde_json::to_string(&value).ok()
}

/// What the audit says of an act of staff: which request, and apart from it the words to the person, which
/// are erased with them.
pub fn of_act(act: &StaffAct) -> (String, Option<String>) {
    match act {
        StaffAct::Claimed { .. }
        | StaffAct::Replied { .. }
        | StaffAct::Noted { .. }
        | StaffAct::Returned { .. }
        | StaffAct::Closed { .. }
        | StaffAct::Seen { .. } => ("{}".to_owned(), None),
        StaffAct::Transferred { to, why, .. } => {
            let detail = serde_json::json!({"to": to});
            (detail.to_string(), Some(why.clone()))
        }
        StaffAct::Assigned { to, .. } => (serde_json::json!({"to": to}).to_string(), None),
        StaffAct::Labelled { label, on, .. } => {
            let detail = serde_json::json!({"label": label, "on": on});
            (detail.to_string(), None)
        }
        StaffAct::Prioritised { priority, .. } => {
            let detail = serde_json::json!({"priority": priority});
            (detail.to_string(), None)
        }
        StaffAct::Snoozed { until, .. } => (serde_json::json!({"until": until}).to_string(), None),
        StaffAct::Moved {
            reference,
            to,
            told,
            ..
        } => {
            let detail = serde_json::json!({"reference": reference, "to": to});
            (detail.to_string(), told.clone())
        }
        StaffAct::Postponed {
            reference,
            answer_by,
            told,
            ..
        } => {
            let detail = serde_json::json!({"reference": reference, "answer_by": answer_by});
            (detail.to_string(), Some(told.clone()))
        }
    }
}
