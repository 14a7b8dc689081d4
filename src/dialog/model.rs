//! What a dialog file says, as types: dialogs, steps, kinds, conditions, texts. Made by `load`, proved
//! by `check`, walked by `step`. Nothing here decides anything.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use super::finding::Span;
use crate::charity::Charity;
use crate::faq::{Concepts, Model};
use crate::text::lang::Lang;

/// Everything that a charity can say: its profile, its dialogs and words, resolved (its own folder
/// over the common one). Immutable; one per version.
pub struct Dialogs {
    /// Digest of the whole resolved set, hexadecimal (DESIGN section 4).
    pub version: String,
    /// The version without what staff wrote: two sets of one base differ in the FAQ alone.
    pub base: String,
    pub charity: Charity,
    pub dialogs: BTreeMap<String, Arc<Dialog>>,
    pub words: Words,
    /// Sentences of the house that belong to no step ("ask again", "resume", "too long" …), by name.
    pub phrases: BTreeMap<String, Text>,
    pub templates: BTreeMap<String, MessageTemplate>,
    pub services: Vec<Service>,
    pub cases: Cases,
    /// The charity's library (P17), public documents and others.
    pub documents: Vec<Document>,
    /// Who else helps, and with what (P12).
    pub agencies: Agencies,
    /// What people ask, with its answers.
    pub faq: Vec<FaqEntry>,
    /// Words that mean nearly the same, for understanding what is asked.
    pub concepts: Concepts,
    /// What is learned of the FAQ's own phrasings, at the first question.
    pub(super) model: OnceLock<Arc<Model>>,
    /// Compiled texts, by [`Text::id`] and language.
    pub fill: super::fill::Filler,
}

pub struct Dialog {
    pub name: String,
    pub file: Arc<str>,
    pub title: Text,
    /// Keeps its answers, pauses by itself, is resumed (P1). Otherwise a talk that is simply left.
    pub form: bool,
    /// May be walked in a talk without a name (see [`crate::event::ANONYMOUS`]); there every other dialog is closed.
    pub anonymous: bool,
    /// Words that open it from anywhere at rest, beside its place in a menu: names of `words.yaml`.
    pub starts: Vec<String>,
    /// The person's own earlier answers are offered again only when this holds (section 4 of PRODUCT:
    /// a shared phone must not reveal that a relative applied).
    pub recall_when: Option<Condition>,
    /// Purpose and retention of its fields, for the record of processing.
    pub purpose: Option<String>,
    pub retention: Option<String>,
    pub steps: Vec<Step>,
    /// Former names of steps, so that an open form finds its place again: old to new.
    pub renamed: BTreeMap<String, String>,
}

impl Dialog {
    pub fn step(&self, name: &str) -> Option<(usize, &Step)> {
        self.steps
            .iter()
            .enumerate()
            .find(|(_, step)| step.name == name)
    }
}

/// One stop. `- verb: name` followed by its keys.
pub struct Step {
    pub name: String,
    pub at: Span,
    pub kind: Kind,
    /// Passed over when it does not hold.
    pub when: Option<Condition>,
    /// Where it goes on; the next step of the file when nothing is said.
    pub to: Option<Exit>,
    /// The dialog ends behind this step with this outcome ("done", "declined" …).
    pub ends: Option<String>,
}

/// Where a step leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Exit {
    Step {
        name: String,
        at: Span,
    },
    /// Leaves this dialog for another.
    Dialog {
        name: String,
        at: Span,
    },
}

/// The kinds by their verb. A kind is one file in `dialog/kind/`, a variant here, and its arms in
/// `kind/mod.rs`.
pub enum Kind {
    Say(Say),
    Ask(Ask),
    Choose(Choose),
    Branch(Branch),
    Consent(ConsentStep),
    Attach(Attach),
    Locate(Locate),
    Review(Review),
    Sign(Sign),
    Submit(Submit),
    LookUp(LookUp),
    Survey(Survey),
    Guide(Guide),
    Call(Call),
    HandOver(HandOver),
    Act(Act),
}

/// What every question has.
pub struct Question {
    pub text: Text,
    /// Said when the answer could not be read; the reader's own reason comes first where there is one.
    pub again: Option<Text>,
    /// Said on "help" and at the second failure.
    pub help: Option<Text>,
    /// Sealed in history, masked when shown.
    pub sensitive: bool,
    /// May be passed over with a button.
    pub optional: bool,
    /// May be sent later: «سأرسلها لاحقًا».
    pub later: bool,
    /// Offered again from what is known, to be confirmed.
    pub recall: bool,
    /// How the answer is called in the review and in `missing`.
    pub label: Option<Text>,
    pub retention: Option<String>,
    /// What it is asked for, where that is not the dialog's own purpose.
    pub purpose: Option<String>,
}

/// `say`: tells and goes on without waiting.
pub struct Say {
    pub text: Text,
    pub shows: Vec<ShowSpec>,
    pub proactive: Option<ProactiveSpec>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ShowSpec {
    File {
        path: String,
        title: Text,
    },
    Link {
        url: String,
        title: Text,
    },
    /// The document picked in this field (`choose` from documents).
    Document {
        field: String,
    },
    /// The charity's own places, from its facts.
    Places,
}

pub struct ProactiveSpec {
    pub template: String,
    pub at: Span,
    pub closed_window: crate::reply::ClosedWindow,
}

/// `ask`: one typed answer.
pub struct Ask {
    pub question: Question,
    pub read: ReaderName,
    /// Bounds of the reader where it takes them (number, money, text length, rating).
    pub least: Option<i64>,
    pub most: Option<i64>,
    /// Words for the marks of a rating, the least first; empty: the numbers alone.
    pub marks: Vec<Text>,
}

/// The readers by name, as `read:` says them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReaderName {
    FullName,
    NationalId,
    /// A number of a document other than ID and Iqama.
    DocumentNumber,
    /// Any means of contact: a phone, an email, or "here".
    ContactMeans,
    Phone,
    Email,
    /// A date in the past; a birth date.
    BirthDate,
    /// The date on which a document ends: past dates are flagged `expired`.
    ExpiryDate,
    Date,
    YesNo,
    Number,
    Money,
    Iban,
    Rating,
    /// A request's reference number.
    Reference,
    /// The last four digits of an ID.
    LastFour,
    /// Free text, spoken or written.
    FreeText,
}

/// `choose`: one or several of options.
pub struct Choose {
    pub question: Question,
    pub options: Options,
    pub several: bool,
    /// Where there is only one to pick it is picked without asking.
    pub single: bool,
    /// Of requests, only those of these kinds; empty: of every kind.
    pub kinds: Vec<String>,
}

pub enum Options {
    Listed(Vec<OptionSpec>),
    /// The services of the catalogue that are open or have a text to show.
    Services,
    /// The thirteen regions.
    Regions,
    /// The contact's own cases.
    Cases,
    /// Those of them whose decision may still be objected to.
    Contestable,
    /// Those of them that the person may take back.
    Withdrawable,
    /// The forms put aside.
    Paused,
    /// The public documents that are there.
    Documents,
    /// What the agencies help with.
    Needs,
}

pub struct OptionSpec {
    pub name: String,
    pub text: Text,
    pub note: Option<Text>,
    pub to: Option<Exit>,
    pub when: Option<Condition>,
    /// Folded words that mean it beside its text, from the file's `words:`.
    pub words: Vec<String>,
}

/// `branch`: the first case that holds; else `to`.
pub struct Branch {
    pub cases: Vec<(Condition, Exit)>,
}

/// `consent`: one purpose, explained, asked on its own (SAUDI.md section 11).
pub struct ConsentStep {
    pub text: Text,
    pub purpose: String,
    pub refused: Option<Exit>,
}

/// `attach`: files for one slot.
pub struct Attach {
    pub question: Question,
    pub accepts: Vec<crate::event::AttachmentKind>,
    /// At most so many files, at least 1.
    pub most: u32,
}

/// `locate`: where somebody lives: region, city, district, National Address or pin.
pub struct Locate {
    pub question: Question,
}

/// `review`: all answers, numbered; each can be corrected.
pub struct Review {
    pub text: Text,
}

/// `sign`: the applicant's declaration (P7).
pub struct Sign {
    /// What signing means, said first.
    pub text: Text,
    /// The words that are signed, shown in full.
    pub declaration: Text,
    pub again: Option<Text>,
    pub by: Vec<SignBy>,
    /// The field that says as whom they sign.
    pub capacity: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignBy {
    TypedName,
    Voice,
    Scan,
}

/// `submit`: opens a case from the answers and says the receipt.
pub struct Submit {
    /// Kind of case, of `cases.yaml`.
    pub case: String,
    pub text: Text,
    /// Said when the same ID stands in another open request: no date, no reference to the other.
    pub duplicate: Option<Text>,
    /// The field that holds the ID of the person in need.
    pub id_field: Option<String>,
    /// The field with the number of another document, for who has no such ID.
    pub other_id: Option<String>,
    /// The field that says which kind of document that is.
    pub other_id_kind: Option<String>,
    /// The field with the request that this one is about.
    pub about: Option<String>,
    /// The field that says as whom they hand in, where no signature says so.
    pub capacity: Option<String>,
}

/// `look_up`: finds a request by the answers `reference` and (on a foreign address) `last_four`.
pub struct LookUp {
    pub reference: String,
    pub last_four: Option<String>,
    /// The last four digits are wanted for one's own request too: what is handed in behind it is proven.
    pub prove: bool,
    pub found: Text,
    pub unknown: Option<Exit>,
}

/// `survey`: keeps the dialog's answers as a rating, which is no case (P13).
pub struct Survey {
    pub text: Text,
}

/// `guide`: agencies that suit a need, nearest first (P12, information only).
pub struct Guide {
    /// The field with the need.
    pub need: String,
    /// The field with the place, a `locate` or a region.
    pub place: Option<String>,
    /// Said above them.
    pub text: Text,
    pub unknown: Option<Exit>,
}

/// `call`: walks another dialog and comes back.
pub struct Call {
    pub dialog: String,
    pub at: Span,
}

/// `hand_over`: to a human, with a reason.
pub struct HandOver {
    pub text: Text,
    pub reason: super::turn::HandOverReason,
}

/// `act`: something the house does: hide, opt out, change the language, resume, forget.
pub struct Act {
    pub act: ActName,
    pub text: Option<Text>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActName {
    Hide,
    OptOut,
    OptIn,
    SpeakArabic,
    SpeakEnglish,
    /// Take up the form picked in the step before (or the only one).
    Resume,
    /// Throw the paused form away.
    Forget,
    /// The second factor was given: the hidden talk may be shown again.
    Unhide,
    /// Take back the request picked in the step before.
    Withdraw,
    /// Say a code with which the talk goes on elsewhere.
    OfferLink,
}

/// A typed condition; fields and words are checked against the readers' types at load.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    Is {
        field: String,
        value: String,
        at: Span,
    },
    In {
        field: String,
        values: Vec<String>,
        at: Span,
    },
    Over {
        field: String,
        number: i64,
        at: Span,
    },
    Under {
        field: String,
        number: i64,
        at: Span,
    },
    Known {
        field: String,
        known: bool,
        at: Span,
    },
    Flagged {
        field: String,
        flag: super::value::Flag,
        at: Span,
    },
    /// The chosen service asks for this field or document.
    Asks {
        name: String,
        at: Span,
    },
    Capability {
        name: String,
        at: Span,
    },
    /// Something about the contact, the charity or the moment, a word of [`super::load::keys::FACTS`].
    Fact {
        name: String,
        at: Span,
    },
    All(Vec<Condition>),
    Any(Vec<Condition>),
    Not(Box<Condition>),
}

/// One sentence in every language, with the place of each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// Key of the compiled text: `file#step.key`, unique in the set.
    pub id: String,
    pub ar: String,
    pub en: String,
    pub at: Span,
    /// Where the words themselves stand.
    pub ar_at: Span,
    pub en_at: Span,
    /// A recording that reads it aloud, in the charity's folder.
    pub audio: Option<String>,
}

impl Text {
    pub fn source(&self, lang: Lang) -> &str {
        match lang {
            Lang::Ar => &self.ar,
            Lang::En => &self.en,
        }
    }
}

/// `words.yaml`: whole messages and single words that mean something at any step. All folded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// Control phrase (folded) to its meaning: `back`, `menu`, `help`, `human`, `cancel`, `pause`,
    /// `status`, `language`, `show`, `hide`, `stop`, `start`, `later`, `skip`, `done`, `resume`, `salam` …
    pub controls: BTreeMap<String, String>,
    /// Words anywhere in a message that mean distress.
    pub distress: Vec<String>,
    pub yes: Vec<String>,
    pub no: Vec<String>,
    pub question_words: Vec<String>,
}

/// `templates.yaml`: a message that a platform has approved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageTemplate {
    pub name: String,
    /// `utility` or `marketing`.
    pub category: String,
    pub text: Text,
    pub parameters: Vec<String>,
    pub at: Span,
}

/// One line of `services.yaml`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Service {
    pub name: String,
    pub at: Span,
    pub title: Text,
    /// Who qualifies and what it is, in a line or two.
    pub text: Text,
    /// Steps of `apply` asked beyond the core: fields and document slots.
    pub asks: Vec<String>,
    /// Of these, the documents without which a file is not complete.
    pub needs: Vec<String>,
    pub open: bool,
    /// Shown instead when it is closed.
    pub closed: Option<Text>,
    pub quota: Option<u32>,
    pub waiting_list: bool,
    /// Made up, to be replaced before the charity opens.
    pub example: bool,
}

/// One line of `documents.yaml` (P17).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    pub name: String,
    pub at: Span,
    pub title: Text,
    /// Its path in the charity's folder; None: it is not there yet.
    pub file: Option<String>,
    /// May be sent to anybody; else staff only.
    pub public: bool,
}

/// One entry of `faq.yaml` or `common_faq.yaml`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FaqEntry {
    pub name: String,
    pub at: Span,
    /// The file that it stands in: `faq`, `common_faq`, or `edited_faq` of what staff wrote.
    pub file: &'static str,
    /// What it is called among guesses.
    pub title: Text,
    /// How people ask it, in any language and spelling.
    pub questions: Vec<String>,
    pub answer: Text,
    /// Many believe otherwise: the answer sets it right (P4).
    pub misconception: bool,
    /// Where the answer stands, such as the policy.
    pub source: Option<Text>,
    /// Dialogs that it leads to, as buttons.
    pub leads: Vec<String>,
    pub shows: Vec<ShowSpec>,
    /// Only for charities that have this on.
    pub capability: Option<String>,
}

impl FaqEntry {
    /// A new entry that says nothing yet.
    pub fn named(name: &str) -> FaqEntry {
        FaqEntry {
            name: name.to_owned(),
            at: Span::default(),
            file: "faq",
            title: Text::default(),
            questions: Vec::new(),
            answer: Text::default(),
            misconception: false,
            source: None,
            leads: Vec::new(),
            shows: Vec::new(),
            capability: None,
        }
    }
}

/// `agencies.yaml`: who helps with what the charity does not do itself (P12).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Agencies {
    /// What people need, beyond the charity's own services.
    pub needs: Vec<Need>,
    pub agencies: Vec<Agency>,
}

impl Agencies {
    /// What some agency helps with: needs of this file, then services of the charity, each with its title.
    pub fn served<'a>(
        &'a self,
        services: &'a [Service],
    ) -> impl Iterator<Item = (&'a str, &'a Text)> {
        let needs = self.needs.iter().map(|need| (&*need.name, &need.title));
        let services = services
            .iter()
            .map(|service| (&*service.name, &service.title));
        let helps = |(name, _): &(&str, &Text)| {
            let mut agencies = self.agencies.iter();
            agencies.any(|agency| agency.serves.iter().any(|serves| serves == name))
        };
        needs.chain(services).filter(helps)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Need {
    pub name: String,
    pub at: Span,
    pub title: Text,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Agency {
    pub name: String,
    pub at: Span,
    pub title: Text,
    /// What it does.
    pub text: Option<Text>,
    /// Needs of `agencies.yaml` and services of `services.yaml`.
    pub serves: Vec<String>,
    /// Codes of regions (SAUDI.md section 8); empty: the whole Kingdom.
    pub regions: Vec<String>,
    pub city: Option<Text>,
    pub address: Option<Text>,
    /// Latitude and longitude in degrees, WGS 84.
    pub pin: Option<(f64, f64)>,
    pub phones: Vec<String>,
    pub hours: Option<Text>,
    /// What to bring.
    pub bring: Option<Text>,
    /// When somebody last made sure of all this.
    pub verified: Option<chrono::NaiveDate>,
    pub example: bool,
}

/// `cases.yaml`: what a request can be, and where it can stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cases {
    pub kinds: BTreeMap<String, CaseKind>,
    pub states: BTreeMap<String, CaseState>,
    /// Why an item is sent back, in the order shown.
    pub reasons: Vec<BackReason>,
    /// What is ticked when registration is completed (P10), in the order shown.
    pub checks: Vec<RegistrationCheck>,
    /// What an officer vouches for with the sign-off (P7).
    pub sign_off: Option<Text>,
}

/// A reason for which an item is sent back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackReason {
    pub name: String,
    pub at: Span,
    /// For the list that staff choose from.
    pub title: Text,
    /// As the person reads it.
    pub text: Text,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegistrationCheck {
    pub name: String,
    pub at: Span,
    pub title: Text,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseKind {
    pub name: String,
    pub at: Span,
    pub title: Text,
    /// The state it opens in.
    pub first: String,
    /// It goes before the committee: P8's dates, where the charity has one.
    pub committee: bool,
    /// Days until the latest answer, where the kind has its own.
    pub answer_by_days: Option<u32>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseState {
    pub name: String,
    pub at: Span,
    /// A word or two, for lists and for `{{ state }}`.
    pub title: Text,
    /// Said to who asks for the state; never the need or the amount.
    pub text: Text,
    /// States that it may move to; none: it is an end.
    pub moves: Vec<String>,
    /// Waits for the person.
    pub waits: bool,
    /// A decision that the person may object to, within the charity's days.
    pub contestable: bool,
    /// The answer is given: no date is promised any more, and nothing is missing.
    pub decided: bool,
    /// Only a decision with its reasons leads here.
    pub decision: bool,
    /// Only what was registered comes here (P10).
    pub registered: bool,
    /// The person is not told of it by a message of its own.
    pub silent: bool,
    /// Roles that may move a request here; none: whoever may work on requests.
    pub by: Vec<String>,
}
