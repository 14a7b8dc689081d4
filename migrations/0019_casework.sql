-- The file of a request, checked item by item: how each stands, who decided it over which revision, and what
-- registration and decision left behind. Reasons in an officer's own words are sealed.

ALTER TABLE item ADD COLUMN revision BIGINT NOT NULL DEFAULT 0;
ALTER TABLE item ADD COLUMN status TEXT NOT NULL DEFAULT 'open';
ALTER TABLE item ADD COLUMN times BIGINT NOT NULL DEFAULT 0;
ALTER TABLE item ADD COLUMN by_whom TEXT NOT NULL DEFAULT '';
ALTER TABLE item ADD COLUMN by_at BIGINT;
ALTER TABLE item ADD COLUMN against TEXT;
ALTER TABLE item ADD COLUMN valid_then BIGINT;
ALTER TABLE item ADD COLUMN valid_now BIGINT;
ALTER TABLE item ADD COLUMN reason TEXT NOT NULL DEFAULT '';
ALTER TABLE item ADD COLUMN words TEXT;
-- A file of ours, as JSON.
ALTER TABLE item ADD COLUMN picture TEXT;

-- Whoever began to check it; to them it comes back.
ALTER TABLE case_file ADD COLUMN owner TEXT NOT NULL DEFAULT '';
-- Something of it was sent back at some time: its items are loaded with the talk.
ALTER TABLE case_file ADD COLUMN was_sent_back BIGINT NOT NULL DEFAULT 0;
-- When the person's last answer to what was sent back came; NULL: nothing to look at.
ALTER TABLE case_file ADD COLUMN returned_at BIGINT;
ALTER TABLE case_file ADD COLUMN signed_off_by TEXT;
ALTER TABLE case_file ADD COLUMN signed_off_at BIGINT;
ALTER TABLE case_file ADD COLUMN file_number TEXT;
ALTER TABLE case_file ADD COLUMN checks TEXT;
ALTER TABLE case_file ADD COLUMN registered_by TEXT;
ALTER TABLE case_file ADD COLUMN registered_at BIGINT;
ALTER TABLE case_file ADD COLUMN decided_by TEXT NOT NULL DEFAULT '';
ALTER TABLE case_file ADD COLUMN decided_at BIGINT;
CREATE INDEX case_owner ON case_file (owner, state_at) WHERE closed_at IS NULL;
