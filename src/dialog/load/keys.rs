//! The keys of the dialog files, as tables. Adding a key is a line here and its use in the file that builds
//! the thing; the findings and the JSON Schema follow by themselves.

use super::shape::Shape::{self, *};
use super::shape::{BOUND_MAX, KeySpec, Table, Verb};

mod house;
mod processing;

pub use house::*;
pub use processing::PROCESSING;

const fn may(name: &'static str, shape: Shape, about: &'static str) -> KeySpec {
    KeySpec {
        name,
        shape,
        needed: false,
        about,
    }
}

const fn must(name: &'static str, shape: Shape, about: &'static str) -> KeySpec {
    KeySpec {
        name,
        shape,
        needed: true,
        about,
    }
}

const fn table(what: &'static str, keys: &'static [KeySpec]) -> Table {
    Table { what, keys }
}

const fn verb(verb: &'static str, about: &'static str, tables: &'static [&'static Table]) -> Verb {
    Verb {
        verb,
        name: Name,
        about,
        tables,
    }
}

pub static TEXT: Table = table(
    "a text",
    &[
        must("ar", Words, "In Arabic"),
        must("en", Words, "In English"),
        may(
            "audio",
            Words,
            "A recording that reads it aloud, in the charity's folder",
        ),
    ],
);

pub static DIALOG: Table = table(
    "a dialog",
    &[
        must("title", Text, "What people call it, in menus and messages"),
        may(
            "form",
            Flag,
            "Keeps its answers, pauses by itself, is resumed",
        ),
        may(
            "anonymous",
            Flag,
            "May be walked in a talk without a name, where every other dialog is closed",
        ),
        may(
            "starts",
            List(&Name),
            "Control words of words.yaml that open it at rest",
        ),
        may(
            "purpose",
            Name,
            "Purpose of its fields, for the record of processing",
        ),
        may("retention", Name, "How long its fields are kept"),
        may(
            "recall_when",
            Condition,
            "Earlier answers are offered again only when this holds",
        ),
        may("renamed", Named(&Name), "Former names of steps: old to new"),
        must("steps", List(&STEP), "The stops, in order"),
    ],
);

pub const STEP: Shape = Verbs(STEPS);

pub static STEPS: &[Verb] = &[
    verb("say", "Tells and goes on without waiting", &[&COMMON, &SAY]),
    verb("ask", "One typed answer", &[&COMMON, &QUESTION, &ASK]),
    verb(
        "choose",
        "One or several of its options",
        &[&COMMON, &QUESTION, &CHOOSE],
    ),
    verb(
        "branch",
        "The first case that holds; says nothing",
        &[&COMMON, &BRANCH],
    ),
    verb(
        "consent",
        "One purpose, explained and asked on its own",
        &[&COMMON, &CONSENT],
    ),
    verb(
        "attach",
        "Files for one slot",
        &[&COMMON, &QUESTION, &ATTACH],
    ),
    verb("locate", "Where somebody lives", &[&COMMON, &QUESTION]),
    verb(
        "review",
        "All answers, numbered; each can be corrected",
        &[&COMMON, &REVIEW],
    ),
    verb("sign", "The applicant's declaration", &[&COMMON, &SIGN]),
    verb(
        "submit",
        "Opens a case from the answers and says the receipt",
        &[&COMMON, &SUBMIT],
    ),
    verb(
        "look_up",
        "Finds a request by earlier answers",
        &[&COMMON, &LOOK_UP],
    ),
    verb(
        "survey",
        "Keeps the answers as a rating, which is no case",
        &[&COMMON, &SURVEY],
    ),
    verb("guide", "Agencies that suit a need", &[&COMMON, &GUIDE]),
    verb(
        "call",
        "Walks another dialog and comes back",
        &[&COMMON, &CALL],
    ),
    verb(
        "hand_over",
        "To a human, with a reason",
        &[&COMMON, &HAND_OVER],
    ),
    verb("act", "Something that the house does", &[&COMMON, &ACT]),
];

static COMMON: Table = table(
    "a step",
    &[
        may("when", Condition, "Passed over when this does not hold"),
        may(
            "to",
            Exit,
            "Where it goes on; else the next step of the file",
        ),
        may(
            "ends",
            Name,
            "The dialog ends behind this step, with this outcome",
        ),
    ],
);

static QUESTION: Table = table(
    "a question",
    &[
        must("text", Text, "The question"),
        may("again", Text, "Said when the answer could not be read"),
        may(
            "help",
            Text,
            "Said when help is asked for, and at the second failure",
        ),
        may(
            "label",
            Text,
            "How the answer is called in the review and among what is missing",
        ),
        may("sensitive", Flag, "Sealed in history, masked when shown"),
        may("optional", Flag, "May be passed over"),
        may("later", Flag, "May be sent later"),
        may(
            "recall",
            Flag,
            "Offered again from what is known, to be confirmed",
        ),
        may("retention", Name, "How long this field is kept"),
        may("purpose", Name, "What this field is asked for"),
    ],
);

static SAY: Table = table(
    "a say",
    &[
        must("text", Text, "What is told"),
        may(
            "shows",
            List(&Show),
            "Files, links and places beside the text",
        ),
        may(
            "proactive",
            Map(&PROACTIVE),
            "Needed when we start the talk with this",
        ),
    ],
);

pub static PROACTIVE: Table = table(
    "a message that we start",
    &[
        must("template", Name, "Its name in templates.yaml"),
        must(
            "closed_window",
            OneOf(CLOSED_WINDOWS),
            "What to do when the platform no longer lets us write freely",
        ),
    ],
);

pub const CLOSED_WINDOWS: &[&str] = &["template", "nudge_and_park", "other_channel", "give_up"];

static ASK: Table = table(
    "an ask",
    &[
        must("read", OneOf(READERS), "How the answer is read"),
        may("least", Whole(0, BOUND_MAX), "The least that is taken"),
        may("most", Whole(0, BOUND_MAX), "The most that is taken"),
        may(
            "marks",
            List(&Text),
            "Words for the marks of a rating, the least first",
        ),
    ],
);

pub const READERS: &[&str] = &[
    "full_name",
    "national_id",
    "document_number",
    "contact_means",
    "phone",
    "email",
    "birth_date",
    "expiry_date",
    "date",
    "yes_no",
    "number",
    "money",
    "iban",
    "rating",
    "reference",
    "last_four",
    "free_text",
];

static CHOOSE: Table = table(
    "a choose",
    &[
        may(
            "options",
            List(&NamedItem(&OPTION)),
            "The options; or `from`",
        ),
        may(
            "from",
            OneOf(FROM),
            "A list of the house in place of `options`",
        ),
        may("several", Flag, "Any number of options"),
        may(
            "single",
            Flag,
            "Where there is only one to pick it is picked without asking",
        ),
        may(
            "kinds",
            List(&Name),
            "Of requests, only those of these kinds of cases.yaml",
        ),
    ],
);

pub const FROM: &[&str] = &[
    "services",
    "regions",
    "cases",
    "contestable",
    "withdrawable",
    "paused",
    "documents",
    "needs",
];

pub static OPTION: Table = table(
    "an option",
    &[
        must("ar", Words, "In Arabic"),
        must("en", Words, "In English"),
        may("audio", Words, "A recording that reads it aloud"),
        may("note", Text, "A second line where the medium has one"),
        may("to", Exit, "Where it leads"),
        may("when", Condition, "Offered only when this holds"),
        may("words", List(&Words), "Words that mean it beside its text"),
    ],
);

static BRANCH: Table = table(
    "a branch",
    &[must(
        "cases",
        List(&Map(&CASE)),
        "The first that holds counts",
    )],
);

pub static CASE: Table = table(
    "a case",
    &[
        must("when", Condition, "The case that is meant"),
        must("to", Exit, "Where it leads"),
    ],
);

static CONSENT: Table = table(
    "a consent",
    &[
        must(
            "text",
            Text,
            "What is asked, for what, and what follows from a no",
        ),
        must("purpose", Name, "The one purpose"),
        must("refused", Exit, "Where a no leads"),
    ],
);

static ATTACH: Table = table(
    "an attach",
    &[
        may(
            "accepts",
            List(&OneOf(ATTACHMENTS)),
            "Kinds of files; photo and document when nothing is said",
        ),
        may(
            "most",
            Whole(1, 20),
            "How many files; 1 when nothing is said",
        ),
    ],
);

pub const ATTACHMENTS: &[&str] = &["photo", "document", "voice", "video"];

static REVIEW: Table = table("a review", &[must("text", Text, "Said above the answers")]);

static SIGN: Table = table(
    "a sign",
    &[
        must("text", Text, "What signing means"),
        must(
            "declaration",
            Text,
            "The words that are signed, shown in full",
        ),
        may(
            "by",
            List(&OneOf(SIGN_BY)),
            "Ways to sign; typed_name and voice when nothing is said",
        ),
        may("capacity", Name, "The field that says as whom they sign"),
        may("again", Text, "Said when it could not be read"),
    ],
);

pub const SIGN_BY: &[&str] = &["typed_name", "voice", "scan"];

static SUBMIT: Table = table(
    "a submit",
    &[
        must("case", Name, "A kind of cases.yaml"),
        must("text", Text, "The receipt"),
        may(
            "duplicate",
            Text,
            "Said instead when the same ID stands in another open request; needed with `id_field`",
        ),
        may(
            "id_field",
            Name,
            "The field with the ID of the person in need",
        ),
        may(
            "other_id",
            Name,
            "The field with the number of another document, for who has no such ID",
        ),
        may(
            "other_id_kind",
            Name,
            "The field that says which kind of document that is",
        ),
        may(
            "about",
            Name,
            "The field with the request that this one is about",
        ),
        may(
            "capacity",
            Name,
            "The field that says as whom they hand in, where no `sign` does",
        ),
    ],
);

static LOOK_UP: Table = table(
    "a look_up",
    &[
        must("reference", Name, "The field with the reference"),
        may(
            "last_four",
            Name,
            "The field with the last four digits of the ID",
        ),
        may(
            "prove",
            Flag,
            "The last four digits are wanted for one's own request too",
        ),
        must("found", Text, "Said when it is found"),
        must("unknown", Exit, "Where it leads when there is none"),
    ],
);

static SURVEY: Table = table("a survey", &[must("text", Text, "Said when it is kept")]);

static GUIDE: Table = table(
    "a guide",
    &[
        must("need", Name, "The field with the need"),
        may(
            "place",
            Name,
            "The field with the place, a `locate` or a region",
        ),
        must("text", Text, "Said above the agencies"),
        must("unknown", Exit, "Where it leads when none suits"),
    ],
);

static CALL: Table = table("a call", &[must("dialog", Name, "The dialog to walk")]);

static HAND_OVER: Table = table(
    "a hand_over",
    &[
        must("text", Text, "What is told"),
        may(
            "reason",
            OneOf(REASONS),
            "Why; `dialog` when nothing is said",
        ),
    ],
);

pub const REASONS: &[&str] = &[
    "asked",
    "misunderstood",
    "distress",
    "unclear_procedure",
    "low_confidence",
    "dialog",
];

static ACT: Table = table(
    "an act",
    &[
        must("do", OneOf(ACTS), "What the house does"),
        may("text", Text, "Told when it is done"),
    ],
);

pub const ACTS: &[&str] = &[
    "hide",
    "unhide",
    "opt_out",
    "opt_in",
    "speak_arabic",
    "speak_english",
    "resume",
    "forget",
    "withdraw",
    "offer_link",
];

/// The keys of a condition; which of them go together stands in `condition.rs`.
pub static CONDITION: Table = table(
    "a condition",
    &[
        may("field", Name, "An answer of this dialog"),
        may("is", Words, "The answer is this"),
        may("in", List(&Words), "The answer is one of these"),
        may("over", Whole(i64::MIN, i64::MAX), "More than this"),
        may("under", Whole(i64::MIN, i64::MAX), "Less than this"),
        may("known", Flag, "Answered, or not"),
        may("flagged", OneOf(FLAGS), "The reader raised this flag"),
        may("asks", Name, "The chosen service asks for this"),
        may(
            "capability",
            OneOf(CAPABILITIES),
            "The charity has this capability",
        ),
        may("fact", OneOf(FACTS), "About the contact or the moment"),
        may("all", List(&Condition), "All of these hold"),
        may("any", List(&Condition), "One of these holds"),
        may("not", Condition, "This does not hold"),
    ],
);

pub const FLAGS: &[&str] = &[
    "unverified",
    "weak",
    "expired",
    "short_name",
    "foreign_phone",
    "ambiguous",
    "to_type_up",
    "other_document",
    "recalled",
    "late",
];

/// What a condition may ask of the contact or the moment.
pub const FACTS: &[&str] = &[
    "has_cases",
    "has_paused",
    "opted_out",
    "staffed",
    "open_now",
    "own_address",
    "has_contestable",
    "has_withdrawable",
    "has_missing",
    "has_documents",
    "has_agencies",
    "anonymous",
];

pub static SHOW_FILE: Table = table(
    "a file that is shown",
    &[
        must("file", Words, "Its path in the charity's folder"),
        must("title", Text, "What it is called"),
    ],
);

pub static SHOW_DOCUMENT: Table = table(
    "a document that is shown",
    &[must(
        "document",
        Name,
        "The field of a `choose` from documents",
    )],
);

pub static SHOW_LINK: Table = table(
    "a link that is shown",
    &[
        must(
            "link",
            Words,
            "Where it leads: https, or a page of ours that begins with /",
        ),
        must("title", Text, "What it is called"),
    ],
);
