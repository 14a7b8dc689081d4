//! A condition in words: fields by their labels, options by their titles.

use crate::dialog::check::question;
use crate::dialog::load::Loaded;
use crate::dialog::model::{Condition, Dialog, Kind, Options, ReaderName};
use crate::dialog::printed::{filled, one_of, words};
use crate::dialog::value::Flag;
use crate::text::lang::Lang;
use crate::text::place::REGIONS;

use super::plain::{one_line, plain, shortened};

/// Conditions inside each other that are told; deeper ones are shown as a gap.
const DEPTH_MAX: usize = 4;
/// Characters of a field's name in a condition: a label, or the beginning of a question.
const FIELD_CHARS_MAX: usize = 40;

/// Where names in a condition get their words.
#[derive(Clone, Copy)]
pub struct Scope<'a> {
    pub loaded: &'a Loaded,
    pub dialog: &'a Dialog,
    /// The step that carries the condition.
    pub own: &'a str,
    pub lang: Lang,
}

impl Scope<'_> {
    /// «إذا: …», as a step carries it.
    pub fn step(self, condition: &Condition) -> String {
        let (name, inner) = match condition {
            // «لم يُذكر …» says it better than «إلا إذا».
            Condition::Not(inner)
                if !matches!(
                    **inner,
                    Condition::Known { .. } | Condition::Capability { .. }
                ) =>
            {
                ("when.unless", &**inner)
            }
            other => ("when.if", other),
        };
        filled(name, self.lang, &[("what", &self.told(inner, 0))])
    }

    /// The condition by itself, as a branch carries it.
    pub fn case(self, condition: &Condition) -> String {
        self.told(condition, 0)
    }

    fn told(self, condition: &Condition, depth: usize) -> String {
        if depth > DEPTH_MAX {
            return "…".to_owned();
        }
        match condition {
            Condition::Is { field, value, .. } => self.is(field, &self.value(field, value)),
            Condition::In { field, values, .. } => {
                let values: Vec<String> = values.iter().map(|one| self.value(field, one)).collect();
                self.is(field, &values.join(words("when.or", self.lang)))
            }
            Condition::Over { field, number, .. } => self.measured("when.over", field, *number),
            Condition::Under { field, number, .. } => self.measured("when.under", field, *number),
            Condition::Known { field, known, .. } => self.known(field, *known),
            Condition::Flagged { field, flag, .. } => self.is(field, &self.flag(*flag)),
            Condition::Asks { name, .. } if name == self.own => {
                words("when.asked", self.lang).to_owned()
            }
            Condition::Asks { name, .. } => {
                let field = self.field(name);
                filled("when.asks", self.lang, &[("field", &field)])
            }
            Condition::Capability { name, .. } => self.capability("when.capability", name),
            Condition::Fact { name, .. } => one_of("fact", name, self.lang),
            Condition::All(all) => self.several(all, "when.and", depth),
            Condition::Any(any) => self.several(any, "when.or", depth),
            Condition::Not(inner) => self.not(inner, depth),
        }
    }

    fn is(self, field: &str, value: &str) -> String {
        let field = self.field(field);
        filled("when.is", self.lang, &[("field", &field), ("value", value)])
    }

    fn known(self, field: &str, known: bool) -> String {
        let name = if known { "when.known" } else { "when.unknown" };
        let field = self.field(field);
        filled(name, self.lang, &[("field", &field)])
    }

    fn capability(self, name: &'static str, capability: &str) -> String {
        let value = one_of("capability", capability, self.lang);
        filled(name, self.lang, &[("value", &value)])
    }

    fn measured(self, name: &'static str, field: &str, number: i64) -> String {
        let number = number.to_string();
        let value = match self.reads(field) {
            Some(ReaderName::BirthDate | ReaderName::ExpiryDate | ReaderName::Date) => {
                filled("when.years", self.lang, &[("value", &number)])
            }
            _ => number,
        };
        let field = self.field(field);
        filled(name, self.lang, &[("field", &field), ("value", &value)])
    }

    fn several(self, parts: &[Condition], joint: &'static str, depth: usize) -> String {
        let inner = |part: &Condition| {
            let told = self.told(part, depth + 1);
            // «أ أو ب، وج» could be read two ways.
            match part {
                Condition::All(_) | Condition::Any(_) if parts.len() > 1 => format!("({told})"),
                _ => told,
            }
        };
        let parts: Vec<String> = parts.iter().map(inner).collect();
        parts.join(words(joint, self.lang))
    }

    fn not(self, inner: &Condition, depth: usize) -> String {
        match inner {
            Condition::Known { field, known, .. } => self.known(field, !known),
            Condition::Capability { name, .. } => self.capability("when.capability_off", name),
            other => {
                let what = self.told(other, depth + 1);
                filled("when.not", self.lang, &[("what", &what)])
            }
        }
    }

    /// The label of a field, or its question; of a consent its purpose; else its name.
    fn field(self, name: &str) -> String {
        let Some((_, step)) = self.dialog.step(name) else {
            return name.to_owned();
        };
        if let Kind::Consent(consent) = &step.kind
            && let Some(purpose) = self.loaded.processing.purposes.get(&consent.purpose)
        {
            return one_line(purpose.title.source(self.lang));
        }
        let Some(question) = question(step) else {
            return name.to_owned();
        };
        let label = question.label.as_ref().unwrap_or(&question.text);
        shortened(&plain(label.source(self.lang)), FIELD_CHARS_MAX)
    }

    fn reads(self, field: &str) -> Option<ReaderName> {
        match &self.dialog.step(field)?.1.kind {
            Kind::Ask(ask) => Some(ask.read),
            _ => None,
        }
    }

    /// A value as the person sees it.
    fn value(self, field: &str, value: &str) -> String {
        let step = self.dialog.step(field).map(|(_, step)| step);
        let title = match step.map(|step| &step.kind) {
            Some(Kind::Choose(choose)) => match &choose.options {
                Options::Listed(options) => {
                    let option = options.iter().find(|option| option.name == value);
                    option.map(|option| plain(option.text.source(self.lang)))
                }
                Options::Services => {
                    let mut services = self.loaded.services.iter();
                    let service = services.find(|service| service.name == value);
                    service.map(|service| plain(service.title.source(self.lang)))
                }
                Options::Regions => self.region(value),
                Options::Needs => {
                    let mut needs = self.loaded.agencies.served(&self.loaded.services);
                    let need = needs.find(|(name, _)| *name == value);
                    need.map(|(_, title)| plain(title.source(self.lang)))
                }
                Options::Documents => {
                    let mut documents = self.loaded.documents.iter();
                    let document = documents.find(|document| document.name == value);
                    document.map(|document| plain(document.title.source(self.lang)))
                }
                // Which of their own a person picks is known or not, and nothing else is asked of it.
                Options::Cases | Options::Contestable | Options::Withdrawable | Options::Paused => {
                    None
                }
            },
            Some(Kind::Locate(_)) => self.region(value),
            Some(Kind::Ask(_) | Kind::Consent(_)) => match value {
                "true" | "yes" => Some(words("when.yes", self.lang).to_owned()),
                "false" | "no" => Some(words("when.no", self.lang).to_owned()),
                _ => None,
            },
            _ => None,
        };
        title.unwrap_or_else(|| value.to_owned())
    }

    fn region(self, code: &str) -> Option<String> {
        let region = REGIONS.iter().find(|region| region.code == code)?;
        let name = match self.lang {
            Lang::Ar => region.ar,
            Lang::En => region.en,
        };
        Some(name.to_owned())
    }

    fn flag(self, flag: Flag) -> String {
        let word = serde_json::to_value(flag).ok();
        let word = word.as_ref().and_then(|word| word.as_str());
        one_of("flag", word.unwrap_or_default(), self.lang)
    }
}
