//! `wasl staff`: who works in the console, from the command line: for the first minute, and for the day on which the
//! only administrator has lost their phone.

use std::collections::BTreeSet;

use clap::{Args, Subcommand};

use super::exit::{Ended, Ending, OrEnd};
use super::out::say;
use super::socket::{Errand, told};
use super::store::{reading, run_errand};
use super::{account, block_on};
use crate::config::Settings;
use crate::store::staff::{self, Role};

/// Invite staff, list them, and help somebody back in
#[derive(Args)]
pub struct Staff {
    #[command(subcommand)]
    act: Act,
}

#[derive(Subcommand)]
enum Act {
    /// Invite somebody: prints the link with which they choose their password
    Add {
        /// What they sign in with: letters, digits and . _ - @, without spaces
        name: String,
        /// Name, as colleagues know it; without it the account name
        #[arg(long, value_name = "NAME")]
        title: Option<String>,
        /// administrator, officer, researcher, committee, representative or quality; may be given several times
        #[arg(long = "role", value_name = "ROLE", required = true, value_parser = role)]
        roles: Vec<Role>,
        /// Branch of a representative
        #[arg(long)]
        branch: Option<String>,
        /// Who invites; without it the name of the account on this machine
        #[arg(long, value_name = "NAME")]
        by: Option<String>,
    },
    /// Who works in the console, in which roles
    List,
    /// Print a link for a new password
    Reset {
        /// What they sign in with
        name: String,
        /// Also forget their second factor: for a lost phone without recovery codes
        #[arg(long)]
        second_factor: bool,
        /// Who does it; without it the name of the account on this machine
        #[arg(long, value_name = "NAME")]
        by: Option<String>,
    },
}

fn role(word: &str) -> Result<Role, String> {
    let words = Role::ALL.map(Role::word).join(", ");
    Role::read(word).ok_or_else(|| format!("there are: {words}"))
}

pub fn run(staff: Staff, settings: &Settings) -> Ended {
    let errand = match staff.act {
        Act::List => return block_on(list(settings)),
        Act::Add {
            name,
            title,
            roles,
            branch,
            by,
        } => Errand::Invite {
            title: title.unwrap_or_else(|| name.clone()),
            name,
            roles: words(&roles.into_iter().collect()),
            branch,
            by: by.unwrap_or_else(account),
        },
        Act::Reset {
            name,
            second_factor,
            by,
        } => Errand::Readmit {
            name,
            second_factor,
            by: by.unwrap_or_else(account),
        },
    };
    block_on(async { told(run_errand(settings, errand).await?) })
}

fn words(roles: &BTreeSet<Role>) -> Vec<String> {
    roles.iter().map(|role| role.word().to_string()).collect()
}

async fn list(settings: &Settings) -> Ended {
    let doing = "reading who works here";
    let store = reading(settings).await?;
    let mut reader = store.reader().await.or_end(Ending::Unavailable, doing)?;
    let all = staff::all(&mut reader).await;
    for one in all.or_end(Ending::Unavailable, doing)? {
        let state = match (one.is_active(), &one.password, one.has_second()) {
            (false, _, _) => ", deactivated",
            (true, None, _) => ", invited",
            (true, Some(_), false) => ", without a second factor",
            (true, Some(_), true) => "",
        };
        let branch = one.branch.as_ref();
        let branch = branch.map_or_else(String::new, |branch| format!(", branch {branch}"));
        let roles = words(&one.roles).join(", ");
        say(format!(
            "{}  {}: {roles}{branch}{state}",
            one.name, one.title
        ));
    }
    Ok(Ending::Done)
}
