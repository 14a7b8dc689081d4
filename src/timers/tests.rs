//! What rings, when, and how often, on both engines.

use std::sync::Arc;

use super::*;
use crate::dialog::load;
use crate::dialog::model::Dialogs;
use crate::dialog::state::State;
use crate::dialog::turn::{Effect, Heard, Turn};
use crate::event::Address;
use crate::inbox::{self, Bus, Options, Started};
use crate::store::test_support::on_both;

/// Noon in Riyadh on a Tuesday.
const NOON: Millis = 1_760_432_400_000;
const HOUR: Millis = 3_600_000;

/// Opens with one timer an hour from now; a ring sets no other, and is counted.
fn step(_: &Dialogs, mut state: State, event: Event) -> Turn {
    let mut effects = Vec::new();
    match &event.what {
        What::Rang { .. } => state.misunderstood += 1,
        _ => effects.push(Effect::SetTimer {
            name: "remind".into(),
            due: event.received_at + HOUR,
            quiet: event.kind == "quiet",
        }),
    }
    Turn {
        state,
        replies: Vec::new(),
        effects,
        asks: Vec::new(),
        heard: Heard::default(),
        trace: Vec::new(),
    }
}

struct Tower {
    store: Store,
    started: Started,
    calendar: WorkingCalendar,
}

impl Tower {
    fn over(store: &Store) -> Tower {
        let dialogs = Arc::new(load::reload(&load::embedded(), "demo").unwrap());
        let started = inbox::start(
            store.clone(),
            Arc::new(Registry::new(dialogs)),
            Bus::default(),
            Options::new(step, ["web"].into()),
        );
        Tower {
            store: store.clone(),
            started,
            calendar: WorkingCalendar::default(),
        }
    }

    async fn set(&self, who: &str, kind: &str, now: Millis) -> String {
        let event = Event {
            key: EventKey {
                channel: "web".into(),
                account: String::new(),
                key: format!("{who}:{now}"),
            },
            received_at: now,
            sent_at: None,
            seed: Seed([who.len() as u8; 16]),
            from: Origin::Address(Address {
                channel: "web".into(),
                account: String::new(),
                id: who.into(),
            }),
            also: None,
            what: What::Wrote { text: "x".into() },
            message_id: None,
            note: None,
            kind: kind.into(),
            source: Source::Own,
            ranked: None,
            known: Known::default(),
        };
        self.started.inbox.take(event).await.unwrap().conversation
    }

    async fn ring(&self, now: Millis) -> usize {
        ring(&self.store, &self.started.inbox, &self.calendar, "me", now)
            .await
            .unwrap()
    }

    /// How often it rang in this conversation.
    async fn rang(&self, conversation: &str) -> u32 {
        let mut reader = self.store.reader().await.unwrap();
        let found = crate::store::conversation::find(&mut reader, conversation)
            .await
            .unwrap()
            .unwrap();
        let state: State = serde_json::from_str(&found.state.unwrap()).unwrap();
        state.misunderstood
    }
}

#[test]
fn what_is_due_rings_once_and_is_gone() {
    on_both(|fresh| async move {
        let tower = Tower::over(&fresh.store);
        let talk = tower.set("a", "text", NOON).await;
        for (now, leased, rang) in [
            (NOON + HOUR - 1, 0, 0),
            (NOON + HOUR, 1, 1),
            (NOON + HOUR + 1, 0, 1),
            (NOON + 100 * HOUR, 0, 1),
        ] {
            assert_eq!(tower.ring(now).await, leased, "{now}");
            assert_eq!(tower.rang(&talk).await, rang, "{now}");
        }
    });
}

#[test]
fn a_timer_that_was_moved_rings_at_its_new_time_only() {
    on_both(|fresh| async move {
        let tower = Tower::over(&fresh.store);
        let talk = tower.set("a", "text", NOON).await;
        tower.set("a", "text", NOON + HOUR / 2).await;
        assert_eq!(tower.ring(NOON + HOUR).await, 0);
        assert_eq!(tower.ring(NOON + 2 * HOUR).await, 1);
        assert_eq!(tower.rang(&talk).await, 1);
    });
}

#[test]
fn a_quiet_timer_waits_for_a_decent_hour() {
    on_both(|fresh| async move {
        let tower = Tower::over(&fresh.store);
        let evening = NOON + 11 * HOUR;
        let (quiet, loud) = (
            tower.set("a", "quiet", evening).await,
            tower.set("bb", "text", evening).await,
        );
        assert_eq!(tower.ring(evening + HOUR).await, 2);
        assert_eq!((tower.rang(&quiet).await, tower.rang(&loud).await), (0, 1));
        assert_eq!(
            tower.ring(evening + 2 * HOUR).await,
            0,
            "it is not asked again all night"
        );
        let morning = decent(&tower.calendar, evening + HOUR);
        assert!(morning > evening + HOUR);
        assert_eq!(tower.ring(morning).await, 1);
        assert_eq!(tower.rang(&quiet).await, 1);
    });
}

#[test]
fn two_instances_ring_each_timer_once() {
    on_both(|fresh| async move {
        let towers = [Tower::over(&fresh.store), Tower::over(&fresh.store)];
        let mut talks = Vec::new();
        for n in 0..20 {
            talks.push(towers[n % 2].set(&"x".repeat(n + 1), "text", NOON).await);
        }
        let both = [&towers[0], &towers[1]].map(|tower| tower.ring(NOON + HOUR));
        let leased: usize = join_all(both).await.into_iter().sum();
        assert_eq!(leased, 20);
        for talk in talks {
            assert_eq!(towers[0].rang(&talk).await, 1);
        }
    });
}

#[test]
fn a_ring_that_was_refused_comes_again_when_its_lease_ends() {
    on_both(|fresh| async move {
        let tower = Tower::over(&fresh.store);
        let talk = tower.set("a", "text", NOON).await;
        let other = Tower::over(&fresh.store);
        other.started.close().await;
        let closed = Tower::over(&fresh.store);
        let inbox = closed.started.inbox.clone();
        closed.started.close().await;
        let now = NOON + HOUR;
        let leased = ring(&fresh.store, &inbox, &tower.calendar, "dead", now).await;
        assert_eq!(leased.unwrap(), 1);
        assert_eq!(tower.ring(now + 1).await, 0, "leased still");
        assert_eq!(tower.ring(now + LEASE_MILLIS).await, 1);
        assert_eq!(tower.rang(&talk).await, 1);
    });
}
