//! Finding by words, on both engines: Arabic in any dress, names by any part, numbers whole; nothing sealed in clear.

use std::collections::BTreeSet;

use super::super::item::{self, Supplement};
use super::super::search::{self, Found};
use crate::dialog::value::{Given, Value};
use crate::event::Millis;
use crate::event::StaffAct;
use crate::inbox::tests::{Desk, staff, wrote, wrote_on};
use crate::store::case;
use crate::store::test_support::{Fresh, on_both};

const AT: Millis = 1_760_000_000_000;

async fn follow(fresh: &Fresh) {
    loop {
        let mut tx = fresh.store.begin_write().await.unwrap();
        let followed = search::follow(&mut tx).await.unwrap();
        tx.commit().await.unwrap();
        if followed == 0 {
            return;
        }
    }
}

async fn find(fresh: &Fresh, question: &str) -> Found {
    let mut reader = fresh.store.reader().await.unwrap();
    search::search(&mut reader, question, None, 50)
        .await
        .unwrap()
}

#[test]
fn words_are_found_in_any_dress_and_all_of_them_must_stand_there() {
    on_both(|fresh| async move {
        let desk = Desk::open(&fresh);
        let one = desk
            .take(wrote("a", "أريدُ سلّة غذائيّة للأسرة"))
            .await
            .conversation;
        let other = desk.take(wrote("b", "متى موعد السلة؟")).await.conversation;
        follow(&fresh).await;
        for (question, expected) in [
            ("سله", vec![&other, &one]),
            ("السلة الغذائية", vec![&one]),
            ("غذائ", vec![&one]),
            ("موعد سلة", vec![&other]),
            ("موعد الأسرة", vec![]),
            ("غسالة", vec![]),
            ("", vec![]),
            ("'; DROP TABLE search_doc; --", vec![]),
        ] {
            let found = find(&fresh, question).await.conversations;
            let expected: BTreeSet<&String> = expected.into_iter().collect();
            assert_eq!(
                found.iter().collect::<BTreeSet<_>>(),
                expected,
                "{question}"
            );
        }
        desk.take(wrote("b", "والغسالة تعطلت")).await;
        follow(&fresh).await;
        assert_eq!(find(&fresh, "غسالة موعد").await.conversations, [other]);
    });
}

#[test]
fn a_request_is_found_by_its_number_and_by_the_id_in_it() {
    on_both(|fresh| async move {
        let desk = Desk::open(&fresh);
        let talk = desk
            .take(wrote("a", "submit W-7K3M 1023456789"))
            .await
            .conversation;
        follow(&fresh).await;
        for question in [
            "W-7K3M",
            "w-7k3m",
            "1023456789",
            "١٠٢٣٤٥٦٧٨٩",
            "10 2345 6789",
        ] {
            let found = find(&fresh, question).await;
            assert_eq!(
                found.conversations,
                std::slice::from_ref(&talk),
                "{question}"
            );
            assert_eq!(found.cases.len(), 1, "{question}");
            assert_eq!(found.persons.len(), 1, "{question}");
        }
        for question in ["102345678", "1023456780", "023456789"] {
            assert_eq!(find(&fresh, question).await, Found::default(), "{question}");
        }
        let mut reader = fresh.store.reader().await.unwrap();
        let rows = reader
            .rows_of("tokens", "SELECT token FROM search_token", &[])
            .await
            .unwrap();
        let tokens: Vec<String> = rows.iter().map(|row| row.text("token").unwrap()).collect();
        assert!(
            tokens.iter().all(|token| !token.contains("1023456789")),
            "{tokens:?}"
        );
    });
}

#[test]
fn a_phone_is_found_whole_however_it_is_written_and_never_in_part() {
    on_both(|fresh| async move {
        let desk = Desk::open(&fresh);
        let talk = desk
            .take(wrote_on("whatsapp", "966550198437", "سلام"))
            .await
            .conversation;
        follow(&fresh).await;
        for question in [
            "0550198437",
            "+966 55 019 8437",
            "٠٥٥٠١٩٨٤٣٧",
            "00966550198437",
            "966550198437",
        ] {
            let found = find(&fresh, question).await.conversations;
            assert_eq!(found, std::slice::from_ref(&talk), "{question}");
        }
        for question in ["055019843", "0550198438", "550198"] {
            assert_eq!(find(&fresh, question).await, Found::default(), "{question}");
        }
    });
}

#[test]
fn a_name_is_found_by_each_of_its_parts_and_stands_nowhere_in_clear() {
    on_both(|fresh| async move {
        let desk = Desk::open(&fresh);
        let talk = desk
            .take(wrote("a", "submit W-7K3M 1023456789"))
            .await
            .conversation;
        let mut tx = fresh.store.begin_write().await.unwrap();
        let case = case::find(&mut tx, "W-7K3M").await.unwrap().unwrap();
        let given = Given {
            value: Value::Text("نورة بنت سعد الشهري".into()),
            flags: Vec::new(),
            at: AT,
            channel: "web".into(),
            message_id: None,
            version: "1".into(),
        };
        let told = Supplement {
            case: &case.id,
            name: "full_name",
            given: &given,
            sensitive: true,
        };
        item::put(&mut tx, &[told]).await.unwrap();
        search::due(&mut tx, &[(talk.clone(), 1)]).await.unwrap();
        tx.commit().await.unwrap();
        follow(&fresh).await;
        for question in ["نورة", "نوره", "سعد", "الشهري", "الشهرى نورة"]
        {
            let found = find(&fresh, question).await.conversations;
            assert_eq!(found, std::slice::from_ref(&talk), "{question}");
        }
        for question in ["نور", "شهر", "نورة خالد"] {
            assert_eq!(find(&fresh, question).await, Found::default(), "{question}");
        }
        let mut reader = fresh.store.reader().await.unwrap();
        let sql = "SELECT token FROM search_token WHERE token LIKE '%شهر%'";
        assert!(reader.rows_of("tokens", sql, &[]).await.unwrap().is_empty());
    });
}

#[test]
fn what_staff_said_is_found_by_whole_words_though_it_is_sealed() {
    on_both(|fresh| async move {
        let desk = Desk::open(&fresh);
        let talk = desk.take(wrote("a", "human")).await.conversation;
        let reply = StaffAct::Replied {
            by: "huda".into(),
            text: "موعد الزيارة صباح الأحد، ورقمكم 1023456789".into(),
            beside: Default::default(),
        };
        desk.take(staff(&talk, reply)).await;
        follow(&fresh).await;
        for question in ["زيارة", "موعد الأحد", "1023456789"] {
            let found = find(&fresh, question).await.conversations;
            assert_eq!(found, std::slice::from_ref(&talk), "{question}");
        }
        assert_eq!(find(&fresh, "زيا").await, Found::default());
        let mut reader = fresh.store.reader().await.unwrap();
        let sql = "SELECT token FROM search_token WHERE token LIKE '%زيار%'";
        assert!(reader.rows_of("tokens", sql, &[]).await.unwrap().is_empty());
    });
}

#[test]
fn who_is_erased_is_found_no_more_and_neither_are_their_words() {
    on_both(|fresh| async move {
        let desk = Desk::open(&fresh);
        desk.take(wrote("a", "زرافة وحدها")).await;
        let other = desk.take(wrote("b", "وحدها")).await.conversation;
        follow(&fresh).await;
        let whom = crate::store::test_support::web("a");
        let whom = crate::store::erase::Whom::Address(&whom);
        crate::store::erase::erase(&fresh.store, whom, AT)
            .await
            .unwrap();
        follow(&fresh).await;
        assert_eq!(find(&fresh, "زرافة").await, Found::default());
        assert_eq!(find(&fresh, "وحدها").await.conversations, [other]);
        let mut reader = fresh.store.reader().await.unwrap();
        let sql = "SELECT token FROM search_token WHERE token LIKE '%زراف%'";
        assert!(reader.rows_of("tokens", sql, &[]).await.unwrap().is_empty());
    });
}

#[test]
fn a_search_ends_at_so_many_and_goes_on_from_there() {
    on_both(|fresh| async move {
        let desk = Desk::open(&fresh);
        for n in 0..7 {
            desk.take(wrote(&format!("p{n}"), "سلام عليكم")).await;
        }
        follow(&fresh).await;
        let mut reader = fresh.store.reader().await.unwrap();
        let mut seen = Vec::new();
        let mut below = None;
        loop {
            let found = search::search(&mut reader, "سلام", below, 3).await.unwrap();
            seen.extend(found.conversations);
            below = found.more;
            if below.is_none() {
                break;
            }
        }
        let distinct: BTreeSet<_> = seen.iter().collect();
        assert_eq!((seen.len(), distinct.len()), (7, 7));
    });
}
