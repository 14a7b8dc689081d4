//! Erasing, proven by looking for the plain values in every form in every file.

use std::path::Path;

use base64::{
    Engine as _, engine::general_purpose::STANDARD, engine::general_purpose::URL_SAFE_NO_PAD,
};

use super::super::conversation::{self, Save};
use super::super::erase::{EraseError, Whom, erase};
use super::super::message::{self, Direction, Message};
use super::super::object::Objects;
use super::super::test_support::{Fresh, files_below, in_every_home, met, on_both, web};
use super::super::verify::verify;
use super::super::{Engine, case, event, identity, known};
use super::request::{open, submission};
use crate::event::Control;

const ID: &str = "1000000008";
const NAME: &str = "ليلى مخترعة للاختبار";
/// Said in a message that is not sensitive: plain in the database until it is erased.
const SAID: &str = "ليلى من حي النزهة";

/// Every form in which a value might have leaked.
fn forms(value: &str) -> Vec<Vec<u8>> {
    let arabic: String = value
        .chars()
        .map(|c| match c.to_digit(10) {
            Some(digit) => char::from_u32(0x0660 + digit).unwrap(),
            None => c,
        })
        .collect();
    let spaced: Vec<String> = value.chars().map(String::from).collect();
    let escaped: String = value
        .encode_utf16()
        .map(|unit| format!("\\u{unit:04x}"))
        .collect();
    [
        value.to_owned(),
        arabic,
        spaced.join(" "),
        escaped,
        STANDARD.encode(value),
        URL_SAFE_NO_PAD.encode(value),
    ]
    .into_iter()
    .map(String::into_bytes)
    .collect()
}

fn found_in(folder: &Path, value: &str) -> Vec<String> {
    let mut found = Vec::new();
    for file in files_below(folder) {
        let bytes = std::fs::read(&file).unwrap();
        for form in forms(value) {
            if bytes.windows(form.len()).any(|window| window == form) {
                found.push(format!(
                    "{}: {}",
                    file.display(),
                    String::from_utf8_lossy(&form)
                ));
            }
        }
    }
    found
}

/// Somebody applies: history, state, case, file, evidence, facts.
async fn applied(
    fresh: &Fresh,
    address: &str,
    reference: &str,
    id: &str,
    seed: u8,
) -> identity::Spoken {
    let store = &fresh.store;
    let spoken = met(store, &web(address), 1_000).await;
    let said = |seq, text: &str, sensitive| Message {
        conversation: spoken.conversation.clone(),
        seq,
        direction: Direction::In,
        identity: Some(spoken.identity.clone()),
        channel: "web".to_owned(),
        kind: "text".to_owned(),
        text: Some(text.to_owned()),
        payload: None,
        sensitive,
        step: None,
        at: 1_000,
        status: "received".to_owned(),
        status_reason: None,
        provider_id: None,
        author: None,
        source: "own".to_owned(),
        trace: None,
    };
    let objects = Objects::open(store).unwrap();
    let key = format!("photo-{reference}");
    objects
        .put(&key, format!("bytes with {id}").into_bytes())
        .await
        .unwrap();
    let mut tx = store.begin_write().await.unwrap();
    let locked = conversation::lock(&mut tx, &[&spoken.conversation])
        .await
        .unwrap();
    let from = locked[0].seq;
    message::add(
        &mut tx,
        &[said(from + 1, SAID, false), said(from + 2, id, true)],
    )
    .await
    .unwrap();
    let state = format!("{{\"id\":\"{id}\",\"name\":\"{NAME}\"}}");
    let save = Save {
        id: &spoken.conversation,
        version: locked[0].version,
        state: Some(&state),
        control: &Control::Bot,
        seq: from + 2,
        hidden_before_seq: 0,
        identity: None,
        at: 1_000,
    };
    conversation::save(&mut tx, &[save]).await.unwrap();
    let facts = std::collections::BTreeMap::from([(
        "name",
        crate::dialog::value::Value::Text(NAME.to_owned()),
    )]);
    known::remember(&mut tx, &[(spoken.contact.as_str(), facts)])
        .await
        .unwrap();
    let failed = event::FailedEvent {
        id: format!("failed-{reference}"),
        conversation: Some(spoken.conversation.clone()),
        channel: "web".to_owned(),
        body: format!("{{\"text\":\"{id}\"}}"),
        reason: "refused".to_owned(),
        at: 1_000,
    };
    event::fail(&mut tx, &failed).await.unwrap();
    tx.commit().await.unwrap();
    open(store, &spoken, &submission(reference, id), seed).await;
    spoken
}

#[test]
fn what_is_sealed_stands_nowhere_in_plain_form_even_before_it_is_erased() {
    on_both(|fresh| async move {
        applied(&fresh, "session-of-laila", "AB12", ID, 1).await;
        fresh.store.scrub().await.unwrap();
        let folder = &fresh.options.data_dir;
        for value in [ID, NAME, "session-of-laila"] {
            assert_eq!(found_in(folder, value), [""; 0], "{value}");
        }
        if fresh.store.engine() == Engine::Sqlite {
            assert!(
                !found_in(folder, SAID).is_empty(),
                "the search finds what is there"
            );
        }
    });
}

#[test]
fn after_an_erasure_nothing_of_the_person_is_in_any_file_and_evidence_says_erased() {
    in_every_home(|fresh| async move {
        applied(&fresh, "a", "AB12", ID, 1).await;
        applied(&fresh, "b", "CD34", "1000000016", 2).await;
        erase(&fresh.store, Whom::Reference("AB12"), 9_000)
            .await
            .unwrap();
        let mut tx = fresh.store.reader().await.unwrap();
        assert_eq!(identity::find(&mut tx, &web("a")).await.unwrap(), None);
        assert_eq!(
            case::find(&mut tx, "AB12").await.unwrap().unwrap().state,
            "erased"
        );
        let other = identity::find(&mut tx, &web("b")).await.unwrap().unwrap();
        assert_eq!(
            message::after(&mut tx, &other.conversation, 0, 9)
                .await
                .unwrap()
                .len(),
            2,
            "others keep theirs"
        );
        drop(tx);
        let report = verify(&fresh.store).await.unwrap();
        assert_eq!(
            (report.whole, report.erased, report.findings.len()),
            (1, 1, 0)
        );
        let objects = Objects::open(&fresh.store).unwrap();
        assert_eq!(objects.get("photo-AB12").await.unwrap(), None);
        assert!(objects.get("photo-CD34").await.unwrap().is_some());
        erase(&fresh.store, Whom::Address(&web("b")), 9_500)
            .await
            .unwrap();
        assert_eq!(found_in(&fresh.options.data_dir, SAID), [""; 0]);
        let again = erase(&fresh.store, Whom::Address(&web("b")), 9_900).await;
        assert!(matches!(again, Err(EraseError::Nobody)));
    });
}

#[test]
fn who_wrote_for_others_too_stays_reachable_without_history() {
    on_both(|fresh| async move {
        let spoken = applied(&fresh, "a", "AB12", ID, 1).await;
        applied(&fresh, "a", "CD34", "1000000016", 2).await;
        let scope = erase(&fresh.store, Whom::Reference("AB12"), 9_000)
            .await
            .unwrap();
        assert_eq!(
            (scope.contacts.len(), scope.cases.len(), scope.persons.len()),
            (0, 1, 1)
        );
        let mut tx = fresh.store.reader().await.unwrap();
        assert_eq!(
            identity::find(&mut tx, &web("a")).await.unwrap(),
            Some(spoken.clone())
        );
        assert_eq!(
            message::after(&mut tx, &spoken.conversation, 0, 9)
                .await
                .unwrap(),
            []
        );
        let conversation = conversation::find(&mut tx, &spoken.conversation)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(
            (
                conversation.state,
                conversation.seq,
                conversation.hidden_before_seq
            ),
            (None, 4, 4)
        );
        let known = known::load(&mut tx, &[&spoken.contact]).await.unwrap();
        assert!(known[&spoken.contact].facts.is_empty());
        assert_eq!(
            case::find(&mut tx, "CD34").await.unwrap().unwrap().state,
            "preliminary"
        );
    });
}

pub(super) async fn applied_as(fresh: &Fresh, address: &str, reference: &str, id: &str, seed: u8) {
    applied(fresh, address, reference, id, seed).await;
}

pub(super) fn nowhere_in(folder: &Path, value: &str) {
    assert_eq!(found_in(folder, value), [""; 0], "{value}");
}
