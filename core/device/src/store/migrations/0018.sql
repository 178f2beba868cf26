-- What was said about a picture names what it belongs to: a run or, since then, a corrective action (ADR 30).
ALTER TABLE blob RENAME COLUMN run TO belongs_to;
-- Of a recording: how long it is.
ALTER TABLE blob_file ADD COLUMN length_ms INTEGER;
