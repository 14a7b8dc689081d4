-- What platforms say of the messages that we may start.

CREATE TABLE template (
    channel TEXT NOT NULL,
    name TEXT NOT NULL,
    language TEXT NOT NULL,
    state TEXT NOT NULL,
    category TEXT NOT NULL,
    good BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    PRIMARY KEY (channel, name, language)
) {keyed};
