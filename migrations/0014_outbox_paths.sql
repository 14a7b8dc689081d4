-- The outbox keeps what has left: every question that is asked of it at each turn goes by an index over the few rows that
-- it is about, however many lie behind them.

DROP INDEX outbox_due;
CREATE INDEX outbox_unsent ON outbox (conversation_id, seq) WHERE state IN ('waiting', 'parked');
CREATE INDEX outbox_sending ON outbox (channel, lease_until) WHERE state = 'sending';
