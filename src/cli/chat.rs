//! `wasl chat`: a talk with the dialogs in the terminal, with leaps of time and a look behind the
//! answers. Everything stays in memory; no store, no channel and no person is touched.

use std::io::{BufRead, IsTerminal};
use std::sync::Arc;

use clap::Args;
use rustyline::DefaultEditor;
use rustyline::error::ReadlineError;

use super::dialogs::{self, Language};
use super::exit::{Ended, Ending, OrEnd};
use super::out::say;
use super::store::now;
use crate::config::Settings;
use crate::dialog::story::{Impossible, Talk};
use crate::event::AttachmentKind;

/// Talk with the dialogs here; nothing is stored
#[derive(Args)]
pub struct Chat {
    /// Begin in this language
    #[arg(long, value_enum, default_value = "ar")]
    language: Language,
}

const HELP: &str = "  any words         say them
  /2, /back         press the second button, or a control by its word
  /photo /voice /file   send an invented one
  /clock +1d        let time pass: +20h, +3m, or 2026-01-05 10:00
  /why              which rule read the last message, and what was committed
  /stand            what stands now: forms, cases, timers
  /help             this
  /quit             the end (also ctrl-d)";

pub fn run(chat: &Chat, settings: &Settings) -> Ended {
    let set = dialogs::set(settings)?;
    let mut talk = Talk::new(Arc::new(set.dialogs), now(), chat.language.lang());
    show(&talk.open());
    match std::io::stdin().is_terminal() {
        true => at_terminal(&mut talk),
        false => from_pipe(&mut talk),
    }
}

fn at_terminal(talk: &mut Talk) -> Ended {
    let mut editor = DefaultEditor::new().or_end(Ending::Fault, "opening the terminal")?;
    say("(/help tells what else you can do here)");
    loop {
        match editor.readline("> ") {
            Ok(line) => {
                // Only for the arrow keys of this talk; nothing is written to a file.
                let _ = editor.add_history_entry(&line);
                if !heard(talk, &line) {
                    return Ok(Ending::Done);
                }
            }
            Err(ReadlineError::Eof | ReadlineError::Interrupted) => return Ok(Ending::Done),
            Err(error) => return Err(error).or_end(Ending::File, "reading the terminal"),
        }
    }
}

/// Without a terminal the lines are shown with the answers, so that the output reads as a talk.
fn from_pipe(talk: &mut Talk) -> Ended {
    for line in std::io::stdin().lock().lines() {
        let line = line.or_end(Ending::File, "reading the standard input")?;
        say(format!("> {line}"));
        if !heard(talk, &line) {
            break;
        }
    }
    Ok(Ending::Done)
}

/// Answers one line; false: the talk is over.
fn heard(talk: &mut Talk, line: &str) -> bool {
    let line = line.trim();
    let Some(order) = line.strip_prefix('/') else {
        if !line.is_empty() {
            show(&talk.say(line));
        }
        return true;
    };
    let (word, rest) = order.split_once(' ').unwrap_or((order, ""));
    match word {
        "quit" | "exit" => return false,
        "help" | "" => say(HELP),
        "why" => show(&talk.why()),
        "stand" => show(&talk.remains()),
        "clock" => show_or_say(talk.clock(rest.trim())),
        "photo" => show(&talk.send(AttachmentKind::Photo)),
        "voice" => show(&talk.send(AttachmentKind::Voice)),
        "file" => show(&talk.send(AttachmentKind::Document)),
        button => show_or_say(talk.press(&label(button, rest))),
    }
    true
}

/// A number is a button's; a word is a control's, which stories write in brackets; more is a title.
fn label(word: &str, rest: &str) -> String {
    let is_number = word.chars().all(|c| c.is_ascii_digit());
    match (is_number, rest) {
        (true, _) => word.to_string(),
        (false, "") if word.is_ascii() => format!("({word})"),
        (false, _) => format!("{word} {rest}").trim().to_string(),
    }
}

fn show_or_say(lines: Result<Vec<String>, Impossible>) {
    match lines {
        Ok(lines) => show(&lines),
        Err(Impossible(reason)) => say(format!("({reason})")),
    }
}

fn show(lines: &[String]) {
    for line in lines {
        say(line);
    }
    say("");
}
