//! The clock of a channel on which one may write freely only for so long after the person wrote; and what may be sent
//! when it has run out: templates that were approved.

use super::reply::language;
use crate::console::platform::may_leave;
use crate::console::{Console, now};
use crate::dialog::fill::Context;
use crate::dialog::model::{Dialogs, MessageTemplate};
use crate::event::{Filled, Millis};
use crate::reply::free_until;
use crate::store::case::Case;
use crate::store::desk::Listed;
use crate::store::{Fault, Tx, identity};
use crate::text::lang::Lang;

/// What a template may name here: the number of a request of theirs.
const REFERENCE: &str = "reference";
/// Requests that a template is offered for, the newest first.
const REQUESTS_MAX: usize = 5;

/// How long one may write freely.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    pub until: Millis,
    pub closed: bool,
}

/// The window of a conversation; None where its channel has none.
pub fn of(console: &Console, one: &Listed) -> Option<Window> {
    let hours = console.rooms().ok()?.platforms.windows.get(&one.channel)?;
    let until = free_until(*hours, one.heard_at);
    Some(Window {
        until,
        closed: until <= now(),
    })
}

/// Whether anything of ours could reach this person: at one of their addresses nothing is in the way.
///
/// # Errors
/// As the store's.
pub async fn reaches(tx: &mut Tx, one: &Listed) -> Result<bool, Fault> {
    let all = identity::of_contact(tx, &one.contact).await?;
    Ok(all.is_empty() || all.iter().any(|identity| identity.barred.is_none()))
}

/// A template that may be sent to this person, as it will read.
pub struct Offer {
    pub value: String,
    pub text: String,
    pub filled: Filled,
}

/// What may be sent in a conversation, to somebody with these requests, in their language: what was approved.
pub fn offers(console: &Console, one: &Listed, cases: &[Case]) -> Vec<Offer> {
    let (dialogs, lang) = (console.registry().current(), language(one));
    let states = console.approved().of(&one.channel);
    let mut offers = Vec::new();
    for template in dialogs.templates.values() {
        if !may_leave(states.as_ref(), &template.name, lang.code()) {
            continue;
        }
        match &template.parameters[..] {
            [] => offers.extend(offer(&dialogs, template, None, lang)),
            [one] if one == REFERENCE => {
                let newest = cases.iter().take(REQUESTS_MAX);
                offers.extend(
                    newest
                        .filter_map(|case| offer(&dialogs, template, Some(&case.reference), lang)),
                );
            }
            _ => {}
        }
    }
    offers
}

fn offer(
    dialogs: &Dialogs,
    template: &MessageTemplate,
    reference: Option<&str>,
    lang: Lang,
) -> Option<Offer> {
    let mut context = Context::default();
    if let Some(reference) = reference {
        context.text(REFERENCE, reference);
    }
    let text = dialogs.fill.fill(&template.text, lang, &context).ok()?;
    Some(Offer {
        value: format!("{}|{}", template.name, reference.unwrap_or_default()),
        text,
        filled: Filled {
            template: template.name.clone(),
            parameters: reference.map(str::to_owned).into_iter().collect(),
        },
    })
}
