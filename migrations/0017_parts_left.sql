-- How many parts of a message have left, and of how many: a later try goes on behind them. What a platform told
-- after it had taken a message: that it refuses it for good. Whether it goes by another way of the person's already.

ALTER TABLE outbox ADD COLUMN parts_left BIGINT NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN parts_of BIGINT NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN refused TEXT;
ALTER TABLE outbox ADD COLUMN rerouted BIGINT NOT NULL DEFAULT 0;
