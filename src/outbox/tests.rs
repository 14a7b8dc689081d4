//! What leaves, in which order, and what becomes of it, on both engines. The channel is a pigeon that
//! does as it was told.

mod hour;

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::sync::Semaphore;

use super::worker::{LEASE_MILLIS, Worker};
use super::*;
use crate::channel::{Outgoing, Payload, Rates, Recipient, SendError, Sending, Sent};
use crate::event::{Reached, StaffAct};
use crate::inbox::tests::{Desk, NOW, SENDING, staff, wrote_on};
use crate::reply::{Limits, Reply};
use crate::store::handover;
use crate::store::test_support::{Fresh, on_both};

const RATES: Rates = Rates {
    started_per_second: 100.0,
    person_burst: 100.0,
    person_per_second: 100.0,
    at_once: 16,
};

/// Carries words; `ways` says what happens to the first tries of a text, the rest arrive.
struct Pigeon {
    name: &'static str,
    ways: Mutex<BTreeMap<&'static str, VecDeque<SendError>>>,
    arrived: Mutex<Vec<String>>,
    /// Room in the air: none, and every bird waits.
    air: Semaphore,
    /// A text that hangs before it arrives.
    hangs: Mutex<Option<&'static str>>,
    /// Nobody flies.
    grounded: std::sync::atomic::AtomicBool,
    limits: &'static Limits,
}

/// As a platform that lets us write freely for a day.
static FOR_A_DAY: Limits = Limits {
    template_needed_after_hours: Some(24),
    ..crate::channel::web::LIMITS
};

impl Pigeon {
    fn new(name: &'static str) -> Arc<Pigeon> {
        Arc::new(Pigeon {
            name,
            ways: Mutex::default(),
            arrived: Mutex::default(),
            air: Semaphore::new(1_000),
            hangs: Mutex::default(),
            grounded: false.into(),
            limits: &crate::channel::web::LIMITS,
        })
    }

    fn fails(&self, text: &'static str, ways: impl IntoIterator<Item = SendError>) {
        self.ways
            .lock()
            .unwrap()
            .insert(text, ways.into_iter().collect());
    }

    fn arrived(&self) -> Vec<String> {
        self.arrived.lock().unwrap().clone()
    }
}

impl Channel for Pigeon {
    fn name(&self) -> &'static str {
        self.name
    }

    fn limits(&self) -> &'static Limits {
        self.limits
    }

    fn leaves(&self) -> Leaves {
        Leaves::BySending
    }

    fn rates(&self) -> Rates {
        RATES
    }

    fn write(&self, reply: &Reply, to: &Recipient, out: &Outgoing) -> Vec<Payload> {
        if let (false, Some(proactive)) = (out.window_open, &reply.proactive) {
            let told = format!("template {}", proactive.template);
            return vec![Payload { body: told.into() }];
        }
        assert!(out.window_open, "free words outside the window");
        if to.address.id == "moved" {
            let told = format!("to moved: {}", reply.texts.join(" "));
            return vec![Payload { body: told.into() }];
        }
        reply
            .texts
            .iter()
            .flat_map(|text| text.split(" | "))
            .map(|part| Payload { body: part.into() })
            .collect()
    }

    fn send<'a>(&'a self, payload: &'a Payload) -> Sending<'a> {
        Box::pin(async move {
            let _room = self.air.acquire().await.unwrap();
            let text = payload.body.as_str().unwrap();
            if *self.hangs.lock().unwrap() == Some(text) {
                std::future::pending::<()>().await;
            }
            if self.grounded.load(std::sync::atomic::Ordering::Relaxed) {
                return Err(SendError::Later {
                    after: None,
                    reason: "nobody answers".into(),
                });
            }
            let mut ways = self.ways.lock().unwrap();
            if let Some(error) = ways.get_mut(text).and_then(VecDeque::pop_front) {
                return Err(error);
            }
            self.arrived.lock().unwrap().push(text.to_owned());
            Ok(Sent {
                provider_id: Some(format!("p-{text}")),
            })
        })
    }
}

fn receipt(id: &str, reached: Reached) -> crate::inbox::Mark {
    crate::inbox::Mark::Receipt(crate::event::Receipt {
        channel: SENDING.into(),
        provider_id: id.into(),
        reached,
        reason: (reached == Reached::Failed).then(|| "nobody is there".to_owned()),
        at: NOW,
    })
}

fn later() -> SendError {
    SendError::Later {
        after: Some(Duration::from_secs(10)),
        reason: "throttled".into(),
    }
}

fn unknown() -> SendError {
    SendError::Unknown {
        reason: "no answer".into(),
    }
}

struct Loft {
    desk: Desk,
    pigeon: Arc<Pigeon>,
    worker: Worker,
}

impl Loft {
    fn open(fresh: &Fresh) -> Loft {
        let desk = Desk::open(fresh);
        let pigeon = Pigeon::new(SENDING);
        let worker = worker(&desk, &pigeon, RATES, "one");
        Loft {
            desk,
            pigeon,
            worker,
        }
    }

    async fn hears(&self, who: &str, text: &str) -> String {
        self.desk
            .take(wrote_on(SENDING, who, text))
            .await
            .conversation
    }

    /// Sends what may leave at a moment after [`NOW`], and waits until all of it has ended.
    async fn fly(&mut self, after: Millis) -> Vec<String> {
        fly(&mut self.worker, after).await;
        self.pigeon.arrived()
    }
}

async fn fly(worker: &mut Worker, after: Millis) {
    worker.look_after_strayed(NOW + after).await.unwrap();
    worker.fill(NOW + after).await.unwrap();
    while worker.ended(NOW + after).await {
        worker.fill(NOW + after).await.unwrap();
    }
}

fn worker(desk: &Desk, pigeon: &Arc<Pigeon>, rates: Rates, by: &str) -> Worker {
    worker_of(desk, pigeon, rates, by, false)
}

/// The one process that can send.
fn successor(desk: &Desk, pigeon: &Arc<Pigeon>, by: &str) -> Worker {
    worker_of(desk, pigeon, RATES, by, true)
}

fn worker_of(desk: &Desk, pigeon: &Arc<Pigeon>, rates: Rates, by: &str, alone: bool) -> Worker {
    let house = House {
        alone,
        ..house(desk, pigeon, by)
    };
    let mut worker = Worker::new(Arc::new(house), pigeon.clone());
    worker.keep_to(rates);
    worker
}

fn house(desk: &Desk, pigeon: &Arc<Pigeon>, by: &str) -> House {
    House {
        store: desk.store.clone(),
        inbox: desk.started.inbox.clone(),
        registry: desk.registry.clone(),
        ways: [
            (SENDING, pigeon.limits().template_needed_after_hours),
            ("dove", None),
        ]
        .into(),
        by: by.into(),
        alone: false,
    }
}

#[test]
fn replies_to_one_person_keep_their_order_through_failures() {
    on_both(|fresh| async move {
        let mut loft = Loft::open(&fresh);
        loft.pigeon.fails("one", [later(), later()]);
        loft.hears("a", "say one; say two; say three").await;
        loft.hears("b", "say other").await;
        assert_eq!(loft.fly(0).await, ["other"]);
        assert_eq!(loft.fly(9_999).await, ["other"]);
        assert_eq!(loft.fly(10_000).await, ["other"]);
        assert_eq!(loft.fly(20_000).await, ["other", "one", "two", "three"]);
        assert_eq!(loft.fly(30_000).await.len(), 4, "nothing leaves twice");
    });
}

#[test]
fn what_has_left_is_marked_emptied_and_known_by_the_providers_id() {
    on_both(|fresh| async move {
        let mut loft = Loft::open(&fresh);
        let talk = loft.hears("a", "say one").await;
        loft.fly(0).await;
        let message = loft.desk.messages(&talk).await.remove(1);
        assert_eq!(message.status, "sent");
        assert_eq!(message.provider_id.as_deref(), Some("p-one"));
        let mut reader = fresh.store.reader().await.unwrap();
        let row = outbox_rows(&mut reader).await.remove(0);
        assert!(row.emptied && row.state == "sent");
        assert_eq!(row.attempts, 1);
    });
}

async fn outbox_rows(reader: &mut crate::store::Tx) -> Vec<crate::store::outbox::OutboxRow> {
    crate::store::outbox::all(reader).await.unwrap()
}

#[test]
fn a_channel_that_hangs_holds_no_other() {
    on_both(|fresh| async move {
        let mut loft = Loft::open(&fresh);
        let dove = Pigeon::new("dove");
        let mut other = worker(&loft.desk, &dove, RATES, "one");
        loft.pigeon.air.forget_permits(1_000);
        loft.hears("a", "say hanging").await;
        loft.desk.take(wrote_on("dove", "a", "say free")).await;
        loft.worker.fill(NOW).await.unwrap();
        fly(&mut other, 0).await;
        assert_eq!(dove.arrived(), ["free"]);
        assert_eq!(loft.pigeon.arrived(), [""; 0]);
        loft.pigeon.air.add_permits(1);
        assert_eq!(loft.fly(0).await, ["hanging"]);
    });
}

#[test]
fn of_a_reply_whose_end_is_unknown_one_more_is_sent_and_then_staff_look() {
    on_both(|fresh| async move {
        let mut loft = Loft::open(&fresh);
        loft.pigeon.fails("one", [unknown()]);
        loft.pigeon.fails("two", [unknown(), unknown()]);
        let talk = loft.hears("a", "notice one; notice two").await;
        loft.fly(0).await;
        assert_eq!(loft.fly(2_000).await, ["one"]);
        loft.fly(4_000).await;
        loft.fly(8_000).await;
        assert_eq!(loft.pigeon.arrived(), ["one"]);
        assert_eq!(
            loft.desk.owed().await,
            ["2 Notice sent", "3 Notice flagged"]
        );
        assert_eq!(loft.desk.messages(&talk).await[2].status, "flagged");
        let mut reader = fresh.store.reader().await.unwrap();
        let alerts = handover::alerts(&mut reader).await.unwrap();
        assert_eq!(alerts.len(), 1);
        assert_eq!(alerts[0].kind, "undelivered");
    });
}

#[test]
fn a_push_whose_end_is_unknown_is_never_sent_twice() {
    on_both(|fresh| async move {
        let mut loft = Loft::open(&fresh);
        loft.pigeon.fails("decision", [unknown()]);
        loft.hears("a", "push none loud decision").await;
        loft.fly(0).await;
        loft.fly(100_000).await;
        assert_eq!(loft.pigeon.arrived(), [""; 0]);
        assert_eq!(loft.desk.owed().await, ["2 Notice flagged"]);
    });
}

#[test]
fn of_a_message_in_parts_what_has_left_is_not_sent_again() {
    on_both(|fresh| async move {
        let mut loft = Loft::open(&fresh);
        loft.pigeon.fails("b", [later(), unknown()]);
        let talk = loft.hears("a", "say a | b | c; say next").await;
        assert_eq!(loft.fly(0).await, ["a"]);
        assert_eq!(loft.fly(10_000).await, ["a"], "nobody knows of the second");
        assert_eq!(loft.fly(12_000).await, ["a", "b", "c", "next"]);
        let inbox = loft.desk.started.inbox.clone();
        for (part, reached) in [
            ("p-c", Reached::Delivered),
            ("p-b", Reached::Sent),
            ("p-a", Reached::Read),
        ] {
            inbox.mark(vec![receipt(part, reached)]).await.unwrap();
        }
        let message = loft.desk.messages(&talk).await.remove(1);
        assert_eq!(message.status, "read");
        assert_eq!(message.provider_id.as_deref(), Some("p-a"));
    });
}

#[test]
fn a_push_in_parts_goes_on_where_it_was_refused_for_now_and_staff_can_send_the_rest() {
    on_both(|fresh| async move {
        let mut loft = Loft::open(&fresh);
        let never = SendError::Never {
            reason: "no such file".into(),
        };
        loft.pigeon.fails("b", [later(), never]);
        loft.hears("a", "push none loud a | b").await;
        assert_eq!(loft.fly(0).await, ["a"]);
        assert_eq!(loft.fly(10_000).await, ["a"]);
        let mut reader = fresh.store.reader().await.unwrap();
        let dead = crate::store::outbox::dead(&mut reader, 10).await.unwrap();
        let why = dead[0].reason.as_deref();
        let told = "after 1 of 2 parts: no such file; the person has no other way";
        assert_eq!(why, Some(told));
        drop(reader);
        let mut tx = fresh.store.begin_write().await.unwrap();
        let again = crate::store::outbox::resend(&mut tx, &dead[0].id, NOW).await;
        assert!(again.unwrap().is_some());
        tx.commit().await.unwrap();
        assert_eq!(loft.fly(20_000).await, ["a", "b"]);
        assert_eq!(loft.desk.owed().await, ["2 Notice sent"]);
    });
}

#[test]
fn killed_between_two_parts_only_the_rest_is_sent() {
    on_both(|fresh| async move {
        let mut loft = Loft::open(&fresh);
        *loft.pigeon.hangs.lock().unwrap() = Some("b");
        loft.hears("a", "say a | b | c").await;
        loft.worker.fill(NOW).await.unwrap();
        while loft.pigeon.arrived().is_empty() || left(&fresh).await == 0 {
            tokio::task::yield_now().await;
        }
        loft.worker = successor(&loft.desk, &loft.pigeon, "two");
        *loft.pigeon.hangs.lock().unwrap() = None;
        loft.fly(0).await;
        assert_eq!(loft.fly(2_000).await, ["a", "b", "c"]);
    });
}

/// Parts of the one message that are noted to have left.
async fn left(fresh: &Fresh) -> i64 {
    let mut reader = fresh.store.reader().await.unwrap();
    let all = outbox_rows(&mut reader).await;
    all[0].parts_left
}

#[test]
fn what_a_killed_sender_had_begun_is_sent_once_more_when_its_lease_ends() {
    on_both(|fresh| async move {
        let mut loft = Loft::open(&fresh);
        loft.pigeon.air.forget_permits(1_000);
        loft.hears("a", "say one; say two").await;
        loft.hears("b", "push none loud decision").await;
        loft.worker.fill(NOW).await.unwrap();
        // Killed: its tasks are gone, its leases stand.
        loft.worker = worker(&loft.desk, &loft.pigeon, RATES, "two");
        loft.pigeon.air.add_permits(1_000);
        assert_eq!(loft.fly(LEASE_MILLIS - 1).await, [""; 0]);
        loft.fly(LEASE_MILLIS).await;
        assert_eq!(loft.fly(LEASE_MILLIS + 2_000).await, ["one", "two"]);
        let owed = loft.desk.owed().await;
        let flagged = owed.contains(&"2 Notice flagged".to_owned());
        assert!(flagged, "a push may have arrived: {owed:?}");
    });
}

#[test]
fn where_only_one_can_send_a_successor_takes_over_at_once_and_what_was_cut_off_twice_is_for_staff()
{
    on_both(|fresh| async move {
        let mut loft = Loft::open(&fresh);
        loft.pigeon.air.forget_permits(1_000);
        let talk = loft.hears("a", "say one; say two").await;
        loft.worker.fill(NOW).await.unwrap();
        loft.worker = successor(&loft.desk, &loft.pigeon, "two");
        assert_eq!(loft.fly(0).await, [""; 0]);
        assert_eq!(
            loft.desk.owed().await,
            ["2 Dialog waiting", "3 Dialog waiting"]
        );
        // On the wire again, and killed again.
        loft.worker.fill(NOW + 2_000).await.unwrap();
        assert_eq!(loft.desk.owed().await[0], "2 Dialog sending");
        loft.worker = successor(&loft.desk, &loft.pigeon, "three");
        loft.pigeon.air.add_permits(1_000);
        assert_eq!(loft.fly(2_001).await, ["two"], "never a third time");
        let one = loft.desk.messages(&talk).await.remove(1);
        assert_eq!(one.status, "flagged");
        let mut reader = fresh.store.reader().await.unwrap();
        let dead = crate::store::outbox::dead(&mut reader, 10).await.unwrap();
        assert_eq!(dead.len(), 1);
        assert_eq!(dead[0].reason.as_deref(), Some("the sender was cut off"));
        assert_eq!(handover::alerts(&mut reader).await.unwrap().len(), 1);
    });
}

#[test]
fn a_takeover_while_a_reply_is_on_the_wire_stops_its_next_try() {
    on_both(|fresh| async move {
        let mut loft = Loft::open(&fresh);
        loft.pigeon.air.forget_permits(1_000);
        loft.pigeon.fails("one", [later()]);
        let talk = loft.hears("a", "say one").await;
        loft.worker.fill(NOW).await.unwrap();
        let claim = StaffAct::Claimed { by: "Huda".into() };
        loft.desk.take(staff(&talk, claim)).await;
        assert_eq!(loft.desk.owed().await, ["2 Dialog sending"]);
        loft.pigeon.air.add_permits(1_000);
        loft.fly(0).await;
        assert_eq!(loft.fly(10_000).await, [""; 0]);
        assert_eq!(loft.desk.owed().await, ["2 Dialog cancelled"]);
    });
}

#[test]
fn a_takeover_between_the_claim_and_the_call_lets_nothing_of_the_bots_leave() {
    on_both(|fresh| async move {
        let loft = Loft::open(&fresh);
        let talk = loft.hears("a", "say begun; say queued").await;
        let claim = crate::store::outbox::Claim {
            by: "one",
            now: NOW,
            until: NOW + LEASE_MILLIS,
            most: 9,
        };
        let mut tx = fresh.store.begin_write().await.unwrap();
        let claimed = crate::store::outbox::claim(&mut tx, &claim, SENDING).await;
        tx.commit().await.unwrap();
        // Here the sender is halted; meanwhile somebody takes over and answers.
        loft.desk.take(says(&talk, "a human")).await;
        let house = house(&loft.desk, &loft.pigeon, "one");
        let claimed = claimed.unwrap();
        let mut reader = fresh.store.reader().await.unwrap();
        let fences = crate::store::outbox::fences(&mut reader, &claimed).await;
        let mut fences = fences.unwrap();
        for one in claimed {
            let fence = fences.remove(&one.id);
            let (_, mark) = send::attempt(&house, &*loft.pigeon, &one, fence, NOW).await;
            send::settle(&house, &one, mark, NOW).await;
        }
        let mut loft = loft;
        assert_eq!(loft.fly(1_000).await, ["a human"]);
        let fates: Vec<_> = loft.desk.messages(&talk).await;
        let fates: Vec<_> = fates.iter().map(|one| one.status.as_str()).collect();
        assert_eq!(fates, ["received", "cancelled", "cancelled", "sent"]);
    });
}

#[test]
fn a_template_that_staff_chose_leaves_when_the_window_is_closed() {
    on_both(|fresh| async move {
        let mut loft = for_a_day(&fresh);
        let talk = loft.hears("a", "human").await;
        let filled = crate::event::Filled {
            template: "case_update".into(),
            parameters: vec!["W-1".into()],
        };
        let chosen = StaffAct::Replied {
            by: "Huda".into(),
            text: "There is an update on request W-1.".into(),
            beside: crate::event::Beside {
                template: Some(filled),
                ..Default::default()
            },
        };
        loft.desk.take(staff(&talk, chosen)).await;
        assert_eq!(loft.fly(DAY).await, ["template case_update"]);
        let sent = loft.desk.messages(&talk).await.remove(1);
        assert_eq!(
            (sent.status.as_str(), sent.author.as_deref()),
            ("sent", Some("Huda"))
        );
    });
}

#[test]
fn a_question_that_finally_fails_comes_back_as_an_event() {
    on_both(|fresh| async move {
        let mut loft = Loft::open(&fresh);
        let never = SendError::Never {
            reason: "blocked".into(),
        };
        loft.pigeon.fails("name", [never]);
        let talk = loft.hears("a", "ask name").await;
        loft.fly(0).await;
        let history = loft.desk.history(&talk).await;
        assert_eq!(history[1], "2 out name failed");
        assert_eq!(history[2], "3 out undelivered i:name sent");
        assert_eq!(loft.desk.turns(&talk).await, 2);
        let mut reader = fresh.store.reader().await.unwrap();
        let alerts = handover::alerts(&mut reader).await.unwrap();
        assert_eq!(alerts, [], "the turn alerts, as the dialogs say");
    });
}

#[test]
fn what_we_start_keeps_quiet_at_night_expires_and_respects_the_wish_to_be_left_alone() {
    on_both(|fresh| async move {
        let mut loft = Loft::open(&fresh);
        let calendar = crate::text::calendar::WorkingCalendar::default();
        let quiet = |after: Millis| {
            let moment = chrono::DateTime::from_timestamp_millis(NOW + after).unwrap();
            calendar.next_decent(moment).timestamp_millis() - NOW - after
        };
        let night = (0..48)
            .map(|hour| hour * 3_600_000)
            .find(|after| quiet(*after) > 0)
            .unwrap();
        loft.hears(
            "a",
            &format!("push {} quiet told", NOW + night + 100 * 3_600_000),
        )
        .await;
        loft.hears("b", &format!("push {} quiet expired", NOW + night + 1))
            .await;
        loft.hears("c", "push none quiet unwanted").await;
        loft.hears("c", "stop; say goodbye").await;
        assert_eq!(loft.fly(night).await, ["goodbye"; 0]);
        let morning = night + quiet(night);
        assert_eq!(loft.fly(morning - 1).await, [""; 0]);
        let mut arrived = loft.fly(morning).await;
        arrived.sort();
        assert_eq!(arrived, ["goodbye", "told"]);
        let mut owed = loft.desk.owed().await;
        owed.sort();
        assert_eq!(
            owed,
            [
                "2 Notice cancelled",
                "2 Notice expired",
                "2 Notice sent",
                "4 Dialog sent"
            ]
        );
    });
}

#[test]
fn a_channel_that_asks_for_rest_gets_it_and_no_try_is_counted() {
    on_both(|fresh| async move {
        let mut loft = Loft::open(&fresh);
        let pause = SendError::PauseChannel {
            after: Some(Duration::from_secs(60)),
            reason: "flood".into(),
        };
        loft.pigeon.fails("one", [pause]);
        loft.hears("a", "say one").await;
        loft.fly(0).await;
        loft.hears("b", "say two").await;
        assert_eq!(loft.fly(59_999).await, [""; 0]);
        let mut arrived = loft.fly(60_000).await;
        arrived.sort();
        assert_eq!(arrived, ["one", "two"]);
        let mut reader = fresh.store.reader().await.unwrap();
        let attempts: Vec<_> = outbox_rows(&mut reader)
            .await
            .iter()
            .map(|row| row.attempts)
            .collect();
        assert_eq!(attempts, [1, 1]);
    });
}

#[test]
fn a_burst_to_one_person_is_spread_and_nobody_else_waits() {
    on_both(|fresh| async move {
        let mut loft = Loft::open(&fresh);
        let rates = Rates {
            person_burst: 2.0,
            person_per_second: 1.0,
            ..RATES
        };
        loft.worker = worker(&loft.desk, &loft.pigeon, rates, "one");
        loft.hears("a", "say 1; say 2; say 3; say 4").await;
        loft.hears("b", "say other").await;
        let mut arrived = loft.fly(0).await;
        arrived.sort();
        assert_eq!(arrived, ["1", "2", "other"]);
        assert_eq!(loft.fly(999).await.len(), 3);
        assert_eq!(loft.fly(1_000).await.last().unwrap(), "3");
        assert_eq!(loft.fly(2_000).await.last().unwrap(), "4");
    });
}

#[test]
fn two_instances_send_everything_once_and_in_order() {
    on_both(|fresh| async move {
        let mut loft = Loft::open(&fresh);
        let mut other = worker(&loft.desk, &loft.pigeon, RATES, "two");
        for n in 0..5 {
            for who in ["a", "b", "c", "d"] {
                loft.hears(who, &format!("say {who}{n}")).await;
            }
        }
        for _ in 0..5 {
            tokio::join!(fly(&mut loft.worker, 0), fly(&mut other, 0));
        }
        let arrived = loft.pigeon.arrived();
        assert_eq!(arrived.len(), 20);
        for who in ["a", "b", "c", "d"] {
            let theirs: Vec<_> = arrived
                .iter()
                .filter(|text| text.starts_with(who))
                .collect();
            let expected: Vec<_> = (0..5).map(|n| format!("{who}{n}")).collect();
            assert_eq!(theirs, expected.iter().collect::<Vec<_>>());
        }
    });
}

#[test]
fn a_running_outbox_is_woken_by_what_is_owed() {
    on_both(|fresh| async move {
        let loft = Loft::open(&fresh);
        let running = start(
            loft.desk.store.clone(),
            loft.desk.started.inbox.clone(),
            loft.desk.registry.clone(),
            vec![loft.pigeon.clone()],
            loft.desk.started.owed.clone(),
            || NOW,
        );
        assert_eq!(running.len(), 1);
        let talk = loft.hears("a", "say one; say two").await;
        while loft.pigeon.arrived().len() < 2 {
            tokio::task::yield_now().await;
        }
        while loft.desk.messages(&talk).await[2].status != "sent" {
            tokio::task::yield_now().await;
        }
        assert_eq!(loft.pigeon.arrived(), ["one", "two"]);
    });
}

/// A loft whose platform lets us write freely for a day.
fn for_a_day(fresh: &Fresh) -> Loft {
    let mut loft = Loft::open(fresh);
    let mut pigeon = Arc::into_inner(Pigeon::new(SENDING)).unwrap();
    pigeon.limits = &FOR_A_DAY;
    loft.pigeon = Arc::new(pigeon);
    loft.worker = worker(&loft.desk, &loft.pigeon, RATES, "one");
    loft
}

const DAY: Millis = 24 * 3_600_000;

/// What staff say leaves without a class of its own in these tests: as they reply.
fn says(talk: &str, text: &str) -> crate::event::Event {
    staff(
        talk,
        StaffAct::Replied {
            by: "Huda".into(),
            text: text.into(),
            beside: crate::event::Beside::default(),
        },
    )
}

#[test]
fn an_answer_outside_the_window_waits_until_the_person_writes_and_they_are_asked_to_once() {
    on_both(|fresh| async move {
        let mut loft = for_a_day(&fresh);
        let talk = loft.hears("a", "human").await;
        loft.desk.take(says(&talk, "answer")).await;
        assert_eq!(loft.fly(DAY).await, ["template message_waiting"]);
        assert_eq!(loft.desk.owed().await, ["2 Staff parked"]);
        let waiting = loft.desk.messages(&talk).await.remove(1);
        assert_eq!(waiting.status, "parked");
        let told = waiting.status_reason.unwrap();
        assert_eq!(told, "waits until the person writes, who was asked to");
        loft.desk.take(says(&talk, "another")).await;
        assert_eq!(loft.fly(DAY + 1_000).await.len(), 1, "asked once a day");
        let mut back = wrote_on(SENDING, "a", "here");
        back.received_at = NOW + 2 * DAY;
        loft.desk.take(back).await;
        assert_eq!(
            loft.fly(2 * DAY).await,
            ["template message_waiting", "answer", "another"]
        );
    });
}

#[test]
fn a_template_that_is_not_approved_is_never_sent() {
    on_both(|fresh| async move {
        let mut loft = for_a_day(&fresh);
        loft.hears("a", "push none template first").await;
        assert_eq!(loft.fly(DAY).await, ["template t"], "nobody was asked");
        let said = |language: &str, state: &str| crate::channel::Approval {
            name: "t".to_owned(),
            language: language.to_owned(),
            state: state.to_owned(),
            category: "utility".to_owned(),
            good: state == "APPROVED",
        };
        let pending = [said("ar", "PENDING")];
        approval::keep(&fresh.store, SENDING, &pending, NOW)
            .await
            .unwrap();
        let talk = loft.hears("b", "push none template second").await;
        assert_eq!(loft.fly(DAY).await.len(), 1);
        let waiting = loft.desk.messages(&talk).await.remove(1);
        assert_eq!(waiting.status, "parked");
        assert_eq!(
            waiting.status_reason.unwrap(),
            "the template t is not approved: PENDING; waits until the person writes"
        );
        let good = [said("ar", "APPROVED")];
        approval::keep(&fresh.store, SENDING, &good, NOW)
            .await
            .unwrap();
        loft.hears("c", "push none template third").await;
        assert_eq!(loft.fly(DAY).await, ["template t", "template t"]);
        let mut back = wrote_on(SENDING, "b", "here");
        back.received_at = NOW + 2 * DAY;
        loft.desk.take(back).await;
        assert_eq!(loft.fly(2 * DAY).await.last().unwrap(), "second");
    });
}

#[test]
fn who_blocked_us_gets_what_we_owe_by_another_way_of_theirs_and_it_is_said() {
    on_both(|fresh| async move {
        let mut loft = Loft::open(&fresh);
        let dove = Pigeon::new("dove");
        let mut other = worker(&loft.desk, &dove, RATES, "one");
        let blocked = || SendError::Barred {
            reason: "blocked".into(),
        };
        loft.pigeon.fails("news", [blocked()]);
        loft.pigeon.fails("lonely", [blocked()]);
        let talk = by_two_ways(&loft, "notice news").await;
        loft.hears("b", "notice lonely").await;
        assert_eq!(loft.fly(0).await, [""; 0]);
        fly(&mut other, 0).await;
        assert_eq!(dove.arrived(), ["news"]);
        let news = loft.desk.messages(&talk).await.remove(1);
        assert_eq!(
            (news.status.as_str(), news.channel.as_str()),
            ("sent", "dove")
        );
        let told = news.status_reason.unwrap();
        assert_eq!(told, "by dove instead of pigeon: blocked");
        let mut reader = fresh.store.reader().await.unwrap();
        let dead = crate::store::outbox::dead(&mut reader, 10).await.unwrap();
        assert_eq!(dead.len(), 1);
        let told = dead[0].reason.as_deref();
        assert_eq!(told, Some("blocked; the person has no other way"));
        let mut tx = fresh.store.begin_write().await.unwrap();
        let again = crate::store::outbox::resend(&mut tx, &dead[0].id, NOW).await;
        assert!(again.unwrap().is_some());
        tx.commit().await.unwrap();
        assert_eq!(loft.fly(0).await, ["lonely"]);
    });
}

/// The two talks of somebody who writes by pigeon and by dove.
async fn by_two_ways(loft: &Loft, says: &str) -> String {
    let talk = loft.hears("a", says).await;
    let elsewhere = loft.desk.take(wrote_on("dove", "z", "hello")).await;
    let one = loft.desk.conversation(&talk).await.contact;
    let two = loft
        .desk
        .conversation(&elsewhere.conversation)
        .await
        .contact;
    let mut tx = loft.desk.store.begin_write().await.unwrap();
    crate::store::reach::merge(&mut tx, &two, &one)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    talk
}

#[test]
fn what_is_refused_after_it_was_taken_goes_by_another_way_too_and_it_is_said() {
    on_both(|fresh| async move {
        let mut loft = Loft::open(&fresh);
        let dove = Pigeon::new("dove");
        let mut other = worker(&loft.desk, &dove, RATES, "one");
        let talk = by_two_ways(&loft, "notice news").await;
        assert_eq!(loft.fly(0).await, ["news"]);
        let inbox = loft.desk.started.inbox.clone();
        for _ in 0..2 {
            let no = receipt("p-news", Reached::Failed);
            inbox.mark(vec![no]).await.unwrap();
        }
        assert_eq!(loft.fly(1).await, ["news"], "never there again");
        fly(&mut other, 1).await;
        assert_eq!(dove.arrived(), ["news"]);
        // The platform tells it once more, a month later.
        let no = receipt("p-news", Reached::Failed);
        inbox.mark(vec![no]).await.unwrap();
        fly(&mut other, 1_000).await;
        assert_eq!((loft.fly(1_000).await.len(), dove.arrived().len()), (1, 1));
        let news = loft.desk.messages(&talk).await.remove(1);
        assert_eq!(
            (news.status.as_str(), news.channel.as_str()),
            ("sent", "dove")
        );
        let told = news.status_reason.unwrap();
        assert_eq!(told, "by dove instead of pigeon: nobody is there");
    });
}

#[test]
fn a_question_that_is_refused_after_it_was_taken_comes_back_and_a_notice_alerts_staff() {
    on_both(|fresh| async move {
        let mut loft = Loft::open(&fresh);
        let talk = loft.hears("a", "ask name").await;
        assert_eq!(loft.fly(0).await, ["name"]);
        loft.hears("b", "notice lonely").await;
        assert_eq!(loft.fly(0).await, ["name", "lonely"]);
        let inbox = loft.desk.started.inbox.clone();
        let refused = ["p-name", "p-lonely"].map(|id| receipt(id, Reached::Failed));
        inbox.mark(refused.into()).await.unwrap();
        let arrived = loft.fly(1).await;
        assert_eq!(arrived, ["name", "lonely", "undelivered i:name"]);
        let history = loft.desk.history(&talk).await;
        assert_eq!(history[1], "2 out name failed");
        assert_eq!(history[2], "3 out undelivered i:name sent");
        let mut reader = fresh.store.reader().await.unwrap();
        assert_eq!(handover::alerts(&mut reader).await.unwrap().len(), 1);
        let dead = crate::store::outbox::dead(&mut reader, 10).await.unwrap();
        let lonely = dead.iter().find(|one| one.asks.is_none()).unwrap();
        let told = "nobody is there; the person has no other way";
        assert_eq!(lonely.reason.as_deref(), Some(told));
        drop(reader);
        let mut tx = fresh.store.begin_write().await.unwrap();
        let again = crate::store::outbox::resend(&mut tx, &lonely.id, NOW).await;
        assert!(again.unwrap().is_some());
        tx.commit().await.unwrap();
        assert_eq!(loft.fly(2).await.last().unwrap(), "lonely");
    });
}

#[test]
fn what_no_way_takes_is_tried_at_each_once() {
    on_both(|fresh| async move {
        let mut loft = Loft::open(&fresh);
        let dove = Pigeon::new("dove");
        let mut other = worker(&loft.desk, &dove, RATES, "one");
        let never = || SendError::Never {
            reason: "refused".into(),
        };
        loft.pigeon.fails("news", [never(), never()]);
        dove.fails("news", [never(), never()]);
        let talk = by_two_ways(&loft, "notice news").await;
        for after in [0, 1, 2] {
            loft.fly(after).await;
            fly(&mut other, after).await;
        }
        assert_eq!(
            (loft.pigeon.arrived(), dove.arrived()),
            (Vec::new(), Vec::new())
        );
        let news = loft.desk.messages(&talk).await.remove(1);
        assert_eq!(news.status, "failed");
        let tries = |pigeon: &Pigeon| pigeon.ways.lock().unwrap()["news"].len();
        assert_eq!((tries(&loft.pigeon), tries(&dove)), (1, 1));
    });
}

#[test]
fn what_goes_to_an_address_that_moved_arrives_at_the_new_one() {
    on_both(|fresh| async move {
        let mut loft = Loft::open(&fresh);
        let moved = SendError::Moved { to: "moved".into() };
        loft.pigeon.fails("one", [moved]);
        let talk = loft.hears("a", "say one; say two").await;
        assert_eq!(loft.fly(0).await, ["to moved: one", "to moved: two"]);
        assert_eq!(loft.hears("moved", "say three").await, talk);
    });
}

#[test]
fn a_receipt_that_comes_before_our_call_returns_counts_and_so_does_one_of_any_part() {
    on_both(|fresh| async move {
        let mut loft = Loft::open(&fresh);
        let inbox = loft.desk.started.inbox.clone();
        let early = vec![
            receipt("p-one", Reached::Delivered),
            receipt("p-nobody", Reached::Read),
        ];
        inbox.mark(early).await.unwrap();
        let talk = loft.hears("a", "say one; notice b | c").await;
        loft.fly(0).await;
        let messages = loft.desk.messages(&talk).await;
        assert_eq!(messages[1].status, "delivered");
        assert_eq!(messages[2].status, "sent");
        let part = receipt("p-c", Reached::Read);
        inbox.mark(vec![part]).await.unwrap();
        assert_eq!(loft.desk.messages(&talk).await[2].status, "read");
    });
}

#[test]
fn after_an_hour_without_the_provider_everything_leaves_in_order_and_what_expired_says_so() {
    on_both(|fresh| async move {
        let loft = Loft::open(&fresh);
        let grounded = |down| {
            loft.pigeon
                .grounded
                .store(down, std::sync::atomic::Ordering::Relaxed);
        };
        grounded(true);
        for who in ["a", "b", "c", "d", "e", "f"] {
            let talk = format!("say {who}1; say {who}2; say {who}3");
            loft.desk.take(wrote_on(SENDING, who, &talk)).await;
        }
        let until = NOW + 1_800_000;
        loft.desk
            .take(wrote_on(SENDING, "g", &format!("push {until} loud late")))
            .await;
        let mut worker = worker(&loft.desk, &loft.pigeon, RATES, "one");
        for after in (0..3_600_000).step_by(20_000) {
            fly(&mut worker, after).await;
        }
        assert_eq!(loft.pigeon.arrived(), [""; 0]);
        let mut reader = fresh.store.reader().await.unwrap();
        let line = crate::store::line::find(&mut reader, SENDING)
            .await
            .unwrap();
        let (reason, _) = line.unwrap().trouble.unwrap();
        assert_eq!(reason, "nobody answers");
        drop(reader);
        grounded(false);
        for after in (3_600_000..11_000_000).step_by(20_000) {
            fly(&mut worker, after).await;
        }
        let arrived = loft.pigeon.arrived();
        assert_eq!(arrived.len(), 18);
        for who in ["a", "b", "c", "d", "e", "f"] {
            let theirs: Vec<_> = arrived.iter().filter(|one| one.starts_with(who)).collect();
            assert_eq!(
                theirs,
                [&format!("{who}1"), &format!("{who}2"), &format!("{who}3")]
            );
        }
        assert!(
            loft.desk
                .owed()
                .await
                .contains(&"2 Notice expired".to_owned())
        );
        let mut reader = fresh.store.reader().await.unwrap();
        let line = crate::store::line::find(&mut reader, SENDING)
            .await
            .unwrap();
        assert_eq!(line.unwrap().trouble, None);
    });
}

#[test]
fn what_we_start_keeps_to_one_pace_over_all_instances_and_leaves_behind_answers() {
    on_both(|fresh| async move {
        let mut loft = Loft::open(&fresh);
        let rates = Rates {
            started_per_second: 2.0,
            // One after the other, so that the order of arriving is that of leaving.
            at_once: 1,
            ..RATES
        };
        loft.worker = worker(&loft.desk, &loft.pigeon, rates, "one");
        let mut other = worker(&loft.desk, &loft.pigeon, rates, "two");
        for who in ["a", "b", "c", "d", "e"] {
            loft.hears(who, &format!("push none loud {who}")).await;
        }
        loft.hears("z", "say answer").await;
        loft.fly(0).await;
        fly(&mut other, 0).await;
        let arrived = loft.pigeon.arrived();
        assert_eq!((arrived.len(), arrived[0].as_str()), (3, "answer"));
        fly(&mut other, 1_000).await;
        assert_eq!(loft.fly(1_000).await.len(), 5);
    });
}
