//! `/staff/people`: who works here: invited by a link that is good once, changed, deactivated. Whoever leaves hands
//! back what they held.

mod change;
mod leave;

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde_json::json;

use super::audit::{self, Act};
use super::fields::Fields;
use super::frame::Frame;
use super::permission::{self, Permission, role_words};
use super::section::Section;
use super::sign_in::fresh_token;
use super::visit::{Staff, Visit};
use super::wrong::Wrong;
use super::{Console, fresh_id, now, welcome};
use crate::event::Millis;
use crate::store::conflict::{self, Conflict};
use crate::store::invitation::{self, Link, Purpose};
use crate::store::session;
use crate::store::staff::{self, Account, New, Role};
use crate::store::{Fault, Tx};

pub use leave::settle;

const HERE: &str = "/staff/people";

pub fn routes() -> Router<Console> {
    Router::new()
        .route(HERE, get(index).post(create))
        .route("/staff/people/new", get(form))
        .route("/staff/people/{id}", get(show).post(change::describe))
        .route("/staff/people/{id}/link", post(change::link))
        .route(
            "/staff/people/{id}/second-factor",
            post(change::forget_second),
        )
        .route("/staff/people/{id}/sessions", post(change::end_sessions))
        .route("/staff/people/{id}/deactivation", post(leave::deactivate))
        .route("/staff/people/{id}/activation", post(leave::activate))
        .route("/staff/people/{id}/conflicts", post(change::declare))
        .route(
            "/staff/people/{id}/conflicts/{conflict}/removal",
            post(change::withdraw),
        )
}

/// Adds somebody and makes their link; None: the name is taken.
///
/// # Errors
/// As the store's.
pub async fn invite(tx: &mut Tx, new: &New<'_>) -> Result<Option<String>, Fault> {
    if !staff::add(tx, new).await? {
        return Ok(None);
    }
    let words: Vec<_> = new.roles.iter().map(|role| role.word()).collect();
    let detail = json!({ "what": "invited", "roles": words });
    audit::note(tx, new.by, Act::Changed, new.id, &detail).await?;
    fresh_link(tx, new.id, Purpose::Invite, new.by)
        .await
        .map(Some)
}

/// A link for a new password of somebody, and perhaps for a new second factor: the path that it leads to. None:
/// nobody who works here has this name.
///
/// # Errors
/// As the store's.
pub async fn readmit(
    tx: &mut Tx,
    name: &str,
    second_factor: bool,
    by: &str,
) -> Result<Option<String>, Fault> {
    let person = staff::named(tx, name).await?;
    let Some(person) = person.filter(Account::is_active) else {
        return Ok(None);
    };
    if second_factor {
        staff::forget_second(tx, &person.id).await?;
        session::end_others(tx, &person.id, "").await?;
    }
    let detail = json!({ "what": "link", "second_factor_forgotten": second_factor });
    audit::note(tx, by, Act::Changed, &person.id, &detail).await?;
    let purpose = match person.password {
        None => Purpose::Invite,
        Some(_) => Purpose::Reset,
    };
    fresh_link(tx, &person.id, purpose, by).await.map(Some)
}

/// A new link for somebody: the path that it leads to. An older one is good no longer.
///
/// # Errors
/// As the store's.
pub async fn fresh_link(
    tx: &mut Tx,
    id: &str,
    purpose: Purpose,
    by: &str,
) -> Result<String, Fault> {
    let token = fresh_token();
    let link = Link {
        purpose,
        staff: Some(id.to_string()),
        made_by: by.to_string(),
        expires_at: now() + invitation::LIFE_MILLIS,
    };
    invitation::make(tx, &token, &link, now()).await?;
    Ok(welcome::path(&token))
}

/// One of the list.
struct Listed {
    account: Account,
    roles: String,
    /// Until when their link is good, while they have not come.
    link: Option<Millis>,
}

#[derive(Template)]
#[template(path = "console/people/index.html", config = "src/web/askama.toml")]
struct Index {
    frame: Frame,
    people: Vec<Listed>,
}

async fn index(
    State(console): State<Console>,
    staff: Staff,
    visit: Visit,
) -> Result<Response, Wrong> {
    staff.need(Permission::Staff)?;
    let mut tx = console.reader().await?;
    let links: BTreeMap<String, Millis> = invitation::open(&mut tx, now())
        .await?
        .into_iter()
        .collect();
    let frame = Frame::new(&console, &visit, &staff, Section::People, "nav-people");
    let all = staff::all(&mut tx).await?.into_iter();
    let people = all.map(|account| Listed {
        roles: role_list(&frame, &account.roles),
        link: links.get(&account.id).copied(),
        account,
    });
    let page = Index {
        people: people.collect(),
        frame: frame.clone(),
    };
    frame.answer(&page)
}

fn role_list(frame: &Frame, roles: &BTreeSet<Role>) -> String {
    let words = roles.iter().map(|role| frame.say(role_words(*role)));
    words.collect::<Vec<_>>().join(" · ")
}

/// A role to be ticked.
struct Tick {
    word: &'static str,
    name: &'static str,
    about: &'static str,
    on: bool,
}

fn ticks(on: &BTreeSet<Role>) -> Vec<Tick> {
    let about = |role| match role {
        Role::Administrator => "role-administrator-about",
        Role::Officer => "role-officer-about",
        Role::Researcher => "role-researcher-about",
        Role::Committee => "role-committee-about",
        Role::Representative => "role-representative-about",
        Role::Quality => "role-quality-about",
    };
    let tick = |role: Role| Tick {
        word: role.word(),
        name: role_words(role),
        about: about(role),
        on: on.contains(&role),
    };
    Role::ALL.into_iter().map(tick).collect()
}

#[derive(Template)]
#[template(path = "console/people/new.html", config = "src/web/askama.toml")]
struct Form {
    frame: Frame,
    ticks: Vec<Tick>,
    title: String,
    name: String,
    branch: String,
    wrong: Option<&'static str>,
}

fn new_form(console: &Console, visit: &Visit, staff: &Staff) -> Form {
    Form {
        frame: Frame::new(console, visit, staff, Section::People, "people-new"),
        ticks: ticks(&BTreeSet::new()),
        title: String::new(),
        name: String::new(),
        branch: String::new(),
        wrong: None,
    }
}

async fn form(
    State(console): State<Console>,
    staff: Staff,
    visit: Visit,
) -> Result<Response, Wrong> {
    staff.need(Permission::Staff)?;
    let page = new_form(&console, &visit, &staff);
    page.frame.answer(&page)
}

/// What a form says about somebody.
struct Told {
    title: String,
    roles: BTreeSet<Role>,
    branch: Option<String>,
}

impl Told {
    fn of(fields: &Fields) -> Told {
        Told {
            title: fields.line("title"),
            roles: fields.all("roles").filter_map(Role::read).collect(),
            branch: Some(fields.line("branch")).filter(|branch| !branch.is_empty()),
        }
    }

    fn wrong(&self) -> Option<&'static str> {
        let alone = self.roles.iter().all(|role| *role == Role::Representative);
        match () {
            () if self.title.is_empty() => Some("title-missing"),
            () if self.roles.is_empty() => Some("roles-missing"),
            () if alone && self.branch.is_none() => Some("branch-missing"),
            () => None,
        }
    }
}

async fn create(
    State(console): State<Console>,
    staff: Staff,
    visit: Visit,
    fields: Fields,
) -> Result<Response, Wrong> {
    staff.need(Permission::Staff)?;
    let (told, name) = (Told::of(&fields), fields.line("name"));
    let again = |wrong| {
        let page = Form {
            ticks: ticks(&told.roles),
            title: told.title.clone(),
            name: name.clone(),
            branch: told.branch.clone().unwrap_or_default(),
            wrong: Some(wrong),
            ..new_form(&console, &visit, &staff)
        };
        let answer = page.frame.answer(&page)?;
        Ok((StatusCode::UNPROCESSABLE_ENTITY, answer).into_response())
    };
    let unfit = (!welcome::is_name(&name)).then_some("name-unfit");
    if let Some(wrong) = told.wrong().or(unfit) {
        return again(wrong);
    }
    let id = fresh_id();
    let new = New {
        id: &id,
        name: &name,
        title: &told.title,
        roles: &told.roles,
        branch: told.branch.as_deref(),
        language: visit.language,
        at: now(),
        by: staff.id(),
    };
    let mut tx = console.writer().await?;
    let Some(path) = invite(&mut tx, &new).await? else {
        tx.rollback().await?;
        return again("name-taken");
    };
    tx.commit().await?;
    shown_link(&console, &visit, &staff, &told.title, &id, &path)
}

#[derive(Template)]
#[template(path = "console/people/link.html", config = "src/web/askama.toml")]
struct LinkPage {
    frame: Frame,
    id: String,
    whom: String,
    link: String,
}

/// A link, this once.
fn shown_link(
    console: &Console,
    visit: &Visit,
    staff: &Staff,
    whom: &str,
    id: &str,
    path: &str,
) -> Result<Response, Wrong> {
    let page = LinkPage {
        frame: Frame::new(console, visit, staff, Section::People, "people-link"),
        id: id.to_string(),
        whom: whom.to_string(),
        link: format!("{}{path}", console.url()),
    };
    page.frame.answer(&page)
}

#[derive(Template)]
#[template(path = "console/people/show.html", config = "src/web/askama.toml")]
struct Show {
    frame: Frame,
    person: Account,
    ticks: Vec<Tick>,
    warnings: Vec<&'static str>,
    wrong: Option<&'static str>,
    sessions: usize,
    held: usize,
    conflicts: Vec<Conflict>,
    creator: String,
    own: bool,
}

async fn show(
    State(console): State<Console>,
    staff: Staff,
    visit: Visit,
    Path(id): Path<String>,
) -> Result<Response, Wrong> {
    staff.need(Permission::Staff)?;
    let page = page(&console, &visit, &staff, &id).await?;
    page.frame.answer(&page)
}

async fn page(console: &Console, visit: &Visit, staff: &Staff, id: &str) -> Result<Show, Wrong> {
    let mut tx = console.reader().await?;
    let person = staff::find(&mut tx, id).await?.ok_or(Wrong::Missing)?;
    let creator = staff::find(&mut tx, &person.created_by).await?;
    let title = person.title.clone();
    Ok(Show {
        frame: Frame::titled(console, visit, staff, Section::People, title),
        ticks: ticks(&person.roles),
        warnings: permission::warnings(&person.roles),
        wrong: None,
        sessions: session::of_staff(&mut tx, id, now()).await?.len(),
        held: staff::held(&mut tx, id).await?.len(),
        conflicts: conflict::of_staff(&mut tx, id).await?,
        creator: match (creator, person.created_by == welcome::HOUSE) {
            (Some(one), _) => one.title,
            (None, true) => visit.say().say("people-first"),
            (None, false) => person.created_by.clone(),
        },
        own: staff.id() == id,
        person,
    })
}
