-- Wrong PINs of a person in a row. A try is counted before the PIN is looked at: a kill amid it is a try.
CREATE TABLE pin_try (
  person BLOB PRIMARY KEY,
  wrong INTEGER NOT NULL,
  -- The monotonic clock at the last one.
  mono_ms INTEGER NOT NULL,
  boot INTEGER NOT NULL,
  -- The time of the last order to unlock that was followed.
  unlocked_ms INTEGER NOT NULL,
  -- Their own enrolment code was used at this time, and no PIN was given since: they may set a new one
  -- without the old one, for a while. Null otherwise.
  code_ms INTEGER
) STRICT, WITHOUT ROWID;
