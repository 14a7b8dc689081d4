//! The keys of the files beside the dialogs.

use super::super::hours;
use super::super::shape::Shape::{self, *};
use super::super::shape::{BOUND_MAX, Like as LikeForm, Table, Verb};
use super::{KeySpec, may, must, table, verb};

pub static WORDS: Table = table(
    "words.yaml",
    &[
        must(
            "controls",
            Named(&List(&Words)),
            "Meaning to whole messages",
        ),
        must("distress", List(&Words), "Anywhere in a message"),
        must("yes", List(&Words), "Yes"),
        must("no", List(&Words), "No"),
        must(
            "question_words",
            List(&Words),
            "Words that make a message a question",
        ),
    ],
);

pub static TEMPLATES: Table = table(
    "templates.yaml",
    &[must(
        "templates",
        List(&Verbs(TEMPLATE)),
        "Messages that a platform has approved",
    )],
);

pub static TEMPLATE: &[Verb] = &[verb(
    "template",
    "A message that a platform has approved",
    &[&TEMPLATE_KEYS],
)];

static TEMPLATE_KEYS: Table = table(
    "a template",
    &[
        must(
            "category",
            OneOf(&["utility", "marketing"]),
            "As the platform calls it",
        ),
        may("parameters", List(&Name), "What is put in, in order"),
        must("text", Text, "The approved words"),
    ],
);

pub static CASES: Table = table(
    "cases.yaml",
    &[
        must("kinds", List(&Verbs(KIND)), "What a request can be"),
        must("states", List(&Verbs(STATE)), "Where it can stand"),
        may(
            "reasons",
            List(&Verbs(REASON)),
            "Why staff send an item back to the person",
        ),
        may(
            "checks",
            List(&Verbs(CHECK)),
            "What is ticked when registration is completed",
        ),
        may("sign_off", Text, "What an officer vouches for with a name"),
    ],
);

pub static KIND: &[Verb] = &[verb("kind", "A kind of request", &[&KIND_KEYS])];
pub static STATE: &[Verb] = &[verb("state", "A state of a request", &[&STATE_KEYS])];
pub static REASON: &[Verb] = &[verb(
    "reason",
    "A reason for which an item is sent back",
    &[&REASON_KEYS],
)];
pub static CHECK: &[Verb] = &[verb(
    "check",
    "Something that registration asks for",
    &[&CHECK_KEYS],
)];

static REASON_KEYS: Table = table(
    "a reason",
    &[
        must("title", Text, "Its name in the list of staff"),
        must("text", Text, "As the person reads it, and what to do"),
    ],
);

static CHECK_KEYS: Table = table(
    "a check",
    &[must("title", Text, "What is ticked, in a few words")],
);

static KIND_KEYS: Table = table(
    "a kind of case",
    &[
        must("title", Text, "What it is called"),
        must("first", Name, "The state it opens in"),
        may(
            "committee",
            Flag,
            "It goes before the committee: the dates of charity.yaml's periods",
        ),
        may(
            "answer_by_days",
            Whole(1, 3_650),
            "Days until its latest answer, where it has its own",
        ),
    ],
);

static STATE_KEYS: Table = table(
    "a state",
    &[
        must("title", Text, "A word or two"),
        must(
            "text",
            Text,
            "Said to who asks for the state; never need or amount",
        ),
        may("to", List(&Name), "The moves; none: it is an end"),
        may("waits", Flag, "Waits for the person"),
        may(
            "contestable",
            Flag,
            "A decision that may be objected to, within objection_days",
        ),
        may(
            "decided",
            Flag,
            "The answer is given: no date is promised any more, and nothing is missing",
        ),
        may(
            "decision",
            Flag,
            "Only a decision with its reasons leads here, not a plain move",
        ),
        may(
            "registered",
            Flag,
            "Only a request whose registration is complete comes here",
        ),
        may(
            "silent",
            Flag,
            "The person gets no message of its own about it",
        ),
        may(
            "by",
            List(&Name),
            "Roles that may move a request here; none: whoever may work on requests",
        ),
    ],
);

pub static SERVICES: Table = table(
    "services.yaml",
    &[must(
        "services",
        List(&Verbs(SERVICE)),
        "The catalogue, in the order shown",
    )],
);

pub static SERVICE: &[Verb] = &[verb(
    "service",
    "A service of the charity",
    &[&SERVICE_KEYS],
)];

static SERVICE_KEYS: Table = table(
    "a service",
    &[
        must("title", Text, "Its name in lists"),
        must(
            "text",
            Text,
            "What it is and who qualifies, in a line or two",
        ),
        may(
            "asks",
            List(&Name),
            "Steps of `apply` asked beyond the core",
        ),
        may(
            "needs",
            List(&Name),
            "Of these, the documents without which a file is not complete",
        ),
        may(
            "open",
            Flag,
            "Whether it can be applied for; true when nothing is said",
        ),
        may("closed", Text, "Shown when it is closed"),
        may("quota", Whole(0, BOUND_MAX), "How many are given"),
        may(
            "waiting_list",
            Flag,
            "Goes on a list when the quota is full",
        ),
        EXAMPLE,
    ],
);

const EXAMPLE: KeySpec = may(
    "example",
    Flag,
    "Made up, to be replaced before the charity opens",
);

pub static DOCUMENTS: Table = table(
    "documents.yaml",
    &[must(
        "documents",
        List(&Verbs(DOCUMENT)),
        "The library, in the order shown",
    )],
);

pub static DOCUMENT: &[Verb] = &[verb("document", "A document", &[&DOCUMENT_KEYS])];

static DOCUMENT_KEYS: Table = table(
    "a document",
    &[
        must("title", Text, "Its name in lists"),
        may(
            "file",
            Words,
            "Its path in the charity's folder; left out while it is not there",
        ),
        may(
            "public",
            Flag,
            "May be sent to anybody; staff only when nothing is said",
        ),
    ],
);

pub static AGENCIES: Table = table(
    "agencies.yaml",
    &[
        may(
            "needs",
            List(&Verbs(NEED)),
            "What people need, beyond the charity's own services",
        ),
        must("agencies", List(&Verbs(AGENCY)), "Who helps"),
    ],
);

pub static NEED: &[Verb] = &[verb("need", "What people need", &[&NEED_KEYS])];
pub static AGENCY: &[Verb] = &[verb("agency", "Who helps", &[&AGENCY_KEYS])];

static NEED_KEYS: Table = table("a need", &[must("title", Text, "Its name in lists")]);

static AGENCY_KEYS: Table = table(
    "an agency",
    &[
        must("title", Text, "Its name"),
        may("text", Text, "What it does"),
        must(
            "serves",
            List(&Name),
            "Needs of this file and services of services.yaml",
        ),
        may(
            "regions",
            List(&OneOf(REGION_CODES)),
            "Where it serves; the whole Kingdom when nothing is said",
        ),
        may("city", Text, "The city it is in"),
        may("address", Text, "Its address"),
        may("latitude", Like(&DEGREES), "Of its pin, with longitude"),
        may("longitude", Like(&DEGREES), "Of its pin, with latitude"),
        may("phones", List(&Words), "Its numbers"),
        may("hours", Text, "Its hours in words"),
        may("bring", Text, "What to bring"),
        may(
            "verified",
            Like(&DATE),
            "The day on which somebody last made sure of it",
        ),
        EXAMPLE,
    ],
);

/// As in `text::place::REGIONS`; a test compares them.
pub const REGION_CODES: &[&str] = &[
    "RD", "MQ", "MN", "QA", "SQ", "AS", "TB", "HA", "SH", "GA", "NG", "BA", "GO",
];

pub static FAQ: Table = table(
    "faq.yaml",
    &[must(
        "entries",
        List(&Verbs(ENTRY)),
        "What people ask, and what is answered",
    )],
);

pub static EDITED_FAQ: Table = table(
    "edited_faq.yaml",
    &[
        may(
            "entries",
            List(&Verbs(ENTRY)),
            "Entries that staff wrote; each wins over the files",
        ),
        may(
            "retired",
            List(&Words),
            "Names of entries that are no more, whatever the files say",
        ),
    ],
);

pub static ENTRY: &[Verb] = &[verb("entry", "A question with its answer", &[&ENTRY_KEYS])];

static ENTRY_KEYS: Table = table(
    "an entry",
    &[
        must("title", Text, "What it is called among guesses"),
        must(
            "questions",
            List(&Words),
            "How people ask it, in any language and spelling; ten are good",
        ),
        must("answer", Text, "What is answered, in a few lines"),
        may(
            "misconception",
            Flag,
            "Many believe otherwise: the answer sets it right, with its source",
        ),
        may(
            "source",
            Text,
            "Where the answer stands, such as the policy",
        ),
        may(
            "leads",
            List(&Name),
            "Dialogs that it leads to, as buttons; each has a word in `starts`",
        ),
        may(
            "shows",
            List(&Show),
            "Files, links and places beside the answer",
        ),
        may(
            "capability",
            OneOf(CAPABILITIES),
            "Only for charities that have this on",
        ),
    ],
);

pub static CHARITY: Table = table(
    "charity.yaml",
    &[
        must("title", Text, "The charity's name"),
        may("facts", Named(&Fact), "Only what is certain"),
        may("capabilities", List(&OneOf(CAPABILITIES)), "What is on"),
        may(
            "sources",
            List(&OneOf(SOURCES)),
            "Through whom else people's words come, entered by staff (P16)",
        ),
        must("hours", Map(&HOURS), "When it works"),
        must("periods", Map(&PERIODS), "Its own numbers"),
        may(
            "help_lines",
            List(&Verbs(LINE)),
            "Said at distress, in order; those of help_lines.yaml when nothing is said",
        ),
        may(
            "accepted_ids",
            List(&OneOf(&["1", "2"])),
            "First digits of IDs: 1 citizens, 2 residents; both when nothing is said",
        ),
    ],
);

/// What a charity can have on or off (PRODUCT section 3).
pub const CAPABILITIES: &[&str] = &[
    "declaration",
    "committee",
    "research_officer",
    "referral",
    "survey",
    "objection",
    "volunteering",
    "children",
];

/// Words of [`crate::event::Source`] but the person's own channel.
pub const SOURCES: &[&str] = &[
    "interview",
    "phone",
    "letter",
    "social_media",
    "help_desk",
    "volunteer",
    "branch_representative",
];

pub static PERIODS: Table = table(
    "periods",
    &[
        may(
            "answer_from_days",
            Whole(0, 3_650),
            "Days from the complete file until an answer may be expected; needed with a committee",
        ),
        may(
            "answer_by_days",
            Whole(0, 3_650),
            "Days until the latest answer",
        ),
        may(
            "answer_days",
            Named(&Whole(1, 3_650)),
            "Days until the latest answer to other kinds of cases.yaml, where the charity promises one: `complaint: 15`",
        ),
        EXAMPLE,
        must(
            "first_reminder_hours",
            Whole(1, 168),
            "The first reminder of a form",
        ),
        must(
            "last_reminder_days",
            Whole(1, 90),
            "The last reminder of a form",
        ),
        must(
            "forget_form_days",
            Whole(1, 3_650),
            "An untouched form is erased",
        ),
        must(
            "objection_days",
            Whole(0, 3_650),
            "How long an objection is possible",
        ),
        may(
            "claim_minutes",
            Whole(1, 10_000),
            "Working minutes within which somebody takes over who waits; 15 when nothing is said",
        ),
        may(
            "alert_minutes",
            Whole(1, 10_000),
            "Working minutes after which staff are alerted again that nobody came; 60 when nothing is said",
        ),
        may(
            "reply_minutes",
            Whole(1, 10_000),
            "Working minutes within which staff answer; 60 when nothing is said",
        ),
    ],
);

pub static HELP_LINES: Table = table(
    "help_lines.yaml",
    &[must(
        "help_lines",
        List(&Verbs(LINE)),
        "Said at distress, in order, by charities that name none of their own",
    )],
);

pub static LINE: &[Verb] = &[Verb {
    verb: "line",
    name: Words,
    about: "The number of a help line",
    tables: &[&LINE_KEYS],
}];

static LINE_KEYS: Table = table("a help line", &[must("title", Text, "Whose it is")]);

pub static HOURS: Table = table(
    "hours",
    &[
        EXAMPLE,
        may(
            "zone",
            Like(&ZONE),
            "Time zone; Asia/Riyadh when nothing is said",
        ),
        must(
            "week",
            Map(&WEEK),
            "Openings by day; a day left out is closed",
        ),
        may(
            "ramadan",
            Map(&WEEK),
            "Openings in Ramadan; the same when nothing is said",
        ),
        may(
            "ramadan_announced",
            List(&Map(&DATES)),
            "Ramadan as announced, where it differs from Umm al-Qura",
        ),
        may(
            "holidays",
            List(&Map(&HOLIDAY)),
            "Days off: once, or every year in a calendar",
        ),
        may("closures", List(&Map(&DATES)), "Days off once"),
        may(
            "quiet",
            Map(&QUIET),
            "When we start no talk; 21:00 to 09:00, and Friday until 14:00, when nothing is said",
        ),
    ],
);

/// Sunday first, as [`crate::text::calendar::Week`] counts.
pub const DAYS: [&str; 7] = [
    "sunday",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
];

const OPENINGS: Shape = List(&Like(&OPENING));

pub static WEEK: Table = table(
    "a week",
    &[
        may("sunday", OPENINGS, "Openings"),
        may("monday", OPENINGS, "Openings"),
        may("tuesday", OPENINGS, "Openings"),
        may("wednesday", OPENINGS, "Openings"),
        may("thursday", OPENINGS, "Openings"),
        may("friday", OPENINGS, "Openings"),
        may("saturday", OPENINGS, "Openings"),
    ],
);

pub static DATES: Table = table(
    "days from … to",
    &[
        must("from", Like(&DATE), "The first day"),
        must("to", Like(&DATE), "The last day"),
        may("name", Words, "What it is"),
    ],
);

pub static HOLIDAY: Table = table(
    "a holiday",
    &[
        must(
            "from",
            Like(&DAY),
            "The first day: a date, or month and day of every year",
        ),
        may(
            "to",
            Like(&DAY),
            "The last day; the first when nothing is said",
        ),
        may(
            "calendar",
            OneOf(CALENDARS),
            "Of a month and day; gregorian when nothing is said",
        ),
        may("name", Words, "What it is"),
    ],
);

pub const CALENDARS: &[&str] = &["hijri", "gregorian"];

pub static QUIET: Table = table(
    "quiet hours",
    &[
        may("from", Like(&CLOCK), "In the evening"),
        may("to", Like(&CLOCK), "In the morning"),
        may("friday_until", Like(&CLOCK), "On Friday nothing before"),
    ],
);

static OPENING: LikeForm = LikeForm {
    what: "an opening",
    example: "\"08:00-12:00\"",
    fits: |text| hours::opening(text).is_some(),
};
static CLOCK: LikeForm = LikeForm {
    what: "a time of day",
    example: "\"21:00\"",
    fits: |text| hours::clock(text).is_some(),
};
static DEGREES: LikeForm = LikeForm {
    what: "degrees",
    example: "\"24.7136\"",
    fits: |text| {
        text.parse::<f64>()
            .is_ok_and(|degrees| degrees.abs() <= 180.0)
    },
};
static DATE: LikeForm = LikeForm {
    what: "a date",
    example: "2026-03-18",
    fits: |text| hours::date(text).is_some(),
};
static DAY: LikeForm = LikeForm {
    what: "a date, or month and day",
    example: "2026-03-18, or \"09-23\" for every year",
    fits: |text| hours::date(text).is_some() || hours::month_day(text).is_some(),
};
static ZONE: LikeForm = LikeForm {
    what: "a time zone",
    example: "Asia/Riyadh",
    fits: |text| hours::zone(text).is_some(),
};
