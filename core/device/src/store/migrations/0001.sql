-- Frozen once released: a change is the next number, never an edit here.
-- Ids and hashes are blobs; epochs, incarnations and boots are unsigned 64-bit numbers kept as the signed
-- number with the same bits; scopes are text as they print; times are ms since 1970 UTC.

CREATE TABLE meta (
  key TEXT PRIMARY KEY,
  value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE enrolled (
  person BLOB PRIMARY KEY,
  site BLOB NOT NULL,
  name TEXT NOT NULL,
  certificate BLOB NOT NULL,
  -- The first enrolled is who writes when nobody was chosen.
  place INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Every entry held, own and received. `id` is the order of arrival here.
CREATE TABLE entry (
  id INTEGER PRIMARY KEY,
  hash BLOB NOT NULL,
  device BLOB NOT NULL,
  epoch INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  type INTEGER NOT NULL,
  scope TEXT NOT NULL,
  person BLOB NOT NULL,
  -- What it is about: the run, the contact, the feedback, …; null for types that this build does not know.
  subject BLOB,
  wall_ms INTEGER NOT NULL,
  estimate_ms INTEGER NOT NULL,
  own INTEGER NOT NULL,
  -- Its place in its scope's feed, once known here.
  incarnation INTEGER,
  number INTEGER,
  effective_ms INTEGER,
  -- 0: the server's feed no longer vouches for it: shown, not counted, until fed again (sync.md 6).
  confirmed INTEGER NOT NULL,
  bytes BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX entry_hash ON entry (hash);
CREATE INDEX entry_subject ON entry (subject, type, estimate_ms) WHERE subject IS NOT NULL;
CREATE INDEX entry_number ON entry (scope, number) WHERE number IS NOT NULL;

-- What was captured here and what became of it. `id` is the entry's. `row` is the entry's bytes in the
-- self-describing frame of sync.md 29, for as long as the server has no receipt out; empty after that.
CREATE TABLE outbox (
  id INTEGER PRIMARY KEY,
  epoch INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  hash BLOB NOT NULL,
  scope TEXT NOT NULL,
  -- 0 captured, 1 held, 2 stored, 3 quarantined, 4 replaced, 5 reissued (under the entry `successor`)
  state INTEGER NOT NULL,
  code INTEGER,
  incarnation INTEGER,
  number INTEGER,
  mark_number INTEGER,
  mark_tag BLOB,
  committed_ms INTEGER,
  effective_ms INTEGER,
  successor BLOB,
  row BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX outbox_seq ON outbox (epoch, seq);
CREATE INDEX outbox_open ON outbox (state, id) WHERE state <> 2;

CREATE TABLE cursor (
  scope TEXT NOT NULL,
  types BLOB NOT NULL,
  incarnation INTEGER NOT NULL,
  number INTEGER NOT NULL,
  tag BLOB NOT NULL,
  PRIMARY KEY (scope, types)
) STRICT, WITHOUT ROWID;

CREATE TABLE mark_history (
  scope TEXT NOT NULL,
  types BLOB NOT NULL,
  number INTEGER NOT NULL,
  tag BLOB NOT NULL,
  PRIMARY KEY (scope, types, number)
) STRICT, WITHOUT ROWID;

-- What the last answer said that this device may carry.
CREATE TABLE reads (
  scope TEXT PRIMARY KEY,
  types BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- The edits made here, apart from the changes that carry them: a refused change is made anew from these.
-- Not a projection: the heads that the author saw are nowhere else.
CREATE TABLE intent (
  id BLOB PRIMARY KEY,
  doc BLOB NOT NULL,
  place INTEGER NOT NULL,
  item TEXT NOT NULL,
  instance INTEGER NOT NULL,
  answer BLOB NOT NULL,
  seen BLOB NOT NULL,
  builds_on BLOB NOT NULL,
  entry BLOB NOT NULL,
  change BLOB NOT NULL,
  -- 0 made, 1 refused
  state INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX intent_doc ON intent (doc, place);

-- Runs begun here, until somebody's first answer makes them a document: nothing of such a run travels.
CREATE TABLE started (
  run BLOB PRIMARY KEY,
  scope TEXT NOT NULL,
  release BLOB NOT NULL,
  nonce BLOB NOT NULL,
  person BLOB NOT NULL,
  at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- From here on: projections. `rebuild` empties them and fills them again from `entry`.

CREATE TABLE record (
  type INTEGER NOT NULL,
  id BLOB NOT NULL,
  scope TEXT NOT NULL,
  number INTEGER NOT NULL,
  at_ms INTEGER NOT NULL,
  body BLOB NOT NULL,
  PRIMARY KEY (type, id, scope)
) STRICT, WITHOUT ROWID;

CREATE TABLE release (
  hash BLOB PRIMARY KEY,
  kind TEXT NOT NULL,
  slug TEXT NOT NULL,
  bytes BLOB NOT NULL
) STRICT;

CREATE TABLE doc (
  id BLOB PRIMARY KEY,
  type INTEGER NOT NULL,
  scope TEXT NOT NULL,
  release BLOB NOT NULL,
  nonce BLOB NOT NULL,
  -- How often it was rebuilt here after a refusal (sync.md 21).
  rebuild INTEGER NOT NULL,
  saved BLOB NOT NULL,
  heads BLOB NOT NULL
) STRICT;

-- Runs whose procedure has not arrived yet: changes cannot be checked without it.
CREATE TABLE run_waiting (
  release BLOB NOT NULL,
  run BLOB NOT NULL,
  PRIMARY KEY (release, run)
) STRICT, WITHOUT ROWID;

CREATE TABLE run (
  id BLOB PRIMARY KEY,
  scope TEXT NOT NULL,
  release BLOB NOT NULL,
  -- 0 open, 1 submitted, 2 signed off, 3 lapsed
  status INTEGER NOT NULL,
  answered INTEGER NOT NULL,
  required INTEGER NOT NULL,
  missing INTEGER NOT NULL,
  clashes INTEGER NOT NULL,
  started_by BLOB NOT NULL,
  started_ms INTEGER NOT NULL,
  updated_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- A capture writes one page of each table and index that it touches: lists that are read whole have none.
CREATE TABLE feedback (
  id BLOB PRIMARY KEY,
  scope TEXT NOT NULL,
  touchpoint TEXT NOT NULL,
  survey BLOB NOT NULL,
  score INTEGER NOT NULL,
  reason TEXT,
  comment TEXT,
  person BLOB NOT NULL,
  at_ms INTEGER NOT NULL,
  entry BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE interaction (
  id BLOB PRIMARY KEY,
  scope TEXT NOT NULL,
  -- 0 open, 1 paused, 2 closed, 3 voided
  status INTEGER NOT NULL,
  reason TEXT,
  channel TEXT,
  touchpoint TEXT,
  outcome TEXT,
  person BLOB NOT NULL,
  opened_ms INTEGER NOT NULL,
  -- Handling time before `running` (CBOR of a Moment), which is null while it does not run.
  active_ms INTEGER NOT NULL,
  running BLOB,
  updated_ms INTEGER NOT NULL,
  entry BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE progress (
  person BLOB NOT NULL,
  module BLOB NOT NULL,
  lesson TEXT NOT NULL,
  -- Where one left off, and the furthest card ever read.
  card INTEGER NOT NULL,
  furthest INTEGER NOT NULL,
  cards INTEGER NOT NULL,
  at_ms INTEGER NOT NULL,
  entry BLOB NOT NULL,
  PRIMARY KEY (person, module, lesson)
) STRICT, WITHOUT ROWID;
