//! The inbox: its lists with counts and filters.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use chrono::{DateTime, Utc};

use super::line::{self, MASK};
use super::promise::Promise;
use super::tag::{Catalogue, Tag};
use super::{branch, holds};
use crate::console::day::When;
use crate::console::fields::escaped;
use crate::console::frame::Frame;
use crate::console::permission::Permission;
use crate::console::section::Section;
use crate::console::visit::{Staff, Visit};
use crate::console::words::Say;
use crate::console::wrong::Wrong;
use crate::console::{Console, now};
use crate::event::{Control, Millis};
use crate::store::desk::{self, Asked, Counts, List, Listed};
use crate::store::draft::{self, View};
use crate::store::duty::{self, Duty};
use crate::store::{Tx, conflict, note, staff as people};
use crate::text::graphemes;

/// Conversations on one page of a list.
pub const PAGE: usize = 40;
/// Characters of the last words in a list.
const LAST_CHARS_MAX: usize = 140;

pub type Questions = BTreeMap<String, String>;

/// A conversation in a list.
pub struct Row {
    pub address: String,
    pub name: String,
    pub channel: String,
    pub last: String,
    pub at: When,
    pub waits: Option<When>,
    /// Why it waits.
    pub why: Option<String>,
    pub holder: Option<String>,
    pub offered: Option<String>,
    pub priority: i64,
    pub late: bool,
    pub due: Option<When>,
    pub labels: Vec<Tag>,
    pub service: Option<String>,
}

/// A list in the tabs.
pub struct Tab {
    pub address: String,
    pub words: &'static str,
    pub count: Option<i64>,
    pub word: &'static str,
    pub chosen: bool,
}

/// A filter with what may be chosen.
pub struct Filter {
    pub name: &'static str,
    pub words: &'static str,
    /// Value, words, chosen.
    pub options: Vec<(String, String, bool)>,
}

#[derive(Template)]
#[template(
    path = "console/conversation/index.html",
    config = "src/web/askama.toml"
)]
struct Page {
    frame: Frame,
    tabs: Vec<Tab>,
    list: &'static str,
    filters: Vec<Filter>,
    filtered: bool,
    query: String,
    rows: Vec<Row>,
    alerts: Vec<Row>,
    mentions: Vec<Row>,
    more: Option<String>,
    views: Vec<View>,
    duty: Duty,
    open_now: bool,
}

/// `GET /staff/conversations`
pub async fn show(
    State(console): State<Console>,
    staff: Staff,
    visit: Visit,
    Query(questions): Query<Questions>,
) -> Result<Response, Wrong> {
    staff.need(Permission::Conversations)?;
    let mut tx = console.reader().await?;
    let asked = asked(&console, &staff, &questions);
    let counts = desk::counts(&mut tx, staff.id(), &asked.branch, now()).await?;
    let listed = desk::list(&mut tx, &asked, PAGE).await?;
    let more = listed.after.map(|after| further(&questions, &after));
    let first = asked.after.is_none();
    let names = Names::read(&mut tx, &console, visit.say()).await?;
    let rows = names.rows(&mut tx, &staff, listed.rows).await?;
    let alerted = match first {
        true => desk::alerted(&mut tx, 10).await?,
        false => Vec::new(),
    };
    let alerts = names.of(&mut tx, &staff, &alerted).await?;
    let mentioned = match first {
        true => note::mentioned(&mut tx, staff.id(), 10).await?,
        false => Vec::new(),
    };
    let mentions = names.of(&mut tx, &staff, &mentioned).await?;
    let frame = Frame::new(
        &console,
        &visit,
        &staff,
        Section::Conversations,
        "inbox-title",
    );
    let moment = DateTime::<Utc>::from_timestamp_millis(now()).unwrap_or_default();
    let page = Page {
        tabs: tabs(&asked, &counts),
        list: asked.list.word(),
        filters: filters(
            &console,
            visit.say(),
            &asked,
            &questions,
            names.labels.given(),
        ),
        filtered: FILTERS
            .iter()
            .any(|name| questions.get(*name).is_some_and(|value| !value.is_empty())),
        query: written(&questions),
        rows,
        alerts,
        mentions,
        more,
        views: draft::views(&mut tx, staff.id()).await?,
        duty: duty::find(&mut tx, staff.id()).await?,
        open_now: console.charity().calendar.is_open(moment),
        frame: frame.clone(),
    };
    frame.answer(&page)
}

const FILTERS: [&str; 6] = ["channel", "language", "service", "label", "state", "late"];

fn asked(console: &Console, staff: &Staff, questions: &Questions) -> Asked {
    let of = |name: &str| questions.get(name).cloned().unwrap_or_default();
    let list = List::read(&of("list")).unwrap_or_default();
    let after = questions.get("after").and_then(|after| {
        let (rank, id) = after.split_once('.')?;
        Some((rank.parse().ok()?, id.to_owned()))
    });
    Asked {
        staff: staff.id().to_owned(),
        branch: branch(staff),
        list,
        now: now(),
        channel: of("channel"),
        language: of("language"),
        service: of("service"),
        label: of("label"),
        unanswered_before: unanswered_before(console, &of("late")),
        state: of("state"),
        after,
    }
}

/// Since when somebody must have waited to be shown: as the filter says, in hours or by what was promised.
fn unanswered_before(console: &Console, late: &str) -> Millis {
    match late {
        "promise" => Promise::of(&console.charity()).late_before(now()),
        hours => match hours.parse::<i64>() {
            Ok(hours) if hours > 0 => now() - hours.min(10_000) * 3_600_000,
            _ => 0,
        },
    }
}

/// The address of this list without where it goes on.
fn written(questions: &Questions) -> String {
    let pairs = questions
        .iter()
        .filter(|(name, value)| *name != "after" && *name != "lang" && !value.is_empty());
    let pairs: Vec<String> = pairs
        .map(|(name, value)| format!("{}={}", escaped(name), escaped(value)))
        .collect();
    pairs.join("&")
}

fn further(questions: &Questions, (rank, id): &(Millis, String)) -> String {
    format!(
        "/staff/conversations?{}&after={rank}.{id}",
        written(questions)
    )
}

fn tabs(asked: &Asked, counts: &Counts) -> Vec<Tab> {
    List::EVERY
        .into_iter()
        .map(|list| Tab {
            address: format!("/staff/conversations?list={}", list.word()),
            words: match list {
                List::Mine => "list-mine",
                List::Unassigned => "list-unassigned",
                List::ForUs => "list-for-us",
                List::ForThem => "list-for-them",
                List::Snoozed => "list-snoozed",
                List::All => "list-all",
            },
            count: counts.of(list),
            word: list.word(),
            chosen: list == asked.list,
        })
        .collect()
}

fn filters(
    console: &Console,
    say: Say,
    asked: &Asked,
    questions: &Questions,
    labels: Vec<Tag>,
) -> Vec<Filter> {
    let dialogs = console.registry().current();
    let channels = ["web", "telegram", "whatsapp", "email"];
    let services = dialogs
        .services
        .iter()
        .map(|one| (one.name.clone(), one.title.source(say.lang()).to_owned()));
    let states = [
        ("waiting", say.say("state-waiting")),
        ("human", say.say("state-human")),
        ("bot", say.say("state-bot")),
        ("closed", say.say("state-closed")),
    ];
    let late = [
        ("promise", say.say("late-promise")),
        ("4", say.with("late-hours", "n", 4_i64)),
        ("24", say.with("late-hours", "n", 24_i64)),
        ("72", say.with("late-hours", "n", 72_i64)),
    ];
    let own = |pairs: &[(&str, String)]| -> Vec<(String, String)> {
        pairs
            .iter()
            .map(|(value, words)| ((*value).to_owned(), words.clone()))
            .collect()
    };
    let languages = [
        ("ar", say.say("language-ar")),
        ("en", say.say("language-en")),
    ];
    let chosen = |name: &str| questions.get(name).cloned().unwrap_or_default();
    let mut all = vec![
        (
            "channel",
            "filter-channel",
            channels
                .iter()
                .map(|word| ((*word).to_owned(), line::channel(word, say)))
                .collect(),
        ),
        ("service", "filter-service", services.collect()),
        ("language", "filter-language", own(&languages)),
        (
            "label",
            "filter-label",
            labels
                .into_iter()
                .map(|label| (label.id, label.title))
                .collect(),
        ),
        ("late", "filter-late", own(&late)),
    ];
    if asked.list == List::All {
        all.push(("state", "filter-state", own(&states)));
    }
    all.into_iter()
        .map(
            |(name, words, options): (_, _, Vec<(String, String)>)| Filter {
                name,
                words,
                options: options
                    .into_iter()
                    .map(|(value, words)| {
                        let is = chosen(name) == value;
                        (value, words, is)
                    })
                    .collect(),
            },
        )
        .collect()
}

/// What rows are told with: titles of staff and services, and what was promised.
pub struct Names {
    pub say: Say,
    staff: BTreeMap<String, String>,
    pub services: BTreeMap<String, String>,
    promise: Promise,
    labels: Catalogue,
}

impl Names {
    pub async fn read(tx: &mut Tx, console: &Console, say: Say) -> Result<Names, Wrong> {
        let dialogs = console.registry().current();
        let services = dialogs.services.iter();
        Ok(Names {
            say,
            staff: titles(tx).await?,
            services: services
                .map(|one| (one.name.clone(), one.title.source(say.lang()).to_owned()))
                .collect(),
            promise: Promise::of(&dialogs.charity),
            labels: Catalogue::read(tx, say.lang()).await?,
        })
    }

    /// The rows of these conversations, without those that are not this one's to see.
    pub async fn of(&self, tx: &mut Tx, staff: &Staff, ids: &[String]) -> Result<Vec<Row>, Wrong> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        let listed = desk::these(tx, &ids).await?;
        let branch = branch(staff);
        let own = |one: &Listed| branch.is_empty() || one.branch == branch || holds(staff, one);
        let listed = listed.into_iter().filter(own).collect();
        self.rows(tx, staff, listed).await
    }

    pub async fn rows(
        &self,
        tx: &mut Tx,
        staff: &Staff,
        listed: Vec<Listed>,
    ) -> Result<Vec<Row>, Wrong> {
        if listed.is_empty() {
            return Ok(Vec::new());
        }
        let ids: Vec<&str> = listed.iter().map(|one| one.conversation.as_str()).collect();
        let contacts: Vec<&str> = listed.iter().map(|one| one.contact.as_str()).collect();
        let mut labels = desk::labels(tx, &ids).await?;
        let names = desk::names(tx, &contacts).await?;
        let hidden = conflict::among(tx, staff.id(), &contacts).await?;
        Ok(listed
            .iter()
            .filter(|one| !hidden.contains(&one.contact))
            .map(|one| {
                let labels = labels.remove(&one.conversation).unwrap_or_default();
                self.row(one, names.get(&one.contact), &labels)
            })
            .collect())
    }

    fn row(&self, one: &Listed, name: Option<&String>, labels: &[String]) -> Row {
        let now = now();
        let ago = |at| crate::console::day::ago(at, now, self.say);
        let waits = matches!(one.control, Control::Waiting);
        let due = self.promise.due(one.unanswered_since, now);
        let title = |id: &String| self.staff.get(id).unwrap_or(id).clone();
        Row {
            address: format!("/staff/conversations/{}", one.conversation),
            name: name
                .cloned()
                .unwrap_or_else(|| nameless(&one.conversation, self.say)),
            channel: line::channel(&one.channel, self.say),
            last: self.last(one),
            at: ago(one.updated_at),
            waits: one.waiting_since.filter(|_| waits).map(ago),
            why: one
                .reason
                .as_deref()
                .filter(|_| waits)
                .map(|reason| self.say.say(line::reason_words(reason))),
            holder: match &one.control {
                Control::Human(by) => Some(title(by)),
                Control::Bot | Control::Waiting | Control::Closed => None,
            },
            offered: Some(&one.assigned)
                .filter(|to| waits && !to.is_empty())
                .map(title),
            priority: one.priority,
            late: due.is_some_and(|(_, late)| late),
            due: due.map(|(due, _)| crate::console::day::soon(due, now, self.say.lang())),
            labels: self.labels.tags(labels),
            service: self.services.get(&one.service).cloned(),
        }
    }

    fn last(&self, one: &Listed) -> String {
        let Some(last) = &one.last else {
            return String::new();
        };
        match (&last.text, last.sensitive) {
            (_, true) => MASK.to_owned(),
            (Some(text), false) if !text.is_empty() => graphemes::cut(text, LAST_CHARS_MAX)
                .lines()
                .collect::<Vec<_>>()
                .join(" "),
            (_, false) => self.say.with("log-kind", "kind", &last.kind),
        }
    }
}

/// Somebody whose name nobody knows yet.
pub fn nameless(conversation: &str, say: Say) -> String {
    let end = conversation.len().saturating_sub(5);
    say.with(
        "inbox-nameless",
        "code",
        conversation.get(end..).unwrap_or_default(),
    )
}

/// What staff are called, by id.
pub async fn titles(tx: &mut Tx) -> Result<BTreeMap<String, String>, Wrong> {
    let all = people::all(tx).await?;
    Ok(all.into_iter().map(|one| (one.id, one.title)).collect())
}
