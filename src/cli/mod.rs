//! The commands: their words, their settings and how they end; one file a command. A command finds
//! what it needs, asks it of one room, and prints the answer; it holds no rules.

mod backup;
mod case;
mod channels;
mod chat;
mod check;
mod chores;
mod dialogs;
mod draw;
mod engine;
mod erase;
mod exit;
mod export;
mod faq;
mod handover;
mod logs;
mod out;
mod outbox;
mod privacy;
mod reload;
mod serve;
mod socket;
mod staff;
mod store;
mod test;
mod verify;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::config::{Settings, key};
use exit::{Ended, Ending, Failure, OrEnd};

/// Wasl (وَصْل): the messaging front door of a charity.
#[derive(Parser)]
#[command(name = "wasl", version, about, after_help = exit::TABLE, max_term_width = 100)]
struct Cli {
    /// Settings file; without it wasl.toml in this folder, when there is one
    #[arg(
        long,
        global = true,
        value_name = "FILE",
        env = "WASL_CONFIG",
        hide_env_values = true
    )]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Start the server: the chat page, and every channel that has its settings
    #[command(after_long_help = settings_help())]
    Serve,
    /// Have the running server read its dialogs again; open forms go on
    Reload,
    Chat(chat::Chat),
    Check(check::Check),
    Draw(draw::Draw),
    Test(test::Test),
    Faq(faq::Faq),
    Staff(staff::Staff),
    Handover(handover::Handover),
    Outbox(outbox::Outbox),
    Case(case::Case),
    Channels(channels::Channels),
    Privacy(privacy::Privacy),
    Export(export::Export),
    /// Prove that nobody but the house changed a declaration or a case; ends with 1 when somebody did
    Verify,
    Backup(backup::Backup),
    Restore(backup::Restore),
    Erase(erase::Erase),
}

/// Runs the command that the words name.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    // Before anything opens a connection: the one provider of TLS in this program. A second
    // installation would be refused, and is not one.
    let _ = rustls::crypto::ring::default_provider().install_default();
    match run(cli) {
        Ok(ending) => ending.into(),
        Err(failure) => {
            out::tell(format!("wasl: {}", failure.told));
            failure.ending.into()
        }
    }
}

fn run(cli: Cli) -> Ended {
    let settings = settings(cli.config.as_deref())?;
    match cli.command {
        Command::Serve => serve::run(settings),
        Command::Reload => reload::run(&settings),
        Command::Chat(chat) => chat::run(&chat, &settings),
        Command::Test(test) => test::run(&test, settings.dialogs.as_deref()),
        Command::Check(check) => check::run(&check, &settings),
        Command::Draw(draw) => draw::run(&draw, &settings),
        Command::Faq(faq) => faq::run(faq, &settings),
        Command::Staff(staff) => staff::run(staff, &settings),
        Command::Case(case) => case::run(case, &settings),
        Command::Handover(handover) => handover::run(handover, &settings),
        Command::Outbox(outbox) => outbox::run(outbox, &settings),
        Command::Channels(channels) => channels::run(channels, &settings),
        Command::Privacy(privacy) => privacy::run(privacy, &settings),
        Command::Export(export) => export::run(export, &settings),
        Command::Verify => verify::run(&settings),
        Command::Backup(backup) => backup::run(&backup, &settings),
        Command::Restore(restore) => backup::run_restore(&restore, &settings),
        Command::Erase(erase) => erase::run(erase, &settings),
    }
}

fn settings(file: Option<&std::path::Path>) -> Result<Settings, Failure> {
    Settings::read(file).map_err(|problems| {
        let told = format!("the settings cannot be used.\n{problems}");
        Failure::new(Ending::Settings, told)
    })
}

/// One runtime for the command; all cores for a server, which is also right for the others.
fn block_on<T>(work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .or_end(Ending::Fault, "starting the runtime")?
        .block_on(work)
}

/// All settings, from the table that reads them.
fn settings_help() -> String {
    let mut help = String::from(
        "Settings, as variables; in wasl.toml in small letters, `telegram.token` below [telegram].\n\
         Secrets may also be given as a file: the same name with _FILE at its end.\n",
    );
    for key in key::KEYS {
        help.push_str(&format!(
            "\n  {}\n      {}\n      default: {}\n",
            key.variable(),
            key.about,
            key.default
        ));
    }
    help
}

/// A text that says something.
fn reason(text: &str) -> Result<String, String> {
    match text.trim() {
        "" => Err("say it in a few words".to_string()),
        text => Ok(text.to_string()),
    }
}

/// Who runs this command on this machine.
fn account() -> String {
    std::env::var("USER").unwrap_or_else(|_| "operator".to_string())
}
