-- Files that still lie with their platform, until they are fetched.

CREATE TABLE media (
    id TEXT NOT NULL PRIMARY KEY,
    conversation_id TEXT NOT NULL,
    channel TEXT NOT NULL,
    reference TEXT NOT NULL,
    kind TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    due BIGINT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX media_due ON media (due);
