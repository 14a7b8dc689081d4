//! The staff console: pages on which people follow, take over and decide. A handler finds, asks one thing of one
//! noun, and answers; rules live in the nouns, and what staff do to conversations enters through `inbox`.
//!
//! A page is one file and its template beside it:
//!
//! ```text
//! pub fn routes() -> Router<Console> { Router::new().route("/staff/labels", get(index).post(create)) }
//!
//! #[derive(Template)]
//! #[template(path = "console/labels.html", config = "src/web/askama.toml")]
//! struct Page { frame: Frame, labels: Vec<Label> }            // labels.html: {% extends "console/layout.html" %}
//!
//! async fn index(State(console): State<Console>, staff: Staff, visit: Visit) -> Result<Response, Wrong> {
//!     staff.need(Permission::Labels)?;                        // else 404, and the audit knows
//!     let mut tx = console.reader().await?;
//!     let frame = Frame::new(&console, &visit, &staff, Section::Labels, "labels-title");
//!     frame.answer(&Page { frame: frame.clone(), labels: label::all(&mut tx).await? })
//! }
//! ```
//!
//! Its words stand in `locales/ar` and `locales/en`, its section in [`section`], its permission in [`permission`].

mod account;
pub mod assets;
pub mod assign;
pub mod audit;
mod calendar;
mod canned;
mod channels;
mod conflict;
mod conversation;
pub mod day;
mod dialogs;
pub mod door;
mod enrol;
mod faq;
pub mod fields;
pub mod frame;
mod home;
mod labels;
mod pace;
mod password;
pub mod people;
pub mod permission;
mod permissions;
pub mod platform;
mod practice;
mod presence;
mod second;
pub mod section;
mod sign_in;
mod system;
mod templates;
mod trail;
mod upload;
pub mod visit;
pub mod welcome;
pub mod words;
pub mod wrong;

#[cfg(test)]
pub(crate) mod tests;

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use axum::routing::{any, get};
use chrono::Utc;

use crate::charity::Charity;
use crate::config::{PublicUrl, Settings};
use crate::event::Millis;
use crate::inbox::edits::Shipped;
use crate::inbox::{Bus, Inbox, Registry};
use crate::store::object::Objects;
use crate::store::{Store, Tx};
use dialogs::Look;
use pace::Pace;
use platform::{Approved, Platforms};
use presence::Presence;
use wrong::Wrong;

/// A form of the console: the longest is a text of a few pages.
pub const FORM_BYTES_MAX: usize = 256 * 1024;

/// What all pages share. Cheap to clone.
#[derive(Clone)]
pub struct Console(Arc<Inner>);

struct Inner {
    registry: Arc<Registry>,
    bus: Bus,
    settings: Settings,
    url: PublicUrl,
    pace: Pace,
    presence: Presence,
    approved: Approved,
    /// The last look at the dialogs' files.
    look: Mutex<Option<Arc<Look>>>,
    rooms: OnceLock<Rooms>,
}

/// What stands behind the pages once the database is there.
pub struct Rooms {
    pub store: Store,
    pub inbox: Inbox,
    pub objects: Objects,
    /// The files below what staff write.
    pub shipped: Shipped,
    pub platforms: Platforms,
}

impl Console {
    /// Pages that people reach at `url`; until [`Console::open`] all say that they will be there soon.
    pub fn new(registry: Arc<Registry>, bus: Bus, settings: Settings, url: PublicUrl) -> Console {
        Console(Arc::new(Inner {
            registry,
            bus,
            settings,
            url,
            pace: Pace::default(),
            presence: Presence::default(),
            approved: Approved::default(),
            look: Mutex::default(),
            rooms: OnceLock::new(),
        }))
    }

    /// From now on the pages have their database. Only the first time counts.
    pub fn open(&self, rooms: Rooms) {
        // A second opening would be a second inbox on one store, which nobody makes.
        let _ = self.0.rooms.set(rooms);
        tokio::spawn(feel(self.clone()));
        tokio::spawn(platform::follow(self.clone()));
    }

    fn approved(&self) -> &Approved {
        &self.0.approved
    }

    fn presence(&self) -> &Presence {
        &self.0.presence
    }

    /// # Errors
    /// The database has not been reached yet.
    pub fn rooms(&self) -> Result<&Rooms, Wrong> {
        self.0.rooms.get().ok_or(Wrong::Busy)
    }

    /// # Errors
    /// The database has not been reached yet.
    pub fn store(&self) -> Result<&Store, Wrong> {
        Ok(&self.rooms()?.store)
    }

    /// A connection for reads.
    ///
    /// # Errors
    /// The database cannot be read now.
    pub async fn reader(&self) -> Result<Tx, Wrong> {
        Ok(self.store()?.reader().await?)
    }

    /// A transaction that writes. What is done to conversations goes through [`Rooms::inbox`] instead.
    ///
    /// # Errors
    /// The database cannot be written now.
    pub async fn writer(&self) -> Result<Tx, Wrong> {
        Ok(self.store()?.begin_write().await?)
    }

    pub fn registry(&self) -> &Arc<Registry> {
        &self.0.registry
    }

    pub fn bus(&self) -> &Bus {
        &self.0.bus
    }

    pub fn settings(&self) -> &Settings {
        &self.0.settings
    }

    pub fn url(&self) -> &PublicUrl {
        &self.0.url
    }

    fn pace(&self) -> &Pace {
        &self.0.pace
    }

    /// The look at this version, if it was the last one taken.
    fn looked(&self, version: &str) -> Option<Arc<Look>> {
        let look = self.0.look.lock().unwrap_or_else(PoisonError::into_inner);
        look.clone().filter(|look| look.version == version)
    }

    fn keep_look(&self, look: Arc<Look>) {
        *self.0.look.lock().unwrap_or_else(PoisonError::into_inner) = Some(look);
    }

    /// The charity as its files and the desk have it now.
    pub fn charity(&self) -> Charity {
        self.0.registry.current().charity.clone()
    }
}

/// What other instances tell of who looks and writes, for as long as the process lives.
async fn feel(console: Console) {
    let mut feelings = console.bus().feelings();
    loop {
        match feelings.recv().await {
            Ok(felt) => console.presence().note(&felt, now()),
            Err(tokio::sync::broadcast::error::RecvError::Lagged(_)) => {}
            Err(tokio::sync::broadcast::error::RecvError::Closed) => return,
        }
    }
}

/// The clock of the console.
pub fn now() -> Millis {
    Utc::now().timestamp_millis()
}

/// A new id, in the order of time.
pub fn fresh_id() -> String {
    crate::store::id::at(now(), rand::random())
}

/// The table of contents, below `/staff`. The web room puts what protects it in front.
pub fn router<S: Clone + Send + Sync + 'static>(console: Console) -> Router<S> {
    let private = Router::new()
        .merge(home::routes())
        .merge(conversation::routes())
        .merge(account::routes())
        .merge(people::routes())
        .merge(faq::routes())
        .merge(calendar::routes())
        .merge(canned::routes())
        .merge(labels::routes())
        .merge(templates::routes())
        .merge(dialogs::routes())
        .merge(channels::routes())
        .merge(system::routes())
        .merge(permissions::routes())
        .merge(trail::routes())
        .merge(practice::routes())
        .merge(enrol::inner_routes())
        .route("/staff/{*rest}", any(async || Wrong::Missing))
        .route_layer(from_fn_with_state(console.clone(), door::signed_in));
    let public = Router::new()
        .merge(sign_in::routes())
        .merge(welcome::routes())
        .merge(enrol::routes())
        .route("/staff/assets/{name}", get(assets::show));
    private
        .merge(public)
        .layer(DefaultBodyLimit::max(FORM_BYTES_MAX))
        .layer(from_fn_with_state(console.clone(), door::meet))
        .with_state(console)
}
