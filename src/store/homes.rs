//! The one list of every home of personal data, and what empties each. A test fails on a column that
//! holds some and is not reached from here.

use super::{Sql, statements};

statements! {
    MESSAGES = "DELETE FROM message WHERE conversation_id IN (SELECT r.id FROM {rows $1 AS r: id TEXT})";
    OUTBOX = "DELETE FROM outbox WHERE conversation_id IN (SELECT r.id FROM {rows $1 AS r: id TEXT})";
    FAILED = "DELETE FROM failed_event WHERE conversation_id IN (SELECT r.id FROM {rows $1 AS r: id TEXT})";
    QUESTIONS = "DELETE FROM unanswered WHERE conversation_id IN (SELECT r.id FROM {rows $1 AS r: id TEXT})";
    STATES = "UPDATE conversation SET state = NULL, hidden_before_seq = seq, version = version + 1
        WHERE id IN (SELECT r.id FROM {rows $1 AS r: id TEXT})";
    TIMERS = "DELETE FROM timer WHERE owner IN (SELECT r.id FROM {rows $1 AS r: id TEXT})";
    FACTS = "UPDATE contact SET facts = NULL WHERE id IN (SELECT r.id FROM {rows $1 AS r: id TEXT})";
    CONSENTS = "UPDATE consent SET message_id = NULL WHERE contact_id IN (SELECT r.id FROM {rows $1 AS r: id TEXT})";
    ATTACHMENTS = "DELETE FROM attachment WHERE id IN (SELECT r.id FROM {rows $1 AS r: id TEXT})";
    ITEMS = "DELETE FROM item WHERE case_id IN (SELECT r.id FROM {rows $1 AS r: id TEXT})";
    CASES = "UPDATE case_file SET state = 'erased', flags = '[]', missing = '[]', trail = '[]', person_id = NULL,
            conversation_id = NULL
        WHERE id IN (SELECT r.id FROM {rows $1 AS r: id TEXT})";
    PERSONS = "DELETE FROM person WHERE id IN (SELECT r.id FROM {rows $1 AS r: id TEXT})";
    IDENTITIES = "DELETE FROM identity WHERE contact_id IN (SELECT r.id FROM {rows $1 AS r: id TEXT})";
    CONVERSATIONS = "DELETE FROM conversation WHERE contact_id IN (SELECT r.id FROM {rows $1 AS r: id TEXT})";
    CONTACTS = "DELETE FROM contact WHERE id IN (SELECT r.id FROM {rows $1 AS r: id TEXT})";
}

/// Whose ids a home is reached by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum By {
    /// Conversations whose history goes.
    Conversations,
    /// Contacts whose history goes.
    Heard,
    /// Contacts who go wholly.
    Contacts,
    Cases,
    Persons,
    Files,
}

/// One home of personal data, and what empties it.
pub(super) struct Home {
    pub table: &'static str,
    /// The columns that are emptied; all, where the rows go.
    pub columns: &'static [&'static str],
    pub by: By,
    pub sql: &'static Sql,
}

/// Rows that go wholly.
const ALL: &[&str] = &["*"];

/// The one list. Its order suits the foreign keys. The table `chain` is emptied by its own room, which
/// must vouch for it (see [`CHAIN`]).
pub(super) static HOMES: &[Home] = &[
    Home {
        table: "message",
        columns: ALL,
        by: By::Conversations,
        sql: &MESSAGES,
    },
    Home {
        table: "outbox",
        columns: ALL,
        by: By::Conversations,
        sql: &OUTBOX,
    },
    Home {
        table: "failed_event",
        columns: ALL,
        by: By::Conversations,
        sql: &FAILED,
    },
    Home {
        table: "unanswered",
        columns: ALL,
        by: By::Conversations,
        sql: &QUESTIONS,
    },
    Home {
        table: "conversation",
        columns: &["state"],
        by: By::Conversations,
        sql: &STATES,
    },
    Home {
        table: "timer",
        columns: ALL,
        by: By::Conversations,
        sql: &TIMERS,
    },
    Home {
        table: "timer",
        columns: ALL,
        by: By::Cases,
        sql: &TIMERS,
    },
    Home {
        table: "contact",
        columns: &["facts"],
        by: By::Heard,
        sql: &FACTS,
    },
    Home {
        table: "consent",
        columns: &["message_id"],
        by: By::Heard,
        sql: &CONSENTS,
    },
    Home {
        table: "attachment",
        columns: ALL,
        by: By::Files,
        sql: &ATTACHMENTS,
    },
    Home {
        table: "item",
        columns: ALL,
        by: By::Cases,
        sql: &ITEMS,
    },
    Home {
        table: "case_file",
        columns: &["flags"],
        by: By::Cases,
        sql: &CASES,
    },
    Home {
        table: "person",
        columns: ALL,
        by: By::Persons,
        sql: &PERSONS,
    },
    Home {
        table: "identity",
        columns: ALL,
        by: By::Contacts,
        sql: &IDENTITIES,
    },
    Home {
        table: "conversation",
        columns: ALL,
        by: By::Contacts,
        sql: &CONVERSATIONS,
    },
    Home {
        table: "contact",
        columns: ALL,
        by: By::Contacts,
        sql: &CONTACTS,
    },
];

/// What [`super::chain::erase`] empties.
#[cfg(test)]
const CHAIN: (&str, &[&str]) = ("chain", &["value", "salt"]);

#[cfg(test)]
mod tests {
    use super::super::schema::{Holds, TABLES};
    use super::*;

    #[test]
    fn every_home_of_personal_data_is_in_the_one_list() {
        for table in TABLES {
            for column in table
                .columns
                .iter()
                .filter(|column| column.holds == Holds::Personal)
            {
                let reaches = |columns: &[&str]| columns == ALL || columns.contains(&column.name);
                let listed = HOMES
                    .iter()
                    .any(|home| home.table == table.name && reaches(home.columns));
                let chained = table.name == CHAIN.0 && reaches(CHAIN.1);
                assert!(
                    listed || chained,
                    "{}.{} is in no home",
                    table.name,
                    column.name
                );
            }
        }
    }
}
