//! `/staff/audit`: who saw, searched, revealed, changed, exported, decided. Read-only; a page of the newest, and older
//! ones behind it. Sealed words are not shown here.

use std::collections::BTreeMap;

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::Uri;
use axum::response::Response;
use axum::routing::get;
use chrono::{NaiveDate, TimeZone as _};
use chrono_tz::Asia::Riyadh;
use serde_json::{Value, json};

use super::Console;
use super::audit::{self, Act};
use super::conversation;
use super::fields::Fields;
use super::frame::Frame;
use super::permission::{Permission, role_words};
use super::section::Section;
use super::visit::{Staff, Visit};
use super::wrong::Wrong;
use crate::event::Millis;
use crate::store::chain::{self, Filter, Seen};
use crate::store::label;
use crate::store::staff::{self, Account, Role};
use crate::store::verify;
use crate::text::lang::Lang;

/// Lines of a page: two screens.
const PAGE_LINES: i64 = 50;

pub fn routes() -> Router<Console> {
    Router::new().route("/staff/audit", get(show))
}

#[derive(Template)]
#[template(path = "console/trail.html", config = "src/web/askama.toml")]
struct Page {
    frame: Frame,
    lines: Vec<Line>,
    people: Vec<Account>,
    acts: Vec<Choice>,
    asked: Asked,
    /// Where older lines begin.
    older: Option<String>,
}

struct Choice {
    word: &'static str,
    words: &'static str,
}

struct Line {
    seq: i64,
    at: Millis,
    act: String,
    who: String,
    what: String,
    subject: String,
    /// The page of the subject, where it has one.
    leads: Option<String>,
    sealed: bool,
}

/// The filters, as they were asked.
#[derive(Clone, Default)]
struct Asked {
    who: String,
    act: String,
    subject: String,
    from: String,
    to: String,
}

impl Asked {
    fn of(fields: &Fields) -> Asked {
        Asked {
            who: fields.line("who"),
            act: fields.line("act"),
            subject: fields.line("subject"),
            from: fields.line("from"),
            to: fields.line("to"),
        }
    }

    fn filter(&self, before: i64) -> Filter {
        let some = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
        Filter {
            author: some(&self.who),
            kind: some(&self.act),
            subject: some(&self.subject),
            from: day(&self.from, 0).unwrap_or(0),
            to: day(&self.to, 1).unwrap_or(i64::MAX),
            before,
        }
    }

    fn query(&self, before: i64) -> String {
        let Asked {
            who,
            act,
            subject,
            from,
            to,
        } = self;
        let pairs = [
            ("who", who),
            ("act", act),
            ("subject", subject),
            ("from", from),
            ("to", to),
        ];
        let given = pairs.iter().filter(|(_, value)| !value.is_empty());
        let mut query: String = given
            .map(|(name, value)| format!("{name}={}&", super::sign_in::escaped(value)))
            .collect();
        query.push_str(&format!("before={before}"));
        query
    }
}

/// The beginning of a day in the Kingdom, so many days later.
fn day(text: &str, later: u64) -> Option<Millis> {
    let day: NaiveDate = text.parse().ok()?;
    let day = day.checked_add_days(chrono::Days::new(later))?;
    let begin = Riyadh.from_local_datetime(&day.and_hms_opt(0, 0, 0)?);
    Some(begin.earliest()?.timestamp_millis())
}

async fn show(
    State(console): State<Console>,
    staff: Staff,
    visit: Visit,
    uri: Uri,
) -> Result<Response, Wrong> {
    staff.need(Permission::Audit)?;
    let fields = uri.query().map(Fields::kept).unwrap_or_default();
    let asked = Asked::of(&fields);
    let before = fields.raw("before").parse().unwrap_or(i64::MAX);
    let mut tx = console.reader().await?;
    let people = staff::all(&mut tx).await?;
    let labels = label::every(&mut tx).await?;
    let seen = chain::newest(
        &mut tx,
        verify::AUDIT,
        &asked.filter(before),
        PAGE_LINES + 1,
    )
    .await?;
    drop(tx);
    note(&console, &staff, before).await?;
    let frame = Frame::new(&console, &visit, &staff, Section::Audit, "nav-audit");
    let names: BTreeMap<&str, &str> = people
        .iter()
        .map(|one| (one.id.as_str(), one.title.as_str()))
        .collect();
    let titles = labels.iter().map(|one| match visit.language {
        Lang::Ar => (one.id.as_str(), one.ar.as_str()),
        Lang::En => (one.id.as_str(), one.en.as_str()),
    });
    let titles: BTreeMap<&str, &str> = titles.chain(names.clone()).collect();
    let shown = usize::try_from(PAGE_LINES).unwrap_or(usize::MAX);
    let older = seen.get(shown).map(|_| asked.query(seen[shown - 1].seq));
    let lines = seen
        .iter()
        .take(shown)
        .map(|one| line(&frame, &names, &titles, one));
    let page = Page {
        lines: lines.collect(),
        acts: Act::ALL
            .into_iter()
            .map(|act| (act.word(), act.words()))
            .chain(DEALT.iter().copied())
            .map(|(word, words)| Choice { word, words })
            .collect(),
        people: people.clone(),
        asked,
        older,
        frame: frame.clone(),
    };
    frame.answer(&page)
}

/// Reading the audit is seeing, too; its later pages are the same look.
async fn note(console: &Console, staff: &Staff, before: i64) -> Result<(), Wrong> {
    if before != i64::MAX {
        return Ok(());
    }
    let mut tx = console.writer().await?;
    audit::note(&mut tx, staff.id(), Act::Saw, "audit", &json!({})).await?;
    tx.commit().await?;
    Ok(())
}

fn line(
    frame: &Frame,
    names: &BTreeMap<&str, &str>,
    titles: &BTreeMap<&str, &str>,
    seen: &Seen,
) -> Line {
    // What commands wrote before there were pages.
    let kind = match seen.kind.as_str() {
        "faq" => Act::Changed.word(),
        "export" => Act::Exported.word(),
        other => other,
    };
    let act = Act::ALL.into_iter().find(|act| act.word() == kind);
    let dealt = DEALT.iter().find(|(word, _)| *word == kind);
    let words = act.map(Act::words).or(dealt.map(|(_, words)| *words));
    let (subject, leads) = subject(frame, names, titles, seen);
    Line {
        seq: seen.seq,
        at: seen.at,
        act: words.map_or_else(|| seen.kind.clone(), |words| frame.say(words)),
        who: match (names.get(seen.author.as_str()), seen.author.as_str()) {
            (Some(title), _) => (*title).to_string(),
            (None, "") => frame.say("log-house"),
            (None, author) => author.to_string(),
        },
        what: told(frame, titles, &seen.detail),
        leads,
        subject,
        sealed: seen.sealed,
    }
}

/// What it was about, in words, and its page.
fn subject(
    frame: &Frame,
    names: &BTreeMap<&str, &str>,
    titles: &BTreeMap<&str, &str>,
    seen: &Seen,
) -> (String, Option<String>) {
    let id = seen.subject.as_str();
    if let Some(title) = names.get(id) {
        return ((*title).to_string(), Some(format!("/staff/people/{id}")));
    }
    if let Some(title) = titles.get(id) {
        return ((*title).to_string(), None);
    }
    let detail: Value = serde_json::from_str(&seen.detail).unwrap_or_default();
    let talk = detail["noun"] == "conversation"
        || detail["what"] == "conversation"
        || DEALT.iter().any(|(word, _)| *word == seen.kind);
    match talk && id.len() == ID_CHARS {
        true => {
            let name = conversation::nameless(id, frame.words());
            (name, Some(format!("/staff/conversations/{id}")))
        }
        false => (id.to_string(), None),
    }
}

/// An id of ours.
const ID_CHARS: usize = 36;

/// What is done to conversations and requests, as the chain has it, and its words.
const DEALT: &[(&str, &str)] = &[
    ("handover.claimed", "dealt-claimed"),
    ("handover.replied", "dealt-replied"),
    ("handover.returned", "dealt-returned"),
    ("handover.closed", "dealt-closed"),
    ("handover.transferred", "dealt-transferred"),
    ("handover.assigned", "dealt-assigned"),
    ("conversation.noted", "dealt-noted"),
    ("conversation.labelled", "dealt-labelled"),
    ("conversation.prioritised", "dealt-prioritised"),
    ("conversation.snoozed", "dealt-snoozed"),
    ("alert.seen", "dealt-alert"),
    ("case.moved", "dealt-moved"),
    ("case.postponed", "dealt-postponed"),
];

/// Codes in the details, and their words.
const DID: &[(&str, &str)] = &[
    ("password", "did-password"),
    ("other sessions ended", "did-other-sessions"),
    ("session ended", "did-session"),
    ("sessions ended", "did-sessions"),
    ("second factor", "did-second"),
    ("second factor forgotten", "did-second-forgotten"),
    ("recovery codes", "did-codes"),
    ("first administrator", "did-first"),
    ("invitation taken", "did-taken"),
    ("invited", "did-invited"),
    ("account", "did-account"),
    ("link", "did-link"),
    ("deactivated", "did-deactivated"),
    ("activated", "did-activated"),
    ("conflict declared", "did-conflict"),
    ("conflict withdrawn", "did-conflict-withdrawn"),
    ("label", "did-label"),
    ("label removed", "did-label-removed"),
    ("canned reply", "did-canned"),
    ("canned reply removed", "did-canned-removed"),
    ("calendar", "did-calendar"),
    ("failed event tried again", "did-retried"),
    ("failed event dropped", "did-dropped"),
    ("code", "did-code"),
    ("roles", "did-roles"),
    ("before", "did-before"),
    ("file of a canned reply", "did-canned-file"),
    ("file of a canned reply removed", "did-canned-file-removed"),
    ("found", "did-found"),
    ("to", "did-to"),
    ("on", "did-on"),
    ("until", "did-until"),
    ("priority", "did-priority"),
    ("reference", "did-reference"),
    ("normal", "priority-normal"),
    ("high", "priority-high"),
    ("urgent", "priority-urgent"),
    ("conversation", "did-conversation"),
    ("true", "did-yes"),
    ("false", "did-no"),
];

/// What the act and its subject tell already.
const UNTOLD: [&str; 1] = ["noun"];

/// A code in words; roles and permissions too. What is no code of ours stands for itself.
fn in_words(frame: &Frame, code: &str) -> String {
    let did = DID.iter().find(|(known, _)| *known == code);
    let role = Role::read(code).map(role_words);
    let permission = Permission::ALL.map(Permission::words);
    let permission = permission.into_iter().find(|words| *words == code);
    let words = did.map(|(_, words)| *words).or(role).or(permission);
    words.map_or_else(|| code.to_string(), |words| frame.say(words))
}

/// The detail as `name: value`, without marks of JSON.
fn told(frame: &Frame, titles: &BTreeMap<&str, &str>, detail: &str) -> String {
    let Ok(Value::Object(fields)) = serde_json::from_str(detail) else {
        return detail.to_string();
    };
    let word = |text: &str| match titles.get(text) {
        Some(title) => (*title).to_string(),
        None => in_words(frame, text),
    };
    let plain = |name: &str, value: &Value| match value {
        Value::Number(at) if name == "until" => moment(frame, at.as_i64()),
        Value::String(text) => word(text),
        Value::Array(values) => {
            let text = |one: &Value| one.as_str().map_or_else(|| one.to_string(), word);
            values.iter().map(text).collect::<Vec<_>>().join(" + ")
        }
        other => in_words(frame, &other.to_string()),
    };
    let told = fields
        .iter()
        .filter(|(name, value)| !UNTOLD.contains(&name.as_str()) && !value.is_null())
        .map(|(name, value)| match name.as_str() {
            "what" | "label" => plain(name, value),
            name => format!("{}: {}", in_words(frame, name), plain(name, value)),
        });
    told.collect::<Vec<_>>().join(" · ")
}

fn moment(frame: &Frame, at: Option<Millis>) -> String {
    frame.when(&at.unwrap_or_default()).words
}
