//! Tells all stories of a folder, each on every channel. Pure: new texts of files are given back, never
//! written.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::entry::{Entry, Problem, Setting, Story};
use super::parse;
use super::report::{Failure, Outcome, Report};
use super::rewrite;
use super::run::{self, Told, beginning};
use super::world::World;
use super::{ENDING, Step};
use crate::dialog::files::Files;
use crate::dialog::finding::Severity;
use crate::dialog::load;
use crate::dialog::model::Dialogs;
use crate::dialog::near;
use crate::reply::Limits;

/// A channel by its name, with what it can carry.
pub type Medium<'a> = (&'a str, &'a Limits);

/// Tells all stories whose path contains `filter`, each once on every channel. With `update` an outcome holds
/// the file as it should read.
pub fn run_all_with(
    files: &Files,
    channels: &[Medium],
    filter: Option<&str>,
    update: bool,
    step: Step,
) -> Report {
    let mut teller = Teller {
        files,
        channels,
        step,
        known: BTreeMap::new(),
    };
    let wanted = |path: &&String| {
        path.ends_with(ENDING) && filter.is_none_or(|filter| path.contains(filter))
    };
    let unreadable = files.unreadable.iter().filter(|(path, _)| wanted(path));
    let mut stories: Vec<Outcome> = unreadable
        .map(|(path, why)| failed(path, vec![Failure::new(1, format!("the file {why}"))]))
        .collect();
    for (path, text) in files.texts.iter().filter(|(path, _)| wanted(path)) {
        stories.push(teller.outcome(path, text, update));
    }
    stories.sort_by(|left, right| left.path.cmp(&right.path));
    let problem = nothing(&stories, channels, filter);
    Report { stories, problem }
}

/// A run that cannot fail proves nothing.
fn nothing(stories: &[Outcome], channels: &[Medium], filter: Option<&str>) -> Option<String> {
    match (stories.is_empty(), channels.is_empty(), filter) {
        (_, true, _) => Some("there is no channel to tell stories on".to_owned()),
        (true, _, None) => Some("there are no stories (*.story) in this folder".to_owned()),
        (true, _, Some(filter)) => Some(format!("no story's path contains `{filter}`")),
        (false, false, _) => None,
    }
}

fn failed(path: &str, failures: Vec<Failure>) -> Outcome {
    Outcome {
        path: path.to_owned(),
        channels: Vec::new(),
        failures,
        rewritten: None,
    }
}

struct Teller<'a> {
    files: &'a Files,
    channels: &'a [Medium<'a>],
    step: Step,
    /// What charities can say, or why they cannot speak.
    known: BTreeMap<String, Result<Arc<Dialogs>, Failure>>,
}

impl<'a> Teller<'a> {
    fn outcome(&mut self, path: &str, text: &str, update: bool) -> Outcome {
        let outcome = self.tell(path, text);
        if !update || outcome.failures.is_empty() {
            return outcome;
        }
        // The new text is told again: what then still fails cannot be mended by writing it down.
        match self.rewritten(path, text) {
            Some(rewritten) => Outcome {
                rewritten: Some(rewritten.clone()),
                ..self.tell(path, &rewritten)
            },
            None => outcome,
        }
    }

    /// The story's text with what was said on its first channel; None when that changes nothing.
    fn rewritten(&mut self, path: &str, text: &str) -> Option<String> {
        let story = parse::story(path, text).ok()?;
        let medium = self.channels_of(&story).ok()?.first().copied()?;
        let told = self.told(&story, medium).ok()?;
        let rewritten = rewrite::apply(text, told.edits);
        (rewritten != text).then_some(rewritten)
    }

    fn tell(&mut self, path: &str, text: &str) -> Outcome {
        let story = match parse::story(path, text) {
            Ok(story) => story,
            Err(problems) => return failed(path, problems.into_iter().map(told_of).collect()),
        };
        let mut outcome = failed(path, Vec::new());
        let media = match self.channels_of(&story) {
            Ok(media) => media,
            Err(failure) => return failed(path, vec![failure]),
        };
        for medium in media {
            outcome.channels.push(medium.0.to_owned());
            let failures = match self.told(&story, medium) {
                Ok(told) => told.failures,
                Err(failure) => vec![failure],
            };
            for failure in failures {
                add(&mut outcome.failures, failure, medium.0);
            }
        }
        outcome
    }

    /// All channels, or the one that the story names.
    fn channels_of(&self, story: &Story) -> Result<Vec<Medium<'a>>, Failure> {
        let pinned = story.items.iter().find_map(|item| match &item.what {
            Entry::Set(Setting::Channel(name)) => Some((item.line, name)),
            _ => None,
        });
        let Some((line, name)) = pinned else {
            return Ok(self.channels.to_vec());
        };
        match self.channels.iter().find(|(channel, _)| channel == name) {
            Some(medium) => Ok(vec![*medium]),
            None => {
                let names = self.channels.iter().map(|(name, _)| *name);
                let remedy = near::remedy(name, "There are", names);
                Err(Failure::new(
                    line,
                    format!("no channel is called `{name}`. {remedy}"),
                ))
            }
        }
    }

    fn told(&mut self, story: &Story, medium: Medium) -> Result<Told, Failure> {
        let dialogs = self.speakers(story)?;
        let mut world = World::new(dialogs, self.step, story.name(), medium.0, 0);
        world.now = world.moment(beginning()).unwrap_or_default();
        Ok(run::through(story, self.files, world, medium.1))
    }

    fn speakers(&mut self, story: &Story) -> Result<Arc<Dialogs>, Failure> {
        let files = self.files;
        let known = self.known.entry(story.charity.clone());
        known
            .or_insert_with_key(|charity| resolved(files, charity, 1))
            .clone()
    }
}

/// What a charity can say under these files, or the findings that keep it from speaking.
pub(super) fn resolved(files: &Files, charity: &str, line: usize) -> Result<Arc<Dialogs>, Failure> {
    if !files.charities().contains(charity) {
        let finding = load::no_such_charity(files, charity);
        let remedy = finding.remedy.unwrap_or_default();
        return Err(Failure::new(line, format!("{}. {remedy}", finding.what)));
    }
    let (dialogs, findings) = load::resolve(files, charity);
    dialogs.map(Arc::new).ok_or_else(|| {
        let errors = findings
            .0
            .iter()
            .filter(|finding| finding.severity == Severity::Error);
        let details = errors.map(|error| {
            format!(
                "{}:{}:{}: {}",
                error.file, error.at.line, error.at.column, error.what
            )
        });
        Failure {
            details: details.collect(),
            ..Failure::new(line, format!("the dialogs of `{charity}` have errors"))
        }
    })
}

pub(super) fn told_of(problem: Problem) -> Failure {
    Failure::new(
        problem.line,
        format!("{}. {}", problem.what, problem.remedy),
    )
}

/// The same failure on another channel is told once.
fn add(failures: &mut Vec<Failure>, failure: Failure, channel: &str) {
    let same = |known: &&mut Failure| {
        (known.line, &known.what, &known.details) == (failure.line, &failure.what, &failure.details)
    };
    match failures.iter_mut().find(same) {
        Some(known) => known.channels.push(channel.to_owned()),
        None => failures.push(Failure {
            channels: vec![channel.to_owned()],
            ..failure
        }),
    }
}
