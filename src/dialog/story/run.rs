//! Tells stories to the machine, on every channel, and compares what is said with what is written. Pure: new
//! texts of files are given back, never written.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use super::diff;
use super::parse::{self, Compare, Deed, Entry, Expected, Item, Key, Setting, Story};
use super::patch;
use super::report::{Failure, Outcome, Report};
use super::rewrite::{self, Edit};
use super::shown;
use super::world::{Happened, Impossible, World};
use super::{ENDING, Step};
use crate::dialog::files::Files;
use crate::dialog::finding::Severity;
use crate::dialog::load;
use crate::dialog::model::Dialogs;
use crate::dialog::near;
use crate::reply::{Limits, Reply};

/// Lines of what was done that a difference shows (lines).
const DEED_LINES_MAX: usize = 3;

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

/// When a story begins unless it says otherwise: a working Sunday, 2026-01-04 10:00.
pub fn beginning() -> NaiveDateTime {
    let day = NaiveDate::from_ymd_opt(2026, 1, 4).unwrap_or_default();
    day.and_time(NaiveTime::from_hms_opt(10, 0, 0).unwrap_or_default())
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
        let mut run = Run {
            story,
            limits: medium.1,
            files: self.files.clone(),
            world,
            group: Group::default(),
            told: Told::default(),
        };
        run.through();
        Ok(run.told)
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
fn resolved(files: &Files, charity: &str, line: usize) -> Result<Arc<Dialogs>, Failure> {
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

fn told_of(problem: parse::Problem) -> Failure {
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

/// A story told on one channel.
#[derive(Default)]
struct Told {
    failures: Vec<Failure>,
    edits: Vec<Edit>,
}

/// What happened in a row, and what is expected behind it.
#[derive(Default)]
struct Group<'a> {
    deed: Option<&'a Item>,
    expects: Vec<&'a Item>,
    said: Vec<Expected>,
}

struct Run<'a> {
    story: &'a Story,
    limits: &'a Limits,
    /// The files that speak now.
    files: Files,
    world: World,
    group: Group<'a>,
    told: Told,
}

impl<'a> Run<'a> {
    fn through(&mut self) {
        let story = self.story;
        for item in &story.items {
            let went = match &item.what {
                Entry::Set(setting) => self.set(item, setting),
                Entry::Do(deed) => self.act(item, deed),
                Entry::Expect(_) => {
                    self.group.expects.push(item);
                    Ok(())
                }
                Entry::Counts { compare, messages } => {
                    self.counts(item, *compare, *messages);
                    Ok(())
                }
                Entry::End(lines) => {
                    self.close();
                    self.end(item, lines);
                    Ok(())
                }
            };
            if let Err(failure) = went {
                // What comes behind it would only fail because of it.
                self.close();
                self.told.failures.push(failure);
                return;
            }
        }
        self.close();
    }

    fn set(&mut self, item: &Item, setting: &Setting) -> Result<(), Failure> {
        match setting {
            Setting::Language(language) => self.world.language(*language),
            // Chosen before the story began.
            Setting::Channel(_) => {}
            Setting::Source(source) => self.world.source = *source,
            Setting::Known(fact) => self.world.know(fact).map_err(|why| impossible(item, why))?,
            Setting::As(name) => self.world.speak_as(name),
            Setting::Mark => self.world.mark(),
            Setting::Dialogs(changes) => {
                let charity = &self.story.charity;
                let files = patch::apply(&self.files, charity, changes, item.line);
                self.files = files.map_err(told_of)?;
                self.world.dialogs = resolved(&self.files, charity, item.line)?;
            }
        }
        Ok(())
    }

    fn act(&mut self, item: &'a Item, deed: &Deed) -> Result<(), Failure> {
        if !self.group.expects.is_empty() {
            self.close();
        }
        self.group.deed = Some(item);
        let happened = self.world.act(deed).map_err(|why| impossible(item, why))?;
        for happened in happened {
            if let Happened::Said { reply, .. } = &happened {
                self.fits(item, reply);
            }
            self.group.said.push(block(happened));
        }
        Ok(())
    }

    /// Buttons must fit the channel; texts are split by it.
    fn fits(&mut self, item: &Item, reply: &Reply) {
        let Some(choices) = &reply.choices else {
            return;
        };
        let limits = self.limits;
        let most = limits.rows.unwrap_or(0).max(limits.buttons);
        if choices.options.len() > most && !limits.paged {
            let what = format!("{} choices do not fit: {most} do", choices.options.len());
            self.told.failures.push(Failure::new(item.line, what));
        }
        let title = match limits.rows {
            Some(_) => limits.row_title.max(limits.button_title),
            None => limits.button_title,
        };
        for choice in choices.options.iter().chain(&choices.controls) {
            let length = choice.title.chars().count();
            if length > title {
                let what = format!("`{}` has {length} characters, {title} fit", choice.title);
                self.told.failures.push(Failure::new(item.line, what));
            }
        }
    }

    fn counts(&mut self, item: &Item, compare: Compare, messages: usize) {
        let counted = self.world.counted();
        let holds = match compare {
            Compare::AtMost => counted <= messages,
            Compare::Exactly => counted == messages,
        };
        if !holds {
            let what = format!("the person needed {counted} messages");
            self.told.failures.push(Failure::new(item.line, what));
        }
    }

    fn end(&mut self, item: &Item, lines: &[String]) {
        let remains = self.world.remains();
        let nothing = lines == ["nothing"];
        let expected = if nothing { &[] } else { lines };
        if expected == remains {
            return;
        }
        self.told
            .edits
            .push(rewrite::end((item.line, item.last), &remains));
        self.told.failures.push(Failure {
            details: diff::lines(expected, &remains),
            ..Failure::new(item.line, "something else remains (- expected, + remains)")
        });
    }

    /// Compares what was said since the last expectation with what was expected.
    fn close(&mut self) {
        let group = std::mem::take(&mut self.group);
        let expected: Vec<Expected> = group
            .expects
            .iter()
            .filter_map(|item| plain(item))
            .collect();
        let silent = [Expected {
            key: Key::Silent,
            lines: Vec::new(),
        }];
        if expected == group.said || (group.said.is_empty() && expected == silent) {
            return;
        }
        let places: Vec<_> = group
            .expects
            .iter()
            .map(|item| (item.line, item.last))
            .collect();
        let behind = group.deed.map_or(0, |item| item.last);
        self.told
            .edits
            .extend(rewrite::group(&places, behind, &group.said));
        let line = group
            .expects
            .first()
            .copied()
            .or(group.deed)
            .map_or(1, |item| item.line);
        let mut details = self.deed_lines(group.deed);
        details.extend(diff::lines(
            &rewrite::blocks(&expected),
            &rewrite::blocks(&group.said),
        ));
        self.told.failures.push(Failure {
            details,
            ..Failure::new(line, "the replies differ (- expected, + said)")
        });
    }

    fn deed_lines(&self, deed: Option<&Item>) -> Vec<String> {
        let Some(item) = deed else {
            return Vec::new();
        };
        let lines = self.story.text.lines().skip(item.line - 1);
        let own = lines.take((item.last + 1 - item.line).min(DEED_LINES_MAX));
        own.map(|line| format!("  {line}")).collect()
    }
}

fn impossible(item: &Item, why: Impossible) -> Failure {
    Failure::new(item.line, why.0)
}

/// What became visible, as a block of a story. What reaches somebody else says so first.
fn block(happened: Happened) -> Expected {
    match happened {
        Happened::Said { to, reply } => {
            let mut expected = shown::reply(&reply);
            if let Some(to) = to {
                expected.lines.insert(0, format!("<to {to}>"));
            }
            expected
        }
        Happened::Alert(kind) => Expected {
            key: Key::Alert,
            lines: vec![shown::name_of(&kind)],
        },
    }
}

/// An expectation as it is compared.
fn plain(item: &Item) -> Option<Expected> {
    match &item.what {
        Entry::Expect(expected) => Some(Expected {
            key: expected.key,
            lines: shown::plain(&expected.lines.join("\n")),
        }),
        Entry::Set(_) | Entry::Do(_) | Entry::Counts { .. } | Entry::End(_) => None,
    }
}
