-- What the server vouched for with each page that brought something, to give it back should the server lose it
-- (sync.md 25); until it is in every backup.
CREATE TABLE vouched (
  id INTEGER PRIMARY KEY,
  scope TEXT NOT NULL,
  incarnation INTEGER NOT NULL,
  to_number INTEGER NOT NULL,
  -- Server time of the answer: what the page brought was committed by then.
  at_ms INTEGER NOT NULL,
  row_count INTEGER NOT NULL,
  -- The number from which on it is to be given back; null while the server has it.
  give_from INTEGER,
  -- CBOR of the protocol's Vouched.
  page BLOB NOT NULL
) STRICT;
CREATE INDEX vouched_in_feed ON vouched (scope, to_number);
