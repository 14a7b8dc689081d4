//! What stands around every page: name, navigation, who is signed in, and what was done just before.

use askama::Template;
use axum::http::header::{CONTENT_TYPE, SET_COOKIE};
use axum::response::{IntoResponse, Redirect, Response};

use super::assets::ASSETS;
use super::door;
use super::section::{NAVIGATION, Section};
use super::visit::{self, Staff, Visit};
use super::words::{Given, Say};
use super::wrong::Wrong;
use super::{Console, day};
use crate::event::Millis;
use crate::text::lang::Lang;

/// The frame of one page for one reader. Cheap enough to clone.
#[derive(Clone)]
pub struct Frame {
    say: Say,
    pub charity: String,
    pub title: String,
    pub section: Section,
    /// Who is signed in.
    pub name: String,
    /// The navigation.
    pub groups: Vec<Group>,
    /// What was done just before.
    pub said: Option<String>,
    https: bool,
}

/// Sections under one heading of the navigation.
#[derive(Clone)]
pub struct Group {
    pub heading: &'static str,
    pub sections: Vec<Section>,
}

impl Frame {
    /// For a page with this title (a name of words) in this section.
    pub fn new(
        console: &Console,
        visit: &Visit,
        staff: &Staff,
        section: Section,
        title: &str,
    ) -> Frame {
        Frame::titled(console, visit, staff, section, visit.say().say(title))
    }

    /// As [`Frame::new`], under a title that is a name itself.
    pub fn titled(
        console: &Console,
        visit: &Visit,
        staff: &Staff,
        section: Section,
        title: String,
    ) -> Frame {
        let seen = |one: &&Section| one.needs().is_none_or(|needed| staff.may(needed));
        let groups = NAVIGATION.iter().map(|(heading, sections)| Group {
            heading,
            sections: sections.iter().filter(seen).copied().collect(),
        });
        let say = visit.say();
        Frame {
            say,
            charity: door::title(console, say),
            title,
            section,
            name: staff.title().to_string(),
            groups: groups.filter(|one| !one.sections.is_empty()).collect(),
            said: visit.said.as_deref().map(|words| say.say(words)),
            https: visit.https,
        }
    }

    pub fn say(&self, name: &str) -> String {
        self.say.say(name)
    }

    pub fn with(&self, name: &str, key: &str, given: impl Into<Given>) -> String {
        self.say.with(name, key, given)
    }

    /// The words of this reader, where several things stand in a sentence.
    pub fn words(&self) -> Say {
        self.say
    }

    /// Day and time in the charity's zone, Hijri and Gregorian.
    pub fn when(&self, at: &Millis) -> day::When {
        day::when(*at, self.say.lang())
    }

    /// How long ago, roughly: for lists.
    pub fn ago(&self, at: &Millis) -> day::When {
        day::ago(*at, super::now(), self.say)
    }

    pub fn language(&self) -> &'static str {
        self.say.lang().code()
    }

    pub fn direction(&self) -> &'static str {
        direction(self.say.lang())
    }

    /// The sections that this reader sees.
    pub fn sections(&self) -> impl Iterator<Item = Section> {
        self.groups
            .iter()
            .flat_map(|one| one.sections.iter().copied())
    }

    pub fn other(&self) -> &'static str {
        other(self.say.lang()).code()
    }

    pub fn is_own(&self) -> bool {
        self.section == Section::Own
    }

    pub fn own_picture(&self) -> &'static str {
        Section::Own.picture()
    }

    pub fn style(&self) -> &'static str {
        ASSETS.style()
    }

    pub fn script(&self) -> &'static str {
        ASSETS.script()
    }

    pub fn icon(&self) -> &'static str {
        ASSETS.icon()
    }

    /// The finished page.
    ///
    /// # Errors
    /// When the template cannot be rendered.
    pub fn answer(&self, page: &impl Template) -> Result<Response, Wrong> {
        let html = page.render().map_err(|error| {
            tracing::error!(%error, "a page of the console cannot be rendered");
            Wrong::Fault
        })?;
        let mut response = ([(CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response();
        if self.said.is_some() {
            let cookie = visit::said_forgotten(self.https);
            response.headers_mut().append(SET_COOKIE, cookie);
        }
        Ok(response)
    }
}

/// Sends a browser to another page, which then says these words (a name that begins with `said-`).
pub fn said(visit: &Visit, path: &str, words: &'static str) -> Response {
    let mut response = Redirect::to(path).into_response();
    let cookie = visit::said_cookie(words, visit.https);
    response.headers_mut().append(SET_COOKIE, cookie);
    response
}

pub fn direction(language: Lang) -> &'static str {
    match language {
        Lang::Ar => "rtl",
        Lang::En => "ltr",
    }
}

pub fn other(language: Lang) -> Lang {
    match language {
        Lang::Ar => Lang::En,
        Lang::En => Lang::Ar,
    }
}
