//! How what came, and what we say, stands in history. Pure.

use std::collections::BTreeMap;

use crate::dialog::state::State;
use crate::dialog::turn::{Heard, Turn};
use crate::event::casework::CaseAct;
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
        What::Edited { text, .. } | What::SetAside { text, .. } => (Some(text.clone()), true),
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

/// A line that stands beside the talk.
pub struct Beside {
    pub kind: &'static str,
    pub author: String,
    pub text: Option<String>,
    pub detail: BTreeMap<String, String>,
    /// Parts the lines of one event; empty for the act itself.
    pub place: &'static str,
}

impl Beside {
    fn new(kind: &'static str, author: &str) -> Beside {
        Beside {
            kind,
            author: author.to_owned(),
            text: None,
            detail: BTreeMap::new(),
            place: "",
        }
    }

    pub fn claimed(by: &str) -> Beside {
        Beside {
            place: ":claimed",
            ..Beside::new("claimed", by)
        }
    }

    /// Somebody asks for a human, or something of ours does.
    pub fn waiting(reason: &str) -> Beside {
        Beside {
            place: ":waiting",
            ..Beside::new("waiting", "").with("reason", reason)
        }
    }

    /// Nobody came in time.
    pub fn late() -> Beside {
        Beside {
            place: ":late",
            ..Beside::new("late", "")
        }
    }

    fn with(mut self, name: &str, value: &str) -> Beside {
        self.detail.insert(name.to_owned(), value.to_owned());
        self
    }

    fn saying(self, text: &str) -> Beside {
        Beside {
            text: Some(text.to_owned()),
            ..self
        }
    }
}

/// The line that an act leaves beside the talk, where it is not seen in the talk itself.
pub fn note_of(act: &StaffAct) -> Option<Beside> {
    let by = act.by();
    Some(match act {
        // A claim is noted where it changes who speaks; a reply, a label and a priority show themselves.
        StaffAct::Claimed { .. }
        | StaffAct::Replied { .. }
        | StaffAct::Labelled { .. }
        | StaffAct::Prioritised { .. }
        | StaffAct::Seen { .. } => return None,
        StaffAct::Returned { .. } => Beside::new("returned", by),
        StaffAct::Closed { .. } => Beside::new("closed", by),
        StaffAct::Transferred { to, why, .. } => {
            let note = Beside::new("transferred", by).saying(why);
            match to {
                Some(to) => note.with("to", to),
                None => note,
            }
        }
        StaffAct::Assigned { to, .. } => Beside::new("assigned", by).with("to", to),
        StaffAct::Noted { text, .. } => Beside::new("noted", by).saying(text),
        StaffAct::Snoozed { until, .. } => {
            let until = until.unwrap_or(0).to_string();
            Beside::new("snoozed", by).with("until", &until)
        }
        StaffAct::Moved { reference, to, .. } => Beside::new("moved", by)
            .with("reference", reference)
            .with("to", to),
        StaffAct::Postponed {
            reference,
            answer_by,
            ..
        } => Beside::new("postponed", by)
            .with("reference", reference)
            .with("answer_by", &answer_by.to_string()),
        StaffAct::Case { reference, act, .. } => {
            Beside::new(act.word(), by).with("reference", reference)
        }
    })
}

/// Notes of a turn that are kept, and the characters of each: the longest walk through a form has a dozen.
const NOTES_MAX: usize = 16;
const NOTE_CHARS_MAX: usize = 80;

/// Why a turn did what it did, as pairs of rule and detail; never a person's words.
pub fn trace_of(turn: &Turn) -> Option<String> {
    let cut = |text: &str| text.chars().take(NOTE_CHARS_MAX).collect::<String>();
    let notes = turn.trace.iter().take(NOTES_MAX);
    let pairs: Vec<(String, String)> = notes
        .map(|note| (cut(&note.rule), cut(&note.detail)))
        .collect();
    json(pairs).filter(|_| !turn.trace.is_empty())
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
        StaffAct::Case { reference, act, .. } => of_case_act(reference, act),
    }
}

/// Which item, over which revision and against what; reasons and words apart, as a value that is erased.
fn of_case_act(reference: &str, act: &CaseAct) -> (String, Option<String>) {
    let mut detail = serde_json::json!({"reference": reference});
    let more = match act {
        CaseAct::Matched(one) => serde_json::json!({
            "item": one.item, "over": one.over, "against": one.against,
            "valid_then": one.valid_then, "valid_now": one.valid_now,
        }),
        CaseAct::SentBack(all) => {
            let items: Vec<_> = all.iter().map(|one| (&one.item, &one.reason)).collect();
            serde_json::json!({"items": items})
        }
        CaseAct::SignedOff => serde_json::json!({}),
        CaseAct::Registered {
            file_number,
            checks,
        } => serde_json::json!({"file_number": file_number, "checks": checks}),
        CaseAct::Decided(decision) => serde_json::json!({
            "from": decision.from, "to": decision.to, "early": decision.early.is_some(),
        }),
    };
    if let (Some(fields), Some(more)) = (detail.as_object_mut(), more.as_object()) {
        fields.extend(more.clone());
    }
    let words = match act {
        CaseAct::SentBack(all) => {
            let words: Vec<_> = all.iter().filter_map(|one| one.words.as_ref()).collect();
            json(&words).filter(|_| !words.is_empty())
        }
        CaseAct::Decided(decision) => json(decision),
        CaseAct::Matched(_) | CaseAct::SignedOff | CaseAct::Registered { .. } => None,
    };
    (detail.to_string(), words)
}
