//! The keys of the files beside the dialogs.

use super::super::hours;
use super::super::shape::Shape::{self, *};
use super::super::shape::{BOUND_MAX, Like as LikeForm, Table, Verb};
use super::{may, must, table, verb};

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
    ],
);

pub static KIND: &[Verb] = &[verb("kind", "A kind of request", &[&KIND_KEYS])];
pub static STATE: &[Verb] = &[verb("state", "A state of a request", &[&STATE_KEYS])];

static KIND_KEYS: Table = table(
    "a kind of case",
    &[
        must("title", Text, "What it is called"),
        must("first", Name, "The state it opens in"),
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
    ],
);

pub static CHARITY: Table = table(
    "charity.yaml",
    &[
        must("title", Text, "The charity's name"),
        may("facts", Named(&Fact), "Only what is certain"),
        may("capabilities", List(&Name), "What is on"),
        must("hours", Map(&HOURS), "When it works"),
        must("periods", Map(&PERIODS), "Its own numbers"),
        must(
            "help_lines",
            List(&Verbs(LINE)),
            "Said at distress, in order",
        ),
        may(
            "accepted_ids",
            List(&OneOf(&["1", "2"])),
            "First digits of IDs: 1 citizens, 2 residents; both when nothing is said",
        ),
    ],
);

pub static PERIODS: Table = table(
    "periods",
    &[
        must(
            "answer_from_days",
            Whole(0, 3_650),
            "Days from the complete file until an answer may be expected",
        ),
        may(
            "answer_by_days",
            Whole(0, 3_650),
            "Days until the latest answer",
        ),
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
    ],
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
