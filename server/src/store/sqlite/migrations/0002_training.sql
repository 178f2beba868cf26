-- Attempts at quizzes, derived from their facts as they are stored. Facts of this kind had no meaning before.
CREATE TABLE attempt (
    org BLOB NOT NULL,
    person BLOB NOT NULL,
    id BLOB NOT NULL,
    -- Of the feed that it began in.
    scope BLOB NOT NULL,
    module BLOB NOT NULL,
    started_ms INTEGER NOT NULL,
    finished_ms INTEGER,
    points INTEGER,
    of_points INTEGER,
    passed INTEGER,
    PRIMARY KEY (org, person, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX attempt_at ON attempt (org, module);
CREATE INDEX attempt_open ON attempt (org, person, module) WHERE finished_ms IS NULL;
