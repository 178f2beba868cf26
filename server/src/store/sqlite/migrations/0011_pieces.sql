-- Facts lie packed, several of one feed and one commit in a piece: a row of its own for each, with its indexes, took
-- ten times the room and five times as long to write. What is about a document or a person's training, and
-- what the server writes, stays in `entry`. The numbers of two pieces of a feed do not overlap.
CREATE TABLE piece (
    id INTEGER PRIMARY KEY,
    org BLOB NOT NULL,
    scope BLOB NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    entries INTEGER NOT NULL,
    committed_ms INTEGER NOT NULL,
    -- The one series that all of it is of, and its highest number; null where it is of several.
    device BLOB,
    epoch INTEGER,
    highest_seq INTEGER,
    body BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX piece_in_feed ON piece (org, scope, last);
-- Which types it holds, so that a feed that is mostly of other types costs nothing.
CREATE TABLE piece_type (
    org BLOB NOT NULL,
    scope BLOB NOT NULL,
    type INTEGER NOT NULL,
    last INTEGER NOT NULL,
    piece INTEGER NOT NULL,
    entries INTEGER NOT NULL,
    -- The earliest and the latest effective time of them; no piece is longer than a day.
    from_ms INTEGER NOT NULL,
    until_ms INTEGER NOT NULL,
    PRIMARY KEY (org, scope, type, last)
) STRICT, WITHOUT ROWID;
CREATE INDEX piece_until ON piece_type (org, scope, type, until_ms, last) WHERE type IN (32, 40);
CREATE INDEX piece_from ON piece_type (org, scope, type, from_ms, last) WHERE type IN (32, 40);
-- Where the numbers of a device's series lie: those from `first` to `last` without a gap.
CREATE TABLE piece_series (
    org BLOB NOT NULL,
    device BLOB NOT NULL,
    epoch INTEGER NOT NULL,
    last INTEGER NOT NULL,
    first INTEGER NOT NULL,
    piece INTEGER NOT NULL,
    PRIMARY KEY (org, device, epoch, last)
) STRICT, WITHOUT ROWID;
