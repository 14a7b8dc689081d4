-- Going on elsewhere: the codes, who entered them, which contacts were joined by them and parted again, and wrong
-- codes, which are counted for an hour.

CREATE TABLE link (
    id TEXT NOT NULL PRIMARY KEY,
    -- A keyed hash: the code itself is stored nowhere.
    code_key TEXT NOT NULL UNIQUE,
    contact_id TEXT NOT NULL,
    conversation_id TEXT NOT NULL,
    identity_id TEXT NOT NULL,
    expires_at BIGINT NOT NULL,
    by_contact TEXT,
    by_conversation TEXT,
    by_identity TEXT,
    joined_at BIGINT,
    parted_at BIGINT
) {keyed};
CREATE INDEX link_contact ON link (contact_id);
CREATE INDEX link_by_contact ON link (by_contact);

CREATE TABLE link_try (
    id TEXT NOT NULL PRIMARY KEY,
    identity_id TEXT NOT NULL,
    at BIGINT NOT NULL
) {keyed};
CREATE INDEX link_try_at ON link_try (at);
