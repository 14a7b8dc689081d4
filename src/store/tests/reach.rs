//! Who is meant by an address, by another id beside it, and by an address that became another; on both engines.

use std::collections::BTreeMap;

use super::super::identity::{self, Arrival, Spoken};
use super::super::reach::{self, Heard};
use super::super::test_support::{Fresh, on_both};
use super::super::{known, test_support};
use crate::event::{Address, Moved, Reach, Seed, Thread};

fn whatsapp(id: &str) -> Address {
    Address {
        channel: "whatsapp".into(),
        account: "1".into(),
        id: id.into(),
    }
}

fn arrival(id: &str, also: Option<&str>) -> Arrival {
    let mut seed = [0_u8; 16];
    for (at, byte) in id.bytes().chain(also.unwrap_or("").bytes()).enumerate() {
        seed[at % 16] = seed[at % 16].wrapping_mul(31).wrapping_add(byte);
    }
    Arrival {
        address: whatsapp(id),
        also: also.map(str::to_owned),
        at: 1_000,
        seed: Seed(seed),
    }
}

async fn meet(fresh: &Fresh, arrivals: &[Arrival]) -> Vec<Spoken> {
    let mut tx = fresh.store.begin_write().await.unwrap();
    let met = identity::meet(&mut tx, arrivals).await.unwrap();
    tx.commit().await.unwrap();
    met
}

async fn ids(fresh: &Fresh, spoken: &Spoken) -> (String, Option<String>) {
    let mut reader = fresh.store.reader().await.unwrap();
    let mut found = identity::addresses(&mut reader, &[&spoken.identity])
        .await
        .unwrap();
    let one = found.remove(0);
    (one.address.id, one.also)
}

fn has(id: &str, also: Option<&str>) -> (String, Option<String>) {
    (id.into(), also.map(str::to_owned))
}

#[test]
fn who_was_known_by_a_phone_gets_the_lasting_id_and_keeps_their_talk() {
    on_both(|fresh| async move {
        let by_phone = meet(&fresh, &[arrival("966500000001", None)]).await;
        let by_both = meet(&fresh, &[arrival("SA.1", Some("966500000001"))]).await;
        assert_eq!(by_phone, by_both);
        assert_eq!(
            ids(&fresh, &by_both[0]).await,
            has("SA.1", Some("966500000001"))
        );
        let without_phone = meet(&fresh, &[arrival("SA.1", None)]).await;
        assert_eq!(without_phone, by_both, "a missing phone is no other person");
        let phone_again = meet(&fresh, &[arrival("966500000001", None)]).await;
        assert_eq!(phone_again, by_both, "nor is a missing id");
        assert_eq!(
            ids(&fresh, &by_both[0]).await,
            has("SA.1", Some("966500000001"))
        );
        let mut reader = fresh.store.reader().await.unwrap();
        let found = identity::find(&mut reader, &whatsapp("966500000001")).await;
        assert_eq!(found.unwrap().as_ref(), Some(&by_both[0]));
    });
}

#[test]
fn a_phone_that_passed_to_somebody_else_leads_to_somebody_else() {
    on_both(|fresh| async move {
        let before = meet(&fresh, &[arrival("SA.1", Some("966500000001"))]).await;
        let after = meet(&fresh, &[arrival("SA.2", Some("966500000001"))]).await;
        assert_ne!(before[0].contact, after[0].contact);
        assert_eq!(ids(&fresh, &before[0]).await, has("SA.1", None));
        assert_eq!(
            ids(&fresh, &after[0]).await,
            has("SA.2", Some("966500000001"))
        );
        assert_eq!(meet(&fresh, &[arrival("SA.1", None)]).await, before);
        assert_eq!(meet(&fresh, &[arrival("966500000001", None)]).await, after);
    });
}

#[test]
fn one_delivery_with_all_their_ids_is_one_person() {
    on_both(|fresh| async move {
        let met = meet(
            &fresh,
            &[
                arrival("966500000001", None),
                arrival("SA.1", Some("966500000001")),
                arrival("SA.1", Some("966500000001")),
                arrival("SA.2", None),
            ],
        )
        .await;
        assert_eq!(met[0], met[1]);
        assert_eq!(met[1], met[2]);
        assert_ne!(met[0].contact, met[3].contact);
        // A number learnt later is noted.
        meet(&fresh, &[arrival("SA.2", Some("966500000002"))]).await;
        assert_eq!(
            ids(&fresh, &met[3]).await,
            has("SA.2", Some("966500000002"))
        );
    });
}

#[test]
fn an_address_that_became_another_keeps_its_person() {
    on_both(|fresh| async move {
        let old = meet(&fresh, &[arrival("SA.1", Some("966500000001"))]).await;
        let mut tx = fresh.store.begin_write().await.unwrap();
        let moved = |from: &str, to: &str| Moved {
            from: whatsapp(from),
            to: whatsapp(to),
            at: 2_000,
        };
        reach::moved(&mut tx, &moved("SA.1", "SA.9")).await.unwrap();
        // Twice, and from an address that nobody has: nothing happens.
        reach::moved(&mut tx, &moved("SA.1", "SA.9")).await.unwrap();
        reach::moved(&mut tx, &moved("SA.7", "SA.8")).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(meet(&fresh, &[arrival("SA.9", None)]).await, old);
        assert_eq!(ids(&fresh, &old[0]).await, has("SA.9", None));
    });
}

#[test]
fn who_wrote_from_the_new_address_before_we_heard_of_it_is_the_same_person() {
    on_both(|fresh| async move {
        let old = meet(&fresh, &[arrival("SA.1", None)]).await.remove(0);
        let new = meet(&fresh, &[arrival("SA.9", None)]).await.remove(0);
        let mut tx = fresh.store.begin_write().await.unwrap();
        let moved = Moved {
            from: whatsapp("SA.1"),
            to: whatsapp("SA.9"),
            at: 2_000,
        };
        reach::moved(&mut tx, &moved).await.unwrap();
        reach::moved(&mut tx, &moved).await.unwrap();
        tx.commit().await.unwrap();
        let now = meet(&fresh, &[arrival("SA.9", None)]).await.remove(0);
        assert_eq!(now.conversation, old.conversation, "the talk goes on");
        assert_eq!((&now.contact, &now.identity), (&old.contact, &new.identity));
        let mut reader = fresh.store.reader().await.unwrap();
        let all = identity::of_contact(&mut reader, &old.contact)
            .await
            .unwrap();
        assert_eq!(all.len(), 2, "nothing is lost");
        let others = reach::others(&mut reader, &old.contact, "").await.unwrap();
        let others: Vec<_> = others.iter().map(|one| one.id.as_str()).collect();
        assert_eq!(
            others,
            [new.identity.as_str()],
            "nothing is sent to the old one"
        );
    });
}

#[test]
fn who_writes_again_is_reachable_again_and_old_news_do_not_count() {
    on_both(|fresh| async move {
        let one = meet(&fresh, &[arrival("SA.1", None)]).await.remove(0);
        let reach = |barred: Option<&str>, opted_out, at| Reach {
            address: whatsapp("SA.1"),
            barred: barred.map(str::to_owned),
            opted_out,
            at,
        };
        let told = |reaches: Vec<Reach>| {
            let fresh = &fresh;
            let one = &one;
            async move {
                let mut tx = fresh.store.begin_write().await.unwrap();
                let reaches: Vec<_> = reaches.iter().collect();
                reach::told(&mut tx, &reaches).await.unwrap();
                tx.commit().await.unwrap();
                let mut reader = fresh.store.reader().await.unwrap();
                let found = identity::addresses(&mut reader, &[&one.identity]).await;
                found.unwrap().remove(0)
            }
        };
        let blocked = told(vec![reach(Some("blocked"), false, 2_000)]).await;
        assert_eq!(blocked.barred, Some(("blocked".to_owned(), 2_000)));
        let still = told(vec![reach(Some("blocked"), false, 3_000)]).await;
        assert_eq!(
            still.barred,
            Some(("blocked".to_owned(), 2_000)),
            "since when"
        );
        let mut tx = fresh.store.begin_write().await.unwrap();
        let known = known::load(&mut tx, &[&one.contact]).await.unwrap();
        assert_eq!(known[&one.contact].channels, [""; 0]);
        let thread = Thread {
            message_id: "wamid.1".into(),
            note: String::new(),
        };
        let heard = Heard {
            identity: &one.identity,
            at: 5_000,
            thread: Some(thread),
        };
        let all = BTreeMap::from([(one.identity.as_str(), heard)]);
        reach::heard(&mut tx, &all).await.unwrap();
        tx.commit().await.unwrap();
        let again = told(vec![reach(Some("blocked"), false, 4_000)]).await;
        assert_eq!((again.barred, again.heard_at), (None, Some(5_000)));
        told(vec![reach(None, true, 6_000)]).await;
        let mut tx = fresh.store.begin_write().await.unwrap();
        let known = known::load(&mut tx, &[&one.contact]).await.unwrap();
        assert!(known[&one.contact].opted_out);
        assert_eq!(known[&one.contact].channels, ["whatsapp"]);
    });
}

#[test]
fn linked_contacts_are_known_as_one() {
    on_both(|fresh| async move {
        let one = meet(&fresh, &[arrival("SA.1", None)]).await.remove(0);
        let two = test_support::met(&fresh.store, &test_support::web("a"), 1_000).await;
        let mut tx = fresh.store.begin_write().await.unwrap();
        reach::merge(&mut tx, &two.contact, &one.contact)
            .await
            .unwrap();
        let known = known::load(&mut tx, &[&one.contact]).await.unwrap();
        assert_eq!(known[&one.contact].channels.len(), 2);
        let found = identity::find(&mut tx, &test_support::web("a")).await;
        let found = found.unwrap().unwrap();
        assert_eq!(found.conversation, one.conversation);
        assert_eq!(found.identity, two.identity);
    });
}
