//! `wasl faq unanswered`, `confirm` and `reject`: the desk at which staff teach the FAQ, until there is a console.
//! Questions that ask alike stand together; numbers that tell who somebody is are masked.

use clap::Args;

use crate::cli::dialogs;
use crate::cli::exit::{Ended, Ending, Failure, OrEnd};
use crate::cli::out::say;
use crate::cli::socket::{Errand, told};
use crate::cli::store::{reading, run_errand};
use crate::cli::{account, block_on};
use crate::config::Settings;
use crate::faq::groups;
use crate::store::Store;
use crate::store::faq::{self, Asked};
use crate::text::secret::redact;

/// Confirm what questions meant: each becomes a way to ask that entry, at once and everywhere
#[derive(Args)]
pub struct Confirm {
    /// Name of the entry, of faq.yaml
    entry: String,
    /// Ids of the questions, of `wasl faq unanswered`
    #[arg(required = true)]
    questions: Vec<String>,
    /// Who confirms; without it the name of the account on this machine
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
}

/// Take questions from the desk that ask nothing of the charity
#[derive(Args)]
pub struct Reject {
    /// Ids of the questions, of `wasl faq unanswered`
    #[arg(required = true)]
    questions: Vec<String>,
    /// Who rejects; without it the name of the account on this machine
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
}

/// Questions that found no answer, those that ask alike together, the most asked first
#[derive(Args)]
pub struct Unanswered {
    /// A JSON object a question, for other programs
    #[arg(long)]
    json: bool,
}

/// Questions at the desk, and those that ask alike: places of the first list.
pub struct Desk {
    pub asked: Vec<Asked>,
    pub groups: Vec<Vec<usize>>,
}

/// # Errors
/// When the store cannot be read.
pub async fn read(store: &Store, settings: &Settings) -> Result<Desk, Failure> {
    let doing = "reading the desk";
    let mut reader = store.reader().await.or_end(Ending::Unavailable, doing)?;
    let asked = faq::asked(&mut reader).await;
    let asked = asked.or_end(Ending::Unavailable, doing)?;
    let texts: Vec<&str> = asked.iter().map(|one| one.text.as_str()).collect();
    let groups = groups(&texts, &dialogs::set(settings)?.dialogs.concepts);
    Ok(Desk { asked, groups })
}

pub fn unanswered(args: &Unanswered, settings: &Settings) -> Ended {
    let json = args.json;
    block_on(async move {
        let store = reading(settings).await?;
        let desk = read(&store, settings).await?;
        for (number, group) in (1..).zip(&desk.groups) {
            let members = group.iter().map(|at| &desk.asked[*at]);
            match json {
                true => members.for_each(|one| say(line(number, one))),
                false => {
                    say(format!("group {number}: {} asked alike", group.len()));
                    members.for_each(|one| say(shown(one)));
                }
            }
        }
        Ok(Ending::Done)
    })
}

fn shown(one: &Asked) -> String {
    let became = match (&one.entry, &one.outcome) {
        (Some(entry), _) => format!("  (picked `{entry}`)"),
        (None, Some(outcome)) => format!("  ({outcome})"),
        (None, None) => String::new(),
    };
    format!("  {}  {}{became}", one.id, redact(&one.text).0)
}

fn line(group: usize, one: &Asked) -> String {
    serde_json::json!({
        "id": one.id,
        "group": group,
        "text": redact(&one.text).0,
        "outcome": one.outcome,
        "picked": one.entry,
        "at": chrono::DateTime::from_timestamp_millis(one.at).map(|at| at.to_rfc3339()),
    })
    .to_string()
}

pub fn confirm(args: Confirm, settings: &Settings) -> Ended {
    let errand = Errand::Teach {
        entry: Some(args.entry),
        questions: args.questions,
        by: args.by.unwrap_or_else(account),
    };
    block_on(async { told(run_errand(settings, errand).await?) })
}

pub fn reject(args: Reject, settings: &Settings) -> Ended {
    let errand = Errand::Teach {
        entry: None,
        questions: args.questions,
        by: args.by.unwrap_or_else(account),
    };
    block_on(async { told(run_errand(settings, errand).await?) })
}
