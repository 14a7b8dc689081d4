//! What we say, before any channel gives it shape, and what a medium can carry. Plain data.

use serde::{Deserialize, Serialize};

use crate::event::{Attachment, Millis};
use crate::text::lang::Lang;

/// One message to one person. A channel may need several payloads for it; it is still one message.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reply {
    pub class: Class,
    pub language: Lang,
    /// Paragraphs in reading order, plain text, already filled. Never empty strings.
    pub texts: Vec<String>,
    pub choices: Option<Choices>,
    /// What the question would best be answered with: a hint for keyboards and buttons.
    pub wants: Option<Wants>,
    /// Files, places and cards shown beside the text.
    pub shows: Vec<Show>,
    /// The question that this asks, as `instance:step`: a later reply that re-asks the same step
    /// supersedes this one while it is unsent, and an old button is known by it.
    pub asks: Option<String>,
    /// Holds personal data: sealed in history, protected from forwarding where the medium can.
    pub sensitive: bool,
    /// Set on what we start ourselves.
    pub proactive: Option<Proactive>,
}

/// Whose words they are. Only dialog replies are bound to control (DESIGN section 5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    Dialog,
    Notice,
    Staff,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choices {
    /// Several may be picked before "done".
    pub several: bool,
    pub options: Vec<Choice>,
    /// Small controls below the answers (back, pause, later): never numbered among them.
    pub controls: Vec<Choice>,
    /// Where more options are than fit at once: the first that is shown, from 0.
    #[serde(default)]
    pub from: usize,
    /// Words of media that need them: on what leads to further options, and on what opens a list.
    #[serde(default)]
    pub more: String,
    #[serde(default)]
    pub open: String,
}

/// Begins the data of the choice that leads to further options of the waiting question; the number of the
/// first of them follows.
pub const MORE: &str = "!more:";

/// A button. `data` is `instance:step:option`, at most [`DATA_BYTES_MAX`] bytes of ASCII, so that a
/// press says which question it answers; controls are `!word`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    pub data: String,
    pub title: String,
    /// A second line where the medium has one.
    pub note: Option<String>,
}

/// Telegram's `callback_data`, the tightest of our media: 1 to 64 bytes.
pub const DATA_BYTES_MAX: usize = 64;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wants {
    Text,
    LongText,
    Number,
    Phone,
    /// A number, which may be their own, or an address of mail.
    Contact,
    Email,
    Date,
    File,
    Location,
    /// The person's name as a signature, or a voice note that says it.
    Signature,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Show {
    Place {
        latitude: f64,
        longitude: f64,
        title: String,
        address: String,
    },
    Card {
        name: String,
        phones: Vec<String>,
    },
    /// A document or recorded prompt of the charity's, by its path in the charity's folder.
    File {
        path: String,
        title: String,
    },
    Audio {
        path: String,
    },
    Link {
        url: String,
        title: String,
    },
    /// A file that staff send with their words: an object of ours, as those that people send.
    Attachment {
        file: Attachment,
    },
    /// The message of the person's that these words answer. A medium that can answer to a message does so by
    /// the provider's id; any other shows the words above.
    Quote {
        of: Option<String>,
        text: String,
    },
}

/// What a message that we start must declare (DESIGN section 6).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proactive {
    /// Its name in `templates.yaml`, with parameters in order.
    pub template: String,
    pub parameters: Vec<String>,
    /// The consent on which it rests: withdrawn, it is not sent.
    #[serde(default)]
    pub purpose: Option<String>,
    pub expires: Option<Millis>,
    /// Held back until a decent hour.
    pub quiet: bool,
    /// An answer that we owe to something the person asked for: "no more messages" does not mean it.
    #[serde(default)]
    pub owed: bool,
    pub closed_window: ClosedWindow,
}

/// What to do when the platform no longer lets us write freely.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClosedWindow {
    Template,
    NudgeAndPark,
    OtherChannel,
    GiveUp,
}

/// A message that we write in the last minutes of a window may reach the platform after it.
const WINDOW_MARGIN_MILLIS: Millis = 10 * 60_000;

/// Until when we may write freely to who was last heard then, on a platform that allows it for so many hours; before
/// all time when they were never heard, or the platform said that it is over.
pub fn free_until(hours: u32, heard_at: Option<Millis>) -> Millis {
    let most = Millis::from(hours) * 3_600_000 - WINDOW_MARGIN_MILLIS;
    heard_at.map_or(Millis::MIN, |heard| heard + most)
}

/// What a medium can carry, in Unicode scalar values unless a name says otherwise. `None` = no such form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    pub text: usize,
    /// Buttons under one message, and the length of a title.
    pub buttons: usize,
    pub button_title: usize,
    /// A list that opens: rows in all, title and note.
    pub rows: Option<usize>,
    pub row_title: usize,
    pub row_note: usize,
    /// Text above buttons or a list, where it is shorter than `text`.
    pub text_with_choices: usize,
    /// More choices than fit are paged; without paging this is the end.
    pub paged: bool,
    pub file_bytes: u64,
    pub template_needed_after_hours: Option<u32>,
    /// Forms of the medium's own; what it has none for becomes words or a link.
    pub native: Native,
}

impl Limits {
    /// Choices that can be offered at once; a medium without buttons numbers them in the text, however many.
    pub fn choices(&self) -> usize {
        match (self.rows, self.buttons) {
            (None, 0) => usize::MAX,
            (rows, buttons) => rows.unwrap_or(0).max(buttons),
        }
    }
}

/// Which things a medium shows or asks for in a form of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Native {
    /// A map pin, a contact card, a file, a voice message.
    pub place: bool,
    pub card: bool,
    pub file: bool,
    pub audio: bool,
    /// An answer that hangs on a message of the person's.
    pub quote: bool,
    /// A button that opens an address, where nothing else can be pressed.
    pub link: bool,
    /// A button that sends where one is, or one's own number.
    pub ask_place: bool,
    pub ask_contact: bool,
    /// Room for answers and controls beside such a button; else they are words.
    pub ask_beside: bool,
}

impl Native {
    pub const ALL: Native = Native {
        place: true,
        card: true,
        file: true,
        audio: true,
        quote: true,
        link: true,
        ask_place: true,
        ask_contact: true,
        ask_beside: true,
    };
}
