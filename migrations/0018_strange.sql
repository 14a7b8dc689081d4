-- What platforms brought in a form that nobody here reads: kept as it came, sealed, few and for a while.

CREATE TABLE strange (
    -- A keyed hash of where and what: the same twice is one.
    id TEXT NOT NULL PRIMARY KEY,
    channel TEXT NOT NULL,
    -- The keyed hash of whom it came from, where that could be seen.
    address_key TEXT,
    kind TEXT NOT NULL,
    body TEXT NOT NULL,
    -- Of the whole, of which the beginning is kept.
    bytes BIGINT NOT NULL,
    at BIGINT NOT NULL
) {keyed};
CREATE INDEX strange_at ON strange (channel, at);
