//! The application, from the first word to the reference number, on all four channels: the stories of the
//! dialogs, played against the served binary through each medium as its people use it.

mod compare;
mod email;
mod media;
mod telegram;
mod web;
mod whatsapp;

use std::time::{Duration, Instant};

use wasl::dialog::story::{Deed, Entry, Item, Jump, Key, Press, Setting, Story, read};

use crate::journey::{cases, reference};
use crate::support::{Engine, engines};
use compare::{Expected, Wanted};
use media::{Button, Medium};

/// What people meet: in Arabic with files, a voice note and a document for later; with the own number and a pin;
/// in English.
const STORIES: &[&str] = &[
    "full_arabic_application",
    "own_number_and_a_pin",
    "english_application",
];

/// A busy machine answers late; what takes longer than this does not come.
const ANSWER_SECS_MAX: u64 = 40;

/// How long a story may let pass; the house really waits it out.
const WAIT_SECS_MAX: i64 = 10;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_application_is_the_same_talk_on_every_channel() {
    for engine in engines() {
        tokio::join!(
            all_on::<web::Chat>(&engine),
            all_on::<telegram::App>(&engine),
            all_on::<whatsapp::Phone>(&engine),
            all_on::<email::Mailbox>(&engine),
        );
    }
}

/// Each story by somebody new; then the requests are what the stories end with.
async fn all_on<M: Medium>(engine: &Engine) {
    // PostgreSQL: a database for each server.
    let own = engines().into_iter().find(|one| one.name == engine.name);
    let Some(mut medium) = M::start(&own.expect("the same engines as before")).await else {
        return;
    };
    let mut requests = Vec::new();
    for (number, name) in STORIES.iter().enumerate() {
        let story = story(name);
        let mut play = Play::new(&mut medium, &story);
        play.through(number).await;
        requests.extend(play.requests);
    }
    status_is_told(&mut medium).await;
    let mut stored: Vec<String> = cases(medium.server())
        .iter()
        .map(|case| {
            let word = |name: &str| case[name].as_str().unwrap_or_default().to_owned();
            format!("{} {} {}", word("kind"), word("service"), word("state"))
        })
        .collect();
    stored.sort();
    requests.sort();
    assert_eq!(stored, requests, "on {} with {}", M::NAME, engine.name);
    medium.is_content();
}

/// Who has just applied asks how it stands, in the way that the receipt names.
async fn status_is_told<M: Medium>(medium: &mut M) {
    let before = medium.shown().await;
    let receipt = before.last().map(|one| reference(&one.words));
    let receipt = receipt.expect("a receipt");
    medium.writes("status").await;
    let until = Instant::now() + Duration::from_secs(ANSWER_SECS_MAX);
    loop {
        let shown = medium.shown().await;
        if shown[before.len()..]
            .iter()
            .any(|one| one.words.contains(&receipt))
        {
            return;
        }
        assert!(Instant::now() < until, "on {}: {shown:?}", M::NAME);
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

fn story(name: &str) -> Story {
    let path = format!(
        "{}/dialogs/stories/{name}.story",
        env!("CARGO_MANIFEST_DIR")
    );
    let text = std::fs::read_to_string(&path).unwrap_or_else(|why| panic!("{path}: {why}"));
    read(&path, &text).unwrap_or_else(|problems| panic!("{path}: {problems:?}"))
}

struct Play<'a, M> {
    medium: &'a mut M,
    story: &'a Story,
    /// Messages of the house that were compared.
    seen: usize,
    /// What is expected of the things done since.
    expected: Vec<Expected>,
    /// The buttons that the story last had.
    buttons: Vec<Wanted>,
    requests: Vec<String>,
}

impl<'a, M: Medium> Play<'a, M> {
    fn new(medium: &'a mut M, story: &'a Story) -> Play<'a, M> {
        Play {
            medium,
            story,
            seen: 0,
            expected: Vec::new(),
            buttons: Vec::new(),
            requests: Vec::new(),
        }
    }

    async fn through(&mut self, number: usize) {
        let language = self.story.items.iter().find_map(|item| match &item.what {
            Entry::Set(Setting::Language(language)) => Some(language.code()),
            _ => None,
        });
        self.medium
            .somebody_new(number, language.unwrap_or("ar"))
            .await;
        self.seen = self.medium.shown().await.len();
        let story = self.story;
        for item in &story.items {
            match &item.what {
                Entry::Set(Setting::Language(_)) => {}
                Entry::Do(deed) => {
                    self.hears(item).await;
                    self.does(item, deed).await;
                }
                Entry::Expect(expected) => match expected.key {
                    Key::Bot | Key::Notice => self.expected.push(Expected::read(&expected.lines)),
                    Key::Silent => {}
                    Key::Alert => self.cannot(item),
                },
                Entry::End(lines) => {
                    self.hears(item).await;
                    self.ends(lines);
                }
                Entry::Set(_) | Entry::Counts { .. } => self.cannot(item),
            }
        }
        self.nothing_more().await;
    }

    fn cannot(&self, item: &Item) -> ! {
        panic!(
            "{}:{}: no person can do this to a running server: {:?}",
            self.story.path, item.line, item.what
        )
    }

    async fn does(&mut self, item: &Item, deed: &Deed) {
        match deed {
            Deed::Person(text) => self.medium.writes(text).await,
            Deed::Sends(parcel) => self.medium.sends(parcel).await,
            Deed::Presses(Press::Latest(label)) => self.presses(item, label).await,
            // What is said later is waited for anyway.
            Deed::Clock(Jump::By(millis)) if *millis <= WAIT_SECS_MAX * 1_000 => {}
            _ => self.cannot(item),
        }
    }

    /// Presses what the story presses. A control that the medium has no room for can be written everywhere.
    async fn presses(&mut self, item: &Item, label: &str) {
        let wanted = compare::named(&self.buttons, label).unwrap_or_else(|| self.cannot(item));
        let wanted = wanted.clone();
        let shown = self.medium.shown().await;
        let mut buttons = shown.iter().rev().flat_map(|one| &one.buttons);
        let found: Option<Button> = buttons.find(|button| wanted.is(button)).cloned();
        match found {
            Some(button) => self.medium.presses(&button).await,
            None => self.medium.writes(&wanted.title).await,
        }
    }

    /// Waits until all that the story says was said, and nothing else.
    async fn hears(&mut self, item: &Item) {
        let expected = std::mem::take(&mut self.expected);
        if expected.is_empty() {
            return;
        }
        let until = Instant::now() + Duration::from_secs(ANSWER_SECS_MAX);
        loop {
            let shown = self.medium.shown().await;
            match compare::differ(&expected, &shown[self.seen.min(shown.len())..]) {
                None => {
                    self.seen = shown.len();
                    break;
                }
                Some(difference) => assert!(
                    Instant::now() < until,
                    "{}, before line {}, on {}:\n{difference}",
                    self.story.path,
                    item.line,
                    M::NAME
                ),
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        if let Some(last) = expected
            .into_iter()
            .rev()
            .find(|one| !one.buttons.is_empty())
        {
            self.buttons = last.buttons;
        }
    }

    fn ends(&mut self, lines: &[String]) {
        for line in lines {
            if let ["case", _, kind, service, state, ..] =
                line.split_whitespace().collect::<Vec<_>>()[..]
            {
                self.requests.push(format!("{kind} {service} {state}"));
            }
        }
    }

    async fn nothing_more(&mut self) {
        tokio::time::sleep(Duration::from_millis(300)).await;
        let shown = self.medium.shown().await;
        assert_eq!(
            shown.len(),
            self.seen,
            "{} on {}: more was said: {:?}",
            self.story.path,
            M::NAME,
            &shown[self.seen..]
        );
    }
}
