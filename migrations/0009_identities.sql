-- Whether and how somebody can be reached: their other id on a channel, when they were last heard, what an
-- answer hangs on, and since when an address is of no use. And who several contacts really are.

ALTER TABLE identity ADD COLUMN also_key TEXT;
ALTER TABLE identity ADD COLUMN also TEXT;
ALTER TABLE identity ADD COLUMN heard_at BIGINT;
ALTER TABLE identity ADD COLUMN thread TEXT;
ALTER TABLE identity ADD COLUMN barred TEXT;
ALTER TABLE identity ADD COLUMN barred_at BIGINT;
CREATE INDEX identity_also ON identity (channel, account, also_key) WHERE also_key IS NOT NULL;
CREATE INDEX contact_merged ON contact (merged_into) WHERE merged_into IS NOT NULL;
