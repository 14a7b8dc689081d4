-- The outbox keeps what has left: every question that is asked of it at each turn goes by an index over the few rows that
-- it is about, however many lie behind them.

DROP INDEX outbox_due;
CREATE INDEX outbox_message ON outbox (conversation_id, seq);
CREATE INDEX outbox_sending ON outbox (channel, lease_until) WHERE state = 'sending';
