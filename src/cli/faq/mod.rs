//! `wasl faq`: what the FAQ makes of questions, and the desk at which staff teach it.

mod desk;

use clap::{Args, Subcommand};

use super::exit::Ended;
use crate::config::Settings;

/// Teach the FAQ: the questions that found no answer, and what they meant
#[derive(Args)]
pub struct Faq {
    #[command(subcommand)]
    act: Act,
}

#[derive(Subcommand)]
enum Act {
    Unanswered(desk::Unanswered),
    Confirm(desk::Confirm),
    Reject(desk::Reject),
}

pub fn run(faq: Faq, settings: &Settings) -> Ended {
    match faq.act {
        Act::Unanswered(unanswered) => desk::unanswered(&unanswered, settings),
        Act::Confirm(confirm) => desk::confirm(confirm, settings),
        Act::Reject(reject) => desk::reject(reject, settings),
    }
}
