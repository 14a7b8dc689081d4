//! The only place where an event becomes a fact: one transaction for what came, what we say and
//! what the house must do, and only then an answer to whoever brought it. It never decides what is said.

mod asks;
mod batch;
mod bus;
mod came;
pub mod edits;
mod fold;
mod known;
pub mod learn;
mod mark;
mod poison;
mod queue;
mod registry;
mod rows;
mod said;
mod save;
mod watch;
mod writer;

#[cfg(test)]
pub(crate) mod tests;

use std::collections::BTreeSet;
use std::sync::Arc;

use tokio::sync::{oneshot, watch as watch_channel};
use tokio_util::task::AbortOnDropHandle;

use crate::config::mutant;
use crate::dialog::model::Dialogs;
use crate::dialog::state::State;
use crate::dialog::turn::Turn;
use crate::event::{Brought, Control, Event, On, Origin, Ranked, What};
use crate::store::Store;
use crate::text::graphemes;

pub use bus::{Bus, Felt, Said};
pub use mark::{Attempt, Learned, Mark, Part};
pub use queue::{BATCH_MAX, ENTRIES_MAX};
pub use registry::Registry;

use queue::{Lane, Queue};
use writer::Entry;

/// What the dialogs make of one event; pure and total.
pub type Step = fn(&Dialogs, State, Event) -> Turn;

/// What the FAQ makes of a text; called before the queue, by whoever brings the event.
pub type Rank = Arc<dyn Fn(&str) -> Ranked + Send + Sync>;

/// Characters of a message that the FAQ looks at (Unicode scalars): who needs more asks more than one thing.
const RANKED_SCALARS_MAX: usize = 500;

/// The way in. Cheap to clone; every clone leads to the same writer.
#[derive(Clone)]
pub struct Inbox {
    queue: Arc<Queue<Entry>>,
    rank: Option<Rank>,
}

/// How the inbox runs.
pub struct Options {
    pub step: Step,
    /// Channels whose replies have left when they are committed: the page reads the history.
    pub at_commit: BTreeSet<&'static str>,
    /// The channels that are on, as people are told of them.
    pub on: watch_channel::Receiver<Vec<On>>,
    /// Entries of one transaction; [`BATCH_MAX`] but for measurements.
    pub batch_max: usize,
    /// Entries that may wait; [`ENTRIES_MAX`] but for tests.
    pub entries_max: usize,
    /// The FAQ; None: nothing is asserted.
    pub rank: Option<Rank>,
}

impl Options {
    pub fn new(step: Step, at_commit: BTreeSet<&'static str>) -> Options {
        Options {
            step,
            at_commit,
            on: watch_channel::channel(Vec::new()).1,
            batch_max: BATCH_MAX,
            entries_max: ENTRIES_MAX,
            rank: None,
        }
    }
}

/// What the writer works with.
struct House {
    store: Store,
    registry: Arc<Registry>,
    bus: Bus,
    /// Changed when something is owed to a provider.
    owes: watch_channel::Sender<()>,
    step: Step,
    at_commit: BTreeSet<&'static str>,
    on: watch_channel::Receiver<Vec<On>>,
}

/// One thing for the writer.
enum Work {
    Event(Box<Event>),
    Mark(Mark),
}

enum Outcome {
    Taken(Taken),
    Marked,
}

impl Outcome {
    /// The word in metrics.
    fn word(&self) -> &'static str {
        match self {
            Outcome::Taken(Taken { fresh: false, .. }) => "repeated",
            Outcome::Taken(Taken { applied: false, .. }) => "ignored",
            Outcome::Taken(_) => "turned",
            Outcome::Marked => "marked",
        }
    }
}

/// An event is committed; it may be acknowledged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// False: it came before, and nothing was done.
    pub fresh: bool,
    /// False: it meant nothing any more, such as a stale ring or an act of staff that came too late.
    pub applied: bool,
    /// Empty when the event is about a conversation that is not there.
    pub conversation: String,
    /// Number of the last message of the conversation.
    pub last_seq: i64,
    /// Who speaks in it after the batch: whoever was too late learns of it.
    pub control: Control,
}

impl Taken {
    /// What the mutant says that does not wait for the commit.
    fn early() -> Taken {
        Taken {
            fresh: true,
            applied: true,
            conversation: String::new(),
            last_seq: 0,
            control: Control::Bot,
        }
    }
}

/// Nothing was taken: the platform must bring it again (503).
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("too much is waiting already")]
    Busy,
    #[error("the database cannot be written now")]
    Unavailable,
}

/// Starts the one writer of this process.
pub fn start(store: Store, registry: Arc<Registry>, bus: Bus, options: Options) -> Started {
    let queue = Arc::new(Queue::new(options.entries_max));
    let (owes, owed) = watch_channel::channel(());
    let house = Arc::new(House {
        store,
        registry,
        bus,
        owes,
        step: options.step,
        at_commit: options.at_commit,
        on: options.on,
    });
    let watching = vec![
        AbortOnDropHandle::new(tokio::spawn(watch::others(
            house.store.clone(),
            house.bus.clone(),
        ))),
        AbortOnDropHandle::new(tokio::spawn(watch::withdrawn(
            house.store.clone(),
            house.registry.clone(),
        ))),
    ];
    let writer = tokio::spawn(writer::run(house, queue.clone(), options.batch_max));
    Started {
        inbox: Inbox {
            queue,
            rank: options.rank,
        },
        owed,
        writer,
        _watching: watching,
    }
}

/// A running inbox.
pub struct Started {
    pub inbox: Inbox,
    /// Changes when the outbox has something new to send; a hint, poll below it.
    pub owed: watch_channel::Receiver<()>,
    writer: tokio::task::JoinHandle<()>,
    _watching: Vec<AbortOnDropHandle<()>>,
}

impl Started {
    /// Takes nothing more, ends what was taken, and returns when the last batch is committed.
    pub async fn close(self) {
        self.inbox.queue.close();
        if let Err(error) = self.writer.await {
            tracing::error!(%error, "the writer ended badly");
        }
    }
}

impl Inbox {
    /// Makes an event a fact. Returns after the commit, and not before.
    ///
    /// # Errors
    /// Nothing was taken: it must come again.
    pub async fn take(&self, event: Event) -> Result<Taken, Refused> {
        let mut taken = self.take_all(vec![event]).await;
        taken.pop().unwrap_or(Err(Refused::Unavailable))
    }

    /// The events of one delivery of a platform, each counting for itself, in their order. All are
    /// refused when there is no room for all.
    pub async fn take_all(&self, events: Vec<Event>) -> Vec<Result<Taken, Refused>> {
        let count = events.len();
        let lane = events.first().map_or(Lane::Turn, lane_of);
        let (entries, answers): (Vec<_>, Vec<_>) = events
            .into_iter()
            .map(|event| entry(Work::Event(Box::new(self.prepared(event)))))
            .unzip();
        if self.queue.push(lane, entries).is_err() {
            return vec![Err(Refused::Busy); count];
        }
        if mutant::is(mutant::ACK_BEFORE_COMMIT) {
            return vec![Ok(Taken::early()); count];
        }
        let mut taken = Vec::with_capacity(count);
        for answer in answers {
            taken.push(match answer.await {
                Ok(Ok(Outcome::Taken(one))) => Ok(one),
                Ok(Err(refused)) => Err(refused),
                // The writer is gone: the house is closing. (Events are never answered as marks.)
                Ok(Ok(Outcome::Marked)) | Err(_) => Err(Refused::Unavailable),
            });
        }
        taken
    }

    /// Everything of one delivery of a platform; false when some of it must come again, which does no harm
    /// to the rest.
    pub async fn bring(&self, brought: Vec<Brought>) -> bool {
        let (mut events, mut marks, mut moves) = (Vec::new(), Vec::new(), Vec::new());
        for one in brought {
            match one {
                Brought::Said(event) => events.push(*event),
                Brought::Receipt(receipt) => marks.push(Mark::Receipt(receipt)),
                Brought::Reach(reach) => marks.push(Mark::Reach(reach)),
                Brought::Moved(moved) => moves.push(Mark::Moved(moved)),
                Brought::Strange(strange) => marks.push(Mark::Strange(strange)),
            }
        }
        // First, so that who writes from the new address is met as who they are.
        if !moves.is_empty() && self.mark(moves).await.is_err() {
            return false;
        }
        let said = events.is_empty() || self.take_all(events).await.iter().all(Result::is_ok);
        let marked = marks.is_empty() || self.mark(marks).await.is_ok();
        said && marked
    }

    /// Writes down what became of messages. Returns after the commit.
    ///
    /// # Errors
    /// Some of it may not be written: all of it must come again, which does no harm.
    pub async fn mark(&self, marks: Vec<Mark>) -> Result<(), Refused> {
        let (entries, answers): (Vec<_>, Vec<_>) = marks
            .into_iter()
            .map(|mark| entry(Work::Mark(mark)))
            .unzip();
        self.queue
            .push(Lane::Mark, entries)
            .map_err(|_| Refused::Busy)?;
        for answer in answers {
            answer.await.map_err(|_| Refused::Unavailable)??;
        }
        Ok(())
    }

    /// Entries that wait for the writer.
    pub fn waiting(&self) -> usize {
        self.queue.len()
    }

    /// What can be done for an event before it waits for the writer: what depends on it alone.
    fn prepared(&self, mut event: Event) -> Event {
        if let (Some(rank), What::Wrote { text }) = (&self.rank, &event.what) {
            event.ranked = Some(rank(graphemes::cut(text, RANKED_SCALARS_MAX)));
        }
        without_nulls(event)
    }
}

/// Keys are compared with what the store gives back, which has no null characters.
fn without_nulls(mut event: Event) -> Event {
    for part in [
        &mut event.key.channel,
        &mut event.key.account,
        &mut event.key.key,
    ] {
        if part.contains('\0') {
            *part = part.replace('\0', "\u{FFFD}");
        }
    }
    event
}

fn entry(work: Work) -> (Entry, oneshot::Receiver<Result<Outcome, Refused>>) {
    let (answer, answered) = oneshot::channel();
    (Entry { work, answer }, answered)
}

fn lane_of(event: &Event) -> Lane {
    match (&event.what, &event.from) {
        (What::Rang { .. }, _) => Lane::Ring,
        (What::Staff(_), _) => Lane::Act,
        (_, Origin::Address(_) | Origin::Conversation(_)) => Lane::Turn,
    }
}
