-- Files that go along with a canned reply; their bytes are objects as those of people, but belong to nobody.

CREATE TABLE canned_file (
    canned_id TEXT NOT NULL,
    attachment_id TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (canned_id, attachment_id)
) {keyed};
