-- Pictures and videos that content names (ADR 31): of a release for ever, of a draft as long as it lies here.
CREATE TABLE media_named (
    org BLOB NOT NULL,
    blob BLOB NOT NULL,
    -- The hash of the release's bytes, or of the draft's.
    by_release BLOB NOT NULL,
    draft INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    media TEXT NOT NULL,
    PRIMARY KEY (org, blob, by_release, draft)
) STRICT, WITHOUT ROWID;
CREATE INDEX media_by_release ON media_named (org, by_release);

-- Those that a publisher said would come, or that nothing names any more: until when they are kept for that alone.
CREATE TABLE media_offered (
    org BLOB NOT NULL,
    blob BLOB NOT NULL,
    bytes INTEGER NOT NULL,
    -- Whether whoever offered it brought the bytes. That they were here, of a photo, tells nothing.
    brought INTEGER NOT NULL,
    until_ms INTEGER NOT NULL,
    PRIMARY KEY (org, blob)
) STRICT, WITHOUT ROWID;
