-- What listeners without a webhook remember: up to where they took, and which instance listens.

CREATE TABLE listening (
    name TEXT NOT NULL PRIMARY KEY,
    place TEXT,
    lease_until BIGINT NOT NULL,
    lease_by TEXT
);
