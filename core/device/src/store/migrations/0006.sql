-- Runs that have left this device: what lists still show of them. Not a projection: what it was made from is gone.
CREATE TABLE stub (
  run BLOB PRIMARY KEY,
  scope TEXT NOT NULL,
  release BLOB NOT NULL,
  status INTEGER NOT NULL,
  answered INTEGER NOT NULL,
  required INTEGER NOT NULL,
  missing INTEGER NOT NULL,
  clashes INTEGER NOT NULL,
  started_by BLOB NOT NULL,
  started_ms INTEGER NOT NULL,
  updated_ms INTEGER NOT NULL,
  -- Something came about it since it left.
  changed INTEGER NOT NULL,
  -- It was fetched again then, and is here; null: it is not.
  fetched_ms INTEGER
) STRICT, WITHOUT ROWID;
-- 0 here, 1 away, 2 away and changed since.
ALTER TABLE run ADD COLUMN away INTEGER NOT NULL DEFAULT 0;
