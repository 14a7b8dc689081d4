-- Ways out: the pace that instances share and why a channel rests, all provider's ids of a message, receipts that
-- came before we knew their message, and messages that wait until the person writes.

ALTER TABLE identity ADD COLUMN nudged_at BIGINT;
ALTER TABLE outbox ADD COLUMN started BIGINT NOT NULL DEFAULT 0;
CREATE INDEX outbox_ready ON outbox (channel, started, due, id) WHERE state = 'waiting';
CREATE INDEX outbox_parked ON outbox (identity_id) WHERE state = 'parked';

CREATE TABLE line (
    channel TEXT NOT NULL PRIMARY KEY,
    -- Messages that may be started now, in thousandths.
    tokens BIGINT NOT NULL,
    filled_at BIGINT NOT NULL,
    rests_until BIGINT NOT NULL,
    reason TEXT,
    since BIGINT
);

CREATE TABLE part (
    conversation_id TEXT NOT NULL,
    seq BIGINT NOT NULL,
    n BIGINT NOT NULL,
    channel TEXT NOT NULL,
    provider_id TEXT NOT NULL,
    PRIMARY KEY (conversation_id, seq, n)
) {keyed};
CREATE INDEX part_provider ON part (channel, provider_id);

CREATE TABLE early_receipt (
    key TEXT NOT NULL PRIMARY KEY,
    reached TEXT NOT NULL,
    reason TEXT,
    at BIGINT NOT NULL
) {keyed};
CREATE INDEX early_receipt_at ON early_receipt (at);
