//! Typed answers: what a reader made of something a person sent. Stored sealed, never logged.

use serde::{Deserialize, Serialize};

use crate::event::{Attachment, Millis};
use crate::text::date::StatedDate;

/// One typed value. The form in which it is shown to the person is made where it is shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind", content = "value")]
pub enum Value {
    /// Free text, a name as typed, an address in words.
    Text(String),
    NationalId(String),
    /// A document other than national ID or Iqama: number as typed.
    OtherDocument(String),
    /// E.164.
    Phone(String),
    Email(String),
    Iban(String),
    Date(StatedDate),
    Number(i64),
    /// Halalas (1/100 riyal).
    Money(i64),
    Bool(bool),
    /// The name of one option.
    Option(String),
    Options(Vec<String>),
    Rating(u8),
    Residence(Residence),
    Files(Vec<Attachment>),
    /// An answer spoken; staff type it up.
    Voice(Attachment),
    Signature(Signature),
    /// "I shall send it later."
    Later,
    /// An optional question passed over.
    Skipped,
}

/// Where somebody lives, in whatever form they could tell it (P5).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Residence {
    /// Code of one of the thirteen regions (SAUDI.md section 8), when it is known.
    pub region: Option<String>,
    pub words: Option<String>,
    /// National Address in its short form, e.g. `RRRD2929`.
    pub short_address: Option<String>,
    pub pin: Option<(f64, f64)>,
}

/// How a declaration was signed (P7).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Signature {
    TypedName(String),
    Voice(Attachment),
    /// A photo of a signature or a thumbprint.
    Scan(Attachment),
}

/// A value with where it came from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Given {
    pub value: Value,
    pub flags: Vec<Flag>,
    /// When it was said, on which channel, in which message of the provider's, under which version
    /// of the dialogs.
    pub at: Millis,
    pub channel: String,
    pub message_id: Option<String>,
    pub version: String,
}

/// What staff should look at; the machine warns, the employee decides (P6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Flag {
    /// The check digit failed and the person confirmed the number.
    Unverified,
    /// A number that looks made up.
    Weak,
    Expired,
    /// Fewer than four parts in a name.
    ShortName,
    ForeignPhone,
    /// The date could be read two ways and was read back.
    Ambiguous,
    /// Spoken: to be typed up.
    ToTypeUp,
    OtherDocument,
    /// Confirmed from what we knew, not typed now.
    Recalled,
    /// The same ID stands in another open request. Staff only.
    Duplicate,
    /// Sent after the window of the question, as an album or a late photo.
    Late,
    /// The service's quota was used up when it was handed in: it stands in the waiting list.
    WaitingList,
}
