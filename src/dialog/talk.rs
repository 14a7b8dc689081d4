//! One turn while it is being made: where the talk stands, what has been said so far, what the house must
//! do. It only collects and fills texts; which of them are said is decided by its callers.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};

use super::fill::Context;
use super::model::{Dialog, Dialogs, Text};
use super::state::{Frame, State};
use super::turn::{Ask, Effect, Heard, Note, Turn};
use super::value::{Given, Value};
use crate::event::{Event, Millis};
use crate::reply::{Choice, Choices, Class, Proactive, Reply, Show, Wants};
use crate::text::lang::Lang;

mod context;

pub(super) use context::{CASE_NOTE, CaseFacts};

/// Milliseconds of a day.
pub(super) const DAY: Millis = 24 * 60 * 60 * 1_000;

/// A turn in the making.
pub(super) struct Talk<'a> {
    pub dialogs: &'a Dialogs,
    pub event: &'a Event,
    pub state: State,
    draft: Draft,
    replies: Vec<Reply>,
    pub effects: Vec<Effect>,
    pub asks: Vec<Ask>,
    pub heard: Heard,
    trace: Vec<Note>,
    /// They greeted with the salam in this message.
    pub greeted: bool,
    /// What they wrote was meant for something that is over: it is not held against them.
    pub excused: bool,
    /// Steps entered in this turn, against [`super::exit::STEPS_PER_TURN_MAX`].
    pub walked: usize,
    /// The first option that is shown where not all fit at once.
    pub from: usize,
}

/// The one reply that a turn folds its texts into.
#[derive(Default)]
struct Draft {
    texts: Vec<String>,
    choices: Option<Choices>,
    wants: Option<Wants>,
    shows: Vec<Show>,
    asks: Option<String>,
    sensitive: bool,
}

/// A question as it goes into the reply.
pub(super) struct Asked {
    pub choices: Vec<Choice>,
    pub several: bool,
    pub controls: Vec<Choice>,
    pub wants: Option<Wants>,
    pub sensitive: bool,
}

impl<'a> Talk<'a> {
    pub fn new(dialogs: &'a Dialogs, state: State, event: &'a Event) -> Talk<'a> {
        Talk {
            dialogs,
            event,
            state,
            draft: Draft::default(),
            replies: Vec::new(),
            effects: Vec::new(),
            asks: Vec::new(),
            heard: Heard::default(),
            trace: Vec::new(),
            greeted: false,
            excused: false,
            walked: 0,
            from: 0,
        }
    }

    /// The turn as it stands; what was said becomes one reply.
    pub fn finish(mut self) -> Turn {
        self.fold();
        Turn {
            state: self.state,
            replies: self.replies,
            effects: self.effects,
            asks: self.asks,
            heard: self.heard,
            trace: self.trace,
        }
    }

    /// What was said so far becomes a reply; what follows stands in another.
    pub fn fold(&mut self) {
        let draft = std::mem::take(&mut self.draft);
        if draft.texts.is_empty() && draft.shows.is_empty() {
            return;
        }
        self.replies.push(Reply {
            class: Class::Dialog,
            language: self.state.language,
            texts: draft.texts,
            choices: draft.choices,
            wants: draft.wants,
            shows: draft.shows,
            asks: draft.asks,
            sensitive: draft.sensitive,
            proactive: None,
        });
    }

    /// A line for `/why` and for staff; never a person's words.
    pub fn note(&mut self, rule: &str, detail: impl Into<String>) {
        self.trace.push(Note {
            rule: rule.to_owned(),
            detail: detail.into(),
        });
    }

    pub fn now(&self) -> Millis {
        self.event.received_at
    }

    pub fn moment(&self) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(self.now()).unwrap_or_default()
    }

    pub fn today(&self) -> NaiveDate {
        self.dialogs.charity.calendar.local_day(self.moment())
    }

    pub fn lang(&self) -> Lang {
        self.state.language
    }

    // Where the talk stands.

    pub fn frame(&self) -> Option<&Frame> {
        self.state.stack.last()
    }

    pub fn frame_mut(&mut self) -> Option<&mut Frame> {
        self.state.stack.last_mut()
    }

    /// The open dialog and the place of the step in it that waits.
    pub fn here(&self) -> Option<(Arc<Dialog>, usize)> {
        let frame = self.frame()?;
        let dialog = self.dialogs.dialogs.get(&frame.dialog)?;
        let (index, _) = dialog.step(&frame.step)?;
        Some((Arc::clone(dialog), index))
    }

    pub fn dialog_of(&self, frame: &Frame) -> Option<&Arc<Dialog>> {
        self.dialogs.dialogs.get(&frame.dialog)
    }

    /// Where in the stack a form is open, the innermost one.
    pub fn form(&self) -> Option<usize> {
        let is_form = |frame: &Frame| self.dialog_of(frame).is_some_and(|dialog| dialog.form);
        self.state.stack.iter().rposition(is_form)
    }

    pub fn in_form(&self) -> bool {
        self.frame()
            .and_then(|frame| self.dialog_of(frame))
            .is_some_and(|dialog| dialog.form)
    }

    // Saying.

    /// Says a text of the dialogs.
    pub fn say(&mut self, text: &Text) {
        let context = self.context_for(text);
        self.say_with(text, &context);
    }

    pub fn say_with(&mut self, text: &Text, context: &Context) {
        let filled = self.fill(text, context);
        self.say_plain(filled);
        if let Some(path) = &text.audio {
            self.draft.shows.push(Show::Audio { path: path.clone() });
        }
    }

    /// Says a sentence that is filled already.
    pub fn say_plain(&mut self, filled: String) {
        // Cards stand below the words that they belong to, not below the next question.
        let has_cards = |draft: &Draft| {
            let mut shows = draft.shows.iter();
            shows.any(|show| !matches!(show, Show::Audio { .. }))
        };
        if !filled.is_empty() && has_cards(&self.draft) {
            self.fold();
        }
        let said = self.draft.texts.last() == Some(&filled);
        if !filled.is_empty() && !said {
            self.draft.texts.push(filled);
        }
    }

    /// Says a phrase of the house.
    pub fn phrase(&mut self, name: &str) {
        self.phrase_with(name, |_| ());
    }

    /// Says a phrase with variables of its own.
    pub fn phrase_with(&mut self, name: &str, add: impl FnOnce(&mut Context)) {
        let filled = self.phrase_text(name, add);
        self.say_plain(filled);
    }

    /// A phrase as a text, such as the title of a button. Empty when there is none of that name, which
    /// the check at load excludes.
    pub fn phrase_text(&mut self, name: &str, add: impl FnOnce(&mut Context)) -> String {
        let Some(text) = self.dialogs.phrases.get(name) else {
            self.note("fault", format!("no phrase {name}"));
            return String::new();
        };
        let mut context = self.context_for(text);
        add(&mut context);
        self.fill(text, &context)
    }

    /// A text in the person's language, filled. One that cannot be filled is left out and noted: the
    /// check at load proved every text, so only fuel can end here.
    pub fn fill(&mut self, text: &Text, context: &Context) -> String {
        match self.dialogs.fill.fill(text, self.lang(), context) {
            Ok(filled) => filled,
            Err(problem) => {
                self.note("fault", format!("text {}: {problem}", text.id));
                String::new()
            }
        }
    }

    /// The title of a button.
    pub fn title(&mut self, name: &str) -> String {
        self.phrase_text(&format!("button.{name}"), |_| ())
    }

    pub fn show(&mut self, show: Show) {
        self.draft.shows.push(show);
    }

    /// Puts the choices and hints of the waiting step below what is said.
    pub fn put(&mut self, asked: Asked) {
        let mark = self
            .frame()
            .map(|frame| format!("{}:{}", frame.instance, frame.step));
        self.draft.asks = mark;
        self.draft.wants = asked.wants;
        self.draft.sensitive |= asked.sensitive;
        self.draft.choices = self.choices(asked.choices, asked.controls, asked.several);
    }

    /// Puts buttons below what is said that belong to no step.
    pub fn put_controls(&mut self, options: Vec<Choice>, controls: Vec<Choice>) {
        self.draft.asks = None;
        self.draft.wants = None;
        self.draft.choices = self.choices(options, controls, false);
    }

    fn choices(
        &mut self,
        options: Vec<Choice>,
        controls: Vec<Choice>,
        several: bool,
    ) -> Option<Choices> {
        let is_empty = options.is_empty() && controls.is_empty();
        (!is_empty).then(|| Choices {
            several,
            options,
            controls,
            from: self.from,
            more: self.title("more"),
            open: self.title("options"),
        })
    }

    /// Adds a small control below whatever is asked.
    pub fn add_control(&mut self, control: Choice) {
        match &mut self.draft.choices {
            Some(choices) => {
                let mut controls = choices.controls.iter();
                if controls.all(|known| known.data != control.data) {
                    choices.controls.push(control);
                }
            }
            None => self.draft.choices = self.choices(Vec::new(), vec![control], false),
        }
    }

    pub fn sensitive(&mut self) {
        self.draft.sensitive = true;
    }

    pub fn has_said(&self) -> bool {
        !self.draft.texts.is_empty() || !self.draft.shows.is_empty()
    }

    pub fn has_choices(&self) -> bool {
        self.draft.choices.is_some()
    }

    /// A button of the waiting step.
    pub fn choice(&self, option: &str, title: String, note: Option<String>) -> Choice {
        let (instance, step) = match self.frame() {
            Some(frame) => (frame.instance.as_str(), frame.step.as_str()),
            None => ("", ""),
        };
        Choice {
            data: data(instance, step, option),
            title,
            note,
        }
    }

    /// A control that belongs to no step.
    pub fn control(&mut self, word: &str) -> Choice {
        Choice {
            data: format!("!{word}"),
            title: self.title(word),
            note: None,
        }
    }

    /// A message that we start: it stands alone, beside whatever is said.
    pub fn start(&mut self, text: String, proactive: Proactive) {
        if text.is_empty() {
            return;
        }
        self.replies.push(Reply {
            class: Class::Notice,
            language: self.state.language,
            texts: vec![text],
            choices: None,
            wants: None,
            shows: Vec::new(),
            asks: None,
            sensitive: false,
            proactive: Some(proactive),
        });
    }

    /// A button below the message that was just started.
    pub fn offer_below(&mut self, choice: Choice) {
        let choices = self.choices(vec![choice], Vec::new(), false);
        if let Some(reply) = self.replies.last_mut() {
            reply.choices = choices;
        }
    }

    /// A value with where it came from.
    pub fn given(&self, value: Value) -> Given {
        Given {
            value,
            flags: Vec::new(),
            at: self.now(),
            channel: self.event.key.channel.clone(),
            message_id: self.event.message_id.clone(),
            version: self.dialogs.version.clone(),
        }
    }
}

/// `instance:step:option`. Names have at most 24 characters and instances six, so the whole fits
/// [`crate::reply::DATA_BYTES_MAX`]; options made here (a reference, an instance) are shorter than names.
pub(super) fn data(instance: &str, step: &str, option: &str) -> String {
    format!("{instance}:{step}:{option}")
}
