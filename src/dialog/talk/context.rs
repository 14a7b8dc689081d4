//! What texts may name: the variables of the house, the answers of the open dialog, the facts of a case.
//! Only values are gathered here; which text is said is decided elsewhere.

use serde::{Deserialize, Serialize};

use super::Talk;
use crate::dialog::cond;
use crate::dialog::fill::{Context, VARIABLES};
use crate::dialog::kind::options;
use crate::dialog::model::{Dialog, Dialogs, Kind, Options, Service, Step, Text};
use crate::dialog::shown;
use crate::dialog::state::Frame;
use crate::dialog::value::{Given, Value};
use crate::event::{KnownCase, Millis};
use crate::text::lang::Lang;

/// What is known of the case that a dialog handed in or looked up; kept in the frame's notes.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(in crate::dialog) struct CaseFacts {
    pub reference: String,
    #[serde(default)]
    pub kind: String,
    pub state: Option<String>,
    pub service: Option<String>,
    pub opened_at: Option<Millis>,
    pub missing: Vec<String>,
    pub answer_from: Option<Millis>,
    pub answer_by: Option<Millis>,
    #[serde(default)]
    pub told: Option<String>,
}

/// Name of the frame's note that holds [`CaseFacts`].
pub(in crate::dialog) const CASE_NOTE: &str = "case";

impl From<&KnownCase> for CaseFacts {
    fn from(case: &KnownCase) -> CaseFacts {
        CaseFacts {
            reference: case.reference.clone(),
            kind: case.kind.clone(),
            state: Some(case.state.clone()),
            service: Some(case.service.clone()),
            opened_at: Some(case.opened_at),
            missing: case.missing.clone(),
            answer_from: case.answer_from,
            answer_by: case.answer_by,
            told: case.told.clone(),
        }
    }
}

impl<'a> Talk<'a> {
    /// Everything that a text may name here: the variables of the house and the fields of the open
    /// dialog. What is costly to make is made only for a text that names it.
    pub fn context_for(&self, text: &Text) -> Context {
        let mut context = Context::default();
        let source = text.source(self.lang());
        if !source.contains('{') {
            return context;
        }
        self.add_house(source, &mut context);
        if let Some(frame) = self.frame() {
            self.add_fields(source, frame, &mut context);
        }
        if let Some(case) = self.case() {
            self.add_case(&case, &mut context);
        }
        for (name, _) in VARIABLES {
            context.unknown(name);
        }
        context
    }

    fn add_house(&self, source: &str, context: &mut Context) {
        let calendar = &self.dialogs.charity.calendar;
        let now = self.moment();
        context.number("now", self.now());
        context.flag("greeted", self.greeted);
        if source.contains("open") {
            context.flag("open_now", calendar.is_open(now));
            if let Some(open) = calendar.next_open(now) {
                context.number("next_open", open.timestamp_millis());
            }
        }
        if source.contains("hours") {
            let today = calendar.local_day(now);
            context.text("hours", &shown::hours(calendar, today, self.lang()));
        }
        let periods = &self.dialogs.charity.periods;
        context.number("objection_days", i64::from(periods.objection_days));
        if source.contains("services") {
            context.text("services", &self.services());
        }
        if source.contains("help_lines") {
            context.text("help_lines", &self.help_lines());
        }
    }

    /// Titles of the services that can be asked for, also those that are closed and say why.
    fn services(&self) -> String {
        let lang = self.lang();
        let shown = self.dialogs.services.iter().filter(options::is_shown);
        let titles: Vec<&str> = shown.map(|one| one.title.source(lang)).collect();
        titles.join(match lang {
            Lang::Ar => "، ",
            Lang::En => ", ",
        })
    }

    fn help_lines(&self) -> String {
        let lang = self.lang();
        let lines = self.dialogs.charity.help_lines.iter();
        let lines: Vec<String> = lines
            .map(|line| match lang {
                Lang::Ar => shown::help_line(&line.number, &line.ar),
                Lang::En => shown::help_line(&line.number, &line.en),
            })
            .collect();
        lines.join("\n")
    }

    fn add_fields(&self, source: &str, frame: &Frame, context: &mut Context) {
        let Some(dialog) = self.dialog_of(frame) else {
            return;
        };
        context.text("form", dialog.title.source(self.lang()));
        let named = dialog
            .steps
            .iter()
            .filter(|step| source.contains(&step.name));
        for step in named.filter(|step| step.kind.answers()) {
            match frame.answers.get(&step.name) {
                Some(given) if cond::is_known(&given.value) => {
                    context.text(&step.name, &self.shown(dialog, step, given));
                }
                Some(_) | None => context.unknown(&step.name),
            }
        }
        if let Some(service) = self.service(frame) {
            context.text("service", service.title.source(self.lang()));
            context.text("service_text", service.text.source(self.lang()));
        }
        if source.contains("answers") {
            context.text("answers", &shown::answers(self, dialog, frame));
        }
    }

    /// An answer as the person reads it: masked when its step is sensitive.
    pub fn shown(&self, dialog: &Dialog, step: &Step, given: &Given) -> String {
        shown::answer(self, dialog, step, &given.value)
    }

    fn add_case(&self, case: &CaseFacts, context: &mut Context) {
        context.text("reference", &case.reference);
        let labels: Vec<String> = case
            .missing
            .iter()
            .map(|slot| self.label_of(slot))
            .collect();
        let state = case
            .state
            .as_deref()
            .and_then(|name| self.dialogs.cases.states.get(name));
        // Once it is answered, or at an end, no date is promised and nothing is awaited.
        let over = state.is_some_and(|state| state.decided || state.moves.is_empty());
        if !labels.is_empty() && !over {
            context.list("missing", &labels);
        }
        if let Some(state) = state {
            context.text("state", state.title.source(self.lang()));
            context.text("state_text", state.text.source(self.lang()));
        }
        if let Some(told) = &case.told {
            context.text("told", told);
        }
        if let Some(kind) = self.dialogs.cases.kinds.get(&case.kind) {
            context.text("kind", kind.title.source(self.lang()));
        }
        let service = case
            .service
            .as_deref()
            .and_then(|name| self.service_named(name));
        if let Some(service) = service {
            context.text("service", service.title.source(self.lang()));
        }
        for (name, at) in [
            ("opened_at", case.opened_at),
            ("answer_from", case.answer_from.filter(|_| !over)),
            ("answer_by", case.answer_by.filter(|_| !over)),
        ] {
            if let Some(at) = at {
                context.number(name, at);
            }
        }
    }

    /// A phrase about one case, with its facts.
    pub fn phrase_of_case(&mut self, name: &str, case: &CaseFacts, label: Option<&str>) {
        let mut facts = Context::default();
        self.add_case(case, &mut facts);
        let label = label.map(str::to_owned);
        self.phrase_with(name, |context| {
            context.take(facts);
            if let Some(label) = &label {
                context.text("label", label);
            }
        });
    }

    /// The case that this dialog handed in or looked up.
    pub fn case(&self) -> Option<CaseFacts> {
        let note = self.frame()?.notes.get(CASE_NOTE)?;
        serde_json::from_str(note).ok()
    }

    /// How a slot or field is called, whichever form asks for it.
    pub fn label_of(&self, slot: &str) -> String {
        let steps = self.dialogs.dialogs.values().filter(|dialog| dialog.form);
        let mut steps = steps.filter_map(|dialog| dialog.step(slot));
        steps
            .find_map(|(_, step)| step.kind.question()?.label.as_ref())
            .map_or_else(
                || slot.to_owned(),
                |label| label.source(self.lang()).to_owned(),
            )
    }

    /// How the answer of a step is called; its own name when the file gives no label.
    pub fn label(&self, step: &Step) -> String {
        let label = step
            .kind
            .question()
            .and_then(|question| question.label.as_ref());
        label.map_or_else(
            || step.name.clone(),
            |label| label.source(self.lang()).to_owned(),
        )
    }

    /// The service that was chosen in a frame.
    pub fn service(&self, frame: &Frame) -> Option<&'a Service> {
        let dialog = self.dialogs.dialogs.get(&frame.dialog)?;
        let is_service = |step: &&Step| match &step.kind {
            Kind::Choose(choose) => matches!(choose.options, Options::Services),
            _ => false,
        };
        let step = dialog.steps.iter().find(is_service)?;
        match &frame.answers.get(&step.name)?.value {
            Value::Option(name) => self.service_named(name),
            _ => None,
        }
    }

    pub fn service_named(&self, name: &str) -> Option<&'a Service> {
        let dialogs: &'a Dialogs = self.dialogs;
        dialogs.services.iter().find(|service| service.name == name)
    }
}
