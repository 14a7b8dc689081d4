//! One conversation: its history over all channels, what stands beside it, who waits and why, and what one can do.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::HeaderValue;
use axum::http::header::CONTENT_SECURITY_POLICY;
use axum::response::Response;

use super::compose::{self, Compose};
use super::index::{nameless, titles};
use super::line::{self, Item, Teller};
use super::promise::Promise;
use super::tag::{Catalogue, Tag};
use super::{find, holds, wishes};
use crate::console::audit::{self, Act};
use crate::console::day::{self, When};
use crate::console::frame::Frame;
use crate::console::permission::Permission;
use crate::console::section::Section;
use crate::console::visit::{Staff, Visit};
use crate::console::wrong::Wrong;
use crate::console::{Console, now};
use crate::event::Control;
use crate::store::desk::{self, Listed};
use crate::store::message::{self, Message};
use crate::store::{Tx, case, chain, identity, note, staff as people, verify};

/// Messages on one page; more by going back.
const PAGE: i64 = 60;
/// Notes read beside them.
const NOTES_MAX: i64 = 200;
/// The last turns that tell why somebody waits.
const LAST_TURNS: usize = 5;
/// Seeing a conversation again within this is one line in the audit.
const SAW_MILLIS: i64 = 3_600_000;

/// The page shows PDFs in a frame of its own.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; \
    media-src 'self'; frame-src 'self'; object-src 'none'; connect-src 'self'; form-action 'self'; \
    frame-ancestors 'none'; base-uri 'none'";

/// Why somebody waits, at a glance.
struct Waits {
    since: When,
    why: String,
    step: Option<String>,
    offered: Option<String>,
    late: bool,
    turns: Vec<(String, String)>,
}

/// A request of theirs.
struct Request {
    reference: String,
    service: String,
    state: String,
}

#[derive(Template)]
#[template(
    path = "console/conversation/show.html",
    config = "src/web/askama.toml"
)]
struct Page {
    frame: Frame,
    id: String,
    /// Makes this form's acts one, however often its button is pressed.
    key: String,
    name: String,
    channels: Vec<String>,
    language: String,
    control: &'static str,
    holder: String,
    mine: bool,
    may_answer: bool,
    may_assign: bool,
    may_reveal: bool,
    hides: bool,
    items: Vec<Item>,
    earlier: Option<i64>,
    waits: Option<Waits>,
    alerts: Vec<(String, When)>,
    labels: Vec<Tag>,
    known_labels: Vec<Tag>,
    priority: i64,
    snoozed: Option<When>,
    due: Option<When>,
    late: bool,
    colleagues: Vec<(String, String)>,
    requests: Vec<Request>,
    /// How they would like to be dealt with: each wish by its name.
    wishes: Vec<(String, String)>,
    compose: Compose,
    today: String,
}

pub async fn show(
    State(console): State<Console>,
    staff: Staff,
    visit: Visit,
    Path(id): Path<String>,
    Query(questions): Query<BTreeMap<String, String>>,
) -> Result<Response, Wrong> {
    let mut tx = console.reader().await?;
    let one = find(&mut tx, &staff, &id).await?;
    let open = holds(&staff, &one) || audit::reason_given(&mut tx, staff.id(), &id).await?;
    let before: Option<i64> = questions
        .get("before")
        .and_then(|before| before.parse().ok());
    let messages = message::before(&mut tx, &id, 0, before.unwrap_or(i64::MAX), PAGE).await?;
    let page = page(
        &mut tx, &console, &staff, &visit, &one, open, messages, &questions,
    )
    .await?;
    drop(tx);
    saw(&console, &staff, &id).await?;
    let frame = page.frame.clone();
    let mut response = frame.answer(&page)?;
    let policy = HeaderValue::from_static(POLICY);
    response
        .headers_mut()
        .insert(CONTENT_SECURITY_POLICY, policy);
    Ok(response)
}

/// Who saw it stands in the audit, once an hour; and what named them in it is looked at.
async fn saw(console: &Console, staff: &Staff, id: &str) -> Result<(), Wrong> {
    let mut tx = console.reader().await?;
    let (who, since) = (staff.id(), now() - SAW_MILLIS);
    let known = chain::has(&mut tx, verify::AUDIT, id, who, Act::Saw.word(), since).await?;
    let named = note::is_mentioned(&mut tx, who, id).await?;
    drop(tx);
    if known && !named {
        return Ok(());
    }
    let mut tx = console.writer().await?;
    if !known {
        let detail = serde_json::json!({"noun": "conversation"});
        audit::note(&mut tx, who, Act::Saw, id, &detail).await?;
    }
    note::looked(&mut tx, who, id, now()).await?;
    tx.commit().await?;
    Ok(())
}

#[allow(clippy::too_many_arguments)]
async fn page(
    tx: &mut Tx,
    console: &Console,
    staff: &Staff,
    visit: &Visit,
    one: &Listed,
    open: bool,
    messages: Vec<Message>,
    questions: &BTreeMap<String, String>,
) -> Result<Page, Wrong> {
    let say = visit.say();
    let (id, dialogs) = (one.conversation.as_str(), console.registry().current());
    let titles = titles(tx).await?;
    let teller = Teller {
        say,
        dialogs: &dialogs,
        staff: &titles,
        conversation: id,
        open,
        reader: staff.id(),
    };
    let first = messages.first().map_or(0, |one| one.seq);
    let last = messages.last().map_or(0, |one| one.seq);
    let from = if first <= 1 { 0 } else { first };
    let to = if questions.contains_key("before") {
        last
    } else {
        i64::MAX
    };
    let notes = note::between(tx, id, from, to, NOTES_MAX).await?;
    let mine = holds(staff, one);
    let names = desk::names(tx, &[&one.contact]).await?;
    let name = names
        .get(&one.contact)
        .cloned()
        .unwrap_or_else(|| nameless(id, say));
    let due = Promise::of(&dialogs.charity).due(one.unanswered_since, now());
    let alerts = desk::alerts(tx, id).await?;
    let ago = |at| day::ago(at, now(), say);
    let mut channels: Vec<String> = Vec::new();
    for identity in identity::of_contact(tx, &one.contact).await? {
        let word = line::channel(&identity.address.channel, say);
        if !channels.contains(&word) {
            channels.push(word);
        }
    }
    let cases = case::all_of_contacts(tx, &[&one.contact]).await?;
    let service = |name: &str| {
        let found = dialogs.services.iter().find(|one| one.name == name);
        found.map_or_else(
            || name.to_owned(),
            |one| one.title.source(say.lang()).to_owned(),
        )
    };
    let colleagues = people::all(tx).await?.into_iter().filter(|one| {
        one.is_active()
            && one.id != staff.id()
            && one.roles.iter().copied().any(people::Role::answers)
    });
    let made = compose::Of {
        console,
        staff,
        say,
        dialogs: &dialogs,
        one,
        name: names.get(&one.contact).map(String::as_str),
        cases: &cases,
        messages: &messages,
        open,
        questions,
    };
    let compose = made.read(tx).await?;
    let catalogue = Catalogue::read(tx, say.lang()).await?;
    let labels = desk::labels(tx, &[id]).await?.remove(id);
    Ok(Page {
        id: id.to_owned(),
        key: hex(rand::random()),
        channels,
        language: match one.language.as_str() {
            "en" => say.say("language-en"),
            _ => say.say("language-ar"),
        },
        control: match &one.control {
            Control::Bot => "bot",
            Control::Waiting => "waiting",
            Control::Human(_) => "human",
            Control::Closed => "closed",
        },
        holder: match &one.control {
            Control::Human(by) => teller.name(by),
            Control::Bot | Control::Waiting | Control::Closed => String::new(),
        },
        mine,
        may_answer: staff.may(Permission::Answer),
        may_assign: mine || staff.may(Permission::Assign),
        may_reveal: staff.may(Permission::Reveal),
        hides: !open && messages.iter().any(|one| one.sensitive),
        earlier: (first > 1).then_some(first),
        waits: match &one.control {
            Control::Waiting => Some(waits(&teller, one, due, &messages)),
            Control::Bot | Control::Human(_) | Control::Closed => None,
        },
        alerts: alerts
            .into_iter()
            .map(|(kind, at)| (say.say(alert_words(&kind)), ago(at)))
            .collect(),
        labels: catalogue.tags(&labels.unwrap_or_default()),
        known_labels: catalogue.given(),
        priority: one.priority,
        snoozed: Some(one.snoozed_until)
            .filter(|until| *until > now())
            .map(|until| day::when(until, say.lang())),
        due: due.map(|(due, _)| day::soon(due, now(), say.lang())),
        late: due.is_some_and(|(_, late)| late),
        colleagues: colleagues.map(|one| (one.id, one.title)).collect(),
        requests: cases
            .iter()
            .map(|case| Request {
                reference: case.reference.clone(),
                service: service(&case.service),
                state: dialogs.cases.states.get(&case.state).map_or_else(
                    || case.state.clone(),
                    |one| one.title.source(say.lang()).to_owned(),
                ),
            })
            .collect(),
        wishes: wishes::of(&desk::facts(tx, &one.contact).await?, say),
        compose,
        today: day::iso(now()),
        items: teller.tell(&messages, &notes),
        frame: Frame::titled(console, visit, staff, Section::Conversations, name.clone()),
        name,
    })
}

fn waits(
    teller: &Teller<'_>,
    one: &Listed,
    due: Option<(i64, bool)>,
    messages: &[Message],
) -> Waits {
    let step = one
        .step
        .as_deref()
        .map(|step| super::trace::place_words(step, teller.dialogs, teller.say.lang()));
    Waits {
        since: day::ago(
            one.waiting_since.unwrap_or(one.updated_at),
            now(),
            teller.say,
        ),
        why: teller.say.say(line::reason_words(
            one.reason.as_deref().unwrap_or_default(),
        )),
        step,
        offered: Some(&one.assigned)
            .filter(|to| !to.is_empty())
            .map(|to| teller.name(to)),
        late: due.is_some_and(|(_, late)| late),
        turns: teller.short(messages, LAST_TURNS),
    }
}

fn alert_words(kind: &str) -> &'static str {
    match kind {
        "distress" => "alert-distress",
        "unclaimed" => "alert-unclaimed",
        "undelivered" => "alert-undelivered",
        "call" => "alert-call",
        _ => "alert-fault",
    }
}

fn hex(bytes: [u8; 16]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
