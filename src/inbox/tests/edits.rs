//! What staff write into the FAQ: in use everywhere, proved first, and never over what its author has not seen.

use std::sync::Mutex;

use super::*;
use crate::dialog::faq_file::item;
use crate::dialog::load::{embedded, resolve};
use crate::dialog::model::{FaqEntry, ShowSpec};
use crate::inbox::edits::{Author, Refused, Shipped, catch_up, withdraw, write};
use crate::inbox::learn::{self, Faq};
use crate::store::faq_entry::{self, Body};
use crate::store::handover::{Unanswered, unanswered};
use crate::store::test_support::on_both;
use crate::store::{calendar, dialog_set, faq, faq_report};

/// One process of several on a database.
struct Instance {
    store: Store,
    registry: Registry,
    shipped: Shipped,
    faq: Faq,
}

impl Instance {
    fn of(store: &Store) -> Instance {
        Instance {
            store: store.clone(),
            registry: Registry::new(DEMO.clone()),
            shipped: Shipped::new(embedded(), "demo"),
            faq: Faq::of(&DEMO),
        }
    }

    /// What every process does each second.
    async fn look(&self) {
        let (store, registry) = (&self.store, &self.registry);
        catch_up(store, registry, &self.shipped, NOW).await.unwrap();
        learn::catch_up(store, registry, &self.faq).await.unwrap();
    }

    async fn write(&self, entry: &FaqEntry, over: i64, questions: &[&str]) -> Result<i64, Refused> {
        let text = format!("entries:\n{}", item(entry));
        let author = author(over, questions);
        let written = write(&self.store, &self.registry, &self.shipped, text, author).await?;
        Ok(written.version)
    }

    fn answer(&self, name: &str) -> Option<String> {
        let current = self.registry.current();
        let found = current.faq.iter().find(|entry| entry.name == name);
        found.map(|entry| entry.answer.en.clone())
    }
}

fn author(over: i64, questions: &[&str]) -> Author {
    Author {
        by: "Huda".to_owned(),
        over,
        questions: questions.iter().map(|id| (*id).to_owned()).collect(),
        at: NOW,
    }
}

fn camels() -> FaqEntry {
    let mut entry = FaqEntry::named("camels");
    entry.title.ar = "سباق الهجن".to_owned();
    entry.title.en = "Camel race".to_owned();
    entry.answer.ar = "السباق يوم السبت.".to_owned();
    entry.answer.en = "The race is on Saturday.".to_owned();
    entry.questions = ["متى سباق الهجن", "وين سباق الهجن عندكم"]
        .map(str::to_owned)
        .to_vec();
    entry
}

async fn ask_at_the_desk(store: &Store) {
    let mut tx = store.begin_write().await.unwrap();
    let question = Unanswered {
        id: "q".to_owned(),
        conversation_id: "c".to_owned(),
        text: "متى سباق الهجن".to_owned(),
        outcome: "nothing",
        entry: None,
        at: NOW,
    };
    unanswered(&mut tx, &[question]).await.unwrap();
    tx.commit().await.unwrap();
}

#[test]
fn a_new_entry_answers_in_every_process_after_its_next_look() {
    on_both(|fresh| async move {
        let (one, other) = (Instance::of(&fresh.store), Instance::of(&fresh.store));
        ask_at_the_desk(&fresh.store).await;
        one.write(&camels(), 0, &["q"]).await.unwrap();
        other.look().await;
        let ranked = other.faq.rank("متى سباق الهجن؟");
        assert_eq!(ranked.asserted.as_deref(), Some("camels"));
        assert_eq!(
            other.answer("camels").as_deref(),
            Some("The race is on Saturday.")
        );
        let version = &other.registry.current().version;
        assert_eq!(version, &one.registry.current().version);
        let mut reader = fresh.store.reader().await.unwrap();
        // Whoever is asked something under it finds it again, and the question is settled.
        assert!(
            dialog_set::find(&mut reader, version)
                .await
                .unwrap()
                .is_some()
        );
        assert_eq!(faq::asked(&mut reader).await.unwrap(), []);
        let counts = faq_report::counts(&mut reader, faq_report::ALWAYS)
            .await
            .unwrap();
        assert_eq!(
            (counts[0].entry.as_str(), counts[0].unanswered),
            ("camels", 1)
        );
    });
}

#[test]
fn who_fetches_files_for_people_hears_of_what_an_entry_shows() {
    on_both(|fresh| async move {
        let mut one = Instance::of(&fresh.store);
        let heard = Arc::new(Mutex::new(Vec::new()));
        let told = heard.clone();
        one.shipped = one.shipped.heard_by(move |files, dialogs| {
            let names = dialogs.faq.iter().any(|entry| entry.name == "camels");
            let edited = files.texts.get("charities/demo/edited_faq.yaml");
            let shows = edited.is_some_and(|text| text.contains("documents/"));
            told.lock().unwrap().push((names, shows));
        });
        let mut entry = camels();
        let guide = DEMO.documents.iter().find_map(|one| one.file.clone());
        entry.shows = vec![ShowSpec::File {
            path: guide.unwrap(),
            title: entry.title.clone(),
        }];
        one.write(&entry, 0, &[]).await.unwrap();
        one.look().await;
        assert_eq!(*heard.lock().unwrap(), [(true, true)]);
    });
}

#[test]
fn a_version_wins_for_its_entry_until_it_is_withdrawn_and_nobody_writes_over_the_unseen() {
    on_both(|fresh| async move {
        let one = Instance::of(&fresh.store);
        let mut hours = DEMO
            .faq
            .iter()
            .find(|entry| entry.name == "about")
            .unwrap()
            .clone();
        let before = hours.answer.en.clone();
        "We race camels.".clone_into(&mut hours.answer.en);
        assert_eq!(one.write(&hours, 0, &[]).await.unwrap(), 1);
        assert_eq!(one.answer("about").as_deref(), Some("We race camels."));
        assert!(matches!(
            one.write(&hours, 0, &[]).await,
            Err(Refused::Late)
        ));
        for (over, body, answer) in [
            (1, Body::Retired, None),
            (2, Body::FromFiles, Some(before.as_str())),
        ] {
            let (store, registry) = (&one.store, &one.registry);
            let author = author(over, &[]);
            withdraw(store, registry, &one.shipped, "about", body, author)
                .await
                .unwrap();
            assert_eq!(one.answer("about").as_deref(), answer);
        }
        assert_eq!(one.registry.current().version, DEMO.version);
        let mut reader = fresh.store.reader().await.unwrap();
        let versions = faq_entry::versions(&mut reader, "about").await.unwrap();
        let written: Vec<i64> = versions.iter().map(|version| version.version).collect();
        assert_eq!(written, [1, 2, 3]);
    });
}

#[test]
fn what_is_wrong_is_told_with_its_line_and_not_kept() {
    on_both(|fresh| async move {
        let one = Instance::of(&fresh.store);
        let mut entry = camels();
        "{{ charity.camel }}".clone_into(&mut entry.answer.en);
        let Err(Refused::Wrong(told)) = one.write(&entry, 0, &[]).await else {
            panic!("it was kept");
        };
        assert!(told.contains("edited_faq.yaml:"), "{told}");
        let mut reader = fresh.store.reader().await.unwrap();
        assert_eq!(faq_entry::last(&mut reader).await.unwrap(), 0);
    });
}

#[test]
fn an_upgrade_changes_what_nobody_wrote_and_leaves_out_what_fits_no_more() {
    on_both(|fresh| async move {
        let one = Instance::of(&fresh.store);
        let mut entry = camels();
        entry.leads = vec!["library".to_owned()];
        one.write(&entry, 0, &[]).await.unwrap();
        let mut horses = camels();
        horses.name = "horses".to_owned();
        horses.questions = vec!["متى سباق الخيل".to_owned()];
        one.write(&horses, 0, &[]).await.unwrap();
        let mut files = embedded();
        let about = files.texts["charities/demo/faq.yaml"].replace("{{ charity.about }}", "camels");
        files.put("charities/demo/faq.yaml", about.as_bytes());
        one.shipped.replace(files.clone());
        one.look().await;
        assert!(one.answer("about").unwrap().contains("camels"));
        assert!(one.answer("camels").is_some());
        // An upgrade that no longer has what an entry leads to.
        let mended = item(&entry).replace("library", "no_such_dialog");
        let edit = faq_entry::Edit {
            entry: "camels".to_owned(),
            over: 1,
            body: Body::Written(mended),
            questions: Vec::new(),
            by: "Huda".to_owned(),
            at: NOW,
        };
        faq_entry::write(&fresh.store, &edit)
            .await
            .unwrap()
            .unwrap();
        one.look().await;
        assert_eq!(one.answer("camels"), None);
        assert!(one.answer("horses").is_some());
        assert!(resolve(&files, "demo").0.is_some());
    });
}

#[test]
fn the_calendar_that_staff_wrote_counts_and_that_of_the_files_counts_again() {
    on_both(|fresh| async move {
        let one = Instance::of(&fresh.store);
        let other = Instance::of(&fresh.store);
        let before = DEMO.charity.calendar.clone();
        let mut changed = before.clone();
        changed.week.0[5] = changed.week.0[1].clone();
        let write = |over, what| calendar::write(&fresh.store, over, what, "Huda", NOW);
        assert!(write(0, Some(&changed)).await.unwrap());
        assert!(
            !write(0, Some(&before)).await.unwrap(),
            "somebody was faster"
        );
        for instance in [&one, &other] {
            instance.look().await;
            assert_eq!(instance.registry.current().charity.calendar, changed);
        }
        // Other files, and an entry: it still counts.
        one.shipped.replace(embedded());
        one.look().await;
        assert_eq!(one.registry.current().charity.calendar, changed);
        assert_eq!(
            one.registry.current().version,
            other.registry.current().version
        );
        assert!(write(1, None).await.unwrap());
        one.look().await;
        assert_eq!(one.registry.current().charity.calendar, before);
        assert_eq!(one.registry.current().version, DEMO.version);
    });
}
