//! `wasl outbox`: what finally did not leave, or waits until somebody writes; why, and send it again. Never
//! what it says.

use clap::{Args, Subcommand};

use super::block_on;
use super::exit::{Ended, Ending, OrEnd};
use super::out::say;
use super::socket::{Errand, told};
use super::store::{now, reading, run_errand};
use crate::config::Settings;
use crate::store::{line, outbox};

/// Messages listed at most.
const LISTED_MAX: i64 = 500;

/// What did not leave, and why; send it again
#[derive(Args)]
pub struct Outbox {
    #[command(subcommand)]
    act: Act,
}

#[derive(Subcommand)]
enum Act {
    /// Channels that rest, and messages that failed, perhaps left, or wait until the person writes; the newest first
    List,
    /// Send one again, as if it had never been tried
    Resend {
        /// Id of the message, of `wasl outbox list`
        id: String,
    },
}

pub fn run(outbox: Outbox, settings: &Settings) -> Ended {
    match outbox.act {
        Act::List => block_on(list(settings)),
        Act::Resend { id } => {
            let errand = Errand::Resend { id };
            block_on(async { told(run_errand(settings, errand).await?) })
        }
    }
}

async fn list(settings: &Settings) -> Ended {
    let doing = "reading what did not leave";
    let store = reading(settings).await?;
    let mut reader = store.reader().await.or_end(Ending::Unavailable, doing)?;
    let lines = line::all(&mut reader).await;
    for line in lines.or_end(Ending::Unavailable, doing)? {
        if let Some((reason, _)) = line.trouble {
            let seconds = (line.rests_until - now()).max(0) / 1_000;
            say(format!(
                "{} rests, tried again in {seconds} s: {reason}",
                line.channel
            ));
        }
    }
    let dead = outbox::dead(&mut reader, LISTED_MAX).await;
    for one in dead.or_end(Ending::Unavailable, doing)? {
        let words = match one.emptied {
            true => ", its words are forgotten",
            false => "",
        };
        say(format!(
            "{}  {} by {}, tries: {}, conversation {}: {}{words}",
            one.id,
            one.state,
            one.channel,
            one.attempts,
            one.conversation_id,
            one.reason.unwrap_or_default()
        ));
    }
    Ok(Ending::Done)
}
