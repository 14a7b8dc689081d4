//! `wasl channels templates`: the messages that we may start, as the dialogs have them, and whether platforms let
//! us send them: asked now, else as a server last heard it.

use clap::Args;

use super::{open, told};
use crate::channel::{Approval, Channel, Template};
use crate::cli::dialogs;
use crate::cli::exit::{Ended, Ending, Failure};
use crate::cli::out::say;
use crate::cli::store::reading;
use crate::config::Settings;
use crate::dialog::model::MessageTemplate;
use crate::store::template;
use crate::text::lang::Lang;

/// Every text of the dialogs is there in both.
const LANGUAGES: [Lang; 2] = [Lang::Ar, Lang::En];

#[derive(Args)]
pub struct Templates {
    /// Hand in to the platform what it does not have yet
    #[arg(long)]
    submit: bool,
}

pub async fn run(templates: &Templates, settings: &Settings) -> Ended {
    let (channels, _) = open(settings)?;
    let set = dialogs::set(settings)?;
    let ours: Vec<&MessageTemplate> = set.dialogs.templates.values().collect();
    let mut asking = channels
        .iter()
        .filter(|one| one.limits().template_needed_after_hours.is_some())
        .peekable();
    if asking.peek().is_none() {
        say("No channel that is on wants templates, so nothing is known of their approval.");
        for one in &ours {
            say(line(one, &[]));
        }
        return Ok(Ending::Done);
    }
    let mut ending = Ending::Done;
    for channel in asking {
        if templates.submit {
            let all: Vec<Template> = ours.iter().flat_map(|one| in_languages(one)).collect();
            say(told(channel.name(), &channel.hand_in(&all).await));
        }
        let (heading, approvals) = approvals(channel.as_ref(), settings).await?;
        say(format!("{}: {heading}", channel.name()));
        for one in &ours {
            let states = approvals
                .iter()
                .flatten()
                .filter(|known| known.name == one.name);
            let states: Vec<&Approval> = states.collect();
            if approvals.is_some() && !LANGUAGES.iter().all(|lang| is_good(&states, *lang)) {
                ending = Ending::Findings;
            }
            say(line(
                one,
                &said(approvals.is_some(), &one.category, &states),
            ));
        }
    }
    Ok(ending)
}

/// What the platform says, and whence we have it; None where nobody knows.
async fn approvals(
    channel: &dyn Channel,
    settings: &Settings,
) -> Result<(String, Option<Vec<Approval>>), Failure> {
    let why = match channel.approvals().await {
        Some(Ok(all)) => return Ok(("as the platform says now".to_owned(), Some(all))),
        Some(Err(seen)) => seen.told,
        None => "the platform cannot be asked: set WASL_WHATSAPP_BUSINESS_ID".to_owned(),
    };
    let kept = match reading(settings).await {
        Ok(store) => kept(&store, channel.name()).await,
        Err(_) => Vec::new(),
    };
    Ok(match kept.is_empty() {
        true => (why, None),
        false => (format!("{why}. As it last said"), Some(kept)),
    })
}

/// As a server heard it; nothing where there is no database, or it cannot be read.
async fn kept(store: &crate::store::Store, channel: &str) -> Vec<Approval> {
    let read = async {
        let mut reader = store.reader().await?;
        template::of(&mut reader, channel).await
    };
    let kept = read.await.unwrap_or_default().into_iter();
    kept.map(|one| Approval {
        name: one.name,
        language: one.language,
        state: one.state,
        category: one.category,
        good: one.good,
    })
    .collect()
}

fn is_good(states: &[&Approval], language: Lang) -> bool {
    states
        .iter()
        .any(|one| one.language == language.code() && one.good)
}

/// Of each language its state, and the category where the platform put it under another.
fn said(known: bool, category: &str, states: &[&Approval]) -> Vec<String> {
    let of = |language: &Lang| {
        let found = states.iter().find(|one| one.language == language.code());
        let state = match (found, known) {
            (Some(one), _) if one.category != category && !one.category.is_empty() => {
                format!("{} as {}", one.state, one.category)
            }
            (Some(one), _) => one.state.clone(),
            (None, true) => "not handed in".to_owned(),
            (None, false) => "not known".to_owned(),
        };
        format!("{}: {state}", language.code())
    };
    LANGUAGES.iter().map(of).collect()
}

fn line(template: &MessageTemplate, states: &[String]) -> String {
    let languages = LANGUAGES.map(Lang::code).join(", ");
    let parameters = match template.parameters.is_empty() {
        true => "none".to_owned(),
        false => template.parameters.join(", "),
    };
    let states = match states.is_empty() {
        true => languages,
        false => states.join(", "),
    };
    let category = &template.category;
    format!(
        "  {:<20} {category:<10} parameters: {parameters}; {states}",
        template.name
    )
}

fn in_languages(template: &MessageTemplate) -> [Template; 2] {
    LANGUAGES.map(|language| Template {
        name: template.name.clone(),
        category: template.category.clone(),
        language: language.code().to_owned(),
        text: template.text.source(language).to_owned(),
        parameters: template.parameters.clone(),
    })
}
