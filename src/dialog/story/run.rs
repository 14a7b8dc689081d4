//! One story told to the machine on one channel, and what is said compared with what is written.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use super::diff;
use super::entry::{Compare, Deed, Entry, Expected, Item, Key, Setting, Story};
use super::patch;
use super::report::Failure;
use super::rewrite::{self, Edit};
use super::shown;
use super::tell::{resolved, told_of};
use super::world::{Happened, Impossible, World};
use crate::dialog::files::Files;
use crate::reply::{Limits, Reply};

/// Lines of what was done that a difference shows (lines).
const DEED_LINES_MAX: usize = 3;

/// When a story begins unless it says otherwise: a working Sunday, 2026-01-04 10:00.
pub fn beginning() -> NaiveDateTime {
    let day = NaiveDate::from_ymd_opt(2026, 1, 4).unwrap_or_default();
    day.and_time(NaiveTime::from_hms_opt(10, 0, 0).unwrap_or_default())
}

/// A story told on one channel.
#[derive(Default)]
pub struct Told {
    pub failures: Vec<Failure>,
    /// What would have to be written for the replies to be as they were.
    pub edits: Vec<Edit>,
}

/// Tells a story to a world that has just begun.
pub fn through(story: &Story, files: &Files, world: World, limits: &Limits) -> Told {
    let mut run = Run {
        story,
        limits,
        files: files.clone(),
        world,
        group: Group::default(),
        told: Told::default(),
    };
    run.through();
    run.told
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
        let most = limits.choices();
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
