-- What staff answer with, and how they sort: canned replies and labels. What is removed is kept out of sight, so that
-- what was labelled and said by it can still be named.

CREATE TABLE canned (
    id TEXT NOT NULL PRIMARY KEY,
    title TEXT NOT NULL,
    -- A service of the catalogue; empty: for all.
    service TEXT NOT NULL,
    ar TEXT NOT NULL,
    en TEXT NOT NULL,
    by_whom TEXT NOT NULL,
    at BIGINT NOT NULL,
    gone_at BIGINT
);

CREATE TABLE label (
    id TEXT NOT NULL PRIMARY KEY,
    ar TEXT NOT NULL,
    en TEXT NOT NULL,
    tone TEXT NOT NULL,
    by_whom TEXT NOT NULL,
    at BIGINT NOT NULL,
    gone_at BIGINT
);

-- The charity's calendar as staff wrote it: each version a row, the last wins over the files. No body: what the files
-- say counts again.
CREATE TABLE calendar_edit (
    version BIGINT NOT NULL PRIMARY KEY,
    body TEXT,
    by_whom TEXT NOT NULL,
    at BIGINT NOT NULL
);
