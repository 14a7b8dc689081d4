//! The machine under any input: it never panics, ends within its bounds, says the same to the same, and what
//! it keeps reads back.

use proptest::prelude::*;

use super::{House, file};
use crate::dialog::state::State;
use crate::dialog::turn::Note;
use crate::event::{AttachmentKind, Control, StaffAct, What};
use crate::text::lang::Lang;

const WORDS: [&str; 40] = [
    "السلام عليكم",
    "تقديم طلب دعم",
    "متابعة طلب سابق",
    "1",
    "2",
    "٣",
    "أوافق",
    "لا",
    "نعم",
    "رجوع",
    "تعديل إجابة",
    "إجاباتي",
    "مساعدة",
    "أريد موظف",
    "English",
    "العربية",
    "حفظ والإكمال لاحقًا",
    "استكمال",
    "إلغاء",
    "إلغاء الطلب",
    "إيقاف",
    "اشتراك",
    "القائمة",
    "متى تفتحون",
    "إخفاء المحادثة",
    "إظهار المحادثة",
    "سأرسلها لاحقًا",
    "تخطي",
    "تم",
    "شكرا",
    "سارة عبدالله محمد القحطاني",
    "1234567897",
    "1234567890",
    "15/7/1450",
    "1/1/1440",
    "0512345678",
    "الدلم، حي المثال",
    "صحيح",
    "أريد أن أموت",
    "رمز التحقق 4821",
];

fn any_event() -> impl Strategy<Value = (u8, String, i64, usize)> {
    let text = prop_oneof![
        6 => prop::sample::select(WORDS.to_vec()).prop_map(str::to_owned),
        1 => "\\PC{0,40}",
        1 => "[\u{200E}\u{202B}\u{0000}\u{E000}{}%0-9٠-٩ا-ي ]{0,40}",
    ];
    (0u8..20, text, -200_000_000i64..400_000_000, 0usize..10_000)
}

/// What happens, by a number; most of it is writing and pressing.
fn what(house: &House, (kind, text, _, pick): &(u8, String, i64, usize)) -> What {
    let text = text.clone();
    match kind {
        0..=8 => What::Wrote { text },
        9..=13 => What::Chose {
            data: match house.buttons.is_empty() {
                true => text,
                false => house.buttons[pick % house.buttons.len()].clone(),
            },
            title: None,
        },
        14 => What::Sent {
            attachment: file(
                [
                    AttachmentKind::Photo,
                    AttachmentKind::Voice,
                    AttachmentKind::Document,
                ][pick % 3],
                (*pick as u64) * 10_000,
            ),
            caption: (pick % 2 == 0).then_some(text),
            fetch: None,
        },
        15 => What::Pinned {
            latitude: *pick as f64 / 50.0,
            longitude: 46.7,
            label: Some(text),
        },
        16 => What::Shared {
            name: None,
            phones: vec!["+966512345678".to_owned(); pick % 3],
            own: false,
        },
        17 => What::Edited {
            of: format!("m{}", pick % 30),
            text,
        },
        18 => match house.timers.keys().nth(pick % house.timers.len().max(1)) {
            Some(timer) => What::Rang {
                timer: timer.clone(),
                due: house.timers[timer],
            },
            None => What::Opened {
                payload: Some(text),
                language: Some(Lang::En),
            },
        },
        _ => match pick % 5 {
            0 => What::Unreadable { kind: text },
            4 => What::Noted {
                kind: text,
                of: None,
            },
            1 => What::Undelivered { step: text },
            2 => What::Staff(StaffAct::Returned { by: text }),
            _ => What::Rang {
                timer: text,
                due: 0,
            },
        },
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn any_talk_ends_every_turn_and_reads_back(
        events in prop::collection::vec(any_event(), 1..60),
        staffed in any::<bool>(),
        taken in 0u32..3,
        duplicate in any::<bool>(),
    ) {
        let mut house = House::new();
        house.known.staffed = staffed;
        house.taken = taken;
        house.duplicate = duplicate;
        for event in &events {
            // The clock runs, and now and then goes back.
            house.clock += event.2;
            house.known.control = match event.3 % 11 {
                0 => Control::Human("officer".to_owned()),
                1..=3 => Control::Waiting,
                _ => Control::Bot,
            };
            let happens = what(&house, event);
            let turn = house.take(happens);
            if matches!(house.known.control, Control::Human(_)) && event.0 <= 17 {
                prop_assert!(turn.replies.is_empty(), "the bot is silent while a human speaks");
            }
            // Every number that was tried stood already: a human sees to it.
            let hopeless = |detail: &str| taken > 1 && detail == "no free reference";
            let sound = |note: &Note| note.rule != "fault" || hopeless(&note.detail);
            prop_assert!(turn.trace.iter().all(sound), "{:?}", turn.trace);
        }
    }

    #[test]
    fn a_state_that_cannot_be_read_is_no_end(text in "\\PC{0,80}|\\{\"stack\":\\[\\{\"dialog\":\"apply\",\"instance\":\"a\"\\}\\]\\}") {
        let state = State::read(&text);
        let mut house = House::new();
        house.state = state;
        prop_assert!(!house.says("القائمة").is_empty());
    }
}
