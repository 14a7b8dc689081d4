-- The desk: what staff deal with and how they see it, what they write among themselves, and what is found by
-- words. The tables of the search follow from the others and are made anew after a restore.

CREATE TABLE desk (
    conversation_id TEXT NOT NULL PRIMARY KEY,
    -- As the talk stood when it came to staff: by these it is listed and offered.
    channel TEXT NOT NULL,
    language TEXT NOT NULL,
    service TEXT NOT NULL,
    -- 'woman' or 'man', where the person would rather be answered by one.
    wish TEXT NOT NULL,
    branch TEXT NOT NULL,
    -- Whom it is offered to before others; empty: nobody.
    assigned TEXT NOT NULL,
    priority BIGINT NOT NULL,
    -- Out of sight until then; 0: in sight.
    snoozed_until BIGINT NOT NULL,
    -- Since when the person waits for an answer of a human; 0: they do not.
    unanswered_since BIGINT NOT NULL,
    -- How often nobody came in time.
    widened BIGINT NOT NULL
) {keyed};
CREATE INDEX desk_snoozed ON desk (snoozed_until) WHERE snoozed_until > 0;

CREATE INDEX conversation_control ON conversation (control, updated_at, id);
CREATE INDEX alert_unseen ON alert (at) WHERE seen_at IS NULL;
CREATE INDEX alert_conversation ON alert (conversation_id);

-- Why the bot said it: rules and names of the dialogs, bounded, never a person's words.
ALTER TABLE message ADD COLUMN trace TEXT;

-- What stands beside a talk and never leaves the house: notes, and who took it, gave it, set it aside.
CREATE TABLE note (
    id TEXT NOT NULL PRIMARY KEY,
    conversation_id TEXT NOT NULL,
    -- It stands after this message.
    seq BIGINT NOT NULL,
    kind TEXT NOT NULL,
    author TEXT NOT NULL,
    text TEXT,
    detail TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX note_conversation ON note (conversation_id, seq);

CREATE TABLE mention (
    staff_id TEXT NOT NULL,
    note_id TEXT NOT NULL,
    conversation_id TEXT NOT NULL,
    at BIGINT NOT NULL,
    seen_at BIGINT,
    PRIMARY KEY (staff_id, note_id)
) {keyed};
CREATE INDEX mention_conversation ON mention (conversation_id);

CREATE TABLE conversation_label (
    conversation_id TEXT NOT NULL,
    label TEXT NOT NULL,
    PRIMARY KEY (conversation_id, label)
) {keyed};
CREATE INDEX conversation_label_label ON conversation_label (label, conversation_id);

CREATE TABLE draft (
    staff_id TEXT NOT NULL,
    conversation_id TEXT NOT NULL,
    text TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (staff_id, conversation_id)
) {keyed};

CREATE TABLE saved_view (
    id TEXT NOT NULL PRIMARY KEY,
    staff_id TEXT NOT NULL,
    name TEXT NOT NULL,
    query TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX saved_view_staff ON saved_view (staff_id);

-- Who is there, what they can, and how much at once.
CREATE TABLE duty (
    staff_id TEXT NOT NULL PRIMARY KEY,
    away BIGINT NOT NULL,
    on_call BIGINT NOT NULL,
    capacity BIGINT NOT NULL,
    -- Words by spaces; empty: every one.
    services TEXT NOT NULL,
    languages TEXT NOT NULL,
    -- 'woman', 'man' or empty.
    gender TEXT NOT NULL,
    -- A page of theirs is open until then.
    here_until BIGINT NOT NULL
) {keyed};

-- Conversations whose words are not yet found by the search.
CREATE TABLE search_due (
    conversation_id TEXT NOT NULL PRIMARY KEY,
    seq BIGINT NOT NULL
) {keyed};

CREATE TABLE search_doc (
    n BIGINT NOT NULL PRIMARY KEY,
    noun TEXT NOT NULL,
    row_id TEXT NOT NULL,
    -- How far it is indexed: the last message, or when the request last changed.
    mark BIGINT NOT NULL
);
CREATE UNIQUE INDEX search_doc_row ON search_doc (row_id, noun);

-- Words as they are compared; what must not stand in clear is a keyed hash behind '#'.
CREATE TABLE search_token (
    id BIGINT NOT NULL PRIMARY KEY,
    token TEXT {bytes} NOT NULL
);
CREATE UNIQUE INDEX search_token_token ON search_token (token);

CREATE TABLE search_posting (
    token BIGINT NOT NULL,
    n BIGINT NOT NULL,
    PRIMARY KEY (token, n)
) {keyed};

-- What was said before there was a search.
INSERT INTO search_due (conversation_id, seq) SELECT id, seq FROM conversation;
