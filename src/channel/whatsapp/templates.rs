//! Messages that we start, as the platform must approve them: handed in from the dialogs' own texts, and what it
//! said of each. <https://developers.facebook.com/docs/whatsapp/business-management-api/message-templates>

use serde_json::{Value, json};

use super::WhatsApp;
use super::json::{path, text};
use super::look::{ask, rows, understood};
use crate::channel::{Approval, Seen, Template};

/// Templates in one answer; an account has 250 at first.
const ROWS_MAX: usize = 250;

/// Answers that are read; an account that has grown has 6,000.
const PAGES_MAX: usize = 24;

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
pub async fn approvals(us: &WhatsApp) -> Result<Vec<Approval>, Seen> {
    let Some(business) = &us.business else {
        return Err(Seen::bad(
            "templates belong to the account: set WASL_WHATSAPP_BUSINESS_ID",
        ));
    };
    let mut address = format!(
        "{}/{business}/message_templates?fields=name,language,status,category&limit={ROWS_MAX}",
        us.api
    );
    let mut all = Vec::new();
    for _ in 0..PAGES_MAX {
        let answer = ask(us, &address).await.map_err(|(_, bad)| bad)?;
        all.extend(rows(&answer).iter().filter_map(approval));
        // Never to another host: the token goes along.
        match text(path(&answer, &["paging"]), "next") {
            Some(next) if next.starts_with(&us.api) => address = next.to_owned(),
            _ => break,
        }
    }
    Ok(all)
}

fn approval(row: &Value) -> Option<Approval> {
    let word = |name: &str| text(row, name).unwrap_or_default();
    Some(Approval {
        name: text(row, "name")?.to_owned(),
        language: text(row, "language")?.to_owned(),
        state: text(row, "status")?.to_owned(),
        category: word("category").to_lowercase(),
        good: word("status") == "APPROVED",
    })
}

/// The states, one line each.
pub fn told(approvals: &[Approval]) -> Vec<Seen> {
    let line = |one: &Approval| {
        let told = format!("template {} ({}): {}", one.name, one.language, one.state);
        match one.state.as_str() {
            "APPROVED" | "PENDING" | "IN_APPEAL" => Seen::good(told),
            _ => Seen::bad(told),
        }
    };
    approvals.iter().map(line).collect()
}

impl WhatsApp {
    /// Hands in what the platform does not have yet; tells of each what it said.
    pub async fn submit(&self, templates: &[Template]) -> Vec<Seen> {
        let approvals = match approvals(self).await {
            Ok(approvals) => approvals,
            Err(bad) => return vec![bad],
        };
        let mut seen = Vec::new();
        for template in templates {
            let is_it = |one: &&Approval| {
                (&one.name, &one.language) == (&template.name, &template.language)
            };
            seen.push(match approvals.iter().find(is_it) {
                Some(known) => Seen::good(format!(
                    "template {} ({}): {}; change an approved text on Meta's page",
                    template.name, template.language, known.state
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
