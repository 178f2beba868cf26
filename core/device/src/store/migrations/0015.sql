-- What the rules of runs ask for and tell, as the runs stand now: a projection of them.
CREATE TABLE demand (
  -- Of the run and of the place in its form.
  id BLOB PRIMARY KEY,
  run BLOB NOT NULL,
  scope TEXT NOT NULL,
  item INTEGER NOT NULL,
  instance INTEGER NOT NULL,
  rule INTEGER NOT NULL,
  consequence INTEGER NOT NULL,
  -- Whom a notice is for; none: something is to be put right.
  role TEXT,
  since_ms INTEGER NOT NULL,
  due_ms INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX demand_run ON demand (run);
CREATE INDEX demand_since ON demand (since_ms DESC, id);
-- Runs that came while the app did not know this: their rows are made when the store is opened.
DELETE FROM meta WHERE key = 'projection';
