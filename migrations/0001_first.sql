-- The first tables. One text for both engines: TEXT and BIGINT alone; times are milliseconds since
-- the epoch, ids are UUIDv7 as text, "sealed" columns are written by the room `seal`.
-- Migrations are only ever added: never edit this file once it has left the house.

CREATE TABLE meta (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE contact (
    id TEXT NOT NULL PRIMARY KEY,
    created_at BIGINT NOT NULL,
    language TEXT,
    facts TEXT,
    opted_out_at BIGINT,
    opted_out_scope TEXT,
    merged_into TEXT
);

CREATE TABLE identity (
    id TEXT NOT NULL PRIMARY KEY,
    contact_id TEXT NOT NULL REFERENCES contact (id) DEFERRABLE INITIALLY DEFERRED,
    channel TEXT NOT NULL,
    account TEXT NOT NULL,
    address_key TEXT NOT NULL,
    address TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX identity_address ON identity (channel, account, address_key);
CREATE INDEX identity_contact ON identity (contact_id);

CREATE TABLE conversation (
    id TEXT NOT NULL PRIMARY KEY,
    contact_id TEXT NOT NULL REFERENCES contact (id) DEFERRABLE INITIALLY DEFERRED,
    control TEXT NOT NULL,
    control_by TEXT,
    state TEXT,
    version BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    hidden_before_seq BIGINT NOT NULL,
    -- The identity that spoke last: replies go there.
    identity_id TEXT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX conversation_contact ON conversation (contact_id);

CREATE TABLE event (
    channel TEXT NOT NULL,
    account TEXT NOT NULL,
    key TEXT NOT NULL,
    conversation_id TEXT,
    at BIGINT NOT NULL,
    PRIMARY KEY (channel, account, key)
) {keyed};
CREATE INDEX event_at ON event (at);

CREATE TABLE failed_event (
    id TEXT NOT NULL PRIMARY KEY,
    conversation_id TEXT,
    channel TEXT NOT NULL,
    body TEXT NOT NULL,
    reason TEXT NOT NULL,
    at BIGINT NOT NULL
);

CREATE TABLE message (
    conversation_id TEXT NOT NULL REFERENCES conversation (id),
    seq BIGINT NOT NULL,
    direction TEXT NOT NULL,
    identity_id TEXT,
    channel TEXT NOT NULL,
    kind TEXT NOT NULL,
    text TEXT,
    payload TEXT,
    sealed BIGINT NOT NULL,
    step TEXT,
    at BIGINT NOT NULL,
    status TEXT NOT NULL,
    status_reason TEXT,
    status_at BIGINT NOT NULL,
    provider_id TEXT,
    author TEXT,
    source TEXT NOT NULL,
    PRIMARY KEY (conversation_id, seq)
);
CREATE INDEX message_provider ON message (channel, provider_id) WHERE provider_id IS NOT NULL;

CREATE TABLE outbox (
    id TEXT NOT NULL PRIMARY KEY,
    conversation_id TEXT NOT NULL REFERENCES conversation (id),
    identity_id TEXT NOT NULL,
    channel TEXT NOT NULL,
    seq BIGINT NOT NULL,
    class TEXT NOT NULL,
    payload TEXT,
    asks TEXT,
    state TEXT NOT NULL,
    due BIGINT NOT NULL,
    expires BIGINT,
    quiet BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    -- Attempts whose end we never learned.
    unknowns BIGINT NOT NULL,
    attempted_at BIGINT,
    lease_until BIGINT,
    lease_by TEXT,
    reason TEXT,
    created_at BIGINT NOT NULL
);
CREATE INDEX outbox_order ON outbox (conversation_id, identity_id, seq)
    WHERE state IN ('waiting', 'sending');
CREATE INDEX outbox_due ON outbox (due) WHERE state IN ('waiting', 'sending');

CREATE TABLE timer (
    owner TEXT NOT NULL,
    name TEXT NOT NULL,
    id TEXT NOT NULL,
    due BIGINT NOT NULL,
    quiet BIGINT NOT NULL,
    lease_until BIGINT,
    lease_by TEXT,
    PRIMARY KEY (owner, name)
) {keyed};
CREATE INDEX timer_due ON timer (due);

CREATE TABLE attachment (
    id TEXT NOT NULL PRIMARY KEY,
    contact_id TEXT,
    conversation_id TEXT,
    case_id TEXT,
    slot TEXT,
    kind TEXT NOT NULL,
    mime TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    digest TEXT NOT NULL,
    name TEXT,
    seconds BIGINT,
    state TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX attachment_contact ON attachment (contact_id);
CREATE INDEX attachment_case ON attachment (case_id);

CREATE TABLE object_tombstone (
    id TEXT NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL,
    deleted_at BIGINT
);

CREATE TABLE consent (
    id TEXT NOT NULL PRIMARY KEY,
    contact_id TEXT NOT NULL,
    purpose TEXT NOT NULL,
    given BIGINT NOT NULL,
    version TEXT NOT NULL,
    language TEXT NOT NULL,
    channel TEXT NOT NULL,
    message_id TEXT,
    at BIGINT NOT NULL
);
CREATE INDEX consent_contact ON consent (contact_id, purpose, at);

CREATE TABLE person (
    id TEXT NOT NULL PRIMARY KEY,
    id_hash TEXT NOT NULL,
    document TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX person_hash ON person (id_hash);

CREATE TABLE case_file (
    id TEXT NOT NULL PRIMARY KEY,
    reference TEXT NOT NULL,
    contact_id TEXT NOT NULL,
    conversation_id TEXT,
    person_id TEXT,
    kind TEXT NOT NULL,
    service TEXT NOT NULL,
    state TEXT NOT NULL,
    dialog TEXT NOT NULL,
    version TEXT NOT NULL,
    language TEXT NOT NULL,
    capacity TEXT NOT NULL,
    flags TEXT NOT NULL,
    duplicate BIGINT NOT NULL,
    missing TEXT NOT NULL,
    trail TEXT NOT NULL,
    source TEXT NOT NULL,
    channel TEXT NOT NULL,
    submitted_at BIGINT NOT NULL,
    complete_at BIGINT,
    answer_from BIGINT,
    answer_by BIGINT,
    closed_at BIGINT,
    updated_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX case_reference ON case_file (reference);
CREATE INDEX case_contact ON case_file (contact_id, submitted_at);
CREATE INDEX case_person ON case_file (person_id);

CREATE TABLE item (
    case_id TEXT NOT NULL REFERENCES case_file (id),
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    flags TEXT NOT NULL,
    label TEXT,
    sensitive BIGINT NOT NULL,
    message_id TEXT,
    channel TEXT NOT NULL,
    at BIGINT NOT NULL,
    version TEXT NOT NULL,
    PRIMARY KEY (case_id, name)
) {keyed};

CREATE TABLE chain (
    name TEXT NOT NULL,
    seq BIGINT NOT NULL,
    at BIGINT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    author TEXT NOT NULL,
    detail TEXT NOT NULL,
    value TEXT,
    salt TEXT,
    commitment TEXT NOT NULL,
    prior TEXT NOT NULL,
    digest TEXT NOT NULL,
    erased_at BIGINT,
    erased_mark TEXT,
    PRIMARY KEY (name, seq)
) {keyed};
CREATE INDEX chain_subject ON chain (subject);

CREATE TABLE handover (
    id TEXT NOT NULL PRIMARY KEY,
    conversation_id TEXT NOT NULL,
    reason TEXT NOT NULL,
    step TEXT,
    at BIGINT NOT NULL,
    claimed_by TEXT,
    claimed_at BIGINT,
    ended_at BIGINT,
    ended_by TEXT
);
CREATE INDEX handover_open ON handover (at) WHERE ended_at IS NULL;
CREATE INDEX handover_conversation ON handover (conversation_id);

CREATE TABLE alert (
    id TEXT NOT NULL PRIMARY KEY,
    conversation_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    at BIGINT NOT NULL,
    seen_at BIGINT,
    seen_by TEXT
);

CREATE TABLE unanswered (
    id TEXT NOT NULL PRIMARY KEY,
    conversation_id TEXT NOT NULL,
    text TEXT NOT NULL,
    at BIGINT NOT NULL
);

CREATE TABLE dialog_set (
    version TEXT NOT NULL PRIMARY KEY,
    files TEXT NOT NULL,
    at BIGINT NOT NULL,
    withdrawn_at BIGINT
);

CREATE TABLE erasure (
    noun TEXT NOT NULL,
    row_id TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (noun, row_id)
) {keyed};
