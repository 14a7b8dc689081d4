//! What the steps of a dialog leave behind: the type of each answer, and what can be asked of it.

use crate::dialog::load::build::kind::reader_word;
use crate::dialog::model::{
    Ask, Choose, Dialog, Kind, OptionSpec, Options, Question, ReaderName, Step,
};
use crate::dialog::value::Flag;

/// The type of an answer, as far as conditions ask.
pub enum Answer<'a> {
    Read(ReaderName),
    /// One of these.
    Listed(&'a [OptionSpec]),
    /// Several of these; measured by how many.
    Several(&'a [OptionSpec]),
    Services,
    Regions,
    /// A case or a form: known or not.
    Own,
    Documents,
    Needs,
    Consent,
    Files,
    Residence,
    Signature,
}

/// What a step that waits leaves behind.
pub fn answer(step: &Step) -> Option<Answer<'_>> {
    match &step.kind {
        Kind::Ask(Ask { read, .. }) => Some(Answer::Read(*read)),
        Kind::Choose(Choose {
            options, several, ..
        }) => Some(match options {
            Options::Listed(options) if *several => Answer::Several(options),
            Options::Listed(options) => Answer::Listed(options),
            Options::Services => Answer::Services,
            Options::Regions => Answer::Regions,
            Options::Cases | Options::Contestable | Options::Withdrawable => Answer::Own,
            Options::Paused => Answer::Own,
            Options::Documents => Answer::Documents,
            Options::Needs => Answer::Needs,
        }),
        Kind::Consent(_) => Some(Answer::Consent),
        Kind::Attach(_) => Some(Answer::Files),
        Kind::Locate(_) => Some(Answer::Residence),
        Kind::Sign(_) => Some(Answer::Signature),
        Kind::Say(_)
        | Kind::Branch(_)
        | Kind::Review(_)
        | Kind::Submit(_)
        | Kind::LookUp(_)
        | Kind::Survey(_)
        | Kind::Guide(_)
        | Kind::Call(_)
        | Kind::HandOver(_)
        | Kind::Act(_) => None,
    }
}

/// Names of the answers of a dialog, in the order of the file.
pub fn names(dialog: &Dialog) -> impl Iterator<Item = &str> {
    dialog
        .steps
        .iter()
        .filter(|step| answer(step).is_some())
        .map(|step| step.name.as_str())
}

pub fn question(step: &Step) -> Option<&Question> {
    match &step.kind {
        Kind::Ask(ask) => Some(&ask.question),
        Kind::Choose(choose) => Some(&choose.question),
        Kind::Attach(attach) => Some(&attach.question),
        Kind::Locate(locate) => Some(&locate.question),
        Kind::Say(_)
        | Kind::Branch(_)
        | Kind::Consent(_)
        | Kind::Review(_)
        | Kind::Sign(_)
        | Kind::Submit(_)
        | Kind::LookUp(_)
        | Kind::Survey(_)
        | Kind::Guide(_)
        | Kind::Call(_)
        | Kind::HandOver(_)
        | Kind::Act(_) => None,
    }
}

/// Whether the talk stands still at it until the person says something.
pub fn waits(kind: &Kind) -> bool {
    match kind {
        Kind::Ask(_)
        | Kind::Choose(_)
        | Kind::Consent(_)
        | Kind::Attach(_)
        | Kind::Locate(_)
        | Kind::Review(_)
        | Kind::Sign(_) => true,
        Kind::Say(_)
        | Kind::Branch(_)
        | Kind::Submit(_)
        | Kind::LookUp(_)
        | Kind::Survey(_)
        | Kind::Guide(_)
        | Kind::Call(_)
        | Kind::HandOver(_)
        | Kind::Act(_) => false,
    }
}

impl Answer<'_> {
    pub fn what(&self) -> String {
        match self {
            Answer::Read(reader) => format!("`read: {}`", reader_word(*reader)),
            Answer::Listed(_) => "a choice".to_owned(),
            Answer::Several(_) => "a choice of several".to_owned(),
            Answer::Services => "a service".to_owned(),
            Answer::Regions => "a region".to_owned(),
            Answer::Own => "one of the person's own".to_owned(),
            Answer::Documents => "a document".to_owned(),
            Answer::Needs => "a need".to_owned(),
            Answer::Consent => "a consent".to_owned(),
            Answer::Files => "files".to_owned(),
            Answer::Residence => "a residence".to_owned(),
            Answer::Signature => "a signature".to_owned(),
        }
    }

    /// `over` and `under` mean something.
    pub fn is_measured(&self) -> bool {
        match self {
            Answer::Several(_) => true,
            Answer::Read(reader) => match reader {
                ReaderName::Number
                | ReaderName::Money
                | ReaderName::Rating
                | ReaderName::BirthDate
                | ReaderName::ExpiryDate
                | ReaderName::Date => true,
                ReaderName::FullName
                | ReaderName::NationalId
                | ReaderName::DocumentNumber
                | ReaderName::ContactMeans
                | ReaderName::Phone
                | ReaderName::Email
                | ReaderName::YesNo
                | ReaderName::Iban
                | ReaderName::Reference
                | ReaderName::LastFour
                | ReaderName::FreeText => false,
            },
            Answer::Listed(_)
            | Answer::Services
            | Answer::Regions
            | Answer::Own
            | Answer::Documents
            | Answer::Needs
            | Answer::Consent
            | Answer::Files
            | Answer::Residence
            | Answer::Signature => false,
        }
    }

    /// Flags that it can carry.
    pub fn flags(&self) -> Vec<Flag> {
        let own: &[Flag] = match self {
            Answer::Read(reader) => reader_flags(*reader),
            Answer::Listed(_)
            | Answer::Several(_)
            | Answer::Services
            | Answer::Regions
            | Answer::Own
            | Answer::Documents
            | Answer::Needs
            | Answer::Consent
            | Answer::Files
            | Answer::Residence
            | Answer::Signature => &[],
        };
        // A voice note is taken at every question, and an answer may come late or be confirmed from before.
        own.iter()
            .copied()
            .chain([Flag::ToTypeUp, Flag::Recalled, Flag::Late])
            .collect()
    }
}

fn reader_flags(reader: ReaderName) -> &'static [Flag] {
    match reader {
        ReaderName::FullName => &[Flag::ShortName],
        ReaderName::NationalId => &[Flag::Unverified, Flag::Weak, Flag::OtherDocument],
        ReaderName::DocumentNumber => &[Flag::OtherDocument],
        ReaderName::ContactMeans | ReaderName::Phone => &[Flag::ForeignPhone, Flag::Ambiguous],
        ReaderName::BirthDate | ReaderName::Date => &[Flag::Ambiguous],
        ReaderName::ExpiryDate => &[Flag::Ambiguous, Flag::Expired],
        ReaderName::Iban => &[Flag::Unverified],
        ReaderName::Email
        | ReaderName::YesNo
        | ReaderName::Number
        | ReaderName::Money
        | ReaderName::Rating
        | ReaderName::Reference
        | ReaderName::LastFour
        | ReaderName::FreeText => &[],
    }
}
