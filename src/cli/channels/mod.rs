//! `wasl channels`: asks the platforms whether the channels work, registers us with them, and makes the
//! page that a charity hangs on its wall. It needs no running server, and a database only to tell what
//! a platform said last.

mod poster;
mod strange;
mod templates;

use std::path::PathBuf;
use std::sync::Arc;

use clap::{Args, Subcommand};

use super::block_on;
use super::exit::{Ended, Ending, Failure, OrEnd};
use super::out::say;
use super::serve::house;
use crate::channel::{self, Channel, Seen};
use crate::config::{PublicUrl, Settings, Wanted};

/// Ask the platforms whether the channels work, register with them, print a poster
#[derive(Args)]
pub struct Channels {
    #[command(subcommand)]
    act: Act,
}

#[derive(Subcommand)]
enum Act {
    /// Ask every channel's platform: is the token right, is the webhook registered, do the logins work
    Check,
    /// Register the webhook, the commands and what else a platform must know of us
    Setup,
    /// The messages that we may start: parameters, languages, and whether the platform approved them
    Templates(templates::Templates),
    /// What platforms brought that this version does not read: kinds, and the structure of the latest of each
    Strange,
    /// A page to print, with a QR code and a short link for each channel
    Poster {
        /// Where to write the page (HTML)
        #[arg(long, value_name = "FILE", default_value = "poster.html")]
        out: PathBuf,
    },
}

pub fn run(channels: Channels, settings: &Settings) -> Ended {
    match channels.act {
        Act::Check => block_on(ask(settings, |channel| channel.look())),
        Act::Setup => block_on(ask(settings, |channel| channel.set_up())),
        Act::Templates(list) => block_on(templates::run(&list, settings)),
        Act::Strange => block_on(strange::list(settings)),
        Act::Poster { out } => block_on(poster::print(settings, &out)),
    }
}

/// The channels that the settings turn on, and the address under which people reach us.
fn open(settings: &Settings) -> Result<(Vec<Arc<dyn Channel>>, PublicUrl), Failure> {
    let url = settings.public_url_for(settings.listen);
    let house = house::of_command(url.clone()).or_end(Ending::Fault, "making the web client")?;
    let channels =
        channel::open(settings, &house).map_err(|told| Failure::new(Ending::Settings, told))?;
    Ok((channels, url))
}

/// Asks every channel the same, and tells what each found.
async fn ask(settings: &Settings, what: impl Fn(&dyn Channel) -> channel::Looking<'_>) -> Ended {
    let (channels, _) = open(settings)?;
    let mut ending = Ending::Done;
    for wanted in settings
        .channels()
        .iter()
        .filter(|one| !one.missing.is_empty())
    {
        say(off(wanted));
        if wanted.begun {
            ending = Ending::Findings;
        }
    }
    for channel in &channels {
        let seen = what(channel.as_ref()).await;
        if seen.iter().any(|one| !one.good) {
            ending = Ending::Findings;
        }
        say(told(channel.name(), &seen));
    }
    Ok(ending)
}

fn off(wanted: &Wanted) -> String {
    match wanted.begun {
        true => format!(
            "{}: off, {} is missing",
            wanted.name,
            wanted.missing.join(", ")
        ),
        false => format!("{}: off", wanted.name),
    }
}

fn told(name: &str, seen: &[Seen]) -> String {
    let lines = seen.iter().map(|one| match one.good {
        true => format!("  ok   {}", one.told),
        false => format!("  LOOK {}", one.told),
    });
    let lines: Vec<_> = lines.collect();
    match lines.is_empty() {
        true => format!("{name}: nothing to do"),
        false => format!("{name}:\n{}", lines.join("\n")),
    }
}
