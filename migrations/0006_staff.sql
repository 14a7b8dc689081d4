-- Who works in the console, how they prove it, and the order in which the audit is read.

CREATE TABLE staff (
    id TEXT NOT NULL PRIMARY KEY,
    -- What they sign in with, folded.
    name TEXT NOT NULL,
    title TEXT NOT NULL,
    -- Words of `Role`, by spaces.
    roles TEXT NOT NULL,
    branch TEXT,
    language TEXT NOT NULL,
    password TEXT,
    password_at BIGINT,
    -- The second factor: its secret, sealed; since when it counts; the last step that was used.
    totp TEXT,
    totp_at BIGINT,
    totp_step BIGINT NOT NULL,
    -- 1: can sign in and may answer people.
    answers BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    created_by TEXT NOT NULL,
    deactivated_at BIGINT,
    seen_at BIGINT
);
CREATE UNIQUE INDEX staff_name ON staff (name);
CREATE INDEX staff_answering ON staff (id) WHERE answers = 1;

-- Codes that stand in for a lost second factor, each good once, as keyed hashes.
CREATE TABLE staff_recovery (
    staff_id TEXT NOT NULL,
    code TEXT NOT NULL,
    PRIMARY KEY (staff_id, code)
) {keyed};

CREATE TABLE staff_session (
    id TEXT NOT NULL PRIMARY KEY,
    -- Keyed hash of what the cookie holds.
    token TEXT NOT NULL,
    staff_id TEXT NOT NULL,
    stage TEXT NOT NULL,
    agent TEXT NOT NULL,
    at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX staff_session_token ON staff_session (token);
CREATE INDEX staff_session_staff ON staff_session (staff_id);

-- Links that are good once: the first administrator, an invitation, a new password.
CREATE TABLE staff_link (
    token TEXT NOT NULL PRIMARY KEY,
    purpose TEXT NOT NULL,
    staff_id TEXT,
    made_by TEXT NOT NULL,
    at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);

-- People whom a member of staff never handles: keyed hash of the document, and who they are to them, sealed.
CREATE TABLE staff_conflict (
    id TEXT NOT NULL PRIMARY KEY,
    staff_id TEXT NOT NULL,
    person TEXT NOT NULL,
    relation TEXT NOT NULL,
    at BIGINT NOT NULL,
    declared_by TEXT NOT NULL
);
CREATE UNIQUE INDEX staff_conflict_person ON staff_conflict (staff_id, person);

CREATE INDEX chain_author ON chain (name, author, seq);
