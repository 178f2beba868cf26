-- Pictures. Not a projection: the files that are here, and whether the server has them.
CREATE TABLE blob_file (
  hash BLOB PRIMARY KEY,
  bytes INTEGER NOT NULL,
  -- 1: the small one of another.
  small INTEGER NOT NULL,
  media TEXT NOT NULL,
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  -- Taken by the camera at that moment.
  live INTEGER NOT NULL,
  -- Of a whole one: its small one.
  thumbnail BLOB,
  thumbnail_bytes INTEGER,
  added_ms INTEGER NOT NULL,
  -- The life of the server that said that it has it whole; null: none did.
  sent_to INTEGER
) STRICT, WITHOUT ROWID;

-- Projection: what pictures were said to be, and what for.
CREATE TABLE blob (
  id BLOB PRIMARY KEY,
  hash BLOB NOT NULL,
  -- CBOR of the fact.
  said BLOB NOT NULL,
  run BLOB NOT NULL,
  scope TEXT NOT NULL,
  person BLOB NOT NULL,
  at_ms INTEGER NOT NULL,
  own INTEGER NOT NULL,
  entry BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX blob_hash ON blob (hash);
CREATE INDEX blob_run ON blob (run);

-- Of an edit about evidence: the edit that added it.
ALTER TABLE intent ADD COLUMN evidence BLOB;
