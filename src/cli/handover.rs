//! `wasl handover`: who waits for a human, until there is a console: see them, answer, give them back to
//! the bot. Answers enter by the inbox like every other event.

use clap::{Args, Subcommand};

use super::exit::{Ended, Ending, OrEnd};
use super::out::say;
use super::socket::{Errand, told};
use super::store::{reading, run_errand};
use super::{account, block_on};
use crate::config::Settings;
use crate::event::{Beside, Millis, StaffAct};
use crate::store::export::MASK;
use crate::store::message::Direction;
use crate::store::{handover, message};

/// Messages shown of a conversation: what was said since the question that led here, as a rule.
const SHOWN_MAX: i64 = 20;

/// See who waits for a human, answer them, and give them back to the bot
#[derive(Args)]
pub struct Handover {
    #[command(subcommand)]
    act: Act,
}

#[derive(Subcommand)]
enum Act {
    /// Who waits, or is with a human, the longest first
    List,
    /// The last messages of a conversation; sensitive ones are masked
    Show {
        /// Id of the conversation, of `wasl handover list`
        conversation: String,
    },
    /// Answer as a human; the bot is silent from then on
    Reply {
        /// Id of the conversation, of `wasl handover list`
        conversation: String,
        /// What to say
        #[arg(value_parser = super::reason)]
        text: String,
        /// Who answers; without it the name of the account on this machine
        #[arg(long, value_name = "NAME")]
        by: Option<String>,
    },
    /// Give the conversation back to the bot, which goes on at the very question
    Return {
        /// Id of the conversation, of `wasl handover list`
        conversation: String,
        /// Who gives it back; without it the name of the account on this machine
        #[arg(long, value_name = "NAME")]
        by: Option<String>,
    },
}

pub fn run(handover: Handover, settings: &Settings) -> Ended {
    match handover.act {
        Act::List => block_on(list(settings)),
        Act::Show { conversation } => block_on(show(settings, &conversation)),
        Act::Reply {
            conversation,
            text,
            by,
        } => {
            let by = by.unwrap_or_else(account);
            let replied = StaffAct::Replied {
                by,
                text,
                beside: Beside::default(),
            };
            act(settings, conversation, replied)
        }
        Act::Return { conversation, by } => {
            let by = by.unwrap_or_else(account);
            act(settings, conversation, StaffAct::Returned { by })
        }
    }
}

fn act(settings: &Settings, conversation: String, act: StaffAct) -> Ended {
    let errand = Errand::Staff { conversation, act };
    block_on(async { told(run_errand(settings, errand).await?) })
}

async fn list(settings: &Settings) -> Ended {
    let doing = "reading who waits";
    let store = reading(settings).await?;
    let mut reader = store.reader().await.or_end(Ending::Unavailable, doing)?;
    let open = handover::open(&mut reader).await;
    for one in open.or_end(Ending::Unavailable, doing)? {
        let holder = one.claimed_by.map(|by| format!(", with {by}"));
        say(format!(
            "{}  since {}, {}{}{}",
            one.conversation_id,
            time(one.at),
            one.reason,
            one.step
                .map(|step| format!(" at {step}"))
                .unwrap_or_default(),
            holder.unwrap_or_default()
        ));
    }
    let alerts = handover::alerts(&mut reader).await;
    for alert in alerts.or_end(Ending::Unavailable, doing)? {
        let conversation = alert.conversation_id;
        say(format!(
            "{conversation}  alert since {}: {}",
            time(alert.at),
            alert.kind
        ));
    }
    Ok(Ending::Done)
}

async fn show(settings: &Settings, conversation: &str) -> Ended {
    let doing = "reading the conversation";
    let store = reading(settings).await?;
    let mut reader = store.reader().await.or_end(Ending::Unavailable, doing)?;
    let last = message::latest(&mut reader, conversation, 0, SHOWN_MAX).await;
    for one in last.or_end(Ending::Unavailable, doing)? {
        let who = match (one.direction, &one.author) {
            (Direction::In, _) => "person",
            (Direction::Out, None) => "bot",
            (Direction::Out, Some(author)) => author,
        };
        let text = match one.sensitive {
            true => MASK.to_string(),
            false => one.text.unwrap_or_else(|| format!("({})", one.kind)),
        };
        say(format!("{} {who}: {text}", time(one.at)));
    }
    Ok(Ending::Done)
}

/// Local time of this machine, to the minute.
fn time(at: Millis) -> String {
    let at = chrono::DateTime::from_timestamp_millis(at).unwrap_or_default();
    let at = at.with_timezone(&chrono::Local);
    at.format("%Y-%m-%d %H:%M").to_string()
}
