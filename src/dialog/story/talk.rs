//! The talk in a terminal: one person and the machine, with leaps of time and a look behind the answers.
//! Gives lines; reads and prints nothing itself.

use std::sync::Arc;

use super::entry::{Act, Deed, Parcel, Press};
use super::parse::leap;
use super::run::beginning;
use super::shown;
use super::world::{Happened, Impossible, World};
use crate::dialog::model::Dialogs;
use crate::event::{AttachmentKind, Control, Millis};
use crate::text::lang::Lang;

/// The channel of the terminal.
const CHANNEL: &str = "terminal";

/// One talk. Every method gives the lines to show, or says in words why nothing happened.
pub struct Talk {
    world: World,
}

type Lines = Result<Vec<String>, Impossible>;

impl Talk {
    /// A talk that begins now, in milliseconds since the Unix epoch.
    pub fn new(dialogs: Arc<Dialogs>, now: Millis, language: Lang) -> Talk {
        let step = crate::dialog::step;
        let mut world = World::new(dialogs, step, &format!("chat {now}"), CHANNEL, now);
        world.language(language);
        Talk { world }
    }

    /// The chat is opened, as a page is.
    pub fn open(&mut self) -> Vec<String> {
        self.act(&Deed::Opens(None)).unwrap_or_default()
    }

    pub fn say(&mut self, text: &str) -> Vec<String> {
        self.act(&Deed::Person(text.to_owned())).unwrap_or_default()
    }

    /// A button of the latest reply, by its number, its title, or a control's word: `2`, `(back)`.
    pub fn press(&mut self, label: &str) -> Lines {
        self.act(&Deed::Presses(Press::Latest(label.to_owned())))
    }

    /// There is staff that answers.
    pub fn staffed(&mut self) {
        self.world.staffed = true;
    }

    /// Who speaks for the charity now.
    pub fn control(&self) -> &Control {
        self.world.control()
    }

    /// As [`Talk::say`]: what became visible, not yet as lines.
    pub fn wrote(&mut self, text: &str) -> Vec<Happened> {
        let deed = Deed::Person(text.to_owned());
        self.world.act(&deed).unwrap_or_default()
    }

    /// As [`Talk::press`], by the number of an option: its title, and what became visible. None: there is none.
    pub fn pressed(&mut self, number: &str) -> Option<(String, Vec<Happened>)> {
        let title = self.world.option(number.parse().ok()?)?;
        let deed = Deed::Presses(Press::Latest(number.to_owned()));
        Some((title, self.world.act(&deed).ok()?))
    }

    /// A member of staff acts.
    ///
    /// # Errors
    /// It means nothing now.
    pub fn staff(&mut self, act: Act) -> Result<Vec<Happened>, Impossible> {
        self.world.act(&Deed::Staff(act))
    }

    /// Sends an invented file.
    pub fn send(&mut self, kind: AttachmentKind) -> Vec<String> {
        self.act(&Deed::Sends(Parcel::File(kind, None)))
            .unwrap_or_default()
    }

    /// Lets time pass: `+1d`, `+2h30m`, or a moment such as `2026-01-05 10:00`.
    pub fn clock(&mut self, text: &str) -> Lines {
        let jump = leap(text).ok_or_else(|| {
            let example = beginning().format("%Y-%m-%d %H:%M");
            Impossible(format!(
                "`{text}` is no time; write +1d, +20h, +3m or {example}"
            ))
        })?;
        let mut lines = self.act(&Deed::Clock(jump))?;
        lines.push(format!("<{}>", self.world.local(self.world.now)));
        Ok(lines)
    }

    /// Why the last answer was what it was: the rules that read it, and what was committed.
    pub fn why(&self) -> Vec<String> {
        let notes = self.world.trace.iter();
        let mut lines: Vec<String> = notes
            .map(|note| format!("{}: {}", note.rule, note.detail))
            .collect();
        lines.extend(
            self.world
                .done
                .iter()
                .map(|effect| format!("committed: {effect:?}")),
        );
        lines
    }

    /// What stands now: open and saved forms, cases, timers, consents.
    pub fn remains(&self) -> Vec<String> {
        self.world.remains()
    }

    fn act(&mut self, deed: &Deed) -> Lines {
        let happened = self.world.act(deed)?;
        Ok(happened.into_iter().flat_map(lines).collect())
    }
}

fn lines(happened: Happened) -> Vec<String> {
    match happened {
        Happened::Said { reply, .. } => shown::lines(&reply),
        Happened::Alert(kind) => vec![format!("<alert {}>", shown::name_of(&kind))],
    }
}
