-- Pictures and videos that releases name (ADR 31): a projection of the releases.
CREATE TABLE media (
  release BLOB NOT NULL,
  hash BLOB NOT NULL,
  bytes INTEGER NOT NULL,
  video INTEGER NOT NULL,
  PRIMARY KEY (release, hash)
) STRICT, WITHOUT ROWID;
CREATE INDEX media_hash ON media (hash);
-- Those of them whose bytes are here.
CREATE TABLE media_file (
  hash BLOB PRIMARY KEY,
  bytes INTEGER NOT NULL,
  at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
-- Releases that came while the app did not know what they show: they are read when the store is opened.
DELETE FROM meta WHERE key = 'projection';
