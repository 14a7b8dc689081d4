//! People who apply, each by their own script, each waiting for the reply before they go on.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use futures_util::StreamExt;
use serde_json::{Value, json};
use tokio::sync::Semaphore;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use wasl::text::national_id;

use super::bot_api::{Bot, locked};
use super::served::Served;

/// Updates that the platform brings at once: what it may be asked for at most (`max_connections`).
const CONNECTIONS: usize = 100;

/// A reply that takes longer does not come.
const REPLY_SECS_MAX: u64 = 30;

/// What an invented tenant does, one after another; a form is begun anew when it is done.
const SCRIPT: &[Does] = &[
    Does::Presses("apply"),
    Does::Presses("rent"),
    Does::Presses("agree"),
    Does::Presses("self"),
    Does::Says("نورة بنت سعد بن علي الشهري"),
    Does::GivesId,
    Does::Says("٢٠ رمضان ١٤٥١"),
    Does::Says("٠٥٥٠١٩٨٤٣٧"),
    Does::Says("RHSB4821"),
    Does::Says("٦ أشخاص"),
    Does::Presses("under_3000"),
    Does::Says("١٨٬٠٠٠ ريال"),
    Does::Says("تأخرنا في الإيجار بعد توقف العمل"),
    Does::Presses("weeks"),
    Does::Presses("later"),
    Does::Presses("skip"),
    Does::Presses("right"),
    Does::Says("نورة سعد علي الشهري"),
    Does::Says("/menu"),
];

#[derive(Clone, Copy)]
enum Does {
    Says(&'static str),
    Presses(&'static str),
    GivesId,
}

pub struct Load {
    pub people: usize,
    pub stretch: Duration,
    /// Turns a second in all; none: as fast as replies come.
    pub rate: Option<f64>,
}

pub struct Measured {
    pub turns: u64,
    pub seconds: f64,
    pub cpu_seconds: f64,
    pub resident_mb: u64,
    /// Milliseconds from an update to its reply, sorted.
    millis: Vec<f64>,
}

impl Measured {
    pub fn per_second(&self) -> f64 {
        self.turns as f64 / self.seconds
    }

    pub fn percentile(&self, share: f64) -> f64 {
        let at = (self.millis.len() as f64 * share) as usize;
        let last = self.millis.len().saturating_sub(1);
        self.millis.get(at.min(last)).copied().unwrap_or(0.0)
    }
}

pub type Told = UnboundedReceiver<(i64, Value)>;

/// A stand-in that keeps nothing but tells of every message.
pub async fn stand_in() -> (Bot, Told) {
    let bot = Bot::start().await;
    let (teller, told) = unbounded_channel();
    let mut world = locked(&bot.world);
    world.forgetful = true;
    world.told = Some(teller);
    drop(world);
    (bot, told)
}

type Ears = Arc<Mutex<HashMap<i64, UnboundedSender<Value>>>>;

/// Brings what the bot says to whom it is said.
fn spread(mut told: Told) -> Ears {
    let ears: Ears = Ears::default();
    let spreading = ears.clone();
    tokio::spawn(async move {
        while let Some((chat, params)) = told.recv().await {
            let ears = spreading.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(ear) = ears.get(&chat) {
                let _ = ear.send(params);
            }
        }
    });
    ears
}

struct One {
    id: i64,
    bot: Bot,
    wire: Arc<Semaphore>,
    url: String,
    ear: UnboundedReceiver<Value>,
    /// Data of the buttons below what was said, the latest last.
    buttons: Vec<String>,
    sent: i64,
}

impl One {
    fn new(served: &Served, bot: &Bot, (ears, wire): (&Ears, &Arc<Semaphore>), nth: usize) -> One {
        let id = 6_000_000 + i64::try_from(nth).unwrap_or(0);
        let (sender, ear) = unbounded_channel();
        ears.lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(id, sender);
        locked(&bot.world).chats.entry(id).or_default();
        One {
            id,
            bot: bot.clone(),
            wire: wire.clone(),
            url: served.url.clone(),
            ear,
            buttons: Vec::new(),
            sent: 0,
        }
    }

    /// One turn: the update, and the wait for the reply.
    async fn turn(&mut self, does: Does) -> f64 {
        let update = self.update(does);
        let begun = Instant::now();
        let taken = {
            let _wire = self.wire.acquire().await;
            self.bot.posts(&self.url, &update).await
        };
        assert_eq!(taken, 200);
        let limit = Duration::from_secs(REPLY_SECS_MAX);
        let reply = tokio::time::timeout(limit, self.ear.recv()).await;
        let reply = reply
            .expect("every turn is answered")
            .expect("the stand-in lives");
        let millis = begun.elapsed().as_secs_f64() * 1_000.0;
        self.look_at(&reply);
        millis
    }

    fn look_at(&mut self, reply: &Value) {
        let rows = reply["reply_markup"]["inline_keyboard"].as_array();
        let buttons = rows
            .into_iter()
            .flatten()
            .filter_map(Value::as_array)
            .flatten();
        let data = buttons.filter_map(|button| button["callback_data"].as_str());
        self.buttons = data.map(str::to_owned).collect();
    }

    fn update(&mut self, does: Does) -> Value {
        self.sent += 1;
        let user =
            json!({"id": self.id, "is_bot": false, "first_name": "نورة", "language_code": "ar"});
        let chat = json!({"id": self.id, "type": "private", "first_name": "نورة"});
        let text = match does {
            Does::Says(text) => text.to_owned(),
            Does::GivesId => id_of(self.id),
            Does::Presses(option) => {
                let mut data = self.buttons.iter();
                let data = data.find(|data| data.rsplit(':').next() == Some(option));
                let data = data.cloned().unwrap_or_else(|| format!("!{option}"));
                return self.bot.numbered(json!({"callback_query": {
                    "id": format!("{}-{}", self.id, self.sent), "from": user, "chat_instance": "1",
                    "message": {"message_id": self.sent, "chat": chat, "date": 1_780_000_000}, "data": data,
                }}));
            }
        };
        self.bot.numbered(json!({"message": {
            "message_id": self.sent, "from": user, "chat": chat, "date": 1_780_000_000, "text": text,
        }}))
    }
}

/// A number that passes its test; whose it is nobody knows, and it leaves no process of ours.
fn id_of(who: i64) -> String {
    let free = (who * 7_919 + 9_876_543) % 100_000_000;
    let mut candidates = (0..10).map(|digit| format!("1{free:08}{digit}"));
    let right = candidates.find(|id| national_id::read(id).is_ok_and(|id| id.check_digit_ok));
    right.expect("one of ten last digits always fits")
}

/// Everybody applies until the stretch is over.
pub async fn run(served: &Served, bot: &Bot, told: Told, load: &Load) -> Measured {
    let (ears, wire) = (spread(told), Arc::new(Semaphore::new(CONNECTIONS)));
    let greeted = (0..load.people).map(|nth| {
        let mut one = One::new(served, bot, (&ears, &wire), nth);
        async move {
            one.turn(Does::Says("/start")).await;
            one
        }
    });
    let greeted = futures_util::stream::iter(greeted).buffer_unordered(CONNECTIONS);
    let people: Vec<One> = greeted.collect().await;
    let pause = load
        .rate
        .map(|rate| Duration::from_secs_f64(load.people as f64 / rate));
    let cpu = served.cpu_seconds();
    let begun = Instant::now();
    let until = begun + load.stretch;
    let tasks = people.into_iter().enumerate().map(|(nth, one)| {
        let first = pause.map(|pause| pause.mul_f64(nth as f64 / load.people as f64));
        tokio::spawn(applies(one, until, pause, first))
    });
    let tasks: Vec<_> = tasks.collect();
    let mut millis = Vec::new();
    for task in tasks {
        millis.extend(task.await.expect("nobody gives up"));
    }
    let seconds = begun.elapsed().as_secs_f64();
    millis.sort_by(f64::total_cmp);
    Measured {
        turns: millis.len() as u64,
        seconds,
        cpu_seconds: served.cpu_seconds() - cpu,
        resident_mb: served.resident_mb(),
        millis,
    }
}

async fn applies(
    mut one: One,
    until: Instant,
    pause: Option<Duration>,
    first: Option<Duration>,
) -> Vec<f64> {
    let mut millis = Vec::new();
    let mut next = Instant::now() + first.unwrap_or_default();
    for does in SCRIPT.iter().cycle() {
        if let Some(pause) = pause {
            tokio::time::sleep_until(next.into()).await;
            next += pause;
        }
        if Instant::now() >= until {
            break;
        }
        millis.push(one.turn(*does).await);
    }
    millis
}

/// Everybody opens the form and answers its first questions.
pub async fn open_forms(served: &Served, bot: &Bot, told: Told, people: usize) {
    let (ears, wire) = (spread(told), Arc::new(Semaphore::new(CONNECTIONS)));
    let mut tasks = Vec::new();
    for nth in 0..people {
        let mut one = One::new(served, bot, (&ears, &wire), nth);
        tasks.push(async move {
            one.turn(Does::Says("/start")).await;
            for does in &SCRIPT[..5] {
                one.turn(*does).await;
            }
        });
    }
    let many = futures_util::stream::iter(tasks);
    many.for_each_concurrent(CONNECTIONS, |one| one).await;
}
