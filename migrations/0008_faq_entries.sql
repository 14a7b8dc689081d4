-- Entries of the FAQ that staff wrote, each version a row: the last one wins for its entry over the files. `how`:
-- written (the body counts), retired (there is none), from_files (what the files say counts again).

CREATE TABLE faq_entry (
    n BIGINT NOT NULL PRIMARY KEY,
    entry TEXT NOT NULL,
    version BIGINT NOT NULL,
    how TEXT NOT NULL,
    -- YAML as in faq.yaml, of one entry.
    body TEXT,
    by_whom TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE UNIQUE INDEX faq_entry_version ON faq_entry (entry, version);

-- What became of a question that had no sure answer, and what staff say that it meant: settled, its words are gone.
ALTER TABLE unanswered ADD COLUMN outcome TEXT;
ALTER TABLE unanswered ADD COLUMN settled_at BIGINT;
ALTER TABLE unanswered ADD COLUMN meant TEXT;
