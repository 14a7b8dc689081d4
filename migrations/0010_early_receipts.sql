-- Receipts of providers that came before we knew the message that they are about: a status may be quicker
-- than the answer to our own call. Kept for a day.

CREATE TABLE early_receipt (
    channel TEXT NOT NULL,
    provider_id TEXT NOT NULL,
    reached TEXT NOT NULL,
    reason TEXT,
    at BIGINT NOT NULL,
    PRIMARY KEY (channel, provider_id)
) {keyed};
CREATE INDEX early_receipt_at ON early_receipt (at);
