-- The FAQ: what it answered, what it did not, and what staff taught it.

ALTER TABLE unanswered ADD COLUMN entry TEXT;

CREATE TABLE faq_answer (
    id TEXT NOT NULL PRIMARY KEY,
    conversation_id TEXT NOT NULL,
    entry TEXT NOT NULL,
    version TEXT NOT NULL,
    -- In thousandths, as the model measures.
    score BIGINT NOT NULL,
    how TEXT NOT NULL,
    helped BIGINT,
    at BIGINT NOT NULL
);
CREATE INDEX faq_answer_at ON faq_answer (at);
CREATE INDEX faq_answer_conversation ON faq_answer (conversation_id, entry);

-- Phrasings that staff confirmed, in the order of n: the model is a function of the files and of rows up to n.
CREATE TABLE faq_phrasing (
    n BIGINT NOT NULL PRIMARY KEY,
    entry TEXT NOT NULL,
    text TEXT NOT NULL,
    by_whom TEXT NOT NULL,
    at BIGINT NOT NULL
);
