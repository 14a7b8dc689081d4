//! What the pages need of the house behind them, and nothing more. The web room never writes SQL and
//! never decides what is said: it goes through here.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use tokio::sync::broadcast;

use crate::channel::web::NAME;
use crate::channel::{Channel, Took};
use crate::event::{ANONYMOUS, Address, Attachment, Event, Millis, What};
use crate::inbox::{self, Bus, Inbox, Registry};
use crate::outbox::intake::Intake;
use crate::reply::Reply;
use crate::store::attachment;
use crate::store::conversation::{self, Mark};
use crate::store::message::{self, Direction, Message};
use crate::store::object::{Objects, new_key, preview_key};
use crate::store::{Fault, Store, Tx, identity};
use crate::text::lang::Lang;

/// A probe waits in line with the writer; what takes longer than this is not ready.
const PROBE_SECS: u64 = 2;

/// The database, the queue or the objects cannot be reached or take nothing now. The reason is for the
/// operator; the person hears that we try again.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Unavailable(pub String);

fn unavailable(cause: impl std::fmt::Display) -> Unavailable {
    Unavailable(cause.to_string())
}

/// Where a conversation stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    pub conversation: String,
    pub last_seq: i64,
    /// Messages up to here are hidden until a second factor was given.
    pub hidden_to: i64,
}

impl From<Mark> for Head {
    fn from(mark: Mark) -> Head {
        Head {
            conversation: mark.id,
            last_seq: mark.seq,
            hidden_to: mark.hidden_before_seq,
        }
    }
}

/// One message of the history.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    pub seq: i64,
    pub at: Millis,
    pub said: Said,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Said {
    /// By the person.
    In {
        /// The id that the page gave it, if it came from the page.
        key: Option<String>,
        text: Option<String>,
        attachment: Option<Attachment>,
        /// Latitude and longitude.
        place: Option<(f64, f64)>,
    },
    /// By us.
    Out(Box<Reply>),
    /// Nothing that can be shown.
    Silent,
}

/// Which of the two forms of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// As it was sent.
    Whole,
    /// A photo drawn anew, small, without what the camera wrote beside it.
    Preview,
}

/// What the house knows of a file, and its bytes.
pub type File = (Attachment, Vec<u8>);

/// A page of history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    /// The oldest first, above this seq.
    After(i64),
    /// The newest ones below this seq, the oldest of them first.
    Before(i64),
}

/// What stands behind the door once the database is there.
pub struct Rooms {
    pub store: Store,
    pub inbox: Inbox,
    pub objects: Objects,
    /// Those that are on, beside the web chat.
    pub channels: Vec<Arc<dyn Channel>>,
    pub intake: Intake,
}

/// The way into the house. The server listens before its database is there: until [`Door::open`]
/// everything behind it is unavailable, and pages try again. Cheap to clone.
#[derive(Clone)]
pub struct Door {
    registry: Arc<Registry>,
    bus: Bus,
    rooms: Arc<OnceLock<Rooms>>,
}

impl Door {
    pub fn new(registry: Arc<Registry>, bus: Bus) -> Door {
        Door {
            registry,
            bus,
            rooms: Arc::default(),
        }
    }

    /// From now on events are taken. Only the first time counts.
    pub fn open(&self, rooms: Rooms) {
        // A second opening would be a second inbox on one store, which nobody makes.
        let _ = self.rooms.set(rooms);
    }

    fn rooms(&self) -> Result<&Rooms, Unavailable> {
        let closed = || unavailable("the database cannot be reached yet");
        self.rooms.get().ok_or_else(closed)
    }

    /// The charity's name, Arabic and English.
    pub fn charity(&self) -> (String, String) {
        let dialogs = self.registry.current();
        let charity = &dialogs.charity;
        (charity.title_ar.clone(), charity.title_en.clone())
    }

    /// The charity's name in one language.
    pub fn title(&self, language: Lang) -> String {
        let (arabic, english) = self.charity();
        match language {
            Lang::Ar => arabic,
            Lang::En => english,
        }
    }

    /// Whether the dialogs of today have one for a talk without a name.
    pub fn speaks_without_names(&self) -> bool {
        let dialogs = self.registry.current();
        let rest = dialogs.dialogs.get(ANONYMOUS);
        rest.is_some_and(|dialog| dialog.anonymous)
    }

    /// A channel that is on; None for no such channel.
    ///
    /// # Errors
    /// The house is not open yet.
    pub fn channel(&self, name: &str) -> Result<Option<Arc<dyn Channel>>, Unavailable> {
        let channels = &self.rooms()?.channels;
        Ok(channels.iter().find(|one| one.name() == name).cloned())
    }

    /// Makes facts of what a channel heard; false: it must come again.
    ///
    /// # Errors
    /// The house is not open yet.
    pub async fn hear(&self, channel: &Arc<dyn Channel>, took: Took) -> Result<bool, Unavailable> {
        Ok(self.rooms()?.intake.take(channel, took).await)
    }

    /// Makes an event a fact. Resolves only after the commit.
    ///
    /// # Errors
    /// Nothing was taken; the page brings it again.
    pub async fn take(&self, event: Event) -> Result<inbox::Taken, Unavailable> {
        self.rooms()?.inbox.take(event).await.map_err(unavailable)
    }

    /// The conversation of a session; None for a session that is not ours.
    ///
    /// # Errors
    /// The database cannot be read now.
    pub async fn head(&self, address: &Address) -> Result<Option<Head>, Unavailable> {
        let store = &self.rooms()?.store;
        find_head(store, address).await.map_err(unavailable)
    }

    /// The heads of these conversations, in any order, missing ones left out.
    ///
    /// # Errors
    /// The database cannot be read now.
    pub async fn heads(&self, conversations: &[String]) -> Result<Vec<Head>, Unavailable> {
        let ids: Vec<&str> = conversations.iter().map(String::as_str).collect();
        let mut tx = self.rooms()?.store.reader().await.map_err(unavailable)?;
        let marks = conversation::marks(&mut tx, &ids).await;
        let marks = marks.map_err(unavailable)?;
        Ok(marks.into_iter().map(Head::from).collect())
    }

    /// At most `most` lines, never hidden ones.
    ///
    /// # Errors
    /// The database cannot be read now.
    pub async fn lines(
        &self,
        head: &Head,
        page: Page,
        most: usize,
    ) -> Result<Vec<Line>, Unavailable> {
        let limit = i64::try_from(most).unwrap_or(i64::MAX);
        let mut tx = self.rooms()?.store.reader().await.map_err(unavailable)?;
        let (id, hidden) = (head.conversation.as_str(), head.hidden_to);
        let found = match page {
            Page::After(seq) => message::after(&mut tx, id, seq.max(hidden), limit).await,
            Page::Before(seq) => message::before(&mut tx, id, hidden, seq, limit).await,
        };
        Ok(found.map_err(unavailable)?.iter().map(line).collect())
    }

    /// Conversation and seq after each commit of this process; a hint that may be lost.
    pub fn hints(&self) -> broadcast::Receiver<inbox::Said> {
        self.bus.listen()
    }

    /// Stores the bytes of a file under a new random id, and its preview beside it.
    ///
    /// # Errors
    /// They cannot be written now.
    pub async fn keep(
        &self,
        bytes: Vec<u8>,
        preview: Option<Vec<u8>>,
    ) -> Result<String, Unavailable> {
        let objects = &self.rooms()?.objects;
        let id = new_key();
        if let Some(preview) = preview {
            let key = preview_key(&id);
            objects.put(&key, preview).await.map_err(unavailable)?;
        }
        objects.put(&id, bytes).await.map_err(unavailable)?;
        Ok(id)
    }

    /// A file of this conversation that is not hidden.
    ///
    /// # Errors
    /// It cannot be read now.
    pub async fn file(
        &self,
        head: &Head,
        id: &str,
        form: Form,
    ) -> Result<Option<File>, Unavailable> {
        let mut tx = self.rooms()?.store.reader().await.map_err(unavailable)?;
        let found = attachment::find(&mut tx, id).await.map_err(unavailable)?;
        let Some(stored) = found.filter(|one| one.state == "stored") else {
            return Ok(None);
        };
        let own = stored.conversation.as_deref() == Some(&head.conversation);
        if !own
            || hidden(&mut tx, head, stored.at)
                .await
                .map_err(unavailable)?
        {
            return Ok(None);
        }
        drop(tx);
        let key = match form {
            Form::Whole => id.to_owned(),
            Form::Preview => preview_key(id),
        };
        let bytes = self.rooms()?.objects.get(&key).await.map_err(unavailable)?;
        Ok(bytes.map(|bytes| (stored.attachment, bytes)))
    }

    /// Whether an event could be taken now; the reason is for the operator.
    ///
    /// # Errors
    /// Why not.
    pub async fn ready(&self) -> Result<(), Unavailable> {
        let probe = self.rooms()?.store.probe();
        match tokio::time::timeout(Duration::from_secs(PROBE_SECS), probe).await {
            Ok(probed) => probed.map_err(unavailable),
            Err(_) => Err(unavailable("the database does not answer in time")),
        }
    }
}

async fn find_head(store: &Store, address: &Address) -> Result<Option<Head>, Fault> {
    let mut tx = store.reader().await?;
    let Some(spoken) = identity::find(&mut tx, address).await? else {
        return Ok(None);
    };
    let marks = conversation::marks(&mut tx, &[&spoken.conversation]).await?;
    Ok(marks.into_iter().next().map(Head::from))
}

/// Whether what came at this time is hidden: the newest hidden message is as old or newer.
async fn hidden(tx: &mut Tx, head: &Head, at: Millis) -> Result<bool, Fault> {
    if head.hidden_to == 0 {
        return Ok(false);
    }
    let newest = message::after(tx, &head.conversation, head.hidden_to - 1, 1).await?;
    Ok(newest.first().is_none_or(|message| at <= message.at))
}

fn line(message: &Message) -> Line {
    Line {
        seq: message.seq,
        at: message.at,
        said: match message.direction {
            Direction::Out => out(message),
            Direction::In => heard(message),
        },
    }
}

fn out(message: &Message) -> Said {
    let reply = message
        .payload
        .as_deref()
        .and_then(|json| serde_json::from_str(json).ok());
    reply.map_or(Said::Silent, |reply| Said::Out(Box::new(reply)))
}

fn heard(message: &Message) -> Said {
    let beside = message
        .payload
        .as_deref()
        .and_then(|json| serde_json::from_str(json).ok());
    let (attachment, place) = match beside {
        Some(What::Sent { attachment, .. }) => (Some(attachment), None),
        Some(What::Pinned {
            latitude,
            longitude,
            ..
        }) => (None, Some((latitude, longitude))),
        Some(_) | None => (None, None),
    };
    Said::In {
        key: message
            .provider_id
            .clone()
            .filter(|_| message.channel == NAME),
        text: message.text.clone(),
        attachment,
        place,
    }
}
