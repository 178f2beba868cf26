-- What people began to write and have not captured, each row sealed under the key of its person alone.
CREATE TABLE draft (
  person BLOB NOT NULL,
  -- A MAC of what it is about, under the same key.
  id BLOB NOT NULL,
  nonce BLOB NOT NULL,
  sealed BLOB NOT NULL,
  PRIMARY KEY (person, id)
) STRICT, WITHOUT ROWID;

-- The keys of those who have no PIN yet. Of the others the key header has them, under the PIN.
CREATE TABLE person_key (
  person BLOB PRIMARY KEY,
  key BLOB NOT NULL
) STRICT, WITHOUT ROWID;
