-- Attempts at quizzes.

CREATE TABLE attempt (
  person BLOB NOT NULL,
  id BLOB NOT NULL,
  -- The version of the module that it was begun with.
  module BLOB NOT NULL,
  scope TEXT NOT NULL,
  started_ms INTEGER NOT NULL,
  -- CBOR of a map of questions to values.
  answers BLOB NOT NULL,
  -- Null until it is handed in.
  finished_ms INTEGER,
  points INTEGER,
  of_points INTEGER,
  passed INTEGER,
  PRIMARY KEY (person, id)
) STRICT, WITHOUT ROWID;
