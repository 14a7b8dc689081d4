-- The open requests of a service are counted against its quota at each new one.

CREATE INDEX case_service ON case_file (service) WHERE closed_at IS NULL;
