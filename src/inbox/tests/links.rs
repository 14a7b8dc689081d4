//! Going on elsewhere, with the dialogs of the house: a code, both sides agreeing, and every way it can go wrong.

use super::*;
use crate::dialog::step;
use crate::event::{ANONYMOUS, On};
use crate::store::erase::{Whom, erase};
use crate::store::test_support::{on_both, web};
use crate::store::{case, identity, known, note, timer};
use crate::text::link_code;

const MINUTE: Millis = 60_000;
const ELSEWHERE: &str = "المتابعة في قناة أخرى";
const PART: &str = "فصل القنوات";

/// A house in which time passes with every word.
struct Talks {
    desk: Desk,
    now: std::cell::Cell<Millis>,
}

impl Talks {
    fn open(fresh: &Fresh) -> Talks {
        let desk = Desk::over(&fresh.store, |options| {
            options.step = step;
            let on = ["web", "telegram"].map(|channel| On {
                channel: channel.into(),
                opens: None,
            });
            options.on = tokio::sync::watch::channel(on.into()).1;
        });
        let now = std::cell::Cell::new(NOW);
        Talks { desk, now }
    }

    fn passes(&self, millis: Millis) -> Millis {
        self.now.set(self.now.get() + millis);
        self.now.get()
    }

    async fn writes_as(&self, account: &str, channel: &str, who: &str, text: &str) -> Taken {
        let at = self.passes(1_000);
        let mut event = wrote_on(channel, who, text);
        event.key.key = format!("{who}:{at}");
        event.seed = Seed(u128::from(at as u64).to_be_bytes().map(|byte| byte ^ 0x5a));
        event.received_at = at;
        if let Origin::Address(address) = &mut event.from {
            address.account = account.into();
        }
        self.desk.take(event).await
    }

    async fn web(&self, text: &str) -> Taken {
        self.writes_as("", "web", "a", text).await
    }

    async fn phone(&self, text: &str) -> Taken {
        self.writes_as("", SENDING, "b", text).await
    }

    /// Rings what is due now in this conversation.
    async fn ring(&self, conversation: &str) -> usize {
        let mut reader = self.desk.store.reader().await.unwrap();
        let due = timer::of(&mut reader, &[conversation]).await.unwrap();
        drop(reader);
        let now = self.passes(1_000);
        let due: Vec<_> = due.into_iter().filter(|timer| timer.due <= now).collect();
        for timer in &due {
            let mut event = rang(conversation, &timer.name, timer.due);
            event.received_at = now;
            self.desk.take(event).await;
        }
        due.len()
    }

    /// What was said last in a conversation, and to which identity.
    async fn last(&self, conversation: &str) -> (String, Option<String>) {
        let messages = self.desk.messages(conversation).await;
        let last = messages.last().unwrap();
        assert_eq!(last.direction, message::Direction::Out);
        (last.text.clone().unwrap(), last.identity.clone())
    }

    async fn says(&self, taken: &Taken, words: &str) {
        let messages = self.desk.messages(&taken.conversation).await;
        let is_ours = |one: &&Message| one.direction == message::Direction::Out;
        let said = messages.iter().rev().take_while(is_ours);
        let said: Vec<_> = said.filter_map(|one| one.text.clone()).collect();
        assert!(said.concat().contains(words), "`{words}` in: {said:?}");
    }

    /// A code, said on the page.
    async fn code(&self) -> String {
        let taken = self.web(ELSEWHERE).await;
        let (text, _) = self.last(&taken.conversation).await;
        let code = text.lines().find_map(link_code::read);
        code.unwrap_or_else(|| panic!("no code in: {text}"))
    }

    /// From a code to both having agreed; gives where each of the two wrote.
    async fn joined(&self) -> (Taken, Taken) {
        let code = self.code().await;
        let here = self.phone(&code).await;
        self.says(&here, "هل تودّون متابعتها هنا؟").await;
        self.phone("نعم").await;
        self.says(&here, "نسألكم الآن في محادثة الموقع").await;
        let there = self.web("شكرا").await;
        assert_ne!(here.conversation, there.conversation);
        assert_eq!(self.ring(&there.conversation).await, 1);
        self.says(&there, "كُتب رمز المتابعة في pigeon").await;
        self.web("نعم").await;
        self.says(&there, "تتابعون الآن في pigeon").await;
        assert_eq!(self.ring(&there.conversation).await, 1);
        (there, here)
    }

    async fn at_the_name(&self) {
        for text in ["تقديم طلب دعم", "سلة غذائية", "أوافق", "1"] {
            self.web(text).await;
        }
        let taken = self.web("إعادة السؤال").await;
        self.says(&taken, "الاسم الرباعي").await;
    }

    async fn kinds(&self, conversation: &str) -> Vec<String> {
        let mut reader = self.desk.store.reader().await.unwrap();
        let notes = note::between(&mut reader, conversation, 0, 1_000, 10)
            .await
            .unwrap();
        notes.into_iter().map(|note| note.kind).collect()
    }
}

#[test]
fn a_form_goes_on_elsewhere_at_the_same_question_and_parts_again() {
    on_both(|fresh| async move {
        let talks = Talks::open(&fresh);
        talks.at_the_name().await;
        let (there, here) = talks.joined().await;
        let (question, to) = talks.last(&there.conversation).await;
        assert!(question.contains("هنا من حيث توقفتم") && question.contains("الاسم الرباعي"));
        let mut reader = fresh.store.reader().await.unwrap();
        let pigeon = Address {
            channel: SENDING.into(),
            account: String::new(),
            id: "b".into(),
        };
        let found = identity::find(&mut reader, &pigeon).await.unwrap().unwrap();
        drop(reader);
        assert_eq!(to.as_ref(), Some(&found.identity), "it is asked there");
        assert_eq!(found.conversation, there.conversation);
        let before = talks.desk.messages(&here.conversation).await.len();
        let onward = talks.phone("سارة عبدالله محمد القحطاني").await;
        assert_eq!(onward.conversation, there.conversation);
        talks.says(&onward, "رقم الهوية").await;
        let closed = talks.desk.conversation(&here.conversation).await;
        assert_eq!(closed.control, Control::Closed);
        let after = talks.desk.messages(&here.conversation).await.len();
        assert_eq!(before, after, "both histories stay as they are");
        assert_eq!(talks.kinds(&there.conversation).await, ["linked"]);
        assert_eq!(talks.kinds(&here.conversation).await, ["linked_to"]);
        // Undone where it came to; the form stays where it began.
        talks.phone(PART).await;
        let parted = talks.phone("نعم").await;
        talks.says(&parted, "فُصلت القنوات").await;
        let own = talks.phone("مرحبا").await;
        assert_eq!(own.conversation, here.conversation);
        let back = talks.web("إعادة السؤال").await;
        assert_eq!(back.conversation, there.conversation);
        talks.says(&back, "رقم الهوية").await;
        assert_eq!(talks.kinds(&there.conversation).await, ["linked", "parted"]);
    });
}

#[test]
fn undone_where_the_code_was_said_everybody_else_leaves() {
    on_both(|fresh| async move {
        let talks = Talks::open(&fresh);
        let (there, here) = talks.joined().await;
        talks.web(PART).await;
        let parted = talks.web("نعم").await;
        assert_eq!(parted.conversation, there.conversation);
        talks.says(&parted, "فُصلت القنوات").await;
        assert_eq!(talks.phone("مرحبا").await.conversation, here.conversation);
        talks.web(PART).await;
        talks.web("نعم").await;
        talks.says(&there, "لا توجد قنوات مربوطة").await;
    });
}

#[test]
fn a_code_that_is_wrong_old_used_or_their_own_joins_nobody() {
    on_both(|fresh| async move {
        let talks = Talks::open(&fresh);
        let wrong = "هذا الرمز غير صحيح أو انتهت مدته";
        let taken = talks.phone("BCDF-GHJK").await;
        talks.says(&taken, wrong).await;
        let first = talks.code().await;
        let own = talks.web(&first).await;
        talks.says(&own, "رمز هذه المحادثة نفسها").await;
        // Another code of the same talk makes the first worthless.
        let second = talks.code().await;
        assert_ne!(first, second);
        talks.says(&talks.phone(&first).await, wrong).await;
        talks.passes(16 * MINUTE);
        talks.says(&talks.phone(&second).await, wrong).await;
        // Used by one, it is worth nothing for another, nor again for the same.
        let third = talks.code().await;
        talks.phone(&third).await;
        talks.phone("نعم").await;
        let other = talks.writes_as("", SENDING, "c", &third).await;
        talks.says(&other, wrong).await;
        talks.says(&talks.phone(&third).await, wrong).await;
        // The side that said it does not agree.
        let there = talks.web("شكرا").await;
        talks.ring(&there.conversation).await;
        talks.web("لا").await;
        talks.says(&there, "بقي كل شيء كما هو").await;
        assert_ne!(talks.phone("مرحبا").await.conversation, there.conversation);
        let messages = talks.desk.messages(&other.conversation).await;
        let kept: Vec<_> = messages
            .iter()
            .filter_map(|one| one.text.as_ref())
            .collect();
        assert!(!kept.iter().any(|text| text.contains(&third)), "redacted");
    });
}

#[test]
fn who_agrees_too_late_joins_nobody() {
    on_both(|fresh| async move {
        let talks = Talks::open(&fresh);
        let code = talks.code().await;
        talks.phone(&code).await;
        talks.phone("نعم").await;
        let there = talks.web("شكرا").await;
        talks.ring(&there.conversation).await;
        talks.passes(16 * MINUTE);
        talks.web("نعم").await;
        talks.says(&there, "انتهت مدة الرمز").await;
    });
}

#[test]
fn wrong_codes_are_limited_and_a_good_one_waits_for_the_rest() {
    on_both(|fresh| async move {
        let talks = Talks::open(&fresh);
        for _ in 0..5 {
            talks
                .says(&talks.phone("BCDF-GHJK").await, "غير صحيح")
                .await;
        }
        let code = talks.code().await;
        let limited = talks.phone(&code).await;
        talks.says(&limited, "تكررت رموز غير صحيحة").await;
        let other = talks.writes_as("", SENDING, "c", &code).await;
        talks.says(&other, "هل تودّون متابعتها هنا؟").await;
        talks.passes(15 * MINUTE);
        let code = talks.code().await;
        talks.says(&talks.phone(&code).await, "هل تودّون").await;
    });
}

#[test]
fn a_talk_without_a_name_neither_gives_nor_takes_a_code() {
    on_both(|fresh| async move {
        let talks = Talks::open(&fresh);
        let code = talks.code().await;
        for text in [ELSEWHERE, code.as_str()] {
            let taken = talks.writes_as(ANONYMOUS, "web", "n", text).await;
            talks.says(&taken, "هذه المحادثة بلا اسم").await;
        }
    });
}

#[test]
fn two_with_forms_and_requests_are_one_and_are_erased_as_one() {
    on_both(|fresh| async move {
        let talks = Talks::open(&fresh);
        talks.at_the_name().await;
        for text in ["تقديم طلب دعم", "سلة غذائية", "أوافق"] {
            talks.phone(text).await;
        }
        let mut references = Vec::new();
        for (channel, who) in [("web", "a"), (SENDING, "b")] {
            let reference = format!("REQ-{who}");
            let address = Address {
                channel: channel.into(),
                account: String::new(),
                id: who.into(),
            };
            open_case(&fresh, &address, &reference).await;
            references.push(reference);
        }
        let (there, here) = talks.joined().await;
        let mut tx = fresh.store.begin_write().await.unwrap();
        let one = identity::find(&mut tx, &web("a")).await.unwrap().unwrap();
        let all = known::load(&mut tx, &[&one.contact]).await.unwrap();
        assert_eq!(all[&one.contact].cases.len(), 2, "requests of both");
        for reference in &references {
            let question = case::Question {
                reference,
                last_four: None,
                contact: &one.contact,
            };
            let told = case::status(&mut tx, &[question]).await.unwrap();
            assert!(told[0].is_some(), "{reference} is their own");
        }
        tx.rollback().await.unwrap();
        let form = |state: &State| state.stack.first().map(|frame| frame.dialog.clone());
        let theirs = talks.desk.state(&there.conversation).await;
        assert_eq!(form(&theirs).as_deref(), Some("apply"));
        let rests = talks.desk.state(&here.conversation).await;
        assert_eq!(form(&rests).as_deref(), Some("apply"), "nothing is lost");
        let scope = erase(&fresh.store, Whom::Address(&web("a")), NOW).await;
        let scope = scope.unwrap();
        assert_eq!(
            (
                scope.contacts.len(),
                scope.conversations.len(),
                scope.cases.len()
            ),
            (2, 2, 2)
        );
        let again = talks.phone("مرحبا").await;
        assert_ne!(again.conversation, here.conversation, "somebody new");
    });
}

async fn open_case(fresh: &Fresh, address: &Address, reference: &str) {
    let mut tx = fresh.store.begin_write().await.unwrap();
    let spoken = identity::find(&mut tx, address).await.unwrap().unwrap();
    let event = wrote_on(&address.channel, &address.id, reference);
    let submission = submission(reference, 0, "1000000008", &event);
    let opening = case::Opening {
        submission: &submission,
        contact: &spoken.contact,
        conversation: &spoken.conversation,
        state: "submitted",
        seed: event.seed,
        source: Source::Own,
        channel: &address.channel,
    };
    case::open(&mut tx, &[opening]).await.unwrap();
    tx.commit().await.unwrap();
}

#[test]
fn two_who_join_one_another_make_no_circle() {
    on_both(|fresh| async move {
        let talks = Talks::open(&fresh);
        let here = talks.phone(ELSEWHERE).await;
        let (text, _) = talks.last(&here.conversation).await;
        let theirs = text.lines().find_map(link_code::read).unwrap();
        let ours = talks.code().await;
        talks.phone(&ours).await;
        talks.phone("نعم").await;
        talks.web(&theirs).await;
        let there = talks.web("نعم").await;
        talks.ring(&there.conversation).await;
        talks.web("نعم").await;
        talks.ring(&here.conversation).await;
        talks.phone("نعم").await;
        let both = (talks.web("شكرا").await, talks.phone("شكرا").await);
        assert_eq!(both.0.conversation, there.conversation);
        assert_eq!(both.1.conversation, there.conversation);
    });
}
