//! Everything that runs behind the doors of one process: store, dialogs, the one writer, timers, outbox,
//! sweeper. `serve` runs it for as long as the process lives; a command that writes without a server
//! runs it for one errand.

use std::collections::BTreeSet;
use std::sync::Arc;

use tokio_util::task::AbortOnDropHandle;

use super::chores;
use super::dialogs::{self, Set};
use super::exit::{Ending, Failure, OrEnd};
use super::serve::{doors, house};
use super::socket::{Errand, Report};
use super::store::now;
use crate::channel::web::NAME;
use crate::channel::{Channel, Seen};
use crate::config::{PublicUrl, Settings};
use crate::console;
use crate::console::platform::{self, Platforms};
use crate::dialog::{near, step};
use crate::event::{Address, Event, EventKey, Known, Origin, Seed, Source, StaffAct, What};
use crate::inbox::edits::{self, Author, Refused, Shipped};
use crate::inbox::learn::{self, Faq};
use crate::inbox::{self, Bus, Inbox, Options, Registry, Started};
use crate::outbox::{self, intake::Intake};
use crate::store::erase::{Whom, erase};
use crate::store::export::{self, Noun, Reason};
use crate::store::faq_entry::Body;
use crate::store::object::Objects;
use crate::store::staff::{self, Role};
use crate::store::{Fault, Store, conversation, dialog_set, faq, identity, template};
use crate::text::lang::Lang;
use crate::timers;
use crate::web::door::Rooms;
use crate::web::shelf::Shelves;

/// The dialogs that are served now, and who is told of what is said: there before the store is.
pub struct Words {
    pub registry: Arc<Registry>,
    pub bus: Bus,
    pub shelves: Shelves,
    pub faq: Faq,
    pub shipped: Shipped,
    /// JSON of the files of the current set.
    files: String,
}

impl Words {
    pub fn new(set: Set) -> Words {
        let shelves = Shelves::new(set.shelf);
        let shelf = shelves.clone();
        let shipped = Shipped::new(set.folder, &set.dialogs.charity.name);
        Words {
            faq: Faq::of(&set.dialogs),
            shipped: shipped.heard_by(move |files, dialogs| shelf.renew(files, dialogs)),
            registry: Arc::new(Registry::new(Arc::new(set.dialogs))),
            bus: Bus::default(),
            shelves,
            files: set.files,
        }
    }
}

/// A running house.
pub struct Engine {
    pub store: Store,
    pub objects: Objects,
    settings: Settings,
    registry: Arc<Registry>,
    shipped: Shipped,
    started: Started,
    channels: Vec<Arc<dyn Channel>>,
    intake: Intake,
    /// Timers and chores; they end when they are dropped.
    tasks: Vec<AbortOnDropHandle<()>>,
}

impl Engine {
    /// Starts everything on an open store. The dialogs are kept there first: whoever is asked something
    /// under them finds them again, also after an upgrade.
    ///
    /// # Errors
    /// When the store does not take them, or the objects' folder cannot be had.
    ///
    /// `public_url`: where people and platforms reach us; None for an errand, which opens no channel.
    pub async fn start(
        settings: Settings,
        store: Store,
        words: &Words,
        public_url: Option<PublicUrl>,
    ) -> Result<Engine, Failure> {
        keep(&store, &words.registry.current().version, &words.files).await?;
        let objects = Objects::open(&store).or_end(Ending::File, "opening the attachments")?;
        let (registry, faq) = (words.registry.clone(), words.faq.clone());
        let shipped = words.shipped.clone();
        if let Err(fault) = edits::catch_up(&store, &registry, &shipped, now()).await {
            tracing::warn!(%fault, "what staff wrote is taken into use later");
        }
        if let Err(fault) = learn::catch_up(&store, &registry, &faq).await {
            tracing::warn!(%fault, "what staff confirmed is learned later");
        }
        let ranking = faq.clone();
        let channels = match public_url {
            Some(url) => house::channels(&settings, &store, (&words.shelves, &objects), url)?,
            None => Vec::new(),
        };
        let mut options = Options::new(step, BTreeSet::from([NAME]));
        let (on, doors) = doors::watch(&channels);
        options.on = on;
        options.rank = Some(Arc::new(move |text| ranking.rank(text)));
        let started = inbox::start(store.clone(), registry.clone(), words.bus.clone(), options);
        let intake = Intake::new(started.inbox.clone(), objects.clone());
        let mut tasks = vec![
            timers::start(store.clone(), started.inbox.clone(), registry.clone(), now),
            chores::start(store.clone(), objects.clone()),
            learn::start(store.clone(), registry.clone(), faq, shipped.clone(), now),
            chores::index(store.clone()),
            console::assign::start(store.clone(), started.inbox.clone()),
            AbortOnDropHandle::new(tokio::spawn(doors)),
        ];
        let listeners = channels
            .iter()
            .filter_map(|one| one.clone().listen(house::ears(&store, &intake, one)));
        tasks.extend(listeners.map(|one| AbortOnDropHandle::new(tokio::spawn(one))));
        if !channels.is_empty() {
            let fetching = outbox::fetch::Fetching {
                store: store.clone(),
                inbox: started.inbox.clone(),
                objects: objects.clone(),
                channels: channels.clone(),
                look: Arc::new(house::Looks::default()),
            };
            tasks.push(outbox::fetch::start(fetching, started.owed.clone(), now));
        }
        tasks.extend(outbox::start(
            store.clone(),
            started.inbox.clone(),
            registry.clone(),
            channels.clone(),
            started.owed.clone(),
            now,
        ));
        Ok(Engine {
            store,
            objects,
            settings,
            registry,
            shipped,
            started,
            channels,
            intake,
            tasks,
        })
    }

    pub fn inbox(&self) -> &Inbox {
        &self.started.inbox
    }

    /// What stands behind the door of the pages.
    pub fn rooms(&self) -> Rooms {
        Rooms {
            store: self.store.clone(),
            inbox: self.inbox().clone(),
            objects: self.objects.clone(),
            channels: self.channels.clone(),
            intake: self.intake.clone(),
        }
    }

    /// What stands behind the pages of staff.
    pub fn desk(&self) -> console::Rooms {
        console::Rooms {
            store: self.store.clone(),
            inbox: self.inbox().clone(),
            objects: self.objects.clone(),
            shipped: self.shipped.clone(),
            platforms: platforms(&self.channels, &self.store),
        }
    }

    /// Ends what was taken, commits it, and closes the store.
    pub async fn close(self) {
        drop(self.tasks);
        self.started.close().await;
        self.store.close().await;
    }

    /// What a command asks for.
    pub async fn run(&self, errand: Errand) -> Report {
        match errand {
            Errand::Reload => self.reload().await,
            Errand::Staff { conversation, act } => self.staff(conversation, act).await,
            Errand::Invite {
                name,
                title,
                roles,
                branch,
                by,
            } => {
                let roles = roles.iter().filter_map(|word| Role::read(word)).collect();
                self.invite(&name, &title, &roles, branch.as_deref(), &by)
                    .await
            }
            Errand::Readmit {
                name,
                second_factor,
                by,
            } => self.readmit(&name, second_factor, &by).await,
            Errand::Reveal { noun, by, why } => self.reveal(&noun, by, why).await,
            Errand::Teach {
                entry,
                questions,
                by,
            } => self.teach(entry, questions, by).await,
            Errand::Write {
                text,
                over,
                questions,
                by,
            } => self.write(text, over, questions, by).await,
            Errand::Withdraw {
                entry,
                restore,
                over,
                by,
            } => self.withdraw(entry, restore, over, by).await,
            Errand::Resend { id } => self.resend(&id).await,
            Errand::Erase {
                reference,
                conversation,
            } => self.erase(reference, conversation).await,
        }
    }

    /// Puts back what finally did not leave; it leaves by the usual way, and history shows it as waiting.
    async fn resend(&self, id: &str) -> Report {
        let again = async {
            let mut tx = self.store.begin_write().await?;
            let again = crate::store::outbox::resend(&mut tx, id, now()).await?;
            tx.commit().await?;
            Ok::<_, Fault>(again.is_some())
        };
        match again.await {
            Ok(true) => Report::done("It is sent again."),
            Ok(false) => Report::refused(
                "No message of that id waits to be sent again; `wasl outbox list` shows those that can be",
            ),
            Err(fault) => Report::refused(format!("It cannot be sent again now: {fault}")),
        }
    }

    /// Takes changed dialogs into use. Open forms go on under the set that they began with.
    pub async fn reload(&self) -> Report {
        let set = match dialogs::set(&self.settings) {
            Ok(set) => set,
            Err(failure) => return Report::refused(failure.told),
        };
        let version = set.dialogs.version.clone();
        if self.registry.current().base == version {
            return Report::done("The dialogs are the same as before.");
        }
        if let Err(failure) = keep(&self.store, &version, &set.files).await {
            return Report::refused(failure.told);
        }
        self.shipped.replace(set.folder);
        // What staff wrote lies over the new files, or over none until the store can be read again; the shelf is
        // told with them.
        let caught_up = edits::catch_up(&self.store, &self.registry, &self.shipped, now()).await;
        if let Err(fault) = caught_up {
            return Report::refused(fault.to_string());
        }
        Report::done("The changed dialogs are in use; open forms go on under the earlier ones.")
    }

    async fn staff(&self, conversation: String, act: StaffAct) -> Report {
        let event = Event {
            key: EventKey {
                channel: "staff".to_string(),
                account: String::new(),
                key: uuid::Uuid::new_v4().simple().to_string(),
            },
            received_at: now(),
            sent_at: None,
            seed: Seed(rand::random()),
            from: Origin::Conversation(conversation),
            also: None,
            what: What::Staff(act),
            message_id: None,
            note: None,
            kind: "staff".to_string(),
            source: Source::Own,
            ranked: None,
            known: Known::default(),
        };
        match self.inbox().take(event).await {
            Ok(taken) if taken.conversation.is_empty() => {
                Report::refused("there is no such conversation; `wasl handover list` names them")
            }
            Ok(taken) if !taken.applied => Report::refused(
                "nothing was done: somebody else speaks in this conversation, or the bot has it already",
            ),
            Ok(_) => Report::done("Done."),
            Err(refused) => Report::refused(refused.to_string()),
        }
    }

    async fn invite(
        &self,
        name: &str,
        title: &str,
        roles: &BTreeSet<Role>,
        branch: Option<&str>,
        by: &str,
    ) -> Report {
        if !console::welcome::is_name(name) {
            return Report::refused(
                "an account name has 3 to 40 letters, digits or . _ - @, without spaces",
            );
        }
        let id = console::fresh_id();
        let new = staff::New {
            id: &id,
            name,
            title,
            roles,
            branch,
            language: Lang::Ar,
            at: now(),
            by,
        };
        let invited = async {
            let mut tx = self.store.begin_write().await?;
            let path = console::people::invite(&mut tx, &new).await?;
            tx.commit().await?;
            Ok::<_, Fault>(path)
        };
        match invited.await {
            Ok(Some(path)) => Report::done(self.link(&path)),
            Ok(None) => Report::refused("somebody has this account name already"),
            Err(fault) => Report::refused(fault.to_string()),
        }
    }

    async fn readmit(&self, name: &str, second_factor: bool, by: &str) -> Report {
        let path = async {
            let mut tx = self.store.begin_write().await?;
            let path = console::people::readmit(&mut tx, name, second_factor, by).await?;
            tx.commit().await?;
            Ok::<_, Fault>(path)
        };
        match path.await {
            Ok(Some(path)) => Report::done(self.link(&path)),
            Ok(None) => Report::refused("nobody who works here has this account name"),
            Err(fault) => Report::refused(fault.to_string()),
        }
    }

    /// A link as it is printed: the address that people open, where one is set.
    fn link(&self, path: &str) -> String {
        let url = self.settings.public_url_for(self.settings.listen);
        format!("Good once, for a week:\n{url}{path}")
    }

    async fn reveal(&self, noun: &str, by: String, why: String) -> Report {
        let nouns = [Noun::Messages, Noun::Cases, Noun::Surveys];
        let Some(noun) = nouns.into_iter().find(|one| one.word() == noun) else {
            return Report::refused(format!("there is no `{noun}` to show"));
        };
        let reason = Reason { by, why, at: now() };
        match export::audit(&self.store, noun, &reason).await {
            Ok(()) => Report::done("Recorded."),
            Err(fault) => Report::refused(fault.to_string()),
        }
    }

    /// Takes questions from the desk; with an entry each becomes a way to ask it.
    async fn teach(&self, entry: Option<String>, questions: Vec<String>, by: String) -> Report {
        let dialogs = self.registry.current();
        if let Some(name) = &entry
            && !dialogs.faq.iter().any(|one| one.name == *name)
        {
            let there = dialogs.faq.iter().map(|one| one.name.as_str());
            let remedy = near::remedy(name, "There are", there);
            return Report::refused(format!("there is no entry `{name}`. {remedy}"));
        }
        let lesson = faq::Lesson {
            entry,
            questions,
            by,
            at: now(),
        };
        match faq::teach(&self.store, &lesson).await {
            Ok(taught) if taught.unknown.is_empty() => Report::done("Done."),
            Ok(taught) => Report::refused(format!(
                "these do not stand at the desk: {}; the others are done ({})",
                taught.unknown.join(", "),
                taught.known
            )),
            Err(fault) => Report::refused(fault.to_string()),
        }
    }

    /// Writes an entry of the FAQ.
    async fn write(&self, text: String, over: i64, questions: Vec<String>, by: String) -> Report {
        let author = Author {
            by,
            over,
            questions,
            at: now(),
        };
        let written = edits::write(&self.store, &self.registry, &self.shipped, text, author).await;
        match written {
            Ok(written) => Report::done(format!(
                "{}`{}` answers from now on (version {}).",
                written.notes, written.entry, written.version
            )),
            Err(refused) => refused_edit(refused),
        }
    }

    /// Takes an entry of the FAQ out of use, or gives it back to the files.
    async fn withdraw(&self, entry: String, restore: bool, over: i64, by: String) -> Report {
        let author = Author {
            by,
            over,
            questions: Vec::new(),
            at: now(),
        };
        let (body, told) = match restore {
            true => (Body::FromFiles, "What the files say of it counts again"),
            false => (Body::Retired, "It answers no more"),
        };
        let (store, registry, shipped) = (&self.store, &self.registry, &self.shipped);
        match edits::withdraw(store, registry, shipped, &entry, body, author).await {
            Ok(version) if restore && !self.answers(&entry) => Report::done(format!(
                "No file has it, so it answers no more (version {version}).\n\
                 What was written of it stands in `wasl faq versions {entry}`; `wasl faq entry --file` writes it anew."
            )),
            Ok(version) => Report::done(format!("{told} (version {version}).")),
            Err(refused) => refused_edit(refused),
        }
    }

    fn answers(&self, entry: &str) -> bool {
        let dialogs = self.registry.current();
        dialogs.faq.iter().any(|one| one.name == entry)
    }

    async fn erase(&self, reference: Option<String>, conversation: Option<String>) -> Report {
        let address = match &conversation {
            None => None,
            Some(id) => match address(&self.store, id).await {
                Ok(Some(address)) => Some(address),
                Ok(None) => return Report::refused("there is no such conversation"),
                Err(fault) => return Report::refused(fault.to_string()),
            },
        };
        let whom = match (&reference, &address) {
            (Some(reference), _) => Whom::Reference(reference),
            (None, Some(address)) => Whom::Address(address),
            (None, None) => return Report::refused("nobody was named"),
        };
        match erase(&self.store, whom, now()).await {
            Ok(scope) => Report::done(format!(
                "Erased: conversations: {}, requests: {}, persons: {}.",
                scope.conversations.len(),
                scope.cases.len(),
                scope.persons.len()
            )),
            Err(error) => Report::refused(error.to_string()),
        }
    }
}

/// What pages of staff may ask of the channels.
fn platforms(channels: &[Arc<dyn Channel>], store: &Store) -> Platforms {
    let mut open = Platforms::default();
    for channel in channels {
        let name = channel.name().to_owned();
        if let Some(hours) = channel.limits().template_needed_after_hours {
            open.windows.insert(name.clone(), hours);
            let asked = (channel.clone(), store.clone());
            let ask: platform::Ask = Arc::new(move || {
                let (channel, store) = asked.clone();
                Box::pin(async move { approvals(channel.as_ref(), &store).await })
            });
            open.approvals.insert(name.clone(), ask);
        }
        let looked = channel.clone();
        let look: platform::Look = Arc::new(move || {
            let looked = looked.clone();
            Box::pin(async move { looked.look().await.into_iter().map(finding).collect() })
        });
        open.looks.insert(name, look);
    }
    open
}

/// As the platform says now, else as it last said.
async fn approvals(channel: &dyn Channel, store: &Store) -> Option<platform::States> {
    let said: platform::States = match channel.approvals().await? {
        Ok(said) => said
            .into_iter()
            .map(|one| ((one.name, one.language), one.state))
            .collect(),
        Err(_) => {
            let mut reader = store.reader().await.ok()?;
            let kept = template::of(&mut reader, channel.name()).await.ok()?;
            kept.into_iter()
                .map(|one| ((one.name, one.language), one.state))
                .collect()
        }
    };
    Some(said)
}

fn finding(seen: Seen) -> platform::Finding {
    platform::Finding {
        good: seen.good,
        told: seen.told,
    }
}

fn refused_edit(refused: Refused) -> Report {
    match refused {
        Refused::Wrong(told) => Report::refused(told),
        Refused::Late => Report::refused(
            "somebody else has written another version meanwhile; look at it by `wasl faq versions`",
        ),
        Refused::Fault(fault) => Report::refused(fault.to_string()),
    }
}

/// Where somebody of a conversation writes from.
async fn address(store: &Store, conversation: &str) -> Result<Option<Address>, Fault> {
    let mut reader = store.reader().await?;
    let Some(found) = conversation::find(&mut reader, conversation).await? else {
        return Ok(None);
    };
    let identities = identity::of_contact(&mut reader, &found.contact).await?;
    Ok(identities.into_iter().next().map(|one| one.address))
}

async fn keep(store: &Store, version: &str, files: &str) -> Result<(), Failure> {
    let kept = async {
        let mut tx = store.begin_write().await?;
        dialog_set::keep(&mut tx, version, files, now()).await?;
        tx.commit().await
    };
    kept.await
        .or_end(Ending::Unavailable, "keeping the dialogs in the store")
}
