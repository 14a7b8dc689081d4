//! What staff do to a request item by item (P6, P7, P8, P10), and how its file stands as far as a talk must know.
//! Plain data, and the one place that says how the file stands behind an act or an answer.

use serde::{Deserialize, Serialize};

use super::{Attachment, KnownCase};
use crate::dialog::value::Value;

/// The slot of papers that nobody asked for: nothing was vouched for about them.
pub const EXTRA_SLOT: &str = "extra";

/// One act upon a request. `over` is the revision of the item as whoever acts saw it: an act over another one
/// means nothing, since somebody decided, or the person answered, in between.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseAct {
    Matched(Match),
    /// All of them, or none.
    SentBack(Vec<SendBack>),
    /// Every item is matched, and an officer vouches for it (P7).
    SignedOff,
    /// Registration is complete (P10).
    Registered {
        file_number: String,
        /// Names of `checks` in cases.yaml.
        checks: Vec<String>,
    },
    Decided(Decision),
}

/// An item was matched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Match {
    pub item: String,
    pub over: i64,
    pub against: Against,
    /// Valid on the day on which the request was handed in, and valid now; the machine warns, the officer decides.
    pub valid_then: bool,
    pub valid_now: bool,
}

/// What an item was matched against.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Against {
    OriginalSeen,
    Copy,
    OfficialService,
}

impl Against {
    pub const ALL: [Against; 3] = [
        Against::OriginalSeen,
        Against::Copy,
        Against::OfficialService,
    ];

    /// In the table and in commands.
    pub fn word(self) -> &'static str {
        match self {
            Against::OriginalSeen => "original_seen",
            Against::Copy => "copy",
            Against::OfficialService => "official_service",
        }
    }

    pub fn read(word: &str) -> Option<Against> {
        Against::ALL.into_iter().find(|one| one.word() == word)
    }
}

/// An item goes back to the person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SendBack {
    pub item: String,
    pub over: i64,
    /// A reason of cases.yaml; empty: the officer's own words say it.
    #[serde(default)]
    pub reason: String,
    #[serde(default)]
    pub words: Option<String>,
    /// A picture of what is wanted, stored and checked already.
    #[serde(default)]
    pub picture: Option<Attachment>,
}

/// A request is decided upon.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// The state as whoever decides saw it: somebody else may have decided since.
    pub from: String,
    pub to: String,
    /// Internal; the person never reads it.
    pub reason: String,
    /// Courteous; the person reads it.
    pub told: Option<String>,
    /// Why before the first date of P8, where it is.
    pub early: Option<String>,
}

impl CaseAct {
    /// The pictures that go along.
    pub fn pictures(&self) -> Vec<&Attachment> {
        match self {
            CaseAct::SentBack(items) => items
                .iter()
                .filter_map(|one| one.picture.as_ref())
                .collect(),
            CaseAct::Matched(_)
            | CaseAct::SignedOff
            | CaseAct::Registered { .. }
            | CaseAct::Decided(_) => Vec::new(),
        }
    }

    /// Its name in audit, evidence and commands.
    pub fn word(&self) -> &'static str {
        match self {
            CaseAct::Matched(_) => "matched",
            CaseAct::SentBack(_) => "sent_back",
            CaseAct::SignedOff => "signed_off",
            CaseAct::Registered { .. } => "registered",
            CaseAct::Decided(_) => "decided",
        }
    }
}

/// How an item stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ItemStatus {
    /// Nobody has looked at it yet, or it was answered anew.
    #[default]
    Open,
    Matched,
    /// Waits for the person.
    SentBack,
    /// The person has answered what was sent back.
    Answered,
}

impl ItemStatus {
    pub const ALL: [ItemStatus; 4] = [
        ItemStatus::Open,
        ItemStatus::Matched,
        ItemStatus::SentBack,
        ItemStatus::Answered,
    ];

    /// In the table.
    pub fn word(self) -> &'static str {
        match self {
            ItemStatus::Open => "open",
            ItemStatus::Matched => "matched",
            ItemStatus::SentBack => "sent_back",
            ItemStatus::Answered => "answered",
        }
    }

    pub fn read(word: &str) -> Option<ItemStatus> {
        ItemStatus::ALL.into_iter().find(|one| one.word() == word)
    }
}

/// The file of a request beside what its person hears of it. The items are there only where a turn may need them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CaseFile {
    /// The dialog that handed it in.
    pub dialog: String,
    pub items: Vec<KnownItem>,
    pub signed_off: bool,
    pub registered: bool,
    /// Who decided it last; empty: nobody.
    pub decided_by: String,
    /// Who decided the request that this one is about.
    pub first_decider: String,
}

/// One answer of a request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KnownItem {
    pub name: String,
    pub value: Value,
    /// Grows with every act upon it and every answer to it.
    pub revision: i64,
    pub status: ItemStatus,
    /// How often it was sent back.
    pub times: i64,
    /// Who acted upon it last; empty: nobody.
    pub by: String,
    pub reason: String,
    pub words: Option<String>,
    pub picture: Option<Attachment>,
}

impl KnownItem {
    /// An answer as it is handed in.
    pub fn new(name: &str, value: Value) -> KnownItem {
        KnownItem {
            name: name.to_owned(),
            value,
            revision: 0,
            status: ItemStatus::Open,
            times: 0,
            by: String::new(),
            reason: String::new(),
            words: None,
            picture: None,
        }
    }
}

impl KnownCase {
    pub fn item(&self, name: &str) -> Option<&KnownItem> {
        self.file.items.iter().find(|item| item.name == name)
    }

    /// Items that wait for the person.
    pub fn sent_back(&self) -> impl Iterator<Item = &KnownItem> {
        let items = self.file.items.iter();
        items.filter(|item| item.status == ItemStatus::SentBack)
    }

    /// After an act that counted.
    pub fn acted(&mut self, by: &str, act: &CaseAct) {
        match act {
            CaseAct::Matched(one) => self.change(by, &one.item, |item| {
                item.status = ItemStatus::Matched;
            }),
            CaseAct::SentBack(all) => {
                self.file.signed_off = false;
                for one in all {
                    self.change(by, &one.item, |item| {
                        item.status = ItemStatus::SentBack;
                        item.times += 1;
                        item.reason.clone_from(&one.reason);
                        item.words.clone_from(&one.words);
                        item.picture.clone_from(&one.picture);
                    });
                }
            }
            CaseAct::SignedOff => self.file.signed_off = true,
            CaseAct::Registered { .. } => self.file.registered = true,
            CaseAct::Decided(_) => by.clone_into(&mut self.file.decided_by),
        }
    }

    fn change(&mut self, by: &str, name: &str, change: impl FnOnce(&mut KnownItem)) {
        let mut items = self.file.items.iter_mut();
        if let Some(item) = items.find(|item| item.name == name) {
            item.revision += 1;
            by.clone_into(&mut item.by);
            change(item);
        }
    }

    /// After an answer for it: whatever was matched before must be matched anew.
    pub fn supplied(&mut self, slot: &str, value: &Value) {
        self.file.signed_off &= slot == EXTRA_SLOT;
        match self.file.items.iter_mut().find(|item| item.name == slot) {
            Some(item) => {
                item.revision += 1;
                item.value = value.clone();
                item.status = match item.status {
                    ItemStatus::SentBack => ItemStatus::Answered,
                    ItemStatus::Open | ItemStatus::Matched | ItemStatus::Answered => {
                        ItemStatus::Open
                    }
                };
            }
            None => self.file.items.push(KnownItem::new(slot, value.clone())),
        }
    }
}
