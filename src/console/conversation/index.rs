//! The inbox: its lists with counts and filters, views that one keeps, the search, and one's own duty.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{DateTime, Duration, Utc};

use super::line::{self, MASK};
use super::{branch, holds};
use crate::console::audit::{self, Act};
use crate::console::day::When;
use crate::console::fields::Fields;
use crate::console::frame::{Frame, said};
use crate::console::permission::Permission;
use crate::console::section::Section;
use crate::console::visit::{Staff, Visit};
use crate::console::words::Say;
use crate::console::wrong::Wrong;
use crate::console::{Console, fresh_id, now};
use crate::event::{Control, Millis};
use crate::store::desk::{self, Asked, Counts, List, Listed};
use crate::store::draft::{self, View};
use crate::store::duty::{self, Duty};
use crate::store::{Tx, case, conflict, note, search, staff as people};
use crate::text::calendar::WorkingCalendar;
use crate::text::graphemes;

/// Conversations on one page of a list.
const PAGE: usize = 40;
/// Working minutes within which somebody who waits is to be answered.
pub const ANSWER_MINUTES: i64 = 60;
/// Conversations a member of staff may say that they hold at once.
const CAPACITY_MAX: i64 = 50;
/// Characters of the last words in a list.
const LAST_CHARS_MAX: usize = 140;
/// Labels offered as filters.
const LABELS_MAX: i64 = 30;

type Questions = BTreeMap<String, String>;

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
    pub labels: Vec<String>,
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
    let more = (listed.len() == PAGE)
        .then(|| listed.last().map(|one| further(&questions, one)))
        .flatten();
    let first = asked.after.is_none();
    let names = Names::read(&mut tx, &console, visit.say()).await?;
    let rows = names.rows(&mut tx, &staff, listed).await?;
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
    let labels = desk::used_labels(&mut tx, LABELS_MAX).await?;
    let moment = DateTime::<Utc>::from_timestamp_millis(now()).unwrap_or_default();
    let page = Page {
        tabs: tabs(&asked, &counts),
        list: asked.list.word(),
        filters: filters(&console, visit.say(), &asked, &questions, labels),
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
        "promise" => promised_before(&console.charity().calendar, now()),
        hours => match hours.parse::<i64>() {
            Ok(hours) if hours > 0 => now() - hours.min(10_000) * 3_600_000,
            _ => 0,
        },
    }
}

/// Whoever began to wait before this moment should have been answered in working time by now.
fn promised_before(calendar: &WorkingCalendar, now: Millis) -> Millis {
    let at = |millis| DateTime::<Utc>::from_timestamp_millis(millis).unwrap_or_default();
    let is_late = |since: Millis| {
        let due = calendar.add_working_time(at(since), Duration::minutes(ANSWER_MINUTES));
        due.is_some_and(|due| due.timestamp_millis() <= now)
    };
    // The later somebody began to wait, the less late they are: found by halves, to the minute.
    let (mut late, mut early) = (now - 40 * 86_400_000, now);
    while early - late > 60_000 {
        let middle = late + (early - late) / 2;
        match is_late(middle) {
            true => late = middle,
            false => early = middle,
        }
    }
    late
}

/// When an answer is due to somebody who waits since then, and whether that has passed.
pub fn clock(calendar: &WorkingCalendar, since: Millis, now: Millis) -> Option<(Millis, bool)> {
    let at = DateTime::<Utc>::from_timestamp_millis(since).filter(|_| since > 0)?;
    let due = calendar.add_working_time(at, Duration::minutes(ANSWER_MINUTES))?;
    let due = due.timestamp_millis();
    Some((due, due <= now))
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

fn escaped(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'_' => {
                char::from(byte).to_string()
            }
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

fn further(questions: &Questions, last: &Listed) -> String {
    format!(
        "/staff/conversations?{}&after={}.{}",
        written(questions),
        last.rank,
        last.conversation
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
    labels: Vec<String>,
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
                .map(|label| (label.clone(), label))
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

/// What rows are told with: titles of staff and services, and the calendar of what was promised.
pub struct Names {
    say: Say,
    staff: BTreeMap<String, String>,
    services: BTreeMap<String, String>,
    calendar: WorkingCalendar,
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
            calendar: dialogs.charity.calendar.clone(),
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
                self.row(one, names.get(&one.contact), labels)
            })
            .collect())
    }

    fn row(&self, one: &Listed, name: Option<&String>, labels: Vec<String>) -> Row {
        let now = now();
        let ago = |at| crate::console::day::ago(at, now, self.say);
        let waits = matches!(one.control, Control::Waiting);
        let due = clock(&self.calendar, one.unanswered_since, now);
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
            due: due.map(|(due, _)| crate::console::day::when(due, self.say.lang())),
            labels,
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

/// A request that was found.
pub struct Request {
    pub address: String,
    pub reference: String,
    pub service: String,
    pub state: String,
    pub at: When,
}

#[derive(Template)]
#[template(
    path = "console/conversation/search.html",
    config = "src/web/askama.toml"
)]
struct FoundPage {
    frame: Frame,
    question: String,
    rows: Vec<Row>,
    requests: Vec<Request>,
    more: Option<String>,
    first: bool,
}

/// `GET /staff/search?q=…`
pub async fn search(
    State(console): State<Console>,
    staff: Staff,
    visit: Visit,
    Query(questions): Query<Questions>,
) -> Result<Response, Wrong> {
    staff.need(Permission::Conversations)?;
    let question = questions
        .get("q")
        .map(|q| q.trim().to_owned())
        .unwrap_or_default();
    let question = graphemes::cut(&question, 200).to_owned();
    let below = questions.get("below").and_then(|below| below.parse().ok());
    let mut tx = console.reader().await?;
    let found = search::search(&mut tx, &question, below, PAGE).await?;
    let names = Names::read(&mut tx, &console, visit.say()).await?;
    let rows = names.of(&mut tx, &staff, &found.conversations).await?;
    let requests = requests(&mut tx, &console, &staff, &names, &found.cases).await?;
    drop(tx);
    if !question.is_empty() {
        let mut tx = console.writer().await?;
        let detail = serde_json::json!({"found": rows.len() + requests.len()});
        audit::note_sealed(
            &mut tx,
            staff.id(),
            Act::Searched,
            "conversation",
            &detail,
            Some(&question),
        )
        .await?;
        tx.commit().await?;
    }
    let frame = Frame::new(&console, &visit, &staff, Section::Search, "search-title");
    let more = found
        .more
        .map(|below| format!("/staff/search?q={}&below={below}", escaped(&question)));
    let page = FoundPage {
        first: question.is_empty(),
        question,
        rows,
        requests,
        more,
        frame: frame.clone(),
    };
    frame.answer(&page)
}

async fn requests(
    tx: &mut Tx,
    console: &Console,
    staff: &Staff,
    names: &Names,
    ids: &[String],
) -> Result<Vec<Request>, Wrong> {
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let cases = case::these(tx, &ids).await?;
    let conversations: Vec<String> = cases
        .iter()
        .filter_map(|case| case.conversation.clone())
        .collect();
    let seen = names.of(tx, staff, &conversations).await?;
    let dialogs = console.registry().current();
    let lang = names.say.lang();
    Ok(cases
        .iter()
        .filter_map(|case| {
            let address = format!("/staff/conversations/{}", case.conversation.as_ref()?);
            seen.iter().find(|row| row.address == address)?;
            let state = dialogs.cases.states.get(&case.state);
            Some(Request {
                address,
                reference: case.reference.clone(),
                service: names
                    .services
                    .get(&case.service)
                    .cloned()
                    .unwrap_or_default(),
                state: state.map_or_else(
                    || case.state.clone(),
                    |one| one.title.source(lang).to_owned(),
                ),
                at: crate::console::day::ago(case.submitted_at, now(), names.say),
            })
        })
        .collect())
}

/// `POST /staff/views`: the list as it is filtered, under a name.
pub async fn keep_view(
    State(console): State<Console>,
    staff: Staff,
    visit: Visit,
    fields: Fields,
) -> Result<Response, Wrong> {
    staff.need(Permission::Conversations)?;
    let (name, query) = (fields.line("name"), fields.line("query"));
    if name.is_empty() {
        return Err(Wrong::Bad);
    }
    let view = View {
        id: fresh_id(),
        name,
        query: query.clone(),
    };
    let mut tx = console.writer().await?;
    draft::save_view(&mut tx, staff.id(), &view, now()).await?;
    tx.commit().await?;
    Ok(said(
        &visit,
        &format!("/staff/conversations?{query}"),
        "said-kept",
    ))
}

/// `POST /staff/views/{id}/end`
pub async fn drop_view(
    State(console): State<Console>,
    staff: Staff,
    Path(id): Path<String>,
) -> Result<Response, Wrong> {
    let mut tx = console.writer().await?;
    draft::drop_view(&mut tx, staff.id(), &id).await?;
    tx.commit().await?;
    Ok(Redirect::to("/staff/conversations").into_response())
}

/// `POST /staff/duty`: whether one takes conversations now, how many, and of which kind.
pub async fn duty(
    State(console): State<Console>,
    staff: Staff,
    visit: Visit,
    fields: Fields,
) -> Result<Response, Wrong> {
    staff.need(Permission::Answer)?;
    let words = |name: &'static str| {
        fields
            .all(name)
            .filter(|one| !one.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let capacity = fields.raw("capacity").parse().unwrap_or(duty::CAPACITY);
    let gender = fields.raw("gender");
    let duty = Duty {
        away: fields.has("away"),
        on_call: fields.has("on_call"),
        capacity: i64::clamp(capacity, 0, CAPACITY_MAX),
        services: words("services"),
        languages: words("languages"),
        gender: match gender {
            "woman" | "man" => gender.to_owned(),
            _ => String::new(),
        },
        ..Duty::of(staff.id())
    };
    let mut tx = console.writer().await?;
    duty::set(&mut tx, &duty).await?;
    tx.commit().await?;
    Ok(said(&visit, "/staff/conversations", "said-kept"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_promised_is_counted_in_working_time() {
        let dialogs =
            crate::dialog::load::reload(&crate::dialog::load::embedded().of("demo"), "demo");
        let calendar = dialogs.unwrap().charity.calendar;
        let at = |text: &str| {
            DateTime::parse_from_rfc3339(text)
                .unwrap()
                .timestamp_millis()
        };
        // A Thursday evening, after hours; the house opens on Sunday.
        let since = at("2026-01-08T20:00:00+03:00");
        let sunday = at("2026-01-11T07:00:00+03:00");
        let (due, late) = clock(&calendar, since, sunday).unwrap();
        assert!(!late && due > sunday, "closed days do not count");
        assert!(clock(&calendar, since, due).unwrap().1);
        assert_eq!(clock(&calendar, 0, sunday), None);
        let before = promised_before(&calendar, due + 60_000);
        assert!(before >= since, "{before} {since}");
        assert!(promised_before(&calendar, due - 120_000) < since + 60_000);
    }
}
