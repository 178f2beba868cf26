-- A receipt is a number. What the server said of many at once (which life of it, when, at which mark) stands once in
-- `receipt`; the frame for salvage lies by itself, so that a receipt rewrites neither it nor the entry; and where an
-- own entry stands in its feed is known of its receipt alone.
CREATE TABLE receipt (
  id INTEGER PRIMARY KEY,
  scope TEXT NOT NULL,
  incarnation INTEGER NOT NULL,
  mark_number INTEGER NOT NULL,
  mark_tag BLOB NOT NULL,
  committed_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX receipt_mark ON receipt (incarnation, mark_number);
INSERT INTO receipt (scope, incarnation, mark_number, mark_tag, committed_ms)
  SELECT DISTINCT scope, incarnation, mark_number, mark_tag, committed_ms FROM outbox WHERE state = 2;

-- The bytes of an own entry in the self-describing frame of sync.md 29, for as long as the server has no receipt out.
CREATE TABLE frame (
  id INTEGER PRIMARY KEY,
  row BLOB NOT NULL
) STRICT;
INSERT INTO frame (id, row) SELECT id, row FROM outbox WHERE length(row) > 0;

CREATE TABLE queue (
  id INTEGER PRIMARY KEY,
  epoch INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  hash BLOB NOT NULL,
  type INTEGER NOT NULL,
  -- When it happened, by its own word.
  said_ms INTEGER NOT NULL,
  -- 0 captured, 1 held, 2 stored, 3 quarantined, 4 replaced, 5 reissued (under the entry `successor`)
  state INTEGER NOT NULL,
  code INTEGER,
  -- What is stored has a row of `receipt`, its number, and a time that counts; null where that is `said_ms`.
  receipt INTEGER,
  number INTEGER,
  effective_ms INTEGER,
  successor BLOB
) STRICT;
INSERT INTO queue (id, epoch, seq, hash, type, said_ms, state, code, receipt, number, effective_ms, successor)
  SELECT o.id, o.epoch, o.seq, o.hash, e.type, e.estimate_ms, o.state, o.code,
    CASE o.state WHEN 2 THEN (SELECT min(r.id) FROM receipt r WHERE r.scope = o.scope AND r.incarnation = o.incarnation
      AND r.mark_number = o.mark_number AND r.mark_tag = o.mark_tag AND r.committed_ms = o.committed_ms) END,
    CASE o.state WHEN 2 THEN o.number END,
    CASE o.state WHEN 2 THEN nullif(o.effective_ms, e.estimate_ms) END,
    o.successor
  FROM outbox o JOIN entry e ON e.id = o.id;
DROP TABLE outbox;
ALTER TABLE queue RENAME TO outbox;
CREATE UNIQUE INDEX outbox_seq ON outbox (epoch, seq);
CREATE INDEX outbox_open ON outbox (state, id) WHERE state <> 2;

-- Where an own entry stands is not written here any more, and what stood is not looked at. The table is not laid out
-- anew: on a phone that is nearly full there may be no room for a second one. `device`, `epoch`, `seq` and `wall_ms` are
-- what nobody ever asked for (they are in the bytes): they stay, and hold nothing. Who asked for places reads all of a
-- feed anyway.
DROP INDEX entry_number;
