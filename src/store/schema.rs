//! Every table and column, once: what a backup copies, in an order that foreign keys allow, and which
//! columns are a home of personal data. A test fails on a column that does not stand here.

/// One table.
pub struct Table {
    pub name: &'static str,
    /// Its primary key, in order.
    pub key: &'static [&'static str],
    pub columns: &'static [Column],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    pub name: &'static str,
    pub kind: Kind,
    pub holds: Holds,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    Int,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// Ids of ours, times, states, words of staff about a step: nothing that tells of a person once
    /// the personal columns are gone.
    Nothing,
    /// What a person said or is: `erase` must reach it.
    Personal,
}

const fn text(name: &'static str) -> Column {
    Column {
        name,
        kind: Kind::Text,
        holds: Holds::Nothing,
    }
}

const fn int(name: &'static str) -> Column {
    Column {
        name,
        kind: Kind::Int,
        holds: Holds::Nothing,
    }
}

const fn personal(name: &'static str) -> Column {
    Column {
        name,
        kind: Kind::Text,
        holds: Holds::Personal,
    }
}

pub const TABLES: &[Table] = &[
    Table {
        name: "meta",
        key: &["name"],
        columns: &[text("name"), text("value")],
    },
    Table {
        name: "contact",
        key: &["id"],
        columns: &[
            text("id"),
            int("created_at"),
            text("language"),
            personal("facts"),
            int("opted_out_at"),
            text("opted_out_scope"),
            text("merged_into"),
        ],
    },
    Table {
        name: "identity",
        key: &["id"],
        columns: &[
            text("id"),
            text("contact_id"),
            text("channel"),
            text("account"),
            personal("address_key"),
            personal("address"),
            personal("also_key"),
            personal("also"),
            int("heard_at"),
            personal("thread"),
            text("barred"),
            int("barred_at"),
            int("nudged_at"),
            int("created_at"),
        ],
    },
    Table {
        name: "conversation",
        key: &["id"],
        columns: &[
            text("id"),
            text("contact_id"),
            text("identity_id"),
            text("control"),
            text("control_by"),
            personal("state"),
            int("version"),
            int("seq"),
            int("hidden_before_seq"),
            int("created_at"),
            int("updated_at"),
        ],
    },
    Table {
        name: "event",
        key: &["channel", "account", "key"],
        columns: &[
            text("channel"),
            text("account"),
            text("key"),
            text("conversation_id"),
            int("at"),
        ],
    },
    Table {
        name: "failed_event",
        key: &["id"],
        columns: &[
            text("id"),
            text("conversation_id"),
            text("channel"),
            personal("body"),
            text("reason"),
            int("at"),
        ],
    },
    Table {
        name: "message",
        key: &["conversation_id", "seq"],
        columns: &[
            text("conversation_id"),
            int("seq"),
            text("direction"),
            text("identity_id"),
            text("channel"),
            text("kind"),
            personal("text"),
            personal("payload"),
            int("sealed"),
            text("step"),
            int("at"),
            text("status"),
            text("status_reason"),
            int("status_at"),
            personal("provider_id"),
            text("author"),
            text("source"),
            text("trace"),
        ],
    },
    Table {
        name: "outbox",
        key: &["id"],
        columns: &[
            text("id"),
            text("conversation_id"),
            text("identity_id"),
            text("channel"),
            int("seq"),
            text("class"),
            personal("payload"),
            text("asks"),
            text("state"),
            int("due"),
            int("expires"),
            int("quiet"),
            int("started"),
            int("attempts"),
            int("unknowns"),
            int("attempted_at"),
            int("lease_until"),
            text("lease_by"),
            text("reason"),
            int("created_at"),
        ],
    },
    Table {
        name: "line",
        key: &["channel"],
        columns: &[
            text("channel"),
            int("tokens"),
            int("filled_at"),
            int("rests_until"),
            text("reason"),
            int("since"),
        ],
    },
    Table {
        name: "part",
        key: &["conversation_id", "seq", "n"],
        columns: &[
            text("conversation_id"),
            int("seq"),
            int("n"),
            text("channel"),
            personal("provider_id"),
        ],
    },
    Table {
        // A keyed hash of an id that nothing of ours bears yet; gone within a day.
        name: "early_receipt",
        key: &["key"],
        columns: &[text("key"), text("reached"), text("reason"), int("at")],
    },
    Table {
        name: "timer",
        key: &["owner", "name"],
        columns: &[
            text("owner"),
            text("name"),
            text("id"),
            int("due"),
            int("quiet"),
            int("lease_until"),
            text("lease_by"),
        ],
    },
    Table {
        name: "attachment",
        key: &["id"],
        columns: &[
            text("id"),
            text("contact_id"),
            text("conversation_id"),
            text("case_id"),
            text("slot"),
            text("kind"),
            text("mime"),
            int("bytes"),
            personal("digest"),
            personal("name"),
            int("seconds"),
            text("state"),
            int("at"),
        ],
    },
    Table {
        name: "object_tombstone",
        key: &["id"],
        columns: &[text("id"), int("at"), int("deleted_at")],
    },
    Table {
        name: "consent",
        key: &["id"],
        columns: &[
            text("id"),
            text("contact_id"),
            text("purpose"),
            int("given"),
            text("version"),
            text("language"),
            text("channel"),
            personal("message_id"),
            int("at"),
        ],
    },
    Table {
        name: "person",
        key: &["id"],
        columns: &[
            text("id"),
            personal("id_hash"),
            personal("document"),
            int("created_at"),
        ],
    },
    Table {
        name: "case_file",
        key: &["id"],
        columns: &[
            text("id"),
            text("reference"),
            text("contact_id"),
            text("conversation_id"),
            text("person_id"),
            text("kind"),
            text("service"),
            text("state"),
            text("dialog"),
            text("version"),
            text("language"),
            text("capacity"),
            personal("flags"),
            int("duplicate"),
            text("missing"),
            text("trail"),
            text("source"),
            text("channel"),
            text("about"),
            int("proven"),
            int("submitted_at"),
            int("complete_at"),
            int("answer_from"),
            int("answer_by"),
            int("state_at"),
            personal("told"),
            int("closed_at"),
            int("updated_at"),
        ],
    },
    Table {
        name: "rating",
        key: &["id"],
        columns: &[
            text("id"),
            text("contact_id"),
            text("conversation_id"),
            text("dialog"),
            text("version"),
            text("language"),
            text("channel"),
            text("marks"),
            personal("answers"),
            int("at"),
        ],
    },
    Table {
        name: "item",
        key: &["case_id", "name"],
        columns: &[
            text("case_id"),
            text("name"),
            personal("value"),
            personal("flags"),
            text("label"),
            int("sensitive"),
            personal("message_id"),
            text("channel"),
            int("at"),
            text("version"),
        ],
    },
    Table {
        name: "chain",
        key: &["name", "seq"],
        columns: &[
            text("name"),
            int("seq"),
            int("at"),
            text("kind"),
            text("subject"),
            text("author"),
            text("detail"),
            personal("value"),
            personal("salt"),
            text("commitment"),
            text("prior"),
            text("digest"),
            int("erased_at"),
            text("erased_mark"),
        ],
    },
    Table {
        name: "handover",
        key: &["id"],
        columns: &[
            text("id"),
            text("conversation_id"),
            text("reason"),
            text("step"),
            int("at"),
            text("claimed_by"),
            int("claimed_at"),
            int("ended_at"),
            text("ended_by"),
        ],
    },
    Table {
        name: "alert",
        key: &["id"],
        columns: &[
            text("id"),
            text("conversation_id"),
            text("kind"),
            int("at"),
            int("seen_at"),
            text("seen_by"),
        ],
    },
    Table {
        name: "desk",
        key: &["conversation_id"],
        columns: &[
            text("conversation_id"),
            text("channel"),
            text("language"),
            text("service"),
            personal("wish"),
            text("branch"),
            text("assigned"),
            int("priority"),
            int("snoozed_until"),
            int("unanswered_since"),
            int("widened"),
        ],
    },
    Table {
        name: "note",
        key: &["id"],
        columns: &[
            text("id"),
            text("conversation_id"),
            int("seq"),
            text("kind"),
            text("author"),
            personal("text"),
            text("detail"),
            int("at"),
        ],
    },
    Table {
        name: "mention",
        key: &["staff_id", "note_id"],
        columns: &[
            text("staff_id"),
            text("note_id"),
            text("conversation_id"),
            int("at"),
            int("seen_at"),
        ],
    },
    Table {
        name: "conversation_label",
        key: &["conversation_id", "label"],
        columns: &[text("conversation_id"), personal("label")],
    },
    Table {
        name: "draft",
        key: &["staff_id", "conversation_id"],
        columns: &[
            text("staff_id"),
            text("conversation_id"),
            personal("text"),
            int("at"),
        ],
    },
    Table {
        name: "saved_view",
        key: &["id"],
        columns: &[
            text("id"),
            text("staff_id"),
            text("name"),
            text("query"),
            int("at"),
        ],
    },
    Table {
        name: "duty",
        key: &["staff_id"],
        columns: &[
            text("staff_id"),
            int("away"),
            int("on_call"),
            int("capacity"),
            text("services"),
            text("languages"),
            text("gender"),
            int("here_until"),
        ],
    },
    Table {
        name: "unanswered",
        key: &["id"],
        columns: &[
            text("id"),
            text("conversation_id"),
            personal("text"),
            text("outcome"),
            text("entry"),
            int("at"),
            int("settled_at"),
            text("meant"),
        ],
    },
    Table {
        name: "faq_answer",
        key: &["id"],
        columns: &[
            text("id"),
            text("conversation_id"),
            text("entry"),
            text("version"),
            int("score"),
            text("how"),
            int("helped"),
            int("at"),
        ],
    },
    Table {
        // What staff confirmed as a way to ask: they see to it that nothing of a person stands in it.
        name: "faq_phrasing",
        key: &["n"],
        columns: &[
            int("n"),
            text("entry"),
            text("text"),
            text("by_whom"),
            int("at"),
        ],
    },
    Table {
        // Who works here stays named beside what they did, also when they left.
        name: "staff",
        key: &["id"],
        columns: &[
            text("id"),
            text("name"),
            text("title"),
            text("roles"),
            text("branch"),
            text("language"),
            text("password"),
            int("password_at"),
            text("totp"),
            int("totp_at"),
            int("totp_step"),
            int("answers"),
            int("created_at"),
            text("created_by"),
            int("deactivated_at"),
            int("seen_at"),
        ],
    },
    Table {
        name: "staff_recovery",
        key: &["staff_id", "code"],
        columns: &[text("staff_id"), text("code")],
    },
    Table {
        name: "staff_session",
        key: &["id"],
        columns: &[
            text("id"),
            text("token"),
            text("staff_id"),
            text("stage"),
            text("agent"),
            int("at"),
            int("seen_at"),
        ],
    },
    Table {
        name: "staff_link",
        key: &["token"],
        columns: &[
            text("token"),
            text("purpose"),
            text("staff_id"),
            text("made_by"),
            int("at"),
            int("expires_at"),
        ],
    },
    Table {
        // A keyed hash, and words of staff about themselves: no part of what a person asked for.
        name: "staff_conflict",
        key: &["id"],
        columns: &[
            text("id"),
            text("staff_id"),
            text("person"),
            text("relation"),
            int("at"),
            text("declared_by"),
        ],
    },
    Table {
        // What staff wrote for everybody to read: they see to it that nothing of a person stands in it.
        name: "faq_entry",
        key: &["n"],
        columns: &[
            int("n"),
            text("entry"),
            int("version"),
            text("how"),
            text("body"),
            text("by_whom"),
            int("at"),
        ],
    },
    Table {
        name: "dialog_set",
        key: &["version"],
        columns: &[
            text("version"),
            text("files"),
            int("at"),
            int("withdrawn_at"),
        ],
    },
    Table {
        name: "media",
        key: &["id"],
        columns: &[
            text("id"),
            text("conversation_id"),
            text("channel"),
            personal("reference"),
            text("kind"),
            int("attempts"),
            int("due"),
            int("at"),
        ],
    },
    Table {
        name: "listening",
        key: &["name"],
        columns: &[
            text("name"),
            text("place"),
            int("lease_until"),
            text("lease_by"),
        ],
    },
    Table {
        // Ids and a keyed hash of chance.
        name: "link",
        key: &["id"],
        columns: &[
            text("id"),
            text("code_key"),
            text("contact_id"),
            text("conversation_id"),
            text("identity_id"),
            int("expires_at"),
            text("by_contact"),
            text("by_conversation"),
            text("by_identity"),
            int("joined_at"),
            int("parted_at"),
        ],
    },
    Table {
        name: "link_try",
        key: &["id"],
        columns: &[text("id"), text("identity_id"), int("at")],
    },
    Table {
        name: "erasure",
        key: &["noun", "row_id"],
        columns: &[text("noun"), text("row_id"), int("at")],
    },
];

/// Tables that follow from the others: no backup holds them, and a restored house makes them anew.
pub const DERIVED: &[Table] = &[
    Table {
        name: "search_due",
        key: &["conversation_id"],
        columns: &[text("conversation_id"), int("seq")],
    },
    Table {
        name: "search_doc",
        key: &["n"],
        columns: &[int("n"), text("noun"), text("row_id"), int("mark")],
    },
    Table {
        name: "search_token",
        key: &["id"],
        columns: &[int("id"), personal("token")],
    },
    Table {
        name: "search_posting",
        key: &["token", "n"],
        columns: &[int("token"), int("n")],
    },
];
