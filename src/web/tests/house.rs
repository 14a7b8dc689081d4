//! A real house on SQLite behind the pages. Its dialogs are played by a step that says what it was
//! told, so that a test sees what reached the dialog.

use std::sync::{Arc, LazyLock};

use super::webhook::Postman;
use crate::config::{PublicUrl, Settings};
use crate::console::Console;
use crate::dialog::load::{self, Files};
use crate::dialog::model::Dialogs;
use crate::dialog::state::State;
use crate::dialog::turn::{Effect, Heard, Turn};
use crate::event::{Event, What};
use crate::inbox::edits::Shipped;
use crate::inbox::{self, Bus, Registry, Started};
use crate::outbox::intake::Intake;
use crate::reply::{Choice, Choices, Class, Reply, Show};
use crate::store::message::{self, Message};
use crate::store::object::Objects;
use crate::store::{Mode, Options, Store};
use crate::text::lang::Lang;
use crate::web::door::{Door, Rooms};
use crate::web::shelf::{Shelf, Shelves};

/// Whoever writes this hides the talk.
pub const HIDE: &str = "hide";

/// Whoever writes this is shown a document, a recording and links.
pub const SHOW: &str = "show";

/// A dialog for a talk without a name, whatever the demo has.
const ANONYMOUS: &str = "title: {ar: ا, en: a}\nanonymous: true\nsteps:\n- say: a\n  text: {ar: ا, en: a}\n  ends: done\n";

static FILES: LazyLock<Files> = LazyLock::new(|| {
    let mut files = load::embedded();
    files.put("common/anonymous.yaml", ANONYMOUS.as_bytes());
    files.of("demo")
});

static DEMO: LazyLock<Arc<Dialogs>> =
    LazyLock::new(|| Arc::new(load::reload(&FILES, "demo").unwrap()));

/// What stands behind a site, and lives as long as it is tested.
pub struct House {
    pub store: Store,
    pub registry: Arc<Registry>,
    pub shelves: Shelves,
    pub postman: Arc<Postman>,
    _started: Started,
    _folder: tempfile::TempDir,
}

pub async fn open() -> (Door, House) {
    let folder = tempfile::tempdir().unwrap();
    let options = Options::sqlite(&folder.path().join("data"), "demo");
    let store = Store::open(options, Mode::Write).await.unwrap();
    let registry = Arc::new(Registry::new(DEMO.clone()));
    let bus = Bus::default();
    let started = start(&store, &registry, bus.clone());
    let door = Door::new(registry.clone(), bus);
    let postman = Arc::new(Postman::default());
    door.open(Rooms {
        inbox: started.inbox.clone(),
        store: store.clone(),
        objects: Objects::open(&store).unwrap(),
        channels: vec![postman.clone()],
        intake: Intake::new(started.inbox.clone(), Objects::open(&store).unwrap()),
    });
    let house = House {
        store,
        registry,
        shelves: Shelves::new(Shelf::new(&FILES, &DEMO, None)),
        postman,
        _started: started,
        _folder: folder,
    };
    (door, house)
}

pub fn start(store: &Store, registry: &Arc<Registry>, bus: Bus) -> Started {
    let options = inbox::Options::new(tell, ["web"].into());
    inbox::start(store.clone(), registry.clone(), bus, options)
}

impl House {
    /// The pages of staff, open.
    pub fn console(&self, public_url: &str) -> Console {
        let none = self._folder.path().join("none.toml");
        std::fs::write(&none, "").unwrap();
        let settings = Settings::read_from(Some(&none), []).unwrap();
        let url = PublicUrl::read(public_url).unwrap();
        let console = Console::new(self.registry.clone(), Bus::default(), settings, url);
        console.open(crate::console::Rooms {
            store: self.store.clone(),
            inbox: self._started.inbox.clone(),
            objects: Objects::open(&self.store).unwrap(),
            shipped: Shipped::new(FILES.clone(), "demo"),
            platforms: Default::default(),
        });
        console
    }

    /// Everything that stands in history.
    pub async fn messages(&self) -> Vec<Message> {
        let mut tx = self.store.reader().await.unwrap();
        let page = message::page(&mut tx, ("", 0), 1_000).await.unwrap();
        page.into_iter().map(|(message, _)| message).collect()
    }

    /// What people said, oldest first.
    pub async fn heard(&self) -> Vec<String> {
        let messages = self.messages().await.into_iter();
        messages
            .filter(|one| one.direction == message::Direction::In)
            .map(|one| one.text.unwrap_or_default())
            .collect()
    }
}

/// The dialog of these tests.
fn tell(_: &Dialogs, state: State, event: Event) -> Turn {
    let hides = matches!(&event.what, What::Wrote { text } if text == HIDE);
    let shows = matches!(&event.what, What::Wrote { text } if text == SHOW);
    let reply = Reply {
        shows: if shows { things() } else { vec![] },
        ..reply(&format!("{}", Told(&event.what)))
    };
    Turn {
        state,
        replies: vec![reply],
        effects: hides.then_some(Effect::Hide).into_iter().collect(),
        asks: vec![],
        heard: Heard::default(),
        trace: vec![],
    }
}

struct Told<'a>(&'a What);

impl std::fmt::Display for Told<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0 {
            What::Opened { payload, language } => {
                let payload = payload.as_deref().unwrap_or_default();
                let told = format!("opened {language:?} {payload}");
                f.write_str(told.trim_end())
            }
            What::Wrote { text } => write!(f, "wrote {} letters", text.chars().count()),
            What::Chose { data, .. } => write!(f, "chose {data}"),
            What::Sent { attachment, .. } => {
                write!(f, "sent {} of {}", attachment.mime, attachment.bytes)
            }
            What::Pinned { .. } => write!(f, "pinned"),
            _ => write!(f, "?"),
        }
    }
}

fn things() -> Vec<Show> {
    vec![
        Show::File {
            path: "documents/guide.pdf".to_string(),
            title: "الدليل".to_string(),
        },
        Show::Audio {
            path: "prompts/id.ogg".to_string(),
        },
        Show::Link {
            url: "/anonymous".to_string(),
            title: "صفحة".to_string(),
        },
        Show::Card {
            name: "الاستقبال".to_string(),
            phones: vec!["+966500000000".to_string()],
        },
    ]
}

fn reply(text: &str) -> Reply {
    Reply {
        class: Class::Dialog,
        language: Lang::Ar,
        texts: vec![text.to_string()],
        choices: Some(Choices {
            several: false,
            options: vec![Choice {
                data: "abc123:menu:apply".to_string(),
                title: "تقديم <طلب> دعم".to_string(),
                note: None,
            }],
            controls: vec![],
            from: 0,
            more: String::new(),
            open: String::new(),
        }),
        wants: None,
        shows: vec![],
        asks: None,
        sensitive: false,
        proactive: None,
    }
}
