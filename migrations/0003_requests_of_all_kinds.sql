-- Requests of every kind: what they are about, whether the identity was proven, since when they stand where
-- they stand, what staff wrote to the person about it (sealed). And ratings, which are no requests (P13).

ALTER TABLE case_file ADD COLUMN about TEXT;
ALTER TABLE case_file ADD COLUMN proven BIGINT NOT NULL DEFAULT 0;
ALTER TABLE case_file ADD COLUMN told TEXT;
ALTER TABLE case_file ADD COLUMN state_at BIGINT NOT NULL DEFAULT 0;
UPDATE case_file SET state_at = updated_at;
CREATE INDEX case_open_kind ON case_file (kind, submitted_at) WHERE closed_at IS NULL;

CREATE TABLE rating (
    id TEXT NOT NULL PRIMARY KEY,
    contact_id TEXT NOT NULL,
    conversation_id TEXT NOT NULL,
    dialog TEXT NOT NULL,
    version TEXT NOT NULL,
    language TEXT NOT NULL,
    channel TEXT NOT NULL,
    marks TEXT NOT NULL,
    answers TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX rating_at ON rating (at);

-- Timers that rest are not looked at again and again.

DROP INDEX timer_due;
CREATE INDEX timer_ready ON timer (COALESCE(lease_until, due));
