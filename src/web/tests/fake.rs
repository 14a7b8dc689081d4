//! A house in memory that answers every event with an echo. Refuses when told to.

use std::collections::{HashMap, HashSet};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::mpsc;

use crate::event::{Event, Origin, What};
use crate::reply::{Choice, Choices, Class, Reply};
use crate::text::lang::Lang;
use crate::web::door::{Door, File, Form, Head, Later, Line, Page, Said, Sign, Taken, Unavailable};

#[derive(Default)]
pub struct Fake {
    inner: Mutex<Inner>,
    pub down: AtomicBool,
}

#[derive(Default)]
pub struct Inner {
    pub talks: HashMap<String, Talk>,
    pub events: Vec<Event>,
    taken: HashSet<String>,
    files: HashMap<String, (Vec<u8>, Option<Vec<u8>>)>,
    ears: Vec<mpsc::Sender<(String, i64)>>,
}

#[derive(Default)]
pub struct Talk {
    pub lines: Vec<Line>,
    pub hidden_to: i64,
}

impl Fake {
    pub fn with<T>(&self, look: impl FnOnce(&mut Inner) -> T) -> T {
        look(&mut self.inner.lock().unwrap())
    }

    fn up(&self) -> Result<(), Unavailable> {
        match self.down.load(Ordering::SeqCst) {
            true => Err(Unavailable("the database is locked".to_string())),
            false => Ok(()),
        }
    }

    fn taken(&self, event: Event) -> Result<Taken, Unavailable> {
        self.up()?;
        let Origin::Address(address) = event.from.clone() else {
            panic!("the chat knows only addresses");
        };
        self.with(|inner| {
            let fresh = inner.taken.insert(event.key.key.clone());
            let talk = inner.talks.entry(address.id.clone()).or_default();
            if fresh {
                talk.push(event.received_at, heard(&event));
                talk.push(event.received_at, Said::Out(Box::new(reply("وصلت"))));
                inner.events.push(event);
            }
            let last_seq = talk.lines.len() as i64;
            for ear in &inner.ears {
                let _ = ear.try_send((address.id.clone(), last_seq));
            }
            Ok(Taken {
                conversation: address.id,
                fresh,
                last_seq,
            })
        })
    }
}

impl Talk {
    pub fn push(&mut self, at: i64, said: Said) {
        let seq = self.lines.len() as i64 + 1;
        self.lines.push(Line { seq, at, said });
    }
}

fn heard(event: &Event) -> Said {
    let (text, attachment, place) = match &event.what {
        What::Wrote { text } => (Some(text.clone()), None, None),
        What::Chose { title, .. } => (title.clone(), None, None),
        What::Sent {
            attachment,
            caption,
        } => (caption.clone(), Some(attachment.clone()), None),
        What::Pinned {
            latitude,
            longitude,
            ..
        } => (None, None, Some((*latitude, *longitude))),
        _ => return Said::Silent,
    };
    Said::In {
        key: event.message_id.clone(),
        text,
        attachment,
        place,
    }
}

pub fn reply(text: &str) -> Reply {
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
        }),
        wants: None,
        shows: vec![],
        asks: None,
        sensitive: false,
        proactive: None,
    }
}

impl Door for Fake {
    fn sign(&self) -> Sign {
        Sign {
            charity_ar: "جمعية المثال".to_string(),
            charity_en: "Example Charity".to_string(),
        }
    }

    fn take(&self, event: Event) -> Later<'_, Result<Taken, Unavailable>> {
        Box::pin(async { self.taken(event) })
    }

    fn head<'a>(&'a self, address: &'a str) -> Later<'a, Result<Option<Head>, Unavailable>> {
        Box::pin(async move {
            self.up()?;
            Ok(self.with(|inner| {
                inner.talks.get(address).map(|talk| Head {
                    conversation: address.to_string(),
                    last_seq: talk.lines.len() as i64,
                    hidden_to: talk.hidden_to,
                })
            }))
        })
    }

    fn heads<'a>(
        &'a self,
        conversations: &'a [String],
    ) -> Later<'a, Result<Vec<Head>, Unavailable>> {
        Box::pin(async move {
            let mut heads = Vec::new();
            for one in conversations {
                heads.extend(self.head(one).await?);
            }
            Ok(heads)
        })
    }

    fn lines<'a>(
        &'a self,
        head: &'a Head,
        page: Page,
        most: usize,
    ) -> Later<'a, Result<Vec<Line>, Unavailable>> {
        Box::pin(async move {
            self.up()?;
            Ok(self.with(|inner| {
                let lines = &inner.talks[&head.conversation].lines;
                let shown = lines.iter().filter(|line| line.seq > head.hidden_to);
                match page {
                    Page::After(seq) => shown
                        .filter(|line| line.seq > seq)
                        .take(most)
                        .cloned()
                        .collect(),
                    Page::Before(seq) => {
                        let all: Vec<Line> = shown.filter(|line| line.seq < seq).cloned().collect();
                        all[all.len().saturating_sub(most)..].to_vec()
                    }
                }
            }))
        })
    }

    fn hints(&self) -> mpsc::Receiver<(String, i64)> {
        let (ear, hears) = mpsc::channel(100);
        self.with(|inner| inner.ears.push(ear));
        hears
    }

    fn keep(
        &self,
        bytes: Vec<u8>,
        preview: Option<Vec<u8>>,
    ) -> Later<'_, Result<String, Unavailable>> {
        Box::pin(async move {
            self.up()?;
            Ok(self.with(|inner| {
                let id = format!("file-{}", inner.files.len());
                inner.files.insert(id.clone(), (bytes, preview));
                id
            }))
        })
    }

    fn file<'a>(
        &'a self,
        head: &'a Head,
        id: &'a str,
        form: Form,
    ) -> Later<'a, Result<Option<File>, Unavailable>> {
        Box::pin(async move {
            Ok(self.with(|inner| {
                let lines = &inner.talks[&head.conversation].lines;
                let attachment = lines.iter().find_map(|line| match &line.said {
                    Said::In {
                        attachment: Some(one),
                        ..
                    } if one.id == id && line.seq > head.hidden_to => Some(one.clone()),
                    _ => None,
                })?;
                let (whole, preview) = inner.files.get(id)?.clone();
                Some((
                    attachment,
                    match form {
                        Form::Whole => whole,
                        Form::Preview => preview?,
                    },
                ))
            }))
        })
    }

    fn ready(&self) -> Later<'_, Result<(), Unavailable>> {
        Box::pin(async { self.up() })
    }
}
