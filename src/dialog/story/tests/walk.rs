//! People who do anything at all, in any order, for months: whatever they do, the machine answers, keeps its
//! bounds, never needs its safety net, and leaves nothing over when they are gone.

use std::sync::Arc;

use super::super::entry::{Act, Deed, Jump, KnownFact, Parcel, Press};
use super::super::world::{Happened, World};
use crate::dialog::files::embedded;
use crate::dialog::load;
use crate::dialog::model::Dialogs;
use crate::dialog::state::State;
use crate::dialog::step;
use crate::dialog::turn::AlertKind;
use crate::event::{AttachmentKind, Control, Millis};
use crate::reply::{Choice, DATA_BYTES_MAX, Reply};
use crate::text::lang::Lang;

/// Enough to come by everything once; `WALKS=2000` takes longer and further.
const WALKS: u64 = 30;
const DEEDS_OF_A_WALK: usize = 120;
/// Longer than a double tap, which is silent (milliseconds).
const BETWEEN: Millis = 10_000;
const HOUR: Millis = 60 * 60 * 1_000;
/// 2026-01-04 10:00 in Riyadh.
const BEGINNING: Millis = 1_767_510_000_000;

/// Words that answer some question of ours, or none.
const WORDS: &[&str] = &[
    "سارة عبدالله محمد القحطاني",
    "Sarah Abdullah Alqahtani",
    "سارة",
    "1098765439",
    "١٠٩٨٧٦٥٤٣٩",
    "1234567890",
    "2123456787",
    "15/7/1450",
    "2/12/2020",
    "0512345678",
    "name@example.com",
    "الدلم، حي المثال",
    "RRRD2929",
    "5",
    "1",
    "2",
    "٣",
    "9",
    "نعم",
    "لا",
    "yes",
    "تأخرنا في سداد الإيجار ثلاثة أشهر",
    "متى تفتحون؟",
    "{{7*7}}",
    "{% for x in y %}",
    "'; DROP TABLE message; --",
    "\u{202e}\u{200f}",
    "😀😀",
    "",
    "\u{0}",
    "W-8ZWW9-4K9Q",
    "5439",
    "رمز التحقق 123456 لا تشاركه مع أحد",
    "ما عاد ابي اعيش",
    "تم",
    "تخطي",
];

/// Answers to our questions, by step.
const ANSWERS: &[(&str, &str)] = &[
    ("full_name", "سارة عبدالله محمد القحطاني"),
    ("applicant_name", "نورة عبدالله محمد القحطاني"),
    ("national_id", "1098765439"),
    ("id_expiry", "15/7/1450"),
    ("contact", "0512345678"),
    ("residence", "الدلم، حي المثال"),
    ("household", "5"),
    ("rent_amount", "24000"),
    ("need", "تأخرنا في سداد الإيجار ثلاثة أشهر"),
    ("lease", "photo"),
    ("bill", "photo"),
    ("medical_report", "photo"),
    ("declaration", "سارة عبدالله محمد القحطاني"),
    ("declaration_for", "نورة عبدالله محمد القحطاني"),
    ("reference", "W-8ZWW9-4K9Q"),
    ("last_four", "5439"),
];

/// A small generator of its own: the same walk every time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % most.max(1)
    }

    fn of<'a, T>(&mut self, things: &'a [T]) -> &'a T {
        &things[self.below(things.len())]
    }
}

struct Walk {
    number: u64,
    chance: Chance,
    world: World,
    controls: Vec<String>,
    /// Every button ever shown, and how many of them the latest reply has.
    buttons: Vec<Choice>,
    latest: usize,
    told: Vec<String>,
    /// In twentieths: how often somebody does what was asked.
    sense: usize,
}

impl Walk {
    fn new(number: u64, dialogs: &Arc<Dialogs>) -> Walk {
        let name = format!("walk {number}");
        let mut world = World::new(Arc::clone(dialogs), step, &name, "web", BEGINNING);
        if number.is_multiple_of(2) {
            world
                .know(&KnownFact::Staffed)
                .expect("staff can always be there");
        }
        if number.is_multiple_of(5) {
            world.language(Lang::En);
        }
        Walk {
            number,
            chance: Chance(number),
            world,
            controls: dialogs.words.controls.keys().cloned().collect(),
            buttons: Vec::new(),
            latest: 0,
            told: Vec::new(),
            sense: [0, 10, 17][(number % 3) as usize],
        }
    }

    fn deed(&mut self) -> Deed {
        // Most people mean well.
        if self.chance.below(20) < self.sense {
            return self.good_deed();
        }
        match self.chance.below(20) {
            0..=8 if self.latest > 0 => self.press(self.latest),
            9 if !self.buttons.is_empty() => self.press(self.buttons.len()),
            0..=13 => Deed::Person((*self.chance.of(WORDS)).to_owned()),
            14 => Deed::Person(self.controls[self.chance.below(self.controls.len())].clone()),
            15 => self.parcel(),
            16 => Deed::Edits(1, (*self.chance.of(WORDS)).to_owned()),
            17 => Deed::Opens(None),
            18 => self.staff(),
            _ => self.leap(),
        }
    }

    /// What would answer the open question.
    fn good_deed(&mut self) -> Deed {
        let asked = self
            .world
            .state()
            .stack
            .last()
            .map(|frame| frame.step.clone());
        let asked = asked.unwrap_or_default();
        let answer = ANSWERS.iter().find(|(step, _)| *step == asked);
        match answer {
            Some((_, "photo")) => Deed::Sends(Parcel::File(AttachmentKind::Photo, None)),
            Some((_, words)) => Deed::Person((*words).to_owned()),
            None if self.latest > 0 => {
                let first = self.buttons.len() - self.latest;
                let most = 2.min(self.latest);
                let at = first + self.chance.below(most);
                Deed::Presses(Press::Raw(self.buttons[at].data.clone()))
            }
            None => Deed::Person("تقديم طلب دعم".to_owned()),
        }
    }

    /// One of the last so many buttons.
    fn press(&mut self, of: usize) -> Deed {
        let at = self.buttons.len() - 1 - self.chance.below(of);
        Deed::Presses(Press::Raw(self.buttons[at].data.clone()))
    }

    fn parcel(&mut self) -> Deed {
        Deed::Sends(match self.chance.below(7) {
            0 | 1 => Parcel::File(AttachmentKind::Photo, None),
            2 => Parcel::File(AttachmentKind::Voice, None),
            3 => Parcel::File(AttachmentKind::Document, Some("1".to_owned())),
            4 => Parcel::Pin(24.7, 46.7, None),
            5 => Parcel::Card {
                phones: vec!["+966512345678".to_owned()],
                name: None,
                own: false,
            },
            _ => Parcel::Unreadable("sticker".to_owned()),
        })
    }

    fn staff(&mut self) -> Deed {
        Deed::Staff(match self.chance.below(4) {
            0 => Act::Claims,
            1 => Act::Replies("words of staff".to_owned()),
            2 => Act::Returns,
            _ => Act::Closes,
        })
    }

    fn leap(&mut self) -> Deed {
        let leaps = [
            3_000,
            60_000,
            HOUR,
            20 * HOUR,
            4 * 24 * HOUR,
            95 * 24 * HOUR,
        ];
        Deed::Clock(Jump::By(*self.chance.of(&leaps)))
    }

    fn go(&mut self) {
        let passes = self.world.act(&Deed::Clock(Jump::By(BETWEEN)));
        for happened in passes.expect("some seconds pass") {
            self.see(&happened);
        }
        let deed = self.deed();
        self.told.push(format!("{deed:?}"));
        // There may be nothing to edit yet.
        let Ok(happened) = self.world.act(&deed) else {
            return;
        };
        self.answered(&deed, &happened);
        for happened in &happened {
            self.see(happened);
        }
        let faults = self.world.trace.iter().filter(|note| note.rule == "fault");
        let faults: Vec<String> = faults.map(|note| note.detail.clone()).collect();
        self.must(faults.is_empty(), &format!("{faults:?}"));
        self.keeps();
    }

    fn see(&mut self, happened: &Happened) {
        match happened {
            Happened::Said { reply, .. } => self.hear(reply),
            Happened::Alert(kind) => {
                self.must(*kind != AlertKind::Fault, "the safety net was needed")
            }
        }
    }

    fn answered(&self, deed: &Deed, happened: &[Happened]) {
        let speaks = match deed {
            Deed::Person(_) | Deed::Presses(_) | Deed::Opens(_) => true,
            // The files of an album are answered together, a little later.
            Deed::Sends(Parcel::File(..)) => false,
            Deed::Sends(_) => true,
            Deed::Edits(..) | Deed::Staff(_) | Deed::Clock(_) | Deed::Undelivered => false,
        };
        let human = matches!(self.world.control(), Control::Human(_));
        self.must(!speaks || human || !happened.is_empty(), "nobody answered");
    }

    fn hear(&mut self, reply: &Reply) {
        let text = reply.texts.join("\n");
        self.must(
            !reply.texts.is_empty() || !reply.shows.is_empty(),
            "an empty reply",
        );
        self.must(
            reply.texts.iter().all(|text| !text.trim().is_empty()),
            "an empty text",
        );
        let theirs = WORDS.iter().filter(|word| word.contains('{'));
        let ours = theirs.fold(text, |text, word| text.replace(word, ""));
        self.must(
            !ours.contains("{{") && !ours.contains("{%"),
            "a text that is not filled",
        );
        let Some(choices) = &reply.choices else {
            return;
        };
        let all: Vec<&Choice> = choices.options.iter().chain(&choices.controls).collect();
        for choice in &all {
            let fits = choice.data.is_ascii() && (1..=DATA_BYTES_MAX).contains(&choice.data.len());
            self.must(fits, &format!("data of a button: {}", choice.data));
            self.must(!choice.title.trim().is_empty(), "a button without a title");
            let same = all
                .iter()
                .filter(|other| other.title == choice.title)
                .count();
            self.must(
                same == 1,
                &format!("two buttons are called {}", choice.title),
            );
        }
        self.latest = all.len();
        self.buttons.extend(all.into_iter().cloned());
    }

    /// The State survives being stored, and its bounds hold.
    fn keeps(&self) {
        let state = self.world.state();
        let stored = serde_json::to_string(state).expect("a State can be written");
        let read: State = serde_json::from_str(&stored).expect("and read");
        self.must(read == *state, "the State changes by being stored");
        let open = state.stack.iter().map(|frame| &frame.instance);
        let remains = self.world.remains();
        let held = remains.iter().any(|line| line.starts_with("outbox reply"));
        self.must(!held, "the bot spoke over a human");
        let instances: Vec<&String> = open
            .chain(state.paused.iter().map(|frame| &frame.instance))
            .collect();
        for line in remains
            .iter()
            .filter(|line| line.starts_with("timer remind:"))
        {
            let known = instances
                .iter()
                .any(|instance| line.contains(instance.as_str()));
            self.must(known, &format!("a reminder of nothing: {line}"));
        }
    }

    /// A year later nothing is left that waits for anybody.
    fn ends(&mut self) {
        self.told.push("a year later".to_owned());
        let year = Deed::Clock(Jump::By(365 * 24 * HOUR));
        self.world.act(&year).expect("a year passes");
        let state = self.world.state();
        let frames = state.stack.iter().chain(&state.paused);
        let answered = frames.filter(|frame| !frame.answers.is_empty());
        let forms: Vec<&str> = answered
            .map(|frame| frame.dialog.as_str())
            .filter(|name| self.is_form(name))
            .collect();
        self.must(forms.is_empty(), &format!("answers left over in {forms:?}"));
        let remains = self.world.remains();
        let timers: Vec<_> = remains
            .iter()
            .filter(|line| line.starts_with("timer "))
            .collect();
        self.must(timers.is_empty(), &format!("left over: {timers:?}"));
    }

    fn is_form(&self, name: &str) -> bool {
        self.world
            .dialogs
            .dialogs
            .get(name)
            .is_none_or(|dialog| dialog.form)
    }

    fn must(&self, holds: bool, what: &str) {
        let from = self.told.len().saturating_sub(40);
        assert!(
            holds,
            "walk {}: {what}, after\n{}",
            self.number,
            self.told[from..].join("\n")
        );
    }
}

#[test]
fn whatever_people_do_the_machine_answers_and_leaves_nothing_over() {
    let files = embedded();
    for charity in files.charities() {
        let dialogs = load::resolve(&files, &charity)
            .0
            .expect("the charity can speak");
        let dialogs = Arc::new(dialogs);
        let walks = std::env::var("WALKS")
            .ok()
            .and_then(|walks| walks.parse().ok());
        for number in 0..walks.unwrap_or(WALKS) {
            let mut walk = Walk::new(number, &dialogs);
            for _ in 0..DEEDS_OF_A_WALK {
                walk.go();
            }
            walk.ends();
        }
    }
}
