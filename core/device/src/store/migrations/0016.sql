-- Corrective actions as they stand: a projection of the facts about them (ADR 24).
CREATE TABLE action (
  id BLOB PRIMARY KEY,
  scope TEXT NOT NULL,
  title TEXT NOT NULL,
  -- As codes, of the value that stands in a clash for all of them.
  status INTEGER NOT NULL,
  priority INTEGER NOT NULL,
  owner BLOB,
  due_ms INTEGER,
  clashes INTEGER NOT NULL,
  comments INTEGER NOT NULL,
  opened_by BLOB NOT NULL,
  opened_ms INTEGER NOT NULL,
  changed_ms INTEGER NOT NULL,
  -- Where it came from an answer.
  run BLOB,
  procedure TEXT,
  item TEXT,
  instance INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX action_changed ON action (changed_ms DESC, id);
CREATE INDEX action_origin ON action (scope, procedure, item, opened_ms) WHERE procedure IS NOT NULL;
CREATE INDEX action_run ON action (run) WHERE run IS NOT NULL;
-- Facts about actions that came while the app did not know them: their rows are made when the store is opened.
DELETE FROM meta WHERE key = 'projection';
