//! Messages that we start, as the platform must approve them: handed in from the dialogs' own texts, and what it
//! said of each. <https://developers.facebook.com/docs/whatsapp/business-management-api/message-templates>

use serde_json::{Value, json};

use super::WhatsApp;
use super::json::text;
use super::look::{ask, rows, understood};
use crate::channel::{Approvals, Seen};

/// A template in one language, its parameters named in the text as `{{ name }}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    pub name: String,
    /// `utility` or `marketing`.
    pub category: String,
    /// "ar" or "en".
    pub language: String,
    pub text: String,
    pub parameters: Vec<String>,
}

/// Templates in one answer; an account has 250 at first.
const ROWS_MAX: usize = 250;

/// As the platform takes it: parameters are numbered, and each has an example.
pub fn body(template: &Template) -> Value {
    let mut words = template.text.clone();
    for (at, name) in template.parameters.iter().enumerate() {
        let number = format!("{{{{{}}}}}", at + 1);
        for named in [format!("{{{{ {name} }}}}"), format!("{{{{{name}}}}}")] {
            words = words.replace(&named, &number);
        }
    }
    let mut component = json!({"type": "BODY", "text": words});
    if !template.parameters.is_empty() {
        let examples: Vec<&str> = template.parameters.iter().map(|one| example(one)).collect();
        component["example"] = json!({"body_text": [examples]});
    }
    json!({
        "name": template.name,
        "category": template.category.to_uppercase(),
        "language": template.language,
        "components": [component],
    })
}

/// What the reviewer sees in the place of a parameter.
fn example(name: &str) -> &str {
    match name {
        "reference" => "WSL-1234-5678",
        "days" => "7",
        "date" => "2026-01-15",
        other => other,
    }
}

/// What the platform says of every template of the account.
///
/// # Errors
/// What is in the way, and the remedy.
pub async fn states(us: &WhatsApp) -> Result<Approvals, Seen> {
    let Some(business) = &us.business else {
        return Err(Seen::bad(
            "templates belong to the account: set WASL_WHATSAPP_BUSINESS_ID",
        ));
    };
    let address = format!(
        "{}/{business}/message_templates?fields=name,language,status,category&limit={ROWS_MAX}",
        us.api
    );
    let answer = ask(us, &address).await.map_err(|(_, bad)| bad)?;
    let state = |row: &Value| {
        let name = text(row, "name")?.to_owned();
        let language = text(row, "language")?.to_owned();
        Some(((name, language), text(row, "status")?.to_owned()))
    };
    Ok(rows(&answer).iter().filter_map(state).collect())
}

/// The states, one line each.
pub fn told(states: &Approvals) -> Vec<Seen> {
    let line = |((name, language), state): (&(String, String), &String)| {
        let told = format!("template {name} ({language}): {state}");
        match state.as_str() {
            "APPROVED" | "PENDING" | "IN_APPEAL" => Seen::good(told),
            _ => Seen::bad(told),
        }
    };
    states.iter().map(line).collect()
}

impl WhatsApp {
    /// Hands in what the platform does not have yet; tells of each what it said.
    pub async fn submit(&self, templates: &[Template]) -> Vec<Seen> {
        let states = match states(self).await {
            Ok(states) => states,
            Err(bad) => return vec![bad],
        };
        let mut seen = Vec::new();
        for template in templates {
            let key = (template.name.clone(), template.language.clone());
            seen.push(match states.get(&key) {
                Some(state) => Seen::good(format!(
                    "template {} ({}): {state}; change an approved text on Meta's page",
                    template.name, template.language
                )),
                None => self.hand_in(template).await,
            });
        }
        seen
    }

    async fn hand_in(&self, template: &Template) -> Seen {
        let business = self.business.as_deref().unwrap_or_default();
        let address = format!("{}/{business}/message_templates", self.api);
        let about = format!("template {} ({})", template.name, template.language);
        match understood(self.post(&address, &body(template)).await) {
            Ok(answer) => Seen::good(format!(
                "{about}: handed in, {}",
                text(&answer, "status").unwrap_or("PENDING")
            )),
            Err((_, bad)) => Seen::bad(format!("{about}: {}", bad.told)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_numbered_in_their_order() {
        let template = Template {
            name: "form_last_reminder".into(),
            category: "utility".into(),
            language: "ar".into(),
            text: "السلام عليكم، «{{ form }}» محفوظ {{days}} يومًا.".into(),
            parameters: vec!["form".into(), "days".into()],
        };
        assert_eq!(
            body(&template),
            json!({
                "name": "form_last_reminder", "category": "UTILITY", "language": "ar",
                "components": [{
                    "type": "BODY",
                    "text": "السلام عليكم، «{{1}}» محفوظ {{2}} يومًا.",
                    "example": {"body_text": [["form", "7"]]},
                }],
            })
        );
    }
}
